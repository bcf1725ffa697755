//! What an extractor is shown: one incident's part of a document.

use super::{Hints, Vocabulary};
use crate::diagnostic::Span;
use crate::document::{Block, Document, Label};
use crate::incident::Event;
use crate::incident::time::Times;
use crate::source::SourceFile;
use std::cell::OnceCell;
use std::ops::Range;

/// One incident's part of a document.
#[derive(Debug)]
pub struct Text<'a> {
    pub source: &'a SourceFile,
    pub document: &'a Document,
    /// The blocks that tell of this incident.
    pub blocks: Range<usize>,
    pub vocabulary: &'a Vocabulary,
    pub hints: &'a Hints,
    /// What each block says about time, read once for all extractors.
    times: Vec<OnceCell<Times>>,
    timeline: OnceCell<Vec<Event>>,
}

/// Words of a block, and the block's number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    pub block: usize,
    pub range: Range<usize>,
}

impl<'a> Text<'a> {
    pub fn new(
        source: &'a SourceFile,
        document: &'a Document,
        blocks: Range<usize>,
        vocabulary: &'a Vocabulary,
        hints: &'a Hints,
    ) -> Text<'a> {
        let times = blocks.clone().map(|_| OnceCell::new()).collect();
        Text { source, document, blocks, vocabulary, hints, times, timeline: OnceCell::new() }
    }

    pub fn block(&self, n: usize) -> &'a Block {
        &self.document.blocks[n]
    }

    /// Numbers and blocks, in the order of the text.
    pub fn blocks(&self) -> impl DoubleEndedIterator<Item = (usize, &'a Block)> + '_ {
        self.blocks.clone().map(|n| (n, self.block(n)))
    }

    /// Dates, times, zones and durations of block `n`, with ranges in its text.
    pub fn times(&self, n: usize) -> &Times {
        self.times[n - self.blocks.start].get_or_init(|| Times::of(self.block(n).text()))
    }

    /// The events of the timeline, in the order of the text; read once for all extractors.
    pub fn timeline(&self) -> &[Event] {
        self.timeline.get_or_init(|| super::timeline::events(self))
    }

    /// The words of a passage.
    pub fn words(&self, passage: &Passage) -> &'a str {
        &self.block(passage.block).text()[passage.range.clone()]
    }

    /// Values behind a label on the same line: `Duration: 2 hours`, a table's two columns.
    /// Where nothing stands behind the label, what stands under it: `**Duration:**` and a line below.
    pub fn fields(&self, label: Label) -> Vec<Passage> {
        let mut found = Vec::new();
        for (n, block) in self.blocks() {
            let inline = block.field.as_ref().filter(|field| field.label == label);
            let opens = self.document.opens(n) && self.document.section(n).label == label;
            match inline.map(|field| block.text()[field.value..].trim().is_empty()) {
                Some(false) => found.push(Passage { block: n, range: block.value() }),
                _ if opens => found.extend(self.under(n)),
                _ => {}
            }
        }
        found
    }

    /// The prose that stands under sections announced as `label`, without deeper sections of another meaning.
    pub fn section(&self, label: Label) -> Vec<Passage> {
        let announced = |n: usize| self.document.section(n).under == label;
        let other = |block: &Block| block.field.as_ref().is_some_and(|field| field.label != Label::Other && field.label != label);
        let all =
            self.blocks().filter(|(n, block)| announced(*n) && !self.document.opens(*n) && block.is_prose() && !other(block));
        all.map(|(n, block)| Passage { block: n, range: block.value() }).collect()
    }

    /// The prose right under the section that block `n` opens, without fields of their own label.
    pub fn under(&self, n: usize) -> Vec<Passage> {
        let section = self.block(n).section;
        let range = &self.document.sections[section].blocks;
        let end = range.end.min(self.blocks.end);
        let labelled = |m: usize| self.block(m).field.as_ref().is_some_and(|field| field.label != Label::Other);
        let inside = (n + 1..end).filter(|m| self.block(*m).section == section && self.block(*m).is_prose() && !labelled(*m));
        inside.map(|m| Passage { block: m, range: self.block(m).value() }).collect()
    }

    /// Where words stand in the source, their line, and the words themselves.
    pub fn evidence(&self, block: usize, range: Range<usize>) -> (Span, u32, String) {
        let block = self.block(block);
        let text = &block.text()[range.clone()];
        let lead = text.len() - text.trim_start().len();
        let words = text.trim();
        let span = block.flat.source(range.start + lead..range.start + lead + words.len());
        (span, self.document.line(span.start as usize), one_line(words))
    }
}

/// Words without line breaks and repeated spaces.
pub fn one_line(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Whether a value only holds a place: `TBD`, `--:--`, `YYYY-MM-DD`, `N/A`, `[Title]`.
pub fn is_placeholder(value: &str) -> bool {
    #[rustfmt::skip]
    const WORDS: &[&str] = &[
        "tbd", "tba", "todo", "to do", "xxx", "yyy", "zzz", "unknown", "n/a", "na", "none", "null", "nil", "not applicable",
        "pending", "fixme", "inconnu", "desconhecido", "title", "to be determined", "to be defined", "not available",
    ];
    const PATTERNS: &[&str] = &["yyyy", "yy", "mm", "dd", "hh", "ss", "xx", "xxx", "xxxx", "mmm"];
    let value = value.trim().trim_matches(['*', '_', '`', '.']).trim();
    let lower = value.to_lowercase();
    let runs = || lower.split(|c: char| !c.is_alphabetic()).filter(|run| !run.is_empty());
    let pattern = runs().count() > 0 && runs().all(|run| PATTERNS.contains(&run));
    let bracketed =
        [('[', ']'), ('<', '>'), ('{', '}')].iter().any(|(open, close)| value.starts_with(*open) && value.ends_with(*close));
    value.chars().all(|c| !c.is_alphanumeric()) || WORDS.contains(&lower.as_str()) || pattern || bracketed
}

#[cfg(test)]
mod tests {
    use super::is_placeholder;

    #[test]
    fn placeholders_hold_no_value() {
        for value in ["TBD", "--:--", "YYYY-MM-DD", "HH:mm", "?", "", "<date>", "[Title]", "N/A", "-", "_..._", "hh:mm:ss"] {
            assert!(is_placeholder(value), "{value}");
        }
        for value in ["SSH", "10:00", "DNS", "2 h", "none of the users", "[fix] it"] {
            assert!(!is_placeholder(value), "{value}");
        }
    }
}
