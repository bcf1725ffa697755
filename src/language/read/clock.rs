//! Clock times in every written form.

use crate::language::read::zone::{self, Zone};
use crate::language::read::{clock_words, date};
use crate::language::tokens::Words;
use crate::language::{Found, word_class};
use jiff::civil::Time;

/// A time of day as written.
#[derive(Debug, Clone, PartialEq)]
pub struct Clock {
    pub at: At,
    pub form: Form,
    /// `~11 AM`, `around 3 PM`.
    pub approximate: bool,
    /// Whether it stands alone, opens a range or closes one.
    pub part: Part,
    /// The zone written right behind it.
    pub zone: Option<Found<Zone>>,
}

impl Clock {
    pub fn time(&self) -> Option<Time> {
        match self.at {
            At::Time(time) => Some(time),
            _ => None,
        }
    }
}

/// What a clock says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    Time(Time),
    /// `T+15min`: minutes since the start.
    Elapsed(i32),
    /// `--:--`, `HH:MM`.
    Placeholder,
    /// `25:61`.
    Impossible,
}

/// How it was written: a caller asks for more evidence the weaker the form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// With `AM` or `PM`: `1:00 PM`, `6 PM`.
    Meridiem,
    /// `13:00`, `13:00:56`.
    Colon,
    /// `noon`, `midnight`.
    Word,
    /// `14h30`: may be a duration.
    Hours,
    /// `08.47`: may be any number.
    Dotted,
    /// `0930 UTC`.
    Compact,
    /// `T+15min`.
    Elapsed,
}

impl Form {
    /// Whether it can be nothing but a time of day.
    pub fn is_certain(self) -> bool {
        !matches!(self, Form::Dotted | Form::Hours | Form::Elapsed)
    }
}

/// The place of a clock time in a range such as `9:00 AM - 10:15 AM`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Alone,
    From,
    To,
}

/// A half of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    Am,
    Pm,
}

/// A clock time before ranges are put together.
#[derive(Debug, Clone)]
struct Raw {
    from: usize,
    /// Just behind the time and its half of the day, where a range goes on.
    to: usize,
    /// Behind the zone as well.
    next: usize,
    hour: i32,
    half: Option<Half>,
    clock: Clock,
}

/// Every clock time in `text`, in order.
pub fn clocks(text: &str) -> Vec<Found<Clock>> {
    read(&Words::of(text))
}

/// Every clock time among `words`.
pub fn read(words: &Words) -> Vec<Found<Clock>> {
    let mut found: Vec<Raw> = Vec::new();
    let mut at = 0;
    while let Some(next) = words.next(at, word_class::DIGITS | word_class::CLOCK) {
        at = next;
        match clock_at(words, at).or_else(|| bare_hour(words, at)) {
            Some(mut raw) => {
                if let Some(first) = found.last_mut().filter(|first| opens_range(words, first, &raw)) {
                    join(first, &mut raw);
                }
                at = raw.next;
                found.push(raw);
            }
            None => at += 1,
        }
    }
    let out = |raw: Raw| Found { range: words.start(raw.from)..words.end(raw.to - 1), value: raw.clock };
    found.into_iter().map(out).collect()
}

/// The clock time that starts at `at`.
fn clock_at(words: &Words, at: usize) -> Option<Raw> {
    if words.digits(at).is_some() {
        return colon(words, at)
            .or_else(|| by_word(words, at))
            .or_else(|| hour_only(words, at))
            .or_else(|| hours(words, at))
            .or_else(|| compact(words, at))
            .or_else(|| dotted(words, at));
    }
    if words.word(at).is_some() {
        return if words.may(at, word_class::CLOCK) {
            named(words, at).or_else(|| elapsed(words, at))
        } else {
            None
        };
    }
    blank(words, at)
}

