//! Which files there are. Links are followed as far as they stay inside; what is
//! no regular file is named and left alone, so that nothing here can hang.

use super::unread::{Unread, unreadable};
use super::written;
use crate::address::path_hash;
use crate::config::{self, Config};
use crate::diagnostic::{Code, Diagnostic, Level};
use std::collections::{BTreeMap, HashSet};
use std::fs::Metadata;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;
use walkdir::{DirEntry, WalkDir};

/// The file by which a folder is known as an archive that casebook wrote.
const MANIFEST: &str = ".casebook-manifest";

/// Folders that hold other people's files.
const NEVER_WALKED: &[&str] = &["node_modules", "target"];

/// Endings of Vim's swap files.
const SWAP: &[&str] = &["swp", "swo", "swn", "swx"];

/// What Linux and macOS call links that lead to each other without end.
const LINK_LOOP: [i32; 2] = [40, 62];

/// A regular file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub disk: PathBuf,
    /// Under the folder that was walked, with forward slashes.
    pub path: String,
    /// As shown in diagnostics.
    pub shown: String,
    pub stamp: Stamp,
    /// Its name ends like that of a document.
    pub is_named: bool,
    /// The file under the walked folder that it is a symbolic link to.
    pub links_to: Option<String>,
}

/// What tells one state of a file from another without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Stamp {
    /// In bytes.
    pub size: u64,
    modified: Option<SystemTime>,
    /// 0 where there are none.
    inode: u64,
}

impl Stamp {
    pub fn of(meta: &Metadata) -> Stamp {
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

/// Folders that were looked into, each with its inode: a folder that was replaced is another one.
pub type Folders = BTreeMap<PathBuf, u64>;

/// What stands in a folder and those below it.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// In the order of their folders.
    pub files: Vec<Found>,
    pub folders: Folders,
    pub diagnostics: Vec<Diagnostic>,
    /// Paths, under the folder that was walked, of what could not be looked at.
    pub unread: Vec<String>,
}

impl Tree {
    /// A page that was made of a document beside it is none itself.
    pub fn pass_over_made_pages(&mut self) {
        let paths: HashSet<String> = self.files.iter().map(|found| found.path.clone()).collect();
        for found in &mut self.files {
            found.is_named &= !written::sources(&found.path).any(|source| paths.contains(&source));
        }
    }
}

impl Found {
    /// It may be a document, named like one or without an ending: some of those are postmortems.
    pub fn is_document(&self) -> bool {
        self.is_named || !file_name(&self.path).contains('.')
    }
}

/// What a folder is walked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Content,
    Theme,
}

/// Paths in the content folder that belong to the site and not to its documents.
pub(super) fn own_files(content: &Path, theme: &Path, config: &Config) -> Vec<PathBuf> {
    // The themes stand under the root; when that is the content folder too, so do the others.
    match theme.starts_with(content) {
        true => {
            [config::FILE, &config.themes, &config.output].iter().map(|name| content.join(name)).collect()
        }
        false => Vec::new(),
    }
}

/// All regular files under `top`, but those in `skipped`.
pub(super) fn tree(top: &Path, skipped: &[PathBuf], place: Place) -> Tree {
    let mut walk = Walk {
        top,
        real_top: top.canonicalize().ok(),
        here: std::env::current_dir().ok(),
        followed: HashSet::new(),
        tree: Tree::default(),
    };
    let mut entries = WalkDir::new(top).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let name = error.path().and_then(Path::file_name).unwrap_or_default();
                if !is_of_editors(&name.to_string_lossy()) {
                    walk.not_reached(&error);
                }
                continue;
            }
        };
        let leave_out =
            skipped.iter().any(|path| path == entry.path()) || entry.depth() > 0 && is_hidden(&entry, place);
        if leave_out || !walk.may_follow(&entry) {
            if entry.file_type().is_dir() {
                entries.skip_current_dir();
            }
            continue;
        }
        walk.look_at(&entry);
    }
    walk.tree
}

struct Walk<'w> {
    top: &'w Path,
    real_top: Option<PathBuf>,
    /// Folders that links led to: each is walked once, or links among folders could multiply them without end.
    followed: HashSet<PathBuf>,
    /// Where casebook was started.
    here: Option<PathBuf>,
    tree: Tree,
}

