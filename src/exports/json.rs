//! `incidents.json`: the whole archive as data, in the shape `casebook/1`.

use super::{Export, Input, Offer};
use crate::archive::{Archive, Index};
use crate::incident::causes::UNKNOWN;
use crate::incident::{Action, Event, Incident, Known, Link, Moment, Origin};
use serde::Serialize;
use serde_json::{Number, Value};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The name of the shape. It changes when a reader of the file would have to.
const SCHEMA: &str = "casebook/1";

pub const EXPORT: Export = Export {
    path: "incidents.json",
    offer: Offer::Data { format: "json", title: "JSON" },
    when: super::always,
    write: json,
};

/// The whole archive, newest incident first, one incident a line.
fn json(input: &Input<'_>, out: &mut dyn Write) -> io::Result<()> {
    let archive = input.archive;
    write!(out, "{{\"schema\":\"{SCHEMA}\",\"incidents\":[")?;
    for (index, incident) in archive.incidents.iter().enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &Exported::of(incident, related(archive, index)))?;
    }
    out.write_all(b"\n]}\n")
}

/// Ids of the incidents that are most alike, best first.
pub(super) fn related(archive: &Archive, index: Index) -> Vec<&str> {
    archive.related(index).iter().map(|other| archive.incidents[*other].id.as_str()).collect()
}

/// One incident in the same shape, without those that are related.
pub fn one(incident: &Incident) -> Value {
    // Plain data always has a shape in JSON.
    serde_json::to_value(Exported::of(incident, Vec::new())).unwrap_or_default()
}

/// One incident as exported. The order of the fields is part of the contract.
#[derive(Debug, Serialize)]
pub(super) struct Exported<'a> {
    pub id: &'a str,
    pub url: String,
    pub source: &'a str,
    pub title: Option<&'a str>,
    pub summary: Option<&'a str>,
    pub date: Option<String>,
    pub start: Option<String>,
    pub end: Option<String>,
    pub start_time: Option<String>,
    pub end_time: Option<String>,
    pub zone: Option<&'a str>,
    pub start_utc: Option<&'a str>,
    pub end_utc: Option<&'a str>,
    pub duration_minutes: Option<Number>,
    pub affected_percent: Option<Number>,
    pub severity: Option<&'a str>,
    pub status: Option<&'a str>,
    pub kind: Option<&'a str>,
    pub organization: Option<&'a str>,
    pub services: Vec<&'a str>,
    pub tags: Vec<&'a str>,
    pub authors: Vec<&'a str>,
    pub causes: Vec<&'a str>,
    pub trigger: Option<&'a str>,
    pub factors: Vec<&'a str>,
    pub root_cause: Option<&'a str>,
    pub impact: Option<&'a str>,
    pub resolution: Option<&'a str>,
    pub detection: Option<&'a str>,
    pub detected: Option<String>,
    pub acknowledged: Option<String>,
    pub mitigated: Option<String>,
    pub resolved: Option<String>,
    pub time_to_detect_minutes: Option<Number>,
    pub time_to_mitigate_minutes: Option<Number>,
    pub time_to_resolve_minutes: Option<Number>,
    pub timeline: Vec<ExportedEvent<'a>>,
    pub actions: Vec<ExportedAction<'a>>,
    pub links: &'a [Link],
    pub related: Vec<&'a str>,
    pub extra: &'a BTreeMap<String, Value>,
    pub origins: BTreeMap<&'static str, Evidence<'a>>,
}

#[derive(Debug, Serialize)]
pub(super) struct ExportedEvent<'a> {
    time: Option<String>,
    text: &'a str,
    line: u32,
}

#[derive(Debug, Serialize)]
pub(super) struct ExportedAction<'a> {
    pub text: &'a str,
    state: Option<&'static str>,
    done: Option<bool>,
    owner: Option<&'a str>,
    due: Option<&'a str>,
    ticket: Option<&'a str>,
    line: u32,
}

/// Where a value was read.
#[derive(Debug, Serialize)]
pub(super) struct Evidence<'a> {
    origin: Origin,
    line: u32,
    quote: &'a str,
    rule: &'static str,
}

