//! Passages to lists: where two or more follow one another with a bullet, or are numbered on.

use std::ops::Range;

use super::lines::{Marker, marker};
use super::{Passage, Role};
use crate::pipeline::parse::{BlockKind, BlockTag, Body, Container, Node};

/// A list, and the text of each item without its bullet or number.
#[derive(Debug)]
pub(super) struct List {
    container: Container,
    pub(super) items: Vec<Range<usize>>,
}

/// The list that `passages` begin with, if it has two items or more.
pub(super) fn list(text: &str, passages: &[Passage]) -> Option<List> {
    let (kind, _) = item(text, passages.first()?)?;
    let expected = |index: usize| match kind {
        Marker::Bullet => Marker::Bullet,
        Marker::Number(first) => Marker::Number(first + index as u64),
    };
    let items: Vec<_> = passages
        .iter()
        .enumerate()
        .map_while(|(index, it)| item(text, it).filter(|found| found.0 == expected(index)))
        .map(|(_, range)| range)
        .collect();
    let container = match kind {
        Marker::Bullet => Container::List,
        Marker::Number(first) => Container::Numbered(first),
    };
    (items.len() > 1).then_some(List { container, items })
}

fn item(text: &str, passage: &Passage) -> Option<(Marker, Range<usize>)> {
    let (kind, length) =
        marker(&text[passage.range.clone()]).filter(|_| passage.role == Role::Text)?;
    Some((kind, passage.range.start + length..passage.range.end))
}

/// Adds the list to the body.
pub(super) fn push(body: &mut Body, list: &List) {
    body.nodes.push(Node::Open(list.container.clone()));
    for item in &list.items {
        body.nodes.push(Node::Open(Container::Item));
        body.push_block(BlockKind::Paragraph, BlockTag::ItemText, item);
        body.nodes.push(Node::Close(Container::Item));
    }
    body.nodes.push(Node::Close(list.container.clone()));
}
