//! Days that are told from the day of writing: "early Tuesday morning", "yesterday".

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use std::ops::Range;

const WEEKDAYS: &[(&str, Weekday)] = &[
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// Words in front of a weekday by which it is no day of the past week.
const OTHER: &[&str] =
    &["every", "each", "next", "until", "coming", "by", "to", "through", "following", "a", "before"];

/// The one day that a sentence tells so, in a text that was written on `written`, and its words.
pub fn of(sentence: &str, written: Date) -> Option<(Date, Range<usize>)> {
    let words = words(sentence);
    let mut found = (0..words.len()).filter_map(|at| day_at(sentence, &words, at, written));
    let first = found.next()?;
    found.all(|(day, _)| day == first.0).then_some(first)
}

fn day_at(sentence: &str, words: &[Range<usize>], at: usize, written: Date) -> Option<(Date, Range<usize>)> {
    let word = |at: usize| words.get(at).map_or("", |range| &sentence[range.clone()]);
    let is = |word: &str, any: &[&str]| any.iter().any(|other| other.eq_ignore_ascii_case(word));
    let (this, before) = (word(at), at.checked_sub(1).map_or("", word));
    let day = match () {
        () if is(this, &["today", "tonight"]) => written,
        () if is(this, &["morning", "afternoon", "evening"]) && is(before, &["this"]) => written,
        () if is(this, &["yesterday"]) || is(this, &["night"]) && is(before, &["last"]) => {
            written.yesterday().ok()?
        }
        () => {
            let (_, weekday) = WEEKDAYS.iter().find(|(other, _)| other.eq_ignore_ascii_case(this))?;
            let is_name = this.starts_with(char::is_uppercase);
            (is_name && !is(before, OTHER)).then(|| last(*weekday, written))??
        }
    };
    Some((day, words[at].clone()))
}

/// The last day of that name, today included.
fn last(weekday: Weekday, written: Date) -> Option<Date> {
    let back = weekday.until(written.weekday());
    written.checked_sub(i64::from(back).days()).ok()
}

fn words(sentence: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in sentence.char_indices().chain([(sentence.len(), ' ')]) {
        match (c.is_alphabetic(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_told_from_the_day_of_writing() {
        // A Wednesday.
        let written = date(2031, 5, 7);
        for (sentence, day) in [
            ("We were down early Tuesday morning", Some(date(2031, 5, 6))),
            ("On Friday the lamp went dark", Some(date(2031, 5, 2))),
            ("This Wednesday the lamp went dark", Some(written)),
            ("Yesterday the lamp went dark", Some(date(2031, 5, 6))),
            ("Last night the lamp went dark", Some(date(2031, 5, 6))),
            ("Every Tuesday the lamp is cleaned", None),
            ("We hope for next Monday", None),
            ("It failed on Monday and again on Tuesday", None),
            ("A night without a lamp", None),
        ] {
            assert_eq!(of(sentence, written).map(|(day, _)| day), day, "{sentence}");
        }
    }
}
