//! Finding many phrases in a text at once: every word is looked at once for all
//! phrases, whatever they stand for.

use crate::document::effort;
use crate::incident::time::names::{OPENING, Openings, opening};
use crate::incident::time::words::{Kind, Words};
use hashbrown::HashMap;
use std::ops::Range;

/// A word of a text: where it stands, and its first eight bytes in lower case.
#[derive(Debug, Clone, Copy)]
struct Token {
    start: u32,
    end: u32,
    opening: u64,
}

/// Words of a text. Digits and letters make words; all else parts them.
#[derive(Debug)]
pub struct Tokens {
    tokens: Vec<Token>,
}

impl Tokens {
    pub fn of(words: &Words<'_>) -> Tokens {
        let mut tokens: Vec<Token> = Vec::with_capacity(words.len());
        for piece in words.pieces() {
            let part = match piece.kind {
                Kind::Number | Kind::Word => true,
                Kind::Mark(c) => c.is_alphanumeric(),
            };
            match tokens.last_mut() {
                _ if !part => {}
                Some(last) if last.end == piece.start => last.end = piece.end,
                _ => tokens.push(Token { start: piece.start, end: piece.end, opening: 0 }),
            }
        }
        for token in &mut tokens {
            token.opening = opening(words.text.as_bytes(), token.start as usize..token.end as usize);
        }
        Tokens { tokens }
    }

    /// The words that begin in `range` of the text, by number.
    pub fn within(&self, range: &Range<usize>) -> Range<usize> {
        let from = |at: usize| self.tokens.partition_point(|token| (token.start as usize) < at);
        from(range.start)..from(range.end)
    }
}

/// The first three bytes of an opening, by which phrases are looked up.
fn head(opening: u64) -> u32 {
    (opening & 0x00ff_ffff) as u32
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

    fn fits(&self, text: &str, token: &Token) -> bool {
        let len = (token.end - token.start) as usize;
        let rest =
            || text[token.start as usize..].get(..self.word.len()).is_some_and(|start| start.eq_ignore_ascii_case(&self.word));
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
    row: u32,
}

/// Most words that `~` lets stand between two words of a phrase.
const GAP: usize = 4;

/// Phrases with what each stands for.
#[derive(Debug, Clone)]
pub struct Lexicon<T> {
    rows: Vec<(Vec<Part>, T)>,
    /// Phrases by the first bytes of their first word. Looked up, never walked.
    heads: HashMap<u32, Vec<Beginning>>,
    seen: Openings,
}

impl<T> Default for Lexicon<T> {
    fn default() -> Lexicon<T> {
        Lexicon { rows: Vec::new(), heads: HashMap::new(), seen: Openings::default() }
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
        let mut parts: Vec<Part> = Vec::new();
        let mut gap = 0;
        for word in phrase.split(|c: char| !(c.is_alphanumeric() || c == '*' || c == '~')).filter(|word| !word.is_empty()) {
            if word == "~" {
                gap = GAP;
                continue;
            }
            parts.push(Part::new(word, gap));
            gap = 0;
        }
        let Some(first) = parts.first() else { return };
        let beginning = Beginning { opening: first.opening, mask: first.mask, row: self.rows.len() as u32 };
        self.heads.entry(head(first.opening)).or_default().push(beginning);
        self.seen.add(first.opening);
        self.rows.push((parts, value));
    }

    /// What a row stands for.
    pub fn value(&self, row: usize) -> &T {
        &self.rows[row].1
    }

    /// All phrases of a text by the word they begin with; those of one word in the order of the rows.
    pub fn find(&self, text: &str, tokens: &Tokens) -> Vec<Match> {
        let mut found = Vec::new();
        for (at, token) in tokens.tokens.iter().enumerate() {
            if !self.seen.may_hold(token.opening) {
                continue;
            }
            let Some(beginnings) = self.heads.get(&head(token.opening)) else { continue };
            let fitting = beginnings.iter().filter(|begin| (begin.opening ^ token.opening) & begin.mask == 0);
            found.extend(fitting.filter_map(|begin| self.matched(begin.row as usize, text, tokens, at)));
        }
        found
    }

    fn matched(&self, row: usize, text: &str, tokens: &Tokens, at: usize) -> Option<Match> {
        let mut next = at;
        for part in &self.rows[row].0 {
            effort::look(1);
            let behind = tokens.tokens.get(next..)?;
            next += 1 + behind.iter().take(part.gap + 1).position(|token| part.fits(text, token))?;
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
        for phrase in ["surge ~ traffic", "misconfigur*", "third-party", "bug", "à cause"] {
            lexicon.add(phrase, phrase);
        }
        let found = |text: &str| -> Vec<&str> {
            let matches = lexicon.find(text, &Tokens::of(&Words::of(text)));
            matches.iter().map(|found| *lexicon.value(found.row)).collect()
        };
        assert_eq!(found("A surge in our site's traffic"), ["surge ~ traffic"]);
        assert_eq!(found("Misconfigured by a third party, à cause de"), ["misconfigur*", "third-party", "à cause"]);
        assert_eq!(found("bugs in a debugger; surge of one two three four traffic"), [] as [&str; 0]);
    }
}
