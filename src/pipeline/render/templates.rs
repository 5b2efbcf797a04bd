//! Template sources to templates that compile, and views through them to HTML: the only module that knows tera.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use tera::{Context, ErrorKind, Tera, Value};

use crate::pipeline::render::frame::{ConfigView, Frame, SiteLinks};
use crate::pipeline::render::html::each_escaped;
use crate::pipeline::render::words::{Text, Words};
use crate::pipeline::render::{Content, View};

/// A template or words file that does not work.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{template}:{line}:{column}: {message}")]
pub struct TemplateError {
    /// Its name: `document.html`, `words/en.toml`.
    pub template: String,
    /// The line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// The column, from 1; 0 where the whole file is meant.
    pub column: usize,
    /// The bytes of the file, where they are known.
    pub span: std::ops::Range<usize>,
    /// What is wrong, in a sentence.
    pub message: String,
}

/// The shipped templates by name; a site overrides one by a file of the same name.
pub const SHIPPED: &[(&str, &str)] = &[
    ("base.html", include_str!("../../../templates/base.html")),
    ("top.html", include_str!("../../../templates/top.html")),
    ("foot.html", include_str!("../../../templates/foot.html")),
    ("parts.html", include_str!("../../../templates/parts.html")),
    ("home.html", include_str!("../../../templates/home.html")),
    ("documents.html", include_str!("../../../templates/documents.html")),
    ("document.html", include_str!("../../../templates/document.html")),
    ("entity.html", include_str!("../../../templates/entity.html")),
    ("entity-year.html", include_str!("../../../templates/entity-year.html")),
    ("index.html", include_str!("../../../templates/index.html")),
    ("years.html", include_str!("../../../templates/years.html")),
    ("year.html", include_str!("../../../templates/year.html")),
    ("themes.html", include_str!("../../../templates/themes.html")),
    ("theme.html", include_str!("../../../templates/theme.html")),
    ("network.html", include_str!("../../../templates/network.html")),
    ("about.html", include_str!("../../../templates/about.html")),
    ("search.html", include_str!("../../../templates/search.html")),
    ("404.html", include_str!("../../../templates/404.html")),
    ("alias.html", include_str!("../../../templates/alias.html")),
];

const ENGLISH: &str = include_str!("../../../templates/words/en.toml");

/// Templates that compile, with the words of the interface in every language that there is a file for.
pub struct Templates {
    tera: Tera,
    words: BTreeMap<String, (Words, Value)>,
    names: Vec<String>,
    hash: blake3::Hash,
    shared: Shared,
}

/// What many pages share, as templates see it. There are few of each, since a build has one of them for all pages that are alike.
#[derive(Default)]
struct Shared {
    configs: Mutex<Vec<(Arc<ConfigView>, Value)>>,
    links: Mutex<Vec<(Arc<SiteLinks>, Value)>>,
}

/// More than this were left by earlier builds.
const SHARED: usize = 256;

/// How many bytes a page is expected to have.
const PAGE: usize = 24 * 1024;

/// `site`, as templates see it: with what [`Templates`] makes of it once for all pages that have the same.
#[derive(serde::Serialize)]
struct SiteValue<'a> {
    #[serde(flatten)]
    links: &'a SiteLinks,
    top: String,
    foot: String,
}

/// The value of `it`, made if this very one has none yet.
fn value_of<T>(
    known: &Mutex<Vec<(Arc<T>, Value)>>,
    it: &Arc<T>,
    make: impl FnOnce(&T) -> Result<Value, tera::Error>,
) -> Result<Value, tera::Error> {
    let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = known.iter().rev().find(|known| Arc::ptr_eq(&known.0, it)) {
        return Ok(found.1.clone());
    }
    if known.len() == SHARED {
        known.clear();
    }
    let value = make(it)?;
    known.push((Arc::clone(it), value.clone()));
    Ok(value)
}

impl Templates {
    /// The shipped templates, with those of `overrides` (name, source) in their place or beside them.
    ///
    /// A name that ends in `.toml` is a words file: `words/fr.toml`.
    ///
    /// # Errors
    /// One does not compile.
    pub fn new(overrides: &[(String, String)]) -> Result<Templates, TemplateError> {
        let (files, sources): (Vec<_>, Vec<_>) =
            overrides.iter().partition(|it| it.0.starts_with("words/"));
        let mut all: BTreeMap<&str, &str> = SHIPPED.iter().copied().collect();
        all.extend(sources.into_iter().map(|it| (it.0.as_str(), it.1.as_str())));
        let mut tera = Tera::new();
        tera.autoescape_on([".html"]);
        tera.set_escape_fn(escape);
        tera.add_raw_templates(all.iter().map(|it| (*it.0, *it.1)))
            .map_err(|it| reported(&it, &all).unwrap_or_else(|| locate(&it, "base.html")))?;
        let mut hash = blake3::Hasher::new();
        for (name, source) in
            all.iter().map(|it| (*it.0, *it.1)).chain(files.iter().map(|it| (&*it.0, &*it.1)))
        {
            hash.update(name.as_bytes()).update(&[0]).update(source.as_bytes()).update(&[0]);
        }
        hash.update(ENGLISH.as_bytes());
        let names = all.keys().map(|it| (*it).to_owned()).collect();
        Ok(Templates {
            tera,
            words: read_words(&files)?,
            names,
            hash: hash.finalize(),
            shared: Shared::default(),
        })
    }

