//! Everything read from disk, once. What comes out is a [`Snapshot`]: the text
//! of every document and theme file as of one moment. Nothing later reads,
//! except that a file beside the documents is copied when a page links to it.
//!
//! What cannot be read is named, and the rest is read all the same.

mod decode;
mod mojibake;
mod read;
mod walk;

pub use decode::{Encoding, Form, Newline};

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walk::{Found, Place};

/// One document as text: decoded, without a byte-order mark, lines ended by LF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Under the content folder, with forward slashes.
    pub path: String,
    /// As shown in complaints: relative to where casebook was started when that is shorter.
    pub shown: String,
    pub text: String,
    /// How the file is written on disk.
    pub form: Form,
}

impl SourceFile {
    /// A document whose file is plain UTF-8 with lines ended by LF.
    pub fn new(path: &str, text: &str) -> SourceFile {
        SourceFile { path: path.to_owned(), shown: path.to_owned(), text: text.to_owned(), form: Form::default() }
    }
}

/// A file beside the documents, read only when a page links to it. Documents are listed
/// too: one that is no postmortem can still be linked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    pub disk: PathBuf,
    /// In bytes.
    pub size: u64,
    /// Width and height in pixels, when it is an image that says so.
    pub dimensions: Option<(u32, u32)>,
}

/// The text of every file, as of one moment.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// Sorted by path.
    pub documents: Vec<Arc<SourceFile>>,
    /// By path under the content folder.
    pub assets: BTreeMap<String, Asset>,
    /// Files of the site's own theme, by path under `themes/NAME/`.
    pub theme: BTreeMap<String, Vec<u8>>,
}

/// Reads all documents under `content` and the theme folder, if there is one.
///
/// Folders that are never documents (`node_modules`, `target`, hidden ones, an archive
/// that casebook wrote) are not looked into, nor, when the content folder is the site's
/// root, its settings, themes and output.
pub fn read(content: &Path, theme: &Path, config: &Config) -> (Snapshot, Vec<Diagnostic>) {
    let own = walk::own_files(content, theme, config);
    let (mut found, mut diagnostics) = walk::files(content, &own, Place::Content);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    let read: Vec<(Option<SourceFile>, Vec<Diagnostic>)> =
        found.par_iter().map(|found| read::document(found, config.file_size)).collect();
    let mut documents = Vec::new();
    for (document, complaints) in read {
        documents.extend(document.map(Arc::new));
        diagnostics.extend(complaints);
    }
    let assets = found.par_iter().map(|found| (found.path.clone(), read::asset(found))).collect();
    let (theme, complaints) = read_theme(theme, config);
    diagnostics.extend(complaints);
    (Snapshot { documents, assets, theme }, diagnostics)
}

/// Reads one document by its path on disk, which is also how complaints show it.
pub fn read_file(disk: &Path, config: &Config) -> (Option<SourceFile>, Vec<Diagnostic>) {
    let shown = walk::slashes(disk);
    let size = std::fs::metadata(disk).map_or(0, |meta| meta.len());
    let found = Found { disk: disk.to_owned(), path: shown.clone(), shown, size, is_named: true };
    read::document(&found, config.file_size)
}

fn read_theme(theme: &Path, config: &Config) -> (BTreeMap<String, Vec<u8>>, Vec<Diagnostic>) {
    if !theme.is_dir() {
        return (BTreeMap::new(), Vec::new());
    }
    let (found, mut diagnostics) = walk::files(theme, &[], Place::Theme);
    let read: Vec<_> = found.into_par_iter().map(|found| (read::bytes(&found, config.file_size), found)).collect();
    let mut files = BTreeMap::new();
    for (bytes, found) in read {
        match bytes {
            Ok(bytes) => drop(files.insert(found.path, bytes)),
            Err(complaint) => diagnostics.push(*complaint),
        }
    }
    (files, diagnostics)
}
