//! What a file of the index is made from to the file: that of the last build, if it was made from the same.
//!
//! An edit of one document leaves most files of a large index as they were; so the ledger is asked for each before it is made.

use crate::memo::ledger::{self, Key, Ledger};
use crate::pipeline::search::coder::{Coder, script};
use crate::pipeline::search::numbers::write_number;
use crate::pipeline::write::{Output, OutputFile, WriteError};

/// Where files of the index go.
pub(crate) struct Outlet<'a> {
    pub(crate) output: &'a dyn Output,
    pub(crate) ledger: &'a Ledger<'a>,
}

/// A file that was handed over.
#[derive(Debug, Default)]
pub(crate) struct Handed {
    /// The hash in its name.
    pub(crate) hash: String,
    /// How many bytes it has.
    pub(crate) length: u64,
}

impl Outlet<'_> {
    /// Hands over the file that the client knows as `name`: what `make` makes of `material`.
    pub(crate) fn coded(
        &self,
        name: &str,
        material: impl FnOnce() -> Material,
        make: impl FnOnce() -> Coder,
    ) -> Result<Handed, WriteError> {
        let key = if self.ledger.is_kept() { key(&material().0) } else { Key::default() };
        self.hand((name, key), || script(name, &make().finish()))
    }

    /// Hands over the file of a script that the client knows as `name`.
    pub(crate) fn written(&self, name: &str, script: Vec<u8>) -> Result<Handed, WriteError> {
        self.hand((name, key(&script)), || script)
    }

    fn hand(
        &self,
        (name, key): (&str, Key),
        make: impl FnOnce() -> Vec<u8>,
    ) -> Result<Handed, WriteError> {
        let work = (&*format!("search {name}"), key);
        let (path, seal) = self.ledger.hand_one(work, self.output, || {
            let bytes = make();
            let hash = &blake3::hash(&bytes).to_hex()[..HASH as usize];
            OutputFile { path: format!("search/{name}.{hash}.js"), bytes }
        })?;
        let hash = path.rsplit('.').nth(1).unwrap_or_default().to_owned();
        Ok(Handed { hash, length: seal.length })
    }
}

/// How many hexadecimal digits of a hash a file's name carries: it tells one state of a file from the next, not files apart.
pub(crate) const HASH: u32 = 6;

/// All that a file is made from beside its name, one behind the other.
#[derive(Debug, Default)]
pub(crate) struct Material(Vec<u8>);

impl Material {
    /// Adds a number.
    pub(crate) fn number(&mut self, number: u32) {
        write_number(&mut self.0, number);
    }

    /// Adds a text.
    pub(crate) fn text(&mut self, text: &str) {
        self.number(text.len() as u32);
        self.bytes(text.as_bytes());
    }

    /// Adds bytes which tell by themselves where they end.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }
}

fn key(material: &[u8]) -> Key {
    ledger::key(material)
}
