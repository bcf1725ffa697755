//! Changes of a text, and the text that they make.

use crate::source::{Gaps, SourceFile};
use std::ops::Range;

/// What takes the place of a part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// In bytes.
    pub range: Range<usize>,
    pub by: String,
}

impl Edit {
    pub fn removal(range: Range<usize>) -> Edit {
        Edit { range, by: String::new() }
    }
}

/// In the order of the text. Those that overlap are one, with the words of the first: in doubt more is taken.
pub fn ordered(mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort_by_key(|edit| (edit.range.start, std::cmp::Reverse(edit.range.end)));
    let mut ordered: Vec<Edit> = Vec::new();
    for edit in edits {
        match ordered.last_mut() {
            Some(last) if edit.range.start < last.range.end => {
                last.range.end = last.range.end.max(edit.range.end);
            }
            _ => ordered.push(edit),
        }
    }
    ordered
}

/// The document with its edits, which are ordered. Lines keep the numbers that they have in the file.
pub fn apply(source: &SourceFile, edits: &[Edit]) -> SourceFile {
    let mut text = String::with_capacity(source.text.len());
    let (mut at, mut line, mut missing) = (0, 1, Vec::new());
    for edit in edits {
        let kept = &source.text[at..edit.range.start];
        text.push_str(kept);
        line += lines(kept);
        let gone = lines(&source.text[edit.range.clone()]).saturating_sub(lines(&edit.by));
        let is_at_start = text.is_empty() || text.ends_with('\n');
        missing.push((if is_at_start { line - 1 } else { line }, gone));
        text.push_str(&edit.by);
        line += lines(&edit.by);
        at = edit.range.end;
    }
    text.push_str(&source.text[at..]);
    missing.retain(|(_, gone)| *gone > 0);
    let gaps = match (missing.is_empty(), source.gaps.is_empty()) {
        (true, _) => source.gaps.clone(),
        (false, true) => Gaps::new(missing),
        (false, false) => {
            let before = Gaps::new(missing);
            let line_of_file = |line| source.gaps.line_of_file(before.line_of_file(line));
            Gaps::of_lines((1..=lines(&text) + 1).map(line_of_file))
        }
    };
    SourceFile { text, gaps, ..source.clone() }
}

fn lines(text: &str) -> u32 {
    u32::try_from(memchr::memchr_iter(b'\n', text.as_bytes()).count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_the_numbers_of_the_file() {
        let source = SourceFile::new("a.md", "1\n2\n3\n4 x\ny 5\n6\n");
        let edits = [Edit::removal(2..4), Edit { range: 8..11, by: "-".to_owned() }];
        let edited = apply(&source, &edits);
        assert_eq!(edited.text, "1\n3\n4 - 5\n6\n");
        let numbers: Vec<u32> = (1..=4).map(|line| edited.gaps.line_of_file(line)).collect();
        assert_eq!(numbers, [1, 3, 4, 6]);
    }

    #[test]
    fn lines_of_a_text_that_was_not_the_file_itself_keep_them_too() {
        let page =
            SourceFile { gaps: Gaps::of_lines([1, 1, 7, 8]), ..SourceFile::new("a.html", "1\n2\n3\n4\n") };
        let edited = apply(&page, &[Edit::removal(2..4)]);
        let numbers: Vec<u32> = (1..=3).map(|line| edited.gaps.line_of_file(line)).collect();
        assert_eq!((edited.text.as_str(), numbers), ("1\n3\n4\n", vec![1, 7, 8]));
    }

    #[test]
    fn edits_that_overlap_are_one() {
        let removals = |ranges: &[[usize; 2]]| -> Vec<Edit> {
            ranges.iter().map(|[from, to]| Edit::removal(*from..*to)).collect()
        };
        let edits = ordered(removals(&[[4, 6], [1, 3], [1, 5], [5, 9], [9, 10]]));
        assert_eq!(edits, removals(&[[1, 9], [9, 10]]));
    }
}
