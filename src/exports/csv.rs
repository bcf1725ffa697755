//! `incidents.csv`: the scalars of each incident, for spreadsheets.

use super::json::{Exported, related};
use super::{Export, Input, Offer};
use serde_json::Number;
use std::borrow::Cow;
use std::io::{self, Write};

pub const EXPORT: Export = Export {
    path: "incidents.csv",
    offer: Offer::Data { format: "csv", title: "CSV" },
    when: super::always,
    write: csv,
};

/// A column: its name, and what an incident has there.
type Column = (&'static str, for<'e> fn(&'e Exported<'_>) -> Cow<'e, str>);

/// The columns, in the order of `incidents.json`.
#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    ("id", |it| it.id.into()),
    ("url", |it| it.url.as_str().into()),
    ("source", |it| it.source.into()),
    ("title", |it| text(it.title)),
    ("summary", |it| text(it.summary)),
    ("date", |it| text(it.date.as_deref())),
    ("start", |it| text(it.start.as_deref())),
    ("end", |it| text(it.end.as_deref())),
    ("start_time", |it| text(it.start_time.as_deref())),
    ("end_time", |it| text(it.end_time.as_deref())),
    ("zone", |it| text(it.zone)),
    ("start_utc", |it| text(it.start_utc)),
    ("end_utc", |it| text(it.end_utc)),
    ("duration_minutes", |it| number(&it.duration_minutes)),
    ("affected_percent", |it| number(&it.affected_percent)),
    ("severity", |it| text(it.severity)),
    ("status", |it| text(it.status)),
    ("kind", |it| text(it.kind)),
    ("organization", |it| text(it.organization)),
    ("services", |it| list(&it.services)),
    ("tags", |it| list(&it.tags)),
    ("authors", |it| list(&it.authors)),
    ("causes", |it| list(&it.causes)),
    ("trigger", |it| text(it.trigger)),
    ("factors", |it| list(&it.factors)),
    ("root_cause", |it| text(it.root_cause)),
    ("impact", |it| text(it.impact)),
    ("resolution", |it| text(it.resolution)),
    ("detection", |it| text(it.detection)),
    ("detected", |it| text(it.detected.as_deref())),
    ("acknowledged", |it| text(it.acknowledged.as_deref())),
    ("mitigated", |it| text(it.mitigated.as_deref())),
    ("resolved", |it| text(it.resolved.as_deref())),
    ("time_to_detect_minutes", |it| number(&it.time_to_detect_minutes)),
    ("time_to_mitigate_minutes", |it| number(&it.time_to_mitigate_minutes)),
    ("time_to_resolve_minutes", |it| number(&it.time_to_resolve_minutes)),
    ("actions", |it| list(&it.actions.iter().map(|action| action.text).collect::<Vec<_>>())),
    ("related", |it| list(&it.related)),
];

/// A line of names, then one line an incident, newest first; lists joined with "; ".
fn csv(input: &Input<'_>, out: &mut dyn Write) -> io::Result<()> {
    let archive = input.archive;
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS.iter().map(|(name, _)| name)).map_err(cause)?;
    for (index, incident) in archive.incidents.iter().enumerate() {
        let exported = Exported::of(incident, related(archive, index));
        for (_, cell) in COLUMNS {
            writer.write_field(guarded(cell(&exported)).as_ref()).map_err(cause)?;
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

fn text(text: Option<&str>) -> Cow<'_, str> {
    text.unwrap_or_default().into()
}

fn number<'e>(number: &Option<Number>) -> Cow<'e, str> {
    number.as_ref().map(Number::to_string).unwrap_or_default().into()
}

fn list<'e>(items: &[&str]) -> Cow<'e, str> {
    items.join("; ").into()
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
    fn the_columns_are_the_fields_of_the_json_but_those_that_hold_more_than_a_list() {
        let incident = crate::incident::Incident::default();
        let fields = serde_json::to_value(Exported::of(&incident, Vec::new())).expect("plain data");
        let fields = fields.as_object().expect("an object").keys().map(String::as_str);
        let nested = ["timeline", "links", "extra", "origins"];
        let columns: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
        assert_eq!(columns, fields.filter(|field| !nested.contains(field)).collect::<Vec<_>>());
    }
}
