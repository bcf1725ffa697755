//! Incidents of [Dispatch](https://github.com/Netflix/dispatch), as its API gives them
//! (`/api/v1/ORGANIZATION/incidents`; the fields are those of `IncidentRead` in its `incident/models.py`).
//!
//! Dispatch knows when an incident was reported, stable and closed, and no other moment of it.

use crate::import::importer::{File, Importer, Shape};
use crate::import::json::{at, list, moment, name, text};
use crate::import::record::{Action, Record};
use serde_json::Value;

pub const IMPORTER: Importer = Importer {
    name: "dispatch",
    tool: "Dispatch",
    reads_as: "Dispatch incidents",
    shapes: &[Shape::Json(&["name", "title", "reported_at", "visibility"])],
    read,
};

fn read(file: &File<'_>, records: &mut Vec<Record>) {
    records.extend(file.records().into_iter().map(incident));
}

fn incident(incident: &Value) -> Record {
    let mut record = Record::new(text(incident, "name").or_else(|| text(incident, "id")));
    record.updated = moment(incident, "updated_at").unwrap_or_default();
    record.text("title", text(incident, "title"));
    record.text("status", text(incident, "status").map(|status| status.to_lowercase()));
    record.text("severity", at(incident, "incident_severity").and_then(name));
    if text(incident, "visibility").as_deref() == Some("Restricted") {
        record.withhold();
    }
    record.json_moments(
        incident,
        &[("start", "started_at"), ("detected", "reported_at"), ("mitigated", "stable_at")],
    );
    for tag in list(incident, "tags") {
        let is_service =
            at(tag, "tag_type").and_then(name).is_some_and(|kind| kind.eq_ignore_ascii_case("service"));
        record.list(if is_service { "services" } else { "tags" }, name(tag));
    }
    record.json_extra(
        incident,
        &[
            "incident_type",
            "incident_priority",
            "project",
            "commander",
            "reporter",
            "closed_at",
            "created_at",
        ],
    );
    record.section("Summary", text(incident, "description"));
    record.section("Resolution", text(incident, "resolution"));
    for event in list(incident, "events") {
        record.event(moment(event, "started_at"), None, text(event, "description"));
    }
    for task in list(incident, "tasks") {
        record.action(Action {
            text: text(task, "description").unwrap_or_default(),
            owner: at(task, "owner").and_then(name).or_else(|| list(task, "assignees").iter().find_map(name)),
            due: text(task, "resolve_by").and_then(|due| Some(due.split('T').next()?.to_owned())),
            ticket: text(task, "ticket.resource_id"),
            state: text(task, "status"),
        });
    }
    record
}
