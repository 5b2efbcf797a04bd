//! Names to the forms in which texts write them, and whose form each is.

use std::borrow::Cow;

use crate::pipeline::words::{Shape, Token, Words};
use crate::vocabulary::lexicon::WordId;
use crate::vocabulary::phrases::Phrases;
use crate::vocabulary::{EntryId, Vocabulary};

/// A form of a name: whose it is, and what a text must show for it to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    /// Whose name it is.
    pub entry: EntryId,
    /// What a text must show.
    pub claim: Claim,
    /// Which of its words begin with a capital, the first in the lowest bit.
    capitals: u32,
    /// Where the entry stands in the order of precedence: the site's own first.
    layer: Layer,
}

/// What a text must show for a form to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Claim {
    /// The capitals of the name.
    Name,
    /// All capitals.
    Acronym,
    /// The form is also an ordinary word, a first name or a surname: other evidence too.
    Doubtful,
    /// An adjective or a people: links to the country, counted apart.
    Demonym,
}

/// The order in which lists claim a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// `vocabulary/entities.yaml`.
    Site,
    /// World bodies, agreements, events.
    Bodies,
    /// Countries.
    Countries,
    /// Regions, seas, mountains.
    Regions,
    /// Cities.
    Cities,
}

/// Whose a form is.
#[derive(Debug, Clone)]
pub struct Owners {
    /// The one that counts.
    pub form: Form,
    /// Others of the same layer: then the form is held back.
    pub rivals: Vec<EntryId>,
}

impl Form {
    /// A form of `entry`, of which `tokens` are the words.
    pub(crate) fn new(entry: EntryId, tokens: &[Token], claim: Claim, layer: Layer) -> Form {
        let words = tokens.iter().take(32).enumerate();
        let capital = words.filter(|(_, it)| it.shape.is(Shape::CAPITAL));
        Form { entry, claim, capitals: capital.fold(0, |bits, (at, _)| bits | (1 << at)), layer }
    }

    /// Whether tokens `at..end` are written as this form asks.
    pub fn fits(self, words: &Words<'_>, at: usize, end: usize) -> bool {
        if self.claim == Claim::Acronym {
            return (at..end).all(|it| {
                words.shape(it).is(Shape::ALL_CAPITALS | Shape::NUMBER | Shape::HYPHEN)
                    || words.shape(it).is(Shape::MIXED)
            });
        }
        let (mut word, mut missing, mut wanted) = (0, 0, 0);
        for token in (at..end).filter(|it| words.shape(*it).is(Shape::WORD | Shape::NUMBER)) {
            if word < 32 && self.capitals & (1 << word) != 0 {
                wanted += 1;
                let behind_hyphen = token > at && words.shape(token - 1).is(Shape::HYPHEN);
                if !words.shape(token).is(Shape::CAPITAL) && !behind_hyphen {
                    missing += if word == 0 { 9 } else { 1 };
                }
            }
            word += 1;
        }
        missing == 0 || (missing == 1 && wanted >= 2)
    }
}

/// Gives `form` its place; the lower layer keeps it, and two of one layer are rivals.
pub(crate) fn claim(names: &mut Phrases<Owners>, words: &[WordId], form: Form) {
    let place = names.at_mut(words);
    match place {
        None => *place = Some(Owners { form, rivals: Vec::new() }),
        Some(owners) if owners.form.entry == form.entry => {
            if form.claim < owners.form.claim {
                owners.form = form;
            }
        }
        Some(owners) if owners.form.layer == form.layer && !owners.rivals.contains(&form.entry) => {
            owners.rivals.push(form.entry);
        }
        Some(owners) if form.layer < owners.form.layer => {
            *owners = Owners { form, rivals: Vec::new() }
        }
        Some(_) => {}
    }
}

/// The forms of `text` that texts use without anybody listing them.
pub(crate) fn variants(text: &str) -> Vec<Cow<'_, str>> {
    let mut variants = vec![Cow::Borrowed(text)];
    for (long, short) in
        [("United Nations ", "UN "), ("European Union ", "EU "), ("United States ", "U.S. ")]
    {
        if let Some(rest) = text.strip_prefix(long) {
            variants.push(format!("{short}{rest}").into());
        } else if let Some(rest) = text.strip_prefix(short) {
            variants.push(format!("{long}{rest}").into());
        }
    }
    variants.extend(text.strip_prefix("The ").map(Cow::Borrowed));
    let hyphens: Vec<_> = variants
        .iter()
        .filter(|it| it.contains('-'))
        .map(|it| Cow::Owned(it.replace('-', " ")))
        .collect();
    variants.extend(hyphens);
    variants
}

impl Vocabulary {
    /// The longest form of a name at token `at`, with where it ends.
    pub fn name_at(&self, words: &Words<'_>, at: usize, end: usize) -> Option<(usize, &Owners)> {
        let mut best = None;
        self.names.matches(words, at, end, |end, owners| {
            if owners.form.fits(words, at, end) {
                best = Some((end, owners));
            }
        });
        best
    }
}
