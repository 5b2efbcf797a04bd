//! Documents to the words that are more frequent in them than in other texts: terms that a theme may lack.

use std::cmp::Ordering;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::pipeline::describe::BlockRole;
use crate::pipeline::{Reading, Site};
use crate::vocabulary::lexicon::list;

/// Words in fewer documents are somebody's habit.
const FEWEST_DOCUMENTS: u32 = 2;

/// How a word is spread.
#[derive(Debug, Default, Clone, Copy)]
struct Count {
    times: u32,
    documents: u32,
}

/// The most telling words that no theme has as a term, as YAML with their figures.
pub(super) fn suggested(site: &Site, number: usize) -> String {
    let counts = counts(site);
    let total: u32 = counts.values().map(|it| it.times).sum();
    let known = known(site);
    let mut words: Vec<(f64, &String, Count)> = counts
        .iter()
        .filter(|it| {
            it.1.documents >= FEWEST_DOCUMENTS.min(site.readings.len() as u32)
                && !known.contains(it.0.as_str())
        })
        .map(|(word, count)| (weight(*count, total, site.readings.len()), word, *count))
        .collect();
    words.sort_by(|a, b| b.0.partial_cmp(&a.0).unwrap_or(Ordering::Equal).then(a.1.cmp(b.1)));
    let lines = words.iter().take(number).map(|(_, word, count)| {
        format!("    {word}: 1   # {} times in {} documents\n", count.times, count.documents)
    });
    format!(
        "# Words that these documents use more than others do. Sort them into themes:\n- name: \n  terms:\n{}",
        lines.collect::<String>()
    )
}

/// How much a word tells: how often it stands, against in how many documents it could.
fn weight(count: Count, total: u32, documents: usize) -> f64 {
    let share = f64::from(count.times) / f64::from(total.max(1));
    let rarity = (1.0 + documents as f64 / f64::from(count.documents.max(1))).ln();
    share * rarity * rarity
}

/// Lower-case words of at least four letters outside names and furniture, with their counts.
fn counts(site: &Site) -> FxHashMap<String, Count> {
    let lexicon = &site.vocabulary.lexicon;
    let common =
        |word: &str| lexicon.facts(lexicon.find(word)).is(list::COMMON | list::STOP | list::SAYING);
    let mut counts: FxHashMap<String, Count> = FxHashMap::default();
    for reading in &site.readings {
        let mut seen: FxHashSet<String> = FxHashSet::default();
        for word in words(reading).filter(|it| !common(it)) {
            let count = counts.entry(word.to_owned()).or_default();
            count.times += 1;
            count.documents += u32::from(seen.insert(word.to_owned()));
        }
    }
    counts
}

fn words(reading: &Reading) -> impl Iterator<Item = &str> {
    let (document, roles) = (&reading.document, &reading.description.roles);
    let read = document
        .blocks
        .iter()
        .enumerate()
        .filter(|it| roles.get(it.0) != Some(&BlockRole::Furniture));
    let words = read.flat_map(|(_, block)| {
        document.text[block.range()].split(|it: char| !it.is_alphanumeric())
    });
    words.filter(|it| it.chars().count() >= 4 && it.chars().all(char::is_lowercase))
}

/// Words of terms that themes have.
fn known(site: &Site) -> FxHashSet<&str> {
    site.vocabulary.themes.iter().flat_map(|it| &it.terms).flat_map(|it| it.0.split(' ')).collect()
}
