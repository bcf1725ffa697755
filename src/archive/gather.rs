//! Incidents put in order and on their shelves.

use super::related::Alike;
use super::{Archive, Shelf, slugs};
use crate::address::{Facet, UNDATED};
use crate::diagnostic::Diagnostic;
use crate::incident::Incident;
use crate::incident::causes::{CAUSES, UNKNOWN};
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

impl Archive {
    /// Gathers the incidents of all documents, given in path order. What an `earlier`
    /// archive found out about the same incidents need not be found again.
    pub fn gather(mut incidents: Vec<Arc<Incident>>, earlier: Option<&Archive>) -> (Archive, Vec<Diagnostic>) {
        let diagnostics = give_slugs(&mut incidents);
        // Equal ones stay in the order of their paths and places.
        incidents.sort_by_cached_key(|incident| newest_first(incident));
        let shelves = Facet::ALL.map(|facet| shelves(facet, &incidents));
        let alike = Alike::new(&incidents, earlier.map(|earlier| (earlier.incidents.as_slice(), &earlier.alike)));
        (Archive { incidents, shelves, alike }, diagnostics)
    }
}

/// Newest first by date and time; then the undated.
fn newest_first(incident: &Incident) -> impl Ord + use<> {
    let (date, time, ..) = incident.order();
    (Reverse(date), Reverse(time))
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
    let mut shelves: Vec<Shelf> = Vec::new();
    let mut by_slug: HashMap<String, usize> = HashMap::new();
    // Few words stand for many incidents, and to make a slug of one takes time.
    let mut by_word: HashMap<String, usize> = HashMap::new();
    for (index, incident) in incidents.iter().enumerate() {
        for word in words(facet, incident) {
            let at = by_word.get(word.as_ref()).copied().unwrap_or_else(|| {
                let (slug, name) = value(facet, &word, incident);
                let at = *by_slug.entry(slug.clone()).or_insert(shelves.len());
                if at == shelves.len() {
                    shelves.push(Shelf { facet, slug, name, incidents: Vec::new() });
                }
                by_word.insert(word.into_owned(), at);
                at
            });
            if shelves[at].incidents.last() != Some(&index) {
                shelves[at].incidents.push(index);
            }
        }
    }
    shelves.sort_by(|a, b| a.slug.cmp(&b.slug));
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

/// What tells an incident's values of a facet apart.
fn words(facet: Facet, incident: &Incident) -> Vec<Cow<'_, str>> {
    match facet {
        Facet::Cause if incident.causes.is_empty() => vec![UNKNOWN.into()],
        Facet::Cause => incident.causes.iter().map(|cause| cause.value.slug.as_str().into()).collect(),
        Facet::Month => vec![incident.date.as_ref().map_or(UNDATED.into(), |date| date.value.month_iso().into())],
        Facet::Year => incident.date.iter().map(|date| format!("{:04}", date.value.year).into()).collect(),
        Facet::Service => incident.services.iter().map(|service| service.value.as_str().into()).collect(),
        Facet::Severity => incident.severity.iter().map(|severity| severity.value.as_str().into()).collect(),
        Facet::Tag => incident.tags.iter().map(|tag| tag.value.as_str().into()).collect(),
    }
}

/// The slug and the name of a value.
fn value(facet: Facet, word: &str, incident: &Incident) -> (String, String) {
    let name = match facet {
        Facet::Cause => {
            let cause = incident.causes.iter().find(|cause| cause.value.slug == word);
            cause.map_or("Not established".to_owned(), |cause| cause.value.name.clone())
        }
        Facet::Month if word == UNDATED => "Undated".to_owned(),
        Facet::Severity => severity(word),
        Facet::Month | Facet::Year | Facet::Service | Facet::Tag => word.to_owned(),
    };
    match facet {
        Facet::Cause | Facet::Month | Facet::Year => (word.to_owned(), name),
        Facet::Service | Facet::Severity | Facet::Tag => (slugs::value_slug(facet.noun(), &name), name),
    }
}

/// `1`, `sev-1` and `Severity 1` stand on one shelf, `SEV 1`; other labels as they are.
fn severity(label: &str) -> String {
    let label = label.trim();
    let folded = label.to_lowercase();
    let rest = ["severity", "sev", "s"].iter().find_map(|prefix| folded.strip_prefix(prefix)).unwrap_or(&folded);
    let number = rest.trim_start_matches([' ', '-', '_', ':']).parse::<u8>().ok().filter(|number| *number <= 5);
    number.map_or_else(|| label.to_owned(), |number| format!("SEV {number}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Span;
    use crate::incident::{Cause, Day, Known, Origin};

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
