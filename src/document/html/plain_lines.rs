//! Crowded lines among the events of Markdown, which knows each only as an empty line: where they stand, and as what.

use crate::document::crowded::Crowded;
use pulldown_cmark::{CowStr, Event, Tag};
use std::ops::Range;

/// What becomes of a crowded line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum As {
    Paragraph,
    /// It stands in a block of code, and is shown there.
    Code,
    /// It stands in raw HTML, perhaps in a comment.
    Nothing,
}

impl As {
    /// What its author is told; nothing where all is well.
    pub fn told(self) -> Option<&'static str> {
        match self {
            As::Paragraph => Some("it is shown as plain text, and nothing is read from it"),
            As::Nothing => Some("it stands in raw HTML, and is left out"),
            As::Code => None,
        }
    }
}

/// The crowded lines that are yet to come.
pub(super) struct PlainLines<'c> {
    lines: &'c [Range<usize>],
}

impl<'c> PlainLines<'c> {
    pub fn of(crowded: &'c Crowded<'_>) -> PlainLines<'c> {
        PlainLines { lines: &crowded.lines }
    }

    /// The next line that stands before an event or in what it begins; without an event, the next of all.
    pub fn next(&mut self, event: Option<&(Event<'_>, Range<usize>)>) -> Option<(Range<usize>, As)> {
        let (line, rest) = self.lines.split_first()?;
        let stands = event.map_or(Some(As::Paragraph), |(event, range)| stands(line, event, range))?;
        self.lines = rest;
        Some((line.clone(), stands))
    }
}

fn stands(line: &Range<usize>, event: &Event<'_>, range: &Range<usize>) -> Option<As> {
    let shared = line.start < range.end && range.start < line.end;
    match event {
        Event::Start(Tag::CodeBlock(_)) if shared => Some(As::Code),
        Event::Start(Tag::HtmlBlock) if shared => Some(As::Nothing),
        Event::End(_) => shared.then_some(As::Paragraph),
        _ => (line.end <= range.start).then_some(As::Paragraph),
    }
}

/// An event, with the words of crowded lines of code as the text has them.
pub(super) fn restored<'t>(
    text: &'t str,
    crowded: &Crowded<'_>,
    event: Event<'t>,
    range: &Range<usize>,
) -> Event<'t> {
    match (event, text.get(range.clone())) {
        (Event::Text(_), Some(words)) if crowded.touches(range) => Event::Text(CowStr::Borrowed(words)),
        (event, _) => event,
    }
}
