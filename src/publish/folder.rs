//! How files get into the output folder and out of it. The folder is opened once and everything is done from there:
//! whatever takes its place or that of a folder in it meanwhile, nothing outside of it is touched.

use super::rewrite::{self, Rewrite};
use cap_std::ambient_authority;
use cap_std::fs::{Dir, Metadata};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Where files are written before they are renamed into place. It is gone after a build.
pub const UNFINISHED: &str = ".casebook-unfinished";

/// Bytes of a large file that are handed on at once.
const PIECE: usize = 64 * 1024;

/// Whether a path of a manifest stays inside the folder.
pub fn is_inside(path: &str) -> bool {
    !path.is_empty() && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

/// The folders that lead to a path, the outermost first.
pub fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    File,
    Folder,
    /// A link, or another thing that is neither.
    Other,
}

/// An output folder that this process alone writes to.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    dir: Dir,
    /// Holds the lock on the folder until it is dropped. Not everywhere can a folder be opened as a file.
    itself: Option<File>,
    /// Folders that are known to be there and to be no links.
    known: Mutex<BTreeSet<String>>,
    next: AtomicUsize,
}

impl Folder {
    /// Makes the folder if needed, and clears what a killed build left unfinished.
    pub fn open(path: &Path) -> io::Result<Folder> {
        fs::create_dir_all(path)?;
        let itself = locked(path)?;
        let dir = match &itself {
            Some(file) => Dir::from_std_file(file.try_clone()?),
            None => Dir::open_ambient_dir(path, ambient_authority())?,
        };
        let (known, next) = Default::default();
        let folder = Folder { path: path.to_owned(), dir, itself, known, next };
        folder.clear_unfinished()?;
        folder.dir.create_dir(UNFINISHED)?;
        Ok(folder)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Ends the work: nothing unfinished is left.
    pub fn close(&self) -> io::Result<()> {
        self.clear_unfinished()
    }

    /// Waits until everything that was written to the disk of this folder is on it, where the system can say so.
    pub fn sync(&self) -> io::Result<()> {
        #[cfg(any(target_os = "linux", target_os = "android"))]
        if let Some(itself) = &self.itself {
            rustix::fs::syncfs(itself)?;
        }
        Ok(())
    }

    /// The bytes of a regular file in the folder; `None` when there is none.
    pub fn get(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        match self.entry(path)? {
            Some(Entry::File) => self.dir.read(path).map(Some),
            _ => Ok(None),
        }
    }

    /// What stands at a path; links are not followed.
    pub fn entry(&self, path: &str) -> io::Result<Option<Entry>> {
        Ok(self.metadata(path)?.map(|meta| match meta {
            meta if meta.is_file() => Entry::File,
            meta if meta.is_dir() => Entry::Folder,
            _ => Entry::Other,
        }))
    }

    /// Puts a whole file in its place, unless it is there already. Says whether it was written.
    pub fn put(&self, path: &str, bytes: &[u8]) -> io::Result<bool> {
        self.parent(path)?;
        if self.same(path, bytes)? {
            return Ok(false);
        }
        let unfinished = self.unfinished();
        rewrite::create(&self.dir, &unfinished)?.write_all(bytes)?;
        self.finish(&unfinished, path)?;
        Ok(true)
    }

    /// The same; its bytes are on the disk before it is in its place.
    pub fn put_for_good(&self, path: &str, bytes: &[u8]) -> io::Result<bool> {
        if self.same(path, bytes)? {
            return Ok(false);
        }
        let unfinished = self.unfinished();
        let mut file = rewrite::create(&self.dir, &unfinished)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        self.finish(&unfinished, path)?;
        Ok(true)
    }

    /// The same for a file that `write` gives piece by piece, so that it is never held whole.
    pub fn stream(
        &self,
        path: &str,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<bool> {
        let unfinished = self.unfinished();
        self.parent(path)?;
        let old = match self.entry(path)? {
            Some(Entry::File) => Some(self.dir.open(path)?),
            _ => None,
        };
        let mut out = BufWriter::with_capacity(PIECE, Rewrite::new(old, &self.dir, &unfinished)?);
        write(&mut out)?;
        let is_new = out.into_inner().map_err(io::IntoInnerError::into_error)?.finish()?;
        if is_new {
            self.finish(&unfinished, path)?;
        }
        Ok(is_new)
    }

    /// A place for a file that is not finished.
    fn unfinished(&self) -> String {
        format!("{UNFINISHED}/{}", self.next.fetch_add(1, Ordering::Relaxed))
    }

    /// Puts a finished file in its place.
    fn finish(&self, unfinished: &str, path: &str) -> io::Result<()> {
        self.dir.rename(unfinished, &self.dir, path)
    }

    /// Removes a file, and its folders when they are empty. Says whether it was there.
    pub fn remove(&self, path: &str) -> io::Result<bool> {
        if !is_inside(path)
            || self.obstacle(path)?.is_some()
            || matches!(self.entry(path)?, None | Some(Entry::Folder))
        {
            return Ok(false);
        }
        self.dir.remove_file(path)?;
        let mut known = self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        for folder in folders(path).collect::<Vec<_>>().into_iter().rev() {
            if self.dir.remove_dir(folder).is_err() {
                break;
            }
            known.remove(folder);
        }
        Ok(true)
    }

    /// What stands, on the way to a path, where a folder should be. A link is no folder: it could lead anywhere.
    pub fn obstacle<'p>(&self, path: &'p str) -> io::Result<Option<&'p str>> {
        for folder in folders(path) {
            match self.entry(folder)? {
                Some(Entry::Folder) => {}
                Some(_) => return Ok(Some(folder)),
                None => return Ok(None),
            }
        }
        Ok(None)
    }

