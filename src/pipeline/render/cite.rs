//! Document to citations: plain words, BibTeX, RIS, CSL-JSON, Markdown, and `citation_…` for reference managers.

use serde_json::{Map, Value, json};

use crate::pipeline::calendar::PartialDate;
use crate::pipeline::collate::DocumentIndex;
use crate::pipeline::describe::BlockRole;
use crate::pipeline::parse::BlockKind;
use crate::pipeline::render::page;
use crate::pipeline::render::standpoint::Standpoint;
use crate::pipeline::write::OutputFile;

/// What every form of citation needs.
struct Reference {
    slug: String,
    title: String,
    /// People who wrote it.
    authors: Vec<String>,
    issuer: String,
    date: Option<PartialDate>,
    symbol: String,
    language: String,
    site: String,
    url: String,
}

fn reference(from: &Standpoint<'_>, document: DocumentIndex) -> Reference {
    let description = &from.edition.reading(document).description;
    let slug = from.edition.slug(document).to_owned();
    Reference {
        title: description.title.value.clone(),
        authors: description.authors.iter().map(|it| it.value.clone()).collect(),
        issuer: from.issuer(document),
        date: description.date.as_ref().map(|it| it.value).filter(|it| it.year.is_some()),
        symbol: description.symbol.as_ref().map(|it| it.value.clone()).unwrap_or_default(),
        language: description.language.value.clone(),
        site: from.edition.config().title.clone(),
        url: from.absolute(&page::document(&slug).0),
        slug,
    }
}

/// The citation in plain words: who (when), what, where.
pub(crate) fn plain(from: &Standpoint<'_>, document: DocumentIndex) -> String {
    let it = reference(from, document);
    let who = if it.authors.is_empty() { it.issuer } else { it.authors.join(", ") };
    let when = it
        .date
        .map_or_else(|| from.words().get("undated").to_lowercase(), |date| from.words().date(date));
    let symbol = if it.symbol.is_empty() { String::new() } else { format!(" {}.", it.symbol) };
    let head = if who.is_empty() {
        format!("“{}” ({when}).", it.title)
    } else {
        format!("{who} ({when}). “{}.”", it.title)
    };
    format!("{head}{symbol} {}. {}", it.site, it.url)
}

/// `citation_…` for reference managers: names and contents.
pub(crate) fn meta(from: &Standpoint<'_>, document: DocumentIndex) -> Vec<(String, String)> {
    let it = reference(from, document);
    let mut meta = vec![("title", it.title)];
    meta.extend(it.authors.into_iter().map(|it| ("author", it)));
    if meta.len() == 1 && !it.issuer.is_empty() {
        meta.push(("author", it.issuer.clone()));
    }
    if let Some(date) = it.date {
        meta.push(("publication_date", date.to_string().replace('-', "/")));
    }
    meta.push(("technical_report_institution", it.issuer));
    meta.push(("technical_report_number", it.symbol));
    meta.push(("language", it.language));
    meta.push(("public_url", it.url));
    meta.retain(|it| !it.1.is_empty());
    meta.into_iter().map(|(name, content)| (["citation_", name].concat(), content)).collect()
}

/// The files beside a document's page.
pub(crate) fn files(from: &Standpoint<'_>, document: DocumentIndex) -> Vec<OutputFile> {
    let it = reference(from, document);
    let folder = page::document(&it.slug);
    let file = |name: &str, text: String| OutputFile {
        path: super::document::beside(&folder, name),
        bytes: text.into_bytes(),
    };
    vec![
        file("cite.bib", bibtex(&it)),
        file("cite.ris", ris(&it)),
        file("cite.json", csl(&it)),
        file("index.md", markdown(from, document, &it)),
    ]
}

fn bibtex(it: &Reference) -> String {
    let mut out = ["@misc{", &it.slug, ",\n"].concat();
    let mut field = |name: &str, value: &str| {
        if !value.is_empty() {
            out.extend(["  ", name, " = {", value, "},\n"]);
        }
    };
    let authors: Vec<String> = it.authors.iter().map(|it| tex(it)).collect();
    // A second pair of braces keeps a body's name in one piece.
    let author = if authors.is_empty() && !it.issuer.is_empty() {
        ["{", &tex(&it.issuer), "}"].concat()
    } else {
        authors.join(" and ")
    };
    field("title", &["{", &tex(&it.title), "}"].concat());
    field("author", &author);
    field("publisher", &tex(&it.issuer));
    if let Some(date) = it.date {
        field("year", &date.year.map(|it| it.to_string()).unwrap_or_default());
        field("month", &date.month.map(|it| it.to_string()).unwrap_or_default());
        field("day", &date.day.map(|it| it.to_string()).unwrap_or_default());
    }
    field("number", &tex(&it.symbol));
    field("langid", &tex(&it.language));
    field("howpublished", &tex(&it.site));
    field("url", &it.url);
    out.push_str("}\n");
    out
}

