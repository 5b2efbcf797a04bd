//! The documents of a value, and where it stands in them, as packed bytes: there are many more of them than of values.

use crate::pipeline::search::numbers::{read_number, split_numbers, write_number};

/// The documents of a value, ascending.
#[derive(Debug, Clone, Default)]
pub(crate) struct Told {
    /// How many there are.
    pub(crate) count: u32,
    /// How many places there are in all.
    pub(crate) places: u32,
    /// The number behind the last document.
    next: u32,
    /// For each the distance from the one before, the worth, the number of places and the gaps between them.
    bytes: Vec<u8>,
}

/// A document of a value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Document<'a> {
    /// By the index's number.
    pub(crate) number: u32,
    /// How much it is about the value: a worth.
    pub(crate) worth: u32,
    /// How many places there are.
    pub(crate) count: u32,
    /// All but the number, as bytes that tell where they end.
    pub(crate) bytes: &'a [u8],
    gaps: &'a [u8],
}

impl Document<'_> {
    /// Between the places, each less one.
    pub(crate) fn gaps(self) -> impl Iterator<Item = u32> {
        let mut gaps = self.gaps;
        std::iter::from_fn(move || read_number(&mut gaps))
    }
}

impl Told {
    /// Adds a document behind all others; `positions` are ascending.
    pub(crate) fn push(&mut self, document: u32, worth: u32, positions: &[u32]) {
        for number in [document - self.next, worth, positions.len() as u32] {
            write_number(&mut self.bytes, number);
        }
        let mut next = 0;
        for position in positions {
            write_number(&mut self.bytes, position - next);
            next = position + 1;
        }
        self.next = document + 1;
        self.count += 1;
        self.places += positions.len() as u32;
    }

    /// All of them.
    pub(crate) fn documents(&self) -> impl Iterator<Item = Document<'_>> {
        let (mut rest, mut next) = (self.bytes.as_slice(), 0);
        std::iter::from_fn(move || {
            let number = next + read_number(&mut rest)?;
            next = number + 1;
            let begun = rest;
            let (worth, count) = (read_number(&mut rest)?, read_number(&mut rest)?);
            let gaps = split_numbers(&mut rest, count);
            let bytes = &begun[..begun.len() - rest.len()];
            Some(Document { number, worth, count, bytes, gaps })
        })
    }
}
