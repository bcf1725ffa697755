//! What an extractor is shown: one incident's part of a document.

use crate::diagnostic::Span;
use crate::document::{Block, Document, Label, push_one_line};
use crate::incident::Event;
use crate::infer::context::block_scan::{Said, Scan};
use crate::infer::context::date_hints::Hints;
use crate::infer::context::role::{self, Place};
use crate::infer::context::vocabulary::Kinds;
use crate::infer::context::vocabulary::Vocabulary;
use crate::language::Times;
use crate::language::work_counter;
use crate::source::SourceFile;
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
    /// All blocks of the document, as far as they were looked at.
    scans: &'a [Scan<'a>],
    /// What each block is about.
    places: Vec<Place>,
    /// Where each label has its values, in the order of the text.
    values: Vec<(Label, Value)>,
    /// The events of the timeline, in the order of the text; none until it was read.
    timeline: Vec<Event>,
}

/// Where a label's value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Value {
    /// Behind it, in the same block.
    Beside(usize),
    /// In the blocks under the one that holds the label alone.
    Under(usize),
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
        scans: &'a [Scan<'a>],
    ) -> Text<'a> {
        let places = role::of(document, &source.text, blocks.clone());
        let values = values(document, blocks.clone());
        Text { source, document, blocks, vocabulary, hints, scans, places, values, timeline: Vec::new() }
    }

    /// The same text once its timeline was read.
    pub fn with_timeline(self, timeline: Vec<Event>) -> Text<'a> {
        Text { timeline, ..self }
    }

    pub fn block(&self, n: usize) -> &'a Block {
        work_counter::look(1);
        &self.document.blocks[n]
    }

    /// Numbers and blocks, in the order of the text.
    pub fn blocks(&self) -> impl DoubleEndedIterator<Item = (usize, &'a Block)> + '_ {
        self.blocks.clone().map(|n| (n, self.block(n)))
    }

    pub fn place(&self, n: usize) -> Place {
        work_counter::look(1);
        self.places[n - self.blocks.start]
    }

    /// Dates, times, zones and durations of block `n`, with ranges in its text.
    pub fn times(&self, n: usize) -> &Times {
        self.scans[n].times()
    }

    /// The words of block `n`.
    pub fn scan(&self, n: usize) -> &Scan<'a> {
        &self.scans[n]
    }

    /// The sentences of block `n`, without its label.
    pub fn sentences(&self, n: usize) -> &[Range<usize>] {
        self.scans[n].sentences()
    }

    /// Whether block `n` holds a phrase with one of these kinds of meanings.
    pub fn says(&self, n: usize, kinds: Kinds) -> bool {
        self.scans[n].says(kinds, self.vocabulary)
    }

    /// The phrases in `range` of block `n`.
    pub fn said(&self, n: usize, range: &Range<usize>) -> Said<'_> {
        self.scans[n].said(range, self.vocabulary)
    }

    /// The events of the timeline, in the order of the text.
    pub fn timeline(&self) -> &[Event] {
        &self.timeline
    }

    /// Whether an event of the timeline begins in block `n`.
    pub fn holds_event(&self, n: usize) -> bool {
        let span = self.block(n).span;
        let events = self.timeline();
        let next = events.partition_point(|event| event.span.start < span.start);
        events.get(next).is_some_and(|event| event.span.start < span.end)
    }

    /// Whether block `n` lies within what an event tells.
    pub fn is_in_event(&self, n: usize) -> bool {
        let start = self.block(n).span.start;
        let events = self.timeline();
        let next = events.partition_point(|event| event.span.start <= start);
        self.holds_event(n) || next > 0 && start < events[next - 1].span.end
    }

    /// The words of a passage.
    pub fn words(&self, passage: &Passage) -> &'a str {
        &self.block(passage.block).text()[passage.range.clone()]
    }

    /// Values behind a label on the same line: `Duration: 2 hours`, a table's two columns.
    /// Where nothing stands behind the label, what stands under it: `**Duration:**` and a line below.
    pub fn fields(&self, label: Label) -> Vec<Passage> {
        let mut found = Vec::new();
        for (_, value) in self.values.iter().filter(|(own, _)| *own == label) {
            match *value {
                Value::Beside(n) => found.push(Passage { block: n, range: self.block(n).value() }),
                Value::Under(n) => found.extend(self.under(n)),
            }
        }
        found
    }

    /// The prose that stands under sections announced as `label`, without deeper sections of another meaning.
    pub fn section(&self, label: Label) -> Vec<Passage> {
        let announced = |n: usize| self.document.section(n).under == label;
        let other = |block: &Block| {
            block.field.as_ref().is_some_and(|field| field.label != Label::Other && field.label != label)
        };
        let tells = |n: usize| !self.document.opens(n) && !role::is_prompt(self, n);
        let all = self
            .blocks()
            .filter(|(n, block)| announced(*n) && tells(*n) && block.is_prose() && !other(block));
        all.map(|(n, block)| Passage { block: n, range: block.value() }).collect()
    }

    /// The prose right under the section that block `n` opens, without fields of their own label.
    pub fn under(&self, n: usize) -> Vec<Passage> {
        let section = self.block(n).section;
        let range = &self.document.sections[section].blocks;
        let end = range.end.min(self.blocks.end);
        let labelled =
            |m: usize| self.block(m).field.as_ref().is_some_and(|field| field.label != Label::Other);
        let tells = |m: usize| self.block(m).is_prose() && !labelled(m) && !role::is_prompt(self, m);
        let inside = (n + 1..end).filter(|m| self.block(*m).section == section && tells(*m));
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

/// Where labels have their values.
fn values(document: &Document, blocks: Range<usize>) -> Vec<(Label, Value)> {
    let mut values = Vec::new();
    for n in blocks {
        let block = &document.blocks[n];
        let inline = block
            .field
            .as_ref()
            .filter(|field| !block.text()[field.value..].trim().is_empty())
            .map(|field| field.label);
        values.extend(inline.map(|label| (label, Value::Beside(n))));
        let announced =
            document.opens(n).then(|| document.section(n).label).filter(|label| inline != Some(*label));
        values.extend(announced.map(|label| (label, Value::Under(n))));
    }
    values
}

/// Words without line breaks and repeated spaces.
pub fn one_line(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    push_one_line(&mut out, words);
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
    let bracketed = [('[', ']'), ('<', '>'), ('{', '}')]
        .iter()
        .any(|(open, close)| value.starts_with(*open) && value.ends_with(*close));
    if bracketed || value.chars().all(|c| !c.is_alphanumeric()) {
        return true;
    }
    if value.len() > LONGEST_PLACEHOLDER {
        return false;
    }
    let lower = value.to_lowercase();
    let mut runs = lower.split(|c: char| !c.is_alphabetic()).filter(|run| !run.is_empty()).peekable();
    let pattern = runs.peek().is_some() && runs.all(|run| PATTERNS.contains(&run));
    WORDS.contains(&lower.as_str()) || pattern
}

/// Longest text that can be a placeholder without brackets, in bytes.
const LONGEST_PLACEHOLDER: usize = 60;

#[cfg(test)]
mod tests {
    use super::is_placeholder;

    #[test]
    fn placeholders_hold_no_value() {
        for value in [
            "TBD",
            "--:--",
            "YYYY-MM-DD",
            "HH:mm",
            "?",
            "",
            "<date>",
            "[Title]",
            "N/A",
            "-",
            "_..._",
            "hh:mm:ss",
        ] {
            assert!(is_placeholder(value), "{value}");
        }
        for value in ["SSH", "10:00", "DNS", "2 h", "none of the users", "[fix] it"] {
            assert!(!is_placeholder(value), "{value}");
        }
    }
}
