//! Headings, ids and links between the parts of one text.

use super::link::{Links, percent_decode};
use super::piece::{Element, Piece, inner, insert};
use super::{Heading, Options, PREFIX, Resolve, Target, markdown};
use crate::address::slugify;
use crate::diagnostic::Collected;
use crate::document::crowded::Crowded;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// The level of the highest heading of a text: below the page's own two.
const HIGHEST: u8 = 3;

/// Numbers names that come again as forges do: `notes`, `notes-1`, `notes-2`.
#[derive(Debug, Default)]
struct Numbers(HashMap<String, usize>);

impl Numbers {
    /// The name, with a number behind it when it was there before.
    fn unique(&mut self, name: &str) -> String {
        let mut unique = name.to_owned();
        while self.0.contains_key(&unique) {
            let last = self.0.entry(name.to_owned()).or_default();
            *last += 1;
            unique = format!("{name}-{last}");
        }
        self.0.insert(unique.clone(), 0);
        unique
    }
}

/// Ids in use, and what the text may call them.
#[derive(Debug, Default)]
struct Ids {
    taken: Numbers,
    forge: Numbers,
    /// From a fragment as authors type it, or as forges number it, to the id in the page.
    written: HashMap<String, String>,
    /// From the ids themselves, and from what comes close to them.
    close: HashMap<String, String>,
}

impl Ids {
    /// An id that nothing else has, made from `name`.
    fn unique(&mut self, name: &str) -> String {
        let name = self.taken.unique(name);
        let id = format!("{PREFIX}{name}");
        self.close.insert(name, id.clone());
        id
    }

    fn call(&mut self, typed: &str, id: &str) {
        self.written.entry(typed.to_owned()).or_insert_with(|| id.to_owned());
    }

    /// Lets a heading be called as forges number it.
    fn call_as_forges(&mut self, text: &str, id: &str) {
        let name = self.forge.unique(&forge_slug(text));
        self.call(&name, id);
    }

    fn call_closely(&mut self, text: &str, id: &str) {
        for name in [forge_slug(text), slugify(text)] {
            self.close.entry(name).or_insert_with(|| id.to_owned());
        }
    }

    /// The title stands at the top of the page. It counts where equal headings are numbered.
    fn call_title(&mut self, title: &str) {
        self.taken.unique(&slugify(title));
        self.call_as_forges(title, "");
        self.call_closely(title, "");
    }

    /// The id that a fragment means; empty for the top of the page, which is always there.
    fn find(&self, fragment: &str) -> Option<&str> {
        let fragment = percent_decode(fragment);
        let own = fragment.strip_prefix(PREFIX).and_then(|name| self.close.get(name));
        let found = own.or_else(|| self.called(fragment.strip_prefix(PREFIX).unwrap_or(&fragment)));
        let is_top = fragment.is_empty() || fragment.eq_ignore_ascii_case("top");
        found.filter(|_| !fragment.is_empty()).map(String::as_str).or(is_top.then_some(""))
    }

    fn called(&self, name: &str) -> Option<&String> {
        let lower = name.to_lowercase();
        let written = self.written.get(name).or_else(|| self.written.get(&lower));
        let close = || self.close.get(name).or_else(|| self.close.get(&lower));
        written.or_else(close).or_else(|| self.close.get(&slugify(name)))
    }
}

/// The parts of a text that links can lead to, under all names that authors give them.
#[derive(Debug)]
pub struct Anchors(Ids);

impl Anchors {
    /// The parts of the Markdown of `text` from `start` on.
    pub fn of(text: &str, start: usize) -> Anchors {
        let options = Options { start, ..Options::default() };
        let mut links =
            Links { text, options: &options, resolve: &Nowhere, diagnostics: Collected::default() };
        let crowded = Crowded::of(text, start);
        let mut read = markdown::read(text, &crowded, &mut links);
        let mut ids = Ids::default();
        let mut below = 0;
        // A text that begins with its title: the page shows it at the top.
        if let Some(Piece::Open(element)) = read.tree.pieces.first()
            && element.name == "h1"
        {
            let (title, end) = inner(&read.tree.pieces, 0);
            ids.call_title(&title);
            below = end;
        }
        headings(&mut read.tree.pieces[below..], &mut ids);
        Anchors(ids)
    }

    /// The id that a fragment means; empty when it means the title, which stands at the
    /// top of the page.
    pub fn find(&self, fragment: &str) -> Option<&str> {
        self.0.find(fragment)
    }
}

/// Answers no link: for looking at a text alone, without the archive it stands in.
#[derive(Debug)]
pub struct Nowhere;

impl Resolve for Nowhere {
    fn link(&self, _: &str) -> Target {
        Target::Broken(String::new())
    }

    fn image(&self, _: &str) -> Target {
        Target::Broken(String::new())
    }

    fn image_size(&self, _: &str) -> Option<(u32, u32)> {
        None
    }
}

