//! HTML that the author wrote to HTML that is safe to keep.

use crate::pipeline::parse::{Inline, Node};

/// An inline element that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum InlineHtml {
    /// Of Markdown.
    Markdown(Inline),
    /// Of HTML, by its name.
    Html(Box<str>),
    /// An element of Markdown of which only the text is kept.
    Nothing,
}

impl InlineHtml {
    /// What ends it.
    pub(super) fn close(self) -> Option<Node> {
        match self {
            InlineHtml::Markdown(element) => Some(Node::CloseInline(element)),
            InlineHtml::Html(name) => Some(Node::html(format!("</{name}>").into())),
            InlineHtml::Nothing => None,
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

/// Whether a link there does no more than lead there: `javascript:` and its like run something.
pub(super) fn is_safe(destination: &str) -> bool {
    let visible: String =
        destination.chars().filter(|it| !it.is_control() && !it.is_whitespace()).collect();
    let Some((scheme, _)) = visible.split_once(':') else { return true };
    let is_scheme = scheme.chars().all(|it| it.is_ascii_alphanumeric() || "+-.".contains(it));
    let known =
        ["http", "https", "mailto", "tel", "ftp", "doi", "urn", "geo", "news", "irc", "magnet"];
    !is_scheme || known.contains(&scheme.to_ascii_lowercase().as_str())
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
