//! The files of a search index to what they say: the reading half of `src/pipeline/search/coder.rs` and `section.rs`, written again.

#![expect(clippy::unwrap_used, reason = "an index that cannot be read fails the test")]

use std::cell::RefCell;
use std::collections::BTreeMap;

use seedbed::pipeline::write::OutputFile;

/// An index that was read.
pub(crate) struct Index {
    files: BTreeMap<String, Vec<u8>>,
    lengths: Vec<u32>,
    documents: u32,
    pub(crate) frequent: Vec<String>,
    pub(crate) contexts: Vec<u32>,
    pub(crate) years: Vec<(i16, usize)>,
    pub(crate) rows: Vec<Row>,
    words: (usize, String),
    fields: Vec<(String, usize, String)>,
    keys: (usize, String),
}

/// A key of a name, with all that its row says.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Named {
    pub(crate) key: String,
    pub(crate) is_whole: bool,
    pub(crate) field: usize,
    pub(crate) number: u32,
    pub(crate) count: u32,
    pub(crate) name: String,
}

/// A row of the table.
pub(crate) struct Row {
    pub(crate) title: String,
    pub(crate) slug: String,
    pub(crate) date: String,
}

/// A term of a section.
#[derive(Default)]
pub(crate) struct Term {
    pub(crate) key: String,
    /// Which of its section it is.
    pub(crate) number: u32,
    pub(crate) count: u32,
    total: u32,
    documents: Vec<u32>,
    worths: Vec<u32>,
    pub(crate) places: BTreeMap<String, Vec<u32>>,
    pub(crate) before: BTreeMap<String, Vec<u32>>,
}

/// How many values a digit has.
const BASE: u64 = 63_200;

struct Decoder {
    digits: Vec<u64>,
    at: usize,
    range: u64,
    code: u64,
}

/// Chances of a tree of yes and no.
#[derive(Clone)]
struct Chances(RefCell<Vec<(i32, i32)>>);

type Numbers = (Chances, Chances);

fn chances(bits: u32) -> Chances {
    Chances(RefCell::new(vec![(1 << 15, 0); 1 << bits]))
}

fn numbers() -> Numbers {
    (chances(5), chances(7))
}

impl Decoder {
    fn new(text: &str) -> Self {
        let digit = |unit: u64| unit - if unit < 0xd800 { 0x100 } else { 0x900 };
        let digits = text.encode_utf16().map(|it| digit(u64::from(it))).collect();
        let mut decoder = Decoder { digits, at: 0, range: 1, code: 0 };
        decoder.shift();
        decoder
    }

    fn shift(&mut self) {
        while self.range <= BASE * BASE {
            self.range *= BASE;
            self.code = self.code * BASE + self.digits.get(self.at).unwrap_or(&0);
            self.at += 1;
        }
    }

    fn bit(&mut self, chances: &Chances, at: usize) -> usize {
        let (no, seen) = chances.0.borrow()[at];
        let bound = (self.range >> 16) * u64::from(no.cast_unsigned());
        let bit = usize::from(self.code >= bound);
        if bit == 1 {
            self.code -= bound;
            self.range -= bound;
        } else {
            self.range = bound;
        }
        let rate = 32_768 / (2 * seen + 3);
        let moved = no + ((((if bit == 1 { 0 } else { 65_536 }) - no) * rate) >> 14);
        chances.0.borrow_mut()[at] = (moved.clamp(48, 65_488), (seen + 1).min(60));
        self.shift();
        bit
    }

    fn plain(&mut self, count: u32) -> u32 {
        self.range >>= count;
        let value = self.code / self.range;
        self.code -= value * self.range;
        self.shift();
        value as u32
    }

    fn symbol(&mut self, chances: &Chances) -> u32 {
        let end = chances.0.borrow().len();
        let mut at = 1;
        while at < end {
            at = at << 1 | self.bit(chances, at);
        }
        (at - end) as u32
    }

    fn number(&mut self, (sizes, digits): &Numbers) -> u32 {
        let size = self.symbol(sizes);
        let mut at = 1;
        for _ in 0..size.min(2) {
            at = at << 1 | self.bit(digits, size as usize * 4 + at);
        }
        if size > 2 {
            ((at as u32) << (size - 2) | self.plain(size - 2)) - 1
        } else {
            at as u32 - 1
        }
    }

    fn letters(&mut self, letters: &[Chances], bytes: &mut Vec<u8>) -> String {
        self.text(letters, bytes, |last, _| last)
    }

    fn text(
        &mut self,
        letters: &[Chances],
        bytes: &mut Vec<u8>,
        known: impl Fn(usize, usize) -> usize,
    ) -> String {
        let (mut last, begin) = (0, bytes.len());
        loop {
            last = self.symbol(&letters[known(last, bytes.len() - begin)]) as usize;
            if last == 0 {
                return String::from_utf8(bytes.clone()).unwrap();
            }
            bytes.push(last as u8);
        }
    }
}

