//! The archive in other formats: one file per format, and [`EXPORTS`], which lists them. Each takes the finished
//! archive and writes text, piece by piece, to where it is wanted.

mod atom;
mod bulk;
mod csv;
mod feed;
mod json;
mod json_feed;
mod ndjson;
mod robots;
mod sitemap;
mod xml;

pub use atom::{MEDIA as ATOM, atom};
pub use feed::{Entry, entries};
pub use json::one;

use crate::address;
use crate::archive::Archive;
use crate::config::Config;
use crate::incident::Incident;
use std::io::{self, Write};

/// Every export. Footer, heads of pages, `casebook export` and the plan of files are taken from here, in this order.
pub const EXPORTS: &[Export] = &[
    json::EXPORT,
    csv::EXPORT,
    ndjson::INCIDENTS,
    ndjson::ACTIONS,
    ndjson::EVENTS,
    bulk::BULK,
    bulk::MAPPING,
    atom::EXPORT,
    json_feed::EXPORT,
    sitemap::EXPORT,
    robots::EXPORT,
    Export { path: ".nojekyll", offer: Offer::Nowhere, when: always, write: |_, _| Ok(()) },
];

/// One file that holds something of the whole archive.
#[derive(Debug)]
pub struct Export {
    /// Its address inside the archive.
    pub path: &'static str,
    /// Where people and programs find it.
    pub offer: Offer,
    /// Whether an archive has it.
    pub when: fn(&Archive, &Config) -> bool,
    /// Writes it.
    pub write: fn(&Input<'_>, &mut dyn Write) -> io::Result<()>,
}

/// Where an export is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// It holds every incident: the footer links to it, and `casebook export` prints it.
    Data {
        /// Its name for `--format`.
        format: &'static str,
        /// What the footer says.
        title: &'static str,
    },
    /// `casebook export` prints it under this name for `--format`.
    Format(&'static str),
    /// It tells of new incidents: the head of every page names it, with its media type.
    Feed(&'static str),
    /// Whoever wants it knows its address.
    Nowhere,
}

/// What exports are made of.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    pub archive: &'a Archive,
    pub config: &'a Config,
    /// Addresses of the pages that a sitemap lists.
    pub pages: &'a [&'a str],
}

impl<'a> Input<'a> {
    /// The newest incidents, for feeds.
    fn newest(&self, base_url: &str) -> Vec<Entry<'a>> {
        let all: Vec<usize> = (0..self.archive.incidents.len()).collect();
        entries(self.archive, &all, base_url, self.config.feed_limit)
    }
}

impl Export {
    /// Those that an archive has.
    pub fn planned<'a>(
        archive: &'a Archive,
        config: &'a Config,
    ) -> impl Iterator<Item = &'static Export> + use<'a> {
        EXPORTS.iter().filter(|export| (export.when)(archive, config))
    }

    /// Those that `casebook export` prints, with the name of their format.
    pub fn formats() -> impl Iterator<Item = (&'static str, &'static Export)> {
        EXPORTS.iter().filter_map(|export| match export.offer {
            Offer::Data { format, .. } | Offer::Format(format) => Some((format, export)),
            Offer::Feed(_) | Offer::Nowhere => None,
        })
    }
}

fn always(_: &Archive, _: &Config) -> bool {
    true
}

/// What is printed on demand and is no file.
fn never(_: &Archive, _: &Config) -> bool {
    false
}

/// Feeds and sitemaps need absolute addresses.
fn has_base_url(_: &Archive, config: &Config) -> bool {
    config.base_url.is_some()
}

/// An empty feed is not written.
fn has_feed(archive: &Archive, config: &Config) -> bool {
    has_base_url(archive, config) && archive.incidents.iter().any(|incident| incident.date.is_some())
}

/// The address of an incident inside the archive, with the anchor of a further one.
pub fn url(incident: &Incident) -> String {
    let page = address::incident(&incident.slug);
    match incident.nth {
        0 | 1 => page,
        n => format!("{page}#{}", address::incident_anchor(n)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::samples as fixture;

    #[test]
    fn every_export_has_an_address_and_a_name_of_its_own() {
        let mut paths: Vec<&str> = EXPORTS.iter().map(|export| export.path).collect();
        let mut formats: Vec<&str> = Export::formats().map(|(format, _)| format).collect();
        for names in [&mut paths, &mut formats] {
            let all = names.len();
            names.sort_unstable();
            names.dedup();
            assert!(all > 1 && names.len() == all, "{names:?}");
        }
    }

    #[test]
    fn an_export_that_is_planned_writes_something() {
        let archive = fixture::archive(vec![fixture::incident("gate", "2024-01-02", "dns", "gate")]);
        let config = Config { base_url: Some("https://example.com/".to_owned()), ..Config::default() };
        let input = Input { archive: &archive, config: &config, pages: &["index.html"] };
        let planned: Vec<&str> = Export::planned(&archive, &config).map(|export| export.path).collect();
        let on_demand = ["actions.ndjson", "events.ndjson", "bulk.ndjson", "mapping.json"];
        assert_eq!(planned.len() + on_demand.len(), EXPORTS.len(), "{planned:?}");
        for export in
            EXPORTS.iter().filter(|export| planned.contains(&export.path) && export.path != ".nojekyll")
        {
            let mut bytes = Vec::new();
            (export.write)(&input, &mut bytes).expect("memory takes everything");
            assert!(!bytes.is_empty(), "{}", export.path);
        }
        let bare: Vec<&str> =
            Export::planned(&archive, &Config::default()).map(|export| export.path).collect();
        assert_eq!(bare, ["incidents.json", "incidents.csv", "incidents.ndjson", "robots.txt", ".nojekyll"]);
    }
}
