//! Lines of documents to lines of documents with what is found in each; one by one, so that many machines can share the work.

use std::io::{self, stdin};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use rayon::prelude::*;

use crate::cli::Annotate;
use crate::commands::console::Console;
use crate::commands::load::{Request, ground};
use crate::commands::told::counted;
use crate::commands::{Failure, Verdict};
use crate::pipeline::read::lines::numbered;
use crate::pipeline::{Inputs, read, reading};
use crate::standoff::record::record;
use crate::standoff::{Broken, Text, sidecar};

/// How many lines are worked on at once; as many again may wait.
const TOGETHER: usize = 64;

/// A line with its number.
type Numbered = (usize, Vec<u8>);
type Line = io::Result<Numbered>;

/// Annotates standard input.
pub(super) fn run(args: &Annotate, console: &mut Console) -> Result<Verdict, Failure> {
    let (inputs, seeds) = ground(&Request { dir: args.dir.clone(), ..Request::default() })?;
    let (sender, lines) = sync_channel(TOGETHER);
    // Not joined: it may wait for a line that never comes.
    std::thread::spawn(move || listen(&sender));
    let mut wrong = 0;
    while let Some(batch) = batch(&lines)? {
        let answers: Vec<_> = batch
            .par_iter()
            .map(|(number, line)| answer(line, &seeds, &inputs).map_err(|it| (*number, it)))
            .collect();
        for (number, error) in answers.iter().filter_map(|it| it.as_ref().err()) {
            console.say(&format!("error: line {number}: {error}\n"));
            wrong += 1;
        }
        let answers: Vec<u8> = answers.into_iter().flat_map(written).collect();
        if !console.pass(&answers)? {
            break;
        }
    }
    if wrong > 0 {
        let lines = counted(wrong, "line is", "lines are");
        console.say(&format!("{lines} no documents; each has an error in its place\n"));
    }
    Ok(if wrong > 0 { Verdict::Wrong } else { Verdict::Clean })
}

/// Hands on each line of standard input, until there is none or nobody takes it.
fn listen(to: &SyncSender<Line>) {
    for line in numbered(stdin().lock()) {
        if to.send(line).is_err() {
            break;
        }
    }
}

/// The lines that are there, after waiting for the first; nothing at the end.
///
/// Whoever hands in one line and waits for its answer gets it.
fn batch(lines: &Receiver<Line>) -> io::Result<Option<Vec<Numbered>>> {
    let Ok(first) = lines.recv() else { return Ok(None) };
    let others = std::iter::from_fn(|| lines.try_recv().ok()).take(TOGETHER - 1);
    std::iter::once(first).chain(others).collect::<io::Result<_>>().map(Some)
}

/// The record of one line, or what is wrong with it; findings name the folder of documents `seeds`.
pub fn answer(line: &[u8], seeds: &str, inputs: &Inputs) -> Result<Vec<u8>, String> {
    let text = Text::of(line)?;
    let files = read::names(&text.id, seeds);
    let texts = (text.text.clone(), sidecar(text.metadata.as_ref()));
    let mut findings = Vec::new();
    let source = read::source(&text.id, texts, &files).split(&mut findings);
    let read = source.map(|it| reading(&it, inputs));
    findings.extend(read.iter().flat_map(|it| it.diagnostics.iter().cloned()));
    let reading = read.as_ref().map(|it| &*it.reading);
    let record = record(text, reading, (&findings, &files.1), inputs);
    Ok(serde_json::to_vec(&record).expect("a record has text for keys"))
}

/// An answer as a line.
fn written(answer: Result<Vec<u8>, (usize, String)>) -> Vec<u8> {
    let mut line = answer.unwrap_or_else(|(line, error)| {
        serde_json::to_vec(&Broken { line, error }).expect("a record has text for keys")
    });
    line.push(b'\n');
    line
}
