//! Names to keys: from what a reader types of a name to the entities, themes, issuers and kinds that it may mean.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::pipeline::search::coder::{Coder, Numbers, Symbols};
use crate::pipeline::search::expected::Letters;
use crate::pipeline::search::names::{Value, id_beside_name};
use crate::pipeline::search::outlet::{Material, Outlet};
use crate::pipeline::search::terms::folded;
use crate::pipeline::write::WriteError;

/// How many bytes of keys and names a shard should have.
const SHARD: usize = 16 * 1024;
/// How many words of a name are looked at.
const WORDS: usize = 8;
/// Words that no key begins with.
const WEAK: [&str; 9] = ["a", "and", "at", "for", "in", "of", "on", "the", "to"];

/// A key of a value.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    text: String,
    /// Whether it is a whole form of the name.
    is_whole: bool,
    /// The field, and the value's number in it.
    value: (usize, usize),
}

/// Hands over the keys of all values as shards. Gives the first key of each shard, and their hashes.
///
/// A row repeats the name, so that completing one takes one request; what of a name stands in its key costs next to nothing.
pub(crate) fn keys(
    fields: &[Vec<Value>],
    outlet: &Outlet<'_>,
) -> Result<(Vec<String>, String), WriteError> {
    let mut keys: Vec<Key> = Vec::new();
    for (field, values) in fields.iter().enumerate() {
        for (number, value) in values.iter().enumerate() {
            let key = |(text, is_whole)| Key { text, is_whole, value: (field, number) };
            keys.extend(keys_of(value).into_iter().map(key));
        }
    }
    keys.par_sort_unstable();
    let rows: Vec<Row<'_>> =
        keys.par_iter().map(|it| row(it, &fields[it.value.0][it.value.1])).collect();
    let shards = cut(&rows).into_par_iter().enumerate().map(|(number, rows)| {
        let handed = outlet.coded(&format!("k{number}"), || material(rows), || written(rows))?;
        Ok((rows[0].key.text.clone(), handed.hash))
    });
    let shards: Vec<(String, String)> = shards.collect::<Result<_, WriteError>>()?;
    Ok(shards.into_iter().unzip())
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

/// What a shard says of a key.
struct Row<'a> {
    key: &'a Key,
    /// How many documents the value has.
    count: u32,
    /// The name, and what is to be told of the id.
    name: String,
    /// How many bytes of the name stand before the key's.
    before: usize,
}

fn row<'a>(key: &'a Key, value: &Value) -> Row<'a> {
    let (id, ends) = (id_beside_name(value), folded(&value.name).ends_with(&key.text));
    let shared = if ends { key.text.len() } else { 0 };
    let before = value.name.len().saturating_sub(shared);
    let name = if id.is_empty() { value.name.clone() } else { format!("{}\t{id}", value.name) };
    Row { key, count: value.told.count, name, before }
}

/// Rows one behind the other in shards.
fn cut<'a, 'r>(rows: &'r [Row<'a>]) -> Vec<&'r [Row<'a>]> {
    let (mut shards, mut begun, mut size) = (Vec::new(), 0, 0);
    for (at, row) in rows.iter().enumerate() {
        size += row.key.text.len() + row.name.len();
        if size > SHARD || at + 1 == rows.len() {
            shards.push(&rows[begun..=at]);
            (begun, size) = (at + 1, 0);
        }
    }
    shards
}

fn material(rows: &[Row<'_>]) -> Material {
    let mut material = Material::default();
    for row in rows {
        let numbers = [kind(row.key), row.key.value.1 as u32, row.count];
        numbers.into_iter().for_each(|it| material.number(it));
        for text in [&row.key.text, &row.name] {
            material.text(text);
        }
    }
    material
}

/// The field of a key and whether it is whole.
fn kind(key: &Key) -> u32 {
    key.value.0 as u32 | u32::from(key.is_whole) << 3
}

/// Rows as the client reads them: what a key shares with the one before, the rest of it, and of the value all but what follows.
fn written(rows: &[Row<'_>]) -> Coder {
    let mut coder = Coder::new();
    let mut numbers = [const { Numbers::NEW }; 4];
    let (mut kinds, mut letters, mut before) = (Symbols::<16>::NEW, Letters::new(), "");
    coder.number(&mut numbers[0], rows.len() as u32);
    for row in rows {
        let key = row.key.text.as_str();
        let shared = key.bytes().zip(before.bytes()).take_while(|(a, b)| a == b).count();
        coder.number(&mut numbers[0], shared as u32);
        letters.write(&mut coder, &key.as_bytes()[shared..]);
        coder.symbol(&mut kinds, kind(row.key));
        let told = [row.key.value.1 as u32, row.count - 1, row.before as u32];
        numbers[1..].iter_mut().zip(told).for_each(|(expected, it)| coder.number(expected, it));
        letters.write_beside(&mut coder, row.name.as_bytes(), (key.as_bytes(), row.before));
        before = key;
    }
    coder
}
