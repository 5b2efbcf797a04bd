//! Every word that any list knows, once, with what the lists say of it.
//!
//! A text is looked up word by word in one table; all later rules ask bits and small numbers, not strings.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use crate::vocabulary::short_word::ShortWord;

/// A word of the lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub u32);

impl WordId {
    /// A word that no list knows.
    pub const UNKNOWN: WordId = WordId(0);
}

/// What the lists say of a word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Facts {
    /// The lists that it stands in: see [`list`].
    pub lists: u64,
    /// 1 to 12 for the name of a month or its abbreviation, else 0.
    pub month: u8,
    /// 1 (Monday) to 7 for the name of a weekday, else 0.
    pub weekday: u8,
    /// 1 to 4 for spring, summer, autumn, winter, else 0.
    pub season: u8,
    /// One more than the number that the word names ("ten" is 11), else 0.
    pub number: u8,
    /// The ordinal that the word names ("third" is 3), else 0.
    pub ordinal: u8,
    /// A unit of time, by its place in [`UNITS`] from 1, else 0.
    pub unit: u8,
}

/// Units of time, the shortest first.
pub const UNITS: &[&str] = &[
    "minute",
    "hour",
    "day",
    "week",
    "month",
    "quarter",
    "year",
    "decade",
    "century",
    "weekend",
    "fortnight",
    "second",
];

/// The lists, as bits of [`Facts::lists`].
pub mod list {
    /// An ordinary English word (`common-words.txt`).
    pub const COMMON: u64 = 1;
    /// A function word (`stopwords.txt`).
    pub const STOP: u64 = 1 << 1;
    /// A given name (`first-names.txt`).
    pub const FIRST_NAME: u64 = 1 << 2;
    /// A given name that is also something else (marked `*`).
    pub const FIRST_NAME_WEAK: u64 = 1 << 3;
    /// A surname (`surnames.txt`).
    pub const SURNAME: u64 = 1 << 4;
    /// A surname that is also something else (marked `*`).
    pub const SURNAME_WEAK: u64 = 1 << 5;
    /// A one-word honorific before a person's name (`honorifics.tsv`).
    pub const HONORIFIC: u64 = 1 << 6;
    /// The first word of an honorific or an office.
    pub const OFFICE_WORD: u64 = 1 << 7;
    /// A head noun of organizations (`heads.tsv`).
    pub const HEAD_ORGANIZATION: u64 = 1 << 8;
    /// A head noun of agreements.
    pub const HEAD_AGREEMENT: u64 = 1 << 9;
    /// A head noun of events.
    pub const HEAD_EVENT: u64 = 1 << 10;
    /// A head noun of places.
    pub const HEAD_PLACE: u64 = 1 << 11;
    /// Its head decides only with other evidence.
    pub const HEAD_WEAK: u64 = 1 << 12;
    /// A verb of saying (`sayings.txt`).
    pub const SAYING: u64 = 1 << 13;
    /// A particle inside a personal name (`particles.txt`).
    pub const PARTICLE: u64 = 1 << 14;
    /// Counted things and units: a bare number before them is no year.
    pub const COUNTED: u64 = 1 << 15;
    /// Written with a final dot that ends no sentence.
    pub const ABBREVIATION: u64 = 1 << 16;
    /// The first word of a name of the vocabulary or gazetteer.
    pub const BEGINS_NAME: u64 = 1 << 17;
    /// The first half of a word that is also written with a hyphen ("co-operation").
    pub const PREFIX: u64 = 1 << 18;
    /// A demonym or the adjective of a region ("Afghan", "Central Asian" by its last word).
    pub const DEMONYM: u64 = 1 << 19;
    /// The legal suffix of a company ("Inc", "Ltd").
    pub const COMPANY: u64 = 1 << 20;
    /// The first word of a theme's term, or its plural.
    pub const BEGINS_TERM: u64 = 1 << 21;
    /// The plural of an office or honorific: names nobody.
    pub const OFFICE_PLURAL: u64 = 1 << 22;
    /// A head noun of bodies that go by numbers ("82nd Airborne Division").
    pub const NUMBERED: u64 = 1 << 23;
    /// A weak head noun that "of" and one ordinary word make a name ("Museum of Salt").
    pub const NAMED_OF: u64 = 1 << 24;
    /// A head noun that "of" makes one of places ("City of Brampton").
    pub const PLACE_OF: u64 = 1 << 25;
    /// A weak head noun that one ordinary word before it makes a name ("Market Street").
    pub const NAMED_BY_ONE: u64 = 1 << 26;
    /// Any list of surnames.
    pub const ANY_SURNAME: u64 = SURNAME | SURNAME_WEAK;
    /// Any list of people's names.
    pub const PERSON: u64 = FIRST_NAME | FIRST_NAME_WEAK | ANY_SURNAME;
    /// Any head noun.
    pub const HEAD: u64 = HEAD_ORGANIZATION | HEAD_AGREEMENT | HEAD_EVENT | HEAD_PLACE;
}

