//! What follows from what is written: a date for clock times, an end after
//! midnight, a duration from start and end, the same in UTC. Never overrides what
//! is written; where two written values do not fit, it says so.

use super::chronology::is_newest_first;
use super::{Event, Incident, Known, Moment, Origin};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::language::{Rule, clocks, zones};
use crate::source::SourceFile;
use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, ToSpan};

/// Fills the gaps of an incident. `zone` is the IANA name of the zone for times that give none.
pub fn derive(incident: &mut Incident, source: &SourceFile, zone: Option<&str>) -> Vec<Diagnostic> {
    let mut deriving = Deriving { source, diagnostics: Vec::new() };
    let are_dated =
        |known: &Option<Known<Moment>>| known.as_ref().is_some_and(|known| known.value.date.is_some());
    let dated = are_dated(&incident.start) && are_dated(&incident.end);
    let one_source = incident.start.as_ref().zip(incident.end.as_ref()).is_some_and(|(start, end)| {
        let is_event = |event: &Event| end.rule.starts_with("timeline") && event.at.time == start.value.time;
        are_of_one_source(start, end) || incident.timeline.iter().any(is_event)
    });
    let is_dated = are_dated(&incident.start);
    day_of_start(incident);
    day_of_end(incident, one_source);
    deriving.duration(incident, if dated { Some(f64::INFINITY) } else { one_source.then_some(DAY) });
    end_by_duration(incident);
    phases(incident, is_dated);
    keep_to_stated(incident);
    deriving.minutes_of_events(incident);
    deriving.universal(incident, zone);
    deriving.diagnostics
}

/// The day and the start's day are one: whichever is known gives the other.
fn day_of_start(incident: &mut Incident) {
    let day = incident.date.as_ref().and_then(|date| date.value.day.and_then(|_| date.value.first()));
    match (&mut incident.start, day) {
        (Some(start), Some(day)) => start.value.date = start.value.date.or(Some(day)),
        (Some(start), None) => {
            let known = start
                .value
                .date
                .map(|date| Known { origin: Origin::Derived, ..start.clone().map(|_| date.into()) });
            incident.date = known.or(incident.date.take());
        }
        (None, _) => {}
    }
}

/// Whether start and end were read from one statement, or by rules of one kind: two fields, two events, two sentences.
fn are_of_one_source(start: &Known<Moment>, end: &Known<Moment>) -> bool {
    let kind = |rule: &'static str| match rule.rsplit_once('-') {
        Some((_, "field")) => "field",
        Some((kind @ ("sentence" | "timeline" | "title"), _)) => kind,
        _ => rule,
    };
    start.line.abs_diff(end.line) <= 1 || kind(start.rule) == kind(end.rule)
}

/// The longest that a start and an end of one source are apart where not both have their day.
const DAY: f64 = 1440.0;

/// Longest way over midnight from a start to an end of another source, in minutes.
const LONGEST_NIGHT: f64 = 720.0;

/// An end without a day is on the day of the start, or on the next when its time is earlier. Where something
/// else told the start, a time shortly before it is no end.
fn day_of_end(incident: &mut Incident, one_source: bool) {
    let is_end = |start: Moment, end: Moment, stated: Option<f64>| {
        one_source
            || stated.is_some()
            || length(start, end).is_none_or(|minutes| minutes <= LONGEST_NIGHT || end.time >= start.time)
    };
    let (start, stated) = (
        incident.start.as_ref().map(|start| start.value),
        incident.duration.as_ref().map(|known| known.value),
    );
    incident.end = incident.end.take().filter(|end| {
        end.value.date.is_some()
            || start.is_none_or(|start| is_end(Moment { date: None, ..start }, end.value, stated))
    });
    place_end(incident);
}

fn place_end(incident: &mut Incident) {
    let stated = incident.duration.as_ref().map(|duration| duration.value);
    let start = incident.start.as_ref().map(|start| start.value);
    let day = incident.date.as_ref().and_then(|date| date.value.day.and_then(|_| date.value.first()));
    let Some(end) = incident.end.as_mut().filter(|end| end.value.date.is_none()) else { return };
    match start.and_then(|start| Some((start.date?, start.time))) {
        Some((date, Some(time))) => {
            end.value.date = end.value.time.and_then(|end| day_after(date, time, end, stated))
        }
        Some((date, None)) => end.value.date = Some(date),
        None => end.value.date = day,
    }
}

