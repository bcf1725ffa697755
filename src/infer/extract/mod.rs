//! The extractors. Each is one file, or one folder, and one row of [`EXTRACTORS`]: it says its
//! name, the fields that it seeks, the phrases that it looks for and how it reads.
//!
//! An extractor claims what it finds, with the words it found it in. It knows nothing of what
//! others claim; [`crate::incident::settle`] decides between them.

pub mod actions;
pub mod affected;
pub mod cause;
pub mod front_matter;
pub mod labelled;
pub mod links;
pub mod narrative;
pub mod resolution;
pub mod services;
pub mod severity;
pub mod time;
pub mod timeline;
pub mod title;

use super::extractor::Extractor;

/// All of them. Among claims of equal weight the earlier row wins.
pub const EXTRACTORS: &[Extractor] = &[
    front_matter::EXTRACTOR,
    title::EXTRACTOR,
    timeline::EXTRACTOR,
    time::start_end::EXTRACTOR,
    timeline::first_last::EXTRACTOR,
    time::zone::EXTRACTOR,
    actions::EXTRACTOR,
    time::duration::EXTRACTOR,
    affected::EXTRACTOR,
    narrative::EXTRACTOR,
    resolution::EXTRACTOR,
    cause::root_cause::EXTRACTOR,
    labelled::EXTRACTOR,
    services::EXTRACTOR,
    links::EXTRACTOR,
    time::milestones::EXTRACTOR,
    severity::EXTRACTOR,
    cause::EXTRACTOR,
];
