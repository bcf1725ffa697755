//! Looks for words in files. Where a word is only a part of another it is not that word.

use aho_corasick::{AhoCorasick, MatchKind};
use deunicode::deunicode;
use std::collections::BTreeSet;

/// Letters of base64 that stand together in packed data.
const PACKED: usize = 120;

/// Finds words of a list, in any case.
#[derive(Debug)]
pub struct Scanner {
    words: Vec<String>,
    /// The word of each pattern: one that is not ASCII has several.
    of_pattern: Vec<usize>,
    automaton: AhoCorasick,
}

impl Scanner {
    /// For words in small letters.
    pub fn new(words: Vec<String>) -> Option<Scanner> {
        let (mut patterns, mut of_pattern) = (Vec::new(), Vec::new());
        for (at, word) in words.iter().enumerate() {
            let mut spelled = BTreeSet::from([word.clone()]);
            if !word.is_ascii() {
                spelled.extend([word.to_uppercase(), capitalized(word)]);
            }
            of_pattern.extend(spelled.iter().map(|_| at));
            patterns.extend(spelled);
        }
        let mut builder = AhoCorasick::builder();
        let automaton = builder.ascii_case_insensitive(true).match_kind(MatchKind::Standard).build(&patterns);
        automaton.ok().filter(|_| !words.is_empty()).map(|automaton| Scanner { words, of_pattern, automaton })
    }

    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// Positions of the words that are in a file, each with its first place.
    pub fn find(&self, bytes: &[u8], is_word: fn(&[u8], usize, usize) -> bool) -> Vec<(usize, usize)> {
        let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
        for hit in self.automaton.find_overlapping_iter(bytes) {
            let word = self.of_pattern[hit.pattern().as_usize()];
            if !seen.contains(&word) && is_word(bytes, hit.start(), hit.end()) {
                seen.insert(word);
                found.push((word, hit.start()));
            }
        }
        found
    }

    /// Positions of the words that a text has: as it is, and in the plain letters that addresses are made of.
    pub fn known(&self, text: &str) -> Vec<usize> {
        let find = |text: &str| self.find(text.as_bytes(), is_word_or_part);
        let mut found = find(text);
        if !text.is_ascii() {
            found.extend(find(&deunicode(text)));
        }
        found.into_iter().map(|(word, _)| word).collect()
    }
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// Whether a stretch is a word of its own, and none of packed data.
pub fn is_word(bytes: &[u8], start: usize, end: usize) -> bool {
    let is_open = |at: usize, from: usize| !is_alphanumeric(bytes, at) || is_escape(bytes, from);
    (start == 0 || is_spaceless(bytes, start) || is_open(start - 1, start))
        && (end == bytes.len() || is_spaceless(bytes, start) || !is_alphanumeric(bytes, end))
        && !is_packed(bytes, start, end)
}

/// The same, or a part of a name such as `deadLetter` or `queue2`.
pub fn is_word_or_part(bytes: &[u8], start: usize, end: usize) -> bool {
    let at = |at: usize| bytes.get(at).copied().unwrap_or(b' ');
    let turns = |before: u8, behind: u8| {
        before.is_ascii_lowercase() && behind.is_ascii_uppercase()
            || before.is_ascii_digit() != behind.is_ascii_digit()
            || !behind.is_ascii_alphanumeric()
            || !before.is_ascii_alphanumeric()
    };
    // `IPNets` is `IP` and `Nets`.
    let is_behind_initials = at(start).is_ascii_uppercase() && at(start + 1).is_ascii_lowercase();
    let begins =
        start == 0 || turns(at(start - 1), at(start)) || is_behind_initials || is_spaceless(bytes, start);
    begins && (turns(at(end - 1), at(end)) || is_spaceless(bytes, start) || at(end) == b's')
}

/// Whether the text at a place is of a script without spaces.
fn is_spaceless(bytes: &[u8], at: usize) -> bool {
    // Lead bytes of U+2E80 and above.
    bytes
        .get(at)
        .is_some_and(|byte| *byte >= 0xe2 && !(*byte == 0xe2 && bytes.get(at + 1).is_none_or(|b| *b < 0xba)))
}

fn is_alphanumeric(bytes: &[u8], at: usize) -> bool {
    match bytes[at] {
        byte if byte < 0x80 => byte.is_ascii_alphanumeric(),
        // Punctuation and spaces beyond ASCII: U+0080 to U+00BF, and U+2000 to U+2BFF.
        _ => {
            let start = (at.saturating_sub(3)..=at).rev().find(|start| bytes[*start] >= 0xc0).unwrap_or(at);
            let text = std::str::from_utf8(&bytes[start..(start + 4).min(bytes.len())]);
            let valid = match text {
                Ok(text) => text,
                Err(error) => {
                    std::str::from_utf8(&bytes[start..start + error.valid_up_to()]).unwrap_or_default()
                }
            };
            valid.chars().next().is_some_and(char::is_alphanumeric)
        }
    }
}

/// Whether what stands before a word is an escape: `%2F` of an address, `\n` of JSON.
fn is_escape(bytes: &[u8], start: usize) -> bool {
    let before = &bytes[start.saturating_sub(3)..start];
    let of_address = before.len() == 3 && before[0] == b'%' && before[1..].iter().all(u8::is_ascii_hexdigit);
    let of_json = before.len() >= 2
        && before[before.len() - 2] == b'\\'
        && b"nrtbf".contains(&before[before.len() - 1]);
    of_address || of_json
}

fn is_packed(bytes: &[u8], start: usize, end: usize) -> bool {
    let is_letter = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    let before = bytes[..start].iter().rev().take(PACKED).take_while(is_letter).count();
    let behind = bytes[end..].iter().take(PACKED).take_while(is_letter).count();
    before + behind >= PACKED
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let words = ["dana", "zoé", "停电", "48213"].map(str::to_owned);
        let scanner = Scanner::new(words.to_vec()).expect("words");
        scanner
            .find(text.as_bytes(), is_word)
            .into_iter()
            .map(|(word, _)| scanner.words()[word].clone())
            .collect()
    }

    #[test]
    fn a_word_is_found_where_it_stands_alone() {
        for (text, wanted) in [
            ("DANA.", &["dana"][..]),
            ("x_dana-", &["dana"]),
            ("%2Fdana", &["dana"]),
            (r#""a\ndana""#, &["dana"]),
            ("»Dana«", &["dana"]),
            ("bandana", &[]),
            ("danaé", &[]),
            ("ZOÉ, Zoé", &["zoé"]),
            ("明日停电了", &["停电"]),
            ("148213 48213", &["48213"]),
        ] {
            assert_eq!(found(text), wanted, "{text}");
        }
        let packed = format!("{}/dana/{}", "A".repeat(80), "B".repeat(80));
        assert!(found(&packed).is_empty());
    }

    #[test]
    fn a_part_of_a_known_name_is_known() {
        let scanner = Scanner::new(vec!["letter".to_owned(), "cafe".to_owned()]).expect("words");
        assert_eq!(scanner.known("deadLetterQueue"), [0]);
        assert_eq!(scanner.known("Cafés"), [1]);
        assert_eq!(scanner.known("IPLetter"), [0]);
        assert!(scanner.known("newsletter").is_empty());
    }
}
