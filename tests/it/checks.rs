//! Every rule of `check` has a site that breaks it and one that does not.
//!
//! The examples of `rules.toml` are those sites, as far as an example can be one; [`site`] has the others. The guide's page of
//! rules is made from the same rows: `UPDATE_FIXTURES=1 cargo test checks` writes it.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;
use seedbed::commands::make::understood;
use seedbed::pipeline::Memos;
use seedbed::policy::{RULES, Rule, RuleText};

use crate::fixtures::{loaded, make_all, put};

/// Paths with what stands there.
type Files = BTreeMap<String, Vec<u8>>;

/// What every site has beside the example.
const BESIDE: [(&str, &str); 2] = [
    (
        "seeds/minutes.md",
        "---\ntitle: Minutes\ndate: 2018-01-09\nissuer: Harbour Board\nkind: minutes\nspeakers: [Jonas Lowe]\n---\n\n## The vote\n\n\
         The Harbour Board met in Lisbon. Some write Harbor Board. The Hill Brigade and the Pilots' Office came.\n",
    ),
    (
        "seeds/pilots.md",
        "---\ntitle: Pilots\ndate: 2018-02-09\nissuer: Harbour Board\nkind: notice\nspeakers: [Jonas Lowe]\n---\n\n\
         The pilots of Lisbon and the Hill Brigade ask for the Harbour Board's help. The Pilots' Office agreed.\n",
    ),
];

/// Rules that only other sites can break; `external.rs` has a server that does.
const ASKED: [Rule; 2] = [Rule::BrokenExternalLink, Rule::UnverifiedLink];

