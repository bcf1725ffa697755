//! Incidents put in order and on their shelves.

use super::related::Alike;
use super::{Archive, shelves, slugs};
use crate::diagnostic::Diagnostic;
use crate::incident::Incident;
use std::cmp::Reverse;
use std::sync::Arc;

impl Archive {
    /// Gathers the incidents of all documents, given in path order. What an `earlier`
    /// archive found out about the same incidents need not be found again.
    pub fn gather(
        mut incidents: Vec<Arc<Incident>>,
        earlier: Option<&Archive>,
    ) -> (Archive, Vec<Diagnostic>) {
        let diagnostics = give_slugs(&mut incidents);
        // Equal ones stay in the order of their paths and places.
        incidents.sort_by_cached_key(|incident| newest_first(incident));
        let same = earlier.filter(|earlier| shelves::are_same(&earlier.incidents, &incidents));
        let shelves = same.map_or_else(|| shelves::all(&incidents), |earlier| earlier.shelves.clone());
        let alike =
            Alike::new(&incidents, earlier.map(|earlier| (earlier.incidents.as_slice(), &earlier.alike)));
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
    let firsts: Vec<usize> = (0..incidents.len())
        .filter(|n| *n == 0 || incidents[*n].source != incidents[*n - 1].source)
        .collect();
    let wanted: Vec<(&str, &str)> =
        firsts.iter().map(|n| (incidents[*n].source.as_str(), incidents[*n].slug.as_str())).collect();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::Facet;
    use crate::diagnostic::Span;
    use crate::incident::{Cause, Day, Known, Origin};

    fn known<T>(value: T) -> Known<T> {
        Known {
            value,
            origin: Origin::FrontMatter,
            span: Span::default(),
            line: 1,
            quote: String::new(),
            rule: "test",
        }
    }

    fn incident(source: &str, day: Option<(i16, i8, i8)>, cause: &str) -> Arc<Incident> {
        let causes =
            (!cause.is_empty()).then(|| known(Cause { slug: cause.to_owned(), name: cause.to_owned() }));
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
        let slugs =
            |facet| archive.shelves(facet).iter().map(|shelf| shelf.slug.as_str()).collect::<Vec<_>>();
        assert_eq!(slugs(Facet::Month), ["2024-01", "2023-05", "undated"]);
        assert_eq!(slugs(Facet::Cause), ["code", "data", "unknown"]);
    }

    #[test]
    fn incidents_of_one_document_share_its_page() {
        let (archive, diagnostics) = Archive::gather(
            vec![incident("a.md", Some((2024, 1, 2)), ""), incident("a.md", Some((2024, 1, 1)), "")],
            None,
        );
        let ids: Vec<(&str, &str)> =
            archive.incidents.iter().map(|i| (i.id.as_str(), i.slug.as_str())).collect();
        assert_eq!(ids, [("x", "x"), ("x-2", "x")]);
        assert!(diagnostics.is_empty());
    }
}
