//! Text as numbers, words and marks: what the readers of times look at.

use crate::language::locale::is_unspaced;
use crate::language::number_words::{NUMBERS, UNITS_BEHIND_NUMBERS};
use crate::language::word_class::{self, Heads};
use crate::language::word_table::{Names, opening};
use crate::language::work_counter;
use std::ops::Range;
use std::sync::LazyLock;

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// ASCII digits.
    Number,
    /// Letters; digits and letters never share a word.
    Word,
    /// Any other character that is not a space.
    Mark(char),
}

/// What stands between a piece and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    None,
    Space,
    Line,
}

/// One piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    pub kind: Kind,
    /// Where it stands, in bytes.
    pub start: u32,
    pub end: u32,
    pub gap: Gap,
    /// What it can be.
    heads: Heads,
}

/// Pieces of letters and digits with nothing between them: a word as phrases have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    pub start: u32,
    pub end: u32,
    /// Its first bytes in lower case: [`opening`].
    pub opening: u64,
}

/// A text cut into pieces. Positions outside it are no number, no word, no mark,
/// so that readers may look around without asking how long it is.
#[derive(Debug, Clone)]
pub struct Words<'t> {
    pub text: &'t str,
    pieces: Vec<Piece>,
    tokens: Vec<Token>,
    /// What any of its pieces can be.
    heads: Heads,
}

/// What an ASCII character is to a text that is cut.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Line,
    Digit,
    Letter,
    Mark,
    /// No ASCII.
    Beyond,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Beyond; 256];
    let mut byte = 0;
    while byte < 128 {
        classes[byte] = match byte as u8 {
            b'\n' => Class::Line,
            b' ' | b'\t' | b'\r' | 0x0b | 0x0c => Class::Space,
            b'0'..=b'9' => Class::Digit,
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            _ => Class::Mark,
        };
        byte += 1;
    }
    classes
};

