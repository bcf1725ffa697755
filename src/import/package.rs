//! What is imported: one file, a folder, a zip of one, or standard input. Zip files are read in place, within limits,
//! since an archive from elsewhere may unpack to more than a disk holds, or name files outside of itself.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{self, bytes_of};
use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Cursor, Read, Seek};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;
use zip::ZipArchive;

/// The name of what is read from standard input.
pub const STANDARD_INPUT: &str = "-";

/// What all files of a package may hold, in bytes once unpacked.
const LARGEST: u64 = 2 * 1024 * 1024 * 1024;

/// What one file that is read whole may hold, in bytes.
const LARGEST_FILE: u64 = 256 * 1024 * 1024;

/// How many times its own size an archive may unpack to.
const RATIO: u64 = 100;

/// Small archives of equal bytes are packed better than that, and harm nobody.
const SMALL: u64 = 1024 * 1024;

/// Files in one package.
const MOST_FILES: usize = 100_000;

/// Files of one export, found and not yet read.
#[derive(Default)]
pub struct Package {
    /// As shown in diagnostics.
    pub shown: String,
    /// By path.
    pub items: Vec<Item>,
    archives: Vec<RefCell<ZipArchive<Box<dyn ReadSeek>>>>,
    given: Vec<Vec<u8>>,
}

/// One file of a package.
#[derive(Debug, Clone)]
pub struct Item {
    /// From the top of the package, with forward slashes.
    pub path: String,
    /// As shown in diagnostics.
    pub shown: String,
    place: Place,
}

#[derive(Debug, Clone)]
enum Place {
    Disk(PathBuf),
    /// The archive, and the place in it.
    Zip(usize, usize),
    /// Read already.
    Given(usize),
}

trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

/// Why a package cannot be read.
type Refused = Box<Diagnostic>;

impl Package {
    /// Finds the files at a path.
    pub fn open(path: &Path) -> Result<Package, Refused> {
        let shown = source::shown(path);
        let meta = std::fs::metadata(path).map_err(|error| unreadable(&shown, &error))?;
        let mut package = Package { shown: shown.clone(), ..Package::default() };
        if meta.is_dir() {
            package.folder(path)?;
        } else if is_zip(&shown) {
            let file = File::open(path).map_err(|error| unreadable(&shown, &error))?;
            package.zip(Box::new(file), meta.len(), "", &shown, true)?;
        } else {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            package.items.push(Item { path: name, shown, place: Place::Disk(path.to_owned()) });
        }
        package.items.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(package)
    }

    /// One text that was read from standard input.
    pub fn given(bytes: Vec<u8>) -> Package {
        let item = Item {
            path: STANDARD_INPUT.to_owned(),
            shown: "standard input".to_owned(),
            place: Place::Given(0),
        };
        Package { shown: item.shown.clone(), items: vec![item], given: vec![bytes], ..Package::default() }
    }

    fn folder(&mut self, top: &Path) -> Result<(), Refused> {
        let is_visible = |entry: &walkdir::DirEntry| {
            entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with(['.', '~'])
        };
        for entry in WalkDir::new(top).sort_by_file_name().into_iter().filter_entry(is_visible) {
            let shown_top = source::shown(top);
            let entry = entry.map_err(|error| {
                let path = error.path().map_or(shown_top.clone(), source::shown);
                unreadable(&path, &io::Error::from(error))
            })?;
            if !entry.file_type().is_file() {
                continue;
            }
            let inside = entry.path().strip_prefix(top).unwrap_or(entry.path());
            let (path, shown) = (inside.to_string_lossy().replace('\\', "/"), source::shown(entry.path()));
            if is_zip(&path) {
                let file = File::open(entry.path()).map_err(|error| unreadable(&shown, &error))?;
                let size = file.metadata().map_or(0, |meta| meta.len());
                self.zip(Box::new(file), size, &format!("{path}/"), &shown, true)?;
            } else {
                self.items.push(Item { path, shown, place: Place::Disk(entry.path().to_owned()) });
            }
        }
        Ok(())
    }

