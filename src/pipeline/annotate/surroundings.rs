//! Words beside a name to features of it; the words are the rows of `surroundings.tsv`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::pipeline::annotate::evidence::{FEATURES, Feature};
use crate::pipeline::annotate::scan::Reader;

const TABLE: &str = include_str!("surroundings.tsv");

/// Words before a name, with the word before them or nothing; and words behind a name.
type Words = (FxHashMap<(&'static str, &'static str), Feature>, FxHashMap<&'static str, Feature>);

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let (mut before, mut behind) = Words::default();
    for row in TABLE.lines().filter(|it| !it.starts_with('#')) {
        let mut columns = row.split('\t');
        let mut next = || columns.next().unwrap_or("");
        let (name, side, word, earlier) = (next(), next(), next(), next());
        let feature = FEATURES.iter().find(|it| it.name == name).map(|it| it.feature);
        let feature = feature.expect("surroundings.tsv is checked by a test");
        if side == "before" {
            before.insert((word, earlier), feature);
        } else {
            behind.insert(word, feature);
        }
    }
    (before, behind)
});

/// What the word before a name says of it, and the one before that.
pub(crate) fn before(word: &str, earlier: &str) -> Option<Feature> {
    let words = &WORDS.0;
    words.get(&(word, earlier)).or_else(|| words.get(&(word, ""))).copied()
}

/// What the words before token `at` say of a name that begins there.
pub(crate) fn at(reader: Reader<'_>, at: usize) -> Option<Feature> {
    let word = reader.surface(at.checked_sub(1)?);
    before(word, at.checked_sub(2).map_or("", |it| reader.surface(it)))
}

/// What the word behind a name says of it.
pub(crate) fn behind(word: &str) -> Option<Feature> {
    WORDS.1.get(word).copied()
}

#[cfg(test)]
mod tests {
    use super::{Feature, before, behind};

    #[test]
    fn the_longer_context_counts() {
        assert_eq!(before("in", "born"), Some(Feature::BasedBefore));
        assert_eq!(before("in", "then"), Some(Feature::InBefore));
        assert_eq!(before("because", "in"), None);
        assert_eq!(behind("married"), Some(Feature::PersonVerbBehind));
    }
}
