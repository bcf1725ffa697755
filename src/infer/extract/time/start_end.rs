//! When it happened: day, beginning and end, from fields and from the sentences that
//! tell of the outage, and last from the file name.

use crate::document::{Block, Kind, Label};
use crate::incident::claim::{Fact, OF_UNKNOWN_DAY};
use crate::incident::{Day, Origin};
use crate::infer::claims::Claims;
use crate::infer::context::excerpt::has_words;
use crate::infer::context::mail;
use crate::infer::context::role::{about, is_aside, is_title, own_label};
use crate::infer::context::text::Text;
use crate::infer::context::text::is_placeholder;
use crate::infer::extract::front_matter;
use crate::infer::extract::time::interval::{Spot, Stretch};
use crate::infer::extract::time::outage_words::{About, is_led, tells_of_detection, tells_of_recovery};
use crate::infer::extract::time::relative_day;
use crate::infer::extractor::{Extractor, no_phrases};
use crate::infer::rank;
use crate::language::{self, Rule, Times, Written};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::ops::Range;

pub const EXTRACTOR: Extractor =
    Extractor { name: "start-end", seeks: &["date", "start", "end", "zone"], phrases: no_phrases, read };

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
    typed_title(text, claims);
    file_name(text, claims);
}

/// The day that a typed title tells: `Downtime on March 23, 2018`.
fn typed_title(text: &Text<'_>, claims: &mut Claims<'_>) {
    let whole = text.blocks == (0..text.document.blocks.len());
    let entry = front_matter::entry(text.document, text.vocabulary, Label::Title).filter(|_| whole);
    let Some((entry, title)) = entry.and_then(|entry| Some((entry, entry.value.as_str()?))) else { return };
    let Some(stretch) = Stretch::of(title, &Times::of(title), 0..title.len(), text.hints) else { return };
    let timed = |spot: &Option<Spot>| spot.as_ref().is_some_and(|spot| spot.moment.time.is_some());
    let both = timed(&stretch.from) && timed(&stretch.to);
    let mut claim = |fact: Fact, strength: u8| {
        claims.at_weighed(fact, Origin::Prose, "title-dates", entry.span, title.to_owned(), strength);
    };
    let Some(from) = stretch.from else { return };
    if let Some(date) = from.moment.date {
        claim(Fact::Date(date.into()), if both { rank::TITLE_STRETCH } else { rank::TITLE });
    }
    if let Some(to) = stretch.to.filter(|_| both) {
        claim(Fact::Start(from.moment), rank::TITLE_STRETCH);
        claim(Fact::End(to.moment), rank::TITLE_STRETCH);
    }
}

/// A place that moments are read from, and what it is worth.
#[derive(Debug, Clone, Copy)]
struct Place {
    origin: Origin,
    strength: u8,
    block: usize,
    rule: &'static str,
}

impl Place {
    fn rule_of(self, spot: &Spot) -> &'static str {
        if spot.of_unknown_day { OF_UNKNOWN_DAY } else { self.rule }
    }
}

/// `Start: …`, `Duration: 2:00 PM to 4:00 PM`, `Date: …`.
fn field(text: &Text<'_>, claims: &mut Claims<'_>, label: Label, block: usize, range: Range<usize>) {
    let words = &text.block(block).text()[range.clone()];
    if is_placeholder(words) {
        return;
    }
    if label == Label::Date && is_of_the_report(text, block) {
        return;
    }
    let found = Stretch::of(text.block(block).text(), text.times(block), range.clone(), text.hints);
    if label == Label::Date && mail::is_date(words) {
        let day = text.times(block).dates.first().and_then(|found| text.hints.resolve(found.value));
        if let Some(day) = day {
            claims.weighed(
                Fact::Date(day.into()),
                Origin::Prose,
                "writing-date",
                block,
                range,
                rank::LONE - 1,
            );
        }
        return;
    }
    let found = if mail::is_header_of_a_response(words) { found.map(Stretch::without_times) } else { found };
    let Some(stretch) = found else {
        if label == Label::Date {
            month(
                text,
                claims,
                block,
                range,
                Place { origin: Origin::Field, strength: rank::PLAIN, block, rule: "date-field" },
            );
        }
        return;
    };
    let place = |rule| Place { origin: Origin::Field, strength: rank::PLAIN, block, rule };
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
                let strength = rank::LONE;
                claims.weighed(
                    Fact::Date(date.into()),
                    Origin::Prose,
                    "detected-field",
                    block,
                    range,
                    strength,
                );
            }
        }
        Label::Duration if words.to_lowercase().contains("detect") => {}
        _ => claim_stretch(text, claims, &over_days(text, stretch, block, range), place("period-field")),
    }
}

