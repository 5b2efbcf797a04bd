//! Records to files in parts: one record a line, some hundred documents at a time, so that no dataset stands in memory whole.

use rayon::prelude::*;
use serde::Serialize;

use crate::pipeline::export::csv::Table;
use crate::pipeline::write::Parts;

/// How many records are made before they are handed on.
const RECORDS: usize = 256;

/// A file to be.
pub(crate) struct Dataset<'a> {
    pub(crate) path: String,
    pub(crate) parts: Parts<'a>,
}

impl<'a> Dataset<'a> {
    /// A small file, made when it is asked for.
    pub(crate) fn whole(
        path: impl Into<String>,
        bytes: impl FnOnce() -> Vec<u8> + Send + 'a,
    ) -> Self {
        Dataset { path: path.into(), parts: Box::new(std::iter::once_with(bytes)) }
    }

    /// A JSON array with a line for each of `items`.
    pub(crate) fn json<T: Sync + Send + 'a, R: Serialize>(
        path: &str,
        items: Vec<T>,
        record: impl Fn(&T) -> R + Sync + Send + 'a,
    ) -> Self {
        let end = if items.is_empty() { "]\n" } else { "\n]\n" };
        let lines = parts(items, move |at, item, bytes| {
            bytes.extend_from_slice(if at > 0 { b",\n" } else { b"\n" });
            serde_json::to_writer(bytes, &record(item)).expect("a dataset has string keys only");
        });
        let once = |it: &str| std::iter::once(it.as_bytes().to_vec());
        let parts = once("[").chain(lines).chain(once(end));
        Dataset { path: path.to_owned(), parts: Box::new(parts) }
    }

    /// A table with the rows of each of `items`.
    pub(crate) fn csv<T: Sync + Send + 'a>(
        path: &str,
        columns: &[&str],
        items: Vec<T>,
        rows: impl Fn(&T, &mut Table) + Sync + Send + 'a,
    ) -> Self {
        let rows = parts(items, move |_, item, bytes| {
            let mut table = Table::part(std::mem::take(bytes));
            rows(item, &mut table);
            *bytes = table.bytes();
        });
        let header = std::iter::once(Table::new(columns).bytes());
        Dataset { path: path.to_owned(), parts: Box::new(header.chain(rows)) }
    }
}

/// What `write` makes of each of `items`, some hundred to a part.
fn parts<'a, T: Sync + Send + 'a>(
    items: Vec<T>,
    write: impl Fn(usize, &T, &mut Vec<u8>) + Sync + Send + 'a,
) -> impl Iterator<Item = Vec<u8>> + Send + 'a {
    (0..items.len()).step_by(RECORDS).map(move |start| {
        let end = (start + RECORDS).min(items.len());
        let written = |mut bytes: Vec<u8>, at: usize| {
            write(at, &items[at], &mut bytes);
            bytes
        };
        let pieces: Vec<_> =
            (start..end).into_par_iter().with_min_len(16).fold(Vec::new, written).collect();
        pieces.concat()
    })
}
