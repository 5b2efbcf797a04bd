//! Which files a build made, from what, and how they were left: so that the next one makes only those that would differ.
//!
//! A work is a handful of files that are made together: a page with the files beside it, a feed. It is the same as before if its key
//! is, and each fact that was asked while it was made; if its files also stand on the disk as they were left, they stay there.
//! Facts are named, and only the names and hashes of their answers are kept; see `render/facts.rs` for what they are.

mod left;

use std::ops::Range;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::memo::ledger::left::{Bytes, Left};
use crate::memo::store::Store;
use crate::pipeline::write::{Output, OutputFile, Part, Seal, WriteError};

/// A hash of all that something was made from.
pub type Key = [u8; 16];

/// The key that all that something was made from comes to. In one piece, for where that is short a hasher would cost more than hashing.
pub fn key(all: &[u8]) -> Key {
    blake3::hash(all).as_bytes()[..16].try_into().expect("a hash has 32 bytes")
}

/// The name of a fact that is never the same.
pub const NEVER: u64 = 0;

/// Where a fact of the last build is now; none if its answer is another or nobody asks.
type Now = Option<u32>;

/// Files made together.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Work {
    /// What it was made from, as far as that was known beforehand.
    pub key: Key,
    /// The numbers of the facts that were asked, ascending; stored as the distances between them.
    pub asked: Vec<u32>,
    /// The files, with their seals.
    pub files: Vec<(String, Seal)>,
    /// Of a file that comes in parts, the key of each and its bytes; none of a part without a key.
    pub parts: Vec<(Option<Key>, u64)>,
}

/// A part of a file, which need not be made if one with its key is there.
pub struct Piece<'a> {
    /// A hash of all that it is made from; none if nobody knows.
    pub key: Option<Key>,
    /// Makes it.
    pub make: Box<dyn FnOnce() -> Vec<u8> + Send + 'a>,
}

/// What is known of an earlier build, before the facts of this one are.
#[derive(Debug, Default)]
pub struct Past {
    left: Left,
    store: Option<Box<dyn Store>>,
    time: Option<u64>,
    /// None where nobody will ask the ledger of this build.
    output: Option<String>,
}

/// What is left of a build for the next one.
#[derive(Debug, PartialEq, Eq)]
pub struct Closed {
    /// What that should know.
    pub bytes: Vec<u8>,
    /// Files of the build before this one that this one may not have; nothing if it is not known which it had.
    pub others: Option<Vec<String>>,
}

/// What is asked of an earlier build, and noted of this one.
#[derive(Debug)]
pub struct Ledger<'p> {
    past: &'p Past,
    common: Key,
    names: Vec<u64>,
    answers: Vec<Key>,
    now: Vec<Now>,
    before: FxHashMap<u64, &'p [u8]>,
    works: Mutex<Vec<(u64, Bytes)>>,
}

impl Past {
    /// What the last build into the folder `output` left; nothing if `bytes` are not whole or of another folder.
    pub fn of(output: String, bytes: Option<&[u8]>) -> Past {
        let left = bytes.and_then(Left::read).filter(|it| it.output == output).unwrap_or_default();
        Past { left, store: None, time: None, output: Some(output) }
    }

    /// The same with large results, which are kept in `store`.
    #[must_use]
    pub fn beside(self, store: impl Store + 'static) -> Past {
        Past { store: Some(Box::new(store)), ..self }
    }

    /// The same of a build whose site was complete at this time, by the clock of its disk.
    #[must_use]
    pub fn left_at(self, time: Option<u64>) -> Past {
        Past { time, ..self }
    }

    /// When the site of the last build was complete, by the clock of its disk.
    pub fn time(&self) -> Option<u64> {
        self.time
    }

    /// Whether a ledger is kept at all.
    pub fn is_kept(&self) -> bool {
        self.output.is_some()
    }

    /// The ledger of a build that asks and notes nothing.
    pub fn unasked(&self) -> Ledger<'_> {
        self.open(Key::default(), (Vec::new(), Vec::new()))
    }

    /// Opens the ledger of a build in which all is made with `common`, and facts have these names and answers.
    pub fn open(&self, common: Key, (names, answers): (Vec<u64>, Vec<Key>)) -> Ledger<'_> {
        let left = &self.left;
        let mut numbers: FxHashMap<u64, u32> = names.iter().copied().zip(0..).collect();
        numbers.remove(&NEVER);
        let now = |(name, answer): (&u64, &Key)| {
            numbers.get(name).copied().filter(|it| answers[*it as usize] == *answer)
        };
        let now = left.names.iter().zip(&left.answers).map(now).collect();
        let works = left.works.iter().filter(|_| left.common == common);
        let before = works.map(|it| (it.0, it.1.0.as_slice())).collect();
        Ledger { past: self, common, names, answers, now, before, works: Mutex::default() }
    }
}

