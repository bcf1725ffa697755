//! The output folder: which ones are refused, and how a file gets into one.

use super::manifest;
use super::rewrite::{self, Rewrite};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Where files are written before they are renamed into place. It is gone after a build.
const UNFINISHED: &str = ".casebook-unfinished";

/// Bytes of a large file that are handed on at once.
const PIECE: usize = 64 * 1024;

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
}

/// A folder to publish into, and what it must keep clear of.
#[derive(Debug, Clone, Copy)]
pub struct Destination<'p> {
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
            Ok(mut entries) => {
                let is_ours = self.output.join(manifest::NAME).is_file();
                let is_empty = entries.next().is_none();
                if is_ours || is_empty || self.force { Ok(()) } else { Err(Refusal::NotOurs(output())) }
            }
            Err(_) if self.output.exists() => Err(Refusal::NotAFolder(output())),
            Err(_) => Ok(()),
        }
    }
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

/// Whether a path of a manifest stays inside the folder.
pub fn is_inside(path: &str) -> bool {
    !path.is_empty() && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

/// An output folder that this process alone writes to.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// Holds the lock on the folder until it is dropped.
    _lock: Option<File>,
    /// Folders that are known to be there and to be no links.
    known: Mutex<BTreeSet<PathBuf>>,
    next: AtomicUsize,
}

impl Folder {
    /// Makes the folder if needed, and clears what a killed build left unfinished.
    pub fn open(path: &Path) -> io::Result<Folder> {
        fs::create_dir_all(path)?;
        let lock = locked(path)?;
        let folder = Folder { path: path.to_owned(), _lock: lock, known: Mutex::default(), next: AtomicUsize::new(0) };
        folder.clear_unfinished()?;
        fs::create_dir(folder.path.join(UNFINISHED))?;
        Ok(folder)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Ends the work: nothing unfinished is left.
    pub fn close(&self) -> io::Result<()> {
        self.clear_unfinished()
    }

    /// The bytes of a regular file in the folder; `None` when there is none.
    pub fn get(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        match self.is_file(path) {
            true => fs::read(self.path.join(path)).map(Some),
            false => Ok(None),
        }
    }

    /// Whether a regular file, and no link, stands there.
    pub fn has(&self, path: &str) -> bool {
        self.is_file(path)
    }

    /// Puts a whole file in its place, unless it is there already. Says whether it was written.
    pub fn put(&self, path: &str, bytes: &[u8]) -> io::Result<bool> {
        let place = self.path.join(path);
        self.parent(path)?;
        if self.same(&place, bytes)? {
            return Ok(false);
        }
        let unfinished = self.unfinished();
        rewrite::create(&unfinished)?.write_all(bytes)?;
        fs::rename(&unfinished, &place)?;
        Ok(true)
    }

    /// The same for a file that `write` gives piece by piece, so that it is never held whole.
    pub fn stream(&self, path: &str, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<bool> {
        let (place, unfinished) = (self.path.join(path), self.unfinished());
        self.parent(path)?;
        let old = if self.is_file(path) { Some(File::open(&place)?) } else { None };
        let mut out = BufWriter::with_capacity(PIECE, Rewrite::new(old, &unfinished)?);
        write(&mut out)?;
        let is_new = out.into_inner().map_err(io::IntoInnerError::into_error)?.finish()?;
        if is_new {
            fs::rename(&unfinished, &place)?;
        }
        Ok(is_new)
    }

    /// A place for a file that is not finished.
    fn unfinished(&self) -> PathBuf {
        self.path.join(UNFINISHED).join(self.next.fetch_add(1, Ordering::Relaxed).to_string())
    }

    /// Removes a file, and its folders when they are empty. Says whether it was there.
    pub fn remove(&self, path: &str) -> io::Result<bool> {
        if !is_inside(path) || self.linked_parent(path) {
            return Ok(false);
        }
        match fs::remove_file(self.path.join(path)) {
            Ok(()) => {}
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::IsADirectory
                ) =>
            {
                return Ok(false);
            }
            Err(error) => return Err(error),
        }
        for folder in Path::new(path).ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty()) {
            if fs::remove_dir(self.path.join(folder)).is_err() {
                break;
            }
        }
        Ok(true)
    }

    fn is_file(&self, path: &str) -> bool {
        fs::symlink_metadata(self.path.join(path)).is_ok_and(|meta| meta.is_file())
    }

    fn same(&self, place: &Path, bytes: &[u8]) -> io::Result<bool> {
        match fs::symlink_metadata(place) {
            Ok(meta) if meta.is_file() && meta.len() == bytes.len() as u64 => Ok(fs::read(place)? == bytes),
            _ => Ok(false),
        }
    }

