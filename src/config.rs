//! `site.toml` to the site's configuration.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::policy::{Rule, Severity};

/// What a site may say of itself in `site.toml`. Every key is optional; Zola's names where Zola has one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SiteConfig {
    /// Where the site will stand, for feeds, sitemap and canonical links: `https://user.github.io/repo/`.
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
        }
    }
}
