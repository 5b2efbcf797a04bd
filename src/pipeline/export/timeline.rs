//! Years and themes to `years.json` and `themes.json`.

use serde::Serialize;

use crate::pipeline::Site;
use crate::pipeline::collate::{DocumentIndex, ThemeListing, Year};
use crate::pipeline::export::dataset::Dataset;
use crate::pipeline::export::{Origins, documents};
use crate::pipeline::render::facts::Fact;

#[derive(Serialize)]
struct YearRecord<'a> {
    year: i16,
    url: String,
    documents: Vec<&'a str>,
    passages: Vec<Passage<'a>>,
}

#[derive(Serialize)]
struct Passage<'a> {
    document: &'a str,
    paragraphs: Vec<String>,
}

#[derive(Serialize)]
struct ThemeRecord<'a> {
    id: &'a str,
    name: &'a str,
    url: String,
    description: &'a str,
    broader: Option<&'a str>,
    documents: Vec<Scored<'a>>,
}

#[derive(Serialize)]
struct Scored<'a> {
    id: &'a str,
    score: f64,
    core: bool,
    evidence: Vec<Term<'a>>,
}

#[derive(Serialize)]
struct Term<'a> {
    term: &'a str,
    count: u32,
}

/// `years.json`
pub(crate) fn years<'a>(site: &'a Site, origins: Origins<'_>) -> Vec<Dataset<'a>> {
    let key = |(at, it): (u32, &Year)| {
        let passages = it.passages.iter().map(|it| Fact::Reading(it.0));
        origins.key(std::iter::once(Fact::Year(at)).chain(passages))
    };
    let years = (0..).zip(&site.collection.years).map(|it| (it.1, key(it))).collect();
    vec![Dataset::long_json("data/years.json", years, |it| year(site, it))]
}

fn year<'a>(site: &'a Site, year: &'a Year) -> YearRecord<'a> {
    YearRecord {
        year: year.year,
        url: format!("years/{}/", year.year),
        documents: year.documents.iter().map(|it| slug(site, *it)).collect(),
        passages: year
            .passages
            .iter()
            .map(|(document, dates)| Passage {
                document: slug(site, *document),
                paragraphs: paragraphs(site, *document, dates),
            })
            .collect(),
    }
}

fn slug(site: &Site, document: DocumentIndex) -> &str {
    &site.collection.documents[document.0 as usize].slug
}

fn paragraphs(site: &Site, document: DocumentIndex, dates: &[u32]) -> Vec<String> {
    let reading = &site.readings[document.0 as usize];
    let start = |it: &u32| reading.annotations.dates[*it as usize].start;
    let mut paragraphs: Vec<_> =
        dates.iter().map(|it| reading.document.paragraph_at(start(it))).collect();
    paragraphs.dedup();
    paragraphs.into_iter().map(|it| format!("p{it}")).collect()
}

/// `themes.json`
pub(crate) fn themes<'a>(site: &'a Site, origins: Origins<'_>) -> Vec<Dataset<'a>> {
    let key = |(at, it): (u32, &ThemeListing)| {
        let documents = it.documents.iter().map(|it| Fact::Reading(it.0));
        origins.key([Fact::Theme(at), Fact::ThemeListing(at)].into_iter().chain(documents))
    };
    let themes = (0..).zip(&site.collection.themes).map(|it| (it.1, key(it))).collect();
    vec![Dataset::long_json("data/themes.json", themes, |it| theme(site, it))]
}

fn theme<'a>(site: &'a Site, listing: &'a ThemeListing) -> ThemeRecord<'a> {
    let theme = site.vocabulary.theme(listing.theme);
    ThemeRecord {
        id: &theme.id,
        name: &theme.name,
        url: format!("themes/{}/", theme.id),
        description: &theme.description,
        broader: theme.broader.as_deref(),
        documents: listing.documents.iter().map(|it| scored(site, *it)).collect(),
    }
}

fn scored(site: &Site, (document, place): (DocumentIndex, u32)) -> Scored<'_> {
    let score = &site.readings[document.0 as usize].annotations.themes[place as usize];
    Scored {
        id: slug(site, document),
        score: documents::rounded(score.score),
        core: score.core,
        evidence: score.evidence.iter().map(|it| Term { term: &it.0, count: it.1 }).collect(),
    }
}
