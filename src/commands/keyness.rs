//! Documents to the words that are more frequent in them than in other texts: terms that a theme may lack.
//!
//! Ranked by log-likelihood (Dunning 1993): how surprising the number of a word is, were it as frequent here as elsewhere.

use std::cmp::Ordering;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::pipeline::describe::BlockRole;
use crate::pipeline::{Reading, Site};
use crate::vocabulary::lexicon::{Lexicon, list};

/// Words in fewer documents are somebody's habit.
const FEWEST_DOCUMENTS: u32 = 2;
/// How many words the reference stands for; its figures are given for a million.
const REFERENCE: f64 = 10_000_000.0;
/// How often in a million words a common word stands that is in no band, and a word that is in no list.
const COMMON: f64 = 15.0;
const OTHER: f64 = 1.0;
/// The surprise that chance alone gives once in a thousand words.
const LEAST: f64 = 10.83;

/// The bands of the reference: a word to its number in a million.
static BANDS: LazyLock<FxHashMap<&str, f64>> = LazyLock::new(|| {
    let text = include_str!("../vocabulary/words/frequencies.txt");
    let mut bands = FxHashMap::default();
    let mut frequency = OTHER;
    for line in text.lines().filter(|it| !it.starts_with('#')) {
        match line.parse() {
            Ok(number) => frequency = number,
            Err(_) => line.split(' ').for_each(|it| {
                bands.entry(it).or_insert(frequency);
            }),
        }
    }
    bands
});

/// How a word is spread.
#[derive(Debug, Default, Clone, Copy)]
struct Count {
    times: u32,
    documents: u32,
}

/// A word with its figures.
struct Key<'a> {
    word: &'a str,
    count: Count,
    surprise: f64,
}

/// The most telling words that no theme has as a term, as YAML with their figures.
pub(super) fn suggested(site: &Site, number: usize) -> String {
    let (counts, total) = counts(site);
    let known = known(site);
    let lexicon = &site.vocabulary.lexicon;
    let fewest = FEWEST_DOCUMENTS.min(site.readings.len() as u32);
    let wanted =
        counts.iter().filter(|it| it.1.documents >= fewest && !known.contains(it.0.as_str()));
    let mut keys: Vec<Key<'_>> = wanted
        .map(|(word, count)| Key {
            word,
            count: *count,
            surprise: surprise(f64::from(count.times), total, frequency(word, lexicon)),
        })
        .filter(|it| it.surprise > LEAST)
        .collect();
    keys.sort_by(|a, b| {
        b.surprise.partial_cmp(&a.surprise).unwrap_or(Ordering::Equal).then(a.word.cmp(b.word))
    });
    let lines: String = keys.iter().take(number).map(line).collect();
    format!(
        "# Words that these documents use more than general English does, by log-likelihood. Sort them into themes:\n- name: \n  terms:\n{lines}"
    )
}

fn line(key: &Key<'_>) -> String {
    let Key { word, count, surprise } = key;
    format!(
        "    {word}: 1   # {} times in {} documents, log-likelihood {surprise:.0}\n",
        count.times, count.documents
    )
}

/// Twice the logarithm of the likelihood ratio; 0 for a word that is no more frequent here.
fn surprise(times: f64, total: f64, frequency: f64) -> f64 {
    let elsewhere = frequency * REFERENCE / 1e6;
    let share = (times + elsewhere) / (total + REFERENCE);
    if times / total.max(1.0) <= frequency / 1e6 {
        return 0.0;
    }
    let part = |seen: f64, expected: f64| seen * (seen / expected).ln();
    2.0 * (part(times, total * share) + part(elsewhere, REFERENCE * share))
}

/// How often a word stands in a million words of other texts.
fn frequency(word: &str, lexicon: &Lexicon) -> f64 {
    let common = lexicon.facts(lexicon.find(word)).is(list::COMMON);
    BANDS.get(word).copied().unwrap_or(if common { COMMON } else { OTHER })
}

/// Lower-case words of at least four letters outside names and furniture, with their counts; and how many words there are.
fn counts(site: &Site) -> (FxHashMap<String, Count>, f64) {
    let lexicon = &site.vocabulary.lexicon;
    let small = |word: &str| lexicon.facts(lexicon.find(word)).is(list::STOP | list::SAYING);
    let (mut counts, mut total) = (FxHashMap::<String, Count>::default(), 0.0);
    for reading in &site.readings {
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        for word in words(reading) {
            total += 1.0;
            let telling = word.chars().count() >= 4 && word.chars().all(char::is_lowercase);
            if telling && !small(word) {
                let count = counts.entry(word.to_owned()).or_default();
                count.times += 1;
                count.documents += u32::from(seen.insert(word));
            }
        }
    }
    (joined(&counts), total)
}

/// Plurals counted with their singulars, where the documents use both.
fn joined(counts: &FxHashMap<String, Count>) -> FxHashMap<String, Count> {
    let mut joined: FxHashMap<String, Count> = FxHashMap::default();
    let mut words: Vec<_> = counts.iter().collect();
    words.sort_unstable_by_key(|it| it.0);
    for (word, count) in words {
        let singular = word.strip_suffix('s').filter(|it| counts.contains_key(*it));
        let of_word = joined.entry(singular.unwrap_or(word).to_owned()).or_default();
        of_word.times += count.times;
        of_word.documents = of_word.documents.max(count.documents);
    }
    joined
}

fn words(reading: &Reading) -> impl Iterator<Item = &str> {
    let (document, roles) = (&reading.document, &reading.description.roles);
    let blocks = document.blocks.iter().enumerate();
    let read = blocks.filter(|it| roles.get(it.0) != Some(&BlockRole::Furniture));
    read.flat_map(|(_, block)| {
        let words = document.text[block.range()].split(|it: char| !it.is_alphanumeric());
        words.filter(|it| !it.is_empty())
    })
}

/// Words of terms that themes have.
fn known(site: &Site) -> FxHashSet<&str> {
    site.vocabulary.themes.iter().flat_map(|it| &it.terms).flat_map(|it| it.0.split(' ')).collect()
}

#[cfg(test)]
mod tests {
    use super::{BANDS, surprise};

    #[test]
    fn a_word_as_frequent_as_elsewhere_is_no_surprise() {
        assert!(surprise(2.0, 1000.0, 2000.0) < 0.01);
        assert!(surprise(1.0, 10_000.0, 500.0) < 0.01);
        // 10 in 10 000 words, against 15 in a million: by hand, 2 (10 ln(10 / 0.1598) + 150 ln(150 / 159.84)).
        assert!((surprise(10.0, 10_000.0, 15.0) - 63.6).abs() < 0.2);
    }

    #[test]
    fn rarer_words_surprise_more() {
        assert!(surprise(10.0, 10_000.0, 1.0) > surprise(10.0, 10_000.0, 100.0));
        assert!(BANDS["people"] > BANDS["treaty"]);
    }
}
