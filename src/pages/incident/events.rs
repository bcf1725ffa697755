//! The timeline of an incident: its events in local time, UTC and minutes, and
//! the phases that can be told from them.

use crate::incident::{Event, Incident, Phase, clock};
use crate::pages::charts::timeline::{Bar, Mark, Ruler};
use crate::pages::english;
use crate::pages::view::views;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

views! {
    /// One event of a timeline.
    pub struct EventView {
        /// Its number, as in the figure.
        pub number: usize,
        /// Its anchor in the page.
        pub id: String,
        /// Its time as written, with the day where that changes; nothing when it has none.
        pub local: Option<String>,
        /// Its time in UTC; nothing when the zone is not known.
        pub utc: Option<String>,
        /// Time since the start, such as `+11`, or `+2 d 3 h` in a timeline of days.
        pub elapsed: Option<String>,
        /// What turned here, such as `Detected`.
        pub turn: Option<&'static str>,
        /// Whether the text itself begins with those words.
        pub says_turn: bool,
        /// What happened.
        pub text: String,
    }
}

/// Where each turning point leads: the phase between two of them, by name and class.
const PHASES: &[(Phase, Phase, &str, &str)] = &[
    (Phase::Started, Phase::Detected, "undetected", "f1"),
    (Phase::Started, Phase::CauseFound, "until the cause was found", "f2"),
    (Phase::Started, Phase::Mitigated, "until mitigated", "f3"),
    (Phase::Detected, Phase::CauseFound, "diagnosing", "f2"),
    (Phase::Detected, Phase::Mitigated, "diagnosing and fixing", "f3"),
    (Phase::Detected, Phase::Resolved, "diagnosing and fixing", "f3"),
    (Phase::CauseFound, Phase::Mitigated, "fixing", "f3"),
    (Phase::CauseFound, Phase::Resolved, "fixing", "f3"),
    (Phase::Mitigated, Phase::Resolved, "recovering", "f4"),
];

const MINUTES_A_DAY: i64 = 24 * 60;

/// Minutes in a year, which no timeline can mean to exceed tenfold; beyond that nothing is drawn.
const LONGEST: f64 = 10.0 * 525_600.0;

pub fn all(incident: &Incident, suffix: &str) -> Vec<EventView> {
    let start = incident.start_utc.as_deref().and_then(|start| start.parse::<Timestamp>().ok());
    let mut shown_day = incident.start.as_ref().and_then(|start| start.value.date);
    let mut local = |event: &Event| {
        let day = event.at.date.filter(|day| event.at.time.is_none() || shown_day != Some(*day));
        shown_day = event.at.date.or(shown_day);
        local(day, event)
    };
    let in_days = lasts_days(incident);
    let view = |(n, event): (usize, &Event)| EventView {
        number: n + 1,
        id: format!("event-{}{suffix}", n + 1),
        local: local(event),
        utc: start.and_then(|start| utc(start, event)),
        elapsed: event.minutes.map(|minutes| if in_days { in_words(minutes) } else { signed(minutes) }),
        says_turn: event.phase.is_some_and(|phase| begins_with(&event.text, turn(phase))),
        turn: event.phase.map(turn),
        text: event.text.clone(),
    };
    incident.timeline.iter().enumerate().map(view).collect()
}

/// The time of an event, with its day where that is not the day of the line before.
fn local(day: Option<Date>, event: &Event) -> Option<String> {
    let day = day.map(|date| english::short_day(date.into()));
    match (day, event.at.clock()) {
        (Some(day), Some(time)) => Some(format!("{day}, {time}")),
        (day, time) => time.or(day),
    }
}

fn utc(start: Timestamp, event: &Event) -> Option<String> {
    event.at.time?;
    let at = start.checked_add(event.minutes?.minutes()).ok()?;
    Some(clock(TimeZone::UTC.to_datetime(at).time()))
}

/// What heads the column of times since the start: `Minutes`, or `Since start` where minutes would
/// have to be counted by the thousand. Nothing when no event has any.
pub fn elapsed_head(incident: &Incident) -> Option<&'static str> {
    let head = if lasts_days(incident) { "Since start" } else { "Minutes" };
    incident.timeline.iter().any(|event| event.minutes.is_some()).then_some(head)
}

fn lasts_days(incident: &Incident) -> bool {
    incident.timeline.iter().filter_map(|event| event.minutes).any(|minutes| minutes.abs() >= MINUTES_A_DAY)
}

fn in_words(minutes: i64) -> String {
    let sign = if minutes < 0 { "−" } else { "+" };
    format!("{sign}{}", english::duration(minutes.unsigned_abs() as f64))
}

fn signed(minutes: i64) -> String {
    match minutes < 0 {
        true => format!("−{}", minutes.unsigned_abs()),
        false => format!("+{minutes}"),
    }
}

fn begins_with(text: &str, words: &str) -> bool {
    text.get(..words.len()).is_some_and(|start| start.eq_ignore_ascii_case(words))
}

fn turn(phase: Phase) -> &'static str {
    match phase {
        Phase::Started => "Started",
        Phase::Detected => "Detected",
        Phase::Acknowledged => "Acknowledged",
        Phase::CauseFound => "Cause found",
        Phase::Mitigated => "Mitigated",
        Phase::Resolved => "Resolved",
    }
}

