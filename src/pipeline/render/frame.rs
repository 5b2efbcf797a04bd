//! Standpoint to frame: what every page has around its content, from its title to the line at its foot.

pub(crate) mod ways;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;
use serde::Serialize;
use serde_json::Value;

use crate::pipeline::render::assets::{COLOURS, policy};
use crate::pipeline::render::html::{Html, percent_encode};
use crate::pipeline::render::page::Page;
use crate::pipeline::render::standpoint::{NameLink, Stamp, Standpoint};
use crate::vocabulary::Kind;

/// What a page has around its content. Templates see its fields as variables: `config`, `page`, `site`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Frame {
    /// The site, as `site.toml` has it.
    pub config: Arc<ConfigView>,
    /// This page.
    pub page: PageHead,
    /// What is on all pages, with links that start from this one.
    pub site: Arc<SiteLinks>,
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
    /// `home` or `search` on these pages, else empty.
    pub here: String,
    /// The indexes that have entries; `count` is `page` or `true` on the one that is shown.
    pub nav: Vec<NameLink>,
    /// The stylesheet.
    pub style: String,
    /// The script.
    pub script: String,
    /// The script of search.
    pub search_script: String,
    /// The icon.
    pub icon: String,
    /// What the site was built from, in a sentence.
    pub built_from: String,
}

impl Frame {
    pub(crate) fn new(from: &Standpoint<'_>, title: &str, description: String) -> Frame {
        let config = from.edition.config();
        let words = from.words();
        Frame {
            config: from.edition.shared().config(from),
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
                crumbs: ways::crumbs(from),
                json_ld: Html::default(),
                citation: Vec::new(),
                feeds: Vec::new(),
                policy: policy(),
                colours: Html(COLOURS.to_owned()),
            },
            site: from.edition.shared().links(from),
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
        [self.edition.base_url(), &percent_encode(address)].concat()
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

/// What many pages have alike around their content, made once for all of them.
#[derive(Default)]
pub(crate) struct Shared {
    config: OnceLock<Arc<ConfigView>>,
    /// By the way to the root, what the page is or wears that others do not, and which index is marked and how.
    links: Mutex<FxHashMap<Place, Arc<SiteLinks>>>,
}

type Place = (String, &'static str, Vec<&'static str>);

impl Shared {
    fn config(&self, from: &Standpoint<'_>) -> Arc<ConfigView> {
        Arc::clone(self.config.get_or_init(|| Arc::new(config(from))))
    }

    fn links(&self, from: &Standpoint<'_>) -> Arc<SiteLinks> {
        let special = match from.page {
            Page::Home | Page::Search | Page::Document(_) => kind(&from.page),
            _ => "",
        };
        let key = (from.root().to_owned(), special, ways::marks(from));
        let mut links = self.links.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(links.entry(key).or_insert_with(|| Arc::new(site_links(from))))
    }
}

fn config(from: &Standpoint<'_>) -> ConfigView {
    let config = from.edition.config();
    ConfigView {
        title: config.title.clone(),
        description: config.description.clone(),
        base_url: from.edition.base_url().to_owned(),
        default_language: config.default_language.clone(),
        author: config.author.clone(),
        license: config.license.clone(),
        repository: config.repository.trim_end_matches('/').to_owned(),
        extra: config.extra.clone(),
    }
}

fn site_links(from: &Standpoint<'_>) -> SiteLinks {
    let (assets, version) = (from.edition.assets(), env!("CARGO_PKG_VERSION"));
    let (root, (style, script)) = (from.root(), dress(from));
    SiteLinks {
        root: root.to_owned(),
        home: from.to_page(&Page::Home),
        search: from.to_page(&Page::Search),
        about: from.to_page(&Page::About),
        feed: format!("{root}atom.xml"),
        here: match from.page {
            Page::Home | Page::Search => kind(&from.page).to_owned(),
            _ => String::new(),
        },
        nav: ways::nav(from),
        style: format!("{root}{style}"),
        script: format!("{root}{script}"),
        search_script: format!("{root}{}", assets.search),
        icon: format!("{root}{}", assets.icon),
        built_from: from.words().fill("built_from", &[("version", version)]),
    }
}

/// The stylesheet and the script of a page.
fn dress<'e>(from: &Standpoint<'e>) -> (&'e str, &'e str) {
    let assets = from.edition.assets();
    match from.page {
        Page::Document(_) => (&assets.document_style, &assets.document_script),
        _ => (&assets.style, &assets.script),
    }
}

/// Whether an index has a page for each letter.
pub(crate) fn has_letters(from: &Standpoint<'_>, kind: Kind) -> bool {
    from.edition.has_letters(kind)
}
