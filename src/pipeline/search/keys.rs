//! Names to keys: from what a reader types of a name to the entities, themes, issuers and kinds that it may mean.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::pipeline::search::names::{Value, id_beside_name};
use crate::pipeline::search::outlet::Outlet;
use crate::pipeline::search::terms::folded;
use crate::pipeline::write::WriteError;

/// How many bytes of keys a shard should have.
const SHARD: usize = 6 * 1024;
/// How many words of a name are looked at.
const WORDS: usize = 8;
/// Words that no key begins with.
const WEAK: [&str; 9] = ["a", "and", "at", "for", "in", "of", "on", "the", "to"];

/// A key of a value: whether it is a whole form of the name, the field (from 1), and the value's number in it.
type Key = (String, bool, usize, usize);

/// Hands over the keys of all values as shards of rows `[key, whole, field, number, documents, name, id]`. Gives the first key of each
/// shard, and their hashes.
///
/// A row repeats the name, so that completing one takes one request; that costs less than one byte in a hundred of the text.
pub(crate) fn keys(
    fields: &[Vec<Value>],
    outlet: &Outlet<'_>,
) -> Result<(Vec<String>, String), WriteError> {
    let mut keys: Vec<Key> = Vec::new();
    for (field, values) in fields.iter().enumerate() {
        for (number, value) in values.iter().enumerate() {
            keys.extend(
                keys_of(value).into_iter().map(|(key, whole)| (key, whole, field + 1, number)),
            );
        }
    }
    keys.sort_unstable();
    let rows: Vec<String> =
        keys.par_iter().with_min_len(1024).map(|key| row(key, &fields[key.2 - 1][key.3])).collect();
    let (mut shards, mut begun) = ((Vec::new(), String::new()), 0);
    for at in 1..=rows.len() {
        let size: usize = rows[begun..at].iter().map(String::len).sum();
        if at == rows.len() || size > SHARD {
            let name = format!("k{}", shards.0.len());
            let script = format!("seedbed(\"{name}\",[{}])", rows[begun..at].join(",\n"));
            shards.1 += &outlet.written(&name, script.into_bytes())?.hash;
            shards.0.push(keys[begun].0.clone());
            begun = at;
        }
    }
    Ok(shards)
}

/// The forms of a name from each of its words on, and whether that is from the first.
fn keys_of(value: &Value) -> BTreeMap<String, bool> {
    let mut keys = BTreeMap::new();
    for form in std::iter::once(&value.name).chain(&value.forms) {
        let form = folded(form);
        let words: Vec<&str> = form.split(' ').collect();
        for first in 0..words.len().min(WORDS) {
            if first == 0 || !WEAK.contains(&words[first]) {
                *keys.entry(words[first..].join(" ")).or_insert(false) |= first == 0;
            }
        }
    }
    keys.remove("");
    keys
}

fn row((key, whole, field, number): &Key, value: &Value) -> String {
    let id = id_beside_name(value).unwrap_or_default();
    serde_json::to_string(&(
        key,
        u8::from(*whole),
        field,
        number,
        value.told.count,
        &value.name,
        id,
    ))
    .expect("strings and numbers have JSON forms")
}
