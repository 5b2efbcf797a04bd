//! The stages of a build, in order.
//!
//! Dear stages see one document and run in parallel: `parse`, `describe`, `annotate`, `render`. The stage that sees the whole
//! collection, `collate`, is cheap and sees [`annotate::Outline`]s only.

pub mod read;
pub mod parse;
pub mod words;
pub mod calendar;
pub mod describe;
pub mod annotate;
pub mod collate;
pub mod inspect;
pub mod render;
pub mod search;
pub mod export;
pub mod write;

use std::sync::Arc;

use crate::config::SiteConfig;
use crate::diagnostic::Diagnostic;
use crate::policy::Severity;
use crate::vocabulary::Vocabulary;

/// All that one document yields.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Reading {
    /// Its text and structure.
    pub document: parse::Document,
    /// What it is.
    pub description: describe::Description,
    /// What is found in it.
    pub annotations: annotate::Annotations,
}

/// Everything that pages and datasets are made from.
#[derive(Debug)]
pub struct Site {
    /// What the site says of itself.
    pub config: SiteConfig,
    /// What was known before.
    pub vocabulary: Arc<Vocabulary>,
    /// The published documents, in the order of source paths.
    pub readings: Vec<Arc<Reading>>,
    /// What is known only of all of them together.
    pub collection: collate::Collection,
    /// Every finding with its severity, sorted; those allowed are left out.
    pub findings: Vec<(Severity, Diagnostic)>,
}
