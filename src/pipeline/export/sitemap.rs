//! Pages to `sitemap.xml`, in parts where they are many.

use std::fmt::Write;

use crate::pipeline::Site;
use crate::pipeline::calendar::PartialDate;
use crate::pipeline::export::Origins;
use crate::pipeline::export::dataset::Dataset;
use crate::pipeline::export::feeds::{encode, escape};
use crate::vocabulary::Kind;

/// How many addresses a sitemap may have.
const MOST: usize = 50_000;
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// `sitemap.xml`, and `sitemap-1.xml` … where one is not enough.
pub(crate) fn sitemap<'a>(site: &'a Site, _: Origins<'_>) -> Vec<Dataset<'a>> {
    let (base, mut pages) = (&site.config.base_url, pages(site));
    if pages.len() <= MOST {
        return vec![Dataset::whole("sitemap.xml", move || urls(base, &pages))];
    }
    let mut files = Vec::new();
    let mut index = opening("sitemapindex");
    for number in 1..=pages.len().div_ceil(MOST) {
        let name = format!("sitemap-{number}.xml");
        let _ = writeln!(index, "<sitemap><loc>{}{name}</loc></sitemap>", escape(base));
        let (base, part) = (base.clone(), pages.drain(..MOST.min(pages.len())).collect::<Vec<_>>());
        files.push(Dataset::whole(name, move || urls(&base, &part)));
    }
    index.push_str("</sitemapindex>\n");
    files.push(Dataset::whole("sitemap.xml", || index.into_bytes()));
    files
}

type Listed = (String, Option<PartialDate>);

/// Every page that stands for something, with the date of the latest document that it shows.
fn pages(site: &Site) -> Vec<Listed> {
    let date = |at: usize| {
        let it = site.readings[at].description.date.as_ref()?;
        Some(it.value).filter(|it| it.year.is_some())
    };
    let collection = &site.collection;
    let latest = (0..site.readings.len()).filter_map(date).max();
    let mut pages: Vec<Listed> = vec![(String::new(), latest), ("documents/".to_owned(), latest)];
    let folders = Kind::ALL.iter().filter(|it| collection.entities.iter().any(|e| e.kind == **it));
    pages.extend(folders.map(|it| (format!("{}/", it.folder()), latest)));
    let changed = |at: usize| site.readings[at].description.updated.or(date(at));
    let documents = collection.documents.iter().enumerate();
    pages.extend(documents.map(|(at, it)| (format!("documents/{}/", it.slug), changed(at))));
    let entities = collection.entities.iter();
    pages.extend(entities.map(|it| (format!("{}/{}/", it.kind.folder(), it.id), it.last)));
    pages.extend(collection.years.iter().map(|it| (format!("years/{}/", it.year), None)));
    let themes = collection.themes.iter().map(|it| &site.vocabulary.theme(it.theme).id);
    pages.extend(themes.map(|it| (format!("themes/{it}/"), None)));
    pages
}

fn opening(root: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"{NAMESPACE}\">\n")
}

fn urls(base: &str, pages: &[Listed]) -> Vec<u8> {
    let mut text = opening("urlset");
    for (path, date) in pages {
        let _ = write!(text, "<url><loc>{}{}</loc>", escape(base), encode(path));
        if let Some(date) = date {
            let _ = write!(text, "<lastmod>{date}</lastmod>");
        }
        text.push_str("</url>\n");
    }
    text.push_str("</urlset>\n");
    text.into_bytes()
}
