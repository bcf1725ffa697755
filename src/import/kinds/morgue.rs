//! Postmortems of [Morgue](https://github.com/etsy/morgue): rows of its table `postmortems` as JSON or CSV, with the
//! columns of its `schemas/postmortems.sql`. Times count seconds since 1970, and zero is none.
//!
//! `statustime` is when the public was told, which is no moment of the incident.

use crate::import::content::{Row, Table};
use crate::import::importer::{File, Importer, Shape};
use crate::import::json::{list, name, names, text};
use crate::import::moment::Moment;
use crate::import::record::{Action, Record};
use serde_json::Value;

pub const IMPORTER: Importer = Importer {
    name: "morgue",
    tool: "Morgue",
    reads_as: "Morgue postmortems",
    shapes: &[
        Shape::Json(&["id", "title", "starttime", "endtime", "detecttime"]),
        Shape::Csv(&["id", "title", "starttime", "endtime", "detecttime"]),
    ],
    read,
};

const MOMENTS: &[(&str, &str)] = &[("start", "starttime"), ("detected", "detecttime"), ("end", "endtime")];

/// Columns that are read.
const KNOWN: &[&str] = &[
    "id",
    "title",
    "starttime",
    "endtime",
    "detecttime",
    "statustime",
    "created",
    "modified",
    "severity",
    "summary",
    "why_surprised",
    "tldr",
    "deleted",
];

fn read(file: &File<'_>, records: &mut Vec<Record>) {
    for value in file.records().into_iter().filter(|value| text(value, "deleted").as_deref() != Some("1")) {
        records.push(postmortem(value));
    }
    if let Some(table) = file.table() {
        let is_there = |row: &&Row| row.cell(table, "deleted").as_deref() != Some("1");
        records.extend(table.rows.iter().filter(is_there).map(|row| line(table, row)));
    }
}

/// What both forms have, by the name of its column.
fn fields(record: &mut Record, field: &dyn Fn(&str) -> Option<String>) {
    record.text("title", field("title"));
    record.text("severity", field("severity"));
    let told = field("statustime").and_then(|time| Moment::of_text(&time).ok().flatten());
    record.extra("statustime", told.map(Moment::typed));
    record.section("Summary", field("summary").or_else(|| field("tldr")));
    record.section("Why surprised", field("why_surprised"));
}

fn line(table: &Table, row: &Row) -> Record {
    let mut record = Record::new(row.cell(table, "id"));
    record.row_moments(table, row, MOMENTS);
    fields(&mut record, &|name| row.cell(table, name));
    record.row_extra(table, row, KNOWN);
    record
}

fn postmortem(value: &Value) -> Record {
    let mut record = Record::new(text(value, "id"));
    for (key, name) in MOMENTS {
        record.moment(key, name, text(value, name).map_or(Ok(None), |time| Moment::of_text(&time)));
    }
    fields(&mut record, &|name| text(value, name));
    record.list("services", names(value, "services"));
    record.list("tags", names(value, "tags"));
    record.json_extra(value, &["contact", "facilitator"]);
    record.section("Timeline", text(value, "timeline"));
    for ticket in list(value, "remediation").iter().chain(list(value, "action_items")) {
        record.action(Action {
            text: text(ticket, "summary").or_else(|| name(ticket)).unwrap_or_default(),
            owner: text(ticket, "assignee"),
            due: text(ticket, "duedate"),
            ticket: text(ticket, "key"),
            state: text(ticket, "status"),
        });
    }
    record
}