    /// Makes the folders that lead to `path`. A link among them is refused: it could lead anywhere.
    fn parent(&self, path: &str) -> io::Result<()> {
        let Some(parent) = Path::new(path).parent().filter(|parent| !parent.as_os_str().is_empty()) else { return Ok(()) };
        let mut known = self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if known.contains(parent) {
            return Ok(());
        }
        let mut folder = PathBuf::new();
        for part in parent.components() {
            folder.push(part);
            let place = self.path.join(&folder);
            match fs::symlink_metadata(&place) {
                Ok(meta) if meta.is_dir() => {}
                Ok(_) => return Err(io::Error::other(format!("`{}` is in the way, and no folder", folder.display()))),
                Err(_) => fs::create_dir(&place)?,
            }
            known.insert(folder.clone());
        }
        Ok(())
    }

    fn linked_parent(&self, path: &str) -> bool {
        let folders = Path::new(path).ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
        folders.into_iter().any(|folder| fs::symlink_metadata(self.path.join(folder)).is_ok_and(|meta| !meta.is_dir()))
    }

    fn clear_unfinished(&self) -> io::Result<()> {
        let folder = self.path.join(UNFINISHED);
        let Ok(meta) = fs::symlink_metadata(&folder) else { return Ok(()) };
        if !meta.is_dir() {
            return Err(io::Error::other(format!("`{UNFINISHED}` is in the way")));
        }
        for entry in fs::read_dir(&folder)? {
            fs::remove_file(entry?.path())?;
        }
        fs::remove_dir(&folder)
    }
}

/// A lock on the folder itself, so that two builds never mix. Systems that
/// cannot open a folder as a file go without.
fn locked(path: &Path) -> io::Result<Option<File>> {
    let Ok(file) = File::open(path) else { return Ok(None) };
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(fs::TryLockError::WouldBlock) => {
            Err(io::Error::new(io::ErrorKind::WouldBlock, "another build is writing to this folder"))
        }
        Err(fs::TryLockError::Error(_)) => Ok(None),
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
        let to =
            |output| Destination { output, content: &content, root: &site, home: home_path, force: true, may_be_inside: false };
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
        let refused = Destination { output, content: site, root: site, home: None, force: false, may_be_inside: false };
        assert!(matches!(refused.check(), Err(Refusal::NotOurs(_))));
        assert_eq!(Destination { force: true, ..refused }.check(), Ok(()));
    }

    #[test]
    fn equal_bytes_are_not_written_again() {
        let place = folder();
        let out = Folder::open(place.path()).expect("opened");
        assert!(out.put("a/b.html", b"one").expect("written"));
        assert!(!out.put("a/b.html", b"one").expect("compared"));
        assert!(out.put("a/b.html", b"two").expect("written"));
        assert_eq!(out.get("a/b.html").expect("read").as_deref(), Some(b"two".as_slice()));
        out.close().expect("closed");
        assert!(!place.path().join(UNFINISHED).exists());
    }

    #[test]
    fn a_file_in_pieces_is_written_from_where_it_differs() {
        let place = folder();
        let out = Folder::open(place.path()).expect("opened");
        let stream =
            |pieces: &[&str]| out.stream("a/b.json", |to| pieces.iter().try_for_each(|piece| to.write_all(piece.as_bytes())));
        let long = "[1,2]".repeat(PIECE);
        let [longer, other] = [format!("{long}[3]"), format!("{long}[4]")];
        for (pieces, written) in [
            (vec!["one", "two"], true),
            (vec!["onetwo"], false),
            (vec!["one", "to"], true),
            (vec!["one"], true),
            (vec!["one", "!"], true),
            (vec![], true),
            (vec![], false),
            (vec![&long], true),
            (vec![&long, "[3]"], true),
            (vec![&longer], false),
            (vec![&other], true),
        ] {
            assert_eq!(stream(&pieces).expect("written"), written, "{} pieces", pieces.len());
            assert_eq!(out.get("a/b.json").expect("read"), Some(pieces.concat().into_bytes()));
        }
    }

    #[test]
    fn two_builds_do_not_mix() {
        let place = folder();
        let _first = Folder::open(place.path()).expect("opened");
        assert!(Folder::open(place.path()).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn links_in_the_output_lead_nowhere() {
        let (place, outside) = (folder(), folder());
        fs::write(outside.path().join("secret"), "s").expect("written");
        std::os::unix::fs::symlink(outside.path(), place.path().join("incidents")).expect("linked");
        std::os::unix::fs::symlink(outside.path().join("secret"), place.path().join("index.html")).expect("linked");
        let out = Folder::open(place.path()).expect("opened");
        assert!(out.put("incidents/a.html", b"x").is_err());
        assert!(!out.remove("incidents/secret").expect("left alone"));
        assert!(out.put("index.html", b"x").expect("replaced"));
        assert_eq!(fs::read(outside.path().join("secret")).expect("still there"), b"s");
    }
}
