//! Values to the same values of a later collation: those whose causes are the same are not made again.

use rayon::prelude::*;

/// Values in a fixed order, each with a hash of all that it was made from.
#[derive(Debug)]
pub(crate) struct Remembered<T>(Vec<(u64, T)>);

impl<T> Default for Remembered<T> {
    fn default() -> Self {
        Remembered(Vec::new())
    }
}

impl<T: Clone + Send + Sync> Remembered<T> {
    /// A value for each of `causes`: the known one if its cause is the same, else made of its place.
    ///
    /// Making has a scratch of its own in each thread.
    pub(crate) fn all<S>(
        &mut self,
        causes: Vec<u64>,
        scratch: impl Fn() -> S + Sync + Send,
        make: impl Fn(usize, &mut S) -> T + Sync + Send,
    ) -> Vec<T> {
        let known = std::mem::take(&mut self.0);
        let one = |from: &mut Option<S>, (at, cause): (usize, u64)| match known.get(at) {
            Some(known) if known.0 == cause => known.clone(),
            _ => (cause, make(at, from.get_or_insert_with(&scratch))),
        };
        self.0 = causes.into_par_iter().enumerate().map_init(|| None, one).collect();
        self.0.iter().map(|it| it.1.clone()).collect()
    }
}

/// A hash in which every bit of every number counts; it never leaves the memory of one run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cause(u64);

impl Cause {
    pub(crate) fn new() -> Self {
        Cause(0x9e37_79b9_7f4a_7c15)
    }

    /// The hash with one more number in it.
    #[must_use]
    pub(crate) fn and(self, number: u64) -> Self {
        let mixed = (self.0 ^ number).wrapping_mul(0xd6e8_feb8_6659_fd93);
        Cause((mixed ^ (mixed >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93).rotate_left(23))
    }

    /// The hash with these numbers in it, and how many they are.
    #[must_use]
    pub(crate) fn and_all(self, numbers: impl IntoIterator<Item = u64>) -> Self {
        let (hash, count) =
            numbers.into_iter().fold((self, 0), |(hash, count), it| (hash.and(it), count + 1));
        hash.and(count)
    }

    pub(crate) fn hash(self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
}
