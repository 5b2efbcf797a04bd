//! Remembering what a pure function returned.

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
    /// The result for `key`, made by `make` where it is not known yet.
    ///
    /// Two threads may make one result at once; both then hold the same one.
    pub fn get(&self, key: blake3::Hash, make: impl FnOnce() -> T) -> Arc<T> {
        if let Some(known) = self.lock().find(key) {
            return known;
        }
        self.misses.fetch_add(1, Ordering::Relaxed);
        let made = Arc::new(make());
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
        assert_eq!(*memo.get(key, || 1), 1);
        assert_eq!(*memo.get(key, || 2), 1);
        assert_eq!(memo.misses(), 1);
    }

    #[test]
    fn what_a_generation_does_not_ask_for_is_forgotten() {
        let memo = Memo::default();
        let (a, b) = (blake3::hash(b"a"), blake3::hash(b"b"));
        memo.get(a, || 1);
        memo.get(b, || 2);
        memo.next_generation();
        memo.get(a, || 3);
        memo.next_generation();
        assert_eq!(memo.len(), 1);
        assert_eq!(*memo.get(a, || 4), 1);
        assert_eq!(*memo.get(b, || 5), 5);
    }
}
