//! Exports of other tools as documents. A small importer turns each container into Markdown with front matter; what
//! the text says is read by `infer` as ever. Only what an export states goes to front matter, and nothing is fetched:
//! what is imported are files.
//!
//! An importer is one file of `kinds` and one row of [`IMPORTERS`]. This room reads what it is pointed at and what was
//! imported before, and hands back what to write; only `cli` writes and prints.

mod columns;
mod content;
mod convert;
mod document;
mod importer;
mod json;
mod kinds;
mod moment;
mod package;
mod plan;
mod record;

pub use columns::is_field;
pub use importer::Importer;
pub use kinds::IMPORTERS;
pub use package::{Package, STANDARD_INPUT};
pub use plan::{Existing, Fate, Planned, plan};

use crate::diagnostic::{Code, Diagnostic, Level};
use content::Content;
use importer::{File, detect, nearest};
use jiff::civil::Date;
use package::Item;
use record::Record;
use std::collections::BTreeMap;

/// How to import.
#[derive(Default)]
pub struct Options {
    /// The one importer that may read the files; else each file is read by the one that it looks made for.
    pub from: Option<&'static Importer>,
    /// Fields with the column of a table that holds each.
    pub map: Vec<(String, String)>,
    /// Import what can be read of a broken export.
    pub is_partial: bool,
}

/// A document, and not yet where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The name of its importer.
    pub kind: &'static str,
    pub id: String,
    pub title: Option<String>,
    /// The day of the incident.
    pub day: Option<Date>,
    /// A day on which it was written or changed, where that of the incident is not known.
    written: Option<Date>,
    text: String,
    files: Vec<(String, Vec<u8>)>,
}

/// What was read of a package.
#[derive(Default)]
pub struct Import {
    /// By kind, day and id.
    pub documents: Vec<Document>,
    /// How many files each importer read.
    pub reads: Vec<(&'static Importer, usize)>,
    /// Endings of the files that no importer reads, one for each file.
    pub passed_over: Vec<String>,
    pub diagnostics: Vec<Diagnostic>,
}

impl Import {
    /// Whether nothing may be written.
    pub fn is_refused(&self, options: &Options) -> bool {
        let refuses = |diagnostic: &Diagnostic| {
            diagnostic.level == Level::Error && !(options.is_partial && diagnostic.code == Code::ImportSyntax)
        };
        self.reads.is_empty() || self.diagnostics.iter().any(refuses)
    }
}

/// Reads all files of a package.
pub fn import(package: &Package, options: &Options) -> Import {
    let mut reader = Reader { package, options, import: Import::default(), records: BTreeMap::new() };
    for item in &package.items {
        reader.item(item);
    }
    reader.done()
}

struct Reader<'r> {
    package: &'r Package,
    options: &'r Options,
    import: Import,
    /// By the place of their importer in the table.
    records: BTreeMap<usize, Vec<(String, Record)>>,
}

