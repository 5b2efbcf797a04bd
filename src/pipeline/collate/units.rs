//! Names of single documents to units: uses of one text, which need no further reason to be one.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::pipeline::Reading;
use crate::pipeline::annotate::{Mention, Name, Office, Standing};
use crate::pipeline::collate::keys::{self, KeyId, Keys};
use crate::vocabulary::{EntryId, Kind, Vocabulary};

/// How many folders and reasons a unit keeps.
const FEW: usize = 8;

/// What makes two names of different documents the same without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    /// The same entry of the vocabulary.
    Entry(EntryId),
    /// The same words.
    Text(KeyId),
    /// A person by one word, with the office, or else in the folder in which it stands.
    Surname(KeyId, Holder),
}

/// By what a person named by one word only is told from others of that name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Holder {
    /// The office and where it is held.
    Office(KeyId, KeyId),
    /// No office; the number of the folder.
    Folder(u32),
}

/// Names that are the same, over all documents.
#[derive(Debug)]
pub(crate) struct Unit<'a> {
    pub(crate) key: Key,
    /// The text of each use, with how often it is used, in the order of first use.
    pub(crate) texts: Vec<(&'a str, u32)>,
    /// By place in [`Kind::ALL`], the weight of what speaks for that kind.
    pub(crate) votes: [u32; 5],
    pub(crate) standing: Standing,
    pub(crate) offices: Vec<((KeyId, KeyId), &'a Office, u32)>,
    /// Folders in which it stands, while they are few.
    pub(crate) folders: Vec<u32>,
    /// Documents in which a person stands, ascending.
    pub(crate) documents: Vec<u32>,
    pub(crate) evidence: Vec<&'a str>,
}

/// All names of all documents, each with its unit.
#[derive(Debug)]
pub(crate) struct Units<'a> {
    pub(crate) all: Vec<Unit<'a>>,
    pub(crate) keys: Keys<'a>,
    pub(crate) by_key: FxHashMap<Key, u32>,
    /// For each document, where its names begin in `of_name`.
    begins: Vec<usize>,
    /// For each name of each document, its unit.
    of_name: Vec<u32>,
    /// How many documents a folder has.
    pub(crate) folders: Vec<u32>,
    /// Acronym to the units that documents define it for, with the document.
    pub(crate) acronyms: FxHashMap<&'a str, Vec<(u32, u32)>>,
}

/// Whether a mention counts where it stands alone: neither by role nor of a people.
pub(crate) fn counts(mention: &Mention) -> bool {
    !matches!(mention.rule.name(), "role" | "demonym")
}

/// Sorts the names of all documents into units.
pub(crate) fn units<'a>(readings: &'a [Arc<Reading>], vocabulary: &'a Vocabulary) -> Units<'a> {
    let mut units = Units {
        all: Vec::new(),
        keys: Keys::new(&vocabulary.lexicon),
        by_key: FxHashMap::default(),
        begins: Vec::new(),
        of_name: Vec::new(),
        folders: Vec::new(),
        acronyms: FxHashMap::default(),
    };
    let mut folders: FxHashMap<&str, u32> = FxHashMap::default();
    for (document, reading) in (0u32..).zip(readings) {
        let path = reading.document.id.rsplit_once('/').map_or("", |it| it.0);
        let new = folders.len() as u32;
        let folder = *folders.entry(path).or_insert(new);
        units.folders.resize(folders.len(), 0);
        units.folders[folder as usize] += 1;
        units.take_in((document, folder), reading);
    }
    units
}

impl<'a> Units<'a> {
    fn take_in(&mut self, place: (u32, u32), reading: &'a Reading) {
        let names = &reading.annotations.names;
        let mut counted = vec![0u32; names.len()];
        let mentions = reading.annotations.mentions.iter();
        for mention in mentions.filter(|it| it.nested_in.is_none() && counts(it)) {
            counted[usize::from(mention.name)] += 1;
        }
        self.begins.push(self.of_name.len());
        for (name, counted) in names.iter().zip(counted) {
            let number = self.number(name, place.1);
            self.of_name.push(number);
            let office =
                name.office.as_ref().map(|it| (self.keys.key(&it.title), self.keys.key(&it.of)));
            let unit = &mut self.all[number as usize];
            unit.vote(name, counted);
            unit.stand(name, place);
            if let (Some(key), Some(office)) = (office, &name.office) {
                unit.hold(key, office);
            }
            if let Some(acronym) = name.acronym.as_deref().filter(|it| *it != &*name.text) {
                self.acronyms.entry(acronym).or_default().push((number, place.0));
            }
        }
    }

    fn number(&mut self, name: &'a Name, folder: u32) -> u32 {
        let key = self.key(name, folder);
        let new = self.all.len() as u32;
        let number = *self.by_key.entry(key).or_insert(new);
        if number == new {
            self.all.push(Unit::new(key));
        }
        number
    }

    fn key(&mut self, name: &'a Name, folder: u32) -> Key {
        if let Some(entry) = name.entry {
            return Key::Entry(entry);
        }
        let text = self.keys.key(&name.text);
        let person = name.kind == Kind::Person && name.standing != Standing::Doubtful;
        match &name.office {
            _ if !person || self.keys.text(text).contains(' ') => Key::Text(text),
            Some(it) => {
                let office = Holder::Office(self.keys.key(&it.title), self.keys.key(&it.of));
                Key::Surname(text, office)
            }
            None => Key::Surname(text, Holder::Folder(folder)),
        }
    }

    /// The unit of name `name` of document `document`.
    pub(crate) fn of(&self, document: usize, name: usize) -> usize {
        self.of_name[self.begins[document] + name] as usize
    }

    /// The words of a unit that no list knows.
    pub(crate) fn words(&self, unit: &Unit<'_>) -> Option<&str> {
        match unit.key {
            Key::Entry(_) => None,
            Key::Text(key) | Key::Surname(key, _) => Some(self.keys.text(key)),
        }
    }
}

impl<'a> Unit<'a> {
    fn new(key: Key) -> Unit<'a> {
        Unit {
            key,
            texts: Vec::new(),
            votes: [0; 5],
            standing: Standing::Doubtful,
            offices: Vec::new(),
            folders: Vec::new(),
            documents: Vec::new(),
            evidence: Vec::new(),
        }
    }

    fn stand(&mut self, name: &Name, (document, folder): (u32, u32)) {
        self.standing = self.standing.min(name.standing);
        if name.kind == Kind::Person && self.documents.last() != Some(&document) {
            self.documents.push(document);
        }
        if self.folders.len() < FEW && !self.folders.contains(&folder) {
            self.folders.push(folder);
        }
    }

    fn hold(&mut self, key: (KeyId, KeyId), office: &'a Office) {
        match self.offices.iter_mut().find(|it| it.0 == key) {
            Some(known) => known.2 += 1,
            None => self.offices.push((key, office, 1)),
        }
    }

    fn vote(&mut self, name: &'a Name, counted: u32) {
        match self.texts.iter_mut().find(|it| it.0 == &*name.text) {
            Some(known) => known.1 += counted + 1,
            None => self.texts.push((&name.text, counted + 1)),
        }
        let weight = match name.standing {
            Standing::Evident => 4,
            Standing::Likely => 1,
            Standing::Doubtful => 0,
        };
        self.votes[keys::place(name.kind)] += weight * (counted + 1);
        let why = &*name.evidence;
        let telling = name.entry.is_none() && weight > 0 && !why.is_empty();
        if telling && self.evidence.len() < FEW && !self.evidence.contains(&why) {
            self.evidence.push(why);
        }
    }
}