    /// What all templates and words are, as a hash: part of the key under which a page is remembered.
    pub fn hash(&self) -> blake3::Hash {
        self.hash
    }

    /// The names of all templates.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The words of `language` (`fr-CA`, else `fr`, else English).
    pub fn words(&self, language: &str) -> &Words {
        &self.words_entry(language).0
    }

    fn words_entry(&self, language: &str) -> &(Words, Value) {
        let primary = language.split('-').next().unwrap_or(language);
        let found = self.words.get(language).or_else(|| self.words.get(primary));
        found.or_else(|| self.words.get("en")).expect("English is shipped")
    }

    /// Fills in the template of a view; it sees the view and the words of the site's language, nothing else.
    pub(crate) fn fill(&self, view: &View) -> Result<Vec<u8>, TemplateError> {
        let (template, name) = view.content.name();
        let context = self.context(view, name).map_err(|it| locate(&it, template))?;
        let mut page = Vec::with_capacity(PAGE);
        let filled = self.tera.render_to(template, &context, &mut page);
        filled.map(|()| page).map_err(|it| locate(&it, template))
    }

    fn context(&self, view: &View, name: &'static str) -> Result<Context, tera::Error> {
        let mut context = Context::new();
        let Frame { config, page, site } = &view.frame;
        let config_value = value_of(&self.shared.configs, config, Value::try_from_serializable)?;
        context.insert_value("config", config_value);
        context.insert_value("words", self.words_entry(&config.default_language).1.clone());
        let site = value_of(&self.shared.links, site, |it| self.site(it, &mut context))?;
        context.insert_value("site", site);
        context.insert_value("page", Value::try_from_serializable(page)?);
        context.insert_value(name, content(&view.content)?);
        Ok(context)
    }

    /// `links` with the parts of a page that are made of nothing else; `context` has what they see besides.
    fn site(&self, links: &SiteLinks, context: &mut Context) -> Result<Value, tera::Error> {
        context.insert_value("site", Value::try_from_serializable(links)?);
        let part =
            |name| Ok::<_, tera::Error>(self.tera.render(name, context)?.trim_end().to_owned());
        let (top, foot) = (part("top.html")?, part("foot.html")?);
        Value::try_from_serializable(&SiteValue { links, top, foot })
    }
}

/// The view of a page without the name that says which it is.
fn content(content: &Content) -> Result<Value, tera::Error> {
    match content {
        Content::Home(it) => Value::try_from_serializable(it),
        Content::Documents(it) => Value::try_from_serializable(it),
        Content::Document(it) => Value::try_from_serializable(it),
        Content::Index(it) => Value::try_from_serializable(it),
        Content::Entity(it) => Value::try_from_serializable(it),
        Content::EntityYear(it) => Value::try_from_serializable(it),
        Content::Years(it) => Value::try_from_serializable(it),
        Content::Year(it) => Value::try_from_serializable(it),
        Content::Themes(it) => Value::try_from_serializable(it),
        Content::Theme(it) => Value::try_from_serializable(it),
        Content::Network(it) => Value::try_from_serializable(it),
        Content::About(it) => Value::try_from_serializable(it),
        Content::Search(it) => Value::try_from_serializable(it),
        Content::Lost(it) => Value::try_from_serializable(it),
        Content::Alias(it) => Value::try_from_serializable(it),
    }
}

/// Words as templates see them: texts that do not depend on a number, and the form for many of those that do.
fn read_words(
    files: &[&(String, String)],
) -> Result<BTreeMap<String, (Words, Value)>, TemplateError> {
    let english = Words::read(ENGLISH, None).expect("a test reads the shipped words");
    let mut all = BTreeMap::new();
    for (name, source) in files {
        let language = name.rsplit('/').next().unwrap_or(name).trim_end_matches(".toml");
        let words =
            Words::read(source, Some(&english)).map_err(|it| locate_toml(&it, name, source))?;
        all.insert(language.to_owned(), words);
    }
    all.entry("en".to_owned()).or_insert(english);
    Ok(all.into_iter().map(|(language, words)| (language, with_value(words))).collect())
}

fn with_value(words: Words) -> (Words, Value) {
    let plain = words.text.iter().map(|(key, text)| match text {
        Text::One(text) => (key.as_str(), text.as_str()),
        Text::Counted(_) => (key.as_str(), words.get(key)),
    });
    let value = Value::from_serializable(&plain.collect::<BTreeMap<_, _>>());
    (words, value)
}

