//! What the coder expects of lists of documents and of places: which numbers are told apart by what is known before they are read.

use crate::pipeline::search::coder::{Coder, Numbers, Symbols};

/// Of how many bits a worth is.
const WORTH: u32 = 3;
/// The highest worth.
pub(crate) const WORTHS: u32 = (1 << WORTH) - 1;

/// What the places of a term in a document are worth together, as the client is told it: the first few as they are, then more coarsely.
pub(crate) fn worth(weight: u32) -> u32 {
    match weight {
        0..=4 => weight.saturating_sub(1),
        5..=6 => 4,
        7..=9 => 5,
        10..=15 => 6,
        _ => WORTHS,
    }
}

/// As much as the client is told of a document's length: of how many bits it is, less one.
pub(crate) fn magnitude(length: u32) -> u32 {
    length.max(1).ilog2()
}

/// The length that the client takes a document for.
pub(crate) fn rounded(length: u32) -> u32 {
    (3 << magnitude(length)) / 2
}

/// What is expected of lists of documents.
pub(crate) struct DocumentNumbers {
    /// Of gaps, by the width of the mean gap.
    pub(crate) gaps: Vec<Numbers>,
    /// Of worths, by the same.
    pub(crate) worths: Vec<Symbols<{ 1 << WORTH }>>,
}

/// What is expected of places.
pub(crate) struct PlaceNumbers {
    /// Of how many there are in a document: see [`PlaceNumbers::counts`].
    counts: Vec<Option<Box<Numbers>>>,
    /// Of gaps between them, by the width of the mean gap in a document of its rounded length.
    pub(crate) gaps: Vec<Numbers>,
    /// Of what stands before: nothing frequent, or which context.
    pub(crate) before: Before,
}

/// What is expected to stand before a word.
#[derive(Debug, Clone)]
pub(crate) struct Before {
    /// Whether it is a frequent word.
    pub(crate) any: Symbols<2>,
    /// Which.
    pub(crate) which: Symbols<256>,
}

impl Before {
    /// Expects nothing.
    pub(crate) fn new() -> Self {
        Before { any: Symbols::NEW, which: Symbols::NEW }
    }
}

/// How many widths of means are told apart.
const WIDTHS: u32 = 20;

/// The width of the mean where `total` is cut into `parts`, at least 1. The client computes the same.
pub(crate) fn width(total: u32, parts: u32) -> usize {
    (total / parts).checked_ilog2().map_or(0, |it| it.min(WIDTHS - 2) + 1) as usize
}

impl DocumentNumbers {
    /// Expects nothing.
    pub(crate) fn new() -> Self {
        DocumentNumbers {
            gaps: vec![Numbers::NEW; WIDTHS as usize],
            worths: vec![Symbols::NEW; WIDTHS as usize],
        }
    }
}

impl PlaceNumbers {
    /// Expects nothing.
    pub(crate) fn new() -> Self {
        PlaceNumbers {
            counts: vec![None; (WIDTHS << WORTH) as usize],
            gaps: vec![Numbers::NEW; WIDTHS as usize],
            before: Before::new(),
        }
    }

    /// What is expected of the number of places in a document, by the term's `mean` and its worth there.
    pub(crate) fn counts(&mut self, mean: usize, worth: u32) -> &mut Numbers {
        let counts = &mut self.counts[mean << WORTH | worth as usize];
        counts.get_or_insert_with(|| Box::new(Numbers::NEW))
    }
}

/// What letters are expected to be: by the one before, or by one that another text has in the same place. Most are never seen, so that
/// nothing is held of them.
#[derive(Debug, Clone)]
pub(crate) struct Letters(Vec<Option<Box<Symbols<256>>>>);

impl Letters {
    /// Expects nothing.
    pub(crate) fn new() -> Self {
        Letters(vec![None; 2 * 256])
    }

    /// Adds a text without a letter 0, and its end.
    pub(crate) fn write(&mut self, coder: &mut Coder, text: &[u8]) {
        self.write_beside(coder, text, (&[], text.len() + 1));
    }

    /// The same for a text that may say the same as `other`, which begins `before` bytes behind it.
    pub(crate) fn write_beside(
        &mut self,
        coder: &mut Coder,
        text: &[u8],
        (other, before): (&[u8], usize),
    ) {
        let mut last = 0;
        for (at, letter) in text.iter().chain(&[0]).enumerate() {
            let same = at.checked_sub(before).map(|it| other.get(it).copied().unwrap_or_default());
            let known = same.map_or(last, |it| 256 + usize::from(it));
            let expected = self.0[known].get_or_insert_with(|| Box::new(Symbols::NEW));
            coder.symbol(expected, u32::from(*letter));
            last = usize::from(*letter);
        }
    }
}
