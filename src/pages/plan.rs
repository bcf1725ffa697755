//! Which pages the archive has. Every page knows its address, its kind and what
//! it shows; nothing is built before it is asked for.

use super::{Kind, Offers};
use crate::address::{self, UNDATED};
use crate::archive::Archive;
use crate::archive::{Facet, List};
use crate::config::Config;
use crate::incident::causes::UNKNOWN;
use std::collections::{BTreeMap, BTreeSet};

/// What a page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Subject {
    Home,
    /// The n-th page, from 1.
    List(usize),
    /// The positions of its incidents, in the document's order.
    Incident(Vec<usize>),
    /// All values of a facet; the n-th page.
    Values(Facet, usize),
    /// One value, by its position among the facet's shelves; the n-th page.
    Value(Facet, usize, usize),
    Actions(usize),
    Trends,
    Search,
    NotFound,
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
        !matches!(self.kind, Kind::NotFound | Kind::Redirect)
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

    fn new(url: impl Into<String>, kind: Kind, subject: Subject) -> Page {
        Page { url: url.into(), kind, subject }
    }
}

/// Every HTML page of the archive, in the order of its address.
pub fn plan(archive: &Archive, config: &Config, offers: Offers) -> Vec<Page> {
    let mut pages = vec![
        Page::new(address::HOME, Kind::Home, Subject::Home),
        Page::new(address::NOT_FOUND, Kind::NotFound, Subject::NotFound),
    ];
    let size = config.paginate.max(1);
    list(&mut pages, address::INCIDENTS, Kind::List, archive.incidents.len(), size, Subject::List);
    if !archive.incidents.is_empty() {
        pages.push(Page::new(address::TRENDS, Kind::Trends, Subject::Trends));
        let actions = archive.incidents.iter().map(|incident| incident.actions.len()).sum();
        list(&mut pages, address::ACTIONS, Kind::Actions, actions, size, Subject::Actions);
    }
    if offers.search {
        pages.push(Page::new(address::SEARCH, Kind::Search, Subject::Search));
    }
    Facet::with_pages().for_each(|facet| shelves(&mut pages, archive, facet, size));
    let incidents = incidents(archive);
    redirects(&mut pages, archive, &incidents);
    pages.extend(incidents);
    pages.sort_unstable_by(|a, b| a.url.cmp(&b.url));
    pages
}

/// How many pages a list of `n` entries has: at least one.
pub(super) fn pages_of(n: usize, size: usize) -> usize {
    n.div_ceil(size.max(1)).max(1)
}

fn list(
    pages: &mut Vec<Page>,
    first: &str,
    kind: Kind,
    n: usize,
    size: usize,
    subject: impl Fn(usize) -> Subject,
) {
    let numbers = 1..=pages_of(n, size);
    pages.extend(numbers.map(|number| Page::new(address::further(first, number), kind, subject(number))));
}

fn shelves(pages: &mut Vec<Page>, archive: &Archive, facet: Facet, size: usize) {
    let shelves = archive.shelves(facet);
    let entries = match facet.definition().list {
        List::Table => Some(shelves.len()),
        List::Calendar => Some(1),
        List::With(_) | List::Nowhere => None,
    };
    if let Some(entries) = entries.filter(|_| !shelves.is_empty()) {
        list(pages, &facet.index_url(), Kind::FacetIndex(facet), entries, size, |n| {
            Subject::Values(facet, n)
        });
    }
    for (at, shelf) in shelves.iter().enumerate() {
        let kind = if shelf.slug == UNDATED && facet == Facet::Month {
            Kind::Undated
        } else {
            Kind::FacetValue(facet)
        };
        list(pages, &facet.url(&shelf.slug), kind, shelf.incidents.len(), size, |n| {
            Subject::Value(facet, at, n)
        });
    }
}

/// One page a document. Its incidents may be far apart in the archive's order.
fn incidents(archive: &Archive) -> Vec<Page> {
    let mut by_document: Vec<(&str, usize, usize)> = archive
        .incidents
        .iter()
        .enumerate()
        .map(|(index, incident)| (incident.slug.as_str(), incident.nth, index))
        .collect();
    by_document.sort_unstable();
    let documents = by_document.chunk_by(|a, b| a.0 == b.0);
    let page = |document: &[(&str, usize, usize)]| {
        let incidents = document.iter().map(|(.., index)| *index).collect();
        Page::new(address::incident(document[0].0), Kind::Incident, Subject::Incident(incidents))
    };
    documents.map(page).collect()
}

/// Aliases that are free: a page's own address always wins, and of two aliases the first.
fn redirects(pages: &mut Vec<Page>, archive: &Archive, incidents: &[Page]) {
    if !has_aliases(archive) {
        return;
    }
    let mut taken: BTreeSet<String> = pages.iter().chain(incidents).map(|page| page.url.clone()).collect();
    for incident in &archive.incidents {
        for alias in &incident.aliases {
            if let Some(url) = address::alias(alias).filter(|url| taken.insert(url.clone())) {
                let subject = Subject::Redirect(super::row::url(incident), super::row::name(incident));
                pages.push(Page { url, kind: Kind::Redirect, subject });
            }
        }
    }
}

fn has_aliases(archive: &Archive) -> bool {
    archive.incidents.iter().any(|incident| !incident.aliases.is_empty())
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