impl Walk<'_> {
    fn may_follow(&mut self, entry: &DirEntry) -> bool {
        if entry.depth() == 0 || !entry.path_is_symlink() {
            return true;
        }
        let real = entry.path().canonicalize().ok();
        let is_inside =
            real.as_ref().zip(self.real_top.as_ref()).is_some_and(|(real, top)| real.starts_with(top));
        if !is_inside {
            self.not_regular(entry.path(), "this link leads out of the folder and was not followed");
            return false;
        }
        !entry.file_type().is_dir() || real.is_some_and(|real| self.followed.insert(real))
    }

    fn look_at(&mut self, entry: &DirEntry) {
        let kind = entry.file_type();
        let meta: Option<Metadata> = entry.metadata().ok();
        if kind.is_dir() {
            self.tree.folders.insert(entry.path().to_owned(), meta.as_ref().map_or(0, inode));
            return;
        }
        if !kind.is_file() {
            self.not_regular(entry.path(), "this is a pipe, a socket or a device, and was not opened");
            return;
        }
        let path = self.path(entry.path());
        let is_named = written::is_named(&path);
        let shown = self.shown(entry.path());
        let stamp = meta.as_ref().map(Stamp::of).unwrap_or_default();
        let links_to = if entry.path_is_symlink() { self.target(entry.path()) } else { None };
        self.tree.files.push(Found { disk: entry.path().to_owned(), path, shown, stamp, is_named, links_to });
    }

    fn target(&self, link: &Path) -> Option<String> {
        let real = link.canonicalize().ok()?;
        Some(slashes(real.strip_prefix(self.real_top.as_ref()?).ok()?))
    }

    /// The path under the walked folder. A name that is no text gets its hash, so that it stays one of its own.
    fn path(&mut self, disk: &Path) -> String {
        let path = disk.strip_prefix(self.top).unwrap_or(disk);
        if path.to_str().is_some() {
            return slashes(path);
        }
        let mut diagnostic =
            Diagnostic::new(Code::Encoding, "this file's name is not UTF-8").in_file(&self.shown(disk));
        diagnostic.level = Level::Warning;
        self.tree
            .diagnostics
            .push(diagnostic.help("rename it; until then its address is made from a hash of its name"));
        let hash = path_hash(&format!("{path:?}"));
        let lossy = slashes(path);
        match lossy.rsplit_once('.') {
            Some((stem, extension)) if !extension.contains('/') => format!("{stem}-{hash}.{extension}"),
            _ => format!("{lossy}-{hash}"),
        }
    }

    fn shown(&self, path: &Path) -> String {
        shown_from(self.here.as_deref(), path)
    }

    fn not_regular(&mut self, path: &Path, message: &str) {
        self.tree.diagnostics.push(Diagnostic::new(Code::NotRegular, message).in_file(&self.shown(path)));
    }

    fn not_reached(&mut self, error: &walkdir::Error) {
        let diagnostic = self.unreachable(error);
        if diagnostic.code == Code::Unreadable {
            // Where a folder breaks off in the middle, its path is not told: then nothing is known.
            let inside = error.path().and_then(|path| path.strip_prefix(self.top).ok());
            self.tree.unread.push(inside.map_or_else(Unread::everything, slashes));
        }
        self.tree.diagnostics.push(diagnostic);
    }

    fn unreachable(&self, error: &walkdir::Error) -> Diagnostic {
        let path = self.shown(error.path().unwrap_or(self.top));
        let missing = error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound);
        match (error.loop_ancestor(), error.io_error()) {
            (Some(ancestor), _) => {
                let message =
                    format!("this link leads back to `{}` and was not followed", self.shown(ancestor));
                Diagnostic::new(Code::NotRegular, message).in_file(&path)
            }
            (None, Some(_)) if missing => {
                Diagnostic::new(Code::NotRegular, "this link leads to nothing that is there").in_file(&path)
            }
            (None, Some(error)) if error.raw_os_error().is_some_and(|code| LINK_LOOP.contains(&code)) => {
                Diagnostic::new(Code::NotRegular, "this link leads back to itself").in_file(&path)
            }
            (None, error) => {
                unreadable(&path, error.map_or("the system does not say why".to_owned(), reason))
            }
        }
    }
}

/// Whether an error says that there is nothing at a path, and not that nobody can tell.
pub fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// A path as diagnostics show it: from where casebook was started, when it lies below.
pub fn shown(path: &Path) -> String {
    shown_from(std::env::current_dir().ok().as_deref(), path)
}

fn shown_from(here: Option<&Path>, path: &Path) -> String {
    let path = here.and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path);
    let plain: PathBuf = path.components().filter(|part| *part != Component::CurDir).collect();
    slashes(&plain)
}

/// Why the system refused, without its error number.
pub fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    match text.split_once(" (os error") {
        Some((reason, _)) => reason.to_lowercase(),
        None => text,
    }
}

fn is_hidden(entry: &DirEntry, place: Place) -> bool {
    let name = entry.file_name().to_string_lossy();
    let is_folder = entry.file_type().is_dir();
    let is_others = place == Place::Content && is_folder && NEVER_WALKED.contains(&name.as_ref());
    name.starts_with('.')
        || is_of_editors(&name)
        || is_others
        || is_folder && entry.path().join(MANIFEST).is_file()
}

/// What editors leave beside the file that is edited: locks, backups, unsaved text.
fn is_of_editors(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let is_unsaved = name.len() > 1 && name.starts_with('#') && name.ends_with('#');
    name.starts_with(".#")
        || name.starts_with("~$")
        || name.ends_with('~')
        || is_unsaved
        || SWAP.contains(&extension)
}

/// A path with forward slashes.
pub(super) fn slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
