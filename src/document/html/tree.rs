//! Keeps a fragment well-formed and valid while it is written: every tag is
//! closed in order, stands where HTML allows it, and nests at most [`DEPTH`] deep.
//!
//! Markdown and raw HTML both write through here. Markdown's own containers are
//! trusted: a stray tag of the author's can never close a list item or a cell.

use super::element::{self, Holds, Place, Row};
use super::piece::{Element, Piece, Words};
use crate::diagnostic::Span;

/// Deepest nesting. Browsers and sanitisers grow slow beyond a few hundred; real texts stay below ten.
pub(super) const DEPTH: usize = 100;

/// How many closed formatting elements are opened again in the next block (`<b><p>x</p></b>`).
/// Unbounded, a few bytes of hostile markup would grow with every paragraph.
const CARRIED: usize = 4;

/// What [`Tree::open`] hands out and [`Tree::close`] takes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ticket(u32);

#[derive(Debug, Default)]
pub(super) struct Tree<'t> {
    pub pieces: Vec<Piece<'t>>,
    stack: Vec<Node<'t>>,
    /// Formatting that a block interrupted, to be opened again inside it.
    carried: Vec<Carried<'t>>,
    /// Names of tags that were too deep to open, so that their end tags close nothing else.
    ghosts: Vec<&'static str>,
    tickets: u32,
    /// The first tag that was too deep.
    pub too_deep: Option<Span>,
}

#[derive(Debug)]
struct Node<'t> {
    ticket: Ticket,
    row: &'static Row,
    author: Author,
    /// Position of its opening piece.
    at: usize,
    ghosts: usize,
    last_child: &'static str,
    /// To open it again; only for formatting.
    element: Option<Element<'t>>,
}

#[derive(Debug)]
struct Carried<'t> {
    ticket: Ticket,
    author: Author,
    element: Element<'t>,
}

/// Who opened an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Author {
    Markdown,
    RawHtml,
}

/// What a tree was doing before a footnote interrupted it.
#[derive(Debug)]
pub(super) struct Aside<'t> {
    stack: Vec<Node<'t>>,
    carried: Vec<Carried<'t>>,
    ghosts: Vec<&'static str>,
    from: usize,
}

impl<'t> Tree<'t> {
    /// Opens an element of the Markdown; `None` when it is too deep or has no place here.
    pub fn open(&mut self, element: Element<'t>) -> Option<Ticket> {
        self.enter(element, Author::Markdown)
    }

    /// Opens an element of raw HTML.
    pub fn open_raw(&mut self, element: Element<'t>) {
        self.enter(element, Author::RawHtml);
    }

    /// Closes an element of the Markdown with all that is open in it.
    pub fn close(&mut self, ticket: Ticket) {
        self.carried.retain(|carried| carried.ticket < ticket);
        if let Some(at) = self.stack.iter().rposition(|node| node.ticket == ticket) {
            self.ghosts.truncate(self.stack[at].ghosts);
            self.close_to(at);
        }
    }

    /// Closes the nearest element of that name which raw HTML may close.
    pub fn close_raw(&mut self, name: &str) {
        if self.ghosts.last() == Some(&name) {
            self.ghosts.pop();
            return;
        }
        if let Some(at) = self.carried.iter().rposition(|carried| carried.element.name == name) {
            self.carried.remove(at);
            return;
        }
        if let Some(at) = self.reach(|node| node.row.name == name && node.author == Author::RawHtml) {
            self.close_to(at);
        }
    }

    /// Adds an element that holds nothing: `br`, `hr`, `img`.
    pub fn void(&mut self, element: Element<'t>) {
        let Some(row) = element::row(element.name) else { return };
        if self.make_room(row.place) {
            self.reopen(row.place);
            self.count_child(row.name);
            self.pieces.push(Piece::Open(element));
        }
    }

    pub fn text(&mut self, words: Words<'t>) {
        let blank = words.is_blank();
        let spaces_count = match self.stack.last() {
            Some(node) => {
                matches!(node.row.holds, Holds::Phrasing)
                    || !node.last_child.is_empty() && !self.wants_paragraph()
            }
            None => false,
        };
        if words.text.is_empty() || blank && !spaces_count {
            return;
        }
        if blank || self.make_room(Place::Inline) {
            if !blank {
                self.reopen(Place::Inline);
            }
            self.count_child("#text");
            self.pieces.push(Piece::Text(words));
        }
    }

    /// Adds HTML of a trusted author.
    pub fn trusted(&mut self, html: impl Into<std::borrow::Cow<'t, str>>) {
        self.pieces.push(Piece::Trusted(html.into()));
    }

