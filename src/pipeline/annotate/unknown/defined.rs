//! The words behind a name to the noun that says what it is: "X, a town in Y", "X is the committee that".

use crate::pipeline::annotate::cues::Cue;
use crate::pipeline::annotate::evidence::{Evidence, Feature};
use crate::pipeline::annotate::heads;
use crate::pipeline::annotate::scan::Reader;
use crate::pipeline::words::Shape;
use crate::vocabulary::Title;
use crate::vocabulary::lexicon::list;

/// Where what the name is begins: behind ", a" or "is the".
pub(super) fn definition(reader: Reader<'_>, at: usize, end: usize) -> Option<usize> {
    let words = reader.words;
    let article =
        |it: usize| words.is_word(it, "a") || words.is_word(it, "an") || words.is_word(it, "the");
    let copula = ["is", "was", "are", "were"].iter().any(|it| words.is_word(at, it));
    let start = if (copula || words.is_mark(at, b',')) && article(at + 1) {
        at + 2
    } else if words.is_mark(at, b',') && !words.listed(at + 1, list::STOP) {
        at + 1
    } else {
        return None;
    };
    (start < end).then_some(start)
}

/// The noun that says what the name is, in the few words behind `at`.
pub(super) fn defined(reader: Reader<'_>, at: usize, end: usize, evidence: &mut Evidence) {
    let words = reader.words;
    for token in at..end.min(at + 6) {
        if !words.shape(token).is(Shape::WORD | Shape::HYPHEN)
            || words.is_word(token, "of")
            || words.is_word(token, "in")
            || words.is_word(token, "for")
        {
            return;
        }
        let noun_goes_on =
            words.shape(token + 1).is(Shape::WORD) && !words.listed(token + 1, list::STOP);
        if reader.is_cue(token, Cue::Belonging) {
            return;
        }
        if let Some((_, Title::Office)) = reader.vocabulary.titles.longest(words, token, end) {
            evidence.add(Feature::OfficeBehind);
            return;
        }
        let facts = heads::facts(reader, token);
        let capital = words.shape(token).is(Shape::CAPITAL);
        let heads = [
            (list::HEAD_ORGANIZATION, Feature::OrganizationBehind),
            (list::HEAD_PLACE, Feature::PlaceBehind),
            (list::HEAD_EVENT, Feature::EventBehind),
            (list::HEAD_AGREEMENT, Feature::AgreementBehind),
        ];
        let possesses = words.shape(token + 1).is(Shape::POSSESSIVE);
        if let Some((_, feature)) = heads
            .into_iter()
            .find(|it| facts.is(it.0))
            .filter(|_| !noun_goes_on && !capital && !possesses)
        {
            evidence.add(feature);
            return;
        }
    }
}