/// `10:05`, `10:05:33.120`, `1:00 PM`, `T08:19:34`.
fn colon(words: &Words, at: usize) -> Option<Raw> {
    let hour = words.number(at, 1, 2)?;
    let minute =
        words.number(at + 2, 2, 2).filter(|_| words.is_mark(at + 1, ':') && tight(words, at + 1, at + 2))?;
    let mut to = at + 3;
    let mut second = None;
    if words.is_mark(to, ':') && tight(words, to, to + 1) && words.digits(to + 1).is_some() {
        second = Some(words.number(to + 1, 2, 2)?);
        to += 2;
        if matches!(words.mark(to), Some('.' | ','))
            && tight(words, to, to + 1)
            && words.digits(to + 1).is_some()
        {
            to += 2;
        }
        if words.is_mark(to, ':')
            && words.glued(to)
            && tight(words, to, to + 1)
            && words.digits(to + 1).is_some()
        {
            return None; // an address such as 00:1b:44:11
        }
    }
    let half = half_at(words, to);
    if !opens_freely(words, at, half.is_some())
        || words.glued(to) && half.is_none() && words.word(to).is_some_and(|w| !follows_clock(w))
    {
        return None;
    }
    Some(raw(words, at, to, (hour, minute, second), half, Form::Colon))
}

/// Words that may be glued to a clock time.
fn follows_clock(word: &str) -> bool {
    word == "Z"
        || matches!(word.to_ascii_lowercase().as_str(), "h" | "hrs" | "hours" | "utc" | "gmt")
        || word.chars().all(char::is_uppercase)
}

/// `6 PM`, `11am`, `6 p.m.`
fn hour_only(words: &Words, at: usize) -> Option<Raw> {
    let hour = words.number(at, 1, 2).filter(|hour| (1..=12).contains(hour))?;
    let half = half_at(words, at + 1)?;
    opens_freely(words, at, false)
        .then(|| raw(words, at, at + 1, (hour, 0, None), Some(half), Form::Meridiem))
}

/// `14h30`, `14 h 30`, `9h05`; `14h` alone only where a word such as `à` says that it is a time.
/// With such a word it is as sure as a colon.
fn hours(words: &Words, at: usize) -> Option<Raw> {
    let hour = words
        .number(at, 1, 2)
        .filter(|hour| *hour < 24 && words.is(at + 1, "h") && words.same_line(at + 1))?;
    let said = at.checked_sub(1).is_some_and(|before| clock_words::is_before_hours(words, before));
    let closes = at >= 4 && words.is_any(at - 1, &["et", "e", "y"]) && words.is(at - 3, "h");
    let said = said || closes;
    let form = if said { Form::Colon } else { Form::Hours };
    let minute = words
        .number(at + 2, 2, 2)
        .filter(|minute| *minute < 60 && words.same_line(at + 2) && !words.glued(at + 3));
    let (minute, to) = match minute {
        Some(minute) => (minute, at + 3),
        None if said && !words.glued(at + 2) => (0, at + 2),
        None => return None,
    };
    opens_freely(words, at, false).then(|| raw(words, at, to, (hour, minute, None), None, form))
}

/// `10時30分`, `10시 30분`, `10点半`, `10 Uhr`, `10 Uhr 30`.
fn by_word(words: &Words, at: usize) -> Option<Raw> {
    let hour =
        words.number(at, 1, 2).filter(|_| words.may(at + 1, word_class::HOUR) && words.same_line(at + 1))?;
    let unspaced = !words.is(at + 1, "Uhr");
    let closed = |at: usize| if unspaced { words.is_any(at, &["分", "분"]) } else { !words.glued(at) };
    let minute =
        words.number(at + 2, 1, 2).filter(|minute| *minute < 60 && words.same_line(at + 2) && closed(at + 3));
    let (minute, to) = match minute {
        Some(minute) => (minute, at + 3 + usize::from(unspaced)),
        None if words.is_any(at + 2, &["半", "반"]) => (30, at + 3),
        // "3点" may count points.
        None if words.is_any(at + 1, &["点", "點"]) && clock_words::half_before(words, at).is_none() => {
            return None;
        }
        None => (0, at + 2),
    };
    (hour <= 24 && opens_freely(words, at, false))
        .then(|| raw(words, at, to, (hour, minute, None), None, Form::Colon))
}

/// `0930 UTC`, `1430h`: four digits count only beside a zone or `hours`.
fn compact(words: &Words, at: usize) -> Option<Raw> {
    let both = words.number(at, 4, 4)?;
    let (hour, minute) = (both / 100, both % 100);
    if hour > 23 || minute > 59 || !opens_freely(words, at, false) {
        return None;
    }
    let zone = !matches!(words.mark(at + 1), Some('+' | '-' | '–'))
        && zone::after_clock(words, at + 1, false).is_some();
    let military = words.is_any(at + 1, &["hrs", "hours"])
        && words.str(at).starts_with(['0', '1', '2'])
        && minute % 5 == 0
        && hour < 24;
    let glued_h = words.is(at + 1, "h") && words.glued(at + 1);
    let as_hours = military && words.str(at).starts_with('0');
    let opens_range = || {
        connector(words, at + 1)
            .is_some_and(|next| words.number(next, 4, 4).is_some() && ends_range(words, next))
    };
    (zone || glued_h || as_hours || opens_range())
        .then(|| raw(words, at, at + 1, (hour, minute, None), None, Form::Compact))
}

