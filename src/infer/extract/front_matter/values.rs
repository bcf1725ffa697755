//! Values of front matter as texts, lists, events and actions.

use crate::diagnostic::Span;
use crate::document::{Entry, scalar};
use crate::incident::Action;
use crate::infer::context::text::is_placeholder;
use crate::infer::extract::actions::item;
use crate::language::{Times, iso_day};
use serde_json::Value;

/// Keys that hold what happened.
pub const EVENT: &[&str] = &["text", "event", "description", "what"];
/// Keys that hold what is to be done.
pub const ACTION: &[&str] = &["text", "title", "action", "task", "item", "description", "name"];

/// Whether a value is a text, or a table with one of these keys.
pub fn is_text_or_has(item: &Value, keys: &[&str]) -> bool {
    scalar(item).is_some() || keys.iter().any(|key| item.get(key).is_some())
}

/// When something happened, and what: `{time, text}`, or a text that begins with the time.
pub fn moment_and_text(item: &Value) -> (Option<String>, Option<String>) {
    match item {
        Value::Object(map) => (pick(map, &["time", "at", "when", "date"]), pick(map, EVENT)),
        other => split_event(other),
    }
}

fn split_event(value: &Value) -> (Option<String>, Option<String>) {
    let text = scalar(value).unwrap_or_default();
    let end = Times::of(&text).clocks.first().map_or(0, |clock| clock.range.end);
    let what = text[end..].trim_start_matches([' ', ':', '-', '–', '—']).to_owned();
    (Some(text[..end].to_owned()), Some(what).filter(|what| !what.is_empty()))
}

/// An action: a table, or its text alone.
pub fn action(item: &Value, line: u32, span: Span) -> Option<Action> {
    let plain = Action { text: String::new(), done: None, owner: None, due: None, ticket: None, line, span };
    match item {
        Value::Object(map) => Some(Action {
            text: pick(map, ACTION)?,
            done: map
                .get("done")
                .and_then(Value::as_bool)
                .or_else(|| pick(map, &["status", "state", "done"]).and_then(|state| item::state(&state))),
            owner: pick(map, &["owner", "assignee", "who", "dri"]),
            due: pick(map, &["due", "due_date", "deadline", "eta"]),
            ticket: pick(map, &["ticket", "issue", "jira", "bug", "url", "link"]),
            ..plain
        }),
        other => {
            Some(Action { text: scalar(other)?, ..plain }).filter(|action| !is_placeholder(&action.text))
        }
    }
}

fn pick(map: &serde_json::Map<String, Value>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| map.get(*name).and_then(scalar)).filter(|text| !is_placeholder(text))
}

/// Days and times of a value. A day that is typed in full is one in any year, as that of a ship's last voyage.
pub fn times(text: &str) -> Times {
    let mut times = Times::of(text);
    if times.dates.is_empty() {
        times.dates.extend(iso_day(text));
    }
    times
}

/// The items of a list, or the value alone.
pub fn list(value: &Value) -> &[Value] {
    match value {
        Value::Array(items) => items,
        other => std::slice::from_ref(other),
    }
}

/// A list of texts as one text.
pub fn joined(value: &Value) -> Option<String> {
    let parts: Vec<String> = value.as_array()?.iter().filter_map(scalar).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// The texts of a list; one text is split at commas and semicolons.
pub fn texts(entry: &Entry) -> Vec<String> {
    let named = |item: &Value| scalar(item).or_else(|| item.get("name").and_then(scalar));
    let texts: Vec<String> = match &entry.value {
        Value::Array(items) => items.iter().filter_map(named).collect(),
        Value::String(text) => text.split([',', ';']).map(str::to_owned).collect(),
        other => named(other).into_iter().collect(),
    };
    texts.into_iter().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
}
