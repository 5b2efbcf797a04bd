//! What the coder expects of lists of documents and of places: which numbers are told apart by what is known before they are read.

use crate::pipeline::search::coder::{Numbers, Symbols};

/// Of how many bits an impact is.
const IMPACT: u32 = 3;
/// The highest impact.
pub(crate) const IMPACTS: u32 = (1 << IMPACT) - 1;

/// What is expected of lists of documents.
pub(crate) struct DocumentNumbers {
    /// Of gaps, by the width of the mean gap.
    pub(crate) gaps: Vec<Numbers>,
    /// Of impacts, by the same.
    pub(crate) impacts: Vec<Symbols>,
}

/// What is expected of places.
pub(crate) struct PlaceNumbers {
    /// Of how many there are in a document: see [`PlaceNumbers::counts`].
    counts: Vec<Numbers>,
    /// Of gaps between them, by the width of the mean gap.
    pub(crate) gaps: Vec<Numbers>,
    /// Of what stands before: nothing frequent, or which context.
    pub(crate) before: Before,
}

/// What is expected to stand before a word.
#[derive(Debug, Clone)]
pub(crate) struct Before {
    /// Whether it is a frequent word.
    pub(crate) any: Symbols,
    /// Which.
    pub(crate) which: Symbols,
}

impl Before {
    /// Expects nothing.
    pub(crate) fn new() -> Self {
        Before { any: Symbols::new(1), which: Symbols::new(8) }
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
            gaps: vec![Numbers::new(); WIDTHS as usize],
            impacts: vec![Symbols::new(IMPACT); WIDTHS as usize],
        }
    }
}

impl PlaceNumbers {
    /// Expects nothing.
    pub(crate) fn new() -> Self {
        let numbers = |count| vec![Numbers::new(); count as usize];
        PlaceNumbers {
            counts: numbers(WIDTHS << IMPACT),
            gaps: numbers(WIDTHS),
            before: Before::new(),
        }
    }

    /// What is expected of the number of places in a document, by the term's `mean` and its impact on the document.
    pub(crate) fn counts(&mut self, mean: usize, impact: u32) -> &mut Numbers {
        &mut self.counts[mean << IMPACT | impact.min(IMPACTS) as usize]
    }
}