/// The day of an end at `end`: with a stated length of several days, that many days later.
fn day_after(
    date: Date,
    start: jiff::civil::Time,
    end: jiff::civil::Time,
    stated: Option<f64>,
) -> Option<Date> {
    let first = if end < start { date.tomorrow().ok()? } else { date };
    let minutes = between(date.to_datetime(start), first.to_datetime(end));
    let days = stated.map_or(0.0, |stated| ((stated - minutes) / 1440.0).round().clamp(0.0, 60.0));
    let fits = stated.is_some_and(|stated| (minutes + days * 1440.0 - stated).abs() < 90.0);
    if fits { first.checked_add((days as i64).days()).ok() } else { Some(first) }
}

/// Minutes from `a` to `b`.
fn between(a: DateTime, b: DateTime) -> f64 {
    b.duration_since(a).as_secs_f64() / 60.0
}

/// Minutes from start to end, also when no day is known; `None` when the end is before the start.
fn length(start: Moment, end: Moment) -> Option<f64> {
    let any = Date::constant(2000, 1, 1);
    let minutes = match (start.datetime(), end.datetime()) {
        (Some(start), Some(end)) => between(start, end),
        _ => {
            let minutes = between(any.to_datetime(start.time?), any.to_datetime(end.time?));
            if minutes < 0.0 { minutes + 1440.0 } else { minutes }
        }
    };
    (minutes >= 0.0).then_some(minutes)
}

/// How far a stated length may be from end minus start before it is worth a word: minutes, and share.
const SLACK: (f64, f64) = (2.0, 0.1);

/// Where an end is worked out from: the lengths that may be added to a start.
fn end_by_duration(incident: &mut Incident) {
    let (None, Some(start), Some(duration)) = (&incident.end, &incident.start, &incident.duration) else {
        return;
    };
    let exact = duration.origin >= Origin::Field && duration.value > 0.0 && duration.value < 60.0 * 1440.0;
    let Some(time) = start.value.time.filter(|_| exact) else { return };
    let day = start.value.date.unwrap_or(Date::constant(2000, 1, 1));
    let Ok(end) = day.to_datetime(time).checked_add((duration.value.round() as i64).minutes()) else {
        return;
    };
    let value = Moment { date: start.value.date.map(|_| end.date()), time: Some(end.time()) };
    incident.end = Some(Known {
        origin: Origin::Derived,
        rule: "start-plus-duration",
        ..duration.clone().map(|_| value)
    });
}

/// Days for the turning points, and the minutes until each; more than a day of them only where the start has its own day.
fn phases(incident: &mut Incident, is_dated: bool) {
    let Some(start) = incident.start.as_ref().map(|start| start.value) else { return };
    let end = incident.end.as_ref().and_then(|end| end.value.datetime());
    let phases =
        [&mut incident.detected, &mut incident.acknowledged, &mut incident.mitigated, &mut incident.resolved];
    for known in phases.into_iter().flatten() {
        known.value.date = known.value.date.or_else(|| near(start, known.value, end));
    }
    let minutes = |phase: &Option<Known<Moment>>| -> Option<Known<f64>> {
        let known = phase.as_ref()?;
        let minutes = since(start, known.value).filter(|minutes| is_dated || *minutes <= DAY)?;
        Some(Known { origin: Origin::Derived, rule: "moment-minus-start", ..known.clone().map(|_| minutes) })
    };
    incident.time_to_detect = incident.time_to_detect.take().or_else(|| minutes(&incident.detected));
    incident.time_to_mitigate = incident.time_to_mitigate.take().or_else(|| minutes(&incident.mitigated));
    incident.time_to_resolve = incident.time_to_resolve.take().or_else(|| minutes(&incident.resolved));
}

/// How often the written length, and how many minutes more, a timeline may last before it contradicts it: lengths are
/// rounded, and of the worst part of an incident as often as of all of it.
const FAR_LONGER: (f64, f64) = (2.0, 60.0);

