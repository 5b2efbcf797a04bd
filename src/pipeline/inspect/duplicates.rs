//! Documents to pairs that have most of their text in common, in time that grows with the text and not with the pairs.
//!
//! Documents whose sketches agree on a whole band of bins are compared; all others are never looked at together.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::Diagnostic;
use crate::pipeline::Reading;
use crate::pipeline::inspect::about;
use crate::pipeline::inspect::sketch::{BINS, Sketch, shingles, words};
use crate::policy::Rule;

/// How many bins are compared at first.
const BAND: usize = 4;
/// From what share of text on a pair is reported, in hundredths.
const ALIKE: usize = 70;

/// A finding for each document that repeats an earlier one.
pub(super) fn duplicates(readings: &[Arc<Reading>], sketches: &[Arc<Sketch>]) -> Vec<Diagnostic> {
    let mut pairs: Vec<(usize, usize)> = (0..BINS / BAND)
        .into_par_iter()
        .flat_map_iter(|band| agreeing(sketches, band * BAND..(band + 1) * BAND))
        .collect();
    pairs.par_sort_unstable();
    pairs.dedup();
    let mut findings = Vec::new();
    for earlier in pairs.chunk_by(|a, b| a.0 == b.0) {
        let at = earlier[0].0;
        let alike = earlier.iter().map(|it| (likeness(&sketches[at], &sketches[it.1]), it.1));
        if let Some((share, twin)) =
            alike.filter(|it| it.0 >= ALIKE).max_by_key(|it| (it.0, std::cmp::Reverse(it.1)))
        {
            findings.extend(finding(&readings[at], &readings[twin], share));
        }
    }
    findings
}

/// The documents whose hashes in these bins are those of an earlier one, each with the first such.
fn agreeing(sketches: &[Arc<Sketch>], bins: Range<usize>) -> Vec<(usize, usize)> {
    let mut first_with: FxHashMap<&[u32], usize> = FxHashMap::default();
    first_with.reserve(sketches.len());
    let mut pairs = Vec::new();
    for (at, sketch) in sketches.iter().enumerate() {
        let Some(bins) = sketch.bins.get(bins.clone()) else { continue };
        if bins.contains(&u32::MAX) {
            continue;
        }
        match first_with.entry(bins) {
            std::collections::hash_map::Entry::Occupied(it) => pairs.push((at, *it.get())),
            std::collections::hash_map::Entry::Vacant(it) => drop(it.insert(at)),
        }
    }
    pairs
}

/// The estimated share of shingles in common, in hundredths.
fn likeness(a: &Sketch, b: &Sketch) -> usize {
    let filled = a.bins.iter().zip(&b.bins).filter(|it| *it.0 != u32::MAX || *it.1 != u32::MAX);
    let (mut all, mut same) = (0, 0);
    for (a, b) in filled {
        all += 1;
        same += usize::from(a == b);
    }
    (same * 100).checked_div(all).unwrap_or(0)
}

/// Says what both have, beginning with the longest passage.
fn finding(later: &Reading, earlier: &Reading, share: usize) -> Option<Diagnostic> {
    let span = shared(later, earlier)?;
    let opening: Vec<_> = later.document.text[span.clone()].split_whitespace().take(8).collect();
    let name = &earlier.document.file;
    let share = if share == 100 { "all".to_owned() } else { format!("about {share} %") };
    let message = format!(
        "has {share} of its text in common with {name}, from \"{} …\" on",
        opening.join(" ")
    );
    Some(about(later, Rule::NearDuplicate, span, message))
}

/// The longest passage of `a` whose shingles are all in `b`.
fn shared(a: &Reading, b: &Reading) -> Option<Range<usize>> {
    let (a, b) = (words(a), words(b));
    let known: FxHashSet<u64> = shingles(&b).map(|it| it.0).collect();
    let mut best: Option<Range<usize>> = None;
    let mut run: Option<Range<usize>> = None;
    for (hash, span) in shingles(&a) {
        run = known.contains(&hash).then(|| run.map_or(span.clone(), |it| it.start..span.end));
        if run.as_ref().map(Range::len) > best.as_ref().map(Range::len) {
            best.clone_from(&run);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::inspect::sketch::{mixed, sketch};
    use crate::pipeline::inspect::tests::reading;

    fn text(seed: usize, words: usize) -> String {
        let word = |at: usize| format!("w{}", mixed((seed * 100_003 + at) as u64) % 5000);
        (0..words).map(word).collect::<Vec<_>>().join(" ")
    }

    fn found(texts: &[String]) -> Vec<String> {
        let readings: Vec<_> = texts
            .iter()
            .enumerate()
            .map(|(at, it)| Arc::new(reading(&format!("{at}.txt"), it)))
            .collect();
        let sketches: Vec<_> = readings.iter().map(|it| Arc::new(sketch(it))).collect();
        duplicates(&readings, &sketches)
            .into_iter()
            .map(|it| format!("{}: {}", it.file, it.message))
            .collect()
    }

    #[test]
    fn a_copy_is_found() {
        let copy = text(1, 300);
        let found = found(&[copy.clone(), text(2, 300), copy.to_uppercase()]);
        assert_eq!(found.len(), 1);
        assert!(
            found[0].starts_with(
                "seeds/2.txt: has all of its text in common with seeds/0.txt, from \"W"
            ),
            "{found:?}"
        );
    }

    #[test]
    fn a_few_changed_words_do_not_hide_it() {
        let changed = text(1, 300).replacen("w1", "x1", 3);
        let found = found(&[text(1, 300), changed]);
        assert_eq!(found.len(), 1, "{found:?}");
    }

    #[test]
    fn a_shared_paragraph_is_no_duplicate() {
        let shared = text(9, 60);
        assert_eq!(
            found(&[format!("{} {shared}", text(1, 200)), format!("{} {shared}", text(2, 200))]),
            [""; 0]
        );
    }

    #[test]
    fn short_notes_are_not_compared() {
        assert_eq!(
            found(&["Yours sincerely, Ada".to_owned(), "Yours sincerely, Ada".to_owned()]),
            [""; 0]
        );
    }
}
