//! The words of an event without what only belongs to its time.

use crate::infer::extract::timeline::timestamp::is_separator;
use crate::language;

/// Words without the marks that part them from the time in front; a quote that closes further on belongs to the words.
pub fn tidy_start(words: &str) -> &str {
    let mut rest = words;
    let mut quotes = words.matches('"').count();
    while let Some(c) = rest.chars().next().filter(|c| is_separator(*c)) {
        let behind = &rest[c.len_utf8()..];
        quotes -= usize::from(c == '"');
        if c == '"' && quotes % 2 == 1 && !behind.starts_with(char::is_whitespace) {
            break;
        }
        rest = behind;
    }
    rest
}

/// `(all times CET)`, `(Tuesday)`, `(Night Shift #1)`, `(lasting 2 hours)`, `Updated 2031-04-12`: said of the day or the times in front of it, and nothing that happened.
pub fn is_remark(words: &str) -> bool {
    if !words.contains(char::is_alphanumeric) || is_of_the_writing(words) {
        return true;
    }
    let Some(inside) = words.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) else { return false };
    let lower = inside.to_lowercase();
    let zone = || language::zones(inside).first().is_some_and(|zone| inside.len() - zone.range.len() <= 12);
    let weekday = || lower.ends_with("day") && !lower.contains(' ');
    let lasting =
        || language::durations(inside).first().is_some_and(|found| inside.len() - found.range.len() <= 12);
    let part_of_day = || {
        let named = lower.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '#' | ' '));
        let short = lower.split_whitespace().count() <= 3;
        short
            && ["shift", "morning", "afternoon", "evening", "night"].iter().any(|part| named.ends_with(part))
    };
    part_of_day() || lower.contains("times") || lower.contains("heures") || zone() || weekday() || lasting()
}

/// `Updated 2031-04-12 11:00 UTC`: when a line was written or changed, and nothing else.
fn is_of_the_writing(words: &str) -> bool {
    let behind = ["Updated ", "Added ", "Edited "].iter().find_map(|verb| words.strip_prefix(verb));
    let only_a_day = |rest: &str| {
        let rest = rest.trim_start_matches("on ");
        language::dates(rest)
            .first()
            .is_some_and(|date| date.range.start == 0 && rest.len() - date.range.end <= 12)
    };
    behind.is_some_and(only_a_day)
}

/// Words without marks that were only there for the time or the line's end.
pub fn tidy_end(words: &str) -> &str {
    words.trim_end_matches(|c: char| is_separator(c) && !matches!(c, '.' | ')' | ']' | '"' | '\''))
}
