//! Time zones as people name them.

use crate::language::Found;
use crate::language::tokens::Words;
use crate::language::word_class;
use crate::language::word_table::Names;
use std::sync::LazyLock;

/// A zone as written, and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    pub name: String,
    pub rule: Rule,
}

/// What a zone name says about the distance from UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Minutes east of UTC.
    Offset(i32),
    /// A name of the zone database.
    Named(&'static str),
    /// A name that several zones share.
    Ambiguous,
    /// An offset that no place has, such as `+25:00`.
    Impossible,
}

impl Rule {
    /// The zone to compute with; `None` when it is not known for sure.
    pub fn zone(self) -> Option<jiff::tz::TimeZone> {
        match self {
            Rule::Offset(minutes) => {
                jiff::tz::Offset::from_seconds(minutes * 60).ok().map(jiff::tz::Offset::to_time_zone)
            }
            Rule::Named(name) => jiff::tz::TimeZone::get(name).ok(),
            Rule::Ambiguous | Rule::Impossible => None,
        }
    }
}

/// Abbreviations, written in capitals. Those that several zones share are kept
/// apart; `EST`, `PST` and their summer forms are taken for the American ones.
#[rustfmt::skip]
pub(in crate::language) const ABBREVIATIONS: &[(&str, Rule)] = &[
    ("UTC", Rule::Offset(0)), ("GMT", Rule::Offset(0)), ("WET", Rule::Offset(0)), ("WEST", Rule::Offset(60)),
    ("EST", Rule::Offset(-300)), ("EDT", Rule::Offset(-240)), ("CDT", Rule::Offset(-300)), ("MST", Rule::Offset(-420)),
    ("MDT", Rule::Offset(-360)), ("PST", Rule::Offset(-480)), ("PDT", Rule::Offset(-420)), ("AKST", Rule::Offset(-540)),
    ("AKDT", Rule::Offset(-480)), ("HST", Rule::Offset(-600)),
    ("CET", Rule::Offset(60)), ("CEST", Rule::Offset(120)), ("MET", Rule::Offset(60)), ("MEZ", Rule::Offset(60)), ("MESZ", Rule::Offset(120)),
    ("EET", Rule::Offset(120)), ("EEST", Rule::Offset(180)), ("MSK", Rule::Offset(180)), ("TRT", Rule::Offset(180)),
    ("WAT", Rule::Offset(60)), ("CAT", Rule::Offset(120)), ("EAT", Rule::Offset(180)), ("SAST", Rule::Offset(120)),
    ("JST", Rule::Offset(540)), ("KST", Rule::Offset(540)), ("SGT", Rule::Offset(480)), ("HKT", Rule::Offset(480)),
    ("PKT", Rule::Offset(300)), ("NPT", Rule::Offset(345)), ("WIB", Rule::Offset(420)), ("ICT", Rule::Offset(420)),
    ("AEST", Rule::Offset(600)), ("AEDT", Rule::Offset(660)), ("ACST", Rule::Offset(570)), ("ACDT", Rule::Offset(630)),
    ("AWST", Rule::Offset(480)), ("NZST", Rule::Offset(720)), ("NZDT", Rule::Offset(780)),
    ("BRT", Rule::Offset(-180)), ("ART", Rule::Offset(-180)), ("COT", Rule::Offset(-300)), ("PET", Rule::Offset(-300)), ("CLT", Rule::Ambiguous),
    ("PT", Rule::Named("America/Los_Angeles")), ("ET", Rule::Named("America/New_York")), ("MT", Rule::Named("America/Denver")),
    ("CT", Rule::Named("America/Chicago")),
    ("CST", Rule::Ambiguous), ("IST", Rule::Ambiguous), ("BST", Rule::Ambiguous), ("AST", Rule::Ambiguous), ("PCT", Rule::Ambiguous),
    ("GST", Rule::Ambiguous),
];

/// Abbreviations that are words as well; they count only beside a clock time.
const ONLY_BESIDE_A_CLOCK: &[&str] = &[
    "PT", "ET", "MT", "CT", "CAT", "MET", "ART", "PET", "COT", "WET", "WEST", "ICT", "PCT", "AST", "GST",
    "TRT",
];

/// Regions whose name, with `Time`, `Standard Time` or `Daylight Time` behind it, is a zone.
#[rustfmt::skip]
pub(in crate::language) const REGIONS: &[(&[&str], Region)] = &[
    (&["eastern"], Region { any: Rule::Named("America/New_York"), standard: Rule::Offset(-300), summer: Rule::Offset(-240) }),
    (&["central"], Region { any: Rule::Named("America/Chicago"), standard: Rule::Offset(-360), summer: Rule::Offset(-300) }),
    (&["mountain"], Region { any: Rule::Named("America/Denver"), standard: Rule::Offset(-420), summer: Rule::Offset(-360) }),
    (&["pacific"], Region { any: Rule::Named("America/Los_Angeles"), standard: Rule::Offset(-480), summer: Rule::Offset(-420) }),
    (&["alaska"], Region { any: Rule::Named("America/Anchorage"), standard: Rule::Offset(-540), summer: Rule::Offset(-480) }),
    (&["hawaii"], same(-600)),
    (&["west", "africa"], same(60)), (&["west", "african"], same(60)),
    (&["central", "africa"], same(120)), (&["central", "african"], same(120)),
    (&["east", "africa"], same(180)), (&["east", "african"], same(180)), (&["eastern", "africa"], same(180)),
    (&["south", "africa"], same(120)), (&["south", "african"], same(120)),
    (&["central", "european"], Region { any: Rule::Named("Europe/Paris"), standard: Rule::Offset(60), summer: Rule::Offset(120) }),
    (&["eastern", "european"], Region { any: Rule::Named("Europe/Athens"), standard: Rule::Offset(120), summer: Rule::Offset(180) }),
    (&["western", "european"], Region { any: Rule::Named("Europe/Lisbon"), standard: Rule::Offset(0), summer: Rule::Offset(60) }),
    (&["british"], Region { any: Rule::Named("Europe/London"), standard: Rule::Offset(0), summer: Rule::Offset(60) }),
    (&["uk"], Region { any: Rule::Named("Europe/London"), standard: Rule::Offset(0), summer: Rule::Offset(60) }),
    (&["greenwich", "mean"], same(0)), (&["coordinated", "universal"], same(0)), (&["universal"], same(0)),
    (&["india"], same(330)), (&["indian"], same(330)), (&["japan"], same(540)), (&["singapore"], same(480)),
    (&["moscow"], same(180)), (&["brasilia"], same(-180)), (&["brasília"], same(-180)),
];

#[derive(Debug, Clone, Copy)]
pub(in crate::language) struct Region {
    /// The name alone: it follows the season.
    any: Rule,
    standard: Rule,
    summer: Rule,
}

const fn same(minutes: i32) -> Region {
    Region { any: Rule::Offset(minutes), standard: Rule::Offset(minutes), summer: Rule::Offset(minutes) }
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

/// Words for a local time, in front of the city's name.
pub(in crate::language) const TIME_OF: &[&str] = &["heure", "heures", "horário", "horario", "hora"];

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
