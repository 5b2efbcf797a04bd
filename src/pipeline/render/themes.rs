//! Themes to the views of their pages: what they mean, and which documents are about them.

use serde::Serialize;

use crate::pipeline::collate::DocumentIndex;
use crate::pipeline::render::bars::{self, Bar};
use crate::pipeline::render::document;
use crate::pipeline::render::edition::{DOCUMENTS, year_id};
use crate::pipeline::render::entity::part_title;
use crate::pipeline::render::frame::Frame;
use crate::pipeline::render::html::Html;
use crate::pipeline::render::metadata::{self, Thing};
use crate::pipeline::render::page::Page;
use crate::pipeline::render::standpoint::{
    DocumentGroup, DocumentItem, NameLink, Pager, Standpoint, part, parts,
};
use crate::pipeline::render::years::NameGroup;
use crate::vocabulary::Kind;

/// How many names of each kind a theme lists.
const NAMES: usize = 12;
/// How many of a theme's words its page shows.
const TERMS: usize = 24;

/// The list of themes. Templates see it as `themes`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ThemesView {
    /// How many.
    pub lead: String,
    /// Each theme, that of most documents first.
    pub rows: Vec<ThemeRow>,
}

/// A theme in the list, as templates see it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ThemeRow {
    /// The theme.
    pub link: NameLink,
    /// What it means.
    pub description: String,
    /// How many documents have it.
    pub documents: usize,
    /// How many are about it.
    pub core: usize,
}

/// A theme. Templates see it as `theme`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ThemeView {
    /// What it means.
    pub description: String,
    /// How many documents.
    pub lead: String,
    /// The words by which it is found.
    pub terms: String,
    /// Documents by year, as a chart.
    pub chart: Html,
    /// Its documents by year, newest first; `note` says which words put each there.
    pub groups: Vec<DocumentGroup>,
    /// Who and what its documents name.
    pub names: Vec<NameGroup>,
    /// The wider theme, and related ones.
    pub broader: Option<NameLink>,
    /// Related themes.
    pub related: Vec<NameLink>,
    /// The parts of a long list.
    pub pager: Pager,
}

/// Makes the view of the list of themes.
pub(crate) fn list(from: &Standpoint<'_>) -> (Frame, ThemesView) {
    let words = from.words();
    let row = |at: u32| {
        let documents = &from.edition.theme_listing(at).0.documents;
        let core = documents.iter().filter(|it| score(from, **it).core).count();
        let description = from.edition.theme(at).description.clone();
        ThemeRow { link: from.theme(at), description, documents: documents.len(), core }
    };
    let mut rows: Vec<ThemeRow> = (0..from.edition.themes()).map(row).collect();
    rows.sort_by_key(|it| std::cmp::Reverse(it.documents));
    let lead = words.fill("themes_lead", &[("themes", &words.count("count_themes", rows.len()))]);
    let mut frame = Frame::new(from, words.get("themes"), lead.clone());
    let thing = metadata::collection_page(&frame, from);
    metadata::describe(&mut frame, from, thing);
    (frame, ThemesView { lead, rows })
}

/// Makes the view of a theme's page.
pub(crate) fn view(from: &Standpoint<'_>, theme: u32, number: u32) -> (Frame, ThemeView) {
    let (words, it) = (from.words(), from.edition.theme(theme));
    let by_year = from.edition.theme_listing(theme).1;
    let all = &by_year.items;
    let first = number == 0;
    let view = ThemeView {
        description: it.description.clone(),
        lead: format!("{}.", words.count("documents", all.len())),
        terms: it.terms.iter().take(TERMS).map(|it| it.0.as_str()).collect::<Vec<_>>().join(", "),
        chart: if first { chart(from, theme) } else { Html::default() },
        groups: groups(from, part(all, number, DOCUMENTS)),
        names: if first { names(from, theme) } else { Vec::new() },
        broader: it.broader.as_ref().and_then(|id| by_id(from, id)),
        related: it.related.iter().filter_map(|id| by_id(from, id)).collect(),
        pager: from.pager(parts(all.len(), DOCUMENTS), number, |part| Page::Theme(theme, part)),
    };
    let title = part_title(from, it.name.clone(), number, parts(all.len(), DOCUMENTS));
    let summary = if it.description.is_empty() {
        format!("{title}: {}", view.lead)
    } else {
        it.description.clone()
    };
    let mut frame = Frame::new(from, &title, summary);
    let address = from.edition.address(&Page::Theme(theme, 0));
    frame.page.feeds = vec![NameLink {
        name: it.name.clone(),
        href: format!("{}{}atom.xml", from.root(), address.0),
        ..NameLink::default()
    }];
    let thing = Thing::of("DefinedTerm").text("@id", &frame.page.permalink);
    let thing = thing.text("url", &frame.page.permalink).text("name", &it.name);
    let thing = thing
        .text("description", &it.description)
        .text("inDefinedTermSet", from.absolute("themes/"));
    metadata::describe(&mut frame, from, thing);
    (frame, view)
}

