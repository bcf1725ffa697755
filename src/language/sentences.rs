//! Where sentences begin and end in flattened text.

use crate::language::day_names::month_named;
use crate::language::work_counter;
use std::ops::Range;

/// Short forms that end in a dot without ending a sentence.
const SHORT: &[&str] = &[
    "e.g", "i.e", "etc", "vs", "approx", "a.m", "p.m", "mr", "mrs", "dr", "st", "no", "cf", "inc", "ca",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
];

/// The length of the longest of them, in bytes.
const LONGEST_SHORT: usize = 6;

/// The sentences of `text` from `range`, trimmed, in order. A line break alone does not end one.
pub fn sentences(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    work_counter::look(range.len());
    let mut found = Vec::new();
    let mut start = range.start;
    for mark in memchr::memchr3_iter(b'.', b'!', b'?', text[range.clone()].as_bytes()) {
        let at = range.start + mark;
        if at + 1 < range.end && ends_here(text, start, at) {
            full_width(&mut found, text, start..at + 1);
            start = at + 1;
        }
    }
    full_width(&mut found, text, start..range.end);
    found
}

/// What ends at `range.end`, parted where a full-width mark ends a sentence.
fn full_width(found: &mut Vec<Range<usize>>, text: &str, range: Range<usize>) {
    let words = &text[range.clone()];
    let mut start = range.start;
    if memchr::memchr2(FULL_WIDTH[0], FULL_WIDTH[1], words.as_bytes()).is_some() {
        for (at, mark) in words.match_indices(['。', '！', '？']) {
            let end = range.start + at + mark.len();
            if !text[end..range.end].starts_with(['」', '』', '）', '”', '、']) {
                push(found, text, start..end);
                start = end;
            }
        }
    }
    push(found, text, start..range.end);
}

/// The first bytes of full-width marks in UTF-8.
const FULL_WIDTH: [u8; 2] = [0xe3, 0xef];

fn push(found: &mut Vec<Range<usize>>, text: &str, range: Range<usize>) {
    let words = text[range.clone()].trim_start();
    let start = range.end - words.len();
    let end = start + words.trim_end().len();
    if end > start {
        found.push(start..end);
    }
}

/// Whether the mark at `at` ends the sentence that began at `start`.
fn ends_here(text: &str, start: usize, at: usize) -> bool {
    let rest = &text[at + 1..];
    let next = rest.trim_start_matches(['"', '”', '\'', ')', '*']);
    if !next.starts_with(char::is_whitespace) {
        return lacks_space(&text[start..at], rest);
    }
    let first = next.trim_start().chars().next();
    if first.is_some_and(char::is_lowercase) {
        return false;
    }
    if text.as_bytes()[at] != b'.' {
        return true;
    }
    let word = text[start..at].rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    let is_short = word.len() <= LONGEST_SHORT && SHORT.iter().any(|short| short.eq_ignore_ascii_case(word));
    let is_number = word.parse::<u32>().is_ok_and(|n| n < 32);
    let is_number_of_item = is_number && text[start..at].trim() == word;
    !(is_short || is_number_of_item || is_number && names_a_month(next))
}

/// `14. November`: the dot of a day's number.
fn names_a_month(behind: &str) -> bool {
    let word = behind.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty());
    word.and_then(month_named).is_some()
}

/// `accessed by users.An invalid change`: the space behind the dot was forgotten.
fn lacks_space(before: &str, behind: &str) -> bool {
    const OPENERS: &[&str] =
        &["A ", "An ", "The ", "This ", "It ", "We ", "Our ", "In ", "After ", "However, ", "Users ", "To "];
    before.ends_with(|c: char| c.is_ascii_lowercase())
        && OPENERS.iter().any(|opener| behind.starts_with(opener))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_marks_that_end_them() {
        let text = "It failed at 3 p.m. on Monday. We saw 2.5 errors, e.g. timeouts!\nThen it worked";
        let found: Vec<&str> = sentences(text, 0..text.len()).into_iter().map(|range| &text[range]).collect();
        assert_eq!(
            found,
            ["It failed at 3 p.m. on Monday.", "We saw 2.5 errors, e.g. timeouts!", "Then it worked"]
        );
        for text in ["Am Montag, 14. November 2031, war das Tor zu.", "Den 3. mars 2031 var porten stengt."] {
            assert_eq!(sentences(text, 0..text.len()).len(), 1, "{text}");
        }
        let text = "門は開かない。蝶番が折れた。「油がない。」と門番";
        assert_eq!(sentences(text, 0..text.len()).len(), 3);
        let text = "All gates jam.The keeper runs to lock.The file";
        assert_eq!(sentences(text, 0..text.len()), [0..14, 14..38, 38..46]);
    }
}
