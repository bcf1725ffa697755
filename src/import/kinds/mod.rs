//! The importers, one file each.

mod blameless;
mod confluence;
mod csv;
mod dispatch;
mod firehydrant;
mod github;
mod gitlab;
mod incident_io;
mod jira;
mod morgue;
mod notion;
mod opsgenie;
mod pagerduty;
mod rootly;
mod statuspage;

use super::importer::Importer;

/// All importers, in the order of `--from`. Of those that a file fits equally well, the earlier reads it.
pub const IMPORTERS: &[Importer] = &[
    statuspage::IMPORTER,
    opsgenie::IMPORTER,
    incident_io::IMPORTER,
    rootly::IMPORTER,
    firehydrant::IMPORTER,
    pagerduty::IMPORTER,
    jira::IMPORTER,
    github::IMPORTER,
    gitlab::IMPORTER,
    confluence::IMPORTER,
    notion::IMPORTER,
    blameless::IMPORTER,
    dispatch::IMPORTER,
    morgue::IMPORTER,
    csv::IMPORTER,
];