/// `2100 UTC` of `1900 and 2100 UTC`: the second of two times without a colon, beside a zone.
fn ends_range(words: &Words, at: usize) -> bool {
    compact(words, at).is_some_and(|second| second.clock.zone.is_some())
}

/// `08.47`: two digits, a dot, two digits, and nothing that makes it a number of something.
fn dotted(words: &Words, at: usize) -> Option<Raw> {
    let hour = words.number(at, 1, 2).filter(|hour| *hour < 24)?;
    let minute = words.number(at + 2, 2, 2).filter(|minute| *minute < 60)?;
    if !words.is_mark(at + 1, '.') || !tight(words, at + 1, at + 2) || !opens_freely(words, at, false) {
        return None;
    }
    let half = half_at(words, at + 3);
    let opens = opens_line(words, at);
    let said = clock_words::is_said(words, at, at + 3);
    let two = words.str(at).len() == 2 || half.is_some() || opens || said;
    let more = words.glued(at + 3)
        && (matches!(words.mark(at + 3), Some('%' | '/' | '_' | ':'))
            || words.word(at + 3).is_some() && half.is_none());
    let longer =
        words.is_mark(at + 3, '.') && words.glued(at + 4) && words.piece(at + 4).is_some() && half.is_none();
    let day = opens && date::is_german(words, at);
    (two && !more && !longer && !day).then(|| {
        raw(words, at, at + 3, (hour, minute, None), half, if said { Form::Colon } else { Form::Dotted })
    })
}

/// Whether nothing but marks stands before `at`: `9.06 Ana looks at the log`.
fn opens_line(words: &Words, at: usize) -> bool {
    at <= 2 && (0..at).all(|before| words.mark(before).is_some())
}

/// `noon`, `midnight`, `minuit`, `midi`.
fn named(words: &Words, at: usize) -> Option<Raw> {
    let hour = match words.word(at)? {
        "noon" | "Noon" | "midday" | "midi" => 12,
        "midnight" | "Midnight" | "minuit" => 0,
        _ => return None,
    };
    Some(raw(words, at, at + 1, (hour, 0, None), None, Form::Word))
}

/// `T+15min`, `T + 1h`, `T-5`.
fn elapsed(words: &Words, at: usize) -> Option<Raw> {
    let sign = match words.mark(at + 1)? {
        '+' => 1,
        '-' | '−' | '–' => -1,
        _ => return None,
    };
    let count = words
        .number(at + 2, 1, 4)
        .filter(|_| words.str(at) == "T" && words.same_line(at + 2) && !words.glued(at))?;
    let unit = words.word(at + 3).map(str::to_ascii_lowercase).filter(|_| words.same_line(at + 3));
    let (minutes, to) = match unit.as_deref() {
        Some("h" | "hr" | "hrs" | "hour" | "hours") => (count * 60, at + 4),
        Some("m" | "min" | "mins" | "minute" | "minutes") => (count, at + 4),
        _ => (count, at + 3),
    };
    let mut raw = raw(words, at, to, (0, 0, None), None, Form::Elapsed);
    raw.clock.at = At::Elapsed(sign * minutes);
    Some(raw)
}

/// `--:--`, `HH:MM`, `hh:mm:ss`, `??:??`, `XX:XX`.
fn blank(words: &Words, at: usize) -> Option<Raw> {
    let filler = words.mark(at).filter(|mark| matches!(mark, '-' | '?' | '_'))?;
    let shape = [filler, filler, ':', filler, filler];
    let fits = shape.iter().zip(at..).all(|(mark, at)| words.is_mark(at, *mark));
    (fits && !words.is_mark(at + 5, filler)).then(|| placeholder(words, at, at + 5))
}

fn placeholder(words: &Words, at: usize, to: usize) -> Raw {
    let mut raw = raw(words, at, to, (0, 0, None), None, Form::Colon);
    raw.clock.at = At::Placeholder;
    raw
}

