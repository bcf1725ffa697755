//! What a postmortem says, typed. A value that was read from a document is a
//! [`Known`]: it carries where it stands and in which words, so that every page
//! can show its evidence. This room knows nothing of how values are found.

pub mod causes;
pub mod chronology;
pub mod claim;
pub mod derive;
pub mod fields;
pub mod settle;
pub mod values;

use crate::diagnostic::Span;
use crate::document::Passages;
use jiff::civil::{Date, DateTime, Time};
use serde::Serialize;
use std::collections::BTreeMap;

/// Where a value was read, weakest first: a stronger origin wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// Worked out from other values.
    Derived,
    FileName,
    Prose,
    /// A labelled line or cell: `Duration: 90 minutes`.
    Field,
    /// A section with a telling heading.
    Section,
    FrontMatter,
}

/// A value with its evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Known<T> {
    pub value: T,
    pub origin: Origin,
    /// Where the words stand in the source text; empty for derived values and file names.
    pub span: Span,
    /// 1-based line of the words; 0 when there is none.
    pub line: u32,
    /// The words, without markup.
    pub quote: String,
    /// The stable name of the rule that read them.
    pub rule: &'static str,
}

impl<T> Known<T> {
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Known<U> {
        let Known { value, origin, span, line, quote, rule } = self;
        Known { value: f(value), origin, span, line, quote, rule }
    }
}

/// Two places of a document that give a value differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// What they give, such as `severity`.
    pub noun: &'static str,
    /// The line and words of the value that is used.
    pub used: (u32, String),
    /// Those of the other.
    pub other: (u32, String),
}

/// A calendar day, or only a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    pub year: i16,
    pub month: i8,
    pub day: Option<i8>,
}

impl Day {
    /// `YYYY-MM-DD` or `YYYY-MM`.
    pub fn iso(self) -> String {
        match self.day {
            Some(day) => format!("{:04}-{:02}-{day:02}", self.year, self.month),
            None => self.month_iso(),
        }
    }

    /// `YYYY-MM`.
    pub fn month_iso(self) -> String {
        format!("{:04}-{:02}", self.year, self.month)
    }

    /// The day, or the first of the month.
    pub fn first(self) -> Option<Date> {
        Date::new(self.year, self.month, self.day.unwrap_or(1)).ok()
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Day {
        Day { year: date.year(), month: date.month(), day: Some(date.day()) }
    }
}

/// A point in civil time as written: a day, a time of day, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Moment {
    pub date: Option<Date>,
    pub time: Option<Time>,
}

impl Moment {
    pub fn datetime(self) -> Option<DateTime> {
        Some(self.date?.to_datetime(self.time?))
    }

    /// `HH:MM`, or `HH:MM:SS` when seconds were written.
    pub fn clock(self) -> Option<String> {
        self.time.map(clock)
    }

    /// `YYYY-MM-DDTHH:MM`; `None` unless both are known.
    pub fn iso(self) -> Option<String> {
        Some(format!("{}T{}", self.date?, self.clock()?))
    }
}

/// `HH:MM`, or `HH:MM:SS` when there are seconds.
pub fn clock(time: Time) -> String {
    match time.second() {
        0 => format!("{:02}:{:02}", time.hour(), time.minute()),
        second => format!("{:02}:{:02}:{second:02}", time.hour(), time.minute()),
    }
}

/// A named cause as this document has it. `slug` may be one that no table knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    pub slug: String,
    pub name: String,
}

/// One line of what happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// As written: time of day, day, both, or neither.
    pub at: Moment,
    pub text: String,
    pub line: u32,
    pub span: Span,
    /// Minutes since the incident's start, where that can be told. Never negative unless the event is before it.
    pub minutes: Option<i64>,
    /// The turning point this event is, if any.
    pub phase: Option<Phase>,
}

/// Turning points of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    Started,
    Detected,
    Acknowledged,
    CauseFound,
    Mitigated,
    Resolved,
}

/// Something that was promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    pub text: String,
    /// `None` when the document does not say.
    pub done: Option<bool>,
    pub owner: Option<String>,
    /// ISO date when it could be read as one, else as written.
    pub due: Option<String>,
    pub ticket: Option<String>,
    pub line: u32,
    pub span: Span,
}

impl Action {
    pub fn state(&self) -> ActionState {
        match self.done {
            Some(false) => ActionState::Open,
            None => ActionState::NotMarked,
            Some(true) => ActionState::Done,
        }
    }
}

/// What a document says of whether an action item was done, in the order of lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActionState {
    Open,
    /// The document does not say.
    NotMarked,
    Done,
}

impl ActionState {
    pub const ALL: [ActionState; 3] = [ActionState::Open, ActionState::NotMarked, ActionState::Done];

    pub fn words(self) -> &'static str {
        match self {
            ActionState::Open => "open",
            ActionState::NotMarked => "not marked",
            ActionState::Done => "done",
        }
    }
}

/// A link that the document gives: a ticket, a recording, a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    pub text: String,
    pub url: String,
}

