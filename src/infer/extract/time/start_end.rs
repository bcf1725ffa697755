//! When it happened: day, beginning and end, from fields and from the sentences that
//! tell of the outage, and last from the file name.

use crate::document::{Kind, Label};
use crate::incident::claim::{Fact, PLAIN};
use crate::incident::{Day, Origin};
use crate::infer::claims::Claims;
use crate::infer::context::excerpt::has_words;
use crate::infer::context::role::{about, is_aside, is_title, own_label};
use crate::infer::context::text::Text;
use crate::infer::context::text::is_placeholder;
use crate::infer::extract::time::interval::{Spot, Stretch};
use crate::infer::extractor::{Extractor, no_phrases};
use crate::language::{self, Rule, Written};
use jiff::ToSpan;
use std::ops::Range;

pub const EXTRACTOR: Extractor =
    Extractor { name: "start-end", seeks: &["date", "start", "end", "zone"], phrases: no_phrases, read };

/// How far a source of moments is trusted against others of its origin.
mod strength {
    pub const SUMMARY: u8 = 140;
    pub const IMPACT: u8 = SUMMARY - 10;
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
    let opening = opening(text);
    for (n, _) in text.blocks().filter(|(n, _)| !is_aside(text, *n)) {
        prose(text, claims, n, opening == Some(n));
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
    let found = Stretch::of(text.block(block).text(), text.times(block), range.clone(), text.hints);
    let Some(stretch) = found else {
        if label == Label::Date {
            month(text, claims, block, range, Place { origin: Origin::Field, strength: PLAIN, block, rule: "date-field" });
        }
        return;
    };
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
        _ => claim_stretch(text, claims, &over_days(text, stretch, block, range), place("period-field")),
    }
}

/// `1618 minutes (2031-01-16 16:52 to 19:50)`: the end is as many days later as the length beside it says.
fn over_days(text: &Text<'_>, mut stretch: Stretch, block: usize, range: Range<usize>) -> Stretch {
    let stated = language::within(&text.times(block).durations, &range).first().map(|found| found.value.minutes);
    let start = stretch.from.as_ref().and_then(|spot| spot.moment.datetime());
    let end = stretch.to.as_ref().and_then(|spot| spot.moment.datetime());
    if let (Some(stated), Some(start), Some(end), Some(to)) = (stated, start, end, stretch.to.as_mut()) {
        let days = (stated - end.duration_since(start).as_secs_f64() / 60.0) / 1440.0;
        let whole = (days - days.round()).abs() < 0.002 && (1.0..60.0).contains(&days.round());
        if whole && start.date() == end.date() {
            to.moment.date = end.date().checked_add((days.round() as i64).days()).ok();
        }
    }
    stretch
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

/// The first paragraph, when it stands before all sections: its first sentence tells what the text is about.
fn opening(text: &Text<'_>) -> Option<usize> {
    let plain = |n: &usize| text.block(*n).is_prose() && !is_title(text, *n) && !text.document.opens(*n);
    let n = text.blocks.clone().take(8).find(plain)?;
    matches!(about(text, n), Label::Other | Label::Title).then_some(n)
}

/// Sentences of the summary, of the title, and of a text without sections.
fn prose(text: &Text<'_>, claims: &mut Claims<'_>, n: usize, opening: bool) {
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
        Label::Impact => strength::IMPACT,
        Label::Other | Label::Title => strength::PROSE,
        Label::RootCause | Label::Resolution | Label::Background | Label::Detection => strength::PROSE - 20,
        _ => return,
    };
    if matches!(block.kind, Kind::Row { .. } | Kind::Heading(_)) || text.holds_event(n) {
        return;
    }
    let timed = |range: &Range<usize>| {
        !language::within(&times.dates, range).is_empty() || !language::within(&times.clocks, range).is_empty()
    };
    for (nth, range) in text.sentences(n).iter().enumerate().filter(|(_, range)| timed(range)) {
        let dated = opening && nth == 0 && opens_with_day(text, n, range);
        sentence(text, claims, n, range.clone(), strength, dated);
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
    let Some(stretch) = Stretch::of(words, text.times(n), 0..words.len(), text.hints) else {
        let place = Place { origin: Origin::Prose, strength: strength::ANY_DATE - 10, block: n, rule: "title-month" };
        return month(text, claims, n, 0..words.len(), place);
    };
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

/// A title or a field that gives a month, and no more.
fn month(text: &Text<'_>, claims: &mut Claims<'_>, n: usize, range: Range<usize>, place: Place) {
    for found in language::within(&text.times(n).dates, &range) {
        if let Written::Month { year, month } = found.value {
            let day = Day { year, month, day: None };
            claims.weighed(Fact::Date(day), place.origin, place.rule, n, found.range.clone(), place.strength);
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
    "starting at",
    "starting around",
    "beginning at",
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

/// "On 5 March 2024 some customers …", "21 December 2023, all times CET": a day that opens a text and
/// that something is said of. A day alone, or with a name beside it, may be that of the writing.
fn opens_with_day(text: &Text<'_>, n: usize, sentence: &Range<usize>) -> bool {
    let words = text.block(n).text();
    let first = language::within(&text.times(n).dates, sentence).first();
    let Some(date) = first.filter(|date| date.range.end <= sentence.end) else { return false };
    let before = words[sentence.start..date.range.start].trim().to_lowercase();
    let behind = words[date.range.end..sentence.end].to_lowercase();
    let led = ["on", "in the night of", "on the night of", "on the morning of", "le", "em", "no dia", "dans la nuit du"];
    (led.contains(&before.as_str()) && has_words(&behind, 4)) || (before.is_empty() && behind.contains("times"))
}

/// `dated` sentences tell of the outage whatever their words.
fn sentence(text: &Text<'_>, claims: &mut Claims<'_>, n: usize, range: Range<usize>, strength: u8, dated: bool) {
    let words = text.block(n).text();
    let lower = words[range.clone()].to_lowercase();
    if ELSEWHERE.iter().any(|other| lower.contains(other)) {
        return;
    }
    let about_outage = OUTAGE.iter().any(|word| lower.contains(word)) || strength >= strength::IMPACT || dated;
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
        let weight = match strength {
            strength::IMPACT.. => strength - 20,
            _ if dated => strength::LONE,
            _ => strength::ANY_DATE,
        };
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
