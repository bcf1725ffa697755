//! What the links of a document lead to: another document's page, a file beside
//! it that is copied along, another host, or nothing.

use crate::address::{self, percent_decoded, percent_encoded};
use crate::document::html::{Anchors, Resolve, Target};
use crate::source::{Asset, Assets, LeftOut};
use hashbrown::HashMap;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io;
use unicode_normalization::UnicodeNormalization;

/// Every document and file that a link can lead to.
#[derive(Debug, Default)]
pub struct Links {
    /// Document path to the slug of the page that shows it.
    pages: HashMap<String, String>,
    assets: Assets,
    /// Documents that are not in the archive, and may not come into it by a link either.
    left_out: HashMap<String, LeftOut>,
    /// From names in NFC to those that stand on disk, which may be written in another form.
    composed: HashMap<String, String>,
    /// Whether nobody is told of links to internal documents.
    is_discreet: bool,
}

impl Links {
    /// `pages` are pairs of a document's path and the slug of its page.
    pub fn new<'a>(
        pages: impl IntoIterator<Item = (&'a str, &'a str)>,
        left_out: &[(String, LeftOut)],
        assets: Assets,
    ) -> Links {
        let pages = pages.into_iter().map(|(source, slug)| (source.to_owned(), slug.to_owned())).collect();
        let left_out = left_out.iter().filter(|(_, reason)| !reason.may_be_copied()).cloned().collect();
        let foreign = assets.paths().filter(|path| !path.is_ascii());
        let composed = foreign.map(|path| (path.nfc().collect(), path.to_owned())).collect();
        Links { pages, assets, left_out, composed, is_discreet: false }
    }

    /// The same; links to internal documents stand as text without a word.
    pub fn discreet(self, is_discreet: bool) -> Links {
        Links { is_discreet, ..self }
    }

    /// A path as it is spelled on disk: `é` may be one character there, or two.
    fn on_disk(&self, path: String) -> String {
        if path.is_ascii() || self.assets.get(&path).is_some() {
            return path;
        }
        let composed: String = path.nfc().collect();
        self.composed.get(&composed).cloned().unwrap_or(path)
    }

    /// The file beside the documents at `path`.
    pub fn asset(&self, path: &str) -> Option<&Asset> {
        self.assets.get(path)
    }

    /// The bytes of the file beside the documents at `path`, as it is now.
    pub fn read_asset(&self, path: &str) -> io::Result<Vec<u8>> {
        self.assets.read(path)
    }

    /// Paths of all files beside the documents that may be linked to, in order.
    pub fn assets(&self) -> impl Iterator<Item = &str> {
        self.assets.paths().filter(|path| self.has_asset(path))
    }

    /// Whether a page may link to the file at `path`.
    pub fn has_asset(&self, path: &str) -> bool {
        self.assets.get(path).is_some_and(|asset| self.why_left_out(path, Some(asset)).is_none())
    }

    /// Why a document may not come into the archive, under the path that is linked to or its real one.
    fn why_left_out(&self, path: &str, asset: Option<&Asset>) -> Option<&LeftOut> {
        let names = [Some(path), asset.and_then(|asset| asset.links_to.as_deref())];
        names.into_iter().flatten().find_map(|name| self.left_out.get(name))
    }

    /// A resolver for the links of the document `source`, shown on a page whose
    /// way to the archive's top is `root`. `read` gives the text of a document and
    /// where it begins behind the front matter.
    pub fn of<'a>(&'a self, source: &'a str, root: &'a str, read: &'a Read<'a>) -> Resolver<'a> {
        Resolver { links: self, source, root, read, used: RefCell::default(), anchors: RefCell::default() }
    }
}

/// From the path of a document to its text.
pub type Read<'a> = dyn Fn(&str) -> Option<(&'a str, usize)> + 'a;

/// Resolves the links of one document and remembers the files it used.
pub struct Resolver<'a> {
    links: &'a Links,
    source: &'a str,
    root: &'a str,
    read: &'a Read<'a>,
    used: RefCell<BTreeSet<String>>,
    /// Of documents whose parts were linked to.
    anchors: RefCell<HashMap<String, Anchors>>,
}

