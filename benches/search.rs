//! What searching costs: `cargo bench --bench search -- DOCUMENTS [FOLDER]` indexes a generated collection, prints the cost, and writes
//! the index and the documents' texts to the folder, where `tests/browser/search.mjs` puts queries to it. Instead of a number there may be
//! a folder of documents, which are read as a build reads them, with all names that it finds.

mod collection;
mod site;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use seedbed::cli::InputArgs;
use seedbed::commands::load::kept::Kept;
use seedbed::commands::load::{Request, load};
use seedbed::memo::ledger::Past;
use seedbed::pipeline::search::index;
use seedbed::pipeline::search::posting::{Postings, postings};
use seedbed::pipeline::write::{Output, OutputFile, Seal, WriteError};
use seedbed::pipeline::{Memos, Reading, Site, describe::BlockRole, understand};
use seedbed::vocabulary::Kind;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[expect(clippy::print_stdout, reason = "a program of its own, outside the pipeline")]
fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let site = site_of(arguments.first().map_or("1000", String::as_str))?;
    let text: usize = site.readings.iter().map(|it| it.document.text.len()).sum();
    let before = (seconds()?, kilobytes("VmRSS")?);
    let made: Vec<Arc<Postings>> =
        site.readings.par_iter().map(|it| Arc::new(postings(it))).collect();
    let between = (seconds()?, kilobytes("VmRSS")?);
    let taken = Taken::default();
    index(&site, made, (&taken, &Past::default().unasked())).map_err(std::io::Error::other)?;
    let files = taken.0.into_inner().map_err(|it| std::io::Error::other(it.to_string()))?;
    let after = (seconds()?, kilobytes("VmHWM")?);
    let bytes: usize = files.iter().map(|it| it.bytes.len()).sum();
    println!("documents {}  text {:.1} MB", site.readings.len(), text as f64 / 1e6);
    println!(
        "index {:.2} MB in {} files, {:.4} of the text",
        bytes as f64 / 1e6,
        files.len(),
        bytes as f64 / text as f64
    );
    println!(
        "processor {:.2} s postings, {:.2} s index",
        between.0 - before.0,
        after.0 - between.0
    );
    println!(
        "memory {} MB postings, {} MB peak",
        between.1.saturating_sub(before.1) / 1000,
        after.1.saturating_sub(before.1) / 1000
    );
    by_kind(&files);
    arguments.get(1).map_or(Ok(()), |folder| write(Path::new(folder), &site, &files))
}

/// The site of so many generated documents, or of those in a folder.
fn site_of(wanted: &str) -> std::io::Result<Site> {
    if let Ok(documents) = wanted.parse() {
        return Ok(site::site(&collection::World::new(1, documents), documents));
    }
    let dir = PathBuf::from(wanted);
    let inputs = InputArgs { seeds: Some(dir.clone()), ..InputArgs::default() };
    let request = Request { dir, inputs, ..Request::default() };
    let folder = load(&request, &mut Kept::default()).map_err(std::io::Error::other)?;
    let mut site = understand(&folder.inputs, &Memos::default());
    // They are made again, to see what that costs.
    site.postings.clear();
    Ok(site)
}

/// The files of the index, held in memory.
#[derive(Default)]
struct Taken(Mutex<Vec<OutputFile>>);

impl Output for Taken {
    fn add(&self, file: &OutputFile) -> Result<Seal, WriteError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(file.clone());
        Ok(Seal::unwritten(file))
    }

    fn copy(&self, _: &str, _: &Path) -> Result<(), WriteError> {
        Ok(())
    }
}

#[expect(clippy::print_stdout, reason = "a program of its own, outside the pipeline")]
fn by_kind(files: &[OutputFile]) {
    let mut kinds: std::collections::BTreeMap<String, (usize, usize)> =
        std::collections::BTreeMap::new();
    for file in files {
        let name = file.path.trim_start_matches("search/").split('.').next().unwrap_or_default();
        let kind: String = name.chars().filter(|it| !it.is_ascii_digit()).collect();
        let sum = kinds.entry(kind).or_default();
        *sum = (sum.0 + file.bytes.len(), sum.1 + 1);
    }
    for (kind, (bytes, count)) in kinds {
        println!("  {kind:8} {bytes:9} bytes {count:6} files");
    }
}

