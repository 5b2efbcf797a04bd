//! Site to findings about single documents that only the collection can tell.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::diagnostic::Diagnostic;
use crate::pipeline::Site;
use crate::pipeline::collate::DocumentIndex;
use crate::pipeline::describe::THIN_DATE_RULES;
use crate::pipeline::inspect::{about, about_all};
use crate::policy::Rule;

/// Dates that rest on thin evidence.
pub(super) fn thin_dates(site: &Site) -> impl Iterator<Item = Diagnostic> {
    site.readings.iter().filter_map(|reading| {
        let date =
            reading.description.date.as_ref().filter(|it| THIN_DATE_RULES.contains(&&*it.rule))?;
        let message = format!("its date {} rests on thin evidence: {}", date.value, date.evidence);
        Some(match date.span {
            Some((start, end)) => {
                about(reading, Rule::ThinDate, start as usize..end as usize, message)
            }
            None => about_all(reading, Rule::ThinDate, message),
        })
    })
}

/// Documents that share nothing with any other, where there are others.
pub(super) fn orphans(site: &Site) -> impl Iterator<Item = Diagnostic> {
    let linking: FxHashSet<DocumentIndex> =
        site.collection.documents.iter().flat_map(|it| &it.backlinks).copied().collect();
    let entries = site.collection.documents.par_iter().zip(&site.readings).enumerate();
    let alone = entries.filter(|(at, (entry, _))| {
        let at = DocumentIndex(*at as u32);
        let linked = !entry.backlinks.is_empty() || linking.contains(&at);
        !linked && site.collection.related(at).is_empty()
    });
    let alone: Vec<_> = alone.map(|it| it.1.1).collect();
    alone.into_iter().filter(|_| site.readings.len() > 1).map(|reading| {
        about_all(
            reading,
            Rule::OrphanDocument,
            "shares no name, theme or link with any other document".to_owned(),
        )
    })
}
