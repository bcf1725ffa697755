//! A date as it was written, and how its numbers become one.

use crate::language::tokens::Words;
use jiff::civil::{Date, Weekday};
use std::ops::RangeInclusive;

/// A date as far as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// `2023-05-10`, `May 10, 2023`, `10/May/2023`.
    Day(Date),
    /// `January 14-19, 2026`: the first and the last day.
    Days(Date, Date),
    /// `June 1999`.
    Month { year: i16, month: i8 },
    /// `Oct 29`, or `Oct 29-31` with `last`.
    NoYear { month: i8, day: i8, last: Option<i8>, weekday: Option<Weekday> },
    /// `04/12/2022`: 4 December or April 12.
    Ambiguous { day_first: Date, month_first: Date },
    /// `9/10` before a clock time or behind a weekday: two numbers of which one is the day and one the month.
    Pair { first: i8, second: i8, weekday: Option<Weekday> },
    /// `YYYY-MM-DD`, `2022-05-??`.
    Placeholder,
    /// A date that is in no calendar, such as 31 April.
    Impossible,
}

impl Written {
    /// The day, when it is fully known; the first one of several.
    pub fn day(self) -> Option<Date> {
        match self {
            Written::Day(date) | Written::Days(date, _) => Some(date),
            _ => None,
        }
    }
}

/// Years that are taken for years; other four-digit numbers are not.
pub(super) const YEARS: RangeInclusive<i32> = 1970..=2100;

/// The year at piece `at`.
pub(super) fn year(words: &Words, at: usize) -> Option<i32> {
    words.number(at, 4, 4).filter(|year| YEARS.contains(year))
}

/// Whether the digits at `at` continue a longer number, version, address or word.
pub(super) fn inside_number(words: &Words, at: usize) -> bool {
    let Some(before) = words.glued_before(at) else { return false };
    match words.mark(at - 1) {
        Some('.' | '/' | ':' | '-') if before.end > before.start => {
            at >= 2 && words.glued(at - 1) && words.digits(at - 2).is_some()
        }
        Some('$' | '€' | '£' | '#' | '@') => true,
        Some(_) => false,
        None => words.str(at - 1) != "T",
    }
}

/// A day and a month without a year, `last` being the last day of several; nothing where no month has such a day.
pub(super) fn no_year(month: i8, day: i32, last: Option<i32>) -> Option<Written> {
    let exists = |day: i32| calendar(2000, month.into(), day).is_some();
    match exists(day) {
        true => Some(Written::NoYear {
            month,
            day: day as i8,
            last: last.filter(|last| exists(*last) && *last > day).map(|last| last as i8),
            weekday: None,
        }),
        false if (1..=31).contains(&day) => Some(Written::Impossible),
        false => None,
    }
}

/// A full date, or that no calendar has it.
pub(super) fn day_or_impossible(year: i32, month: i32, day: i32) -> Written {
    calendar(year, month, day).map_or(Written::Impossible, Written::Day)
}

/// The day of the calendar, if there is one.
pub(super) fn calendar(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A full date, or the first and `last` of several days.
pub(super) fn with_last(year: i32, month: i8, day: i32, last: Option<i32>) -> Written {
    match (day_or_impossible(year, month.into(), day), last) {
        (Written::Day(date), Some(last)) => days(date, last, year, month.into()),
        (value, _) => value,
    }
}

/// The days from `first` to day `last` of its month, when they are in order.
pub(super) fn days(first: Date, last: i32, year: i32, month: i32) -> Written {
    calendar(year, month, last)
        .filter(|last| *last > first)
        .map_or(Written::Day(first), |last| Written::Days(first, last))
}

/// A date of two numbers that may be day and month or month and day.
pub(super) fn either_way(year: i32, a: i32, b: i32) -> Written {
    match (calendar(year, b, a), calendar(year, a, b)) {
        (Some(day_first), Some(month_first)) if day_first == month_first => Written::Day(day_first),
        (Some(day_first), Some(month_first)) => Written::Ambiguous { day_first, month_first },
        (Some(date), None) | (None, Some(date)) => Written::Day(date),
        (None, None) => Written::Impossible,
    }
}
