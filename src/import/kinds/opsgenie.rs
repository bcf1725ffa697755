//! Postmortems of Opsgenie, as its [API](https://docs.opsgenie.com/docs/postmortem-api) gives them
//! (`/v2/postmortem/:id`). Text is in Atlassian Document Format, as JSON or as a text that holds JSON.

use crate::import::convert::adf;
use crate::import::importer::{File, Importer, Shape};
use crate::import::json::{at, list, moment, name, names, text};
use crate::import::record::{Action, Record};
use serde_json::Value;

pub const IMPORTER: Importer = Importer {
    name: "opsgenie",
    tool: "Opsgenie",
    reads_as: "Opsgenie postmortems",
    shapes: &[
        Shape::Json(&["postmortemId", "title", "executiveSummary"]),
        Shape::Json(&["postmortemId", "title", "rootIncident", "content"]),
    ],
    read,
};

fn read(file: &File<'_>, records: &mut Vec<Record>) {
    records.extend(file.records().into_iter().map(postmortem));
}

fn postmortem(value: &Value) -> Record {
    let mut record = Record::new(text(value, "postmortemId"));
    record.url = text(value, "url");
    record.updated = moment(value, "updatedAt").unwrap_or_default();
    record.text("title", text(value, "title"));
    record.text("severity", text(value, "severity").or_else(|| text(value, "priority")));
    record.text("status", text(value, "status").map(|status| status.to_lowercase()));
    record.json_moments(
        value,
        &[
            ("start", "startTime"),
            ("acknowledged", "respondTime"),
            ("end", "endTime"),
            ("end", "resolveTime"),
        ],
    );
    for path in ["impactedServices", "rootIncident.impactedServices"] {
        record.list("services", names(value, path));
    }
    record.list("tags", names(value, "tags"));
    record.extra(
        "rootIncident",
        at(value, "rootIncident").and_then(|it| text(it, "message").or_else(|| name(it))),
    );
    record.section("Summary", at(value, "executiveSummary").and_then(adf::markdown));
    record.body(at(value, "content").and_then(adf::markdown));
    for event in list(value, "timeline") {
        record.event(moment(event, "time"), None, at(event, "description").and_then(adf::markdown));
    }
    for action in list(value, "actionItems") {
        record.action(Action {
            text: name(action).unwrap_or_default(),
            owner: at(action, "assignee").and_then(name),
            due: text(action, "dueDate"),
            ticket: text(action, "issueKey"),
            state: text(action, "status"),
        });
    }
    record
}
