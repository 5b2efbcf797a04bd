//! What is remembered on disk, and what other machines found: the same bytes as a build that knows nothing.

use std::path::{Path, PathBuf};

use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::Index;
use proptest::test_runner::{Config, TestRunner};
use seedbed::commands::annotate::answer;
use seedbed::commands::build::written;
use seedbed::commands::load::kept::Kept;
use seedbed::commands::load::{Request, SiteFolder, load};
use seedbed::commands::memory::Memory;
use seedbed::pipeline::Memos;
use serde_json::{Value, json};

use crate::fixtures::{ALL, Built, Files, OWN, loaded, loaded_as, make_all, put};
use crate::laws::assert_same;
use crate::site::Site;

#[test]
fn what_a_build_remembers_serves_the_next_one_and_nothing_is_read_again() {
    for site in ALL.iter().chain([&*OWN]) {
        let home = tempfile::tempdir().unwrap();
        let build = |expected_misses| {
            let mut memory = Memory::at(home.path().to_owned());
            let mut folder = loaded(&site.folder.root);
            let files = make_all(&mut folder, &memory.memos).1;
            assert_same(&site.files, &files, &site.name);
            let misses: usize = memory.memos.readings.misses();
            assert_eq!(misses, expected_misses, "{}", site.name);
            memory.keep();
        };
        let documents = site.folder.inputs.sources.len();
        build(documents);
        let written = packs(home.path());
        build(0);
        assert_eq!(packs(home.path()), written, "{}: written again", site.name);
        assert_eq!(
            std::fs::read(home.path().join(".gitignore")).ok(),
            (documents > 0).then(|| b"*\n".to_vec())
        );
    }
}

/// The packs in a folder, with the times of their last change.
fn packs(folder: &Path) -> Vec<(PathBuf, std::time::SystemTime)> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
    let packs = entries.map(Result::unwrap).filter(|it| it.path().extension().is_some());
    packs.map(|it| (it.path().to_owned(), it.metadata().unwrap().modified().unwrap())).collect()
}

#[test]
fn what_a_build_did_not_use_is_forgotten() {
    let home = tempfile::tempdir().unwrap();
    let text =
        |it: usize| format!("A note of Ms Ilse Brandow\n\n4 May 20{it:02}\n\nIt rained in Oslo.\n");
    let build = || {
        let mut memory = Memory::at(home.path().join(".seedbed"));
        make_all(&mut loaded(home.path()), &memory.memos);
        memory.keep();
        let size = |it: &(PathBuf, _)| std::fs::metadata(&it.0).unwrap().len();
        packs(&home.path().join(".seedbed")).iter().map(size).sum::<u64>()
    };
    let path = |it: usize| home.path().join(format!("seeds/{it}.txt"));
    (0..40).for_each(|it| put(&path(it), text(it).as_bytes()));
    let first = build();
    (0..40).for_each(|it| put(&path(it), text(it + 40).as_bytes()));
    let other = build();
    assert!(other.abs_diff(first) < first / 10, "{first} {other}");
    (1..40).for_each(|it| std::fs::remove_file(path(it)).unwrap());
    assert!(build() < first / 5);
}

/// What can happen to a file.
#[derive(Debug, Clone)]
enum Damage {
    Byte(Index, u8),
    Cut(Index),
    Longer(Vec<u8>),
    Empty,
    Gone,
    Folder,
    /// The content of another pack.
    Foreign(Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        4 => (any::<Index>(), any::<u8>()).prop_map(|it| Damage::Byte(it.0, it.1)),
        1 => any::<Index>().prop_map(Damage::Cut),
        1 => any::<Vec<u8>>().prop_map(Damage::Longer),
        1 => Just(Damage::Empty),
        1 => Just(Damage::Gone),
        1 => Just(Damage::Folder),
        1 => any::<Index>().prop_map(Damage::Foreign),
    ]
}

