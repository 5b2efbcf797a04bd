//! Names to keys: what two spellings of one name have in common.

use rustc_hash::FxHashMap;

use crate::vocabulary::Kind;
use crate::vocabulary::lexicon::{Lexicon, WordId, fold};

/// Makes keys, each text once.
pub(crate) struct Keys<'a> {
    lexicon: &'a Lexicon,
    known: FxHashMap<Box<str>, Box<str>>,
    /// The spelling by which each word of the lexicon is written in keys: the first that was met.
    spellings: FxHashMap<WordId, Box<str>>,
}

impl<'a> Keys<'a> {
    pub(crate) fn new(lexicon: &'a Lexicon) -> Self {
        Keys { lexicon, known: FxHashMap::default(), spellings: FxHashMap::default() }
    }

    /// `text` in small letters, without accents, article and hyphens, variants of spelling written alike.
    pub(crate) fn key(&mut self, text: &str) -> Box<str> {
        if let Some(known) = self.known.get(text) {
            return known.clone();
        }
        let key: Box<str> = self.make(text).into();
        self.known.insert(text.into(), key.clone());
        key
    }

    fn make(&mut self, text: &str) -> String {
        let folded = fold(text);
        let plain = folded.replace('\'', "");
        let mut key = String::with_capacity(plain.len());
        let words = plain.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
        for (at, word) in words.enumerate() {
            if at == 1 && matches!(key.as_str(), "the" | "a" | "an") {
                key.clear();
            }
            if !key.is_empty() {
                key.push(' ');
            }
            let id = self.lexicon.find(word);
            if id == WordId::UNKNOWN {
                key.push_str(word);
            } else {
                key.push_str(self.spellings.entry(id).or_insert_with(|| word.into()));
            }
        }
        key
    }
}

/// The place of `kind` in [`Kind::ALL`].
pub(crate) fn place(kind: Kind) -> usize {
    Kind::ALL.iter().position(|it| *it == kind).expect("every kind is in ALL")
}
