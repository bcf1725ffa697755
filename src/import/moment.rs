//! Points in time as exports write them.

use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::temporal::Pieces;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// A day, with a time and an offset where the export has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    pub date: Date,
    pub time: Option<Time>,
    pub offset: Option<Offset>,
}

/// Forms other than ISO 8601, as `strptime` names them: Jira's, Blameless', Notion's and PagerDuty's.
const FORMS: &[&str] = &[
    "%d/%b/%y %I:%M %p",
    "%d/%b/%Y %I:%M %p",
    "%d/%b/%y %H:%M",
    "%b %d, %Y %I:%M %p",
    "%b %d, %Y %H:%M",
    "%B %d, %Y %I:%M %p",
    "%B %d, %Y %H:%M",
    "%Y/%m/%d %H:%M",
];

/// The same for days without a time.
const DAYS: &[&str] = &["%d/%b/%y", "%d/%b/%Y", "%b %d, %Y", "%B %d, %Y", "%Y/%m/%d"];

/// A number beyond this counts milliseconds since 1970, not seconds.
const SECONDS_UNTIL: i64 = 100_000_000_000;

impl Moment {
    /// Reads a text; nothing when it is in no form that leaves no doubt.
    pub fn read(text: &str) -> Option<Moment> {
        let text = text.trim();
        Moment::iso(text).or_else(|| {
            let read = FORMS.iter().find_map(|form| DateTime::strptime(form, text).ok());
            let day = || DAYS.iter().find_map(|form| Date::strptime(form, text).ok());
            read.map(|read| Moment { date: read.date(), time: Some(read.time()), offset: None })
                .or_else(|| day().map(|date| Moment { date, time: None, offset: None }))
        })
    }

    /// Reads a text, which may also be a number since 1970. An error holds what cannot be read.
    pub fn of_text(text: &str) -> Result<Option<Moment>, String> {
        match text.trim().parse::<i64>() {
            Ok(number) => Ok(Moment::unix(number)),
            Err(_) => Moment::read(text).map(Some).ok_or(text.to_owned()),
        }
    }

    /// `2024-04-21T09:12:07Z`, also with a space before time or offset, and `UTC` for `Z`.
    fn iso(text: &str) -> Option<Moment> {
        let text = text.strip_suffix(" UTC").map_or_else(|| text.to_owned(), |rest| format!("{rest}Z"));
        let text = match text.rsplit_once(' ') {
            Some((rest, offset)) if offset.starts_with(['+', '-']) => format!("{rest}{offset}"),
            _ => text,
        };
        let pieces = Pieces::parse(&text).ok()?;
        let offset = pieces.to_numeric_offset();
        Some(Moment { date: pieces.date(), time: pieces.time().map(whole_seconds), offset })
    }

    /// Seconds or milliseconds since 1970. Zero is how exports write that there is none.
    pub fn unix(number: i64) -> Option<Moment> {
        let seconds = if number > SECONDS_UNTIL { number / 1000 } else { number };
        let read = Timestamp::from_second(seconds).ok().filter(|_| seconds > 0)?;
        Some(Moment::utc(read))
    }

    fn utc(timestamp: Timestamp) -> Moment {
        let civil = timestamp.to_zoned(TimeZone::UTC).datetime();
        let time = Some(whole_seconds(civil.time()));
        Moment { date: civil.date(), time, offset: Some(Offset::UTC) }
    }

    /// The same instant in UTC, where the offset is known.
    pub fn in_utc(self) -> Moment {
        let instant = |time: Time, offset: Offset| offset.to_timestamp(self.date.to_datetime(time)).ok();
        self.time.zip(self.offset).and_then(|(time, offset)| instant(time, offset)).map_or(self, Moment::utc)
    }

    /// So much later.
    pub fn after(self, seconds: i64) -> Option<Moment> {
        let later = self.date.to_datetime(self.time?).checked_add(SignedDuration::from_secs(seconds)).ok()?;
        Some(Moment { date: later.date(), time: Some(later.time()), ..self })
    }

    /// What moments of one record are ordered by; an unknown offset counts as UTC.
    pub fn order(self) -> DateTime {
        let utc = self.in_utc();
        utc.date.to_datetime(utc.time.unwrap_or(Time::midnight()))
    }

    /// As front matter has it: `2024-04-21T09:12Z`, `2024-04-21 09:12` or `2024-04-21`.
    pub fn typed(self) -> String {
        let clock = self.clock();
        match (clock, self.offset) {
            (None, _) => self.date.to_string(),
            (Some(clock), None) => format!("{} {clock}", self.date),
            (Some(clock), Some(offset)) => format!("{}T{clock}{}", self.date, in_letters(offset)),
        }
    }

    /// As a line of a timeline has it: without the offset.
    pub fn civil(self) -> String {
        self.clock().map_or_else(|| self.date.to_string(), |clock| format!("{} {clock}", self.date))
    }

    /// Seconds are written where there are any.
    fn clock(self) -> Option<String> {
        let form = |time: Time| if time.second() == 0 { "%H:%M" } else { "%H:%M:%S" };
        self.time.map(|time| time.strftime(form(time)).to_string())
    }
}

fn whole_seconds(time: Time) -> Time {
    Time::new(time.hour(), time.minute(), time.second(), 0).unwrap_or(time)
}

/// `Z`, `-07:00`.
fn in_letters(offset: Offset) -> String {
    let minutes = offset.seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    match minutes.abs() {
        0 => "Z".to_owned(),
        minutes => format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60),
    }
}

/// An offset as headings have it: `UTC`, `UTC-07:00`.
pub fn zone(offset: Offset) -> String {
    format!("UTC{}", in_letters(offset).trim_end_matches('Z'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_every_form_that_exports_have() {
        for (text, typed) in [
            ("2024-04-21T09:12:07.123Z", "2024-04-21T09:12:07Z"),
            ("2024-04-21T09:12:00.000-06:00", "2024-04-21T09:12-06:00"),
            ("2024-04-21 09:12:00 UTC", "2024-04-21T09:12Z"),
            ("2024-04-21 09:12:00 +0530", "2024-04-21T09:12+05:30"),
            ("2024-04-21 09:12", "2024-04-21 09:12"),
            ("2024-04-21", "2024-04-21"),
            ("12/Mar/24 8:15 AM", "2024-03-12 08:15"),
            ("Apr 12, 2022 07:41 PM", "2022-04-12 19:41"),
            ("April 21, 2024 9:12 AM", "2024-04-21 09:12"),
            ("April 21, 2024", "2024-04-21"),
        ] {
            assert_eq!(Moment::read(text).map(Moment::typed).as_deref(), Some(typed), "{text}");
        }
        for text in ["", "soon", "03/04/2024 10:00", "2024-02-30", "25:00"] {
            assert_eq!(Moment::read(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_count_seconds_or_milliseconds() {
        let typed = |number| Moment::unix(number).map(Moment::typed);
        assert_eq!(typed(1_713_690_720).as_deref(), Some("2024-04-21T09:12Z"));
        assert_eq!(typed(1_713_690_720_123).as_deref(), Some("2024-04-21T09:12Z"));
        assert_eq!([0, -5, i64::MAX, i64::MIN].map(typed), [None, None, None, None]);
    }

    #[test]
    fn one_instant_has_one_place_in_the_order() {
        let moment = |text| Moment::read(text).expect("a moment");
        assert_eq!(moment("2024-04-21T01:12-08:00").in_utc(), moment("2024-04-21T09:12Z"));
        assert!(moment("2024-04-21T09:12Z").order() < moment("2024-04-21T01:13-08:00").order());
    }
}
