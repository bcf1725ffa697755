//! Archives for tests, from a line a incident.

use super::Archive;
use crate::diagnostic::Span;
use crate::incident::{Cause, Day, Incident, Known, Origin};

/// A value read from line 1.
pub fn known<T>(value: T) -> Known<T> {
    Known {
        value,
        origin: Origin::Prose,
        span: Span::default(),
        line: 1,
        quote: "the words".to_owned(),
        rule: "test",
    }
}

/// An incident of the document `<slug>.md`; an empty text leaves a value out.
pub fn incident(slug: &str, date: &str, cause: &str, service: &str) -> Incident {
    let cause = (!cause.is_empty()).then(|| known(Cause { slug: cause.to_owned(), name: cause.to_owned() }));
    Incident {
        slug: slug.to_owned(),
        source: format!("{slug}.md"),
        title: Some(known(format!("Title of {slug}"))),
        date: date.parse().ok().map(|date: jiff::civil::Date| known(Day::from(date))),
        causes: cause.into_iter().collect(),
        services: (!service.is_empty()).then(|| known(service.to_owned())).into_iter().collect(),
        ..Incident::default()
    }
}

pub fn archive(mut incidents: Vec<Incident>) -> Archive {
    incidents.sort_by(|a, b| a.source.cmp(&b.source));
    Archive::gather(incidents.into_iter().map(std::sync::Arc::new).collect(), None).0
}
