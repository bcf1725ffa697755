//! What an importer reads of one incident: fields that the export states, and its text.

use super::content::{Row, Table, is_same};
use super::json;
use super::moment::Moment;
use serde_json::{Map, Value};

/// One incident of an export, or a part of one.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// What the tool knows it by.
    pub id: String,
    /// Where the tool shows it.
    pub url: Option<String>,
    /// When it was last changed: of two records with one id the later counts.
    pub updated: Option<Moment>,
    /// It belongs to the record of the same id, such as a follow-up of an incident.
    pub is_part: bool,
    /// Front matter by key.
    pub fields: Map<String, Value>,
    pub moments: Vec<(&'static str, Moment)>,
    /// What has no field, by its own name.
    pub extra: Map<String, Value>,
    pub events: Vec<Event>,
    pub actions: Vec<Action>,
    /// Text in Markdown, each with its heading; none for what stands first.
    pub sections: Vec<(Option<String>, String)>,
    /// Files to stand beside the document, by the name that its text has for them.
    pub files: Vec<(String, Vec<u8>)>,
    /// What could not be read, for diagnostics.
    pub unread: Vec<String>,
}

/// Something that happened.
#[derive(Debug, Clone)]
pub struct Event {
    pub at: Moment,
    /// A step such as `Investigating`.
    pub step: Option<String>,
    pub text: String,
}

/// Something to be done.
#[derive(Debug, Clone, Default)]
pub struct Action {
    pub text: String,
    pub owner: Option<String>,
    pub due: Option<String>,
    pub ticket: Option<String>,
    /// As the tool says it; [`Record::action`] knows what is done.
    pub state: Option<String>,
}

/// A longer text under its own name is a section, and no value.
const LONG: usize = 300;

/// Words for "there is none" where a field has to have a value.
const NOTHING: &[&str] = &["none", "n/a", "na", "null", "unknown", "-", "not set", "unset"];

impl Record {
    pub fn new(id: Option<String>) -> Record {
        Record { id: id.unwrap_or_default(), ..Record::default() }
    }

    /// A field that holds one text.
    pub fn text(&mut self, key: &str, text: Option<String>) {
        if let Some(text) = text.filter(|text| !is_nothing(text)) {
            self.fields.entry(key).or_insert(Value::from(text));
        }
    }

    /// A field that holds several.
    pub fn list(&mut self, key: &str, texts: impl IntoIterator<Item = String>) {
        let list = self.fields.entry(key).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(items) = list {
            for text in texts.into_iter().map(|text| text.trim().to_owned()).filter(|text| !is_nothing(text))
            {
                let item = Value::from(text);
                if !items.contains(&item) {
                    items.push(item);
                }
            }
        }
    }

    /// A moment. What cannot be read is kept under its own name and reported.
    pub fn moment(&mut self, key: &'static str, name: &str, read: Result<Option<Moment>, String>) {
        match read {
            Ok(moment) => self.moments.extend(moment.map(|moment| (key, moment))),
            Err(text) => {
                self.unread.push(format!("`{name}` holds no time that can be read: `{text}`"));
                self.extra.insert(name.to_owned(), Value::from(text));
            }
        }
    }