/// `HH:MM` as a placeholder, or the first number of `1:00 to 2:30 PM` when it has no minutes: `from 1 to 2:30 PM`.
fn bare_hour(words: &Words, at: usize) -> Option<Raw> {
    if words.may(at, word_class::CLOCK)
        && words.is_any(at, &["hh", "xx"])
        && words.is_mark(at + 1, ':')
        && words.is_any(at + 2, &["mm", "xx"])
        && !words.glued(at)
    {
        return Some(placeholder(words, at, at + 3));
    }
    let hour = words.number(at, 1, 2).filter(|hour| (1..=12).contains(hour))?;
    let next = connector(words, at + 1)?;
    let second =
        clock_at(words, next).filter(|second| second.half.is_some() && second.clock.time().is_some())?;
    let from = at.checked_sub(1).is_some_and(|before| words.is_any(before, &["from", "between"]));
    let tight = words.is_dash(at + 1) && second.hour <= 12;
    ((from || tight) && opens_freely(words, at, false))
        .then(|| raw(words, at, at + 1, (hour, 0, None), None, Form::Meridiem))
}

fn raw(
    words: &Words,
    from: usize,
    to: usize,
    (hour, minute, second): (i32, i32, Option<i32>),
    half: Option<(Half, usize)>,
    form: Form,
) -> Raw {
    let to = half.map_or(to, |(_, next)| next);
    let before = clock_words::half_before(words, from)
        .map(|(pm, whole)| (if pm { Half::Pm } else { Half::Am }, whole));
    let half = half.map(|(half, _)| half).or(before.map(|(half, _)| half));
    let hour = if before.is_some() && half == Some(Half::Pm) && hour == 0 { 12 } else { hour };
    let from = from - usize::from(before.is_some_and(|(_, whole)| whole));
    let hours_word = words.same_line(to)
        && words.is_any(to, &["hrs", "hours", "h", "Uhr"])
        && matches!(form, Form::Colon | Form::Compact);
    let to = to + usize::from(hours_word);
    let about = clock_words::is_about(words, to);
    let to = to + usize::from(about);
    let zone = zone::after_clock(words, to, second.is_some());
    let next = zone.as_ref().map_or(to, |(_, next)| *next);
    let clock = Clock {
        at: time_of(hour, minute, second.unwrap_or(0), half),
        form: if half.is_some() { Form::Meridiem } else { form },
        approximate: about || approximate(words, from),
        part: Part::Alone,
        zone: zone.map(|(zone, _)| zone),
    };
    Raw { from, to, next, hour, half, clock }
}

/// The time of day; `14:00 PM` is read as the 24-hour time that it also is.
fn time_of(hour: i32, minute: i32, second: i32, half: Option<Half>) -> At {
    let hour = match half {
        Some(Half::Am) if hour == 12 => 0,
        Some(Half::Pm) if (1..12).contains(&hour) => hour + 12,
        Some(Half::Am) if hour > 12 => return At::Impossible,
        Some(Half::Pm) if hour == 0 => return At::Impossible,
        _ => hour,
    };
    let fit = |n: i32| i8::try_from(n).unwrap_or(i8::MAX);
    Time::new(fit(hour), fit(minute), fit(second), 0).map_or(At::Impossible, At::Time)
}

/// `AM`, `pm`, `a.m.`, `p. m.` at `at`, and the piece after it.
fn half_at(words: &Words, at: usize) -> Option<(Half, usize)> {
    if !words.same_line(at) {
        return None;
    }
    let half = |word: &str| match word.as_bytes().first() {
        Some(b'a' | b'A') => Half::Am,
        _ => Half::Pm,
    };
    let word = words.word(at)?;
    if matches!(word, "AM" | "PM" | "am" | "pm" | "Am" | "Pm" | "aM" | "pM") {
        return Some((half(word), at + 1));
    }
    let letter = matches!(word, "a" | "p" | "A" | "P");
    let dotted = letter && words.is_mark(at + 1, '.') && words.is(at + 2, "m") && words.same_line(at + 2);
    let last_dot = words.is_mark(at + 3, '.') && words.glued(at + 3);
    dotted.then(|| (half(word), at + 3 + usize::from(last_dot)))
}

