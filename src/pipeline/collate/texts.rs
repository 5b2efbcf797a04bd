//! Texts to numbers: what follows from a text alone is worked out once, however many documents have it and however often they
//! are collated.

use std::num::NonZeroU32;

use rustc_hash::FxHashMap;

use crate::pipeline::annotate::{Name, Office, Standing};
use crate::pipeline::collate::acronyms::is_acronym;
use crate::pipeline::collate::keys::{KeyId, Keys};
use crate::pipeline::collate::known::Claimed;
use crate::pipeline::collate::lookup::{LookId, Looks};
use crate::pipeline::collate::strings::Strings;
use crate::pipeline::collate::unit_keys::{UnitKey, UnitKeys};
use crate::pipeline::collate::units::{Holder, Key};
use crate::vocabulary::{Kind, Vocabulary};

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
    /// Those that are one word of capitals, as far as they have been looked at.
    acronyms: Vec<TextId>,
    looked_at: u32,
    /// For each text its key, if somebody asked for it.
    keyed: Vec<Option<KeyId>>,
    pub(crate) keys: Keys,
    looks: Looks,
    units: UnitKeys,
    offices: Vec<Held>,
    by_office: FxHashMap<(TextId, TextId), OfficeId>,
    folders: Strings,
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

    /// Those that are one word of capitals.
    pub(crate) fn acronyms(&self) -> impl Iterator<Item = TextId> + '_ {
        self.acronyms.iter().copied()
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
        self.units.key(key)
    }

    /// The number of a key, if a name has it.
    pub(crate) fn find_unit(&self, key: Key) -> Option<UnitKey> {
        self.units.find(key)
    }

    /// How many keys of units there are.
    pub(crate) fn units(&self) -> usize {
        self.units.len()
    }

    /// The entries of which the words of a key are a form, and which they name a part of something by.
    pub(crate) fn claims(&self, key: UnitKey) -> Option<[Option<Claimed>; 2]> {
        self.units.claims(key)
    }

    /// The number of the letters with which the longer words of a key begin, where it has several words.
    pub(crate) fn initials(&self, key: UnitKey) -> Option<u32> {
        self.units.initials(key)
    }

    /// The number of such letters, if a name has them.
    pub(crate) fn find_initials(&self, letters: &str) -> Option<u32> {
        self.units.find_initials(letters)
    }

    /// How many such letters there are.
    pub(crate) fn all_initials(&self) -> usize {
        self.units.all_initials()
    }

    /// Works out what follows from texts and keys that are new.
    pub(crate) fn settle(&mut self, vocabulary: &Vocabulary) {
        let new = self.looked_at..self.all.len() as u32;
        self.acronyms.extend(new.filter(|it| is_acronym(self.all.text(*it))).map(TextId::new));
        self.looked_at = self.all.len() as u32;
        self.looks.settle(&self.all);
        self.units.settle(&self.keys, vocabulary);
    }
}