impl Facts {
    /// Whether the word stands in any of `lists`.
    pub fn is(self, lists: u64) -> bool {
        self.lists & lists != 0
    }
}

/// The table of words.
#[derive(Debug)]
pub struct Lexicon {
    short: FxHashMap<ShortWord, WordId>,
    /// Those with too many letters for a [`ShortWord`].
    long: FxHashMap<Box<str>, WordId>,
    facts: Vec<Facts>,
    /// The spelling by which each word was taken in first.
    spellings: Vec<Box<str>>,
    /// For a word that is the plural of another: that other.
    singular: Vec<WordId>,
}

impl Default for Lexicon {
    fn default() -> Self {
        Lexicon {
            short: FxHashMap::default(),
            long: FxHashMap::default(),
            facts: vec![Facts::default()],
            spellings: vec!["".into()],
            singular: vec![WordId::UNKNOWN],
        }
    }
}

impl Lexicon {
    /// Makes room for so many words.
    pub(crate) fn reserve(&mut self, words: usize) {
        self.short.reserve(words);
        self.facts.reserve(words);
        self.singular.reserve(words);
    }

    /// The word as folded by [`fold`], if any list knows it.
    pub fn find(&self, folded: &str) -> WordId {
        let known = match ShortWord::of(folded) {
            Some(word) => self.short.get(&word),
            None => self.long.get(folded),
        };
        known.copied().unwrap_or(WordId::UNKNOWN)
    }

    /// The word that a text writes as `surface`, if any list knows it.
    pub(crate) fn find_written(&self, surface: &str) -> WordId {
        let by_case = surface.bytes().all(|it| it.is_ascii() && it != b'.');
        match ShortWord::small(surface).filter(|_| by_case) {
            Some(word) => self.short.get(&word).copied().unwrap_or(WordId::UNKNOWN),
            None => self.find(&fold(surface)),
        }
    }

    /// What the lists say of `word`.
    pub fn facts(&self, word: WordId) -> Facts {
        self.facts[word.0 as usize]
    }

    /// `word` as it is written where its spellings are to be written alike.
    pub fn spelling(&self, word: WordId) -> &str {
        &self.spellings[word.0 as usize]
    }

    /// The word of which `word` is the plural, if it is one.
    pub fn singular(&self, word: WordId) -> Option<WordId> {
        Some(self.singular[word.0 as usize]).filter(|it| *it != WordId::UNKNOWN)
    }

    /// Takes `word` in, and gives its facts to be added to. Spelling variants (-ise, -ize) are one word.
    pub fn add(&mut self, word: &str) -> (WordId, &mut Facts) {
        let folded = fold(word);
        let id = match self.find(&folded) {
            WordId::UNKNOWN => self.insert(&folded),
            known => known,
        };
        (id, &mut self.facts[id.0 as usize])
    }

    /// What the lists say of `word`, to be added to.
    pub fn facts_mut(&mut self, word: WordId) -> &mut Facts {
        &mut self.facts[word.0 as usize]
    }

    /// Makes `variant` another spelling of `canonical`. Must come before either is taken in by a list.
    pub fn add_variant(&mut self, variant: &str, canonical: &str) {
        let id = self.add(canonical).0;
        self.put(&fold(variant), id);
    }

