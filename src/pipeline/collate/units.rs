//! Names of single documents to units: uses of one text, which need no further reason to be one.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::pipeline::annotate::Standing;
use crate::pipeline::collate::keys::{self, KeyId};
use crate::pipeline::collate::outline::{Held, Named, Outline, weight};
use crate::pipeline::collate::texts::{TextId, Texts, Told, UnitKey};
use crate::vocabulary::{EntryId, Kind};

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
pub(crate) struct Unit {
    pub(crate) key: Key,
    unit: UnitKey,
    /// The text of each use, with how often it is used, in the order of first use.
    pub(crate) texts: Vec<(TextId, u32)>,
    /// By place in [`Kind::ALL`], the weight of what speaks for that kind.
    pub(crate) votes: [u32; 5],
    pub(crate) standing: Standing,
    pub(crate) offices: Vec<(Held, u32)>,
    /// Folders in which it stands, while they are few.
    pub(crate) folders: Vec<u32>,
    /// Documents in which a person stands, ascending.
    pub(crate) documents: Vec<u32>,
    pub(crate) evidence: Vec<TextId>,
}

/// All names of all documents, each with its unit.
#[derive(Debug)]
pub(crate) struct Units<'a> {
    pub(crate) all: Vec<Unit>,
    pub(crate) texts: &'a Texts,
    /// For each key, its unit.
    by_key: Vec<Option<u32>>,
    /// For each key of words, its place in the order in which they are first used.
    order: Vec<u32>,
    used: u32,
    /// For each document, where its names begin in `of_name`.
    begins: Vec<usize>,
    /// For each name of each document, its unit.
    of_name: Vec<u32>,
    /// How many documents a folder has.
    pub(crate) folders: Vec<u32>,
    /// Acronym to the units that documents define it for, with the document.
    pub(crate) acronyms: FxHashMap<TextId, Vec<(u32, u32)>>,
}

/// Sorts the names of all documents into units.
pub(crate) fn units<'a>(outlines: &[Arc<Outline>], texts: &'a Texts) -> Units<'a> {
    let mut units = Units {
        all: Vec::new(),
        texts,
        by_key: vec![None; texts.units()],
        order: vec![u32::MAX; texts.keys.len()],
        used: 0,
        begins: Vec::with_capacity(outlines.len()),
        of_name: Vec::with_capacity(outlines.iter().map(|it| it.names.len()).sum()),
        folders: vec![0; texts.folders()],
        acronyms: FxHashMap::default(),
    };
    for (document, outline) in (0u32..).zip(outlines) {
        units.folders[outline.folder as usize] += 1;
        units.take_in(document, outline);
    }
    units
}

impl Units<'_> {
    fn take_in(&mut self, document: u32, outline: &Outline) {
        self.begins.push(self.of_name.len());
        for name in &outline.names {
            let number = self.number(name.unit);
            self.of_name.push(number);
            let office = name.office.map(|it| [it.keys.0, it.keys.1]);
            for key in name.key.into_iter().chain(office.into_iter().flatten()) {
                self.use_key(key);
            }
            let unit = &mut self.all[number as usize];
            unit.vote(name);
            unit.stand(name, (document, outline.folder));
            if let Some(office) = name.office {
                unit.hold(office);
            }
            if let Some(acronym) = name.acronym {
                self.acronyms.entry(acronym).or_default().push((number, document));
            }
        }
    }

    fn number(&mut self, key: UnitKey) -> u32 {
        let new = self.all.len() as u32;
        let number = *self.by_key[key.0 as usize].get_or_insert(new);
        if number == new {
            self.all.push(Unit::new(key, self.texts.of_unit(key).key));
        }
        number
    }

    fn use_key(&mut self, key: KeyId) {
        let order = &mut self.order[key.0 as usize];
        if *order == u32::MAX {
            *order = self.used;
            self.used += 1;
        }
    }

    /// The unit of name `name` of document `document`.
    pub(crate) fn of(&self, document: usize, name: usize) -> usize {
        self.of_name[self.begins[document] + name] as usize
    }

    /// The unit of this key, if a name of these documents has it.
    pub(crate) fn find(&self, key: Key) -> Option<u32> {
        self.by_key[self.texts.find_unit(key)?.0 as usize]
    }

    /// What the key of a unit tells.
    pub(crate) fn told(&self, unit: &Unit) -> &Told {
        self.texts.of_unit(unit.unit)
    }

    /// The place of a key among all in the order of first use, which is the same whatever was collated before.
    pub(crate) fn order(&self, key: KeyId) -> u32 {
        self.order[key.0 as usize]
    }

    /// The words of a unit that no list knows.
    pub(crate) fn words(&self, unit: &Unit) -> Option<&str> {
        unit.words().map(|it| self.texts.keys.text(it))
    }
}

impl Unit {
    fn new(unit: UnitKey, key: Key) -> Unit {
        Unit {
            key,
            unit,
            texts: Vec::new(),
            votes: [0; 5],
            standing: Standing::Doubtful,
            offices: Vec::new(),
            folders: Vec::new(),
            documents: Vec::new(),
            evidence: Vec::new(),
        }
    }

    /// The key of its words, if no list knows it.
    pub(crate) fn words(&self) -> Option<KeyId> {
        match self.key {
            Key::Entry(_) => None,
            Key::Text(key) | Key::Surname(key, _) => Some(key),
        }
    }

    fn stand(&mut self, name: &Named, (document, folder): (u32, u32)) {
        self.standing = self.standing.min(name.standing);
        if name.kind == Kind::Person && self.documents.last() != Some(&document) {
            self.documents.push(document);
        }
        if self.folders.len() < FEW && !self.folders.contains(&folder) {
            self.folders.push(folder);
        }
    }

    fn hold(&mut self, office: Held) {
        match self.offices.iter_mut().find(|it| it.0.keys == office.keys) {
            Some(known) => known.1 += 1,
            None => self.offices.push((office, 1)),
        }
    }

    fn vote(&mut self, name: &Named) {
        let times = name.alone + 1;
        match self.texts.iter_mut().find(|it| it.0 == name.text) {
            Some(known) => known.1 += times,
            None => self.texts.push((name.text, times)),
        }
        self.votes[keys::place(name.kind)] += weight(name.standing) * times;
        if let Some(why) = name.evidence
            && self.evidence.len() < FEW
            && !self.evidence.contains(&why)
        {
            self.evidence.push(why);
        }
    }
}