#[test]
fn each_rule_is_broken_by_its_bad_example_and_kept_by_its_good_one() {
    let rules = RULES.par_iter().filter(|it| !ASKED.contains(it.0));
    let wrong: Vec<String> = rules.flat_map_iter(|(rule, text)| faults(*rule, text)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn faults(rule: Rule, text: &RuleText) -> Vec<String> {
    let (bad, good) = sites(rule, text);
    let breaks = findings(rule, &good).into_iter();
    let mut faults: Vec<_> =
        breaks.map(|it| format!("{rule}: the good example breaks it: {it}")).collect();
    if findings(rule, &bad).is_empty() {
        faults.push(format!("{rule}: the bad example does not break it"));
    }
    faults
}

/// What a site with these files is told of one rule.
fn findings(rule: Rule, files: &Files) -> Vec<String> {
    let home = tempfile::tempdir().unwrap();
    for (path, content) in BESIDE {
        put(&home.path().join(path), content.as_bytes());
    }
    for (path, content) in files {
        match content.strip_prefix(b"-> ") {
            Some(target) => link(&home.path().join(path), std::str::from_utf8(target).unwrap()),
            None if content == b"(sparse)" => large(&home.path().join(path)),
            None => put(&home.path().join(path), content),
        }
    }
    let mut folder = loaded(home.path());
    // Pages are made only for the rules that speak of them.
    let site = match rule {
        Rule::LargeOutput | Rule::InvalidTemplate => make_all(&mut folder, &Memos::default()).0,
        _ => understood(&folder, &Memos::default()),
    };
    let of_rule = site.findings.iter().filter(|it| it.1.rule == rule);
    of_rule.map(|it| format!("{}: {}", it.1.file, it.1.message)).collect()
}

fn link(path: &Path, target: &str) {
    std::os::unix::fs::symlink(target, path).unwrap();
}

/// A file that is large to whoever asks for its size, and takes no room.
fn large(path: &Path) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::File::create(path).unwrap().set_len(95_000_000).unwrap();
}

/// The bad site and the good one of a rule.
fn sites(rule: Rule, text: &RuleText) -> (Files, Files) {
    if let Some((bad, good)) = site(rule) {
        return (files(&bad), files(&good));
    }
    let (bad, good) = (example(rule, &text.bad), example(rule, &text.good));
    // A vocabulary is good or bad for a text: the one that the bad example shows.
    let text = bad.iter().filter(|it| it.0.starts_with("seeds/"));
    let only_words = good.keys().all(|it| it.starts_with("vocabulary/"));
    let kept: Files =
        text.filter(|_| only_words).map(|(path, it)| (path.clone(), it.clone())).collect();
    (bad, kept.into_iter().chain(good).collect())
}

fn files(pairs: &[(&str, &[u8])]) -> Files {
    pairs.iter().map(|it| (it.0.to_owned(), it.1.to_vec())).collect()
}

/// An example of the table as a file of a site.
fn example(rule: Rule, text: &str) -> Files {
    let named = text.trim_start().strip_prefix("# ").and_then(|it| it.split_once('\n'));
    let (path, content) = match (named, rule) {
        (Some((path, rest)), _) if path.contains('.') => (path, rest.to_owned()),
        (_, Rule::InvalidConfig) => ("site.toml", text.to_owned()),
        (_, Rule::InvalidTemplate) => ("templates/document.html", text.to_owned()),
        _ if text.trim_end().ends_with("---") => {
            ("seeds/example.md", format!("{}\n\nThe chair opened the meeting.\n", text.trim()))
        }
        _ if text.contains("---") || text.contains("](") => {
            ("seeds/example.md", text.trim_start().to_owned())
        }
        _ => ("seeds/example.txt", text.trim_start().to_owned()),
    };
    files(&[(path, content.as_bytes())])
}

type Pairs = Vec<(&'static str, &'static [u8])>;

const LONG: &[u8] = b"The chair opened the meeting and thanked everybody for having come through the rain. The treasurer read the accounts, \
    which were found to be in order. A long talk on the price of rope followed, in the course of which two members left the room. It was \
    agreed that rope should be bought in autumn, when it is cheap. The meeting ended at four.\n";

/// Sites that no single example can be.
fn site(rule: Rule) -> Option<(Pairs, Pairs)> {
    let words = b"- { name: Porthallow, kind: place }\n".as_slice();
    let slug = |it: &'static str| -> &'static [u8] { it.as_bytes() };
    Some(match rule {
        Rule::EmptyDocument => (vec![("seeds/a.txt", b"")], vec![("seeds/a.txt", b"The chair.\n")]),
        Rule::BinaryFile => (
            vec![("seeds/a.txt", b"%PDF-1.4\n\0\0\x01\x02\xff\0\0")],
            vec![("seeds/a.txt", b"A text.\n")],
        ),
        Rule::LegacyEncoding => (
            vec![("seeds/a.txt", b"The caf\xe9 at the na\xefve pier was open.\n")],
            vec![("seeds/a.txt", "The café at the pier was open.\n".as_bytes())],
        ),
        Rule::UnreadableFile => {
            (vec![("seeds/a.txt", b"-> nowhere.txt")], vec![("seeds/a.txt", b"A text.\n")])
        }
        Rule::OrphanSidecar => (
            vec![("seeds/march-1.txt", b"A.\n"), ("seeds/march.yaml", b"date: 2019\n")],
            vec![("seeds/march.txt", b"A.\n"), ("seeds/march.yaml", b"date: 2019\n")],
        ),
        Rule::AddressTaken => (
            vec![
                ("seeds/a.md", slug("---\nslug: x\n---\nA.\n")),
                ("seeds/b.md", slug("---\nslug: x\n---\nB.\n")),
            ],
            vec![
                ("seeds/a.md", slug("---\nslug: x\n---\nA.\n")),
                ("seeds/b.md", slug("---\nslug: y\n---\nB.\n")),
            ],
        ),
        Rule::UnusedTemplate => (
            vec![("templates/docment.html", b"{{ page.title }}")],
            vec![("templates/document.html", b"{{ page.title }}")],
        ),
        Rule::NearDuplicate => {
            (vec![("seeds/a.txt", LONG), ("seeds/a (copy).txt", LONG)], vec![("seeds/a.txt", LONG)])
        }
        Rule::FrequentName => {
            let text = b"The talk was of Porthallow again.\n".as_slice();
            let bad: Pairs = vec![
                ("seeds/a.txt", text),
                ("seeds/b.txt", text),
                ("seeds/c.txt", text),
                ("seeds/d.txt", text),
            ];
            let good = bad.iter().copied().chain([("vocabulary/entities.yaml", words)]).collect();
            (bad, good)
        }
        Rule::LargeOutput => {
            (vec![("static/scan.bin", b"(sparse)")], vec![("static/scan.bin", b"small")])
        }
        _ => return None,
    })
}

#[test]
fn the_guide_has_every_rule_as_the_table_has_it() {
    const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/seeds/rules-of-check.md");
    let page = std::fs::read_to_string(PAGE).unwrap();
    let head = page.split("\n## ").next().unwrap();
    let table = include_str!("../../src/policy/rules.toml");
    let names = table.lines().filter_map(|it| it.strip_prefix('[')?.strip_suffix(']'));
    let sections: String = names.map(|it| section(&RULES[&Rule::named(it).unwrap()])).collect();
    let actual = format!("{head}\n{sections}");
    let actual = format!("{}\n", actual.trim_end());
    if std::env::var_os("UPDATE_FIXTURES").is_some() {
        std::fs::write(PAGE, actual).unwrap();
    } else {
        assert_eq!(actual, page);
    }
}

fn section(text: &RuleText) -> String {
    let severity = text.severity.name();
    let severity = severity[..1].to_uppercase() + &severity[1..];
    let (bad, good) = (text.bad.trim_matches('\n'), text.good.trim_matches('\n'));
    format!(
        "## {}\n\n*{severity}.* {}\n\nWhat to do: {}.\n\nThis is found:\n\n```text\n{bad}\n```\n\nThis is not:\n\n```text\n{good}\n```\n\n",
        text.name, text.meaning, text.help
    )
}