fn width(total: u32, parts: u32) -> usize {
    (total / parts).checked_ilog2().map_or(0, |it| it.min(18) + 1) as usize
}

fn cut(hashes: &str) -> usize {
    hashes.len() / 6
}

impl Index {
    pub(crate) fn open(files: Vec<OutputFile>) -> Self {
        let files: BTreeMap<String, Vec<u8>> =
            files.into_iter().map(|it| (it.path, it.bytes)).collect();
        let entry = String::from_utf8(files["search/index.js"].clone()).unwrap();
        let entry: serde_json::Value =
            serde_json::from_str(&entry["seedbed(\"index\",".len()..entry.len() - 1]).unwrap();
        let number = |name: &str| entry[name].as_u64().unwrap() as u32;
        let mut index = Index {
            lengths: {
                let lengths = entry["lengths"].as_str().unwrap().bytes();
                lengths.map(|it| (3 << (it - b'a')) / 2).collect()
            },
            documents: number("documents"),
            frequent: serde_json::from_value(entry["frequent"].clone()).unwrap(),
            contexts: serde_json::from_value(entry["contexts"].clone()).unwrap(),
            years: serde_json::from_value(entry["years"].clone()).unwrap(),
            words: (
                cut(entry["words"][1].as_str().unwrap()),
                entry["words"][1].as_str().unwrap().to_owned(),
            ),
            fields: serde_json::from_value::<Vec<(String, usize, usize, String)>>(
                entry["fields"].clone(),
            )
            .unwrap()
            .into_iter()
            .map(|it| (it.0, it.1, it.3))
            .collect(),
            rows: Vec::new(),
            keys: (
                cut(entry["keys"][1].as_str().unwrap()),
                entry["keys"][1].as_str().unwrap().to_owned(),
            ),
            files,
        };
        index.rows = index.read_rows(entry["table"][1].as_str().unwrap());
        index
    }

    fn decoder(&self, name: &str, hash: &str) -> Decoder {
        let bytes = &self.files[&format!("search/{name}.{hash}.js")];
        let units: Vec<u16> =
            bytes.chunks(2).map(|it| u16::from_le_bytes([it[0], it[1]])).collect();
        let script = String::from_utf16(&units[1..]).unwrap();
        Decoder::new(
            script
                .strip_prefix(&format!("seedbed(\"{name}\",\""))
                .unwrap()
                .strip_suffix("\")")
                .unwrap(),
        )
    }

    fn read_rows(&self, hashes: &str) -> Vec<Row> {
        let expected = (vec![chances(8); 256], numbers(), numbers());
        let last = cut(hashes) - 1;
        let mut rows = Vec::new();
        read_table(&mut self.decoder("u", &hashes[last * 6..]), &expected, &mut Vec::new());
        for number in 0..last {
            let mut decoder =
                self.decoder(&format!("t{number}"), &hashes[number * 6..number * 6 + 6]);
            read_table(&mut decoder, &expected.clone(), &mut rows);
        }
        rows
    }

    pub(crate) fn words(&self) -> Vec<Term> {
        (0..self.words.0)
            .flat_map(|it| self.shard(&format!("w{it}"), &self.words.1[it * 6..it * 6 + 6], true))
            .collect()
    }

    pub(crate) fn values(&self, field: &str) -> BTreeMap<String, Term> {
        let number = self.fields.iter().position(|it| it.0 == field).unwrap();
        let hashes = &self.fields[number].2;
        let shards = (0..cut(hashes)).flat_map(|it| {
            self.shard(&format!("f{number}_{it}"), &hashes[it * 6..it * 6 + 6], false)
        });
        (0..).zip(shards).map(|(number, it)| (it.key.clone(), Term { number, ..it })).collect()
    }

    pub(crate) fn names(&self) -> Vec<Named> {
        let (count, hashes) = &self.keys;
        let read = |it| read_names(&mut self.decoder(&format!("k{it}"), &hashes[it * 6..it * 6 + 6]));
        (0..*count).flat_map(read).collect()
    }

    fn shard(&self, name: &str, hash: &str, told: bool) -> Vec<Term> {
        let mut decoder = self.decoder(name, hash);
        let expected: Vec<Numbers> = (0..6).map(|_| numbers()).collect();
        let beside = [(); 2].map(|()| {
            let count = decoder.number(&expected[0]);
            (0..count)
                .map(|_| {
                    (format!("{:06x}", decoder.plain(24)), decoder.number(&expected[0]) as usize)
                })
                .collect::<Vec<_>>()
        });
        let mut terms = read_keys(&mut decoder, &expected);
        let (long, mut short): (Vec<usize>, Vec<usize>) =
            (0..terms.len()).partition(|it| terms[*it].count > 400);
        self.read_documents(&mut decoder, &mut terms, &short);
        let mut rest = long.as_slice();
        for (number, (hash, count)) in beside[0].iter().enumerate() {
            let (these, behind) = rest.split_at(*count);
            self.read_documents(
                &mut self.decoder(&format!("{name}d{number}"), hash),
                &mut terms,
                these,
            );
            rest = behind;
        }
        short.extend(long);
        let placed: Vec<usize> = short.into_iter().filter(|it| terms[*it].total > 0).collect();
        let mut rest = placed.as_slice();
        for (number, (hash, count)) in beside[1].iter().enumerate() {
            let (these, behind) = rest.split_at(*count);
            self.read_places(
                &mut self.decoder(&format!("{name}p{number}"), hash),
                (&mut terms, these),
                told,
            );
            rest = behind;
        }
        terms
    }

