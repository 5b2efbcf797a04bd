//! Names to keys: what two spellings of one name have in common.

use crate::pipeline::collate::strings::Strings;
use crate::vocabulary::Kind;
use crate::vocabulary::lexicon::{Lexicon, WordId, fold};

/// A key, by its number. Numbers say nothing of order: they differ between a first build and a later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct KeyId(pub(crate) u32);

/// Keys by number.
#[derive(Debug, Default)]
pub(crate) struct Keys(Strings);

impl Keys {
    /// The number of the key of `text`.
    pub(crate) fn number(&mut self, text: &str, lexicon: &Lexicon) -> KeyId {
        KeyId(self.0.number(&key(text, lexicon)))
    }

    /// The words of a key.
    pub(crate) fn text(&self, key: KeyId) -> &str {
        self.0.text(key.0)
    }

    /// The key of these words, if a name has it.
    pub(crate) fn find(&self, words: &str) -> Option<KeyId> {
        self.0.find(words).map(KeyId)
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

/// `text` in small letters, without accents, article and hyphens, variants of spelling written alike.
pub(crate) fn key(text: &str, lexicon: &Lexicon) -> String {
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
        let id = lexicon.find(word);
        let spelt = if id == WordId::UNKNOWN { word } else { lexicon.spelling(id) };
        key.extend(spelt.chars().filter(|it| *it != '\''));
    }
    key
}

/// The place of `kind` in [`Kind::ALL`].
pub(crate) fn place(kind: Kind) -> usize {
    Kind::ALL.iter().position(|it| *it == kind).expect("every kind is in ALL")
}
