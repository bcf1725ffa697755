//! Terms and words as blocks: sorted, cut where a block is full, found by binary search.

use super::postings::{Entry, browser_order};

/// Words outside these lengths are not corrected: the short have too many neighbours.
const CORRECTED: std::ops::RangeInclusive<usize> = 4..=24;

/// Sorted items in blocks.
pub struct Blocks {
    pub blocks: Vec<Vec<u8>>,
    /// For each block but the first, the shortest text that is greater than all before it
    /// and not greater than its first item.
    pub separators: Vec<String>,
}

/// A term ready to be put into a block.
pub struct Encoded {
    pub term: Box<str>,
    /// Incidents that have it in text or names, and in their titles.
    pub counts: (u32, u32),
    postings: Box<[u8]>,
    /// Whether it is a word that a misspelt one may have meant.
    corrects: bool,
}

/// The postings of a term as bytes: the incidents as differences, then the impacts in half bytes;
/// the same for titles and their lengths.
pub fn encode(entry: &Entry) -> Encoded {
    let mut postings = Vec::with_capacity(entry.texts.len() * 2);
    for list in [&entry.texts, &entry.titles] {
        let mut before = 0;
        for (doc, _) in list {
            varint(doc - before, &mut postings);
            before = *doc;
        }
        for pair in list.chunks(2) {
            postings.push(pair[0].1 << 4 | pair.get(1).map_or(0, |(_, number)| *number));
        }
    }
    let counts = (entry.texts.len() as u32, entry.titles.len() as u32);
    Encoded { corrects: corrects(entry), term: entry.term.as_str().into(), counts, postings: postings.into() }
}

/// A word of letters, or one with digits that is not a one-off.
fn corrects(entry: &Entry) -> bool {
    let letters = entry.term.chars().filter(|c| c.is_alphabetic()).count();
    let all = entry.term.chars().count();
    let plain = letters == all || (letters > 1 && entry.texts.len() > 1);
    !entry.whole && plain && CORRECTED.contains(&all)
}

/// All terms in blocks of about `size` bytes: how many, then for each the UTF-16 units it shares with
/// the one before, the bytes of the rest of it, its counts and the bytes of its postings; then all postings.
pub fn terms(entries: &[Encoded], size: usize) -> Blocks {
    let cost = |entry: &Encoded| entry.postings.len() + entry.term.len() / 2 + 5;
    let groups = groups(entries, size, cost, |entry| &entry.term);
    let names: Vec<(&str, &str)> =
        groups.windows(2).map(|pair| ends(pair, |entry| entry.term.as_ref())).collect();
    Blocks { separators: separators(&names), blocks: groups.iter().map(|group| term_block(group)).collect() }
}

fn term_block(group: &[Encoded]) -> Vec<u8> {
    let mut block = Vec::new();
    varint(group.len() as u32, &mut block);
    let mut before = "";
    for entry in group {
        let shared = shared(before, &entry.term);
        varint(entry.term[..shared].encode_utf16().count() as u32, &mut block);
        varint((entry.term.len() - shared) as u32, &mut block);
        block.extend_from_slice(&entry.term.as_bytes()[shared..]);
        varint(entry.counts.0, &mut block);
        varint(entry.counts.1, &mut block);
        varint(entry.postings.len() as u32, &mut block);
        before = &entry.term;
    }
    for entry in group {
        block.extend_from_slice(&entry.postings);
    }
    block
}

/// The words that can correct a misspelt one, twice: by their beginnings and by their ends (each
/// word written backwards). One edit leaves one half of a word as it is, so one of the two finds it.
pub fn vocabulary(entries: &[Encoded], size: usize) -> [Blocks; 2] {
    let forward: Vec<String> = entries.iter().filter(|entry| entry.corrects).map(word).collect();
    let mut backward: Vec<String> =
        entries.iter().filter(|entry| entry.corrects).map(word_backwards).collect();
    backward.sort_unstable_by(|a, b| browser_order(a, b));
    [forward, backward].map(|words| words_in_blocks(&words, size))
}

/// How common a word is, as a letter: twice as common is the next letter.
fn commonness(entry: &Encoded) -> char {
    char::from(b'A' + entry.counts.0.max(1).ilog2() as u8)
}

fn word(entry: &Encoded) -> String {
    format!("{}{}", entry.term, commonness(entry))
}

fn word_backwards(entry: &Encoded) -> String {
    let mut word: String = entry.term.chars().rev().collect();
    word.push(commonness(entry));
    word
}

fn words_in_blocks(words: &[String], size: usize) -> Blocks {
    let groups = groups(words, size, |word| word.len() + 1, |word| word);
    let names: Vec<(&str, &str)> = groups.windows(2).map(|pair| ends(pair, String::as_str)).collect();
    Blocks {
        separators: separators(&names),
        blocks: groups.iter().map(|group| group.join(" ").into_bytes()).collect(),
    }
}

/// The last name of one group and the first of the next.
fn ends<'g, T>(pair: &[&'g [T]], name: impl Fn(&'g T) -> &'g str) -> (&'g str, &'g str) {
    (pair[0].last().map_or("", &name), pair[1].first().map_or("", &name))
}

/// Cuts sorted items into groups of at most `size`, unless one item is larger. The cut is made where
/// neighbours share least in the last third, so that a word and its inflections stay together:
/// the browser looks for them in one block.
fn groups<T>(items: &[T], size: usize, cost: impl Fn(&T) -> usize, name: impl Fn(&T) -> &str) -> Vec<&[T]> {
    let costs: Vec<usize> = items.iter().map(cost).collect();
    if items.is_empty() {
        return vec![items];
    }
    let mut groups = Vec::new();
    let mut rest = 0..items.len();
    while !rest.is_empty() {
        let filled = |filled: &mut usize, cost: &usize| {
            *filled += cost;
            Some(*filled)
        };
        let sums: Vec<usize> =
            costs[rest.clone()].iter().scan(0, filled).take_while(|&sum| sum <= size).collect();
        let most = sums.len().max(1);
        let least = sums.iter().filter(|&&sum| sum <= size * 2 / 3).count().clamp(1, most);
        let shares = |count: &usize| {
            let at = rest.start + count;
            items.get(at).map_or(0, |next| shared(name(&items[at - 1]), name(next)))
        };
        let all_fit = most == rest.len();
        let count = if all_fit { most } else { (least..=most).rev().min_by_key(shares).unwrap_or(most) };
        groups.push(&items[rest.start..rest.start + count]);
        rest.start += count;
    }
    groups
}

fn separators(pairs: &[(&str, &str)]) -> Vec<String> {
    let shortest = |&(before, first): &(&str, &str)| {
        let same = before.chars().zip(first.chars()).take_while(|(a, b)| a == b).count();
        first.chars().take(same + 1).collect()
    };
    pairs.iter().map(shortest).collect()
}

/// Length of the common beginning, in bytes, at a border of characters.
fn shared(a: &str, b: &str) -> usize {
    let same = |(&x, &y): (&u8, &u8)| x == y;
    let mut length = a.as_bytes().iter().zip(b.as_bytes()).take_while(|&pair| same(pair)).count();
    while !b.is_char_boundary(length) {
        length -= 1;
    }
    length
}

/// Seven bits a byte, the low ones first; the high bit says that more follow.
fn varint(mut number: u32, into: &mut Vec<u8>) {
    while number >= 0x80 {
        into.push(number as u8 | 0x80);
        number >>= 7;
    }
    into.push(number as u8);
}
