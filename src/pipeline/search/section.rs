//! A list of terms with their documents and places to shards: what the client loads piece by piece.
//!
//! A shard of a section holds the hashes of the files beside it and how many terms each is about; the keys, each without what it
//! shares with the one before; for each term the numbers of its documents and places; and the documents themselves, where they are few. Longer
//! lists of documents are in files `…d…`, places in files `…p…`; no file of places is about terms from two files of documents.

use std::ops::Range;

use rayon::prelude::*;

use crate::pipeline::search::coder::{Coder, Numbers};
use crate::pipeline::search::expected::{DocumentNumbers, Letters, PlaceNumbers, width};
use crate::pipeline::search::outlet::{HASH, Handed, Material, Outlet};
use crate::pipeline::write::WriteError;

/// Terms with documents and places, in the order of their numbers.
pub(crate) trait Terms: Sync {
    /// How many there are.
    fn len(&self) -> usize;
    /// What a term is sorted and found by.
    fn key(&self, term: usize) -> &str;
    /// The terms that are forms of the same word, itself among them, ascending; none if there are no others.
    fn family(&self, term: usize) -> &[u32];
    /// In how many documents it stands.
    fn count(&self, term: usize) -> u32;
    /// At how many places it stands in all.
    fn places(&self, term: usize) -> u32;
    /// Calls `each` with its documents, ascending, and its worth in each.
    fn each_document(&self, term: usize, each: &mut dyn FnMut(u32, u32));
    /// Tells all that [`Terms::each_document`] tells.
    fn tell_documents(&self, term: usize, material: &mut Material);
    /// Tells all that [`Terms::write_places`] writes and goes by.
    fn tell_places(&self, term: usize, material: &mut Material);
    /// Writes its places.
    fn write_places(&self, term: usize, coder: &mut Coder, expected: &mut PlaceNumbers);
}

/// Terms of up to this many documents have them in the shard itself.
const INLINE: u32 = 400;
/// How many bits of longer lists of documents a file should have.
const DOCUMENTS: u32 = 48 * 1024;
/// How many places a file should have.
const PLACES: u32 = 16 * 1024;
/// How many bits a shard should have.
const SHARD: u32 = 64 * 1024;

/// Where one shard ends and the next begins.
pub(crate) enum Cut {
    /// Wherever one is large enough.
    BySize,
    /// After this many terms, so that a term is found by its number.
    ByCount(usize),
}

/// A shard that was handed over.
pub(crate) struct Shard {
    /// Its first key.
    pub(crate) first: String,
    pub(crate) hash: String,
    /// How many bytes it and its lists of documents have.
    pub(crate) length: u64,
}

/// Hands over `terms` as the shards of the section that is called `name` in file names; `total` is the number of documents.
pub(crate) fn section(
    name: &str,
    (terms, total): (&dyn Terms, u32),
    cut: &Cut,
    outlet: &Outlet<'_>,
) -> Result<Vec<Shard>, WriteError> {
    let writer = Writer { name, terms, total, outlet };
    writer.ranges(cut).into_par_iter().enumerate().map(|it| writer.shard(it)).collect()
}

struct Writer<'a> {
    name: &'a str,
    terms: &'a dyn Terms,
    total: u32,
    outlet: &'a Outlet<'a>,
}

/// Files beside a shard, and how many terms each is about.
type Beside = Vec<(Handed, u32)>;

