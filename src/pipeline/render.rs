//! Collection and documents to pages, through templates.
//!
//! [`Edition`] works out once what all pages share, [`plan`] lists the pages, [`view`] makes what a page's template may see, and
//! [`render`] fills the template in. A view is the complete list of what its page depends on: its hash, with that of the
//! templates, is the key under which the page can be remembered.

pub mod html;
pub mod words;
pub mod page;
pub mod assets;
pub mod edition;
pub(crate) mod card;
pub(crate) mod facts;
pub(crate) mod sight;
pub mod standpoint;
mod anchors;
mod marks;
mod code;
pub mod body;
mod bars;
mod drawing;
mod layout;
mod concordance;
pub mod frame;
mod metadata;
mod cite;
pub mod document;
pub mod entity;
pub mod index;
pub mod years;
pub mod themes;
pub mod network;
pub mod home;
pub mod about;
pub mod templates;

use serde::Serialize;

use crate::config::SiteConfig;
use crate::pipeline::collate::{DocumentIndex, EntityIndex};
use crate::pipeline::render::assets::Assets;
use crate::pipeline::render::edition::{DOCUMENTS, Edition, MENTIONS, ROWS};
use crate::pipeline::render::page::Page;
use crate::pipeline::render::standpoint::{Standpoint, parts};
use crate::pipeline::render::templates::{TemplateError, Templates};
use crate::pipeline::write::OutputFile;
use crate::vocabulary::Kind;

/// Everything that a page's template sees.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct View {
    /// The file that the page becomes.
    pub file: String,
    /// `config`, `page` and `site`.
    pub frame: frame::Frame,
    /// What the page is about, under the name that [`Content::name`] gives.
    pub content: Content,
}

/// What a page is about.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each is described at its view")]
pub enum Content {
    Home(home::HomeView),
    Documents(index::DocumentsView),
    Document(Box<document::DocumentView>),
    Index(index::IndexView),
    Entity(Box<entity::EntityView>),
    EntityYear(entity::EntityYearView),
    Years(years::YearsView),
    Year(Box<years::YearView>),
    Themes(themes::ThemesView),
    Theme(Box<themes::ThemeView>),
    Network(network::NetworkView),
    About(about::AboutView),
    Search(home::SearchView),
    Lost(home::LostView),
    Alias(home::AliasView),
}

impl Content {
    /// The template, and the name under which it sees this.
    pub fn name(&self) -> (&'static str, &'static str) {
        match self {
            Content::Home(_) => ("home.html", "home"),
            Content::Documents(_) => ("documents.html", "documents"),
            Content::Document(_) => ("document.html", "document"),
            Content::Index(_) => ("index.html", "index"),
            Content::Entity(_) => ("entity.html", "entity"),
            Content::EntityYear(_) => ("entity-year.html", "contexts"),
            Content::Years(_) => ("years.html", "years"),
            Content::Year(_) => ("year.html", "year"),
            Content::Themes(_) => ("themes.html", "themes"),
            Content::Theme(_) => ("theme.html", "theme"),
            Content::Network(_) => ("network.html", "network"),
            Content::About(_) => ("about.html", "about"),
            Content::Search(_) => ("search.html", "search"),
            Content::Lost(_) => ("404.html", "lost"),
            Content::Alias(_) => ("alias.html", "alias"),
        }
    }
}

impl View {
    /// The hash of all that the page depends on, but for its template.
    pub fn hash(&self) -> blake3::Hash {
        let bytes = postcard::to_stdvec(self).expect("a view is plain values");
        blake3::hash(&bytes)
    }
}

/// Every page of the site.
pub fn plan(edition: &Edition<'_>) -> Vec<Page> {
    let collection = &edition.site.collection;
    let mut pages = vec![
        Page::Home,
        Page::Years,
        Page::Themes,
        Page::Network,
        Page::About,
        Page::Search,
        Page::NotFound,
    ];
    pages.extend((0..parts(collection.by_date.len(), DOCUMENTS)).map(Page::Documents));
    for at in 0..collection.documents.len() as u32 {
        let aliases = edition.site.readings[at as usize].document.front_matter.aliases.len() as u32;
        pages.push(Page::Document(DocumentIndex(at)));
        pages.extend((0..aliases).map(|alias| Page::Alias(DocumentIndex(at), alias)));
    }
    for kind in Kind::ALL {
        plan_kind(edition, kind, &mut pages);
    }
    for year in &collection.years {
        pages.extend((0..years::year_parts(year)).map(|part| Page::Year(year.year, part)));
    }
    pages.extend((0..parts(edition.undated.len(), DOCUMENTS)).map(Page::Undated));
    for (at, theme) in collection.themes.iter().enumerate() {
        pages.extend(
            (0..parts(theme.documents.len(), DOCUMENTS)).map(|part| Page::Theme(at as u32, part)),
        );
    }
    pages
}

