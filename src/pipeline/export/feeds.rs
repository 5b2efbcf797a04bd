//! The newest documents to Atom feeds: of the site, of each organization, person and theme.

use std::borrow::Cow;
use std::fmt::Write;
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::memo::ledger::{self, Key, Ledger};
use crate::pipeline::Site;
use crate::pipeline::calendar::PartialDate;
use crate::pipeline::collate::DocumentIndex;
use crate::pipeline::parse::{BlockKind, Document};
use crate::pipeline::write::{Output, OutputFile, WriteError};
use crate::vocabulary::Kind;

/// What an undated entry is updated at: feeds must say, and the clock must not.
const UNDATED: &str = "1970-01-01T00:00:00Z";

/// From how many bytes on a paragraph is likely to be running text.
const BODY: usize = 120;
/// How many bytes of a text summarize it.
const SUMMARY: usize = 320;
/// About how many bytes a feed, or an entry, has besides its entries, or its summary.
const HEAD: usize = 640;

/// A feed to be.
struct Feed<'a> {
    title: Cow<'a, str>,
    /// The page that it belongs to.
    path: String,
    documents: Vec<DocumentIndex>,
}

/// Every feed.
pub(crate) fn feeds(
    site: &Site,
    output: &dyn Output,
    ledger: &Ledger<'_>,
) -> Result<(), WriteError> {
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
    let entities = site.collection.entities.par_iter().zip(named_in(site));
    let entities = entities.filter(|it| matches!(it.0.kind, Kind::Organization | Kind::Person));
    let entities = entities.map(|(it, documents)| Feed {
        title: Cow::Owned(format!("{} – {}", it.name, site.config.title)),
        path: format!("{}/{}/", it.kind.folder(), it.id),
        documents: newest(documents),
    });
    let themes = site.collection.themes.par_iter().map(|it| {
        let theme = site.vocabulary.theme(it.theme);
        Feed {
            title: Cow::Owned(format!("{} – {}", theme.name, site.config.title)),
            path: format!("themes/{}/", theme.id),
            documents: newest(it.documents.iter().map(|it| it.0).collect()),
        }
    });
    let entries = Entries::new(site);
    let hand = |it: Feed<'_>| {
        let make = || Ok((Vec::new(), vec![atom(site, &it, &entries)]));
        ledger.hand((&format!("feed {}", it.path), key(site, &it)), output, make)
    };
    hand(whole)?;
    entities.chain(themes).try_for_each(hand)
}

/// A hash of all that a feed is made from, but for what all of them share.
fn key(site: &Site, feed: &Feed<'_>) -> Key {
    let mut all = feed.title.as_bytes().to_vec();
    for document in &feed.documents {
        let at = document.0 as usize;
        all.extend_from_slice(site.keys[at].as_bytes());
        all.extend_from_slice(site.collection.documents[at].slug.as_bytes());
        all.push(0);
    }
    ledger::key(&all)
}

/// For each entity the documents that name it.
fn named_in(site: &Site) -> Vec<Vec<DocumentIndex>> {
    let mut named_in = vec![Vec::new(); site.collection.entities.len()];
    for (document, entry) in (0u32..).zip(&site.collection.documents) {
        for (entity, _) in entry.named.iter() {
            named_in[entity.0 as usize].push(DocumentIndex(document));
        }
    }
    named_in
}

/// For each document its place by date, the newest first.
fn ranks(site: &Site) -> Vec<u32> {
    let mut ranks = vec![0; site.readings.len()];
    for (rank, document) in (0u32..).zip(&site.collection.by_date) {
        ranks[document.0 as usize] = rank;
    }
    ranks
}

/// What feeds say of documents: the same in each, so it is made once, when the first of them asks.
struct Entries<'a> {
    site: &'a Site,
    base: &'a str,
    made: Vec<OnceLock<Entry>>,
}

struct Entry {
    updated: String,
    xml: Box<str>,
}

impl<'a> Entries<'a> {
    fn new(site: &'a Site) -> Self {
        let made = site.readings.iter().map(|_| OnceLock::new()).collect();
        Entries { site, base: &site.config.base_url, made }
    }

