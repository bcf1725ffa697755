//! The one way a site reaches disk.
//!
//! Whatever moment the machine dies at, each published file is whole, old or
//! new, and no page that is still there links to a file that is gone: files are
//! written beside their place and renamed over it, what pages need comes before
//! them, and what the archive no longer has goes last. Only files that casebook's
//! own manifest lists are ever deleted.

#![warn(missing_docs)]

mod destination;
#[cfg(test)]
mod faults;
mod folder;
mod manifest;
mod ownership;
mod rewrite;

pub use destination::{Destination, Refusal};

use crate::address;
use crate::diagnostic::{Code, Diagnostic};
use crate::proof::Proved;
use crate::site::{Output, Site, Stage};
use crate::source::reason;
use folder::{Entry, Folder};
use manifest::{Listed, Manifest};
use ownership::Ownership;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What a publication did.
#[derive(Debug, Default)]
pub struct Report {
    /// Files whose bytes differed and were written.
    pub written: usize,
    /// Files that were there already with the same bytes.
    pub unchanged: usize,
    /// Files that the archive no longer has.
    pub removed: usize,
    /// Diagnostics that came up while pages were made.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether writing had to stop, and the old files were left.
    pub stopped: bool,
}

/// What stands for a moment at the address of a page that is being removed, and until the next build where
/// this one is killed then.
pub const GONE: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
    <meta name=\"generator\" content=\"casebook\"><title>Gone</title>\
    <p>This page is no longer in the archive.</p></html>\n";

/// Called with the number of files done so far and of all, from any thread.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// Where a site is written to, and how.
#[derive(Clone, Copy)]
pub struct Writing<'a> {
    /// The folder to write to.
    pub output: &'a Path,
    /// Wait until all of it is on the disk.
    pub sync: bool,
    /// Told of how many files are written, and of how many there are.
    pub progress: Progress<'a>,
    /// The files, where they were made before.
    pub proved: Option<&'a Proved>,
}

/// Makes every file of the site and writes what differs into the output folder.
/// A page that cannot be made leaves its old file; a file that cannot be written
/// ends the publication with everything old still in place. Where something is in
/// the way that is not ours, or no document could be looked at, nothing is written.
pub fn write(site: &Site, writing: Writing<'_>) -> Report {
    if site.unread().is_everything() {
        return Report { stopped: true, ..Report::default() };
    }
    match Folder::open(writing.output) {
        Ok(folder) => Publication::new(site, &folder, writing).run(),
        Err(error) => Report {
            diagnostics: vec![failure(writing.output, "", &error)],
            stopped: true,
            ..Report::default()
        },
    }
}

struct Publication<'a> {
    site: &'a Site,
    folder: &'a Folder,
    writing: Writing<'a>,
    written: AtomicUsize,
    unchanged: AtomicUsize,
    /// Files beside the documents that pages link to.
    linked: Mutex<BTreeMap<String, Listed>>,
    /// Addresses whose file is to stay as it was.
    kept: Mutex<BTreeSet<String>>,
    diagnostics: Mutex<Vec<Diagnostic>>,
}

/// Writing came to an end that the report explains.
struct Stopped;