    fn metadata(&self, path: &str) -> io::Result<Option<Metadata>> {
        match self.dir.symlink_metadata(path) {
            Ok(meta) => Ok(Some(meta)),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    fn same(&self, path: &str, bytes: &[u8]) -> io::Result<bool> {
        match self.metadata(path)? {
            Some(meta) if meta.is_file() && meta.len() == bytes.len() as u64 => {
                Ok(self.dir.read(path)? == bytes)
            }
            _ => Ok(false),
        }
    }

    /// Makes the folders that lead to `path`.
    fn parent(&self, path: &str) -> io::Result<()> {
        let mut known = self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        for folder in folders(path) {
            if known.contains(folder) {
                continue;
            }
            match self.entry(folder)? {
                Some(Entry::Folder) => {}
                Some(_) => return Err(io::Error::other(format!("`{folder}` is in the way, and no folder"))),
                None => self.dir.create_dir(folder)?,
            }
            known.insert(folder.to_owned());
        }
        Ok(())
    }

    /// Removes the unfinished files, which are called by numbers, and nothing else.
    fn clear_unfinished(&self) -> io::Result<()> {
        match self.entry(UNFINISHED)? {
            None => return Ok(()),
            Some(Entry::Folder) => {}
            Some(_) => return Err(io::Error::other(format!("`{UNFINISHED}` is in the way"))),
        }
        let unfinished = self.dir.open_dir(UNFINISHED)?;
        for entry in unfinished.entries()? {
            let entry = entry?;
            let name = entry.file_name();
            let is_number = name.as_encoded_bytes().iter().all(u8::is_ascii_digit);
            if !is_number || !entry.file_type()?.is_file() {
                let name = name.to_string_lossy();
                return Err(io::Error::other(format!("`{UNFINISHED}/{name}` is in the way")));
            }
            unfinished.remove_file(name)?;
        }
        self.dir.remove_dir(UNFINISHED)
    }
}

/// The folder as a file that is locked, so that two builds never mix. Systems that
/// cannot open a folder as a file go without.
fn locked(path: &Path) -> io::Result<Option<File>> {
    let Ok(file) = File::open(path) else { return Ok(None) };
    match file.try_lock() {
        Err(fs::TryLockError::WouldBlock) => {
            Err(io::Error::new(io::ErrorKind::WouldBlock, "another build is writing to this folder"))
        }
        // Some disks know no locks.
        Ok(()) | Err(fs::TryLockError::Error(_)) => Ok(Some(file)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a temporary folder")
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
        let stream = |pieces: &[&str]| {
            out.stream("a/b.json", |to| pieces.iter().try_for_each(|piece| to.write_all(piece.as_bytes())))
        };
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
        std::os::unix::fs::symlink(outside.path().join("secret"), place.path().join("index.html"))
            .expect("linked");
        let out = Folder::open(place.path()).expect("opened");
        assert!(out.put("incidents/a.html", b"x").is_err());
        assert!(!out.remove("incidents/secret").expect("left alone"));
        assert!(out.put("index.html", b"x").expect("replaced"));
        assert_eq!(fs::read(outside.path().join("secret")).expect("still there"), b"s");
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_is_replaced_by_a_link_meanwhile_is_not_written_through() {
        let (place, outside) = (folder(), folder());
        let public = place.path().join("public");
        let out = Folder::open(&public).expect("opened");
        out.put("incidents/a.html", b"x").expect("written");
        fs::rename(&public, place.path().join("moved")).expect("moved");
        std::os::unix::fs::symlink(outside.path(), &public).expect("linked");
        out.put("index.html", b"x").expect("written where the folder is now");
        fs::rename(place.path().join("moved/incidents"), place.path().join("incidents")).expect("moved");
        std::os::unix::fs::symlink(outside.path(), place.path().join("moved/incidents")).expect("linked");
        assert!(out.put("incidents/b.html", b"x").is_err());
        assert!(out.stream("incidents/c.html", |to| to.write_all(b"x")).is_err());
        out.close().expect("closed");
        assert_eq!(fs::read_dir(outside.path()).expect("there").count(), 0);
        assert!(place.path().join("moved/index.html").exists());
    }
}
