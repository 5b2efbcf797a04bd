//! A list of terms with their documents and places to shards: what the client loads piece by piece.
//!
//! A shard of a section holds, bit by bit: the hashes of the files beside it, the keys (each without what it shares with the one
//! before), for each term the number of its documents and the lengths of its two streams, and the streams of documents, where
//! they are short. Longer ones are packed into files `…d…`, places into files `…p…`; the client computes which from the lengths.

use rayon::prelude::*;

use crate::pipeline::search::bits::{Bits, rice_width};
use crate::pipeline::write::OutputFile;

/// A term with its documents and places, coded.
#[derive(Debug, Clone, Default)]
pub(crate) struct Listed {
    /// What it is sorted and found by.
    pub(crate) key: String,
    /// How many terms before it the previous form of the same word is; 0 if there is none.
    pub(crate) sibling: u32,
    /// In how many documents it stands.
    pub(crate) count: u32,
    /// Its documents, each with its impact.
    pub(crate) documents: Bits,
    /// Its places in each of them.
    pub(crate) places: Bits,
}

/// Streams of documents up to this many bits stand in the shard itself.
const INLINE: usize = 4096;
/// How many bits of longer streams of documents go into a file.
const DOCUMENTS: usize = 48 * 1024;
/// How many bits of places go into a file.
const PLACES: usize = 192 * 1024;
/// How many bits a shard should have.
const SHARD: usize = 64 * 1024;
/// Of how many bits an impact is.
const IMPACT: u32 = 3;

/// Where one shard ends and the next begins.
pub(crate) enum Cut {
    /// Wherever one is large enough, and no word has forms on both sides.
    BySize,
    /// After this many terms, so that a term is found by its number.
    ByCount(usize),
}

/// A section written out.
pub(crate) struct Section {
    /// The shards and the files beside them.
    pub(crate) files: Vec<OutputFile>,
    /// For each shard, its first key and its hash.
    pub(crate) shards: Vec<(String, String)>,
}

/// Adds a document and its impact to a stream of documents. `gap` is the distance from the document before, less one.
pub(crate) fn push_document(stream: &mut Bits, gap: u32, (width, impact): (u32, u32)) {
    stream.rice(gap, width);
    stream.push(impact.min((1 << IMPACT) - 1), IMPACT);
}

/// The stream of `documents`, ascending with their impacts, out of a collection of `total`.
pub(crate) fn document_stream(documents: &[(u32, u32)], total: u32) -> Bits {
    let (mut stream, mut next) = (Bits::default(), 0);
    let width = rice_width(total, documents.len() as u32);
    for (document, impact) in documents {
        push_document(&mut stream, document - next, (width, *impact));
        next = document + 1;
    }
    stream
}

/// Writes `terms` as the shards of the section that is called `name` in file names.
pub(crate) fn section(name: &str, terms: &[Listed], cut: &Cut) -> Section {
    let ranges = match cut {
        Cut::BySize => by_size(terms),
        Cut::ByCount(count) => terms.chunks(*count).map(<[Listed]>::len).collect(),
    };
    let mut rest = terms;
    let mut shards = Vec::with_capacity(ranges.len());
    for length in ranges {
        let (shard, behind) = rest.split_at(length);
        shards.push(shard);
        rest = behind;
    }
    let written: Vec<_> = shards
        .par_iter()
        .enumerate()
        .map(|(number, it)| shard(&format!("{name}{number}"), it))
        .collect();
    let mut section = Section { files: Vec::new(), shards: Vec::new() };
    for (terms, (hash, files)) in shards.iter().zip(written) {
        section.shards.push((terms[0].key.clone(), hash));
        section.files.extend(files);
    }
    section
}

fn by_size(terms: &[Listed]) -> Vec<usize> {
    let mut last_form: Vec<usize> = (0..terms.len()).collect();
    for (at, term) in terms.iter().enumerate().rev().filter(|(_, it)| it.sibling > 0) {
        last_form[at - term.sibling as usize] = last_form[at];
    }
    let (mut lengths, mut size, mut begun, mut open) = (Vec::new(), 0, 0, 0);
    for (at, term) in terms.iter().enumerate() {
        size += 8 * 4 + 16 + if term.documents.len() > INLINE { 0 } else { term.documents.len() };
        open = open.max(last_form[at]);
        if size >= SHARD && open <= at || at + 1 == terms.len() {
            lengths.push(at + 1 - begun);
            (size, begun) = (0, at + 1);
        }
    }
    lengths
}

fn shard(name: &str, terms: &[Listed]) -> (String, Vec<OutputFile>) {
    let long: Vec<&Bits> =
        terms.iter().map(|it| &it.documents).filter(|it| it.len() > INLINE).collect();
    let places: Vec<&Bits> = terms.iter().map(|it| &it.places).collect();
    let mut head = Bits::default();
    let mut files = Vec::new();
    for (kind, streams, size) in [("d", &long, DOCUMENTS), ("p", &places, PLACES)] {
        let packed = pack(streams, size);
        head.gamma(packed.len() as u32 + 1);
        for (number, bits) in packed.iter().enumerate() {
            let (hash, file) = file(&format!("{name}{kind}{number}"), bits);
            head.push(u32::from_str_radix(&hash, 16).expect("a hash is hexadecimal"), HASH * 4);
            files.push(file);
        }
    }
    push_terms(&mut head, terms);
    let (hash, file) = file(name, &head);
    files.push(file);
    (hash, files)
}

fn push_terms(head: &mut Bits, terms: &[Listed]) {
    head.gamma(terms.len() as u32);
    let mut before: &[u8] = &[];
    for term in terms {
        let key = term.key.as_bytes();
        let shared = key.iter().zip(before).take_while(|(a, b)| a == b).count();
        head.gamma(shared as u32 + 1);
        head.gamma((key.len() - shared) as u32 + 1);
        key[shared..].iter().for_each(|it| head.push(u32::from(*it), 8));
        before = key;
        head.gamma(term.sibling + 1);
        head.gamma(term.count);
        head.gamma(term.documents.len() as u32 + 1);
        head.gamma(term.places.len() as u32 + 1);
    }
    for term in terms.iter().filter(|it| it.documents.len() <= INLINE) {
        head.append(&term.documents);
    }
}

/// Streams one after the other in files of at most `size` bits, none divided; a larger one has its own file.
fn pack(streams: &[&Bits], size: usize) -> Vec<Bits> {
    let mut files: Vec<Bits> = Vec::new();
    for stream in streams.iter().filter(|it| !it.is_empty()) {
        match files.last_mut().filter(|it| it.len() + stream.len() <= size) {
            Some(file) => file.append(stream),
            None => files.push((*stream).clone()),
        }
    }
    files
}

/// How many hexadecimal digits of a hash a file's name carries: it tells one state of a file from the next, not files apart.
const HASH: u32 = 6;

/// The file of `bits` that the client knows as `name`, and its hash.
pub(crate) fn file(name: &str, bits: &Bits) -> (String, OutputFile) {
    hashed(name, bits.script(name))
}

/// The file of a script that the client knows as `name`, and its hash.
pub(crate) fn hashed(name: &str, bytes: Vec<u8>) -> (String, OutputFile) {
    let hash = blake3::hash(&bytes).to_hex()[..HASH as usize].to_owned();
    let path = format!("search/{name}.{hash}.js");
    (hash, OutputFile { path, bytes })
}
