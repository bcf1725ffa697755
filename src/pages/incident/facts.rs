//! The facts of an incident: the answer first, then what else is known, then the names of what is not.
//! A value with a line opens to show its words and the line that would correct it.

use super::evidence::{Evidence, EvidenceView};
use super::is_typed;
use crate::archive::Facet;
use crate::archive::Index;
use crate::archive::statistics::ActionCounts;
use crate::incident::values::{Value, values};
use crate::incident::{Incident, Known, Origin};
use crate::infer::annotate;
use crate::pages::causes::CauseView;
use crate::pages::row::{LinkView, SeverityView};
use crate::pages::view::{Shared, views};
use crate::pages::{Pages, action_items, english, link};

/// What is said of a fact without a value.
pub const NOT_FOUND: &str = "not found in the text";

/// Longest sentence of a fact, in characters.
const LONG: usize = 180;

/// Longest value that is offered to be copied, in characters.
const SHORT: usize = 80;

views! {
    /// A part of a value.
    pub struct PartView {
        /// The part in words.
        pub text: String,
        /// `typed`, `read`, or empty for what was calculated.
        pub style: &'static str,
    }

    /// One fact of an incident.
    pub struct FactView {
        /// Its anchor in the page.
        pub id: String,
        /// What it answers, such as `Duration`.
        pub name: &'static str,
        /// The value in words; nothing when it is unknown, or shown as severity, causes or links.
        pub value: Option<String>,
        /// The time of day behind the value, where it was read in another way.
        pub clock: Option<PartView>,
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
        /// The line of front matter that gives this value, for who would correct it.
        pub fix: Option<String>,
        /// The line of front matter that gives it now.
        pub fix_line: Option<usize>,
        /// The words it was read from; with none it does not open.
        pub evidence: Vec<EvidenceView>,
        /// Pages of its values.
        pub pages: Vec<Shared<LinkView>>,
    }
}

/// The facts of an incident: the answer, what else is known, and the names of what is not.
pub struct Facts {
    pub answer: Vec<FactView>,
    pub known: Vec<FactView>,
    pub not_found: Vec<String>,
}

/// Every fact, with the fields of [`crate::incident::values`] that it shows.
type Row = (FactView, &'static [&'static str]);

/// The facts of an incident in their order.
pub fn all(pages: &Pages, index: Index, evidence: &mut Evidence<'_>, zone: Option<&str>) -> Facts {
    let incident = &pages.archive.incidents[index];
    let answer = vec![
        (sentence("What happened", incident.summary.as_ref(), evidence), &["summary"][..]),
        (sentence("Why", incident.root_cause.as_ref(), evidence), &["root_cause"]),
        (fixed(incident, evidence), &["resolution"]),
        (still_open(incident), &[]),
    ];
    let clock = incident.start.as_ref().is_some_and(|start| start.value.time.is_some());
    let share = incident.affected.is_some();
    let further = vec![
        (when(incident, evidence, zone), if clock { &["start"][..] } else { &["date"] }),
        (duration(incident, evidence), &["duration_minutes"]),
        (impact(incident, evidence), if share { &["affected_percent"][..] } else { &["impact"] }),
        (severity(pages, index, evidence), &["severity"]),
        (causes(pages, index, evidence), &["causes"]),
        (services(pages, index, evidence), &["services"]),
        (sentence("Detection", incident.detection.as_ref(), evidence), &["detection"]),
        (similar(pages, index), &[]),
        (month(pages, index), &[]),
    ];
    let not_found: Vec<String> = answer.iter().chain(&further).filter_map(missing).collect();
    let finish = |rows: Vec<Row>| -> Vec<FactView> {
        rows.into_iter()
            .filter(|row| missing(row).is_none())
            .map(|row| finished(incident, row, evidence))
            .collect()
    };
    Facts { answer: finish(answer), known: finish(further), not_found }
}

/// The name of a fact that has no value.
fn missing((fact, _): &Row) -> Option<String> {
    let has_value =
        fact.value.is_some() || fact.severity.is_some() || fact.link.is_some() || !fact.causes.is_empty();
    (!has_value).then(|| english::lower(fact.name))
}

/// A fact with its anchor, and the line that would correct it where the page shows what it was read from.
fn finished(incident: &Incident, (fact, fields): Row, evidence: &Evidence<'_>) -> FactView {
    let suffix = if incident.nth > 1 { format!("-{}", incident.nth) } else { String::new() };
    let found = values(incident);
    let mut lines = fields.iter().filter(|_| !fact.evidence.is_empty()).filter_map(|field| {
        let values: Vec<&Value> = found.iter().filter(|value| value.field == *field).collect();
        let texts: Vec<String> = values.iter().map(|value| correctable(&value.text)).collect();
        let typed = values.first().filter(|value| is_typed(value.origin) && value.line > 0);
        annotate::line(evidence.syntax(), field, &texts)
            .map(|line| (line, typed.map(|value| value.line as usize)))
    });
    let (fix, fix_line) = lines.next_back().unzip();
    FactView {
        id: format!("fact-{}{suffix}", fact.name.to_lowercase().replace(' ', "-")),
        fix,
        fix_line: fix_line.flatten(),
        ..fact
    }
}

