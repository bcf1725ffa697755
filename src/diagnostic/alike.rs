//! Diagnostics that say the same of many places, told once.

use super::{Code, Diagnostic, Level, Place};
use std::collections::HashMap;

/// So many diagnostics of one kind are told one by one.
const FEW: usize = 3;

/// Diagnostics that differ in nothing but their place.
#[derive(Debug)]
pub(super) struct Alike<'d> {
    pub first: &'d Diagnostic,
    /// The others' places.
    pub others: Vec<&'d Place>,
}

/// What makes diagnostics one kind. One that shows a second place is a kind of its own.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Said<'d> {
    code: Code,
    level: Level,
    message: &'d str,
    label: &'d str,
    help: Option<&'d str>,
}

impl Said<'_> {
    fn of(diagnostic: &Diagnostic) -> Said<'_> {
        let Diagnostic { code, level, message, label, help, .. } = diagnostic;
        Said { code: *code, level: *level, message, label, help: help.as_deref() }
    }
}

impl<'d> Alike<'d> {
    fn alone(first: &'d Diagnostic) -> Alike<'d> {
        Alike { first, others: Vec::new() }
    }

    /// "`cloud` is no cause that casebook knows, in 82 documents".
    pub fn message(&self) -> String {
        let message = &self.first.message;
        if self.others.is_empty() {
            return message.clone();
        }
        let mut files: Vec<&str> = self.places().map(|place| place.path.as_str()).collect();
        files.sort_unstable();
        files.dedup();
        match files.len() {
            1 => format!("{message}, in {} places", self.others.len() + 1),
            files => format!("{message}, in {files} files"),
        }
    }

    fn places(&self) -> impl Iterator<Item = &Place> {
        self.first.place.iter().chain(self.others.iter().copied())
    }
}

/// The kinds of diagnostics, in the order of their first ones. Errors are never told together.
pub(super) fn alike(diagnostics: &[Diagnostic]) -> Vec<Alike<'_>> {
    let mut alike: HashMap<Said<'_>, Vec<&Diagnostic>> = HashMap::new();
    for diagnostic in diagnostics.iter().filter(|diagnostic| may_be_one_of_many(diagnostic)) {
        alike.entry(Said::of(diagnostic)).or_default().push(diagnostic);
    }
    alike.retain(|_, all| all.len() > FEW);
    diagnostics.iter().filter_map(|diagnostic| alike_from(diagnostic, &alike)).collect()
}

fn may_be_one_of_many(diagnostic: &Diagnostic) -> bool {
    diagnostic.level != Level::Error && diagnostic.related.is_empty() && diagnostic.place.is_some()
}

/// The kind whose first diagnostic this is; nothing when it belongs to an earlier one.
fn alike_from<'d>(
    diagnostic: &'d Diagnostic,
    alike: &HashMap<Said<'d>, Vec<&'d Diagnostic>>,
) -> Option<Alike<'d>> {
    let all = match alike.get(&Said::of(diagnostic)) {
        Some(all) if may_be_one_of_many(diagnostic) => all,
        _ => return Some(Alike::alone(diagnostic)),
    };
    let is_first = all.first().is_some_and(|first| std::ptr::eq(*first, diagnostic));
    let others = || all.iter().skip(1).filter_map(|other| other.place.as_ref()).collect();
    is_first.then(|| Alike { first: diagnostic, others: others() })
}
