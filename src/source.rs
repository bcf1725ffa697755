//! Everything read from disk, once. What comes out is a [`Snapshot`]: the text
//! of every document and theme file as of one moment. Nothing later reads.

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walkdir::WalkDir;

/// One document as text: decoded, without a byte-order mark, lines ended by LF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Under the content folder, with forward slashes.
    pub path: String,
    /// As shown in complaints: relative to where casebook was started when that is shorter.
    pub shown: String,
    pub text: String,
}

/// A file beside the documents, read only when a page links to it.
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
/// What cannot be read is named, and the rest is read all the same.
pub fn read(content: &Path, theme: &Path, config: &Config) -> (Snapshot, Vec<Diagnostic>) {
    let _ = (theme, config);
    let mut diagnostics = Vec::new();
    let mut files = Vec::new();
    for entry in WalkDir::new(content).sort_by_file_name() {
        match entry {
            Ok(entry) if entry.file_type().is_file() => files.push(entry.into_path()),
            Ok(_) => {}
            Err(error) => diagnostics.push(Diagnostic::new(Code::Unreadable, error.to_string())),
        }
    }
    let is_document =
        |path: &&PathBuf| matches!(path.extension().and_then(|e| e.to_str()), Some("md" | "markdown" | "mdown" | "txt"));
    let documents = files.par_iter().filter(is_document).filter_map(|path| document(content, path).map(Arc::new)).collect();
    (Snapshot { documents, ..Snapshot::default() }, diagnostics)
}

fn document(content: &Path, path: &Path) -> Option<SourceFile> {
    let text = String::from_utf8_lossy(&std::fs::read(path).ok()?).into_owned();
    let path = path.strip_prefix(content).ok()?.to_string_lossy().replace('\\', "/");
    Some(SourceFile { shown: path.clone(), path, text })
}
