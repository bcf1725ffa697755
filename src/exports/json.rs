//! `incidents.json`: the whole archive as data, in the shape `casebook/1`.

use super::{Export, Input, Offer};
use crate::archive::{Archive, Index};
use crate::incident::causes::UNKNOWN;
use crate::incident::fields::{FIELDS, Field, Get};
use crate::incident::{Action, Event, Incident, Known, Link, Moment, Origin};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
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
    for (index, exported) in Exported::all(archive).enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &exported)?;
    }
    out.write_all(b"\n]}\n")
}

/// Ids of the incidents that are most alike, best first.
fn related(archive: &Archive, index: Index) -> Vec<&str> {
    archive.related(index).iter().map(|other| archive.incidents[*other].id.as_str()).collect()
}

/// One incident in the same shape, without those that are related.
pub fn one(incident: &Incident) -> Value {
    // Plain data always has a shape in JSON.
    serde_json::to_value(Exported { incident, related: Vec::new() }).unwrap_or_default()
}

/// One incident as exported: who it is, every field of [`FIELDS`], and where each was read. The order is part of the
/// contract.
#[derive(Debug)]
pub(super) struct Exported<'a> {
    pub incident: &'a Incident,
    pub related: Vec<&'a str>,
}

impl Serialize for Exported<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.incident.id)?;
        map.serialize_entry("url", &super::url(self.incident))?;
        map.serialize_entry("source", &self.incident.source)?;
        for field in FIELDS {
            map.serialize_entry(field.name, &self.cell(field))?;
        }
        map.serialize_entry("extra", &self.incident.extra)?;
        map.serialize_entry("origins", &origins(self.incident))?;
        map.end()
    }
}

/// What an incident has for a field.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Cell<'a> {
    Text(Option<&'a str>),
    Time(Option<String>),
    Number(Option<Number>),
    List(Vec<&'a str>),
    Events(Vec<ExportedEvent<'a>>),
    Actions(Vec<ExportedAction<'a>>),
    Links(&'a [Link]),
}

impl<'a> Exported<'a> {
    /// All incidents, newest first.
    pub fn all(archive: &'a Archive) -> impl Iterator<Item = Exported<'a>> {
        (0..archive.incidents.len())
            .map(|index| Exported { incident: &archive.incidents[index], related: related(archive, index) })
    }

    pub fn cell(&self, field: &Field) -> Cell<'a> {
        let incident = self.incident;
        match field.get {
            Get::Text(of) => Cell::Text(of(incident).as_ref().map(|known| known.value.as_str())),
            Get::Texts(of) => Cell::List(of(incident).iter().map(|known| known.value.as_str()).collect()),
            Get::Day(of) => Cell::Time(of(incident).as_ref().map(|known| known.value.iso())),
            Get::Bound(of) => Cell::Time(of(incident).as_ref().and_then(|known| known.value.iso())),
            Get::Clock(of) => Cell::Time(of(incident).as_ref().and_then(|known| known.value.clock())),
            Get::Utc(of, _) => Cell::Text(of(incident).as_deref()),
            Get::Moment(of) => Cell::Time(of(incident).as_ref().and_then(|known| written(known.value))),
            Get::Number(of) => Cell::Number(of(incident).as_ref().and_then(|known| number(known.value))),
            Get::Causes => Cell::List(causes(incident)),
            Get::Timeline => Cell::Events(incident.timeline.iter().map(event).collect()),
            Get::Actions => Cell::Actions(incident.actions.iter().map(action).collect()),
            Get::Links => Cell::Links(&incident.links),
            Get::Related => Cell::List(self.related.clone()),
        }
    }
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

pub(super) fn event(event: &Event) -> ExportedEvent<'_> {
    ExportedEvent { time: written(event.at), text: &event.text, line: event.line }
}

pub(super) fn action(action: &Action) -> ExportedAction<'_> {
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

/// Where each field was read; of a list, its first entry.
fn origins(incident: &Incident) -> BTreeMap<&'static str, Evidence<'_>> {
    let of = |field: &Field| match field.get {
        Get::Text(of) => of(incident).as_ref().map(evidence),
        Get::Texts(of) => of(incident).first().map(evidence),
        Get::Day(of) => of(incident).as_ref().map(evidence),
        Get::Bound(of) | Get::Moment(of) => of(incident).as_ref().map(evidence),
        Get::Number(of) => of(incident).as_ref().map(evidence),
        Get::Causes => incident.causes.first().map(evidence),
        Get::Clock(_) | Get::Utc(..) | Get::Timeline | Get::Actions | Get::Links | Get::Related => None,
    };
    FIELDS.iter().filter_map(|field| Some((field.name, of(field)?))).collect()
}

fn evidence<T>(known: &Known<T>) -> Evidence<'_> {
    Evidence { origin: known.origin, line: known.line, quote: &known.quote, rule: known.rule }
}
