//! A file that is written only from where it differs from the one it is to replace.

use cap_std::fs::{Dir, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};

/// Takes the bytes of a file. As long as they are those of the old one, nothing is written;
/// then a new one is begun with what was the same.
pub struct Rewrite<'f> {
    folder: &'f Dir,
    new: &'f str,
    state: State,
}

enum State {
    /// All bytes so far, and how many they are.
    Same(BufReader<File>, u64),
    Differs(File),
}

impl<'f> Rewrite<'f> {
    /// `new` is where in the folder the new file goes, which must not be there yet.
    pub fn new(old: Option<File>, folder: &'f Dir, new: &'f str) -> io::Result<Rewrite<'f>> {
        let state = match old {
            Some(old) => State::Same(BufReader::new(old), 0),
            None => State::Differs(create(folder, new)?),
        };
        Ok(Rewrite { folder, new, state })
    }

    /// Whether a new file was written: the old one is not the same.
    pub fn finish(mut self) -> io::Result<bool> {
        if let State::Same(old, _) = &mut self.state
            && !old.fill_buf()?.is_empty()
        {
            self.begin()?;
        }
        Ok(matches!(self.state, State::Differs(_)))
    }

    /// Begins the new file with what was the same.
    fn begin(&mut self) -> io::Result<()> {
        let mut file = create(self.folder, self.new)?;
        if let State::Same(old, same) = &mut self.state {
            old.seek(SeekFrom::Start(0))?;
            io::copy(&mut old.take(*same), &mut file)?;
        }
        self.state = State::Differs(file);
        Ok(())
    }
}

impl Write for Rewrite<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.state {
            State::Differs(file) => file.write(bytes),
            State::Same(old, same) => {
                let there = old.fill_buf()?;
                let length = there.len().min(bytes.len());
                if length == 0 && !bytes.is_empty() || there[..length] != bytes[..length] {
                    self.begin()?;
                    return self.write(bytes);
                }
                old.consume(length);
                *same += length as u64;
                Ok(length)
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Opens a file that must not be there yet, for writing.
pub fn create(folder: &Dir, path: &str) -> io::Result<File> {
    folder.open_with(path, OpenOptions::new().write(true).create_new(true))
}