fn escape(text: &str, out: &mut dyn std::io::Write) -> std::io::Result<()> {
    let mut written = Ok(());
    each_escaped(text, |piece| {
        if written.is_ok() {
            written = out.write_all(piece.as_bytes());
        }
    });
    written
}

/// Tera's error with its place; `fallback` is the template that was asked for, where tera names none.
fn locate(error: &tera::Error, fallback: &str) -> TemplateError {
    let whole = |template: &str, message: String| TemplateError {
        template: template.to_owned(),
        line: 0,
        column: 0,
        span: 0..0,
        message,
    };
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let span = report.span();
            TemplateError {
                template: report.filename().to_owned(),
                line: span.start_line,
                column: span.start_col + 1,
                span: span.range.clone(),
                message: report.message().to_owned(),
            }
        }
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            whole(tpl, error.to_string())
        }
        ErrorKind::MissingParent { current, .. } => whole(current, error.to_string()),
        _ => whole(fallback, error.to_string()),
    }
}

/// Tera gives an unknown filter, test, function or part as a text for people: "error: … --> home.html:3:20 …".
fn reported(error: &tera::Error, sources: &BTreeMap<&str, &str>) -> Option<TemplateError> {
    let ErrorKind::Msg(report) = error.kind() else { return None };
    let message = report.lines().next()?.trim_start_matches("error: ");
    let place = report.split_once("--> ")?.1.lines().next()?;
    let mut parts = place.trim().rsplitn(3, ':');
    let (column, line) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let template = parts.next()?;
    Some(TemplateError {
        template: template.to_owned(),
        line,
        column,
        span: word_at(sources.get(template)?, (line, column)),
        message: message.to_owned(),
    })
}

/// The bytes of the word that begins at a line and column, both from 1.
fn word_at(source: &str, (line, column): (usize, usize)) -> std::ops::Range<usize> {
    let before: usize =
        source.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &source[before..];
    let skipped: usize = rest.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum();
    let word = rest[skipped..].find(|it: char| !it.is_alphanumeric() && it != '_');
    let start = before + skipped;
    start..start + word.unwrap_or(rest.len() - skipped)
}

fn locate_toml(error: &toml::de::Error, name: &str, source: &str) -> TemplateError {
    let span = error.span().unwrap_or(0..0);
    let before = &source[..span.start.min(source.len())];
    TemplateError {
        template: name.to_owned(),
        line: before.matches('\n').count() + 1,
        column: before.rsplit('\n').next().unwrap_or_default().chars().count() + 1,
        span,
        message: error.message().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::Templates;

    fn fails(name: &str, source: &str) -> super::TemplateError {
        match Templates::new(&[(name.to_owned(), source.to_owned())]) {
            Ok(_) => panic!("this should not compile: {source}"),
            Err(error) => error,
        }
    }

    #[test]
    fn the_shipped_templates_compile() {
        let templates = Templates::new(&[]).expect("they do");
        assert!(templates.names().iter().any(|it| it == "document.html"));
    }

    #[test]
    fn a_template_that_does_not_compile_says_where() {
        let error = fails("home.html", "<p>\n{% if %}\n");
        assert_eq!((error.template.as_str(), error.line), ("home.html", 2), "{error}");
    }

    #[test]
    fn an_unknown_filter_is_found_where_it_stands() {
        let source = "{% extends \"base.html\" %}\n{% block main %}\n<p>é {{ page.title | shout }}</p>{% endblock %}";
        let error = fails("home.html", source);
        assert_eq!((error.template.as_str(), error.line, error.column), ("home.html", 3, 22));
        assert_eq!(&source[error.span.clone()], "shout");
        assert_eq!(error.message, "Unknown filter `shout`");
        assert_eq!(fails("home.html", "{{ <unheard/> }}").message, "Unknown component `unheard`");
    }

    #[test]
    fn a_template_without_its_parent_says_which() {
        let error = fails("home.html", "{% extends \"bass.html\" %}");
        assert_eq!(error.template, "home.html");
        assert!(error.message.contains("bass.html"), "{error}");
    }

    #[test]
    fn a_words_file_takes_what_it_lacks_from_english() {
        let source = super::ENGLISH
            .replace("search = \"Search\"", "search = \"Suche\"")
            .replace("\nskip = ", "\n# ");
        let templates =
            Templates::new(&[("words/de.toml".to_owned(), source)]).expect("it is whole");
        assert_eq!(templates.words("de-AT").get("search"), "Suche");
        assert_eq!(templates.words("de").get("skip"), "Skip to content");
        assert_eq!(templates.words("fr").get("search"), "Search");
        let error = fails("words/de.toml", "direction = \"ltr\"\nplural = \"klingon\"\n");
        assert_eq!((error.template.as_str(), error.line), ("words/de.toml", 2), "{error}");
    }
}
