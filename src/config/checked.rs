//! Values of `site.toml` that are read through a check.

use super::{Keys, Reader};

/// Completes a value, or says what was expected.
type Check = fn(&str) -> Result<String, String>;

impl<'t> Reader<'t> {
    /// An address; an empty one is none. Returns whether it can be used.
    pub(super) fn address(
        &mut self,
        keys: &mut Keys<'t>,
        key: &'static str,
        check: Check,
        into: &mut Option<String>,
    ) -> bool {
        let Some(value) = keys.get(key) else { return true };
        match value.get_ref().as_str() {
            Some("") => return true,
            None => self.expected("an address", value),
            Some(text) => match check(text) {
                Ok(url) => *into = Some(url),
                Err(label) => self.value_error(label, value),
            },
        }
        into.is_some()
    }

    pub(super) fn checked(
        &mut self,
        keys: &mut Keys<'t>,
        key: &'static str,
        check: Check,
        into: &mut String,
    ) {
        let Some(value) = keys.get(key) else { return };
        match value.get_ref().as_str().map(check) {
            None => self.expected("text in quotes", value),
            Some(Ok(text)) => *into = text,
            Some(Err(label)) => self.value_error(label, value),
        }
    }
}
