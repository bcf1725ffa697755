//! The one way a site reaches disk.
//!
//! Whatever moment the machine dies at, each published file is whole, old or
//! new, and no page that is still there links to a file that is gone: files are
//! written beside their place and renamed over it, what pages need comes before
//! them, and what the archive no longer has goes last. Only files that casebook's
//! own manifest lists are ever deleted.

mod folder;
mod manifest;
mod rewrite;

pub use folder::{Destination, Refusal};

use crate::diagnostic::{Code, Diagnostic};
use crate::site::{Output, Site, Stage};
use crate::source::reason;
use folder::Folder;
use manifest::Manifest;
use rayon::prelude::*;
use std::collections::BTreeSet;
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
    /// Complaints that came up while pages were made.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether writing had to stop, and the old files were left.
    pub stopped: bool,
}

/// Called with the number of files done so far and of all, from any thread.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// Makes every file of the site and writes what differs into `output`.
/// A page that cannot be made leaves its old file; a file that cannot be written
/// ends the publication with everything old still in place.
pub fn write(site: &Site, output: &Path, progress: Progress<'_>) -> Report {
    match Folder::open(output) {
        Ok(folder) => Publication::new(site, &folder, progress).run(),
        Err(error) => Report { diagnostics: vec![failure(output, "", &error)], stopped: true, ..Report::default() },
    }
}

struct Publication<'a> {
    site: &'a Site,
    folder: &'a Folder,
    progress: Progress<'a>,
    written: AtomicUsize,
    unchanged: AtomicUsize,
    /// Files beside the documents that pages link to.
    linked: Mutex<BTreeSet<String>>,
    /// Addresses whose file is to stay as it was.
    kept: Mutex<BTreeSet<String>>,
    diagnostics: Mutex<Vec<Diagnostic>>,
}

/// Writing came to an end that the report explains.
struct Stopped;

impl<'a> Publication<'a> {
    fn new(site: &'a Site, folder: &'a Folder, progress: Progress<'a>) -> Publication<'a> {
        let (written, unchanged) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let (linked, kept, diagnostics) = Default::default();
        Publication { site, folder, progress, written, unchanged, linked, kept, diagnostics }
    }

    fn run(self) -> Report {
        let outcome = self.publish();
        Report {
            written: self.written.into_inner(),
            unchanged: self.unchanged.into_inner(),
            removed: outcome.as_ref().map_or(0, |removed| *removed),
            diagnostics: self.diagnostics.into_inner().unwrap_or_default(),
            stopped: outcome.is_err(),
        }
    }

    fn publish(&self) -> Result<usize, Stopped> {
        let old = self.io("", Manifest::read(self.folder))?;
        let planned = self.site.outputs_with_search().map(|output| output.path.clone()).chain(self.site.content_files());
        let union = Manifest::new(old.paths().map(str::to_owned).chain(planned));
        self.io("", union.write(self.folder))?;
        for stage in Stage::ALL {
            self.stage(stage)?;
        }
        let new = self.manifest();
        let removed = self.remove(&old, &new)?;
        self.io("", new.write(self.folder))?;
        self.io("", self.folder.close())?;
        Ok(removed)
    }

    fn stage(&self, stage: Stage) -> Result<(), Stopped> {
        let outputs: Vec<&Output> = self.site.outputs_with_search().collect();
        let total = outputs.len();
        outputs.par_iter().filter(|output| output.stage == stage).try_for_each(|output| {
            self.make(&output.path)?;
            (self.progress)(self.written.load(Ordering::Relaxed) + self.unchanged.load(Ordering::Relaxed), total);
            Ok(())
        })
    }

    /// Makes one file, first the files beside the documents that it links to.
    fn make(&self, path: &str) -> Result<(), Stopped> {
        if let Some(format) = self.site.format(path) {
            return self.done(path, self.folder.stream(path, |out| format.write(self.site.archive(), out)));
        }
        let made = self.site.render(path);
        push(&self.diagnostics, made.diagnostics);
        for linked in made.linked {
            self.copy(linked)?;
        }
        match made.bytes {
            Some(bytes) => self.put(path, &bytes),
            None => {
                lock(&self.kept).insert(path.to_owned());
                Ok(())
            }
        }
    }

    fn copy(&self, linked: String) -> Result<(), Stopped> {
        if !lock(&self.linked).insert(linked.clone()) {
            return Ok(());
        }
        match self.site.content_file(&linked) {
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

    /// What the folder holds now. A file whose making failed is listed when an old one is there.
    fn manifest(&self) -> Manifest {
        let kept = lock(&self.kept);
        let planned = self.site.outputs_with_search().map(|output| output.path.clone());
        let linked = lock(&self.linked).clone();
        Manifest::new(planned.chain(linked).filter(|path| !kept.contains(path) || self.folder.has(path)))
    }

    fn remove(&self, old: &Manifest, new: &Manifest) -> Result<usize, Stopped> {
        let gone: Vec<&str> = old.paths().filter(|path| !new.has(path)).collect();
        let mut removed = 0;
        for path in gone {
            removed += usize::from(self.io(path, self.folder.remove(path))?);
        }
        Ok(removed)
    }

    fn io<T>(&self, path: &str, result: io::Result<T>) -> Result<T, Stopped> {
        result.map_err(|error| {
            push(&self.diagnostics, vec![failure(self.folder.path(), path, &error)]);
            Stopped
        })
    }
}

fn failure(folder: &Path, path: &str, error: &io::Error) -> Diagnostic {
    let shown = folder.join(path).display().to_string();
    Diagnostic::new(Code::Write, format!("cannot write: {}", reason(error)))
        .in_file(shown.trim_end_matches('/'))
        .help(format!("what was published before is still in place; {}", remedy(error.kind())))
}

/// What helps when a file or folder could not be written.
fn remedy(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::WouldBlock => "build again when the other one has ended",
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory | io::ErrorKind::NotFound | io::ErrorKind::Other => {
            "move away what is in the way, or name another folder with `--output-dir`"
        }
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
