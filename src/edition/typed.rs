//! What an edition leaves out of front matter: keys, and keys in tables and lists.

use super::edit::Edit;
use super::people;
use crate::config::Edition;
use crate::document::{Entry, FrontMatter, Label, Labels, Syntax, labels::fold, scalar};
use serde_json::{Map, Value};

/// The key whose words stand nowhere in an edition.
pub const REDACT: &str = "redact";

/// What becomes of a value.
enum Change {
    Keep,
    Remove,
    Replace(Value),
}

/// Decides about keys.
pub struct Rules<'e> {
    edition: &'e Edition,
    labels: &'e Labels,
}

impl<'e> Rules<'e> {
    pub fn new(edition: &'e Edition, labels: &'e Labels) -> Rules<'e> {
        Rules { edition, labels }
    }

    /// The edits of a front matter. YAML is changed key by key; a whole block of JSON takes the place of the
    /// other languages, whose lines do not stand for themselves.
    pub fn edits(&self, text: &str, front_matter: &FrontMatter) -> Vec<Edit> {
        let changes: Vec<(&Entry, Change)> =
            front_matter.entries.iter().map(|entry| (entry, self.change(&entry.key, &entry.value))).collect();
        if changes.iter().all(|(_, change)| matches!(change, Change::Keep)) {
            return Vec::new();
        }
        let stands_for_itself = |(entry, change): &(&Entry, Change)| {
            matches!(change, Change::Keep) || entry.span != front_matter.span
        };
        if front_matter.syntax == Some(Syntax::Yaml) && changes.iter().all(stands_for_itself) {
            return changes.into_iter().filter_map(|(entry, change)| line(text, entry, change)).collect();
        }
        let kept = changes.into_iter().filter_map(|(entry, change)| {
            let value = change.of(&entry.value)?;
            Some((entry.key.clone(), value))
        });
        let json = Value::Object(kept.collect::<Map<_, _>>());
        vec![Edit { range: front_matter.span.range(), by: format!("{json:#}\n") }]
    }

    fn change(&self, key: &str, value: &Value) -> Change {
        if fold(key) == REDACT || self.is_removed(key) {
            return Change::Remove;
        }
        if self.edition.people_as_roles && self.names_people(key) && is_filled(value) {
            return Change::Replace(Value::from(people::ROLE));
        }
        self.inside(value).map_or(Change::Keep, Change::Replace)
    }

    /// A value with what is changed in its tables and lists; nothing when that is nothing.
    fn inside(&self, value: &Value) -> Option<Value> {
        match value {
            Value::Object(map) => {
                let changes: Vec<_> =
                    map.iter().map(|(key, value)| (key, value, self.change(key, value))).collect();
                let is_changed = changes.iter().any(|(.., change)| !matches!(change, Change::Keep));
                let kept = changes
                    .into_iter()
                    .filter_map(|(key, value, change)| Some((key.clone(), change.of(value)?)));
                is_changed.then(|| Value::Object(kept.collect()))
            }
            Value::Array(items) => {
                let changes: Vec<Option<Value>> = items.iter().map(|item| self.inside(item)).collect();
                let is_changed = changes.iter().any(Option::is_some);
                let items =
                    changes.into_iter().zip(items).map(|(new, old)| new.unwrap_or_else(|| old.clone()));
                is_changed.then(|| items.collect())
            }
            _ => None,
        }
    }

    /// Whether the edition leaves out a field, by any of its names.
    pub fn is_removed(&self, key: &str) -> bool {
        let label = self.labels.front_matter(key);
        let names_it = |name: &String| {
            fold(name) == fold(key) || label.is_some() && self.labels.front_matter(name) == label
        };
        self.edition.remove_fields.iter().any(names_it)
    }

    fn names_people(&self, key: &str) -> bool {
        matches!(self.labels.front_matter(key), Some(Label::Authors | Label::Owner))
            || people::is_responder(key)
    }
}

impl Change {
    fn of(self, value: &Value) -> Option<Value> {
        match self {
            Change::Keep => Some(value.clone()),
            Change::Remove => None,
            Change::Replace(new) => Some(new),
        }
    }
}

/// The words of `redact`.
pub fn redacted(front_matter: &FrontMatter) -> Vec<String> {
    let entry = front_matter.entries.iter().find(|entry| fold(&entry.key) == REDACT);
    let words = |entry: &Entry| match &entry.value {
        Value::Array(items) => items.iter().filter_map(scalar).collect(),
        other => scalar(other).into_iter().collect::<Vec<_>>(),
    };
    let words = entry.map(words).unwrap_or_default();
    words.into_iter().map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
}

fn is_filled(value: &Value) -> bool {
    !matches!(value, Value::Null)
        && value.as_str() != Some("")
        && value.as_array().is_none_or(|items| !items.is_empty())
}

/// The edit of a key that has lines of its own.
fn line(text: &str, entry: &Entry, change: Change) -> Option<Edit> {
    let range = entry.span.range();
    match change {
        Change::Keep => None,
        Change::Remove => {
            let end = text[range.end..].find('\n').map_or(text.len(), |at| range.end + at + 1);
            Some(Edit::removal(range.start..end))
        }
        Change::Replace(value) => {
            let key = &text[range.clone()];
            let key = &key[..key.find(':').unwrap_or(key.len())];
            Some(Edit { range, by: format!("{key}: {value}") })
        }
    }
}
