//! Annotations made by hand to how well the same texts are tagged: precision, recall and F1 by kind and by rule.

mod bracketed;
mod gold;
mod listed;
mod score;
mod table;

use rayon::prelude::*;
use serde::Serialize;

use self::gold::Text;
use self::score::{Score, compare};
use crate::cli::{Evaluate, InputArgs, ListFormat};
use crate::commands::console::Console;
use crate::commands::load::kept::Kept;
use crate::commands::load::{Request, SiteFolder, load};
use crate::commands::{Failure, Verdict};
use crate::pipeline::read::{self, ReadError};
use crate::pipeline::reading;
use crate::report::json;

/// Compares, and prints the figures; they are for the user to judge, so the verdict is always clean.
pub(super) fn run(args: &Evaluate, console: &mut Console) -> Result<Verdict, Failure> {
    let folder = load(&request(args), &mut Kept::default())?;
    let mut texts = Vec::new();
    for path in &args.gold {
        let file = path.to_string_lossy().replace('\\', "/");
        let content = read::file(path)?.ok_or_else(|| ReadError::Missing(path.clone()))?;
        texts.extend(annotated(&file, &content, &folder)?);
    }
    let scores: Vec<_> = texts
        .par_iter()
        .map(|it| compare(it, &reading(&it.source, &folder.inputs).reading))
        .collect();
    let mut score = Score::default();
    for it in scores {
        score.add(it);
    }
    console.print(&match args.format {
        ListFormat::Json => json(&[Report::of(&score)]),
        ListFormat::Short => table::tables(&score, args.errors),
    });
    Ok(Verdict::Clean)
}

/// A folder without a site's files in it is a folder of documents.
fn request(args: &Evaluate) -> Request<'static> {
    let bare = !args.dir.join("site.toml").is_file() && !args.dir.join("seeds").is_dir();
    let seeds = bare.then(|| args.dir.clone());
    Request {
        dir: args.dir.clone(),
        inputs: InputArgs { seeds, ..InputArgs::default() },
        ..Request::default()
    }
}

fn annotated(file: &str, content: &str, folder: &SiteFolder) -> Result<Vec<Text>, Failure> {
    let texts =
        if std::path::Path::new(file).extension().is_some_and(|it| it.eq_ignore_ascii_case("json"))
        {
            listed::texts(file, content, &folder.inputs.sources)
        } else {
            bracketed::texts(file, content)
        };
    texts.map_err(|it| Failure::Gold { file: file.to_owned(), line: it.line, message: it.message })
}

/// The figures, as published for other programs.
#[derive(Serialize)]
struct Report<'a> {
    texts: usize,
    overall: table::Row,
    kinds: Vec<table::Row>,
    rules: Vec<table::Row>,
    spans: table::Row,
    kind_right: f64,
    dates: table::Row,
    date_rules: Vec<table::Row>,
    years_right: f64,
    values_right: f64,
    titles: (usize, usize),
    document_dates: (usize, usize),
    errors: &'a [score::Wrong],
}

impl<'a> Report<'a> {
    fn of(score: &'a Score) -> Self {
        Report {
            texts: score.texts,
            overall: table::Row::of("all", score.overall()),
            kinds: table::rows(&score.kinds),
            rules: table::rows(&score.rules),
            spans: table::Row::of("spans", score.spans),
            kind_right: table::share(score.overall().right, score.spans.right),
            dates: table::Row::of("dates", score.dates),
            date_rules: table::rows(&score.date_rules),
            years_right: table::share(score.years_right, score.dates.right),
            values_right: table::share(score.values_right, score.dates.right),
            titles: score.titles,
            document_dates: score.document_dates,
            errors: &score.wrong,
        }
    }
}