/// Leaves out what the timeline alone gives, where it lasted far longer than the length that is written: one of its
/// times is mistyped, or is of something later.
fn keep_to_stated(incident: &mut Incident) {
    let stated = incident.duration.as_ref().filter(|duration| duration.origin != Origin::Derived);
    let Some(most) = stated.map(|duration| duration.value * FAR_LONGER.0 + FAR_LONGER.1) else { return };
    let length = incident.start.as_ref().zip(incident.end.as_ref());
    let length = length.and_then(|(start, end)| self::length(start.value, end.value));
    if incident.end.as_ref().is_some_and(|end| end.rule.starts_with("timeline"))
        && length.is_some_and(|minutes| minutes > most)
    {
        incident.end = None;
    }
    let start = incident.start.as_ref().map(|start| start.value);
    let is_late = |known: &Known<Moment>| {
        let minutes = start.and_then(|start| since(start, known.value));
        known.origin < Origin::Field && minutes.is_some_and(|minutes| minutes > most)
    };
    let phases =
        [&mut incident.detected, &mut incident.acknowledged, &mut incident.mitigated, &mut incident.resolved];
    for phase in phases {
        if phase.as_ref().is_some_and(is_late) {
            *phase = None;
        }
    }
    let times = [&mut incident.time_to_detect, &mut incident.time_to_mitigate, &mut incident.time_to_resolve];
    for known in times {
        if known.as_ref().is_some_and(|known| known.origin == Origin::Derived && known.value > most) {
            *known = None;
        }
    }
}

/// The day on which a time lies nearest behind the start; shortly before it is the same day, unless there is a next one before the end.
fn near(start: Moment, moment: Moment, end: Option<DateTime>) -> Option<Date> {
    let (date, time, at) = (start.date?, start.time?, moment.time?);
    let minutes = between(date.to_datetime(time), date.to_datetime(at));
    let next = date.tomorrow().ok();
    let before_the_end = || end.zip(next).is_some_and(|(end, next)| next.to_datetime(at) <= end);
    if minutes < -720.0 || minutes < 0.0 && before_the_end() { next } else { Some(date) }
}

fn since(start: Moment, moment: Moment) -> Option<f64> {
    let any = Date::constant(2000, 1, 1);
    let minutes = match (start.datetime(), moment.datetime()) {
        (Some(start), Some(at)) => between(start, at),
        _ if moment.date.is_none() => {
            let minutes = between(any.to_datetime(start.time?), any.to_datetime(moment.time?));
            if minutes < -720.0 { minutes + 1440.0 } else { minutes }
        }
        _ => return None,
    };
    (minutes >= 0.0).then_some(minutes)
}

struct Deriving<'s> {
    source: &'s SourceFile,
    diagnostics: Vec<Diagnostic>,
}

