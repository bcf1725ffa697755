//! What else a document says, below the strip of facts: state, people, factors,
//! links, and front matter that casebook has no place for.

use super::evidence::Evidence;
use super::facts::origin;
use crate::archive::Facet;
use crate::archive::Index;
use crate::document::html;
use crate::incident::{Incident, Known, Link, Moment};
use crate::pages::row::LinkView;
use crate::pages::view::{Shared, views};
use crate::pages::{Pages, english};
use serde_json::Value;

/// Longest text of one value, in characters.
const LONG: usize = 600;

/// The key by which `casebook import` knows its documents again. It says nothing of the incident.
const IMPORTED: &str = "imported";

views! {
    /// A value of the document that is not in the strip of facts.
    pub struct DetailView {
        /// What it is, such as `Organization`.
        pub name: String,
        /// Its values in words.
        pub values: Vec<String>,
        /// Its values as links; then `values` is empty.
        pub links: Vec<Shared<LinkView>>,
        /// Where it comes from; empty when every part has its own place.
        pub origin: String,
        /// Anchor of the words or the typed line; nothing when the page does not show them.
        pub href: Option<String>,
    }
}

pub fn all(pages: &Pages, index: Index, evidence: &mut Evidence<'_>) -> Vec<DetailView> {
    let incident = &pages.archive.incidents[index];
    let mut details = Vec::new();
    moments(incident, evidence, &mut details);
    let impact = incident.impact.as_ref().filter(|_| incident.affected.is_some());
    let texts = [
        ("Impact", impact),
        ("Trigger", incident.trigger.as_ref()),
        ("Status", incident.status.as_ref()),
        ("Kind", incident.kind.as_ref()),
        ("Organization", incident.organization.as_ref()),
    ];
    for (name, value) in texts {
        details.extend(value.map(|value| many(name, std::slice::from_ref(value), evidence)));
    }
    details.extend(some(&incident.factors).map(|factors| many("Factors", factors, evidence)));
    details.extend(some(&incident.authors).map(|authors| many("Authors", authors, evidence)));
    for facet in Facet::ALL.iter().filter(|facet| facet.definition().is_detail) {
        if let Some(texts) = some(facet.texts(incident)) {
            let name = english::capital(facet.definition().plural);
            let links = pages.links(*facet, index);
            details.push(DetailView { values: Vec::new(), links, ..many(&name, texts, evidence) });
        }
    }
    details.extend((!incident.links.is_empty()).then(|| links(&incident.links)));
    let shown = incident.extra.iter().filter(|(key, _)| *key != IMPORTED);
    details.extend(shown.map(|(key, value)| extra(key, value)));
    details
}

fn some<T>(values: &[T]) -> Option<&[T]> {
    (!values.is_empty()).then_some(values)
}

fn moments(incident: &Incident, evidence: &mut Evidence<'_>, details: &mut Vec<DetailView>) {
    let moments = [
        ("End", incident.end.as_ref()),
        ("Detected", incident.detected.as_ref()),
        ("Acknowledged", incident.acknowledged.as_ref()),
        ("Mitigated", incident.mitigated.as_ref()),
        ("Resolved", incident.resolved.as_ref()),
    ];
    for (name, moment) in moments {
        if let Some(moment) = moment {
            let words = Known { value: moment_words(moment.value), ..moment.clone().map(|_| String::new()) };
            details.push(many(name, &[words], evidence));
        }
    }
}

fn moment_words(moment: Moment) -> String {
    let day = moment.date.map(|date| english::day(date.into()));
    [day, moment.clock()].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn many(name: &str, values: &[Known<String>], evidence: &mut Evidence<'_>) -> DetailView {
    let shown = values.first().and_then(|value| evidence.of(value));
    DetailView {
        name: name.to_owned(),
        values: values.iter().map(|value| english::clip(&value.value, LONG)).collect(),
        links: Vec::new(),
        origin: values.first().map(origin).unwrap_or_default(),
        href: shown.and_then(|view| view.href),
    }
}

/// Links to other hosts; what is no address stands as text.
fn links(links: &[Link]) -> DetailView {
    let url = |link: &Link| html::address(&link.url).filter(|url| url.starts_with("http"));
    let web = |link: &Link| url(link).map(|url| Shared::new(LinkView { text: link.text.clone(), url }));
    DetailView {
        name: "Links".to_owned(),
        values: links.iter().filter(|link| url(link).is_none()).map(|link| link.text.clone()).collect(),
        links: links.iter().filter_map(web).collect(),
        origin: String::new(),
        href: None,
    }
}

/// A key of front matter under its own name.
fn extra(key: &str, value: &Value) -> DetailView {
    DetailView {
        name: key.to_owned(),
        values: vec![english::clip(&plain(value), LONG)],
        links: Vec::new(),
        origin: "from front matter".to_owned(),
        href: None,
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => "empty".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Object(map) => {
            map.iter().map(|(key, value)| format!("{key}: {}", plain(value))).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}
