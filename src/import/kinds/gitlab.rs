//! Issues and incidents of GitLab, as `glab issue list --output json` and the
//! [REST API](https://docs.gitlab.com/api/issues/) print them.
//!
//! When an issue was opened or closed says nothing of when the incident was: neither is its start or end. A
//! confidential issue is for those inside.

use crate::import::convert::labels;
use crate::import::importer::{File, Importer, Shape};
use crate::import::json::{at, moment, name, names, text};
use crate::import::record::Record;
use serde_json::Value;

pub const IMPORTER: Importer = Importer {
    name: "gitlab",
    tool: "GitLab",
    reads_as: "GitLab issues",
    shapes: &[Shape::Json(&["iid", "title", "description", "created_at", "web_url"])],
    read,
};

fn read(file: &File<'_>, records: &mut Vec<Record>) {
    records.extend(file.records().into_iter().map(record));
}

fn record(issue: &Value) -> Record {
    let id = text(issue, "references.full").or_else(|| text(issue, "web_url"));
    let mut record = Record::new(id.or_else(|| text(issue, "iid")));
    record.url = text(issue, "web_url");
    record.updated = moment(issue, "updated_at").unwrap_or_default();
    record.text("title", text(issue, "title"));
    record.text("status", text(issue, "state"));
    record.text("created", text(issue, "created_at"));
    record.text("severity", text(issue, "severity").map(|severity| severity.to_lowercase()));
    record.list("authors", at(issue, "author").and_then(name));
    labels::sort(&mut record, names(issue, "labels"));
    if at(issue, "confidential") == Some(&Value::Bool(true)) {
        record.withhold();
    }
    record.json_extra(issue, &["assignees", "issue_type", "closed_at", "milestone", "due_date"]);
    record.body(text(issue, "description"));
    record
}
