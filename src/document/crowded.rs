//! Lines with more markup than anybody writes, which are nothing but text: every mark costs memory, and
//! a line with a million of them is no Markdown. Such a line is shown as it stands, and nothing is read from it.

use std::borrow::Cow;
use std::ops::Range;

/// So many marks a line may hold.
pub(super) const MOST_MARKS: usize = 50_000;

/// Whether a line holds more.
pub(super) fn is_crowded(line: &str) -> bool {
    line.len() > MOST_MARKS && marks(line.as_bytes()) > MOST_MARKS
}

/// Counts ASCII punctuation. What Base64 is written with counts where it may begin an item: pictures in a text
/// are one long line.
fn marks(line: &[u8]) -> usize {
    let spaced = |at: usize| line.get(at + 1).is_none_or(|next| *next == b' ');
    let is_mark = |(at, byte): &(usize, &u8)| match byte {
        b'+' | b'/' | b'=' => spaced(*at),
        byte => byte.is_ascii_punctuation(),
    };
    line.iter().enumerate().filter(is_mark).count()
}

/// A text and its crowded lines.
#[derive(Debug)]
pub(super) struct Crowded<'t> {
    /// In the order of the text.
    pub lines: Vec<Range<usize>>,
    /// The text with spaces in place of these lines.
    pub blanked: Cow<'t, str>,
}

impl<'t> Crowded<'t> {
    /// Looks from `start` on.
    pub fn of(text: &'t str, start: usize) -> Crowded<'t> {
        let lines = crowded_lines(text, start);
        let blanked = if lines.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(blanked(text, &lines)) };
        Crowded { lines, blanked }
    }

    /// Whether `range` shares anything with a crowded line.
    pub fn touches(&self, range: &Range<usize>) -> bool {
        let next = self.lines.partition_point(|line| line.end <= range.start);
        self.lines.get(next).is_some_and(|line| line.start < range.end)
    }
}

fn crowded_lines(text: &str, start: usize) -> Vec<Range<usize>> {
    let (mut lines, mut from) = (Vec::new(), start);
    if text.len() - start <= MOST_MARKS {
        return lines;
    }
    for end in memchr::memchr_iter(b'\n', &text.as_bytes()[start..]).map(|at| start + at).chain([text.len()])
    {
        if is_crowded(&text[from..end]) {
            lines.push(from..end);
        }
        from = end + 1;
    }
    lines
}

fn blanked(text: &str, lines: &[Range<usize>]) -> String {
    let (mut blanked, mut from) = (String::with_capacity(text.len()), 0);
    for line in lines {
        blanked.push_str(&text[from..line.start]);
        blanked.extend(std::iter::repeat_n(' ', line.len()));
        from = line.end;
    }
    blanked + &text[from..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_marks_is_crowded_and_one_of_words_or_a_picture_is_not() {
        for again in [
            ">", "[", "]", "<", "*", "_", "`", "(", "|", "- - - ", "&", "+ ", "1. ", "\\", "!", "~", "#", ":",
        ] {
            let times = MOST_MARKS / again.bytes().filter(u8::is_ascii_punctuation).count();
            assert!(!is_crowded(&again.repeat(times)), "{again}");
            assert!(is_crowded(&again.repeat(times + 1)), "{again}");
        }
        for again in ["1", "no mark ", "iVBORw0KGgo+/AAA=", "é"] {
            assert!(!is_crowded(&again.repeat(MOST_MARKS)), "{again}");
        }
    }

    #[test]
    fn a_blanked_text_has_every_other_line_where_it_was() {
        let text = format!("é\n{}\nb\n{}", "é>".repeat(MOST_MARKS + 1), "<".repeat(MOST_MARKS + 1));
        let crowded = Crowded::of(&text, 0);
        assert_eq!((crowded.blanked.len(), crowded.lines.len()), (text.len(), 2));
        assert_eq!(crowded.blanked.split_whitespace().collect::<Vec<_>>(), ["é", "b"]);
        assert_eq!(crowded.blanked.find('b'), text.find('b'));
        assert!(crowded.touches(&crowded.lines[1]) && !crowded.touches(&(0..3)));
        assert!(matches!(Crowded::of("> [a](b) *c*", 0).blanked, Cow::Borrowed(_)));
    }
}
