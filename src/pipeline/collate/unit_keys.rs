//! Keys of units to numbers, and what follows from a key alone.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::pipeline::collate::acronyms::initials;
use crate::pipeline::collate::keys::{KeyId, Keys};
use crate::pipeline::collate::known::{self, Claimed};
use crate::pipeline::collate::strings::Strings;
use crate::pipeline::collate::units::Key;
use crate::vocabulary::{EntryId, Vocabulary};

/// A key of a unit, by its number, which says nothing of order either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct UnitKey(pub(crate) u32);

/// Keys of units, and what follows from them.
#[derive(Debug, Default)]
pub(crate) struct UnitKeys {
    all: Vec<Key>,
    by_entry: FxHashMap<EntryId, UnitKey>,
    /// For each key of words, the unit of the words themselves.
    by_words: Vec<Option<UnitKey>>,
    by_surname: FxHashMap<Key, UnitKey>,
    claims: FxHashMap<UnitKey, [Option<Claimed>; 2]>,
    initials: Strings,
    /// For each key, as far as they are worked out, one more than the number of its initials; 0 for a single word.
    initials_of: Vec<u32>,
}

/// How many keys are worked out in one go.
const TOGETHER: usize = 4096;

impl UnitKeys {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// What a number stands for.
    pub(crate) fn key(&self, key: UnitKey) -> Key {
        self.all[key.0 as usize]
    }

    /// The entries of which the words of a key are a form, and which they name a part of something by.
    pub(crate) fn claims(&self, key: UnitKey) -> Option<[Option<Claimed>; 2]> {
        self.claims.get(&key).copied()
    }

    /// The number of the letters with which the longer words of a key begin, where it has several words.
    pub(crate) fn initials(&self, key: UnitKey) -> Option<u32> {
        self.initials_of[key.0 as usize].checked_sub(1)
    }

    /// The number of such letters, if a name has them.
    pub(crate) fn find_initials(&self, letters: &str) -> Option<u32> {
        self.initials.find(letters)
    }

    /// How many such letters there are.
    pub(crate) fn all_initials(&self) -> usize {
        self.initials.len()
    }

    fn add(&mut self, key: Key) -> UnitKey {
        let new = UnitKey(self.all.len() as u32);
        self.all.push(key);
        new
    }

    pub(crate) fn of_entry(&mut self, entry: EntryId) -> UnitKey {
        if let Some(&known) = self.by_entry.get(&entry) {
            return known;
        }
        let new = self.add(Key::Entry(entry));
        self.by_entry.insert(entry, new);
        new
    }

    pub(crate) fn of_words(&mut self, words: KeyId) -> UnitKey {
        let place = words.0 as usize;
        if self.by_words.len() <= place {
            self.by_words.resize(place + 1, None);
        }
        if let Some(known) = self.by_words[place] {
            return known;
        }
        let new = self.add(Key::Text(words));
        self.by_words[place] = Some(new);
        new
    }

    pub(crate) fn of_surname(&mut self, key: Key) -> UnitKey {
        if let Some(&known) = self.by_surname.get(&key) {
            return known;
        }
        let new = self.add(key);
        self.by_surname.insert(key, new);
        new
    }

    pub(crate) fn find(&self, key: Key) -> Option<UnitKey> {
        match key {
            Key::Entry(entry) => self.by_entry.get(&entry).copied(),
            Key::Text(words) => *self.by_words.get(words.0 as usize)?,
            Key::Surname(..) => self.by_surname.get(&key).copied(),
        }
    }

    pub(crate) fn settle(&mut self, keys: &Keys, vocabulary: &Vocabulary) {
        let told = |key: &Key| {
            let Key::Text(words) = *key else { return ([None, None], None) };
            let words = keys.text(words);
            let claims = [known::named(words, vocabulary), known::part(words, vocabulary)];
            (claims, initials(words))
        };
        while self.initials_of.len() < self.all.len() {
            let begin = self.initials_of.len();
            let end = self.all.len().min(begin + TOGETHER);
            let new: Vec<_> = self.all[begin..end].par_iter().map(told).collect();
            for ((claims, initials), at) in new.into_iter().zip(begin as u32..) {
                if claims.iter().any(Option::is_some) {
                    self.claims.insert(UnitKey(at), claims);
                }
                let initials = initials.map_or(0, |it| self.initials.number(&it) + 1);
                self.initials_of.push(initials);
            }
        }
    }
}
