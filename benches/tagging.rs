//! Measures describe and annotate in one thread: `cargo bench --bench tagging -- FOLDER`.
//!
//! Prints megabytes of text a second with 1,000 and with 100,000 made-up entries beside the built-in lists: of describe and
//! annotate alone, and with the tokens and calendar expressions that they are given.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use seedbed::pipeline::annotate::annotate;
use seedbed::pipeline::describe::{Ground, describe};
use seedbed::pipeline::parse::{Document, parse};
use seedbed::pipeline::read::{OffsetMap, Source};
use seedbed::pipeline::{calendar, words};
use seedbed::vocabulary::{Vocabulary, entities};

/// How often the whole collection is read; the fastest counts.
const ROUNDS: usize = 5;

#[expect(clippy::disallowed_methods, reason = "a program of its own, outside the pipeline")]
fn documents(folder: &Path) -> std::io::Result<Vec<Document>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(documents(&path)?);
        } else if path.extension().is_some_and(|it| it == "txt") {
            let id: Arc<str> = path.to_string_lossy().as_ref().into();
            let text = String::from_utf8_lossy(&std::fs::read(&path)?).into_owned();
            let source = Source {
                id: id.clone(),
                file: id,
                text: text.into(),
                origin: OffsetMap::default(),
                sidecar: None,
            };
            found.push(parse(&source).value);
        }
    }
    Ok(found)
}

/// A vocabulary of so many bodies with names of three words.
fn vocabulary(entries: usize) -> Vocabulary {
    const PARTS: [&str; 16] = [
        "Bal", "Cor", "Dun", "Fel", "Gar", "Hol", "Kel", "Lor", "Mar", "Nor", "Pel", "Quin", "Ros",
        "Sel", "Tor", "Ven",
    ];
    let word = |number: usize| {
        let part = |at: usize| PARTS[number / 16usize.pow(at as u32) % 16];
        format!("{}{}{}", part(0), part(1).to_lowercase(), part(2).to_lowercase())
    };
    let rows: Vec<String> = (0..entries)
        .map(|it| {
            format!("- name: {} {} Society\n  kind: organization\n", word(it), word(it / 7 + 31))
        })
        .collect();
    Vocabulary::new(entities::parse(&"entities.yaml".into(), &rows.concat()).value, Vec::new())
}

/// How long describe and annotate take, and how long with words and calendar.
fn round(documents: &[Document], vocabulary: &Vocabulary) -> (Duration, Duration) {
    let (mut alone, whole) = (Duration::ZERO, Instant::now());
    for document in documents {
        let words = words::words(document, &vocabulary.lexicon);
        let expressions = calendar::find(&words);
        let begun = Instant::now();
        let ground = Ground { vocabulary, language: "en" };
        let description = describe(document, &words, &expressions, ground).value;
        std::hint::black_box(annotate(document, &description, (&words, &expressions), vocabulary));
        alone += begun.elapsed();
    }
    (alone, whole.elapsed())
}

#[expect(clippy::print_stdout, reason = "a program of its own, outside the pipeline")]
fn main() -> std::io::Result<()> {
    let folder = std::env::args().skip(1).find(|it| it != "--bench");
    let folder = folder
        .ok_or_else(|| std::io::Error::other("usage: cargo bench --bench tagging -- FOLDER"))?;
    let documents = documents(Path::new(&folder))?;
    let bytes: usize = documents.iter().map(|it| it.text.len()).sum();
    for entries in [1_000, 100_000] {
        let vocabulary = vocabulary(entries);
        let rounds: Vec<_> = (0..ROUNDS).map(|_| round(&documents, &vocabulary)).collect();
        let rate = |it: Option<Duration>| bytes as f64 / 1e6 / it.unwrap_or_default().as_secs_f64();
        println!(
            "{entries} entries: describe and annotate {:.1} MB/s, with words and calendar {:.1} MB/s",
            rate(rounds.iter().map(|it| it.0).min()),
            rate(rounds.iter().map(|it| it.1).min()),
        );
    }
    Ok(())
}
