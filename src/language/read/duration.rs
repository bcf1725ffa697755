//! Lengths of time as people write them.

use crate::language::Found;
use crate::language::number_words::units;
use crate::language::tokens::{Words, number_word};
use crate::language::word_class;
use crate::language::word_table::Names;
use std::sync::LazyLock;

/// A length of time as written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Duration {
    /// Minutes; of a range such as `10-15 minutes`, the longer end.
    pub minutes: f64,
    /// The shorter end of a range.
    pub at_least: Option<f64>,
    /// `about an hour`, `~90 minutes`.
    pub approximate: bool,
}

/// Words that make a length a rough one.
#[rustfmt::skip]
const ABOUT: &[&str] = &[
    "about", "around", "approximately", "approx", "roughly", "circa", "nearly", "almost", "environ", "cerca", "estimated",
    "etwa", "rund", "ca", "ongeveer", "około", "yaklaşık", "около", "примерно", "約", "约", "大约", "약"];

/// Every length of time in `text`, in order.
pub fn durations(text: &str) -> Vec<Found<Duration>> {
    read(&Words::of(text))
}

/// Every length of time among `words`.
pub fn read(words: &Words) -> Vec<Found<Duration>> {
    let mut found = Vec::new();
    if !words.hold(word_class::UNIT) {
        return found;
    }
    let mut at = 0;
    while let Some(next) = words.next(at, word_class::DIGITS | word_class::COUNT) {
        at = next;
        match duration_at(words, at) {
            Some((value, next)) => {
                let value = Duration { approximate: value.approximate || roughly(words, at), ..value };
                found.push(Found { range: words.start(at)..words.end(next - 1), value });
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

/// What stands in a field that holds nothing but a length: also `01:30:00`, `1:30`, and a bare number of minutes.
pub fn duration_field(text: &str) -> Option<Duration> {
    let words = Words::of(text);
    if let Some(found) = read(&words).into_iter().next() {
        return Some(found.value);
    }
    let part = |at: usize| words.number(at, 1, 4).map(f64::from);
    let colon = |at: usize| words.is_mark(at, ':') && words.glued(at) && words.glued(at + 1);
    let from = usize::from(words.is_mark(0, '~'));
    let first = part(from)?;
    let minutes = match (colon(from + 1), colon(from + 3), words.len() - from) {
        (true, true, 5) => first * 60.0 + part(from + 2)? + part(from + 4)? / 60.0,
        (true, false, 3) => first * 60.0 + part(from + 2)?,
        (false, _, 1) => first,
        _ => return None,
    };
    Some(Duration { minutes, at_least: None, approximate: from == 1 })
}

/// The length that starts at `at`, and the piece after it.
fn duration_at(words: &Words, at: usize) -> Option<(Duration, usize)> {
    // "10時30分": the minutes of a clock time.
    if follows_number(words, at) || at > 0 && words.may(at - 1, word_class::HOUR) {
        return None;
    }
    half_an_hour(words, at).or_else(|| counted(words, at)).map(|(minutes, at_least, next)| {
        let approximate = false;
        (Duration { minutes, at_least, approximate }, next)
    })
}

/// `90 minutes`, `1 hour, 25 minutes`, `1h 34m`, `10-15 minutes`, `two and a half hours`.
fn counted(words: &Words, at: usize) -> Option<(f64, Option<f64>, usize)> {
    let (first, next) = amount(words, at)?;
    if let Some((last, after)) = range_end(words, next)
        && let Some((unit, end)) = unit(words, after)
        && last >= first
    {
        return Some((last * unit, Some(first * unit), end));
    }
    let (first_unit, mut next) = unit(words, next)?;
    let mut minutes = first * first_unit;
    if let Some(end) = and_a_half(words, next) {
        return Some((minutes + first_unit / 2.0, None, end));
    }
    if words.word(next).is_some_and(|word| word.starts_with(['半', '반'])) {
        return Some((minutes + first_unit / 2.0, None, next + 1));
    }
    let mut smallest = first_unit;
    while let Some((more, unit, after)) = further(words, next).filter(|(_, unit, _)| *unit < smallest) {
        minutes += more * unit;
        smallest = unit;
        next = after;
    }
    if smallest == 60.0
        && let Some(rest) = words.number(next, 1, 2).filter(|rest| *rest < 60 && glues(words, next))
    {
        return Some((minutes + f64::from(rest), None, next + 1));
    }
    Some((minutes, None, next))
}

/// `1h30`, `(~4h30)`, `1 heure 30`: minutes without their unit.
fn glues(words: &Words, at: usize) -> bool {
    let unit = words.str(at - 1);
    let two_digits = unit.eq_ignore_ascii_case("h") && words.number(at, 2, 2).is_some();
    let french = unit.eq_ignore_ascii_case("heure") || unit.eq_ignore_ascii_case("heures") || two_digits;
    let closed = matches!(words.mark(at + 1), Some(')' | ']' | ',' | ';' | '*' | '.'));
    (unit.eq_ignore_ascii_case("h") && words.glued(at) || french && words.same_line(at))
        && (closed || !words.glued(at + 1))
}

/// The next part of a compound: `, 25 minutes`, ` and 10 seconds`, `34m`.
fn further(words: &Words, at: usize) -> Option<(f64, f64, usize)> {
    let short = words.is_mark(at, '.') && words.glued(at) && words.str(at - 1).len() <= 4;
    let mut next = at + usize::from(words.is_mark(at, ',') || short);
    next += usize::from(
        words.is_any(next, &["and", "et", "e", "und", "y", "og", "och", "en", "i", "ve", "и"])
            || words.is_mark(next, '&'),
    );
    let (amount, next) = amount(words, next).filter(|_| words.same_line(next))?;
    let (unit, next) = unit(words, next)?;
    Some((amount, unit, next))
}

/// `half an hour`, `half a day`, `an hour`, `an hour and a half`, `a day`.
fn half_an_hour(words: &Words, at: usize) -> Option<(f64, Option<f64>, usize)> {
    let half = words.is(at, "half");
    let article = at + usize::from(half);
    let with_article = words.is_any(article, &["a", "an"]);
    if !(with_article || half && words.is_mark(article, '-')) {
        return None;
    }
    let (minutes, next) = unit(words, article + 1)
        .filter(|(minutes, _)| *minutes >= 1.0 && words.str(article + 1).len() > 1)?;
    if half {
        return Some((minutes / 2.0, None, next));
    }
    // "an hour" tells a length; "a day" and "a minute" seldom do ("three times a day").
    if minutes != 60.0
        || !words.is(article, "an")
        || words.is_any(article.wrapping_sub(1), &["times", "per", "once", "twice"])
    {
        return None;
    }
    if let Some(end) = and_a_half(words, next) {
        return Some((90.0, None, end));
    }
    match further(words, next).filter(|(_, unit, _)| *unit < 60.0) {
        Some((more, unit, after)) => Some((60.0 + more * unit, None, after)),
        None => Some((60.0, None, next)),
    }
}

/// A number before its unit: `90`, `2.5`, `2,5`, `two`, `two and a half`, `2 ½`.
fn amount(words: &Words, at: usize) -> Option<(f64, usize)> {
    if let Some((number, taken)) = number_word(words, at) {
        let next = at + taken;
        return Some(
            and_a_half(words, next).map_or((f64::from(number), next), |end| (f64::from(number) + 0.5, end)),
        );
    }
    let whole = f64::from(words.number(at, 1, 6)?);
    let fraction =
        words.digits(at + 2).filter(|digits| digits.len() <= 2 && words.glued(at + 1) && words.glued(at + 2));
    if let (Some('.' | ','), Some(fraction)) = (words.mark(at + 1), fraction) {
        let digits = f64::from(fraction.parse::<i32>().ok()?);
        return Some((whole + digits / 10f64.powi(fraction.len() as i32), at + 3));
    }
    match (words.mark(at + 1), and_a_half(words, at + 1)) {
        (Some('½'), _) => Some((whole + 0.5, at + 2)),
        (_, Some(end)) => Some((whole + 0.5, end)),
        _ => Some((whole, at + 1)),
    }
}

/// The piece behind `and a half` or `and half`.
fn and_a_half(words: &Words, at: usize) -> Option<usize> {
    let half = at + 1 + usize::from(words.is(at + 1, "a"));
    (words.is(at, "and") && words.is(half, "half")).then_some(half + 1)
}

/// The second number of `10-15 minutes` or `10 to 15 minutes`.
fn range_end(words: &Words, at: usize) -> Option<(f64, usize)> {
    let joined = words.is_dash(at) || words.is_any(at, &["to", "or"]);
    amount(words, at + 1).filter(|_| joined && words.same_line(at + 1))
}

/// The unit at `at`, after a space, a hyphen or nothing, and the piece after it.
fn unit(words: &Words, at: usize) -> Option<(f64, usize)> {
    let at = at + usize::from(words.is_mark(at, '-') && words.glued(at) && words.glued(at + 1));
    let at = at + usize::from(words.is(at, "full") || words.is(at, "whole"));
    let word = words.word(at).filter(|_| words.same_line(at))?;
    static TABLE: LazyLock<Names<f64>> = LazyLock::new(|| Names::new(units()));
    if is_nordic_hour(words, at) {
        return Some((60.0, at + 1));
    }
    // "2分の1" is a half.
    if words.word(at + 1).is_some_and(|next| next == "の") && words.digits(at + 2).is_some() {
        return None;
    }
    let minutes = TABLE.get(word).filter(|_| words.may(at, word_class::UNIT))?;
    let single = word.len() == 1;
    let amount_before = words.digits(at - 1).is_some();
    let letter_ok =
        !single || (amount_before && word != "M" && word != "D" && (words.glued(at) || word == "h"));
    let closed = !(words.is_mark(at + 1, '/')
        && words.glued(at + 1)
        && words.glued(at + 2)
        && words.word(at + 2).is_some());
    (letter_ok && closed).then_some((*minutes, at + 1))
}

/// `1 time og 20 minutter`, `3 timer`: words that are others in English.
fn is_nordic_hour(words: &Words, at: usize) -> bool {
    words.is(at, "time") && words.is(at + 1, "og")
        || words.is(at, "timer") && words.number(at - 1, 1, 3).is_some_and(|n| n > 1)
}

/// Whether the piece at `at` continues a number, an amount or a date in front of it.
fn follows_number(words: &Words, at: usize) -> bool {
    let Some(before) = words.glued_before(at) else { return false };
    match words.mark(at - 1) {
        Some('.' | ',' | ':' | '/') => at >= 2 && words.digits(at - 2).is_some() && words.glued(at - 1),
        Some('$' | '€' | '£' | '#' | '+') => words.mark(at - 1) != Some('+'),
        Some('-') => {
            at >= 2 && words.glued(at - 1) && words.piece(at - 2).is_some() && words.digits(at - 2).is_none()
        }
        Some(_) => false,
        None => before.end > 0 && words.str(at - 1) != "T",
    }
}

fn roughly(words: &Words, at: usize) -> bool {
    at.checked_sub(1)
        .is_some_and(|before| matches!(words.mark(before), Some('~' | '≈')) || words.is_any(before, ABOUT))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: &Duration) -> String {
        let about = if value.approximate { "~" } else { "" };
        let low = value.at_least.map_or(String::new(), |low| format!("{low:.4}-"));
        let number = format!("{low}{:.2}", value.minutes).replace(".0000", "");
        format!("{about}{}", number.trim_end_matches('0').trim_end_matches('.'))
    }

    fn check(cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            let found: Vec<String> = durations(text).iter().map(|found| shown(&found.value)).collect();
            assert_eq!(found.join(", "), *expected, "in {text:?}");
        }
    }

    #[test]
    fn lengths_in_digits() {
        check(&[
            ("90 minutes", "90"),
            ("2 hours", "120"),
            ("1 hour, 25 minutes", "85"),
            ("1 hour and 25 minutes", "85"),
            ("1h 34m", "94"),
            ("1h34m", "94"),
            ("0h 16m", "16"),
            ("~10h 52m", "~652"),
            ("54 hours 10 minutes", "3250"),
            ("a 2.5-hour outage", "150"),
            ("1.5 hours", "90"),
            ("3 days", "4320"),
            ("1 day, 4 hours", "1680"),
            ("30s", "0.5"),
            ("10-15 minutes", "10-15"),
            ("2 to 3 hours", "120-180"),
            ("1 heure 30", "90"),
            ("1 h 45", "105"),
            ("2 h 5 users", "120"),
            ("(50 mins)", "50"),
            ("approximately 20 minutes", "~20"),
        ]);
    }

    #[test]
    fn lengths_in_words() {
        check(&[
            ("two and a half hours", "150"),
            ("2 and half hours", "150"),
            ("an hour", "60"),
            ("almost an hour", "~60"),
            ("an hour and a half", "90"),
            ("half an hour", "30"),
            ("nine hours", "540"),
            ("forty-five minutes", "45"),
            ("two hours and thirty minutes", "150"),
        ]);
    }

    #[test]
    fn lengths_of_other_languages() {
        check(&[
            ("約30分", "~30"),
            ("2時間15分", "135"),
            ("1時間半", "90"),
            ("30分間停止した", "30"),
            ("약 1시간 20분", "~80"),
            ("2小时30分钟", "150"),
            ("2 Std. 20 Min.", "140"),
            ("1 Stunde und 5 Minuten", "65"),
            ("2 часа 15 минут", "135"),
            ("1 time og 20 minutter", "80"),
            ("3 timmar och 10 minuter", "190"),
            ("2 saat 15 dakika", "135"),
            ("2 godziny i 5 minut", "125"),
            ("1 uur en 20 minuten", "80"),
            ("2 ore e 15 minuti", "135"),
        ]);
    }

    #[test]
    fn what_is_no_length() {
        check(&[
            ("10時30分に", ""),
            ("2分の1", ""),
            ("1 time", ""),
            ("1 timer fired", ""),
            ("5M users", ""),
            ("three times a day", ""),
            ("2023 hours", "121380"),
            ("100 MB", ""),
            ("10 m/s", ""),
            ("v1.2 h", ""),
        ]);
    }

    #[test]
    fn a_field_may_hold_a_clock_or_a_bare_number() {
        let field = |text: &str| duration_field(text).map(|value| value.minutes);
        assert_eq!(field("01:30:00"), Some(90.0));
        assert_eq!(field("1:30"), Some(90.0));
        assert_eq!(field("45"), Some(45.0));
        assert_eq!(field("1 hour (approx.)"), Some(60.0));
        assert_eq!(field("soon"), None);
    }
}
