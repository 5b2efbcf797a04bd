//! An answer about a name to the amendments of the vocabulary that make it so.

use crate::commands::amend::Amendment;
use crate::commands::serve::review::{self, Said};
use crate::pipeline::Site;
use crate::pipeline::collate::Entity;
use crate::vocabulary::{Entry, Kind, Origin};

/// The amendments, in the order in which they must be made; nothing where no such entity is.
pub(super) fn amendments(site: &Site, said: &Said) -> Option<Vec<Amendment>> {
    let entity = |id: &String| review::entity(site, id);
    Some(match said {
        Said::New { surface, kind, not } => new(surface, *kind, not),
        Said::Right { entity: id } => known(entity(id)?),
        Said::Hide { entity: id } => set(entity(id)?, "hidden", "true"),
        Said::Kind { entity: id, kind } => set(entity(id)?, "kind", kind.name()),
        Said::Not { entity: id, phrases } => not(entity(id)?, phrases),
        Said::Rename { entity: id, name } => renamed(entity(id)?, name),
        Said::SameAs { entity: id, surface, target } => {
            same_as(site, entity(id)?, (surface, entity(target)?))
        }
    })
}

fn new(surface: &str, kind: Kind, not: &[String]) -> Vec<Amendment> {
    let phrases = not.iter().map(|it| append_to(surface, "not", it));
    [added(surface, kind, &[])].into_iter().chain(phrases).collect()
}

/// An entry takes the first value with it; others are added to it one by one.
fn not(entity: &Entity, phrases: &[String]) -> Vec<Amendment> {
    let Some((first, more)) = phrases.split_first() else { return Vec::new() };
    let more = more.iter().map(|it| append_to(&entity.name, "not", it));
    append(entity, "not", first).into_iter().chain(more).collect()
}

fn renamed(entity: &Entity, name: &str) -> Vec<Amendment> {
    if entity.origin == Origin::Vocabulary {
        let old = entity.name.clone();
        vec![append_to(&old, "aliases", &old), Amendment::Set(old.clone(), "name", name.to_owned())]
    } else {
        vec![added(name, entity.kind, &[("aliases", &entity.name)])]
    }
}

/// Gives a form of `entity` to `target`. Where the site's own vocabulary has both, the form is taken from the one; where the
/// form is its very name, all its names go over and the entry is gone.
fn same_as(site: &Site, entity: &Entity, (surface, target): (&str, &Entity)) -> Vec<Amendment> {
    let mut amendments =
        if surface == target.name { known(target) } else { append(target, "aliases", surface) };
    let own = site.vocabulary.entries.iter().filter(|it| it.origin == Origin::Vocabulary);
    let Some(entry) = own.into_iter().find(|it| it.id == entity.id) else { return amendments };
    if entry.name == surface {
        let others = entry.aliases.iter().filter(|it| **it != target.name);
        amendments.extend(others.map(|it| append_to(&target.name, "aliases", it)));
        amendments.push(Amendment::Remove(entry.name.clone()));
    } else if has_alias(entry, surface) {
        let withdraw = Amendment::Withdraw(entry.name.clone(), "aliases", surface.to_owned());
        amendments.push(withdraw);
    }
    amendments
}

fn has_alias(entry: &Entry, surface: &str) -> bool {
    entry.aliases.iter().any(|it| it == surface)
}

fn added(name: &str, kind: Kind, more: &[(&'static str, &str)]) -> Amendment {
    let mut fields = vec![("name", name.to_owned()), ("kind", kind.name().to_owned())];
    for (key, value) in more {
        match fields.iter_mut().find(|it| it.0 == *key) {
            Some(field) => (*value).clone_into(&mut field.1),
            None => fields.push((key, (*value).to_owned())),
        }
    }
    Amendment::Add(fields)
}

/// Makes sure that the vocabulary has the entity.
fn known(entity: &Entity) -> Vec<Amendment> {
    match entity.origin {
        Origin::Vocabulary => Vec::new(),
        _ => vec![added(&entity.name, entity.kind, &[])],
    }
}

fn set(entity: &Entity, key: &'static str, value: &str) -> Vec<Amendment> {
    vec![match entity.origin {
        Origin::Vocabulary => Amendment::Set(entity.name.clone(), key, value.to_owned()),
        _ => added(&entity.name, entity.kind, &[(key, value)]),
    }]
}

fn append(entity: &Entity, key: &'static str, value: &str) -> Vec<Amendment> {
    vec![match entity.origin {
        Origin::Vocabulary => append_to(&entity.name, key, value),
        _ => added(&entity.name, entity.kind, &[(key, value)]),
    }]
}

fn append_to(name: &str, key: &'static str, value: &str) -> Amendment {
    Amendment::Append(name.to_owned(), key, value.to_owned())
}
