//! HTML that the author wrote to HTML that is safe to keep.

use crate::pipeline::parse::{Inline, Node};

/// An inline element that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum InlineHtml {
    /// Of Markdown.
    Markdown(Inline),
    /// Of HTML, by its name.
    Html(Box<str>),
}

impl InlineHtml {
    /// What ends it.
    pub(super) fn close(self) -> Node {
        match self {
            InlineHtml::Markdown(element) => Node::CloseInline(element),
            InlineHtml::Html(name) => Node::Html(format!("</{name}>").into()),
        }
    }
}

/// A tag within a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// `<br>`
    Break,
    /// An element begins: its name and its clean tag.
    Open(Box<str>, Box<str>),
    /// The element of this name ends.
    Close(Box<str>),
    /// An element that has no content.
    Whole(Box<str>),
    /// Nothing that may be kept.
    Nothing,
}

/// A block of HTML without all that could harm a reader.
pub(super) fn clean_block(html: &str) -> String {
    ammonia::clean(html)
}

/// One tag without all that could harm a reader.
pub(super) fn inline(tag: &str) -> Piece {
    let name = name(tag);
    if tag.starts_with("</") {
        return Piece::Close(name);
    }
    if &*name == "br" {
        return Piece::Break;
    }
    let clean = ammonia::clean(tag);
    match clean.strip_suffix(&format!("</{name}>")) {
        // What the cleaner added to the tag is not ours to open: a cell becomes a whole table.
        Some(open) if open.starts_with(&format!("<{name}")) => Piece::Open(name, open.into()),
        _ if clean.starts_with("<img") || clean.starts_with("<wbr") => Piece::Whole(clean.into()),
        _ => Piece::Nothing,
    }
}

fn name(tag: &str) -> Box<str> {
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.find(|it: char| !it.is_ascii_alphanumeric()).unwrap_or(name.len());
    name[..end].to_ascii_lowercase().into()
}
