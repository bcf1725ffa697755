//! Incidents of FireHydrant: the CSV of its [analytics](https://docs.firehydrant.com/docs/incident-analytics), or what
//! its [API](https://docs.firehydrant.com/reference/get_v1-incidents) gives (`/v1/incidents`).

use crate::import::content::{Row, Table};
use crate::import::importer::{File, Importer, Shape};
use crate::import::json::{at, list, moment, name, names, text};
use crate::import::record::{Action, Record};
use serde_json::Value;

pub const IMPORTER: Importer = Importer {
    name: "firehydrant",
    tool: "FireHydrant",
    reads_as: "FireHydrant incidents",
    shapes: &[
        Shape::Csv(&["incident_id", "name", "severity", "started_at"]),
        Shape::Json(&["id", "name", "severity", "milestones"]),
    ],
    read,
};

const MOMENTS: &[(&str, &str)] = &[
    ("start", "started_at"),
    ("detected", "detected_at"),
    ("acknowledged", "acknowledged_at"),
    ("mitigated", "mitigated_at"),
    ("end", "resolved_at"),
];

/// Columns that have a field.
const KNOWN: &[&str] = &[
    "incident_id",
    "name",
    "summary",
    "severity",
    "services",
    "tag_list",
    "started_at",
    "detected_at",
    "acknowledged_at",
    "mitigated_at",
    "resolved_at",
    "current_milestone",
    "description",
];

fn read(file: &File<'_>, records: &mut Vec<Record>) {
    records.extend(file.incidents(incident, line));
}

fn line(table: &Table, row: &Row) -> Record {
    let cell = |name| row.cell(table, name);
    let parts =
        |name| cell(name).unwrap_or_default().split([',', ';', '|']).map(str::to_owned).collect::<Vec<_>>();
    let mut record = Record::new(cell("incident_id"));
    record.text("title", cell("name"));
    record.text("severity", cell("severity"));
    record.text("status", cell("current_milestone"));
    record.list("services", parts("services"));
    record.list("tags", parts("tag_list"));
    record.row_moments(table, row, MOMENTS);
    record.row_extra(table, row, KNOWN);
    record.section("Summary", cell("summary"));
    record.body(cell("description"));
    record
}

fn incident(incident: &Value) -> Record {
    let mut record = Record::new(text(incident, "id"));
    record.url = text(incident, "incident_url");
    record.text("title", text(incident, "name"));
    record.text("severity", at(incident, "severity").and_then(name));
    record.text("status", text(incident, "current_milestone"));
    record.list("services", names(incident, "services"));
    record.list("tags", names(incident, "tag_list"));
    if text(incident, "restricted").as_deref() == Some("true") {
        record.withhold();
    }
    for milestone in list(incident, "milestones") {
        let kind = format!("{}_at", text(milestone, "type").unwrap_or_default());
        if let Some((key, _)) = MOMENTS.iter().find(|(_, name)| *name == kind) {
            record.moment(key, &kind, moment(milestone, "occurred_at"));
        }
    }
    record.json_moments(incident, MOMENTS);
    record.json_extra(incident, &["number", "priority", "environments", "functionalities", "created_at"]);
    record.section("Summary", text(incident, "summary"));
    record.section("Impact", text(incident, "customer_impact_summary"));
    record.body(text(incident, "description"));
    for event in list(incident, "events") {
        record.event(
            moment(event, "occurred_at"),
            None,
            text(event, "data.body").or_else(|| text(event, "body")),
        );
    }
    for action in list(incident, "action_items") {
        record.action(Action {
            text: text(action, "summary").unwrap_or_default(),
            owner: at(action, "assignee").and_then(name),
            due: text(action, "due_at"),
            ticket: text(action, "remote_id"),
            state: text(action, "state"),
        });
    }
    record
}