/// Text with TeX's own signs taken as they are.
fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => out.extend(['\\', sign]),
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '\n' => out.push(' '),
            _ => out.push(sign),
        }
    }
    out
}

fn ris(it: &Reference) -> String {
    let mut out = String::from("TY  - RPRT\r\n");
    let mut field = |name: &str, value: &str| {
        if !value.is_empty() {
            out.extend([name, "  - ", &value.replace(['\r', '\n'], " "), "\r\n"]);
        }
    };
    field("TI", &it.title);
    for author in &it.authors {
        field("AU", author);
    }
    if it.authors.is_empty() {
        field("AU", &it.issuer);
    }
    field("PB", &it.issuer);
    if let Some(date) = it.date {
        let part = |it: Option<u8>| it.map(|it| format!("{it:02}")).unwrap_or_default();
        field("PY", &date.year.map(|it| it.to_string()).unwrap_or_default());
        field(
            "DA",
            &format!("{}/{}/{}/", date.year.unwrap_or_default(), part(date.month), part(date.day)),
        );
    }
    field("SN", &it.symbol);
    field("LA", &it.language);
    field("T2", &it.site);
    field("UR", &it.url);
    out.push_str("ER  - \r\n");
    out
}

fn csl(it: &Reference) -> String {
    let literal = |name: &String| json!({ "literal": name });
    let authors: Vec<_> = if it.authors.is_empty() && !it.issuer.is_empty() {
        vec![literal(&it.issuer)]
    } else {
        it.authors.iter().map(literal).collect()
    };
    let parts = |date: PartialDate| {
        let parts = [date.year.map(i32::from), date.month.map(i32::from), date.day.map(i32::from)];
        json!({ "date-parts": [parts.into_iter().map_while(|it| it).collect::<Vec<_>>()] })
    };
    let item = without_empty(json!({
        "id": it.slug, "type": "report", "title": it.title, "author": authors, "publisher": it.issuer,
        "issued": it.date.map(parts), "number": it.symbol, "language": it.language, "container-title": it.site, "URL": it.url,
    }));
    format!("{}\n", json!([item]))
}

/// An object without the fields that have nothing in them.
fn without_empty(value: Value) -> Value {
    let Value::Object(fields) = value else { return value };
    let full = |it: &Value| match it {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => true,
    };
    Value::Object(fields.into_iter().filter(|(_, value)| full(value)).collect::<Map<_, _>>())
}

/// The document as plain Markdown: for readers, and for programs that read instead of people.
fn markdown(from: &Standpoint<'_>, document: DocumentIndex, it: &Reference) -> String {
    let reading = from.edition.reading(document);
    let mut out = format!("# {}\n\n", it.title);
    let date = it.date.map(|it| it.to_string()).unwrap_or_default();
    let site = it.site.clone();
    for (key, value) in [
        ("issued_by", &it.issuer),
        ("date", &date),
        ("symbol", &it.symbol),
        ("source", &it.url),
        ("home", &site),
    ] {
        if !value.is_empty() {
            out.extend(["- ", from.words().get(key), ": ", value, "\n"]);
        }
    }
    for (block, role) in reading.document.blocks.iter().zip(&reading.description.roles) {
        if matches!(role, BlockRole::Title | BlockRole::Furniture) {
            continue;
        }
        let text = &reading.document.text[block.range()];
        out.push('\n');
        match &block.kind {
            BlockKind::Heading(level, _) => {
                out.extend([&"#".repeat(usize::from(*level).max(2)), " ", text, "\n"]);
            }
            BlockKind::Code => out.extend(["```\n", text.trim_end(), "\n```\n"]),
            BlockKind::Paragraph => out.extend([text, "\n"]),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Reference, bibtex, csl, ris};
    use crate::pipeline::calendar::PartialDate;

    fn reference() -> Reference {
        Reference {
            slug: "a-b".into(),
            title: "Profit & loss_1".into(),
            authors: Vec::new(),
            issuer: "River Board".into(),
            date: Some(PartialDate { year: Some(2019), month: Some(3), day: None }),
            symbol: String::new(),
            language: "en".into(),
            site: "Rivers".into(),
            url: "https://example.org/documents/a-b/".into(),
        }
    }

    #[test]
    fn every_form_says_what_is_known_and_no_more() {
        let it = reference();
        assert!(
            bibtex(&it).contains("title = {{Profit \\& loss\\_1}},\n  author = {{River Board}},"),
            "{}",
            bibtex(&it)
        );
        assert!(ris(&it).contains("PY  - 2019\r\nDA  - 2019/03//\r\n"), "{}", ris(&it));
        assert!(csl(&it).contains("\"issued\":{\"date-parts\":[[2019,3]]}"), "{}", csl(&it));
        assert!(!csl(&it).contains("number"));
    }
}
