//! The rules of `check`: how bad a finding is, and what to do about it. Read from `policy/rules.toml`.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use serde::de::IntoDeserializer;
use serde::de::value::Error;
use serde::{Deserialize, Serialize};

use crate::config::SiteConfig;

/// A rule that a site can break; its text is a row of `rules.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    missing_docs,
    reason = "each rule is described in rules.toml, and a test asserts that it is"
)]
pub enum Rule {
    InvalidConfig,
    InvalidFrontMatter,
    UnclosedFrontMatter,
    UnknownField,
    InvalidDate,
    InvalidVocabulary,
    AmbiguousAlias,
    UnusedAlias,
    UnknownReference,
    EmptyDocument,
    BinaryFile,
    LegacyEncoding,
    UnreadableFile,
    OrphanSidecar,
    AddressTaken,
    BrokenLink,
    BrokenFragment,
    BrokenExternalLink,
    UnverifiedLink,
    InvalidTemplate,
    UnusedTemplate,
    UndatedDocument,
    UntitledDocument,
    NearDuplicate,
    UnpublishedName,
    SingleMention,
    OrphanDocument,
    LargeOutput,
    DraftSkipped,
    ThinDate,
    FrequentName,
}

impl Rule {
    /// The rule that is published as `name`.
    pub fn named(name: &str) -> Option<Rule> {
        Rule::deserialize(IntoDeserializer::<Error>::into_deserializer(name)).ok()
    }

    /// The published name: `broken-link`.
    pub fn name(self) -> &'static str {
        &self.text().name
    }

    /// What the table says of it.
    pub fn text(self) -> &'static RuleText {
        RULES.get(&self).expect("a test asserts that each rule has a row")
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What the table says of a rule.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleText {
    /// The published name: the key of its row.
    #[serde(skip)]
    pub name: String,
    /// How bad it is to break it, unless `site.toml` says otherwise.
    pub severity: Severity,
    /// What it means, in one sentence.
    pub meaning: String,
    /// What the maintainer can do.
    pub help: String,
    /// An example that breaks it.
    pub bad: String,
    /// The same, mended.
    pub good: String,
}

/// The table, as shipped.
pub static RULES: LazyLock<BTreeMap<Rule, RuleText>> = LazyLock::new(|| {
    let rows: BTreeMap<String, RuleText> =
        toml::from_str(include_str!("policy/rules.toml")).expect("rules.toml is read by a test");
    rows.into_iter()
        .map(|(name, text)| {
            let rule =
                Rule::named(&name).expect("each row of rules.toml is a rule, as a test asserts");
            (rule, RuleText { name, ..text })
        })
        .collect()
});

/// How bad it is to break `rule` on the site of `config`.
pub fn severity(rule: Rule, config: &SiteConfig) -> Severity {
    config.rules.get(&rule).copied().unwrap_or_else(|| rule.text().severity)
}

/// How bad a finding is, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Not shown.
    Allow,
    /// Worth knowing; shown by `check` and on the page about the collection.
    Note,
    /// Probably wrong; the exit code stays 0 unless `--strict`.
    Warning,
    /// Wrong; the exit code is 1.
    Error,
}

impl Severity {
    /// Every severity, the mildest first.
    pub const ALL: [Severity; 4] =
        [Severity::Allow, Severity::Note, Severity::Warning, Severity::Error];

    /// As it is written in `site.toml` and in reports: `warning`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Allow => "allow",
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The enum's own list, so that a rule without a row cannot be forgotten.
    fn rules_of_the_enum() -> Vec<String> {
        let source = include_str!("policy.rs");
        let body = source.split_once("pub enum Rule {").unwrap().1.split_once('}').unwrap().0;
        body.split(',').map(str::trim).filter(|it| !it.is_empty()).map(kebab).collect()
    }

    fn kebab(name: &str) -> String {
        let mut kebab = String::new();
        for c in name.chars() {
            if c.is_uppercase() && !kebab.is_empty() {
                kebab.push('-');
            }
            kebab.extend(c.to_lowercase());
        }
        kebab
    }

    #[test]
    fn every_rule_has_a_row_and_every_row_a_rule() {
        let mut rules = rules_of_the_enum();
        rules.sort();
        let mut rows: Vec<_> = RULES.values().map(|it| it.name.clone()).collect();
        rows.sort();
        assert_eq!(rules, rows);
    }

    #[test]
    fn every_row_says_something_that_can_be_read() {
        for text in RULES.values() {
            let name = &text.name;
            assert!(text.meaning.ends_with('.') && text.meaning.len() > 20, "{name}: meaning");
            assert!(text.help.len() > 10 && !text.help.ends_with('.'), "{name}: help");
            assert!(
                !text.bad.trim().is_empty() && !text.good.trim().is_empty(),
                "{name}: examples"
            );
            assert_ne!(text.bad, text.good, "{name}: the examples are the same");
        }
    }

    #[test]
    fn a_site_can_soften_a_rule() {
        let mut config = SiteConfig::default();
        assert_eq!(severity(Rule::BrokenLink, &config), Severity::Error);
        config.rules.insert(Rule::BrokenLink, Severity::Allow);
        assert_eq!(severity(Rule::BrokenLink, &config), Severity::Allow);
    }

    #[test]
    fn names_are_those_of_site_toml() {
        assert_eq!(Rule::named("broken-link"), Some(Rule::BrokenLink));
        assert_eq!(Rule::named("broken-lnik"), None);
        assert_eq!(Rule::UndatedDocument.to_string(), "undated-document");
    }
}
