//! Sources to the keys under which their readings are remembered, each worked out once for as long as the source is the same.

use std::sync::{Arc, Mutex, PoisonError};

use blake3::Hash;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::pipeline::read::Source;

/// Keys of sources.
#[derive(Debug, Default)]
pub struct Keys(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    /// Whether nobody will ask again.
    is_last: bool,
    /// What else the keys were made from.
    ground: Vec<u8>,
    /// By where the text is in memory; it stays there for as long as it is held here.
    keys: FxHashMap<usize, (Source, Hash)>,
}

impl Keys {
    /// The key of each of `sources`. `make` makes one of a source and of `ground`, which is the same for all.
    pub fn of(
        &self,
        sources: &[Source],
        ground: Vec<u8>,
        make: impl Fn(&Source) -> Hash + Sync,
    ) -> Vec<Hash> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.is_last {
            return sources.par_iter().map(&make).collect();
        }
        // What is gone is forgotten now and then, not each time.
        if known.ground != ground || known.keys.len() > 2 * sources.len() {
            *known = Known { ground, ..Known::default() };
        }
        let find = |it: &Source| known.keys.get(&place(it)).filter(|known| same(&known.0, it));
        let keys: Vec<_> = sources.iter().map(|it| find(it).map(|it| it.1)).collect();
        let made: Vec<_> = (sources.par_iter().zip(keys))
            .map(|(source, key)| (key.is_some(), key.unwrap_or_else(|| make(source))))
            .collect();
        let new = sources.iter().zip(&made).filter(|it| !it.1.0);
        known.keys.extend(new.map(|(source, key)| (place(source), (source.clone(), key.1))));
        made.into_iter().map(|it| it.1).collect()
    }

    /// Says that nobody will ask for keys once more: nothing is remembered.
    pub fn never_again(&self) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *known = Known { is_last: true, ..Known::default() };
    }
}

fn place(source: &Source) -> usize {
    source.text.as_ptr().addr()
}

/// Whether two sources are one. A text that is in one place is one text, read from one file.
fn same(one: &Source, other: &Source) -> bool {
    Arc::ptr_eq(&one.text, &other.text)
        && (&one.id, &one.origin, &one.sidecar) == (&other.id, &other.origin, &other.sidecar)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::pipeline::read::OffsetMap;

    fn source(text: &Arc<str>) -> Source {
        let (id, text): (Arc<str>, _) = ("a.txt".into(), Arc::clone(text));
        Source { file: Arc::clone(&id), id, text, origin: OffsetMap::default(), sidecar: None }
    }

    #[test]
    fn a_key_is_made_again_if_anything_it_follows_from_is_another() {
        let (keys, made) = (Keys::default(), AtomicUsize::new(0));
        let last = Cell::new(0);
        let times = |source: &Source, ground: &str| {
            let make = |it: &Source| {
                made.fetch_add(1, Ordering::Relaxed);
                blake3::hash(it.text.as_bytes())
            };
            let key = keys.of(std::slice::from_ref(source), ground.into(), make);
            assert_eq!(key, [blake3::hash(source.text.as_bytes())]);
            made.load(Ordering::Relaxed) - last.replace(made.load(Ordering::Relaxed))
        };
        let text: Arc<str> = "one".into();
        let first = source(&text);
        assert_eq!((times(&first, "en"), times(&first.clone(), "en")), (1, 0));
        assert_eq!((times(&first, "de"), times(&first, "de")), (1, 0));
        let noted = Source { sidecar: Some(("a.yaml".into(), "title: A".into())), ..first.clone() };
        assert_eq!((times(&noted, "de"), times(&noted, "de")), (1, 0));
        assert_eq!(times(&Source { id: "b.txt".into(), ..noted }, "de"), 1);
        assert_eq!(times(&source(&"two".into()), "de"), 1);
    }
}
