//! How bad it was and where it stands, as the author put it.

use crate::document::Label;
use crate::incident::Origin;
use crate::incident::claim::Fact;
use crate::infer::claims::Claims;
use crate::infer::context::role::{about, is_aside};
use crate::infer::context::text::Text;
use crate::infer::context::text::{is_placeholder, one_line};
use crate::infer::extractor::{Extractor, no_phrases};
use crate::infer::rank;
use crate::language::Times;
use crate::language::tokens::Words;
use crate::language::word_class;
use std::ops::Range;

pub const EXTRACTOR: Extractor =
    Extractor { name: "severity", seeks: &["severity", "status"], phrases: no_phrases, read };

/// Longest value of a field that is kept as it is, in characters.
const LONGEST: usize = 40;

fn read(text: &Text<'_>, claims: &mut Claims<'_>) {
    for passage in text.fields(Label::Severity) {
        if let Some((level, range)) = level(&text.scan(passage.block).words, passage.range) {
            claims.add(Fact::Severity(level), Origin::Field, "severity-field", passage.block, range);
        }
    }
    for passage in text.fields(Label::Status) {
        let found = short(text.block(passage.block).text(), passage.range);
        if let Some((status, range)) = found.map(without_marks).filter(|(status, _)| !is_time(status)) {
            let n = passage.block;
            let strength = if is_the_incidents(text, n) { rank::OF_THE_INCIDENT } else { rank::PLAIN };
            claims.weighed(Fact::Status(status), Origin::Field, "status-field", n, range, strength);
        }
    }
    for (n, block) in text.blocks().filter(|(n, _)| !is_aside(text, *n)) {
        if !matches!(about(text, n), Label::Severity | Label::Timeline | Label::Status)
            && let Some(range) = code(&text.scan(n).words, block.value())
        {
            let level = one_line(&block.text()[range.clone()]);
            claims.weighed(Fact::Severity(level), Origin::Prose, "severity-code", n, range, rank::PLAIN);
        }
    }
}

/// `Incident status: Resolved`, where a plain `Status` may be that of the document.
fn is_the_incidents(text: &Text<'_>, n: usize) -> bool {
    let name = text.block(n).field.as_ref().and_then(|field| text.block(n).text().get(field.name.clone()));
    name.and_then(|name| name.trim_start().get(..9))
        .is_some_and(|start| start.eq_ignore_ascii_case("incident "))
}

/// A status without the signs and pictures around it.
fn without_marks((status, range): (String, Range<usize>)) -> (String, Range<usize>) {
    let is_mark = |c: char| !c.is_alphanumeric() && !c.is_ascii_punctuation();
    (status.trim_matches(is_mark).to_owned(), range)
}

fn is_time(name: &str) -> bool {
    let times = Times::of(name);
    !times.clocks.is_empty() || !times.dates.is_empty()
}

/// The level that a field gives: a short value as it stands, of a longer one its beginning.
fn level(words: &Words<'_>, range: Range<usize>) -> Option<(String, Range<usize>)> {
    let text = words.text;
    short(text, range.clone())
        .or_else(|| code(words, range).map(|code| (one_line(&text[code.clone()]), code)))
}

/// A value up to its first bracket, dash or sentence end, when that is short enough for a label.
fn short(text: &str, range: Range<usize>) -> Option<(String, Range<usize>)> {
    let value = &text[range.clone()];
    let lead = value.len() - value.trim_start().len();
    let rest = value.trim_start();
    let end = [" (", " - ", " – ", " — ", ". ", ", ", "\n", "; "]
        .iter()
        .filter_map(|mark| rest.find(mark))
        .min()
        .unwrap_or(rest.len());
    let kept = rest[..end].trim_end().trim_end_matches("'''").trim_end_matches('.');
    let whole = !rest[end..].starts_with(", ")
        || LEVELS.iter().chain(STATES).any(|word| kept.eq_ignore_ascii_case(word));
    let fits = whole
        && !is_placeholder(kept)
        && kept.chars().count() <= LONGEST
        && kept.split_whitespace().count() <= 4;
    fits.then(|| (one_line(kept), range.start + lead..range.start + lead + kept.len()))
}

