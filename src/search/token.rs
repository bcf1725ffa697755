//! Text into terms, the same way here and in the browser.
//!
//! `themes/casebook/assets/search.js` has this grammar a second time, and
//! `tests/search/tokens.json` holds the two together. In it `A` is a letter, a
//! digit or a combining mark of any script:
//!
//! ```text
//! run   = A+ (apostrophe A{1,2} not before A)*     don't, service's; but l'erreur is two runs
//! unit  = run ([-_.‐‑] run)*                       us-east-1, net.core.somaxconn
//! parts = each run, cut where camelCase turns      OutOfMemory → out, of, memory
//! whole = all parts joined, when there are several us-east-1 → useast1
//! ```
//!
//! `C++`, `C#` and `F#` are terms of their own: what makes them languages belongs to the letter.
//!
//! A part is decomposed, lower-cased, freed of marks and cut at [`TERM_MAX`]
//! characters. Scripts that are written without spaces give overlapping pairs of
//! characters instead, and no whole.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest term, in characters. Longer ones (hashes, encoded data) are cut.
pub const TERM_MAX: usize = 32;

/// A unit of more parts than this is a path or a sentence, not an identifier: it has no whole.
const PARTS_MAX: usize = 8;

/// A term of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term<'a> {
    pub text: &'a str,
    /// Counts the units of the text from 0.
    pub unit: u32,
    /// Whether this is a unit's parts joined, rather than one of them.
    pub whole: bool,
}

/// Hands every term of `text` to `sink`, in the order of the text; a whole comes after its parts.
pub fn terms(text: &str, sink: impl FnMut(Term<'_>)) {
    Tokenizer::default().terms(text, sink);
}

/// The same for many texts: what it needs room for it keeps from one to the next.
#[derive(Debug, Default)]
pub struct Tokenizer {
    runs: Vec<(usize, usize)>,
    part: String,
    whole: String,
}

/// Letters that decomposition leaves whole, and the final sigma.
const FOLDS: &[(char, &str)] = &[
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('ð', "d"),
    ('þ', "th"),
    ('đ', "d"),
    ('ł', "l"),
    ('ı', "i"),
    ('ς', "σ"),
];

/// Scripts written without spaces: Thai and Lao, Burmese, Khmer, kana, Han.
const SPACELESS: &[(char, char)] = &[
    ('\u{e00}', '\u{eff}'),
    ('\u{1000}', '\u{109f}'),
    ('\u{1780}', '\u{17ff}'),
    ('\u{3040}', '\u{30ff}'),
    ('\u{3400}', '\u{4dbf}'),
    ('\u{4e00}', '\u{9fff}'),
    ('\u{f900}', '\u{faff}'),
    ('\u{20000}', '\u{3134f}'),
];

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && (c.is_alphanumeric() || is_combining_mark(c)))
}

fn is_connector(c: char) -> bool {
    matches!(c, '-' | '_' | '.' | '\u{2010}' | '\u{2011}')
}

fn is_spaceless(c: char) -> bool {
    c >= SPACELESS[0].0 && SPACELESS.iter().any(|&(first, last)| (first..=last).contains(&c))
}

fn next_word(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() && bytes[at].is_ascii() && !bytes[at].is_ascii_alphanumeric() {
        at += 1;
    }
    match bytes.get(at)?.is_ascii() {
        true => Some(at),
        false => text[at..].find(is_word).map(|offset| at + offset),
    }
}

/// Where the word characters that begin at `from` end.
fn letters_end(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() && bytes[at].is_ascii_alphanumeric() {
        at += 1;
    }
    match bytes.get(at) {
        Some(byte) if !byte.is_ascii() => {
            text[at..].find(|c| !is_word(c)).map_or(text.len(), |offset| at + offset)
        }
        _ => at,
    }
}

fn run_end(text: &str, from: usize) -> usize {
    let mut at = letters_end(text, from);
    while let Some(quote) = text[at..].chars().next().filter(|c| matches!(c, '\'' | '’')) {
        let start = at + quote.len_utf8();
        let end = letters_end(text, start);
        if !(1..=2).contains(&text[start..end].chars().count()) {
            break;
        }
        at = end;
    }
    at
}

/// Collects the runs of the unit that begins at `start`; returns where it ends.
fn unit_end(text: &str, start: usize, runs: &mut Vec<(usize, usize)>) -> usize {
    runs.clear();
    let mut from = start;
    loop {
        let end = run_end(text, from);
        runs.push((from, end));
        let mut rest = text[end..].chars();
        match (rest.next().filter(|&c| is_connector(c)), rest.next().filter(|&c| is_word(c))) {
            (Some(connector), Some(_)) => from = end + connector.len_utf8(),
            _ => return end,
        }
    }
}

