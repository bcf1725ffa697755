//! An archive in a folder of its own, for the browser to visit.

use casebook::diagnostic::Level;
use casebook::project::Project;
use casebook::publish::{self, Writing};
use casebook::site::Site;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A temporary folder of documents and the archive of them; it goes when the value does.
pub struct Archive {
    folder: TempDir,
}

impl Archive {
    /// An archive of documents, each a path and a text.
    pub fn of<'a>(documents: impl IntoIterator<Item = (&'a str, &'a str)>) -> Archive {
        let archive = Archive { folder: tempfile::tempdir().expect("a temporary folder") };
        for (path, text) in documents {
            write(&archive.folder.path().join("content").join(path), text);
        }
        archive.build(archive.folder.path());
        archive
    }

    /// The demo archive of the repository.
    pub fn of_the_demo() -> Archive {
        let archive = Archive { folder: tempfile::tempdir().expect("a temporary folder") };
        archive.build(&demo());
        archive
    }

    /// Where its pages are.
    pub fn public(&self) -> PathBuf {
        self.folder.path().join("public")
    }

    /// The address of its top, read from disk.
    pub fn on_disk(&self) -> String {
        format!("file://{}/", self.public().display())
    }

    fn build(&self, root: &Path) {
        let (project, mut diagnostics) = Project::locate(root).expect("a site");
        let (site, found) = Site::load(&project);
        let written = publish::write(
            &site,
            Writing { output: &self.public(), sync: false, progress: &|_, _| {}, proved: None },
        );
        diagnostics.extend(found.into_iter().chain(written.diagnostics));
        diagnostics.retain(|diagnostic| diagnostic.level == Level::Error);
        assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    }
}

fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The demo archive as it is in memory.
pub fn demo_site() -> Site {
    Site::load(&Project::locate(&demo()).expect("a site").0).0
}

/// Writes a file, and the folders that it is in.
pub(crate) fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder can be made");
    fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}