impl Ledger<'_> {
    /// Hands the files of the work of this name to `output`: those of the last build if they would be the same, else what `make` makes,
    /// which also tells the facts that it asked.
    pub fn hand<E: From<WriteError>>(
        &self,
        (name, key): (&str, Key),
        output: &dyn Output,
        make: impl FnOnce() -> Result<(Vec<u32>, Vec<OutputFile>), E>,
    ) -> Result<(), E> {
        if let Some(known) = self.standing(name, key, output) {
            known.files.iter().for_each(|it| output.keep(&it.0, &it.1));
            self.note(name, known);
            return Ok(());
        }
        let (asked, made) = make()?;
        let mut files = Vec::with_capacity(made.len());
        for file in made {
            let seal = output.add(&file)?;
            files.push((file.path, seal));
        }
        self.note(name, Work { key, asked, files, parts: Vec::new() });
        Ok(())
    }

    /// Does the same for a work of one file that asks no facts, and gives its path and seal.
    pub fn hand_one(
        &self,
        (name, key): (&str, Key),
        output: &dyn Output,
        make: impl FnOnce() -> OutputFile,
    ) -> Result<(String, Seal), WriteError> {
        if let Some(known) = self.standing(name, key, output)
            && let [file] = known.files.as_slice()
        {
            output.keep(&file.0, &file.1);
            let file = file.clone();
            self.note(name, known);
            return Ok(file);
        }
        let made = make();
        let file = (made.path.clone(), output.add(&made)?);
        let files = vec![file.clone()];
        self.note(name, Work { key, asked: Vec::new(), files, parts: Vec::new() });
        Ok(file)
    }

    /// Copies the file `from` somewhere else on the disk to `path` in `output`.
    pub fn copy(&self, path: &str, from: &Path, output: &dyn Output) -> Result<(), WriteError> {
        output.copy(path, from)?;
        let seal = Seal { length: 0, modified: 0 };
        let (key, files) = (Key::default(), vec![(path.to_owned(), seal)]);
        self.note(
            &format!("copy {path}"),
            Work { key, asked: Vec::new(), files, parts: Vec::new() },
        );
        Ok(())
    }

    /// Hands a file in parts to `output`. Parts that the last build had too are taken from its file, in whatever order they stood there.
    pub fn hand_parts<'a>(
        &self,
        path: &str,
        pieces: impl Iterator<Item = Piece<'a>> + Send,
        output: &dyn Output,
    ) -> Result<(), WriteError> {
        let name = format!("parts {path}");
        let old = self.parts(&name, output);
        let noted = Mutex::new(Vec::new());
        let part = |piece: Piece<'_>| {
            let old = piece.key.and_then(|it| old.get(&it)).cloned();
            let part = old.map_or_else(|| Part::New((piece.make)()), Part::Old);
            let length = match &part {
                Part::New(bytes) => bytes.len() as u64,
                Part::Old(range) => range.end - range.start,
            };
            noted.lock().unwrap_or_else(PoisonError::into_inner).push((piece.key, length));
            part
        };
        let seal = output.add_parts(path, Box::new(pieces.map(part)))?;
        let parts = noted.into_inner().unwrap_or_else(PoisonError::into_inner);
        let (key, files) = (Key::default(), vec![(path.to_owned(), seal)]);
        self.note(&name, Work { key, asked: Vec::new(), files, parts });
        Ok(())
    }

    /// Where parts with keys stand in a file of the last build, if it is as it was left.
    fn parts(&self, name: &str, output: &dyn Output) -> FxHashMap<Key, Range<u64>> {
        let known = self.standing(name, Key::default(), output);
        let mut end = 0;
        let place = |(key, length): (Option<Key>, u64)| {
            let start = end;
            end += length;
            key.map(|it| (it, start..end))
        };
        known.into_iter().flat_map(|it| it.parts).filter_map(place).collect()
    }

    /// The answer of a fact, by its number; none where none are noted.
    pub fn answer(&self, fact: u32) -> Option<&Key> {
        self.answers.get(fact as usize)
    }

    /// Whether anybody will ask this ledger, so that keys are worth making.
    pub fn is_kept(&self) -> bool {
        self.past.is_kept()
    }

    /// Where large results are kept, if they are.
    pub fn store(&self) -> Option<&dyn Store> {
        self.past.store.as_deref()
    }

    /// The work of this name, if it would be the same now.
    pub fn known(&self, name: &str, key: Key) -> Option<Work> {
        let mut work: Work = postcard::from_bytes(self.before.get(&number(name))?).ok()?;
        let mut at = 0_u32;
        for asked in &mut work.asked {
            at = at.checked_add(*asked)?;
            *asked = (*self.now.get(at as usize)?)?;
        }
        (work.key == key).then_some(work)
    }

    /// The same, if its files also stand as they were left.
    fn standing(&self, name: &str, key: Key, output: &dyn Output) -> Option<Work> {
        let is_left = |it: &Work| it.files.iter().all(|it| output.is_as_left(&it.0, &it.1));
        self.known(name, key).filter(is_left)
    }

    /// Notes a work.
    pub fn note(&self, name: &str, mut work: Work) {
        if !self.past.is_kept() {
            return;
        }
        work.asked.sort_unstable();
        let mut last = 0;
        for asked in &mut work.asked {
            last = std::mem::replace(asked, *asked - last);
        }
        let bytes = postcard::to_stdvec(&work).expect("a work is plain data");
        self.works
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push((number(name), Bytes(bytes)));
    }

    /// What the next build should know; nothing where nobody wants it.
    pub fn close(self) -> Option<Closed> {
        let output = self.past.output.clone()?;
        self.store().into_iter().for_each(Store::forget_others);
        let Ledger { common, names, answers, works, past, .. } = self;
        let mut works = works.into_inner().unwrap_or_else(PoisonError::into_inner);
        works.sort_unstable();
        let left = Left { output, common, names, answers, works };
        Some(Closed { bytes: left.bytes(), others: past.left.others(&left) })
    }
}

