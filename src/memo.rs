//! Remembering what a pure function returned, in memory and in packs on disk.

pub mod bytes;
pub mod keys;
pub mod ledger;
pub mod pack;
pub mod stages;
pub mod store;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;

/// Results by the hash of all that they were made from. What a whole generation did not ask for is forgotten.
#[derive(Debug)]
pub struct Memo<T> {
    results: Mutex<Results<T>>,
    misses: AtomicUsize,
}

/// What is remembered.
#[derive(Debug)]
struct Results<T> {
    by_key: FxHashMap<blake3::Hash, (Arc<T>, u32)>,
    generation: u32,
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        let results = Results { by_key: FxHashMap::default(), generation: 0 };
        Memo { results: Mutex::new(results), misses: AtomicUsize::new(0) }
    }
}

impl<T> Memo<T> {
    /// The result for `key`: known, recalled from elsewhere, or made.
    ///
    /// Two threads may make one result at once; both then hold the same one.
    pub fn get(
        &self,
        key: blake3::Hash,
        recall: impl FnOnce() -> Option<T>,
        make: impl FnOnce() -> T,
    ) -> Arc<T> {
        if let Some(known) = self.lock().find(key) {
            return known;
        }
        let result = recall().unwrap_or_else(|| {
            self.misses.fetch_add(1, Ordering::Relaxed);
            make()
        });
        self.put(key, result)
    }

    /// Takes in the result for `key`, unless there is one.
    pub fn put(&self, key: blake3::Hash, result: T) -> Arc<T> {
        let made = Arc::new(result);
        let mut results = self.lock();
        let generation = results.generation;
        Arc::clone(&results.by_key.entry(key).or_insert((made, generation)).0)
    }

    /// Begins a generation, a build say: forgets what the one before did not ask for.
    pub fn next_generation(&self) {
        let mut results = self.lock();
        let last = results.generation;
        results.by_key.retain(|_, it| it.1 == last);
        results.generation = last.wrapping_add(1);
    }

    /// Everything that is remembered, by key.
    pub fn all(&self) -> Vec<(blake3::Hash, Arc<T>)> {
        let results = self.lock();
        let mut all: Vec<_> =
            results.by_key.iter().map(|it| (*it.0, Arc::clone(&it.1.0))).collect();
        all.sort_unstable_by(|a, b| a.0.as_bytes().cmp(b.0.as_bytes()));
        all
    }

    /// How often a result had to be made.
    pub fn misses(&self) -> usize {
        self.misses.load(Ordering::Relaxed)
    }

    /// How many results are remembered.
    pub fn len(&self) -> usize {
        self.lock().by_key.len()
    }

    /// Whether nothing is remembered.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn lock(&self) -> MutexGuard<'_, Results<T>> {
        self.results.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Results<T> {
    fn find(&mut self, key: blake3::Hash) -> Option<Arc<T>> {
        let generation = self.generation;
        let known = self.by_key.get_mut(&key)?;
        known.1 = generation;
        Some(Arc::clone(&known.0))
    }
}

#[cfg(test)]
mod tests {
    use super::Memo;

    #[test]
    fn a_result_is_made_once() {
        let memo = Memo::default();
        let key = blake3::hash(b"a");
        assert_eq!(*memo.get(key, || None, || 1), 1);
        assert_eq!(*memo.get(key, || None, || 2), 1);
        assert_eq!(memo.misses(), 1);
    }

    #[test]
    fn what_is_recalled_is_not_made() {
        let memo = Memo::default();
        let key = blake3::hash(b"a");
        assert_eq!(*memo.get(key, || Some(1), || 2), 1);
        assert_eq!(*memo.get(key, || None, || 3), 1);
        assert_eq!(memo.misses(), 0);
    }

    #[test]
    fn what_a_generation_does_not_ask_for_is_forgotten() {
        let memo = Memo::default();
        let (a, b) = (blake3::hash(b"a"), blake3::hash(b"b"));
        memo.get(a, || None, || 1);
        memo.get(b, || None, || 2);
        memo.next_generation();
        memo.get(a, || None, || 3);
        memo.next_generation();
        assert_eq!(memo.len(), 1);
        assert_eq!(*memo.get(a, || None, || 4), 1);
        assert_eq!(*memo.get(b, || None, || 5), 5);
    }
}
