//! Raw HTML of authors as pieces. A tokenizer that follows the HTML standard
//! tells tags from text; what becomes of each is in [`element`](super::element).

use super::element::{Fate, Row, fate, is_void};
use super::link::{Links, Picture, file_name};
use super::piece::{Element, Words};
use super::tree::Tree;
use crate::diagnostic::Span;
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};

/// Raw HTML with a map back to the source: a block in a quotation lacks the `>` that
/// the source has before each line.
#[derive(Debug, Default)]
pub(super) struct Raw {
    html: String,
    /// Where parts begin, here and in the source.
    parts: Vec<(usize, usize)>,
}

impl Raw {
    pub fn push(&mut self, html: &str, source: usize) {
        self.parts.push((self.html.len(), source));
        self.html.push_str(html);
    }

    pub fn html(&self) -> &str {
        &self.html
    }

    /// The HTML as words.
    pub fn as_text<'t>(&self) -> Vec<Words<'t>> {
        let ends = self.parts.iter().skip(1).map(|(at, _)| *at).chain([self.html.len()]);
        let part = |((from, _), to): (&(usize, usize), usize)| {
            Words::new(self.html[*from..to].to_owned(), self.span(*from, to))
        };
        self.parts.iter().zip(ends).map(part).collect()
    }

    fn source(&self, at: usize) -> usize {
        let part = self.parts.partition_point(|(here, _)| *here <= at).saturating_sub(1);
        self.parts.get(part).map_or(0, |(here, source)| source + (at - here))
    }

    /// Where a stretch of the HTML stands in the source.
    fn span(&self, from: usize, to: usize) -> Span {
        match to > from {
            true => Span::new(self.source(from), self.source(to - 1) + 1),
            false => Span::new(self.source(from), self.source(from)),
        }
    }
}

/// Whether raw HTML is a block of its own or stands among words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Block,
    Inline,
}

/// Writes raw HTML into the tree, sanitised.
pub(super) fn write(raw: &Raw, kind: Kind, tree: &mut Tree<'_>, links: &mut Links<'_>) {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(kind == Kind::Block);
    let mut dropped: Option<String> = None;
    for token in Tokenizer::new_with_emitter(&raw.html, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) if dropped.is_none() => {
                let span = raw.span(tag.span.start, tag.span.end);
                let name = utf8(&tag.name);
                match fate(&name) {
                    Fate::Drop if kind == Kind::Block => dropped = (!tag.self_closing).then_some(name),
                    Fate::Drop | Fate::Word => word(raw, tag.span.start, tag.span.end, tree),
                    Fate::Unwrap => {}
                    Fate::Keep(row) => start(row, &tag, span, tree, links),
                    Fate::As(other) => {
                        if let Some(row) = super::element::row(other) {
                            start(row, &tag, span, tree, links);
                        }
                    }
                }
            }
            Token::EndTag(tag) => {
                let name = utf8(&tag.name);
                match (&dropped, fate(&name)) {
                    (Some(waiting), _) if *waiting == name => dropped = None,
                    (Some(_), _) | (None, Fate::Unwrap) => {}
                    (None, Fate::Drop | Fate::Word) => word(raw, tag.span.start, tag.span.end, tree),
                    (None, Fate::Keep(row)) => end(row.name, tree),
                    (None, Fate::As(other)) => end(other, tree),
                }
            }
            Token::String(text) if dropped.is_none() => {
                tree.text(Words::new(utf8(&text.value), raw.span(text.span.start, text.span.end)));
            }
            _ => {}
        }
    }
}

/// A tag that is none: the author's word, as written.
fn word(raw: &Raw, from: usize, to: usize, tree: &mut Tree<'_>) {
    let written = raw.html.get(from..to).unwrap_or_default().to_owned();
    tree.text(Words::new(written, raw.span(from, to)));
}

fn end(name: &str, tree: &mut Tree<'_>) {
    if !is_void(name) {
        tree.close_raw(name);
    }
}

fn start(row: &'static Row, tag: &StartTag<usize>, span: Span, tree: &mut Tree<'_>, links: &mut Links<'_>) {
    let element = element(row, tag).at(span);
    match row.name {
        "a" => link(element, tag, tree, links),
        "img" => image(element, tree, links),
        "pre" => {
            tree.open_raw(element.with("tabindex", "0").with("role", "group").with("aria-label", "Code"))
        }
        name if is_void(name) => tree.void(element),
        _ => tree.open_raw(element),
    }
}

