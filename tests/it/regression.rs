//! Sentences of many genres, annotated by hand: the tagger may not become worse on them.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use clap::Parser;
use seedbed::cli::Cli;
use seedbed::commands::{self, console::Console};

/// The files of sentences that rules are drawn from.
const GENRES: &[&str] = &[
    "news",
    "minutes",
    "parliament",
    "letters",
    "interviews",
    "web",
    "encyclopedia",
    "email",
    "ngo",
    "software",
    "sport",
    "business",
];

/// A stream that the test reads.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<u8>>>);

impl Write for Heard {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What `seedbed evaluate` says of files of annotated texts.
fn evaluate(files: &[&str], more: &[&str]) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it/regression");
    let gold: Vec<_> = files
        .iter()
        .map(|it| folder.join(format!("{it}.txt")).to_str().unwrap().to_owned())
        .collect();
    let mut arguments = vec!["seedbed", "evaluate", folder.to_str().unwrap()];
    arguments.extend(gold.iter().map(String::as_str));
    arguments.extend(more);
    let heard = Heard::default();
    let mut console = Console::of(heard.clone(), io::sink());
    commands::run(Cli::parse_from(arguments).command, &mut console).unwrap();
    let bytes = heard.0.lock().unwrap().clone();
    String::from_utf8(bytes).unwrap()
}

/// Holds the figures of files of annotated texts to the least that is wanted of each.
fn hold(files: &[&str], wanted: &[(&str, f64)]) {
    let reports: serde_json::Value =
        serde_json::from_str(&evaluate(files, &["--format", "json"])).unwrap();
    let report = &reports[0];
    for (pointer, least) in wanted {
        let figure = report.pointer(pointer).unwrap().as_f64().unwrap();
        assert!(figure >= *least, "{pointer} is {figure}, at least {least} is wanted");
    }
}

// Two points below what is reached; raise them when it becomes better.

#[test]
fn figures_stay_where_they_are() {
    print!("{}", evaluate(GENRES, &["--errors"]));
    let wanted = [
        ("/texts", 220.0),
        ("/overall/f1", 92.8),
        ("/overall/precision", 95.0),
        ("/spans/f1", 95.1),
        ("/dates/f1", 95.2),
        ("/years_right", 96.1),
    ];
    hold(GENRES, &wanted);
}

/// Whoever mends a rule may look at the errors in the genres, but not at those in these texts.
#[test]
fn figures_of_held_out_texts_stay_where_they_are() {
    let wanted = [("/texts", 40.0), ("/overall/f1", 80.6), ("/overall/precision", 87.2)];
    hold(&["held-out"], &wanted);
}
