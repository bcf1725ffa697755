//! The list of what casebook has written into a folder: the only files it may delete or replace.

use super::folder::{Folder, is_inside};
use crate::address::{percent_decoded, percent_encoded};
use crate::site::Stage;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// Its name in the output folder.
pub const NAME: &str = ".casebook-manifest";

/// The first line, so that a file of another kind is not taken for one. Then each line has the stage of a file,
/// its path and those of its sources, percent-encoded.
const HEADER: &str = "casebook manifest 2";
/// The second line begins so where the folder has one of several editions.
const EDITION: &str = "edition ";
/// The first line of an older one, which has paths and nothing else.
const PATHS_ONLY: &str = "casebook manifest 1";

const STAGES: [(Stage, &str); 3] = [(Stage::Asset, "asset"), (Stage::Page, "page"), (Stage::List, "list")];

/// Files inside the output folder, by path.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Manifest {
    /// The edition that the folder has, where it has one of several.
    pub edition: Option<String>,
    files: BTreeMap<String, Listed>,
}

/// What is known of a file in the output folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub stage: Stage,
    /// Paths, under the content folder, of the documents and other files that it is there for.
    pub sources: BTreeSet<String>,
}

impl Listed {
    pub fn new(stage: Stage) -> Listed {
        Listed { stage, sources: BTreeSet::new() }
    }
}

impl FromIterator<(String, Listed)> for Manifest {
    fn from_iter<I: IntoIterator<Item = (String, Listed)>>(files: I) -> Manifest {
        Manifest { edition: None, files: files.into_iter().collect() }
    }
}

impl Manifest {
    /// Empty when there is none. Lines that lead out of the folder are not believed.
    ///
    /// # Errors
    /// It is there, and cannot be read or understood: to go on without it would forget what is ours.
    pub fn read(folder: &Folder) -> io::Result<Manifest> {
        let Some(bytes) = folder.get(NAME)? else { return Ok(Manifest::default()) };
        let text = String::from_utf8_lossy(&bytes);
        let mut lines = text.lines();
        let line = match lines.next() {
            // Made and never filled, as a machine that lost its power leaves it.
            None => return Ok(Manifest::default()),
            Some(HEADER) => entry,
            Some(PATHS_ONLY) => |line: &str| Some((line.to_owned(), Listed::new(Stage::Page))),
            Some(_) => {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    "another version of casebook wrote it",
                ));
            }
        };
        let edition = text.lines().nth(1).and_then(|line| line.strip_prefix(EDITION)).map(str::to_owned);
        let files = lines.filter_map(line).filter(|(path, _)| is_inside(path)).collect();
        Ok(Manifest { edition, files })
    }

    /// Its bytes, the same for the same files.
    pub fn text(&self, edition: Option<&String>) -> String {
        let mut text = format!("{HEADER}\n");
        text.extend(edition.map(|name| format!("{EDITION}{name}\n")));
        for (path, listed) in &self.files {
            let stage = STAGES.iter().find(|(stage, _)| *stage == listed.stage).map_or("", |(_, name)| name);
            let words = [stage.to_owned()]
                .into_iter()
                .chain([path].into_iter().chain(&listed.sources).map(|path| percent_encoded(path)));
            text.push_str(&words.collect::<Vec<_>>().join(" "));
            text.push('\n');
        }
        text
    }

    pub fn files(&self) -> impl Iterator<Item = (&str, &Listed)> {
        self.files.iter().map(|(path, listed)| (path.as_str(), listed))
    }

    pub fn into_files(self) -> impl Iterator<Item = (String, Listed)> {
        self.files.into_iter()
    }

    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    pub fn get(&self, path: &str) -> Option<&Listed> {
        self.files.get(path)
    }

    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// Adds what the other has and this has not.
    pub fn and(mut self, other: &Manifest) -> Manifest {
        for (path, listed) in &other.files {
            self.files.entry(path.clone()).or_insert_with(|| listed.clone());
        }
        self
    }
}

fn entry(line: &str) -> Option<(String, Listed)> {
    let mut words = line.split(' ');
    let name = words.next()?;
    let (stage, _) = STAGES.iter().find(|(_, known)| *known == name)?;
    let path = percent_decoded(words.next()?);
    Some((path, Listed { stage: *stage, sources: words.map(percent_decoded).collect() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let folder = Folder::open(place.path()).expect("opened");
        let sources = ["a b.md", "c%20\n d.md", "\u{961f}/\u{e9}.txt"].map(str::to_owned);
        let listed = |stage, sources: &[String]| Listed { stage, sources: sources.iter().cloned().collect() };
        let manifest: Manifest = [
            ("incidents/a.html".to_owned(), listed(Stage::Page, &sources)),
            ("index.html".to_owned(), listed(Stage::List, &[])),
            ("files/a\tb \n.png".to_owned(), listed(Stage::Asset, &sources[..1])),
        ]
        .into_iter()
        .collect();
        folder.put(NAME, manifest.text(None).as_bytes()).expect("written");
        assert_eq!(Manifest::read(&folder).expect("read"), manifest);
    }

    #[test]
    fn what_is_no_list_is_not_believed() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let folder = Folder::open(place.path()).expect("opened");
        for (text, paths) in [
            ("", Some(&[][..])),
            ("casebook manifest 1\na.html\n../b.html\n/etc/passwd\n", Some(&["a.html"])),
            (
                "casebook manifest 2\npage a.html\nlist ../b.html\npage\nother c.html\nlist %2e%2e/d.html\n",
                Some(&["a.html"]),
            ),
            ("casebook manifest 3\npage a.html\n", None),
            ("Dear reader\n", None),
        ] {
            folder.put(NAME, text.as_bytes()).expect("written");
            let read = Manifest::read(&folder).ok();
            assert_eq!(
                read.as_ref().map(|read| read.paths().collect::<Vec<_>>()).as_deref(),
                paths,
                "{text}"
            );
        }
    }
}
