//! Retrospectives of Blameless, as its
//! [API](https://docs.blameless.com/docs/api) and its bundle of retrospectives give them.

use crate::import::importer::{File, Importer, Shape};
use crate::import::json::{at, list, moment, name, names, text};
use crate::import::record::{Action, Record};
use serde_json::Value;

pub const IMPORTER: Importer = Importer {
    name: "blameless",
    tool: "Blameless",
    reads_as: "Blameless retrospectives",
    shapes: &[Shape::Json(&["summary", "analysis", "impact"])],
    read,
};

fn read(file: &File<'_>, records: &mut Vec<Record>) {
    records.extend(file.records().into_iter().map(retrospective));
}

fn retrospective(value: &Value) -> Record {
    let first = |paths: &[&str]| paths.iter().find_map(|path| text(value, path));
    let mut record = Record::new(first(&["incident_id", "incident.id", "id"]));
    record.url = first(&["url", "incident.url"]);
    record.updated = moment(value, "updated_at").unwrap_or_default();
    record.text("title", first(&["title", "name", "incident.name"]));
    record.text(
        "severity",
        ["severity", "incident.severity"].iter().find_map(|path| at(value, path).and_then(name)),
    );
    record.text("status", text(value, "status"));
    record.json_moments(
        value,
        &[("start", "impact.start_of_customer_impact"), ("end", "impact.end_of_customer_impact")],
    );
    record.list("services", names(value, "services"));
    record.list("tags", names(value, "tags"));
    record.json_extra(value, &["incident_type", "commander"]);
    record.extra("duration_of_customer_impact", text(value, "impact.duration_of_customer_impact"));
    record.section("Summary", text(value, "summary"));
    record.section("Impact", text(value, "impact.description"));
    record.body(text(value, "analysis"));
    let causes = text(value, "root_causes").or_else(|| list_of(&names(value, "root_causes")));
    record.section("Root causes", causes);
    for event in list(value, "events") {
        let time = if at(event, "timestamp").is_some() { "timestamp" } else { "time" };
        record.event(moment(event, time), None, text(event, "description").or_else(|| text(event, "text")));
    }
    for action in list(value, "follow_up_actions").iter().chain(list(value, "action_items")) {
        record.action(Action {
            text: text(action, "title").or_else(|| text(action, "description")).unwrap_or_default(),
            owner: ["assignee", "owner"].iter().find_map(|path| at(action, path).and_then(name)),
            due: text(action, "due_date"),
            ticket: text(action, "ticket"),
            state: text(action, "status"),
        });
    }
    record
}

fn list_of(items: &[String]) -> Option<String> {
    (!items.is_empty()).then(|| items.iter().map(|item| format!("- {item}")).collect::<Vec<_>>().join("\n"))
}
