//! Columns of a table by the field that they hold: as the command line says, or by their names.

use super::content::{Table, is_same};
use super::importer::Map;
use crate::document::{Label, Labels};
use std::collections::BTreeMap;

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The key of front matter: the field from the command line, or the column's own name.
    pub key: String,
    pub label: Label,
}

/// What each column of a table holds, in their order; nothing where no field has such a name.
pub fn of(table: &Table, map: Map<'_>) -> Vec<Option<Column>> {
    let labels = Labels::new(&BTreeMap::new());
    table.headers.iter().map(|header| column(&labels, header, map)).collect()
}

fn column(labels: &Labels, header: &str, map: Map<'_>) -> Option<Column> {
    let mapped = map.iter().find(|(_, column)| is_same(column, header));
    let key = mapped.map_or(header.trim(), |(field, _)| field);
    let label = labels.front_matter(key)?;
    Some(Column { key: key.to_owned(), label })
}

/// Whether a table has a column for a field.
pub fn has(table: &Table, map: Map<'_>, field: &str) -> bool {
    let labels = Labels::new(&BTreeMap::new());
    let wanted = labels.front_matter(field);
    table.headers.iter().any(|header| column(&labels, header, map).map(|column| column.label) == wanted)
}

/// Whether a name is one of a field.
pub fn is_field(name: &str) -> bool {
    Labels::new(&BTreeMap::new()).front_matter(name).is_some()
}
