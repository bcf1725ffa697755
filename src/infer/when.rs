//! When it happened: day, beginning and end, from fields and from the sentences that
//! tell of the outage, and last from the file name.

use super::places::{about, is_aside, is_title, own_label};
use super::stretch::{Spot, Stretch};
use super::text::is_placeholder;
use super::{Claims, Extractor, Text};
use crate::document::{Kind, Label};
use crate::incident::claim::{Fact, PLAIN};
use crate::incident::time::{Rule, Written};
use crate::incident::{Day, Origin};
use std::ops::Range;

pub const EXTRACTOR: Extractor = Extractor { name: "when", seeks: &["date", "start", "end", "zone"], read };

/// How far a source of moments is trusted against others of its origin.
mod strength {
    pub const SUMMARY: u8 = 140;
    pub const TITLE_STRETCH: u8 = 125;
    pub const PROSE: u8 = 115;
    pub const TITLE: u8 = 85;
    pub const LONE: u8 = 80;
    pub const ANY_DATE: u8 = 50;
}

fn read(text: &Text<'_>, claims: &mut Claims<'_>) {
    for label in [Label::Start, Label::End, Label::Date, Label::Period, Label::Duration, Label::Detected] {
        // Under `**Duration:**` may stand `Start: …`, which speaks for itself.
        let itself = |n: usize| own_label(text, n).is_none_or(|own| own == label);
        for passage in text.fields(label).into_iter().filter(|passage| itself(passage.block)) {
            field(text, claims, label, passage.block, passage.range);
        }
    }
    for (n, _) in text.blocks().filter(|(n, _)| !is_aside(text, *n)) {
        prose(text, claims, n);
    }
    file_name(text, claims);
}

/// A place that moments are read from, and what it is worth.
#[derive(Debug, Clone, Copy)]
struct Place {
    origin: Origin,
    strength: u8,
    block: usize,
    rule: &'static str,
}

/// `Start: …`, `Duration: 2:00 PM to 4:00 PM`, `Date: …`.
fn field(text: &Text<'_>, claims: &mut Claims<'_>, label: Label, block: usize, range: Range<usize>) {
    let words = &text.block(block).text()[range.clone()];
    if is_placeholder(words) {
        return;
    }
    let Some(stretch) = Stretch::of(text.block(block).text(), text.times(block), range, text.hints) else { return };
    let place = |rule| Place { origin: Origin::Field, strength: PLAIN, block, rule };
    match label {
        Label::Start => claim_stretch(text, claims, &stretch, place("start-field")),
        Label::End => {
            let last = stretch.to.or(stretch.from).filter(|spot| spot.moment.time.is_some());
            if let Some(spot) = last {
                claim_end(claims, &spot, place("end-field"));
            }
        }
        Label::Date => claim_stretch(text, claims, &stretch, place("date-field")),
        Label::Detected => {
            let day = stretch.from.and_then(|spot| spot.moment.date.map(|date| (date, spot.range)));
            if let Some((date, range)) = day {
                let strength = strength::LONE;
                claims.weighed(Fact::Date(date.into()), Origin::Prose, "detected-field", block, range, strength);
            }
        }
        _ => claim_stretch(text, claims, &stretch, place("period-field")),
    }
}

/// Claims what a stretch gives: its ends, their zone, and the day of its beginning.
fn claim_stretch(text: &Text<'_>, claims: &mut Claims<'_>, stretch: &Stretch, place: Place) {
    if let Some(spot) = &stretch.from {
        if let Some(date) = spot.moment.date {
            let range = date_range(text, place.block, date.into(), spot);
            claims.weighed(Fact::Date(date.into()), place.origin, place.rule, place.block, range, place.strength);
        }
        if spot.moment.time.is_some() {
            claims.weighed(Fact::Start(spot.moment), place.origin, place.rule, place.block, spot.range.clone(), place.strength);
        }
        claim_zone(claims, spot, place);
    }
    if let Some(spot) = stretch.to.as_ref().filter(|spot| spot.moment.time.is_some()) {
        claim_end(claims, spot, place);
    }
}

