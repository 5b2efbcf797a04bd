//! An entry, or a value in a list of one, to the patch that takes it out of the text.

use crate::commands::amend::tree::{Layout, Node, Shape};
use crate::commands::amend::{Patch, line_start};

/// Takes an entry out, with its lines; comments above it stay.
pub(super) fn entry(text: &str, root: &Node, entry: &Node) -> Option<Patch> {
    let alone =
        root.entries().iter().filter(|it| it.span.start >= line_start(text, entry.span.start));
    let alone = alone.filter(|it| it.span.start < line_end(text, entry.end())).count() == 1;
    alone.then(|| lines(text, entry.span.start, entry.end()))
}

/// Takes a value out of the list `key`, and the key with it where it has no other.
pub(super) fn value(text: &str, entry: &Node, key: &str, value: &str) -> Option<Patch> {
    let (name, list) = (entry.key(key)?, entry.get(key)?);
    let is_value = |it: &Node| it.shape == Shape::Scalar(value.to_owned());
    let (layout, items) = match &list.shape {
        Shape::List(layout, items) => (*layout, items.as_slice()),
        Shape::Scalar(_) if is_value(list) => return whole_key(text, entry, name, list),
        _ => return None,
    };
    let at = items.iter().position(is_value)?;
    let item = &items[at];
    match layout {
        _ if items.len() == 1 => whole_key(text, entry, name, list),
        Layout::Block => Some(lines(text, item.span.start, item.end())),
        Layout::Flow if at == 0 => Some(cut(item.span.start, items[1].span.start)),
        Layout::Flow => Some(cut(items[at - 1].span.end, item.span.end)),
    }
}

/// Takes a key with its value out.
fn whole_key(text: &str, entry: &Node, key: &Node, value: &Node) -> Option<Patch> {
    let Shape::Map(layout, pairs) = &entry.shape else { return None };
    let at = pairs.iter().position(|it| it.0.span == key.span)?;
    // The name stands first; nobody takes that out.
    let before = &pairs.get(at.checked_sub(1)?)?.1;
    Some(match layout {
        Layout::Block => lines(text, key.span.start, value.end()),
        Layout::Flow => cut(before.end(), value.end()),
    })
}

/// All of the lines that something stands on.
fn lines(text: &str, start: usize, end: usize) -> Patch {
    let end = text[..end].trim_end().len();
    cut(line_start(text, start), line_end(text, end))
}

/// Behind the end of the line that `at` is on.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |it| at + it + 1)
}

fn cut(start: usize, end: usize) -> Patch {
    Patch { start, end, text: String::new() }
}
