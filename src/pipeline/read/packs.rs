//! Packs of memos on disk to single entries, each read when it is asked for.
//!
//! Only the index of a pack is held in memory, so that what is remembered does not count twice.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use blake3::Hash;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::memo::pack::{HEAD, PACKS, Place, index_length, name, number, places};

/// What earlier builds left in a folder; empty where there was none.
#[derive(Debug, Default)]
pub struct Packs {
    packs: Vec<Found>,
}

/// What is in the place of a pack.
#[derive(Debug)]
enum Found {
    Nothing,
    /// Something that no build of this code made, or that is damaged.
    Unusable,
    Pack(Pack),
}

#[derive(Debug)]
struct Pack {
    places: FxHashMap<Hash, Place>,
    file: Mutex<File>,
}

impl Packs {
    /// The packs in `folder` that code of this hash made.
    pub fn open(folder: &Path, code: &Hash) -> Packs {
        let found = |number| match Pack::open(&folder.join(name(number)), code) {
            Ok(Some(pack)) => Found::Pack(pack),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Found::Nothing,
            _ => Found::Unusable,
        };
        Packs { packs: (0..PACKS).map(found).collect() }
    }

    /// Whether there is a folder of packs, be they empty.
    pub fn are_there(&self) -> bool {
        !self.packs.is_empty()
    }

    /// The entry of `key`, if it is there and whole.
    pub fn find(&self, key: &Hash) -> Option<Vec<u8>> {
        match self.packs.get(number(key))? {
            Found::Pack(pack) => pack.find(key),
            Found::Nothing | Found::Unusable => None,
        }
    }

    /// Whether pack `number` has these keys and no others.
    pub fn is_of(&self, number: usize, keys: &FxHashSet<Hash>) -> bool {
        match self.packs.get(number) {
            Some(Found::Pack(pack)) => {
                pack.places.len() == keys.len()
                    && keys.iter().all(|it| pack.places.contains_key(it))
            }
            Some(Found::Unusable) => false,
            Some(Found::Nothing) | None => keys.is_empty(),
        }
    }
}

/// A hash of this very program; none where the system does not tell where it stands.
pub fn program() -> Option<Hash> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(std::env::current_exe().ok()?).ok()?).ok()?;
    Some(hasher.finalize())
}

impl Pack {
    fn open(path: &Path, code: &Hash) -> io::Result<Option<Pack>> {
        let mut file = File::open(path)?;
        let size = file.metadata()?.len();
        let mut head = [0; HEAD];
        file.read_exact(&mut head)?;
        let length = index_length(&head, code).filter(|it| (HEAD + it) as u64 <= size);
        let Some(length) = length else { return Ok(None) };
        let mut index = vec![0; length];
        file.read_exact(&mut index)?;
        let Some(places) = places(&head, &index) else { return Ok(None) };
        Ok(Some(Pack { places, file: Mutex::new(file) }))
    }

    fn find(&self, key: &Hash) -> Option<Vec<u8>> {
        let place = self.places.get(key)?;
        let bytes = self.bytes(place).ok()?;
        place.holds(&bytes).then_some(bytes)
    }

    fn bytes(&self, place: &Place) -> io::Result<Vec<u8>> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(place.start))?;
        let mut bytes = vec![0; place.length as usize];
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}