impl<'a> Exported<'a> {
    pub fn of(incident: &'a Incident, related: Vec<&'a str>) -> Exported<'a> {
        Exported {
            id: &incident.id,
            url: super::url(incident),
            source: &incident.source,
            title: text(&incident.title),
            summary: text(&incident.summary),
            date: incident.date.as_ref().map(|date| date.value.iso()),
            start: iso(&incident.start),
            end: iso(&incident.end),
            start_time: time(&incident.start),
            end_time: time(&incident.end),
            zone: text(&incident.zone),
            start_utc: incident.start_utc.as_deref(),
            end_utc: incident.end_utc.as_deref(),
            duration_minutes: value(&incident.duration),
            affected_percent: value(&incident.affected),
            severity: text(&incident.severity),
            status: text(&incident.status),
            kind: text(&incident.kind),
            organization: text(&incident.organization),
            services: texts(&incident.services),
            tags: texts(&incident.tags),
            authors: texts(&incident.authors),
            causes: causes(incident),
            trigger: text(&incident.trigger),
            factors: texts(&incident.factors),
            root_cause: text(&incident.root_cause),
            impact: text(&incident.impact),
            resolution: text(&incident.resolution),
            detection: text(&incident.detection),
            detected: moment(&incident.detected),
            acknowledged: moment(&incident.acknowledged),
            mitigated: moment(&incident.mitigated),
            resolved: moment(&incident.resolved),
            time_to_detect_minutes: value(&incident.time_to_detect),
            time_to_mitigate_minutes: value(&incident.time_to_mitigate),
            time_to_resolve_minutes: value(&incident.time_to_resolve),
            timeline: incident.timeline.iter().map(event).collect(),
            actions: incident.actions.iter().map(action).collect(),
            links: &incident.links,
            related,
            extra: &incident.extra,
            origins: origins(incident),
        }
    }
}

fn event(event: &Event) -> ExportedEvent<'_> {
    ExportedEvent { time: written(event.at), text: &event.text, line: event.line }
}

fn action(action: &Action) -> ExportedAction<'_> {
    ExportedAction {
        text: &action.text,
        state: action.done.map(|_| action.state().words()),
        done: action.done,
        owner: action.owner.as_deref(),
        due: action.due.as_deref(),
        ticket: action.ticket.as_deref(),
        line: action.line,
    }
}

/// Day and time where both are known, else the time, else the day.
fn written(at: Moment) -> Option<String> {
    at.iso().or_else(|| at.clock()).or_else(|| at.date.map(|date| date.to_string()))
}

fn text(known: &Option<Known<String>>) -> Option<&str> {
    known.as_ref().map(|known| known.value.as_str())
}

fn texts(known: &[Known<String>]) -> Vec<&str> {
    known.iter().map(|known| known.value.as_str()).collect()
}

fn value(known: &Option<Known<f64>>) -> Option<Number> {
    number(known.as_ref()?.value)
}

fn iso(known: &Option<Known<Moment>>) -> Option<String> {
    known.as_ref()?.value.iso()
}

fn time(known: &Option<Known<Moment>>) -> Option<String> {
    known.as_ref()?.value.clock()
}

fn moment(known: &Option<Known<Moment>>) -> Option<String> {
    written(known.as_ref()?.value)
}

fn causes(incident: &Incident) -> Vec<&str> {
    match incident.causes.is_empty() {
        true => vec![UNKNOWN],
        false => incident.causes.iter().map(|cause| cause.value.slug.as_str()).collect(),
    }
}

/// Whole numbers without a fraction: 90, not 90.0.
fn number(number: f64) -> Option<Number> {
    match number.fract() == 0.0 && number.abs() < 1e15 {
        true => Some(Number::from(number as i64)),
        false => Number::from_f64((number * 100.0).round() / 100.0),
    }
}

fn origins(incident: &Incident) -> BTreeMap<&'static str, Evidence<'_>> {
    let texts = [
        ("title", &incident.title),
        ("summary", &incident.summary),
        ("zone", &incident.zone),
        ("severity", &incident.severity),
        ("status", &incident.status),
        ("kind", &incident.kind),
        ("organization", &incident.organization),
        ("trigger", &incident.trigger),
        ("root_cause", &incident.root_cause),
        ("impact", &incident.impact),
        ("resolution", &incident.resolution),
        ("detection", &incident.detection),
    ];
    let lists = [
        ("services", &incident.services),
        ("tags", &incident.tags),
        ("authors", &incident.authors),
        ("factors", &incident.factors),
    ];
    let moments = [
        ("start", &incident.start),
        ("end", &incident.end),
        ("detected", &incident.detected),
        ("acknowledged", &incident.acknowledged),
        ("mitigated", &incident.mitigated),
        ("resolved", &incident.resolved),
    ];
    let numbers = [
        ("duration_minutes", &incident.duration),
        ("affected_percent", &incident.affected),
        ("time_to_detect_minutes", &incident.time_to_detect),
        ("time_to_mitigate_minutes", &incident.time_to_mitigate),
        ("time_to_resolve_minutes", &incident.time_to_resolve),
    ];
    let mut all = BTreeMap::new();
    all.extend(incident.date.as_ref().map(|known| ("date", evidence(known))));
    all.extend(incident.causes.first().map(|known| ("causes", evidence(known))));
    all.extend(texts.into_iter().filter_map(|(name, known)| Some((name, evidence(known.as_ref()?)))));
    all.extend(lists.into_iter().filter_map(|(name, known)| Some((name, evidence(known.first()?)))));
    all.extend(moments.into_iter().filter_map(|(name, known)| Some((name, evidence(known.as_ref()?)))));
    all.extend(numbers.into_iter().filter_map(|(name, known)| Some((name, evidence(known.as_ref()?)))));
    all
}

fn evidence<T>(known: &Known<T>) -> Evidence<'_> {
    Evidence { origin: known.origin, line: known.line, quote: &known.quote, rule: known.rule }
}
