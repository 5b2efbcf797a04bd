//! Random edits of a site: what is remembered between builds never shows.

use std::path::Path;

use proptest::prelude::{Strategy, any, prop_oneof};
use proptest::test_runner::{Config, TestRunner};
use seedbed::commands::memory::Memory;
use seedbed::pipeline::Memos;

use crate::fixtures::{loaded, make_all, put};
use crate::laws::assert_same;

/// What a maintainer does between two builds.
#[derive(Debug, Clone)]
enum Edit {
    Write(u8, u8),
    Rename(u8, u8),
    Remove(u8),
    Title(u8),
    Language(bool),
    Vocabulary(u8),
    Template(bool),
}

const TEXTS: [&str; 5] = [
    "Harvest report\n\n4 May 2011\n\nMs Ilse Brandow of the Orchard Growers Union spoke in Oslo.\n",
    "Letter\n\nDear Ms Brandow,\n\nthe Orchard Growers Union (OGU) met in June of last year.\n",
    "---\ntitle: A note\ndate: 2012-02\n---\n\n# A note\n\nSee [the report](text-0.md#p1) on Norway.\n",
    "12 June 2013\n\nThe OGU and the United Nations signed the Apple Convention.\n",
    "---\ntitle: [broken\n---\n\nMr Brandow is another.\n",
];

/// What may stand in vocabulary/entities.yaml; the last means something else by the same place in the list.
const NAMES: [&str; 3] = [
    "[]\n",
    "- name: Orchard Growers Union\n  kind: organization\n  aliases: [OGU]\n",
    "- name: Apple Convention\n  kind: agreement\n- name: Ilse Brandow\n  kind: person\n",
];

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => (0..4_u8, 0..5_u8).prop_map(|it| Edit::Write(it.0, it.1)),
        1 => (0..4_u8, 0..4_u8).prop_map(|it| Edit::Rename(it.0, it.1)),
        1 => (0..4_u8).prop_map(Edit::Remove),
        1 => any::<u8>().prop_map(Edit::Title),
        1 => any::<bool>().prop_map(Edit::Language),
        1 => (0..3_u8).prop_map(Edit::Vocabulary),
        1 => any::<bool>().prop_map(Edit::Template),
    ]
}

fn carry_out(edit: &Edit, root: &Path) {
    let document = |it: u8| root.join(format!("seeds/text-{it}.md"));
    // A rename or removal of what is not there changes nothing.
    match edit {
        Edit::Write(to, text) => put(&document(*to), TEXTS[usize::from(*text)].as_bytes()),
        Edit::Rename(from, to) => drop(std::fs::rename(document(*from), document(*to))),
        Edit::Remove(it) => drop(std::fs::remove_file(document(*it))),
        Edit::Title(it) => put(&root.join("site.toml"), format!("title = \"T{it}\"\n").as_bytes()),
        Edit::Language(german) => {
            let language = if *german { "de" } else { "en" };
            put(&root.join("site.toml"), format!("default_language = \"{language}\"\n").as_bytes());
        }
        Edit::Vocabulary(it) => {
            put(&root.join("vocabulary/entities.yaml"), NAMES[usize::from(*it)].as_bytes());
        }
        Edit::Template(true) => {
            put(&root.join("templates/404.html"), b"{% extends \"base.html\" %}\n");
        }
        Edit::Template(false) => drop(std::fs::remove_file(root.join("templates/404.html"))),
    }
}

#[test]
fn after_any_edits_a_warm_build_gives_the_same_bytes_as_a_cold_one() {
    let mut runner =
        TestRunner::new(Config { cases: 6, failure_persistence: None, ..Config::default() });
    let law = |edits: Vec<Edit>| {
        let home = tempfile::tempdir().expect("there is room for a small site");
        put(&home.path().join("seeds/text-0.md"), TEXTS[0].as_bytes());
        let memos = Memos::default();
        for edit in &edits {
            carry_out(edit, home.path());
            let warm = make_all(&mut loaded(home.path()), &memos).1;
            let cold = make_all(&mut loaded(home.path()), &Memos::default()).1;
            assert_same(&warm, &cold, &format!("{edits:?}"));
            // As another run of the program finds it.
            let mut memory = Memory::at(home.path().join(".seedbed"));
            let recalled = make_all(&mut loaded(home.path()), &memory.memos).1;
            memory.keep();
            assert_same(&recalled, &cold, &format!("from disk: {edits:?}"));
        }
        Ok(())
    };
    runner.run(&proptest::collection::vec(edit(), 1..5), law).unwrap();
}

#[test]
fn an_edit_of_the_vocabulary_shows() {
    let home = tempfile::tempdir().unwrap();
    put(&home.path().join("seeds/a.txt"), b"News\n\n3 May 2011\n\nThe Tall Table met in Oslo.\n");
    let memos = Memos::default();
    let names = |entities: &str| {
        put(&home.path().join("vocabulary/entities.yaml"), entities.as_bytes());
        let files = make_all(&mut loaded(home.path()), &memos).1;
        files.keys().any(|it| it == "organizations/tall-table/index.html")
    };
    assert!(names("- name: Tall Table\n  kind: organization\n"));
    assert!(!names("- name: Tall Table\n  kind: organization\n  hidden: true\n"));
}
