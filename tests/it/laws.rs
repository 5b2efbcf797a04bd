//! What holds for every site: all fixtures and this repository's own.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Mutex;

use seedbed::memo::ledger::Past;
use seedbed::pipeline::write::{Output, OutputFile, Seal, WriteError};
use seedbed::pipeline::{Memos, publish, reading, understand};

use crate::fixtures::{ALL, Built, Files, OWN, loaded, make_all, rows};
use crate::html::{Piece, attribute, pieces};

fn each() -> impl Iterator<Item = &'static Built> {
    ALL.iter().chain([&*OWN])
}

fn pages(files: &Files) -> impl Iterator<Item = (&str, &str)> {
    let pages = files.iter().filter(|it| it.0.rsplit('.').next() == Some("html"));
    pages.map(|it| (it.0.as_str(), std::str::from_utf8(it.1).expect("pages are UTF-8")))
}

/// Names the first file in which two sites differ, and where.
pub(crate) fn assert_same(one: &Files, two: &Files, what: &str) {
    let (a, b): (BTreeSet<_>, BTreeSet<_>) = (one.keys().collect(), two.keys().collect());
    assert_eq!(a, b, "{what}: not the same files");
    for (path, bytes) in one {
        if *bytes != two[path] {
            let at = bytes.iter().zip(&two[path]).take_while(|it| it.0 == it.1).count();
            let around = |it: &[u8]| {
                let part = &it[at.saturating_sub(80)..it.len().min(at + 80)];
                String::from_utf8_lossy(part).into_owned()
            };
            panic!("{what}: {path} differs\n{}\n{}", around(bytes), around(&two[path]));
        }
    }
}

#[test]
fn a_warm_build_gives_the_same_bytes_as_a_cold_one() {
    for site in each() {
        let memos = Memos::default();
        let mut folder = loaded(&site.folder.root);
        assert_same(&site.files, &make_all(&mut folder, &memos).1, &site.name);
        let misses = memos.readings.misses();
        assert_same(&site.files, &make_all(&mut folder, &memos).1, &site.name);
        assert_eq!(memos.readings.misses(), misses, "{}: read again", site.name);
    }
}

#[test]
fn the_number_of_threads_does_not_show() {
    for site in each() {
        for threads in [1, 8] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            let build = || make_all(&mut loaded(&site.folder.root), &Memos::default()).1;
            let files = pool.expect("threads can be had").install(build);
            assert_same(&site.files, &files, &format!("{} with {threads}", site.name));
        }
    }
}

#[test]
fn annotating_twice_gives_the_same() {
    for site in each() {
        for source in &site.folder.inputs.sources {
            let once = reading(source, &site.folder.inputs);
            let twice = reading(source, &site.folder.inputs);
            assert_eq!(once.reading, twice.reading, "{}", source.id);
            assert_eq!(once.diagnostics, twice.diagnostics, "{}", source.id);
        }
    }
}

/// Where a link on `page` leads: a path below the site, and a fragment.
fn target(page: &str, link: &str) -> Option<(String, String)> {
    if link.contains("://") || link.starts_with("mailto:") || link.starts_with("data:") {
        return None;
    }
    let (link, fragment) = link.split_once('#').unwrap_or((link, ""));
    let link = link.split('?').next().unwrap_or(link);
    let mut parts: Vec<&str> = page.split('/').collect();
    if !link.is_empty() {
        parts.pop();
    }
    for part in link.split('/').filter(|_| !link.is_empty()) {
        match part {
            "." => {}
            ".." => assert!(parts.pop().is_some(), "{page}: {link} leads out of the site"),
            part => parts.push(part),
        }
    }
    let mut path = unescaped(&parts.join("/"));
    if path.is_empty() || path.ends_with('/') {
        path.push_str("index.html");
    }
    Some((path, unescaped(fragment)))
}

/// Text without percent signs.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, others)) = rest.split_first() {
        let code = (first == b'%').then(|| others.get(..2)).flatten();
        let code = code.and_then(|it| u8::from_str_radix(std::str::from_utf8(it).ok()?, 16).ok());
        bytes.push(code.unwrap_or(first));
        rest = if code.is_some() { &others[2..] } else { others };
    }
    String::from_utf8(bytes).expect("addresses are UTF-8")
}

/// The ids of a page, and its links.
fn anchors(page: &str) -> (Vec<String>, Vec<String>) {
    let (mut ids, mut links) = (Vec::new(), Vec::new());
    for piece in pieces(page) {
        if let Piece::Open(name, attributes) = piece {
            ids.extend(attribute(&attributes, "id").map(str::to_owned));
            let is_name = attribute(&attributes, "rel") == Some("canonical");
            let wanted = ["href", "src", "action", "data-script"];
            let found = wanted.iter().filter_map(|it| attribute(&attributes, it));
            if !is_name && name != "base" {
                links.extend(found.map(str::to_owned));
            }
        }
    }
    (ids, links)
}