/// A link, or what is left of one that leads nowhere: its id, for others to link to.
fn link<'t>(mut element: Element<'t>, tag: &StartTag<usize>, tree: &mut Tree<'t>, links: &mut Links<'_>) {
    if element.attribute("id").is_none()
        && let Some(name) = value(tag, "name")
        && !name.trim().is_empty()
    {
        element.set("id", name);
    }
    let href = element.attribute("href").map(|dest| dest.trim().to_owned());
    element.attributes.retain(|(name, _)| *name != "href");
    let href = href.and_then(|dest| links.link(&dest, element.span));
    let id = element.attribute("id").map(str::to_owned);
    match (href, id) {
        (Some(href), _) => tree.open_raw(element.with("href", href)),
        (None, Some(id)) => {
            tree.open_raw(Element::new("span").with("id", id).at(element.span));
            tree.close_raw("span");
        }
        (None, None) => {}
    }
}

fn image<'t>(mut element: Element<'t>, tree: &mut Tree<'t>, links: &mut Links<'_>) {
    let dest = element.attribute("src").map(|dest| dest.trim().to_owned()).unwrap_or_default();
    let alt = match element.attribute("alt") {
        Some(alt) if !alt.trim().is_empty() => alt.to_owned(),
        _ => file_name(&dest).into_owned(),
    };
    let picture = links.image(&dest, element.span);
    let number = |name: &str| {
        element.attribute(name).and_then(|value| value.trim_end_matches("px").parse::<u32>().ok())
    };
    let typed = number("width").zip(number("height"));
    element.attributes.retain(|(name, _)| !matches!(*name, "src" | "alt" | "width" | "height"));
    put_image(picture, alt, typed, element, tree);
}

/// Writes an image, a link to it, or its words.
pub(super) fn put_image<'t>(
    picture: Picture,
    alt: String,
    typed: Option<(u32, u32)>,
    element: Element<'t>,
    tree: &mut Tree<'t>,
) {
    match picture {
        Picture::Shown { src, size } => {
            let mut image = Element { name: "img", ..element }.with("src", src).with("alt", alt);
            if let Some((width, height)) = typed.or(size) {
                image.set("width", width.to_string());
                image.set("height", height.to_string());
            }
            tree.void(image.with("loading", "lazy"));
        }
        Picture::Linked(href) if !tree.is_in("a") => {
            let span = element.span;
            let ticket = tree.open(Element { name: "a", ..element }.with("href", href));
            tree.text(Words::new(alt, Span { start: span.start, end: span.start }));
            ticket.into_iter().for_each(|ticket| tree.close(ticket));
        }
        Picture::Linked(_) | Picture::Words => tree.text(Words::ours(alt)),
    }
}

/// The element with those attributes that may stand on it.
fn element<'t>(row: &'static Row, tag: &StartTag<usize>) -> Element<'t> {
    let mut element = Element::new(row.name);
    for name in ["id", "title", "dir"].iter().chain(row.attributes) {
        if let Some(value) = value(tag, name)
            && let Some(value) = accepted(name, value)
        {
            element.set(name, value);
        }
    }
    if let Some(side) = aligned(tag) {
        element.set("class", side);
    }
    element
}

/// The value of an attribute as it may be written; nothing when HTML would refuse it.
fn accepted(name: &str, value: String) -> Option<String> {
    let trimmed = value.trim();
    let whole = || trimmed.parse::<i32>().ok().map(|number| number.to_string());
    match name {
        "id" => (!trimmed.is_empty()).then(|| trimmed.to_owned()),
        "dir" => ["ltr", "rtl", "auto"]
            .into_iter()
            .find(|dir| trimmed.eq_ignore_ascii_case(dir))
            .map(str::to_owned),
        "open" | "reversed" => Some(String::new()),
        "start" => whole(),
        "type" => ["1", "a", "A", "i", "I"].contains(&trimmed).then(|| trimmed.to_owned()),
        "scope" => ["row", "col", "rowgroup", "colgroup"].contains(&trimmed).then(|| trimmed.to_owned()),
        _ => Some(value),
    }
}

/// The class for an old `align` attribute or element.
fn aligned(tag: &StartTag<usize>) -> Option<&'static str> {
    let side = value(tag, "align").unwrap_or_default().to_ascii_lowercase();
    match side.as_str() {
        "left" => Some("align-left"),
        "right" => Some("align-right"),
        "center" | "middle" => Some("align-center"),
        _ if tag.name.as_slice() == b"center" => Some("align-center"),
        _ => None,
    }
}

fn value(tag: &StartTag<usize>, name: &str) -> Option<String> {
    tag.attributes.get(name.as_bytes()).map(|value| utf8(value))
}

fn utf8(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
