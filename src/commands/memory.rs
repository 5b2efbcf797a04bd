//! A site's folder to what earlier builds remembered in it, and back.

mod large;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use blake3::Hash;
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::commands::load::{Request, SiteFolder};
use crate::commands::memory::large::Large;
use crate::memo::ledger::Past;
use crate::memo::pack;
use crate::memo::stages::STAGES;
use crate::pipeline::read::packs::{Packs, program};
use crate::pipeline::write::files::{Existing, FileError, content, write};
use crate::pipeline::{Memos, Read, Site};

/// The folder of memos, below the site's.
pub(super) const FOLDER: &str = ".seedbed";

/// What builds of one site remember; nothing if that was not wanted.
#[derive(Default)]
pub struct Memory {
    /// What the pipeline asks.
    pub memos: Memos,
    folder: Option<PathBuf>,
}

impl Memory {
    /// What earlier builds of the site remembered.
    pub fn of(request: &Request<'_>) -> Self {
        if request.inputs.no_cache || request.annotations.is_some() {
            return Memory::default();
        }
        Memory::at(request.dir.join(FOLDER))
    }

    /// What earlier builds left in `folder`.
    pub fn at(folder: PathBuf) -> Self {
        let packs = Packs::open(&folder, &STAGES);
        Memory { memos: Memos { packs, ..Memos::default() }, folder: Some(folder) }
    }

    /// What the last build into `output` by this very program left behind.
    ///
    /// Pages depend on all of the program, so unlike readings they are not known to another one.
    pub fn past(&self, output: &Path) -> Past {
        let Some(folder) = &self.folder else { return Past::default() };
        let Some(program) = program() else { return Past::default() };
        let output = std::path::absolute(output).unwrap_or_else(|_| output.to_owned());
        let left = content(&folder.join(pack::LEDGER));
        let (left, time) = left.as_deref().and_then(<[u8]>::split_last_chunk).unzip();
        let past = Past::of(format!("{program} {}", output.display()), left);
        past.beside(Large::of(folder, program)).left_at(time.map(|it| u64::from_le_bytes(*it)))
    }

    /// Where what the next build should know belongs; nowhere if nothing is remembered.
    pub fn ledger(&self) -> Option<PathBuf> {
        self.folder.as_ref().map(|it| it.join(pack::LEDGER))
    }

    /// Takes in what annotated documents brought along.
    pub fn know(&self, folder: &mut SiteFolder) {
        let known = std::mem::take(&mut folder.known);
        for (source, read) in folder.inputs.sources.iter().zip(known) {
            self.memos.know(source, read, &folder.inputs);
        }
    }

    /// Lets go of what of `site` stands on disk as well, and need not be at hand while its pages are made. Where most of it was found
    /// there, to read it twice would cost more time than the memory is worth.
    pub fn put_by(&mut self, site: &mut Site) {
        if self.folder.is_some() && 2 * self.memos.readings.misses() > self.memos.readings.len() {
            site.put_by(std::mem::take(&mut self.memos.packs));
        }
    }

    /// Writes down what the last build used; all else is forgotten. Packs that would not change stay as they are.
    ///
    /// A disk that takes nothing costs the next build its time, and this one nothing.
    pub fn keep(&mut self) {
        let Some(folder) = &self.folder else { return };
        let mut known: Vec<Vec<_>> = (0..pack::PACKS).map(|_| Vec::new()).collect();
        for (key, read) in self.memos.readings.all() {
            known[pack::number(&key)].push((key, read));
        }
        let packs = std::mem::take(&mut self.memos.packs);
        let changed = |it: &(usize, Vec<_>)| !packs.is_of(it.0, &keys(&it.1));
        let changed: Vec<_> = known.into_iter().enumerate().filter(changed).collect();
        // An open file cannot be replaced on every system.
        drop(packs);
        if !changed.is_empty() {
            // Whoever keeps the site in a repository need not know of this folder.
            let _full = write(&folder.join(".gitignore"), b"*\n", Existing::Keep);
        }
        let _full = changed.par_iter().try_for_each(|it| keep(folder, it.0, &it.1));
        self.memos.packs = Packs::open(folder, &STAGES);
    }
}

/// Writes down what the next build should know, once the site is where it belongs, and when that was.
///
/// Before, a build that was killed would leave word of files that are not there; and after, one killed in between leaves the files of a
/// new site with the seals of the old, which then fit none of those that have changed.
pub fn leave(ledger: Option<&Path>, left: Option<Vec<u8>>, time: u64) {
    if let (Some(ledger), Some(mut left)) = (ledger, left) {
        left.extend(time.to_le_bytes());
        let _full = write(ledger, &left, Existing::Replace);
    }
}

fn keys(entries: &[(Hash, Arc<Read>)]) -> FxHashSet<Hash> {
    entries.iter().map(|it| it.0).collect()
}

fn keep(folder: &Path, number: usize, entries: &[(Hash, Arc<Read>)]) -> Result<(), FileError> {
    let entries: Vec<_> = entries.iter().map(|it| (it.0, it.1.packed())).collect();
    write(&folder.join(pack::name(number)), &pack::pack(&STAGES, &entries), Existing::Replace)?;
    Ok(())
}
