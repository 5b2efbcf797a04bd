//! Names of single documents to units: uses of one text, which need no further reason to be one.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::pipeline::annotate::Standing;
use crate::pipeline::collate::keys::{self, KeyId};
use crate::pipeline::collate::outline::{Named, Outline, weight};
use crate::pipeline::collate::rows::Rows;
use crate::pipeline::collate::texts::{Held, TextId, Texts};
use crate::pipeline::collate::unit_keys::UnitKey;
use crate::vocabulary::{EntryId, Kind};

/// How many folders and reasons of a unit count.
const FEW: usize = 8;
/// What has no number yet.
const NONE: u32 = u32::MAX;

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
    pub(crate) number: UnitKey,
    pub(crate) votes: [u32; 5],
    pub(crate) standing: Standing,
    /// Its first text.
    text: TextId,
    /// Whether it is always written so.
    only: bool,
    /// The last of its reasons.
    reason: u32,
}

/// A name of a document: its place among the documents, and among the names of that document.
#[derive(Debug, Clone, Copy, Default)]
struct Use {
    document: u32,
    name: u32,
}

/// All names of all documents, each with its unit.
#[derive(Debug)]
pub(crate) struct Units<'a> {
    pub(crate) all: Vec<Unit>,
    pub(crate) texts: &'a Texts,
    outlines: &'a [Arc<Outline>],
    /// For each key, its unit.
    by_key: Vec<u32>,
    /// For each document, the units of its names.
    pub(crate) of_name: Rows<u32>,
    /// For each unit, where it is named, in the order of documents.
    uses: Rows<Use>,
    /// How many documents a folder has.
    pub(crate) folders: Vec<u32>,
    /// Acronym to the units that documents define it for, with the document.
    pub(crate) acronyms: FxHashMap<TextId, Vec<(u32, u32)>>,
    /// For units that hold offices: which, and in how many documents.
    offices: FxHashMap<u32, Vec<(Held, u32)>>,
    /// Why units have their kinds, each with the place of the reason before it.
    reasons: Vec<(TextId, u32)>,
}

/// Sorts the names of all documents into units.
pub(crate) fn units<'a>(outlines: &'a [Arc<Outline>], texts: &'a Texts) -> Units<'a> {
    let names = outlines.iter().map(|it| it.names.len()).sum();
    let mut units = Units {
        all: Vec::new(),
        texts,
        outlines,
        by_key: vec![NONE; texts.units()],
        of_name: Rows::with_capacity(outlines.len(), names),
        uses: Rows::default(),
        folders: vec![0; texts.folders()],
        acronyms: FxHashMap::default(),
        offices: FxHashMap::default(),
        reasons: Vec::new(),
    };
    for (document, outline) in (0u32..).zip(outlines) {
        units.folders[outline.folder as usize] += 1;
        units.take_in(document, outline);
    }
    let uses = (0u32..).zip(units.of_name.rows()).flat_map(|(document, row)| {
        (0u32..).zip(row).map(move |(name, unit)| (*unit, Use { document, name }))
    });
    units.uses = Rows::sorted(units.all.len(), uses);
    units
}

impl<'a> Units<'a> {
    fn take_in(&mut self, document: u32, outline: &Outline) {
        for name in &outline.names {
            let number = self.number(name);
            self.of_name.push(number);
            self.all[number as usize].vote(name);
            self.ask_why(number, name);
            if let Some(office) = name.office {
                let held = self.texts.held(office);
                hold(self.offices.entry(number).or_default(), held);
            }
            if let Some(acronym) = name.acronym {
                self.acronyms.entry(acronym).or_default().push((number, document));
            }
        }
        self.of_name.end();
    }

    fn number(&mut self, name: &Named) -> u32 {
        let number = &mut self.by_key[name.unit.0 as usize];
        if *number == NONE {
            *number = self.all.len() as u32;
            self.all.push(Unit::new(name));
        }
        *number
    }

    /// Takes in why a name has its kind, if that is one of the first reasons of its unit.
    fn ask_why(&mut self, unit: u32, name: &Named) {
        // Nobody asks why a list is right.
        let asked = name.evidence.filter(|_| !matches!(self.key(unit), Key::Entry(_)));
        let Some(why) = asked else { return };
        let mut count = 0;
        let is_new = self.reasons(unit).inspect(|_| count += 1).all(|it| it != why);
        if is_new && count < FEW {
            let before =
                std::mem::replace(&mut self.all[unit as usize].reason, self.reasons.len() as u32);
            self.reasons.push((why, before));
        }
    }