/// Whether a clock time may start at `at`: not inside a number, an address, a version or an amount.
fn opens_freely(words: &Words, at: usize, has_half: bool) -> bool {
    let Some(before) = words.glued_before(at) else { return true };
    match words.mark(at - 1) {
        Some('.' | ':') => {
            let list_number = at >= 2 && words.number(at - 2, 1, 2).is_some() && !words.glued(at - 2);
            let free = !words.glued(at - 1) || words.word(at - 2).is_none() && words.digits(at - 2).is_none();
            free || (has_half && list_number) || after_log_date(words, at)
        }
        Some('$' | '€' | '£' | '#' | '+' | '%' | '@') => false,
        Some('-') => {
            !words.glued(at - 1) || at < 2 || words.digits(at - 2).is_none() || clock_ends(words, at - 2)
        }
        Some(_) => before.end > 0,
        None => words.str(at - 1) == "T",
    }
}

/// `06/May/2022:14:17:02`: the colon between a date and its time.
fn after_log_date(words: &Words, at: usize) -> bool {
    let year = at >= 2 && words.is_mark(at - 1, ':') && words.number(at - 2, 4, 4).is_some();
    year && at >= 6 && (at.saturating_sub(6)..at - 2).any(|from| date::starts_at(words, from))
}

/// Whether the digits at `at` can be the minutes of a clock time, so that `10:00-11:00` is a range.
fn clock_ends(words: &Words, at: usize) -> bool {
    words.number(at, 2, 2).is_some() && at > 0 && matches!(words.mark(at - 1), Some(':' | '.'))
}

fn approximate(words: &Words, from: usize) -> bool {
    let Some(before) = from.checked_sub(1) else { return false };
    words.is_mark(before, '~')
        || words.is_mark(before, '≈')
        || words.is_any(
            before,
            &["around", "about", "approximately", "approx", "roughly", "circa", "vers", "nearly", "almost"],
        )
}

fn tight(words: &Words, first: usize, last: usize) -> bool {
    (first..=last).all(|at| words.glued(at))
}

/// The piece behind `-`, `to`, `until`, `and` or their like.
fn connector(words: &Words, at: usize) -> Option<usize> {
    let word = words.is_any(at, &["to", "until", "till", "through", "and"]);
    let joined = word || words.is_dash(at) || clock_words::leads_to(words, at);
    (words.same_line(at) && words.same_line(at + 1) && joined).then_some(at + 1)
}

fn opens_range(words: &Words, first: &Raw, second: &Raw) -> bool {
    let filler = |at: usize| {
        words.is_any(at, &["about", "around", "approximately", "roughly"]) || words.is_mark(at, '~')
    };
    let meets = |at: usize| at == second.from || (filler(at) && at + 1 == second.from);
    let joined = connector(words, first.next).is_some_and(meets);
    // "at 10:00 and 11:00" tells two times, "between 10:00 and 11:00" one span.
    let between =
        !words.is(first.next, "and") || first.from.checked_sub(1).is_some_and(|at| words.is(at, "between"));
    let times = first.clock.time().is_some() && second.clock.time().is_some();
    joined && between && times && first.clock.part != Part::From
}

