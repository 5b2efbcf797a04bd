//! The rules of `check`: how bad a finding is, and what to do about it. Read from `policy/rules.toml`.

use serde::{Deserialize, Serialize};

/// A rule that a site can break; its text is a row of `rules.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each rule is described in rules.toml, and a test asserts that it is")]
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
    InvalidTemplate,
    UnusedTemplate,
    UndatedDocument,
    UntitledDocument,
    InferredDate,
    InferredTitle,
    InferredIssuer,
    InferredKind,
    InferredSpeaker,
    SetApart,
    NearDuplicate,
    UnpublishedName,
    SingleMention,
    OrphanDocument,
    LargeOutput,
    DraftSkipped,
}

/// What the table says of a rule.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleText {
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