impl<'a> Publication<'a> {
    fn new(site: &'a Site, folder: &'a Folder, writing: Writing<'a>) -> Publication<'a> {
        let (written, unchanged) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let (linked, kept, diagnostics) = Default::default();
        Publication { site, folder, writing, written, unchanged, linked, kept, diagnostics }
    }

    fn run(self) -> Report {
        let outcome = self.publish();
        let closed = self.io("", self.folder.close());
        Report {
            written: self.written.into_inner(),
            unchanged: self.unchanged.into_inner(),
            removed: outcome.as_ref().map_or(0, |removed| *removed),
            diagnostics: self.diagnostics.into_inner().unwrap_or_default(),
            stopped: outcome.is_err() || closed.is_err(),
        }
    }

    fn publish(&self) -> Result<usize, Stopped> {
        let old = self.io(manifest::NAME, Manifest::read(self.folder))?;
        self.check_edition(&old)?;
        let (planned, beside) = (self.planned(), self.beside());
        let beside = self.without_strangers(&old, &planned, beside)?;
        self.check_addresses(&old, &planned)?;
        let union = planned.clone().and(&beside).and(&old);
        self.list(&union)?;
        let outlived = ownership::outlived(&old, &planned.clone().and(&beside));
        let mut removed = self.remove(outlived.into_iter())?;
        for stage in Stage::ALL {
            self.stage(stage)?;
        }
        let new = self.new_manifest(&planned).and(&self.staying(&old, &planned));
        self.empty(old.files().map(|(path, _)| path).filter(|path| !new.has(path)))?;
        for stage in Stage::ALL.into_iter().rev() {
            let gone = old.files().filter(|(path, listed)| listed.stage == stage && !new.has(path));
            removed += self.remove(gone.map(|(path, _)| path))?;
        }
        if self.writing.sync {
            self.io("", self.folder.sync())?;
        }
        self.io(manifest::NAME, self.folder.put(manifest::NAME, new.text(self.edition()).as_bytes()))?;
        Ok(removed)
    }

    /// Stops where the folder is another edition's.
    fn check_edition(&self, old: &Manifest) -> Result<(), Stopped> {
        let name = self.edition();
        match &old.edition {
            Some(other) if name.is_some() && name != Some(other) => self.refuse(vec![
                Diagnostic::new(Code::Write, format!("this folder has edition `{other}`"))
                    .in_file(&shown(self.folder.path(), ""))
                    .help("nothing was written; give each edition an `output` of its own"),
            ]),
            _ => Ok(()),
        }
    }

    fn edition(&self) -> Option<&String> {
        self.site.config().edition.as_ref().map(|edition| &edition.name)
    }

    /// Lists what may be in the folder from now on.
    fn list(&self, manifest: &Manifest) -> Result<(), Stopped> {
        let text = manifest.text(self.edition());
        let put = match self.writing.sync {
            // Files that outlive a loss of power must be known as ours.
            true => self.folder.put_for_good(manifest::NAME, text.as_bytes()),
            false => self.folder.put(manifest::NAME, text.as_bytes()),
        };
        self.io(manifest::NAME, put).map(drop)
    }

    /// Every file that is made.
    fn planned(&self) -> Manifest {
        let listed = |output: &Output| {
            let sources = self.site.document_of(&output.path).map(str::to_owned).into_iter().collect();
            (output.path.clone(), Listed { stage: output.stage, sources })
        };
        self.site.outputs_with_search().map(listed).collect()
    }

    /// Every file beside the documents, linked or not.
    fn beside(&self) -> Manifest {
        self.site.content_files().map(|path| (path.clone(), beside_documents(&path))).collect()
    }

    /// Stops where something is in the way that casebook did not make. A file beside the documents that
    /// no page links to is not written, so nothing can be in its way.
    fn without_strangers(
        &self,
        old: &Manifest,
        planned: &Manifest,
        beside: Manifest,
    ) -> Result<Manifest, Stopped> {
        let ownership = Ownership::new(self.folder, old);
        let mut strangers = self.io("", ownership.strangers(planned))?;
        let maybe = self.io("", ownership.strangers(&beside))?;
        let is_maybe = |path: &str| maybe.iter().any(|stranger| is_at_or_below(path, stranger));
        let (unsure, free): (Vec<_>, Vec<_>) = beside.into_files().partition(|(path, _)| is_maybe(path));
        for (path, _) in unsure.iter().filter(|(path, _)| self.site.links_to(path)) {
            strangers.extend(maybe.iter().filter(|stranger| is_at_or_below(path, stranger)).cloned());
        }
        self.refuse(strangers.iter().map(|path| stranger(self.folder.path(), path)).collect())?;
        Ok(free.into_iter().collect())
    }

    /// Stops where a page would take the place of one that is to stay because its document cannot be read.
    fn check_addresses(&self, old: &Manifest, planned: &Manifest) -> Result<(), Stopped> {
        let is_taken = |(path, new): (&str, &Listed)| {
            let had = &old
                .get(path)
                .filter(|old| self.is_unread(old) && old.sources.is_disjoint(&new.sources))?
                .sources;
            Some(taken(self.folder.path(), path, had.first()?))
        };
        self.refuse(planned.files().filter_map(is_taken).collect())
    }

    fn refuse(&self, why: Vec<Diagnostic>) -> Result<(), Stopped> {
        let outcome = if why.is_empty() { Ok(()) } else { Err(Stopped) };
        push(&self.diagnostics, why);
        outcome
    }

    fn stage(&self, stage: Stage) -> Result<(), Stopped> {
        let outputs: Vec<&Output> = self.site.outputs_with_search().collect();
        let total = outputs.len();
        outputs.par_iter().filter(|output| output.stage == stage).try_for_each(|output| {
            self.make(&output.path)?;
            (self.writing.progress)(
                self.written.load(Ordering::Relaxed) + self.unchanged.load(Ordering::Relaxed),
                total,
            );
            Ok(())
        })
    }

    /// Makes one file, first the files beside the documents that it links to.
    fn make(&self, path: &str) -> Result<(), Stopped> {
        if let (None, Some(export)) = (self.writing.proved, self.site.export_at(path)) {
            return self.done(path, self.folder.stream(path, |out| self.site.write(export, out)));
        }
        let made = self.writing.proved.map_or_else(|| self.site.render(path), |proved| proved.made(path));
        push(&self.diagnostics, made.diagnostics);
        for linked in made.linked {
            self.copy(linked, self.site.document_of(path))?;
        }
        match made.bytes {
            Some(bytes) => self.put(path, &bytes),
            None => {
                lock(&self.kept).insert(path.to_owned());
                Ok(())
            }
        }
    }

    /// Copies a file beside the documents that the page of a document links to, unless that is done.
    fn copy(&self, linked: String, document: Option<&str>) -> Result<(), Stopped> {
        let mut is_new = false;
        let listed = || {
            is_new = true;
            beside_documents(&linked)
        };
        lock(&self.linked)
            .entry(linked.clone())
            .or_insert_with(listed)
            .sources
            .extend(document.map(str::to_owned));
        if !is_new {
            return Ok(());
        }
        let proved = self.writing.proved.and_then(|proved| proved.content_file(&linked));
        match proved.map_or_else(|| self.site.content_file(&linked), Ok) {
            Ok(bytes) => self.put(&linked, &bytes),
            Err(diagnostic) => {
                lock(&self.kept).insert(linked);
                push(&self.diagnostics, vec![*diagnostic]);
                Ok(())
            }
        }
    }

    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), Stopped> {
        self.done(path, self.folder.put(path, bytes))
    }

