//! A fragment of HTML as a flat list: tags that open and close, and words that know where they stand.

use crate::diagnostic::Span;
use std::borrow::Cow;

/// One step of a fragment. Opened elements are closed in order; void ones are only opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    Open(Element<'t>),
    Close(&'static str),
    Text(Words<'t>),
    /// HTML of a trusted author, written as it stands.
    Trusted(Cow<'t, str>),
    /// What a later step took out.
    Gone,
}

/// A tag with its attributes, both from fixed lists; values are plain text and escaped when written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element<'t> {
    pub name: &'static str,
    pub attributes: Vec<(&'static str, Cow<'t, str>)>,
    /// What wrote it, for diagnostics; empty for elements of our own.
    pub span: Span,
}

impl<'t> Element<'t> {
    pub fn new(name: &'static str) -> Element<'t> {
        Element { name, attributes: Vec::new(), span: Span::default() }
    }

    pub fn with(mut self, name: &'static str, value: impl Into<Cow<'t, str>>) -> Element<'t> {
        self.attributes.push((name, value.into()));
        self
    }

    pub fn at(mut self, span: Span) -> Element<'t> {
        self.span = span;
        self
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_ref())
    }

    pub fn set(&mut self, name: &'static str, value: impl Into<Cow<'t, str>>) {
        match self.attributes.iter_mut().find(|(key, _)| *key == name) {
            Some((_, old)) => *old = value.into(),
            None => self.attributes.push((name, value.into())),
        }
    }

    /// The level of a heading.
    pub fn heading(&self) -> Option<u8> {
        match self.name.as_bytes() {
            [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
            _ => None,
        }
    }
}

/// Text of a fragment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words<'t> {
    pub text: Cow<'t, str>,
    /// Where the source has it; empty for words of our own. The source may spell it differently (`&amp;`).
    pub span: Span,
}

impl<'t> Words<'t> {
    pub fn new(text: impl Into<Cow<'t, str>>, span: Span) -> Words<'t> {
        Words { text: text.into(), span }
    }

    pub fn ours(text: impl Into<Cow<'t, str>>) -> Words<'t> {
        Words::new(text, Span::default())
    }

    pub fn is_blank(&self) -> bool {
        self.text.chars().all(|c| c.is_ascii_whitespace())
    }
}

/// The text between the piece at `open` and its closing tag, and the position of that tag.
pub(super) fn inner(pieces: &[Piece<'_>], open: usize) -> (String, usize) {
    let mut depth = 0;
    let mut text = String::new();
    for (at, piece) in pieces.iter().enumerate().skip(open) {
        match piece {
            Piece::Open(element) if super::element::is_void(element.name) => {}
            Piece::Open(_) => depth += 1,
            Piece::Close(_) => depth -= 1,
            Piece::Text(words) => text.push_str(&words.text),
            Piece::Trusted(_) | Piece::Gone => {}
        }
        if depth == 0 {
            return (text, at);
        }
    }
    (text, pieces.len())
}

/// Puts pieces in before the positions that stand with them, which must ascend.
pub(super) fn insert<'t>(pieces: &mut Vec<Piece<'t>>, added: Vec<(usize, Piece<'t>)>) {
    if added.is_empty() {
        return;
    }
    let old = std::mem::take(pieces);
    pieces.reserve(old.len() + added.len());
    let mut added = added.into_iter().peekable();
    for (at, piece) in old.into_iter().enumerate() {
        while let Some((_, new)) = added.next_if(|(before, _)| *before <= at) {
            pieces.push(new);
        }
        pieces.push(piece);
    }
    pieces.extend(added.map(|(_, piece)| piece));
}
