//! A document's words without markup, each passage with what the section around it
//! announces: what search needs when the parsed document is gone.

use super::{Block, Document, Kind, Label};
use std::ops::Range;

/// Passages of a text, in its order. One allocation for all of them, as an archive keeps them all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passages {
    text: String,
    /// Where each passage ends.
    ends: Vec<(u32, Label)>,
}

impl Passages {
    /// The words of `blocks`. Lines stay lines only in code; headings with a meaning of
    /// their own, such as "Timeline", are left out.
    pub fn of(source: &str, document: &Document, blocks: Range<usize>) -> Passages {
        let mut passages = Passages::default();
        for n in blocks {
            let block = &document.blocks[n];
            let section = document.section(n);
            let is_heading = matches!(block.kind, Kind::Heading(_)) || (document.opens(n) && block.field.is_none());
            if !is_heading || section.label == Label::Other {
                passages.push(source, block, label(block, section.under));
            }
        }
        passages.text.shrink_to_fit();
        passages.ends.shrink_to_fit();
        passages
    }

    /// Each passage with what it stands under.
    pub fn iter(&self) -> impl Iterator<Item = (Label, &str)> {
        let mut start = 0;
        self.ends.iter().map(move |(end, label)| {
            let from = std::mem::replace(&mut start, *end as usize);
            (*label, &self.text[from..*end as usize])
        })
    }

    fn push(&mut self, source: &str, block: &Block, label: Label) {
        let start = self.text.len();
        match block.kind {
            Kind::Fence => self.text.push_str(code(source, block)),
            _ => push_one_line(&mut self.text, block.text()),
        }
        if self.text.len() > start {
            self.ends.push((self.text.len() as u32, label));
        }
    }
}

/// Adds words without line breaks and repeated spaces.
pub fn push_one_line(out: &mut String, words: &str) {
    let words = words.trim();
    let bytes = words.as_bytes();
    // Most texts are so already, and plain; all bytes are looked at, which is faster than stopping early.
    let plain = bytes.iter().fold(true, |plain, byte| plain & (b' '..=b'~').contains(byte));
    let double = bytes.iter().zip(bytes.iter().skip(1)).fold(false, |double, pair| double | (pair == (&b' ', &b' ')));
    if plain && !double {
        return out.push_str(words);
    }
    for (n, word) in words.split_whitespace().enumerate() {
        out.push_str(if n > 0 { " " } else { "" });
        out.push_str(word);
    }
}

/// What stands between fences.
fn code<'s>(source: &'s str, block: &Block) -> &'s str {
    let all = &source[block.span.start as usize..block.span.end as usize];
    all.split_once('\n').map_or("", |(_, code)| code.trim_end())
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
        let found: Vec<(Label, &str)> = passages.iter().collect();
        assert_eq!(
            found,
            [
                (Label::Other, "Checkout down"),
                (Label::Other, "Slow checkout for all."),
                (Label::RootCause, "The pool was full."),
                (Label::Resolution, "Resolution: more threads"),
                (Label::Timeline, "a\n  b"),
            ]
        );
    }
}
