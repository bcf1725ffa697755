//! An incident as a list of fields, each with its words: what `inspect` prints,
//! what `annotate` writes, and what facts are tested by.

use super::claim::Fact;
use super::fields::{FIELDS, Field, Get};
use super::{Incident, Known, Moment, Origin};

/// A value as text, with its evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// As exported: `duration_minutes`.
    pub field: &'static str,
    pub text: String,
    pub origin: Origin,
    /// 1-based; 0 when the words stand in no text.
    pub line: u32,
    pub quote: String,
    pub rule: &'static str,
}

/// The values of an incident, in the order of [`FIELDS`]; lists give one value an entry.
pub fn values(incident: &Incident) -> Vec<Value> {
    let mut list = List(Vec::new());
    for Field { name, get } in FIELDS {
        match get {
            Get::Text(of) => list.one(name, of(incident), Clone::clone),
            Get::Texts(of) => list.many(name, of(incident), Clone::clone),
            Get::Day(of) => list.one(name, of(incident), |day| day.iso()),
            Get::Bound(of) | Get::Moment(of) => list.one(name, of(incident), moment),
            Get::Number(of) => list.one(name, of(incident), number),
            Get::Utc(of, bound) => {
                list.derived(name, of(incident), bound(incident).as_ref().map(|at| at.line))
            }
            Get::Causes => list.many(name, &incident.causes, |cause| cause.slug.clone()),
            Get::Timeline => list.events(incident),
            Get::Actions => list.actions(incident),
            Get::Links => list.links(incident),
            Get::Related => list.related(incident),
            Get::Clock(_) => {}
        }
    }
    list.0
}

/// The field that a claim is about, and what it says, as [`values`] spells it. `None` for what is not weighed value by
/// value: events, actions, links.
pub fn claimed(fact: &Fact) -> Option<(&'static str, String)> {
    let claimed = match fact {
        Fact::Title(text) => ("title", text.clone()),
        Fact::Summary(text) => ("summary", text.clone()),
        Fact::Date(day) => ("date", day.iso()),
        Fact::Start(at) => ("start", moment(at)),
        Fact::End(at) => ("end", moment(at)),
        Fact::Zone(text) => ("zone", text.clone()),
        Fact::Duration(minutes) => ("duration_minutes", number(minutes)),
        Fact::Affected(percent) => ("affected_percent", number(percent)),
        Fact::Severity(text) => ("severity", text.clone()),
        Fact::Status(text) => ("status", text.clone()),
        Fact::Kind(text) => ("kind", text.clone()),
        Fact::Organization(text) => ("organization", text.clone()),
        Fact::Service(text) => ("services", text.clone()),
        Fact::Tag(text) => ("tags", text.clone()),
        Fact::Author(text) => ("authors", text.clone()),
        Fact::Cause(cause) => ("causes", cause.slug.clone()),
        Fact::Trigger(text) => ("trigger", text.clone()),
        Fact::Factor(text) => ("factors", text.clone()),
        Fact::RootCause(text) => ("root_cause", text.clone()),
        Fact::Impact(text) => ("impact", text.clone()),
        Fact::Resolution(text) => ("resolution", text.clone()),
        Fact::Detection(text) => ("detection", text.clone()),
        Fact::Detected(at) => ("detected", moment(at)),
        Fact::Acknowledged(at) => ("acknowledged", moment(at)),
        Fact::Mitigated(at) => ("mitigated", moment(at)),
        Fact::Resolved(at) => ("resolved", moment(at)),
        Fact::TimeToDetect(minutes) => ("time_to_detect_minutes", number(minutes)),
        Fact::TimeToMitigate(minutes) => ("time_to_mitigate_minutes", number(minutes)),
        Fact::TimeToResolve(minutes) => ("time_to_resolve_minutes", number(minutes)),
        Fact::Event(_) | Fact::Action(_) | Fact::Link(_) | Fact::Related(_) | Fact::Updated(_) => {
            return None;
        }
    };
    Some(claimed)
}

/// `YYYY-MM-DDTHH:MM`, or as much of it as is known.
pub fn moment(moment: &Moment) -> String {
    moment
        .iso()
        .or_else(|| moment.clock())
        .or_else(|| moment.date.map(|date| date.to_string()))
        .unwrap_or_default()
}

/// Whole numbers without a fraction.
fn number(number: &f64) -> String {
    let rounded = (number * 100.0).round() / 100.0;
    format!("{rounded}")
}

struct List(Vec<Value>);

impl List {
    fn one<T>(&mut self, field: &'static str, known: &Option<Known<T>>, text: impl Fn(&T) -> String) {
        self.0.extend(known.as_ref().map(|known| value(field, known, text(&known.value))));
    }

    fn many<T>(&mut self, field: &'static str, known: &[Known<T>], text: impl Fn(&T) -> String) {
        self.0.extend(known.iter().map(|known| value(field, known, text(&known.value))));
    }

    fn derived(&mut self, field: &'static str, text: &Option<String>, line: Option<u32>) {
        self.0.extend(text.as_ref().map(|text| Value {
            field,
            text: text.clone(),
            origin: Origin::Derived,
            line: line.unwrap_or(0),
            quote: String::new(),
            rule: "civil-time-and-zone",
        }));
    }

    fn plain(&mut self, field: &'static str, text: String, origin: Origin, line: u32, quote: &str) {
        let rule = if origin == Origin::FrontMatter { "front-matter" } else { field };
        self.0.push(Value { field, text, origin, line, quote: quote.to_owned(), rule });
    }

    fn events(&mut self, incident: &Incident) {
        let origin = incident.timeline_origin.unwrap_or(Origin::Section);
        for event in &incident.timeline {
            let at = moment(&event.at);
            self.plain(
                "timeline",
                format!("{at} {}", event.text).trim().to_owned(),
                origin,
                event.line,
                &event.text,
            );
        }
    }

    fn actions(&mut self, incident: &Incident) {
        let origin = incident.actions_origin.unwrap_or(Origin::Section);
        for action in &incident.actions {
            let part = |name: &str, part: &Option<String>| {
                part.as_ref().map(|part| format!(" [{name}: {part}]")).unwrap_or_default()
            };
            let state = action.state().words();
            let rest =
                part("owner", &action.owner) + &part("due", &action.due) + &part("ticket", &action.ticket);
            self.plain(
                "actions",
                format!("{} [{state}]{rest}", action.text),
                origin,
                action.line,
                &action.text,
            );
        }
    }

    fn links(&mut self, incident: &Incident) {
        for link in &incident.links {
            self.plain("links", format!("{} <{}>", link.text, link.url), Origin::Section, 0, &link.text);
        }
    }

    fn related(&mut self, incident: &Incident) {
        for related in &incident.related_typed {
            self.plain("related", related.clone(), Origin::Section, 0, related);
        }
    }
}

fn value<T>(field: &'static str, known: &Known<T>, text: String) -> Value {
    let Known { origin, line, quote, rule, .. } = known;
    Value { field, text, origin: *origin, line: *line, quote: quote.clone(), rule }
}
