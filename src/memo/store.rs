//! Large results to where the next build finds them.

use crate::memo::ledger::Key;

/// Where builds keep results that are too large for the ledger, each under a hash of all that it was made from.
pub trait Store: std::fmt::Debug + Send + Sync {
    /// What an earlier build kept, if it is whole.
    fn take(&self, key: &Key) -> Option<Vec<u8>>;
    /// Keeps `bytes` for the next build.
    fn keep(&self, key: &Key, bytes: &[u8]);
    /// Forgets what this build has neither taken nor kept.
    fn forget_others(&self);
}
