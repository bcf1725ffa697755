//! Which files are postmortems.

use crate::document::{Document, Kind, Label};
use crate::source::SourceFile;

/// Why a file is none; `None` when it is one.
pub fn not_a_postmortem(source: &SourceFile, document: &Document) -> Option<&'static str> {
    let name = source.path.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase();
    if ["changelog", "license", "licence", "code_of_conduct", "contributing", "security"]
        .iter()
        .any(|other| stem.starts_with(other))
    {
        return Some("not about an incident, by its name");
    }
    if document.blocks.is_empty() && document.front_matter.entries.is_empty() {
        return Some("there is no text in it");
    }
    let evidence = evidence(document);
    let doubtful = stem.starts_with("readme") || stem.starts_with("index") || !name.contains('.');
    (doubtful && !evidence).then_some("nothing in it tells of an incident")
}

/// Front matter with a known field, a timeline, or two of the usual sections.
fn evidence(document: &Document) -> bool {
    let usual =
        [Label::Summary, Label::Timeline, Label::RootCause, Label::Impact, Label::Actions, Label::Resolution, Label::Duration];
    let has = |label: &&Label| {
        document.sections.iter().any(|s| s.label == **label)
            || document.blocks.iter().any(|b| b.field.as_ref().is_some_and(|f| f.label == **label))
    };
    let front_matter = document
        .front_matter
        .entries
        .iter()
        .any(|e| ["date", "start", "start_time", "severity", "duration"].contains(&e.key.as_str()));
    let headings = document.blocks.iter().any(|block| matches!(block.kind, Kind::Heading(_)));
    front_matter
        || document.sections.iter().any(|s| s.label == Label::Timeline)
        || (usual.iter().filter(has).count() >= 2 && (headings || !document.blocks.is_empty()))
}
