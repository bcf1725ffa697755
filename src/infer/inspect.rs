//! What is read from one file, value by value, for `casebook inspect`.

use crate::diagnostic::Diagnostic;
use crate::incident::values::{FIELDS, Value, values};
use crate::incident::{Incident, Origin};
use crate::infer::{Archive, EXTRACTORS, Vocabulary, read};
use crate::source::SourceFile;
use serde_json::json;
use std::fmt::Write;

/// One file as read.
#[derive(Debug)]
pub struct Inspection {
    pub path: String,
    pub incidents: Vec<Incident>,
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a file and keeps everything that was found.
pub fn inspect(source: &SourceFile, vocabulary: &Vocabulary, archive: &Archive) -> Inspection {
    let reading = read(source, vocabulary, archive);
    Inspection { path: source.shown.clone(), incidents: reading.incidents, diagnostics: reading.diagnostics }
}

/// Fields that were looked for in an incident and not found.
pub fn missing(found: &[Value]) -> Vec<&'static str> {
    let sought = |field: &&&str| EXTRACTORS.iter().any(|extractor| extractor.seeks.contains(*field));
    FIELDS
        .iter()
        .filter(sought)
        .filter(|field| !found.iter().any(|value| value.field == **field))
        .copied()
        .collect()
}

/// For people: a line a value, with the line it stands on, its words and the rule.
pub fn human(inspection: &Inspection) -> String {
    let mut out = String::new();
    for incident in &inspection.incidents {
        let found = values(incident);
        if inspection.incidents.len() > 1 {
            let _ = writeln!(out, "Incident {} of {}\n", incident.nth, inspection.incidents.len());
        }
        let mut last = "";
        for value in &found {
            let name = if value.field == last { "" } else { value.field };
            last = value.field;
            let _ = writeln!(out, "{name:<24} {}", shortened(&value.text, 100));
            let _ = writeln!(out, "{:<24}   {}", "", evidence(value));
        }
        let missing = missing(&found);
        if !missing.is_empty() {
            let _ = writeln!(out, "{:<24} {}", "not found", missing.join(", "));
        }
        out.push('\n');
    }
    out
}

fn evidence(value: &Value) -> String {
    let place = match (value.line, value.origin) {
        (_, Origin::FileName) => "in the file's name".to_owned(),
        (0, _) => "not in the text".to_owned(),
        (line, _) => format!("line {line}"),
    };
    let words = match value.quote.is_empty() || value.quote == value.text {
        true => String::new(),
        false => format!(", “{}”", shortened(&value.quote, 80)),
    };
    format!("{place}, {}, {}{words}", origin(value.origin), value.rule)
}

fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Derived => "derived",
        Origin::FileName => "file name",
        Origin::Prose => "prose",
        Origin::Field => "field",
        Origin::Section => "section",
        Origin::FrontMatter => "front matter",
    }
}

fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

/// For programs: one JSON object.
pub fn json(inspection: &Inspection) -> String {
    let incidents: Vec<serde_json::Value> = inspection.incidents.iter().map(incident).collect();
    let skipped = inspection
        .incidents
        .is_empty()
        .then(|| inspection.diagnostics.first().map(|note| note.message.clone()))
        .flatten();
    let mut out = json!({ "file": inspection.path, "skipped": skipped, "incidents": incidents }).to_string();
    out.push('\n');
    out
}

fn incident(incident: &Incident) -> serde_json::Value {
    let found = values(incident);
    let missing = missing(&found);
    let values: Vec<serde_json::Value> = found
        .iter()
        .map(|value| {
            json!({ "field": value.field, "value": value.text, "origin": value.origin, "line": value.line,
                    "quote": value.quote, "rule": value.rule })
        })
        .collect();
    json!({ "nth": incident.nth, "values": values, "not_found": missing })
}
