//! A site's folder to a list of what the site has.

use serde::Serialize;

use crate::cli::{List, ListFormat, Listing};
use crate::commands::console::Console;
use crate::commands::load::kept::Kept;
use crate::commands::load::{Request, SiteFolder, load};
use crate::commands::memory::Memory;
use crate::commands::{Failure, Verdict};
use crate::pipeline::{Drafts, Reading, Site, understand};
use crate::report::json;

/// A document.
#[derive(Serialize)]
struct DocumentRow<'a> {
    id: &'a str,
    date: Option<String>,
    title: &'a str,
    file: String,
}

/// An entity.
#[derive(Serialize)]
struct EntityRow<'a> {
    id: &'a str,
    kind: &'static str,
    name: &'a str,
    mentions: u32,
    documents: usize,
}

/// Prints the list.
pub(super) fn run(args: &List, console: &mut Console) -> Result<Verdict, Failure> {
    let request = Request {
        dir: args.site.dir.clone(),
        inputs: args.site.inputs.clone(),
        ..Request::default()
    };
    let mut folder = load(&request, &mut Kept::default())?;
    if args.what == Listing::Drafts {
        folder.inputs.drafts = Drafts::Publish;
    }
    let site = understand(&folder.inputs, &Memory::of(&request).memos);
    console.print(&match args.what {
        Listing::Entities => entities(&site, args.format),
        Listing::Documents => documents(&site, &folder, args.format, |_| true),
        Listing::Drafts => {
            documents(&site, &folder, args.format, |it| it.document.front_matter.draft)
        }
        Listing::Undated => documents(&site, &folder, args.format, |it| {
            it.description.date.as_ref().is_none_or(|date| date.value.year.is_none())
        }),
    });
    Ok(Verdict::Clean)
}

fn documents(
    site: &Site,
    folder: &SiteFolder,
    format: ListFormat,
    wanted: fn(&Reading) -> bool,
) -> String {
    let of = |(reading, entry): (&'_ std::sync::Arc<Reading>, _)| {
        (std::sync::Arc::clone(reading), entry)
    };
    let found: Vec<_> = site
        .readings
        .iter()
        .zip(&site.collection.documents)
        .map(of)
        .filter(|it| wanted(&it.0))
        .collect();
    let rows: Vec<_> = found
        .iter()
        .map(|(reading, entry)| DocumentRow {
            id: &entry.slug,
            date: reading.description.date.as_ref().map(|it| it.value.to_string()),
            title: &reading.description.title.value,
            file: folder.shown(&reading.document.file),
        })
        .collect();
    match format {
        ListFormat::Json => json(&rows),
        ListFormat::Short => lines(rows.iter().map(|it| {
            [
                it.id.to_owned(),
                it.date.clone().unwrap_or_default(),
                it.title.to_owned(),
                it.file.clone(),
            ]
        })),
    }
}

fn entities(site: &Site, format: ListFormat) -> String {
    let row = |it: &'_ crate::pipeline::collate::Entity| (it.mentions, it.places.len());
    let mut found: Vec<_> = site.collection.entities.iter().collect();
    found.sort_by_key(|it| std::cmp::Reverse(row(it)));
    let rows: Vec<_> = found
        .iter()
        .map(|it| EntityRow {
            id: &it.id,
            kind: it.kind.name(),
            name: &it.name,
            mentions: it.mentions,
            documents: it.places.len(),
        })
        .collect();
    match format {
        ListFormat::Json => json(&rows),
        ListFormat::Short => lines(rows.iter().map(|it| {
            [
                it.id.to_owned(),
                it.kind.to_owned(),
                it.name.to_owned(),
                it.mentions.to_string(),
                it.documents.to_string(),
            ]
        })),
    }
}

/// A line each, with tabs between.
fn lines<const N: usize>(rows: impl Iterator<Item = [String; N]>) -> String {
    rows.map(|it| it.map(|cell| cell.replace(['\t', '\n'], " ")).join("\t") + "\n").collect()
}
