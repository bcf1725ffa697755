//! How long it lasted, as stated: in a field, or in a sentence that says so.
//! What only follows from beginning and end is worked out elsewhere.

use crate::document::{Kind, Label};
use crate::incident::Origin;
use crate::incident::claim::Fact;
use crate::infer::claims::Claims;
use crate::infer::context::role::{about, is_aside, is_title};
use crate::infer::context::text::Text;
use crate::infer::context::text::is_placeholder;
use crate::infer::extractor::{Extractor, no_phrases};
use crate::infer::rank;
use crate::language::{self, Duration, Found, duration_field};
use std::ops::Range;

pub const EXTRACTOR: Extractor = Extractor { name: "duration", seeks: SEEKS, phrases: no_phrases, read };

const SEEKS: &[&str] =
    &["duration_minutes", "time_to_detect_minutes", "time_to_mitigate_minutes", "time_to_resolve_minutes"];

fn read(text: &Text<'_>, claims: &mut Claims<'_>) {
    for (label, fact, rule) in FIELDS {
        for passage in text.fields(*label) {
            field(text, claims, *fact, rule, passage.block, passage.range);
        }
    }
    for (n, block) in text.blocks().filter(|(n, _)| !is_aside(text, *n)) {
        if !text.times(n).durations.is_empty()
            && !is_field(text, n)
            && !matches!(block.kind, Kind::Row { .. })
        {
            prose(text, claims, n);
        }
    }
}

