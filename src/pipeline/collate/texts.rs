//! Texts to numbers: what follows from a text alone is worked out once, however many documents have it and however often they
//! are collated.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::pipeline::annotate::{Name, Standing};
use crate::pipeline::collate::acronyms::{initials, is_acronym};
use crate::pipeline::collate::keys::{KeyId, Keys};
use crate::pipeline::collate::known::{self, Claimed};
use crate::pipeline::collate::lookup::{self, LookId};
use crate::pipeline::collate::units::{Holder, Key};
use crate::vocabulary::{Kind, Vocabulary};

/// A text, by its number. Numbers say nothing of order: they differ between a first build and a later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TextId(pub(crate) u32);

/// A key of a unit, by its number, which says nothing of order either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct UnitKey(pub(crate) u32);

/// Every text that collating speaks of.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    numbers: FxHashMap<Arc<str>, TextId>,
    all: Vec<Text>,
    pub(crate) keys: Keys,
    looks: FxHashMap<Box<str>, LookId>,
    units: FxHashMap<Key, UnitKey>,
    unit_keys: Vec<Told>,
    folders: FxHashMap<Box<str>, u32>,
}

/// A text, and what is known of it as soon as somebody asks.
#[derive(Debug)]
struct Text {
    text: Arc<str>,
    acronym: bool,
    key: Option<KeyId>,
    look: Option<LookId>,
}

/// What a key tells of every unit that has it.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) key: Key,
    /// The entry of which its words are a form.
    pub(crate) named: Option<Claimed>,
    /// The entry that they name a part of something by.
    pub(crate) part: Option<Claimed>,
    /// The letters with which its longer words begin, where it has several words.
    pub(crate) initials: Option<Box<str>>,
}

impl Texts {
    /// The number of `text`.
    pub(crate) fn number(&mut self, text: &str) -> TextId {
        if let Some(&known) = self.numbers.get(text) {
            return known;
        }
        let new = TextId(self.all.len() as u32);
        let text: Arc<str> = text.into();
        self.numbers.insert(Arc::clone(&text), new);
        let acronym = is_acronym(&text);
        self.all.push(Text { text, acronym, key: None, look: None });
        new
    }

    /// The text of this number.
    pub(crate) fn text(&self, text: TextId) -> &str {
        &self.all[text.0 as usize].text
    }

    /// Whether it is one word of capitals.
    pub(crate) fn is_acronym(&self, text: TextId) -> bool {
        self.all[text.0 as usize].acronym
    }

    /// The key of a text.
    pub(crate) fn key(&mut self, text: TextId, vocabulary: &Vocabulary) -> KeyId {
        let entry = &mut self.all[text.0 as usize];
        *entry.key.get_or_insert_with(|| self.keys.number(&entry.text, &vocabulary.lexicon))
    }

    /// The number by which names outside texts are compared with this one.
    pub(crate) fn look(&mut self, text: TextId) -> LookId {
        if let Some(known) = self.all[text.0 as usize].look {
            return known;
        }
        let key = lookup::key(&self.all[text.0 as usize].text);
        let new = LookId(self.looks.len() as u32);
        let look = *self.looks.entry(key.into()).or_insert(new);
        self.all[text.0 as usize].look = Some(look);
        look
    }

    /// The same of a text that has been asked for before.
    pub(crate) fn known_look(&self, text: TextId) -> Option<LookId> {
        self.all[text.0 as usize].look
    }

    /// The same of words that are perhaps no text of any document.
    pub(crate) fn find_look(&self, name: &str) -> Option<LookId> {
        self.looks.get(lookup::key(name).as_str()).copied()
    }

    /// How many names are told apart where they are looked up.
    pub(crate) fn looks(&self) -> usize {
        self.looks.len()
    }

    /// The number of a folder.
    pub(crate) fn folder(&mut self, path: &str) -> u32 {
        if let Some(&known) = self.folders.get(path) {
            return known;
        }
        let new = self.folders.len() as u32;
        self.folders.insert(path.into(), new);
        new
    }

    /// How many folders there are.
    pub(crate) fn folders(&self) -> usize {
        self.folders.len()
    }

    /// The key of the unit that a name of a document in `folder` belongs to.
    pub(crate) fn unit(&mut self, name: &Name, folder: u32, vocabulary: &Vocabulary) -> UnitKey {
        let key = self.key_of(name, folder, vocabulary);
        if let Some(&known) = self.units.get(&key) {
            return known;
        }
        let new = UnitKey(self.unit_keys.len() as u32);
        self.units.insert(key, new);
        let told = self.told(key, vocabulary);
        self.unit_keys.push(told);
        new
    }

    /// What a key tells.
    pub(crate) fn of_unit(&self, key: UnitKey) -> &Told {
        &self.unit_keys[key.0 as usize]
    }

    /// The number of a key, if a name has it.
    pub(crate) fn find_unit(&self, key: Key) -> Option<UnitKey> {
        self.units.get(&key).copied()
    }

    /// How many keys of units there are.
    pub(crate) fn units(&self) -> usize {
        self.unit_keys.len()
    }

    fn key_of(&mut self, name: &Name, folder: u32, vocabulary: &Vocabulary) -> Key {
        if let Some(entry) = name.entry {
            return Key::Entry(entry);
        }
        let text = self.number(&name.text);
        let text = self.key(text, vocabulary);
        let person = name.kind == Kind::Person && name.standing != Standing::Doubtful;
        match &name.office {
            _ if !person || self.keys.text(text).contains(' ') => Key::Text(text),
            Some(it) => {
                let (title, of) = (self.number(&it.title), self.number(&it.of));
                let office = (self.key(title, vocabulary), self.key(of, vocabulary));
                Key::Surname(text, Holder::Office(office.0, office.1))
            }
            None => Key::Surname(text, Holder::Folder(folder)),
        }
    }

    fn told(&self, key: Key, vocabulary: &Vocabulary) -> Told {
        let Key::Text(text) = key else {
            return Told { key, named: None, part: None, initials: None };
        };
        let text = self.keys.text(text);
        let (named, part) = (known::named(text, vocabulary), known::part(text, vocabulary));
        Told { key, named, part, initials: initials(text) }
    }
}
