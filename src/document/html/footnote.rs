//! Footnotes: numbered in the order they are referred to, gathered at the end, linked both ways.

use super::link::Links;
use super::piece::{Element, Piece, Words};
use super::tree::Tree;
use crate::diagnostic::Span;
use pulldown_cmark::{Event, Tag};
use std::collections::HashMap;
use std::ops::Range;

#[derive(Debug, Default)]
pub(super) struct Footnotes<'t> {
    /// By label: which note it is.
    known: HashMap<String, usize>,
    /// In the order of their definitions.
    notes: Vec<Note<'t>>,
    /// How many notes were referred to.
    numbered: usize,
}

#[derive(Debug, Default)]
struct Note<'t> {
    /// From 1, by first reference; 0 before that.
    number: usize,
    references: usize,
    pieces: Vec<Piece<'t>>,
}

impl<'t> Footnotes<'t> {
    /// The footnotes that a text defines.
    pub fn of(events: &[(Event<'t>, Range<usize>)]) -> Footnotes<'t> {
        let mut footnotes = Footnotes::default();
        for (event, _) in events {
            if let Event::Start(Tag::FootnoteDefinition(label)) = event {
                let next = footnotes.notes.len();
                if *footnotes.known.entry(label.to_string()).or_insert(next) == next {
                    footnotes.notes.push(Note::default());
                }
            }
        }
        footnotes
    }

    /// Writes a reference; one to a note that is not there stays the author's words.
    pub fn refer(
        &mut self,
        label: &str,
        span: Span,
        text: &'t str,
        tree: &mut Tree<'t>,
        links: &mut Links<'_>,
    ) {
        let Some(note) = self.known.get(label).map(|at| &mut self.notes[*at]) else {
            links.broken("this footnote is not there", format!("no footnote is called `{label}`"), span);
            tree.text(Words::new(&text[span.range()], span));
            return;
        };
        if note.number == 0 {
            self.numbered += 1;
            note.number = self.numbered;
        }
        note.references += 1;
        let (number, id) = (note.number, reference_id(note.number, note.references));
        let sup = tree.open(Element::new("sup").with("class", "footnote-ref"));
        let link = Element::new("a").with("href", format!("#footnote-{number}")).with("id", id);
        let link = tree.open(link.with("aria-label", format!("Footnote {number}")));
        tree.text(Words::ours(number.to_string()));
        link.into_iter().chain(sup).for_each(|ticket| tree.close(ticket));
    }

    pub fn define(&mut self, label: &str, pieces: Vec<Piece<'t>>) {
        if let Some(note) = self.known.get(label).map(|at| &mut self.notes[*at]) {
            note.pieces.extend(pieces);
        }
    }

    /// Writes all notes at the end of the text; those that nothing refers to come last.
    pub fn write(&mut self, tree: &mut Tree<'t>) {
        if self.notes.is_empty() {
            return;
        }
        let mut notes = std::mem::take(&mut self.notes);
        notes.sort_by_key(|note| if note.number == 0 { usize::MAX } else { note.number });
        tree.pieces.push(Piece::Open(Element::new("div").with("class", "footnotes")));
        tree.pieces.push(Piece::Open(Element::new("ol")));
        for (n, note) in notes.into_iter().enumerate() {
            tree.pieces.push(Piece::Open(Element::new("li").with("id", format!("footnote-{}", n + 1))));
            tree.pieces.extend(note.with_way_back());
            tree.pieces.push(Piece::Close("li"));
        }
        tree.pieces.extend([Piece::Close("ol"), Piece::Close("div")]);
    }
}

impl<'t> Note<'t> {
    /// The note with links to where it is referred to, in its last paragraph.
    fn with_way_back(self) -> Vec<Piece<'t>> {
        let mut pieces = self.pieces;
        let closing = pieces.pop_if(|piece| *piece == Piece::Close("p"));
        for reference in 1..=self.references {
            let label = match reference {
                1 => format!("Back to reference {}", self.number),
                n => format!("Back to reference {}, place {n}", self.number),
            };
            let id = reference_id(self.number, reference);
            let back = Element::new("a").with("href", format!("#{id}")).with("class", "footnote-back");
            pieces.push(Piece::Text(Words::ours(" ")));
            pieces.push(Piece::Open(back.with("aria-label", label)));
            pieces.push(Piece::Text(Words::ours("↩")));
            pieces.push(Piece::Close("a"));
        }
        pieces.extend(closing);
        pieces
    }
}

fn reference_id(number: usize, reference: usize) -> String {
    match reference {
        1 => format!("footnote-ref-{number}"),
        n => format!("footnote-ref-{number}-{n}"),
    }
}
