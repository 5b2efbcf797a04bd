//! Whole small sites: a fixture is one text file with what a maintainer writes and what comes of it.
//!
//! `=== PATH` begins a file of the site; `=== PATH [utf-16]`, `[windows-1252]` or `[hex]` one that is not UTF-8. `=== expected
//! findings` is what `build --format short` says; `=== expected PATH` a file that is built. Of a table, only the columns named
//! after its path are compared; of a page, what a reader sees of the element named there (`main` unless said otherwise).
//! `UPDATE_FIXTURES=1 cargo test fixtures` rewrites the expectations; read the diff.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex};

use seedbed::commands::load::kept::Kept;
use seedbed::commands::load::{Request, SiteFolder, load};
use seedbed::commands::make::make;
use seedbed::commands::told;
use seedbed::pipeline::write::{Output, OutputFile, Seal, WriteError};
use seedbed::pipeline::{Memos, Site};
use seedbed::report::{Color, Format, Notes, Style};

use crate::html;

/// The files of a built site by their paths.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// A site in a folder of its own, and what is built from it.
pub(crate) struct Built {
    pub(crate) name: String,
    pub(crate) folder: SiteFolder,
    pub(crate) site: Site,
    pub(crate) files: Files,
    _home: Option<tempfile::TempDir>,
}

/// Takes the files of a site into memory.
#[derive(Default)]
pub(crate) struct Shelf(Mutex<Files>);

impl Output for Shelf {
    fn add(&self, file: &OutputFile) -> Result<Seal, WriteError> {
        let mut files = self.0.lock().expect("no thread panics while it holds this");
        files.insert(file.path.clone(), file.bytes.clone());
        Ok(Seal::unwritten(file))
    }

    fn copy(&self, path: &str, from: &Path) -> Result<(), WriteError> {
        let bytes = std::fs::read(from).expect("an asset that was just found is there");
        self.add(&OutputFile { path: path.to_owned(), bytes }).map(drop)
    }
}

/// Every fixture, built once.
pub(crate) static ALL: LazyLock<Vec<Built>> = LazyLock::new(|| {
    let mut names: Vec<_> = std::fs::read_dir(folder())
        .expect("the fixtures are in the repository")
        .map(|it| it.expect("a folder can be listed").path())
        .collect();
    names.sort();
    names.iter().map(|it| of_fixture(it)).collect()
});

/// This repository's own site.
pub(crate) static OWN: LazyLock<Built> =
    LazyLock::new(|| built("this repository", Path::new(env!("CARGO_MANIFEST_DIR")), None));

/// What sites without a vocabulary of their own share, so that it is made once.
static PLAIN: LazyLock<Mutex<Kept>> = LazyLock::new(Mutex::default);

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures")
}

/// Reads the site in `root`.
pub(crate) fn loaded(root: &Path) -> SiteFolder {
    loaded_as(&Request { dir: root.to_owned(), ..Request::default() })
}

/// Reads what is asked for.
pub(crate) fn loaded_as(request: &Request<'_>) -> SiteFolder {
    let root = &request.dir;
    let folder = if root.join("vocabulary").exists() {
        load(request, &mut Kept::default())
    } else {
        load(request, &mut PLAIN.lock().expect("no test panics while it loads"))
    };
    folder.unwrap_or_else(|it| panic!("{}: {it}", root.display()))
}

/// Builds the site `folder`.
pub(crate) fn make_all(folder: &mut SiteFolder, memos: &Memos) -> (Site, Files) {
    let shelf = Shelf::default();
    let made = make(folder, memos, &shelf).unwrap_or_else(|it| panic!("{it}"));
    (made.site, shelf.0.into_inner().expect("all threads are done"))
}

fn built(name: &str, root: &Path, home: Option<tempfile::TempDir>) -> Built {
    let mut folder = loaded(root);
    let (site, files) = make_all(&mut folder, &Memos::default());
    Built { name: name.to_owned(), folder, site, files, _home: home }
}

fn of_fixture(path: &Path) -> Built {
    let text = std::fs::read_to_string(path).expect("a fixture is a text");
    let home = tempfile::tempdir().expect("there is room for a small site");
    std::fs::create_dir(home.path().join("seeds")).expect("the folder is new");
    for (head, body) in sections(&text).filter(|it| !it.0.starts_with("expected ")) {
        let (file, encoding) = head.split_once(" [").unwrap_or((head, ""));
        put(&home.path().join(file), &encoded(body, encoding));
    }
    let name = path.file_stem().expect("it has a name").to_string_lossy();
    let root = home.path().to_owned();
    built(&name, &root, Some(home))
}

/// The sections of a fixture: head and body.
fn sections(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let parts = text.split("\n=== ").skip(1);
    parts.map(|it| it.split_once('\n').unwrap_or((it, "")))
}

/// Writes a file and the folders above it.
pub(crate) fn put(path: &Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("it can be made");
    std::fs::write(path, bytes).expect("a temporary folder can be written");
}

