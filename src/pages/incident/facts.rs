//! The strip of facts: what happened when, how long, to whom, why, what fixed it.
//! A value that is not known says so; one with a line opens to show its words.

use super::evidence::{Evidence, EvidenceView};
use super::is_typed;
use crate::archive::Facet;
use crate::archive::Index;
use crate::archive::statistics::ActionCounts;
use crate::incident::{Incident, Known, Origin};
use crate::pages::causes::CauseView;
use crate::pages::row::{LinkView, SeverityView};
use crate::pages::view::{Shared, views};
use crate::pages::{Pages, action_items, english, link};

/// What is said of a fact without a value.
pub const NOT_FOUND: &str = "not found in the text";

/// Longest value of the strip, in characters.
const LONG: usize = 180;

views! {
    /// One fact of the strip.
    pub struct FactView {
        /// Its anchor in the page.
        pub id: String,
        /// What it answers, such as `Duration`.
        pub name: &'static str,
        /// The value in words; nothing when it is unknown, or shown as severity, causes or links.
        pub value: Option<String>,
        /// Whether the value is a sentence.
        pub long: bool,
        /// The severity, where it is one.
        pub severity: Option<Shared<SeverityView>>,
        /// The causes, where it is them.
        pub causes: Vec<Shared<CauseView>>,
        /// Where the value leads, where it is a link of its own.
        pub link: Option<Shared<LinkView>>,
        /// `typed`, `read`, or empty for what was calculated.
        pub style: &'static str,
        /// Where it comes from, such as `read from line 18`; what is unknown says so.
        pub origin: String,
        /// The words it was read from; with none it does not open.
        pub evidence: Vec<EvidenceView>,
        /// Pages of its values.
        pub pages: Vec<Shared<LinkView>>,
    }
}

/// The facts of an incident in their order.
pub fn all(pages: &Pages, index: Index, evidence: &mut Evidence<'_>, zone: Option<&str>) -> Vec<FactView> {
    let incident = &pages.archive.incidents[index];
    let suffix = if incident.nth > 1 { format!("-{}", incident.nth) } else { String::new() };
    let mut facts = vec![
        when(incident, evidence, zone),
        how_long(incident, evidence),
        who(incident, evidence),
        severity(pages, index, evidence),
        causes(pages, index, evidence),
        services(pages, index, evidence),
        long(text("Why", incident.root_cause.as_ref(), |text| english::clip(text, LONG), evidence)),
        long(text("What fixed it", incident.resolution.as_ref(), |text| english::clip(text, LONG), evidence)),
        long(text("Detection", incident.detection.as_ref(), |text| english::clip(text, LONG), evidence)),
        similar(pages, index),
        action_items(incident),
        month(pages, index),
    ];
    for fact in &mut facts {
        fact.id = format!("fact-{}{suffix}", fact.name.to_lowercase().replace(' ', "-"));
    }
    facts
}

fn unknown(name: &'static str) -> FactView {
    FactView {
        id: String::new(),
        name,
        value: None,
        long: false,
        severity: None,
        causes: Vec::new(),
        link: None,
        style: "",
        origin: NOT_FOUND.to_owned(),
        evidence: Vec::new(),
        pages: Vec::new(),
    }
}

/// A fact that rests on some known values; unknown when there are none.
fn known<'k, T: 'k>(
    name: &'static str,
    values: impl IntoIterator<Item = &'k Known<T>>,
    evidence: &mut Evidence<'_>,
) -> FactView {
    let mut fact = unknown(name);
    for value in values {
        add_origin(&mut fact, value, evidence);
    }
    fact
}

fn add_origin<T>(fact: &mut FactView, value: &Known<T>, evidence: &mut Evidence<'_>) {
    let is_first = fact.style.is_empty() && fact.evidence.is_empty() && fact.origin == NOT_FOUND;
    if is_first {
        fact.origin = origin(value);
        fact.style = match value.origin {
            Origin::Derived => "",
            origin if is_typed(origin) => "typed",
            _ => "read",
        };
    }
    let shown = evidence.of(value).filter(|view| {
        !fact.evidence.iter().any(|other| other.place == view.place && other.quote == view.quote)
    });
    fact.evidence.extend(shown);
}

/// `from front matter, line 3`, `read from line 18`, `calculated from the times`.
pub fn origin<T>(value: &Known<T>) -> String {
    match value.origin {
        Origin::FrontMatter => format!("from front matter, line {}", value.line),
        Origin::FileName => "read from the file’s name".to_owned(),
        Origin::Derived => "calculated from other values".to_owned(),
        _ if value.line == 0 => "read from the text".to_owned(),
        _ => format!("read from line {}", value.line),
    }
}

fn text<T>(
    name: &'static str,
    value: Option<&Known<T>>,
    words: impl Fn(&T) -> String,
    evidence: &mut Evidence<'_>,
) -> FactView {
    let mut fact = known(name, value, evidence);
    fact.value = value.map(|value| words(&value.value));
    fact
}

