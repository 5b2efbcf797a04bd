//! A file that comes in parts to the disk, compared on its way with the one of the present site.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::Path;

use super::Part;

/// A file being written part by part.
pub(super) struct Parted {
    written: File,
    /// How many bytes it has so far.
    length: u64,
    /// The present file, to copy from; none if there is none.
    old: Option<File>,
    /// The present file behind what both have had so far; none once they differ.
    present: Option<File>,
    read: Vec<u8>,
}

impl Parted {
    /// Begins with an empty file; `present` is where the present one would stand.
    pub(super) fn begin(written: File, present: &Path) -> Parted {
        let open = || File::open(present).ok();
        Parted { written, length: 0, old: open(), present: open(), read: Vec::new() }
    }

    /// Writes the next part.
    pub(super) fn add(&mut self, part: &Part) -> io::Result<()> {
        match part {
            Part::New(bytes) => {
                self.present = self.present.take().filter(|it| next_is(it, bytes, &mut self.read));
                self.length += bytes.len() as u64;
                self.written.write_all(bytes)
            }
            Part::Old(range) => self.copy(range),
        }
    }

    fn copy(&mut self, range: &Range<u64>) -> io::Result<()> {
        let mut old = self.old.as_ref().ok_or(io::ErrorKind::NotFound)?;
        let length = range.end - range.start;
        old.seek(SeekFrom::Start(range.start))?;
        if io::copy(&mut old.take(length), &mut self.written)? < length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let is_in_place = range.start == self.length;
        self.length += length;
        let skip = |mut it: &File| it.seek(SeekFrom::Start(range.end)).is_ok();
        self.present = self.present.take().filter(|it| is_in_place && skip(it));
        Ok(())
    }

    /// Whether the present file is the same to its end.
    pub(super) fn ends_alike(self) -> bool {
        self.present.is_some_and(|mut it| matches!(it.read(&mut [0]), Ok(0)))
    }
}

/// Whether `file` goes on with `part`.
fn next_is(mut file: &File, part: &[u8], read: &mut Vec<u8>) -> bool {
    read.resize(part.len(), 0);
    file.read_exact(read).is_ok() && read == part
}
