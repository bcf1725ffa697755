//! Any table with a column for the title, as spreadsheets and databases write it. Columns with the name of a field of
//! front matter are that field, the command line may name others, and the rest is kept under `extra`.

use crate::document::Label;
use crate::import::columns::{self, Column};
use crate::import::importer::{File, Importer, Shape};
use crate::import::moment::Moment;
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
                Some(column) => put(&mut record, column, cell),
                None => record.extra(header.trim(), Some(cell.to_owned())),
            }
        }
        if record.id.is_empty() {
            record.id = KEYS.iter().find_map(|key| row.cell(table, key)).unwrap_or_default();
        }
        records.push(record);
    }
}

fn put(record: &mut Record, column: &Column, cell: &str) {
    let key = match column.label {
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
        label if is_text(label) => return record.section(&column.key, Some(cell.to_owned())),
        Label::Page | Label::Other => return record.extra(&column.key, Some(cell.to_owned())),
        _ => return record.text(&column.key, Some(cell.to_owned())),
    };
    match Moment::read(cell) {
        Some(moment) => record.moments.push((key, moment)),
        // Whoever reads front matter knows more forms, and what order of day and month the folder has.
        None => record.text(key, Some(cell.to_owned())),
    }
}

/// Whether a field is told in sentences.
fn is_text(label: Label) -> bool {
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
