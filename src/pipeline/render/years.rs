//! Years to the views of their pages: what is dated in them, and what speaks of them.

mod months;
mod named;

use std::sync::Arc;

use serde::Serialize;

use crate::pipeline::collate::{DocumentIndex, Year};
use crate::pipeline::render::bars::{self, Bar};
use crate::pipeline::render::concordance;
use crate::pipeline::render::edition::{DOCUMENTS, PASSAGES};
use crate::pipeline::render::entity::part_title;
use crate::pipeline::render::frame::Frame;
use crate::pipeline::render::html::Html;
use crate::pipeline::render::metadata;
use crate::pipeline::render::page::Page;
use crate::pipeline::render::standpoint::{
    DocumentGroup, NameLink, Pager, Standpoint, part, parts,
};

/// The list of years. Templates see it as `years`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct YearsView {
    /// How many documents, and from when to when.
    pub lead: String,
    /// Documents by year, as a chart.
    pub chart: Html,
    /// Each year of a document, newest first.
    pub rows: Vec<YearRow>,
    /// Years that documents only speak of, newest first, with the number of passages.
    pub spoken_of: Vec<NameLink>,
}

/// A year in the list, as templates see it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct YearRow {
    /// The year.
    pub link: NameLink,
    /// How many documents are dated in it.
    pub documents: usize,
    /// How many passages of other documents speak of it.
    pub passages: usize,
}

/// A year, or the undated documents. Templates see it as `year`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct YearView {
    /// How many documents and passages.
    pub lead: String,
    /// Documents by month, as a chart.
    pub chart: Html,
    /// Documents by month.
    pub months: Vec<DocumentGroup>,
    /// Passages of other documents that speak of it.
    pub passages: Vec<PassageGroup>,
    /// Who and what its documents name, by kind; each leads to what was said of them then.
    pub names: Vec<NameGroup>,
    /// Its documents' themes; each leads to the documents on it then.
    pub themes: Vec<NameLink>,
    /// The parts of a long list.
    pub pager: Pager,
    /// The year before it in the list.
    pub previous: Option<NameLink>,
    /// The year after it.
    pub next: Option<NameLink>,
}

/// Passages of one document, as templates see them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PassageGroup {
    /// The document.
    pub document: crate::pipeline::render::standpoint::DocumentItem,
    /// The passages, as list items.
    pub lines: Html,
}

/// Names of one kind, as templates see them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NameGroup {
    /// `organization`, …
    pub kind: String,
    /// "Organizations".
    pub title: String,
    /// The way to all of them.
    pub href: String,
    /// The names.
    pub names: Vec<NameLink>,
}

/// Makes the view of the list of years.
pub(crate) fn list(from: &Standpoint<'_>) -> (Frame, YearsView) {
    let words = from.words();
    let years = from.edition.years();
    let row = |it: &Year| YearRow {
        link: NameLink {
            name: it.year.to_string(),
            href: from.to_year(Some(it.year)),
            ..NameLink::default()
        },
        documents: it.documents.len(),
        passages: it.passages.iter().map(|it| it.1.len()).sum(),
    };
    let (dated, other): (Vec<&Year>, Vec<&Year>) =
        years.iter().rev().partition(|it| !it.documents.is_empty());
    let mut rows: Vec<YearRow> = dated.into_iter().map(row).collect();
    let spoken_of = other
        .into_iter()
        .map(row)
        .map(|it| NameLink { count: words.count("passages", it.passages), ..it.link });
    let spoken_of = spoken_of.collect();
    if !from.edition.undated().is_empty() {
        let link = NameLink {
            name: words.get("undated").to_owned(),
            href: from.to_year(None),
            ..NameLink::default()
        };
        rows.push(YearRow { link, documents: from.edition.undated().len(), passages: 0 });
    }
    let view = YearsView { lead: lead(from), chart: chart(from), rows, spoken_of };
    let mut frame = Frame::new(from, words.get("years"), view.lead.clone());
    let thing = metadata::collection_page(&frame, from);
    metadata::describe(&mut frame, from, thing);
    (frame, view)
}

/// "40 documents dated, from 2015 to 2024."
fn lead(from: &Standpoint<'_>) -> String {
    let words = from.words();
    let dated: Vec<&Year> =
        from.edition.years().iter().filter(|it| !it.documents.is_empty()).collect();
    let (Some(first), Some(last)) = (dated.first(), dated.last()) else {
        return words.get("undated_title").to_owned();
    };
    let documents = words.count("documents", dated.iter().map(|it| it.documents.len()).sum());
    let years =
        [("documents", documents), ("from", first.year.to_string()), ("to", last.year.to_string())];
    words.fill("years_lead", &years.each_ref().map(|(key, value)| (*key, value.as_str())))
}

