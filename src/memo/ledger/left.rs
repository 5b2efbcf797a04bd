//! What a build leaves behind to bytes, and back.

use serde::{Deserialize, Serialize};

use super::{Key, Work};
use crate::memo::pack::{CHECKSUM, checksum};

/// What an earlier build left behind, in the form in which it is kept.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Left {
    /// The folder that the site was written to.
    pub(super) output: String,
    /// What every page was made with.
    pub(super) common: Key,
    pub(super) names: Vec<u64>,
    pub(super) answers: Vec<Key>,
    /// Ascending.
    pub(super) works: Vec<(u64, Bytes)>,
}

/// A work as it is kept.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Bytes(#[serde(with = "crate::memo::bytes")] pub(super) Vec<u8>);

impl Left {
    /// A ledger as it was kept, if it is whole.
    pub(super) fn read(bytes: &[u8]) -> Option<Left> {
        let (sum, bytes) = bytes.split_first_chunk()?;
        (checksum(&[bytes]) == *sum).then(|| postcard::from_bytes(bytes).ok())?
    }

    /// The form in which it is kept.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let room = self.works.iter().map(|it| it.1.0.len() + 12).sum::<usize>();
        let mut bytes = Vec::with_capacity(CHECKSUM + room + 26 * self.names.len() + 1000);
        bytes.extend([0; CHECKSUM]);
        let mut bytes = postcard::to_extend(self, bytes).expect("a ledger is plain data");
        let sum = checksum(&[&bytes[CHECKSUM..]]);
        bytes[..CHECKSUM].copy_from_slice(&sum);
        bytes
    }

    /// Files that are of none of the works of `next`, or of one that has changed; nothing if none are known.
    pub(super) fn others(&self, next: &Left) -> Option<Vec<String>> {
        let is_other = |it: &&(u64, Bytes)| next.works.binary_search(it).is_err();
        let mut files = Vec::new();
        for (_, bytes) in self.works.iter().filter(is_other) {
            let work: Work = postcard::from_bytes(&bytes.0).ok()?;
            files.extend(work.files.into_iter().map(|it| it.0));
        }
        (!self.works.is_empty()).then_some(files)
    }
}