/// Words that are levels by themselves, also where more follows behind a comma.
const LEVELS: &[&str] = &[
    "critical", "severe", "high", "major", "medium", "moderate", "low", "minor", "alta", "baixa", "haute",
    "critique",
];

/// States by themselves, also where more follows: "Complete, action items in progress".
const STATES: &[&str] = &[
    "complete",
    "completed",
    "resolved",
    "closed",
    "final",
    "draft",
    "open",
    "mitigated",
    "monitoring",
    "published",
    "approved",
    "reviewed",
    "in progress",
    "in review",
    "investigating",
];

/// Names of severity scales, as they stand in front of a number: `SEV-1`, `Sev 2`, `P1`, `S0`.
const SCALES: &[(&str, bool)] = &[
    ("SEV", true),
    ("Sev", true),
    ("sev", true),
    ("severity", true),
    ("Severity", true),
    ("P", false),
    ("S", false),
];

/// The first severity code among the words in `range`. `P1` and `S2` count only before "incident" and its like.
fn code(words: &Words<'_>, range: Range<usize>) -> Option<Range<usize>> {
    if !words.hold(word_class::SCALE) {
        return None;
    }
    let text = words.text;
    let apart = |at: usize| {
        at == 0 || !text.as_bytes()[at - 1].is_ascii_alphanumeric() && text.as_bytes()[at - 1] != b'-'
    };
    (0..words.len()).filter(|at| words.may(*at, word_class::SCALE)).map(|at| words.start(at)).find_map(
        |start| {
            let inside = range.contains(&start) && apart(start);
            let end = SCALES
                .iter()
                .filter(|_| inside)
                .find_map(|(name, sure)| scale(text, start..range.end, name, *sure))?;
            Some(start..end)
        },
    )
}

/// Where `SEV-1` ends, when it stands at the beginning of `text[range]`.
fn scale(text: &str, range: Range<usize>, name: &str, sure: bool) -> Option<usize> {
    let rest = text[range.clone()].strip_prefix(name)?;
    let number = rest.trim_start_matches(|c| sure && matches!(c, '-' | ' ' | '_' | '#'));
    let gap = rest.len() - number.len();
    let level = |number: &str| number.starts_with(|c: char| c.is_ascii_digit() && c <= '5');
    let whole = !number.get(1..).unwrap_or("").starts_with(|c: char| {
        c.is_alphanumeric()
            || c == '%'
            || c == '.' && number.len() > 2 && number.as_bytes()[2].is_ascii_digit()
    });
    let end = range.end - number.len() + 1;
    let behind = number.get(1..).unwrap_or("").trim_start().to_lowercase();
    let said =
        sure || ["incident", "outage", "severity", "issue"].iter().any(|word| behind.starts_with(word));
    (gap <= 2 && level(number) && whole && said).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_short_values() {
        let found = |text: &str| level(&Words::of(text), 0..text.len()).map(|(level, _)| level);
        for (text, expected) in [
            ("SEV-1", "SEV-1"),
            ("Critical (all passengers)", "Critical"),
            ("P0", "P0"),
            ("This was declared a Sev 2 by the crew at night, and later raised", "Sev 2"),
            ("major", "major"),
        ] {
            assert_eq!(found(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(found("TBD"), None);
        assert_eq!(found("It was rather bad, all in all, and for a long while too"), None);
    }

    #[test]
    fn codes_in_prose() {
        let found = |text: &str| code(&Words::of(text), 0..text.len()).map(|range| text[range].to_owned());
        assert_eq!(found("We opened a P1 incident").as_deref(), Some("P1"));
        assert_eq!(found("We opened a SEV2").as_deref(), Some("SEV2"));
        assert_eq!(found("stored in S3 and P2P networks, severity 95"), None);
    }
}