impl Deriving<'_> {
    fn warn(&mut self, code: Code, message: &str, at: (Span, &str), also: (Span, &str)) {
        let (path, text) = (&self.source.shown, &self.source.text);
        let diagnostic = Diagnostic::new(code, message).at(path, text, at.0).label(at.1);
        self.diagnostics.push(match also.0.is_empty() || also.0 == at.0 {
            true => diagnostic,
            false => diagnostic.also(path, text, also.0, also.1),
        });
    }

    /// A duration of at most `longest` minutes where none is written; a word where the written one does not fit.
    fn duration(&mut self, incident: &mut Incident, longest: Option<f64>) {
        let (Some(start), Some(end)) = (&incident.start, &incident.end) else { return };
        let Some(minutes) = length(start.value, end.value) else {
            let both = start.value.datetime().is_some() && end.value.datetime().is_some();
            if both {
                self.warn(
                    Code::EndBeforeStart,
                    "the end is before the start",
                    (end.span, "this is the end"),
                    (start.span, "this is the start"),
                );
                incident.end = None;
            }
            return;
        };
        match &incident.duration {
            Some(stated) => {
                let far = (stated.value - minutes).abs() > SLACK.0.max(SLACK.1 * stated.value.max(minutes));
                if far
                    && stated.origin >= Origin::Field
                    && start.origin >= Origin::Field
                    && end.origin >= Origin::Field
                {
                    let message = format!(
                        "the stated duration is {}, but the end is {} after the start",
                        minutes_in_words(stated.value),
                        minutes_in_words(minutes)
                    );
                    self.warn(
                        Code::DurationMismatch,
                        &message,
                        (stated.span, "this is used"),
                        (end.span, "this says otherwise"),
                    );
                }
            }
            None if longest.is_none_or(|longest| minutes > longest) => {}
            None => {
                let quote = if start.quote == end.quote {
                    start.quote.clone()
                } else {
                    format!("{} – {}", start.quote, end.quote)
                };
                let known = Known {
                    origin: Origin::Derived,
                    rule: "end-minus-start",
                    quote,
                    ..start.clone().map(|_| minutes)
                };
                incident.duration = Some(known);
            }
        }
    }

    /// Minutes of events since the start, over midnight where times go back; a word where they do otherwise.
    fn minutes_of_events(&mut self, incident: &mut Incident) {
        let any = Date::constant(2000, 1, 1);
        let start = incident.start.as_ref().map(|start| start.value);
        let base = start
            .and_then(|start| start.date)
            .or(incident.date.as_ref().and_then(|date| date.value.first()))
            .unwrap_or(any);
        let origin = start.and_then(|start| Some(base.to_datetime(start.time?)));
        let mut before: Option<(DateTime, Span)> = None;
        let mut reported = false;
        let newest_first = is_newest_first(&incident.timeline);
        let count = incident.timeline.len();
        for n in 0..count {
            let event = &mut incident.timeline[if newest_first { count - 1 - n } else { n }];
            let Some(at) = placed(event, base, before.map(|(at, _)| at), start) else { continue };
            if let Some(origin) = origin.filter(|_| event.minutes.is_none()) {
                event.minutes = Some(between(origin, at).round() as i64);
            }
            if let Some((_, span)) = before.filter(|(last, _)| at < *last && !reported) {
                reported = true;
                self.warn(
                    Code::EventOrder,
                    "an event of the timeline stands after a later one",
                    (event.span, "this is earlier"),
                    (span, "than this"),
                );
            }
            before = Some((at, event.span));
        }
    }

    fn universal(&mut self, incident: &mut Incident, site: Option<&str>) {
        let named = incident.zone.as_ref().map(|zone| zone.value.as_str());
        let Some(zone) = named.map_or_else(|| site.and_then(|name| TimeZone::get(name).ok()), known_zone)
        else {
            return;
        };
        for (known, into) in
            [(&incident.start, &mut incident.start_utc), (&incident.end, &mut incident.end_utc)]
        {
            let Some(known) = known else { continue };
            let Some(at) = known.value.datetime() else { continue };
            match instant(&zone, at) {
                Instant::At(timestamp) => *into = Some(timestamp.to_string()),
                Instant::Never => {
                    let message = "this time does not exist in its zone: clocks went forward over it";
                    self.warn(
                        Code::ImpossibleTime,
                        message,
                        (known.span, "skipped by the clock change"),
                        (Span::default(), ""),
                    );
                }
                Instant::Twice => {}
            }
        }
    }
}

/// When an event took place, with the day that its place in the list gives it.
fn placed(event: &Event, base: Date, before: Option<DateTime>, start: Option<Moment>) -> Option<DateTime> {
    let time = event.at.time?;
    if let Some(date) = event.at.date {
        return Some(date.to_datetime(time));
    }
    let Some(before) = before else {
        let early = start
            .and_then(|start| start.time)
            .is_some_and(|start| between(base.to_datetime(start), base.to_datetime(time)) > 1200.0);
        return Some(if early { base.yesterday().ok()? } else { base }.to_datetime(time));
    };
    let same_day = before.date().to_datetime(time);
    let over_midnight = between(before, same_day) < -360.0;
    Some(if over_midnight { before.date().tomorrow().ok()?.to_datetime(time) } else { same_day })
}

/// Whether a name is one of a zone, be it one of several that share it.
pub fn is_zone(name: &str) -> bool {
    rule_of(name).is_some_and(|rule| rule != Rule::Impossible) || known_zone(name).is_some()
}

/// The zone of a name, when it is one and only one.
fn known_zone(name: &str) -> Option<TimeZone> {
    match rule_of(name) {
        Some(rule) => rule.zone(),
        None => TimeZone::get(name.trim()).ok().filter(|_| name.contains('/')),
    }
}

/// What a zone's name stands for. Bare offsets such as `+01:00` are read as behind a clock time.
fn rule_of(name: &str) -> Option<Rule> {
    let after = |gap: &str| {
        clocks(&format!("12:00:00{gap}{}", name.trim())).into_iter().find_map(|clock| clock.value.zone)
    };
    let behind_clock = || after(" ").or_else(|| after(""));
    zones(name)
        .into_iter()
        .next()
        .map(|found| found.value.rule)
        .or_else(|| behind_clock().map(|zone| zone.value.rule))
}

