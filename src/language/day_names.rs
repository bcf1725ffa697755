//! Names of months and weekdays.

use crate::language::word_table::Names;
use jiff::civil::Weekday;
use std::sync::LazyLock;

/// Months by name: English, French, Portuguese; short forms as people write them.
#[rustfmt::skip]
pub(super) const MONTHS: &[(&str, i8)] = &[
    ("january", 1), ("february", 2), ("march", 3), ("april", 4), ("may", 5), ("june", 6),
    ("july", 7), ("august", 8), ("september", 9), ("october", 10), ("november", 11), ("december", 12),
    ("jan", 1), ("feb", 2), ("mar", 3), ("apr", 4), ("jun", 6), ("jul", 7),
    ("aug", 8), ("sep", 9), ("sept", 9), ("oct", 10), ("nov", 11), ("dec", 12),
    ("janvier", 1), ("février", 2), ("fevrier", 2), ("mars", 3), ("avril", 4), ("mai", 5), ("juin", 6),
    ("juillet", 7), ("août", 8), ("aout", 8), ("septembre", 9), ("octobre", 10), ("novembre", 11),
    ("décembre", 12), ("decembre", 12),
    ("janeiro", 1), ("fevereiro", 2), ("março", 3), ("marco", 3), ("abril", 4), ("maio", 5), ("junho", 6),
    ("julho", 7), ("agosto", 8), ("setembro", 9), ("outubro", 10), ("novembro", 11), ("dezembro", 12),
];

/// Month names that are other words as well; they need a capital letter or a year.
pub(super) const WORDS_TOO: &[&str] = &["may", "march", "mar", "dec", "mars", "jan", "mai"];

#[rustfmt::skip]
const WEEKDAYS: &[(&str, Weekday)] = &[
    ("monday", Weekday::Monday), ("mon", Weekday::Monday), ("tuesday", Weekday::Tuesday), ("tue", Weekday::Tuesday),
    ("tues", Weekday::Tuesday), ("wednesday", Weekday::Wednesday), ("wed", Weekday::Wednesday),
    ("thursday", Weekday::Thursday), ("thu", Weekday::Thursday), ("thur", Weekday::Thursday), ("thurs", Weekday::Thursday),
    ("friday", Weekday::Friday), ("fri", Weekday::Friday), ("saturday", Weekday::Saturday), ("sat", Weekday::Saturday),
    ("sunday", Weekday::Sunday), ("sun", Weekday::Sunday),
    ("lundi", Weekday::Monday), ("mardi", Weekday::Tuesday), ("mercredi", Weekday::Wednesday), ("jeudi", Weekday::Thursday),
    ("vendredi", Weekday::Friday), ("samedi", Weekday::Saturday), ("dimanche", Weekday::Sunday),
];

/// The month of a name.
pub(super) fn month_named(word: &str) -> Option<i8> {
    static TABLE: LazyLock<Names<i8>> = LazyLock::new(|| Names::new(MONTHS.iter().copied()));
    TABLE.get(word).copied()
}

/// The weekday of a name.
pub(super) fn weekday_named(word: &str) -> Option<Weekday> {
    static TABLE: LazyLock<Names<Weekday>> = LazyLock::new(|| Names::new(WEEKDAYS.iter().copied()));
    TABLE.get(word).copied()
}
