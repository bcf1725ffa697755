//! What was read of each file, so that a second reading opens only files that differ.

use super::read::{self, Attempt};
use super::walk::{Found, Stamp};
use super::{Asset, LeftOut, SourceFile};
use crate::diagnostic::{Diagnostic, caught};
use hashbrown::{HashMap, HashSet};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What was read of all files of a folder, in the order of their paths.
#[derive(Debug, Clone, Default)]
pub(super) struct Kept {
    files: Vec<Arc<File>>,
}

/// All files of the content folder, documents and those beside them, by path under it.
#[derive(Debug, Clone, Default)]
pub struct Assets(Kept);

impl Assets {
    pub fn get(&self, path: &str) -> Option<&Asset> {
        let at = self.0.files.binary_search_by(|file| file.path().cmp(path)).ok()?;
        Some(&self.0.files[at].asset)
    }

    /// Paths of all files, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.files().map(File::path)
    }
}

impl FromIterator<(String, Asset)> for Assets {
    fn from_iter<I: IntoIterator<Item = (String, Asset)>>(files: I) -> Assets {
        let file = |(path, asset): (String, Asset)| {
            let found = Found {
                disk: asset.disk.clone(),
                shown: path.clone(),
                path,
                stamp: Stamp::default(),
                is_named: false,
                links_to: None,
            };
            Arc::new(File { found, document: None, left_out: None, asset, complaints: Vec::new() })
        };
        let mut files: Vec<Arc<File>> = files.into_iter().map(file).collect();
        files.sort_by(|a, b| a.path().cmp(b.path()));
        Assets(Kept { files })
    }
}

#[derive(Debug)]
pub(super) struct File {
    found: Found,
    pub document: Option<Arc<SourceFile>>,
    /// Why there is no document, where one was expected.
    pub left_out: Option<LeftOut>,
    pub asset: Asset,
    pub complaints: Vec<Diagnostic>,
}

impl Kept {
    /// Reads the files, but those that stand unchanged in `earlier` and are not `named`.
    pub fn read(mut found: Vec<Found>, limit: u64, earlier: &Kept, named: &BTreeSet<PathBuf>) -> Kept {
        found.sort_by(|a, b| a.path.cmp(&b.path));
        let by_disk: HashMap<&OsStr, &Arc<File>> = earlier.files.iter().map(|file| (file.found.disk.as_os_str(), file)).collect();
        let file = |found: Found| match by_disk.get(found.disk.as_os_str()) {
            Some(file) if file.found == found && !named.contains(&found.disk) => Arc::clone(file),
            known => Arc::new(File::read(found, limit, known.map(|file| file.as_ref()))),
        };
        Kept { files: found.into_par_iter().map(file).collect() }
    }

    /// Reads the named files again. `None` when more may have changed than what
    /// stands in these: one is new, gone, or not a file.
    pub fn read_named(&self, limit: u64, named: &BTreeSet<PathBuf>) -> Option<Kept> {
        let mut files = self.files.clone();
        // Compared as they are written: to compare paths by their parts takes long, for all files of an archive.
        let written: HashSet<&OsStr> = named.iter().map(|path| path.as_os_str()).collect();
        let mut unknown: BTreeSet<&Path> = named.iter().map(PathBuf::as_path).collect();
        for file in files.iter_mut().filter(|file| written.contains(file.found.disk.as_os_str())) {
            let stamp = Stamp::of(&std::fs::symlink_metadata(&file.found.disk).ok().filter(|meta| meta.is_file())?);
            unknown.remove(file.found.disk.as_path());
            let found = Found { stamp, ..file.found.clone() };
            *file = Arc::new(File::read(found, limit, Some(file)));
        }
        // What else was named must have been there for a moment only, as when editors save.
        let is_passing = |path: &&Path| std::fs::symlink_metadata(path).is_err() && !self.is_above_any(path);
        unknown.iter().all(is_passing).then_some(Kept { files })
    }

    fn is_above_any(&self, folder: &Path) -> bool {
        self.files.iter().any(|file| file.found.disk.starts_with(folder))
    }

    pub fn assets(&self) -> Assets {
        Assets(self.clone())
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

    pub fn is_named(&self) -> bool {
        self.found.is_named
    }

    /// A document with the same text stays the one that it was.
    fn read(found: Found, limit: u64, earlier: Option<&File>) -> File {
        let read = caught(&found.shown, || read::document(&found, limit));
        let Attempt { document, left_out, complaints } = read.unwrap_or_else(|fault| Attempt::failed(*fault));
        let before = earlier.and_then(|earlier| earlier.document.as_ref());
        let document = document.map(|document| match before {
            Some(before) if **before == document => before.clone(),
            _ => Arc::new(document),
        });
        File { asset: read::asset(&found), found, document, left_out, complaints }
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
            && self.left_out == other.left_out
            && self.found.path == other.found.path
    }
}
