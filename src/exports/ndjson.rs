//! The archive as lines of JSON, which engines read in pieces and at any size: incidents, their action items, and the
//! events of their timelines. Rows of the last two name their incident.

use super::json::{self, Exported};
use super::{Export, Input, Offer};
use crate::incident::Incident;
use serde::Serialize;
use std::io::{self, Write};

pub const INCIDENTS: Export = Export {
    path: "incidents.ndjson",
    offer: Offer::Format("ndjson"),
    when: super::always,
    write: incidents,
};

pub const ACTIONS: Export = Export {
    path: "actions.ndjson",
    offer: Offer::Nowhere,
    when: |archive, _| archive.incidents.iter().any(|incident| !incident.actions.is_empty()),
    write: |input, out| rows(input, out, |incident| incident.actions.iter().map(json::action)),
};

pub const EVENTS: Export = Export {
    path: "events.ndjson",
    offer: Offer::Nowhere,
    when: |archive, _| archive.incidents.iter().any(|incident| !incident.timeline.is_empty()),
    write: |input, out| rows(input, out, |incident| incident.timeline.iter().map(json::event)),
};

/// The elements of `incidents` in `incidents.json`, in the same order.
fn incidents(input: &Input<'_>, out: &mut dyn Write) -> io::Result<()> {
    Exported::all(input.archive).try_for_each(|exported| line(out, &exported))
}

/// A part of an incident, with the incident's id.
#[derive(Debug, Serialize)]
struct Row<'a, T> {
    incident: &'a str,
    #[serde(flatten)]
    part: T,
}

fn rows<'a, Parts: Iterator<Item: Serialize>>(
    input: &Input<'a>,
    out: &mut dyn Write,
    parts: impl Fn(&'a Incident) -> Parts,
) -> io::Result<()> {
    for incident in &input.archive.incidents {
        parts(incident).try_for_each(|part| line(out, &Row { incident: &incident.id, part }))?;
    }
    Ok(())
}

fn line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}
