//! Everything read from disk, once. What comes out is a [`Snapshot`]: the text
//! of every document and theme file as of one moment. Nothing later reads,
//! except that a file beside the documents is copied when a page links to it.
//!
//! What cannot be read is named, and the rest is read all the same.

mod decode;
mod detect;
mod form;
mod formats;
pub mod html;
mod gaps;
mod inside;
mod kept;
mod left_out;
mod mojibake;
mod read;
mod unread;
mod walk;
mod written;

pub use form::{Encoding, Form, Newline};
pub use gaps::Gaps;
pub use inside::{Inside, bytes_of};
pub use kept::Assets;
pub use left_out::{Coverage, LeftOut};
pub use unread::Unread;
pub use walk::{Folders, is_absent, reason, shown};
pub use written::is_page;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use kept::Kept;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walk::{Found, Place};

/// One document as text: decoded, without a byte-order mark, lines ended by LF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Under the content folder, with forward slashes.
    pub path: String,
    /// As shown in diagnostics: relative to where casebook was started when that is shorter.
    pub shown: String,
    pub text: String,
    /// How the file is written on disk.
    pub form: Form,
    /// Lines of the file that are not in the text.
    pub gaps: Gaps,
}

impl SourceFile {
    /// A document whose file is plain UTF-8 with lines ended by LF.
    pub fn new(path: &str, text: &str) -> SourceFile {
        SourceFile {
            path: path.to_owned(),
            shown: path.to_owned(),
            text: text.to_owned(),
            form: Form::default(),
            gaps: Gaps::default(),
        }
    }
}

/// Bytes as text, in whatever encoding they are, with lines ended by LF.
pub fn text_of(bytes: Vec<u8>) -> String {
    decode::decode(bytes).text
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
    /// The file under the content folder that it is a symbolic link to.
    pub links_to: Option<String>,
}

/// The text of every file, as of one moment.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// Sorted by path.
    pub documents: Vec<Arc<SourceFile>>,
    pub assets: Assets,
    /// Files of the site's own theme, by path under `themes/NAME/`.
    pub theme: BTreeMap<String, Vec<u8>>,
    /// The folder of the theme, as shown in diagnostics.
    pub theme_shown: String,
    /// Every folder that was looked into.
    pub folders: Folders,
    /// Files and folders of the content that could not be read.
    pub unread: Unread,
    content_folder: PathBuf,
    theme_folder: PathBuf,
    unread_folders: Vec<String>,
    kept: Kept,
    /// Documents that the settings exclude, by path.
    excluded: Vec<String>,
    /// Files beside the documents that they exclude.
    excluded_beside: Vec<String>,
    /// What was reported beside single documents.
    diagnostics: Vec<Diagnostic>,
}

impl Snapshot {
    /// What is not read. Of what is read, only its readers know whether it is shown.
    pub fn coverage(&self) -> Coverage {
        let left_out = self.kept.files().filter_map(|file| Some((file.path().to_owned(), file.left_out?)));
        let excluded = self.excluded.iter().map(|path| (path.clone(), LeftOut::Excluded));
        Coverage {
            documents: self.excluded.len() + self.kept.files().filter(|file| file.is_named()).count(),
            left_out: left_out.chain(excluded).collect(),
            not_read: self.kept.files().filter_map(|file| formats::not_read(file.path())).collect(),
        }
    }