fn inflict(damage: &Damage, path: &Path, packs: &[PathBuf]) {
    let mut bytes = std::fs::read(path).unwrap_or_default();
    match damage {
        Damage::Byte(at, byte) if !bytes.is_empty() => {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        Damage::Cut(at) => bytes.truncate(at.index(bytes.len() + 1)),
        Damage::Longer(more) => bytes.extend(more),
        Damage::Foreign(other) => {
            bytes = std::fs::read(&packs[other.index(packs.len())]).unwrap_or_default();
        }
        Damage::Gone | Damage::Folder | Damage::Byte(..) | Damage::Empty => bytes.clear(),
    }
    // A file that earlier damage has made a folder stays one.
    let _folder = match damage {
        Damage::Gone => std::fs::remove_file(path),
        Damage::Folder => std::fs::remove_file(path).and_then(|()| std::fs::create_dir(path)),
        _ => std::fs::write(path, bytes),
    };
}

#[test]
fn damage_is_never_seen() {
    let mut runner =
        TestRunner::new(Config { cases: 12, failure_persistence: None, ..Config::default() });
    let site = ALL.iter().find(|it| it.name == "relative-dates").unwrap_or(&ALL[0]);
    let law = |wounds: Vec<(Index, Damage)>| {
        let home = tempfile::tempdir().unwrap();
        let build = || {
            let mut memory = Memory::at(home.path().to_owned());
            let files = make_all(&mut loaded(&site.folder.root), &memory.memos).1;
            memory.keep();
            files
        };
        build();
        let packs: Vec<_> = packs(home.path()).into_iter().map(|it| it.0).collect();
        for (at, damage) in &wounds {
            inflict(damage, &packs[at.index(packs.len())], &packs);
        }
        assert_same(&site.files, &build(), &format!("{wounds:?}"));
        assert_same(&site.files, &build(), &format!("after {wounds:?}"));
        Ok(())
    };
    runner.run(&proptest::collection::vec((any::<Index>(), damage()), 1..6), law).unwrap();
}

#[test]
fn runs_of_the_program_share_what_they_remember_and_it_never_shows() {
    let site = Site::small();
    let builds_alike = |what: &str| {
        site.run(&["build", "-q", "-o", "warm"]).with_code(0);
        site.run(&["build", "-q", "-o", "cold", "--no-cache"]).with_code(0);
        assert_same(&below(&site.path("warm")), &below(&site.path("cold")), what);
    };
    builds_alike("at first");
    assert!(site.has(".seedbed/.gitignore"));
    let before = packs(&site.path(".seedbed"));
    builds_alike("unchanged");
    assert_eq!(packs(&site.path(".seedbed")), before);
    site.write(
        "seeds/opening.txt",
        "19 November 2019\n\nThe pier is shut\n\nMr Anselm Quill shut it.\n",
    );
    builds_alike("a document edited");
    site.write("vocabulary/entities.yaml", "- name: Anselm Quill\n  kind: person\n  id: quill\n");
    builds_alike("a vocabulary");
    site.write("site.toml", "default_language = \"fr\"\n");
    builds_alike("another language");
    site.write("templates/404.html", "{% extends \"base.html\" %}\n");
    builds_alike("a template");
    site.run(&["check", "-q"]).with_code(0);
    assert!(site.run(&["list", "documents"]).with_code(0).out.contains("The pier is shut"));
}

fn below(root: &Path) -> Files {
    let entries = walkdir::WalkDir::new(root).into_iter().map(Result::unwrap);
    let files = entries.filter(|it| it.file_type().is_file());
    let name = |it: &Path| it.strip_prefix(root).unwrap().to_string_lossy().into_owned();
    files.map(|it| (name(it.path()), std::fs::read(it.path()).unwrap())).collect()
}

/// A site with the documents of another as UTF-8, and with metadata in `.yaml` only, since a line of JSON can hold no more.
fn as_unicode(site: &Built) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let root = &site.folder.root;
    for part in ["site.toml", "vocabulary", "templates", "static"] {
        for entry in walkdir::WalkDir::new(root.join(part)).into_iter().filter_map(Result::ok) {
            if entry.file_type().is_file() {
                let to = home.path().join(entry.path().strip_prefix(root).unwrap());
                put(&to, &std::fs::read(entry.path()).unwrap());
            }
        }
    }
    let seeds = home.path().join(&site.folder.inputs.config.seeds);
    std::fs::create_dir_all(&seeds).unwrap();
    for (name, path) in &site.folder.inputs.assets {
        if path.starts_with(&site.folder.seeds) {
            put(&seeds.join(name), &std::fs::read(path).unwrap());
        }
    }
    for (id, text, metadata) in texts(&site.folder) {
        put(&seeds.join(&id), text.as_bytes());
        if let Some(metadata) = metadata {
            put(&seeds.join(&id).with_extension("yaml"), metadata.as_bytes());
        }
    }
    home
}