impl<'t> Words<'t> {
    pub fn of(text: &'t str) -> Words<'t> {
        work_counter::look(text.len());
        let (pieces, tokens) =
            (Vec::with_capacity(text.len() / 4 + 2), Vec::with_capacity(text.len() / 5 + 1));
        let mut words = Words { text, pieces, tokens, heads: 0 };
        let known = word_class::words();
        let bytes = text.as_bytes();
        let (mut at, mut gap) = (0, Gap::None);
        while let Some(byte) = bytes.get(at) {
            let from = at;
            at += 1;
            match CLASSES[usize::from(*byte)] {
                Class::Space => gap = gap.max(Gap::Space),
                Class::Line => gap = Gap::Line,
                Class::Digit => {
                    at = run(bytes, at, Class::Digit);
                    words.number_at(from..at, std::mem::replace(&mut gap, Gap::None));
                }
                Class::Letter => {
                    at = run(bytes, at, Class::Letter);
                    if bytes.get(at).is_some_and(|byte| !byte.is_ascii()) {
                        at += rest_of_word(&text[at..]);
                    }
                    words.word_at(known, from..at, std::mem::replace(&mut gap, Gap::None));
                }
                Class::Mark => {
                    words.mark_at(char::from(*byte), from..at, std::mem::replace(&mut gap, Gap::None))
                }
                Class::Beyond => at = words.beyond_ascii(known, from, &mut gap),
            }
        }
        words
    }

    /// A character that is not ASCII, with the rest of its word; the byte behind it.
    fn beyond_ascii(&mut self, known: &Names<Heads>, at: usize, gap: &mut Gap) -> usize {
        let rest = &self.text[at..];
        let c = rest.chars().next().unwrap_or(' ');
        let end = at + c.len_utf8();
        if c.is_whitespace() || c == '\u{200b}' {
            *gap = (*gap).max(Gap::Space);
            return end;
        }
        let open = gap;
        let gap = std::mem::replace(open, Gap::None);
        if FULL_WIDTH_DIGITS.contains(&c) {
            let end = at + rest.find(|c| !FULL_WIDTH_DIGITS.contains(&c)).unwrap_or(rest.len());
            self.number_at(at..end, gap);
            return end;
        }
        if c.is_alphabetic() {
            return if is_unspaced(c) {
                self.unspaced(known, at, gap, open)
            } else {
                self.spaced(known, at, gap)
            };
        }
        if c.is_alphanumeric() {
            self.extend_token(at..end);
        }
        self.mark_at(plain_mark(c), at..end, gap);
        end
    }

    fn spaced(&mut self, known: &Names<Heads>, at: usize, gap: Gap) -> usize {
        let end = at + rest_of_word(&self.text[at..]);
        self.word_at(known, at..end, gap);
        end
    }

    /// Letters of a script without spaces: parted from numbers as if by one, and a unit behind a number from what follows.
    fn unspaced(&mut self, known: &Names<Heads>, at: usize, gap: Gap, open: &mut Gap) -> usize {
        let behind_number =
            self.pieces.last().is_some_and(|last| last.kind == Kind::Number) && gap == Gap::None;
        let rest = &self.text[at..];
        let unit = UNITS_BEHIND_NUMBERS.iter().find(|unit| behind_number && rest.starts_with(**unit));
        let end = at + unit.map_or_else(|| rest_of_word(rest), |unit| unit.len());
        self.word_at(known, at..end, if behind_number { Gap::Space } else { gap });
        *open = Gap::Space;
        end
    }

    #[inline]
    fn number_at(&mut self, range: Range<usize>, gap: Gap) {
        self.extend_token(range.clone());
        self.push(Kind::Number, range, gap, word_class::DIGITS);
    }

    #[inline(always)]
    fn word_at(&mut self, known: &Names<Heads>, range: Range<usize>, gap: Gap) {
        let opening = opening(self.text.as_bytes(), range.clone());
        match self.tokens.last() {
            Some(last) if last.end as usize == range.start => self.extend_token(range.clone()),
            _ => self.tokens.push(Token { start: range.start as u32, end: range.end as u32, opening }),
        }
        let heads = word_class::of_word(known, opening, self.text, range.clone());
        if heads & word_class::ZONE_TAIL != 0 {
            self.mark_zone();
        }
        self.push(Kind::Word, range, gap, heads);
    }

    fn mark_at(&mut self, mark: char, range: Range<usize>, gap: Gap) {
        let heads = match mark {
            '%' | '٪' => word_class::PERCENT,
            '/' => word_class::ZONE_TAIL,
            _ => 0,
        };
        match mark {
            ':' => self.mark_blank(),
            '/' => self.mark_zone(),
            _ => {}
        }
        self.push(Kind::Mark(mark), range, gap, heads);
    }

    #[inline]
    fn push(&mut self, kind: Kind, range: Range<usize>, gap: Gap, heads: Heads) {
        self.heads |= heads;
        self.pieces.push(Piece { kind, start: range.start as u32, end: range.end as u32, gap, heads });
    }

    /// Letters or digits that may belong to the token before them.
    fn extend_token(&mut self, range: Range<usize>) {
        let bytes = self.text.as_bytes();
        match self.tokens.last_mut().filter(|last| last.end as usize == range.start) {
            Some(last) => {
                last.end = range.end as u32;
                last.opening = opening(bytes, last.start as usize..range.end);
            }
            None => {
                let opening = opening(bytes, range.clone());
                self.tokens.push(Token { start: range.start as u32, end: range.end as u32, opening });
            }
        }
    }

    /// A slash or `Time`: the word before it may be a zone's.
    fn mark_zone(&mut self) {
        if let Some(last) = self.pieces.last_mut().filter(|last| last.kind == Kind::Word) {
            last.heads |= word_class::ZONE;
            self.heads |= word_class::ZONE;
        }
    }

    /// A colon behind `--`, `??` or `__`: they may be the hour of a clock time that was never filled in.
    fn mark_blank(&mut self) {
        if let [.., first, second] = self.pieces.as_mut_slice()
            && matches!(first.kind, Kind::Mark('-' | '?' | '_'))
            && first.kind == second.kind
        {
            first.heads |= word_class::CLOCK;
            self.heads |= word_class::CLOCK;
        }
    }

    /// The next piece from `at` on that can be one of these.
    pub fn next(&self, at: usize, heads: Heads) -> Option<usize> {
        if self.heads & heads == 0 {
            return None;
        }
        let found = self.pieces.get(at..)?.iter().position(|piece| piece.heads & heads != 0);
        work_counter::look(found.unwrap_or(self.pieces.len() - at));
        found.map(|found| at + found)
    }

    /// Whether any piece can be one of these.
    pub fn hold(&self, heads: Heads) -> bool {
        self.heads & heads != 0
    }

    /// Whether piece `at` can be one of these.
    pub fn may(&self, at: usize, heads: Heads) -> bool {
        self.pieces.get(at).is_some_and(|piece| piece.heads & heads != 0)
    }

    pub fn len(&self) -> usize {
        self.pieces.len()
    }

    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The words as phrases have them.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    pub fn piece(&self, at: usize) -> Option<Piece> {
        work_counter::look(1);
        self.pieces.get(at).copied()
    }

    pub fn start(&self, at: usize) -> usize {
        self.piece(at).map_or(self.text.len(), |piece| piece.start as usize)
    }

    /// The byte after piece `at`.
    pub fn end(&self, at: usize) -> usize {
        self.piece(at).map_or(self.text.len(), |piece| piece.end as usize)
    }

    /// The text of piece `at`, or nothing.
    pub fn str(&self, at: usize) -> &'t str {
        self.piece(at).and_then(|piece| self.text.get(piece.start as usize..piece.end as usize)).unwrap_or("")
    }