/// What a line to copy says: a value as it is, and of a long text only that words of one's own go there.
fn correctable(text: &str) -> String {
    if text.chars().count() > SHORT { "…".to_owned() } else { text.to_owned() }
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
        clock: None,
        fix: None,
        fix_line: None,
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
        fact.style = style(value.origin);
    }
    let shown = evidence.of(value).filter(|view| {
        !fact.evidence.iter().any(|other| other.place == view.place && other.quote == view.quote)
    });
    fact.evidence.extend(shown);
}

/// How a value is underlined.
fn style(origin: Origin) -> &'static str {
    match origin {
        Origin::Derived => "",
        origin if is_typed(origin) => "typed",
        _ => "read",
    }
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

/// A fact told in a sentence.
fn sentence(name: &'static str, value: Option<&Known<String>>, evidence: &mut Evidence<'_>) -> FactView {
    let mut fact = text(name, value, |text| english::sentences(text, LONG), evidence);
    fact.long = fact.value.is_some();
    fact
}

/// What fixed it; where only an event of the timeline tells it, the fact says so.
fn fixed(incident: &Incident, evidence: &mut Evidence<'_>) -> FactView {
    let resolution = incident.resolution.as_ref();
    let mut fact = sentence("What fixed it", resolution, evidence);
    if let Some(event) = resolution.filter(|known| known.rule == "resolution-event") {
        fact.origin = format!("read from the timeline, line {}", event.line);
    }
    fact
}

/// Action items that are not marked done.
fn still_open(incident: &Incident) -> FactView {
    let mut fact = unknown("Still open");
    let counts = ActionCounts::of(&incident.actions);
    if counts.all() > 0 {
        let rest = ActionCounts { done: 0, ..counts };
        let done = (counts.done > 0).then(|| format!("{} done", english::number(counts.done)));
        let words = match rest.all() {
            0 => "Nothing".to_owned(),
            1 => format!("1 action item, {}", action_items::told(rest)),
            all => format!("{}: {}", english::count(all, "action item"), action_items::told(rest)),
        };
        let words = [Some(words), done].into_iter().flatten().collect::<Vec<_>>().join("; ");
        fact.origin = "counted from the document".to_owned();
        fact.link = Some(Shared::new(link(&words, "#h-act")));
    }
    fact
}

/// Day and time of the start. A day from front matter and a time read from the text are told apart.
fn when(incident: &Incident, evidence: &mut Evidence<'_>, zone: Option<&str>) -> FactView {
    let mut fact = unknown("When");
    let time = incident.start.as_ref().filter(|start| start.value.time.is_some());
    let clock = time.and_then(|start| start.value.clock());
    let clock =
        clock.map(|time| format!("{time}{}", zone.map(|zone| format!(" {zone}")).unwrap_or_default()));
    let day = incident.date.as_ref().map(|date| english::day(date.value));
    // What has a line of its own says more than a file's name.
    if let Some(date) = incident.date.as_ref().filter(|date| date.line > 0) {
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
    let apart = incident
        .date
        .as_ref()
        .zip(time)
        .filter(|(date, time)| is_typed(date.origin) != is_typed(time.origin));
    match (apart, day, clock) {
        (Some((date, time)), Some(day), Some(clock)) => {
            fact.origin = format!("day {}; time {}", origin(date), origin(time));
            fact.style = style(date.origin);
            fact.clock = Some(PartView { text: clock, style: style(time.origin) });
            fact.value = Some(day);
        }
        (_, day, clock) => {
            let parts: Vec<String> = [day, clock].into_iter().flatten().collect();
            fact.value = (!parts.is_empty()).then(|| parts.join(", "));
        }
    }
    fact
}

/// How long it lasted; calculated from start and end, it shows the words of both.
fn duration(incident: &Incident, evidence: &mut Evidence<'_>) -> FactView {
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

fn impact(incident: &Incident, evidence: &mut Evidence<'_>) -> FactView {
    match &incident.affected {
        Some(share) => text("Impact", Some(share), |share| english::percent(*share), evidence),
        None => sentence("Impact", incident.impact.as_ref(), evidence),
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

/// Which of its month's and year's incidents it stands among.
fn month(pages: &Pages, index: Index) -> FactView {
    let mut fact = unknown("Listed under");
    fact.origin = "calculated from the archive".to_owned();
    fact.link = pages.links(Facet::Month, index).into_iter().next();
    fact
}
