//! Which pages the archive has. Every page knows its address, its kind and what
//! it shows; nothing is built before it is asked for.

use super::{Kind, Offers};
use crate::address::{self, UNDATED};
use crate::archive::{Archive, Facet};
use crate::config::Config;
use crate::incident::causes::UNKNOWN;
use std::collections::{BTreeMap, BTreeSet};

/// What a page shows of all that its kind has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Subject {
    /// All of it.
    Whole,
    /// The n-th page of a list, from 1.
    Part(usize),
    /// The positions of its incidents, in the document's order.
    Incident(Vec<usize>),
    /// One value, by its position among the facet's shelves; the n-th page.
    Value(Facet, usize, usize),
    /// Address and title of the page that it leads to.
    Redirect(String, String),
}

/// One page of the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    url: String,
    kind: Kind,
    pub(super) subject: Subject,
}

impl Page {
    /// Its path inside the archive.
    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether it stands in the sitemap.
    pub fn is_listed(&self) -> bool {
        self.kind.definition().is_listed
    }

    /// Path, under the content folder, of the document whose text it shows.
    pub fn source<'a>(&self, archive: &'a Archive) -> Option<&'a str> {
        match &self.subject {
            Subject::Incident(incidents) => {
                incidents.first().map(|index| archive.incidents[*index].source.as_str())
            }
            _ => None,
        }
    }

    /// The address of the page that it leads to, when it does nothing else.
    pub fn leads_to(&self) -> Option<&str> {
        match &self.subject {
            Subject::Redirect(to, _) => to.split('#').next(),
            _ => None,
        }
    }

    /// What leads from it to the archive's top: for the page that is shown at
    /// addresses nobody knows, the absolute path.
    pub fn root(&self, config: &Config) -> String {
        match self.kind {
            Kind::NotFound => config.base_path().to_owned(),
            _ => address::root(&self.url),
        }
    }

    /// Which page of its list it is, from 1.
    pub(super) fn number(&self) -> usize {
        match self.subject {
            Subject::Part(n) | Subject::Value(_, _, n) => n,
            _ => 1,
        }
    }
}

/// The pages that are planned so far, and what the further ones depend on.
pub(super) struct Plan<'a> {
    pub archive: &'a Archive,
    pub offers: Offers,
    /// How many entries a page of a list has.
    size: usize,
    pages: Vec<Page>,
}

impl Plan<'_> {
    pub fn has_incidents(&self) -> bool {
        !self.archive.incidents.is_empty()
    }

    /// Adds one page.
    pub fn add(&mut self, kind: Kind, url: impl Into<String>, subject: Subject) {
        self.pages.push(Page { url: url.into(), kind, subject });
    }

    /// Adds the pages of a list of `n` entries that begins at an address.
    pub fn list(&mut self, kind: Kind, first: &str, n: usize, subject: impl Fn(usize) -> Subject) {
        for number in 1..=pages_of(n, self.size) {
            self.add(kind, address::further(first, number), subject(number));
        }
    }

    /// The addresses of all pages so far.
    pub fn taken(&self) -> BTreeSet<String> {
        self.pages.iter().map(|page| page.url.clone()).collect()
    }
}

/// Every HTML page of the archive, in the order of its address.
pub fn plan(archive: &Archive, config: &Config, offers: Offers) -> Vec<Page> {
    let mut plan = Plan { archive, offers, size: config.paginate.max(1), pages: Vec::new() };
    Kind::all().for_each(|kind| (kind.definition().plan)(&mut plan, kind));
    plan.pages.sort_unstable_by(|a, b| a.url.cmp(&b.url));
    plan.pages
}

/// How many pages a list of `n` entries has: at least one.
pub(super) fn pages_of(n: usize, size: usize) -> usize {
    n.div_ceil(size.max(1)).max(1)
}

/// The addresses that lead to each page because a document had them before.
pub(super) fn former_addresses(pages: &[Page]) -> BTreeMap<String, Vec<String>> {
    let mut former: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for page in pages {
        if let Subject::Redirect(to, _) = &page.subject {
            former.entry(to.clone()).or_default().push(page.url.clone());
        }
    }
    former
}

/// Whether a value says that nothing is known: such shelves are shown last and plainly.
pub(super) fn is_unknown(slug: &str) -> bool {
    slug == UNKNOWN || slug == UNDATED
}
