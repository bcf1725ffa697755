//! Incidents, updates and follow-ups of incident.io, as the [API](https://api-docs.incident.io/tag/Incidents-V2) gives them
//! (`/v2/incidents`, `/v2/follow_ups`, `/v2/incident_updates`).
//!
//! Timestamps have the names that an organisation gave them. Of the names that every organisation begins with, "Closed
//! at" says nothing of the incident; whatever has no field keeps its name under `extra`.

use crate::import::importer::{File, Importer, Shape};
use crate::import::json::{at, list, moment, name, text};
use crate::import::record::{Action, Record};
use serde_json::Value;

pub const IMPORTER: Importer = Importer {
    name: "incident-io",
    tool: "incident.io",
    reads_as: "incident.io incidents",
    shapes: &[
        Shape::Json(&["id", "reference", "name", "incident_status", "incident_timestamp_values"]),
        Shape::Json(&["id", "incident_id", "title", "status", "completed_at"]),
        Shape::Json(&["id", "incident_id", "title", "status", "assignee"]),
        Shape::Json(&["id", "incident_id", "message", "new_incident_status"]),
    ],
    read,
};

/// Timestamps by their names in lower case, and the fields that they are.
const TIMESTAMPS: &[(&str, &str)] = &[
    ("impact started at", "start"),
    ("started at", "start"),
    ("detected at", "detected"),
    ("reported at", "detected"),
    ("accepted at", "acknowledged"),
    ("acknowledged at", "acknowledged"),
    ("fixed at", "mitigated"),
    ("mitigated at", "mitigated"),
    ("resolved at", "end"),
    ("impact ended at", "end"),
    ("ended at", "end"),
];

fn read(file: &File<'_>, records: &mut Vec<Record>) {
    let record = |value| match (at(value, "incident_id"), at(value, "new_incident_status")) {
        (None, _) => incident(value),
        (Some(_), None) => part(value, |record| record.action(action(value))),
        (Some(_), Some(status)) => part(value, |record| {
            record.event(moment(value, "created_at"), name(status), text(value, "message"));
        }),
    };
    records.extend(file.records().into_iter().map(record));
}

fn incident(incident: &Value) -> Record {
    let mut record = Record::new(text(incident, "id"));
    record.url = text(incident, "permalink");
    record.updated = moment(incident, "updated_at").unwrap_or_default();
    record.text("title", text(incident, "name"));
    record.text("severity", text(incident, "severity.name"));
    record.text("status", text(incident, "incident_status.category"));
    // Tests and tutorials are no incidents, and say so; `standard` says nothing.
    record.text("kind", text(incident, "mode").filter(|mode| mode == "test" || mode == "tutorial"));
    if text(incident, "visibility").as_deref() == Some("private") {
        record.withhold();
    }
    timestamps(&mut record, incident);
    custom_fields(&mut record, incident);
    for role in list(incident, "incident_role_assignments") {
        let (role, who) = (text(role, "role.name"), at(role, "assignee").and_then(name));
        role.into_iter().for_each(|role| record.extra(&role, who.clone()));
    }
    record.json_extra(incident, &["reference", "incident_type", "mode", "created_at"]);
    record.section("Summary", text(incident, "summary"));
    for action in list(incident, "follow_ups") {
        record.action(self::action(action));
    }
    record
}

fn timestamps(record: &mut Record, incident: &Value) {
    for value in list(incident, "incident_timestamp_values") {
        let Some(name) = text(value, "incident_timestamp.name") else { continue };
        let field = TIMESTAMPS.iter().find(|(known, _)| *known == name.to_lowercase());
        match field.filter(|(_, key)| !record.moments.iter().any(|(known, _)| known == key)) {
            Some((_, key)) => record.moment(key, &name, moment(value, "value.value")),
            None => record.extra(&name, text(value, "value.value")),
        }
    }
}

fn custom_fields(record: &mut Record, incident: &Value) {
    const VALUES: &[&str] =
        &["value_option.value", "value_catalog_entry.name", "value_text", "value_link", "value_numeric"];
    for entry in list(incident, "custom_field_entries") {
        let Some(name) = text(entry, "custom_field.name") else { continue };
        let value = |value: &Value| VALUES.iter().find_map(|path| text(value, path));
        let values: Vec<String> = list(entry, "values").iter().filter_map(value).collect();
        match name.to_lowercase().contains("service") {
            true => record.list("services", values),
            false => record.extra(&name, Some(values.join(", "))),
        }
    }
}

/// What belongs to an incident by its id.
fn part(value: &Value, read: impl Fn(&mut Record)) -> Record {
    let mut record = Record { is_part: true, ..Record::new(text(value, "incident_id")) };
    read(&mut record);
    record
}

fn action(value: &Value) -> Action {
    Action {
        text: text(value, "title").unwrap_or_default(),
        owner: at(value, "assignee").and_then(name),
        due: None,
        ticket: text(value, "external_issue_reference.issue_name"),
        state: text(value, "status"),
    }
}
