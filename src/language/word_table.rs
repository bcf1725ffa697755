//! Tables of names, looked up by their first eight bytes at once: a word that is in no
//! table is told so by one look, and nothing is copied on the way.

use hashbrown::HashMap;
use std::ops::Range;

/// Names with what each stands for. Case does not count.
#[derive(Debug)]
pub struct Names<T> {
    /// In the order of their openings; of equal names in the order of the rows. Each with its opening.
    rows: Vec<(u64, String, T)>,
    /// The first row of each opening. Looked up, never walked.
    firsts: HashMap<u64, usize>,
    seen: Seen,
}

impl<T: Clone> Names<T> {
    /// Of rows with equal names the first one counts.
    pub fn new<N: AsRef<str>>(rows: impl IntoIterator<Item = (N, T)>) -> Names<T> {
        let row = |(name, value): (N, T)| {
            let name = name.as_ref().to_lowercase();
            openings(&name)
                .into_iter()
                .map(move |opening| (opening, name.clone(), value.clone()))
                .collect::<Vec<_>>()
        };
        let mut rows: Vec<(u64, String, T)> = rows.into_iter().flat_map(row).collect();
        rows.sort_by_key(|row| row.0);
        let firsts = rows.iter().enumerate().rev().map(|(at, row)| (row.0, at)).collect();
        let mut seen = Seen::default();
        rows.iter().for_each(|row| seen.add(row.0));
        Names { rows, firsts, seen }
    }

    /// What `name` stands for.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.at(opening(name.as_bytes(), 0..name.len()), name, 0..name.len())
    }

    /// The same for the word at `range` of a text, whose opening is known.
    #[inline]
    pub fn at(&self, opening: u64, text: &str, range: Range<usize>) -> Option<&T> {
        if self.seen.may_hold(opening) { self.among_equals(opening, &text[range]) } else { None }
    }

    fn among_equals(&self, opening: u64, name: &str) -> Option<&T> {
        let rows = &self.rows[*self.firsts.get(&opening)?..];
        let is_same = |row: &&(u64, String, T)| {
            let known = name.len() <= OPENING && name.is_ascii();
            row.1.len() == name.len() && (known || row.1.eq_ignore_ascii_case(name))
                || !name.is_ascii() && row.1 == name.to_lowercase()
        };
        rows.iter().take_while(|row| row.0 == opening).find(is_same).map(|row| &row.2)
    }
}

/// The openings that a name in lower case has as it is, with a capital and in capitals: other scripts than ASCII
/// have no bit in common that tells the cases of a letter apart.
fn openings(name: &str) -> Vec<u64> {
    let of = |name: &str| opening(name.as_bytes(), 0..name.len());
    let mut chars = name.chars();
    let capital: String = chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect();
    let mut all = vec![of(name), of(&capital), of(&name.to_uppercase())];
    all.sort_unstable();
    all.dedup();
    all
}

/// How many bytes of a word are compared at once.
pub const OPENING: usize = 8;

/// The first bytes of a word, letters in lower case; behind a shorter word stand zeros. Words with
/// the same opening and the same length, of up to eight bytes, are the same but for case: the letters
/// of Latin scripts differ by this bit in their UTF-8 too.
#[inline]
pub fn opening(text: &[u8], word: Range<usize>) -> u64 {
    const LOWER: u64 = 0x2020_2020_2020_2020;
    let known = KNOWN[(word.end - word.start).min(OPENING)];
    let rest = &text[word.start..];
    let bytes = match rest.first_chunk() {
        Some(bytes) => u64::from_le_bytes(*bytes),
        None => rest.iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte)),
    };
    (bytes | LOWER) & known
}

/// The bytes of an opening that a word of so many bytes has.
const KNOWN: [u64; OPENING + 1] = {
    let mut known = [0; OPENING + 1];
    let mut len = 1;
    while len <= OPENING {
        known[len] = u64::MAX >> (8 * (OPENING - len));
        len += 1;
    }
    known
};

/// Which keys there may be, as a set of their hashes: most words are told at once to be none of them.
#[derive(Debug, Clone)]
pub struct Seen {
    bits: Vec<u64>,
}

/// Bits of a hash. With some hundred keys few others have the hash of one.
const HASH: u32 = 14;

impl Default for Seen {
    fn default() -> Seen {
        Seen { bits: vec![0; 1 << (HASH - u64::BITS.ilog2())] }
    }
}

impl Seen {
    pub fn add(&mut self, key: u64) {
        let (element, bit) = Seen::bit(key);
        self.bits[element] |= bit;
    }

    /// Whether this key may be among them.
    #[inline]
    pub fn may_hold(&self, key: u64) -> bool {
        let (element, bit) = Seen::bit(key);
        self.bits[element] & bit != 0
    }

    /// Multiplicative hashing by the golden ratio: Knuth, The Art of Computer Programming 3, 6.4.
    #[inline]
    fn bit(key: u64) -> (usize, u64) {
        let hash = key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - HASH);
        ((hash >> u64::BITS.ilog2()) as usize, 1 << (hash % u64::from(u64::BITS)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_any_case() {
        let names =
            Names::new([("may", 5), ("août", 8), ("America/Argentina/ComodRivadavia", 0), ("may", 6)]);
        for (name, value) in [("May", 5), ("AOÛT", 8), ("america/argentina/comodrivadavia", 0)] {
            assert_eq!(names.get(name), Some(&value), "{name}");
        }
        assert_eq!(names.get("mayor"), None);
        assert_eq!(names.get(""), None);
    }
}
