//! Any table with a column for the title, as spreadsheets and databases write it. Columns with the name of a field of
//! front matter are that field, the command line may name others, and the rest is kept under `extra`.

use crate::import::columns;
use crate::import::importer::{File, Importer, Shape};
use crate::import::record::Record;

pub const IMPORTER: Importer = Importer {
    name: "csv",
    tool: "the table",
    reads_as: "a table of incidents",
    shapes: &[Shape::Fields(&["title"])],
    read,
};

/// Columns that tell one incident from the others, where none is called an id.
const KEYS: &[&str] = &["id", "number", "key", "no", "#", "reference"];

fn read(file: &File<'_>, records: &mut Vec<Record>) {
    let Some(table) = file.table() else { return };
    let columns = columns::of(table, file.map);
    for row in &table.rows {
        let mut record = Record::default();
        for ((cell, header), column) in row.cells.iter().zip(&table.headers).zip(&columns) {
            let cell = cell.trim();
            match column {
                _ if cell.is_empty() => {}
                Some(column) => column.put(&mut record, cell),
                None => record.extra(header.trim(), Some(cell.to_owned())),
            }
        }
        if record.id.is_empty() {
            record.id = KEYS.iter().find_map(|key| row.cell(table, key)).unwrap_or_default();
        }
        records.push(record);
    }
}