impl Reader<'_> {
    fn item(&mut self, item: &Item) {
        if !content::may_be_read(&item.path) {
            return self.pass_over(item);
        }
        let bytes = match self.package.bytes(item) {
            Ok(bytes) => bytes,
            Err(diagnostic) => return self.import.diagnostics.push(*diagnostic),
        };
        let (content, diagnostics) = content::read(&item.path, &item.shown, bytes);
        let is_broken = !diagnostics.is_empty();
        self.import.diagnostics.extend(diagnostics);
        let found = match self.options.from {
            Some(importer) => importer
                .fit(item, &content, &self.options.map)
                .and_then(|fit| fit.missing.is_empty().then_some(importer)),
            None => detect(IMPORTERS, item, &content, &self.options.map),
        };
        match found {
            Some(importer) => self.read(importer, item, &content),
            None if is_broken => {}
            None if self.package.items.len() == 1 => {
                self.import.diagnostics.push(no_kind(item, &content, self.options));
            }
            None => self.pass_over(item),
        }
    }

    fn pass_over(&mut self, item: &Item) {
        let name = item.path.rsplit('/').next().unwrap_or(&item.path);
        let ending = name.rsplit_once('.').map_or("no ending".to_owned(), |(_, ending)| format!(".{ending}"));
        self.import.passed_over.push(ending);
    }

    fn read(&mut self, importer: &'static Importer, item: &Item, content: &Content) {
        match self.import.reads.iter_mut().find(|(known, _)| known.name == importer.name) {
            Some((_, files)) => *files += 1,
            None => self.import.reads.push((importer, 1)),
        }
        let mut records = Vec::new();
        (importer.read)(&File { item, content, package: self.package, map: &self.options.map }, &mut records);
        let at = IMPORTERS.iter().position(|known| known.name == importer.name).unwrap_or(0);
        let shown = item.shown.clone();
        self.records.entry(at).or_default().extend(records.into_iter().map(|record| (shown.clone(), record)));
    }

    fn done(mut self) -> Import {
        if self.import.reads.is_empty() && self.import.diagnostics.is_empty() {
            self.import.diagnostics.push(nothing_found(self.package, self.options));
        }
        for (at, records) in std::mem::take(&mut self.records) {
            let importer = &IMPORTERS[at];
            let mut documents = self.merged(records);
            documents.sort_by(|a, b| (document::day(a), &a.id).cmp(&(document::day(b), &b.id)));
            self.import.documents.extend(documents.into_iter().map(|record| composed(importer, record)));
        }
        self.import
    }

    /// One record an id: of several the latest, with all its parts.
    fn merged(&mut self, records: Vec<(String, Record)>) -> Vec<Record> {
        let (mut whole, mut parts): (Vec<Record>, Vec<(String, Record)>) = (Vec::new(), Vec::new());
        let mut at: BTreeMap<String, usize> = BTreeMap::new();
        for (shown, mut record) in records {
            self.unread(&shown, &mut record);
            if record.id.is_empty() {
                record.id = id_of(&record);
            }
            match at.get(&record.id) {
                _ if record.is_part => parts.push((shown, record)),
                None => {
                    at.insert(record.id.clone(), whole.len());
                    whole.push(record);
                }
                Some(known) => {
                    self.twice(&shown, &record.id);
                    let known = &mut whole[*known];
                    let order = |record: &Record| record.updated.map(moment::Moment::order);
                    if order(&record) >= order(known) {
                        *known = record;
                    }
                }
            }
        }
        for (shown, part) in parts {
            match at.get(&part.id) {
                Some(known) => whole[*known].merge(part),
                None if part.fields.contains_key("title") => {
                    at.insert(part.id.clone(), whole.len());
                    whole.push(part);
                }
                None => self.alone(&shown, &part.id),
            }
        }
        whole
    }

    fn unread(&mut self, shown: &str, record: &mut Record) {
        for message in std::mem::take(&mut record.unread) {
            let message = format!("{}: {message}", record.id);
            let found = Diagnostic::new(Code::ImportValue, message).in_file(shown);
            self.import.diagnostics.push(found.help("it is kept under `extra`"));
        }
    }

    fn twice(&mut self, shown: &str, id: &str) {
        let message = format!("`{id}` is there several times; the one that was changed last counts");
        self.import.diagnostics.push(Diagnostic::new(Code::ImportTwice, message).in_file(shown));
    }

    fn alone(&mut self, shown: &str, id: &str) {
        let message = format!("this belongs to `{id}`, which is in no file that was imported");
        let found = Diagnostic::new(Code::ImportValue, message).in_file(shown);
        self.import.diagnostics.push(found.help("import both files at once: put them into one folder"));
    }
}

/// An id for a record that the tool gave none: the same for the same title and day.
fn id_of(record: &Record) -> String {
    let title = record.fields.get("title").and_then(json::plain).unwrap_or_default();
    let day = record.day().map(moment::Moment::typed).unwrap_or_default();
    crate::address::path_hash(&format!("{day} {title}"))
}

fn composed(importer: &Importer, mut record: Record) -> Document {
    let written = |record: &Record| {
        let created = record.fields.get("created").and_then(json::plain);
        created.and_then(|text| moment::Moment::read(&text)).or(record.updated).map(|moment| moment.date)
    };
    convert::files::extract(&mut record);
    Document {
        kind: importer.name,
        title: record.fields.get("title").and_then(json::plain),
        day: document::day(&record),
        written: written(&record),
        text: document::compose(importer, &record),
        id: record.id,
        files: record.files,
    }
}

/// Says what a file would have to hold.
fn no_kind(item: &Item, content: &Content, options: &Options) -> Diagnostic {
    let lacks = |missing: &[&str]| {
        let names: Vec<String> = missing.iter().map(|name| format!("`{name}`")).collect();
        names.join(", ")
    };
    if let Some(importer) = options.from {
        let message = format!("this is no file of {}", importer.reads_as);
        let found = Diagnostic::new(Code::ImportKind, message).in_file(&item.shown);
        return match importer.fit(item, content, &options.map) {
            Some(fit) => found.help(format!("it lacks {}", lacks(&fit.missing))),
            None => found.help(format!("it is {}, which that tool does not export", content.container())),
        };
    }
    let found =
        Diagnostic::new(Code::ImportKind, "this is no export that casebook knows").in_file(&item.shown);
    let near: Vec<String> = nearest(IMPORTERS, item, content)
        .iter()
        .map(|(importer, missing)| format!("{} but for {}", importer.name, lacks(missing)))
        .collect();
    match content {
        _ if !near.is_empty() => found.help(format!("it is nearly {}", near.join("; "))),
        Content::Csv(_) => {
            found.help("name the column of each field: `--from csv --map title=COLUMN --map start=COLUMN`")
        }
        Content::Markdown(_) => {
            found.help("Markdown needs no import: put it into the folder of the documents")
        }
        _ => found.help("`casebook import --help` names the tools"),
    }
}

fn nothing_found(package: &Package, options: &Options) -> Diagnostic {
    let what =
        options.from.map_or("export that casebook knows".to_owned(), |it| format!("file of {}", it.reads_as));
    let found =
        Diagnostic::new(Code::ImportKind, format!("there is no {what} in it")).in_file(&package.shown);
    found.help("`casebook import --help` names the tools; Markdown needs no import")
}
