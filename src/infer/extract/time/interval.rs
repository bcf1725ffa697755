//! From dates and clock times in a text to a stretch of time: when it began and
//! when it ended, as one sentence or one value tells it.

use crate::incident::Moment;
use crate::infer::context::date_hints::Hints;
use crate::language::locale;
use crate::language::work_counter;
use crate::language::{self, Clock, Found, Part, Times, Written, Zone};
use jiff::civil::Date;
use std::ops::Range;

/// A moment and the words it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    pub moment: Moment,
    /// The clock time, or the date where there is none.
    pub range: Range<usize>,
    pub zone: Option<Found<Zone>>,
    /// Whether a day is written beside the time that nothing can tell: the time is of no other day.
    pub of_unknown_day: bool,
}

impl Spot {
    fn of_day(date: Option<Date>, range: Range<usize>) -> Spot {
        Spot { moment: Moment { date, time: None }, range, zone: None, of_unknown_day: false }
    }
}

/// A beginning, an end, or both.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stretch {
    pub from: Option<Spot>,
    pub to: Option<Spot>,
}

/// Words that lead from a beginning to the end right behind them.
const CONNECT: &[&str] = &["to", "until", "till", "through", "à", "au", "até", "jusqu", "lasting", "end"];

/// Words of what happened at an end; the time may stand some words behind them.
const ENDED: &[&str] =
    &["ending", "ended", "ends", "resolved", "stopped", "restored", "recovered", "fixed", "lasted"];

/// Words that may stand between these and a time.
const FILLERS: &[&str] = &[
    "about",
    "around",
    "approximately",
    "approx",
    "roughly",
    "nearly",
    "almost",
    "circa",
    "ca",
    "at",
    "on",
    "by",
    "time",
    "date",
    "the",
    "approximate",
    "environ",
    "vers",
];

/// Words in front of a lone clock time that make it an end.
const UNTIL: &[&str] =
    &["until", "till", "ended", "ending", "resolved", "restored", "fixed", "recovered", "re-established"];

/// Words in front of a lone clock time by which it bounds something, and begins nothing.
const BOUND: &[&str] = &["before", "by", "prior", "than"];

/// Words some way in front of it by which it comes again and again.
const RECURRING: &[&str] = &["every", "each", "daily", "nightly", "weekly", "usually", "normally"];

/// Farthest apart, in bytes without the days between them, that the two ends of a stretch may stand.
const REACH: usize = 90;

/// A date and where it stands.
#[derive(Debug, Clone)]
struct Day {
    range: Range<usize>,
    first: Option<Date>,
    last: Option<Date>,
}

/// Dates and clock times of one part of a text.
struct Items<'t> {
    text: &'t str,
    within: Range<usize>,
    days: Vec<Day>,
    clocks: Vec<&'t Found<Clock>>,
}

impl Stretch {
    /// The stretch that `text[within]` tells. Times that the text does not give stay open.
    pub fn of(text: &str, times: &Times, within: Range<usize>, hints: &Hints) -> Option<Stretch> {
        let items = Items::of(text, times, within, hints);
        items.pair().or_else(|| items.lone())
    }

    /// A day that stands in `range`.
    pub fn day(day: Date, range: Range<usize>) -> Stretch {
        Stretch { from: Some(Spot::of_day(Some(day), range)), to: None }
    }

    /// The days alone.
    pub fn without_times(self) -> Stretch {
        let day = |spot: Spot| Spot { moment: Moment { time: None, ..spot.moment }, zone: None, ..spot };
        Stretch { from: self.from.map(day), to: None }
    }

    /// The same on a day that its words give in another way, where they give none.
    pub fn on(mut self, day: Date) -> Stretch {
        let undated = [&self.from, &self.to].into_iter().flatten().all(|spot| spot.moment.date.is_none());
        if undated && let Some(from) = &mut self.from {
            from.moment.date = Some(day);
        }
        self
    }
}