    /// Sets the singular of every word that is a plural by its form.
    pub fn link_plurals(&mut self) {
        let mut links = Vec::new();
        self.each_word(|word, id| {
            let singular = singular_of(word).map(|it| self.find(&it));
            let other = singular.filter(|it| *it != WordId::UNKNOWN && *it != id);
            links.extend(other.map(|it| (id, it)));
        });
        links.sort_unstable();
        for (plural, singular) in links {
            self.singular[plural.0 as usize] = singular;
            let begins = self.facts(singular).lists & list::BEGINS_TERM;
            self.facts_mut(plural).lists |= begins;
        }
    }

    /// Shows every word, in no order.
    #[expect(clippy::iter_over_hash_type, reason = "whoever asks puts them into an order")]
    fn each_word(&self, mut see: impl FnMut(&str, WordId)) {
        for (word, id) in &self.short {
            word.read(|it| see(it, *id));
        }
        for (word, id) in &self.long {
            see(word, *id);
        }
    }

    fn insert(&mut self, folded: &str) -> WordId {
        let other = american(folded);
        let known = other.as_deref().map_or(WordId::UNKNOWN, |it| self.find(it));
        let id = if known == WordId::UNKNOWN { self.new_word(folded) } else { known };
        self.put(folded, id);
        if let Some(other) = other.filter(|_| known == WordId::UNKNOWN) {
            self.put(&other, id);
        }
        id
    }

    fn put(&mut self, folded: &str, id: WordId) {
        match ShortWord::of(folded) {
            Some(word) => self.short.insert(word, id),
            None => self.long.insert(folded.into(), id),
        };
    }

    fn new_word(&mut self, folded: &str) -> WordId {
        let id = WordId(self.facts.len() as u32);
        self.facts.push(Facts::default());
        self.spellings.push(folded.into());
        self.singular.push(WordId::UNKNOWN);
        id
    }
}

/// A word without case, accents and typography: what words are compared by.
pub fn fold(word: &str) -> Cow<'_, str> {
    if !word.is_ascii() {
        return Cow::Owned(fold_letters(word));
    }
    if !word.bytes().any(|it| it.is_ascii_uppercase() || it == b'.') {
        return Cow::Borrowed(word);
    }
    let mut folded = word.to_ascii_lowercase();
    if folded.contains('.') {
        folded.retain(|it| it != '.');
    }
    Cow::Owned(folded)
}

fn fold_letters(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for letter in word.chars() {
        // Marks are left out, so that their order is of no interest.
        decompose_compatible(letter, |it| {
            if !is_combining_mark(it) {
                it.to_lowercase().for_each(|it| fold_letter(it, &mut folded));
            }
        });
    }
    folded
}

fn fold_letter(letter: char, folded: &mut String) {
    match letter {
        '\u{2010}' | '\u{2011}' => folded.push('-'),
        '\u{2018}' | '\u{2019}' => folded.push('\''),
        'ø' => folded.push('o'),
        'ł' => folded.push('l'),
        'đ' | 'ð' => folded.push('d'),
        'ı' => folded.push('i'),
        'ß' => folded.push_str("ss"),
        'æ' => folded.push_str("ae"),
        'œ' => folded.push_str("oe"),
        '.' => {}
        other => folded.push(other),
    }
}

/// The -ize spelling of a word that has an -ise spelling.
fn american(word: &str) -> Option<String> {
    const ENDINGS: &[(&str, &str)] = &[
        ("isation", "ization"),
        ("isations", "izations"),
        ("isational", "izational"),
        ("ised", "ized"),
        ("ising", "izing"),
        ("iser", "izer"),
        ("ise", "ize"),
        ("ises", "izes"),
    ];
    if word.len() < 7 {
        return None;
    }
    ENDINGS.iter().find_map(|(from, to)| word.strip_suffix(from).map(|stem| format!("{stem}{to}")))
}

/// The singular of a regular English plural.
fn singular_of(word: &str) -> Option<Cow<'_, str>> {
    if word.len() < 4 || word.ends_with("ss") {
        return None;
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return Some(Cow::Owned(format!("{stem}y")));
    }
    if let Some(stem) = word.strip_suffix("es").filter(|it| {
        it.ends_with("sh") || it.ends_with("ch") || it.ends_with('x') || it.ends_with("ss")
    }) {
        return Some(Cow::Borrowed(stem));
    }
    word.strip_suffix('s').map(Cow::Borrowed)
}