fn number(name: &str) -> u64 {
    let hash = blake3::hash(name.as_bytes());
    u64::from_le_bytes(hash.as_bytes()[..8].try_into().expect("a hash has 32 bytes"))
}

#[cfg(test)]
mod tests {
    use super::{NEVER, Past, Work};
    use crate::pipeline::write::Seal;

    const COMMON: [u8; 16] = [7; 16];

    fn facts(all: &[(u64, u8)]) -> (Vec<u64>, Vec<[u8; 16]>) {
        all.iter().map(|it| (it.0, [it.1; 16])).unzip()
    }

    fn work(asked: &[u32]) -> Work {
        let seal = Seal { length: 3, modified: 5 };
        let files = vec![("a/index.html".into(), seal)];
        Work { key: [1; 16], asked: asked.to_vec(), files, parts: Vec::new() }
    }

    fn past(bytes: Option<&[u8]>) -> Past {
        Past::of("public".into(), bytes)
    }

    fn left() -> Vec<u8> {
        let past = past(None);
        let ledger = past.open(COMMON, facts(&[(10, 1), (20, 2), (30, 3), (40, 4), (NEVER, 5)]));
        ledger.note("a", work(&[3, 0, 2]));
        ledger.note("b", work(&[1]));
        ledger.note("d", work(&[1, 4]));
        ledger.close().unwrap().bytes
    }

    #[test]
    fn a_work_is_known_while_its_facts_are_the_same_wherever_they_stand() {
        let past = past(Some(&left()));
        let now =
            past.open(COMMON, facts(&[(5, 9), (30, 3), (10, 1), (20, 8), (40, 4), (NEVER, 5)]));
        assert_eq!(now.known("a", [1; 16]), Some(work(&[2, 1, 4])));
        assert_eq!(now.known("a", [2; 16]), None, "another key");
        assert_eq!(now.known("b", [1; 16]), None, "20 has another answer");
        assert_eq!(now.known("c", [1; 16]), None);
        let without = past.open(COMMON, facts(&[(30, 3), (20, 2), (40, 4), (NEVER, 5)]));
        assert_eq!(without.known("d", [1; 16]), None, "it asked what is never the same");
        assert_eq!(without.known("a", [1; 16]), None, "10 is gone");
        assert_eq!(without.known("b", [1; 16]), Some(work(&[1])));
    }

    #[test]
    fn what_is_carried_over_is_known_again() {
        let first = past(Some(&left()));
        let second = first.open(COMMON, facts(&[(30, 3), (40, 4), (10, 1)]));
        let known = second.known("a", [1; 16]).unwrap();
        second.note("a", known);
        let second = past(Some(&second.close().unwrap().bytes));
        let third = second.open(COMMON, facts(&[(10, 1), (40, 4), (30, 3)]));
        assert_eq!(third.known("a", [1; 16]), Some(work(&[2, 1, 0])));
    }

    #[test]
    fn files_of_works_that_are_gone_or_others_are_told() {
        let others = |past: &Past, asked: &[u32]| {
            let ledger = past.open(COMMON, facts(&[(10, 1), (20, 2), (30, 3)]));
            ledger.note("b", Work { files: vec![], ..work(&[1]) });
            ledger.note("a", work(asked));
            ledger.close().unwrap().others
        };
        assert_eq!(others(&past(None), &[0]), None);
        let known = past(Some(&left()));
        let file = || "a/index.html".to_owned();
        assert_eq!(others(&known, &[0, 2, 3]), Some(vec![file(), file()]), "of b and d");
        assert_eq!(others(&known, &[0]), Some(vec![file(), file(), file()]));
    }

    #[test]
    fn nothing_is_known_of_another_folder_or_theme_or_from_damaged_bytes() {
        let (mut bytes, all) = (left(), [(10, 1), (20, 2), (30, 3), (40, 4)]);
        let knows =
            |past: &Past, common| past.open(common, facts(&all)).known("a", [1; 16]).is_some();
        assert!(knows(&past(Some(&bytes)), COMMON));
        assert!(!knows(&past(Some(&bytes)), [8; 16]));
        assert!(!knows(&Past::of("other".into(), Some(&bytes)), COMMON));
        for at in 0..bytes.len() {
            bytes[at] ^= 1;
            assert!(!knows(&past(Some(&bytes)), COMMON), "byte {at}");
            bytes[at] ^= 1;
        }
    }
}
