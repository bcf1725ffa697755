//! Finding many phrases in a text at once: every word is looked at once for all
//! phrases, whatever they stand for.

use crate::language::locale::is_unspaced;
use crate::language::tokens::{Token, Words};
use crate::language::word_table::{OPENING, Seen, opening};
use crate::language::work_counter;
use hashbrown::HashMap;
use std::ops::Range;

/// What phrases are looked up by: the first four bytes of their first word, and of the second one
/// where that stands right behind it. Most phrases that begin with "the" or "was" are thus not looked at.
fn key(first: u64, second: u64) -> u64 {
    const HEAD: u64 = u32::MAX as u64;
    first & HEAD | (second & HEAD) << u32::BITS
}

/// One word of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    word: String,
    /// Its first bytes, and which of them a word must have to fit.
    opening: u64,
    mask: u64,
    /// Whether longer words that begin so fit as well.
    stem: bool,
    /// How many other words may stand before it.
    gap: usize,
}

impl Part {
    fn new(word: &str, gap: usize) -> Part {
        let stem = word.ends_with('*');
        let word = word.trim_end_matches('*').to_lowercase();
        let mask = if stem && word.len() < OPENING { (1 << (8 * word.len())) - 1 } else { u64::MAX };
        Part { opening: opening(word.as_bytes(), 0..word.len()), mask, word, stem, gap }
    }

    /// Whether words that it fits begin with the same four bytes, or are as short.
    fn has_one_head(&self) -> bool {
        self.mask >= u64::from(u32::MAX)
    }

    fn fits(&self, text: &str, token: &Token) -> bool {
        let len = (token.end - token.start) as usize;
        let rest = || {
            text[token.start as usize..]
                .get(..self.word.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(&self.word))
        };
        (self.opening ^ token.opening) & self.mask == 0
            && (self.stem || len == self.word.len())
            && (self.word.len() <= OPENING || rest())
    }
}

/// How a phrase begins: an opening fits when the bytes of `mask` are the same.
#[derive(Debug, Clone, Copy)]
struct Beginning {
    opening: u64,
    mask: u64,
    row: usize,
}

impl Beginning {
    fn fits(&self, token: &Token) -> bool {
        (self.opening ^ token.opening) & self.mask == 0
    }
}

/// Most words that `~` lets stand between two words of a phrase.
const GAP: usize = 4;

/// The least first byte of a letter of a script without spaces, in UTF-8.
const UNSPACED_BYTE: u8 = 0xe2;

/// Phrases with what each stands for.
#[derive(Debug, Clone)]
pub struct Lexicon<T> {
    rows: Vec<(Vec<Part>, T)>,
    /// Phrases by their [`key`]. Looked up, never walked.
    keys: HashMap<u64, Vec<Beginning>>,
    seen: Seen,
    /// Phrases that begin with a stem of fewer than four bytes.
    short: Vec<Beginning>,
    /// Phrases of scripts without spaces, which are found inside words, with their rows.
    unspaced: Vec<(String, usize)>,
}

impl<T> Default for Lexicon<T> {
    fn default() -> Lexicon<T> {
        Lexicon {
            rows: Vec::new(),
            keys: HashMap::new(),
            seen: Seen::default(),
            short: Vec::new(),
            unspaced: Vec::new(),
        }
    }
}

/// A phrase that was found: which words of the text it covers, and its row in the lexicon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    pub tokens: Range<usize>,
    pub row: usize,
}

impl<T> Lexicon<T> {
    /// Adds a phrase. `*` behind a word stands for any ending, `~` for up to four other words.
    pub fn add(&mut self, phrase: &str, value: T) {
        if phrase.contains(is_unspaced) {
            self.unspaced.push((phrase.to_owned(), self.rows.len()));
            self.rows.push((Vec::new(), value));
            return;
        }
        let mut parts: Vec<Part> = Vec::new();
        let mut gap = 0;
        for word in phrase
            .split(|c: char| !(c.is_alphanumeric() || c == '*' || c == '~'))
            .filter(|word| !word.is_empty())
        {
            if word == "~" {
                gap = GAP;
                continue;
            }
            parts.push(Part::new(word, gap));
            gap = 0;
        }
        let Some(first) = parts.first() else { return };
        let beginning = Beginning { opening: first.opening, mask: first.mask, row: self.rows.len() };
        if first.has_one_head() {
            let second = parts.get(1).filter(|part| part.gap == 0 && part.has_one_head());
            let key = key(first.opening, second.map_or(0, |part| part.opening));
            self.keys.entry(key).or_default().push(beginning);
            self.seen.add(key);
        } else {
            self.short.push(beginning);
        }
        self.rows.push((parts, value));
    }

