//! What becomes of each document that was imported, beside those that are there already.

use super::Document;
use super::document::{self, Imported, imported};
use crate::address::{is_device, nameless_slug, path_hash, slugify};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Documents that were imported before, and the names that are taken.
#[derive(Debug, Default)]
pub struct Existing {
    /// By kind and id.
    documents: HashMap<(String, String), (PathBuf, String, Imported)>,
    taken: HashSet<PathBuf>,
}

impl Existing {
    /// Looks at all documents in a folder.
    pub fn read(folder: &Path) -> Existing {
        let mut existing = Existing::default();
        for entry in WalkDir::new(folder).sort_by_file_name().into_iter().flatten() {
            if !entry.file_type().is_file() {
                continue;
            }
            existing.taken.insert(folded(entry.path()));
            let is_document = entry.path().extension().is_some_and(|extension| extension == "md");
            let text = is_document.then(|| std::fs::read_to_string(entry.path()).ok()).flatten();
            if let Some((from, text)) = text.and_then(|text| Some((imported(&text)?, text))) {
                let key = (from.kind.clone(), from.id.clone());
                existing.documents.entry(key).or_insert((entry.into_path(), text, from));
            }
        }
        existing
    }
}

/// Paths are compared whole, and names as file systems do that know no case.
fn folded(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    PathBuf::from(whole.to_string_lossy().to_lowercase())
}

/// What becomes of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It was never imported.
    New,
    /// It is there as it would be written.
    Same,
    /// The export says something else than when it was imported.
    Changed,
    /// It was edited by hand, and the export is what it was.
    Edited,
    /// Both.
    EditedAndChanged,
}

/// A document, and where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The name of its importer.
    pub kind: &'static str,
    pub path: PathBuf,
    pub text: String,
    /// Files beside it, by their paths.
    pub files: Vec<(PathBuf, Vec<u8>)>,
    pub fate: Fate,
}

/// Places for all documents; those that were imported before keep theirs.
pub fn plan(documents: Vec<Document>, into: &Path, existing: &Existing) -> Vec<Planned> {
    let mut taken = existing.taken.clone();
    let place = |document: Document| {
        let known = existing.documents.get(&(document.kind.to_owned(), document.id.clone()));
        let path = known.map_or_else(|| free(&document, into, &taken), |(path, ..)| path.clone());
        taken.insert(folded(&path));
        let kind = document.kind;
        let (text, files) = at(&document, &path);
        let fate = known.map_or(Fate::New, |(_, before, from)| fate(before, from, &text));
        Planned { kind, path, text, files, fate }
    };
    documents.into_iter().map(place).collect()
}

fn fate(before: &str, from: &Imported, text: &str) -> Fate {
    let is_same = imported(text).is_some_and(|now| now.hash == from.hash);
    match (from.is_edited, is_same) {
        (false, _) if before.replace("\r\n", "\n") == text => Fate::Same,
        (false, _) => Fate::Changed,
        (true, true) => Fate::Edited,
        (true, false) => Fate::EditedAndChanged,
    }
}

/// A path that nothing has: by title, then by title and id.
fn free(document: &Document, into: &Path, taken: &HashSet<PathBuf>) -> PathBuf {
    let slug = Some(slugify(document.title.as_deref().unwrap_or_default())).filter(|slug| !slug.is_empty());
    let slug = slug.unwrap_or_else(|| nameless_slug(&document.id));
    let day = document.day.map(|day| format!("{day}-")).unwrap_or_default();
    let year =
        document.day.or(document.written).map_or("undated".to_owned(), |day| format!("{:04}", day.year()));
    let name = |suffix: &str| {
        let name = format!("{day}{slug}{suffix}");
        into.join(&year).join(format!("{}.md", if is_device(&name) { format!("{name}-1") } else { name }))
    };
    let hash = || path_hash(&format!("{}/{}", document.kind, document.id));
    let by_id = || Some(slugify(&document.id)).filter(|id| !id.is_empty()).map(|id| name(&format!("-{id}")));
    let is_free = |path: &PathBuf| !taken.contains(&folded(path));
    Some(name(""))
        .filter(is_free)
        .or_else(|| by_id().filter(is_free))
        .unwrap_or_else(|| name(&format!("-{}", hash())))
}

/// The text and files of a document at its path: files stand in a folder of its name.
fn at(document: &Document, path: &Path) -> (String, Vec<(PathBuf, Vec<u8>)>) {
    let folder = path.with_extension("");
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let files = document.files.iter().map(|(file, bytes)| (folder.join(file), bytes.clone())).collect();
    (document::placed(&document.text, &name), files)
}