#[test]
fn ids_are_unique_and_every_link_inside_the_site_leads_somewhere() {
    let mut broken = Vec::new();
    for site in each() {
        let broken_by_author = crate::fixtures::findings(site).contains("broken-");
        let mut all = BTreeMap::new();
        for (path, page) in pages(&site.files) {
            let (ids, links) = anchors(page);
            let unique: BTreeSet<_> = ids.iter().cloned().collect();
            assert_eq!(unique.len(), ids.len(), "{}: {path} has an id twice: {ids:?}", site.name);
            all.insert(path, (unique, links));
        }
        for (page, (_, links)) in &all {
            // The page for what is not found stands at no one address, so its links are absolute.
            for link in links.iter().filter(|it| *page != "404.html" || !it.starts_with('/')) {
                let Some((path, fragment)) = target(page, link) else { continue };
                let fragment = Some(fragment).filter(|it| !it.is_empty());
                let lacks = |ids: &BTreeSet<String>| fragment.is_some_and(|it| !ids.contains(&it));
                let is_broken = !site.files.contains_key(&path)
                    || all.get(path.as_str()).is_some_and(|it| lacks(&it.0));
                if is_broken && !broken_by_author {
                    broken.push(format!("{}: {page}: {link}", site.name));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// Counts how often a path is given away.
#[derive(Default)]
struct Doors(Mutex<BTreeMap<String, usize>>);

impl Output for Doors {
    fn add(&self, file: &OutputFile) -> Result<Seal, WriteError> {
        *self.0.lock().unwrap().entry(file.path.clone()).or_default() += 1;
        Ok(Seal::unwritten(file))
    }

    fn copy(&self, path: &str, _: &Path) -> Result<(), WriteError> {
        *self.0.lock().unwrap().entry(path.to_owned()).or_default() += 1;
        Ok(())
    }
}

#[test]
fn no_two_files_share_a_path_nor_differ_in_case_only() {
    for site in each() {
        let doors = Doors::default();
        let mut again = understand(&site.folder.inputs, &Memos::default());
        publish(&mut again, &site.folder.templates, (&doors, &Past::default())).unwrap();
        let paths = doors.0.into_inner().unwrap();
        let twice: Vec<_> = paths.into_iter().filter(|it| it.1 > 1).collect();
        assert!(twice.is_empty(), "{}: {twice:?}", site.name);
        let mut seen = BTreeSet::new();
        for path in site.files.keys() {
            assert!(seen.insert(path.to_lowercase()), "{}: {path}", site.name);
        }
    }
}

#[test]
fn the_offsets_of_a_mention_cut_it_out_of_the_file() {
    for site in each() {
        let sources: BTreeMap<_, _> = site
            .site
            .readings
            .iter()
            .zip(&site.site.collection.documents)
            .map(|it| (String::clone(&it.1.slug), site.folder.seeds.join(&*it.0.document.id)))
            .collect();
        let table = String::from_utf8(site.files["data/mentions.csv"].clone()).unwrap();
        for row in &rows(&table)[1..] {
            let bytes = std::fs::read(&sources[&row[0]]).unwrap();
            if bytes.starts_with(&[0xff, 0xfe]) || std::str::from_utf8(&bytes).is_err() {
                continue;
            }
            let cut = &bytes[row[3].parse().unwrap()..row[4].parse().unwrap()];
            assert_eq!(std::str::from_utf8(cut).unwrap(), row[5], "{}: {row:?}", site.name);
        }
    }
}

#[test]
fn every_page_says_what_it_is() {
    for site in each() {
        for (path, page) in pages(&site.files) {
            let pieces = pieces(page);
            let count = |wanted: &str, key: &str, value: &str| {
                let is = |it: &&Piece<'_>| match it {
                    Piece::Open(name, attributes) => {
                        *name == wanted
                            && (key.is_empty()
                                || attribute(attributes, key)
                                    .is_some_and(|it| value.is_empty() || it == value))
                    }
                    _ => false,
                };
                pieces.iter().filter(is).count()
            };
            let name = format!("{}: {path}", site.name);
            assert_eq!(count("html", "lang", ""), 1, "{name}: lang");
            assert_eq!(count("meta", "http-equiv", "Content-Security-Policy"), 1, "{name}: policy");
            assert_eq!(count("h1", "", ""), 1, "{name}: h1");
            assert!(count("title", "", "") >= 1, "{name}: title");
            if count("meta", "http-equiv", "refresh") == 0 {
                assert_eq!(count("meta", "name", "description"), 1, "{name}: description");
            }
            if path != "404.html" {
                assert_eq!(count("link", "rel", "canonical"), 1, "{name}: canonical");
            }
            for piece in &pieces {
                if let Piece::Open(_, attributes) = piece {
                    let is_inline =
                        |it: &&(&str, String)| it.0 == "style" || it.0.starts_with("on");
                    assert_eq!(attributes.iter().find(is_inline), None, "{name}: inline");
                }
            }
        }
    }
}

#[test]
fn nothing_of_this_machine_is_in_the_output() {
    for site in each() {
        let roots = [site.folder.root.to_string_lossy(), env!("CARGO_MANIFEST_DIR").into()];
        for (path, bytes) in &site.files {
            let text = String::from_utf8_lossy(bytes);
            for root in &roots {
                assert!(!text.contains(&**root), "{}: {path} names {root}", site.name);
            }
        }
    }
}