fn score<'e>(
    from: &Standpoint<'e>,
    (document, score): (DocumentIndex, u32),
) -> &'e crate::pipeline::annotate::ThemeScore {
    &from.edition.reading(document).annotations.themes[score as usize]
}

fn by_id(from: &Standpoint<'_>, id: &str) -> Option<NameLink> {
    from.edition.theme_of(id).map(|it| from.theme(it))
}

fn chart(from: &Standpoint<'_>, theme: u32) -> Html {
    let words = from.words();
    let years = &from.edition.theme_listing(theme).1.years;
    let dated: Vec<i16> = years.iter().filter_map(|it| it.0).collect();
    let bar = |year: i16| {
        let count = years.iter().find(|it| it.0 == Some(year)).map_or(0, |it| it.2);
        let place = from.edition.theme_year(theme, Some(year));
        Bar {
            label: year.to_string(),
            count,
            title: format!("{year}: {}", words.count("documents", count)),
            href: place.map(|it| from.to_place(&it)).unwrap_or_default(),
        }
    };
    bars::chart(
        &bars::span(&dated).into_iter().map(bar).collect::<Vec<_>>(),
        words.get("documents_by_year"),
    )
}

fn groups(from: &Standpoint<'_>, documents: &[(DocumentIndex, u32)]) -> Vec<DocumentGroup> {
    let mut groups: Vec<DocumentGroup> = Vec::new();
    for it in documents {
        let year = from.edition.year(it.0);
        let id = format!("y{}", year_id(year));
        if groups.last().is_none_or(|last| last.id != id) {
            let title =
                year.map_or_else(|| from.words().get("undated").to_owned(), |it| it.to_string());
            groups.push(DocumentGroup {
                id,
                title,
                href: from.to_year(year),
                documents: Vec::new(),
            });
        }
        groups.last_mut().expect("pushed for the first document").documents.push(item(from, *it));
    }
    groups
}

fn item(from: &Standpoint<'_>, (document, at): (DocumentIndex, u32)) -> DocumentItem {
    let score = score(from, (document, at));
    let weight = from.words().get(if score.core { "theme_core" } else { "theme_touched" });
    DocumentItem {
        note: format!("{weight}, {}", document::evidence(from, &score.evidence)),
        ..from.item(document)
    }
}

fn names(from: &Standpoint<'_>, theme: u32) -> Vec<NameGroup> {
    let all = &from.edition.typical(theme);
    let group = |kind: Kind| {
        let of_kind = all.iter().filter(|it| from.edition.name(it.0).kind == kind);
        let link = |(entity, documents): &(crate::pipeline::collate::EntityIndex, u32)| NameLink {
            count: from.words().number(*documents as usize),
            ..from.entity(*entity)
        };
        let names: Vec<NameLink> = of_kind.take(NAMES).map(link).collect();
        let (title, href) =
            (from.words().get(kind.folder()).to_owned(), from.to_page(&Page::Index(kind)));
        (!names.is_empty()).then(|| NameGroup { kind: kind.name().to_owned(), title, href, names })
    };
    Kind::ALL.into_iter().filter_map(group).collect()
}
