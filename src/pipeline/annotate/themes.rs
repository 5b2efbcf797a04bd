//! Tokens to themes: weighted terms for each thousand words, with the terms as evidence.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::pipeline::annotate::ThemeScore;
use crate::pipeline::annotate::scan::{Reader, Trust};
use crate::pipeline::parse::Document;
use crate::pipeline::words::Shape;
use crate::vocabulary::lexicon::{fold, list};
use crate::vocabulary::{ThemeId, Vocabulary};

/// The weight for each thousand words from which a theme is there at all.
const PRESENT: f32 = 12.0;
/// The weight for each thousand words from which a document is about a theme.
const CORE: f32 = 30.0;
/// The weight at which the published score is one half.
const HALF: f32 = 30.0;
/// How many themes a document has at most.
const MOST: usize = 8;
/// How often one term counts at most: the tenth "drug" says no more than the fifth.
const SATURATION: u32 = 6;

/// The themes of the blocks in `trust`.
pub(crate) fn themes(reader: Reader<'_>, trust: &[(Range<usize>, Trust)]) -> Vec<ThemeScore> {
    let mut counts: FxHashMap<(ThemeId, u32), u32> = FxHashMap::default();
    let mut length = 0;
    for (block, _) in trust {
        length += block.clone().filter(|it| reader.words.shape(*it).is(Shape::WORD)).count();
        count(reader, block.clone(), &mut counts);
    }
    let mut found: FxHashMap<ThemeId, Vec<(u32, u32)>> = FxHashMap::default();
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_unstable();
    for ((theme, term), times) in counts {
        found.entry(theme).or_default().push((term, times));
    }
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_unstable_by_key(|it| it.0);
    let length = (length.max(150)) as f32;
    let mut scores: Vec<_> = found
        .into_iter()
        .filter_map(|(theme, terms)| score(reader, theme, terms, length))
        .collect();
    scores.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.theme.cmp(&b.theme)));
    scores.truncate(MOST);
    scores
}

/// With the themes that the author gave the document in front: the author knows.
pub(crate) fn with_authors(
    found: Vec<ThemeScore>,
    document: &Document,
    vocabulary: &Vocabulary,
) -> Vec<ThemeScore> {
    let names: Vec<_> = document.front_matter.themes.iter().map(|it| fold(it)).collect();
    let given = |id: &str, name: &str| names.iter().any(|it| *it == fold(name) || **it == *id);
    let mut themes: Vec<ThemeScore> = (0u16..)
        .zip(&vocabulary.themes)
        .filter(|(_, it)| !names.is_empty() && given(&it.id, &it.name))
        .map(|(at, _)| ThemeScore {
            theme: ThemeId(at),
            score: 1.0,
            core: true,
            evidence: vec![("front matter".into(), 1)],
        })
        .collect();
    let authors = themes.len();
    themes.extend(found);
    for at in (authors..themes.len()).rev() {
        if themes[..authors].iter().any(|it| it.theme == themes[at].theme) {
            themes.remove(at);
        }
    }
    themes
}

/// Counts the terms in `block`, the longest first, none inside a negative phrase.
fn count(reader: Reader<'_>, block: Range<usize>, counts: &mut FxHashMap<(ThemeId, u32), u32>) {
    let mut at = block.start;
    while at < block.end {
        if !reader.words.listed(at, list::BEGINS_TERM) {
            at += 1;
            continue;
        }
        let Some((end, terms)) = reader.vocabulary.terms.longest(reader.words, at, block.end)
        else {
            at += 1;
            continue;
        };
        for &(theme, term) in terms {
            *counts.entry((theme, term)).or_insert(0) += 1;
        }
        at = end;
    }
}

/// A theme's score, if it has enough terms; a negative phrase has the number past the last term.
fn score(
    reader: Reader<'_>,
    theme: ThemeId,
    terms: Vec<(u32, u32)>,
    length: f32,
) -> Option<ThemeScore> {
    let known = &reader.vocabulary.theme(theme).terms;
    let mut evidence: Vec<_> = terms
        .into_iter()
        .filter_map(|(term, times)| known.get(term as usize).map(|it| (it, times)))
        .collect();
    let weight: f32 =
        evidence.iter().map(|((_, weight), times)| weight * (*times).min(SATURATION) as f32).sum();
    let dense = weight * 1000.0 / length;
    let strong = evidence.iter().any(|it| it.0.1 >= 3.0);
    if dense < PRESENT || (evidence.len() < 2 && !strong) {
        return None;
    }
    evidence.sort_by(|a, b| {
        (b.0.1 * b.1 as f32).total_cmp(&(a.0.1 * a.1 as f32)).then(a.0.0.cmp(&b.0.0))
    });
    let core = dense >= CORE && evidence.len() >= 2;
    let evidence =
        evidence.into_iter().map(|((term, _), times)| (term.as_str().into(), times)).collect();
    Some(ThemeScore { theme, score: dense / (dense + HALF), core, evidence })
}