    /// Adds an attribute to the nearest open element of that name.
    pub fn set(&mut self, name: &str, attribute: &'static str, value: &'static str) {
        let Some(node) = self.stack.iter().rev().find(|node| node.row.name == name) else { return };
        if let Some(Piece::Open(element)) = self.pieces.get_mut(node.at) {
            element.set(attribute, value);
        }
    }

    /// Whether an element of that name is open.
    pub fn is_in(&self, name: &str) -> bool {
        self.stack.iter().any(|node| node.row.name == name)
    }

    /// Whether nothing was written since the element was opened.
    pub fn is_empty_since(&self, ticket: Ticket) -> bool {
        self.stack.last().is_some_and(|node| node.ticket == ticket && node.at + 1 == self.pieces.len())
    }

    /// Begins a fragment apart, for a footnote.
    pub fn set_aside(&mut self) -> Aside<'t> {
        Aside {
            stack: std::mem::take(&mut self.stack),
            carried: std::mem::take(&mut self.carried),
            ghosts: std::mem::take(&mut self.ghosts),
            from: self.pieces.len(),
        }
    }

    /// Ends the fragment apart and goes on where it began.
    pub fn take_aside(&mut self, aside: Aside<'t>) -> Vec<Piece<'t>> {
        self.close_to(0);
        let pieces = self.pieces.split_off(aside.from);
        (self.stack, self.carried, self.ghosts) = (aside.stack, aside.carried, aside.ghosts);
        pieces
    }

    /// Closes what is still open.
    pub fn finish(&mut self) {
        self.close_to(0);
    }

    fn enter(&mut self, element: Element<'t>, author: Author) -> Option<Ticket> {
        let element = self.fitting(element);
        let row = element::row(element.name)?;
        if self.stack.len() >= DEPTH {
            self.too_deep.get_or_insert(element.span);
            if author == Author::RawHtml {
                self.ghosts.push(row.name);
            }
            return None;
        }
        if row.name == "a" {
            self.carried.retain(|carried| carried.element.name != "a");
            if let Some(at) = self.reach(|node| node.row.name == "a") {
                self.close_to(at);
            }
        }
        if !self.make_room(row.place) {
            return None;
        }
        self.reopen(row.place);
        self.tickets += 1;
        self.push(Ticket(self.tickets), row, author, element);
        Some(Ticket(self.tickets))
    }

    /// Headings may not stand in header cells.
    fn fitting(&self, mut element: Element<'t>) -> Element<'t> {
        if element.heading().is_some() && self.is_in("th") {
            element.name = "p";
        }
        element
    }

    /// Closes and opens elements until one with that place may come next; false when it never may.
    fn make_room(&mut self, place: Place) -> bool {
        use Holds::{Cells, Flow, Groups, Items, Nothing, Phrasing, Rows, Terms};
        // Each turn closes one or opens one of at most three wrappers, so this ends.
        for _ in 0..2 * DEPTH + 8 {
            self.summarise(place);
            let holds = self.stack.last().map_or(Flow, |node| node.row.holds);
            match (holds, place) {
                (Flow, Place::Block) | (Phrasing, Place::Inline) => return true,
                (Items, Place::Item) | (Groups, Place::Group) | (Rows, Place::Row) | (Cells, Place::Cell) => {
                    return true;
                }
                (Terms, Place::Term) => return true,
                (Flow, Place::Inline) if self.wants_paragraph() => self.imply("p"),
                (Flow, Place::Inline) => return true,
                (Flow, Place::Summary) => return self.is_fresh("details"),
                (Groups, Place::Caption) => return self.is_fresh("table"),
                (_, Place::Summary | Place::Caption) => return false,
                (Phrasing, Place::Block) => self.interrupt(),
                (Rows, Place::Group) | (Cells, Place::Row | Place::Group) => self.pop(),
                (Flow | Phrasing, Place::Item) => match self.reach(|node| node.row.holds == Items) {
                    Some(at) => self.close_to(at + 1),
                    None if holds == Flow => self.imply("ul"),
                    None => self.interrupt(),
                },
                (Flow | Phrasing, Place::Term) => match self.reach(|node| node.row.holds == Terms) {
                    Some(at) => self.close_to(at + 1),
                    None if holds == Flow => self.imply("dl"),
                    None => self.interrupt(),
                },
                (Flow | Phrasing, Place::Group | Place::Row | Place::Cell) => {
                    match self.reach(|node| matches!(node.row.holds, Groups | Rows | Cells)) {
                        Some(at) => self.close_to(at + 1),
                        None => return false,
                    }
                }
                (Items, _) => self.imply("li"),
                (Terms, _) => self.imply("dd"),
                (Groups, _) => self.imply("tbody"),
                (Rows, _) => self.imply("tr"),
                (Cells, _) => self.imply("td"),
                (Nothing, _) => return false,
            }
        }
        false
    }

    /// Bare words here need a paragraph around them.
    fn wants_paragraph(&self) -> bool {
        self.stack.last().is_none_or(|node| node.row.name == "blockquote")
    }

    fn is_fresh(&self, name: &str) -> bool {
        self.stack.last().is_some_and(|node| node.row.name == name && node.last_child.is_empty())
    }

    /// `details` must begin with a `summary`.
    fn summarise(&mut self, next: Place) {
        if next != Place::Summary && self.is_fresh("details") {
            self.count_child("summary");
            self.pieces.push(Piece::Open(Element::new("summary")));
            self.pieces.push(Piece::Text(Words::ours("Details")));
            self.pieces.push(Piece::Close("summary"));
        }
    }

    fn imply(&mut self, name: &'static str) {
        if let Some(row) = element::row(name) {
            self.tickets += 1;
            self.push(Ticket(self.tickets), row, Author::RawHtml, Element::new(name));
        }
    }

    fn push(&mut self, ticket: Ticket, row: &'static Row, author: Author, element: Element<'t>) {
        if row.name == "dd" && self.is_fresh("dl") {
            self.pieces.extend([Piece::Open(Element::new("dt")), Piece::Close("dt")]);
        }
        self.count_child(row.name);
        let at = self.pieces.len();
        let again = (row.place == Place::Inline).then(|| element.clone());
        self.stack.push(Node {
            ticket,
            row,
            author,
            at,
            ghosts: self.ghosts.len(),
            last_child: "",
            element: again,
        });
        self.pieces.push(Piece::Open(element));
    }

    fn count_child(&mut self, name: &'static str) {
        if let Some(node) = self.stack.last_mut() {
            node.last_child = name;
        }
    }

    /// Opens formatting again that a block interrupted.
    fn reopen(&mut self, place: Place) {
        if place != Place::Inline {
            return;
        }
        for Carried { ticket, author, element } in std::mem::take(&mut self.carried) {
            if let Some(row) = element::row(element.name) {
                self.push(ticket, row, author, element);
            }
        }
    }

    /// Closes the innermost element because a block cannot stand in it.
    fn interrupt(&mut self) {
        let Some(node) = self.stack.last_mut() else { return };
        if let Some(element) = node.element.take()
            && self.carried.len() < CARRIED
        {
            self.carried.insert(0, Carried { ticket: node.ticket, author: node.author, element });
        }
        self.pop();
    }

    fn close_to(&mut self, depth: usize) {
        while self.stack.len() > depth {
            self.pop();
        }
    }

    fn pop(&mut self) {
        self.summarise(Place::Inline);
        let Some(node) = self.stack.pop() else { return };
        if node.row.name == "dl" && node.last_child != "dd" {
            let term =
                node.last_child.is_empty().then_some([Piece::Open(Element::new("dt")), Piece::Close("dt")]);
            self.pieces.extend(term.into_iter().flatten());
            self.pieces.extend([Piece::Open(Element::new("dd")), Piece::Close("dd")]);
        }
        match self.pieces.get(node.at) {
            Some(Piece::Open(element)) if node.at + 1 == self.pieces.len() && is_idle(&node, element) => {
                drop(self.pieces.pop())
            }
            _ => self.pieces.push(Piece::Close(node.row.name)),
        }
    }

    /// The position of the nearest open element that matches, as far as raw HTML may close elements:
    /// through formatting and paragraphs, but out of no other container of the Markdown.
    fn reach(&self, matches: impl Fn(&Node<'t>) -> bool) -> Option<usize> {
        for (at, node) in self.stack.iter().enumerate().rev() {
            if matches(node) {
                return Some(at);
            }
            if node.author == Author::Markdown && node.row.place != Place::Inline && node.row.name != "p" {
                return None;
            }
        }
        None
    }
}

/// Whether an element says nothing when it is empty.
fn is_idle(node: &Node<'_>, element: &Element<'_>) -> bool {
    let says_nothing = node.row.place == Place::Inline || node.row.name == "p" || element.heading().is_some();
    says_nothing && element.attribute("id").is_none()
}