fn long(mut fact: FactView) -> FactView {
    fact.long = fact.value.is_some();
    fact
}

fn when(incident: &Incident, evidence: &mut Evidence<'_>, zone: Option<&str>) -> FactView {
    let mut fact = unknown("When");
    let time = incident.start.as_ref().and_then(|start| start.value.clock());
    let day = incident.date.as_ref().map(|date| english::day(date.value));
    let clock = time.map(|time| format!("{time}{}", zone.map(|zone| format!(" {zone}")).unwrap_or_default()));
    let parts: Vec<String> = [day, clock].into_iter().flatten().collect();
    // What has a line of its own says more than a file's name.
    let date_first = incident.date.as_ref().is_some_and(|date| date.line > 0);
    if let Some(date) = incident.date.as_ref().filter(|_| date_first) {
        add_origin(&mut fact, date, evidence);
    }
    if let Some(start) = &incident.start {
        add_origin(&mut fact, start, evidence);
    }
    if let Some(date) = &incident.date {
        add_origin(&mut fact, date, evidence);
    }
    if let Some(zone) = &incident.zone {
        add_origin(&mut fact, zone, evidence);
    }
    fact.value = (!parts.is_empty()).then(|| parts.join(", "));
    fact
}

/// How long it lasted; calculated from start and end, it shows the words of both.
fn how_long(incident: &Incident, evidence: &mut Evidence<'_>) -> FactView {
    let mut fact =
        text("Duration", incident.duration.as_ref(), |minutes| english::duration(*minutes), evidence);
    let is_derived = incident.duration.as_ref().is_some_and(|duration| duration.origin == Origin::Derived);
    if is_derived && fact.evidence.is_empty() {
        fact.origin = "calculated from start and end".to_owned();
        let ends = [incident.start.as_ref(), incident.end.as_ref().or(incident.resolved.as_ref())];
        fact.evidence = ends.into_iter().flatten().filter_map(|moment| evidence.of(moment)).collect();
    }
    fact
}

fn who(incident: &Incident, evidence: &mut Evidence<'_>) -> FactView {
    match &incident.affected {
        Some(share) => text("Impact", Some(share), |share| english::percent(*share), evidence),
        None => long(text("Impact", incident.impact.as_ref(), |text| english::clip(text, LONG), evidence)),
    }
}

fn severity(pages: &Pages, index: Index, evidence: &mut Evidence<'_>) -> FactView {
    let mut fact = known("Severity", &pages.archive.incidents[index].severity, evidence);
    fact.severity = pages.severity(index);
    fact
}

fn causes(pages: &Pages, index: Index, evidence: &mut Evidence<'_>) -> FactView {
    let incident = &pages.archive.incidents[index];
    let mut fact = known("Cause", &incident.causes, evidence);
    let looks = incident.causes.iter().filter_map(|cause| pages.causes.get(&cause.value.slug));
    fact.causes = looks.map(|look| look.shared.clone()).collect();
    fact.pages = pages.links(Facet::Cause, index);
    fact
}

fn services(pages: &Pages, index: Index, evidence: &mut Evidence<'_>) -> FactView {
    let services = &pages.archive.incidents[index].services;
    let mut fact = known("Services", services, evidence);
    let names: Vec<&str> = services.iter().map(|service| service.value.as_str()).collect();
    fact.value = (!names.is_empty()).then(|| names.join(", "));
    fact.pages = pages.links(Facet::Service, index);
    fact
}

/// How many similar incidents came earlier, and later.
fn similar(pages: &Pages, index: Index) -> FactView {
    let related = pages.archive.related(index);
    let is_dated = |index: Index| pages.archive.incidents[index].date.is_some();
    let before =
        related.iter().filter(|other| is_dated(index) && is_dated(**other) && **other > index).count();
    let words = match (related.len(), before) {
        (0, _) => "None in this archive".to_owned(),
        (n, 0) => format!("None earlier; {} similar", english::in_words(n)),
        (_, before) => format!("{} earlier", english::capital(&english::in_words(before))),
    };
    let mut fact = unknown("Similar incidents");
    fact.origin = "calculated from the archive".to_owned();
    match related.is_empty() {
        true => fact.value = Some(words),
        false => fact.link = Some(Shared::new(link(&words, "#h-rel"))),
    }
    fact
}

fn action_items(incident: &Incident) -> FactView {
    let mut fact = unknown("Action items");
    let counts = ActionCounts::of(&incident.actions);
    if counts.all() > 0 {
        let words = format!("{}: {}", english::count(counts.all(), "action"), action_items::told(counts));
        fact.origin = "counted from the document".to_owned();
        fact.link = Some(Shared::new(link(&words, "#h-act")));
    }
    fact
}

/// Which of its month's and year's incidents it stands among.
fn month(pages: &Pages, index: Index) -> FactView {
    let mut fact = unknown("Listed under");
    fact.origin = "calculated from the archive".to_owned();
    fact.link = pages.links(Facet::Month, index).into_iter().next();
    fact
}
