//! Site to findings that need the whole collection: what no single document can know of itself.

pub mod sketch;
mod duplicates;
pub mod names;
mod documents;
mod entries;
pub mod output;
pub mod templates;

use std::ops::Range;

use crate::diagnostic::{Diagnostic, FileName};
use crate::pipeline::{Reading, Site};
use crate::policy::Rule;

/// A file that the maintainer wrote by hand: its name and its text.
pub type HandWritten<'a> = (&'a FileName, &'a str);

/// Everything that is doubtful about the collection as a whole. `entities` is the site's own vocabulary, if it has one.
pub fn inspect(site: &Site, entities: Option<HandWritten<'_>>) -> Vec<Diagnostic> {
    let of_texts = || {
        let repeated = duplicates::duplicates(&site.readings, &site.sketches);
        repeated.into_iter().chain(names::unpublished(site)).collect::<Vec<_>>()
    };
    let of_the_rest = || {
        let single = documents::thin_dates(site).chain(documents::orphans(site));
        let mut findings: Vec<_> = single.chain(entries::single_mentions(site)).collect();
        if let Some(file) = entities {
            findings.extend(entries::unused(site, file));
            findings.extend(entries::ambiguous(site, file));
        }
        findings
    };
    let (mut findings, rest) = rayon::join(of_texts, of_the_rest);
    findings.extend(rest);
    findings
}

/// A finding about `span` of a document's text.
fn about(reading: &Reading, rule: Rule, span: Range<usize>, message: String) -> Diagnostic {
    let document = &reading.document;
    Diagnostic::new(rule, &document.file, document.origin.span(span), message)
}

/// A finding about a document as a whole.
fn about_all(reading: &Reading, rule: Rule, message: String) -> Diagnostic {
    Diagnostic::new(rule, &reading.document.file, 0..0, message)
}

#[cfg(test)]
mod tests;
