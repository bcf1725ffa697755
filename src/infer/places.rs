//! What a block of text is about: its own label, or the sections around it.

use super::Text;
use crate::document::{Kind, Label};

/// What a block announces to be about. Its own label counts before the sections
/// around it: `Root cause: …` says what it is even under a heading "Tasks".
pub fn about(text: &Text<'_>, n: usize) -> Label {
    own_label(text, n).unwrap_or(text.document.section(n).under)
}

/// The label that a block begins with, when it is a known one.
pub fn own_label(text: &Text<'_>, n: usize) -> Option<Label> {
    text.block(n).field.as_ref().map(|field| field.label).filter(|label| *label != Label::Other)
}

/// Whether a block tells of other things than what happened: promises, lessons, people,
/// links, dates of the document, code.
pub fn is_aside(text: &Text<'_>, n: usize) -> bool {
    if matches!(text.block(n).kind, Kind::Fence | Kind::Rule) {
        return true;
    }
    match own_label(text, n) {
        Some(label) => aside(label) || (!tells(label) && text.document.labels_around(n).any(aside)),
        None => text.document.labels_around(n).any(aside),
    }
}

/// Labels that say themselves what they tell, wherever they stand.
fn tells(label: Label) -> bool {
    use Label::{
        Acknowledged, Affected, Date, Detected, Duration, End, Impact, Mitigated, Period, RootCause, Severity, Start, Summary,
        TimeToDetect, TimeToMitigate, TimeToResolve, Trigger, Zone,
    };
    #[rustfmt::skip]
    let telling = matches!(label, Acknowledged | Affected | Date | Detected | Duration | End | Impact | Mitigated | Period
        | RootCause | Severity | Start | Summary | TimeToDetect | TimeToMitigate | TimeToResolve | Trigger | Zone);
    telling
}

fn aside(label: Label) -> bool {
    #[rustfmt::skip]
    let aside = matches!(label, Label::Actions | Label::Lessons | Label::Participants | Label::Authors | Label::Owner | Label::Links
        | Label::Related | Label::DocumentDate | Label::Updated | Label::MeetingDate | Label::Tags | Label::Page);
    aside
}

/// Longest first line that can be a title, in bytes.
const LONGEST_TITLE: usize = 160;

/// Whether a block names the document: its first line, or a heading of the first levels near its beginning.
pub fn is_title(text: &Text<'_>, n: usize) -> bool {
    let heading = matches!(text.block(n).kind, Kind::Heading(1 | 2)) && text.document.section(n).label == Label::Other;
    let first = text.blocks().find(|(_, block)| !block.text().trim().is_empty()).is_some_and(|(first, _)| first == n);
    let line = text.block(n).text().trim();
    (first && text.block(n).field.is_none() && line.len() <= LONGEST_TITLE && !line.contains('\n') && !line.ends_with('.'))
        || (heading && n < text.blocks.start + 12)
        || about(text, n) == Label::Title
}