/// The text of a unit that already is its only term: short lower-case ASCII.
fn plain<'t>(text: &'t str, runs: &[(usize, usize)]) -> Option<&'t str> {
    let &[(start, end)] = runs else { return None };
    let run = &text[start..end];
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    (run.len() <= TERM_MAX && run.bytes().all(is_plain)).then_some(run)
}

/// Languages whose names are a letter and a sign.
const SIGNED: &[(&str, &str)] = &[("c++", "c++"), ("c#", "c#"), ("f#", "f#"), ("f++", "f++")];

/// The term of a letter with a sign behind it.
fn signed(text: &str, runs: &[(usize, usize)]) -> Option<&'static str> {
    let &[(start, end)] = runs else { return None };
    let is_one = |name: &str| {
        text.get(start..start + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
    };
    let (name, term) = SIGNED.iter().find(|(name, _)| end == start + 1 && is_one(name))?;
    let follows = text[start + name.len()..].chars().next();
    (!follows.is_some_and(|c| c.is_alphanumeric())).then_some(*term)
}

impl Tokenizer {
    /// As [`terms`].
    pub fn terms(&mut self, text: &str, mut sink: impl FnMut(Term<'_>)) {
        let mut at = 0;
        for unit in 0.. {
            let Some(start) = next_word(text, at) else { return };
            at = unit_end(text, start, &mut self.runs);
            if let Some(term) = signed(text, &self.runs) {
                at = at.max(self.runs[0].0 + term.len());
                sink(Term { text: term, unit, whole: false });
                continue;
            }
            match plain(text, &self.runs) {
                Some(term) => sink(Term { text: term, unit, whole: false }),
                None => self.unit(text, |text, whole| sink(Term { text, unit, whole })),
            }
        }
    }

    fn unit(&mut self, text: &str, mut sink: impl FnMut(&str, bool)) {
        self.whole.clear();
        let mut parts = 0;
        let mut spaceless = false;
        for &(start, end) in &self.runs {
            for piece in camel_pieces(&text[start..end]) {
                self.part.clear();
                fold(piece, &mut self.part);
                spaceless |= self.part.contains(is_spaceless);
                parts += usize::from(!self.part.is_empty());
                self.whole.push_str(&self.part);
                emit(&self.part, &mut sink);
            }
        }
        if (2..=PARTS_MAX).contains(&parts) && !spaceless {
            sink(cut(&self.whole), true);
        }
    }
}

/// A folded part as terms: itself, or pairs where its script has no spaces.
fn emit(part: &str, sink: &mut impl FnMut(&str, bool)) {
    if !part.contains(is_spaceless) {
        if !part.is_empty() {
            sink(cut(part), false);
        }
        return;
    }
    let mut rest = part;
    while let Some(first) = rest.chars().next() {
        let kind = is_spaceless(first);
        let end = rest.find(|c| is_spaceless(c) != kind).unwrap_or(rest.len());
        match kind {
            true => pairs(&rest[..end], sink),
            false => sink(cut(&rest[..end]), false),
        }
        rest = &rest[end..];
    }
}

fn pairs(text: &str, sink: &mut impl FnMut(&str, bool)) {
    let ends: Vec<usize> = text.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
    if ends.len() == 1 {
        sink(text, false);
    }
    let mut start = 0;
    for pair in ends.windows(2) {
        sink(&text[start..pair[1]], false);
        start = pair[0];
    }
}

fn cut(term: &str) -> &str {
    term.char_indices().nth(TERM_MAX).map_or(term, |(at, _)| &term[..at])
}

/// Cuts before a capital that follows a small letter, and before the last capital of several
/// when two small letters follow it.
fn camel_pieces(run: &str) -> impl Iterator<Item = &str> {
    let mut rest = run;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (piece, after) = rest.split_at(turn(rest));
        rest = after;
        Some(piece)
    })
}

fn turn(run: &str) -> usize {
    let mut before = ' ';
    for (at, c) in run.char_indices() {
        if c.is_uppercase()
            && (before.is_lowercase() || (before.is_uppercase() && two_small(&run[at + c.len_utf8()..])))
        {
            return at;
        }
        before = c;
    }
    run.len()
}

fn two_small(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(char::is_lowercase) && chars.next().is_some_and(char::is_lowercase)
}

fn fold(run: &str, into: &mut String) {
    if run.is_ascii() {
        into.extend(run.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()));
        return;
    }
    for c in run.nfkd().flat_map(char::to_lowercase) {
        match FOLDS.iter().find(|(from, _)| *from == c) {
            Some((_, plain)) => into.push_str(plain),
            None if c.is_alphanumeric() && !is_combining_mark(c) => into.push(c),
            None => {}
        }
    }
}
