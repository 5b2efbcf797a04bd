//! An entity's mentions by document, newest first.

use super::ContextGroup;
use crate::pipeline::collate::{DocumentIndex, EntityIndex};
use crate::pipeline::render::concordance;
use crate::pipeline::render::edition::contexts::{Contexts, NamedIn, sum};
use crate::pipeline::render::edition::year_id;
use crate::pipeline::render::html::Html;
use crate::pipeline::render::standpoint::{NameLink, Standpoint};

/// How many lines of a document are shown where the rest is folded.
const SHOWN: usize = 3;

/// What becomes of lines beyond the first three.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Surplus {
    /// They are shown.
    Shown,
    /// They are folded.
    Folded,
    /// They are left to another page.
    Elsewhere,
}

/// Each year's page or place, with the number of mentions.
pub(crate) fn years(
    from: &Standpoint<'_>,
    entity: EntityIndex,
    contexts: &Contexts,
) -> Vec<NameLink> {
    let link = |(year, start, count): &(Option<i16>, usize, usize)| {
        let mentions = sum(&contexts.items[*start..start + count]);
        NameLink {
            name: year.map_or_else(|| from.words().get("undated").to_owned(), |it| it.to_string()),
            href: from.to_place(&from.edition.entity_year(entity, *year)),
            count: from.words().count("mentions", mentions),
            ..NameLink::default()
        }
    };
    contexts.years.iter().map(link).collect()
}

/// "8 mentions", "4 mentions and 4 by office, people or longer name".
fn how_many(from: &Standpoint<'_>, context: &NamedIn) -> String {
    let words = from.words();
    let counted = context.counted as usize;
    let rest = context.mentions as usize - counted;
    let apart = words.count("counted_apart", rest);
    match (counted, rest) {
        (_, 0) => words.count("mentions", counted),
        (0, _) => apart,
        _ => words.fill("and", &[("a", &words.count("mentions", counted)), ("b", &apart)]),
    }
}

pub(super) fn groups(
    from: &Standpoint<'_>,
    (entity, contexts): (EntityIndex, &[NamedIn]),
    surplus: Surplus,
) -> Vec<ContextGroup> {
    let mut last = None;
    let group = |context: &NamedIn| {
        let year = from.edition.year(context.document);
        let first = last.replace(year) != Some(year);
        let mut group = group(from, (entity, context), surplus);
        if first {
            group.id = ["y", &year_id(year)].concat();
        }
        group
    };
    contexts.iter().map(group).collect()
}

fn group(
    from: &Standpoint<'_>,
    (entity, context): (EntityIndex, &NamedIn),
    surplus: Surplus,
) -> ContextGroup {
    let document = context.document;
    let mentions = from.edition.mentions(entity, context);
    let shown = if surplus == Surplus::Shown || mentions.len() <= SHOWN + 1 {
        mentions.len()
    } else {
        SHOWN
    };
    let (first, rest) = mentions.split_at(shown);
    let item = from.item(document);
    let words = from.words();
    ContextGroup {
        id: String::new(),
        title: item.title,
        href: item.href,
        date: item.date,
        issuer: item.issuer,
        count: how_many(from, context),
        lines: lines(from, document, first),
        folded: if surplus == Surplus::Folded {
            lines(from, document, rest)
        } else {
            Html::default()
        },
        folded_note: if rest.is_empty() {
            String::new()
        } else {
            words.count("more_mentions", rest.len())
        },
    }
}

fn lines(from: &Standpoint<'_>, document: DocumentIndex, mentions: &[u16]) -> Html {
    let mut html = Html::with_room(mentions.len() * concordance::LINE);
    for mention in mentions {
        concordance::line(&mut html, from, document, *mention);
    }
    html
}
