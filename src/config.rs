//! `site.toml` to the site's configuration.

mod fields;
mod values;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::config::fields::Fields;
use crate::diagnostic::{FileName, Outcome};
use crate::policy::{Rule, Severity};

/// What a site may say of itself in `site.toml`. Every key is optional; Zola's names where Zola has one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SiteConfig {
    /// Where the site will stand, with a slash at its end, for feeds, sitemap and canonical links: `https://user.github.io/repo/`.
    pub base_url: String,
    /// The name of the site.
    pub title: String,
    /// What the collection is, in a sentence or two.
    pub description: String,
    /// The language of pages and of documents that do not say theirs.
    pub default_language: String,
    /// Who answers for the site; feeds name it as their author.
    pub author: String,
    /// The licence of what the site publishes, as an SPDX name or a URL.
    pub license: String,
    /// The repository, for links that report a wrong tag: `https://github.com/user/repo`.
    pub repository: String,
    /// The host name for GitHub Pages' `CNAME`.
    pub cname: String,
    /// The folder of documents, relative to the site's.
    pub seeds: String,
    /// The folder that is written.
    pub output_dir: String,
    /// The typeface of the documents: `serif` (shipped) or `none` (the reader's own).
    pub font: Font,
    /// How many entries a feed has.
    pub feed_limit: usize,
    /// How bad each finding is, by rule: `undated-document = "error"`.
    pub rules: BTreeMap<Rule, Severity>,
    /// For your own templates.
    pub extra: BTreeMap<String, serde_json::Value>,
    /// Files of `static/` that stand in the place of the theme's; read beside `site.toml`, not from it.
    #[serde(skip)]
    pub theme_files: BTreeMap<String, Vec<u8>>,
}

/// The typeface of the documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Font {
    /// The shipped serif.
    Serif,
    /// The reader's own; nothing is loaded.
    None,
}

impl Default for SiteConfig {
    fn default() -> Self {
        SiteConfig {
            base_url: "http://localhost/".to_owned(),
            title: "Collection".to_owned(),
            description: String::new(),
            default_language: "en".to_owned(),
            author: String::new(),
            license: String::new(),
            repository: String::new(),
            cname: String::new(),
            seeds: "seeds".to_owned(),
            output_dir: "public".to_owned(),
            font: Font::Serif,
            feed_limit: 50,
            rules: BTreeMap::new(),
            extra: BTreeMap::new(),
            theme_files: BTreeMap::new(),
        }
    }
}

impl SiteConfig {
    /// The keys of `site.toml`, in the order in which `init` explains them.
    pub const KEYS: [&str; 14] = [
        "base_url",
        "title",
        "description",
        "default_language",
        "author",
        "license",
        "repository",
        "cname",
        "seeds",
        "output_dir",
        "font",
        "feed_limit",
        "rules",
        "extra",
    ];
}

/// Reads `site.toml`. What is wrong in it is found and left at its default; all else is taken.
pub fn parse(file: &FileName, text: &str) -> Outcome<SiteConfig> {
    let mut config = SiteConfig::default();
    let mut fields = Fields::of(file, text);
    for key in SiteConfig::KEYS {
        take(&mut config, &mut fields, key);
    }
    fields.refuse_the_rest(&SiteConfig::KEYS);
    fields.refuse_equal_folders(&mut config);
    Outcome { value: config, diagnostics: fields.finish() }
}

/// An address as `base_url` takes it, with the slash at its end; nothing if it is none.
pub fn base_url(text: &str) -> Option<String> {
    // What JSON quotes, TOML reads.
    let line = format!("base_url = {}", serde_json::Value::from(text));
    let outcome = parse(&"".into(), &line);
    outcome.diagnostics.is_empty().then_some(outcome.value.base_url)
}

/// Takes over one key, if it is there and is what it should be.
fn take(config: &mut SiteConfig, fields: &mut Fields<'_>, key: &str) {
    match key {
        "base_url" => set(&mut config.base_url, fields.base_url(key)),
        "title" => set(&mut config.title, fields.string(key)),
        "description" => set(&mut config.description, fields.string(key)),
        "default_language" => set(&mut config.default_language, fields.language(key)),
        "author" => set(&mut config.author, fields.string(key)),
        "license" => set(&mut config.license, fields.string(key)),
        "repository" => set(&mut config.repository, fields.url(key)),
        "cname" => set(&mut config.cname, fields.host(key)),
        "seeds" => set(&mut config.seeds, fields.folder(key)),
        "output_dir" => set(&mut config.output_dir, fields.folder(key)),
        "font" => set(&mut config.font, fields.font(key)),
        "feed_limit" => set(&mut config.feed_limit, fields.positive(key)),
        "rules" => config.rules = fields.rules(key),
        "extra" => config.extra = fields.extra(key),
        _ => unreachable!("every one of KEYS has an arm"),
    }
}

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

#[cfg(test)]
mod tests;
