//! Frame to what machines read of a page: schema.org as JSON-LD.

use serde_json::{Map, Value, json};

use crate::pipeline::collate::EntityIndex;
use crate::pipeline::render::frame::Frame;
use crate::pipeline::render::html::Html;
use crate::pipeline::render::page::Page;
use crate::pipeline::render::standpoint::Standpoint;
use crate::vocabulary::Kind;

/// Puts the thing that a page is about, and the way down to it, into the page's head.
pub(crate) fn describe(frame: &mut Frame, from: &Standpoint<'_>, thing: Value) {
    let mut graph = vec![thing];
    if !frame.page.crumbs.is_empty() {
        graph.push(breadcrumbs(frame, from));
    }
    if from.page == Page::Home {
        graph.push(json!({
            "@type": "WebSite", "@id": website(from), "name": frame.config.title, "url": frame.config.base_url,
            "inLanguage": frame.config.default_language,
        }));
    }
    let text = json!({ "@context": "https://schema.org", "@graph": graph }).to_string();
    // A script element ends at the first `</script`, whatever it stands in.
    frame.page.json_ld = Html(text.replace('<', "\\u003c"));
}

fn website(from: &Standpoint<'_>) -> String {
    format!("{}#site", from.edition.base_url())
}

fn breadcrumbs(frame: &Frame, from: &Standpoint<'_>) -> Value {
    let above = std::iter::once(Page::Home).chain(super::frame::ways::above(from, &from.page));
    let names = frame.page.crumbs.iter().map(|it| it.name.clone());
    let mut items: Vec<Value> = Vec::new();
    for (page, name) in above.zip(names) {
        let address = from.absolute(&from.edition.address(&page).0);
        items.push(json!({ "@type": "ListItem", "position": items.len() + 1, "name": name, "item": address }));
    }
    items.push(json!({
        "@type": "ListItem", "position": items.len() + 1, "name": frame.page.title, "item": frame.page.permalink,
    }));
    json!({ "@type": "BreadcrumbList", "itemListElement": items })
}

/// A page that lists things.
pub(crate) fn collection_page(frame: &Frame, from: &Standpoint<'_>) -> Value {
    json!({
        "@type": "CollectionPage", "@id": frame.page.permalink, "name": frame.page.title, "url": frame.page.permalink,
        "description": frame.page.description, "inLanguage": frame.config.default_language,
        "isPartOf": { "@id": website(from) },
    })
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
pub(crate) fn entity_reference(from: &Standpoint<'_>, entity: EntityIndex) -> Value {
    let it = from.edition.name(entity);
    json!({ "@type": kind_type(it.kind), "@id": from.absolute(&from.edition.entity_address(entity).0), "name": it.name })
}

/// An object without the fields that have nothing in them.
pub(crate) fn without_empty(value: Value) -> Value {
    let Value::Object(fields) = value else { return value };
    let full = |it: &Value| match it {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => true,
    };
    Value::Object(fields.into_iter().filter(|(_, value)| full(value)).collect::<Map<_, _>>())
}
