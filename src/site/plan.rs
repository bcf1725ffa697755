//! Which files an archive has.

use super::{Make, Output, Stage};
use crate::archive::Archive;
use crate::archive::Facet;
use crate::config::Config;
use crate::exports::Export;
use crate::pages::{Kind, Page};
use crate::theme::Theme;

/// Every file that the archive has, in the order of its address.
pub fn plan(archive: &Archive, config: &Config, pages: Vec<Page>, theme: &Theme) -> Vec<Output> {
    let assets = theme.assets().iter().enumerate();
    let assets = assets.map(|(at, asset)| Output {
        path: asset.path.clone(),
        stage: Stage::Asset,
        make: Make::Asset(at),
    });
    let stage = |page: &Page| if page.kind() == Kind::Incident { Stage::Page } else { Stage::List };
    let page =
        |page: Page| Output { path: page.url().to_owned(), stage: stage(&page), make: Make::Page(page) };
    let mut outputs: Vec<Output> =
        planned_exports(archive, config).chain(assets).chain(pages.into_iter().map(page)).collect();
    outputs.sort_by(|a, b| a.path.cmp(&b.path));
    outputs
}

/// The exports of the archive, and a feed for each shelf that has one.
fn planned_exports<'a>(archive: &'a Archive, config: &'a Config) -> impl Iterator<Item = Output> + 'a {
    let list = |path: String, make: Make| Output { path, stage: Stage::List, make };
    let exports = Export::planned(archive, config);
    let exports = exports.map(move |export| list(export.path.to_owned(), Make::Export(export)));
    let is_dated = |index: &usize| archive.incidents[*index].date.is_some();
    let has_url = config.base_url.is_some();
    let facets = Facet::ALL.iter().filter(move |facet| has_url && facet.definition().has_feeds);
    let shelves = facets.flat_map(|facet| archive.shelves(*facet));
    let feeds = shelves.filter(move |shelf| shelf.incidents.iter().any(is_dated));
    exports.chain(feeds.map(move |shelf| {
        list(shelf.facet.feed_url(&shelf.slug), Make::Feed(shelf.facet, shelf.slug.clone()))
    }))
}
