//! Documents to parts of some hundred of them, each in the order of terms: that of the last build, if it is of the same documents.
//!
//! A part ends behind a document whose key chances to begin so, as parts of datasets do: a document more or less changes one part.

use std::sync::Arc;

use blake3::Hash;
use serde::{Deserialize, Serialize};

use crate::memo::ledger::{self, Key};
use crate::memo::store::Store;
use crate::pipeline::search::batch::{Batch, Listed, batch};
use crate::pipeline::search::frequent::{Contexts, Standing};
use crate::pipeline::search::posting::Postings;
use crate::pipeline::search::sums::Sums;

/// How many documents a part has at least, but for the last.
const LEAST: usize = 64;
/// How many it has at most.
const MOST: usize = 256;
/// One document in so many ends a part that has enough.
const CHANCE: u8 = 64;

/// Documents that will be a part.
pub(crate) struct Group {
    /// The first, by the index's number.
    first: u32,
    /// A hash of their keys.
    key: Key,
    documents: Vec<Arc<Postings>>,
}

/// A part of the collection.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Part {
    #[serde(skip)]
    key: Key,
    pub(crate) batch: Batch,
    pub(crate) listed: Listed,
    /// For each of these terms.
    pub(crate) sums: Vec<Sums>,
    told: Told,
}

/// What a part says of what stands before its places.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Told {
    /// A hash of the frequent words of which pairs were counted.
    frequent: Key,
    /// How often each pair stands before another word.
    pairs: Vec<u32>,
    /// A hash of the contexts by which its places are told what stands before them.
    contexts: Key,
}

/// Cuts documents, in the order of the index and with these keys, into groups.
pub(crate) fn groups(documents: Vec<Arc<Postings>>, keys: &[Hash]) -> Vec<Group> {
    let (mut groups, mut begun) = (Vec::new(), 0);
    let mut rest = documents.into_iter();
    for (end, key) in (1..).zip(keys) {
        let size = end - begun;
        let chance = size >= LEAST && key.as_bytes()[0] < u8::MAX / CHANCE;
        if chance || size == MOST || end == keys.len() {
            let documents = rest.by_ref().take(size).collect();
            groups.push(Group { first: begun as u32, key: key_of(&keys[begun..end]), documents });
            begun = end;
        }
    }
    groups
}

fn key_of(keys: &[Hash]) -> Key {
    let all: Vec<u8> = keys.iter().flat_map(|it| *it.as_bytes()).collect();
    ledger::key(&all)
}

impl Group {
    /// The part of these documents.
    pub(crate) fn part(self, store: Option<&dyn Store>) -> Part {
        let known = store.and_then(|it| Part::read(&it.take(&self.key)?));
        let mut part = known.unwrap_or_else(|| {
            let (batch, listed) = batch(&self.documents);
            Part { key: Key::default(), batch, listed, sums: Vec::new(), told: Told::default() }
        });
        part.key = self.key;
        part.batch.first = self.first;
        part
    }
}

impl Part {
    fn read(bytes: &[u8]) -> Option<Part> {
        postcard::from_bytes(bytes).ok()
    }

    /// Counts the pairs of frequent words, which have this hash and begin in its batch where they are given. Gives where they stand,
    /// if it had to find out.
    pub(crate) fn count(&mut self, key: Key, frequent: &[(u8, u32)]) -> Option<Standing> {
        if self.told.frequent == key {
            return None;
        }
        let standing = self.batch.standing(frequent);
        self.told = Told { frequent: key, pairs: standing.pairs(), contexts: Key::default() };
        Some(standing)
    }

    /// How often each pair stands before another word.
    pub(crate) fn pairs(&self) -> &[u32] {
        &self.told.pairs
    }

    /// Says beside every place what stands before it, by contexts of this hash; keeps itself in `store` if that is news.
    pub(crate) fn tell(
        &mut self,
        (key, contexts): (Key, &Contexts),
        standing: impl FnOnce(&Batch) -> Standing,
        store: Option<&dyn Store>,
    ) {
        if self.told.contexts == key {
            return;
        }
        let standing = standing(&self.batch);
        self.batch.tell(&standing, contexts);
        self.sums = Sums::of(&self.batch, &self.listed);
        self.told.contexts = key;
        if let Some(store) = store {
            let bytes = postcard::to_stdvec(self).expect("a part is plain data");
            store.keep(&self.key, &bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(numbers: impl Iterator<Item = u32>) -> Vec<Hash> {
        numbers.map(|it| blake3::hash(&it.to_le_bytes())).collect()
    }

    fn cut(keys: &[Hash]) -> Vec<Group> {
        let groups = groups(keys.iter().map(|_| Arc::default()).collect(), keys);
        let sizes = groups.iter().map(|it| it.documents.len());
        assert!(
            sizes.clone().all(|it| (1..=MOST).contains(&it)) && sizes.sum::<usize>() == keys.len()
        );
        groups
    }

    #[test]
    fn a_document_more_or_less_changes_a_part_or_two() {
        let before: Vec<Key> = cut(&keys(0..9_000)).iter().map(|it| it.key).collect();
        assert!(before.len() > 40);
        for other in [0, 1, 4_000, 8_999] {
            let after = cut(&keys((0..9_000).filter(|it| *it != other)));
            let new = after.iter().filter(|it| !before.contains(&it.key)).count();
            assert!(new <= 4, "{new} of {}", after.len());
        }
        assert!(cut(&[]).is_empty());
    }
}
