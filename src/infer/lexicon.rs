//! Finding many phrases in a text at once.

use std::collections::HashMap;
use std::ops::Range;

/// Words of a text: where each stands. Digits and letters make words; all else parts them.
#[derive(Debug)]
pub struct Tokens<'t> {
    text: &'t str,
    pub ranges: Vec<Range<usize>>,
}

impl<'t> Tokens<'t> {
    /// The words of `text[range]`.
    pub fn of(text: &'t str, range: Range<usize>) -> Tokens<'t> {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        let mut open = None;
        for (at, c) in text[range.clone()].char_indices() {
            match (c.is_alphanumeric(), open) {
                (true, None) => open = Some(range.start + at),
                (false, Some(from)) => {
                    ranges.push(from..range.start + at);
                    open = None;
                }
                _ => {}
            }
        }
        ranges.extend(open.map(|from| from..range.end));
        Tokens { text, ranges }
    }

    fn word(&self, at: usize) -> Option<&'t str> {
        self.ranges.get(at).map(|range| &self.text[range.clone()])
    }
}

/// One word of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    word: String,
    /// Whether longer words that begin so fit as well.
    stem: bool,
    /// How many other words may stand before it.
    gap: usize,
}

/// Most words that `~` lets stand between two words of a phrase.
const GAP: usize = 4;

/// Phrases with what each stands for.
#[derive(Debug, Clone)]
pub struct Lexicon<T> {
    rows: Vec<(Vec<Part>, T)>,
    /// Rows by the first bytes of their first word. Looked up, never walked.
    heads: HashMap<[u8; 3], Vec<usize>>,
}

impl<T> Default for Lexicon<T> {
    fn default() -> Lexicon<T> {
        Lexicon { rows: Vec::new(), heads: HashMap::new() }
    }
}

/// A phrase that was found: which words of the text it covers, and what it stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct Match<'l, T> {
    pub tokens: Range<usize>,
    /// The phrase's number, in the order in which phrases were added.
    pub row: usize,
    pub value: &'l T,
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
            parts.push(Part { word: word.trim_end_matches('*').to_lowercase(), stem: word.ends_with('*'), gap });
            gap = 0;
        }
        let Some(first) = parts.first() else { return };
        self.heads.entry(head(&first.word)).or_default().push(self.rows.len());
        self.rows.push((parts, value));
    }

    /// The phrases that begin at word `at`.
    pub fn at<'l>(&'l self, tokens: &Tokens<'_>, at: usize) -> impl Iterator<Item = Match<'l, T>> {
        let word = tokens.word(at).unwrap_or_default();
        let rows = self.heads.get(&head(word)).map_or(&[] as &[usize], Vec::as_slice);
        let found: Vec<Match<'l, T>> = rows.iter().filter_map(|row| self.matched(*row, tokens, at)).collect();
        found.into_iter()
    }

    fn matched<'l>(&'l self, row: usize, tokens: &Tokens<'_>, at: usize) -> Option<Match<'l, T>> {
        let (parts, value) = &self.rows[row];
        let mut next = at;
        for part in parts {
            next += 1 + (0..=part.gap).find(|skip| tokens.word(next + skip).is_some_and(|word| fits(part, word)))?;
        }
        Some(Match { tokens: at..next, row, value })
    }
}

fn fits(part: &Part, word: &str) -> bool {
    let Some(start) = word.get(..part.word.len()) else { return false };
    (part.stem || word.len() == part.word.len()) && start.eq_ignore_ascii_case(&part.word)
}

/// The first three bytes in lower case; shorter words are filled up with zeros.
fn head(word: &str) -> [u8; 3] {
    let mut head = [0; 3];
    for (to, from) in head.iter_mut().zip(word.bytes()) {
        *to = from.to_ascii_lowercase();
    }
    head
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_with_endings_and_gaps() {
        let mut lexicon = Lexicon::default();
        for phrase in ["surge ~ traffic", "misconfigur*", "third-party", "bug"] {
            lexicon.add(phrase, phrase);
        }
        let found = |text: &str| -> Vec<&str> {
            let tokens = Tokens::of(text, 0..text.len());
            (0..tokens.ranges.len()).flat_map(|at| lexicon.at(&tokens, at).map(|m| *m.value).collect::<Vec<_>>()).collect()
        };
        assert_eq!(found("A surge in our site's traffic"), ["surge ~ traffic"]);
        assert_eq!(found("Misconfigured by a third party"), ["misconfigur*", "third-party"]);
        assert_eq!(found("bugs in a debugger; surge of one two three four traffic"), [] as [&str; 0]);
    }
}
