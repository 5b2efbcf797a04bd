//! Texts to numbers: what follows from a text alone is worked out once, however many documents have it and however often they
//! are collated.

use std::num::NonZeroU32;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::pipeline::annotate::{Name, Office, Standing};
use crate::pipeline::collate::acronyms::initials;
use crate::pipeline::collate::keys::{KeyId, Keys};
use crate::pipeline::collate::known::{self, Claimed};
use crate::pipeline::collate::lookup::{LookId, Looks};
use crate::pipeline::collate::strings::Strings;
use crate::pipeline::collate::units::{Holder, Key};
use crate::vocabulary::{EntryId, Kind, Vocabulary};

/// A text, by its number. Numbers say nothing of order: they differ between a first build and a later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TextId(NonZeroU32);

impl TextId {
    fn new(place: u32) -> TextId {
        TextId(NonZeroU32::MIN.saturating_add(place))
    }

    fn place(self) -> u32 {
        self.0.get() - 1
    }

    /// Its number, for hashes.
    pub(crate) fn number(self) -> u64 {
        u64::from(self.0.get())
    }
}

/// A key of a unit, by its number, which says nothing of order either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct UnitKey(pub(crate) u32);

/// An office that a document gives, by its number, which says nothing of order either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct OfficeId(NonZeroU32);

/// An office: its title and where it is held.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Held {
    pub(crate) title: TextId,
    pub(crate) of: TextId,
    pub(crate) keys: (KeyId, KeyId),
}

/// Every text that collating speaks of.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    all: Strings,
    /// For each text its key, if somebody asked for it.
    keyed: Vec<Option<KeyId>>,
    pub(crate) keys: Keys,
    looks: Looks,
    units: UnitKeys,
    offices: Vec<Held>,
    by_office: FxHashMap<(TextId, TextId), OfficeId>,
    folders: Strings,
}

/// Keys of units, and what follows from them.
#[derive(Debug, Default)]
struct UnitKeys {
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

impl Texts {
    /// The number of `text`.
    pub(crate) fn number(&mut self, text: &str) -> TextId {
        let number = self.all.number(text);
        if number as usize == self.keyed.len() {
            self.keyed.push(None);
        }
        TextId::new(number)
    }

    /// The text of this number.
    pub(crate) fn text(&self, text: TextId) -> &str {
        self.all.text(text.place())
    }

    /// The key of a text.
    pub(crate) fn key(&mut self, text: TextId, vocabulary: &Vocabulary) -> KeyId {
        let place = text.place();
        let letters = self.all.text(place);
        *self.keyed[place as usize]
            .get_or_insert_with(|| self.keys.number(letters, &vocabulary.lexicon))
    }

    /// The key of a text that has been asked for before.
    pub(crate) fn known_key(&self, text: TextId) -> Option<KeyId> {
        self.keyed[text.place() as usize]
    }

    /// The number by which names are compared with `name`, which a document gives outside its text.
    pub(crate) fn ask(&mut self, name: &str) -> LookId {
        self.looks.ask(name)
    }

    /// The same of a text; none if no document ever asked for it.
    pub(crate) fn look(&self, text: TextId) -> Option<LookId> {
        self.looks.of(text.place())
    }

    /// The same of words that are perhaps no text of any document.
    pub(crate) fn find_look(&self, name: &str) -> Option<LookId> {
        self.looks.find(name)
    }

    /// How many names were ever asked for.
    pub(crate) fn looks(&self) -> usize {
        self.looks.len()
    }

    /// The number of a folder.
    pub(crate) fn folder(&mut self, path: &str) -> u32 {
        self.folders.number(path)
    }

    /// How many folders there are.
    pub(crate) fn folders(&self) -> usize {
        self.folders.len()
    }

