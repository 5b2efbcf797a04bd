//! A file that comes in parts to the disk, compared on its way with the one of the present site.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

/// A file being written part by part.
pub(super) struct Parted {
    written: File,
    /// The present file behind what both have had so far; none once they differ.
    present: Option<File>,
    read: Vec<u8>,
}

impl Parted {
    /// Begins with an empty file; `present` is where the present one would stand.
    pub(super) fn begin(written: File, present: &Path) -> Parted {
        Parted { written, present: File::open(present).ok(), read: Vec::new() }
    }

    /// Writes the next part.
    pub(super) fn add(&mut self, part: &[u8]) -> io::Result<()> {
        self.present = self.present.take().filter(|it| next_is(it, part, &mut self.read));
        self.written.write_all(part)
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
