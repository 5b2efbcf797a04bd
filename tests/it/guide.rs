//! The guide does what it says: each page's `console` blocks are typed in, and what is answered is what stands there.
//!
//! A page begins in an empty folder with the example texts in `texts/`. Times vary; the page shows 0.3 s for all of them.
//! `UPDATE_FIXTURES=1 cargo test guide` writes down what is answered; read the difference.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::site::Site;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn every_command_of_the_guide_answers_what_stands_there() {
    let pages = files(&Path::new(ROOT).join("docs/seeds"));
    let mut checked = 0;
    for path in pages {
        let page = std::fs::read_to_string(&path).unwrap();
        if !page.contains("```console\n") {
            continue;
        }
        let actual = answered(&page);
        checked += 1;
        if std::env::var_os("UPDATE_FIXTURES").is_some() {
            std::fs::write(&path, actual).unwrap();
        } else {
            assert_eq!(actual, page, "{}", path.display());
        }
    }
    assert!(checked > 0, "no page of the guide has commands with their answers");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    files.sort();
    files
}

/// The page with the answers as they are.
fn answered(page: &str) -> String {
    let site = Site::of(&[]);
    for text in files(&Path::new(ROOT).join("docs/example")) {
        let name = text.file_name().unwrap().to_str().unwrap();
        site.write(&format!("texts/{name}"), std::fs::read(&text).unwrap());
    }
    let mut parts = page.split("```console\n");
    let mut whole = parts.next().unwrap().to_owned();
    for part in parts {
        let (block, rest) = part.split_once("```\n").unwrap();
        whole.push_str("```console\n");
        for command in block.lines().filter_map(|it| it.strip_prefix("$ ")) {
            whole.extend(["$ ", command, "\n", &typed(&site, command)]);
        }
        whole.push_str("```\n");
        whole.push_str(rest);
    }
    whole
}

/// What a command answers on both streams.
fn typed(site: &Site, command: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_seedbed"));
    let path = format!("{}:/usr/bin:/bin", program.parent().unwrap().display());
    let output = Command::new("sh")
        .args(["-c", &format!("{{ {command}; }} 2>&1")])
        .current_dir(site.path(""))
        .env("PATH", path)
        .env("LC_ALL", "C")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_ne!(output.status.code(), Some(2), "{command}:\n{text}");
    text.lines().flat_map(|it| [without_time(it.trim_end()), "\n".to_owned()]).collect()
}

/// `in 1.4 s` as `in 0.3 s`.
fn without_time(line: &str) -> String {
    let Some((before, behind)) = line.split_once(" in ").filter(|it| it.1.contains(" s;")) else {
        return line.to_owned();
    };
    let (_, rest) = behind.split_once(" s;").unwrap();
    format!("{before} in 0.3 s;{rest}")
}
