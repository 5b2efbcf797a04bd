//! Names that documents give outside their texts, as issuers or at their heads, to entities.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::pipeline::collate::EntityIndex;
use crate::pipeline::collate::entities::Published;
use crate::pipeline::collate::outline::Outline;
use crate::pipeline::collate::texts::Texts;
use crate::vocabulary::lexicon::fold;
use crate::vocabulary::{Origin, Vocabulary};

/// A name as names are looked up, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LookId(pub(crate) u32);

/// For each name that documents ask for, its owner.
pub(crate) struct Lookup(Vec<Option<Owner>>);

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
        outlines: &[Arc<Outline>],
        published: &Published,
        (texts, vocabulary): (&Texts, &Vocabulary),
    ) -> Lookup {
        let mut owners: Vec<Option<Owner>> = vec![None; texts.looks()];
        for asked in outlines.iter().flat_map(|it| asked(it)) {
            owners[asked.0 as usize] = Some(Owner::default());
        }
        let aliases: FxHashMap<&str, &[String]> =
            vocabulary.entries.iter().map(|it| (it.id.as_str(), it.aliases.as_slice())).collect();
        let entities = (0u32..).map(EntityIndex).zip(&published.entities).zip(&published.called);
        for ((at, entity), called) in entities {
            if let Some(owner) = called.name.and_then(|it| owners[it.0 as usize].as_mut()) {
                owner.name.add(at);
            }
            let known = entity.origin != Origin::Discovered;
            let aliases = aliases.get(entity.id.as_str()).filter(|_| known);
            let aliases = aliases.into_iter().flat_map(|it| *it);
            let aliases = aliases.filter_map(|it| texts.find_look(it));
            for form in called.forms.iter().copied().chain(aliases) {
                if let Some(owner) = owners[form.0 as usize].as_mut() {
                    owner.form.add(at);
                }
            }
        }
        Lookup(owners)
    }

    /// The only entity of this name; one that has it for its name goes before those that are sometimes called so.
    pub(crate) fn find(&self, name: LookId) -> Option<EntityIndex> {
        let owner = self.0[name.0 as usize]?;
        match (owner.name, owner.form) {
            (Claim::One(entity), _) | (Claim::Nobody, Claim::One(entity)) => Some(entity),
            _ => None,
        }
    }
}

/// The names that a document gives outside its text.
fn asked(outline: &Outline) -> impl Iterator<Item = LookId> {
    let listed = outline.listed.iter().chain(&outline.speakers).copied();
    listed.chain(outline.issuer)
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
