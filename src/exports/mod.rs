//! The archive in other formats, one file per format. Each takes the finished archive and
//! returns text; those that hold every incident are written piece by piece to where they are wanted.

mod atom;
mod csv;
mod feed;
mod json;
mod json_feed;
mod sitemap;
mod xml;

pub use atom::atom;
pub use feed::{Entry, entries};
pub use json::one;
pub use json_feed::json_feed;
pub use sitemap::{robots, sitemap};

use crate::address;
use crate::archive::Archive;
use crate::incident::Incident;
use std::io::{self, Write};

/// A format for the whole archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `incidents.json`.
    Json,
    /// `incidents.csv`.
    Csv,
}

impl Format {
    /// Writes every incident of the archive, newest first.
    ///
    /// # Errors
    /// `out` does not take it.
    pub fn write(self, archive: &Archive, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Format::Json => json::json(archive, out),
            Format::Csv => csv::csv(archive, out),
        }
    }
}

/// The address of an incident inside the archive, with the anchor of a further one.
pub fn url(incident: &Incident) -> String {
    let page = address::incident(&incident.slug);
    match incident.nth {
        0 | 1 => page,
        n => format!("{page}#{}", address::incident_anchor(n)),
    }
}
