//! What tests read a document with: a source without a history, and a site that knows nothing.

use std::sync::Arc;

use crate::config::SiteConfig;
use crate::pipeline::read::{OffsetMap, Source};
use crate::pipeline::{Drafts, Inputs};
use crate::vocabulary::Vocabulary;

/// A file of this name and text.
pub(crate) fn source(id: &str, text: &str) -> Source {
    let (id, text): (Arc<str>, _) = (id.into(), text.into());
    Source { file: Arc::clone(&id), id, text, origin: OffsetMap::default(), sidecar: None }
}

/// A site with the built-in lists and no documents.
pub(crate) fn inputs() -> Inputs {
    Inputs {
        config: SiteConfig::default(),
        vocabulary: Arc::new(Vocabulary::new(Vec::new(), Vec::new())),
        sources: Vec::new(),
        assets: Vec::new(),
        drafts: Drafts::Publish,
        diagnostics: Vec::new(),
    }
}