    /// Files beside the documents that the settings exclude: they are not counted, but no link may lead to them.
    pub fn excluded_beside(&self) -> impl Iterator<Item = (String, LeftOut)> + '_ {
        self.excluded_beside.iter().map(|path| (path.clone(), LeftOut::Excluded))
    }

    /// Whether a site made of the other would be the same.
    pub fn is_same(&self, other: &Snapshot) -> bool {
        self.kept.is_same(&other.kept)
            && self.theme == other.theme
            && self.diagnostics == other.diagnostics
            && self.excluded_beside == other.excluded_beside
    }

    /// Reads the `named` files again, by their paths on disk. `None` when more may differ
    /// than what stands in these: then everything is to be looked at.
    pub fn read_named(
        &self,
        config: &Config,
        named: &BTreeSet<PathBuf>,
    ) -> Option<(Snapshot, Vec<Diagnostic>)> {
        if named.iter().any(|path| path.starts_with(&self.theme_folder)) {
            return None;
        }
        let kept = self.kept.read_named(&Inside::new(&self.content_folder), config.file_size, named)?;
        Some(self.clone().with(kept))
    }

    fn with(self, kept: Kept) -> (Snapshot, Vec<Diagnostic>) {
        let documents = kept.files().filter_map(|file| file.document.clone()).collect();
        let assets = kept.assets(&self.content_folder);
        let diagnostics =
            self.diagnostics.iter().chain(kept.files().flat_map(|file| &file.diagnostics)).cloned().collect();
        let unread = kept.files().filter(|file| file.is_unread()).map(|file| file.path().to_owned());
        let unread = unread.chain(self.unread_folders.iter().cloned()).collect();
        (Snapshot { documents, assets, unread, kept, ..self }, diagnostics)
    }
}

/// Reads all documents under `content` and the theme folder, if there is one.
///
/// Folders that are never documents (`node_modules`, `target`, hidden ones, an archive
/// that casebook wrote) are not looked into, nor, when the content folder is the site's
/// root, its settings, themes and output.
pub fn read(content: &Path, theme: &Path, config: &Config) -> (Snapshot, Vec<Diagnostic>) {
    read_again(content, theme, config, &Snapshot::default(), &BTreeSet::new())
}

/// The same. Files that look as they did in an `earlier` reading are not opened, unless they
/// are `named` by their paths on disk, and what cannot be read is as it was then.
pub fn read_again(
    content: &Path,
    theme: &Path,
    config: &Config,
    earlier: &Snapshot,
    named: &BTreeSet<PathBuf>,
) -> (Snapshot, Vec<Diagnostic>) {
    let own = walk::own_files(content, theme, config);
    let mut tree = walk::tree(content, &own, Place::Content);
    tree.pass_over_made_pages();
    let (excluded, files) = tree.files.into_iter().partition(|found| config.exclude.has(&found.path));
    let kept = Kept::read(&Inside::new(content), files, config.file_size, &earlier.kept, named);
    let unread: Unread = tree.unread.iter().cloned().collect();
    let kept = kept.with_unread(&unread, &earlier.kept);
    let mut snapshot = Snapshot {
        folders: tree.folders,
        diagnostics: tree.diagnostics,
        unread_folders: tree.unread,
        content_folder: content.to_owned(),
        theme_folder: theme.to_owned(),
        theme_shown: walk::shown(theme),
        ..Snapshot::default()
    };
    snapshot.exclude(excluded);
    snapshot.read_theme(theme, config);
    snapshot.with(kept)
}

impl Snapshot {
    fn exclude(&mut self, files: Vec<Found>) {
        let (documents, beside): (Vec<Found>, Vec<Found>) =
            files.into_iter().partition(|found| found.is_named);
        self.excluded_beside = beside.into_iter().map(|found| found.path).collect();
        for found in documents {
            let note = format!("skipped: {}", LeftOut::Excluded.why());
            self.diagnostics.push(Diagnostic::new(Code::NotAPostmortem, note).in_file(&found.shown));
            self.excluded.push(found.path);
        }
    }

    fn read_theme(&mut self, theme: &Path, config: &Config) {
        match std::fs::metadata(theme) {
            Ok(meta) if !meta.is_dir() => return,
            Ok(_) => {}
            Err(error) if walk::is_absent(&error) => return,
            Err(error) => {
                return self.diagnostics.push(unread::unreadable(&self.theme_shown, reason(&error)));
            }
        }
        let inside = Inside::new(theme);
        let tree = walk::tree(theme, &[], Place::Theme);
        self.folders.extend(tree.folders);
        self.diagnostics.extend(tree.diagnostics);
        let read: Vec<_> = tree
            .files
            .into_par_iter()
            .map(|found| (read::bytes(&inside, &found, config.file_size), found))
            .collect();
        for (bytes, found) in read {
            match bytes {
                Ok(bytes) => drop(self.theme.insert(found.path, bytes)),
                Err(diagnostic) => self.diagnostics.push(*diagnostic),
            }
        }
    }
}
