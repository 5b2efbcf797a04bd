//! Site to findings about single documents that only the collection can tell.

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
    let entries = (0u32..).map(DocumentIndex).zip(&site.collection.documents).zip(&site.readings);
    let alone = entries.filter(move |((at, entry), _)| {
        let linked = !entry.backlinks.is_empty() || linking.contains(at);
        !linked && site.collection.related(*at).is_empty()
    });
    alone.filter(|_| site.readings.len() > 1).map(|(_, reading)| {
        about_all(
            reading,
            Rule::OrphanDocument,
            "shares no name, theme or link with any other document".to_owned(),
        )
    })
}