/// The zone as people say it: `CEST` for `Europe/Amsterdam` in summer, else as written.
pub fn zone_name(incident: &Incident) -> Option<String> {
    let written = &incident.zone.as_ref()?.value;
    let start = incident.start_utc.as_deref().and_then(|start| start.parse::<Timestamp>().ok());
    let named = start.filter(|_| written.contains('/')).and_then(|start| {
        let zone = TimeZone::get(written).ok()?;
        let abbreviation = zone.to_offset_info(start).abbreviation().to_owned();
        abbreviation.chars().all(char::is_alphabetic).then_some(abbreviation)
    });
    Some(named.unwrap_or_else(|| written.clone()))
}

/// Minutes that local time is ahead of UTC.
pub fn utc_offset(incident: &Incident) -> Option<i64> {
    let utc = TimeZone::UTC.to_datetime(incident.start_utc.as_deref()?.parse::<Timestamp>().ok()?);
    let local: DateTime = incident.start.as_ref()?.value.datetime()?;
    let seconds = local.duration_since(utc).as_secs();
    (seconds.abs() <= 26 * 3_600).then_some(seconds / 60)
}

/// `UTC is two hours earlier.`
pub fn offset_note(minutes: i64) -> String {
    let by = minutes.unsigned_abs() as f64;
    let hours = (minutes % 60 == 0).then(|| {
        let hours = (minutes.unsigned_abs() / 60) as usize;
        format!("{} {}", english::in_words(hours), english::plural(hours, "hour"))
    });
    let amount = hours.unwrap_or_else(|| english::duration(by));
    match minutes {
        0 => "They are UTC.".to_owned(),
        1.. => format!("UTC is {amount} earlier."),
        _ => format!("UTC is {amount} later."),
    }
}

/// What the figure shows.
pub fn ruler(incident: &Incident, zone: Option<String>) -> Ruler {
    let length = incident
        .duration
        .as_ref()
        .map(|duration| duration.value)
        .filter(|length| (0.0..=LONGEST).contains(length));
    let marks = incident.timeline.iter().enumerate().filter_map(|(n, event)| {
        let minutes =
            event.minutes.map(|minutes| minutes as f64).filter(|minutes| minutes.abs() <= LONGEST)?;
        Some(Mark { minutes, number: n + 1, turns: event.phase.is_some() })
    });
    let start = incident.start.as_ref().map(|start| start.value).unwrap_or_default();
    Ruler { marks: marks.collect(), bars: bars(incident), length, date: start.date, time: start.time, zone }
}

/// The phases between turning points that are known and in order.
fn bars(incident: &Incident) -> Vec<Bar> {
    let turns = turns(incident);
    let phase = |pair: &[(Phase, f64)]| {
        let ((from, start), (to, end)) = (pair[0], pair[1]);
        let (_, _, name, class) = PHASES.iter().find(|(a, b, ..)| (*a, *b) == (from, to))?;
        (end > start).then_some(Bar { name, class, from: start, to: end })
    };
    turns.windows(2).filter_map(phase).collect()
}

fn turns(incident: &Incident) -> Vec<(Phase, f64)> {
    let stated = |phase| match phase {
        Phase::Started => Some(0.0),
        Phase::Detected => incident.time_to_detect.as_ref().map(|known| known.value),
        Phase::Mitigated => incident.time_to_mitigate.as_ref().map(|known| known.value),
        Phase::Resolved => {
            incident.time_to_resolve.as_ref().or(incident.duration.as_ref()).map(|known| known.value)
        }
        Phase::Acknowledged | Phase::CauseFound => None,
    };
    let event = |phase| {
        let event =
            incident.timeline.iter().find(|event| event.phase == Some(phase) && event.minutes.is_some());
        event.and_then(|event| event.minutes).map(|minutes| minutes as f64)
    };
    let mut turns: Vec<(Phase, f64)> = Vec::new();
    for phase in [Phase::Started, Phase::Detected, Phase::CauseFound, Phase::Mitigated, Phase::Resolved] {
        let minutes =
            stated(phase).or_else(|| event(phase)).filter(|minutes| (0.0..=LONGEST).contains(minutes));
        let before = turns.last().map_or(0.0, |(_, before)| *before);
        // Times that contradict each other are not drawn: the reader sees them in the table.
        if let Some(minutes) = minutes.filter(|minutes| *minutes >= before) {
            turns.push((phase, minutes));
        }
    }
    turns
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::samples::known;

    #[test]
    fn only_known_phases_are_drawn() {
        let names = |incident: &Incident| {
            bars(incident).iter().map(|bar| (bar.name, bar.from, bar.to)).collect::<Vec<_>>()
        };
        let whole = Incident {
            time_to_detect: Some(known(11.0)),
            time_to_mitigate: Some(known(66.0)),
            duration: Some(known(94.0)),
            ..Incident::default()
        };
        assert_eq!(
            names(&whole),
            [("undetected", 0.0, 11.0), ("diagnosing and fixing", 11.0, 66.0), ("recovering", 66.0, 94.0)]
        );
        let only_length = Incident { duration: Some(known(94.0)), ..Incident::default() };
        assert!(names(&only_length).is_empty());
        let contradicting = Incident {
            time_to_detect: Some(known(100.0)),
            duration: Some(known(94.0)),
            ..Incident::default()
        };
        assert_eq!(names(&contradicting), [("undetected", 0.0, 100.0)]);
    }

    #[test]
    fn utc_is_told_in_words() {
        assert_eq!(offset_note(120), "UTC is two hours earlier.");
        assert_eq!(offset_note(-300), "UTC is five hours later.");
        assert_eq!(offset_note(330), "UTC is 5 h 30 min earlier.");
        assert_eq!(offset_note(0), "They are UTC.");
    }
}
