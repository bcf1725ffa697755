//! Tables of names, looked up by length and first letter: a word that is in no
//! table is told so by one look, and nothing is copied or hashed on the way.
//! Words are compared by their first eight bytes at once.

use std::ops::Range;

/// Longest name that is kept apart by its length, in bytes.
const LONGEST: usize = 31;
/// Letters of the alphabet, and one place for all other first characters.
const LETTERS: usize = 27;

/// Names with what each stands for. Case does not count.
#[derive(Debug)]
pub struct Names<T> {
    /// By length, then first letter; equal keys in the order of the rows. Each with its opening.
    rows: Vec<(u64, String, T)>,
    /// Where the rows of each length and first letter begin.
    starts: Vec<u16>,
    /// The openings that there are.
    seen: Openings,
}

impl<T> Names<T> {
    /// Of rows with equal names the first one counts.
    pub fn new<N: AsRef<str>>(rows: impl IntoIterator<Item = (N, T)>) -> Names<T> {
        let row = |(name, value): (N, T)| {
            let name = name.as_ref().to_lowercase();
            (opening(name.as_bytes(), 0..name.len()), name, value)
        };
        let mut rows: Vec<(u64, String, T)> = rows.into_iter().map(row).collect();
        rows.sort_by_key(|row| place(&row.1));
        let starts = (0..=(LONGEST + 1) * LETTERS).map(|at| rows.partition_point(|row| place(&row.1) < at) as u16).collect();
        let mut seen = Openings::default();
        rows.iter().for_each(|row| seen.add(row.0));
        Names { rows, starts, seen }
    }

    /// What `name` stands for.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.at(name, 0..name.len())
    }

    /// What the word at `range` of a text stands for.
    pub fn at(&self, text: &str, range: Range<usize>) -> Option<&T> {
        let opening = opening(text.as_bytes(), range.clone());
        if !self.seen.may_hold(opening) {
            return None;
        }
        let name = &text[range];
        let place = place(name);
        let rows = &self.rows[self.starts[place] as usize..self.starts[place + 1] as usize];
        let same = |row: &&(u64, String, T)| {
            row.0 == opening && (name.len() <= OPENING || row.1.eq_ignore_ascii_case(name) || row.1 == name.to_lowercase())
        };
        rows.iter().find(same).map(|row| &row.2)
    }
}

/// How many bytes of a word are compared at once.
pub const OPENING: usize = 8;

/// The first bytes of a word, letters in lower case; behind a shorter word stand zeros. Words with
/// the same opening and the same length, of up to eight bytes, are the same but for case: the letters
/// of Latin scripts differ by this bit in their UTF-8 too.
pub fn opening(text: &[u8], word: Range<usize>) -> u64 {
    const LOWER: u64 = 0x2020_2020_2020_2020;
    let known = if word.len() >= OPENING { u64::MAX } else { (1 << (8 * word.len())) - 1 };
    let bytes = match text.get(word.start..word.start + OPENING).and_then(|bytes| bytes.try_into().ok()) {
        Some(bytes) => u64::from_le_bytes(bytes),
        None => text[word.start..].iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte)),
    };
    (bytes | LOWER) & known
}

/// The first three letters of many words, as a set: most words are told at once to begin like none of them.
#[derive(Debug, Clone)]
pub struct Openings {
    bits: Vec<u64>,
}

impl Default for Openings {
    fn default() -> Openings {
        Openings { bits: vec![0; 1 << (15 - 6)] }
    }
}

impl Openings {
    pub fn add(&mut self, opening: u64) {
        let (element, bit) = Openings::bit(opening);
        self.bits[element] |= bit;
    }

    /// Whether a word that begins so may be among them.
    pub fn may_hold(&self, opening: u64) -> bool {
        let (element, bit) = Openings::bit(opening);
        self.bits[element] & bit != 0
    }

    /// The place of three letters among all, five bits each.
    fn bit(opening: u64) -> (usize, u64) {
        let letters = (opening & 0x1f) | (opening >> 8 & 0x1f) << 5 | (opening >> 16 & 0x1f) << 10;
        ((letters >> 6) as usize, 1 << (letters & 63))
    }
}

fn place(name: &str) -> usize {
    let letter = match name.as_bytes().first() {
        Some(byte @ (b'a'..=b'z' | b'A'..=b'Z')) => usize::from((byte | 0x20) - b'a'),
        _ => LETTERS - 1,
    };
    name.len().min(LONGEST) * LETTERS + letter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_any_case() {
        let names = Names::new([("may", 5), ("août", 8), ("America/Argentina/ComodRivadavia", 0), ("may", 6)]);
        for (name, value) in [("May", 5), ("AOÛT", 8), ("america/argentina/comodrivadavia", 0)] {
            assert_eq!(names.get(name), Some(&value), "{name}");
        }
        assert_eq!(names.get("mayor"), None);
        assert_eq!(names.get(""), None);
    }
}
