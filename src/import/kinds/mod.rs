//! The importers, one file each.

mod csv;
mod github;
mod gitlab;
mod statuspage;

use super::importer::Importer;

/// All importers, in the order of `--from`. Of those that a file fits equally well, the earlier reads it.
pub const IMPORTERS: &[Importer] = &[statuspage::IMPORTER, github::IMPORTER, gitlab::IMPORTER, csv::IMPORTER];

#[cfg(test)]
mod tests;
