//! A document's words without markup, each passage with what the section around it
//! announces: what search needs when the parsed document is gone.

use super::{Block, Document, Kind, Label};
use crate::diagnostic::Span;
use std::borrow::Cow;
use std::ops::Range;

/// Passages of a text, in its order. An archive keeps those of all its documents, so what the
/// source says in the same words is not kept a second time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passages {
    list: Vec<Passage>,
    /// The words of those that the source has markup in, one after the other.
    own: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Passage {
    label: Label,
    place: Place,
    span: Span,
}

/// What the span of a passage is a range of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The source, which is to be read as it is.
    Source,
    /// The source, which is to be read without its line breaks.
    Lines,
    Own,
}

impl Passages {
    /// The words of `blocks`. Lines stay lines only in code; headings with a meaning of
    /// their own, such as "Timeline", are left out.
    pub fn of(source: &str, document: &Document, blocks: Range<usize>) -> Passages {
        let mut passages = Passages::default();
        for n in blocks {
            let block = &document.blocks[n];
            let section = document.section(n);
            let is_heading =
                matches!(block.kind, Kind::Heading(_)) || (document.opens(n) && block.field.is_none());
            if !is_heading || section.label == Label::Other {
                passages.push(source, block, label(block, section.under));
            }
        }
        passages.own.shrink_to_fit();
        passages.list.shrink_to_fit();
        passages
    }

    /// Each passage with what it stands under. `source` is the text that they were read from.
    pub fn iter<'a>(&'a self, source: &'a str) -> impl Iterator<Item = (Label, Cow<'a, str>)> {
        self.list.iter().map(move |passage| {
            let there = |text: &'a str| text.get(passage.span.range()).unwrap_or_default();
            let words = match passage.place {
                Place::Source => there(source).into(),
                Place::Lines => one_line(there(source)),
                Place::Own => there(&self.own).into(),
            };
            (passage.label, words)
        })
    }

    fn push(&mut self, source: &str, block: &Block, label: Label) {
        let (place, span) = match block.kind {
            Kind::Fence => (Place::Source, code(source, block)),
            _ => self.place(source, block),
        };
        if !span.is_empty() {
            self.list.push(Passage { label, place, span });
        }
    }

    /// Where the words of a block are to be had; they become our own where the source has them with markup.
    fn place(&mut self, source: &str, block: &Block) -> (Place, Span) {
        let words = one_line(block.text());
        let span = block.flat.source(0..block.text().len());
        match source.get(span.range()) {
            Some(there) if there == words => (Place::Source, span),
            Some(there) if one_line(there) == words => (Place::Lines, span),
            _ => {
                let start = self.own.len();
                self.own.push_str(&words);
                (Place::Own, Span::new(start, self.own.len()))
            }
        }
    }
}

/// Words without line breaks and repeated spaces.
fn one_line(words: &str) -> Cow<'_, str> {
    let words = words.trim();
    if is_one_line(words) {
        return words.into();
    }
    let mut out = String::with_capacity(words.len());
    push_one_line(&mut out, words);
    out.into()
}

/// Adds words without line breaks and repeated spaces.
pub fn push_one_line(out: &mut String, words: &str) {
    let words = words.trim();
    if is_one_line(words) {
        return out.push_str(words);
    }
    for (n, word) in words.split_whitespace().enumerate() {
        out.push_str(if n > 0 { " " } else { "" });
        out.push_str(word);
    }
}

/// Whether trimmed words are so already, and plain, as most are. All bytes are looked at, which is faster than stopping early.
fn is_one_line(words: &str) -> bool {
    let bytes = words.as_bytes();
    let plain = bytes.iter().fold(true, |plain, byte| plain & (b' '..=b'~').contains(byte));
    let double =
        bytes.iter().zip(bytes.iter().skip(1)).fold(false, |double, pair| double | (pair == (&b' ', &b' ')));
    plain && !double
}

/// What stands between fences.
fn code(source: &str, block: &Block) -> Span {
    let all = &source[block.span.range()];
    let start = all.find('\n').map_or(all.len(), |end| end + 1);
    let from = block.span.start as usize + start;
    Span::new(from, from + all[start..].trim_end().len())
}

/// What the block's own label announces when something stands behind it, else its section.
fn label(block: &Block, section: Label) -> Label {
    let own = block.field.as_ref().filter(|field| !block.text()[field.value..].trim().is_empty());
    own.map(|field| field.label).filter(|label| *label != Label::Other).unwrap_or(section)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Labels, parse};
    use crate::source::SourceFile;
    use std::collections::BTreeMap;

    #[test]
    fn passages_know_what_they_stand_under() {
        let text = "# Checkout down\n\nSlow *checkout*\nfor all.\n\n## Root cause\n\nThe pool was full.\n\n- Resolution: more `threads`\n\n## Timeline\n\n```\na\n  b\n```\n";
        let source = SourceFile::new("a.md", text);
        let (document, _) = parse(&source, &Labels::new(&BTreeMap::new()));
        let passages = Passages::of(text, &document, 0..document.blocks.len());
        let found: Vec<(Label, Cow<'_, str>)> = passages.iter(text).collect();
        assert_eq!(
            found,
            [
                (Label::Other, "Checkout down".into()),
                (Label::Other, "Slow checkout for all.".into()),
                (Label::RootCause, "The pool was full.".into()),
                (Label::Resolution, "Resolution: more threads".into()),
                (Label::Timeline, "a\n  b".into()),
            ]
        );
    }
}
