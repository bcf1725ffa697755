//! What an importer is, and which one reads a file.

use super::columns;
use super::content::{Content, Row, Table};
use super::json;
use super::package::{Item, Package};
use super::record::Record;
use serde_json::Value;

/// Reads the exports of one tool.
pub struct Importer {
    /// As `--from` names it.
    pub name: &'static str,
    /// What it is called.
    pub tool: &'static str,
    /// What is read, to follow "reads as": `GitHub issues`.
    pub reads_as: &'static str,
    /// What its files look like; one shape is enough.
    pub shapes: &'static [Shape],
    /// Reads one file.
    pub read: fn(&File<'_>, &mut Vec<Record>),
}

/// What a file of an export has in it.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Records with all of these fields, by their paths.
    Json(&'static [&'static str]),
    /// A table with all of these columns.
    Csv(&'static [&'static str]),
    /// Any table that has columns for these fields, by their names or as the command line says.
    Fields(&'static [&'static str]),
    /// Any table with this mark.
    Table(Mark),
    /// A page with all of these texts.
    Html(&'static [&'static str]),
    /// A text with all of these marks.
    Markdown(&'static [Mark]),
}

/// What a text can be known by.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    pub name: &'static str,
    pub is_in: fn(&str, &str) -> bool,
}

/// Fields with the column that holds each, from the command line.
pub type Map<'m> = &'m [(String, String)];

/// One file that is read, and what stands around it.
pub struct File<'f> {
    pub item: &'f Item,
    pub content: &'f Content,
    pub package: &'f Package,
    pub map: Map<'f>,
}

impl File<'_> {
    /// The records of a file of JSON.
    pub fn records(&self) -> Vec<&Value> {
        match self.content {
            Content::Json(value) => json::records(value),
            _ => Vec::new(),
        }
    }

    /// The value around the records.
    pub fn envelope(&self) -> Option<&Value> {
        match self.content {
            Content::Json(value) => Some(value),
            _ => None,
        }
    }

    /// The table of a file.
    pub fn table(&self) -> Option<&Table> {
        match self.content {
            Content::Csv(table) => Some(table),
            _ => None,
        }
    }

    /// An incident of each record of JSON, or of each row of the table.
    pub fn incidents(&self, record: fn(&Value) -> Record, row: fn(&Table, &Row) -> Record) -> Vec<Record> {
        let rows = self.table().into_iter().flat_map(|table| table.rows.iter().map(move |it| row(table, it)));
        self.records().into_iter().map(record).chain(rows).collect()
    }
}

/// How well a file fits a shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    pub present: usize,
    pub missing: Vec<&'static str>,
}

impl Fit {
    fn of(names: &[&'static str], has: impl Fn(&str) -> bool) -> Fit {
        let (present, missing): (Vec<_>, Vec<_>) = names.iter().copied().partition(|name| has(name));
        Fit { present: present.len(), missing }
    }
}

impl Shape {
    /// How well a file fits; nothing when it is another kind of container.
    fn fit(&self, item: &Item, content: &Content, map: Map<'_>) -> Option<Fit> {
        match (self, content) {
            (Shape::Json(fields), Content::Json(value)) => {
                let first = json::records(value).into_iter().next()?;
                Some(Fit::of(fields, |path| named(first, path)))
            }
            (Shape::Csv(columns), Content::Csv(table)) => Some(Fit::of(columns, |column| table.has(column))),
            (Shape::Fields(fields), Content::Csv(table)) => {
                let fit = Fit::of(fields, |field| columns::has(table, map, field));
                // Whatever knows the columns of a tool reads it better.
                Some(Fit { present: 0, ..fit })
            }
            (Shape::Table(mark), Content::Csv(_)) => {
                Some(Fit::of(&[mark.name], |_| (mark.is_in)(&item.path, "")))
            }
            (Shape::Html(texts), Content::Html(page)) => Some(Fit::of(texts, |text| page.contains(text))),
            (Shape::Markdown(marks), Content::Markdown(text)) => {
                let names: Vec<&'static str> = marks.iter().map(|mark| mark.name).collect();
                let is_in =
                    |name: &str| marks.iter().any(|it| it.name == name && (it.is_in)(&item.path, text));
                Some(Fit::of(&names, is_in))
            }
            _ => None,
        }
    }
}

/// Whether a record has a field, empty or not.
fn named(record: &Value, path: &str) -> bool {
    let (above, last) = path.rsplit_once('.').map_or((None, path), |(above, last)| (Some(above), last));
    let inside = above.map_or(Some(record), |above| json::at(record, above));
    inside.is_some_and(|inside| inside.get(last).is_some())
}

impl Importer {
    /// How well a file fits, by the shape that fits best.
    pub fn fit(&self, item: &Item, content: &Content, map: Map<'_>) -> Option<Fit> {
        let fits = self.shapes.iter().filter_map(|shape| shape.fit(item, content, map));
        fits.min_by_key(|fit| (!fit.missing.is_empty(), std::cmp::Reverse(fit.present), fit.missing.len()))
    }
}

/// The importer that reads a file: the one with most of its fields there, and none missing.
pub fn detect(
    importers: &'static [Importer],
    item: &Item,
    content: &Content,
    map: Map<'_>,
) -> Option<&'static Importer> {
    let fits = importers.iter().filter_map(|importer| Some((importer.fit(item, content, map)?, importer)));
    let full = fits.filter(|(fit, _)| fit.missing.is_empty());
    // The first of those that are equal.
    full.min_by_key(|(fit, _)| std::cmp::Reverse(fit.present)).map(|(_, importer)| importer)
}

/// The importers that nearly read a file, each with what it lacks.
pub fn nearest(
    importers: &'static [Importer],
    item: &Item,
    content: &Content,
) -> Vec<(&'static Importer, Vec<&'static str>)> {
    const MOST: usize = 3;
    let fits = importers.iter().filter_map(|importer| Some((importer.fit(item, content, &[])?, importer)));
    let mut near: Vec<(Fit, &Importer)> = fits.filter(|(fit, _)| fit.present > 0).collect();
    near.sort_by_key(|(fit, _)| (fit.missing.len(), std::cmp::Reverse(fit.present)));
    near.into_iter().take(MOST).map(|(fit, importer)| (importer, fit.missing)).collect()
}
