//! Words to the classes of words that tell names apart; the words are the rows of `cues.tsv`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::pipeline::annotate::scan::Reader;
use crate::vocabulary::short_word::ShortWord;

const TABLE: &str = include_str!("cues.tsv");

/// A class of words; the README beside the table says what each is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cue {
    Occasion,
    Naming,
    Entitling,
    Qualifier,
    BeforePlace,
    Generation,
    Belonging,
    Attendance,
    Closing,
    Possessor,
    Result,
    Opponent,
    Nickname,
    Counting,
    BodyNoun,
    PlaceNoun,
    PlaceEnding,
    PersonEnding,
    CompanyEnding,
}

/// The classes, by the names that the table gives them.
const CUES: [(&str, Cue); 19] = [
    ("occasion", Cue::Occasion),
    ("naming", Cue::Naming),
    ("entitling", Cue::Entitling),
    ("qualifier", Cue::Qualifier),
    ("before-place", Cue::BeforePlace),
    ("generation", Cue::Generation),
    ("belonging", Cue::Belonging),
    ("attendance", Cue::Attendance),
    ("closing", Cue::Closing),
    ("possessor", Cue::Possessor),
    ("result", Cue::Result),
    ("opponent", Cue::Opponent),
    ("nickname", Cue::Nickname),
    ("counting", Cue::Counting),
    ("body-noun", Cue::BodyNoun),
    ("place-noun", Cue::PlaceNoun),
    ("place-ending", Cue::PlaceEnding),
    ("person-ending", Cue::PersonEnding),
    ("company-ending", Cue::CompanyEnding),
];

fn rows() -> impl Iterator<Item = (Option<Cue>, &'static str)> {
    let rows = TABLE.lines().filter(|it| !it.starts_with('#'));
    rows.map(|row| {
        let (class, word) = row.split_once('\t').unwrap_or((row, ""));
        (CUES.iter().find(|it| it.0 == class).map(|it| it.1), word)
    })
}

/// For each word its classes, as bits.
static WORDS: LazyLock<FxHashMap<ShortWord, u32>> = LazyLock::new(|| {
    let mut words: FxHashMap<ShortWord, u32> = FxHashMap::default();
    for (class, word) in rows() {
        let class = class.expect("cues.tsv is checked by a test");
        let word = ShortWord::of(word).expect("cues.tsv is checked by a test");
        *words.entry(word).or_insert(0) |= 1 << class as u32;
    }
    words
});

/// The endings of each class that has some.
static ENDINGS: LazyLock<[(Cue, Vec<&'static str>); 3]> = LazyLock::new(|| {
    [Cue::PlaceEnding, Cue::PersonEnding, Cue::CompanyEnding]
        .map(|class| (class, rows().filter(|it| it.0 == Some(class)).map(|it| it.1).collect()))
});

/// The classes as whose words this one ends, if it is longer than the ending alone.
pub(crate) fn endings(word: &str) -> impl Iterator<Item = Cue> {
    // The last letter tells most of them apart.
    let last = word.as_bytes().last();
    let ends = move |it: &str| {
        it.as_bytes().last() == last && word.len() > it.len() + 2 && word.ends_with(it)
    };
    ENDINGS.iter().filter(move |it| it.1.iter().any(|it| ends(it))).map(|it| it.0)
}

impl Reader<'_> {
    /// Whether token `at` is a word of this class, whatever its capitals.
    pub(crate) fn is_cue(self, at: usize, class: Cue) -> bool {
        let known = ShortWord::small(self.surface(at)).and_then(|it| WORDS.get(&it));
        known.is_some_and(|it| it & (1 << class as u32) != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::{CUES, Cue, ShortWord, endings, rows};

    #[test]
    fn the_table_has_words_of_every_class_and_of_no_other() {
        assert!(rows().all(|it| it.0.is_some() && !it.1.is_empty()));
        assert!(rows().all(|it| ShortWord::of(it.1).is_some()));
        assert!(CUES.iter().all(|it| rows().any(|row| row.0 == Some(it.1))));
        assert!(CUES.iter().zip(0..).all(|(it, at)| it.1 as usize == at));
    }

    #[test]
    fn an_ending_is_not_the_whole_word() {
        assert!(endings("Harrowford").eq([Cue::PlaceEnding]));
        assert!(endings("Ford").eq([]));
    }
}
