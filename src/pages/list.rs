//! Every incident, newest first, under a head for each year.

use super::frame::{self, Head, PagerView};
use super::kinds::{Definition, PLAIN};
use super::plan::Subject;
use super::row::{LinkView, RowView};
use super::view::{Shared, views};
use super::{Built, Pages, plan};
use crate::address;
use crate::archive::Facet;
use crate::archive::Index;

views! {
    /// The incidents of one year on this page.
    pub struct YearView {
        /// The year, or `Undated`.
        pub name: String,
        /// Anchor of its head in this page.
        pub anchor: String,
        /// Address of the page of the year, or of the undated.
        pub url: String,
        /// How many incidents it has in all.
        pub count: usize,
        /// Those on this page.
        pub rows: Vec<Shared<RowView>>,
    }

    /// A page of the list of all incidents.
    pub struct ListView {
        /// The incidents of this page by year.
        pub years: Vec<YearView>,
        /// All years, with their pages.
        pub all_years: Vec<LinkView>,
        /// How many incidents are undated.
        pub undated: usize,
        /// How many have no established cause.
        pub unexplained: usize,
        /// The other pages of the list; nothing when it has one.
        pub pager: Option<PagerView>,
    }
}

pub(super) const KIND: Definition = Definition {
    name: "list",
    about: "Every incident, newest first.",
    url: address::INCIDENTS,
    section: Some("incidents"),
    plan: |plan, kind| plan.list(kind, &kind.url(), plan.archive.incidents.len(), Subject::Part),
    view: |pages, page, _| view(pages, page.number()).into(),
    variables: super::of::<ListView>,
    ..PLAIN
};

fn view(pages: &Pages, number: usize) -> Built<ListView> {
    let n = pages.archive.incidents.len();
    let size = pages.config.paginate.max(1);
    let from = (number - 1) * size;
    let shown: Vec<Index> = (from..n.min(from + size)).collect();
    let year = |a: &Index, b: &Index| year_slug(pages, *a) == year_slug(pages, *b);
    let shelf_len =
        |facet, slug: &str| pages.archive.shelf(facet, slug).map_or(0, |shelf| shelf.incidents.len());
    let view = ListView {
        years: shown.chunk_by(year).map(|chunk| year_view(pages, chunk)).collect(),
        all_years: pages
            .archive
            .shelves(Facet::Year)
            .iter()
            .map(|s| super::link(&s.slug, &Facet::Year.url(&s.slug)))
            .collect(),
        undated: shelf_len(Facet::Month, address::UNDATED),
        unexplained: shelf_len(Facet::Cause, crate::incident::causes::UNKNOWN),
        pager: frame::pager(address::INCIDENTS, number, plan::pages_of(n, size)),
    };
    let title = numbered("All incidents", number);
    let description = format!("Every incident of {}, newest first: {}.", pages.config.title, pages.count());
    Built {
        head: Head { title: pages.titled(&title), description, section: "incidents", ..Head::default() },
        view,
    }
}

/// `All incidents`, and from the second page on `All incidents, page 2`.
pub(super) fn numbered(title: &str, number: usize) -> String {
    match number {
        1 => title.to_owned(),
        n => format!("{title}, page {n}"),
    }
}

fn year_slug(pages: &Pages, index: Index) -> Option<i16> {
    pages.archive.incidents[index].date.as_ref().map(|date| date.value.year)
}

fn year_view(pages: &Pages, chunk: &[Index]) -> YearView {
    let year = chunk.first().and_then(|index| year_slug(pages, *index));
    let (facet, slug) = match year {
        Some(year) => (Facet::Year, format!("{year:04}")),
        None => (Facet::Month, address::UNDATED.to_owned()),
    };
    YearView {
        name: year.map_or_else(|| "Undated".to_owned(), |year| year.to_string()),
        anchor: format!("y-{slug}"),
        url: facet.url(&slug),
        count: pages.archive.shelf(facet, &slug).map_or(0, |shelf| shelf.incidents.len()),
        rows: chunk.iter().map(|index| pages.row(*index)).collect(),
    }
}
