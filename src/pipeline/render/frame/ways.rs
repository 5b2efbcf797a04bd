//! Where a page stands among the others: what is above it, and which indexes there are.

use crate::pipeline::render::page::Page;
use crate::pipeline::render::standpoint::{NameLink, Standpoint};
use crate::vocabulary::Kind;

/// The pages above a page, without the first page.
pub(crate) fn above(from: &Standpoint<'_>, page: &Page) -> Vec<Page> {
    match *page {
        Page::Document(document) => vec![Page::Documents(0), {
            from.edition.year(document).map_or(Page::Undated(0), |it| Page::Year(it, 0))
        }],
        Page::Letter(kind, ..) => vec![Page::Index(kind)],
        Page::Entity(entity) => vec![Page::Index(from.edition.entity(entity).kind)],
        Page::EntityYear(entity, ..) => {
            vec![Page::Index(from.edition.entity(entity).kind), Page::Entity(entity)]
        }
        Page::Year(year, part) if part > 0 => vec![Page::Years, Page::Year(year, 0)],
        Page::Year(..) | Page::Undated(_) => vec![Page::Years],
        Page::Theme(theme, part) if part > 0 => vec![Page::Themes, Page::Theme(theme, 0)],
        Page::Theme(..) => vec![Page::Themes],
        _ => Vec::new(),
    }
}

pub(super) fn crumbs(from: &Standpoint<'_>) -> Vec<NameLink> {
    if matches!(from.page, Page::Home | Page::NotFound) {
        return Vec::new();
    }
    let home = NameLink {
        name: from.words().get("home").to_owned(),
        href: from.to_page(&Page::Home),
        ..NameLink::default()
    };
    let above = above(from, &from.page).into_iter().map(|it| NameLink {
        name: from.page_name(&it),
        href: from.to_page(&it),
        ..NameLink::default()
    });
    std::iter::once(home).chain(above).collect()
}

impl Standpoint<'_> {
    /// What a page is called where it is linked to.
    pub(crate) fn page_name(&self, page: &Page) -> String {
        let words = self.words();
        match *page {
            Page::Index(kind) => words.get(kind.folder()).to_owned(),
            Page::Entity(entity) => self.edition.entity(entity).name.clone(),
            Page::Year(year, _) => year.to_string(),
            Page::Theme(theme, _) => self.edition.theme(theme).name.clone(),
            Page::Undated(_) => words.get("undated_title").to_owned(),
            Page::Years => words.get("years").to_owned(),
            Page::Themes => words.get("themes").to_owned(),
            Page::Documents(_) => words.get("documents_title").to_owned(),
            Page::Network => words.get("network").to_owned(),
            Page::About => words.get("about").to_owned(),
            Page::Search => words.get("search").to_owned(),
            _ => words.get("home").to_owned(),
        }
    }

    /// The indexes that have entries, in the order of the menu.
    pub(crate) fn indexes(&self) -> Vec<Page> {
        let collection = &self.edition.site.collection;
        let has = |page: &Page| match page {
            Page::Index(kind) => self.edition.count(*kind) > 0,
            Page::Years => !collection.years.is_empty() || !self.edition.undated.is_empty(),
            Page::Themes => !collection.themes.is_empty(),
            Page::Documents(_) => !collection.documents.is_empty(),
            _ => !collection.pairs.is_empty(),
        };
        let kinds = Kind::ALL.map(Page::Index).into_iter();
        let rest = [Page::Years, Page::Themes, Page::Documents(0), Page::Network];
        kinds.chain(rest).filter(has).collect()
    }
}

pub(super) fn nav(from: &Standpoint<'_>) -> Vec<NameLink> {
    let above = above(from, &from.page);
    let mark = |page: &Page| match page {
        _ if *page == from.page => "page",
        _ if above.first() == Some(page) => "true",
        _ => "",
    };
    let link = |it: &Page| NameLink {
        name: from.page_name(it),
        href: from.to_page(it),
        count: mark(it).to_owned(),
        ..NameLink::default()
    };
    from.indexes().iter().map(link).collect()
}
