//! Which names found by rule are those of a known entry after all, written otherwise; and what the maintainer says of that.

use rustc_hash::FxHashMap;

use crate::pipeline::collate::identity::{Clusters, kind};
use crate::pipeline::collate::keys::key;
use crate::pipeline::collate::units::{Key, Units};
use crate::pipeline::words::pieces;
use crate::vocabulary::forms::Claim;
use crate::vocabulary::lexicon::WordId;
use crate::vocabulary::{Entry, EntryId, Kind, Origin, Vocabulary};

/// An entry of whose name a text is a form, whatever its kind.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Claimed {
    entry: EntryId,
    claim: Claim,
    /// Whether the text has more than one word.
    several: bool,
}

/// Joins names to the entries whose names they are.
pub(crate) fn join(units: &Units<'_>, vocabulary: &Vocabulary, clusters: &mut Clusters) {
    let entries: FxHashMap<EntryId, u32> = (0u32..)
        .zip(&units.all)
        .filter_map(|(number, _)| match units.key(number) {
            Key::Entry(entry) => Some((entry, number)),
            _ => None,
        })
        .collect();
    keep_apart(units, vocabulary, &entries, clusters);
    for (number, unit) in (0u32..).zip(&units.all) {
        let Some(claims) = units.texts.claims(unit.number) else { continue };
        let found = claims.into_iter().flatten().find(|it| fits(*it, number, units, vocabulary));
        let known = found.and_then(|it| entries.get(&it.entry));
        if let Some(&known) = known {
            let written = units.text(number);
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
    let own = vocabulary.entries.iter().take_while(|it| it.origin == Origin::Vocabulary);
    for (id, entry) in (0u32..).map(EntryId).zip(own) {
        let Some(&known) = entries.get(&id) else { continue };
        for name in &entry.not_same_as {
            let key = units.texts.keys.find(&key(name, &vocabulary.lexicon));
            let same = |it: &u32| key.is_some() && units.words(*it) == key;
            let kept = (0..units.all.len() as u32).filter(same);
            kept.for_each(|other| clusters.keep_apart(known, other));
        }
    }
}

/// The entry that a text is a form of, if it can be no other's.
pub(crate) fn named(text: &str, vocabulary: &Vocabulary) -> Option<Claimed> {
    let words = words(text, vocabulary);
    let owners = vocabulary.names.get(&words).filter(|it| it.rivals.is_empty())?;
    let (entry, claim) = (owners.form.entry, owners.form.claim);
    Some(Claimed { entry, claim, several: words.len() > 1 })
}

/// "Structure of the Organization" is the entry "Structure" where a list says that this belongs to the Organization.
pub(crate) fn part(text: &str, vocabulary: &Vocabulary) -> Option<Claimed> {
    let (short, whole) = text.rsplit_once(" of the ").or_else(|| text.rsplit_once(" of "))?;
    let part = named(short, vocabulary)?;
    let whole = vocabulary.names.get(&words(whole, vocabulary))?;
    let name = &vocabulary.entry(whole.form.entry).name;
    (vocabulary.entry(part.entry).part_of.as_ref() == Some(name)).then_some(part)
}

/// Whether what documents say of a name suits the entry.
fn fits(claimed: Claimed, number: u32, units: &Units<'_>, vocabulary: &Vocabulary) -> bool {
    let unit = &units.all[number as usize];
    let entry = vocabulary.entry(claimed.entry);
    let fits = match claimed.claim {
        Claim::Name => claimed.several || kind(unit) == Some(entry.kind),
        Claim::Acronym => {
            let written = units.written(number).into_iter();
            let mut texts = written.map(|it| units.texts.text(it.0));
            texts.any(|text| forms(entry).any(|form| form == text))
        }
        Claim::Doubtful | Claim::Demonym => false,
    };
    let person = kind(unit) == Some(Kind::Person);
    fits && person == (entry.kind == Kind::Person)
}

fn forms(entry: &Entry) -> impl Iterator<Item = &str> {
    std::iter::once(&entry.name).chain(&entry.aliases).map(String::as_str)
}

fn words(text: &str, vocabulary: &Vocabulary) -> Vec<WordId> {
    let pieces = pieces(text, &vocabulary.lexicon);
    pieces.iter().map(|it| vocabulary.lexicon.find(&crate::vocabulary::lexicon::fold(it))).collect()
}