impl Resolver<'_> {
    /// Paths of the files beside the documents that were linked to.
    pub fn used(self) -> BTreeSet<String> {
        self.used.into_inner()
    }

    fn target(&self, dest: &str, page_wanted: bool) -> Target {
        match has_scheme(dest) {
            true => Target::Outside(dest.to_owned()),
            false => self.inside(dest, page_wanted),
        }
    }

    fn inside(&self, dest: &str, page_wanted: bool) -> Target {
        let (path, tail) = dest.split_at(dest.find(['?', '#']).unwrap_or(dest.len()));
        let fragment =
            tail.split_once('#').map(|(_, fragment)| fragment).filter(|fragment| !fragment.is_empty());
        let Some(path) = joined(self.source, &percent_decoded(path)) else {
            return Target::Broken(format!("`{dest}` leads out of the content folder"));
        };
        let path = self.links.on_disk(path);
        match self.links.pages.get(&path) {
            Some(slug) if page_wanted => {
                let page = format!("{}{}", self.root, address::incident(slug));
                fragment
                    .map_or(Target::Inside(page.clone()), |fragment| self.part(&path, fragment, page, dest))
            }
            _ => self.file(path, dest),
        }
    }

    /// A part of another document's page.
    fn part(&self, path: &str, fragment: &str, page: String, dest: &str) -> Target {
        let mut anchors = self.anchors.borrow_mut();
        let text = || (self.read)(path).unwrap_or_default();
        let parts = anchors.entry(path.to_owned()).or_insert_with(|| Anchors::of(text().0, text().1));
        match parts.find(fragment) {
            Some("") => Target::Inside(page),
            Some(id) => Target::Inside(format!("{page}#{id}")),
            None => Target::Broken(format!("`{dest}`: no part of that document is called `{fragment}`")),
        }
    }

    fn file(&self, path: String, dest: &str) -> Target {
        if path.contains(char::is_control) {
            return Target::Broken("its name holds control characters".to_owned());
        }
        let asset = self.links.assets.get(&path);
        if let Some(reason) = self.links.why_left_out(&path, asset) {
            if self.links.is_discreet && *reason == LeftOut::Internal {
                return Target::Words;
            }
            return Target::Broken(format!("`{path}` was left out: {}", reason.why()));
        }
        if asset.is_none() {
            return Target::Broken(format!("there is no file `{dest}` beside this document"));
        }
        if self.links.pages.contains_key(&path) {
            return Target::Broken(format!("`{path}` is a document, and no image"));
        }
        let url = format!("{}{}", self.root, percent_encoded(&address::content_file(&path)));
        self.used.borrow_mut().insert(path);
        Target::Inside(url)
    }
}

impl Resolve for Resolver<'_> {
    fn link(&self, dest: &str) -> Target {
        self.target(dest, true)
    }

    fn image(&self, dest: &str) -> Target {
        self.target(dest, false)
    }

    fn image_size(&self, dest: &str) -> Option<(u32, u32)> {
        let path = self.links.on_disk(joined(self.source, &percent_decoded(dest.split(['?', '#']).next()?))?);
        self.links.assets.get(&path)?.dimensions
    }
}

/// Whether an address names its scheme, and so leads out of the archive. Which
/// schemes a page may have is decided where it is written.
fn has_scheme(dest: &str) -> bool {
    let before = dest.split(['/', '?', '#']).next().unwrap_or_default();
    dest.starts_with("//") || before.contains(':')
}

