//! Where a page stands among the others: what is above it, and which indexes there are.

use crate::pipeline::render::page::Page;
use crate::pipeline::render::standpoint::{NameLink, Standpoint};

/// The pages above a page, without the first page.
pub(crate) fn above(from: &Standpoint<'_>, page: &Page) -> Vec<Page> {
    match *page {
        Page::Document(document) => vec![Page::Documents(0), {
            from.edition.year(document).map_or(Page::Undated(0), |it| Page::Year(it, 0))
        }],
        Page::Letter(kind, ..) => vec![Page::Index(kind)],
        Page::Entity(entity) => vec![Page::Index(from.edition.name(entity).kind)],
        Page::EntityYear(entity, ..) => {
            vec![Page::Index(from.edition.name(entity).kind), Page::Entity(entity)]
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
            Page::Entity(entity) => self.edition.name(entity).name.to_owned(),
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
}

/// How each index is marked: `page` if it is this one, `true` if it is above it.
pub(super) fn marks(from: &Standpoint<'_>) -> Vec<&'static str> {
    let above = above(from, &from.page);
    let mark = |page: &Page| match page {
        _ if *page == from.page => "page",
        _ if above.first() == Some(page) => "true",
        _ => "",
    };
    from.edition.indexes().iter().map(mark).collect()
}

pub(super) fn nav(from: &Standpoint<'_>) -> Vec<NameLink> {
    let link = |(page, mark): (&Page, &str)| NameLink {
        name: from.page_name(page),
        href: from.to_page(page),
        count: mark.to_owned(),
        ..NameLink::default()
    };
    from.edition.indexes().iter().zip(marks(from)).map(link).collect()
}
