//! What one document yields to the bytes that a pack holds of it, and back. Text without markup is that of its source, which is read
//! anyway: it is not packed.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::pipeline::Read;
use crate::pipeline::read::Source;

/// A reading beside its text, if that is not the one of its source.
#[derive(Serialize, Deserialize)]
struct Packed<'a, R> {
    /// Comes first, since what is first in it can be asked for alone.
    read: R,
    text: Option<&'a str>,
}

impl Read {
    /// The bytes of all that it is.
    pub fn packed(&self) -> Vec<u8> {
        let text = (!self.is_verbatim).then_some(&*self.reading.document.text);
        postcard::to_stdvec(&Packed { read: self, text }).expect("a reading is plain data")
    }

    /// What `source` yields, from the bytes of that.
    pub(super) fn unpacked(bytes: &[u8], source: &Source) -> Option<Read> {
        let Packed { mut read, text } = postcard::from_bytes::<Packed<'_, Read>>(bytes).ok()?;
        if read.is_verbatim == text.is_some() {
            return None;
        }
        let text = text.map_or_else(|| Arc::clone(&source.text), Arc::from);
        Arc::get_mut(&mut read.reading)?.document.text = text;
        Some(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::bare::{inputs, source};
    use crate::pipeline::reading;

    #[test]
    fn what_was_packed_comes_back_and_only_a_text_of_its_own_takes_room() {
        for (id, is_verbatim) in [("a.txt", true), ("a.md", false)] {
            let source = source(id, "A note\n\nIt *rained* in Oslo on 4 May 2019.");
            let read = reading(&source, &inputs());
            assert_eq!(read.is_verbatim, is_verbatim);
            let bytes = read.packed();
            assert_eq!(bytes.windows(8).any(|it| it == b"in Oslo "), !is_verbatim);
            assert_eq!(Read::unpacked(&bytes, &source), Some(read));
            assert_eq!(Read::unpacked(&bytes[1..], &source), None);
        }
    }
}