/// The path that `dest`, written in the document `source`, names under the
/// content folder; `None` when it leads out of it. A leading slash means the folder's top.
fn joined(source: &str, dest: &str) -> Option<String> {
    let mut parts: Vec<&str> = match dest.starts_with('/') {
        true => Vec::new(),
        false => source.split('/').rev().skip(1).collect::<Vec<_>>().into_iter().rev().collect(),
    };
    for part in dest.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn links() -> Links {
        let asset = |links_to: Option<&str>| {
            let links_to = links_to.map(str::to_owned);
            Asset { disk: PathBuf::from("x"), size: 1, dimensions: None, links_to }
        };
        let plain = ["2023/old.md", "2024/a b.png", "2024/log.txt", "2024/new.md", "2024/plan.md"];
        let assets = plain.map(|path| (path.to_owned(), asset(None)));
        let linked = ("2024/plan.png".to_owned(), asset(Some("2024/plan.md")));
        let assets = assets.into_iter().chain([linked]).collect();
        let left_out =
            [("2024/plan.md".to_owned(), LeftOut::Draft), ("2024/log.txt".to_owned(), LeftOut::Attachment)];
        Links::new([("2023/old.md", "old"), ("2024/new.md", "new")], &left_out, assets)
    }

    #[test]
    fn a_name_is_found_however_its_accents_are_written() {
        let asset = || Asset { disk: PathBuf::from("x"), size: 1, dimensions: None, links_to: None };
        let (apart, whole) = ("de\u{301}tour.md", "d\u{e9}tour.md");
        let names = [apart, "r\u{e9}seau.png", "\u{1100}\u{1161}.md"];
        let assets = names.map(|name| (name.to_owned(), asset())).into_iter().collect();
        let links = Links::new([(apart, "detour"), ("\u{1100}\u{1161}.md", "ga")], &[], assets);
        let resolver = links.of("new.md", "../", &|_| None);
        let inside = |url: &str| Target::Inside(url.to_owned());
        for (dest, url) in [
            (whole, "../incidents/detour.html"),
            (apart, "../incidents/detour.html"),
            ("d%C3%A9tour.md", "../incidents/detour.html"),
            ("re\u{301}seau.png", "../files/r%C3%A9seau.png"),
            ("\u{ac00}.md", "../incidents/ga.html"),
        ] {
            assert_eq!(resolver.link(dest), inside(url), "{dest}");
        }
        assert!(matches!(resolver.link("detour.md"), Target::Broken(_)), "an accent more is another name");
    }

    #[test]
    fn links_lead_to_pages_files_or_nowhere() {
        let links = links();
        let read = |path: &str| (path == "2023/old.md").then_some(("# Old\n\n## Part\n", 0));
        let resolver = links.of("2024/new.md", "../", &read);
        let inside = |url: &str| Target::Inside(url.to_owned());
        assert_eq!(resolver.link("../2023/old.md#part"), inside("../incidents/old.html#user-content-part"));
        assert_eq!(resolver.link("../2023/old.md#old"), inside("../incidents/old.html"));
        assert!(matches!(resolver.link("../2023/old.md#gone"), Target::Broken(_)));
        assert_eq!(resolver.link("/2023/old.md"), inside("../incidents/old.html"));
        assert_eq!(resolver.image("a%20b.png"), inside("../files/2024/a%20b.png"));
        assert!(matches!(resolver.link("../../etc/passwd"), Target::Broken(_)));
        assert!(matches!(resolver.link("%2e%2e/%2e%2e/x"), Target::Broken(_)));
        assert!(matches!(resolver.link("gone.md"), Target::Broken(_)));
        for outside in ["https://example.org/x", "mailto:a@example.org", "//example.org/x"] {
            assert_eq!(resolver.link(outside), Target::Outside(outside.to_owned()));
        }
        assert_eq!(resolver.link("log.txt"), inside("../files/2024/log.txt"));
        for never_copied in ["plan.md", "plan.md#part", "./pl%61n.md", "plan.png", "/2024/plan.md"] {
            assert!(
                matches!(resolver.link(never_copied), Target::Broken(why) if why.contains("it is a draft"))
            );
            assert!(
                matches!(resolver.image(never_copied), Target::Broken(why) if why.contains("it is a draft"))
            );
        }
        assert!(matches!(resolver.image("../2023/old.md"), Target::Broken(_)), "a document is no image");
        assert_eq!(resolver.used().into_iter().collect::<Vec<_>>(), ["2024/a b.png", "2024/log.txt"]);
    }
}