/// A date below the name of who signed, behind what happened: `Report prepared by: …`, `Date: …`.
fn is_of_the_report(text: &Text<'_>, n: usize) -> bool {
    const SIGNED: &[&str] =
        &["prepared by", "analyzed by", "analysed by", "approved by", "reviewed by", "signed", "author"];
    let late = n > text.blocks.start + text.blocks.len() / 2;
    if !late {
        return false;
    }
    let section = &text.document.sections[text.block(n).section];
    let heading = text
        .document
        .blocks
        .get(section.blocks.start)
        .map(|block| block.text().to_lowercase())
        .unwrap_or_default();
    let signs = |before: usize| {
        let line = text.block(before).text().to_lowercase();
        matches!(own_label(text, before), Some(Label::Authors | Label::Owner | Label::Participants))
            || line.len() < 100 && SIGNED.iter().any(|word| line.contains(word))
    };
    (n.saturating_sub(2)..n).any(signs)
        || ["sign-off", "sign off", "signoff", "approval", "signatures"]
            .iter()
            .any(|word| heading.contains(word))
}

/// `1618 minutes (2031-01-16 16:52 to 19:50)`: the end is as many days later as the length beside it says.
fn over_days(text: &Text<'_>, mut stretch: Stretch, block: usize, range: Range<usize>) -> Stretch {
    let stated =
        language::within(&text.times(block).durations, &range).first().map(|found| found.value.minutes);
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
            claims.weighed(
                Fact::Date(date.into()),
                place.origin,
                place.rule,
                place.block,
                range,
                place.strength,
            );
        }
        if spot.moment.time.is_some() {
            claims.weighed(
                Fact::Start(spot.moment),
                place.origin,
                place.rule_of(spot),
                place.block,
                spot.range.clone(),
                place.strength,
            );
        }
        claim_zone(claims, spot, place);
    }
    if let Some(spot) = stretch.to.as_ref().filter(|spot| spot.moment.time.is_some()) {
        claim_end(claims, spot, place);
    }
}

fn claim_end(claims: &mut Claims<'_>, spot: &Spot, place: Place) {
    claims.weighed(
        Fact::End(spot.moment),
        place.origin,
        place.rule_of(spot),
        place.block,
        spot.range.clone(),
        place.strength,
    );
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
    let timeless = times.dates.is_empty() && times.clocks.is_empty() && text.hints.written_on.is_none();
    if timeless || block.field.as_ref().is_some_and(|field| is_time(field.label)) {
        return;
    }
    if is_title(text, n) {
        if !is_one_of_days(text, n) {
            title(text, claims, n);
        }
        return;
    }
    let strength = match about(text, n) {
        Label::Summary | Label::Duration => rank::SUMMARY,
        Label::Impact => rank::IMPACT,
        Label::Other | Label::Title => rank::PROSE,
        Label::RootCause | Label::Resolution | Label::Background | Label::Detection => rank::ASIDE,
        _ => return,
    };
    if matches!(block.kind, Kind::Row { .. } | Kind::Heading(_)) || text.holds_event(n) {
        return;
    }
    let timed = |range: &Range<usize>| {
        !language::within(&times.dates, range).is_empty()
            || !language::within(&times.clocks, range).is_empty()
            || text.hints.written_on.is_some()
    };
    for (nth, range) in text.sentences(n).iter().enumerate().filter(|(_, range)| timed(range)) {
        let dated = opening && nth == 0 && opens_with_day(text, n, range);
        sentence(text, claims, n, range.clone(), strength, dated);
    }
}

/// Whether a heading is one of several of its level that each begin another day: notes of a week, a log of incidents.
fn is_one_of_days(text: &Text<'_>, n: usize) -> bool {
    const SEVERAL: usize = 3;
    let kind = text.block(n).kind;
    let day = |(n, _): (usize, &Block)| {
        text.times(n).dates.first().and_then(|found| text.hints.resolve(found.value))
    };
    let of_level = || text.blocks().filter(|(_, block)| block.kind == kind);
    let days: BTreeSet<Date> = of_level().filter_map(day).collect();
    n != text.blocks.start && matches!(kind, Kind::Heading(_)) && days.len() >= SEVERAL
}

