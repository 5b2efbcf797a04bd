//! Which names found by rule are those of a known entry after all, written otherwise; and what the maintainer says of that.

use rustc_hash::FxHashMap;

use crate::pipeline::collate::identity::{Clusters, kind};
use crate::pipeline::collate::keys::Keys;
use crate::pipeline::collate::units::{Key, Unit, Units};
use crate::pipeline::words::pieces;
use crate::vocabulary::forms::Claim;
use crate::vocabulary::lexicon::WordId;
use crate::vocabulary::{Entry, EntryId, Kind, Origin, Vocabulary};

/// Joins names to the entries whose names they are.
pub(crate) fn join(units: &Units<'_>, vocabulary: &Vocabulary, clusters: &mut Clusters) {
    let entries: FxHashMap<EntryId, u32> = (0u32..)
        .zip(&units.all)
        .filter_map(|(number, unit)| match unit.key {
            Key::Entry(entry) => Some((entry, number)),
            _ => None,
        })
        .collect();
    keep_apart(units, vocabulary, &entries, clusters);
    for (number, unit) in (0u32..).zip(&units.all) {
        let Key::Text(text) = unit.key else { continue };
        let text = units.keys.text(text);
        let found = named(text, unit, vocabulary).or_else(|| part(text, unit, vocabulary));
        let known = found.and_then(|it| entries.get(&it));
        if let Some(&known) = known {
            let written = unit.texts[0].0;
            clusters.join(number, known, || format!("\"{written}\": a name of the entry"));
        }
    }
}

/// Keeps the names apart that the maintainer says are not the same.
fn keep_apart(
    units: &Units<'_>,
    vocabulary: &Vocabulary,
    entries: &FxHashMap<EntryId, u32>,
    clusters: &mut Clusters,
) {
    let mut keys = Keys::new(&vocabulary.lexicon);
    let own = vocabulary.entries.iter().take_while(|it| it.origin == Origin::Vocabulary);
    for (id, entry) in (0u32..).map(EntryId).zip(own) {
        let Some(&known) = entries.get(&id) else { continue };
        for name in &entry.not_same_as {
            let key = keys.key(name);
            let key = keys.text(key);
            let kept = (0u32..).zip(&units.all).filter(|it| units.words(it.1) == Some(key));
            kept.for_each(|(other, _)| clusters.keep_apart(known, other));
        }
    }
}

/// The entry that a text is a form of, if it can be no other's.
fn named(text: &str, unit: &Unit<'_>, vocabulary: &Vocabulary) -> Option<EntryId> {
    let words = words(text, vocabulary);
    let owners = vocabulary.names.get(&words).filter(|it| it.rivals.is_empty())?;
    let entry = vocabulary.entry(owners.form.entry);
    let fits = match owners.form.claim {
        Claim::Name => words.len() > 1 || kind(unit) == Some(entry.kind),
        Claim::Acronym => unit.texts.iter().any(|it| forms(entry).any(|form| form == it.0)),
        Claim::Doubtful | Claim::Demonym => false,
    };
    let person = kind(unit) == Some(Kind::Person);
    (fits && person == (entry.kind == Kind::Person)).then_some(owners.form.entry)
}

fn forms(entry: &Entry) -> impl Iterator<Item = &str> {
    std::iter::once(&entry.name).chain(&entry.aliases).map(String::as_str)
}

fn words(text: &str, vocabulary: &Vocabulary) -> Vec<WordId> {
    let pieces = pieces(text, &vocabulary.lexicon);
    pieces.iter().map(|it| vocabulary.lexicon.find(&crate::vocabulary::lexicon::fold(it))).collect()
}

/// "Structure of the Organization" is the entry "Structure" where a list says that this belongs to the Organization.
fn part(text: &str, unit: &Unit<'_>, vocabulary: &Vocabulary) -> Option<EntryId> {
    let (short, whole) = text.rsplit_once(" of the ").or_else(|| text.rsplit_once(" of "))?;
    let part = named(short, unit, vocabulary)?;
    let whole = vocabulary.names.get(&words(whole, vocabulary))?;
    let name = &vocabulary.entry(whole.form.entry).name;
    (vocabulary.entry(part).part_of.as_ref() == Some(name)).then_some(part)
}
