//! What the index is told about an incident.

use super::keys::Stored;
use serde::Serialize;
use std::borrow::Cow;

/// The incidents of an archive, newest first. Asked from several threads, more than once
/// about each, so that no text is held longer than it is needed.
pub trait Incidents: Sync {
    fn count(&self) -> usize;

    /// The same at each call, for numbers from 0 to below the count.
    fn document(&self, number: usize) -> SearchDocument<'_>;
}

/// The part of a postmortem that a text stands in, as far as search cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Summary,
    Cause,
    Resolution,
    Body,
    Timeline,
}

impl Part {
    /// Every part.
    pub const ALL: [Part; 5] = [Part::Summary, Part::Cause, Part::Resolution, Part::Body, Part::Timeline];

    /// How much a word counts here, in quarters of a word of the body.
    pub fn weight(self) -> u32 {
        self.row().2
    }

    /// How the scripts name it.
    pub(super) fn name(self) -> &'static str {
        self.row().0
    }

    /// How the text files name it.
    pub(super) fn letter(self) -> char {
        self.row().1
    }

    fn row(self) -> (&'static str, char, u32) {
        match self {
            Part::Summary => ("summary", 's', 6),
            Part::Cause => ("cause", 'c', 5),
            Part::Resolution => ("resolution", 'r', 5),
            Part::Body => ("body", 'b', 4),
            Part::Timeline => ("timeline", 't', 3),
        }
    }
}

/// How much the name of a cause, service, severity or tag counts, in quarters of a word of the body.
pub const NAME_WEIGHT: u32 = 8;

/// A value of a facet: what field words and addresses say, and what people read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Value<'a>(pub Cow<'a, str>, pub Cow<'a, str>);

/// One incident as the index sees it. Absent values are `None`, empty or the unknown value of their facet.
#[derive(Debug, Clone, Default)]
pub struct SearchDocument<'a> {
    /// From the archive's top.
    pub url: Cow<'a, str>,
    pub title: Cow<'a, str>,
    /// Day of the start as year, month and day; the first of the month when only that is known.
    pub day: Option<(i16, i8, i8)>,
    /// The same for readers: `28 Jun 2024`.
    pub when: String,
    /// Minutes.
    pub duration: Option<f64>,
    /// The same for readers: `1 h 34 min`.
    pub lasted: String,
    /// Percent of users or requests.
    pub affected: Option<f64>,
    /// Its values of each facet that has a position, in their order.
    pub facets: Vec<Vec<Value<'a>>>,
    /// Plain text, one entry a paragraph or list item.
    pub texts: Vec<(Part, Cow<'a, str>)>,
}

impl SearchDocument<'_> {
    /// The JSON that results are made from: address, title, day, what is shown of it, values, texts.
    pub(super) fn stored(&self) -> String {
        let stored = Stored {
            url: &self.url,
            title: &self.title,
            day: self
                .day
                .map_or(String::new(), |(year, month, day)| format!("{year:04}-{month:02}-{day:02}")),
            when: &self.when,
            lasted: &self.lasted,
            values: &self.facets,
            texts: self.texts.iter().map(|(part, text)| (part.letter(), text.as_ref())).collect(),
        };
        serde_json::to_string(&stored).unwrap_or_default()
    }
}
