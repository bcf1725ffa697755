//! Names of months and weekdays.

use crate::language::locale::numbered;
use crate::language::word_table::Names;
use jiff::civil::Weekday;
use std::sync::LazyLock;

/// English months by name; short forms as people write them.
#[rustfmt::skip]
const MONTHS: &[(&str, i8)] = &[
    ("january", 1), ("february", 2), ("march", 3), ("april", 4), ("may", 5), ("june", 6),
    ("july", 7), ("august", 8), ("september", 9), ("october", 10), ("november", 11), ("december", 12),
    ("jan", 1), ("feb", 2), ("mar", 3), ("apr", 4), ("jun", 6), ("jul", 7),
    ("aug", 8), ("sep", 9), ("sept", 9), ("oct", 10), ("nov", 11), ("dec", 12),
];

/// Month names that are other words as well; they need a capital letter or a year.
pub(super) const WORDS_TOO: &[&str] =
    &["may", "march", "mar", "dec", "mars", "jan", "mai", "mart", "maj", "maja", "mei", "marca", "dez"];

#[rustfmt::skip]
const WEEKDAYS: &[(&str, Weekday)] = &[
    ("monday", Weekday::Monday), ("mon", Weekday::Monday), ("tuesday", Weekday::Tuesday), ("tue", Weekday::Tuesday),
    ("tues", Weekday::Tuesday), ("wednesday", Weekday::Wednesday), ("wed", Weekday::Wednesday),
    ("thursday", Weekday::Thursday), ("thu", Weekday::Thursday), ("thur", Weekday::Thursday), ("thurs", Weekday::Thursday),
    ("friday", Weekday::Friday), ("fri", Weekday::Friday), ("saturday", Weekday::Saturday), ("sat", Weekday::Saturday),
    ("sunday", Weekday::Sunday), ("sun", Weekday::Sunday),
];

/// The months of every language.
pub(super) fn months() -> impl Iterator<Item = (&'static str, i8)> {
    MONTHS.iter().copied().chain(numbered("months").map(|(name, n)| (name, n as i8 + 1)))
}

/// The month of a name.
pub(super) fn month_named(word: &str) -> Option<i8> {
    static TABLE: LazyLock<Names<i8>> = LazyLock::new(|| Names::new(months()));
    TABLE.get(word).copied()
}

/// The weekday of a name.
pub(super) fn weekday_named(word: &str) -> Option<Weekday> {
    static TABLE: LazyLock<Names<Weekday>> = LazyLock::new(|| {
        let day = |n: usize| Weekday::from_monday_zero_offset(n as i8).unwrap_or(Weekday::Monday);
        Names::new(WEEKDAYS.iter().copied().chain(numbered("weekdays").map(|(name, n)| (name, day(n)))))
    });
    TABLE.get(word).copied()
}
