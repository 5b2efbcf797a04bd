//! An answer about a marked name to the amendments of the vocabulary that make it so.

use serde::{Deserialize, Serialize};

use crate::commands::amend::Amendment;
use crate::pipeline::collate::{Entity, EntityIndex};
use crate::pipeline::{Reading, Site};
use crate::vocabulary::{Kind, Origin};

/// How many places of a name are shown.
const OCCURRENCES: usize = 500;
/// How much is shown around each, in bytes at most.
const CONTEXT: usize = 60;

/// What the maintainer says of a name.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "answer", rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum Said {
    /// It is what it is tagged as.
    Right { entity: String },
    /// In this phrase, it is not.
    Not { entity: String, phrase: String },
    /// This form means another entity.
    SameAs { surface: String, target: String },
    /// It is to have no page and no links.
    Hide { entity: String },
    /// It is of another kind.
    Kind { entity: String, kind: Kind },
    /// Its page has another name.
    Rename { entity: String, name: String },
    /// Unmarked text is a name.
    New { surface: String, kind: Kind },
}

/// A name as the panel shows it.
#[derive(Debug, Serialize)]
pub(super) struct Reviewed {
    id: String,
    name: String,
    kind: Kind,
    origin: Origin,
    evidence: Vec<String>,
    occurrences: Vec<Occurrence>,
    total: u32,
}

/// A place where a name stands.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Occurrence {
    document: String,
    href: String,
    left: String,
    surface: String,
    right: String,
    rule: &'static str,
    /// The name with the word on either side: what `not` takes.
    phrase: String,
}

/// Everything about the entity `id`.
pub(super) fn reviewed(site: &Site, id: &str) -> Option<Reviewed> {
    let entity = entity(site, id)?;
    let places = entity.places.iter().flat_map(|(document, mentions)| {
        let at = document.0 as usize;
        mentions.iter().map(move |mention| occurrence(site, at, usize::from(*mention)))
    });
    Some(Reviewed {
        id: entity.id.clone(),
        name: entity.name.clone(),
        kind: entity.kind,
        origin: entity.origin,
        evidence: entity.evidence.clone(),
        occurrences: places.take(OCCURRENCES).collect(),
        total: entity.mentions,
    })
}

fn entity<'s>(site: &'s Site, id: &str) -> Option<&'s Entity> {
    let at = site.collection.entities.binary_search_by(|it| it.id.as_str().cmp(id)).ok()?;
    site.collection.entities.get(EntityIndex(at as u32).0 as usize)
}

fn occurrence(site: &Site, document: usize, mention: usize) -> Occurrence {
    let reading: &Reading = &site.readings[document];
    let text = &reading.document.text;
    let mention = reading.annotations.mentions[mention];
    let (start, end) = (mention.start as usize, mention.end as usize);
    let block = reading.document.blocks.partition_point(|it| it.end < mention.end);
    let block = reading.document.blocks.get(block);
    let (from, to) = block.map_or((start, end), |it| (it.start as usize, it.end as usize));
    let left = &text[text.ceil_char_boundary(start.saturating_sub(CONTEXT).max(from))..start];
    let right = &text[end..text.floor_char_boundary((end + CONTEXT).min(to).max(end))];
    let slug = &site.collection.documents[document].slug;
    let paragraph = block
        .filter(|it| it.paragraph > 0)
        .map_or(String::new(), |it| format!("#p{}", it.paragraph));
    Occurrence {
        document: reading.description.title.value.clone(),
        href: format!("/documents/{slug}/{paragraph}"),
        left: left.to_owned(),
        surface: text[start..end].to_owned(),
        right: right.to_owned(),
        rule: mention.rule.name(),
        phrase: phrase(left, &text[start..end], right),
    }
}

/// The name with the next word on each side that the sentence has.
fn phrase(left: &str, surface: &str, right: &str) -> String {
    let stops = |it: &str| it.is_empty() || it.ends_with(['.', '!', '?', ';', ':']);
    let before =
        left.trim_end().rsplit(char::is_whitespace).next().filter(|it| !stops(it)).unwrap_or("");
    let glued = right.starts_with(|it: char| !it.is_whitespace());
    let after =
        if glued { "" } else { right.trim_start().split(char::is_whitespace).next().unwrap_or("") };
    let after = after.trim_matches(|it: char| !it.is_alphanumeric());
    [before, surface, after].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The amendments, in the order in which they must be made; nothing where nothing is to be written, or no such entity is.
pub(super) fn amendments(site: &Site, said: &Said) -> Option<Vec<Amendment>> {
    Some(match said {
        Said::New { surface, kind } => vec![added(surface, *kind, &[])],
        Said::Right { entity } => known(self::entity(site, entity)?, &[]),
        Said::Hide { entity } => set(self::entity(site, entity)?, "hidden", "true"),
        Said::Kind { entity, kind } => set(self::entity(site, entity)?, "kind", kind.name()),
        Said::Not { entity, phrase } => append(self::entity(site, entity)?, "not", phrase),
        Said::SameAs { surface, target } => append(self::entity(site, target)?, "aliases", surface),
        Said::Rename { entity, name } => {
            let entity = self::entity(site, entity)?;
            if entity.origin == Origin::Vocabulary {
                let old = entity.name.clone();
                vec![
                    Amendment::Append(old.clone(), "aliases", old),
                    Amendment::Set(entity.name.clone(), "name", name.clone()),
                ]
            } else {
                vec![added(name, entity.kind, &[("aliases", &entity.name)])]
            }
        }
    })
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

/// Makes sure that the vocabulary has the entity, with these fields if it is new there.
fn known(entity: &Entity, more: &[(&'static str, &str)]) -> Vec<Amendment> {
    if entity.origin == Origin::Vocabulary {
        Vec::new()
    } else {
        vec![added(&entity.name, entity.kind, more)]
    }
}

fn set(entity: &Entity, key: &'static str, value: &str) -> Vec<Amendment> {
    match entity.origin {
        Origin::Vocabulary => vec![Amendment::Set(entity.name.clone(), key, value.to_owned())],
        _ => known(entity, &[(key, value)]),
    }
}

fn append(entity: &Entity, key: &'static str, value: &str) -> Vec<Amendment> {
    match entity.origin {
        Origin::Vocabulary => vec![Amendment::Append(entity.name.clone(), key, value.to_owned())],
        _ => known(entity, &[(key, value)]),
    }
}
