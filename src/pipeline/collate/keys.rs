//! Names to keys: what two spellings of one name have in common.

use rustc_hash::FxHashMap;

use crate::vocabulary::Kind;
use crate::vocabulary::lexicon::{Lexicon, WordId, fold};

/// A key, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct KeyId(u32);

/// Makes keys, each text once.
#[derive(Debug)]
pub(crate) struct Keys<'a> {
    lexicon: &'a Lexicon,
    known: FxHashMap<&'a str, KeyId>,
    numbers: FxHashMap<Box<str>, KeyId>,
    texts: Vec<Box<str>>,
    /// The spelling by which each word of the lexicon is written in keys: the first that was met.
    spellings: FxHashMap<WordId, Box<str>>,
}

impl<'a> Keys<'a> {
    pub(crate) fn new(lexicon: &'a Lexicon) -> Self {
        let (known, numbers) = (FxHashMap::default(), FxHashMap::default());
        Keys { lexicon, known, numbers, texts: Vec::new(), spellings: FxHashMap::default() }
    }

    /// `text` in small letters, without accents, article and hyphens, variants of spelling written alike.
    pub(crate) fn key(&mut self, text: &'a str) -> KeyId {
        if let Some(&known) = self.known.get(text) {
            return known;
        }
        let key = self.make(text).into_boxed_str();
        let new = KeyId(self.texts.len() as u32);
        let number = *self.numbers.entry(key.clone()).or_insert(new);
        if number == new {
            self.texts.push(key);
        }
        self.known.insert(text, number);
        number
    }

    /// The words of a key.
    pub(crate) fn text(&self, key: KeyId) -> &str {
        &self.texts[key.0 as usize]
    }

    /// The key of these words, if a name has it.
    pub(crate) fn find(&self, words: &str) -> Option<KeyId> {
        self.numbers.get(words).copied()
    }

    fn make(&mut self, text: &str) -> String {
        let folded = fold(text);
        let mut key = String::with_capacity(folded.len());
        let words = folded.split(|it: char| !it.is_alphanumeric() && it != '\'');
        for (at, word) in words.filter(|it| !it.is_empty()).enumerate() {
            if at == 1 && matches!(key.as_str(), "the" | "a" | "an") {
                key.clear();
            }
            if !key.is_empty() {
                key.push(' ');
            }
            self.spell(word, &mut key);
        }
        key
    }

    fn spell(&mut self, word: &str, key: &mut String) {
        let id = self.lexicon.find(word);
        if id == WordId::UNKNOWN {
            key.extend(word.chars().filter(|it| *it != '\''));
        } else {
            key.push_str(self.spellings.entry(id).or_insert_with(|| word.replace('\'', "").into()));
        }
    }
}

/// The place of `kind` in [`Kind::ALL`].
pub(crate) fn place(kind: Kind) -> usize {
    Kind::ALL.iter().position(|it| *it == kind).expect("every kind is in ALL")
}
