//! The newest documents to Atom feeds: of the site, of each organization, person and theme.

use std::borrow::Cow;
use std::fmt::Write;

use rayon::prelude::*;

use crate::pipeline::Site;
use crate::pipeline::calendar::PartialDate;
use crate::pipeline::collate::DocumentIndex;
use crate::pipeline::export::{base, file};
use crate::pipeline::write::OutputFile;
use crate::vocabulary::Kind;

/// What an undated entry is updated at: feeds must say, and the clock must not.
const UNDATED: &str = "1970-01-01T00:00:00Z";

/// A feed to be.
struct Feed<'a> {
    title: Cow<'a, str>,
    /// The page that it belongs to.
    path: String,
    documents: Vec<DocumentIndex>,
}

/// Every feed.
pub(crate) fn feeds(site: &Site) -> Vec<OutputFile> {
    let ranks = ranks(site);
    let limit = site.config.feed_limit;
    let newest = |mut documents: Vec<DocumentIndex>| {
        documents.sort_unstable_by_key(|it| ranks[it.0 as usize]);
        documents.truncate(limit);
        documents
    };
    let whole = Feed {
        title: Cow::Borrowed(&site.config.title),
        path: String::new(),
        documents: newest(site.collection.by_date.clone()),
    };
    let entities = site.collection.entities.par_iter();
    let entities = entities.filter(|it| matches!(it.kind, Kind::Organization | Kind::Person));
    let entities = entities.map(|it| Feed {
        title: Cow::Owned(format!("{} – {}", it.name, site.config.title)),
        path: format!("{}/{}/", it.kind.folder(), it.id),
        documents: newest(it.places.iter().map(|it| it.0).collect()),
    });
    let themes = site.collection.themes.par_iter().map(|it| {
        let theme = site.vocabulary.theme(it.theme);
        Feed {
            title: Cow::Owned(format!("{} – {}", theme.name, site.config.title)),
            path: format!("themes/{}/", theme.id),
            documents: newest(it.documents.iter().map(|it| it.0).collect()),
        }
    });
    let of = |it: Feed<'_>| file(format!("{}atom.xml", it.path), atom(site, &it));
    let mut files: Vec<_> = entities.chain(themes).map(of).collect();
    files.push(file("atom.xml", atom(site, &whole)));
    files
}

/// For each document its place by date, the newest first.
fn ranks(site: &Site) -> Vec<u32> {
    let mut ranks = vec![0; site.readings.len()];
    for (rank, document) in (0u32..).zip(&site.collection.by_date) {
        ranks[document.0 as usize] = rank;
    }
    ranks
}

fn atom(site: &Site, feed: &Feed<'_>) -> String {
    let base = base(site);
    let page = format!("{base}{}", feed.path);
    let latest = feed.documents.iter().map(|it| updated(site, *it)).max();
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let language = escape(&site.config.default_language);
    let _ = writeln!(xml, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{language}\">");
    let _ = writeln!(xml, "<title>{}</title>", escape(&feed.title));
    let _ = writeln!(xml, "<id>{}atom.xml</id>", escape(&page));
    let _ = writeln!(
        xml,
        "<link rel=\"self\" type=\"application/atom+xml\" href=\"{}atom.xml\"/>",
        escape(&page)
    );
    let _ =
        writeln!(xml, "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", escape(&page));
    let _ = writeln!(xml, "<updated>{}</updated>", latest.as_deref().unwrap_or(UNDATED));
    let author =
        if site.config.author.is_empty() { &site.config.title } else { &site.config.author };
    let _ = writeln!(xml, "<author><name>{}</name></author>", escape(author));
    for document in &feed.documents {
        entry(site, *document, &base, &mut xml);
    }
    xml.push_str("</feed>\n");
    xml
}

fn entry(site: &Site, document: DocumentIndex, base: &str, xml: &mut String) {
    let description = &site.readings[document.0 as usize].description;
    let slug = &site.collection.documents[document.0 as usize].slug;
    let url = format!("{}documents/{slug}/", escape(base));
    let _ = writeln!(
        xml,
        "<entry>\n<title>{}</title>\n<id>{url}</id>",
        escape(&description.title.value)
    );
    let _ = writeln!(xml, "<link rel=\"alternate\" type=\"text/html\" href=\"{url}\"/>");
    let _ = writeln!(xml, "<updated>{}</updated>", updated(site, document));
    if let Some(date) = description.date.as_ref().and_then(|it| instant(it.value)) {
        let _ = writeln!(xml, "<published>{date}</published>");
    }
    if let Some(summary) = &site.readings[document.0 as usize].document.front_matter.description {
        let _ = writeln!(xml, "<summary>{}</summary>", escape(summary));
    }
    xml.push_str("</entry>\n");
}

/// When a document was last changed, else its date, else a fixed one.
fn updated(site: &Site, document: DocumentIndex) -> String {
    let description = &site.readings[document.0 as usize].description;
    let date = description.date.as_ref().map(|it| it.value);
    let known = description.updated.and_then(instant).or_else(|| date.and_then(instant));
    known.unwrap_or_else(|| UNDATED.to_owned())
}

/// A date with a year as the first second of it.
fn instant(date: PartialDate) -> Option<String> {
    let (month, day) = (date.month.unwrap_or(1), date.day.unwrap_or(1));
    Some(format!("{:04}-{month:02}-{day:02}T00:00:00Z", date.year?))
}

/// Text for XML: marks escaped, characters that XML forbids left out.
pub(crate) fn escape(text: &str) -> Cow<'_, str> {
    let allowed = |it: char| it >= ' ' || matches!(it, '\t' | '\n' | '\r');
    let safe =
        |it: char| allowed(it) && !matches!(it, '&' | '<' | '>' | '"' | '\u{fffe}' | '\u{ffff}');
    if text.chars().all(safe) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            it if safe(it) => escaped.push(it),
            _ => {}
        }
    }
    Cow::Owned(escaped)
}
