//! A fault of casebook itself costs what it was doing then, and no more: it is caught there,
//! and becomes an error that asks for a report.

use super::{Code, Diagnostic};
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};

thread_local! {
    /// Whether faults of this thread are caught and told as errors.
    static IS_CAUGHT: Cell<bool> = const { Cell::new(false) };
    /// Where the last fault of this thread stands in the source of casebook.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Does some work on the file that is shown as `shown` (on none when that is empty). When it fails, says so.
pub fn caught<T>(shown: &str, work: impl FnOnce() -> T) -> Result<T, Box<Diagnostic>> {
    let outer = IS_CAUGHT.replace(true);
    // What was being made is given up as a whole, so nobody sees it half made.
    let done = catch_unwind(AssertUnwindSafe(|| {
        #[cfg(test)]
        on_purpose::perhaps_fail(shown);
        work()
    }));
    IS_CAUGHT.set(outer);
    done.map_err(|payload| {
        let said = payload.downcast_ref::<String>().map(String::as_str);
        let said = said.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("it did not say why");
        let place = PLACE.take().map(|place| format!(", at {place}")).unwrap_or_default();
        Box::new(fault(shown, &format!("{said}{place}")))
    })
}

fn fault(shown: &str, why: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::Fault, format!("casebook itself failed here: {why}"));
    let diagnostic = if shown.is_empty() { diagnostic } else { diagnostic.in_file(shown) };
    diagnostic
        .help("this is a fault of casebook; please report it, with the part of the file that makes it fail")
}

/// From now on a fault is told in one line, and one that is [`caught`] by whoever catches it alone.
pub fn tell_in_one_line(say: fn(&str)) {
    std::panic::set_hook(Box::new(move |info: &PanicHookInfo<'_>| {
        let place = info.location().map(ToString::to_string);
        if IS_CAUGHT.get() {
            PLACE.set(place);
        } else {
            let said = info.payload_as_str().unwrap_or("it did not say why");
            say(&format!("error: casebook itself failed: {said}, at {}\n", place.unwrap_or_default()));
        }
    }));
}

/// Faults for tests.
#[cfg(test)]
pub mod on_purpose {
    use std::collections::BTreeMap;
    use std::sync::{Mutex, PoisonError};

    /// For each file, as it is shown, how often it is worked on until that fails.
    static FAILING: Mutex<BTreeMap<String, usize>> = Mutex::new(BTreeMap::new());

    /// Lets the `nth` work from now on the file that is shown as `shown` fail, counted from 0.
    pub fn fail(shown: &str, nth: usize) {
        FAILING.lock().unwrap_or_else(PoisonError::into_inner).insert(shown.to_owned(), nth);
    }

    pub(super) fn perhaps_fail(shown: &str) {
        let mut failing = FAILING.lock().unwrap_or_else(PoisonError::into_inner);
        match failing.get_mut(shown) {
            Some(0) => {
                failing.remove(shown);
                panic!("as a test wants it");
            }
            Some(left) => *left -= 1,
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_an_error_that_names_the_file() {
        let values: Vec<u8> = Vec::new();
        let fault = caught("2024/a.md", || values[7]).expect_err("there is no such value");
        assert_eq!(fault.code, Code::Fault);
        assert_eq!(fault.place.as_ref().map(|place| place.path.as_str()), Some("2024/a.md"));
        assert!(fault.message.contains("the index is 7"), "{}", fault.message);
        assert!(fault.help.is_some_and(|help| help.contains("report")));
        assert_eq!(caught("a.md", || 1).ok(), Some(1));
    }
}
