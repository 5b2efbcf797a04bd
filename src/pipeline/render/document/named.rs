//! Who and what a document names, by kind.

use rustc_hash::FxHashMap;

use super::NamedGroup;
use crate::pipeline::collate::{DocumentIndex, EntityIndex};
use crate::pipeline::render::html::Html;
use crate::pipeline::render::standpoint::Standpoint;
use crate::vocabulary::Kind;

/// How much of a description a preview shows, in bytes.
const PREVIEW: usize = 140;

pub(super) fn groups(
    from: &Standpoint<'_>,
    document: DocumentIndex,
    first: &FxHashMap<EntityIndex, String>,
) -> Vec<NamedGroup> {
    let named = &from.edition.entry(document).named;
    let mut lists: FxHashMap<Kind, Html> = FxHashMap::default();
    for (entity, count) in named.iter() {
        let kind = from.edition.name(*entity).kind;
        item(lists.entry(kind).or_default(), from, (*entity, *count), first.get(entity));
    }
    let group = |kind: Kind| {
        let items = lists.remove(&kind)?;
        let title = from.words().get(kind.folder()).to_owned();
        Some(NamedGroup { kind: kind.name().to_owned(), title, items })
    };
    Kind::ALL.into_iter().filter_map(group).collect()
}

/// One name: a link, the number of mentions, which leads to the first of them, and a line for previews.
fn item(
    html: &mut Html,
    from: &Standpoint<'_>,
    (entity, count): (EntityIndex, u32),
    first: Option<&String>,
) {
    let (it, words) = (from.edition.name(entity), from.words());
    let figures = from.edition.figures(entity);
    html.raw("<li").attribute("id", &["e-", it.id].concat()).raw(">");
    html.link(&from.to_entity(entity), it.name).raw(" ");
    if count > 0 {
        match first {
            Some(place) => html.raw("<a class=\"n\" href=\"#").text(place).raw("\">"),
            None => html.raw("<span class=\"n\">"),
        };
        html.number(count).raw("×");
        html.raw(if first.is_some() { "</a>" } else { "</span>" });
    }
    html.raw("<span class=\"d\">");
    if figures.description.is_empty() {
        html.text(words.get(it.kind.name()));
    } else {
        html.text(shorten(figures.description));
    }
    html.raw(", ").text(
        &words.fill("in_documents", &[("documents", &words.count("documents", figures.documents))]),
    );
    html.raw("</span></li>\n");
}

/// As many whole words as a preview has room for.
fn shorten(text: &str) -> &str {
    let text = text.split_once(". ").map_or(text, |it| it.0).trim_end_matches('.');
    if text.len() <= PREVIEW {
        return text;
    }
    let end = (0..=PREVIEW).rev().find(|it| text.is_char_boundary(*it)).unwrap_or(0);
    text[..end].rsplit_once(' ').map_or(&text[..end], |it| it.0)
}

#[cfg(test)]
mod tests {
    use super::shorten;

    #[test]
    fn a_preview_ends_with_a_word() {
        assert_eq!(shorten("A river. It is long."), "A river");
        let long = "abcde ".repeat(40);
        assert!(shorten(&long).len() <= 140 && shorten(&long).ends_with("abcde"));
    }
}