    /// The reasons of a unit, the last first.
    fn reasons(&self, unit: u32) -> impl Iterator<Item = TextId> + '_ {
        let mut at = self.all[unit as usize].reason;
        std::iter::from_fn(move || {
            let (why, before) = *self.reasons.get(at as usize)?;
            at = before;
            Some(why)
        })
    }

    /// The unit of this key, if a name of these documents has it.
    pub(crate) fn find(&self, key: Key) -> Option<u32> {
        let number = self.by_key[self.texts.find_unit(key)?.0 as usize];
        (number != NONE).then_some(number)
    }

    /// What the names of a unit have in common.
    pub(crate) fn key(&self, unit: u32) -> Key {
        self.texts.of_unit(self.all[unit as usize].number)
    }

    /// The key of the words of a unit that no list knows.
    pub(crate) fn words(&self, unit: u32) -> Option<KeyId> {
        match self.key(unit) {
            Key::Entry(_) => None,
            Key::Text(key) | Key::Surname(key, _) => Some(key),
        }
    }

    fn names(&self, unit: u32) -> impl Iterator<Item = (u32, &'a Named)> + '_ {
        let outlines = self.outlines;
        let named = move |it: &Use| &outlines[it.document as usize].names[it.name as usize];
        self.uses.row(unit as usize).iter().map(move |it| (it.document, named(it)))
    }

    /// The first text of a unit.
    pub(crate) fn text(&self, unit: u32) -> &'a str {
        self.texts.text(self.all[unit as usize].text)
    }

    /// The text of a unit that is always written so.
    pub(crate) fn only_text(&self, unit: u32) -> Option<TextId> {
        let unit = &self.all[unit as usize];
        unit.only.then_some(unit.text)
    }

    /// Whether a unit is written so somewhere.
    pub(crate) fn is_written(&self, unit: u32, text: TextId) -> bool {
        let known = &self.all[unit as usize];
        known.text == text || !known.only && self.names(unit).any(|it| it.1.text == text)
    }

    /// The texts of a unit in the order in which they are met, and how often each is used.
    pub(crate) fn written(&self, unit: u32) -> Vec<(TextId, u32)> {
        let mut texts: Vec<(TextId, u32)> = Vec::new();
        for (_, name) in self.names(unit) {
            let times = name.alone + 1;
            match texts.iter_mut().find(|it| it.0 == name.text) {
                Some(known) => known.1 += times,
                None => texts.push((name.text, times)),
            }
        }
        texts
    }

    /// Why the first names of a unit have their kinds.
    pub(crate) fn evidence(&self, unit: u32) -> Vec<TextId> {
        let mut evidence: Vec<TextId> = self.reasons(unit).collect();
        evidence.reverse();
        evidence
    }

    /// The offices that documents give a unit, and how many do.
    pub(crate) fn offices(&self, unit: u32) -> &[(Held, u32)] {
        self.offices.get(&unit).map_or(&[], Vec::as_slice)
    }

    /// The first folders in which a unit stands.
    pub(crate) fn folders(&self, unit: u32) -> Vec<u32> {
        let mut folders = Vec::new();
        for (document, _) in self.names(unit) {
            let folder = self.outlines[document as usize].folder;
            if !folders.contains(&folder) {
                folders.push(folder);
                if folders.len() == FEW {
                    break;
                }
            }
        }
        folders
    }

    /// Documents in which a unit is a person, ascending.
    pub(crate) fn documents(&self, unit: u32) -> Vec<u32> {
        let people = self.names(unit).filter(|it| it.1.kind == Kind::Person);
        let mut documents: Vec<u32> = people.map(|it| it.0).collect();
        documents.dedup();
        documents
    }

    /// For each key of words its place in the order in which they are first used, which is the same whatever was collated
    /// before.
    pub(crate) fn order(&self) -> Vec<u32> {
        let mut order = vec![NONE; self.texts.keys.len()];
        let mut used = 0;
        for name in self.outlines.iter().flat_map(|it| &it.names) {
            let entry = matches!(self.texts.of_unit(name.unit), Key::Entry(_));
            let own = self.texts.known_key(name.text).filter(|_| !entry);
            let office = name.office.map(|it| self.texts.held(it).keys);
            for key in own.into_iter().chain(office.into_iter().flat_map(|it| [it.0, it.1])) {
                let order = &mut order[key.0 as usize];
                if *order == NONE {
                    *order = used;
                    used += 1;
                }
            }
        }
        order
    }
}

fn hold(offices: &mut Vec<(Held, u32)>, office: Held) {
    match offices.iter_mut().find(|it| it.0.keys == office.keys) {
        Some(known) => known.1 += 1,
        None => offices.push((office, 1)),
    }
}

impl Unit {
    fn new(name: &Named) -> Unit {
        Unit {
            number: name.unit,
            votes: [0; 5],
            standing: Standing::Doubtful,
            text: name.text,
            only: true,
            reason: NONE,
        }
    }

    fn vote(&mut self, name: &Named) {
        self.standing = self.standing.min(name.standing);
        self.only &= self.text == name.text;
        self.votes[keys::place(name.kind)] += weight(name.standing) * (name.alone + 1);
    }
}