#[expect(clippy::disallowed_methods, reason = "a program of its own, outside the pipeline")]
fn write(
    folder: &Path,
    site: &Site,
    files: &[OutputFile],
) -> std::io::Result<()> {
    std::fs::create_dir_all(folder.join("search"))?;
    std::fs::write(folder.join("search.js"), seedbed::pipeline::search::client::client(|_| None))?;
    for file in files {
        std::fs::write(folder.join(&file.path), &file.bytes)?;
    }
    let cut: Vec<_> = tricky()
        .into_iter()
        .map(|it| (seedbed::pipeline::search::terms::folded(&it), it))
        .collect();
    std::fs::write(
        folder.join("terms.json"),
        serde_json::to_vec(&cut).map_err(std::io::Error::other)?,
    )?;
    let mut names = lines(folder, "names.jsonl")?;
    for entity in &site.collection.entities {
        let field = 1 + Kind::ALL.iter().position(|it| *it == entity.kind).unwrap_or_default();
        let forms: Vec<_> = entity.forms.iter().map(|it| &it.0).collect();
        writeln!(names, "{}", serde_json::json!([field, entity.name, forms]))?;
    }
    names.flush()?;
    let mut truth = lines(folder, "truth.jsonl")?;
    for document in 0..site.readings.len() {
        writeln!(truth, "{}", true_of(site, document))?;
    }
    truth.flush()
}

#[expect(clippy::disallowed_methods, reason = "a program of its own, outside the pipeline")]
fn lines(folder: &Path, name: &str) -> std::io::Result<std::io::BufWriter<std::fs::File>> {
    std::fs::File::create(folder.join(name)).map(std::io::BufWriter::new)
}

/// What a plain scan needs to know of a document.
fn true_of(site: &Site, document: usize) -> serde_json::Value {
    let (reading, entry) = (&site.readings[document], &site.collection.documents[document]);
    let date = reading.description.date.as_ref().map(|it| it.value.to_string());
    let named: Vec<u32> = entry.named.iter().map(|it| it.0.0).collect();
    let themes = reading.annotations.themes.iter();
    let themes: Vec<_> = themes.map(|it| &site.vocabulary.theme(it.theme).name).collect();
    let issuer = entry.issuer.map(|it| &site.collection.entities[it.0 as usize].name);
    let issuer = issuer.or(reading.description.issuer.as_ref().map(|it| &it.value));
    let kind = reading.description.kind.as_ref().map(|it| &it.value);
    serde_json::json!([entry.slug, shown(reading), date, named, themes, issuer, kind])
}

/// The title and the texts of the blocks that are searched.
fn shown(reading: &Reading) -> Vec<&str> {
    let document = &reading.document;
    let blocks: Vec<_> = document.blocks.iter().zip(&reading.description.roles).collect();
    let of = |wanted: &[BlockRole]| -> Vec<&str> {
        let found = blocks.iter().filter(|it| wanted.contains(it.1));
        found.map(|it| &document.text[it.0.range()]).collect()
    };
    let mut shown = of(&[BlockRole::Title]);
    if shown.is_empty() {
        shown.push(&reading.description.title.value);
    }
    shown.extend(of(&[BlockRole::Text, BlockRole::Dateline]));
    shown
}

/// Texts that two programs may well cut differently: every kind of character, and the ones that have led others astray.
fn tricky() -> Vec<String> {
    let mut random = collection::Random::new(5);
    let mut texts: Vec<String> = [
        "İstanbul ΟΔΟΣ ὈΔΥΣΣΕΎΣ",
        "Straße ẞ Ærø œuvre þorn",
        "co\u{2011}op so\u{ad}ft a\u{200d}b",
        "½ ﬁne １２ Ⅷ ①",
        "上海 カタカナ ｶﾞ 한국어",
        "U.S. don’t O'Brien A/RES/2482",
    ]
    .map(str::to_owned)
    .to_vec();
    for _ in 0..5_000 {
        let letters = 1 + random.below(12);
        let planes = [0x80, 0x600, 0x3000, 0x1_1000, 0x2_0000];
        texts.push(
            (0..letters)
                .filter_map(|_| {
                    char::from_u32({
                        let plane = *random.pick(&planes);
                        random.below(plane)
                    } as u32)
                })
                .collect(),
        );
    }
    texts
}

/// Processor time of this process so far.
#[expect(clippy::disallowed_methods, reason = "a program of its own, outside the pipeline")]
fn seconds() -> std::io::Result<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let fields: Vec<f64> = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .map(|it| it.parse().unwrap_or_default())
        .collect();
    Ok((fields[11] + fields[12]) / 100.0)
}

#[expect(clippy::disallowed_methods, reason = "a program of its own, outside the pipeline")]
fn kilobytes(field: &str) -> std::io::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|it| it.strip_prefix(field)).unwrap_or_default();
    Ok(line.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap_or_default())
}