/// Gives headings their levels and ids, prefixes and numbers all ids, and leads links
/// to parts of the text to them. Links to parts that are not there are taken out. `title`
/// is the heading that was left out because the page shows it: links to it lead to the top.
pub(super) fn set(pieces: &mut Vec<Piece<'_>>, title: Option<&str>, links: &mut Links<'_>) -> Vec<Heading> {
    let mut ids = Ids::default();
    if let Some(title) = title {
        ids.call_title(title);
    }
    let headings = headings(pieces, &mut ids);
    anchors(pieces, &ids, links);
    anchor_headings(pieces);
    headings
}

fn headings(pieces: &mut [Piece<'_>], ids: &mut Ids) -> Vec<Heading> {
    let mut headings = Vec::new();
    let mut above: Vec<u8> = Vec::new();
    for at in 0..pieces.len() {
        let Piece::Open(element) = &pieces[at] else { continue };
        let Some(level) = element.heading() else {
            own_id(&mut pieces[at], ids);
            continue;
        };
        let (text, end) = inner(pieces, at);
        above.retain(|other| *other < level);
        above.push(level);
        let set = (HIGHEST + above.len() as u8 - 1).min(6);
        let id = heading_id(element.attribute("id"), &text, ids);
        let name = ["h3", "h4", "h5", "h6"][usize::from(set - HIGHEST)];
        if let Piece::Open(element) = &mut pieces[at] {
            element.name = name;
            element.set("id", id.clone());
        }
        pieces[end] = Piece::Close(name);
        headings.push(Heading {
            level: set,
            id,
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
        });
    }
    headings
}

fn heading_id(typed: Option<&str>, text: &str, ids: &mut Ids) -> String {
    let slug = match typed.map(id_of) {
        Some(typed) if !typed.is_empty() => typed,
        _ if text.nfkd().any(|c| c.is_ascii_alphanumeric()) => slugify(text),
        _ => forge_slug(text),
    };
    let id = ids.unique(if slug.is_empty() { "part" } else { &slug });
    match typed {
        Some(typed) => ids.call(typed, &id),
        None => ids.call_as_forges(text, &id),
    }
    ids.call_closely(text, &id);
    id
}

fn own_id(piece: &mut Piece<'_>, ids: &mut Ids) {
    let Piece::Open(element) = piece else { return };
    let Some(typed) = element.attribute("id").map(str::to_owned) else { return };
    let id = ids.unique(&id_of(&typed));
    ids.call(&typed, &id);
    element.set("id", id);
}

/// An id that is safe to write: what an id may not hold becomes `-`.
fn id_of(typed: &str) -> String {
    typed.chars().map(|c| if c.is_alphanumeric() || "-_.:".contains(c) { c } else { '-' }).collect()
}

/// How forges make an anchor of a heading: lower case, spaces as `-`, punctuation left out.
fn forge_slug(text: &str) -> String {
    let plain = text.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    plain.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

fn anchors(pieces: &mut [Piece<'_>], ids: &Ids, links: &mut Links<'_>) {
    // Whether each open link stays.
    let mut open = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Open(element) if element.name == "a" => {
                let stays = lead(element, ids, links);
                open.push(stays);
                if !stays {
                    *piece = Piece::Gone;
                }
            }
            Piece::Close("a") if open.pop() == Some(false) => *piece = Piece::Gone,
            _ => {}
        }
    }
}

/// Leads a link to a part of the text there; false when there is no such part.
fn lead(element: &mut Element<'_>, ids: &Ids, links: &mut Links<'_>) -> bool {
    let Some(fragment) = element.attribute("href").and_then(|href| href.strip_prefix('#')) else {
        return true;
    };
    if let Some(id) = ids.find(fragment) {
        let href = format!("#{id}");
        element.set("href", href);
        return true;
    }
    let why = format!("no part of this text is called `{fragment}`");
    links.broken("this link leads nowhere", why, element.span);
    false
}

/// Makes each heading a link to itself, unless links stand in it already.
fn anchor_headings(pieces: &mut Vec<Piece<'_>>) {
    let mut added = Vec::new();
    for at in 0..pieces.len() {
        let Piece::Open(element) = &pieces[at] else { continue };
        let Some(id) = element.heading().and(element.attribute("id")) else { continue };
        let (text, end) = inner(pieces, at);
        let has_link =
            pieces[at..end].iter().any(|piece| matches!(piece, Piece::Open(inside) if inside.name == "a"));
        if !has_link && !text.trim().is_empty() {
            added.push((at + 1, Piece::Open(Element::new("a").with("href", format!("#{id}")))));
            added.push((end, Piece::Close("a")));
        }
    }
    insert(pieces, added);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubled_ids_are_numbered() {
        for (names, made) in [
            (["a", "a", "a", "b"], ["a", "a-1", "a-2", "b"]),
            (["a", "a", "a-1", "a"], ["a", "a-1", "a-1-1", "a-2"]),
            (["a-1", "a", "a", "a"], ["a-1", "a", "a-2", "a-3"]),
        ] {
            let mut numbers = Numbers::default();
            assert_eq!(names.map(|name| numbers.unique(name)), made);
        }
    }

    #[test]
    fn forges_keep_runs_of_hyphens() {
        assert_eq!(forge_slug("What — and why?"), "what--and-why");
    }
}
