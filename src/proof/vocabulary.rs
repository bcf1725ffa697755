//! Words by which internal text would be known: those that occur in it and nowhere else.

use crate::document::decode_entities;
use crate::language::locale::is_unspaced;
use deunicode::deunicode;
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Letters of the shortest word that tells.
const LETTERS: usize = 4;
/// Digits of the shortest number that tells.
const DIGITS: usize = 5;

/// Soft hyphens and the like, which part nothing.
const UNSEEN: &[char] = &['\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}'];

/// E-mail addresses, hosts, network addresses, handles and keys of tickets.
static COMPOUNDS: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+|@[A-Za-z0-9_-]{2,39}|[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}|[A-Z][A-Z0-9]{1,9}-[0-9]{1,7}";
    regex::RegexBuilder::new(pattern).unicode(false).build().expect("a pattern of ours")
});

/// Every word of a text that could tell it, in small letters, with a place in the text that has it.
pub fn words(text: &str) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    let mut add = |word: &str, at: usize| {
        words.entry(word.to_lowercase()).or_insert(at);
        let plain = deunicode(word).to_lowercase();
        if !word.is_ascii() && tells(&plain) && plain.chars().all(char::is_alphanumeric) {
            words.entry(plain).or_insert(at);
        }
    };
    for found in COMPOUNDS.find_iter(text) {
        add(found.as_str(), found.start());
    }
    runs(text, &mut add);
    let read = decode_entities(text).replace(UNSEEN, "");
    if read != text {
        // Where such a word stands can no longer be told.
        runs(&read, &mut |word, _| add(word, 0));
    }
    words
}

/// Runs of letters and digits; of scripts without spaces each two characters.
fn runs<'t>(text: &'t str, add: &mut dyn FnMut(&'t str, usize)) {
    let is_part = |c: char| c.is_alphanumeric() || UNSEEN.contains(&c);
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, is_part(c)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                run(&text[from..at], from, add);
                start = None;
            }
            _ => {}
        }
    }
}

fn run<'t>(run: &'t str, from: usize, add: &mut dyn FnMut(&'t str, usize)) {
    if run.chars().any(is_unspaced) {
        let starts: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
        for pair in starts.windows(3) {
            let two = &run[pair[0]..pair[2]];
            if two.chars().all(|c| is_unspaced(c) && c.is_alphanumeric()) {
                add(two, from + pair[0]);
            }
        }
    } else if tells(run) {
        add(run, from);
    }
}

/// Whether a run is long enough to tell.
fn tells(run: &str) -> bool {
    match run.bytes().all(|b| b.is_ascii_digit()) {
        true => run.len() >= DIGITS,
        false => run.chars().filter(|c| !UNSEEN.contains(c)).count() >= LETTERS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_and_names_tell() {
        let all: Vec<String> = words("Dana paged ops@quay.example (QUAY-7), 4821 then 48213 of Zoé; 停电了")
            .into_keys()
            .collect();
        let wanted = [
            "48213",
            "dana",
            "example",
            "ops@quay.example",
            "paged",
            "quay",
            "quay-7",
            "then",
            "停电",
            "电了",
        ];
        assert_eq!(all, wanted);
    }

    #[test]
    fn a_word_is_known_however_it_is_spelled() {
        for (text, word) in
            [("D&#97;na", "dana"), ("Da\u{ad}na", "dana"), ("Łukasz", "lukasz"), ("DANA", "dana")]
        {
            assert!(words(text).contains_key(word), "{text}");
        }
    }
}
