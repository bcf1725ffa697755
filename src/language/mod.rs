//! Times as people write them: dates, clock times, zones and durations found in
//! plain text, each with the bytes it was read from.
//!
//! The readers say what is written and no more. A day without a year, a numeric
//! date that could be either way round, a placeholder, a 31 April: each comes
//! back as what it is, and the caller decides with the rest of the document.
//! Each reader is one pass over the words of the text; nothing here knows what
//! an incident is.

pub mod work_counter;
pub mod word_table;
pub mod locale;
mod day_names;
mod number_words;
mod zone_names;
pub mod read;
pub mod word_class;
pub mod tokens;
pub mod detect;
pub mod sentences;

pub use read::clock::{At, Clock, Form, Part, clocks};
pub use read::date::{dates, dates_in_name, iso_day};
pub use read::duration::{Duration, duration_field, durations};
pub use read::written::Written;
pub use read::zone::{Zone, zones};
pub use zone_names::Rule;

use read::{clock, date, duration, zone};
use std::ops::Range;

/// A value and the bytes of the text it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Found<T> {
    pub range: Range<usize>,
    pub value: T,
}

/// Of what was found, in the order of the text, that which begins in a part of it.
pub fn within<'f, T>(found: &'f [Found<T>], part: &Range<usize>) -> &'f [Found<T>] {
    let before = |at: usize| found.partition_point(|found| found.range.start < at);
    let found = &found[before(part.start)..before(part.end.max(part.start))];
    work_counter::look(found.len());
    found
}

/// Everything about time that one text says, read in one go.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Times {
    pub dates: Vec<Found<Written>>,
    pub clocks: Vec<Found<Clock>>,
    pub zones: Vec<Found<Zone>>,
    pub durations: Vec<Found<Duration>>,
}

impl Times {
    /// Reads `text` once for all four kinds.
    pub fn of(text: &str) -> Times {
        Times::among(&tokens::Words::of(text))
    }

    /// The same from words that are already cut.
    pub fn among(words: &tokens::Words) -> Times {
        let (dates, mut clocks) = (date::read(words), clock::read(words));
        // "16 May 2026 (UTC)": a year beside a zone is no `2026 UTC`.
        clocks.retain(|clock| clock.value.form != Form::Compact || !overlaps(&dates, &clock.range));
        Times { dates, clocks, zones: zone::read(words), durations: duration::read(words) }
    }
}

/// Whether a range shares bytes with one of `found`, which are in order.
fn overlaps<T>(found: &[Found<T>], range: &Range<usize>) -> bool {
    let next = found.partition_point(|found| found.range.end <= range.start);
    found.get(next).is_some_and(|found| found.range.start < range.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_year_beside_a_zone_is_no_time() {
        let count = |text: &str| Times::of(text).clocks.len();
        assert_eq!(
            (count("16 May 2026 (PST) / 17 May 2026 (UTC)"), count("May 16, 2026 UTC"), count("at 2026 UTC")),
            (0, 0, 1)
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "\\PC*") {
            let times = Times::of(&text);
            for range in times.dates.iter().map(|f| &f.range).chain(times.clocks.iter().map(|f| &f.range)) {
                prop_assert!(text.get(range.clone()).is_some());
            }
        }

        #[test]
        fn text_made_of_pieces_of_times_is_read_without_panic(
            pieces in proptest::collection::vec(
                prop::sample::select(vec![
                    "12", "1", "2023", "00", "99", "May", "février", ":", ".", "-", "–", "/", " ", "\n", "PM", "a.m.", "T", "Z",
                    "+", "UTC", "GMT", "h", "hours", "and a half", "half an", "to", ",", "st", "??", "%", "Pacific", "Time",
                    "Europe/Paris", "of", "de", "Monday", "(", ")", "~", "é", "99999999999999999999",
                ]),
                0..24,
            )
        ) {
            let text = pieces.concat();
            let times = Times::of(&text);
            for range in times.zones.iter().map(|f| &f.range).chain(times.durations.iter().map(|f| &f.range)) {
                prop_assert!(text.get(range.clone()).is_some());
            }
            dates_in_name(&text);
            duration_field(&text);
        }
    }
}
