//! What there is to tell about a page: its version, what is wrong, what was inferred.

use super::live::{News, Remark, version};
use crate::archive::Index;
use crate::diagnostic::{self, Code, Diagnostic, Level};
use crate::document::Syntax;
use crate::exports;
use crate::incident::values::{self, values};
use crate::infer::annotate;
use crate::pages::english;
use crate::site::Site;
use serde_json::Value;

/// Fields that a reader of a postmortem looks for, as they are exported.
const EXPECTED: &[&str] = &[
    "title",
    "summary",
    "date",
    "start",
    "end",
    "zone",
    "duration_minutes",
    "affected_percent",
    "severity",
    "services",
    "root_cause",
    "resolution",
    "detected",
    "timeline",
    "actions",
];

/// Errors that concern every page.
const OF_THE_SITE: &[Code] = &[Code::ConfigSyntax, Code::ConfigKey, Code::ConfigValue, Code::Template];

/// Longest value of a line to copy, in characters.
const LONG: usize = 80;

/// What is told about the page at `path`, which now is `html`. `diagnostics` are those of the site and of the page.
pub fn about(site: &Site, path: &str, html: &[u8], diagnostics: &[Diagnostic]) -> News {
    let (version, styles) = version(&String::from_utf8_lossy(html));
    let incidents = site.shown_at(path);
    let own: Vec<&str> = incidents.iter().filter_map(|index| file(site, *index)).collect();
    let is_own = |d: &Diagnostic| d.place.as_ref().is_some_and(|place| own.contains(&place.path.as_str()));
    let is_here = |d: &Diagnostic| d.place.is_none() || OF_THE_SITE.contains(&d.code) || is_own(d);
    let of = |wanted: &dyn Fn(&Diagnostic) -> bool| {
        diagnostics.iter().filter(|d| wanted(d)).map(text).collect::<Vec<_>>()
    };
    let is_error = |d: &Diagnostic| d.level == Level::Error;
    let mut remarks = vec![
        Remark { heading: "Warnings", counts: true, items: of(&|d| d.level == Level::Warning && is_own(d)) },
        Remark { heading: "Notes", counts: false, items: of(&|d| d.level == Level::Note && is_own(d)) },
    ];
    for index in &incidents {
        let told = &site.archive().incidents[*index];
        let incident = exports::one(told);
        remarks.push(Remark {
            heading: "Inferred",
            counts: false,
            items: inferred(&incident, &values(told)),
        });
        remarks.push(Remark { heading: "Not found in the text", counts: false, items: missing(&incident) });
    }
    remarks.retain(|remark| !remark.items.is_empty());
    News {
        version,
        styles,
        hold: diagnostics.iter().any(|d| is_error(d) && is_own(d)),
        errors: of(&|d| is_error(d) && is_here(d)),
        elsewhere: of(&|d| is_error(d) && !is_here(d)),
        remarks,
    }
}

/// How diagnostics name the document of an incident.
fn file(site: &Site, incident: Index) -> Option<&str> {
    site.source(&site.archive().incidents[incident].source).map(|source| source.shown.as_str())
}

/// As in the terminal.
fn text(diagnostic: &Diagnostic) -> String {
    diagnostic::human(std::slice::from_ref(diagnostic), diagnostic::Places::All, false).trim_end().to_owned()
}

/// Values that nobody typed as such, each with the words it was read from and the line of front matter that would
/// correct it.
fn inferred(incident: &Value, values: &[values::Value]) -> Vec<String> {
    let origins = incident["origins"].as_object().into_iter().flatten();
    let is_inferred = |origin: &Value| !matches!(origin["origin"].as_str(), Some("front-matter"));
    let line = |(field, origin): (&String, &Value)| {
        let read = match (origin["line"].as_u64(), origin["quote"].as_str()) {
            (Some(line @ 1..), Some(quote)) if !quote.is_empty() => format!("line {line}, “{quote}”"),
            (Some(line @ 1..), _) => format!("line {line}"),
            _ => "other values".to_owned(),
        };
        let own = values.iter().filter(|value| value.field == field.as_str());
        let texts: Vec<String> = own.map(|value| english::clip(&value.text, LONG)).collect();
        let fix =
            annotate::line(Syntax::Yaml, field, &texts).map(|line| format!("\n  to correct it: {line}"));
        format!("{}: {}, from {read}{}", named(field), shown(&incident[field]), fix.unwrap_or_default())
    };
    origins.filter(|(_, origin)| is_inferred(origin)).map(line).collect()
}

fn missing(incident: &Value) -> Vec<String> {
    let is_missing = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    let missing: Vec<String> =
        EXPECTED.iter().filter(|field| is_missing(&incident[**field])).map(|field| named(field)).collect();
    if missing.is_empty() { Vec::new() } else { vec![missing.join(", ")] }
}

fn named(field: &str) -> String {
    field.replace('_', " ")
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(shown).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
