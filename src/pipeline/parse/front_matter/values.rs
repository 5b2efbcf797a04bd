//! The value of a field to words, where people write it in more than one way.

use crate::yaml::{Node, Value};

/// Yes or no.
pub(super) fn answer(node: &Node) -> Option<bool> {
    match node.words()?.to_lowercase().as_str() {
        "true" | "yes" | "on" => Some(true),
        "false" | "no" | "off" => Some(false),
        _ => None,
    }
}

/// One phrase; also the only one of a list, and the `name` of a mapping.
pub(super) fn single(node: &Node) -> Option<String> {
    match &node.value {
        Value::List(items) if items.len() == 1 => single(&items[0]),
        Value::Map(fields) => {
            fields.iter().find(|it| it.name == "name").and_then(|it| single(&it.node))
        }
        _ => node.words().filter(|it| !it.is_empty()).map(str::to_owned),
    }
}

/// Several phrases, and the values that are none.
pub(super) fn list<'a>(node: &'a Node, name: &str) -> (Vec<String>, Vec<&'a Node>) {
    let items = match &node.value {
        Value::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let wrong = items.iter().filter(|it| single(it).is_none() && it.value != Value::Null).collect();
    let words = items.iter().filter_map(single);
    // Jekyll and Obsidian people write tags in one line; a name may have a comma of its own.
    let words = match (&node.value, name) {
        (Value::Text(_), "themes") => {
            words.flat_map(|it| it.split(',').map(tag).collect::<Vec<_>>()).collect()
        }
        (_, "themes") => words.map(|it| tag(&it)).collect(),
        _ => words.collect(),
    };
    (words, wrong)
}

/// A tag without Obsidian's `#`.
fn tag(word: &str) -> String {
    word.trim().trim_start_matches('#').to_owned()
}