/// Field, what it states, and the name of the rule.
type Row = (Label, fn(f64) -> Fact, &'static str);

const FIELDS: &[Row] = &[
    (Label::Duration, Fact::Duration, "duration-field"),
    (Label::TimeToDetect, Fact::TimeToDetect, "time-to-detect-field"),
    (Label::TimeToMitigate, Fact::TimeToMitigate, "time-to-mitigate-field"),
    (Label::TimeToResolve, Fact::TimeToResolve, "time-to-resolve-field"),
];

fn is_field(text: &Text<'_>, n: usize) -> bool {
    text.block(n).field.as_ref().is_some_and(|field| FIELDS.iter().any(|(label, ..)| *label == field.label))
}

fn field(
    text: &Text<'_>,
    claims: &mut Claims<'_>,
    fact: fn(f64) -> Fact,
    rule: &'static str,
    n: usize,
    range: Range<usize>,
) {
    let value = &text.block(n).text()[range.clone()];
    if is_placeholder(value) {
        return;
    }
    let written = text
        .times(n)
        .durations
        .iter()
        .find(|found| range.start <= found.range.start && found.range.end <= range.end);
    match written {
        Some(found) => claims.add(fact(found.value.minutes), Origin::Field, rule, n, found.range.clone()),
        None => {
            let minutes = duration_field(value.trim()).map(|duration| duration.minutes);
            minutes
                .into_iter()
                .for_each(|minutes| claims.add(fact(minutes), Origin::Field, rule, n, range.clone()));
        }
    }
}

/// Sentences of the summary, the impact and the title, and of a text without sections.
fn prose(text: &Text<'_>, claims: &mut Claims<'_>, n: usize) {
    let place = match about(text, n) {
        _ if is_title(text, n) => 10,
        Label::Summary | Label::Impact | Label::Duration => 20,
        Label::Other | Label::Title => 0,
        _ => return,
    };
    let words = text.block(n).text();
    for sentence in text.sentences(n) {
        let durations = language::within(&text.times(n).durations, sentence);
        for found in durations.iter().filter(|found| found.range.end <= sentence.end) {
            let Some((weight, rule)) = stated(words, sentence, found, place > 0) else { continue };
            claims.weighed(
                Fact::Duration(found.value.minutes),
                Origin::Prose,
                rule,
                n,
                found.range.clone(),
                rank::PLAIN + place + weight,
            );
        }
    }
}

/// Words just before a length that make it the length of the outage, and what they weigh.
const BEFORE: &[(&str, u8)] = &[
    ("lasted", 20),
    ("lasting", 20),
    ("lasts", 18),
    ("duration of", 18),
    ("duration:", 18),
    ("outage of", 16),
    ("downtime of", 16),
    ("a total of", 10),
    ("period of", 14),
    ("down for", 16),
    ("unavailable for", 16),
    ("offline for", 16),
    ("inaccessible for", 16),
    ("disrupted for", 14),
    ("persisted for", 14),
    ("continued for", 14),
    ("interrupted for", 14),
    ("took", 8),
    ("duré", 20),
    ("pendant", 8),
    ("durou", 20),
    ("unreachable for", 16),
    ("outage for", 14),
    ("failing for", 12),
];

/// Words just behind it.
const BEHIND: &[(&str, u8)] = &[
    ("outage", 14),
    ("downtime", 16),
    ("disruption", 14),
    ("of downtime", 16),
    ("interruption", 14),
    ("service disruption", 14),
    ("of outage", 14),
    ("of disruption", 12),
    ("incident", 12),
    ("to resolve", 10),
    ("to restore", 10),
    ("to recover", 8),
    ("period", 4),
    ("partial outage", 12),
    ("long outage", 14),
    ("total outage", 14),
    ("cascading failure", 10),
    ("degradation", 12),
];

/// Words that make it the length of something else.
const OTHER: &[&str] = &[
    "every",
    "within",
    "after",
    "ago",
    "before",
    "each",
    "per",
    "interval",
    "timeout",
    "retention",
    "ttl",
    "later",
    "last",
    "next",
    "once",
    "until",
    "at least every",
    "less than",
    "under",
    "notice",
];

/// What speaks for a length being the outage's: the words around it in the sentence.
fn stated(
    text: &str,
    sentence: &Range<usize>,
    found: &Found<Duration>,
    in_summary: bool,
) -> Option<(u8, &'static str)> {
    let before = end_of(&text[sentence.start..found.range.start]).to_lowercase();
    let behind = start_of(&text[found.range.end..sentence.end]).to_lowercase();
    let near: Vec<&str> =
        before.split(|c: char| c.is_whitespace()).filter(|word| !word.is_empty()).rev().take(7).collect();
    // `down for just under 7 hours` says about how long, where `under 30 seconds` is a limit.
    let near = match near.as_slice() {
        ["under" | "over", "just" | "slightly" | "well", rest @ ..] => rest,
        near => &near[..near.len().min(5)],
    };
    let last = |count: usize| near.iter().take(count).any(|word| OTHER.contains(word));
    if last(2)
        || behind.trim_start().starts_with("ago")
        || behind.trim_start().starts_with("later")
        || behind.trim_start().starts_with("after")
    {
        return None;
    }
    let tail: String = near.iter().rev().copied().collect::<Vec<_>>().join(" ");
    if let Some((_, weight)) = BEFORE.iter().find(|(words, _)| tail.contains(words)) {
        let took = tail.contains("took")
            && !BEHIND
                .iter()
                .any(|(words, _)| words.starts_with("to ") && behind.trim_start().starts_with(words));
        return (!took).then_some((*weight, "duration-sentence"));
    }
    let start = behind.trim_start_matches([' ', '-', '\u{a0}']);
    if let Some((_, weight)) = BEHIND.iter().find(|(words, _)| start.starts_with(words)) {
        return Some((*weight, "duration-sentence"));
    }
    // `14:00 to 16:30 (2 hours 30 minutes)`; elsewhere a length in brackets may be that of anything.
    let last: Vec<&str> = before.rsplit(' ').skip(1).take(8).collect();
    let joins = |word: &&str| matches!(*word, "to" | "-" | "–" | "—" | "→" | "until" | "till" | "and");
    let times = || {
        last.iter().take(4).any(|word| is_clock(word) || matches!(*word, "am" | "pm"))
            && last.iter().any(joins)
    };
    let in_brackets = before.trim_end().ends_with('(') && start.starts_with(')') && times();
    let for_it = near.iter().take(3).any(|word| *word == "for");
    match (in_brackets, for_it && in_summary) {
        (true, _) => Some((12, "duration-in-brackets")),
        (_, true) if FAILURE.iter().any(|word| before.contains(word)) => Some((2, "duration-sentence")),
        _ => None,
    }
}

/// `16:30`, as it stands among lower-case words.
fn is_clock(word: &str) -> bool {
    let digits = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    word.split_once(':').is_some_and(|(hour, rest)| digits(hour) && rest.get(..2).is_some_and(digits))
}

/// How far from a length words can speak of it, in bytes.
const REACH: usize = 400;

fn end_of(text: &str) -> &str {
    let from = (text.len().saturating_sub(REACH)..text.len()).find(|at| text.is_char_boundary(*at));
    &text[from.unwrap_or(text.len())..]
}

fn start_of(text: &str) -> &str {
    let end = (0..=text.len().min(REACH)).rfind(|at| text.is_char_boundary(*at));
    &text[..end.unwrap_or(0)]
}

/// Words of a sentence that tells of a failure; `for 20 minutes` counts only there.
const FAILURE: &[&str] = &[
    "outage",
    "down",
    "disrupt",
    "degrad",
    "fail",
    "unavailab",
    "unable",
    "error",
    "slow",
    "affect",
    "impact",
    "interrupt",
    "inaccessib",
    "could not",
    "unreachable",
    "unschedulable",
    "siesta",
    "stopped",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::durations;

    fn check(sentence: &str, in_summary: bool) -> Option<f64> {
        let found = durations(sentence)
            .into_iter()
            .find(|found| stated(sentence, &(0..sentence.len()), found, in_summary).is_some());
        found.map(|found| found.value.minutes)
    }

    #[test]
    fn sentences_that_state_the_length() {
        for (sentence, minutes) in [
            ("The harbour display was down for 45 minutes.", 45.0),
            ("a gap that lasted almost two hours", 120.0),
            ("a 2.5-hour outage of the ticket desk", 150.0),
            ("14:00 to 16:30 (2 hours 30 minutes)", 150.0),
            ("The crew took 4 hours to resolve it", 240.0),
        ] {
            assert_eq!(check(sentence, false), Some(minutes), "{sentence}");
        }
    }

    #[test]
    fn lengths_of_other_things() {
        for sentence in [
            "A job runs every 5 minutes",
            "We noticed within 10 minutes",
            "It restarted 3 minutes later",
            "took 20 minutes of our time",
        ] {
            assert_eq!(check(sentence, true), None, "{sentence}");
        }
        for sentence in [
            "Where no beam comes for three rounds (30 seconds), the lamp stops",
            "We rang the keeper (20 minutes)",
            "We took the copy from 2 AM (10 minutes)",
        ] {
            assert_eq!(check(sentence, false), None, "{sentence}");
        }
    }
}
