//! Incidents, retrospectives and action items of Rootly, as its [API](https://docs.rootly.com/api-reference) gives them
//! in JSON:API form (`/v1/incidents`, `/v1/post_mortems`, `/v1/action_items`,
//! `/v1/incidents/ID/events`). Retrospectives are HTML.

use crate::import::convert::markup;
use crate::import::importer::{File, Importer, Shape};
use crate::import::json::{at, list, moment, name, text};
use crate::import::record::{Action, Record};
use serde_json::Value;

pub const IMPORTER: Importer = Importer {
    name: "rootly",
    tool: "Rootly",
    reads_as: "Rootly incidents",
    shapes: &[
        Shape::Json(&["id", "type", "attributes.title", "attributes.started_at"]),
        Shape::Json(&["id", "type", "attributes.title", "attributes.content"]),
        Shape::Json(&["id", "type", "attributes.summary", "attributes.status", "relationships.incident"]),
        Shape::Json(&["id", "type", "attributes.event", "attributes.occurred_at"]),
    ],
    read,
};

/// The kinds of incidents that are none, and of planned work.
const KINDS: &[(&str, &str)] = &[
    ("test", "test"),
    ("test_sub", "test"),
    ("example", "tutorial"),
    ("example_sub", "tutorial"),
    ("scheduled", "maintenance"),
    ("scheduled_sub", "maintenance"),
];

fn read(file: &File<'_>, records: &mut Vec<Record>) {
    for value in file.records() {
        let kind = text(value, "type").unwrap_or_default();
        records.push(match kind.as_str() {
            kind if kind.contains("action_item") => part(value, action),
            kind if kind.contains("event") => part(value, |record, value| {
                record.event(moment(value, "occurred_at"), None, text(value, "event"));
            }),
            kind if kind.contains("post_mortem") => retrospective(value),
            _ => incident(value),
        });
    }
}

fn incident(value: &Value) -> Record {
    let mut record = Record::new(text(value, "id"));
    let Some(value) = at(value, "attributes") else { return record };
    record.url = text(value, "url");
    record.updated = moment(value, "updated_at").unwrap_or_default();
    record.text("title", text(value, "title"));
    record.text("status", text(value, "status"));
    record.text("severity", at(value, "severity").and_then(name));
    let kind = text(value, "kind").unwrap_or_default();
    record.text("kind", KINDS.iter().find(|(known, _)| *known == kind).map(|(_, kind)| (*kind).to_owned()));
    if text(value, "private").as_deref() == Some("true") {
        record.withhold();
    }
    moments(&mut record, value);
    record.list("services", related(value, "services"));
    for key in ["causes", "environments", "functionalities", "groups"] {
        record.extra(key, Some(related(value, key).join(", ")));
    }
    record.json_extra(value, &["sequential_id", "slug"]);
    record.section("Summary", text(value, "summary"));
    record.section("Mitigation", text(value, "mitigation_message"));
    record.section("Resolution", text(value, "resolution_message"));
    record
}

fn moments(record: &mut Record, value: &Value) {
    const MOMENTS: &[(&str, &str)] = &[
        ("start", "started_at"),
        ("detected", "detected_at"),
        ("acknowledged", "acknowledged_at"),
        ("mitigated", "mitigated_at"),
        ("end", "resolved_at"),
    ];
    record.json_moments(value, MOMENTS);
}

/// The names of what belongs to an incident: a list, or one in an envelope.
fn related(value: &Value, key: &str) -> Vec<String> {
    let inside = format!("{key}.data");
    list(value, key).iter().chain(list(value, &inside)).filter_map(name).collect()
}

/// What belongs to an incident by its id.
fn part(value: &Value, read: fn(&mut Record, &Value)) -> Record {
    let id = ["relationships.incident.data.id", "attributes.incident_id", "attributes.incident.data.id"];
    let id = id.iter().find_map(|path| text(value, path));
    let mut record = Record { is_part: id.is_some(), ..Record::new(id.or_else(|| text(value, "id"))) };
    if let Some(value) = at(value, "attributes") {
        read(&mut record, value);
    }
    record
}

fn retrospective(value: &Value) -> Record {
    part(value, |record, value| {
        record.text("title", text(value, "title"));
        moments(record, value);
        record.body(text(value, "content").map(|content| markup::html(&content)));
    })
}

fn action(record: &mut Record, value: &Value) {
    record.action(Action {
        text: text(value, "summary").unwrap_or_default(),
        owner: ["assigned_to.data", "assigned_to"].iter().find_map(|path| at(value, path).and_then(name)),
        due: text(value, "due_date"),
        ticket: text(value, "jira_issue_key"),
        state: text(value, "status"),
    });
}
