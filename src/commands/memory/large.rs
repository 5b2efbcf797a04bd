//! Large results to files of their own in the folder of memos, and back.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use blake3::Hash;

use crate::memo::ledger::Key;
use crate::memo::pack::{CHECKSUM, checksum};
use crate::memo::store::Store;
use crate::pipeline::write::files::{Existing, content, thin_out, write};

/// How the names of their files begin.
const NAME: &str = "large-";

/// Large results of one program.
#[derive(Debug)]
pub(super) struct Large {
    folder: PathBuf,
    program: Hash,
    /// The names of the files that this build took or wrote.
    used: Mutex<BTreeSet<String>>,
}

impl Large {
    /// Those in `folder` that the program of this hash made.
    pub(super) fn of(folder: &Path, program: Hash) -> Large {
        Large { folder: folder.to_owned(), program, used: Mutex::default() }
    }

    /// The file of a result, which is in use from here on.
    fn file(&self, key: &Key) -> PathBuf {
        let hash = blake3::Hasher::new().update(self.program.as_bytes()).update(key).finalize();
        let name = format!("{NAME}{}", &hash.to_hex()[..16]);
        let path = self.folder.join(&name);
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(name);
        path
    }

    fn sum(&self, key: &Key, bytes: &[u8]) -> [u8; CHECKSUM] {
        checksum(&[self.program.as_bytes(), key, bytes])
    }
}

impl Store for Large {
    fn take(&self, key: &Key) -> Option<Vec<u8>> {
        let mut bytes = content(&self.file(key))?;
        let end = bytes.len().checked_sub(CHECKSUM)?;
        let is_whole = self.sum(key, &bytes[..end]) == bytes[end..];
        bytes.truncate(end);
        is_whole.then_some(bytes)
    }

    fn keep(&self, key: &Key, bytes: &[u8]) {
        let whole = [bytes, &self.sum(key, bytes)].concat();
        let _full = write(&self.file(key), &whole, Existing::Replace);
    }

    fn forget_others(&self) {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        thin_out(&self.folder, |it| !it.starts_with(NAME) || used.contains(it));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_there_for_the_same_program_only_and_whole_or_not_at_all() {
        let home = tempfile::tempdir().unwrap();
        let [ours, other] = [b"ours", b"them"].map(|it| blake3::hash(it));
        let (one, two): (Key, Key) = ([1; 16], [2; 16]);
        let first = Large::of(home.path(), ours);
        first.keep(&one, b"result");
        first.keep(&two, b"another");
        first.forget_others();
        let again = Large::of(home.path(), ours);
        assert_eq!(again.take(&one).as_deref(), Some(b"result".as_slice()));
        assert_eq!(Large::of(home.path(), other).take(&one), None);
        again.forget_others();
        assert_eq!(again.take(&two), None, "nobody asked for it");
        for damaged in [b"".as_slice(), b"result", b"resulting in something else"] {
            write(&again.file(&one), damaged, Existing::Replace).unwrap();
            assert_eq!(again.take(&one), None);
        }
    }
}
