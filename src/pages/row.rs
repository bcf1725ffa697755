//! An incident as a row of a list. Each is built once and stands in many pages.

use super::causes::CauseView;
use super::view::{Shared, views};
use super::{Pages, english};
use crate::address;
use crate::archive::Facet;
use crate::archive::{Index, Shelf};
use crate::incident::{Day, Incident};

/// Most characters of a summary in a row.
const SUMMARY: usize = 170;

views! {
    /// A day, in the forms that pages need.
    pub struct DateView {
        /// `2024-06-28`, or `2024-06` when only the month is known; for `datetime`.
        pub iso: String,
        /// `28 Jun 2024`.
        pub short: String,
        /// `28 June 2024`.
        pub long: String,
    }

    /// A severity.
    pub struct SeverityView {
        /// `SEV 1` and so on for those with a number, other labels as written.
        pub label: String,
        /// Class of its weight: `sev sev1` for the worst, `sev sev2`, `sev` below; empty when the label says no rank.
        pub class: String,
        /// Address of its page.
        pub url: String,
    }

    /// A name that leads somewhere.
    pub struct LinkView {
        /// What it says.
        pub text: String,
        /// Where it leads: relative to the archive's top, or absolute.
        pub url: String,
    }

    /// One incident in a list.
    pub struct RowView {
        /// Its stable id, unique in the archive.
        pub id: String,
        /// Address of its page, with an anchor for the further incidents of one document.
        pub url: String,
        /// Its title, or what stands for it.
        pub title: String,
        /// One sentence of its summary, or nothing.
        pub summary: Option<String>,
        /// When it started.
        pub date: Option<DateView>,
        /// How long it lasted, such as `1 h 34 min`.
        pub lasted: Option<String>,
        /// How severe it was.
        pub severity: Option<Shared<SeverityView>>,
        /// Its primary cause; `Not established` when there is none.
        pub cause: Shared<CauseView>,
        /// The services it hit.
        pub services: Vec<Shared<LinkView>>,
    }
}

impl DateView {
    pub fn of(day: Day) -> DateView {
        DateView { iso: day.iso(), short: english::short_day(day), long: english::day(day) }
    }
}

/// The address of an incident: its document's page, or its anchor in there.
pub fn url(incident: &Incident) -> String {
    match incident.nth {
        0 | 1 => address::incident(&incident.slug),
        n => format!("{}#{}", address::incident(&incident.slug), address::incident_anchor(n)),
    }
}

/// What an incident is called on pages.
pub fn name(incident: &Incident) -> String {
    match (&incident.title, &incident.date) {
        (Some(title), _) => title.value.clone(),
        (None, Some(date)) => format!("Incident of {}", english::day(date.value)),
        (None, None) => incident.name(),
    }
}

/// An incident as a row.
pub fn row(pages: &Pages, index: Index) -> RowView {
    let incident = &pages.archive.incidents[index];
    RowView {
        id: incident.id.clone(),
        url: url(incident),
        title: name(incident),
        summary: incident.summary.as_ref().map(|summary| english::first_sentence(&summary.value, SUMMARY)),
        date: incident.date.as_ref().map(|date| DateView::of(date.value)),
        lasted: incident.duration.as_ref().map(|duration| english::duration(duration.value)),
        severity: pages.severity(index),
        cause: pages.causes.all()[pages.causes.primary(index)].shared.clone(),
        services: pages.links(Facet::Service, index),
    }
}

/// A severity with its weight, from its shelf.
pub fn severity(shelf: &Shelf) -> SeverityView {
    SeverityView {
        class: weight(&shelf.name),
        url: Facet::Severity.url(&shelf.slug),
        label: shelf.name.clone(),
    }
}

/// The class of a severity's weight: by its number, or by the usual words for the two worst.
pub fn weight(label: &str) -> String {
    let folded = label.trim().to_lowercase();
    let digits = folded.trim_start_matches(|c: char| c.is_alphabetic() || " -_:#".contains(c));
    let class = match (digits.parse::<u8>(), folded.as_str()) {
        (Ok(0 | 1), _) | (_, "critical" | "landmark") => "sev sev1",
        (Ok(2), _) | (_, "major" | "high") => "sev sev2",
        (Ok(_), _) | (_, "minor" | "low" | "medium" | "moderate") => "sev",
        _ => "",
    };
    class.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn severity_is_weight_of_ink() {
        for (label, class) in [
            ("SEV 1", "sev sev1"),
            ("SEV-1", "sev sev1"),
            ("P0", "sev sev1"),
            ("2", "sev sev2"),
            ("S3", "sev"),
            ("Major", "sev sev2"),
            ("annoying", ""),
            ("", ""),
        ] {
            assert_eq!(weight(label), class, "{label}");
        }
    }
}
