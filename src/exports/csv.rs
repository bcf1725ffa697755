//! `incidents.csv`: the scalars of each incident, for spreadsheets.

use super::json::{Cell, Exported};
use super::{Export, Input, Offer};
use crate::incident::fields::{FIELDS, Field};
use std::borrow::Cow;
use std::io::{self, Write};

pub const EXPORT: Export = Export {
    path: "incidents.csv",
    offer: Offer::Data { format: "csv", title: "CSV" },
    when: super::always,
    write: csv,
};

/// What stands before the fields.
const HEAD: [&str; 3] = ["id", "url", "source"];

/// The fields that have a column.
fn columns() -> impl Iterator<Item = &'static Field> {
    FIELDS.iter().filter(|field| !field.get.is_nested())
}

/// A line of names, then one line an incident, newest first; lists joined with "; ".
fn csv(input: &Input<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(HEAD.into_iter().chain(columns().map(|field| field.name))).map_err(cause)?;
    for exported in Exported::all(input.archive) {
        let incident = exported.incident;
        let head =
            [incident.id.as_str().into(), super::url(incident).into(), incident.source.as_str().into()];
        let cells = columns().map(|field| text(exported.cell(field)));
        for cell in head.into_iter().chain(cells) {
            writer.write_field(guarded(cell).as_ref()).map_err(cause)?;
        }
        writer.write_record(None::<&[u8]>).map_err(cause)?;
    }
    writer.flush()
}

/// What `out` said, which the library's own error hides.
fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn text(cell: Cell<'_>) -> Cow<'_, str> {
    match cell {
        Cell::Text(text) => text.unwrap_or_default().into(),
        Cell::Time(time) => time.unwrap_or_default().into(),
        Cell::Number(number) => number.map(|number| number.to_string()).unwrap_or_default().into(),
        Cell::List(items) => items.join("; ").into(),
        Cell::Actions(actions) => {
            actions.iter().map(|action| action.text).collect::<Vec<_>>().join("; ").into()
        }
        Cell::Events(_) | Cell::Links(_) => Cow::default(),
    }
}

/// A cell that a spreadsheet would run as a formula gets a `'` before it
/// (the list of OWASP and ASVS 1.2.10, with full-width forms and CR).
fn guarded(cell: Cow<'_, str>) -> Cow<'_, str> {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']) {
        true => format!("'{cell}").into(),
        false => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_disarmed() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"] {
            assert_eq!(guarded(cell.into()), format!("'{cell}"));
        }
        assert_eq!(guarded("a=b".into()), "a=b");
    }

    #[test]
    fn every_field_is_in_the_json_and_in_the_csv_but_those_that_hold_more_than_a_list() {
        let exported = Exported { incident: &crate::incident::Incident::default(), related: Vec::new() };
        let json = serde_json::to_string(&exported).expect("plain data");
        let json: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(&json).expect("an object");
        for field in FIELDS {
            assert!(json.contains_key(field.name), "{}", field.name);
        }
        let others = ["id", "url", "source", "extra", "origins"];
        assert_eq!(json.len(), FIELDS.len() + others.len());
        let nested: Vec<&str> = FIELDS.iter().filter(|field| field.get.is_nested()).map(|f| f.name).collect();
        assert_eq!(nested, ["timeline", "links"]);
        assert_eq!(columns().count() + nested.len(), FIELDS.len());
    }
}
