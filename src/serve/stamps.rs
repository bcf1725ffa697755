//! Which files a site is made of, and whether they are still the ones that were read:
//! size, time and inode of each. Cheap enough to take anew after every event, so
//! that no event needs to be understood.

use crate::config;
use crate::project::Project;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use walkdir::{DirEntry, WalkDir};

/// What tells one state of a file from another without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
    inode: u64,
}

/// All files of a site, and the folders that they stand in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stamps {
    pub files: BTreeMap<PathBuf, Stamp>,
    pub folders: BTreeMap<PathBuf, u64>,
}

impl Stamps {
    /// Looks at everything that a project reads.
    pub fn take(project: &Project) -> Stamps {
        let mut stamps = Stamps::default();
        // The root itself, for `site.toml` and for folders that come and go in it.
        stamps.walk(&project.root, 1, &|entry| entry.depth() == 0 || entry.file_name() == config::FILE);
        stamps.walk(&project.content, usize::MAX, &|entry| entry.depth() == 0 || is_read(entry));
        stamps.walk(&project.theme, usize::MAX, &|_| true);
        stamps
    }

    fn walk(&mut self, top: &Path, depth: usize, wanted: &dyn Fn(&DirEntry) -> bool) {
        let entries = WalkDir::new(top).max_depth(depth).follow_links(true).into_iter().filter_entry(wanted);
        // What cannot be looked at is not there, for now; reading it says why.
        for entry in entries.flatten() {
            let Ok(meta) = entry.metadata() else { continue };
            match meta.is_dir() {
                true => drop(self.folders.insert(entry.into_path(), inode(&meta))),
                false => drop(self.files.insert(entry.into_path(), Stamp::of(&meta))),
            }
        }
    }

    /// Files that are new, gone or not the same, and of those that are named all that exist.
    pub fn differing(&self, older: &Stamps, named: &BTreeSet<PathBuf>) -> BTreeSet<PathBuf> {
        let changed = self.files.iter().filter(|(path, stamp)| older.files.get(*path) != Some(stamp) || named.contains(*path));
        let gone = older.files.keys().filter(|path| !self.files.contains_key(*path));
        changed.map(|(path, _)| path).chain(gone).cloned().collect()
    }
}

/// Folders that hold no documents are not walked.
fn is_read(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    !entry.file_type().is_dir() || !(name.starts_with('.') || name == "node_modules" || name == "target")
}

impl Stamp {
    fn of(meta: &Metadata) -> Stamp {
        Stamp { size: meta.len(), modified: meta.modified().ok(), inode: inode(meta) }
    }
}

#[cfg(unix)]
fn inode(meta: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(meta)
}

#[cfg(not(unix))]
fn inode(_: &Metadata) -> u64 {
    0
}