/// Documents by year, each bar a link to its year.
pub(crate) fn chart(from: &Standpoint<'_>) -> Html {
    let words = from.words();
    let years = from.edition.years();
    let dated: Vec<i16> =
        years.iter().filter(|it| !it.documents.is_empty()).map(|it| it.year).collect();
    let bar = |year: i16| {
        let found = years.binary_search_by_key(&year, |it| it.year);
        let count = found.map_or(0, |it| years[it].documents.len());
        Bar {
            label: year.to_string(),
            count,
            title: format!("{year}: {}", words.count("documents", count)),
            href: found.map(|_| from.to_year(Some(year))).unwrap_or_default(),
        }
    };
    bars::chart(
        &bars::span(&dated).into_iter().map(bar).collect::<Vec<_>>(),
        words.get("documents_by_year"),
    )
}

/// How many parts the page of a year has.
pub(crate) fn year_parts(year: &Year) -> u32 {
    parts(year.documents.len(), DOCUMENTS).max(parts(year.passages.len(), PASSAGES))
}

/// Makes the view of a year's page.
pub(crate) fn view(from: &Standpoint<'_>, year: i16, number: u32) -> (Frame, YearView) {
    let (it, [before, after]) = from.edition.year_listing(year);
    let title = year.to_string();
    let neighbour = |year: i16| NameLink {
        name: year.to_string(),
        href: from.to_year(Some(year)),
        ..NameLink::default()
    };
    let view = YearView {
        lead: year_lead(from, it),
        chart: if number == 0 { months::chart(from, it) } else { Html::default() },
        months: months::months(from, part(&it.documents, number, DOCUMENTS)),
        passages: part(&it.passages, number, PASSAGES)
            .iter()
            .map(|it| passages(from, it))
            .collect(),
        names: if number == 0 { named::names(from, &it.documents, Some(year)) } else { Vec::new() },
        themes: if number == 0 {
            named::themes(from, &it.documents, Some(year))
        } else {
            Vec::new()
        },
        pager: from.pager(year_parts(it), number, |it| Page::Year(year, it)),
        previous: before.map(neighbour),
        next: after.map(neighbour),
    };
    (frame(from, &part_title(from, title, number, year_parts(it)), &view), view)
}

/// Makes the view of the page of undated documents.
pub(crate) fn undated(from: &Standpoint<'_>, number: u32) -> (Frame, YearView) {
    let words = from.words();
    let all = from.edition.undated();
    let lead = match all.len() {
        0 => words.get("all_dated").to_owned(),
        n => words.fill("undated_lead", &[("documents", &words.count("documents", n))]),
    };
    let group = DocumentGroup {
        documents: part(all, number, DOCUMENTS).iter().map(|it| from.item(*it)).collect(),
        ..DocumentGroup::default()
    };
    let view = YearView {
        lead,
        months: vec![group],
        names: if number == 0 { named::names(from, all, None) } else { Vec::new() },
        themes: if number == 0 { named::themes(from, all, None) } else { Vec::new() },
        pager: from.pager(parts(all.len(), DOCUMENTS), number, Page::Undated),
        ..YearView::default()
    };
    let title = part_title(
        from,
        words.get("undated_title").to_owned(),
        number,
        parts(all.len(), DOCUMENTS),
    );
    (frame(from, &title, &view), view)
}

fn frame(from: &Standpoint<'_>, title: &str, view: &YearView) -> Frame {
    let mut frame = Frame::new(from, title, format!("{title}: {}", view.lead));
    let thing = metadata::collection_page(&frame, from);
    metadata::describe(&mut frame, from, thing);
    frame
}

fn year_lead(from: &Standpoint<'_>, it: &Year) -> String {
    let words = from.words();
    let mut parts = Vec::new();
    if !it.documents.is_empty() {
        let documents = words.count("documents", it.documents.len());
        parts.push(
            words.fill("year_lead", &[("documents", &documents), ("year", &it.year.to_string())]),
        );
    }
    if !it.passages.is_empty() {
        let passages = words.count("passages", it.passages.iter().map(|it| it.1.len()).sum());
        parts.push(words.fill("year_passages_lead", &[("passages", &passages)]));
    }
    parts.join(" ")
}

fn passages(
    from: &Standpoint<'_>,
    (document, dates): &(DocumentIndex, Arc<[u32]>),
) -> PassageGroup {
    let all = &from.edition.reading(*document).annotations.dates;
    let mut lines = Html::with_room(dates.len() * concordance::LINE);
    for date in dates.iter() {
        let date = &all[*date as usize];
        concordance::span_line(&mut lines, from, *document, (date.start, date.end));
    }
    PassageGroup { document: from.item(*document), lines }
}
