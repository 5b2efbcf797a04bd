//! Mentions of one thing to its places: the documents that name it, each with its mentions, in two lists for all of them.

use crate::pipeline::collate::DocumentIndex;

/// Where something is named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// The documents, in their order, each with how many mentions there are up to its last.
    documents: Box<[(DocumentIndex, u32)]>,
    /// Indexes into the documents' annotations.
    mentions: Box<[u16]>,
}

impl Places {
    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// Whether it is named nowhere.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// Whether a document names it.
    pub fn has(&self, document: DocumentIndex) -> bool {
        self.documents.binary_search_by_key(&document, |it| it.0).is_ok()
    }

    /// The documents, in their order.
    pub fn documents(&self) -> impl ExactSizeIterator<Item = DocumentIndex> + Clone {
        self.documents.iter().map(|it| it.0)
    }

    /// The mentions in the document at this place of the list.
    pub fn mentions(&self, place: usize) -> &[u16] {
        let begin = place.checked_sub(1).map_or(0, |before| self.documents[before].1);
        &self.mentions[begin as usize..self.documents[place].1 as usize]
    }

    /// Each document with its mentions: indexes into its annotations.
    pub fn iter(&self) -> impl Iterator<Item = (DocumentIndex, &[u16])> + Clone {
        let begins = std::iter::once(0).chain(self.documents.iter().map(|it| it.1));
        let places = self.documents.iter().zip(begins);
        places.map(|(it, begin)| (it.0, &self.mentions[begin as usize..it.1 as usize]))
    }
}

impl FromIterator<(DocumentIndex, u16)> for Places {
    /// Of mentions by document and position.
    fn from_iter<I: IntoIterator<Item = (DocumentIndex, u16)>>(all: I) -> Self {
        let (mut documents, mut mentions) = (Vec::new(), Vec::new());
        for (document, mention) in all {
            mentions.push(mention);
            let end = mentions.len() as u32;
            match documents.last_mut() {
                Some((last, ends)) if *last == document => *ends = end,
                _ => documents.push((document, end)),
            }
        }
        Places { documents: documents.into(), mentions: mentions.into() }
    }
}
