//! Calendar dates in every written form.

use crate::language::Found;
use crate::language::day_names::{WORDS_TOO, month_named, weekday_named};
use crate::language::read::date_units;
use crate::language::read::written::{
    Written, YEARS, calendar, day_or_impossible, days, either_way, inside_number, no_year, with_last, year,
};
use crate::language::tokens::Words;
use crate::language::word_class;
use jiff::civil::{Date, Weekday};

/// Every date in `text`, in order.
pub fn dates(text: &str) -> Vec<Found<Written>> {
    read(&Words::of(text))
}

/// Dates in a file or folder name: also `20230510`, and `2023-05` at its start.
pub fn dates_in_name(name: &str) -> Vec<Found<Written>> {
    let name = name.replace('_', "-");
    let words = Words::of(&name);
    let found = read(&words);
    if !found.is_empty() {
        return found;
    }
    (0..words.len()).filter_map(|at| compact(&words, at)).collect()
}

/// `1628-08-10` at the beginning of a text, in any year from 1 to 9999.
pub fn iso_day(text: &str) -> Option<Found<Written>> {
    let behind = text.as_bytes().get(10).copied();
    let date: Date = text.get(..10)?.parse().ok()?;
    let parted = behind.is_none_or(|byte| matches!(byte, b'T' | b't') || !byte.is_ascii_alphanumeric());
    (date.year() >= 1 && parted).then_some(Found { range: 0..10, value: Written::Day(date) })
}

/// `20230510` as a word of its own.
fn compact(words: &Words, at: usize) -> Option<Found<Written>> {
    let digits = words.digits(at).filter(|digits| digits.len() == 8)?;
    let part = |range: std::ops::Range<usize>| digits.get(range)?.parse::<i32>().ok();
    let (year, month, day) = (part(0..4)?, part(4..6)?, part(6..8)?);
    let date = YEARS.contains(&year).then(|| calendar(year, month, day))??;
    Some(Found { range: words.start(at)..words.end(at), value: Written::Day(date) })
}

