//! `incidents.csv`: the scalars of each incident, for spreadsheets.

use super::json::Exported;
use crate::archive::Archive;
use serde_json::Value;

/// The columns, in the order of `incidents.json`.
const COLUMNS: &[&str] = &[
    "id",
    "url",
    "source",
    "title",
    "summary",
    "date",
    "start",
    "end",
    "start_time",
    "end_time",
    "zone",
    "start_utc",
    "end_utc",
    "duration_minutes",
    "affected_percent",
    "severity",
    "status",
    "kind",
    "organization",
    "services",
    "tags",
    "authors",
    "causes",
    "trigger",
    "factors",
    "root_cause",
    "impact",
    "resolution",
    "detection",
    "detected",
    "acknowledged",
    "mitigated",
    "resolved",
    "time_to_detect_minutes",
    "time_to_mitigate_minutes",
    "time_to_resolve_minutes",
    "actions",
    "related",
];

/// A line of names, then one line an incident, newest first; lists joined with "; ".
pub fn csv(archive: &Archive) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing into memory cannot fail.
    let _ = writer.write_record(COLUMNS);
    for (index, incident) in archive.incidents.iter().enumerate() {
        let related = archive.related(index).iter().map(|r| archive.incidents[r.incident].id.as_str());
        let exported = serde_json::to_value(Exported::of(incident, related.collect())).unwrap_or_default();
        let _ = writer.write_record(COLUMNS.iter().map(|column| guarded(cell(&exported[*column]))));
    }
    writer.into_inner().unwrap_or_default()
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(cell).collect::<Vec<_>>().join("; "),
        Value::Object(action) => action.get("text").map(cell).unwrap_or_default(),
        other => other.to_string(),
    }
}

/// A cell that a spreadsheet would run as a formula gets a `'` before it
/// (the list of OWASP and ASVS 1.2.10, with full-width forms and CR).
fn guarded(cell: String) -> String {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']) {
        true => format!("'{cell}"),
        false => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_disarmed() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"] {
            assert_eq!(guarded(cell.to_owned()), format!("'{cell}"));
        }
        assert_eq!(guarded("a=b".to_owned()), "a=b");
    }
}