fn claim_end(claims: &mut Claims<'_>, spot: &Spot, place: Place) {
    claims.weighed(Fact::End(spot.moment), place.origin, place.rule, place.block, spot.range.clone(), place.strength);
    claim_zone(claims, spot, Place { strength: place.strength - 1, ..place });
}

fn claim_zone(claims: &mut Claims<'_>, spot: &Spot, place: Place) {
    let Some(zone) = &spot.zone else { return };
    if zone.value.rule != Rule::Impossible {
        let fact = Fact::Zone(zone.value.name.clone());
        claims.weighed(fact, place.origin, place.rule, place.block, zone.range.clone(), place.strength);
    }
}

/// The words of the date itself, where they stand in the same block; else those of the time.
fn date_range(text: &Text<'_>, block: usize, day: Day, spot: &Spot) -> Range<usize> {
    let same = |written: Written| text.hints.resolve(written).map(Day::from) == Some(day);
    let dates = &text.times(block).dates;
    let behind = dates.partition_point(|found| found.range.start < spot.range.start);
    let nearest = dates[..behind].iter().rev().chain(&dates[behind..]).find(|found| same(found.value));
    nearest.map_or(spot.range.clone(), |found| found.range.clone())
}

/// Sentences of the summary, of the title, and of a text without sections.
fn prose(text: &Text<'_>, claims: &mut Claims<'_>, n: usize) {
    let block = text.block(n);
    let times = text.times(n);
    if times.dates.is_empty() && times.clocks.is_empty() || block.field.as_ref().is_some_and(|field| is_time(field.label)) {
        return;
    }
    if is_title(text, n) {
        return title(text, claims, n);
    }
    let strength = match about(text, n) {
        Label::Summary | Label::Duration => strength::SUMMARY,
        Label::Impact => strength::SUMMARY - 10,
        Label::Other | Label::Title => strength::PROSE,
        Label::RootCause | Label::Resolution | Label::Background | Label::Detection => strength::PROSE - 20,
        _ => return,
    };
    if matches!(block.kind, Kind::Row { .. } | Kind::Heading(_)) || text.holds_event(n) {
        return;
    }
    for range in text.sentences(n) {
        sentence(text, claims, n, range.clone(), strength);
    }
}

/// Labels whose values are read as fields, and not once more as prose.
fn is_time(label: Label) -> bool {
    matches!(
        label,
        Label::Start
            | Label::End
            | Label::Date
            | Label::Period
            | Label::Duration
            | Label::Detected
            | Label::Acknowledged
            | Label::Mitigated
            | Label::MeetingDate
            | Label::DocumentDate
            | Label::Updated
    )
}

fn title(text: &Text<'_>, claims: &mut Claims<'_>, n: usize) {
    let words = text.block(n).text();
    let Some(stretch) = Stretch::of(words, text.times(n), 0..words.len(), text.hints) else { return month(text, claims, n) };
    let both = stretch.from.as_ref().is_some_and(|spot| spot.moment.time.is_some()) && stretch.to.is_some();
    let place = Place { origin: Origin::Prose, strength: strength::TITLE_STRETCH, block: n, rule: "title-dates" };
    match both {
        true => claim_stretch(text, claims, &stretch, place),
        false => {
            let date = stretch.from.and_then(|spot| spot.moment.date.map(|date| (date, spot.range)));
            if let Some((date, range)) = date {
                claims.weighed(Fact::Date(date.into()), Origin::Prose, place.rule, n, range, strength::TITLE);
            }
        }
    }
}

