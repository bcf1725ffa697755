//! The fields of an incident, in one table: `incidents.json` with its evidence, `incidents.csv`, `inspect` and the tests
//! of what is read take their fields from here.

use super::{Day, Incident, Known, Moment};

/// One field.
#[derive(Debug)]
pub struct Field {
    /// As exported: `duration_minutes`.
    pub name: &'static str,
    /// Where an incident has it. Its kind decides how it is exported.
    pub get: Get,
}

/// A value of an incident that may be absent.
type One<T> = fn(&Incident) -> &Option<Known<T>>;

/// Where a field is in an incident, and of what kind it is.
#[derive(Debug)]
pub enum Get {
    Text(One<String>),
    Texts(fn(&Incident) -> &Vec<Known<String>>),
    Day(One<Day>),
    /// Start or end: exported with day and time, or not at all.
    Bound(One<Moment>),
    /// The time alone of a start or end. It is exported, and no value of its own.
    Clock(One<Moment>),
    /// Start or end in UTC, and the one that it is worked out from.
    Utc(fn(&Incident) -> &Option<String>, One<Moment>),
    /// As much as is known of when something happened.
    Moment(One<Moment>),
    Number(One<f64>),
    Causes,
    Timeline,
    Actions,
    Links,
    /// What the author typed; what is exported adds the incidents alike.
    Related,
}

impl Get {
    /// Whether entries hold more than a text, so that a spreadsheet has no column for them.
    pub fn is_nested(&self) -> bool {
        matches!(self, Get::Timeline | Get::Links)
    }
}

/// All fields, in the order of the export.
#[rustfmt::skip]
pub const FIELDS: &[Field] = &[
    Field { name: "title", get: Get::Text(|it| &it.title) },
    Field { name: "summary", get: Get::Text(|it| &it.summary) },
    Field { name: "date", get: Get::Day(|it| &it.date) },
    Field { name: "start", get: Get::Bound(|it| &it.start) },
    Field { name: "end", get: Get::Bound(|it| &it.end) },
    Field { name: "start_time", get: Get::Clock(|it| &it.start) },
    Field { name: "end_time", get: Get::Clock(|it| &it.end) },
    Field { name: "zone", get: Get::Text(|it| &it.zone) },
    Field { name: "start_utc", get: Get::Utc(|it| &it.start_utc, |it| &it.start) },
    Field { name: "end_utc", get: Get::Utc(|it| &it.end_utc, |it| &it.end) },
    Field { name: "duration_minutes", get: Get::Number(|it| &it.duration) },
    Field { name: "affected_percent", get: Get::Number(|it| &it.affected) },
    Field { name: "severity", get: Get::Text(|it| &it.severity) },
    Field { name: "status", get: Get::Text(|it| &it.status) },
    Field { name: "kind", get: Get::Text(|it| &it.kind) },
    Field { name: "organization", get: Get::Text(|it| &it.organization) },
    Field { name: "services", get: Get::Texts(|it| &it.services) },
    Field { name: "tags", get: Get::Texts(|it| &it.tags) },
    Field { name: "authors", get: Get::Texts(|it| &it.authors) },
    Field { name: "causes", get: Get::Causes },
    Field { name: "trigger", get: Get::Text(|it| &it.trigger) },
    Field { name: "factors", get: Get::Texts(|it| &it.factors) },
    Field { name: "root_cause", get: Get::Text(|it| &it.root_cause) },
    Field { name: "impact", get: Get::Text(|it| &it.impact) },
    Field { name: "resolution", get: Get::Text(|it| &it.resolution) },
    Field { name: "detection", get: Get::Text(|it| &it.detection) },
    Field { name: "detected", get: Get::Moment(|it| &it.detected) },
    Field { name: "acknowledged", get: Get::Moment(|it| &it.acknowledged) },
    Field { name: "mitigated", get: Get::Moment(|it| &it.mitigated) },
    Field { name: "resolved", get: Get::Moment(|it| &it.resolved) },
    Field { name: "time_to_detect_minutes", get: Get::Number(|it| &it.time_to_detect) },
    Field { name: "time_to_mitigate_minutes", get: Get::Number(|it| &it.time_to_mitigate) },
    Field { name: "time_to_resolve_minutes", get: Get::Number(|it| &it.time_to_resolve) },
    Field { name: "timeline", get: Get::Timeline },
    Field { name: "actions", get: Get::Actions },
    Field { name: "links", get: Get::Links },
    Field { name: "related", get: Get::Related },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_a_name_of_its_own() {
        let mut names: Vec<&str> = FIELDS.iter().map(|field| field.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), FIELDS.len());
    }
}
