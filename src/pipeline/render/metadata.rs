//! Frame to what machines read of a page: schema.org as JSON-LD.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::pipeline::collate::EntityIndex;
use crate::pipeline::render::frame::Frame;
use crate::pipeline::render::html::Html;
use crate::pipeline::render::page::Page;
use crate::pipeline::render::standpoint::Standpoint;
use crate::vocabulary::Kind;

/// Something as schema.org describes it: its properties, in the order in which they are told. What is empty is not told.
#[derive(Debug, Clone)]
pub(crate) struct Thing(Vec<(&'static str, Property)>);

#[derive(Debug, Clone)]
enum Property {
    Text(String),
    Number(usize),
    Texts(Vec<String>),
    Thing(Thing),
    Things(Vec<Thing>),
}

impl Thing {
    /// Something of this type.
    pub(crate) fn of(kind: &str) -> Thing {
        Thing(vec![("@type", Property::Text(kind.to_owned()))])
    }

    fn told(mut self, name: &'static str, property: Property, is_empty: bool) -> Thing {
        if !is_empty {
            self.0.push((name, property));
        }
        self
    }

    pub(crate) fn text(self, name: &'static str, text: impl Into<String>) -> Thing {
        let text = text.into();
        let is_empty = text.is_empty();
        self.told(name, Property::Text(text), is_empty)
    }

    pub(crate) fn texts(self, name: &'static str, texts: Vec<String>) -> Thing {
        let is_empty = texts.is_empty();
        self.told(name, Property::Texts(texts), is_empty)
    }

    pub(crate) fn thing(self, name: &'static str, thing: Option<Thing>) -> Thing {
        match thing {
            Some(thing) => self.told(name, Property::Thing(thing), false),
            None => self,
        }
    }

    pub(crate) fn things(self, name: &'static str, things: Vec<Thing>) -> Thing {
        let is_empty = things.is_empty();
        self.told(name, Property::Things(things), is_empty)
    }
}

impl Serialize for Thing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, property) in &self.0 {
            match property {
                Property::Text(it) => map.serialize_entry(name, it)?,
                Property::Number(it) => map.serialize_entry(name, it)?,
                Property::Texts(it) => map.serialize_entry(name, it)?,
                Property::Thing(it) => map.serialize_entry(name, it)?,
                Property::Things(it) => map.serialize_entry(name, it)?,
            }
        }
        map.end()
    }
}

/// Puts the thing that a page is about, and the way down to it, into the page's head.
pub(crate) fn describe(frame: &mut Frame, from: &Standpoint<'_>, thing: Thing) {
    let mut graph = vec![thing];
    if !frame.page.crumbs.is_empty() {
        graph.push(breadcrumbs(frame, from));
    }
    if from.page == Page::Home {
        let config = &frame.config;
        let site = Thing::of("WebSite").text("@id", website(from)).text("name", &config.title);
        let site = site.text("url", &config.base_url);
        graph.push(site.text("inLanguage", &config.default_language));
    }
    let context = Property::Text("https://schema.org".to_owned());
    let all = Thing(vec![("@context", context), ("@graph", Property::Things(graph))]);
    let text = serde_json::to_string(&all).expect("its names are text");
    // A script element ends at the first `</script`, whatever it stands in.
    let is_safe = memchr::memchr(b'<', text.as_bytes()).is_none();
    frame.page.json_ld = Html(if is_safe { text } else { text.replace('<', "\\u003c") });
}

fn website(from: &Standpoint<'_>) -> String {
    format!("{}#site", from.edition.base_url())
}

fn breadcrumbs(frame: &Frame, from: &Standpoint<'_>) -> Thing {
    let above = std::iter::once(Page::Home).chain(super::frame::ways::above(from, &from.page));
    let names = frame.page.crumbs.iter().map(|it| it.name.as_str());
    let item = |(at, name, address): (usize, &str, String)| {
        let item = Thing::of("ListItem").told("position", Property::Number(at), false);
        item.text("name", name).text("item", address)
    };
    let absolute = |it: Page| from.absolute(&from.edition.address(&it).0);
    let above = (1..).zip(names).zip(above).map(|((at, name), page)| (at, name, absolute(page)));
    let mut items: Vec<Thing> = above.map(item).collect();
    items.push(item((items.len() + 1, &frame.page.title, frame.page.permalink.clone())));
    Thing::of("BreadcrumbList").things("itemListElement", items)
}

/// A page that lists things.
pub(crate) fn collection_page(frame: &Frame, from: &Standpoint<'_>) -> Thing {
    let page = Thing::of("CollectionPage").text("@id", &frame.page.permalink);
    let page = page.text("name", &frame.page.title).text("url", &frame.page.permalink);
    let page = page.text("description", &frame.page.description);
    page.text("inLanguage", &frame.config.default_language)
        .thing("isPartOf", Some(Thing(vec![("@id", Property::Text(website(from)))])))
}

/// What schema.org calls a kind. An event there must have a date, which nobody has told us.
pub(crate) fn kind_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Organization => "Organization",
        Kind::Person => "Person",
        Kind::Place => "Place",
        Kind::Event => "Thing",
        Kind::Agreement => "CreativeWork",
    }
}

/// An entity as others point to it.
pub(crate) fn entity_reference(from: &Standpoint<'_>, entity: EntityIndex) -> Thing {
    let it = from.edition.name(entity);
    let address = from.absolute(&from.edition.entity_address(entity).0);
    Thing::of(kind_type(it.kind)).text("@id", address).text("name", it.name)
}
