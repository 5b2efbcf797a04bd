//! Keys and values of `site.toml` to what they mean, each with a finding where it means nothing.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::config::values::{json, shown, what};
use crate::config::{Font, SiteConfig};
use crate::diagnostic::{Diagnostic, FileName, did_you_mean};
use crate::policy::{RULES, Rule, Severity};

/// What is not yet taken of a `site.toml`, and what was found on the way.
pub(super) struct Fields<'a> {
    file: &'a FileName,
    table: DeTable<'a>,
    taken: BTreeMap<String, Range<usize>>,
    findings: Vec<Diagnostic>,
}

type Value<'a> = (Range<usize>, DeValue<'a>);

impl<'a> Fields<'a> {
    /// Reads the syntax; what cannot be read is a finding, the lines around it are kept.
    pub(super) fn of(file: &'a FileName, text: &'a str) -> Self {
        let (table, errors) = DeTable::parse_recoverable(text);
        let table = table.into_inner();
        let mut fields = Fields { file, table, taken: BTreeMap::new(), findings: Vec::new() };
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            fields.find(&span, format!("this is not TOML: {}", error.message().trim()), "");
        }
        fields
    }

    /// The findings, in the order of the file.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        self.findings.sort_by(|a, b| a.order().cmp(&b.order()));
        self.findings
    }

    fn find(&mut self, span: &Range<usize>, message: impl Into<String>, help: &str) {
        let finding = Diagnostic::new(Rule::InvalidConfig, self.file, span.clone(), message);
        self.findings.push(if help.is_empty() { finding } else { finding.with_help(help) });
    }

    fn value(&mut self, key: &str) -> Option<Value<'a>> {
        let (_, value) = self.table.remove_entry(key)?;
        let span = value.span();
        self.taken.insert(key.to_owned(), span.clone());
        Some((span, value.into_inner()))
    }

    fn wrong_type(&mut self, key: &str, (span, value): &Value<'_>, expected: &str) {
        let message = format!("`{key}` should be {expected}, not {}", what(value));
        self.find(span, message, "");
    }

    fn text(&mut self, key: &str) -> Option<(Range<usize>, String)> {
        let value = self.value(key)?;
        if let (span, DeValue::String(text)) = value {
            return Some((span, text.into_owned()));
        }
        self.wrong_type(key, &value, "text in quotes");
        None
    }

    /// Text of any sort.
    pub(super) fn string(&mut self, key: &str) -> Option<String> {
        self.text(key).map(|it| it.1)
    }

    /// Where the site will stand, with the slash at its end.
    pub(super) fn base_url(&mut self, key: &str) -> Option<String> {
        let mut url = self.url(key)?;
        if let Some(at) = url.find(['?', '#']) {
            let span = self.taken[key].clone();
            self.find(
                &span,
                "`base_url` has a query or fragment",
                &format!("write `{}`", &url[..at]),
            );
            url.truncate(at);
        }
        if !url.ends_with('/') {
            url.push('/');
        }
        Some(url)
    }

    /// An address on the web.
    pub(super) fn url(&mut self, key: &str) -> Option<String> {
        let (span, url) = self.text(key)?;
        let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        if rest.is_some_and(|it| host_of(it).is_some()) || (url.is_empty() && key != "base_url") {
            return Some(url);
        }
        let help = match host_of(&url).filter(|it| rest.is_none() && it.contains('.')) {
            Some(_) => format!("write `https://{url}`"),
            None => "write the whole address, like `https://user.github.io/repository/`".to_owned(),
        };
        self.find(&span, format!("`{key}` is no address on the web: \"{url}\""), &help);
        None
    }

    /// A host name alone.
    pub(super) fn host(&mut self, key: &str) -> Option<String> {
        let (span, text) = self.text(key)?;
        let rest = text.split_once("://").map_or(text.as_str(), |it| it.1);
        let host = rest.split('/').next().unwrap_or_default();
        if text == host && (host.is_empty() || host_of(host).is_some()) {
            return Some(text);
        }
        let help = host_of(host).map_or(String::new(), |it| format!("write `{it}`"));
        self.find(&span, format!("`{key}` is no host name: \"{text}\""), &help);
        None
    }

    /// A language tag, as far as its form can tell.
    pub(super) fn language(&mut self, key: &str) -> Option<String> {
        let (span, tag) = self.text(key)?;
        let mut parts = tag.split('-');
        let primary = parts.next().unwrap_or_default();
        let letters = primary.bytes().all(|it| it.is_ascii_alphabetic());
        let mut rest = parts
            .map(|it| (1..=8).contains(&it.len()) && it.bytes().all(|b| b.is_ascii_alphanumeric()));
        if letters && (2..=3).contains(&primary.len()) && rest.all(|it| it) {
            return Some(tag);
        }
        let help = "write a code like `en`, `fr` or `pt-BR`";
        self.find(&span, format!("`{key}` is no language tag: \"{tag}\""), help);
        None
    }

    /// A folder below the site's.
    pub(super) fn folder(&mut self, key: &str) -> Option<String> {
        let (span, text) = self.text(key)?;
        let folder = text.trim_end_matches('/');
        if !folder.is_empty() && folder != "." {
            return Some(folder.to_owned());
        }
        self.find(&span, format!("`{key}` should name a folder below the site's own"), "");
        None
    }

    /// One of the typefaces.
    pub(super) fn font(&mut self, key: &str) -> Option<Font> {
        let (span, text) = self.text(key)?;
        match text.as_str() {
            "serif" => Some(Font::Serif),
            "none" => Some(Font::None),
            _ => {
                let message = format!("`{key}` should be \"serif\" or \"none\", not \"{text}\"");
                self.find(&span, message, &meant(&text, ["serif", "none"]));
                None
            }
        }
    }

    /// A whole number from 1.
    pub(super) fn positive(&mut self, key: &str) -> Option<usize> {
        let value = self.value(key)?;
        if let DeValue::Integer(number) = &value.1
            && let Ok(number) = usize::from_str_radix(number.as_str(), number.radix())
            && number > 0
        {
            return Some(number);
        }
        self.wrong_type(key, &value, "a whole number from 1");
        None
    }

    fn subtable(&mut self, key: &str) -> Option<DeTable<'a>> {
        let value = self.value(key)?;
        if let DeValue::Table(table) = value.1 {
            return Some(table);
        }
        self.wrong_type(key, &value, &format!("a table: a line `[{key}]` with keys below it"));
        None
    }

    /// How bad each finding is.
    pub(super) fn rules(&mut self, key: &str) -> BTreeMap<Rule, Severity> {
        let table = self.subtable(key).unwrap_or_default();
        table.into_iter().filter_map(|(name, value)| self.rule(&name, &value)).collect()
    }

    fn rule(
        &mut self,
        name: &Spanned<std::borrow::Cow<'_, str>>,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<(Rule, Severity)> {
        let Some(rule) = Rule::named(name.get_ref()) else {
            let help = similar_rule(name.get_ref());
            self.find(&name.span(), format!("there is no rule `{}`", name.get_ref()), &help);
            return None;
        };
        let written = value.get_ref().as_str().unwrap_or_default();
        let severity = Severity::ALL.into_iter().find(|it| it.name() == written);
        if severity.is_none() {
            let message = format!(
                "a severity is \"error\", \"warning\", \"note\" or \"allow\", not {}",
                shown(value.get_ref())
            );
            self.find(&value.span(), message, &meant(written, Severity::ALL.map(Severity::name)));
        }
        severity.map(|it| (rule, it))
    }

    /// The site's own values, for its templates.
    pub(super) fn extra(&mut self, key: &str) -> BTreeMap<String, serde_json::Value> {
        let table = self.subtable(key).unwrap_or_default();
        table
            .into_iter()
            .map(|(name, value)| (name.into_inner().into_owned(), json(value.into_inner())))
            .collect()
    }

    /// Finds every key that nothing has taken.
    pub(super) fn refuse_the_rest(&mut self, known: &[&'static str]) {
        for (name, _) in std::mem::take(&mut self.table) {
            let key = name.get_ref();
            let help = meant_or(
                key,
                known.iter().copied(),
                &format!("keys of your own go below a line `[extra]`{}", zola(key)),
            );
            self.find(&name.span(), format!("unknown key `{key}`"), &help);
        }
    }

    /// Documents must not stand where the site is written.
    pub(super) fn refuse_equal_folders(&mut self, config: &mut SiteConfig) {
        if config.seeds == config.output_dir {
            let span =
                self.taken.get("output_dir").or(self.taken.get("seeds")).cloned().unwrap_or(0..0);
            self.find(
                &span,
                "`seeds` and `output_dir` are the same folder",
                "give the site a folder of its own",
            );
            config.output_dir = SiteConfig::default().output_dir;
        }
    }
}

