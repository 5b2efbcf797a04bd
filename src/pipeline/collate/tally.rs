//! Clusters of names to how often each is named, and in how many documents.

use std::sync::Arc;

use rayon::prelude::*;

use crate::pipeline::collate::outline::Outline;
use crate::pipeline::collate::rows::Rows;

/// How often a cluster is named, and in how many documents.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tally {
    pub(crate) mentions: u32,
    pub(crate) documents: u32,
}

/// The number of no cluster.
pub(crate) const NONE: u32 = u32::MAX;

/// How many documents are counted in one go.
const TOGETHER: usize = 4096;

/// Counts mentions; one inside a name that is not `outer` counts as if it stood alone.
pub(crate) fn tally(of_name: &Rows<u32>, outer: &[bool], outlines: &[Arc<Outline>]) -> Vec<Tally> {
    let parts = outlines.len().div_ceil(TOGETHER).min(rayon::current_num_threads()).max(1);
    let size = outlines.len().div_ceil(parts).max(1);
    let count = |(part, outlines): (usize, &[Arc<Outline>])| {
        let mut counts = vec![(Tally::default(), NONE); outer.len()];
        for (document, outline) in (part * size..).zip(outlines) {
            count(document, (of_name.row(document), outer), outline, &mut counts);
        }
        counts
    };
    let mut counted: Vec<_> = outlines.par_chunks(size).enumerate().map(count).collect();
    let last = counted.pop().unwrap_or_else(|| vec![(Tally::default(), NONE); outer.len()]);
    let mut tallies: Vec<Tally> = last.into_iter().map(|it| it.0).collect();
    for (sum, it) in counted.iter().flat_map(|it| (0..).zip(it)) {
        tallies[sum].mentions += it.0.mentions;
        tallies[sum].documents += it.0.documents;
    }
    tallies
}

/// Counts the mentions of one document; with each tally stands the last document that it counts.
fn count(
    document: usize,
    (names, outer): (&[u32], &[bool]),
    outline: &Outline,
    counts: &mut [(Tally, u32)],
) {
    let known = |name: u16| {
        let cluster = names[usize::from(name)];
        cluster != NONE && outer[cluster as usize]
    };
    for (at, mention) in outline.mentions.iter().enumerate() {
        let cluster = names[usize::from(mention.name)];
        if cluster != NONE && outline.counted(at, known) {
            let (tally, last) = &mut counts[cluster as usize];
            tally.mentions += 1;
            tally.documents += u32::from(*last != document as u32);
            *last = document as u32;
        }
    }
}