    /// The files of an archive. Archives within it are opened too, and none within those.
    fn zip(
        &mut self,
        file: Box<dyn ReadSeek>,
        size: u64,
        above: &str,
        shown: &str,
        is_outer: bool,
    ) -> Result<(), Refused> {
        let mut archive = ZipArchive::new(file).map_err(|error| broken(shown, &error.to_string()))?;
        check(&mut archive, size, shown)?;
        let (at, mut inner) = (self.archives.len(), Vec::new());
        for n in 0..archive.len() {
            let entry = archive.by_index_raw(n).map_err(|error| broken(shown, &error.to_string()))?;
            let Some(name) = entry.enclosed_name().filter(|_| entry.is_file()) else { continue };
            let name = name.to_string_lossy().replace('\\', "/");
            if name.split('/').any(|part| part.starts_with(['.', '~']) || part == "__MACOSX") {
                continue;
            }
            let item = Item {
                path: format!("{above}{name}"),
                shown: format!("{shown}/{name}"),
                place: Place::Zip(at, n),
            };
            if is_outer && is_zip(&name) { inner.push(item) } else { self.items.push(item) }
        }
        self.archives.push(RefCell::new(archive));
        for item in inner {
            let bytes = self.bytes(&item)?;
            let size = bytes.len() as u64;
            self.zip(Box::new(Cursor::new(bytes)), size, &format!("{}/", item.path), &item.shown, false)?;
        }
        match self.items.len() > MOST_FILES {
            true => Err(beyond(shown, format!("it holds more than {MOST_FILES} files"))),
            false => Ok(()),
        }
    }

    /// The bytes of a file.
    pub fn bytes(&self, item: &Item) -> Result<Vec<u8>, Refused> {
        let too_large =
            || beyond(&item.shown, format!("it is larger than {} MB", LARGEST_FILE / 1024 / 1024));
        match &item.place {
            Place::Given(n) => Ok(self.given[*n].clone()),
            Place::Disk(path) => {
                let size = std::fs::metadata(path).map_or(0, |meta| meta.len());
                if size > LARGEST_FILE {
                    return Err(too_large());
                }
                bytes_of(path).map_err(|error| unreadable(&item.shown, &error))
            }
            Place::Zip(archive, n) => {
                let mut archive = self.archives[*archive].borrow_mut();
                let mut entry =
                    archive.by_index(*n).map_err(|error| broken(&item.shown, &error.to_string()))?;
                let declared = entry.size();
                if declared > LARGEST_FILE {
                    return Err(too_large());
                }
                let mut bytes = Vec::new();
                // It may hold more than it says.
                let read = (&mut entry).take(declared + 1).read_to_end(&mut bytes);
                read.map_err(|error| broken(&item.shown, &error.to_string()))?;
                match bytes.len() as u64 > declared {
                    true => Err(beyond(&item.shown, "it holds more than the archive says".to_owned())),
                    false => Ok(bytes),
                }
            }
        }
    }

    /// The file that a link of another one leads to.
    pub fn linked(&self, from: &Item, link: &str) -> Option<&Item> {
        let link = link.split(['?', '#']).next().unwrap_or_default();
        let decoded = percent_decoded(link);
        let folder = from.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in decoded.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()?),
                part => parts.push(part),
            }
        }
        let path = parts.join("/");
        self.items.binary_search_by(|item| item.path.as_str().cmp(&path)).ok().map(|at| &self.items[at])
    }
}