    /// The moments of a record of JSON: key of front matter, and path.
    pub fn json_moments(&mut self, value: &Value, paths: &[(&'static str, &str)]) {
        for (key, path) in paths {
            if !self.moments.iter().any(|(known, _)| known == key) {
                self.moment(key, path, json::moment(value, path));
            }
        }
    }

    /// Values of a record of JSON that have no field, by their own names.
    pub fn json_extra(&mut self, value: &Value, paths: &[&str]) {
        for path in paths {
            let name = path.trim_start_matches("attributes.");
            let list = json::names(value, path);
            match json::at(value, path).and_then(json::name) {
                Some(text) => self.extra(name, Some(text)),
                None if !list.is_empty() => self.extra(name, Some(list.join(", "))),
                None => {}
            }
        }
    }

    /// The moments of a row: key of front matter, and column.
    pub fn row_moments(&mut self, table: &Table, row: &Row, columns: &[(&'static str, &str)]) {
        for (key, column) in columns {
            if let Some(cell) = row.cell(table, column).filter(|cell| !is_nothing(cell)) {
                self.moment(key, column, Moment::of_text(&cell));
            }
        }
    }

    /// All cells of a row whose columns are not `known`, by the names of their columns.
    pub fn row_extra(&mut self, table: &Table, row: &Row, known: &[&str]) {
        for (header, cell) in table.headers.iter().zip(&row.cells) {
            if !known.iter().any(|name| is_same(header, name)) {
                self.extra(header.trim(), Some(cell.trim().to_owned()));
            }
        }
    }

    /// A value without a field. What is long is text.
    pub fn extra(&mut self, name: &str, value: Option<String>) {
        let Some(value) = value.filter(|value| !is_nothing(value)) else { return };
        if value.len() > LONG || value.contains('\n') {
            return self.section(name, Some(value));
        }
        self.extra.insert(name.to_owned(), Value::from(value));
    }

    /// Text under a heading.
    pub fn section(&mut self, heading: &str, text: Option<String>) {
        if let Some(text) = text.filter(|text| !is_nothing(text)) {
            self.sections.push((Some(heading.to_owned()), text.trim().to_owned()));
        }
    }

    /// Text without one, which has headings of its own.
    pub fn body(&mut self, text: Option<String>) {
        if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
            self.sections.push((None, text.trim_matches(['\n', '\r']).trim_end().to_owned()));
        }
    }

    pub fn event(&mut self, at: Result<Option<Moment>, String>, step: Option<String>, text: Option<String>) {
        match at {
            Ok(Some(at)) if step.is_some() || text.is_some() => {
                self.events.push(Event { at, step, text: text.unwrap_or_default() });
            }
            Ok(Some(_)) => {}
            // Without its time it is still told.
            _ => self.body([step, text].into_iter().flatten().reduce(|step, text| format!("{step}: {text}"))),
        }
    }

    pub fn action(&mut self, action: Action) {
        if !action.text.trim().is_empty() {
            self.actions.push(action);
        }
    }

    /// Marks the document as one for those inside.
    pub fn withhold(&mut self) {
        self.fields.insert("visibility".to_owned(), Value::from("internal"));
    }

    /// The incident's first known moment. Closing or writing is none.
    pub fn day(&self) -> Option<Moment> {
        const FIRST: &[&str] = &["start", "date", "detected", "acknowledged", "mitigated", "end"];
        let of = |key: &&str| self.moments.iter().find(|(known, _)| known == key).map(|(_, moment)| *moment);
        FIRST.iter().find_map(of)
    }

    /// Adds what belongs to the same incident. What is known already stays.
    pub fn merge(&mut self, part: Record) {
        for (key, value) in part.fields {
            match (self.fields.get_mut(&key), value) {
                (Some(Value::Array(items)), Value::Array(more)) => {
                    more.into_iter().for_each(|item| {
                        if !items.contains(&item) {
                            items.push(item)
                        }
                    });
                }
                (Some(_), _) if key != "visibility" => {}
                (_, value) => drop(self.fields.insert(key, value)),
            }
        }
        let known: Vec<&str> = self.moments.iter().map(|(key, _)| *key).collect();
        let more: Vec<_> = part.moments.into_iter().filter(|(key, _)| !known.contains(key)).collect();
        self.moments.extend(more);
        for (name, value) in part.extra {
            self.extra.entry(name).or_insert(value);
        }
        self.url = self.url.take().or(part.url);
        self.events.extend(part.events);
        self.actions.extend(part.actions);
        self.sections.extend(part.sections);
        self.files.extend(part.files);
        self.unread.extend(part.unread);
    }
}

impl Action {
    /// Whether the words of the tool say that it is done; nothing when it was given up or nobody says.
    pub fn done(&self) -> Option<bool> {
        const DONE: &[&str] = &["done", "completed", "complete", "closed", "resolved", "finished", "true"];
        const OPEN: &[&str] = &[
            "outstanding",
            "open",
            "in_progress",
            "in progress",
            "todo",
            "to do",
            "incomplete",
            "new",
            "false",
        ];
        let state = self.state.as_ref()?.to_lowercase();
        if DONE.contains(&state.as_str()) {
            Some(true)
        } else {
            OPEN.contains(&state.as_str()).then_some(false)
        }
    }
}

fn is_nothing(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || NOTHING.contains(&text.to_lowercase().as_str())
}
