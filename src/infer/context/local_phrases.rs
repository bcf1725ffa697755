//! Phrases of the languages other than English, as one part of their tables lists them. Words of scripts without
//! spaces are found wherever they stand; all others as whole words.

use crate::infer::context::lexicon::Lexicon;
use crate::language::locale::{is_unspaced, locales};
use crate::language::tokens::Words;
use std::ops::Range;
use std::sync::LazyLock;

/// The phrases of one part, each with what its row stands for.
#[derive(Debug)]
pub struct LocalPhrases<T> {
    spaced: Lexicon<T>,
    unspaced: Vec<(&'static str, T)>,
}

/// A phrase that was found.
#[derive(Debug)]
pub struct LocalMatch<'p, T> {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// Which of the phrases it is.
    pub row: usize,
    pub value: &'p T,
}

impl<T: Clone> LocalPhrases<T> {
    /// The rows of a part to which `value` gives something to stand for.
    pub fn of(part: &str, value: impl Fn(&'static str) -> Option<T>) -> LocalPhrases<T> {
        let mut phrases = LocalPhrases { spaced: Lexicon::default(), unspaced: Vec::new() };
        for row in locales().iter().flat_map(|locale| locale.part(part)) {
            let Some(value) = value(row.name) else { continue };
            for word in &row.words {
                match word.contains(is_unspaced) {
                    true => phrases.unspaced.push((word, value.clone())),
                    false => phrases.spaced.add(word, value.clone()),
                }
            }
        }
        phrases
    }

    /// All phrases in a text.
    pub fn find(&self, words: &Words<'_>) -> Vec<LocalMatch<'_, T>> {
        let tokens = words.tokens();
        let bytes =
            |found: &Range<usize>| tokens[found.start].start as usize..tokens[found.end - 1].end as usize;
        let spaced = self.spaced.find(words).into_iter().map(|found| LocalMatch {
            range: bytes(&found.tokens),
            row: found.row,
            value: self.spaced.value(found.row),
        });
        let mut all: Vec<LocalMatch<'_, T>> = spaced.collect();
        if words.text.contains(is_unspaced) {
            let rows = self.unspaced.iter().enumerate();
            all.extend(rows.flat_map(|(row, (word, value))| {
                let found = words.text.match_indices(word);
                found.map(move |(at, word)| LocalMatch {
                    range: at..at + word.len(),
                    row: usize::MAX - row,
                    value,
                })
            }));
        }
        all
    }
}

/// Whether a text has a word that denies, in another language than English.
pub fn is_denied(words: &Words<'_>) -> bool {
    static DENIALS: LazyLock<LocalPhrases<()>> =
        LazyLock::new(|| LocalPhrases::of("words", |row| (row == "not").then_some(())));
    !DENIALS.find(words).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_in_scripts_with_spaces_and_without() {
        let phrases = LocalPhrases::of("events", |row| (row == "resolved").then_some(row));
        let count = |text: &str| phrases.find(&Words::of(text)).len();
        for text in ["Störung behoben", "servicio restaurado", "12:05 復旧を確認した", "정상화되었습니다"]
        {
            assert!(count(text) > 0, "{text}");
        }
        for text in ["behobene Teile", "復旧作業", "Resolved"] {
            assert_eq!(count(text), 0, "{text}");
        }
    }
}
