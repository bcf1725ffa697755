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

/// `(all times CET)`, `(Tuesday)`, `(lasting 2 hours)`: said of the day or the times in front of it, and nothing that happened.
pub fn is_remark(words: &str) -> bool {
    let Some(inside) = words.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) else { return false };
    let lower = inside.to_lowercase();
    let zone = || language::zones(inside).first().is_some_and(|zone| inside.len() - zone.range.len() <= 12);
    let weekday = || lower.ends_with("day") && !lower.contains(' ');
    let lasting =
        || language::durations(inside).first().is_some_and(|found| inside.len() - found.range.len() <= 12);
    lower.contains("times") || lower.contains("heures") || zone() || weekday() || lasting()
}

/// Words without marks that were only there for the time or the line's end.
pub fn tidy_end(words: &str) -> &str {
    words.trim_end_matches(|c: char| is_separator(c) && !matches!(c, '.' | ')' | ']' | '"' | '\''))
}
