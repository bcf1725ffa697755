//! What was read of each file, so that a second reading opens only files that differ.

use super::read::{self, Attempt};
use super::walk::{Found, Stamp};
use super::{Asset, Inside, LeftOut, SourceFile, Unread};
use crate::diagnostic::{Code, Diagnostic, caught};
use hashbrown::{HashMap, HashSet};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What was read of all files of a folder, in the order of their paths.
#[derive(Debug, Clone, Default)]
pub(super) struct Kept {
    files: Vec<Arc<File>>,
}

/// All files of the content folder, documents and those beside them, by path under it.
#[derive(Debug, Clone, Default)]
pub struct Assets {
    kept: Kept,
    content: PathBuf,
}

impl Assets {
    pub fn get(&self, path: &str) -> Option<&Asset> {
        let at = self.kept.files.binary_search_by(|file| file.path().cmp(path)).ok()?;
        Some(&self.kept.files[at].asset)
    }

    /// The bytes of a file as it is now.
    pub fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let asset = self.get(path).ok_or(io::ErrorKind::NotFound)?;
        let mut bytes = Vec::new();
        Inside::new(&self.content).open(&asset.disk, asset.links_to.as_deref())?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Paths of all files, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.kept.files().map(File::path)
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
            Arc::new(File { found, document: None, left_out: None, asset, diagnostics: Vec::new() })
        };
        Assets { kept: Kept::of(files.into_iter().map(file).collect()), content: PathBuf::new() }
    }
}

#[derive(Debug)]
pub(super) struct File {
    found: Found,
    pub document: Option<Arc<SourceFile>>,
    /// Why there is no document, where one was expected.
    pub left_out: Option<LeftOut>,
    pub asset: Asset,
    pub diagnostics: Vec<Diagnostic>,
}

impl Kept {
    /// Reads the files, but those that stand unchanged in `earlier` and are not `named`.
    pub fn read(
        inside: &Inside,
        found: Vec<Found>,
        limit: u64,
        earlier: &Kept,
        named: &BTreeSet<PathBuf>,
    ) -> Kept {
        let by_disk: HashMap<&OsStr, &Arc<File>> =
            earlier.files.iter().map(|file| (file.found.disk.as_os_str(), file)).collect();
        let file = |found: Found| match by_disk.get(found.disk.as_os_str()) {
            Some(file) if file.found == found && !file.is_unread() && !named.contains(&found.disk) => {
                Arc::clone(file)
            }
            known => Arc::new(File::read(inside, found, limit, known.map(|file| file.as_ref()))),
        };
        Kept::of(found.into_par_iter().map(file).collect())
    }

    fn of(mut files: Vec<Arc<File>>) -> Kept {
        files.sort_by(|a, b| a.path().cmp(b.path()));
        Kept { files }
    }

    /// The same with what was known `earlier` of folders that could not be read.
    pub fn with_unread(self, unread: &Unread, earlier: &Kept) -> Kept {
        if unread.is_empty() {
            return self;
        }
        let more = earlier.files.iter().filter(|file| unread.covers(file.path())).cloned();
        let mut kept = Kept::of(self.files.into_iter().chain(more).collect());
        kept.files.dedup_by(|earlier, now| earlier.path() == now.path());
        kept
    }

    /// Reads the named files again. `None` when more may have changed than what
    /// stands in these: one is new, gone, or not a file.
    pub fn read_named(&self, inside: &Inside, limit: u64, named: &BTreeSet<PathBuf>) -> Option<Kept> {
        let mut files = self.files.clone();
        // Compared as they are written: to compare paths by their parts takes long, for all files of an archive.
        let written: HashSet<&OsStr> = named.iter().map(|path| path.as_os_str()).collect();
        let mut unknown: BTreeSet<&Path> = named.iter().map(PathBuf::as_path).collect();
        for file in files.iter_mut().filter(|file| written.contains(file.found.disk.as_os_str())) {
            let stamp =
                Stamp::of(&std::fs::symlink_metadata(&file.found.disk).ok().filter(|meta| meta.is_file())?);
            unknown.remove(file.found.disk.as_path());
            let found = Found { stamp, ..file.found.clone() };
            *file = Arc::new(File::read(inside, found, limit, Some(file)));
        }
        // What else was named must have been there for a moment only, as when editors save.
        let is_passing = |path: &&Path| std::fs::symlink_metadata(path).is_err() && !self.is_above_any(path);
        unknown.iter().all(is_passing).then_some(Kept { files })
    }

    fn is_above_any(&self, folder: &Path) -> bool {
        self.files.iter().any(|file| file.found.disk.starts_with(folder))
    }

    /// `content` is the folder that was read.
    pub fn assets(&self, content: &Path) -> Assets {
        Assets { kept: self.clone(), content: content.to_owned() }
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

    /// Whether it is there and could not be read.
    pub fn is_unread(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| matches!(diagnostic.code, Code::Unreadable | Code::Fault))
    }

    /// A document with the same text stays the one that it was, and so does one that cannot be read any more.
    fn read(inside: &Inside, found: Found, limit: u64, earlier: Option<&File>) -> File {
        let read = caught(&found.shown, || read::document(inside, &found, limit));
        let Attempt { document, left_out, diagnostics } =
            read.unwrap_or_else(|fault| Attempt::failed(*fault));
        let asset = read::asset(inside, &found);
        let before = earlier.and_then(|earlier| earlier.document.as_ref());
        let file = File { found, document: None, left_out, asset, diagnostics };
        if let (true, Some(before)) = (file.is_unread(), before) {
            return File { document: Some(before.clone()), left_out: None, ..file };
        }
        let document = document.map(|document| match before {
            Some(before) if **before == document => before.clone(),
            _ => Arc::new(document),
        });
        File { document, ..file }
    }

    fn is_same(&self, other: &File) -> bool {
        let is_same_document = match (&self.document, &other.document) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (None, None) => self.found.stamp == other.found.stamp,
            _ => false,
        };
        is_same_document
            && self.asset == other.asset
            && self.diagnostics == other.diagnostics
            && self.left_out == other.left_out
            && self.found.path == other.found.path
    }
}
