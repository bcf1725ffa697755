//! The archive's own words: counts, dates and durations in English. Nothing here
//! asks for a locale, a clock or a zone.

use crate::incident::Day;
use jiff::civil::{Date, Weekday};

pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const WORDS: [&str; 13] =
    ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// The language tag of these words: the site's where that is English of some kind.
pub fn tag(language: &str) -> &str {
    let primary = language.split('-').next().unwrap_or_default();
    if primary.eq_ignore_ascii_case("en") { language } else { "en" }
}

/// The name of a month from 1 to 12.
pub fn month_name(month: i8) -> &'static str {
    usize::try_from(month).ok().and_then(|month| MONTHS.get(month.wrapping_sub(1))).copied().unwrap_or("")
}

pub fn weekday(date: Date) -> &'static str {
    WEEKDAYS[weekday_index(date.weekday())]
}

/// From 0, Monday, to 6.
pub fn weekday_index(weekday: Weekday) -> usize {
    weekday.to_monday_zero_offset().clamp(0, 6) as usize
}

/// `28 June 2024`, or `June 2024` when the day is not known.
pub fn day(day: Day) -> String {
    dated(day, month_name(day.month))
}

/// `28 Jun 2024`.
pub fn short_day(day: Day) -> String {
    dated(day, month_name(day.month).get(..3).unwrap_or(""))
}

fn dated(day: Day, month: &str) -> String {
    match day.day {
        Some(number) => format!("{number} {month} {}", day.year),
        None => format!("{month} {}", day.year),
    }
}

/// `June 2024`, from `2024-06`; other text as it is.
pub fn month_of(slug: &str) -> String {
    let parts = slug.split_once('-').and_then(|(year, month)| Some((year, month.parse::<i8>().ok()?)));
    match parts {
        Some((year, month)) => format!("{} {year}", month_name(month)),
        None => slug.to_owned(),
    }
}

/// `1 h 34 min`, `49 min`, `2 d 3 h`, `30 s`. Seconds are shown below ten minutes only.
pub fn duration(minutes: f64) -> String {
    let seconds = (minutes * 60.0).round().max(0.0);
    let whole = minutes.round().max(0.0) as u64;
    match () {
        () if seconds < 1.0 => "0 min".to_owned(),
        () if seconds < 60.0 => format!("{seconds} s"),
        () if minutes < 10.0 && seconds % 60.0 != 0.0 => {
            format!("{} min {} s", (seconds / 60.0).floor(), seconds % 60.0)
        }
        () if whole < 60 => format!("{whole} min"),
        () if whole < 24 * 60 => two(whole / 60, "h", whole % 60, "min"),
        () => {
            let hours = (minutes / 60.0).round().max(0.0) as u64;
            two(hours / 24, "d", hours % 24, "h")
        }
    }
}

fn two(big: u64, big_unit: &str, small: u64, small_unit: &str) -> String {
    match small {
        0 => format!("{} {big_unit}", number(big as usize)),
        _ => format!("{} {big_unit} {small} {small_unit}", number(big as usize)),
    }
}

/// `10,000`, `1,249`.
pub fn number(n: usize) -> String {
    let digits = n.to_string();
    let lead = digits.len() % 3;
    let groups = (lead..digits.len()).step_by(3).map(|at| &digits[at..at + 3]);
    digits.get(..lead).filter(|lead| !lead.is_empty()).into_iter().chain(groups).collect::<Vec<_>>().join(",")
}

/// `five` up to twelve, then digits.
pub fn in_words(n: usize) -> String {
    WORDS.get(n).map_or_else(|| number(n), |word| (*word).to_owned())
}

/// `Five`.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A name within a sentence: `Capacity and load` as `capacity and load`, but `DNS` and `iOS` as they are.
pub fn lower(name: &str) -> String {
    let mut chars = name.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            format!("{}{}", first.to_lowercase(), &name[first.len_utf8()..])
        }
        _ => name.to_owned(),
    }
}

/// `14 incidents`, `1 incident`.
pub fn count(n: usize, noun: &str) -> String {
    format!("{} {}", number(n), plural(n, noun))
}

