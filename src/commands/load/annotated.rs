//! A folder of annotated documents to sources and what is known of them.

use std::path::Path;

use rayon::prelude::*;

use crate::commands::Failure;
use crate::diagnostic::Diagnostic;
use crate::pipeline::read::lines::{Line, lines};
use crate::pipeline::read::{self, Source};
use crate::pipeline::{Inputs, Read};
use crate::standoff::recall::recall;
use crate::standoff::{Broken, Record, sidecar};

/// How many lines are held as text at a time.
const TOGETHER: usize = 256;

/// Takes the documents of `folder` into `inputs`, and gives their readings in the order of the sources.
pub(super) fn documents(
    folder: &Path,
    seeds_name: &str,
    inputs: &mut Inputs,
) -> Result<Vec<Read>, Failure> {
    let mut known: Vec<(Line, Source, Read)> = Vec::new();
    let mut lines = lines(folder)?.peekable();
    if lines.peek().is_none() {
        return Err(Failure::NothingAnnotated(folder.to_owned()));
    }
    while lines.peek().is_some() {
        let batch: Vec<_> = lines.by_ref().take(TOGETHER).collect::<Result<_, _>>()?;
        let taken: Vec<_> = batch.into_par_iter().map(|it| taken(it, seeds_name, inputs)).collect();
        for it in taken {
            let (line, document, findings) = it?;
            inputs.diagnostics.extend(findings);
            known.extend(document.map(|(source, read)| (line, source, read)));
        }
    }
    known.sort_by(|a, b| a.1.id.cmp(&b.1.id));
    if let Some(twice) = known.windows(2).find(|it| it[0].1.id == it[1].1.id) {
        let message = format!("a second document {:?}", twice[1].1.id);
        return Err(refused(&twice[1].0, message));
    }
    let (sources, known) = known.into_iter().map(|it| (it.1, it.2)).unzip();
    inputs.sources = sources;
    Ok(known)
}

/// A line without its bytes, the document in it, and findings if there is none.
type Taken = (Line, Option<(Source, Read)>, Vec<Diagnostic>);

fn taken(mut line: Line, seeds_name: &str, inputs: &Inputs) -> Result<Taken, Failure> {
    let bytes = std::mem::take(&mut line.bytes);
    let mut record: Record =
        serde_json::from_slice(&bytes).map_err(|it| refused(&line, wrong(&bytes, &it)))?;
    let files = read::names(&record.id, seeds_name);
    let texts = (std::mem::take(&mut record.text), sidecar(record.metadata.as_ref()));
    let source = read::source(&record.id, texts, &files).value;
    let recalled = recall(record, (source.as_ref(), &files), inputs);
    let (findings, read) = recalled.map_err(|it| refused(&line, it.to_string()))?;
    Ok((line, source.zip(read), findings))
}

/// What is wrong with a line that is no record.
fn wrong(line: &[u8], error: &serde_json::Error) -> String {
    match serde_json::from_slice::<Broken>(line) {
        Ok(it) => format!("line {} could not be annotated: {}", it.line, it.error),
        Err(_) => format!("is no record of `seedbed annotate`: {error}"),
    }
}

fn refused(line: &Line, message: String) -> Failure {
    Failure::Annotated { file: line.file.to_path_buf(), line: line.number, message }
}
