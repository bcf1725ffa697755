//! The archive in other formats, one file per format. Each takes the finished
//! archive and returns bytes; nothing here writes.

mod atom;
mod csv;
mod feed;
mod json;
mod json_feed;
mod sitemap;
mod xml;

pub use atom::atom;
pub use csv::csv;
pub use feed::{Entry, entries};
pub use json::{json, one};
pub use json_feed::json_feed;
pub use sitemap::{robots, sitemap};

use crate::address;
use crate::incident::Incident;

/// The address of an incident inside the archive, with the anchor of a further one.
pub fn url(incident: &Incident) -> String {
    let page = address::incident(&incident.slug);
    match incident.nth {
        0 | 1 => page,
        n => format!("{page}#{}", address::incident_anchor(n)),
    }
}