/// `incidents`, `incident`, `severities`.
pub fn plural(n: usize, noun: &str) -> String {
    match (n, noun.strip_suffix('y')) {
        (1, _) => noun.to_owned(),
        (_, Some(stem)) => format!("{stem}ies"),
        _ => format!("{noun}s"),
    }
}

/// `second`, `third`, `4th`.
pub fn ordinal(n: usize) -> String {
    match n {
        1 => "first".to_owned(),
        2 => "second".to_owned(),
        3 => "third".to_owned(),
        n => format!("{n}th"),
    }
}

/// `once`, `twice`, `three times`.
pub fn times(n: usize) -> String {
    match n {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("{} times", in_words(n)),
    }
}

/// `a`, `a and b`, `a, b and c`.
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// `31 %`, `0.5 %`.
pub fn percent(share: f64) -> String {
    format!("{} %", (share * 1000.0).round() / 1000.0)
}

/// At most `most` characters, cut behind a word, with an ellipsis.
pub fn clip(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let cut = text[..end].rfind(char::is_whitespace).filter(|at| *at > end / 2).unwrap_or(end);
    format!("{}…", text[..cut].trim_end_matches(|c: char| c.is_whitespace() || ",;:.".contains(c)))
}

/// As many whole sentences as at most `most` characters hold; where not even one fits, its beginning.
pub fn sentences(text: &str, most: usize) -> String {
    let Some((limit, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let is_end = |(at, mark): &(usize, &str)| text[at + mark.len()..].starts_with(char::is_whitespace);
    let ends = text[..limit].match_indices(['.', '!', '?']).filter(is_end);
    match ends.map(|(at, mark)| at + mark.len()).next_back().filter(|end| *end > limit / 3) {
        Some(end) => text[..end].to_owned(),
        None => clip(text, most),
    }
}

/// The first sentence, when it says something by itself; at most `most` characters.
pub fn first_sentence(text: &str, most: usize) -> String {
    let ends = text.match_indices(['.', '!', '?']).map(|(at, mark)| at + mark.len());
    let is_end = |at: &usize| {
        *at >= 24
            && text[*at..].starts_with(char::is_whitespace)
            && text[*at..].trim_start().starts_with(char::is_uppercase)
    };
    let end = ends.into_iter().find(is_end).unwrap_or(text.len());
    clip(text[..end].trim(), most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_like_speech() {
        for (minutes, text) in [
            (0.0, "0 min"),
            (0.5, "30 s"),
            (1.5, "1 min 30 s"),
            (49.0, "49 min"),
            (72.5, "1 h 13 min"),
            (180.0, "3 h"),
            (1440.0, "1 d"),
            (3060.0, "2 d 3 h"),
            (59.9, "1 h"),
        ] {
            assert_eq!(duration(minutes), text, "{minutes}");
        }
    }

    #[test]
    fn numbers_and_lists() {
        assert_eq!(number(999), "999");
        assert_eq!(number(1_249), "1,249");
        assert_eq!(number(1_234_567), "1,234,567");
        assert_eq!(number(12_345), "12,345");
        assert_eq!(count(1, "incident"), "1 incident");
        assert_eq!(plural(2, "severity"), "severities");
        assert_eq!(list(&["a".into(), "b".into(), "c".into()]), "a, b and c");
        assert_eq!(month_of("2024-06"), "June 2024");
    }

    #[test]
    fn a_text_is_cut_behind_as_many_sentences_as_fit() {
        let text = "It broke at once. Nobody saw it for an hour. Then everybody did.";
        assert_eq!(sentences(text, 50), "It broke at once. Nobody saw it for an hour.");
        assert_eq!(sentences(text, 10), "It broke…");
        assert_eq!(sentences(text, 100), text);
    }

    #[test]
    fn a_summary_is_cut_behind_a_sentence_or_a_word() {
        assert_eq!(
            first_sentence("It broke at once and for good. Then not.", 80),
            "It broke at once and for good."
        );
        assert_eq!(
            first_sentence("The version 1.2 release broke every checkout", 30),
            "The version 1.2 release broke…"
        );
    }
}