/// Every date among `words`.
pub fn read(words: &Words) -> Vec<Found<Written>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = words.next(at, word_class::DIGITS | word_class::DATE) {
        at = next;
        match date_at(words, at) {
            Some((value, next)) => {
                let weekday = weekday_before(words, at);
                let start = weekday.map_or(words.start(at), |(_, from)| words.start(from));
                let value = with_weekday(value, weekday.map(|(day, _)| day));
                found.push(Found { range: start..words.end(next - 1), value });
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

fn with_weekday(value: Written, found: Option<Weekday>) -> Written {
    match value {
        Written::NoYear { month, day, last, .. } => Written::NoYear { month, day, last, weekday: found },
        Written::Pair { first, second, .. } => Written::Pair { first, second, weekday: found },
        other => other,
    }
}

/// A weekday just before `at`, as in `Monday, January 20`, and where it starts.
fn weekday_before(words: &Words, at: usize) -> Option<(Weekday, usize)> {
    let weekday = |at: usize| weekday_named(words.word(at)?);
    let skip = |at: usize| match words.mark(at) {
        Some(',' | '.') => 1,
        None if words.is_any(at, &["the", "le", "on"]) => 1,
        _ => 0,
    };
    let mut before = at.checked_sub(1)?;
    for _ in 0..2 {
        before = before.checked_sub(skip(before))?;
    }
    if words.same_line(before + 1) { weekday(before).map(|day| (day, before)) } else { None }
}

/// Whether a date starts at piece `at`.
pub fn starts_at(words: &Words, at: usize) -> bool {
    date_at(words, at).is_some()
}

/// The date that starts at piece `at`, and the piece after it.
fn date_at(words: &Words, at: usize) -> Option<(Written, usize)> {
    if words.may(at, word_class::DATE) {
        return placeholder(words, at).or_else(|| month_first(words, at));
    }
    words.digits(at)?;
    date_units::with_units(words, at)
        .or_else(|| year_first(words, at))
        .or_else(|| day_month(words, at))
        .or_else(|| numeric(words, at))
        .or_else(|| with_commas(words, at))
        .or_else(|| pair(words, at))
}

/// `2023-05-10`, `2023/05/10`, `2025-07-30/31`, `2023-05`, `2023-May-10`, `2022-05-??`.
fn year_first(words: &Words, at: usize) -> Option<(Written, usize)> {
    let year = year(words, at)?;
    let mark = words.mark(at + 1).filter(|mark| matches!(mark, '-' | '/' | '.' | '–'))?;
    if !words.glued(at + 1) || !words.glued(at + 2) || inside_number(words, at) {
        return None;
    }
    if let Some(month) = words.word(at + 2).and_then(month_named) {
        let day = same_mark(words, at + 3, mark).then(|| words.number(at + 4, 1, 2))??;
        return Some((day_or_impossible(year, month.into(), day), at + 5));
    }
    if is_blank(words, at + 2) {
        return Some((Written::Placeholder, blank_end(words, at + 2)));
    }
    let month = words.number(at + 2, 1, 2)?;
    if !same_mark(words, at + 3, mark) {
        return year_month(words, at, year, month, mark);
    }
    if is_blank(words, at + 4) {
        return Some((Written::Placeholder, blank_end(words, at + 4)));
    }
    let day = words.number(at + 4, 1, 2)?;
    if mark == '.' && words.is_mark(at + 5, '.') && words.glued(at + 6) && words.digits(at + 6).is_some() {
        return None;
    }
    let first = day_or_impossible(year, month, day);
    match (first, words.number(at + 6, 1, 2)) {
        (Written::Day(date), Some(last))
            if words.is_mark(at + 5, '/') && words.glued(at + 5) && words.glued(at + 6) =>
        {
            Some((days(date, last, year, month), at + 7))
        }
        _ => Some((first, at + 5)),
    }
}

/// `2023-05`: a month, when nothing says that it is part of something else.
fn year_month(words: &Words, at: usize, year: i32, month: i32, mark: char) -> Option<(Written, usize)> {
    let alone = !words.glued(at) || matches!(words.mark(at - 1), Some('(' | '[' | '"' | '/' | '*'));
    let ends = !words.glued(at + 3)
        || !matches!(words.mark(at + 3), Some('-' | '_' | ':')) && words.word(at + 3).is_none();
    let two_digits = words.str(at + 2).len() == 2;
    let fits = mark == '-' && alone && ends && two_digits && (1..=12).contains(&month);
    fits.then(|| (Written::Month { year: year as i16, month: month as i8 }, at + 3))
}

/// `6 May 2022`, `6th of May, 2022`, `06/May/2022`, `10-Oct-2022`, `6 May`, `10 de maio de 2023`.
fn day_month(words: &Words, at: usize) -> Option<(Written, usize)> {
    let day = words.number(at, 1, 2)?;
    if inside_number(words, at) {
        return None;
    }
    let (last, after) = last_day(words, at + 1).map_or((None, at + 1), |(last, next)| (Some(last), next));
    let mut next = ordinal(words, after);
    let joined = words.glued(next) && matches!(words.mark(next), Some('/' | '-' | '.'));
    if joined || words.is_any(next, &["of", "de"]) {
        next += 1;
    }
    if !words.same_line(next) {
        return None;
    }
    let (month, capital) = month_at(words, next)?;
    next = after_short_month(words, next);
    match year_after(words, next, joined) {
        Some((year, end)) => Some((with_last(year, month, day, last), end)),
        None if capital => no_year(month, day, last).map(|value| (value, next)),
        None => None,
    }
}

/// `May 10, 2022`, `May 10th 2022`, `January 14-19, 2026`, `Oct. 29`, `June 1999`, `Thu May 12 14:00:00 2022`.
fn month_first(words: &Words, at: usize) -> Option<(Written, usize)> {
    let (month, capital) = month_at(words, at)?;
    let mut next = after_short_month(words, at);
    if words.is_mark(next, '-') && words.glued(next) {
        next += 1;
    }
    if !words.same_line(next) {
        return None;
    }
    if let Some((year, end)) = year_after(words, next, false) {
        return capital.then_some((Written::Month { year: year as i16, month }, end));
    }
    next += usize::from(words.is(next, "the"));
    let day = words.number(next, 1, 2)?;
    if words.is_mark(next + 1, ':')
        && words.glued(next + 1)
        && words.glued(next + 2)
        && words.digits(next + 2).is_some()
    {
        return None; // "May 10:30": a time of day
    }
    let (last, after) =
        last_day(words, next + 1).map_or((None, ordinal(words, next + 1)), |(l, n)| (Some(l), n));
    let year = year_after(words, after, false).or_else(|| year_after_clock(words, after));
    match year {
        Some((year, end)) => Some((with_last(year, month, day, last), end)),
        None if capital => no_year(month, day, last).map(|value| (value, after)),
        None => None,
    }
}

/// `04/12/2022`, `04-12-2022`, `4.12.2022`, `9/11/18`.
fn numeric(words: &Words, at: usize) -> Option<(Written, usize)> {
    let a = words.number(at, 1, 2)?;
    let mark = words.mark(at + 1).filter(|mark| matches!(mark, '-' | '/' | '.'))?;
    let b = words.number(at + 2, 1, 2)?;
    if !same_mark(words, at + 3, mark)
        || (at + 1..=at + 4).any(|at| !words.glued(at))
        || inside_number(words, at)
    {
        return None;
    }
    let year = match words.number(at + 4, 4, 4) {
        Some(year) => YEARS.contains(&year).then_some(year)?,
        // `5-26-21`; were the first one larger, it could be the year.
        None if mark == '/' || mark == '-' && a <= 12 && b > 12 => 2000 + words.number(at + 4, 2, 2)?,
        None => return None,
    };
    if same_mark(words, at + 5, mark)
        && words.glued(at + 5)
        && words.glued(at + 6)
        && words.digits(at + 6).is_some()
    {
        return None;
    }
    Some((either_way(year, a, b), at + 5))
}

/// `9/10 7:55`, `Monday, 9/10`: no year, so a clock time or a weekday must say that it is a date.
fn pair(words: &Words, at: usize) -> Option<(Written, usize)> {
    let (first, second) = (words.number(at, 1, 2)?, words.number(at + 2, 1, 2)?);
    let joined =
        words.is_mark(at + 1, '/') && words.glued(at + 1) && words.glued(at + 2) && !inside_number(words, at);
    let digits = |at: usize| words.number(at, 1, 2).is_some();
    let half = |at: usize| words.is_any(at, &["am", "pm"]);
    let minutes = words.is_mark(at + 4, ':')
        && words.glued(at + 4)
        && words.glued(at + 5)
        && words.number(at + 5, 2, 2).is_some();
    let clock =
        words.same_line(at + 3) && !words.glued(at + 3) && digits(at + 3) && (minutes || half(at + 4));
    let exists = |month: i32, day: i32| calendar(2000, month, day).is_some();
    if is_german(words, at) {
        return no_year(second as i8, first, None).map(|value| (value, at + 4));
    }
    let fits = exists(first, second) || exists(second, first);
    let value = Written::Pair { first: first as i8, second: second as i8, weekday: None };
    (joined && fits && (clock || weekday_before(words, at).is_some())).then_some((value, at + 3))
}

/// `22.07.` at the beginning of a text, or `22.07., 11:00`: day and month as written in German.
pub fn is_german(words: &Words, at: usize) -> bool {
    let (Some(day), Some(month)) = (words.number(at, 2, 2), words.number(at + 2, 2, 2)) else { return false };
    let dots = words.is_mark(at + 1, '.')
        && words.is_mark(at + 3, '.')
        && (at + 1..=at + 3).all(|at| words.glued(at));
    let opens = at <= 2 && (0..at).all(|before| words.mark(before).is_some()) && !words.glued(at + 4);
    dots && (opens || words.is_mark(at + 4, ','))
        && !inside_number(words, at)
        && calendar(2000, month, day).is_some()
}

/// `03, 14, 2024`: the same with commas.
fn with_commas(words: &Words, at: usize) -> Option<(Written, usize)> {
    let (a, b) = (words.number(at, 2, 2)?, words.number(at + 2, 2, 2)?);
    let commas = words.is_mark(at + 1, ',')
        && words.is_mark(at + 3, ',')
        && words.same_line(at + 4)
        && !inside_number(words, at);
    let year = year(words, at + 4).filter(|_| commas)?;
    Some(either_way(year, a, b)).filter(|value| *value != Written::Impossible).map(|value| (value, at + 5))
}

/// `YYYY-MM-DD`, `DD/MM/YYYY`, `20xx-05-01` and their like.
fn placeholder(words: &Words, at: usize) -> Option<(Written, usize)> {
    let letters =
        |at: usize, letter: &str| words.word(at).is_some_and(|w| w.len() >= 2 && same_letters(w, letter));
    let mark = words.mark(at + 1).filter(|mark| matches!(mark, '-' | '/' | '.'))?;
    let glued = (at + 1..=at + 4).all(|at| words.glued(at)) && same_mark(words, at + 3, mark);
    let year_first = letters(at, "y") && letters(at + 2, "m") && letters(at + 4, "d");
    let year_last = letters(at + 4, "y") && (letters(at, "m") || letters(at, "d"));
    (glued && (year_first || year_last)).then_some((Written::Placeholder, at + 5))
}

fn same_letters(word: &str, letter: &str) -> bool {
    word.chars().all(|c| c.to_lowercase().eq(letter.chars()))
}

fn is_blank(words: &Words, at: usize) -> bool {
    words.is_mark(at, '?') || words.is_any(at, &["xx", "mm", "dd"])
}

/// The piece after `??-??` or `xx-xx`.
fn blank_end(words: &Words, at: usize) -> usize {
    let more = |at: &usize| words.glued(*at) && (is_blank(words, *at) || words.is_mark(*at, '-'));
    (at + 1..at + 6).take_while(more).last().unwrap_or(at) + 1
}

/// The last day of `14-19`, `14–19`, `14 - 19, 2026` or `30/31`, and the piece after it.
fn last_day(words: &Words, at: usize) -> Option<(i32, usize)> {
    let at = ordinal(words, at);
    let tight = words.glued(at) && words.glued(at + 1);
    let joined = words.is_dash(at)
        || words.is_any(at, &["to", "and"])
        || words.is_mark(at, '&')
        || (tight && words.is_mark(at, '/'));
    let last = words.number(at + 1, 1, 2).filter(|_| joined && words.same_line(at + 1))?;
    let next = ordinal(words, at + 2);
    let clock = words.glued(next) && matches!(words.mark(next), Some(':' | '.')) && words.glued(next + 1);
    let month = next + usize::from(words.is_any(next, &["of", "de"]));
    let sure = tight
        || year_after(words, next, false).is_some()
        || month_at(words, month).is_some_and(|(_, capital)| capital);
    (sure && !clock && (1..=31).contains(&last)).then_some((last, next))
}

/// Skips `st`, `nd`, `rd`, `th`, `er` or the dot of `20.` that are glued to a day.
fn ordinal(words: &Words, at: usize) -> usize {
    let suffix = words.glued(at) && words.is_any(at, &["st", "nd", "rd", "th", "er"]);
    let dot =
        words.glued(at) && words.is_mark(at, '.') && words.word(at + 1).is_some() && !words.glued(at + 1);
    at + usize::from(suffix || dot)
}

/// The month named at `at`, and whether it can be nothing else.
fn month_at(words: &Words, at: usize) -> Option<(i8, bool)> {
    let word = words.word(at)?;
    let month = month_named(word)?;
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    let double = WORDS_TOO.iter().any(|other| other.eq_ignore_ascii_case(word));
    Some((month, capital || !double))
}

/// Skips the month at `at` and the dot of `Oct.`.
fn after_short_month(words: &Words, at: usize) -> usize {
    let short = words.str(at).len() <= 4 && words.is_mark(at + 1, '.') && words.glued(at + 1);
    at + 1 + usize::from(short)
}

/// The year at `at`, after a comma, `de`, `of` or the joining mark, and the piece after it.
fn year_after(words: &Words, at: usize, joined: bool) -> Option<(i32, usize)> {
    let mut next = at;
    if words.is_mark(next, ',')
        || words.is_any(next, &["de", "of"])
        || (joined && matches!(words.mark(next), Some('/' | '-' | '.')))
    {
        next += 1;
    }
    if !words.same_line(next) {
        return None;
    }
    if joined
        && words.glued(next)
        && let Some(short) = words.number(next, 2, 2)
    {
        return Some((2000 + short, next + 1));
    }
    // "Sep 5 2015:" could open a clock; a year never has minutes glued to it, unless it is a log's `06/May/2022:14:17`.
    let clock = words.is_mark(next + 1, ':')
        && words.glued(next + 1)
        && words.glued(next + 2)
        && words.digits(next + 2).is_some();
    year(words, next).filter(|_| joined || !clock).map(|year| (year, next + 1))
}

/// The year behind the clock time of `Thu May 12 14:00:00 UTC 2022`; the date still ends before the clock.
fn year_after_clock(words: &Words, at: usize) -> Option<(i32, usize)> {
    let seconds = words.number(at, 2, 2).is_some()
        && words.is_mark(at + 1, ':')
        && words.number(at + 2, 2, 2).is_some()
        && words.is_mark(at + 3, ':')
        && words.number(at + 4, 2, 2).is_some();
    let next = at + 5 + usize::from(words.word(at + 5).is_some());
    year(words, next).filter(|_| seconds && words.same_line(next)).map(|year| (year, at))
}

fn same_mark(words: &Words, at: usize, mark: char) -> bool {
    words.is_mark(at, mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: Written) -> String {
        match value {
            Written::Day(date) => date.to_string(),
            Written::Days(first, last) => format!("{first}..{last}"),
            Written::Month { year, month } => format!("{year}-{month:02}"),
            Written::NoYear { month, day, last, weekday } => {
                let last = last.map_or(String::new(), |last| format!("..{last:02}"));
                let weekday = weekday.map_or(String::new(), |day| format!(" {day:?}"));
                format!("--{month:02}-{day:02}{last}{weekday}")
            }
            Written::Ambiguous { day_first, month_first } => format!("{day_first} or {month_first}"),
            Written::Pair { first, second, weekday } => {
                let weekday = weekday.map_or(String::new(), |day| format!(" {day:?}"));
                format!("{first}/{second}{weekday}")
            }
            Written::Placeholder => "placeholder".to_owned(),
            Written::Impossible => "impossible".to_owned(),
        }
    }

    fn check(cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            let found: Vec<String> = dates(text).iter().map(|found| shown(found.value)).collect();
            assert_eq!(found.join(", "), *expected, "in {text:?}");
        }
    }

    #[test]
    fn full_dates() {
        check(&[
            ("on 2023-05-10 at noon", "2023-05-10"),
            ("2023/05/10", "2023-05-10"),
            ("2024-3-7T08:19:34+0100", "2024-03-07"),
            ("May 10, 2023", "2023-05-10"),
            ("may 10th 2023", "2023-05-10"),
            ("the 6th of May, 2022", "2022-05-06"),
            ("6 May 2022 and 7 May 2022", "2022-05-06, 2022-05-07"),
            ("[06/May/2022:14:17:02 +0000]", "2022-05-06"),
            ("10-Oct-22", "2022-10-10"),
            ("Sept. 3, 2019", "2019-09-03"),
            ("Saturday, June 8, 2024", "2024-06-08"),
            ("Thu May 12 14:00:00 UTC 2022", "2022-05-12"),
            ("25/12/2022", "2022-12-25"),
            ("03, 14, 2024, 10:00 AM", "2024-03-14"),
            ("12-25-2022", "2022-12-25"),
            ("25.12.2022", "2022-12-25"),
            ("03/03/2023", "2023-03-03"),
            ("le 10 mai 2023, 1er août 2023", "2023-05-10, 2023-08-01"),
            ("10 de maio de 2023", "2023-05-10"),
        ]);
    }

    #[test]
    fn dates_of_other_languages() {
        check(&[
            ("障害は2025年3月1日に", "2025-03-01"),
            ("２０２５年３月１日", "2025-03-01"),
            ("3月1日の朝", "--03-01"),
            ("2025年3月", "2025-03"),
            ("2025년 3월 1일에", "2025-03-01"),
            ("22 stycznia 2025 r.", "2025-01-22"),
            ("2 мая 2025 г.", "2025-05-02"),
            ("3 Şubat 2025", "2025-02-03"),
            ("1. März 2025", "2025-03-01"),
            ("den 4 maj 2025", "2025-05-04"),
            ("4 mei 2025", "2025-05-04"),
            ("2025\u{2011}03\u{2011}01", "2025-03-01"),
            ("3 marca de zapatos", ""),
            ("2025年31月1日", ""),
            ("des 5 serveurs", ""),
        ]);
    }

    #[test]
    fn dates_with_something_left_open() {
        check(&[
            ("Oct 29", "--10-29"),
            ("22:30 UTC (Oct 29)", "--10-29"),
            ("Monday 20. January", "--01-20 Monday"),
            ("on Friday, April 5th this", "--04-05 Friday"),
            ("3 January", "--01-03"),
            ("in June 1999", "1999-06"),
            ("during 2023-05", "2023-05"),
            ("04/12/2022", "2022-12-04 or 2022-04-12"),
            ("9/11/18", "2018-11-09 or 2018-09-11"),
            ("4.12.2022", "2022-12-04 or 2022-04-12"),
            ("9/10 7:55 PT", "9/10"),
            ("Monday, 9/10.", "9/10 Monday"),
            ("22.07. Es brach ab", "--07-22"),
            ("am 20.07., 11:00", "--07-20"),
            ("Ubuntu 18.04. It", ""),
        ]);
    }

    #[test]
    fn ranges_of_days() {
        check(&[
            ("January 14-19, 2026", "2026-01-14..2026-01-19"),
            ("January 14 – 19, 2026", "2026-01-14..2026-01-19"),
            ("14-19 January 2026", "2026-01-14..2026-01-19"),
            ("2025-07-30/31", "2025-07-30..2025-07-31"),
            ("3rd & 4th of June 2021", "2021-06-03..2021-06-04"),
            ("Oct 29-31", "--10-29..31"),
            ("March 30 to April 1", "--03-30, --04-01"),
            ("March 30 - 10 users", "--03-30"),
        ]);
    }

    #[test]
    fn placeholders_and_days_that_do_not_exist() {
        check(&[
            ("Date: YYYY-MM-DD", "placeholder"),
            ("DD/MM/YYYY", "placeholder"),
            ("2022-05-??", "placeholder"),
            ("2022-??-??", "placeholder"),
            ("31 April 2023", "impossible"),
            ("2023-13-40", "impossible"),
            ("February 30", "impossible"),
            ("45/45/2023", "impossible"),
        ]);
    }

    #[test]
    fn what_is_no_date() {
        check(&[
            ("it may 10 times fail", ""),
            ("we march 3 miles", ""),
            ("10.12.2022.4", ""),
            ("version 1.2.2020", "2020-02-01 or 2020-01-02"),
            ("CVE-2022-05", ""),
            ("10.0.12.2", ""),
            ("3/4 of users", ""),
            ("rated 9/10 by 12 users", ""),
            ("40/50 10:00", ""),
            ("at 10:30", ""),
            ("May 10:30", ""),
            ("2022-2023", ""),
            ("PM-2023-001", ""),
            ("20230510", ""),
        ]);
    }

    #[test]
    fn a_typed_day_is_one_in_any_year() {
        for (text, day) in [
            ("1628-08-10", "1628-08-10"),
            ("1969-07-20T20:08:55Z", "1969-07-20"),
            ("0001-01-01 10:00", "0001-01-01"),
            ("9999-12-31", "9999-12-31"),
            ("1628-08-40", ""),
            ("0000-01-01", ""),
            ("1628-08-101", ""),
            ("1628", ""),
        ] {
            assert_eq!(iso_day(text).map(|found| shown(found.value)).unwrap_or_default(), day, "{text}");
        }
    }

    #[test]
    fn names_of_files_may_run_together() {
        let first =
            |name: &str| dates_in_name(name).first().map(|found| shown(found.value)).unwrap_or_default();
        assert_eq!(first("20230510-dns.md"), "2023-05-10");
        assert_eq!(first("incident_2023_05_10.md"), "2023-05-10");
        assert_eq!(first("2023-05/web.md"), "2023-05");
        assert_eq!(first("build-12345678.md"), "");
    }
}
