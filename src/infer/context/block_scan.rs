//! What extractors look for in a block, found once for all of them when the first one
//! asks: its words, its times, its sentences, and the phrases of every table.

use crate::document::{Block, Document};
use crate::infer::context::lexicon::Match;
use crate::infer::context::vocabulary::{Kinds, Meaning, Vocabulary};
use crate::language::Times;
use crate::language::sentences::sentences;
use crate::language::tokens::Words;
use crate::language::work_counter;
use std::cell::OnceCell;
use std::ops::Range;

/// One block, as far as it was looked at.
#[derive(Debug)]
pub struct Scan<'d> {
    block: &'d Block,
    pub words: Words<'d>,
    times: OnceCell<Times>,
    sentences: OnceCell<Vec<Range<usize>>>,
    phrases: OnceCell<(Vec<Match>, Kinds)>,
}

/// All blocks of a document.
pub fn scan(document: &Document) -> Vec<Scan<'_>> {
    document.blocks.iter().map(Scan::of).collect()
}

impl<'d> Scan<'d> {
    fn of(block: &'d Block) -> Scan<'d> {
        let words = Words::of(block.text());
        Scan { block, words, times: OnceCell::new(), sentences: OnceCell::new(), phrases: OnceCell::new() }
    }

    pub fn times(&self) -> &Times {
        self.times.get_or_init(|| Times::among(&self.words))
    }

    /// The sentences of the block's value.
    pub fn sentences(&self) -> &[Range<usize>] {
        self.sentences.get_or_init(|| sentences(self.block.text(), self.block.value()))
    }

    /// The phrases in `range` of the block's text.
    pub fn said(&self, range: &Range<usize>, vocabulary: &Vocabulary) -> Said<'_> {
        Said::within(&self.words, &self.phrases(vocabulary).0, range)
    }

    /// Whether any phrase of the block has one of these kinds of meanings.
    pub fn says(&self, kinds: Kinds, vocabulary: &Vocabulary) -> bool {
        self.phrases(vocabulary).1 & kinds != 0
    }

    fn phrases(&self, vocabulary: &Vocabulary) -> &(Vec<Match>, Kinds) {
        self.phrases.get_or_init(|| {
            let found = vocabulary.phrases.find(&self.words);
            let kinds =
                found.iter().fold(0, |kinds, found| kinds | vocabulary.phrases.value(found.row).kind());
            (found, kinds)
        })
    }
}

/// What a sentence says: its words, by number, and its phrases in their order.
#[derive(Debug, Clone)]
pub struct Said<'p> {
    pub tokens: Range<usize>,
    found: &'p [Match],
}

impl<'p> Said<'p> {
    /// What stands wholly in `range` of a text whose phrases were found.
    pub fn within(words: &Words<'_>, found: &'p [Match], range: &Range<usize>) -> Said<'p> {
        let token = |at: usize| words.tokens().partition_point(|token| (token.start as usize) < at);
        let phrase = |at: usize| found.partition_point(|found| found.tokens.start < at);
        let tokens = token(range.start)..token(range.end);
        Said { found: &found[phrase(tokens.start)..phrase(tokens.end)], tokens }
    }

    /// Each phrase with what it means.
    pub fn phrases<'l>(
        &self,
        vocabulary: &'l Vocabulary,
    ) -> impl Iterator<Item = (&'p Match, &'l Meaning)> + use<'p, 'l> {
        let end = self.tokens.end;
        work_counter::look(self.found.len());
        let whole = self.found.iter().filter(move |found| found.tokens.end <= end);
        whole.map(|found| (found, vocabulary.phrases.value(found.row)))
    }
}
