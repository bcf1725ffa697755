//! Words that speak for or against a sentence as the answer to a question. Words of one
//! row say the same, so a row counts once however many of them a sentence has.

use crate::infer::context::block_scan::Said;
use crate::infer::context::lexicon::Lexicon;
use crate::infer::context::vocabulary::{Meaning, Question, Vocabulary};

/// Words that say the same, and what they weigh.
#[derive(Debug)]
pub struct Vote {
    pub weight: i32,
    pub phrases: &'static [&'static str],
}

/// Adds the phrases of a question's table.
pub fn add(phrases: &mut Lexicon<Meaning>, question: Question, table: &[Vote]) {
    for (row, vote) in table.iter().enumerate() {
        for phrase in vote.phrases {
            phrases.add(phrase, Meaning::Vote(question, row));
        }
    }
}

/// Which rows of a table a sentence has words of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cast(u32);

impl Cast {
    pub fn of(vocabulary: &Vocabulary, said: &Said<'_>, question: Question) -> Cast {
        let row = |meaning: &Meaning| match meaning {
            Meaning::Vote(asked, row) if *asked == question => Some(*row),
            _ => None,
        };
        let rows = said.phrases(vocabulary).filter_map(|(_, meaning)| row(meaning));
        Cast(rows.fold(0, |rows, row| rows | 1 << row))
    }

    pub fn has(self, row: usize) -> bool {
        self.0 & 1 << row != 0
    }

    /// What the rows weigh together that `counts` lets count.
    pub fn weight(self, table: &[Vote], counts: impl Fn(usize) -> bool) -> i32 {
        let cast = |row: &usize| self.has(*row) && counts(*row);
        (0..table.len()).filter(cast).map(|row| table[row].weight).sum()
    }
}
