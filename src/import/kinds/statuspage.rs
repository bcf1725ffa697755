//! Incidents and maintenance of a page on Atlassian Statuspage.
//!
//! Field names are those of the public API of every such page, <https://metastatuspage.com/api>
//! (`/api/v2/incidents.json`, `/api/v2/scheduled-maintenances.json`), and of the
//! [management API](https://developer.statuspage.io/#tag/incidents).

use crate::import::importer::{File, Importer, Shape};
use crate::import::json::{at, list, moment, names, text};
use crate::import::record::Record;
use serde_json::Value;

pub const IMPORTER: Importer = Importer {
    name: "statuspage",
    tool: "Statuspage",
    reads_as: "Statuspage incidents",
    shapes: &[Shape::Json(&["id", "name", "status", "impact", "incident_updates"])],
    read,
};

fn read(file: &File<'_>, records: &mut Vec<Record>) {
    let organization = file.envelope().and_then(|envelope| text(envelope, "page.name"));
    for incident in file.records() {
        let mut record = record(incident);
        record.text("organization", organization.clone());
        records.push(record);
    }
}

fn record(incident: &Value) -> Record {
    let mut record = Record::new(text(incident, "id"));
    record.url = text(incident, "shortlink");
    record.updated = moment(incident, "updated_at").unwrap_or_default();
    record.text("title", text(incident, "name"));
    record.text("status", text(incident, "status"));
    let impact = text(incident, "impact");
    let is_maintenance = impact.as_deref() == Some("maintenance") || at(incident, "scheduled_for").is_some();
    if is_maintenance {
        record.text("kind", Some("maintenance".to_owned()));
        record.json_moments(incident, &[("start", "scheduled_for")]);
        record.json_extra(incident, &["scheduled_until"]);
    } else {
        record.text("severity", impact);
    }
    record.json_moments(
        incident,
        &[("start", "started_at"), ("mitigated", "monitoring_at"), ("end", "resolved_at")],
    );
    record.list("services", names(incident, "components"));
    let postmortem = text(incident, "postmortem_body");
    for update in list(incident, "incident_updates") {
        record.list("services", names(update, "affected_components"));
        let body = text(update, "body");
        // The last update may be the postmortem itself.
        if body.is_some() && body == postmortem {
            continue;
        }
        let time = if at(update, "display_at").is_some() { "display_at" } else { "created_at" };
        record.event(moment(update, time), text(update, "status").map(|status| step(&status)), body);
    }
    record.body(postmortem);
    record
}

/// `in_progress` as `In progress`.
fn step(status: &str) -> String {
    let words = status.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().collect::<String>() + letters.as_str())
}
