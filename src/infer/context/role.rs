//! What a block of text is about: its own label, or the sections around it.

use crate::document::{Document, Kind, Label};
use crate::infer::context::prompt;
use crate::infer::context::text::Text;
use std::ops::Range;

/// Where a block stands.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// What it announces to be about.
    about: Label,
    /// The known label that it begins with.
    own: Option<Label>,
    /// What the nearest section around it that announces something is about.
    around: Option<Label>,
    in_timeline: bool,
    is_aside: bool,
    is_title: bool,
    is_prompt: bool,
}

/// The places of blocks of one incident.
pub fn of(document: &Document, source: &str, blocks: Range<usize>) -> Vec<Place> {
    let sections = surroundings(document);
    let first = blocks.clone().find(|n| !document.blocks[*n].text().trim().is_empty());
    let place = |n: usize| {
        let block = &document.blocks[n];
        let around = sections[block.section];
        let own = block.field.as_ref().map(|field| field.label).filter(|label| *label != Label::Other);
        let about = own.unwrap_or(document.section(n).under);
        let is_prompt = prompt::asks(document, source, n);
        let is_aside = match own {
            _ if is_prompt || matches!(block.kind, Kind::Fence | Kind::Rule) => true,
            Some(label) => aside(label) || (!tells(label) && around.aside),
            None => around.aside,
        };
        let is_title = is_title_line(document, n, first == Some(n), blocks.start) || about == Label::Title;
        Place {
            about,
            own,
            around: around.nearest,
            in_timeline: around.timeline,
            is_aside,
            is_title,
            is_prompt,
        }
    };
    blocks.clone().map(place).collect()
}

/// What the sections around a block announce, itself included.
#[derive(Debug, Clone, Copy, Default)]
struct Around {
    nearest: Option<Label>,
    timeline: bool,
    aside: bool,
}

fn surroundings(document: &Document) -> Vec<Around> {
    let mut found: Vec<Around> = Vec::with_capacity(document.sections.len());
    for (n, section) in document.sections.iter().enumerate() {
        let outer = if n == 0 { Around::default() } else { found[section.parent] };
        let own = Some(section.label).filter(|label| *label != Label::Other);
        found.push(Around {
            nearest: own.or(outer.nearest),
            timeline: outer.timeline || section.label == Label::Timeline,
            aside: outer.aside || aside(section.label),
        });
    }
    found
}

/// What a block announces to be about. Its own label counts before the sections
/// around it: `Root cause: …` says what it is even under a heading "Tasks".
pub fn about(text: &Text<'_>, n: usize) -> Label {
    text.place(n).about
}

/// The label that a block begins with, when it is a known one.
pub fn own_label(text: &Text<'_>, n: usize) -> Option<Label> {
    text.place(n).own
}

/// What the nearest section around a block announces, of those that announce something.
pub fn around(text: &Text<'_>, n: usize) -> Option<Label> {
    text.place(n).around
}

/// Whether a block stands under a heading that announces a timeline, at any distance.
pub fn in_timeline(text: &Text<'_>, n: usize) -> bool {
    text.place(n).in_timeline
}

/// Whether a block tells of other things than what happened: promises, lessons, people,
/// links, dates of the document, code.
pub fn is_aside(text: &Text<'_>, n: usize) -> bool {
    text.place(n).is_aside
}

/// Whether a block is what a template asks its author, and no answer.
pub fn is_prompt(text: &Text<'_>, n: usize) -> bool {
    text.place(n).is_prompt
}

/// Labels that say themselves what they tell, wherever they stand.
fn tells(label: Label) -> bool {
    use Label::{
        Acknowledged, Affected, Date, Detected, Duration, End, Impact, Mitigated, Period, RootCause,
        Severity, Start, Summary, TimeToDetect, TimeToMitigate, TimeToResolve, Trigger, Zone,
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
    text.place(n).is_title
}

fn is_title_line(document: &Document, n: usize, first: bool, start: usize) -> bool {
    let block = &document.blocks[n];
    let heading = matches!(block.kind, Kind::Heading(1 | 2)) && document.section(n).label == Label::Other;
    let line = block.text().trim();
    let short = || line.len() <= LONGEST_TITLE && !line.contains('\n') && !line.ends_with('.');
    (first && block.field.is_none() && short()) || (heading && n < start + 12)
}
