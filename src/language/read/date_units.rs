//! Dates whose numbers have their units behind them, in scripts without spaces.

use crate::language::number_words::DATE_UNITS;
use crate::language::read::written::{Written, day_or_impossible, inside_number, no_year, year};
use crate::language::tokens::Words;
use crate::language::word_class;

/// `2025年3月1日`, `2025년 3월 1일`, `3月1日`, `2025年3月`.
pub fn with_units(words: &Words, at: usize) -> Option<(Written, usize)> {
    if !words.may(at + 1, word_class::DATE_PART) || inside_number(words, at) {
        return None;
    }
    let has = |at: usize, parts: &[&str]| {
        words.same_line(at) && words.same_line(at + 1) && words.is_any(at + 1, parts)
    };
    let year = year(words, at).filter(|_| words.is_any(at + 1, &DATE_UNITS[..2]));
    let from = if year.is_some() { at + 2 } else { at };
    let month = words
        .number(from, 1, 2)
        .filter(|month| (1..=12).contains(month) && words.is_any(from + 1, &DATE_UNITS[2..4]))?;
    let day = words.number(from + 2, 1, 2).filter(|_| has(from + 2, &DATE_UNITS[4..]));
    match (year, day) {
        (Some(year), Some(day)) => Some((day_or_impossible(year, month, day), from + 4)),
        (Some(year), None) => Some((Written::Month { year: year as i16, month: month as i8 }, from + 2)),
        (None, Some(day)) => no_year(month as i8, day, None).map(|value| (value, from + 4)),
        (None, None) => None,
    }
}
