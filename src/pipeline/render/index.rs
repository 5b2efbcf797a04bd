//! The entities of a kind, and all documents, to the views of their indexes.

use serde::Serialize;

use crate::pipeline::collate::{EntityIndex, Year};
use crate::pipeline::render::edition::{DOCUMENTS, ROWS};
use crate::pipeline::render::entity::part_title;
use crate::pipeline::render::frame::{Frame, has_letters};
use crate::pipeline::render::metadata;
use crate::pipeline::render::page::{self, Page};
use crate::pipeline::render::standpoint::{
    DocumentGroup, NameLink, Pager, Standpoint, part, parts,
};
use crate::vocabulary::Kind;

/// An index. Templates see it as `index`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IndexView {
    /// `organization`, …
    pub kind: String,
    /// What is listed, in a sentence.
    pub lead: String,
    /// What the table says, for those who hear it.
    pub caption: String,
    /// The rows.
    pub rows: Vec<IndexRow>,
    /// Letters: of this page (fragments) or of pages of their own.
    pub letters: Vec<NameLink>,
    /// Years whose pages list those of this kind, newest first; empty with one only.
    pub years: Vec<NameLink>,
    /// Themes whose pages do.
    pub themes: Vec<NameLink>,
    /// Where there are pages for letters: that this page has the most named only.
    pub note: String,
    /// The parts of a long list.
    pub pager: Pager,
}

/// A row of an index, as templates see it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IndexRow {
    /// The entity.
    pub link: NameLink,
    /// What it is; may be empty.
    pub description: String,
    /// How many documents name it.
    pub documents: usize,
    /// How many mentions count.
    pub mentions: u32,
    /// The year of its first document; may be empty.
    pub first: String,
    /// The year of its last.
    pub last: String,
}

/// All documents. Templates see it as `documents`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DocumentsView {
    /// What is listed.
    pub lead: String,
    /// The documents by year, newest first.
    pub groups: Vec<DocumentGroup>,
    /// The parts of the list.
    pub pager: Pager,
}

/// Makes the view of a kind's index, or of one letter of it.
pub(crate) fn view(
    from: &Standpoint<'_>,
    kind: Kind,
    letter: Option<(char, u32)>,
) -> (Frame, IndexView) {
    let words = from.words();
    let shelf = from.edition.shelf(kind);
    let empty = Vec::new();
    let all = letter.map_or(&shelf.ranked, |it| shelf.letters.get(&it.0).unwrap_or(&empty));
    let names = words.count(&format!("count_{}", kind.folder()), all.len());
    let number = letter.map_or(0, |it| it.1);
    let pager = letter.map(|it| {
        from.pager(parts(all.len(), ROWS), number, |part| Page::Letter(kind, it.0, part))
    });
    let heading = words.get(kind.folder());
    let title = match letter {
        None => heading.to_owned(),
        Some((letter, _)) => {
            words.fill("begins_with", &[("kind", heading), ("letter", &shown(letter))])
        }
    };
    let view = IndexView {
        kind: kind.name().to_owned(),
        lead: if letter.is_none() {
            words.fill("most_named_first", &[("names", &names)])
        } else {
            format!("{names}.")
        },
        caption: words.fill("how_often", &[("kind", heading)]),
        rows: part(all, number, ROWS).iter().map(|it| row(from, *it)).collect(),
        letters: letters(from, kind),
        years: if letter.is_none() { years(from) } else { Vec::new() },
        themes: if letter.is_none() { themes(from) } else { Vec::new() },
        note: if has_letters(from, kind) && letter.is_none() {
            words.fill("most_named_only", &[("n", &words.number(ROWS))])
        } else {
            String::new()
        },
        pager: pager.unwrap_or_default(),
    };
    let title = part_title(from, title, number, parts(all.len(), ROWS));
    let mut frame = Frame::new(from, &title, words.fill("index_of", &[("names", &names)]));
    let thing = metadata::collection_page(&frame, from);
    metadata::describe(&mut frame, from, thing);
    (frame, view)
}

/// To what the pages of years and themes say of whom their documents name.
const NAMES: &str = "page-names";

fn years(from: &Standpoint<'_>) -> Vec<NameLink> {
    let dated = from.edition.years().iter().filter(|it| !it.documents.is_empty());
    let link = |it: &Year| NameLink {
        name: it.year.to_string(),
        href: from.to_place(&(page::year(it.year), NAMES.to_owned())),
        ..NameLink::default()
    };
    let years: Vec<NameLink> = dated.rev().map(link).collect();
    if years.len() > 1 { years } else { Vec::new() }
}

fn themes(from: &Standpoint<'_>) -> Vec<NameLink> {
    let themes = 0..from.edition.themes();
    let named = themes.filter(|it| !from.edition.typical(*it).is_empty());
    let link = |it: u32| {
        let address = from.edition.address(&Page::Theme(it, 0));
        NameLink { href: from.to_place(&(address, NAMES.to_owned())), ..from.theme(it) }
    };
    named.map(link).collect()
}

fn shown(letter: char) -> String {
    if letter == '0' { "0–9".to_owned() } else { letter.to_string() }
}

fn letters(from: &Standpoint<'_>, kind: Kind) -> Vec<NameLink> {
    let letters = &from.edition.shelf(kind).letters;
    let link = |(letter, names): (&char, &Vec<EntityIndex>)| {
        let page = Page::Letter(kind, *letter, 0);
        let href = if from.page == page { String::new() } else { from.to_page(&page) };
        NameLink {
            name: shown(*letter),
            href,
            count: from.words().number(names.len()),
            ..NameLink::default()
        }
    };
    letters.iter().map(link).collect()
}

fn row(from: &Standpoint<'_>, entity: EntityIndex) -> IndexRow {
    let it = from.edition.figures(entity);
    let year = |it: Option<crate::pipeline::calendar::PartialDate>| {
        it.and_then(|it| it.year).map(|it| it.to_string()).unwrap_or_default()
    };
    IndexRow {
        link: from.entity(entity),
        description: it.description.to_owned(),
        documents: it.documents,
        mentions: it.mentions,
        first: year(it.first),
        last: year(it.last),
    }
}

/// Makes the view of the list of all documents.
pub(crate) fn documents(from: &Standpoint<'_>, number: u32) -> (Frame, DocumentsView) {
    let words = from.words();
    let all = &from.edition.by_date();
    let mut groups: Vec<DocumentGroup> = Vec::new();
    let mut last = None;
    for document in part(all, number, DOCUMENTS) {
        let year = from.edition.year(*document);
        if last.replace(year) != Some(year) {
            let title = year.map_or_else(|| words.get("undated").to_owned(), |it| it.to_string());
            groups.push(DocumentGroup {
                title,
                href: from.to_year(year),
                ..DocumentGroup::default()
            });
        }
        groups
            .last_mut()
            .expect("pushed for the first document")
            .documents
            .push(from.item(*document));
    }
    let count = parts(all.len(), DOCUMENTS);
    let view = DocumentsView {
        lead: format!("{}. {}", words.count("documents", all.len()), words.get("all_documents")),
        groups,
        pager: from.pager(count, number, Page::Documents),
    };
    let title = part_title(from, words.get("documents_title").to_owned(), number, count);
    let mut frame = Frame::new(from, &title, view.lead.clone());
    let thing = metadata::collection_page(&frame, from);
    metadata::describe(&mut frame, from, thing);
    (frame, view)
}
