//! Issues of GitHub, as `gh issue list --json number,title,body,labels,createdAt,closedAt,assignees,author,url,state`
//! prints them (<https://cli.github.com/manual/gh_issue_list>), or as the
//! [REST API](https://docs.github.com/en/rest/issues/issues) does.
//!
//! When an issue was opened or closed says nothing of when the incident was: neither is its start or end.

use crate::import::convert::labels;
use crate::import::importer::{File, Importer, Shape};
use crate::import::json::{at, list, moment, name, names, text};
use crate::import::record::Record;
use serde_json::Value;

pub const IMPORTER: Importer = Importer {
    name: "github",
    tool: "GitHub",
    reads_as: "GitHub issues",
    shapes: &[
        Shape::Json(&["number", "title", "body", "createdAt", "url"]),
        Shape::Json(&["number", "title", "body", "created_at", "html_url"]),
    ],
    read,
};

fn read(file: &File<'_>, records: &mut Vec<Record>) {
    let is_issue = |issue: &&Value| at(issue, "pull_request").is_none();
    records.extend(file.records().into_iter().filter(is_issue).map(record));
}

fn record(issue: &Value) -> Record {
    let either = |a: &str, b: &str| text(issue, a).or_else(|| text(issue, b));
    let url = either("html_url", "url");
    let mut record = Record::new(url.as_deref().map(id).or_else(|| text(issue, "number")));
    record.url = url;
    record.updated = ["updatedAt", "updated_at"].iter().find_map(|path| moment(issue, path).ok().flatten());
    record.text("title", text(issue, "title"));
    record.text("status", text(issue, "state").map(|state| state.to_lowercase()));
    record.text("created", either("createdAt", "created_at"));
    record.list("authors", ["author", "user"].iter().filter_map(|key| at(issue, key).and_then(name)));
    labels::sort(&mut record, names(issue, "labels"));
    record.json_extra(issue, &["assignees", "closedAt", "closed_at", "milestone"]);
    record.body(text(issue, "body"));
    for comment in list(issue, "comments") {
        let author = at(comment, "author").and_then(name).map(|author| format!("**{author}:** "));
        record.body(text(comment, "body").map(|body| author.unwrap_or_default() + &body));
    }
    record
}

/// `owner/name#12` of an address that ends in `owner/name/issues/12`.
fn id(url: &str) -> String {
    let parts: Vec<&str> = url.trim_end_matches('/').rsplitn(5, '/').collect();
    match parts.as_slice() {
        [number, _, name, owner, _] => format!("{owner}/{name}#{number}"),
        _ => url.to_owned(),
    }
}
