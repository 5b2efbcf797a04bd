//! Entity to the view of its page: every mention in its sentence, and what it goes together with.

mod contexts;
mod facts;
mod neighbours;
mod own;

use serde::Serialize;

use crate::pipeline::collate::{Entity, EntityIndex};
use crate::pipeline::render::bars::{self, Bar};
use crate::pipeline::render::document::{self, Fact};
use crate::pipeline::render::edition::contexts::{Contexts, sum};
use crate::pipeline::render::edition::{CONTEXTS, Edition, MENTIONS};
use crate::pipeline::render::frame::Frame;
use crate::pipeline::render::html::Html;
use crate::pipeline::render::metadata::{self, Thing};
use crate::pipeline::render::page::Page;
use crate::pipeline::render::sight::Sight;
use crate::pipeline::render::standpoint::{
    DocumentItem, NameLink, Pager, Stamp, Standpoint, part, parts,
};
use crate::vocabulary::Kind;

/// With more mentions than this, a document shows its first three and folds the rest.
const FOLD: u32 = 200;

/// The page of someone or something named. Templates see it as `entity`; its name is `page.title`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct EntityView {
    /// `organization`, `person`, …
    pub kind: String,
    /// "Organization".
    pub kind_name: String,
    /// "Named 22 times in 17 documents, 2015 to 2024".
    pub lead: String,
    /// What it is; may be empty.
    pub description: String,
    /// The forms in which it occurs, with counts.
    pub forms: Vec<NameLink>,
    /// What is known of it.
    pub facts: Vec<Fact>,
    /// Mentions by year, as a chart; empty with one year only.
    pub chart: Html,
    /// How many mentions count.
    pub mentions: u32,
    /// Its contexts by document, newest first.
    pub contexts: Vec<ContextGroup>,
    /// Where there are too many for one page: each year's page.
    pub years: Vec<NameLink>,
    /// Documents that it issued.
    pub issued: OwnDocuments,
    /// Documents in which it speaks.
    pub spoken: OwnDocuments,
    /// Named together with, as list items.
    pub together: Html,
    /// Its neighbours, drawn; may be empty.
    pub ego: Html,
    /// Where a wrong tag can be reported; may be empty.
    pub report: String,
}

/// What a document says of an entity, as templates see it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ContextGroup {
    /// The id of the place where a year begins; empty for its other documents.
    pub id: String,
    /// The document's title.
    pub title: String,
    /// The way there.
    pub href: String,
    /// Its date.
    pub date: Stamp,
    /// Who issued it; may be empty.
    pub issuer: String,
    /// "3 mentions".
    pub count: String,
    /// The lines shown, as list items.
    pub lines: Html,
    /// The lines folded, as list items.
    pub folded: Html,
    /// How many are folded, in words.
    pub folded_note: String,
}

/// Documents of an entity's own, newest first, as templates see them.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct OwnDocuments {
    /// The newest.
    pub newest: Vec<DocumentItem>,
    /// The rest, folded.
    pub folded: Vec<DocumentItem>,
    /// How many are folded, in words.
    pub folded_note: String,
    /// Where there are too many even for that: each year's page.
    pub years: Vec<NameLink>,
}

/// What the documents of one year say of an entity. Templates see it as `contexts`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EntityYearView {
    /// The entity.
    pub entity: NameLink,
    /// `person`, …
    pub kind: String,
    /// "12 mentions in 5 documents".
    pub lead: String,
    /// Its contexts by document.
    pub contexts: Vec<ContextGroup>,
    /// Documents that it issued in that year.
    pub issued: Vec<DocumentItem>,
    /// Documents of that year in which it speaks.
    pub spoken: Vec<DocumentItem>,
    /// The parts of the list.
    pub pager: Pager,
    /// The other years.
    pub years: Vec<NameLink>,
}

/// How many pages each year of an entity's contexts takes.
pub(crate) fn year_parts(edition: &Edition<'_>, entity: EntityIndex) -> Vec<(Option<i16>, u32)> {
    Sight::new(edition)
        .contexts(entity)
        .years
        .iter()
        .map(|it| (it.0, parts(it.2, CONTEXTS)))
        .collect()
}

