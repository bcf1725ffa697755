//! An archive as search sees it.

use super::columns;
use super::document::{Incidents, Part, SearchDocument, Value};
use crate::address;
use crate::archive::{Archive, Facet, Index};
use crate::document::Label;
use crate::incident::{Incident, Known, Origin};
use crate::infer::Readings;
use crate::pages::english;
use std::borrow::Cow;
use std::sync::Arc;

/// The incidents of an archive, with the texts of their documents.
#[derive(Debug)]
pub struct Searchable {
    archive: Arc<Archive>,
    readings: Arc<Readings>,
}

impl Searchable {
    pub fn new(archive: Arc<Archive>, readings: Arc<Readings>) -> Searchable {
        Searchable { archive, readings }
    }

    fn facets(&self, number: Index) -> Vec<Vec<Value<'_>>> {
        let incident = &self.archive.incidents[number];
        let of_facet = |facet: Facet| {
            let shelves = self.archive.shelves_of(facet, number);
            let mut values: Vec<Value<'_>> = shelves.map(|shelf| value(&shelf.slug, &shelf.name)).collect();
            if facet == Facet::Cause {
                // The primary cause first; shelves know only the order of the archive.
                let place = |value: &Value<'_>| incident.causes.iter().position(|c| c.value.slug == value.0);
                values.sort_by_key(place);
            }
            values
        };
        columns::facets().filter(|facet| !facet.is_time()).map(of_facet).collect()
    }
}

impl Incidents for Searchable {
    fn count(&self) -> usize {
        self.archive.incidents.len()
    }

    fn document(&self, number: usize) -> SearchDocument<'_> {
        let incident = &self.archive.incidents[number];
        let day = incident.date.as_ref().map(|date| date.value);
        SearchDocument {
            url: url(incident).into(),
            title: incident.name().into(),
            day: day.map(|day| (day.year, day.month, day.day.unwrap_or(1))),
            when: day.map(english::short_day).unwrap_or_default(),
            duration: incident.duration.as_ref().map(|duration| duration.value),
            lasted: incident
                .duration
                .as_ref()
                .map(|duration| english::duration(duration.value))
                .unwrap_or_default(),
            affected: incident.affected.as_ref().map(|affected| affected.value),
            facets: self.facets(number),
            texts: texts(incident, self.readings.source(&incident.source).map_or("", |source| &source.text)),
        }
    }
}

fn value<'a>(slug: &'a str, name: &'a str) -> Value<'a> {
    Value(slug.into(), name.into())
}

fn url(incident: &Incident) -> String {
    let page = address::incident(&incident.slug);
    match incident.nth {
        0 | 1 => page,
        n => format!("{page}#{}", address::incident_anchor(n)),
    }
}

/// What the text says, what only front matter says, and the file's name, which may hold a ticket's number.
fn texts<'a>(incident: &'a Incident, source: &'a str) -> Vec<(Part, Cow<'a, str>)> {
    let title = incident.title.as_ref().map(|title| title.value.as_str());
    let passages = incident.text.iter(source).filter(|(_, text)| Some(text.as_ref()) != title);
    let mut texts: Vec<(Part, Cow<'_, str>)> = passages.map(|(label, text)| (part(label), text)).collect();
    let typed = [
        (Part::Summary, &incident.summary),
        (Part::Summary, &incident.impact),
        (Part::Cause, &incident.root_cause),
        (Part::Cause, &incident.trigger),
        (Part::Resolution, &incident.resolution),
    ];
    let is_typed = |known: &&Known<String>| known.origin == Origin::FrontMatter;
    for (part, known) in typed {
        texts.extend(known.as_ref().filter(is_typed).map(|known| (part, known.value.as_str().into())));
    }
    texts.push((Part::Body, incident.source.as_str().into()));
    texts
}

fn part(label: Label) -> Part {
    match label {
        Label::Summary | Label::Impact => Part::Summary,
        Label::RootCause | Label::Cause | Label::Factors | Label::Trigger => Part::Cause,
        Label::Resolution | Label::Mitigated => Part::Resolution,
        Label::Timeline => Part::Timeline,
        _ => Part::Body,
    }
}
