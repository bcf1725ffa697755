//! What happened when: events of a timeline in all the shapes that people give it.
//! Lists, tables, headings, paragraphs and chat logs are one walk over the blocks:
//! what begins with a time is an event, what follows without one belongs to it.

pub mod columns;
pub mod event_text;
pub mod first_last;
mod status_update;
pub mod timestamp;
mod walk;

use crate::document::{Kind, Label};
use crate::incident::claim::Fact;
use crate::incident::{Event, Origin};
use crate::infer::claims::Claims;
use crate::infer::context::role::{around, in_timeline};
use crate::infer::context::text::Text;
use crate::infer::extract::timeline::columns::Columns;
use crate::infer::extract::timeline::walk::{FEWEST, Pass, Walk, with_phase};
use crate::infer::extractor::{Extractor, no_phrases};

pub const EXTRACTOR: Extractor =
    Extractor { name: "timeline", seeks: &["timeline"], phrases: no_phrases, read };

fn read(text: &Text<'_>, claims: &mut Claims<'_>) {
    let (origin, rule) = match in_sections(text) {
        true => (Origin::Section, "timeline-section"),
        false => (Origin::Prose, "timed-lines"),
    };
    for event in text.timeline() {
        claims.at(Fact::Event(event.clone()), origin, rule, event.span, event.text.clone());
    }
}

fn in_sections(text: &Text<'_>) -> bool {
    text.blocks().any(|(n, _)| in_timeline(text, n))
}

/// The events of a text, in its order.
pub fn events(text: &Text<'_>) -> Vec<Event> {
    let announced = announced(text);
    if let Some(stamped) = announced.is_empty().then(|| status_update::stamped_below(text)).flatten() {
        return stamped.into_iter().map(with_phase).collect();
    }
    let updates = if announced.is_empty() { status_update::events(text) } else { Vec::new() };
    if !updates.is_empty() {
        return updates.into_iter().map(with_phase).collect();
    }
    let found = Walk::over(text, &announced, Pass::Leading);
    let found =
        if found.len() < 2 { longer(Walk::over(text, &announced, Pass::Anywhere), found) } else { found };
    let found = if found.is_empty() { Walk::over(text, &announced, Pass::Fenced) } else { found };
    if !found.is_empty() {
        return found;
    }
    let elsewhere: Vec<usize> = text.blocks.clone().filter(|n| may_hold_events(text, *n)).collect();
    let found = Walk::over(text, &elsewhere, Pass::Elsewhere);
    if found.len() >= FEWEST { found } else { Vec::new() }
}

fn longer(a: Vec<Event>, b: Vec<Event>) -> Vec<Event> {
    if a.len() > b.len() { a } else { b }
}

/// Blocks under a heading that announces a timeline, and tables whose head does.
fn announced(text: &Text<'_>) -> Vec<usize> {
    let mut found = Vec::new();
    let mut table = false;
    for (n, block) in text.blocks() {
        table = match block.kind {
            Kind::Row { head: true } => Columns::of(block).tell_of_events(),
            Kind::Row { head: false } => table,
            _ => false,
        };
        let opens = text.document.opens(n) && text.document.section(n).label == Label::Timeline;
        if (table && may_hold_events(text, n)) || (!opens && in_timeline(text, n)) {
            found.push(n);
        }
    }
    found
}

fn may_hold_events(text: &Text<'_>, n: usize) -> bool {
    const NEVER: &[Label] =
        &[Label::Actions, Label::Lessons, Label::Participants, Label::Links, Label::Related, Label::Authors];
    !around(text, n).is_some_and(|label| NEVER.contains(&label))
}
