//! Columns of a table by the field that they hold: as the command line says, or by their names.

use super::content::{Table, is_same};
use super::importer::Map;
use super::moment::Moment;
use super::record::Record;
use crate::document::{Label, Labels};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The names that every folder knows; they take long to build.
static LABELS: LazyLock<Labels> = LazyLock::new(|| Labels::new(&BTreeMap::new()));

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The key of front matter: the field from the command line, or the column's own name.
    pub key: String,
    pub label: Label,
}

/// What each column of a table holds, in their order; nothing where no field has such a name.
pub fn of(table: &Table, map: Map<'_>) -> Vec<Option<Column>> {
    table.headers.iter().map(|header| column(header, map)).collect()
}

/// What a column, or a property of a page, of a name holds.
pub fn named(header: &str) -> Option<Column> {
    column(header, &[])
}

fn column(header: &str, map: Map<'_>) -> Option<Column> {
    let mapped = map.iter().find(|(_, column)| is_same(column, header));
    let key = mapped.map_or(header.trim(), |(field, _)| field);
    let label = LABELS.front_matter(key)?;
    Some(Column { key: key.to_owned(), label })
}

/// Whether a table has a column for a field.
pub fn has(table: &Table, map: Map<'_>, field: &str) -> bool {
    let wanted = LABELS.front_matter(field);
    table.headers.iter().any(|header| column(header, map).map(|column| column.label) == wanted)
}

/// Whether a name is one of a field.
pub fn is_field(name: &str) -> bool {
    LABELS.front_matter(name).is_some()
}

impl Column {
    /// Puts a cell where it belongs.
    pub fn put(&self, record: &mut Record, cell: &str) {
        let key = match self.label {
            Label::Id if record.id.is_empty() => {
                cell.clone_into(&mut record.id);
                return;
            }
            Label::Title => return record.text("title", Some(cell.to_owned())),
            Label::Start => "start",
            Label::Detected => "detected",
            Label::Acknowledged => "acknowledged",
            Label::Mitigated => "mitigated",
            Label::End => "end",
            Label::Date => "date",
            Label::Services => return record.list("services", cell.split([',', ';']).map(str::to_owned)),
            Label::Tags => return record.list("tags", cell.split([',', ';']).map(str::to_owned)),
            label if is_text(label) => return record.section(&self.key, Some(cell.to_owned())),
            Label::Page | Label::Other => return record.extra(&self.key, Some(cell.to_owned())),
            _ => return record.text(&self.key, Some(cell.to_owned())),
        };
        match Moment::read(cell) {
            Some(moment) => record.moments.push((key, moment)),
            // Whoever reads front matter knows more forms, and what order of day and month the folder has.
            None => record.text(key, Some(cell.to_owned())),
        }
    }
}

/// Whether a field is told in sentences.
pub fn is_text(label: Label) -> bool {
    use Label::{
        Actions, Background, Detection, Impact, Lessons, Resolution, RootCause, Story, Summary, Timeline,
        Trigger,
    };
    let told = [
        Summary, Impact, RootCause, Detection, Resolution, Timeline, Actions, Lessons, Background, Story,
        Trigger,
    ];
    told.contains(&label)
}