impl<'t> Items<'t> {
    fn of(text: &'t str, times: &'t Times, within: Range<usize>, hints: &Hints) -> Items<'t> {
        let inside = |range: &Range<usize>| within.start <= range.start && range.end <= within.end;
        let day = |found: &Found<Written>| {
            let last = match found.value {
                Written::Days(_, last) => Some(last),
                _ => None,
            };
            Day { range: found.range.clone(), first: hints.resolve(found.value), last }
        };
        let days = language::within(&times.dates, &within)
            .iter()
            .filter(|found| inside(&found.range))
            .map(day)
            .collect();
        let clocks = language::within(&times.clocks, &within).iter().filter(|found| {
            inside(&found.range) && found.value.time().is_some() && found.value.form.is_certain()
        });
        Items { text, days, clocks: clocks.collect(), within }
    }

    /// Two clock times that belong together: `from 1:00 PM to 2:30 PM EST on April 20, 2023`.
    fn pair(&self) -> Option<Stretch> {
        let at = self.clocks.windows(2).position(|pair| self.belong(pair[0], pair[1]))?;
        let (first, second) = (self.clocks[at], self.clocks[at + 1]);
        let connector = self.connector(first, second);
        let before = self.days.iter().rfind(|day| day.range.end <= first.range.start);
        let between = |from: usize, to: usize| {
            self.days.iter().find(|day| from <= day.range.start && day.range.end <= to)
        };
        let own = between(end_of(first), connector);
        let seconds = between(connector, second.range.start);
        let behind = self.days.iter().find(|day| self.follows(second, day));
        let start = own.or(before).or(behind.filter(|_| seconds.is_none())).or(seconds);
        let end = seconds.or(behind.filter(|_| own.is_some() || before.is_none())).or(start);
        let shared = match (start, end) {
            (Some(a), Some(b)) => a.range == b.range,
            _ => true,
        };
        let from = spot(first, start, start.and_then(|day| day.first));
        let to_day = end.and_then(|day| if shared { day.last.or(day.first) } else { day.first });
        let mut to = spot(second, end, to_day);
        if shared && end.is_some_and(|day| day.last.is_none()) && to.moment.time < from.moment.time {
            to.moment.date = to.moment.date.and_then(|date| date.tomorrow().ok());
        }
        // Of several windows none is the length of the outage.
        let to = Some(to).filter(|_| !self.comes_again(at + 2));
        Some(Stretch { from: Some(from), to })
    }

    /// `… and again from 15:20 to 15:41`.
    fn comes_again(&self, from: usize) -> bool {
        let (Some(first), Some(last)) = (self.clocks.get(from), self.clocks.get(from + 1)) else {
            return false;
        };
        let gap = end_of(self.clocks[from - 1])..first.range.start;
        let words = self.text.get(gap).filter(|words| words.len() <= REACH && !words.contains(". "));
        let again = |words: &str| words.split(|c: char| !c.is_alphabetic()).any(|word| word == "again");
        words.is_some_and(again) && self.belong(first, last)
    }

    /// Whether two clock times are the ends of one stretch.
    fn belong(&self, first: &Found<Clock>, second: &Found<Clock>) -> bool {
        if first.value.part == Part::From && second.value.part == Part::To {
            return true;
        }
        work_counter::look(1);
        let gap = end_of(first)..second.range.start;
        gap.start < gap.end
            && gap.len() <= 2 * REACH
            && self.without_days(gap.clone()).len() <= REACH
            && self.leads(gap.clone(), first)
            && !self.text[gap].contains(['\n', ';'])
    }

    /// Whether the words in `gap`, dates left out, lead from a beginning to an end.
    fn leads(&self, gap: Range<usize>, first: &Found<Clock>) -> bool {
        let words = self.without_days(gap.clone());
        let dash = words.split_whitespace().any(|word| matches!(word, "-" | "–" | "—" | "--" | "→" | "->"))
            || matches!(words.trim(), "-" | "–" | "—");
        let spoken: Vec<&str> =
            words.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
        let is_one = |word: &str, list: &[&str]| list.iter().any(|other| other.eq_ignore_ascii_case(word));
        let last = spoken.iter().rev().find(|word| !is_one(word, FILLERS));
        let connects =
            last.is_some_and(|word| is_one(word, CONNECT)) || spoken.iter().any(|word| is_one(word, ENDED));
        let between = || {
            let from = floor(self.text, self.within.start.max(first.range.start.saturating_sub(60)));
            let before = self.text[from..first.range.start].to_lowercase();
            let opens = |word: &str| {
                word == "between" || locale::words("words", "between").any(|other| other == word)
            };
            let joins =
                |word: &str| word == "and" || locale::words("words", "and").any(|other| other == word);
            before.split(|c: char| !c.is_alphabetic()).any(opens) && words.split_whitespace().any(joins)
        };
        let sentence = words.contains(". ");
        !sentence && (dash || connects || between())
    }

    fn without_days(&self, gap: Range<usize>) -> String {
        let mut words = String::new();
        let mut at = gap.start;
        let from = self.days.partition_point(|day| day.range.start < gap.start);
        for day in self.days[from..].iter().take_while(|day| day.range.end <= gap.end) {
            work_counter::look(1);
            words.push_str(&self.text[at..day.range.start.max(at)]);
            words.push(' ');
            at = day.range.end;
        }
        words.push_str(&self.text[at.min(gap.end)..gap.end]);
        words
    }

    /// Where the word stands that leads from the first clock time to the second.
    fn connector(&self, first: &Found<Clock>, second: &Found<Clock>) -> usize {
        let gap = end_of(first)..second.range.start.max(end_of(first));
        let words = &self.text[gap.clone()];
        let mut at = 0;
        for piece in words.split_inclusive(|c: char| c.is_whitespace()) {
            let word = piece.trim().trim_matches([',', ':', '(', ')']);
            let inside_day = self.days.iter().any(|day| day.range.contains(&(gap.start + at)));
            let dash = matches!(word, "-" | "–" | "—" | "--" | "→" | "->" | "and");
            let connects = || CONNECT.iter().chain(ENDED).any(|other| other.eq_ignore_ascii_case(word));
            if !inside_day && (dash || connects() || word.to_lowercase().starts_with("end")) {
                return gap.start + at;
            }
            at += piece.len();
        }
        gap.end
    }

    /// Whether a date stands right behind a clock time: `2:00 PM on May 8th`, `10:00 AM (EST), May 8`.
    fn follows(&self, clock: &Found<Clock>, day: &Day) -> bool {
        let end = end_of(clock);
        if day.range.start < end {
            return false;
        }
        let gap = &self.text[end..day.range.start];
        let zone_in_brackets = gap.trim_start().starts_with('(') && gap.len() <= 40;
        !gap.contains(['\n', ';']) && !gap.contains(". ") && (gap.len() <= 16 || zone_in_brackets)
    }

    /// Whether a date stands right before a clock time: `17 December 2024 at 12:21`.
    fn leads_to(&self, day: &Day, clock: &Found<Clock>) -> bool {
        let gap = self.text.get(day.range.end..clock.range.start).unwrap_or("far from it");
        gap.len() <= 5 && !gap.contains('\n')
    }

    /// One clock time alone: a beginning, unless a word says that it is the end.
    fn lone(&self) -> Option<Stretch> {
        let Some(clock) = self.clocks.first() else {
            let day = self.days.iter().find(|day| day.first.is_some())?;
            let spot = |date: Option<Date>| Spot::of_day(date, day.range.clone());
            return Some(Stretch { from: Some(spot(day.first)), to: day.last.map(|last| spot(Some(last))) });
        };
        let before = self.days.iter().rfind(|day| day.range.end <= clock.range.start);
        let day = before.or_else(|| self.days.iter().find(|day| self.follows(clock, day)));
        let spot = spot(clock, day, day.and_then(|day| day.first));
        if !self.is_end(clock) {
            return Some(Stretch { from: Some(spot).filter(|_| !self.is_bound(clock)), to: None })
                .filter(|found| found.from.is_some());
        }
        let is_near = |day: &Day| self.follows(clock, day) || self.leads_to(day, clock);
        let date = spot.moment.date.filter(|_| day.is_some_and(is_near));
        Some(Stretch { from: None, to: Some(Spot { moment: Moment { date, ..spot.moment }, ..spot }) })
    }

    fn is_end(&self, clock: &Found<Clock>) -> bool {
        let mut before = self.words_before(clock);
        let to = before.next().is_some_and(|word| word.eq_ignore_ascii_case("to"));
        to || self
            .words_before(clock)
            .take(3)
            .any(|word| UNTIL.iter().any(|until| until.eq_ignore_ascii_case(word)))
    }

    /// `issued before 12:30`, `daily at 03:30`: nothing began then.
    fn is_bound(&self, clock: &Found<Clock>) -> bool {
        let is_one = |word: &str, list: &[&str]| list.iter().any(|other| other.eq_ignore_ascii_case(word));
        self.words_before(clock).take(2).any(|word| is_one(word, BOUND))
            || self.words_before(clock).take(5).any(|word| is_one(word, RECURRING))
    }

    /// The words in front of a clock time, dates left out, the nearest first.
    fn words_before(&self, clock: &Found<Clock>) -> impl Iterator<Item = &'t str> {
        let from = floor(self.text, self.within.start.max(clock.range.start.saturating_sub(40)));
        let day = self.days.iter().rfind(|day| day.range.end <= clock.range.start && day.range.start >= from);
        let end = day
            .filter(|day| clock.range.start - day.range.end <= 4)
            .map_or(clock.range.start, |day| day.range.start);
        let parts = self.text[from..end].split(|c: char| !c.is_alphabetic() && c != '-');
        parts.filter(|word| word.chars().any(char::is_alphabetic)).rev()
    }
}

