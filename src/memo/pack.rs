//! Remembered results to packs of bytes and back: many results in one file, each found by its key and held to its checksum.
//!
//! A pack is a head (mark, hash of the code, number of entries, checksum), an index (key, length and checksum of each entry),
//! and the entries. Whatever is wrong with a pack or an entry, it is as if it were not there.

use blake3::Hash;
use rustc_hash::FxHashMap;

/// How many packs a collection has: few files, of which an edit writes two anew.
pub const PACKS: usize = 64;
/// The bytes before the index.
pub const HEAD: usize = MARK.len() + 32 + 4 + CHECKSUM;
const MARK: &[u8] = b"seedbed memos 1\n";
/// The bytes of a checksum.
pub(crate) const CHECKSUM: usize = 16;
/// The bytes of one entry in the index.
const ROW: usize = 32 + 4 + CHECKSUM;

/// Which pack a result belongs to.
pub fn number(key: &Hash) -> usize {
    usize::from(key.as_bytes()[0]) % PACKS
}

/// The file of a pack.
pub fn name(number: usize) -> String {
    format!("readings-{number:02}.pack")
}

/// The file of the ledger: see [`crate::memo::ledger`].
pub const LEDGER: &str = "ledger";

/// Where one entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Its first byte in the file.
    pub start: u64,
    /// How many bytes it has.
    pub length: u32,
    checksum: [u8; CHECKSUM],
}

impl Place {
    /// Whether these are the bytes that were put there.
    pub fn holds(&self, bytes: &[u8]) -> bool {
        bytes.len() == self.length as usize && checksum(&[bytes]) == self.checksum
    }
}

/// A pack of `entries`, which must be in one order whenever they are the same, made by code of this hash.
pub fn pack(code: &Hash, entries: &[(Hash, Vec<u8>)]) -> Vec<u8> {
    let mut index = Vec::with_capacity(entries.len() * ROW);
    for (key, bytes) in entries {
        index.extend(key.as_bytes());
        index.extend((bytes.len() as u32).to_le_bytes());
        index.extend(checksum(&[bytes]));
    }
    let count = (entries.len() as u32).to_le_bytes();
    let sum = checksum(&[code.as_bytes(), &count, &index]);
    let mut pack = [MARK, code.as_bytes(), &count, &sum, &index].concat();
    entries.iter().for_each(|it| pack.extend(&it.1));
    pack
}

/// How many bytes of index follow the first [`HEAD`] bytes of a pack; nothing if they are not the head of a pack of this code.
pub fn index_length(head: &[u8], code: &Hash) -> Option<usize> {
    let (mark, rest) = head.split_at_checked(MARK.len())?;
    let (by, rest) = rest.split_first_chunk::<32>()?;
    let count = rest.first_chunk::<4>()?;
    let ours = mark == MARK && by == code.as_bytes();
    ours.then(|| u32::from_le_bytes(*count) as usize * ROW)
}

/// Where each entry stands in a pack whose head and index these are; nothing if they are damaged.
pub fn places(head: &[u8], index: &[u8]) -> Option<FxHashMap<Hash, Place>> {
    let (told, sum) = head.get(MARK.len()..)?.split_last_chunk::<CHECKSUM>()?;
    if checksum(&[told, index]) != *sum {
        return None;
    }
    let mut start = (HEAD + index.len()) as u64;
    let mut places = FxHashMap::default();
    for row in index.chunks_exact(ROW) {
        let (key, rest) = row.split_first_chunk::<32>()?;
        let (length, checksum) = rest.split_first_chunk::<4>()?;
        let length = u32::from_le_bytes(*length);
        let checksum = checksum.try_into().ok()?;
        places.insert(Hash::from_bytes(*key), Place { start, length, checksum });
        start += u64::from(length);
    }
    Some(places)
}

pub(crate) fn checksum(parts: &[&[u8]]) -> [u8; CHECKSUM] {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part);
    }
    let mut sum = [0; CHECKSUM];
    sum.copy_from_slice(&hasher.finalize().as_bytes()[..CHECKSUM]);
    sum
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(it: u8) -> Hash {
        blake3::hash(&[it])
    }

    /// The entry of this key as a reader finds it.
    fn found(pack: &[u8], code: &Hash, wanted: &Hash) -> Option<Vec<u8>> {
        let head = pack.get(..HEAD)?;
        let index = pack.get(HEAD..HEAD + index_length(head, code)?)?;
        let place = *places(head, index)?.get(wanted)?;
        let start = place.start as usize;
        let bytes = pack.get(start..start + place.length as usize)?;
        place.holds(bytes).then(|| bytes.to_vec())
    }

    proptest! {
        #[test]
        fn what_was_packed_is_found(entries in prop::collection::vec(any::<Vec<u8>>(), 0..20)) {
            let keyed: Vec<_> = (0..).map(key).zip(entries).collect();
            let code = key(200);
            let pack = pack(&code, &keyed);
            for (key, bytes) in &keyed {
                let found = found(&pack, &code, key);
                prop_assert_eq!(found.as_ref(), Some(bytes));
            }
            prop_assert_eq!(found(&pack, &code, &key(100)), None);
            prop_assert_eq!(found(&pack, &key(201), &key(0)), None);
        }

        #[test]
        fn damage_never_gives_other_bytes(
            entries in prop::collection::vec(any::<Vec<u8>>(), 1..8),
            damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
            end in any::<prop::sample::Index>(),
        ) {
            let keyed: Vec<_> = (0..).map(key).zip(entries).collect();
            let code = key(200);
            let mut pack = pack(&code, &keyed);
            for (at, byte) in damage {
                let at = at.index(pack.len());
                pack[at] = byte;
            }
            pack.truncate(end.index(pack.len() + 1));
            for (key, bytes) in &keyed {
                let found = found(&pack, &code, key);
                prop_assert!(found.is_none_or(|it| it == *bytes));
            }
        }
    }
}
