//! Text as numbers, words and marks: what the readers of times look at.

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    None,
    Space,
    Line,
}

/// One piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
    pub gap: Gap,
}

/// A text cut into pieces. Positions outside it are no number, no word, no mark,
/// so that readers may look around without asking how long it is.
#[derive(Debug)]
pub struct Words<'t> {
    pub text: &'t str,
    pieces: Vec<Piece>,
}

impl<'t> Words<'t> {
    pub fn of(text: &'t str) -> Words<'t> {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut gap = Gap::None;
        for (start, c) in text.char_indices() {
            let end = start + c.len_utf8();
            if c.is_whitespace() || c == '\u{200b}' {
                gap = if c == '\n' || gap == Gap::Line { Gap::Line } else { Gap::Space };
                continue;
            }
            let kind = kind(c);
            match pieces.last_mut() {
                Some(last) if gap == Gap::None && last.kind == kind && !matches!(kind, Kind::Mark(_)) => last.end = end,
                _ => pieces.push(Piece { kind, start, end, gap }),
            }
            gap = Gap::None;
        }
        Words { text, pieces }
    }

    pub fn len(&self) -> usize {
        self.pieces.len()
    }

    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    pub fn piece(&self, at: usize) -> Option<Piece> {
        self.pieces.get(at).copied()
    }

    pub fn start(&self, at: usize) -> usize {
        self.piece(at).map_or(self.text.len(), |piece| piece.start)
    }

    /// The byte after piece `at`.
    pub fn end(&self, at: usize) -> usize {
        self.piece(at).map_or(self.text.len(), |piece| piece.end)
    }

    /// The text of piece `at`, or nothing.
    pub fn str(&self, at: usize) -> &'t str {
        self.piece(at).and_then(|piece| self.text.get(piece.start..piece.end)).unwrap_or("")
    }

    /// The digits at `at`.
    pub fn digits(&self, at: usize) -> Option<&'t str> {
        self.piece(at).filter(|piece| piece.kind == Kind::Number).map(|_| self.str(at))
    }

    /// The number at `at`, when it has from `fewest` to `most` digits.
    pub fn number(&self, at: usize, fewest: usize, most: usize) -> Option<i32> {
        self.digits(at).filter(|digits| (fewest..=most).contains(&digits.len())).and_then(|digits| digits.parse().ok())
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

fn kind(c: char) -> Kind {
    match c {
        '0'..='9' => Kind::Number,
        _ if c.is_alphabetic() => Kind::Word,
        _ => Kind::Mark(c),
    }
}

/// Numbers as words, from none to twelve and the tens; French and Portuguese where they differ.
const NUMBERS: &[(&str, i32)] = &[
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("une", 1),
    ("deux", 2),
    ("trois", 3),
    ("quatre", 4),
    ("uma", 1),
    ("duas", 2),
    ("dois", 2),
];

/// The number that is written in words at `at`, and how many pieces it takes:
/// `five`, `twenty-five`, `twenty five`.
pub fn number_word(words: &Words, at: usize) -> Option<(i32, usize)> {
    let row = |at: usize| words.word(at).and_then(|word| NUMBERS.iter().find(|row| row.0.eq_ignore_ascii_case(word)));
    let (_, tens) = row(at)?;
    if *tens < 20 {
        return Some((*tens, 1));
    }
    let next = if words.is_mark(at + 1, '-') { at + 2 } else { at + 1 };
    match row(next) {
        Some((_, ones)) if *ones < 10 && words.same_line(next) => Some((tens + ones, next + 1 - at)),
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