/// A title that gives a month.
fn month(text: &Text<'_>, claims: &mut Claims<'_>, n: usize) {
    for found in &text.times(n).dates {
        if let Written::Month { year, month } = found.value {
            let day = Day { year, month, day: None };
            claims.weighed(Fact::Date(day), Origin::Prose, "title-month", n, found.range.clone(), strength::ANY_DATE - 10);
        }
    }
}

/// Words that make a sentence tell of something else than the outage.
const ELSEWHERE: &[&str] = &[
    "office hours",
    "business hours",
    "working hours",
    "operating hours",
    "hours of operation",
    "monday to friday",
    "monday through friday",
    "monday-friday",
    "mon-fri",
    "weekdays",
    "operates from",
    "open from",
    "opening hours",
    "support hours",
    "on-call hours",
    "meeting",
    "scheduled for",
    "follow-up",
    "deadline",
    "due by",
    "due date",
    "published",
    "posted on",
    "last updated",
    "written on",
    "introduced in",
    "was deployed on",
    "released on",
    "every day",
    "daily",
    "each day",
    "reviewed on",
    "today",
    "will be",
    "by the end of",
];

/// Words that a sentence about the outage has one of.
const OUTAGE: &[&str] = &[
    "outage",
    "down",
    "disrupt",
    "degrad",
    "incident",
    "issue",
    "fail",
    "unavailab",
    "experienc",
    "error",
    "problem",
    "slow",
    "unable",
    "affect",
    "impact",
    "interrupt",
    "crash",
    "broke",
    "stopped",
    "unreachable",
    "not available",
    "loss",
    "attack",
    "could not",
    "couldn't",
    "lasted",
    "began",
    "started",
    "occurred",
    "panne",
    "incidente",
    "falha",
    "partial",
    "queue",
    "misbehav",
    "discovered",
    "reported",
    "vulnerab",
    "liquidat",
    "merged",
    "stuck",
    "hung",
    "offline",
    "broken",
    "blocked",
    "delay",
];

fn sentence(text: &Text<'_>, claims: &mut Claims<'_>, n: usize, range: Range<usize>, strength: u8) {
    let words = text.block(n).text();
    let lower = words[range.clone()].to_lowercase();
    if ELSEWHERE.iter().any(|other| lower.contains(other)) {
        return;
    }
    let about_outage = OUTAGE.iter().any(|word| lower.contains(word)) || strength >= strength::SUMMARY - 10;
    let Some(stretch) = Stretch::of(words, text.times(n), range, text.hints).filter(|_| about_outage) else { return };
    let timed = |spot: &Option<Spot>| spot.as_ref().is_some_and(|spot| spot.moment.time.is_some());
    let both = timed(&stretch.from) && timed(&stretch.to);
    let place = |strength, rule| Place { origin: Origin::Prose, strength, block: n, rule };
    if both {
        return claim_stretch(text, claims, &stretch, place(strength, "sentence-range"));
    }
    if timed(&stretch.to) {
        return claim_stretch(text, claims, &stretch, place(strength::LONE, "sentence-end"));
    }
    if timed(&stretch.from) && strength >= strength::PROSE {
        return claim_stretch(text, claims, &stretch, place(strength::LONE, "sentence-start"));
    }
    if let Some((date, range)) = stretch.from.and_then(|spot| spot.moment.date.map(|date| (date, spot.range))) {
        let weight = if strength >= strength::SUMMARY - 10 { strength - 20 } else { strength::ANY_DATE };
        claims.weighed(Fact::Date(date.into()), Origin::Prose, "sentence-date", n, range, weight);
    }
}

/// A day or a month in the file's name or its folders.
fn file_name(text: &Text<'_>, claims: &mut Claims<'_>) {
    let day = text.hints.path_dates.iter().find_map(|written| match *written {
        Written::Month { year, month } => Some(Day { year, month, day: None }),
        other => other.day().map(Day::from),
    });
    if let Some(day) = day {
        claims.nowhere(Fact::Date(day), Origin::FileName, "file-name", text.source.path.clone());
    }
}
