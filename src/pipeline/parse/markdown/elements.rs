//! Tags of Markdown to the elements that a page has for them.

use pulldown_cmark::{BlockQuoteKind, Tag};

use crate::pipeline::parse::{Alert, Container, Inline};

/// The element that holds other blocks, if `tag` is one.
pub(super) fn container(tag: &Tag<'_>) -> Option<Container> {
    Some(match tag {
        Tag::BlockQuote(kind) => Container::Quote(kind.map(alert)),
        Tag::List(None) => Container::List,
        Tag::List(Some(first)) => Container::Numbered(*first),
        Tag::Item => Container::Item,
        Tag::Table(_) => Container::Table,
        Tag::TableHead => Container::TableHead,
        Tag::TableRow => Container::TableRow,
        Tag::DefinitionList => Container::Definitions,
        _ => return None,
    })
}

fn alert(kind: BlockQuoteKind) -> Alert {
    match kind {
        BlockQuoteKind::Note => Alert::Note,
        BlockQuoteKind::Tip => Alert::Tip,
        BlockQuoteKind::Important => Alert::Important,
        BlockQuoteKind::Warning => Alert::Warning,
        BlockQuoteKind::Caution => Alert::Caution,
    }
}

/// The element that encloses running text, if `tag` is one.
pub(super) fn inline(tag: &Tag<'_>) -> Option<Inline> {
    Some(match tag {
        Tag::Emphasis => Inline::Emphasis,
        Tag::Strong => Inline::Strong,
        Tag::Strikethrough => Inline::Strikethrough,
        Tag::Superscript => Inline::Superscript,
        Tag::Subscript => Inline::Subscript,
        _ => return None,
    })
}
