//! What the coder expects of lists of documents and of places: which numbers are told apart by what is known before they are read.

use crate::pipeline::search::coder::{Coder, Numbers, Symbols};

/// Of how many bits an impact is.
const IMPACT: u32 = 3;
/// The highest impact.
pub(crate) const IMPACTS: u32 = (1 << IMPACT) - 1;

/// What is expected of lists of documents.
pub(crate) struct DocumentNumbers {
    /// Of gaps, by the width of the mean gap.
    pub(crate) gaps: Vec<Numbers>,
    /// Of impacts, by the same.
    pub(crate) impacts: Vec<Symbols<{ 1 << IMPACT }>>,
}

/// What is expected of places.
pub(crate) struct PlaceNumbers {
    /// Of how many there are in a document: see [`PlaceNumbers::counts`].
    counts: Vec<Option<Box<Numbers>>>,
    /// Of gaps between them, by the width of the mean gap.
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
            impacts: vec![Symbols::NEW; WIDTHS as usize],
        }
    }
}

impl PlaceNumbers {
    /// Expects nothing.
    pub(crate) fn new() -> Self {
        PlaceNumbers {
            counts: vec![None; (WIDTHS << IMPACT) as usize],
            gaps: vec![Numbers::NEW; WIDTHS as usize],
            before: Before::new(),
        }
    }

    /// What is expected of the number of places in a document, by the term's `mean` and its impact on the document.
    pub(crate) fn counts(&mut self, mean: usize, impact: u32) -> &mut Numbers {
        let counts = &mut self.counts[mean << IMPACT | impact.min(IMPACTS) as usize];
        counts.get_or_insert_with(|| Box::new(Numbers::NEW))
    }
}

/// What letters are expected to be, by the one before. Most letters are never seen, so that nothing is held of them.
#[derive(Debug, Clone)]
pub(crate) struct Letters(Vec<Option<Box<Symbols<256>>>>);

impl Letters {
    /// Expects nothing.
    pub(crate) fn new() -> Self {
        Letters(vec![None; 256])
    }

    /// Adds a text without a letter 0, and its end.
    pub(crate) fn write(&mut self, coder: &mut Coder, text: &[u8]) {
        let mut last = 0;
        for letter in text.iter().chain(&[0]) {
            let expected = self.0[usize::from(last)].get_or_insert_with(|| Box::new(Symbols::NEW));
            coder.symbol(expected, u32::from(*letter));
            last = *letter;
        }
    }
}