/// What to say of keys that users of Zola bring along.
fn zola(key: &str) -> &'static str {
    match key {
        "generate_feeds" | "generate_feed" | "feed_filenames" => "; feeds are always made",
        "build_search_index" | "search" => "; the search index is always made",
        "taxonomies" => "; names and themes are found in the documents",
        "compile_sass" | "minify_html" | "theme" | "markdown" | "languages" => {
            "; Zola's key has no counterpart here"
        }
        _ => "",
    }
}

/// The host at the head of an address without scheme, if it can be one.
fn host_of(rest: &str) -> Option<&str> {
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']' | '_');
    (!host.is_empty() && host.chars().all(fits) && !host.starts_with(['.', '-'])).then_some(host)
}

/// The rule that was meant: the one whose name has the word in it, or the nearest.
fn similar_rule(written: &str) -> String {
    let known = || RULES.values().map(|it| it.name.as_str());
    match known().find(|it| written.len() > 3 && it.contains(written)) {
        Some(name) => format!("did you mean `{name}`?"),
        None => {
            meant_or(written, known(), "findings name their rule: `seedbed check --format short`")
        }
    }
}

fn meant<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    meant_or(written, known, "")
}

fn meant_or<'k>(
    written: &str,
    known: impl IntoIterator<Item = &'k str>,
    otherwise: &str,
) -> String {
    match did_you_mean(written, known) {
        Some(name) => format!("did you mean `{name}`?"),
        None => otherwise.to_owned(),
    }
}
