//! Incidents put in order and on their shelves.

use super::related::Alike;
use super::{Archive, Shelf, slugs};
use crate::address::{Facet, UNDATED};
use crate::diagnostic::Diagnostic;
use crate::incident::causes::{CAUSES, UNKNOWN};
use crate::incident::{Incident, Known};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

impl Archive {
    /// Gathers the incidents of all documents, given in path order. What an `earlier`
    /// archive found out about the same incidents need not be found again.
    pub fn gather(mut incidents: Vec<Arc<Incident>>, earlier: Option<&Archive>) -> (Archive, Vec<Diagnostic>) {
        let diagnostics = give_slugs(&mut incidents);
        incidents.sort_by(|a, b| newest_first(a).cmp(&newest_first(b)));
        let shelves = Facet::ALL.map(|facet| shelves(facet, &incidents));
        let alike = Alike::new(&incidents, earlier.map(|earlier| (earlier.incidents.as_slice(), &earlier.alike)));
        (Archive { incidents, shelves, alike }, diagnostics)
    }
}

/// Newest first by date and time; then the undated; equal ones by path and place.
fn newest_first(incident: &Incident) -> impl Ord + '_ {
    let (date, time, source, nth) = incident.order();
    (Reverse(date), Reverse(time), source, nth)
}

/// Every document its own slug, every incident its own id.
fn give_slugs(incidents: &mut [Arc<Incident>]) -> Vec<Diagnostic> {
    let firsts: Vec<usize> =
        (0..incidents.len()).filter(|n| *n == 0 || incidents[*n].source != incidents[*n - 1].source).collect();
    let wanted: Vec<(&str, &str)> = firsts.iter().map(|n| (incidents[*n].source.as_str(), incidents[*n].slug.as_str())).collect();
    let (unique, diagnostics) = slugs::unique(&wanted);
    let mut document = 0;
    for (n, incident) in incidents.iter_mut().enumerate() {
        if firsts.get(document + 1) == Some(&n) {
            document += 1;
        }
        let nth = n - firsts[document] + 1;
        if !incident.is_called(&unique[document], nth) {
            Arc::make_mut(incident).call(&unique[document], nth);
        }
    }
    diagnostics
}

fn shelves(facet: Facet, incidents: &[Arc<Incident>]) -> Vec<Shelf> {
    let mut by_slug: BTreeMap<String, Shelf> = BTreeMap::new();
    for (index, incident) in incidents.iter().enumerate() {
        for (slug, name) in values(facet, incident) {
            let shelf = by_slug.entry(slug.clone()).or_insert_with(|| Shelf { facet, slug, name, incidents: Vec::new() });
            if shelf.incidents.last() != Some(&index) {
                shelf.incidents.push(index);
            }
        }
    }
    let mut shelves: Vec<Shelf> = by_slug.into_values().collect();
    shelves.sort_by(|a, b| shelf_order(a).cmp(&shelf_order(b)));
    shelves
}

/// Causes by count and then as in their table, unknown last; months and years
/// newest first, the undated last; the others by name.
fn shelf_order(shelf: &Shelf) -> impl Ord + '_ {
    let name = shelf.name.to_lowercase();
    match shelf.facet {
        Facet::Cause => {
            let row = CAUSES.iter().position(|row| row.slug == shelf.slug).unwrap_or(CAUSES.len());
            (shelf.slug == UNKNOWN, Reverse(shelf.incidents.len()), row, Reverse(""), name)
        }
        Facet::Month | Facet::Year => (shelf.slug == UNDATED, Reverse(0), 0, Reverse(shelf.slug.as_str()), name),
        Facet::Service | Facet::Severity | Facet::Tag => (false, Reverse(0), 0, Reverse(""), name),
    }
}