    fn read_documents(&self, decoder: &mut Decoder, terms: &mut [Term], these: &[usize]) {
        let (gaps, worths): (Vec<Numbers>, Vec<Chances>) =
            ((0..20).map(|_| numbers()).collect(), vec![chances(3); 20]);
        for term in these {
            let term = &mut terms[*term];
            let (mean, mut next) = (width(self.documents, term.count), 0);
            for _ in 0..term.count {
                let document = next + decoder.number(&gaps[mean]);
                term.documents.push(document);
                term.worths.push(decoder.symbol(&worths[mean]));
                term.places.insert(self.rows[document as usize].slug.clone(), Vec::new());
                next = document + 1;
            }
        }
    }

    fn read_places(
        &self,
        decoder: &mut Decoder,
        (terms, these): (&mut [Term], &[usize]),
        told: bool,
    ) {
        let counts: Vec<Numbers> = (0..160).map(|_| numbers()).collect();
        let (gaps, shared): (Vec<Numbers>, _) =
            ((0..20).map(|_| numbers()).collect(), (chances(1), chances(8)));
        for term in these {
            let term = &mut terms[*term];
            let told = told && !self.frequent.is_empty() && !self.frequent.contains(&term.key);
            let own = (chances(1), chances(8));
            let (any, which) = if term.total > 48 { &own } else { &shared };
            let mean = width(term.total, term.count);
            for (document, worth) in term.documents.iter().zip(&term.worths) {
                let slug = &self.rows[*document as usize].slug;
                let count = decoder.number(&counts[mean << 3 | *worth as usize]) + 1;
                let gaps = &gaps[width(self.lengths[*document as usize], count + 1)];
                let mut next = 0;
                for _ in 0..count {
                    let position = next + decoder.number(gaps);
                    term.places.get_mut(slug).unwrap().push(position);
                    next = position + 1;
                    if told {
                        let context =
                            if decoder.symbol(any) == 0 { 0 } else { decoder.symbol(which) };
                        term.before
                            .entry(slug.clone())
                            .or_default()
                            .push(self.contexts[context as usize]);
                    }
                }
            }
        }
    }
}

fn read_keys(decoder: &mut Decoder, expected: &[Numbers]) -> Vec<Term> {
    let letters = vec![chances(8); 256];
    let mut before = Vec::new();
    let count = decoder.number(&expected[0]);
    let term = |_| {
        before.truncate(decoder.number(&expected[5]) as usize);
        let key = decoder.letters(&letters, &mut before);
        decoder.number(&expected[1]);
        for _ in 0..decoder.number(&expected[2]) {
            decoder.letters(&letters, &mut Vec::new());
        }
        let count = decoder.number(&expected[3]) + 1;
        let total = match decoder.number(&expected[4]) {
            0 => 0,
            more => count + more - 1,
        };
        Term { key, count, total, ..Term::default() }
    };
    (0..count).map(term).collect()
}

fn read_names(decoder: &mut Decoder) -> Vec<Named> {
    let [shared, numbering, counts, skips] = [(); 4].map(|()| numbers());
    let (kinds, letters, mut before) = (chances(4), vec![chances(8); 512], Vec::new());
    let count = decoder.number(&shared);
    let row = |_| {
        before.truncate(decoder.number(&shared) as usize);
        let key = decoder.letters(&letters, &mut before);
        let kind = decoder.symbol(&kinds) as usize;
        let (number, count) = (decoder.number(&numbering), decoder.number(&counts) + 1);
        let skip = decoder.number(&skips) as usize;
        let known = |last, at: usize| {
            let other = at.checked_sub(skip).map(|it| before.get(it).copied().unwrap_or(0));
            other.map_or(last, |it| 256 + usize::from(it))
        };
        let name = decoder.text(&letters, &mut Vec::new(), known);
        Named { key, is_whole: kind > 7, field: kind & 7, number, count, name }
    };
    (0..count).map(row).collect()
}

fn read_table(
    decoder: &mut Decoder,
    (letters, count, gap): &(Vec<Chances>, Numbers, Numbers),
    rows: &mut Vec<Row>,
) {
    for _ in 0..decoder.number(&numbers()) {
        let text = decoder.letters(letters, &mut Vec::new());
        let mut fields = text.split('\n').map(str::to_owned);
        let mut next = || fields.next().unwrap();
        rows.push(Row { title: next(), slug: next(), date: next() });
        for _ in 0..decoder.number(count) {
            decoder.number(gap);
        }
    }
}
