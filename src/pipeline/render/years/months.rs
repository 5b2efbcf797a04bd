//! A year's documents by month.

use std::collections::BTreeMap;

use crate::pipeline::collate::{DocumentIndex, Year};
use crate::pipeline::render::bars::{self, Bar};
use crate::pipeline::render::edition::DOCUMENTS;
use crate::pipeline::render::html::Html;
use crate::pipeline::render::page::Page;
use crate::pipeline::render::standpoint::{DocumentGroup, Standpoint};

fn month(from: &Standpoint<'_>, document: DocumentIndex) -> u8 {
    from.edition.date(document).and_then(|it| it.month).unwrap_or(0)
}

/// Documents by month; those without a month come first, as the collection sorts them.
pub(super) fn months(from: &Standpoint<'_>, documents: &[DocumentIndex]) -> Vec<DocumentGroup> {
    let mut months: BTreeMap<u8, Vec<DocumentIndex>> = BTreeMap::new();
    for document in documents {
        months.entry(month(from, *document)).or_default().push(*document);
    }
    let group = |(month, documents): (u8, Vec<DocumentIndex>)| DocumentGroup {
        id: format!("m{month}"),
        title: match month {
            0 => from.words().get("month_unknown").to_owned(),
            month => from.words().month(month).to_owned(),
        },
        href: String::new(),
        documents: documents.into_iter().map(|it| from.item(it)).collect(),
    };
    months.into_iter().map(group).collect()
}

pub(super) fn chart(from: &Standpoint<'_>, it: &Year) -> Html {
    let words = from.words();
    let mut first: [Option<usize>; 13] = [None; 13];
    let mut counts = [0_usize; 13];
    for (at, document) in it.documents.iter().enumerate() {
        let month = usize::from(month(from, *document));
        first[month].get_or_insert(at);
        counts[month] += 1;
    }
    if it.documents.len() < 4 || counts[0] == it.documents.len() {
        return Html::default();
    }
    let bar = |month: usize| {
        let page = first[month].map(|at| Page::Year(it.year, (at / DOCUMENTS) as u32));
        Bar {
            label: words.months_short[month - 1].clone(),
            count: counts[month],
            // Who speaks to a computer says what is seen, so the name begins with the label.
            title: format!(
                "{}: {}",
                words.months_short[month - 1],
                words.count("documents", counts[month])
            ),
            href: page
                .map(|it| from.to_place(&(from.edition.address(&it), format!("m{month}"))))
                .unwrap_or_default(),
        }
    };
    bars::chart(&(1..13).map(bar).collect::<Vec<_>>(), words.get("documents_by_month"))
}
