//! Records to files in parts: one record a line, some hundred documents at a time, so that no dataset stands in memory whole.
//!
//! Where it is known what a record is made from, parts end behind records that chance to have a certain hash. So a record more or less
//! changes one part, and all others can be taken from the file that the last build left.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use crate::memo::ledger::{self, Key, Piece};
use crate::pipeline::export::csv::Table;

/// How many records are made before they are handed on, about.
const RECORDS: usize = 256;

/// A file to be.
pub(crate) struct Dataset<'a> {
    pub(crate) path: String,
    pub(crate) pieces: Pieces<'a>,
}

type Pieces<'a> = Box<dyn Iterator<Item = Piece<'a>> + Send + 'a>;

/// The records of a dataset: what each is about, with a hash of all that it is made from, if that is known.
pub(crate) type Items<T> = Vec<(T, Option<Key>)>;

/// Things that nobody knows what their records are made from.
pub(crate) fn unkeyed<T>(items: impl IntoIterator<Item = T>) -> Items<T> {
    items.into_iter().map(|it| (it, None)).collect()
}

impl<'a> Dataset<'a> {
    /// A small file, made when it is asked for.
    pub(crate) fn whole(
        path: impl Into<String>,
        bytes: impl FnOnce() -> Vec<u8> + Send + 'a,
    ) -> Self {
        Dataset { path: path.into(), pieces: Box::new(std::iter::once(piece(bytes))) }
    }

    /// A JSON array with a line for each of `items`.
    pub(crate) fn json<T: Sync + Send + 'a, R: Serialize>(
        path: &str,
        items: Items<T>,
        record: impl Fn(&T) -> R + Sync + Send + 'a,
    ) -> Self {
        Dataset::array(path, items, move |item, lines| lines.add(&record(item)))
    }

    /// A JSON array with a line for each of `items`, so long that each is a part.
    pub(crate) fn long_json<T: Sync + Send + 'a, R: Serialize>(
        path: &str,
        items: Items<T>,
        record: impl Fn(&T) -> R + Sync + Send + 'a,
    ) -> Self {
        Dataset::lines(path, (items, 1), move |item, lines| lines.add(&record(item)))
    }

    /// A JSON array with one line or more for each of `items`.
    pub(crate) fn array<T: Sync + Send + 'a>(
        path: &str,
        items: Items<T>,
        write: impl Fn(&T, &mut Lines<'_>) + Sync + Send + 'a,
    ) -> Self {
        Dataset::lines(path, (items, RECORDS), write)
    }

    fn lines<T: Sync + Send + 'a>(
        path: &str,
        (items, records): (Items<T>, usize),
        write: impl Fn(&T, &mut Lines<'_>) + Sync + Send + 'a,
    ) -> Self {
        let end = if items.is_empty() { "]\n" } else { "\n]\n" };
        let lines = pieces((items, records), move |at, item, bytes| {
            write(item, &mut Lines { bytes, is_first: at == 0 });
        });
        let once = |it: &'static str| std::iter::once(piece(|| it.as_bytes().to_vec()));
        let pieces = once("[").chain(lines).chain(once(end));
        Dataset { path: path.to_owned(), pieces: Box::new(pieces) }
    }

    /// A table with the rows of each of `items`.
    pub(crate) fn csv<T: Sync + Send + 'a>(
        path: &str,
        columns: &'static [&'static str],
        items: Items<T>,
        rows: impl Fn(&T, &mut Table) + Sync + Send + 'a,
    ) -> Self {
        let rows = pieces((items, RECORDS), move |_, item, bytes| {
            let mut table = Table::part(std::mem::take(bytes));
            rows(item, &mut table);
            *bytes = table.bytes();
        });
        let header = std::iter::once(piece(|| Table::new(columns).bytes()));
        Dataset { path: path.to_owned(), pieces: Box::new(header.chain(rows)) }
    }
}

/// Records of a JSON array, one a line.
pub(crate) struct Lines<'a> {
    bytes: &'a mut Vec<u8>,
    is_first: bool,
}

impl Lines<'_> {
    /// Adds a record.
    pub(crate) fn add(&mut self, record: &impl Serialize) {
        let first = std::mem::take(&mut self.is_first);
        self.bytes.extend_from_slice(if first { b"\n" } else { b",\n" });
        serde_json::to_writer(&mut *self.bytes, record).expect("a record has string keys only");
    }
}

fn piece<'a>(make: impl FnOnce() -> Vec<u8> + Send + 'a) -> Piece<'a> {
    Piece { key: None, make: Box::new(make) }
}

/// What `write` makes of each of `items`, about so many to a part.
fn pieces<'a, T: Sync + Send + 'a>(
    (items, records): (Items<T>, usize),
    write: impl Fn(usize, &T, &mut Vec<u8>) + Sync + Send + 'a,
) -> impl Iterator<Item = Piece<'a>> + Send + 'a {
    let parts = parts(&items, records);
    let shared = Arc::new((items, write));
    parts.into_iter().map(move |part| {
        let key = key(&shared.0, &part);
        let shared = Arc::clone(&shared);
        let make = move || {
            let (items, write) = &*shared;
            let written = |mut bytes: Vec<u8>, at: usize| {
                write(at, &items[at].0, &mut bytes);
                bytes
            };
            let pieces: Vec<_> =
                part.into_par_iter().with_min_len(16).fold(Vec::new, written).collect();
            pieces.concat()
        };
        Piece { key, make: Box::new(make) }
    })
}

/// Where parts begin and end.
fn parts<T>(items: &Items<T>, records: usize) -> Vec<Range<usize>> {
    let (mut parts, mut begun) = (Vec::new(), 0);
    for (at, (_, key)) in (1..).zip(items) {
        let chance = key.is_some_and(|it| usize::from(it[0]) < 256 / records);
        let is_long = at - begun == if key.is_some() { 4 * records } else { records };
        if chance || is_long || at == items.len() {
            parts.push(begun..at);
            begun = at;
        }
    }
    parts
}

/// A hash of all that a part is made from: its records, and whether one comes before them.
fn key<T>(items: &Items<T>, part: &Range<usize>) -> Option<Key> {
    let mut all = vec![u8::from(part.start == 0)];
    for (_, key) in &items[part.clone()] {
        all.extend((*key)?);
    }
    Some(ledger::key(&all))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(numbers: impl Iterator<Item = u32>) -> Items<u32> {
        let key = |it: u32| ledger::key(&it.to_le_bytes());
        numbers.map(|it| (it, Some(key(it)))).collect()
    }

    fn keys(items: &Items<u32>) -> Vec<Option<Key>> {
        parts(items, RECORDS).iter().map(|it| key(items, it)).collect()
    }

    #[test]
    fn a_record_more_changes_one_part_or_splits_it() {
        let before = keys(&items(0..9_000));
        for other in [5_000, 8_999, 1] {
            let after = keys(&items((0..9_000).filter(|it| *it != other)));
            let new = after.iter().filter(|it| !before.contains(it)).count();
            assert!((1..=2).contains(&new), "{new} of {}", after.len());
        }
        assert!(before.len() > 9 && before.iter().all(Option::is_some));
    }

    #[test]
    fn what_nobody_knows_comes_in_equal_parts() {
        let items = unkeyed(0..600);
        assert_eq!(parts(&items, RECORDS), [0..256, 256..512, 512..600]);
        assert_eq!(parts(&items, 1).len(), 600);
        assert_eq!(key(&items, &(0..256)), None);
        assert!(parts(&unkeyed(0..0), RECORDS).is_empty());
    }
}
