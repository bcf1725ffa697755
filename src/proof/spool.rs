//! Files that wait to be published, in one file that has no name and is gone when nobody reads it any more.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::{Mutex, PoisonError};

/// Bytes by path.
#[derive(Debug)]
pub struct Spool(Mutex<Inner>);

#[derive(Debug)]
struct Inner {
    file: File,
    end: u64,
    /// Where each begins, and how long it is.
    places: HashMap<String, (u64, usize)>,
}

impl Spool {
    /// An empty one.
    ///
    /// # Errors
    /// The system gives no room for files that are not to stay.
    pub fn new() -> io::Result<Spool> {
        Ok(Spool(Mutex::new(Inner { file: tempfile::tempfile()?, end: 0, places: HashMap::new() })))
    }

    pub fn put(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let end = inner.end;
        inner.file.seek(SeekFrom::Start(end))?;
        inner.file.write_all(bytes)?;
        inner.places.insert(path.to_owned(), (end, bytes.len()));
        inner.end += bytes.len() as u64;
        Ok(())
    }

    /// Nothing when there is no such file, or when it cannot be read back whole.
    pub fn get(&self, path: &str) -> Option<Vec<u8>> {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (start, length) = *inner.places.get(path)?;
        let mut bytes = vec![0; length];
        inner.file.seek(SeekFrom::Start(start)).ok()?;
        inner.file.read_exact(&mut bytes).ok()?;
        Some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_comes_out() {
        let spool = Spool::new().expect("room");
        spool.put("a", b"one").expect("written");
        spool.put("b", b"").expect("written");
        spool.put("c", b"three").expect("written");
        let out: Vec<Option<Vec<u8>>> = ["a", "b", "c", "d"].map(|path| spool.get(path)).into();
        assert_eq!(out, [Some(b"one".to_vec()), Some(Vec::new()), Some(b"three".to_vec()), None]);
    }
}