fn encoded(body: &str, encoding: &str) -> Vec<u8> {
    // The blank line before the next head is there for the eye.
    let body = format!("{}\n", body.trim_end_matches('\n'));
    match encoding {
        "utf-16]" => ['\u{feff}'.to_string(), body]
            .concat()
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect(),
        "windows-1252]" => in_windows_1252(&body),
        "empty]" => Vec::new(),
        "hex]" => body
            .split_whitespace()
            .map(|it| u8::from_str_radix(it, 16).expect("two digits a byte"))
            .collect(),
        "" => body.into_bytes(),
        other => panic!("{other} is no encoding that fixtures know"),
    }
}

/// Latin letters and the few signs of windows-1252 that the fixtures use.
fn in_windows_1252(text: &str) -> Vec<u8> {
    let byte = |it: char| match it {
        '“' => 0x93,
        '”' => 0x94,
        '’' => 0x92,
        '–' => 0x96,
        '€' => 0x80,
        it => u8::try_from(u32::from(it)).expect("the letter is in windows-1252"),
    };
    text.chars().map(byte).collect()
}

/// What a user is told of a site, with its folder left out.
pub(crate) fn findings(built: &Built) -> String {
    let style = Style { format: Format::Short, notes: Notes::Sampled, color: Color::Plain };
    let text = told::text(&built.site.findings, (&built.folder, Some(&built.site)), style);
    text.replace(&format!("{}/", built.folder.root.display()), "")
}

/// What the fixture's head `expected …` asks for, as it is.
fn actual(built: &Built, head: &str) -> String {
    let (path, part) = head.split_once(' ').unwrap_or((head, ""));
    if path == "findings" {
        return findings(built);
    }
    let Some(bytes) = built.files.get(path) else { return "there is no such file\n".to_owned() };
    let text = String::from_utf8(bytes.clone()).expect("what we write is UTF-8");
    match path.rsplit('.').next() {
        Some("html") => html::shown(&text, if part.is_empty() { "main" } else { part }),
        Some("csv") if !part.is_empty() => columns(&text, part),
        _ => text,
    }
}

/// The columns `names` of a table.
fn columns(table: &str, names: &str) -> String {
    let rows = rows(table);
    let at = |name: &str| {
        rows[0].iter().position(|it| it == name).unwrap_or_else(|| panic!("no column {name}"))
    };
    let wanted: Vec<_> = names.split(',').map(at).collect();
    let mut text = String::new();
    for row in &rows[1..] {
        let cells: Vec<_> = wanted.iter().map(|it| row[*it].as_str()).collect();
        writeln!(text, "{}", cells.join(" | ")).expect("a string can be written");
    }
    text
}

/// The cells of a table in RFC 4180's form.
pub(crate) fn rows(table: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut letters = table.chars().peekable();
    while let Some(letter) = letters.next() {
        let row = rows.last_mut().expect("there is always one");
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                row.last_mut().expect("there is always one").push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\r' if !quoted => {}
            '\n' if !quoted => rows.push(vec![String::new()]),
            letter => row.last_mut().expect("there is always one").push(letter),
        }
    }
    rows.retain(|it| it.len() > 1);
    rows
}

/// The fixture with its expectations as they are.
fn updated(built: &Built, text: &str) -> String {
    let head = text.split("\n=== ").next().unwrap_or_default();
    let mut whole = head.to_owned();
    for (head, body) in sections(text) {
        write!(whole, "\n=== {head}\n").expect("a string can be written");
        match head.strip_prefix("expected ") {
            Some(head) => whole.push_str(&actual(built, head)),
            None => whole.push_str(body),
        }
        if head.starts_with("expected ") {
            continue;
        }
        whole.truncate(whole.trim_end_matches('\n').len());
        whole.push('\n');
    }
    whole.trim_end_matches('\n').to_owned() + "\n"
}

#[test]
fn every_fixture_gives_what_it_expects() {
    let update = std::env::var_os("UPDATE_FIXTURES").is_some();
    let mut wrong = Vec::new();
    for built in ALL.iter() {
        let path = folder().join(format!("{}.txt", built.name));
        let before = std::fs::read_to_string(&path).expect("it was read before");
        let now = updated(built, &before);
        if now == before {
            continue;
        }
        if update {
            std::fs::write(&path, now).expect("the repository can be written");
        } else {
            wrong.push(format!("{}:\n{}", built.name, difference(&before, &now)));
        }
    }
    assert!(wrong.is_empty(), "{}\nUPDATE_FIXTURES=1 rewrites them", wrong.join("\n"));
}

/// The lines in which two texts differ, up to twenty of them.
fn difference(before: &str, now: &str) -> String {
    let (old, new): (Vec<_>, Vec<_>) = (before.lines().collect(), now.lines().collect());
    let gone = old.iter().filter(|it| !new.contains(it)).map(|it| format!("- {it}"));
    let come = new.iter().filter(|it| !old.contains(it)).map(|it| format!("+ {it}"));
    gone.chain(come).take(20).collect::<Vec<_>>().join("\n")
}
