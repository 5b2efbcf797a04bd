//! Edition to the views of the first page, of search, and of the page for addresses that lead nowhere.

use serde::Serialize;

use crate::pipeline::render::frame::Frame;
use crate::pipeline::render::html::Html;
use crate::pipeline::render::metadata;
use crate::pipeline::render::page::Page;
use crate::pipeline::render::standpoint::{DocumentItem, NameLink, Standpoint};
use crate::pipeline::render::years::{self, NameGroup};
use crate::vocabulary::Kind;

/// How many documents the first page lists.
const NEWEST: usize = 5;
/// How many names of each kind it lists.
const NAMES: usize = 6;
/// How many themes it lists.
const THEMES: usize = 12;
/// How many pages the search page and the page for lost readers list by name.
const LISTED: usize = 400;

/// The first page. Templates see it as `home`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HomeView {
    /// What the collection is.
    pub lead: String,
    /// What it holds: number and noun, each a link to its index.
    pub figures: Vec<NameLink>,
    /// Documents by year, as a chart.
    pub chart: Html,
    /// The newest documents.
    pub newest: Vec<DocumentItem>,
    /// The most named of each kind.
    pub names: Vec<NameGroup>,
    /// Its themes.
    pub themes: Vec<NameLink>,
    /// The way to all themes.
    pub all_themes: String,
    /// The way to all documents.
    pub all_documents: String,
}

/// The search page. Templates see it as `search`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SearchView {
    /// The indexes that have entries.
    pub indexes: Vec<NameLink>,
    /// The most named of each kind.
    pub names: Vec<NameGroup>,
    /// The newest documents.
    pub documents: Vec<DocumentItem>,
}

/// The page for addresses that lead nowhere. Templates see it as `lost`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LostView {
    /// The indexes that have entries.
    pub indexes: Vec<NameLink>,
    /// Every document and name, in a collection small enough for that: the script shows the nearest.
    pub near: Vec<NameLink>,
}

/// A page that has moved. Templates see it as `alias`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AliasView {
    /// Where it is now.
    pub to: NameLink,
}

/// Makes the view of the first page.
pub(crate) fn view(from: &Standpoint<'_>) -> (Frame, HomeView) {
    let config = &from.edition.config();
    let lead = if config.description.is_empty() {
        from.words().get("home_lead").to_owned()
    } else {
        config.description.clone()
    };
    let collection = &from.edition.site().collection;
    let view = HomeView {
        figures: figures(from),
        chart: years::chart(from),
        newest: collection.by_date.iter().take(NEWEST).map(|it| from.item(*it)).collect(),
        names: most_named(from),
        themes: themes(from),
        all_themes: from.to_page(&Page::Themes),
        all_documents: from.to_page(&Page::Documents(0)),
        lead: lead.clone(),
    };
    let mut frame = Frame::new(from, &config.title, lead);
    let thing = metadata::collection_page(&frame, from);
    metadata::describe(&mut frame, from, thing);
    (frame, view)
}

fn figures(from: &Standpoint<'_>) -> Vec<NameLink> {
    let (edition, words) = (&from.edition, from.words());
    let collection = &edition.site().collection;
    let kinds = Kind::ALL.map(|it| {
        (format!("count_{}", it.folder()), edition.shelf(it).ranked.len(), Page::Index(it))
    });
    let mut all = vec![("documents".to_owned(), collection.documents.len(), Page::Documents(0))];
    all.extend(kinds);
    let years = collection.years.iter().filter(|it| !it.documents.is_empty()).count();
    all.push(("count_years".to_owned(), years, Page::Years));
    all.push(("count_themes".to_owned(), collection.themes.len(), Page::Themes));
    all.retain(|it| it.1 > 0);
    let link = |(key, n, page): (String, usize, Page)| {
        let number = words.number(n);
        let noun = words.count(&key, n).replacen(&number, "", 1).trim().to_owned();
        NameLink { name: noun, count: number, href: from.to_page(&page), ..NameLink::default() }
    };
    all.into_iter().map(link).collect()
}

fn most_named(from: &Standpoint<'_>) -> Vec<NameGroup> {
    let group = |kind: Kind| {
        let shelf = &from.edition.shelf(kind).ranked;
        let link = |it: &crate::pipeline::collate::EntityIndex| NameLink {
            count: from.words().number(from.edition.figures(*it).mentions as usize),
            ..from.entity(*it)
        };
        let names: Vec<NameLink> = shelf.iter().take(NAMES).map(link).collect();
        let (title, href) =
            (from.words().get(kind.folder()).to_owned(), from.to_page(&Page::Index(kind)));
        (!names.is_empty()).then(|| NameGroup { kind: kind.name().to_owned(), title, href, names })
    };
    Kind::ALL.into_iter().filter_map(group).collect()
}

fn themes(from: &Standpoint<'_>) -> Vec<NameLink> {
    let all = &from.edition.site().collection.themes;
    let mut ranked: Vec<u32> = (0..all.len() as u32).collect();
    ranked.sort_by_key(|it| std::cmp::Reverse(all[*it as usize].documents.len()));
    let link = |it: u32| NameLink {
        count: from.words().number(all[it as usize].documents.len()),
        ..from.theme(it)
    };
    ranked.into_iter().take(THEMES).map(link).collect()
}

fn indexes(from: &Standpoint<'_>) -> Vec<NameLink> {
    let link = |it: &Page| NameLink {
        name: from.page_name(it),
        href: from.to_page(it),
        ..NameLink::default()
    };
    from.edition.indexes().iter().map(link).collect()
}

/// Makes the view of the search page.
pub(crate) fn search(from: &Standpoint<'_>) -> (Frame, SearchView) {
    let words = from.words();
    let newest = from.edition.by_date().iter().take(NEWEST * 5);
    let view = SearchView {
        indexes: indexes(from),
        names: most_named(from),
        documents: newest.map(|it| from.item(*it)).collect(),
    };
    let mut frame =
        Frame::new(from, words.get("search_title"), words.get("search_label").to_owned());
    let thing = metadata::collection_page(&frame, from);
    metadata::describe(&mut frame, from, thing);
    (frame, view)
}

/// Makes the view of the page for addresses that lead nowhere.
pub(crate) fn lost(from: &Standpoint<'_>) -> (Frame, LostView) {
    let words = from.words();
    let (documents, entities) =
        (from.edition.site().readings.len(), from.edition.site().collection.entities.len());
    let near = if documents + entities > LISTED { Vec::new() } else { near(from) };
    let view = LostView { indexes: indexes(from), near };
    (Frame::new(from, words.get("not_found"), words.get("not_found_lead").to_owned()), view)
}

fn near(from: &Standpoint<'_>) -> Vec<NameLink> {
    let collection = &from.edition.site().collection;
    let documents = collection.by_date.iter().map(|it| {
        let item = from.item(*it);
        NameLink { name: item.title, href: item.href, ..NameLink::default() }
    });
    let entities = (0..collection.entities.len() as u32)
        .map(|it| from.entity(crate::pipeline::collate::EntityIndex(it)));
    documents.chain(entities).collect()
}

/// Makes the view of a page that has moved.
pub(crate) fn alias(
    from: &Standpoint<'_>,
    document: crate::pipeline::collate::DocumentIndex,
) -> (Frame, AliasView) {
    let words = from.words();
    let item = from.item(document);
    let mut frame = Frame::new(from, words.get("moved"), item.title.clone());
    let address = crate::pipeline::render::page::document(from.edition.slug(document));
    frame.page.permalink = from.absolute(&address.0);
    (frame, AliasView { to: NameLink { name: item.title, href: item.href, ..NameLink::default() } })
}