    fn of(&self, document: DocumentIndex) -> &Entry {
        self.made[document.0 as usize].get_or_init(|| entry(self.site, document, self.base))
    }
}

fn atom(site: &Site, feed: &Feed<'_>, entries: &Entries<'_>) -> OutputFile {
    let page = format!("{}{}", escape(entries.base), encode(&feed.path));
    let latest = feed.documents.iter().map(|it| entries.of(*it).updated.as_str()).max();
    let told: usize = feed.documents.iter().map(|it| entries.of(*it).xml.len()).sum();
    let mut xml = String::with_capacity(told + HEAD);
    xml.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let language = escape(&site.config.default_language);
    let _ = writeln!(xml, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{language}\">");
    let _ = writeln!(xml, "<title>{}</title>", escape(&feed.title));
    let _ = writeln!(xml, "<id>{page}atom.xml</id>");
    let _ =
        writeln!(xml, "<link rel=\"self\" type=\"application/atom+xml\" href=\"{page}atom.xml\"/>");
    let _ = writeln!(xml, "<link rel=\"alternate\" type=\"text/html\" href=\"{page}\"/>");
    let _ = writeln!(xml, "<updated>{}</updated>", latest.unwrap_or(UNDATED));
    let author =
        if site.config.author.is_empty() { &site.config.title } else { &site.config.author };
    let _ = writeln!(xml, "<author><name>{}</name></author>", escape(author));
    for document in &feed.documents {
        xml.push_str(&entries.of(*document).xml);
    }
    xml.push_str("</feed>\n");
    OutputFile { path: format!("{}atom.xml", feed.path), bytes: xml.into_bytes() }
}

fn entry(site: &Site, document: DocumentIndex, base: &str) -> Entry {
    let mut xml = String::with_capacity(HEAD + SUMMARY);
    let updated = updated(site, document);
    let description = &site.readings[document.0 as usize].description;
    let slug = &site.collection.documents[document.0 as usize].slug;
    let url = format!("{}documents/{}/", escape(base), encode(slug));
    let _ = writeln!(
        xml,
        "<entry>\n<title>{}</title>\n<id>{url}</id>",
        escape(&description.title.value)
    );
    let _ = writeln!(xml, "<link rel=\"alternate\" type=\"text/html\" href=\"{url}\"/>");
    let _ = writeln!(xml, "<updated>{updated}</updated>");
    if let Some(date) = description.date.as_ref().and_then(|it| instant(it.value)) {
        let _ = writeln!(xml, "<published>{date}</published>");
    }
    let summary = summary(&site.readings[document.0 as usize].document);
    let _ = writeln!(xml, "<summary>{}</summary>", escape(&summary));
    xml.push_str("</entry>\n");
    Entry { updated, xml: xml.into_boxed_str() }
}

/// What a document says of itself, else how its text begins: a paragraph of some length, for heads are short.
fn summary(document: &Document) -> Cow<'_, str> {
    if let Some(description) = &document.front_matter.description {
        return Cow::Borrowed(description);
    }
    let texts = document.blocks.iter().filter(|it| it.kind == BlockKind::Paragraph);
    let mut texts = texts.map(|it| &document.text[it.range()]).peekable();
    let first = texts.peek().copied().unwrap_or_default();
    let text = texts.find(|it| it.len() >= BODY).unwrap_or(first);
    let mut words = String::with_capacity(SUMMARY + 8);
    for word in text.split_whitespace() {
        if words.len() + word.len() > SUMMARY {
            return Cow::Owned(words + "…");
        }
        words.push_str(if words.is_empty() { "" } else { " " });
        words.push_str(word);
    }
    Cow::Owned(words)
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

/// An id as part of a URL: what is not ASCII in percent signs.
pub(crate) fn encode(id: &str) -> Cow<'_, str> {
    if id.is_ascii() {
        return Cow::Borrowed(id);
    }
    let mut encoded = String::with_capacity(id.len() * 3);
    for byte in id.bytes() {
        if byte.is_ascii() {
            encoded.push(byte as char);
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    Cow::Owned(encoded)
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
