//! What was read of each file, so that a second reading opens only files that differ.

use super::read;
use super::walk::{Found, Stamp};
use super::{Asset, SourceFile};
use crate::diagnostic::Diagnostic;
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What was read of all files of a folder, in the order of their paths.
#[derive(Debug, Clone, Default)]
pub(super) struct Kept {
    files: Vec<Arc<File>>,
}

#[derive(Debug)]
pub(super) struct File {
    found: Found,
    pub document: Option<Arc<SourceFile>>,
    pub asset: Asset,
    pub complaints: Vec<Diagnostic>,
}

impl Kept {
    /// Reads the files, but those that stand unchanged in `earlier` and are not `named`.
    pub fn read(mut found: Vec<Found>, limit: u64, earlier: &Kept, named: &BTreeSet<PathBuf>) -> Kept {
        found.sort_by(|a, b| a.path.cmp(&b.path));
        let by_disk: HashMap<&Path, &Arc<File>> = earlier.files.iter().map(|file| (file.found.disk.as_path(), file)).collect();
        let file = |found: Found| match by_disk.get(found.disk.as_path()) {
            Some(file) if file.found == found && !named.contains(&found.disk) => Arc::clone(file),
            known => Arc::new(File::read(found, limit, known.map(|file| file.as_ref()))),
        };
        Kept { files: found.into_par_iter().map(file).collect() }
    }

    /// Reads the named files again. `None` when more may have changed than what
    /// stands in them: one is new, gone, or not a file.
    pub fn read_named(&self, limit: u64, named: &BTreeSet<PathBuf>) -> Option<Kept> {
        let mut files = self.files.clone();
        let mut left = named.len();
        for file in files.iter_mut().filter(|file| named.contains(&file.found.disk)) {
            let stamp = Stamp::of(&std::fs::symlink_metadata(&file.found.disk).ok().filter(|meta| meta.is_file())?);
            let found = Found { stamp, ..file.found.clone() };
            *file = Arc::new(File::read(found, limit, Some(file)));
            left -= 1;
        }
        // What else was named was there for a moment only, as editors do when they save.
        let known: BTreeSet<&Path> = match left {
            0 => BTreeSet::new(),
            _ => self.files.iter().map(|file| file.found.disk.as_path()).collect(),
        };
        let is_passing = |path: &&PathBuf| known.contains(path.as_path()) || std::fs::symlink_metadata(path).is_err();
        (left == 0 || named.iter().all(|path| is_passing(&path))).then_some(Kept { files })
    }

    pub fn files(&self) -> impl Iterator<Item = &File> {
        self.files.iter().map(Arc::as_ref)
    }

    /// Whether the same was read of all files.
    pub fn is_same(&self, other: &Kept) -> bool {
        self.files.len() == other.files.len()
            && self.files.iter().zip(&other.files).all(|(a, b)| Arc::ptr_eq(a, b) || a.is_same(b))
    }
}

impl File {
    /// Under the folder that was walked, with forward slashes.
    pub fn path(&self) -> &str {
        &self.found.path
    }

    /// A document with the same text stays the one that it was.
    fn read(found: Found, limit: u64, earlier: Option<&File>) -> File {
        let (document, complaints) = read::document(&found, limit);
        let before = earlier.and_then(|earlier| earlier.document.as_ref());
        let document = document.map(|document| match before {
            Some(before) if **before == document => before.clone(),
            _ => Arc::new(document),
        });
        File { asset: read::asset(&found), found, document, complaints }
    }

    fn is_same(&self, other: &File) -> bool {
        let is_same_document = match (&self.document, &other.document) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (None, None) => self.found.stamp == other.found.stamp,
            _ => false,
        };
        is_same_document
            && self.asset == other.asset
            && self.complaints == other.complaints
            && self.found.path == other.found.path
    }
}
