//! Words that say why a name has its kind to one copy of them, however many names have it for the same reason.

use std::fmt;
use std::hash::{BuildHasher, BuildHasherDefault};
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use hashbrown::HashTable;
use rustc_hash::FxHasher;
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Why a name has its kind: `head noun "Committee"`. Takes no room of its own where there is nothing to say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reason(Option<Words>);

/// One word in memory, not two, for there is one in every name.
type Words = Arc<Box<str>>;

/// Those that are shared.
static SHARED: Mutex<HashTable<Words>> = Mutex::new(HashTable::new());

/// How many are shared: a stream of documents without end must not fill the memory.
const MOST: usize = 4096;

impl From<&str> for Reason {
    fn from(words: &str) -> Self {
        Reason((!words.is_empty()).then(|| shared(words)))
    }
}

fn shared(words: &str) -> Words {
    let hash = |it: &str| BuildHasherDefault::<FxHasher>::default().hash_one(it);
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = shared.find(hash(words), |it| ***it == *words) {
        return Arc::clone(known);
    }
    let new: Words = Arc::new(words.into());
    if shared.len() < MOST {
        shared.insert_unique(hash(words), Arc::clone(&new), |it| hash(it));
    }
    new
}

impl Deref for Reason {
    type Target = str;

    fn deref(&self) -> &str {
        self.0.as_ref().map_or("", |it| it)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self)
    }
}

impl<'de> Deserialize<'de> for Reason {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = Reason;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("words")
            }

            fn visit_str<E: Error>(self, words: &str) -> Result<Reason, E> {
                Ok(words.into())
            }
        }
        from.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::Reason;

    #[test]
    fn words_are_held_once_and_come_back_as_they_were() {
        let (one, other): (Reason, Reason) = ("honorific “Mr”".into(), "honorific “Mr”".into());
        assert_eq!(one.as_ptr(), other.as_ptr());
        let bytes = postcard::to_stdvec(&one).unwrap();
        assert_eq!(bytes, postcard::to_stdvec("honorific “Mr”").unwrap());
        let again: Reason = postcard::from_bytes(&bytes).unwrap();
        assert_eq!((&*again, again.as_ptr()), ("honorific “Mr”", one.as_ptr()));
        assert_eq!(&*Reason::default(), "");
        assert_eq!(Reason::from(""), Reason::default());
    }
}