/// `%20` as the byte it stands for.
fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(byte) = bytes.get(at) {
        let code = (*byte == b'%').then(|| bytes.get(at + 1..at + 3)).flatten();
        let code = code.and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        out.push(code.unwrap_or(*byte));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn is_zip(path: &str) -> bool {
    path.len() > 4 && path.to_lowercase().ends_with(".zip")
}

/// Refuses an archive as a whole when one of its entries is not what a harmless archive has.
fn check(archive: &mut ZipArchive<Box<dyn ReadSeek>>, size: u64, shown: &str) -> Result<(), Refused> {
    if archive.len() > MOST_FILES {
        return Err(beyond(shown, format!("it holds more than {MOST_FILES} files")));
    }
    let mut total = 0_u64;
    for n in 0..archive.len() {
        let entry = archive.by_index_raw(n).map_err(|error| broken(shown, &error.to_string()))?;
        let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
        let leads_out = entry.enclosed_name().is_none() || name.split(['/', '\\']).any(|part| part == "..");
        if leads_out {
            return Err(beyond(shown, format!("`{name}` leads out of it")));
        }
        if entry.is_symlink() {
            return Err(beyond(shown, format!("`{name}` is a link")));
        }
        if entry.encrypted() {
            return Err(beyond(shown, format!("`{name}` is encrypted")));
        }
        total = total.saturating_add(entry.size());
    }
    if total > LARGEST {
        return Err(beyond(shown, format!("it unpacks to more than {} GiB", LARGEST / 1024 / 1024 / 1024)));
    }
    if total > SMALL && total / RATIO > size {
        return Err(beyond(shown, format!("it unpacks to more than {RATIO} times its size")));
    }
    Ok(())
}

fn beyond(shown: &str, why: String) -> Refused {
    Box::new(Diagnostic::new(Code::ImportLimit, format!("not unpacked: {why}")).in_file(shown))
}

fn broken(shown: &str, why: &str) -> Refused {
    let why = why.trim_start_matches("invalid Zip archive: ");
    Box::new(Diagnostic::new(Code::ImportSyntax, format!("the archive cannot be read: {why}")).in_file(shown))
}

fn unreadable(shown: &str, error: &io::Error) -> Refused {
    let message = format!("cannot be read: {}", source::reason(error));
    Box::new(Diagnostic::new(Code::Unreadable, message).in_file(shown))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::SimpleFileOptions;

    fn zipped(write: impl FnOnce(&mut zip::ZipWriter<Cursor<Vec<u8>>>)) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        write(&mut writer);
        writer.finish().expect("written to memory").into_inner()
    }

    fn opened(bytes: Vec<u8>) -> Result<Vec<String>, String> {
        let mut package = Package::default();
        let size = bytes.len() as u64;
        let read = package.zip(Box::new(Cursor::new(bytes)), size, "", "a.zip", true);
        read.map(|()| package.items.iter().map(|item| item.path.clone()).collect()).map_err(|why| why.message)
    }

    fn file(writer: &mut zip::ZipWriter<Cursor<Vec<u8>>>, name: &str, bytes: &[u8]) {
        writer.start_file(name, SimpleFileOptions::default()).expect("a new file");
        writer.write_all(bytes).expect("written to memory");
    }

    #[test]
    fn archives_are_read_in_place_and_those_within_too() {
        let inner = zipped(|zip| file(zip, "b.md", b"b"));
        let outer = zipped(|zip| {
            file(zip, "a/c.md", b"c");
            file(zip, "__MACOSX/c.md", b"c");
            file(zip, "part.zip", &inner);
        });
        assert_eq!(opened(outer), Ok(vec!["a/c.md".to_owned(), "part.zip/b.md".to_owned()]));
        assert!(opened(b"PK\x03\x04nothing".to_vec()).is_err());
    }

    #[test]
    fn what_harms_is_refused_whole() {
        let out = zipped(|zip| file(zip, "../a.md", b"a"));
        let absolute = zipped(|zip| file(zip, "/etc/../../a.md", b"a"));
        let link = zipped(|zip| {
            zip.add_symlink("a.md", "/etc/passwd", SimpleFileOptions::default()).expect("a new link");
        });
        let bomb = zipped(|zip| file(zip, "a.md", &vec![0; 64 * 1024 * 1024]));
        for (bytes, why) in
            [(out, "leads out"), (absolute, "leads out"), (link, "is a link"), (bomb, "100 times")]
        {
            let refused = opened(bytes).expect_err("refused");
            assert!(refused.contains(why), "{refused}");
        }
    }

    #[test]
    fn links_lead_to_files_of_the_package_alone() {
        let item =
            |path: &str| Item { path: path.to_owned(), shown: path.to_owned(), place: Place::Given(0) };
        let package = Package { items: vec![item("a/b c.png"), item("a/p.md")], ..Package::default() };
        let to = |link: &str| package.linked(&package.items[1], link).map(|item| item.path.clone());
        assert_eq!(to("b%20c.png?v=1").as_deref(), Some("a/b c.png"));
        assert_eq!(to("../a/./p.md#x").as_deref(), Some("a/p.md"));
        assert_eq!(["../../etc/passwd", "/etc/passwd", "x", "%"].map(to), [None, None, None, None]);
    }
}
