//! Names that documents give outside their texts, as issuers or at their heads, to entities.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::pipeline::Reading;
use crate::pipeline::collate::{Entity, EntityIndex};
use crate::vocabulary::lexicon::fold;
use crate::vocabulary::{Origin, Vocabulary};

/// The entities of names that documents ask for.
pub(crate) struct Lookup(FxHashMap<String, Owner>);

/// Whose a name is.
#[derive(Debug, Clone, Copy, Default)]
struct Owner {
    /// The entity that has it for its name, if it is one.
    name: Claim,
    /// The entity that has it among its forms or aliases, if it is one.
    form: Claim,
}

/// Who claims a name.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
enum Claim {
    #[default]
    Nobody,
    One(EntityIndex),
    Several,
}

impl Claim {
    fn add(&mut self, entity: EntityIndex) {
        *self = match *self {
            Claim::Nobody => Claim::One(entity),
            Claim::One(known) if known == entity => Claim::One(known),
            _ => Claim::Several,
        };
    }
}

impl Lookup {
    /// Finds the owners of every name that a document gives.
    pub(crate) fn new(
        readings: &[Arc<Reading>],
        entities: &[Entity],
        vocabulary: &Vocabulary,
    ) -> Lookup {
        let asked = readings.iter().flat_map(|it| asked(it));
        let mut owners: FxHashMap<String, Owner> =
            asked.map(|it| (key(it), Owner::default())).collect();
        if owners.is_empty() {
            return Lookup(owners);
        }
        let aliases: FxHashMap<&str, &[String]> =
            vocabulary.entries.iter().map(|it| (it.id.as_str(), it.aliases.as_slice())).collect();
        for (at, entity) in (0u32..).map(EntityIndex).zip(entities) {
            if let Some(owner) = owners.get_mut(&key(&entity.name)) {
                owner.name.add(at);
            }
            let known = entity.origin != Origin::Discovered;
            let aliases = aliases.get(entity.id.as_str()).filter(|_| known);
            let aliases = aliases.into_iter().flat_map(|it| *it);
            for form in entity.forms.iter().map(|it| &it.0).chain(aliases) {
                if let Some(owner) = owners.get_mut(&key(form)) {
                    owner.form.add(at);
                }
            }
        }
        Lookup(owners)
    }

    /// The only entity of this name; one that has it for its name goes before those that are sometimes called so.
    pub(crate) fn find(&self, name: &str) -> Option<EntityIndex> {
        let owner = self.0.get(&key(name))?;
        match (owner.name, owner.form) {
            (Claim::One(entity), _) | (Claim::Nobody, Claim::One(entity)) => Some(entity),
            _ => None,
        }
    }
}

/// The names that a document gives outside its text.
fn asked(reading: &Reading) -> impl Iterator<Item = &String> {
    let description = &reading.description;
    let speakers = description.speakers.iter().map(|it| &it.value.name);
    let issuer = description.issuer.as_ref().map(|it| &it.value);
    reading.document.front_matter.entities.iter().chain(issuer).chain(speakers)
}

/// A name as names are compared here: without case, accents and article.
pub(crate) fn key(name: &str) -> String {
    let folded = fold(name);
    let plain = folded.strip_prefix("the ").unwrap_or(&folded);
    if plain.contains(['\n', '\t', '\u{a0}']) || plain.contains("  ") {
        return plain.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    plain.to_owned()
}
