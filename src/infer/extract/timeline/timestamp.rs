//! The date and the time that a line begins with, in front of what happened.

use crate::infer::context::date_hints::Hints;
use crate::infer::context::text::Text;
use crate::language::{Clock, Found, Part, Times};
use jiff::civil::Date;
use std::ops::Range;

/// A date and a time at the beginning of a text.
#[derive(Debug, Default)]
pub struct Lead<'t> {
    pub date: Option<Date>,
    pub clock: Option<&'t Clock>,
    /// Where the words begin behind it.
    pub end: usize,
}

/// What stands between a line's beginning, its date and its time.
pub fn is_joint(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '~' | '*' | '_' | '(' | '[' | '"' | '\'' | '`' | '≈' | ',' | '@' | '-' | '–' | '—' | '>' | '|'
        )
}

/// What stands between a time and the words behind it.
pub fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            ':' | ';'
                | ','
                | '-'
                | '–'
                | '—'
                | '.'
                | ')'
                | ']'
                | '*'
                | '|'
                | '>'
                | '→'
                | '='
                | '~'
                | '"'
                | '\''
                | '`'
                | '_'
                | '\\'
        )
}

/// Where the words of a timeline's line begin, behind its time.
pub fn behind_time(text: &Text<'_>, n: usize) -> usize {
    let words = text.block(n).text();
    let end = lead(words, text.times(n), text.hints).map_or(0, |lead| lead.end);
    words.len() - words[end..].trim_start_matches(is_separator).len()
}

/// Words that may stand before a time without taking its place at the beginning.
const BEFORE: &[&str] = &[
    "at",
    "around",
    "about",
    "approximately",
    "approx",
    "by",
    "on",
    "circa",
    "from",
    "between",
    "ca",
    "the",
    "à",
    "vers",
    "às",
    "c",
];

/// Length of a list number that touches the time behind it: `10.12:30 PM`.
fn numbering(text: &str) -> usize {
    let digits = |from: usize| text.as_bytes()[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let first = digits(0);
    if !(1..=2).contains(&first) || text.as_bytes().get(first) != Some(&b'.') {
        return 0;
    }
    let second = digits(first + 1);
    let clock = (1..=2).contains(&second) && text.as_bytes().get(first + 1 + second) == Some(&b':');
    if clock { first + 1 } else { 0 }
}

fn skip_before(text: &str, mut at: usize) -> usize {
    loop {
        let rest = text[at..].trim_start_matches(is_joint);
        at = text.len() - rest.len();
        let word = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        if word.is_empty() || !BEFORE.iter().any(|before| word.eq_ignore_ascii_case(before)) {
            return at;
        }
        at += word.len();
        at += usize::from(text[at..].starts_with('.'));
    }
}

/// Behind the full stop that parts a day from the time that follows: `Mar 5. 04:20`.
fn past_stop(text: &str, at: usize) -> usize {
    match text[at..].strip_prefix('.') {
        Some(rest) if rest.trim_start().starts_with(|c: char| c.is_ascii_digit()) => at + 1,
        _ => at,
    }
}

/// The date and time at the beginning of `text`, if there is either.
pub fn lead<'t>(text: &str, times: &'t Times, hints: &Hints) -> Option<Lead<'t>> {
    let mut at = skip_before(text, numbering(text));
    let mut lead = Lead::default();
    let date = times.dates.iter().find(|date| date.range.start <= at && date.range.end > at);
    if let Some(date) = date {
        lead.date = hints.resolve(date.value);
        at = date.range.end;
    }
    let behind = if date.is_some() { skip_before(text, past_stop(text, at)) } else { at };
    let from = text[behind..].strip_prefix('T').map_or(behind, |_| behind + 1);
    if let Some(found) =
        times.clocks.iter().find(|clock| clock.range.start <= from && clock.range.end > behind)
    {
        lead.clock = Some(&found.value);
        at = past_clocks(text, times, found);
        let late = times.dates.iter().find(|date| {
            lead.date.is_none() && date.range.start >= at && belongs(text, at, date.range.clone())
        });
        if let Some(date) = late {
            lead.date = hints.resolve(date.value);
            at = date.range.end;
        }
    }
    lead.end = at;
    (date.is_some() || lead.clock.is_some()).then_some(lead)
}

/// Whether a day stands right behind the time that ends at `at`: `10:00 UTC (May 3)`, `9:00 AM on May 3 - …`.
fn belongs(text: &str, at: usize, date: Range<usize>) -> bool {
    let parted = || text[date.end..].trim_start().starts_with(['-', '–', '—', ':']);
    text[at..date.start].chars().all(is_joint) || date.start <= skip_before(text, at) && parted()
}

/// Behind a time, its zone, the other end of its range and further times: `9:00 AM - 10:15 AM`, `19.20, 19.27`.
fn past_clocks(text: &str, times: &Times, first: &Found<Clock>) -> usize {
    let end_of = |found: &Found<Clock>| {
        found.value.zone.as_ref().map_or(found.range.end, |zone| zone.range.end.max(found.range.end))
    };
    let mut at = end_of(first);
    for next in times.clocks.iter().filter(|next| next.range.start >= first.range.end) {
        let between = text.get(at..next.range.start).unwrap_or("x");
        let joined = between.chars().all(|c| {
            c.is_whitespace() || matches!(c, ',' | '-' | '–' | '—' | '/' | '&' | '(' | ')' | '~' | '*')
        });
        if next.value.part != Part::To && !(joined && between.len() <= 4 && !between.is_empty()) {
            break;
        }
        at = end_of(next);
    }
    let rest = text[at..].trim_start_matches([' ', ')', ']']);
    let suffix = ["onwards", "onward", "ish", "hrs", "hours", "local time", "approximately", "approx."];
    match suffix
        .iter()
        .find(|word| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))
    {
        Some(word) => text.len() - rest.len() + word.len(),
        None => at,
    }
}