/// One incident. `None` and empty lists mean that the document does not say.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Incident {
    /// Stable id, also the page's name. The n-th incident of a document has `<slug>-<n>`.
    pub id: String,
    /// The slug of the document's page.
    pub slug: String,
    /// Which of its document's incidents this is, from 1.
    pub nth: usize,
    /// The document's path under the content folder.
    pub source: String,
    /// Other addresses that lead here, from front-matter `aliases`.
    pub aliases: Vec<String>,
    /// `None` when the document has only a generic title such as "Postmortem".
    pub title: Option<Known<String>>,
    pub summary: Option<Known<String>>,
    /// The day of the start.
    pub date: Option<Known<Day>>,
    pub start: Option<Known<Moment>>,
    pub end: Option<Known<Moment>>,
    /// As written: `EST`, `UTC`, `GMT+1`, `Europe/Paris`.
    pub zone: Option<Known<String>>,
    /// Start and end in UTC, RFC 3339; only when the zone is known and unambiguous.
    pub start_utc: Option<String>,
    pub end_utc: Option<String>,
    /// Minutes, finite and not negative.
    pub duration: Option<Known<f64>>,
    /// Share of users or requests, in percent from 0 to 100.
    pub affected: Option<Known<f64>>,
    pub severity: Option<Known<String>>,
    pub status: Option<Known<String>>,
    pub kind: Option<Known<String>>,
    pub organization: Option<Known<String>>,
    pub services: Vec<Known<String>>,
    pub tags: Vec<Known<String>>,
    pub authors: Vec<Known<String>>,
    /// Primary first; empty when the cause is not established.
    pub causes: Vec<Known<Cause>>,
    pub trigger: Option<Known<String>>,
    pub factors: Vec<Known<String>>,
    pub root_cause: Option<Known<String>>,
    pub impact: Option<Known<String>>,
    pub resolution: Option<Known<String>>,
    pub detection: Option<Known<String>>,
    pub detected: Option<Known<Moment>>,
    pub acknowledged: Option<Known<Moment>>,
    pub mitigated: Option<Known<Moment>>,
    pub resolved: Option<Known<Moment>>,
    /// Minutes from the start; as stated, else worked out.
    pub time_to_detect: Option<Known<f64>>,
    pub time_to_mitigate: Option<Known<f64>>,
    pub time_to_resolve: Option<Known<f64>>,
    pub timeline: Vec<Event>,
    /// Where the events were read; all of them in one kind of place.
    pub timeline_origin: Option<Origin>,
    pub actions: Vec<Action>,
    /// Where the actions were read; all of them in one kind of place.
    pub actions_origin: Option<Origin>,
    pub links: Vec<Link>,
    /// Addresses or ids that the author typed as related.
    pub related_typed: Vec<String>,
    /// Values that two places of the document give differently.
    pub contradictions: Vec<Contradiction>,
    /// Front matter's own word on when the text changed last.
    pub updated: Option<Known<Day>>,
    /// What its part of the document says, without markup.
    pub text: Passages,
    /// Front-matter keys that casebook does not know, as typed.
    pub extra: BTreeMap<String, serde_json::Value>,
}

impl Incident {
    /// The primary cause's slug; [`causes::UNKNOWN`] when not established.
    pub fn primary_cause(&self) -> &str {
        self.causes.first().map_or(causes::UNKNOWN, |cause| cause.value.slug.as_str())
    }

    /// Gives it its page's slug and its place among its document's incidents, and the id that follows.
    pub fn call(&mut self, slug: &str, nth: usize) {
        self.id = id(slug, nth);
        self.slug = slug.to_owned();
        self.nth = nth;
    }

    /// Whether [`Incident::call`] would change nothing.
    pub fn is_called(&self, slug: &str, nth: usize) -> bool {
        self.slug == slug && self.nth == nth && self.id == id(slug, nth)
    }

    /// Gives back the room that lists took while they grew: an archive keeps all its incidents.
    pub fn shrink_to_fit(&mut self) {
        [&mut self.services, &mut self.tags, &mut self.authors, &mut self.factors]
            .into_iter()
            .for_each(Vec::shrink_to_fit);
        [&mut self.aliases, &mut self.related_typed].into_iter().for_each(Vec::shrink_to_fit);
        self.causes.shrink_to_fit();
        self.timeline.shrink_to_fit();
        self.actions.shrink_to_fit();
        self.links.shrink_to_fit();
    }

    /// What to call it: its title, or `Incident of <date>`, or the file's name.
    pub fn name(&self) -> String {
        match (&self.title, &self.date) {
            (Some(title), _) => title.value.clone(),
            (None, Some(date)) => format!("Incident of {}", date.value.iso()),
            (None, None) => file_name(&self.source).to_owned(),
        }
    }

    /// Where it stands in date order: day, time, then path. `None` sorts as oldest.
    pub fn order(&self) -> (Option<Day>, Option<Time>, &str, usize) {
        let date = self.date.as_ref().map(|d| d.value);
        let time = self.start.as_ref().and_then(|s| s.value.time);
        (date, time, &self.source, self.nth)
    }
}

fn id(slug: &str, nth: usize) -> String {
    if nth <= 1 { slug.to_owned() } else { format!("{slug}-{nth}") }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
