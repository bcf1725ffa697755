//! Time zones as people name them.

use crate::language::Found;
use crate::language::tokens::Words;
use crate::language::word_class;
use crate::language::word_table::Names;
use crate::language::zone_names::{ABBREVIATIONS, ONLY_BESIDE_A_CLOCK, REGIONS, Rule, TIME_OF};
use std::sync::LazyLock;

/// A zone as written, and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    pub name: String,
    pub rule: Rule,
}

/// Every zone that `text` names, in order.
pub fn zones(text: &str) -> Vec<Found<Zone>> {
    read(&Words::of(text))
}

/// Every zone among `words`: those that need no clock time beside them to be recognised.
pub fn read(words: &Words) -> Vec<Found<Zone>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = words.next(at, word_class::ZONE) {
        at = next;
        match zone_at(words, at, false) {
            Some((zone, next)) => {
                found.push(zone);
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

/// The zone that stands right behind a clock time: also `Pacific`, `+0100`, `Z`, `(EST)`, `PT`.
/// A minus behind a time without seconds, as in `10:00-11:00`, opens a range instead.
pub fn after_clock(words: &Words, at: usize, has_seconds: bool) -> Option<(Found<Zone>, usize)> {
    if !words.same_line(at) {
        return None;
    }
    let bracket = matches!(words.mark(at), Some('(' | '['));
    if let Some((zone, next)) = zone_at(words, at + usize::from(bracket), true) {
        let closed = usize::from(bracket && matches!(words.mark(next), Some(')' | ']')));
        return Some((zone, next + closed));
    }
    if words.glued(at) && words.word(at) == Some("Z") && !words.glued(at + 1) {
        let mut zulu = found(words, at, at + 1, Rule::Offset(0));
        zulu.value.name = "UTC".to_owned();
        return Some((zulu, at + 1));
    }
    let four = words.str(at + 1).len() == 4;
    let signed = words.is_mark(at, '+') || four || has_seconds;
    let (minutes, next) = offset(words, at).filter(|_| signed && (words.glued(at) || four))?;
    Some((found(words, at, next, rule(minutes)), next))
}

/// The zone that starts at `at`; `beside_clock` lets names count that are words as well.
fn zone_at(words: &Words, at: usize, beside_clock: bool) -> Option<(Found<Zone>, usize)> {
    let word = words.word(at).filter(|_| words.may(at, word_class::ZONE))?;
    database_name(words, at)
        .or_else(|| abbreviation(words, at, word, beside_clock))
        .or_else(|| region(words, at, beside_clock))
        .or_else(|| city(words, at, word))
        .or_else(|| time_of_city(words, at))
        .map(|(rule, next)| (found(words, at, next, rule), next))
}

fn found(words: &Words, from: usize, to: usize, rule: Rule) -> Found<Zone> {
    let range = words.start(from)..words.end(to - 1);
    let name = words.text.get(range.clone()).unwrap_or("").to_owned();
    Found { range, value: Zone { name, rule } }
}

/// `UTC`, `EST`, `GMT+1`, `UTC-05:30`, `UTC +2`.
fn abbreviation(words: &Words, at: usize, word: &str, beside_clock: bool) -> Option<(Rule, usize)> {
    static TABLE: LazyLock<Names<(&str, Rule)>> =
        LazyLock::new(|| Names::new(ABBREVIATIONS.iter().map(|row| (row.0, *row))));
    let (name, rule_of_name) = *TABLE.get(word).filter(|row| row.0 == word || beside_clock)?;
    let plain = !words.glued(at)
        || matches!(words.mark(at - 1), Some('(' | '[' | '/' | '*' | '_' | ':'))
        || beside_clock;
    let lower_case_word = word != name && (ONLY_BESIDE_A_CLOCK.contains(&name) || name == "CST");
    if !plain || lower_case_word || (!beside_clock && ONLY_BESIDE_A_CLOCK.contains(&name)) {
        return None;
    }
    if matches!(name, "UTC" | "GMT")
        && let Some((minutes, next)) =
            offset(words, at + 1).filter(|_| words.glued(at + 1) || words.glued(at + 2))
    {
        return Some((rule(minutes), next));
    }
    Some((rule_of_name, at + 1))
}

/// The signed offset at `at`, in minutes east: `+1`, `-05:30`, `+0100`.
fn offset(words: &Words, at: usize) -> Option<(i32, usize)> {
    let sign = match words.mark(at)? {
        '+' => 1,
        '-' | '−' | '–' => -1,
        _ => return None,
    };
    if !words.same_line(at + 1) {
        return None;
    }
    if let Some(both) = words.number(at + 1, 4, 4).filter(|_| words.glued(at + 1)) {
        return Some((sign * (both / 100 * 60 + both % 100), at + 2));
    }
    let hours = words.number(at + 1, 1, 2)?;
    let minutes = words
        .number(at + 3, 2, 2)
        .filter(|_| words.is_mark(at + 2, ':') && words.glued(at + 2) && words.glued(at + 3));
    match minutes {
        Some(minutes) => Some((sign * (hours * 60 + minutes), at + 4)),
        None => Some((sign * hours * 60, at + 2)),
    }
}

/// The zones of the earth lie between twelve hours west and fourteen east.
fn rule(minutes: i32) -> Rule {
    if (-12 * 60..=14 * 60).contains(&minutes) { Rule::Offset(minutes) } else { Rule::Impossible }
}

/// `Eastern Standard Time`, `West African Time`, `eastern US time`, `Pacific`.
fn region(words: &Words, at: usize, beside_clock: bool) -> Option<(Rule, usize)> {
    let names = |names: &[&str]| names.iter().enumerate().all(|(n, name)| words.is(at + n, name));
    let (name, region) = REGIONS.iter().filter(|row| names(row.0)).max_by_key(|row| row.0.len())?;
    let mut next = at + name.len();
    next += usize::from(words.is_any(next, &["us", "european"]));
    let season = match () {
        () if words.is_any(next, &["standard"]) => Some(region.standard),
        () if words.is_any(next, &["daylight", "summer"]) => Some(region.summer),
        () => None,
    };
    next += usize::from(season.is_some());
    next += usize::from(words.is(next, "saving") || words.is(next, "savings"));
    if words.is(next, "time") && words.same_line(next) {
        return Some((season.unwrap_or(region.any), next + 1));
    }
    let capital = words.str(at).starts_with(|c: char| c.is_uppercase());
    (beside_clock && capital && name.len() == 1 && matches!(region.any, Rule::Named(_)))
        .then_some((region.any, next))
}

/// `Europe/Paris`, `US/Pacific`, `America/Argentina/Salta`.
fn database_name(words: &Words, at: usize) -> Option<(Rule, usize)> {
    if !words.is_mark(at + 1, '/')
        || !words.glued(at + 1)
        || !words.glued(at + 2)
        || words.glued_before(at).is_some_and(|p| p.end == 0)
    {
        return None;
    }
    let part = |at: usize| words.word(at).is_some() || matches!(words.mark(at), Some('/' | '_'));
    let end = (at + 2..at + 8).take_while(|at| words.glued(*at) && part(*at)).last()? + 1;
    let written = words.text.get(words.start(at)..words.end(end - 1))?;
    database().names.get(written).map(|name| (Rule::Named(name), end))
}

/// `heure de Paris`, `horário de Brasília`, `hora de Lisboa`.
fn time_of_city(words: &Words, at: usize) -> Option<(Rule, usize)> {
    let of =
        words.is_any(at, TIME_OF) && words.is_any(at + 1, &["de", "da", "do"]) && words.same_line(at + 2);
    let city = words.word(at + 2).filter(|city| of && city.starts_with(|c: char| c.is_uppercase()))?;
    let region =
        || REGIONS.iter().find(|row| row.0.len() == 1 && words.is(at + 2, row.0[0])).map(|row| row.1.any);
    let rule = database().cities.get(city).map(|name| Rule::Named(name)).or_else(region)?;
    Some((rule, at + 3))
}

/// `Kigali Time`: the zone of a city that has one in the database.
fn city(words: &Words, at: usize, word: &str) -> Option<(Rule, usize)> {
    let capital = word.len() > 2 && word.starts_with(|c: char| c.is_uppercase());
    if !capital || !words.is(at + 1, "time") || !words.same_line(at + 1) || words.glued(at + 1) {
        return None;
    }
    database().cities.get(word).map(|name| (Rule::Named(name), at + 2))
}

/// The names of the bundled zone database.
struct Database {
    names: Names<&'static str>,
    /// Their last parts, each with the first name that ends so.
    cities: Names<&'static str>,
}

fn database() -> &'static Database {
    static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let mut names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
        names.sort_unstable();
        names
    });
    static DATABASE: LazyLock<Database> = LazyLock::new(|| {
        let names = || NAMES.iter().map(String::as_str);
        let cities = names().filter_map(|name| name.rsplit_once('/').map(|(_, city)| (city, name)));
        Database { names: Names::new(names().map(|name| (name, name))), cities: Names::new(cities) }
    });
    &DATABASE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(found: &Found<Zone>) -> String {
        let rule = match found.value.rule {
            Rule::Offset(minutes) => format!("{minutes}"),
            Rule::Named(name) => name.to_owned(),
            Rule::Ambiguous => "ambiguous".to_owned(),
            Rule::Impossible => "impossible".to_owned(),
        };
        format!("{} = {rule}", found.value.name)
    }

    fn check(cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            let found: Vec<String> = zones(text).iter().map(shown).collect();
            assert_eq!(found.join(", "), *expected, "in {text:?}");
        }
    }

    #[test]
    fn abbreviations_and_offsets() {
        check(&[
            ("All times in UTC", "UTC = 0"),
            ("(EST)", "EST = -300"),
            ("11:30 GMT+1", "GMT+1 = 60"),
            ("GMT +1", "GMT +1 = 60"),
            ("UTC-05:30 and UTC", "UTC-05:30 = -330, UTC = 0"),
            ("WAT", "WAT = 60"),
            ("CST or IST", "CST = ambiguous, IST = ambiguous"),
            ("UTC+25:00", "UTC+25:00 = impossible"),
        ]);
    }

    #[test]
    fn names_of_regions_and_cities() {
        check(&[
            ("Eastern Standard Time", "Eastern Standard Time = -300"),
            ("Eastern time", "Eastern time = America/New_York"),
            ("eastern US time", "eastern US time = America/New_York"),
            ("Pacific Time", "Pacific Time = America/Los_Angeles"),
            ("West African Time", "West African Time = 60"),
            ("Central European Summer Time", "Central European Summer Time = 120"),
            ("Kigali Time", "Kigali Time = Africa/Kigali"),
            ("(heure de Paris)", "heure de Paris = Europe/Paris"),
            ("horário de Brasília", "horário de Brasília = -180"),
            ("US/Pacific", "US/Pacific = US/Pacific"),
            ("in Europe/Paris today", "Europe/Paris = Europe/Paris"),
        ]);
    }

    #[test]
    fn words_that_are_no_zones() {
        check(&[
            ("the Response Time rose", ""),
            ("a cat met the west", ""),
            ("it was the best time", ""),
            ("PT and ET", ""),
            ("the Pacific ocean", ""),
            ("une heure de panne", ""),
            ("up/down", ""),
        ]);
    }
}