    /// What a row stands for.
    pub fn value(&self, row: usize) -> &T {
        &self.rows[row].1
    }

    /// All phrases of a text by the word they begin with; those of one word in the order of the rows.
    pub fn find(&self, words: &Words<'_>) -> Vec<Match> {
        let tokens = words.tokens();
        let mut found: Vec<Match> = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            let second = tokens.get(at + 1).map_or(0, |token| token.opening);
            let [alone, beside] = [key(token.opening, 0), key(token.opening, second)];
            if self.seen.may_hold(alone)
                || self.seen.may_hold(beside)
                || self.short.iter().any(|short| short.fits(token))
            {
                self.find_at(words, at, [alone, beside], &mut found);
            }
        }
        if tokens.iter().any(|token| token.opening as u8 >= UNSPACED_BYTE) {
            self.find_unspaced(words, &mut found);
        }
        found
    }

    /// The phrases of scripts without spaces, with the words that they stand in.
    fn find_unspaced(&self, words: &Words<'_>, found: &mut Vec<Match>) {
        let token = |at: usize| words.tokens().partition_point(|token| token.end as usize <= at);
        for (phrase, row) in &self.unspaced {
            work_counter::look(1);
            found.extend(words.text.match_indices(phrase).map(|(at, phrase)| Match {
                tokens: token(at)..token(at + phrase.len() - 1) + 1,
                row: *row,
            }));
        }
        found.sort_by_key(|found| found.tokens.start);
    }

    /// The phrases that begin with word `at`, by its keys.
    fn find_at(&self, words: &Words<'_>, at: usize, [alone, beside]: [u64; 2], found: &mut Vec<Match>) {
        let before = found.len();
        let with_key = |key: u64| self.keys.get(&key).map_or(&[][..], Vec::as_slice);
        let beside = if beside == alone { &[][..] } else { with_key(beside) };
        for begin in with_key(alone)
            .iter()
            .chain(beside)
            .chain(&self.short)
            .filter(|begin| begin.fits(&words.tokens()[at]))
        {
            found.extend(self.matched(begin.row, words, at));
        }
        found[before..].sort_unstable_by_key(|found| found.row);
    }

    fn matched(&self, row: usize, words: &Words<'_>, at: usize) -> Option<Match> {
        let mut next = at;
        for part in &self.rows[row].0 {
            work_counter::look(1);
            let behind = words.tokens().get(next..)?;
            next += 1 + behind.iter().take(part.gap + 1).position(|token| part.fits(words.text, token))?;
        }
        Some(Match { tokens: at..next, row })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_with_endings_and_gaps() {
        let mut lexicon = Lexicon::default();
        for phrase in ["surge ~ traffic", "misconfigur*", "third-party", "bug", "à cause", "原因は"] {
            lexicon.add(phrase, phrase);
        }
        let found = |text: &str| -> Vec<&str> {
            let matches = lexicon.find(&Words::of(text));
            matches.iter().map(|found| *lexicon.value(found.row)).collect()
        };
        assert_eq!(found("A surge in our site's traffic"), ["surge ~ traffic"]);
        assert_eq!(
            found("Misconfigured by a third party, à cause de"),
            ["misconfigur*", "third-party", "à cause"]
        );
        assert_eq!(found("今回の障害の原因は、設定ミスです"), ["原因は"]);
        assert_eq!(found("bugs in a debugger; surge of one two three four traffic"), [] as [&str; 0]);
    }
}