/// Makes the view of an entity's page.
pub(crate) fn view(from: &Standpoint<'_>, entity: EntityIndex) -> (Frame, EntityView) {
    let (it, words) = (from.edition.entity(entity), from.words());
    let by_year = from.edition.contexts(entity);
    let large = it.mentions > MENTIONS;
    let shown = if large { part(&by_year.items, 0, CONTEXTS) } else { &by_year.items[..] };
    let surplus = if large {
        contexts::Surplus::Elsewhere
    } else if it.mentions > FOLD {
        contexts::Surplus::Folded
    } else {
        contexts::Surplus::Shown
    };
    let lead = facts::lead(from, it);
    let view = EntityView {
        kind: it.kind.name().to_owned(),
        kind_name: words.get(it.kind.name()).to_owned(),
        description: it.description.clone(),
        forms: facts::forms(from, it),
        facts: facts::facts(from, it),
        chart: chart(from, entity, &by_year),
        mentions: it.mentions,
        contexts: contexts::groups(from, (entity, shown), surplus),
        years: if large { contexts::years(from, entity, &by_year) } else { Vec::new() },
        issued: own::documents(from, (entity, &by_year), &it.issued),
        spoken: own::documents(from, (entity, &by_year), &it.spoken),
        together: neighbours::lines(from, entity),
        ego: neighbours::ego(from, entity),
        report: document::report(from, &it.name),
        lead,
    };
    let mut frame = Frame::new(from, &it.name, summary(&view, it));
    frame.page.feeds = feeds(from, it);
    let forms = it.forms.iter().map(|it| &it.0).filter(|form| **form != it.name);
    let thing = Thing::of(metadata::kind_type(it.kind)).text("@id", &frame.page.permalink);
    let thing = thing.text("url", &frame.page.permalink).text("name", &it.name);
    let thing = thing
        .text("description", &it.description)
        .texts("sameAs", it.same_as.clone())
        .texts("alternateName", forms.take(8).cloned().collect());
    metadata::describe(&mut frame, from, thing);
    (frame, view)
}

/// Makes the view of the page of an entity's contexts in one year.
pub(crate) fn year_view(
    from: &Standpoint<'_>,
    entity: EntityIndex,
    (year, number): (Option<i16>, u32),
) -> (Frame, EntityYearView) {
    let (it, words) = (from.edition.name(entity), from.words());
    let by_year = from.edition.contexts(entity);
    let [issued, spoken] = from.edition.own(entity);
    let found = by_year.years.iter().find(|it| it.0 == year).copied().unwrap_or((year, 0, 0));
    let all = &by_year.items[found.1..found.1 + found.2];
    let mentions = sum(all);
    let in_documents =
        words.fill("in_documents", &[("documents", &words.count("documents", all.len()))]);
    let year_text = year.map_or_else(|| words.get("undated").to_lowercase(), |it| it.to_string());
    let title = words.fill("contexts_year", &[("name", it.name), ("year", &year_text)]);
    let view = EntityYearView {
        entity: from.entity(entity),
        kind: it.kind.name().to_owned(),
        lead: format!("{} {in_documents}", words.count("mentions", mentions)),
        contexts: contexts::groups(
            from,
            (entity, part(all, number, CONTEXTS)),
            contexts::Surplus::Folded,
        ),
        issued: own::of_year(from, issued, (year, number)),
        spoken: own::of_year(from, spoken, (year, number)),
        pager: from
            .pager(parts(all.len(), CONTEXTS), number, |it| Page::EntityYear(entity, year, it)),
        years: contexts::years(from, entity, &by_year),
    };
    let title = part_title(from, title, number, parts(all.len(), CONTEXTS));
    let mut frame = Frame::new(from, &title, format!("{}: {}.", title, view.lead));
    let thing = metadata::collection_page(&frame, from);
    metadata::describe(&mut frame, from, thing);
    (frame, view)
}

/// A title that says which part of a long list a page is.
pub(crate) fn part_title(from: &Standpoint<'_>, title: String, number: u32, all: u32) -> String {
    if number == 0 {
        return title;
    }
    let (number, all) = ((number + 1).to_string(), all.to_string());
    from.words().fill("page_n_of", &[("title", &title), ("n", &number), ("all", &all)])
}

fn summary(view: &EntityView, it: &Entity) -> String {
    if it.description.is_empty() {
        [&view.kind_name, ". ", &view.lead].concat()
    } else {
        format!("{} {}", it.description, view.lead)
    }
}

fn chart(from: &Standpoint<'_>, entity: EntityIndex, by_year: &Contexts) -> Html {
    let words = from.words();
    let dated: Vec<i16> = by_year.years.iter().filter_map(|it| it.0).collect();
    let bar = |year: i16| {
        let found = by_year.years.iter().find(|it| it.0 == Some(year));
        let count = found.map_or(0, |it| sum(&by_year.items[it.1..it.1 + it.2]));
        Bar {
            label: year.to_string(),
            count,
            title: [&year.to_string(), ": ", &words.count("mentions", count)].concat(),
            href: if count > 0 {
                from.to_place(&from.edition.entity_year(entity, Some(year)))
            } else {
                String::new()
            },
        }
    };
    bars::chart(
        &bars::span(&dated).into_iter().map(bar).collect::<Vec<_>>(),
        words.get("mentions_by_year"),
    )
}

fn feeds(from: &Standpoint<'_>, it: &Entity) -> Vec<NameLink> {
    if !matches!(it.kind, Kind::Organization | Kind::Person) {
        return Vec::new();
    }
    vec![NameLink {
        name: it.name.clone(),
        href: [from.root(), &from.address.0, "atom.xml"].concat(),
        ..NameLink::default()
    }]
}
