//! A name, or words that are none yet, to what the panel of the preview shows: every place where it stands.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::pipeline::collate::Entity;
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
    /// In these phrases, it is not.
    Not { entity: String, phrases: Vec<String> },
    /// This form of it means another entity.
    SameAs { entity: String, surface: String, target: String },
    /// It is to have no page and no links.
    Hide { entity: String },
    /// It is of another kind.
    Kind { entity: String, kind: Kind },
    /// Its page has another name.
    Rename { entity: String, name: String },
    /// Unmarked text is a name, but for these phrases.
    New { surface: String, kind: Kind, not: Vec<String> },
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
        evidence: entity.evidence.to_vec(),
        occurrences: places.take(OCCURRENCES).collect(),
        total: entity.mentions,
    })
}

/// The entity `id`.
pub(super) fn entity<'s>(site: &'s Site, id: &str) -> Option<&'s Entity> {
    let at = site.collection.entities.binary_search_by(|it| it.id.as_str().cmp(id)).ok()?;
    site.collection.entities.get(at)
}

fn occurrence(site: &Site, document: usize, mention: usize) -> Occurrence {
    let mention = site.readings[document].annotations.mentions[mention];
    let span = mention.start as usize..mention.end as usize;
    Occurrence { rule: mention.rule.name(), ..at(site, document, span) }
}

/// A place of the text with the words around it.
fn at(site: &Site, document: usize, span: Range<usize>) -> Occurrence {
    let reading: &Reading = &site.readings[document];
    let text = &reading.document.text;
    let (start, end) = (span.start, span.end);
    let block = reading.document.blocks.partition_point(|it| (it.end as usize) < end);
    let block = reading.document.blocks.get(block);
    let (from, to) = block.map_or((start, end), |it| (it.start as usize, it.end as usize));
    let left = words_before(&text[from.min(start)..start]);
    let right = words_behind(&text[end..to.max(end)]);
    let slug = &site.collection.documents[document].slug;
    let paragraph = block
        .filter(|it| it.paragraph > 0)
        .map_or(String::new(), |it| format!("#p{}", it.paragraph));
    Occurrence {
        document: reading.description.title.value.clone(),
        href: format!("/documents/{slug}/{paragraph}"),
        left: left.to_owned(),
        surface: text[span].to_owned(),
        right: right.to_owned(),
        rule: "",
        phrase: phrase(left, &text[start..end], right),
    }
}

/// The last whole words of a text.
fn words_before(text: &str) -> &str {
    let from = text.ceil_char_boundary(text.len().saturating_sub(CONTEXT));
    let cut = text[from..].find(char::is_whitespace).filter(|_| from > 0).unwrap_or(0);
    text[from + cut..].trim_start()
}

/// The first whole words of a text.
fn words_behind(text: &str) -> &str {
    let to = text.floor_char_boundary(CONTEXT);
    let cut = text[..to].rfind(char::is_whitespace).filter(|_| to < text.len());
    text[..cut.unwrap_or(to)].trim_end()
}

/// Where words stand that are marked nowhere as a name.
#[derive(Debug, Serialize)]
pub(super) struct Unmarked {
    occurrences: Vec<Occurrence>,
    total: usize,
}

/// Every place where the words `surface` stand outside names.
pub(super) fn unmarked(site: &Site, surface: &str) -> Unmarked {
    let mut places = Vec::new();
    for (document, reading) in site.readings.iter().enumerate() {
        let taken = |span: &Range<usize>| {
            reading.annotations.mentions.iter().any(|it| {
                it.start as usize == span.start
                    && it.end as usize == span.end
                    && site.collection.documents[document].entities[usize::from(it.name)].is_some()
            })
        };
        let found = standing(&reading.document.text, surface).into_iter();
        places.extend(found.filter(|it| !taken(it)).map(|it| (document, it)));
    }
    let shown = places.iter().take(OCCURRENCES).map(|it| at(site, it.0, it.1.clone()));
    Unmarked { occurrences: shown.collect(), total: places.len() }
}

/// Where whole words stand in a text, whichever way its lines end.
fn standing(text: &str, words: &str) -> Vec<Range<usize>> {
    let Some(first) = words.split_whitespace().next() else { return Vec::new() };
    let inside = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
    let starts = text.match_indices(first).map(|it| it.0);
    let spans = starts.filter_map(|start| Some(start..start + length(&text[start..], words)?));
    spans
        .filter(|it| {
            !inside(text[..it.start].chars().next_back()) && !inside(text[it.end..].chars().next())
        })
        .collect()
}

/// How many bytes `words` take at the beginning of `text`, if they stand there.
fn length(text: &str, words: &str) -> Option<usize> {
    let mut rest = text;
    for (at, word) in words.split_whitespace().enumerate() {
        let trimmed = if at == 0 { rest } else { rest.trim_start() };
        if at > 0 && trimmed.len() == rest.len() {
            return None;
        }
        rest = trimmed.strip_prefix(word)?;
    }
    Some(text.len() - rest.len())
}

/// The name with the next word on each side that the sentence has, as the vocabulary takes it.
fn phrase(left: &str, surface: &str, right: &str) -> String {
    let stops = |it: &str| it.is_empty() || it.ends_with(['.', '!', '?', ';', ':', ',']);
    let joined = |it: &str| !it.is_empty() && !it.ends_with(char::is_whitespace);
    let before = left.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
    let before = if joined(left) || stops(before) { "" } else { before };
    let glued = right.starts_with(|it: char| !it.is_whitespace());
    let after = right.trim_start().split(char::is_whitespace).next().unwrap_or_default();
    let after = if glued { "" } else { after };
    let after = after.trim_end_matches(|it: char| !it.is_alphanumeric());
    let parts = [before, surface, after].map(|it| it.replace('\n', " "));
    parts.iter().filter(|it| !it.is_empty()).cloned().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_found_again_where_it_was_cut_out() {
        assert_eq!(phrase("They met at ", "Hill", " Street, in May"), "at Hill Street");
        assert_eq!(phrase("", "Hill", ". Then"), "Hill");
        assert_eq!(phrase("It ended. ", "Hill", " spoke."), "Hill spoke");
        assert_eq!(phrase("the “", "Hill\nEnd", "” in"), "Hill End");
        assert_eq!(phrase("the old\n", "Hill", "’s keeper"), "old Hill");
    }

    #[test]
    fn words_are_found_whole_and_across_lines() {
        let text = "Tide Mill, the Tide\nMills and a Tide\nMill.";
        assert_eq!(standing(text, "Tide Mill"), [0..9, 32..41]);
        assert!(standing(text, " ").is_empty());
    }
}
