//! Site to findings about its entities: those named once, and what its own vocabulary says to no purpose.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::Diagnostic;
use crate::pipeline::Site;
use crate::pipeline::collate::Entity;
use crate::pipeline::inspect::{HandWritten, about};
use crate::policy::Rule;
use crate::vocabulary::{Entry, Origin};

/// Entities found by rule which have a page for a single mention.
pub(super) fn single_mentions(site: &Site) -> impl Iterator<Item = Diagnostic> {
    let found = site
        .collection
        .entities
        .iter()
        .filter(|it| it.origin == Origin::Discovered && it.mentions == 1);
    found.filter_map(|entity| {
        let (document, places) = entity.places.iter().next()?;
        let reading = &site.readings[document.0 as usize];
        let mention = reading.annotations.mentions.get(usize::from(*places.first()?))?;
        let message =
            format!("{} \"{}\" is named here and nowhere else", entity.kind.name(), entity.name);
        Some(about(
            reading,
            Rule::SingleMention,
            mention.start as usize..mention.end as usize,
            message,
        ))
    })
}

/// Names and aliases of the site's own vocabulary that stand in no document.
pub(super) fn unused(site: &Site, (file, text): HandWritten<'_>) -> Vec<Diagnostic> {
    let entities: FxHashMap<&str, &Entity> =
        site.collection.entities.iter().map(|it| (it.id.as_str(), it)).collect();
    let own =
        site.vocabulary.entries.iter().filter(|it| it.origin == Origin::Vocabulary && !it.hidden);
    let mut from = 0;
    own.flat_map(|entry| {
        // Entries stand in the order of the file.
        let place = Place { text, from: find(text, from, &entry.name).map_or(from, |it| it.start) };
        from = place.from;
        unused_of(entry, entities.get(entry.id.as_str()).copied())
            .into_iter()
            .map(|(name, message)| {
                Diagnostic::new(Rule::UnusedAlias, file, place.of(name), message)
            })
            .collect::<Vec<_>>()
    })
    .collect()
}

/// The names of an entry that occur nowhere, with what to say of each.
fn unused_of<'e>(entry: &'e Entry, entity: Option<&Entity>) -> Vec<(&'e str, String)> {
    let Some(entity) = entity else {
        return vec![(&entry.name, format!("no document names \"{}\"", entry.name))];
    };
    let forms: FxHashSet<String> = entity.forms.iter().map(|it| plain(&it.0)).collect();
    let unused = entry.aliases.iter().filter(|it| !forms.contains(&plain(it)));
    unused
        .map(|it| (it.as_str(), format!("no document calls \"{}\" \"{it}\"", entry.name)))
        .collect()
}

/// A form without what the tagger makes no difference by.
fn plain(form: &str) -> String {
    let form =
        form.to_lowercase().replace(['-', '\u{2010}', '\u{2011}', '\u{a0}'], " ").replace('’', "'");
    let form = form.strip_prefix("the ").unwrap_or(&form).trim_end_matches("'s");
    form.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace("organis", "organiz")
        .replace("centre", "center")
}

/// Names that two entries of the site's own vocabulary claim.
pub(super) fn ambiguous(site: &Site, (file, text): HandWritten<'_>) -> Vec<Diagnostic> {
    let mut owners: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for entry in site.vocabulary.entries.iter().filter(|it| it.origin == Origin::Vocabulary) {
        for name in std::iter::once(&entry.name).chain(&entry.aliases) {
            let owners = owners.entry(name).or_default();
            if owners.last().is_none_or(|it| it.id != entry.id) {
                owners.push(entry);
            }
        }
    }
    let shared = owners.iter().filter(|it| it.1.len() > 1);
    shared
        .map(|(name, owners)| {
            let second = find(text, 0, &owners[1].name).map_or(0, |it| it.start);
            let names: Vec<_> = owners.iter().map(|it| format!("\"{}\"", it.name)).collect();
            let message = format!(
                "\"{name}\" is a name of {}, so that it is held back",
                names.join(" and of ")
            );
            Diagnostic::new(
                Rule::AmbiguousAlias,
                file,
                Place { text, from: second }.of(name),
                message,
            )
        })
        .collect()
}

/// Where an entry begins in the file.
#[derive(Clone, Copy)]
struct Place<'a> {
    text: &'a str,
    from: usize,
}

impl Place<'_> {
    /// The bytes of a name of the entry; the whole file where it is written in a way that hides it.
    fn of(self, name: &str) -> Range<usize> {
        find(self.text, self.from, name).unwrap_or(0..0)
    }
}

/// Where a name stands by itself in the file, outside comments.
fn find(text: &str, from: usize, name: &str) -> Option<Range<usize>> {
    let inside = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
    text[from..].match_indices(name).map(|it| from + it.0..from + it.0 + name.len()).find(|it| {
        let line = text[..it.start].rfind('\n').map_or(0, |at| at + 1);
        !text[line..it.start].contains(" #")
            && !text[line..].starts_with('#')
            && !inside(text[..it.start].chars().next_back())
            && !inside(text[it.end..].chars().next())
    })
}
