//! The search page. What it finds is worked out in the browser; this is what it begins with.

use super::frame::Head;
use super::kinds::{Definition, PLAIN};
use super::plan::Subject;
use super::row::{LinkView, RowView, weight};
use super::view::{Shared, views};
use super::{Built, Pages};
use crate::address;
use crate::archive::Facet;
use serde_json::{Map, Value, json};

/// How many incidents stand below the box before anything is asked.
const NEWEST: usize = 5;

views! {
    /// The search page.
    pub struct SearchView {
        /// Address of the script that reads the index: run before `search.js` of the theme.
        pub engine: String,
        /// The root of the index, for `data-index` of the list of results.
        pub index: String,
        /// How causes and severities look, as JSON for `data-looks`: for each facet, slugs with
        /// classes and, for causes, letters.
        pub looks: String,
        /// What the page may load and run. From disk a script tag is the only way to load a
        /// file of the index, so this one does not require trusted types; hosts should.
        pub policy: String,
        /// The lists that answer without scripts.
        pub lists: Vec<LinkView>,
        /// The newest incidents, for who has not asked yet.
        pub newest: Vec<Shared<RowView>>,
    }
}

pub(super) const KIND: Definition = Definition {
    name: "search",
    about: "The box, the filters and what they find.",
    url: address::SEARCH,
    section: Some("search"),
    plan: |plan, kind| {
        if plan.offers.search {
            plan.add(kind, kind.url(), Subject::Whole);
        }
    },
    view: |pages, _, _| view(pages, "", "").into(),
    variables: super::of::<SearchView>,
    ..PLAIN
};

/// `engine` and `index` are what [`crate::search`] made of the archive.
pub(super) fn view(pages: &Pages, engine: &str, index: &str) -> Built<SearchView> {
    let view = SearchView {
        engine: engine.to_owned(),
        index: index.to_owned(),
        looks: looks(pages).to_string(),
        policy: super::frame::policy_without_trusted_types(&pages.config),
        lists: lists(pages),
        newest: (0..pages.archive.incidents.len().min(NEWEST)).map(|index| pages.row(index)).collect(),
    };
    let head = Head {
        title: pages.titled("Search"),
        description: format!("Search the {} of {}.", pages.count(), pages.config.title),
        section: "search",
        ..Head::default()
    };
    Built { head, view }
}

fn looks(pages: &Pages) -> Value {
    let causes = pages
        .causes
        .all()
        .iter()
        .map(|look| (look.view.slug.clone(), json!([look.view.class, look.view.letters])));
    let severities = pages
        .archive
        .shelves(Facet::Severity)
        .iter()
        .map(|shelf| (shelf.slug.clone(), json!([weight(&shelf.name)])));
    json!({ "cause": Map::from_iter(causes), "severity": Map::from_iter(severities) })
}

fn lists(pages: &Pages) -> Vec<LinkView> {
    let with_values = Facet::listed().filter(|facet| !pages.archive.shelves(*facet).is_empty());
    let facet = |facet: Facet| super::link(facet.definition().plural, &facet.index_url());
    std::iter::once(super::link("all incidents", address::INCIDENTS)).chain(with_values.map(facet)).collect()
}