/// Marks both ends; a first time without `AM` or `PM` takes the half of the day that puts it before the second.
fn join(first: &mut Raw, second: &mut Raw) {
    first.clock.part = Part::From;
    second.clock.part = Part::To;
    let (Some(half), None) = (second.half, first.half) else { return };
    let Some(time) = first.clock.time().filter(|_| (1..=12).contains(&first.hour)) else { return };
    let with = |half: Half| time_of(first.hour, time.minute().into(), time.second().into(), Some(half));
    let other = if half == Half::Am { Half::Pm } else { Half::Am };
    let before = |at: At| matches!((at, second.clock.at), (At::Time(a), At::Time(b)) if a <= b);
    first.clock.at =
        if before(with(half)) || !before(with(other)) && half == Half::Pm { with(half) } else { with(other) };
    first.clock.form = Form::Meridiem;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(found: &Found<Clock>) -> String {
        let clock = &found.value;
        let at = match clock.at {
            At::Time(time) if time.second() == 0 => time.strftime("%H:%M").to_string(),
            At::Time(time) => time.strftime("%H:%M:%S").to_string(),
            At::Elapsed(minutes) => format!("{minutes:+}"),
            At::Placeholder => "placeholder".to_owned(),
            At::Impossible => "impossible".to_owned(),
        };
        let about = if clock.approximate { "~" } else { "" };
        let part = match clock.part {
            Part::Alone => "",
            Part::From => " from",
            Part::To => " to",
        };
        let zone = clock.zone.as_ref().map_or(String::new(), |zone| format!(" {}", zone.value.name));
        format!("{about}{at}{zone}{part}")
    }

    fn check(cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            let found: Vec<String> = clocks(text).iter().map(shown).collect();
            assert_eq!(found.join(", "), *expected, "in {text:?}");
        }
    }

    #[test]
    fn times_on_both_clocks() {
        check(&[
            ("at 13:05", "13:05"),
            ("8:40", "08:40"),
            ("13:05:33", "13:05:33"),
            ("14:51:02.120 ok", "14:51:02"),
            ("10:05 AM: x", "10:05"),
            ("5:50pm", "17:50"),
            ("12:05 a.m. and 12:05 p.m.", "00:05, 12:05"),
            ("6 PM", "18:00"),
            ("~11 AM", "~11:00"),
            ("around 3pm", "~15:00"),
            ("noon, midnight", "12:00, 00:00"),
            ("14h30", "14:30"),
            ("de 14h à 15h30", "14:00 from, 15:30 to"),
            ("14:00 PM", "14:00"),
            ("10.12:30 PM UTC: x", "12:30 UTC"),
            ("08.47 alex: x", "08:47"),
            ("0930 UTC", "09:30 UTC"),
            ("1430h", "14:30"),
            ("[06/May/2022:14:17:02 +0000]", "14:17:02 +0000"),
        ]);
    }

    #[test]
    fn zones_behind_times() {
        check(&[
            ("10:00 (EST)", "10:00 EST"),
            ("2:00 PM UTC", "14:00 UTC"),
            ("2:00 PM Eastern Standard Time", "14:00 Eastern Standard Time"),
            ("6 PM Pacific", "18:00 Pacific"),
            ("2022-03-10T08:19:34+0100", "08:19:34 +0100"),
            ("2022-03-10T08:19:34Z", "08:19:34 UTC"),
            ("8:00 GMT+1", "08:00 GMT+1"),
            ("10:00 est", "10:00 est"),
        ]);
    }

    #[test]
    fn times_of_other_languages() {
        check(&[
            ("10:30 Uhr", "10:30"),
            ("um 10 Uhr 30", "10:30"),
            ("von 09.05 bis 10.15 Uhr", "09:05 from, 10:15 to"),
            ("kl. 9.05", "09:05"),
            ("kl 14:30 til 15:10", "14:30 from, 15:10 to"),
            ("午前10時30分頃〜10:45頃", "~10:30 from, ~10:45 to"),
            ("午後0時5分から午後3時まで", "12:05 from, 15:00 to"),
            ("3月1日１０：３０に", "10:30"),
            ("오후 2시 5분", "14:05"),
            ("下午3点半", "15:30"),
            ("10点20分", "10:20"),
            ("改善点は3点", ""),
            ("10時間", ""),
        ]);
    }

    #[test]
    fn ranges() {
        check(&[
            ("9:00 AM - 10:15 AM", "09:00 from, 10:15 to"),
            ("from 1:00 to 2:30 PM EST", "13:00 from, 14:30 EST to"),
            ("11:00 - 1:30 PM", "11:00 from, 13:30 to"),
            ("10:00-11:00 UTC", "10:00 from, 11:00 UTC to"),
            ("from 1 to 2:30 PM", "13:00 from, 14:30 to"),
            ("between 10:00 and 11:00", "10:00 from, 11:00 to"),
            ("at 10:00 and 11:00", "10:00, 11:00"),
            ("10:00 UTC until about 11:00 UTC", "10:00 UTC from, ~11:00 UTC to"),
        ]);
    }

    #[test]
    fn placeholders_impossible_and_relative_times() {
        check(&[
            ("--:--", "placeholder"),
            ("HH:MM", "placeholder"),
            ("25:61", "impossible"),
            ("13:00 AM", "impossible"),
            ("T+15min", "+15"),
            ("T+2h: x", "+120"),
        ]);
    }

    #[test]
    fn what_is_no_time() {
        check(&[
            ("10.0.12.30", ""),
            ("http://localhost:8080", ""),
            ("main.rs:12:34", ""),
            ("00:1b:44:11:3a:b7", ""),
            ("ratio 3:1", ""),
            ("$10.50", ""),
            ("10.50% of", ""),
            ("in 2015 UTC became", "20:15 UTC"),
            ("2019", ""),
            ("10.43ms", ""),
            ("I am 6 amps", ""),
        ]);
    }
}
