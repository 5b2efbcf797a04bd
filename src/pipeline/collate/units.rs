//! Names of single documents to units: uses of one text, which need no further reason to be one.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::pipeline::Reading;
use crate::pipeline::annotate::{Mention, Name, Office, Standing};
use crate::pipeline::collate::keys::{self, Keys};
use crate::vocabulary::{EntryId, Kind, Vocabulary};

/// What makes two names of different documents the same without asking.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    /// The same entry of the vocabulary.
    Entry(EntryId),
    /// The same words.
    Text(Box<str>),
    /// A person by one word, with the office, or else in the folder in which it stands.
    Surname(Box<str>, Holder),
}

/// By what a person named by one word only is told from others of that name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Holder {
    /// The office and where it is held, as keys.
    Office(Box<str>, Box<str>),
    /// No office; the number of the folder.
    Folder(u32),
}

/// Names that are the same, over all documents.
#[derive(Debug)]
pub(crate) struct Unit {
    pub(crate) key: Key,
    /// The text of each use, with how often it is used.
    pub(crate) texts: FxHashMap<Box<str>, u32>,
    /// By place in [`Kind::ALL`], the weight of what speaks for that kind.
    pub(crate) votes: [u32; 5],
    pub(crate) standing: Standing,
    pub(crate) offices: FxHashMap<(Box<str>, Box<str>), (Office, u32)>,
    /// Folders in which it stands, while they are few.
    pub(crate) folders: Vec<u32>,
    /// Documents in which it stands, ascending.
    pub(crate) documents: Vec<u32>,
    pub(crate) evidence: Vec<String>,
}

/// All names of all documents, each with its unit.
#[derive(Debug, Default)]
pub(crate) struct Units {
    pub(crate) units: Vec<Unit>,
    /// For each document, where its names begin in `of_name`.
    pub(crate) begins: Vec<usize>,
    /// For each name of each document, its unit.
    pub(crate) of_name: Vec<u32>,
    /// How many documents a folder has.
    pub(crate) folders: Vec<u32>,
    /// Acronym to the units that documents define it for, by number.
    pub(crate) acronyms: FxHashMap<Box<str>, Vec<(u32, u32)>>,
    pub(crate) by_key: FxHashMap<Key, u32>,
}

/// Whether a mention counts: neither nested nor by role nor of a people.
pub(crate) fn counts(mention: &Mention) -> bool {
    mention.nested_in.is_none() && !matches!(mention.rule.name(), "role" | "demonym")
}

/// Sorts the names of all documents into units.
pub(crate) fn units(readings: &[Arc<Reading>], vocabulary: &Vocabulary) -> Units {
    let mut units = Units::default();
    let mut keys = Keys::new(&vocabulary.lexicon);
    let mut folders: FxHashMap<&str, u32> = FxHashMap::default();
    for (document, reading) in (0u32..).zip(readings) {
        let path = reading.document.id.rsplit_once('/').map_or("", |it| it.0);
        let new = folders.len() as u32;
        let folder = *folders.entry(path).or_insert(new);
        units.folders.resize(folders.len(), 0);
        units.folders[folder as usize] += 1;
        units.begins.push(units.of_name.len());
        units.take_in(document, folder, &reading.annotations.names, &mut keys);
        units.vote(document, reading);
    }
    units.begins.push(units.of_name.len());
    units
}

impl Units {
    fn take_in(&mut self, document: u32, folder: u32, names: &[Name], keys: &mut Keys<'_>) {
        for name in names {
            let key = key(name, folder, keys);
            let number = self.number(key);
            self.of_name.push(number);
            let unit = &mut self.units[number as usize];
            unit.standing = unit.standing.min(name.standing);
            unit.hold(name, keys);
            if unit.documents.last() != Some(&document) {
                unit.documents.push(document);
            }
            if unit.folders.len() < 8 && !unit.folders.contains(&folder) {
                unit.folders.push(folder);
            }
            if let Some(acronym) = name.acronym.as_ref().filter(|it| **it != name.text) {
                self.acronyms.entry(acronym.clone()).or_default().push((number, document));
            }
        }
    }

    fn number(&mut self, key: Key) -> u32 {
        if let Some(&known) = self.by_key.get(&key) {
            return known;
        }
        let number = self.units.len() as u32;
        self.by_key.insert(key.clone(), number);
        self.units.push(Unit::new(key));
        number
    }

    /// Counts mentions for texts and kinds.
    fn vote(&mut self, document: u32, reading: &Reading) {
        let begins = self.begins[document as usize];
        let names = &reading.annotations.names;
        let mut counted = vec![0u32; names.len()];
        for mention in reading.annotations.mentions.iter().filter(|it| counts(it)) {
            counted[usize::from(mention.name)] += 1;
        }
        for (at, name) in names.iter().enumerate() {
            let unit = &mut self.units[self.of_name[begins + at] as usize];
            unit.vote(name, counted[at]);
        }
    }

    /// The unit of name `name` of document `document`.
    pub(crate) fn of(&self, document: usize, name: usize) -> usize {
        self.of_name[self.begins[document] + name] as usize
    }
}

fn key(name: &Name, folder: u32, keys: &mut Keys<'_>) -> Key {
    if let Some(entry) = name.entry {
        return Key::Entry(entry);
    }
    let text = keys.key(&name.text);
    let one_word =
        name.kind == Kind::Person && name.standing != Standing::Doubtful && !text.contains(' ');
    match (one_word, &name.office) {
        (false, _) => Key::Text(text),
        (true, Some(office)) => {
            Key::Surname(text, Holder::Office(keys.key(&office.title), keys.key(&office.of)))
        }
        (true, None) => Key::Surname(text, Holder::Folder(folder)),
    }
}

impl Unit {
    fn new(key: Key) -> Unit {
        Unit {
            key,
            texts: FxHashMap::default(),
            votes: [0; 5],
            standing: Standing::Doubtful,
            offices: FxHashMap::default(),
            folders: Vec::new(),
            documents: Vec::new(),
            evidence: Vec::new(),
        }
    }

    fn hold(&mut self, name: &Name, keys: &mut Keys<'_>) {
        if let Some(office) = &name.office {
            let key = (keys.key(&office.title), keys.key(&office.of));
            self.offices.entry(key).or_insert_with(|| ((**office).clone(), 0)).1 += 1;
        }
    }

    fn vote(&mut self, name: &Name, counted: u32) {
        *self.texts.entry(name.text.clone()).or_insert(0) += counted + 1;
        let weight = match name.standing {
            Standing::Evident => 4,
            Standing::Likely => 1,
            Standing::Doubtful => 0,
        };
        self.votes[keys::place(name.kind)] += weight * (counted + 1);
        if name.entry.is_none()
            && weight > 0
            && !name.evidence.is_empty()
            && self.evidence.len() < 3
        {
            let reason = name.evidence.to_string();
            if !self.evidence.contains(&reason) {
                self.evidence.push(reason);
            }
        }
    }
}
