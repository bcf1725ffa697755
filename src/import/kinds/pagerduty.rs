//! Incidents of PagerDuty: the CSV of its [reports](https://support.pagerduty.com/main/docs/insights), or what its
//! [API](https://developer.pagerduty.com/api-reference/9d0b4b12e36f9-list-incidents) gives (`/incidents`).
//!
//! An incident of PagerDuty begins when it is triggered, and ends when it is resolved: that is what its own times to
//! resolve are counted from. Its postmortems are Markdown, which needs no import.

use crate::import::content::{Row, Table};
use crate::import::importer::{File, Importer, Shape};
use crate::import::json::{at, list, moment, name, text};
use crate::import::record::Record;
use serde_json::Value;

pub const IMPORTER: Importer = Importer {
    name: "pagerduty",
    tool: "PagerDuty",
    reads_as: "PagerDuty incidents",
    shapes: &[
        Shape::Csv(&["incident_number", "description", "service_name", "created_on"]),
        Shape::Json(&["id", "incident_number", "title", "service", "urgency"]),
    ],
    read,
};

/// Columns that have a field.
const KNOWN: &[&str] = &[
    "id",
    "incident_number",
    "description",
    "service_name",
    "created_on",
    "resolved_on",
    "priority_name",
    "status",
];

fn read(file: &File<'_>, records: &mut Vec<Record>) {
    records.extend(file.incidents(incident, line));
}

fn line(table: &Table, row: &Row) -> Record {
    let cell = |name| row.cell(table, name);
    let mut record = Record::new(cell("incident_number").or_else(|| cell("id")));
    record.text("title", cell("description"));
    record.text("severity", cell("priority_name"));
    record.text("status", cell("status"));
    record.list("services", cell("service_name"));
    record.row_moments(table, row, &[("start", "created_on"), ("end", "resolved_on")]);
    record.row_extra(table, row, KNOWN);
    record
}

fn incident(incident: &Value) -> Record {
    let mut record = Record::new(text(incident, "incident_number"));
    record.url = text(incident, "html_url");
    record.updated = moment(incident, "updated_at").unwrap_or_default();
    record.text("title", text(incident, "title"));
    record.text("severity", at(incident, "priority").and_then(name));
    record.text("status", text(incident, "status"));
    record.list("services", at(incident, "service").and_then(name));
    record.json_moments(incident, &[("start", "created_at"), ("end", "resolved_at")]);
    record.json_extra(incident, &["urgency", "incident_key", "escalation_policy"]);
    if text(incident, "description") != text(incident, "title") {
        record.body(text(incident, "description"));
    }
    for note in list(incident, "notes") {
        record.event(moment(note, "created_at"), None, text(note, "content"));
    }
    record
}
