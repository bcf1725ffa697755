//! Lines of the source that hold several: with `<br>` between them, or a whole timeline.

use super::lines::opens_with_time;
use std::ops::Range;

/// Where the lines in a line are parted: the tags, or the empty ranges between events.
pub fn of(text: &str) -> Vec<Range<usize>> {
    let tags = tags(text);
    if tags.is_empty() { events(text) } else { tags }
}

/// Where each `<br>` of a line stands. The cells of a table keep theirs.
fn tags(text: &str) -> Vec<Range<usize>> {
    let tags = memchr::memchr_iter(b'<', text.as_bytes()).filter_map(|at| {
        let tag = ["<br>", "<br/>", "<br />"].into_iter().find(|tag| text[at..].starts_with(tag))?;
        Some(at..at + tag.len())
    });
    if text.trim_start().starts_with('|') { Vec::new() } else { tags.collect() }
}

/// Shortest line that can hold a whole timeline, in bytes.
const LONG_LINE: usize = 240;

/// Where the events begin of a timeline in one line: `10:00 AM - It fails. 10:05 AM - We look. 10:20 AM - …`.
fn events(text: &str) -> Vec<Range<usize>> {
    if text.len() < LONG_LINE {
        return Vec::new();
    }
    let stops = memchr::memchr2_iter(b'.', b':', text.as_bytes()).filter(|at| {
        let behind = &text[at + 1..];
        let stop = text.as_bytes()[*at] == b'.' || *at < 24 && !text[..*at].contains(['.', ' ']);
        stop && behind.strip_prefix(' ').is_some_and(|rest| opens_with_time(rest) && leads_an_event(rest))
    });
    let found: Vec<Range<usize>> = stops.map(|at| at + 1..at + 1).collect();
    if found.len() >= FEWEST_EVENTS { found } else { Vec::new() }
}

/// Fewest times behind a sentence's end that make a line a timeline.
const FEWEST_EVENTS: usize = 3;

/// Whether a dash or a colon parts the time that a text begins with from the words behind it.
fn leads_an_event(text: &str) -> bool {
    let start = &text[..floor(text, 48)];
    let words = start.split_once(". ").map_or(start, |(first, _)| first);
    [" - ", " – ", " — ", ": "].iter().any(|mark| words.contains(mark))
}

/// The nearest place at or before `at` where a character begins.
pub fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_events_part_a_line() {
        assert_eq!(of("a<br>b<br/>c < d"), [1..5, 6..11]);
        assert!(of("| a<br>b |").is_empty());
        let event =
            "10:00 AM - The scale stands still, and nobody knows why it does so or for how long it has. ";
        assert_eq!(of(&event.repeat(5)).len(), 4);
        assert!(
            of(&"At 10:00 the scale stands still, and nobody knows why it does so. ".repeat(5)).is_empty()
        );
    }
}
