//! Opening files of a folder. Whatever stands there by the time one is opened, nothing outside of the folder
//! is read, and nothing that is no regular file makes anybody wait.

use cap_fs_ext::{FollowSymlinks, OpenOptionsFollowExt, OpenOptionsSyncExt};
use cap_std::ambient_authority;
use cap_std::fs::{Dir, File, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A folder that files are opened in.
pub struct Inside {
    top: PathBuf,
    dir: io::Result<Dir>,
}

impl Inside {
    pub fn new(top: &Path) -> Inside {
        Inside { top: top.to_owned(), dir: Dir::open_ambient_dir(top, ambient_authority()) }
    }

    /// Opens a regular file by its path on disk. What it was known as a link to is opened in its stead: a link
    /// that is new is not followed. Links among the folders are, as far as they stay inside.
    pub fn open(&self, disk: &Path, links_to: Option<&str>) -> io::Result<File> {
        let dir = self.dir.as_ref().map_err(|error| io::Error::from(error.kind()))?;
        let path = disk.strip_prefix(&self.top).map_err(io::Error::other)?;
        let file = match dir.open_with(links_to.map_or(path, Path::new), &unfollowed()) {
            // A link among the folders may name what it leads to by its whole path.
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                let real = self.real(disk).filter(|real| real != path).ok_or(error)?;
                dir.open_with(real, &unfollowed())?
            }
            opened => opened?,
        };
        regular(file)
    }

    /// Where a file is, from the folder, once the links among its folders are followed.
    fn real(&self, disk: &Path) -> Option<PathBuf> {
        let top = self.top.canonicalize().ok()?;
        let parent = disk.parent()?.canonicalize().ok()?;
        Some(parent.strip_prefix(top).ok()?.join(disk.file_name()?))
    }
}

/// The bytes of a regular file that was named by hand, wherever it is.
pub fn bytes_of(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    regular(File::open_ambient_with(path, &options(), ambient_authority())?)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn regular(file: File) -> io::Result<File> {
    match file.metadata()?.is_file() {
        true => Ok(file),
        false => Err(io::Error::other("it is no regular file")),
    }
}

/// For reading, without waiting for whoever writes to a pipe.
fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).nonblock(true);
    options
}

fn unfollowed() -> OpenOptions {
    let mut options = options();
    options.follow(FollowSymlinks::No);
    options
}