/// Where a clock time with its zone ends.
fn end_of(clock: &Found<Clock>) -> usize {
    clock.value.zone.as_ref().map_or(clock.range.end, |zone| zone.range.end.max(clock.range.end))
}

/// A time on `date`, as far as the day that is written with it tells one.
fn spot(clock: &Found<Clock>, written: Option<&Day>, date: Option<Date>) -> Spot {
    let moment = Moment { date, time: clock.value.time() };
    let of_unknown_day = written.is_some() && date.is_none();
    Spot { moment, range: clock.range.clone(), zone: clock.value.zone.clone(), of_unknown_day }
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let hints = Hints { years: vec![2024], ..Hints::default() };
        let stretch = Stretch::of(text, &Times::of(text), 0..text.len(), &hints).unwrap_or_default();
        let moment = |spot: &Option<Spot>| {
            let Some(spot) = spot else { return "?".to_owned() };
            let date = spot.moment.date.map_or(String::new(), |date| format!("{date} "));
            format!("{date}{}", spot.moment.clock().unwrap_or_default())
        };
        format!("{} .. {}", moment(&stretch.from), moment(&stretch.to))
    }

    #[test]
    fn both_ends_in_one_sentence() {
        for (text, expected) in [
            ("from 1:00 PM to 2:30 PM EST on April 20, 2023", "2023-04-20 13:00 .. 2023-04-20 14:30"),
            ("On May 10th, 2023, from 1:00 PM to 2:30 PM EST, users", "2023-05-10 13:00 .. 2023-05-10 14:30"),
            (
                "2024-06-20 14:00 UTC to 2024-06-20 16:30 UTC (2 hours)",
                "2024-06-20 14:00 .. 2024-06-20 16:30",
            ),
            (
                "January 15, 2022, 2:00 PM EST to January 16, 2022, 10:00 AM EST",
                "2022-01-15 14:00 .. 2022-01-16 10:00",
            ),
            (
                "March 14, 2024, 10:00 M — March 15, 2024, 2:00 PM (UTC)",
                "2024-03-14 10:00 .. 2024-03-15 14:00",
            ),
            (
                "Between approximately 2025-07-30 21:27 UTC and 2025-07-31 07:27 UTC",
                "2025-07-30 21:27 .. 2025-07-31 07:27",
            ),
            (
                "06/May/2022 2:17 PM (GMT) End-time: 06/May/2022 3:07 PM (GMT)",
                "2022-05-06 14:17 .. 2022-05-06 15:07",
            ),
            (
                "starting at 25/03/2025 10:00 AM and ending at 12:00 PM GMT",
                "2025-03-25 10:00 .. 2025-03-25 12:00",
            ),
            ("from 10 PM on May 8 to 2 AM on May 9", "2024-05-08 22:00 .. 2024-05-09 02:00"),
            ("May 8, 11 PM - 1 AM", "2024-05-08 23:00 .. 2024-05-09 01:00"),
            (
                "on August 10th from about 7:08 UTC until 10:40 UTC, and again",
                "2024-08-10 07:08 .. 2024-08-10 10:40",
            ),
            ("8:00 - 9:15", "08:00 .. 09:15"),
            ("Le 23 janvier nous avons vu entre 17h15 et 17h30", "2024-01-23 17:15 .. 2024-01-23 17:30"),
            ("between the hours of 1900 and 2100 UTC", "19:00 .. 21:00"),
            (
                "from 10:00 on May 3 until it was fixed by restarting at 11:30",
                "2024-05-03 10:00 .. 2024-05-03 11:30",
            ),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn one_end_or_only_a_day() {
        for (text, expected) in [
            ("until approximately 10:45am this morning", "? .. 10:45"),
            ("On February 28th, 2023 at approximately 01:55 UTC", "2023-02-28 01:55 .. ?"),
            ("at 14:00 we saw, and at 15:00 we knew", "14:00 .. ?"),
            ("January 14-19, 2026", "2026-01-14  .. 2026-01-19 "),
            ("slow around 11:00 and moved to a full outage by 17:00", "11:00 .. ?"),
            ("load started to increase at 13:35", "13:35 .. ?"),
            ("tokens issued before 2024-05-03 12:30 UTC", "? .. ?"),
            ("a backup runs daily at 03:30", "? .. ?"),
            ("was fixed at 11am GMT on 3 May 2024", "? .. 2024-05-03 11:00"),
            ("nothing", "? .. ?"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
