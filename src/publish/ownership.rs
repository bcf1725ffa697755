//! Whose the files are that stand where the site wants to: only its own are replaced or make way.

use super::folder::{Entry, Folder, folders};
use super::manifest::Manifest;
use std::collections::BTreeSet;
use std::io;
use unicode_normalization::UnicodeNormalization;

/// By this HTML tells that casebook made it, where no list does.
const GENERATOR: &str = "<meta name=\"generator\" content=\"casebook\"";

/// What stands in an output folder already.
pub struct Ownership<'a> {
    folder: &'a Folder,
    /// Listed names as disks compare them that know no case.
    ours: BTreeSet<String>,
    old: &'a Manifest,
}

impl<'a> Ownership<'a> {
    pub fn new(folder: &'a Folder, old: &'a Manifest) -> Ownership<'a> {
        Ownership { folder, ours: old.paths().map(folded).collect(), old }
    }

    /// What is in the way of files that the site wants to write, and is somebody else's.
    pub fn strangers(&self, wanted: &Manifest) -> io::Result<BTreeSet<String>> {
        let mut strangers = BTreeSet::new();
        let (present, in_the_way) = self.folders(wanted)?;
        strangers.extend(in_the_way.into_iter().filter(|path| !self.is_listed(path)));
        let new = wanted.paths().filter(|path| !self.old.has(path));
        for path in new.filter(|path| present.contains(parent(path))) {
            if !self.is_free(path)? {
                strangers.insert(path.to_owned());
            }
        }
        Ok(strangers)
    }

    /// The folders of wanted files: those that are there, and what stands where others should be.
    fn folders<'w>(&self, wanted: &'w Manifest) -> io::Result<(BTreeSet<&'w str>, BTreeSet<String>)> {
        let (mut present, mut in_the_way) = (BTreeSet::from([""]), BTreeSet::new());
        let all: BTreeSet<&str> = wanted.paths().flat_map(folders).collect();
        for folder in all.into_iter() {
            match self.folder.entry(folder)? {
                _ if !present.contains(parent(folder)) => {}
                Some(Entry::Folder) => drop(present.insert(folder)),
                Some(_) => drop(in_the_way.insert(folder.to_owned())),
                None => {}
            }
        }
        Ok((present, in_the_way))
    }

    /// Whether a path is free, or what stands there is ours.
    fn is_free(&self, path: &str) -> io::Result<bool> {
        Ok(match self.folder.entry(path)? {
            None => true,
            Some(Entry::File) => self.is_listed(path) || self.names_casebook(path)?,
            Some(Entry::Folder) => {
                self.old.paths().any(|listed| folders(listed).any(|folder| folder == path))
            }
            Some(Entry::Other) => false,
        })
    }

    fn is_listed(&self, path: &str) -> bool {
        self.ours.contains(&folded(path))
    }

    fn names_casebook(&self, path: &str) -> io::Result<bool> {
        let is_page = path.ends_with(".html");
        let bytes = if is_page { self.folder.get(path)? } else { None };
        Ok(bytes.is_some_and(|bytes| String::from_utf8_lossy(&bytes).contains(GENERATOR)))
    }
}

/// Listed files that cannot stay until the new ones are there: one is called like a folder of the other, or like
/// the other but for upper and lower case.
pub fn outlived<'m>(old: &'m Manifest, wanted: &Manifest) -> Vec<&'m str> {
    let mut gone: Vec<&str> = old.paths().filter(|path| !wanted.has(path)).collect();
    if gone.is_empty() {
        return gone;
    }
    let names: BTreeSet<String> = wanted.paths().map(folded).collect();
    let inner: BTreeSet<&str> = names.iter().flat_map(|name| folders(name)).collect();
    gone.retain(|path| {
        let name = folded(path);
        names.contains(&name)
            || inner.contains(name.as_str())
            || folders(&name).any(|folder| names.contains(folder))
    });
    gone
}

/// A path as disks compare it that know neither case nor forms of accents.
fn folded(path: &str) -> String {
    path.nfc().flat_map(char::to_lowercase).collect()
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}