    /// The number of an office.
    pub(crate) fn office(&mut self, office: &Office, vocabulary: &Vocabulary) -> OfficeId {
        let (title, of) = (self.number(&office.title), self.number(&office.of));
        if let Some(&known) = self.by_office.get(&(title, of)) {
            return known;
        }
        let keys = (self.key(title, vocabulary), self.key(of, vocabulary));
        let new = OfficeId(NonZeroU32::MIN.saturating_add(self.offices.len() as u32));
        self.offices.push(Held { title, of, keys });
        self.by_office.insert((title, of), new);
        new
    }

    /// The office of this number.
    pub(crate) fn held(&self, office: OfficeId) -> Held {
        self.offices[office.0.get() as usize - 1]
    }

    /// The key of the unit that a name of a document in `folder` belongs to.
    pub(crate) fn unit(
        &mut self,
        (name, text): (&Name, TextId),
        folder: u32,
        vocabulary: &Vocabulary,
    ) -> UnitKey {
        if let Some(entry) = name.entry {
            return self.units.of_entry(entry);
        }
        let words = self.key(text, vocabulary);
        let person = name.kind == Kind::Person && name.standing != Standing::Doubtful;
        if !person || self.keys.text(words).contains(' ') {
            return self.units.of_words(words);
        }
        let holder = match &name.office {
            Some(it) => {
                let office = self.office(it, vocabulary);
                let (title, of) = self.held(office).keys;
                Holder::Office(title, of)
            }
            None => Holder::Folder(folder),
        };
        self.units.of_surname(Key::Surname(words, holder))
    }

    /// What a number stands for.
    pub(crate) fn of_unit(&self, key: UnitKey) -> Key {
        self.units.all[key.0 as usize]
    }

    /// The number of a key, if a name has it.
    pub(crate) fn find_unit(&self, key: Key) -> Option<UnitKey> {
        self.units.find(key)
    }

    /// How many keys of units there are.
    pub(crate) fn units(&self) -> usize {
        self.units.all.len()
    }

    /// The entries of which the words of a key are a form, and which they name a part of something by.
    pub(crate) fn claims(&self, key: UnitKey) -> Option<[Option<Claimed>; 2]> {
        self.units.claims.get(&key).copied()
    }

    /// The number of the letters with which the longer words of a key begin, where it has several words.
    pub(crate) fn initials(&self, key: UnitKey) -> Option<u32> {
        self.units.initials_of[key.0 as usize].checked_sub(1)
    }

    /// The number of such letters, if a name has them.
    pub(crate) fn find_initials(&self, letters: &str) -> Option<u32> {
        self.units.initials.find(letters)
    }

    /// How many such letters there are.
    pub(crate) fn all_initials(&self) -> usize {
        self.units.initials.len()
    }

    /// Works out what follows from texts and keys that are new.
    pub(crate) fn settle(&mut self, vocabulary: &Vocabulary) {
        self.looks.settle(&self.all);
        self.units.settle(&self.keys, vocabulary);
    }
}

/// How many keys are worked out in one go.
const TOGETHER: usize = 4096;

impl UnitKeys {
    fn add(&mut self, key: Key) -> UnitKey {
        let new = UnitKey(self.all.len() as u32);
        self.all.push(key);
        new
    }

    fn of_entry(&mut self, entry: EntryId) -> UnitKey {
        if let Some(&known) = self.by_entry.get(&entry) {
            return known;
        }
        let new = self.add(Key::Entry(entry));
        self.by_entry.insert(entry, new);
        new
    }

    fn of_words(&mut self, words: KeyId) -> UnitKey {
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

    fn of_surname(&mut self, key: Key) -> UnitKey {
        if let Some(&known) = self.by_surname.get(&key) {
            return known;
        }
        let new = self.add(key);
        self.by_surname.insert(key, new);
        new
    }

    fn find(&self, key: Key) -> Option<UnitKey> {
        match key {
            Key::Entry(entry) => self.by_entry.get(&entry).copied(),
            Key::Text(words) => *self.by_words.get(words.0 as usize)?,
            Key::Surname(..) => self.by_surname.get(&key).copied(),
        }
    }

    fn settle(&mut self, keys: &Keys, vocabulary: &Vocabulary) {
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
