//! Issues of Jira as CSV ([export of search results](https://support.atlassian.com/jira-software-cloud/docs/export-search-results-to-microsoft-excel-csv/)).
//! Columns of the same name are values of one field, texts are wiki markup, and times are written `12/Mar/24 8:15 AM`.
//!
//! When an issue was created or resolved says nothing of when the incident was; custom fields with the name of a field
//! do. Sub-tasks are the actions of their parent.

use crate::document::Label;
use crate::import::columns;
use crate::import::content::{Row, Table};
use crate::import::convert::{labels, wiki};
use crate::import::importer::{File, Importer, Shape};
use crate::import::moment::Moment;
use crate::import::record::{Action, Record};
use std::collections::{HashMap, HashSet};

pub const IMPORTER: Importer = Importer {
    name: "jira",
    tool: "Jira",
    reads_as: "Jira issues",
    shapes: &[Shape::Csv(&["Summary", "Issue key", "Status", "Created"])],
    read,
};

/// Columns that are kept under `extra`.
const EXTRA: &[&str] = &["Issue Type", "Assignee", "Reporter", "Resolved", "Resolution", "Project name"];

/// What stands around the name of a field that an organisation added.
const CUSTOM: [&str; 2] = ["Custom field (", ")"];

fn read(file: &File<'_>, records: &mut Vec<Record>) {
    let Some(table) = file.table() else { return };
    let key = |row: &Row| row.cell(table, "Issue key");
    let by_id: HashMap<String, String> =
        table.rows.iter().filter_map(|row| Some((row.cell(table, "Issue id")?, key(row)?))).collect();
    let keys: HashSet<String> = table.rows.iter().filter_map(key).collect();
    for row in &table.rows {
        let named = row.cell(table, "Parent key").or_else(|| row.cell(table, "Parent"));
        let numbered = row.cell(table, "Parent id").or_else(|| row.cell(table, "Parent"));
        let parent = named.filter(|key| keys.contains(key));
        let parent = parent.or_else(|| by_id.get(&numbered?).cloned());
        records.push(match parent {
            Some(parent) => sub_task(table, row, parent),
            None => issue(table, row),
        });
    }
}

fn sub_task(table: &Table, row: &Row, parent: String) -> Record {
    let cell = |name| row.cell(table, name);
    let mut record = Record { is_part: true, ..Record::new(Some(parent)) };
    record.action(Action {
        text: cell("Summary").unwrap_or_default(),
        owner: cell("Assignee"),
        due: cell("Due date")
            .or_else(|| cell("Due Date"))
            .and_then(|due| Some(Moment::read(&due)?.date.to_string())),
        ticket: cell("Issue key"),
        state: cell("Status"),
    });
    record
}

fn issue(table: &Table, row: &Row) -> Record {
    let cell = |name| row.cell(table, name);
    let mut record = Record::new(cell("Issue key"));
    record.updated = cell("Updated").and_then(|updated| Moment::read(&updated));
    record.text("title", cell("Summary"));
    record.text("status", cell("Status"));
    record.text(
        "created",
        cell("Created").map(|created| Moment::read(&created).map_or(created, Moment::typed)),
    );
    custom_fields(&mut record, table, row);
    record.text("severity", cell("Priority"));
    for name in ["Component/s", "Components"] {
        record.list("services", row.all(table, name));
    }
    labels::sort(&mut record, row.all(table, "Labels").collect());
    if cell("Security Level").is_some() {
        record.withhold();
    }
    for name in EXTRA {
        record.extra(name, cell(name));
    }
    record.body(cell("Description").map(|text| wiki::markdown(&text)));
    for name in ["Comment", "Comments"] {
        row.all(table, name).for_each(|text| comment(&mut record, &text));
    }
    record
}

fn custom_fields(record: &mut Record, table: &Table, row: &Row) {
    for (header, cell) in table.headers.iter().zip(&row.cells) {
        let name = header.trim().strip_prefix(CUSTOM[0]).and_then(|name| name.strip_suffix(CUSTOM[1]));
        let Some(name) = name.filter(|_| !cell.trim().is_empty()) else { continue };
        match columns::named(name) {
            Some(column) if !matches!(column.label, Label::Id | Label::Title | Label::Other) => {
                let text = if columns::is_text(column.label) {
                    wiki::markdown(cell)
                } else {
                    cell.trim().to_owned()
                };
                column.put(record, &text);
            }
            _ => record.extra(name, Some(cell.trim().to_owned())),
        }
    }
}

/// `12/Mar/24 8:15 AM;who;text`.
fn comment(record: &mut Record, text: &str) {
    let parts: Vec<&str> = text.splitn(3, ';').collect();
    let body = match parts.as_slice() {
        [at, who, words] if Moment::read(at).is_some() => format!("**{who}:** {}", wiki::markdown(words)),
        _ => wiki::markdown(text),
    };
    record.body(Some(body));
}