fn plan_kind(edition: &Edition<'_>, kind: Kind, pages: &mut Vec<Page>) {
    let shelf = edition.shelf(kind);
    pages.push(Page::Index(kind));
    for (letter, names) in &shelf.letters {
        pages.extend((0..parts(names.len(), ROWS)).map(|part| Page::Letter(kind, *letter, part)));
    }
    for entity in &shelf.ranked {
        pages.push(Page::Entity(*entity));
        if edition.entity(*entity).mentions > MENTIONS {
            plan_years(edition, *entity, pages);
        }
    }
}

fn plan_years(edition: &Edition<'_>, entity: EntityIndex, pages: &mut Vec<Page>) {
    for (year, parts) in entity::year_parts(edition, entity) {
        pages.extend((0..parts).map(|part| Page::EntityYear(entity, year, part)));
    }
}

/// What the template of a page may see.
pub fn view(page: &Page, edition: &Edition<'_>) -> View {
    view_from(&Standpoint::new(edition, *page))
}

fn view_from(from: &Standpoint<'_>) -> View {
    let (frame, content) = match from.page {
        Page::Home => wrap(home::view(from), Content::Home),
        Page::Documents(part) => wrap(index::documents(from, part), Content::Documents),
        Page::Document(document) => {
            wrap(document::view(from, document), |it| Content::Document(Box::new(it)))
        }
        Page::Alias(document, _) => wrap(home::alias(from, document), Content::Alias),
        Page::Index(kind) => wrap(index::view(from, kind, None), Content::Index),
        Page::Letter(kind, letter, part) => {
            wrap(index::view(from, kind, Some((letter, part))), Content::Index)
        }
        Page::Entity(entity) => {
            wrap(entity::view(from, entity), |it| Content::Entity(Box::new(it)))
        }
        Page::EntityYear(entity, year, part) => {
            wrap(entity::year_view(from, entity, (year, part)), Content::EntityYear)
        }
        Page::Years => wrap(years::list(from), Content::Years),
        Page::Year(year, part) => {
            wrap(years::view(from, year, part), |it| Content::Year(Box::new(it)))
        }
        Page::Undated(part) => wrap(years::undated(from, part), |it| Content::Year(Box::new(it))),
        Page::Themes => wrap(themes::list(from), Content::Themes),
        Page::Theme(theme, part) => {
            wrap(themes::view(from, theme, part), |it| Content::Theme(Box::new(it)))
        }
        Page::Network => wrap(network::view(from), Content::Network),
        Page::About => wrap(about::view(from), Content::About),
        Page::Search => wrap(home::search(from), Content::Search),
        Page::NotFound => wrap(home::lost(from), Content::Lost),
    };
    View { file: from.address.file(), frame, content }
}

fn wrap<T>(
    (frame, view): (frame::Frame, T),
    content: impl Fn(T) -> Content,
) -> (frame::Frame, Content) {
    (frame, content(view))
}

/// A page as a file.
///
/// # Errors
/// Its template asks for something that its view does not have.
pub fn render(view: &View, templates: &Templates) -> Result<OutputFile, TemplateError> {
    Ok(OutputFile { path: view.file.clone(), bytes: templates.fill(view)? })
}

/// A page and the files beside it, with the facts that they depend on.
///
/// # Errors
/// Its template asks for something that its view does not have.
pub(crate) fn made(
    page: &Page,
    edition: &Edition<'_>,
    templates: &Templates,
) -> Result<(Vec<u32>, Vec<OutputFile>), TemplateError> {
    let from = Standpoint::new(edition, *page);
    let mut files = vec![render(&view_from(&from), templates)?];
    files.extend(beside(&from));
    Ok((from.edition.asked(), files))
}

/// The files beside a page: citations and Markdown beside a document's.
pub fn companions(page: &Page, edition: &Edition<'_>) -> Vec<OutputFile> {
    beside(&Standpoint::new(edition, *page))
}

fn beside(from: &Standpoint<'_>) -> Vec<OutputFile> {
    match from.page {
        Page::Document(document) => cite::files(from, document),
        _ => Vec::new(),
    }
}

/// The stylesheet, scripts and typeface of the site.
pub fn assets(config: &SiteConfig) -> Assets {
    Assets::new(config)
}

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
