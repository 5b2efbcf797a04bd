//! Names that documents give outside their texts, as issuers or at their heads, to entities.

use std::num::NonZeroU32;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::pipeline::collate::EntityIndex;
use crate::pipeline::collate::entities::Published;
use crate::pipeline::collate::outline::Outline;
use crate::pipeline::collate::strings::Strings;
use crate::pipeline::collate::texts::Texts;
use crate::vocabulary::lexicon::fold;
use crate::vocabulary::{Origin, Vocabulary};

/// A name that a document gives outside its text, as names are looked up, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LookId(NonZeroU32);

impl LookId {
    fn new(place: u32) -> LookId {
        LookId(NonZeroU32::MIN.saturating_add(place))
    }

    fn place(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// Names that documents give outside their texts, and which texts are such a name.
#[derive(Debug, Default)]
pub(crate) struct Looks {
    /// As names are looked up.
    asked: Strings,
    /// For each text, as far as they have been looked at.
    of_text: Vec<Option<LookId>>,
    /// How many had been asked for when texts were looked at.
    then: usize,
}

impl Looks {
    /// The number of a name that a document gives.
    pub(crate) fn ask(&mut self, name: &str) -> LookId {
        LookId::new(self.asked.number(&key(name)))
    }

    /// The number of a name, if a document gives it.
    pub(crate) fn find(&self, name: &str) -> Option<LookId> {
        self.asked.find(&key(name)).map(LookId::new)
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.asked.len()
    }

    /// The number of text `at`, if a document gives that name.
    pub(crate) fn of(&self, at: u32) -> Option<LookId> {
        self.of_text[at as usize]
    }

    /// Looks at the texts that are new; at all of them if other names are asked for than before.
    pub(crate) fn settle(&mut self, texts: &Strings) {
        if self.then != self.asked.len() {
            self.of_text.clear();
            self.then = self.asked.len();
        }
        let new = self.of_text.len() as u32..texts.len() as u32;
        let new: Vec<_> = new.into_par_iter().map(|it| self.find(texts.text(it))).collect();
        self.of_text.extend(new);
    }
}

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
            owners[asked.place()] = Some(Owner::default());
        }
        let aliases: FxHashMap<&str, &[String]> =
            vocabulary.entries.iter().map(|it| (it.id.as_str(), it.aliases.as_slice())).collect();
        let entities = (0u32..).map(EntityIndex).zip(&published.entities);
        let called = published.looks.iter().zip(&published.bodies);
        for ((at, entity), (name, body)) in entities.zip(called) {
            if let Some(owner) = name.and_then(|it| owners[it.place()].as_mut()) {
                owner.name.add(at);
            }
            let known = entity.origin != Origin::Discovered;
            let aliases = aliases.get(entity.id.as_str()).filter(|_| known);
            let aliases = aliases.into_iter().flat_map(|it| *it);
            let aliases = aliases.filter_map(|it| texts.find_look(it));
            let forms = body.texts.iter().filter_map(|it| texts.look(*it));
            for form in forms.chain(aliases) {
                if let Some(owner) = owners[form.place()].as_mut() {
                    owner.form.add(at);
                }
            }
        }
        Lookup(owners)
    }

    /// The only entity of this name; one that has it for its name goes before those that are sometimes called so.
    pub(crate) fn find(&self, name: LookId) -> Option<EntityIndex> {
        let owner = self.0[name.place()]?;
        match (owner.name, owner.form) {
            (Claim::One(entity), _) | (Claim::Nobody, Claim::One(entity)) => Some(entity),
            _ => None,
        }
    }
}

/// The names that a document gives outside its text.
fn asked(outline: &Outline) -> impl Iterator<Item = LookId> {
    let told = outline.speakers.iter().chain(&outline.issuer).map(|it| it.name);
    outline.listed.iter().copied().chain(told)
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
