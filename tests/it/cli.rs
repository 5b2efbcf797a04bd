//! The binary from outside: what it prints, what it leaves on the disk, and its exit code.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::fixtures::put;

/// A folder, a command line, and what is expected of them.
struct Run {
    home: tempfile::TempDir,
    arguments: Vec<String>,
    stdout: Vec<String>,
    stderr: Vec<String>,
}

const TEXT: &str = "Bread prices\n\n4 March 2009\n\nMs Ada Quill of the Bakers Guild spoke in Lisbon.\n";
const BROKEN: &str = "---\ntitle: [open\n---\n\nA text.\n";

impl Run {
    fn new(arguments: &str) -> Self {
        let home = tempfile::tempdir().expect("there is room for a small site");
        let arguments = arguments.split_whitespace().map(str::to_owned).collect();
        Run { home, arguments, stdout: Vec::new(), stderr: Vec::new() }
    }

    fn file(self, path: &str, text: &str) -> Self {
        put(&self.home.path().join(path), text.as_bytes());
        self
    }

    fn out(mut self, part: &str) -> Self {
        self.stdout.push(part.to_owned());
        self
    }

    fn err(mut self, part: &str) -> Self {
        self.stderr.push(part.to_owned());
        self
    }

    fn again(&mut self, arguments: &str) -> &mut Self {
        self.arguments = arguments.split_whitespace().map(str::to_owned).collect();
        (self.stdout, self.stderr) = (Vec::new(), Vec::new());
        self
    }

    fn path(&self, path: &str) -> PathBuf {
        self.home.path().join(path)
    }

    /// Runs it and looks at everything.
    fn code(&self, code: i32) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_seedbed"));
        let output = command.args(&self.arguments).current_dir(self.home.path()).output();
        let output = output.expect("the binary is built");
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(code), "{:?}\n{out}\n{err}", self.arguments);
        for part in &self.stdout {
            assert!(out.contains(part), "no {part:?} on standard output:\n{out}");
        }
        for part in &self.stderr {
            assert!(err.contains(part), "no {part:?} on standard error:\n{err}");
        }
        output
    }
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|it| panic!("{}: {it}", path.display()))
}

#[test]
fn a_build_writes_the_site_and_a_ledger() {
    let run = Run::new("build").file("seeds/a.txt", TEXT).err("1 document, ").err(" findings");
    run.code(0);
    assert!(text(&run.path("public/index.html")).contains("Bread prices"));
    assert!(run.path("public/.nojekyll").exists());
}

#[test]
fn an_error_in_a_document_is_told_and_the_rest_is_built() {
    let run = Run::new("build --format short").file("seeds/a.txt", TEXT).file("seeds/b.md", BROKEN);
    let run = run.err("seeds/b.md:2:").err("error: invalid-front-matter");
    run.code(1);
    assert!(text(&run.path("public/documents/index.html")).contains("Bread prices"));
}

#[test]
fn only_strict_counts_warnings() {
    let mut run = Run::new("build --quiet").file("seeds/a.txt", "No date\n\nA text about bread.\n");
    run.code(0);
    run.again("build --quiet --strict").code(1);
}

#[test]
fn check_writes_nothing_and_speaks_four_languages() {
    let run = Run::new("check --format json").file("seeds/b.md", BROKEN).out("\"invalid-front-matter\"");
    let output = run.code(1);
    let records: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(records.as_array().is_some_and(|it| !it.is_empty()));
    let mut run = run;
    run.again("check --format short");
    run.stdout.push("seeds/b.md:2:".to_owned());
    run.code(1);
    run.again("check --format github");
    run.stdout.push("::error file=seeds/b.md,line=2".to_owned());
    run.code(1);
    run.again("check");
    run.stdout.push("error: invalid-front-matter".to_owned());
    run.code(1);
    assert!(!run.path("public").exists());
}

#[test]
fn what_cannot_run_says_why() {
    Run::new("build nowhere").err("error: there is no folder \"nowhere\"").code(2);
    Run::new("build").err("seedbed build --seeds").code(2);
    Run::new("build --base-url here").file("seeds/a.txt", TEXT).err("is no address on the web").code(2);
    Run::new("biuld").err("build").code(2);
}

#[test]
fn texts_outside_any_site_are_enough() {
    let run = Run::new("build --seeds texts -o out -u https://example.org/archive/").file("texts/a.txt", TEXT);
    run.code(0);
    let page = text(&run.path("out/index.html"));
    assert!(page.contains("<link rel=\"canonical\" href=\"https://example.org/archive/\">"), "{page}");
    assert!(text(&run.path("out/sitemap.xml")).contains("https://example.org/archive/documents/"));
}

#[test]
fn a_folder_that_is_not_ours_is_left_alone() {
    let run = Run::new("build -o mine").file("seeds/a.txt", TEXT).file("mine/diary.txt", "dear");
    let run = run.err("was not made by Seedbed");
    run.code(2);
    assert_eq!(text(&run.path("mine/diary.txt")), "dear");
    assert_eq!(std::fs::read_dir(run.path("mine")).unwrap().count(), 1);
}

#[test]
fn an_output_that_cannot_be_written_leaves_the_last_good_site() {
    let mut run = Run::new("build").file("seeds/a.txt", TEXT);
    run.code(0);
    let before = text(&run.path("public/index.html"));
    put(&run.path("occupied"), b"a file");
    run.again("build -o occupied/site").code(2);
    // Two files of the site cannot have one path, and a folder cannot be where a page is.
    put(&run.path("static/index.html/in-the-way.css"), b"p{}");
    run.again("build").code(2);
    assert_eq!(text(&run.path("public/index.html")), before);
    let left: Vec<_> = std::fs::read_dir(run.home.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert!(!left.iter().any(|it| it.to_string_lossy().contains("new")), "{left:?}");
}

#[test]
fn a_second_build_keeps_what_has_not_changed() {
    let mut run = Run::new("build").file("seeds/a.txt", TEXT);
    run.code(0);
    let time = |run: &Run| std::fs::metadata(run.path("public/index.html")).unwrap().modified().unwrap();
    let before = time(&run);
    run.again("build").code(0);
    assert_eq!(time(&run), before);
}