enum Instant {
    At(Timestamp),
    /// Skipped when clocks went forward.
    Never,
    /// Passed twice when clocks went back: which one is meant cannot be told.
    Twice,
}

fn instant(zone: &TimeZone, at: DateTime) -> Instant {
    let ambiguous = zone.to_ambiguous_timestamp(at);
    match ambiguous.offset() {
        AmbiguousOffset::Gap { .. } => Instant::Never,
        AmbiguousOffset::Fold { .. } => Instant::Twice,
        AmbiguousOffset::Unambiguous { .. } => ambiguous.unambiguous().map_or(Instant::Twice, Instant::At),
    }
}

fn minutes_in_words(minutes: f64) -> String {
    let whole = minutes.round() as i64;
    match (whole / 60, whole % 60) {
        (0, 1) => "1 minute".to_owned(),
        (0, minutes) => format!("{minutes} minutes"),
        (1, 0) => "1 hour".to_owned(),
        (hours, 0) => format!("{hours} hours"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    fn source() -> SourceFile {
        SourceFile::new("a.md", &"x".repeat(40))
    }

    fn known<T>(value: T, origin: Origin) -> Known<T> {
        Known { value, origin, span: Span::new(1, 3), line: 1, quote: "x".to_owned(), rule: "test" }
    }

    fn clock(hour: i8, minute: i8) -> Moment {
        Moment { date: None, time: Some(time(hour, minute, 0, 0)) }
    }

    #[test]
    fn an_end_before_the_start_on_the_clock_is_after_midnight() {
        let mut incident = Incident {
            date: Some(known(date(2024, 2, 28).into(), Origin::Field)),
            start: Some(known(clock(23, 30), Origin::Field)),
            end: Some(known(clock(0, 15), Origin::Field)),
            zone: Some(known("CET".to_owned(), Origin::Field)),
            ..Incident::default()
        };
        assert_eq!(derive(&mut incident, &source(), None), []);
        assert_eq!(incident.end.and_then(|end| end.value.iso()).as_deref(), Some("2024-02-29T00:15"));
        assert_eq!(incident.duration.map(|d| d.value), Some(45.0));
        assert_eq!(incident.start_utc.as_deref(), Some("2024-02-28T22:30:00Z"));
    }

    #[test]
    fn written_ends_before_starts_and_wrong_lengths_are_named() {
        let dated =
            |day: i8, hour: i8| Moment { date: Some(date(2024, 1, day)), time: Some(time(hour, 0, 0, 0)) };
        let mut incident = Incident {
            start: Some(known(dated(2, 9), Origin::Field)),
            end: Some(known(dated(1, 9), Origin::Field)),
            ..Incident::default()
        };
        let codes = |diagnostics: Vec<Diagnostic>| diagnostics.iter().map(|d| d.code).collect::<Vec<_>>();
        assert_eq!(codes(derive(&mut incident, &source(), None)), [Code::EndBeforeStart]);
        assert_eq!(incident.duration, None);
        incident.end = Some(known(dated(2, 11), Origin::Field));
        incident.duration = Some(known(30.0, Origin::Field));
        assert_eq!(codes(derive(&mut incident, &source(), None)), [Code::DurationMismatch]);
        assert_eq!(incident.duration.map(|d| d.value), Some(30.0));
    }

    #[test]
    fn zones_are_told_from_other_words() {
        for name in ["UTC", "CET", "CST", "+02:00", "Europe/Paris", "Kigali Time", "PT", "GMT+1"] {
            assert!(is_zone(name), "{name}");
        }
        for name in ["Mars", "us-east-1a", "UTC+25:00"] {
            assert!(!is_zone(name), "{name}");
        }
    }

    #[test]
    fn times_that_a_zone_skips_or_repeats_have_no_utc() {
        let at = |hour: i8| Moment { date: Some(date(2024, 3, 31)), time: Some(time(hour, 30, 0, 0)) };
        let mut incident = Incident { start: Some(known(at(2), Origin::Field)), ..Incident::default() };
        assert_eq!(derive(&mut incident, &source(), Some("Europe/Paris")).len(), 1);
        assert_eq!(incident.start_utc, None);
        incident.start = Some(known(at(4), Origin::Field));
        assert_eq!(derive(&mut incident, &source(), Some("Europe/Paris")), []);
        assert_eq!(incident.start_utc.as_deref(), Some("2024-03-31T02:30:00Z"));
    }
}
