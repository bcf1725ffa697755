//! The author's Markdown as valid, safe HTML.
//!
//! The text becomes a flat list of pieces ([`markdown`], [`raw`]), which a
//! [`tree`] keeps well-formed and valid while it is written; the pieces get ids and
//! heading levels ([`outline`]), tables their boxes ([`table`]), facts their marks
//! ([`mark`]); then they are written, escaped once ([`write`]). Texts with raw HTML
//! pass a sanitiser as well ([`gate`]), which finds nothing left to do.
//!
//! What a theme styles: `.scroll` (boxes around tables), `.align-left`, `.align-center`,
//! `.align-right` (cells and blocks), `.alert` with `.alert-note`, `-tip`, `-important`,
//! `-warning`, `-caution` and `.alert-title`, `li.task` with `.box` and `.box.done`,
//! `.footnote-ref`, `.footnotes`, `.footnote-back`, `pre.text` (indented prose: it
//! should wrap), `mark`, whose last part has `data-fact`, and the classes of
//! [`highlight`] in code.

mod bare;
mod code;
mod direction;
mod element;
mod footnote;
mod gate;
mod highlight;
mod lines;
mod link;
mod mark;
mod markdown;
mod outline;
mod piece;
mod plain_lines;
mod raw;
mod table;
mod tree;
mod write;

pub use outline::{Anchors, Nowhere};

use crate::config::RawHtml;
use crate::diagnostic::{Code, Collected, Diagnostic, Span};
use crate::document::crowded::Crowded;

/// What ids of the author's text begin with, so that they never meet those of the page.
pub const PREFIX: &str = "user-content-";

/// Words to mark in the text as evidence of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// In the source text.
    pub span: Span,
    /// Id of the `mark` element, such as `ev-duration`.
    pub id: String,
    /// Name of the fact, shown beside the words; empty where it is not to be named.
    pub fact: String,
}

/// What a link of the text leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Relative to the page, ready for `href` or `src`.
    Inside(String),
    /// An address with an allowed scheme.
    Outside(String),
    /// Nothing that can be linked to; says why.
    Broken(String),
    /// Nothing that may be linked to, and nobody is told.
    Words,
}

/// How a page's links are resolved. `dest` is as written in the Markdown.
pub trait Resolve {
    fn link(&self, dest: &str) -> Target;
    fn image(&self, dest: &str) -> Target;
    /// Width and height in pixels of an image inside the archive, when known.
    fn image_size(&self, dest: &str) -> Option<(u32, u32)>;
}

/// A heading of the text, for the table of contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// As written in the page: 3 is the highest.
    pub level: u8,
    /// With the `user-content-` prefix.
    pub id: String,
    pub text: String,
}

/// A text ready for a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Body {
    /// Safe by construction: the only HTML that templates may leave unescaped.
    pub html: String,
    pub headings: Vec<Heading>,
}

/// How a text is rendered.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// Shown in diagnostics.
    pub path: &'a str,
    pub raw_html: RawHtml,
    pub external_images: bool,
    /// Where the text begins behind the front matter, in bytes.
    pub start: usize,
    /// The words that the page shows as its title: a heading or line of nothing else is left out.
    pub skip_title: Option<Span>,
    pub marks: &'a [Mark],
}

/// An address of another site as HTML wants it written; nothing when it is none, or has
/// a scheme other than http, https, mailto and tel, or a user name in it.
pub fn address(url: &str) -> Option<String> {
    link::outside(url)
}

impl Default for Options<'_> {
    fn default() -> Self {
        Options {
            path: "",
            raw_html: RawHtml::Sanitize,
            external_images: false,
            start: 0,
            skip_title: None,
            marks: &[],
        }
    }
}

/// Renders the Markdown of `text` from `options.start` on. Spans are those of the whole text.
pub fn render(text: &str, options: &Options<'_>, resolve: &dyn Resolve) -> (Body, Vec<Diagnostic>) {
    let mut links = link::Links { text, options, resolve, diagnostics: Collected::default() };
    let crowded = Crowded::of(text, options.start);
    let markdown::Read { tree, title, has_raw } = markdown::read(text, &crowded, &mut links);
    if let Some(span) = tree.too_deep {
        let why = format!("nesting deeper than {} was flattened from here on", tree::DEPTH);
        let tag = Span { start: span.start, end: span.end.min(span.start + 1) };
        links.diagnose(Code::TooDeep, "this text is nested too deeply", why, tag);
    }
    let mut pieces = tree.pieces;
    table::set(&mut pieces);
    let headings = outline::set(&mut pieces, title.as_deref(), &mut links);
    direction::set(&mut pieces);
    let html = write::html(&pieces, mark::place(text, options.marks, &pieces));
    let html = if has_raw && options.raw_html == RawHtml::Sanitize { gate::clean(&html) } else { html };
    (Body { html, headings }, links.diagnostics.done(options.path))
}
