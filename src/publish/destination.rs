//! Which folders are published into, and which are refused.

use super::folder::UNFINISHED;
use super::manifest;
use crate::source::reason;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Why a folder is not written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The root of the disk, the home folder, or one that holds the site itself.
    Precious(PathBuf),
    /// It lies inside the documents.
    InContent(PathBuf),
    /// There is something in it that casebook did not make.
    NotOurs(PathBuf),
    /// It is there and no folder.
    NotAFolder(PathBuf),
    /// What stands in it cannot be seen, for this reason.
    Unreadable(PathBuf, String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Precious(path) => write!(f, "`{}` is not a folder to publish into", path.display()),
            Refusal::InContent(path) => write!(f, "`{}` lies inside the documents", path.display()),
            Refusal::Unreadable(path, why) => write!(f, "cannot read the folder `{}`: {why}", path.display()),
            Refusal::NotAFolder(path) => write!(f, "`{}` is not a folder", path.display()),
            Refusal::NotOurs(path) => {
                write!(f, "`{}` holds files that casebook did not make", path.display())
            }
        }
    }
}

impl std::error::Error for Refusal {}

/// A folder to publish into, and what it must keep clear of.
#[derive(Debug, Clone, Copy)]
pub struct Destination<'p> {
    /// The folder to publish into.
    pub output: &'p Path,
    /// The folder of the documents.
    pub content: &'p Path,
    /// The folder of the site.
    pub root: &'p Path,
    /// The user's home folder, if known.
    pub home: Option<&'p Path>,
    /// Files that casebook did not make may stand in it.
    pub force: bool,
    /// It may lie inside the documents, as the output of a site does whose documents stand at its top.
    pub may_be_inside: bool,
}

impl Destination<'_> {
    /// Whether the folder may be written to.
    pub fn check(&self) -> Result<(), Refusal> {
        let [place, content, root] = [self.output, self.content, self.root].map(resolved);
        let output = || self.output.to_owned();
        let is_home = self.home.is_some_and(|home| resolved(home) == place);
        if place.parent().is_none() || is_home || content.starts_with(&place) || root.starts_with(&place) {
            return Err(Refusal::Precious(output()));
        }
        if place.starts_with(&content) && !self.may_be_inside {
            return Err(Refusal::InContent(output()));
        }
        match fs::read_dir(self.output) {
            Ok(entries) => match is_ours(entries) {
                Ok(is_ours) if is_ours || self.force => Ok(()),
                Ok(_) => Err(Refusal::NotOurs(output())),
                Err(error) => Err(self.unreadable(&error)),
            },
            Err(error) => match error.kind() {
                io::ErrorKind::NotFound => Ok(()),
                io::ErrorKind::NotADirectory if self.output.exists() => Err(Refusal::NotAFolder(output())),
                io::ErrorKind::NotADirectory => Ok(()),
                _ => Err(self.unreadable(&error)),
            },
        }
    }

    fn unreadable(&self, error: &io::Error) -> Refusal {
        Refusal::Unreadable(self.output.to_owned(), reason(error))
    }
}

/// Whether casebook made what stands in a folder. One that was stopped before it wrote its first list has left
/// nothing but a folder of unfinished files.
fn is_ours(entries: fs::ReadDir) -> io::Result<bool> {
    let mut any_other = false;
    for entry in entries {
        let entry = entry?;
        if entry.file_name() == manifest::NAME && entry.file_type()?.is_file() {
            return Ok(true);
        }
        any_other |= entry.file_name() != UNFINISHED;
    }
    Ok(!any_other)
}

/// The path without links and dots, as far as it exists.
fn resolved(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut rest = Vec::new();
    let mut known = absolute.as_path();
    loop {
        if let Ok(real) = known.canonicalize() {
            return rest.iter().rev().fold(real, |path: PathBuf, part| path.join(part));
        }
        match (known.parent(), known.file_name()) {
            (Some(parent), Some(name)) => {
                rest.push(name.to_owned());
                known = parent;
            }
            _ => return absolute,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a temporary folder")
    }

    #[test]
    fn precious_folders_are_refused_even_with_force() {
        let home = folder();
        let content = home.path().join("site/content");
        fs::create_dir_all(&content).expect("made");
        let site = home.path().join("site");
        let home_path = Some(home.path());
        let to = |output| Destination {
            output,
            content: &content,
            root: &site,
            home: home_path,
            force: true,
            may_be_inside: false,
        };
        for place in [Path::new("/"), home.path(), &site, &content] {
            let verdict = to(place).check();
            assert!(matches!(verdict, Err(Refusal::Precious(_))), "{}: {verdict:?}", place.display());
        }
        let public = content.join("public");
        let inside = to(&public).check();
        assert!(matches!(inside, Err(Refusal::InContent(_))), "{inside:?}");
        assert_eq!(to(&site.join("public")).check(), Ok(()));
    }

    #[test]
    fn a_folder_with_other_files_needs_force() {
        let (out, site) = (folder(), folder());
        fs::write(out.path().join("letter.txt"), "dear").expect("written");
        let (output, site) = (out.path(), site.path());
        let refused =
            Destination { output, content: site, root: site, home: None, force: false, may_be_inside: false };
        assert!(matches!(refused.check(), Err(Refusal::NotOurs(_))));
        assert_eq!(Destination { force: true, ..refused }.check(), Ok(()));
    }

    #[test]
    fn what_a_stopped_build_left_is_ours() {
        let (out, site) = (folder(), folder());
        let (output, site) = (out.path(), site.path());
        let destination =
            Destination { output, content: site, root: site, home: None, force: false, may_be_inside: false };
        fs::create_dir(output.join(UNFINISHED)).expect("made");
        assert_eq!(destination.check(), Ok(()));
        fs::write(output.join(UNFINISHED).join("0"), "half").expect("written");
        assert_eq!(destination.check(), Ok(()));
        fs::create_dir(output.join(manifest::NAME)).expect("made");
        assert!(matches!(destination.check(), Err(Refusal::NotOurs(_))), "a folder is no list");
    }
}
