//! Themes of documents to themes with their documents.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::pipeline::collate::outline::Outline;
use crate::pipeline::collate::{Collection, DocumentIndex, EntityIndex, ThemeListing};
use crate::vocabulary::{ThemeId, Vocabulary};

/// How many entities a theme lists as typical.
const TYPICAL: usize = 12;
/// How many documents of a theme, the strongest, are asked for entities.
const ASKED: usize = 2000;
/// How many entities of each of them.
const NAMED: usize = 24;

/// Lists every theme that a document has.
pub(crate) fn themes(
    collection: &mut Collection,
    outlines: &[Arc<Outline>],
    vocabulary: &Vocabulary,
) {
    let mut of_theme: Vec<Vec<Scored>> = vec![Vec::new(); vocabulary.themes.len()];
    for (document, outline) in (0u32..).zip(outlines) {
        for (place, it) in (0u32..).zip(&outline.themes) {
            let scored = Scored { core: it.core, score: it.score, document, place };
            of_theme[usize::from(it.theme.0)].push(scored);
        }
    }
    let found = (0u16..).map(ThemeId).zip(of_theme).filter(|it| !it.1.is_empty());
    let found = found.collect::<Vec<_>>().into_par_iter();
    let mut listings: Vec<_> = found.map(|it| listing(it.0, it.1)).collect();
    listings.sort_by(|a, b| vocabulary.theme(a.theme).id.cmp(&vocabulary.theme(b.theme).id));
    let places: FxHashMap<ThemeId, u32> =
        listings.iter().zip(0u32..).map(|(it, at)| (it.theme, at)).collect();
    for (entry, outline) in collection.documents.iter_mut().zip(outlines) {
        let scores = outline.themes.iter().zip(0u32..);
        entry.themes = scores.map(|(it, place)| (places[&it.theme], place)).collect();
    }
    collection.themes = listings;
}

/// A document of a theme.
#[derive(Debug, Clone, Copy)]
struct Scored {
    core: bool,
    score: f32,
    document: u32,
    /// The place of the theme in the document's own list.
    place: u32,
}

fn listing(theme: ThemeId, mut documents: Vec<Scored>) -> ThemeListing {
    documents.sort_unstable_by(|a, b| {
        let (core, score) = (b.core.cmp(&a.core), b.score.total_cmp(&a.score));
        core.then(score).then(a.document.cmp(&b.document)).then(a.place.cmp(&b.place))
    });
    let place = |it: &Scored| (DocumentIndex(it.document), it.place);
    let documents = documents.iter().map(place).collect();
    ThemeListing { theme, documents, typical: OnceLock::new() }
}

impl Collection {
    /// The entities most typical of a theme's documents, with the number of these that name them: counted when the first asks.
    pub fn typical(&self, theme: u32) -> &[(EntityIndex, u32)] {
        let listing = &self.themes[theme as usize];
        listing.typical.get_or_init(|| typical(&listing.documents, self))
    }
}

/// Entities that these documents name oftener than others do.
fn typical(documents: &[(DocumentIndex, u32)], collection: &Collection) -> Vec<(EntityIndex, u32)> {
    let mut counts = vec![0u32; collection.entities.len()];
    let mut touched: Vec<EntityIndex> = Vec::new();
    for (document, _) in &documents[..documents.len().min(ASKED)] {
        let named = collection.documents[document.0 as usize].named.iter().take(NAMED);
        for (entity, _) in named {
            let count = &mut counts[entity.0 as usize];
            if *count == 0 {
                touched.push(*entity);
            }
            *count += 1;
        }
    }
    let all = collection.documents.len() as f32;
    let weigh = |entity: EntityIndex| {
        let everywhere = collection.entities[entity.0 as usize].places.len() as f32;
        let times = std::mem::take(&mut counts[entity.0 as usize]);
        (times as f32 * (1.0 + all / everywhere.max(1.0)).ln(), entity, times)
    };
    let mut found: Vec<_> = touched.into_iter().map(weigh).collect();
    found.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found.truncate(TYPICAL);
    found.into_iter().map(|(_, entity, times)| (entity, times)).collect()
}
