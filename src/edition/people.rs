//! Names of people, and what stands in their place.

use super::edit::Edit;
use super::pattern;
use crate::document::labels::fold;
use crate::incident::claim::{Claim, Fact};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// What people are called.
pub const ROLE: &str = "an engineer";

/// Fields that name who responded, folded.
#[rustfmt::skip]
const RESPONDERS: &[&str] = &[
    "responder", "firstresponder", "incidentresponder", "incidentcommander", "commander", "incidentlead",
    "incidentmanager", "incidentcoordinator", "ic", "scribe", "oncall", "oncallengineer", "oncallresponder",
    "primaryoncall", "secondaryoncall", "commslead", "communicationslead", "communicationlead", "operationslead",
    "opslead", "techlead", "technicallead", "facilitator", "moderator", "participant", "attendee", "reviewer",
    "approver", "approvedby", "reviewedby", "contact", "subjectmatterexpert", "sme", "peopleinvolved",
];

/// `Label: value` in a line, an item or a quote, and two cells of a row.
static LABELLED: LazyLock<Regex> = LazyLock::new(|| {
    let label = r"(?P<label>[A-Za-z][A-Za-z /()-]{1,40}?)";
    let pattern = format!(
        r"(?m)^[ \t>*+|_-]*(?:[0-9]{{1,3}}[.)] )?[*_]*{label}[*_]*[ \t]*[:|][*_]*[ \t]*(?P<value>[^|\r\n]*[^| \t\r\n])"
    );
    Regex::new(&pattern).expect("a pattern of ours")
});

/// `@handle`, which no word and no address runs into.
static HANDLE: LazyLock<Regex> = LazyLock::new(|| pattern(r"@[a-z0-9][a-z0-9_-]{0,38}"));

/// Whether a field names who responded.
pub fn is_responder(name: &str) -> bool {
    RESPONDERS.contains(&fold(name).as_str())
}

/// Values of labelled lines that name who responded.
pub fn responders(text: &str) -> Vec<Edit> {
    let of_label = |found: regex::Captures<'_>| {
        let value = found.name("value")?.range();
        is_responder(found.name("label")?.as_str()).then(|| named(value))
    };
    LABELLED.captures_iter(text).filter_map(of_label).collect()
}

/// Handles, but no scopes of packages and no annotations of code.
pub fn handles(text: &str) -> Vec<Edit> {
    let is_handle = |range: &Range<usize>| {
        let before = text[..range.start].chars().next_back();
        let behind = text[range.end..].chars().next();
        before.is_none_or(|c| !c.is_alphanumeric() && !"._%+-@/=".contains(c))
            && !matches!(behind, Some('/' | '(' | '@'))
    };
    let edit = |range: Range<usize>| Edit { by: in_place(text, range.start, ROLE), range };
    HANDLE.find_iter(text).map(|found| found.range()).filter(is_handle).map(edit).collect()
}

/// Words as they are written at a place: with a capital where a sentence begins.
pub fn in_place(text: &str, at: usize, words: &str) -> String {
    let before = text[..at].trim_end_matches([' ', '*', '_', '"', '(']);
    let is_first = before.is_empty() || before.ends_with(['.', '!', '?', '\n']);
    let mut letters = words.chars();
    match letters.next().filter(|_| is_first) {
        Some(first) => first.to_uppercase().collect::<String>() + letters.as_str(),
        None => words.to_owned(),
    }
}

/// Authors and owners, by the words that they were read from.
pub fn read(text: &str, claims: &[Claim]) -> Vec<Edit> {
    let of_claim = |claim: &Claim| match &claim.fact {
        Fact::Author(name) => within(text, claim.span.range(), name),
        Fact::Action(action) => within(text, action.span.range(), action.owner.as_deref()?),
        _ => None,
    };
    claims.iter().filter_map(of_claim).map(named).collect()
}

/// Where a part of the text has some words.
pub fn within(text: &str, part: Range<usize>, words: &str) -> Option<Range<usize>> {
    let at = part.start + text.get(part)?.find(words)?;
    (!words.is_empty()).then(|| at..at + words.len())
}

fn named(range: Range<usize>) -> Edit {
    Edit { range, by: ROLE.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::edit::{apply, ordered};
    use crate::source::SourceFile;

    fn edited(text: &str, edits: Vec<Edit>) -> String {
        apply(&SourceFile::new("a.md", text), &ordered(edits)).text
    }

    #[test]
    fn who_responded_is_called_by_a_role() {
        for (text, wanted) in [
            (
                "Incident commander: Kim Vale\nImpact: none\n",
                "Incident commander: an engineer\nImpact: none\n",
            ),
            ("- **On-call:** Jo\n", "- **On-call:** an engineer\n"),
            ("| Scribe | Jo Ash |\n| Severity | 2 |\n", "| Scribe | an engineer |\n| Severity | 2 |\n"),
            ("> IC: Jo\n", "> IC: an engineer\n"),
            ("The commander: nobody knew.\n", "The commander: nobody knew.\n"),
        ] {
            assert_eq!(edited(text, responders(text)), wanted, "{text}");
        }
    }

    #[test]
    fn handles_are_called_by_a_role_and_addresses_are_not() {
        for (text, wanted) in [
            ("@kim-v paged @jo.", "An engineer paged an engineer."),
            ("Write to kim@quay.example.", "Write to kim@quay.example."),
            ("npm i @quay/lock", "npm i @quay/lock"),
            ("https://quay.example/@kim", "https://quay.example/@kim"),
        ] {
            assert_eq!(edited(text, handles(text)), wanted, "{text}");
        }
    }
}
