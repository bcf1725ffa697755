//! What results are narrowed, counted and sorted by.
//!
//! A facet's column has its values and, for each incident, the positions of its own among
//! them; a range's column has a number or nothing for each incident.

use super::document::{SearchDocument, Value};
use super::keys::FacetKeys;
use crate::archive::{self, facets::Filter};
use crate::pages::english;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;

/// The facets: those of [`SearchDocument::facets`] in their order, and those that are times.
pub fn facets() -> impl Iterator<Item = archive::Facet> {
    archive::Facet::searched().map(|(facet, _)| facet)
}

/// The facets for the page, in the order of its filters.
pub(super) fn facet_keys() -> Vec<FacetKeys<'static>> {
    let mut facets: Vec<_> = archive::Facet::searched().enumerate().collect();
    facets.sort_by_key(|(_, (_, filter))| filter.place);
    let keys = |(position, (facet, filter)): (usize, (archive::Facet, Filter))| FacetKeys {
        name: facet.definition().name,
        title: english::capital(facet.definition().name),
        position: (!facet.is_time()).then_some(position),
        shown: filter.shown,
        newest: facet.is_time(),
        together: filter.together,
    };
    facets.into_iter().map(keys).collect()
}

/// The ranges.
pub const RANGES: [&str; 3] = ["date", "duration", "affected"];

#[derive(Serialize)]
struct Facet<'v> {
    /// Incidents.
    n: usize,
    /// By slug.
    values: Vec<&'v Value<'v>>,
    /// Flat: how many values an incident has, then their positions.
    of: Vec<u32>,
}

/// What the columns need of an incident.
pub struct Row<'a> {
    facets: Vec<Vec<Value<'a>>>,
    /// `YYYYMMDD`, minutes, percent.
    ranges: [Option<f64>; 3],
}

impl<'a> Row<'a> {
    pub fn new(document: SearchDocument<'a>) -> Row<'a> {
        let day = document
            .day
            .map(|(year, month, day)| f64::from(year) * 1e4 + f64::from(month) * 100.0 + f64::from(day));
        let affected = document.affected.map(|percent| (percent * 100.0).round() / 100.0);
        let month =
            document.day.map_or("undated".to_owned(), |(year, month, _)| format!("{year:04}-{month:02}"));
        let month = vec![Value(month.clone().into(), month.into())];
        let mut facets = document.facets;
        facets.resize(self::facets().filter(|facet| !facet.is_time()).count(), Vec::new());
        facets.push(month);
        Row { facets, ranges: [day, document.duration.map(f64::round), affected] }
    }
}

/// Columns in files of `size`: the id of each file, the names of its columns, and those columns as one JSON object.
pub fn files(columns: &[(&'static str, String)], size: usize) -> Vec<(String, Vec<&'static str>, Vec<u8>)> {
    let file = |(number, group): (usize, &[(&'static str, String)])| {
        let members: Vec<String> = group.iter().map(|(name, json)| format!("\"{name}\":{json}")).collect();
        let names = group.iter().map(|(name, _)| *name).collect();
        (format!("c{number}"), names, format!("{{{}}}", members.join(",")).into_bytes())
    };
    columns.chunks(size).enumerate().map(file).collect()
}

/// Every column as its name and JSON. Columns that say nothing are left out.
pub fn columns(rows: Vec<Row<'_>>) -> Vec<(&'static str, String)> {
    let facets: Vec<(usize, &str)> = facets().map(|facet| facet.definition().name).enumerate().collect();
    let facets = facets.into_par_iter().map(|(number, name)| (name, facet(&rows, number)));
    let ranges = RANGES.par_iter().enumerate().map(|(number, name)| (*name, range(&rows, number)));
    let columns: Vec<(&str, Option<String>)> = facets.chain(ranges).collect();
    columns.into_iter().filter_map(|(name, json)| Some((name, json?))).collect()
}

fn facet(rows: &[Row<'_>], number: usize) -> Option<String> {
    let mut positions: BTreeMap<&Value<'_>, u32> = BTreeMap::new();
    for value in rows.iter().flat_map(|row| &row.facets[number]) {
        positions.insert(value, 0);
    }
    for (at, position) in positions.values_mut().enumerate() {
        *position = at as u32;
    }
    let mut of = Vec::new();
    for row in rows {
        of.push(row.facets[number].len() as u32);
        of.extend(row.facets[number].iter().filter_map(|value| positions.get(value)));
    }
    let values: Vec<&Value<'_>> = positions.into_keys().collect();
    (!values.is_empty()).then(|| json(&Facet { n: rows.len(), values, of }))
}

fn range(rows: &[Row<'_>], number: usize) -> Option<String> {
    let numbers = rows.iter().map(|row| row.ranges[number]);
    let numbers: Vec<Option<f64>> =
        if RANGES[number] == "date" { steps(numbers).collect() } else { numbers.collect() };
    let short = |number: &Option<f64>| number.map_or(String::new(), |number| number.to_string());
    numbers
        .iter()
        .any(Option::is_some)
        .then(|| json(&numbers.iter().map(short).collect::<Vec<_>>().join(",")))
}

/// Each number as what it is less than the one before: dates fall, and small numbers pack well.
fn steps(numbers: impl Iterator<Item = Option<f64>>) -> impl Iterator<Item = Option<f64>> {
    let mut before = 0.0;
    numbers.map(move |number| number.map(|number| std::mem::replace(&mut before, number) - number))
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