/// The documents of a site: id, text, metadata.
fn texts(folder: &SiteFolder) -> Vec<(String, String, Option<String>)> {
    let text = |id: &str, decoded: &str| {
        let bytes = std::fs::read(folder.seeds.join(id)).unwrap();
        String::from_utf8(bytes).unwrap_or_else(|_| decoded.to_owned())
    };
    let sources = folder.inputs.sources.iter();
    sources
        .map(|it| {
            (it.id.to_string(), text(&it.id, &it.text), it.sidecar.as_ref().map(|it| it.1.clone()))
        })
        .collect()
}

fn line(id: &str, text: &str, metadata: Option<&str>) -> Vec<u8> {
    let mut line = json!({ "id": id, "text": text });
    if let Some(metadata) = metadata {
        line["metadata"] = Value::from(metadata);
    }
    line.to_string().into_bytes()
}

#[test]
fn a_build_from_annotated_documents_gives_the_same_bytes_as_one_from_their_files() {
    for site in ALL.iter().chain([&*OWN]) {
        let home = as_unicode(site);
        let mut plain = loaded(home.path());
        let annotated = tempfile::tempdir().unwrap();
        // In another order, and in two files.
        for (at, (id, text, metadata)) in texts(&plain).iter().rev().enumerate() {
            let answer = answer(
                &line(id, text, metadata.as_deref()),
                &plain.inputs.config.seeds,
                &plain.inputs,
            );
            let path = annotated.path().join(format!("{}.jsonl", at % 2));
            let mut lines = std::fs::read(&path).unwrap_or_default();
            lines.extend(answer.unwrap());
            lines.push(b'\n');
            put(&path, &lines);
        }
        let request = Request {
            dir: home.path().to_owned(),
            annotations: Some(annotated.path()),
            ..Request::default()
        };
        let mut folder = loaded_as(&request);
        let memory = Memory::default();
        memory.know(&mut folder);
        let files = make_all(&mut folder, &memory.memos).1;
        assert_eq!(memory.memos.readings.misses(), 0, "{}: read again", site.name);
        assert_same(&make_all(&mut plain, &Memos::default()).1, &files, &site.name);
    }
}

/// The answers to `lines`, and what was said about them.
fn annotate(site: &Site, lines: &str, code: i32) -> (Vec<Value>, String) {
    use std::io::Write;
    use std::process::Stdio;
    let mut command = site.command(&["annotate"]);
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(code));
    let answers = String::from_utf8(output.stdout).unwrap();
    let answers = answers.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    (answers, String::from_utf8(output.stderr).unwrap())
}

#[test]
fn lines_are_answered_in_their_order_and_a_broken_one_in_its_place() {
    let site = Site::of(&[]);
    let lines = [
        r#"{"id": "a.txt", "text": "Minutes\n\n4 May 2011\n\nMs Ilse Brandow spoke in Oslo.\n"}"#,
        r#"{"id": "b.txt", "text": "cut off"#,
        "",
        r#"{"id": "../c.txt", "text": "x"}"#,
        r#"{"id": "d", "text": "x"}"#,
        r#"{"id": "e.txt", "txt": "x"}"#,
        r#"{"id": "f.md", "text": " \n"}"#,
        r#"{"id": "g.md", "text": "*Minutes* of Oslo", "metadata": {"title": "G", "date": "2012-02"}}"#,
    ];
    let (answers, said) = annotate(&site, &lines.join("\n"), 1);
    let shown: Vec<_> = answers.iter().map(|it| it["line"].as_u64().unwrap_or_default()).collect();
    assert_eq!(shown, [0, 2, 4, 5, 6, 0, 0]);
    assert!(said.contains("error: line 4: the id \"../c.txt\" is no path"), "{said}");
    assert!(said.contains("4 lines are no documents"), "{said}");
    let mention = &answers[0]["found"]["mentions"][0];
    assert_eq!(
        (&mention["surface"], &mention["source"]),
        (&json!("Ilse Brandow"), &json!([24, 36]))
    );
    assert_eq!(answers[5]["findings"][0]["rule"], "empty-document");
    assert_eq!(answers[5].get("found"), None);
    assert_eq!(answers[6]["found"]["outline"]["title"]["value"], "G");
    let mention = &answers[6]["found"]["mentions"][0];
    assert_eq!((&mention["start"], &mention["source"]), (&json!(11), &json!([13, 17])));
}