    /// Counts a file that was put in its place.
    fn done(&self, path: &str, is_written: io::Result<bool>) -> Result<(), Stopped> {
        let counter = match self.io(path, is_written)? {
            true => &self.written,
            false => &self.unchanged,
        };
        counter.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// What was made. A file whose making failed is listed when an old one is there.
    fn new_manifest(&self, planned: &Manifest) -> Manifest {
        let (kept, linked) = (lock(&self.kept), lock(&self.linked));
        let is_there =
            |path: &str| !kept.contains(path) || matches!(self.folder.entry(path), Ok(Some(Entry::File)));
        let linked = linked.iter().map(|(path, listed)| (path.as_str(), listed));
        let files = planned.files().chain(linked).filter(|(path, _)| is_there(path));
        files.map(|(path, listed)| (path.to_owned(), listed.clone())).collect()
    }

    /// What is not made now because its document cannot be read, and what its page needs.
    fn staying(&self, old: &Manifest, planned: &Manifest) -> Manifest {
        let any_page = old.files().any(|(path, listed)| self.is_unread(listed) && !planned.has(path));
        let is_staying = |path: &str, listed: &Listed| match content_path(path) {
            // One that is gone or must not be shown any more does not stay for the sake of a page.
            Some(file) => {
                self.is_unread(listed)
                    && (self.site.has_content_file(file) || self.site.unread().covers(file))
            }
            None if path.starts_with(address::THEME_FILES) => any_page,
            None => self.is_unread(listed),
        };
        let staying = old.files().filter(|(path, listed)| is_staying(path, listed));
        staying.map(|(path, listed)| (path.to_owned(), listed.clone())).collect()
    }

    /// Whether a file is there for something that could not be read now.
    fn is_unread(&self, listed: &Listed) -> bool {
        listed.sources.iter().any(|source| self.site.unread().covers(source))
    }

    /// Puts [`GONE`] in the place of pages that are about to be removed: they link to each other, so in
    /// whatever order they go, one that is still there could lead to one that is not.
    fn empty<'p>(&self, mut paths: impl Iterator<Item = &'p str>) -> Result<(), Stopped> {
        paths.try_for_each(|path| match self.io(path, self.folder.entry(path))? {
            Some(Entry::File) if path.ends_with(".html") => {
                self.io(path, self.folder.put(path, GONE.as_bytes())).map(drop)
            }
            _ => Ok(()),
        })
    }

