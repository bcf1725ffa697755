//! The list of what casebook has written into a folder: the only files it may delete.

use super::folder::{Folder, is_inside};
use std::collections::BTreeSet;
use std::io;

/// Its name in the output folder.
pub const NAME: &str = ".casebook-manifest";

/// The first line, so that a file of another kind is not taken for one.
const HEADER: &str = "casebook manifest 1";

/// Paths inside the output folder, sorted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Manifest {
    paths: BTreeSet<String>,
}

impl Manifest {
    pub fn new(paths: impl IntoIterator<Item = String>) -> Manifest {
        Manifest { paths: paths.into_iter().filter(|path| !path.contains(['\n', '\r'])).collect() }
    }

    /// Empty when there is none. Lines that lead out of the folder are not believed.
    pub fn read(folder: &Folder) -> io::Result<Manifest> {
        let Some(bytes) = folder.get(NAME)? else { return Ok(Manifest::default()) };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let mut lines = text.lines();
        match lines.next() {
            Some(HEADER) => Ok(Manifest { paths: lines.filter(|line| is_inside(line)).map(str::to_owned).collect() }),
            _ => Ok(Manifest::default()),
        }
    }

    pub fn write(&self, folder: &Folder) -> io::Result<()> {
        let mut text = String::from(HEADER);
        for path in self.paths() {
            text.push('\n');
            text.push_str(path);
        }
        text.push('\n');
        folder.put(NAME, text.as_bytes()).map(drop)
    }

    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.paths.iter().map(String::as_str)
    }

    pub fn has(&self, path: &str) -> bool {
        self.paths.contains(path)
    }
}