/// What words tell of when; a weekday is one of the past week where the day of writing is known.
fn stretch_of(text: &Text<'_>, n: usize, range: Range<usize>) -> Option<Stretch> {
    let words = text.block(n).text();
    let told = text.hints.written_on.and_then(|day| relative_day::of(&words[range.clone()], day));
    let stretch = Stretch::of(words, text.times(n), range.clone(), text.hints);
    let Some((day, at)) = told else { return stretch };
    let at = range.start + at.start..range.start + at.end;
    Some(stretch.map_or_else(|| Stretch::day(day, at), |stretch| stretch.on(day)))
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
    let Some(stretch) = stretch_of(text, n, 0..words.len()) else {
        let place =
            Place { origin: Origin::Prose, strength: rank::TITLE_MONTH, block: n, rule: "title-month" };
        return month(text, claims, n, 0..words.len(), place);
    };
    let both = stretch.from.as_ref().is_some_and(|spot| spot.moment.time.is_some()) && stretch.to.is_some();
    let place = Place { origin: Origin::Prose, strength: rank::TITLE_STRETCH, block: n, rule: "title-dates" };
    match both {
        true => claim_stretch(text, claims, &stretch, place),
        false => {
            let date = stretch.from.and_then(|spot| spot.moment.date.map(|date| (date, spot.range)));
            if let Some((date, range)) = date {
                claims.weighed(Fact::Date(date.into()), Origin::Prose, place.rule, n, range, rank::TITLE);
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

/// "On 5 March 2024 some customers …", "21 December 2023, all times CET": a day that opens a text and
/// that something is said of. A day alone, or with a name beside it, may be that of the writing.
fn opens_with_day(text: &Text<'_>, n: usize, sentence: &Range<usize>) -> bool {
    let words = text.block(n).text();
    let first = language::within(&text.times(n).dates, sentence).first();
    let Some(date) = first.filter(|date| date.range.end <= sentence.end) else { return false };
    let before = words[sentence.start..date.range.start].trim().to_lowercase();
    let behind = words[date.range.end..sentence.end].to_lowercase();
    let led = [
        "on",
        "in the night of",
        "on the night of",
        "on the morning of",
        "le",
        "em",
        "no dia",
        "dans la nuit du",
    ];
    (led.contains(&before.as_str()) && has_words(&behind, 4))
        || (before.is_empty() && behind.contains("times"))
}

/// Words by which a sentence says outright that it began, wherever it stands.
const WENT_DOWN: &[&str] = &[
    "went down",
    "went offline",
    "became unavailable",
    "became unreachable",
    "became unresponsive",
    "outage began",
    "outage started",
    "incident began",
    "incident started",
];

/// `dated` sentences tell of the outage whatever their words.
fn sentence(
    text: &Text<'_>,
    claims: &mut Claims<'_>,
    n: usize,
    range: Range<usize>,
    strength: u8,
    dated: bool,
) {
    let words = text.block(n).text();
    let lower = words[range.clone()].to_lowercase();
    let about = About::of(&lower);
    let told = range.clone();
    if about.elsewhere {
        return;
    }
    let Some(mut stretch) = stretch_of(text, n, range.clone()) else { return };
    let about_outage = about.outage || strength >= rank::IMPACT || dated;
    if !about_outage && !is_dated_range(&stretch) {
        return;
    }
    let before = stretch
        .from
        .as_ref()
        .map(|spot| words[range.start..spot.range.start.max(range.start)].to_lowercase());
    if stretch.to.is_some() && before.as_ref().is_some_and(|before| tells_of_detection(before)) {
        stretch.from = None;
    }
    let timed = |spot: &Option<Spot>| spot.as_ref().is_some_and(|spot| spot.moment.time.is_some());
    let both = timed(&stretch.from) && timed(&stretch.to);
    let place = |strength, rule| Place { origin: Origin::Prose, strength, block: n, rule };
    if both {
        return claim_stretch(text, claims, &stretch, place(strength, "sentence-range"));
    }
    if timed(&stretch.to) {
        return claim_stretch(text, claims, &stretch, place(rank::LONE, "sentence-end"));
    }
    if timed(&stretch.from)
        && (strength < rank::PROSE || before.is_some_and(|before| tells_of_recovery(&before)))
    {
        return;
    }
    let tells = !about.prelude || about.outage;
    if timed(&stretch.from) && tells {
        // A day and a time in one sentence are worth as much as a day alone.
        let is_dated = stretch.from.as_ref().is_some_and(|spot| spot.moment.date.is_some());
        let whole = is_dated && strength >= rank::IMPACT && !about.prelude;
        let went_down = is_dated && WENT_DOWN.iter().any(|words| lower.contains(words));
        let weight = match (went_down, whole) {
            (true, _) => strength.max(rank::IMPACT) - rank::ONLY_A_DAY + 2,
            (_, true) => strength - rank::ONLY_A_DAY + 1,
            _ => rank::LONE,
        };
        return claim_stretch(text, claims, &stretch, place(weight, "sentence-start"));
    }
    if let Some((date, range)) = stretch.from.and_then(|spot| spot.moment.date.map(|date| (date, spot.range)))
    {
        let weight = match strength {
            rank::IMPACT.. if tells && is_led(words, &range) => strength - rank::ONLY_A_DAY,
            _ if dated || about.outage && tells_relative_day(text, &words[told.clone()]) => rank::LONE,
            _ => rank::ANY_DATE,
        };
        claims.weighed(Fact::Date(date.into()), Origin::Prose, "sentence-date", n, range, weight);
    }
}

/// `last Tuesday`, `yesterday`: a day that only one who wrote of it soon after tells so.
fn tells_relative_day(text: &Text<'_>, sentence: &str) -> bool {
    text.hints.written_on.is_some_and(|day| relative_day::of(sentence, day).is_some())
}

/// Whether a day and both ends are given: a sentence of prose that tells so much tells of the outage.
fn is_dated_range(stretch: &Stretch) -> bool {
    let timed = |spot: &Spot| spot.moment.time.is_some();
    stretch.from.as_ref().is_some_and(|spot| timed(spot) && spot.moment.date.is_some())
        && stretch.to.as_ref().is_some_and(timed)
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