impl Writer<'_> {
    fn ranges(&self, cut: &Cut) -> Vec<Range<usize>> {
        let (mut ranges, mut size, mut begun) = (Vec::new(), 0, 0);
        for at in 0..self.terms.len() {
            size += 24 + if self.is_long(at) { 0 } else { self.bits(at) };
            let is_full = match cut {
                Cut::BySize => size >= SHARD,
                Cut::ByCount(count) => at + 1 - begun == *count,
            };
            if is_full || at + 1 == self.terms.len() {
                ranges.push(begun..at + 1);
                (size, begun) = (0, at + 1);
            }
        }
        ranges
    }

    fn is_long(&self, term: usize) -> bool {
        self.terms.count(term) > INLINE
    }

    /// About how many bits the documents of `term` take.
    fn bits(&self, term: usize) -> u32 {
        let count = self.terms.count(term);
        count * (3 + width(self.total, count) as u32)
    }

    fn shard(&self, (number, range): (usize, Range<usize>)) -> Result<Shard, WriteError> {
        let name = format!("{}{number}", self.name);
        let (long, short): (Vec<usize>, Vec<usize>) =
            range.clone().partition(|it| self.is_long(*it));
        let long = pack(&long, |it| self.bits(it), DOCUMENTS);
        let listed = std::iter::once(short.as_slice()).chain(long.iter().copied());
        let placed = listed
            .flat_map(|it| pack(it, |it| self.terms.places(it), PLACES))
            .filter(|it| self.terms.places(it[0]) > 0)
            .collect::<Vec<_>>();
        let documents = beside(&long, |(number, terms)| self.lists((&name, number), terms))?;
        let places = beside(&placed, |(number, terms)| self.places((&name, number), terms))?;
        let lists: u64 = documents.iter().map(|it| it.0.length).sum();
        let first = self.terms.key(range.start).to_owned();
        let beside = [documents, places];
        let material = || self.head_material(&range, &beside);
        let head = self.outlet.coded(&name, material, || self.head(&range, &beside))?;
        Ok(Shard { first, hash: head.hash, length: head.length + lists })
    }

    fn lists(&self, (name, number): (&str, usize), terms: &[usize]) -> Result<Handed, WriteError> {
        let material = || {
            let mut material = Material::default();
            material.number(self.total);
            terms.iter().for_each(|it| self.terms.tell_documents(*it, &mut material));
            material
        };
        self.outlet.coded(&format!("{name}d{number}"), material, || {
            let (mut coder, mut expected) = (Coder::new(), DocumentNumbers::new());
            terms.iter().for_each(|it| self.documents(*it, &mut coder, &mut expected));
            coder
        })
    }

    fn places(&self, (name, number): (&str, usize), terms: &[usize]) -> Result<Handed, WriteError> {
        let material = || {
            let mut material = Material::default();
            terms.iter().for_each(|it| self.terms.tell_places(*it, &mut material));
            material
        };
        self.outlet.coded(&format!("{name}p{number}"), material, || {
            let (mut coder, mut expected) = (Coder::new(), PlaceNumbers::new());
            terms.iter().for_each(|it| self.terms.write_places(*it, &mut coder, &mut expected));
            coder
        })
    }

    /// All that the head of a shard is made from.
    fn head_material(&self, range: &Range<usize>, beside: &[Beside; 2]) -> Material {
        let mut material = Material::default();
        material.number(self.total);
        for files in beside {
            material.number(files.len() as u32);
            for (file, terms) in files {
                material.text(&file.hash);
                material.number(*terms);
            }
        }
        for term in range.clone() {
            material.text(self.terms.key(term));
            let (previous, far) = self.relatives(term, range);
            let numbers =
                [previous, far.len() as u32, self.terms.count(term), self.terms.places(term)];
            numbers.into_iter().for_each(|it| material.number(it));
            far.into_iter().for_each(|it| material.text(self.terms.key(it)));
            if !self.is_long(term) {
                self.terms.tell_documents(term, &mut material);
            }
        }
        material
    }

    fn head(&self, range: &Range<usize>, beside: &[Beside; 2]) -> Coder {
        let (mut coder, mut numbers) = (Coder::new(), vec![Numbers::NEW; 5]);
        for files in beside {
            coder.number(&mut numbers[0], files.len() as u32);
            for (file, terms) in files {
                let hash = u32::from_str_radix(&file.hash, 16).expect("a hash is hexadecimal");
                coder.plain(hash, HASH * 4);
                coder.number(&mut numbers[0], *terms);
            }
        }
        coder.number(&mut numbers[0], range.len() as u32);
        let mut keys = Keys { letters: Letters::new(), shared: Numbers::NEW, before: "" };
        for term in range.clone() {
            keys.push(&mut coder, self.terms.key(term));
            self.family(self.relatives(term, range), (&mut coder, &mut keys, &mut numbers[1..3]));
            coder.number(&mut numbers[3], self.terms.count(term) - 1);
            let places = self.terms.places(term);
            coder.number(
                &mut numbers[4],
                if places > 0 { 1 + places - self.terms.count(term) } else { 0 },
            );
        }
        let mut expected = DocumentNumbers::new();
        let short = range.clone().filter(|it| !self.is_long(*it));
        short.for_each(|it| self.documents(it, &mut coder, &mut expected));
        coder
    }

    /// How many terms before this one the previous form of its word is, if it is in the shard, and the forms in other shards.
    fn relatives(&self, term: usize, range: &Range<usize>) -> (u32, Vec<usize>) {
        let family = self.terms.family(term).iter().map(|it| *it as usize);
        let previous = family.clone().rfind(|it| (range.start..term).contains(it));
        let far = family.filter(|it| !range.contains(it)).collect();
        (previous.map_or(0, |it| (term - it) as u32), far)
    }

    fn family(
        &self,
        (previous, far): (u32, Vec<usize>),
        to: (&mut Coder, &mut Keys<'_>, &mut [Numbers]),
    ) {
        let (coder, keys, numbers) = to;
        coder.number(&mut numbers[0], previous);
        coder.number(&mut numbers[1], far.len() as u32);
        for term in far {
            keys.letters.write(coder, self.terms.key(term).as_bytes());
        }
    }

    fn documents(&self, term: usize, coder: &mut Coder, expected: &mut DocumentNumbers) {
        let width = width(self.total, self.terms.count(term));
        let mut next = 0;
        self.terms.each_document(term, &mut |document, worth| {
            coder.number(&mut expected.gaps[width], document - next);
            coder.symbol(&mut expected.worths[width], worth);
            next = document + 1;
        });
    }
}

fn beside(
    packed: &[&[usize]],
    write: impl Fn((usize, &[usize])) -> Result<Handed, WriteError>,
) -> Result<Beside, WriteError> {
    let written = packed.iter().enumerate();
    written.map(|(number, terms)| Ok((write((number, terms))?, terms.len() as u32))).collect()
}

/// What is expected of keys.
struct Keys<'a> {
    letters: Letters,
    /// Of how many bytes a key shares with the one before.
    shared: Numbers,
    before: &'a str,
}

impl<'a> Keys<'a> {
    fn push(&mut self, coder: &mut Coder, key: &'a str) {
        let shared = key.bytes().zip(self.before.bytes()).take_while(|(a, b)| a == b).count();
        coder.number(&mut self.shared, shared as u32);
        self.letters.write(coder, &key.as_bytes()[shared..]);
        self.before = key;
    }
}

/// Terms one after the other in files of about `full`, measured by `size`.
fn pack(terms: &[usize], size: impl Fn(usize) -> u32, full: u32) -> Vec<&[usize]> {
    let (mut files, mut begun, mut used) = (Vec::new(), 0, 0);
    for (at, term) in terms.iter().enumerate() {
        let more = size(*term);
        if at > begun && used + more > full {
            files.push(&terms[begun..at]);
            (begun, used) = (at, 0);
        }
        used += more;
    }
    if begun < terms.len() {
        files.push(&terms[begun..]);
    }
    files
}
