//! Standpoint to frame: what every page has around its content, from its title to the line at its foot.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::pipeline::render::assets::{COLOURS, policy};
use crate::pipeline::render::edition::ROWS;
use crate::pipeline::render::html::Html;
use crate::pipeline::render::page::Page;
use crate::pipeline::render::standpoint::{NameLink, Stamp, Standpoint};
use crate::vocabulary::Kind;

/// What a page has around its content. Templates see its fields as variables: `config`, `page`, `site`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Frame {
    /// The site, as `site.toml` has it.
    pub config: ConfigView,
    /// This page.
    pub page: PageHead,
    /// What is on all pages, with links that start from this one.
    pub site: SiteLinks,
}

/// `site.toml`, as templates see it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConfigView {
    /// The name of the site.
    pub title: String,
    /// What the collection is.
    pub description: String,
    /// Where the site stands; ends in `/`.
    pub base_url: String,
    /// The language of the pages.
    pub default_language: String,
    /// Who answers for the site.
    pub author: String,
    /// The licence of what the site publishes.
    pub license: String,
    /// The repository, may be empty.
    pub repository: String,
    /// `[extra]`.
    pub extra: BTreeMap<String, Value>,
}

/// A page, as templates see it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PageHead {
    /// Its title.
    pub title: String,
    /// What it says, in a sentence, for search engines and previews.
    pub description: String,
    /// Its address, absolute.
    pub permalink: String,
    /// Its address below the root.
    pub path: String,
    /// What it is: `document`, `entity`, `index`, …
    pub kind: String,
    /// The language of its text.
    pub language: String,
    /// The direction of the interface: `ltr` or `rtl`.
    pub direction: String,
    /// The Open Graph protocol's name of the language of the interface.
    pub locale: String,
    /// The date of a document.
    pub date: Option<Stamp>,
    /// The text of a document.
    pub content: Html,
    /// From the first page to the one above this.
    pub crumbs: Vec<NameLink>,
    /// What the page is, for machines (JSON-LD); may be empty.
    pub json_ld: Html,
    /// `citation_…`: name and content.
    pub citation: Vec<(String, String)>,
    /// Feeds that belong to this page: title and way.
    pub feeds: Vec<NameLink>,
    /// The policy of what the page may load.
    pub policy: Html,
    /// The script that sets the reader's colours.
    pub colours: Html,
}

/// What is on all pages, as templates see it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SiteLinks {
    /// The way to the root: `../../`; empty on the first page.
    pub root: String,
    /// The ways to the first page, to search, and to the page about the collection.
    pub home: String,
    /// To search.
    pub search: String,
    /// To the page about the collection.
    pub about: String,
    /// To the feed.
    pub feed: String,
    /// The indexes that have entries; `count` is `page` or `true` on the one that is shown.
    pub nav: Vec<NameLink>,
    /// The stylesheet.
    pub style: String,
    /// The script.
    pub script: String,
    /// The script of this kind of page; may be empty.
    pub page_script: String,
    /// The script of search.
    pub search_script: String,
    /// The icon.
    pub icon: String,
    /// What the site was built from, in a sentence.
    pub built_from: String,
}

impl Frame {
    pub(crate) fn new(from: &Standpoint<'_>, title: &str, description: String) -> Frame {
        let config = &from.edition.site.config;
        let words = from.words();
        Frame {
            config: ConfigView {
                title: config.title.clone(),
                description: config.description.clone(),
                base_url: from.edition.base_url.clone(),
                default_language: config.default_language.clone(),
                author: config.author.clone(),
                license: config.license.clone(),
                repository: config.repository.trim_end_matches('/').to_owned(),
                extra: config.extra.clone(),
            },
            page: PageHead {
                title: title.to_owned(),
                description,
                permalink: from.permalink(),
                path: from.address.0.clone(),
                kind: kind(&from.page).to_owned(),
                language: config.default_language.clone(),
                direction: words.direction.clone(),
                locale: words.locale.clone(),
                date: None,
                content: Html::default(),
                crumbs: crumbs(from),
                json_ld: Html::default(),
                citation: Vec::new(),
                feeds: Vec::new(),
                policy: policy(),
                colours: Html(COLOURS.to_owned()),
            },
            site: site_links(from),
        }
    }
}

impl Standpoint<'_> {
    /// The page's address, absolute.
    pub(crate) fn permalink(&self) -> String {
        self.absolute(&self.address.0)
    }

    /// An address below the root, absolute.
    pub(crate) fn absolute(&self, address: &str) -> String {
        format!(
            "{}{}",
            self.edition.base_url,
            crate::pipeline::render::html::percent_encode(address)
        )
    }
}

fn kind(page: &Page) -> &'static str {
    match page {
        Page::Home => "home",
        Page::Documents(_) => "documents",
        Page::Document(_) => "document",
        Page::Alias(..) => "alias",
        Page::Index(_) | Page::Letter(..) => "index",
        Page::Entity(_) | Page::EntityYear(..) => "entity",
        Page::Years => "years",
        Page::Year(..) | Page::Undated(_) => "year",
        Page::Themes => "themes",
        Page::Theme(..) => "theme",
        Page::Network => "network",
        Page::About => "about",
        Page::Search => "search",
        Page::NotFound => "404",
    }
}

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

fn crumbs(from: &Standpoint<'_>) -> Vec<NameLink> {
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
            Page::Index(kind) => !self.edition.shelf(*kind).ranked.is_empty(),
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

fn nav(from: &Standpoint<'_>) -> Vec<NameLink> {
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

fn site_links(from: &Standpoint<'_>) -> SiteLinks {
    let (edition, words) = (from.edition, from.words());
    let documents = words.count("documents", edition.site.readings.len());
    let names = words.count("names", edition.site.collection.entities.len());
    let version = env!("CARGO_PKG_VERSION");
    let root = from.root();
    SiteLinks {
        root: root.to_owned(),
        home: from.to_page(&Page::Home),
        search: from.to_page(&Page::Search),
        about: from.to_page(&Page::About),
        feed: format!("{root}atom.xml"),
        nav: nav(from),
        style: format!("{root}{}", edition.assets.style),
        script: format!("{root}{}", edition.assets.script),
        page_script: page_script(from).map(|it| format!("{root}{it}")).unwrap_or_default(),
        search_script: format!("{root}{}", edition.assets.search),
        icon: format!("{root}{}", edition.assets.icon),
        built_from: words.fill(
            "built_from",
            &[("documents", &documents), ("names", &names), ("version", version)],
        ),
    }
}

fn page_script<'e>(from: &Standpoint<'e>) -> Option<&'e str> {
    match from.page {
        Page::Document(_) => Some(&from.edition.assets.document),
        Page::Home | Page::Search | Page::Alias(..) => None,
        _ => Some(&from.edition.assets.lists),
    }
}

/// Whether an index has a page for each letter.
pub(crate) fn has_letters(from: &Standpoint<'_>, kind: Kind) -> bool {
    from.edition.shelf(kind).ranked.len() > ROWS
}