    fn remove<'p>(&self, mut paths: impl Iterator<Item = &'p str>) -> Result<usize, Stopped> {
        paths.try_fold(0, |removed, path| Ok(removed + usize::from(self.io(path, self.folder.remove(path))?)))
    }

    fn io<T>(&self, path: &str, result: io::Result<T>) -> Result<T, Stopped> {
        result.map_err(|error| {
            push(&self.diagnostics, vec![failure(self.folder.path(), path, &error)]);
            Stopped
        })
    }
}

/// The path under the content folder of a file of the archive that was copied from there.
fn content_path(path: &str) -> Option<&str> {
    path.strip_prefix(address::CONTENT_FILES)
}

/// A file beside the documents, there for its own sake until a document is known that links to it.
fn beside_documents(path: &str) -> Listed {
    Listed { stage: Stage::Asset, sources: content_path(path).map(str::to_owned).into_iter().collect() }
}

fn is_at_or_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn shown(folder: &Path, path: &str) -> String {
    folder.join(path).display().to_string().trim_end_matches('/').to_owned()
}

fn stranger(folder: &Path, path: &str) -> Diagnostic {
    Diagnostic::new(Code::Write, "this is in the way, and casebook did not make it")
        .in_file(&shown(folder, path))
        .help("nothing was written; move it away, or name another folder with `--output-dir`")
}

fn taken(folder: &Path, path: &str, document: &str) -> Diagnostic {
    Diagnostic::new(
        Code::Write,
        format!("this page of `{document}`, which cannot be read, would be replaced by another's"),
    )
    .in_file(&shown(folder, path))
    .help(format!(
        "nothing was written; let `{document}` be read, or give the other document a `slug` of its own"
    ))
}

fn failure(folder: &Path, path: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::new(Code::Write, format!("cannot write: {}", reason(error)))
        .in_file(&shown(folder, path))
        .help(format!("what was published before is still in place; {}", remedy(error.kind())))
}

/// What helps when a file or folder could not be written.
fn remedy(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::WouldBlock => "build again when the other one has ended",
        io::ErrorKind::AlreadyExists
        | io::ErrorKind::NotADirectory
        | io::ErrorKind::NotFound
        | io::ErrorKind::Other => "move away what is in the way, or name another folder with `--output-dir`",
        io::ErrorKind::InvalidData => "build with that version, or into another folder",
        _ => "build again once there is room and permission",
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn push(all: &Mutex<Vec<Diagnostic>>, more: Vec<Diagnostic>) {
    if !more.is_empty() {
        lock(all).extend(more);
    }
}