#[test]
fn an_answer_comes_before_the_next_line_is_there() {
    use std::io::{BufRead, BufReader, Write};
    use std::process::Stdio;
    let site = Site::of(&[]);
    let mut command = site.command(&["annotate"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut to = child.stdin.take().unwrap();
    let mut from = BufReader::new(child.stdout.take().unwrap()).lines();
    for id in ["a.txt", "b.txt", "c.txt"] {
        writeln!(to, "{}", String::from_utf8(line(id, "Oslo", None)).unwrap()).unwrap();
        let answer: Value = serde_json::from_str(&from.next().unwrap().unwrap()).unwrap();
        assert_eq!(answer["id"], id);
    }
    drop(to);
    assert!(child.wait().unwrap().success());
}

#[test]
fn what_was_annotated_otherwise_is_refused_with_what_to_do() {
    let site = Site::of(&[]);
    let text = "Minutes\n\n4 May 2011\n\nMs Ilse Brandow spoke in Oslo.\n";
    let good =
        annotate(&site, &String::from_utf8(line("a.txt", text, None)).unwrap(), 0).0.remove(0);
    let build = |lines: &[&Value], code| {
        let lines: Vec<_> = lines.iter().map(ToString::to_string).collect();
        site.write("annotated/part-0.jsonl", lines.join("\n"));
        site.run(&["build", "-q", "--annotations", "annotated"]).with_code(code).err
    };
    assert_eq!(build(&[&good], 0), "");
    assert!(site.read("public/data/documents.json").contains("\"a.txt\""));
    let refused = |change: &dyn Fn(&mut Value), expected: &str| {
        let mut changed = good.clone();
        change(&mut changed);
        let said = build(&[&changed], 2);
        assert!(said.contains(expected) && said.contains("part-0.jsonl\":1"), "{said}");
    };
    refused(&|it| it["made_by"]["code"] = json!("0123"), "was made by another version");
    refused(&|it| it["made_by"]["knowledge"] = json!("0123"), "`seedbed annotate --site DIR`");
    refused(&|it| it["text"] = json!("Something else"), "do not fit its text");
    refused(&|it| it["found"]["mentions"][0]["surface"] = json!("Ilse"), "do not fit its text");
    refused(
        &|it| *it = json!({ "line": 7, "error": "no JSON" }),
        "line 7 could not be annotated: no JSON",
    );
    refused(&|it| *it = json!([]), "is no record of `seedbed annotate`");
    assert!(build(&[&good, &good], 2).contains("a second document \"a.txt\""));
}

/// What somebody does to a site between two builds.
#[derive(Debug, Clone)]
enum Edit {
    /// Writes a document: which, and what it says.
    Write(u8, Vec<u8>),
    /// Adds a passage to one.
    Append(Index, u8),
    Remove(Index),
    Rename(Index, u8),
    /// Says who a name means: which, and its kind.
    Vocabulary(u8, bool),
    Title(u8),
    Template(bool),
    /// Changes a file of the site by hand, or removes it.
    Meddle(Index, bool),
    Nothing,
}

/// Passages of which documents are made, by number.
const PASSAGES: &[&str] = &[
    "Ms Ilse Brandow of the Harbour Board spoke in Oslo in 2015.",
    "The Harbour Board met on 4 May 2016. Nobody came.",
    "Mr Anselm Quill, Chair of the Tidal Mills Commission, wrote to the Harbour Board.",
    "In 2019 the Tidal Mills Commission signed the Treaty of Skerry with Norway.",
    "It rained.\n\n## Later\n\nMs Brandow and Mr Quill met in Bergen.",
    "See [the other](1.md), [that one](2.md#later) or [nothing](9.md).",
    "Title: Report on the piers\n\nDate: 3 March 2017",
];

fn edit() -> impl Strategy<Value = Edit> {
    let passages = || proptest::collection::vec(0..PASSAGES.len() as u8, 1..5);
    prop_oneof![
        4 => (0..6_u8, passages()).prop_map(|it| Edit::Write(it.0, it.1)),
        4 => (any::<Index>(), 0..PASSAGES.len() as u8).prop_map(|it| Edit::Append(it.0, it.1)),
        1 => any::<Index>().prop_map(Edit::Remove),
        1 => (any::<Index>(), 0..9_u8).prop_map(|it| Edit::Rename(it.0, it.1)),
        1 => (0..3_u8, any::<bool>()).prop_map(|it| Edit::Vocabulary(it.0, it.1)),
        1 => (0..3_u8).prop_map(Edit::Title),
        1 => any::<bool>().prop_map(Edit::Template),
        1 => (any::<Index>(), any::<bool>()).prop_map(|it| Edit::Meddle(it.0, it.1)),
        1 => Just(Edit::Nothing),
    ]
}

fn make_edit(edit: &Edit, root: &Path) {
    let document = |it: &u8| root.join(format!("seeds/{it}.md"));
    let mut all: Vec<_> = below(&root.join("seeds")).into_keys().collect();
    all.sort();
    let which = |it: &Index| root.join("seeds").join(&all[it.index(all.len())]);
    let text = |it: &u8| PASSAGES[usize::from(*it)];
    match edit {
        Edit::Write(it, passages) => {
            let text = passages.iter().map(text).collect::<Vec<_>>().join("\n\n");
            put(&document(it), text.as_bytes());
        }
        Edit::Append(it, passage) => {
            let before = std::fs::read_to_string(which(it)).unwrap();
            put(&which(it), format!("{before}\n\n{}\n", text(passage)).as_bytes());
        }
        Edit::Remove(it) if all.len() > 1 => std::fs::remove_file(which(it)).unwrap(),
        Edit::Rename(it, to) => std::fs::rename(which(it), document(to)).unwrap(),
        Edit::Vocabulary(it, is_person) => {
            let name = ["Harbour Board", "Skerry", "Anselm Quill"][usize::from(*it)];
            let kind = if *is_person { "person" } else { "organization" };
            let entry = format!("- id: told\n  name: {name}\n  kind: {kind}\n");
            put(&root.join("vocabulary/entities.yaml"), entry.as_bytes());
        }
        Edit::Title(it) => {
            put(&root.join("site.toml"), format!("title = \"Papers {it}\"\n").as_bytes());
        }
        Edit::Template(shout) => {
            let source = if *shout { "{% extends \"base.html\" %}<!-- ! -->" } else { "" };
            let source = format!("{source}<p>{{{{ page.title }}}}</p>");
            put(&root.join("templates/entity.html"), source.as_bytes());
        }
        Edit::Meddle(it, remove) if root.join("public").exists() => {
            let mut files: Vec<_> = below(&root.join("public")).into_keys().collect();
            files.retain(|it| it != ".seedbed-site");
            files.sort();
            let Some(path) = files.get(it.index(files.len().max(1))) else { return };
            let path = root.join("public").join(path);
            if *remove {
                std::fs::remove_file(path).unwrap();
            } else {
                put(&path, b"by hand");
            }
        }
        Edit::Nothing | Edit::Remove(_) | Edit::Meddle(..) => {}
    }
}

#[test]
fn a_site_that_is_built_again_and_again_is_that_of_one_clean_build() {
    let mut runner =
        TestRunner::new(Config { cases: 3, failure_persistence: None, ..Config::default() });
    let law = |edits: Vec<Edit>| {
        let home = tempfile::tempdir().unwrap();
        let root = home.path();
        put(&root.join("seeds/0.md"), PASSAGES[0].as_bytes());
        let mut kept = Kept::default();
        for (at, edit) in edits.iter().enumerate() {
            make_edit(edit, root);
            let request = Request { dir: root.to_owned(), ..Request::default() };
            let mut folder = load(&request, &mut kept).unwrap();
            let output = root.join("public");
            written(&mut folder, Memory::at(root.join(".seedbed")), &output).unwrap();
            let mut files = below(&output);
            files.remove(".seedbed-site");
            let clean = make_all(&mut load(&request, &mut kept).unwrap(), &Memos::default()).1;
            assert_same(&clean, &files, &format!("after {:?}", &edits[..=at]));
        }
        Ok(())
    };
    runner.run(&proptest::collection::vec(edit(), 1..9), law).unwrap();
}

#[test]
fn a_folder_without_annotated_documents_is_refused_with_what_to_do() {
    let site = Site::small();
    site.write("annotated/_SUCCESS", "");
    let said = site.run(&["build", "-q", "--annotations", "annotated"]).with_code(2).err;
    assert!(
        said.contains("seedbed annotate < documents.jsonl > \"annotated/part-0.jsonl\""),
        "{said}"
    );
    assert!(!site.has("public"));
}