/// The slugs and names of an incident's values of a facet.
fn values(facet: Facet, incident: &Incident) -> Vec<(String, String)> {
    let named = |known: &Known<String>| (slugs::value_slug(facet.noun(), &known.value), known.value.clone());
    match facet {
        Facet::Cause if incident.causes.is_empty() => vec![(UNKNOWN.to_owned(), "Not established".to_owned())],
        Facet::Cause => incident.causes.iter().map(|cause| (cause.value.slug.clone(), cause.value.name.clone())).collect(),
        Facet::Month => vec![month(incident)],
        Facet::Year => {
            incident.date.iter().map(|date| (format!("{:04}", date.value.year), format!("{:04}", date.value.year))).collect()
        }
        Facet::Service => incident.services.iter().map(named).collect(),
        Facet::Severity => incident.severity.iter().map(severity).collect(),
        Facet::Tag => incident.tags.iter().map(named).collect(),
    }
}

/// `1`, `sev-1` and `Severity 1` stand on one shelf, `SEV 1`; other labels as they are.
fn severity(known: &Known<String>) -> (String, String) {
    let label = known.value.trim();
    let folded = label.to_lowercase();
    let rest = ["severity", "sev", "s"].iter().find_map(|prefix| folded.strip_prefix(prefix)).unwrap_or(&folded);
    let number = rest.trim_start_matches([' ', '-', '_', ':']).parse::<u8>().ok().filter(|number| *number <= 5);
    let name = number.map_or_else(|| label.to_owned(), |number| format!("SEV {number}"));
    (slugs::value_slug(Facet::Severity.noun(), &name), name)
}

fn month(incident: &Incident) -> (String, String) {
    match &incident.date {
        Some(date) => (date.value.month_iso(), date.value.month_iso()),
        None => (UNDATED.to_owned(), "Undated".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Span;
    use crate::incident::{Cause, Day, Origin};

    fn known<T>(value: T) -> Known<T> {
        Known { value, origin: Origin::FrontMatter, span: Span::default(), line: 1, quote: String::new(), rule: "test" }
    }

    fn incident(source: &str, day: Option<(i16, i8, i8)>, cause: &str) -> Arc<Incident> {
        let causes = (!cause.is_empty()).then(|| known(Cause { slug: cause.to_owned(), name: cause.to_owned() }));
        Arc::new(Incident {
            slug: "x".to_owned(),
            source: source.to_owned(),
            date: day.map(|(year, month, day)| known(Day { year, month, day: Some(day) })),
            causes: causes.into_iter().collect(),
            ..Incident::default()
        })
    }

    #[test]
    fn newest_come_first_and_the_undated_last() {
        let all = vec![
            incident("a.md", None, ""),
            incident("b.md", Some((2023, 5, 1)), "data"),
            incident("c.md", Some((2024, 1, 2)), "code"),
        ];
        let (archive, _) = Archive::gather(all, None);
        let order: Vec<&str> = archive.incidents.iter().map(|incident| incident.source.as_str()).collect();
        assert_eq!(order, ["c.md", "b.md", "a.md"]);
        let slugs = |facet| archive.shelves(facet).iter().map(|shelf| shelf.slug.as_str()).collect::<Vec<_>>();
        assert_eq!(slugs(Facet::Month), ["2024-01", "2023-05", "undated"]);
        assert_eq!(slugs(Facet::Cause), ["code", "data", "unknown"]);
    }

    #[test]
    fn one_severity_has_one_shelf_however_it_is_written() {
        for (label, name) in
            [("1", "SEV 1"), ("SEV-1", "SEV 1"), ("Severity: 2", "SEV 2"), ("s3", "SEV 3"), ("P1", "P1"), ("Major", "Major")]
        {
            assert_eq!(severity(label), name, "{label}");
        }
    }

    #[test]
    fn incidents_of_one_document_share_its_page() {
        let (archive, diagnostics) =
            Archive::gather(vec![incident("a.md", Some((2024, 1, 2)), ""), incident("a.md", Some((2024, 1, 1)), "")], None);
        let ids: Vec<(&str, &str)> = archive.incidents.iter().map(|i| (i.id.as_str(), i.slug.as_str())).collect();
        assert_eq!(ids, [("x", "x"), ("x-2", "x")]);
        assert!(diagnostics.is_empty());
    }
}