    /// The digits at `at`.
    pub fn digits(&self, at: usize) -> Option<&'t str> {
        self.piece(at).filter(|piece| piece.kind == Kind::Number).map(|_| self.str(at))
    }

    /// The number at `at`, when it has from `fewest` to `most` digits, of nine at most.
    pub fn number(&self, at: usize, fewest: usize, most: usize) -> Option<i32> {
        let piece = self.piece(at).filter(|piece| piece.kind == Kind::Number)?;
        let digits = &self.text.as_bytes()[piece.start as usize..piece.end as usize];
        if !digits[0].is_ascii() {
            return full_width(self.str(at), fewest, most);
        }
        let fits = (fewest..=most.min(9)).contains(&digits.len());
        fits.then(|| digits.iter().fold(0, |number, digit| number * 10 + i32::from(digit - b'0')))
    }

    /// The word at `at`.
    pub fn word(&self, at: usize) -> Option<&'t str> {
        self.piece(at).filter(|piece| piece.kind == Kind::Word).map(|_| self.str(at))
    }

    /// Whether the word at `at` is `word`, in any case.
    pub fn is(&self, at: usize, word: &str) -> bool {
        self.word(at).is_some_and(|found| found.eq_ignore_ascii_case(word))
    }

    pub fn is_any(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(at, word))
    }

    pub fn mark(&self, at: usize) -> Option<char> {
        match self.piece(at)?.kind {
            Kind::Mark(c) => Some(c),
            _ => None,
        }
    }

    pub fn is_mark(&self, at: usize, mark: char) -> bool {
        self.mark(at) == Some(mark)
    }

    /// Whether piece `at` follows the one before it without a gap.
    pub fn glued(&self, at: usize) -> bool {
        at > 0 && self.piece(at).is_some_and(|piece| piece.gap == Gap::None)
    }

    /// Whether piece `at` stands on the same line as the one before it.
    pub fn same_line(&self, at: usize) -> bool {
        at > 0 && self.piece(at).is_some_and(|piece| piece.gap != Gap::Line)
    }

    /// The piece before `at` when nothing stands between them.
    pub fn glued_before(&self, at: usize) -> Option<Piece> {
        if self.glued(at) { self.piece(at - 1) } else { None }
    }

    pub fn is_dash(&self, at: usize) -> bool {
        matches!(self.mark(at), Some('-' | '–' | '—' | '−' | '‐' | '‑' | '~' | '→'))
    }
}

const FULL_WIDTH_DIGITS: std::ops::RangeInclusive<char> = '０'..='９';

/// The number of full-width digits, when it has from `fewest` to `most` of them.
fn full_width(digits: &str, fewest: usize, most: usize) -> Option<i32> {
    let fits = (fewest..=most.min(9)).contains(&digits.chars().count());
    fits.then(|| digits.chars().fold(0, |number, digit| number * 10 + (digit as i32 - '０' as i32)))
}

/// The mark that a full-width or rarer form of it stands for.
fn plain_mark(c: char) -> char {
    match c {
        '：' => ':',
        '／' => '/',
        '．' => '.',
        '，' => ',',
        '（' => '(',
        '）' => ')',
        '％' => '%',
        '＋' => '+',
        '〜' | '～' => '~',
        '\u{2010}' | '\u{2011}' | '－' => '-',
        other => other,
    }
}

/// Where a run of one class ends that goes on at `at`.
#[inline]
fn run(bytes: &[u8], mut at: usize, class: Class) -> usize {
    while bytes.get(at).is_some_and(|byte| CLASSES[usize::from(*byte)] == class) {
        at += 1;
    }
    at
}

/// How many bytes of letters a text begins with.
fn rest_of_word(text: &str) -> usize {
    if text.as_bytes().first().is_none_or(u8::is_ascii)
        && !text.starts_with(|c: char| c.is_ascii_alphabetic())
    {
        return 0;
    }
    text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len())
}

/// The number that is written in words at `at`, and how many pieces it takes:
/// `five`, `twenty-five`, `twenty five`.
pub fn number_word(words: &Words, at: usize) -> Option<(i32, usize)> {
    static TABLE: LazyLock<Names<i32>> = LazyLock::new(|| Names::new(NUMBERS.iter().copied()));
    let number = |at: usize| {
        words.word(at).filter(|_| words.may(at, word_class::COUNT)).and_then(|word| TABLE.get(word))
    };
    let tens = number(at)?;
    if *tens < 20 {
        return Some((*tens, 1));
    }
    let next = if words.is_mark(at + 1, '-') { at + 2 } else { at + 1 };
    match number(next) {
        Some(ones) if *ones < 10 && words.same_line(next) => Some((tens + ones, next + 1 - at)),
        _ => Some((*tens, 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_falls_into_numbers_words_and_marks() {
        let words = Words::of("10:05AM, août\n6th");
        let pieces: Vec<&str> = (0..words.len()).map(|at| words.str(at)).collect();
        assert_eq!(pieces, ["10", ":", "05", "AM", ",", "août", "6", "th"]);
        assert!(words.glued(3) && !words.glued(5) && words.same_line(5) && !words.same_line(6));
    }

    #[test]
    fn numbers_may_be_words() {
        let read = |text: &str| number_word(&Words::of(text), 0);
        assert_eq!(read("twenty-five minutes"), Some((25, 3)));
        assert_eq!(read("ninety minutes"), Some((90, 1)));
        assert_eq!(read("many"), None);
    }
}
