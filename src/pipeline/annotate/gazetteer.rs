//! Tokens to names that the vocabulary or the gazetteer knows, the longest first.

use std::ops::Range;

use crate::pipeline::annotate::cues::Cue;
use crate::pipeline::annotate::evidence::Feature;
use crate::pipeline::annotate::scan::Reader;
use crate::pipeline::annotate::span::Span;
use crate::pipeline::annotate::surroundings;
use crate::pipeline::annotate::{MentionRule, rules};
use crate::pipeline::words::Shape;
use crate::vocabulary::forms::Claim;
use crate::vocabulary::lexicon::list;
use crate::vocabulary::{EntryId, Kind, Origin};

/// A known name at a token.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    /// Its first token.
    pub(crate) start: usize,
    /// Behind its last token.
    pub(crate) end: usize,
    /// Who it is.
    pub(crate) entry: EntryId,
    /// What it is.
    pub(crate) kind: Kind,
    /// An adjective or a people.
    pub(crate) demonym: bool,
    /// A form that is also something else, and nothing here says which.
    pub(crate) weak: bool,
    /// The rule's name.
    rule: MentionRule,
}

/// The longest known name at token `at`.
pub(crate) fn at(reader: Reader<'_>, at: usize, end: usize) -> Option<Known> {
    if !reader.words.listed(at, list::BEGINS_NAME) {
        return None;
    }
    let limit = end;
    let (end, owners) = reader.vocabulary.name_at(reader.words, at, end)?;
    let form = owners.form;
    let entry = reader.vocabulary.entry(form.entry);
    let end = reader.with_parent(end, limit, entry.part_of.as_deref());
    if !owners.rivals.is_empty() || reader.excluded(at, end, &entry.not) {
        return None;
    }
    let weak = match form.claim {
        Claim::Doubtful if entry.kind == Kind::Organization => !reader.acts(at, end),
        Claim::Doubtful => !reader.placed(at, end),
        Claim::Name if end == at + 1 => reader.only_begins_sentence(at),
        _ => false,
    };
    let demonym = form.claim == Claim::Demonym;
    let rule = match (demonym, entry.origin) {
        (true, _) => rules::DEMONYM,
        (false, Origin::Vocabulary) => rules::VOCABULARY,
        (false, _) => rules::GAZETTEER,
    };
    Some(Known { start: at, end, entry: form.entry, kind: entry.kind, demonym, weak, rule })
}

/// Whether `tokens` are a form that the site gives to two of its own, so that nothing may be made of it.
pub(crate) fn held_back(reader: Reader<'_>, tokens: Range<usize>) -> bool {
    let limit = reader.words.tokens.len();
    reader.words.listed(tokens.start, list::BEGINS_NAME)
        && reader.vocabulary.name_at(reader.words, tokens.start, limit).is_some_and(|(end, it)| {
            let own = reader.vocabulary.entry(it.form.entry).origin == Origin::Vocabulary;
            end == tokens.end && own && !it.rivals.is_empty()
        })
}

impl Known {
    /// Takes it as found, unless it is weak; gives where to go on.
    pub(crate) fn take(&self, found: &mut Vec<Span>) -> Option<usize> {
        if self.weak {
            return None;
        }
        found.push(Span::known(self.start..self.end, self.entry, self.kind, self.rule));
        Some(self.end)
    }
}

/// Whether the site's vocabulary says of a name that another rule found that it does not count where it stands.
pub(crate) fn denied(reader: Reader<'_>, span: &Span) -> bool {
    let listed = span.entry.is_none() && reader.words.listed(span.start, list::BEGINS_NAME);
    let known = listed.then(|| reader.vocabulary.name_at(reader.words, span.start, span.end));
    known.flatten().is_some_and(|(end, owners)| {
        let entry = reader.vocabulary.entry(owners.form.entry);
        end == span.end && reader.excluded(span.start, end, &entry.not)
    })
}

impl Reader<'_> {
    /// Where a name ends when "of" and the body that it belongs to follow: "General Assembly of the United Nations".
    fn with_parent(self, end: usize, limit: usize, part_of: Option<&str>) -> usize {
        let Some(part_of) = part_of.filter(|_| self.words.is_word(end, "of")) else { return end };
        let behind = end + 1 + usize::from(self.words.is_word(end + 1, "the"));
        if behind >= limit {
            return end;
        }
        let parent = self.vocabulary.name_at(self.words, behind, limit);
        parent
            .filter(|it| {
                self.vocabulary.entry(it.1.form.entry).name == part_of
                    && it.1.form.claim != Claim::Demonym
            })
            .map_or(end, |it| it.0)
    }

    /// Whether one of the contexts in `not` stands around tokens `at..end`.
    fn excluded(self, at: usize, end: usize, not: &[String]) -> bool {
        if not.is_empty() {
            return false;
        }
        let (start, stop) =
            (self.words.tokens[at].start as usize, self.words.tokens[end - 1].end as usize);
        // A line may end inside a name; nobody writes that into a vocabulary.
        let name = self.words.text[start..stop].replace('\n', " ");
        not.iter().any(|context| {
            context.match_indices(&name).any(|(offset, _)| {
                let begins = start.checked_sub(offset);
                begins
                    .and_then(|it| self.words.text.get(it..it + context.len()))
                    .is_some_and(|it| same_but_for_line_ends(it, context))
            })
        })
    }

    /// Whether one word has its capital only because it begins a sentence, and is an ordinary word too.
    fn only_begins_sentence(self, at: usize) -> bool {
        let shape = self.words.shape(at);
        shape.is(Shape::FIRST)
            && !shape.is(Shape::ALL_CAPITALS | Shape::INNER_CAPITAL)
            && self.words.listed(at, list::COMMON)
    }

    /// Whether a place's name that is also something else is the place here: "in Reading", "Reading, England".
    pub(crate) fn placed(self, at: usize, end: usize) -> bool {
        if self.words.shape(at).is(Shape::FIRST) {
            return self.place_follows(end);
        }
        let behind_preposition =
            at.checked_sub(1).is_some_and(|it| self.is_cue(it, Cue::BeforePlace));
        let name_goes_on =
            self.words.shape(end).is(Shape::CAPITAL) && !self.words.shape(end).is(Shape::FIRST);
        (behind_preposition && !name_goes_on) || self.place_follows(end)
    }

    /// Whether a body's name that is also something else is the body here: "worked for Shell", "Apple announced".
    fn acts(self, at: usize, end: usize) -> bool {
        let before = surroundings::at(self, at);
        let speaks = self.words.listed(end, list::SAYING) || self.is_cue(end, Cue::Result);
        let one = !self.words.shape(end).is(Shape::CAPITAL);
        let article = at > 0 && self.words.is_word(at - 1, "the");
        one && !article
            && (speaks || matches!(before, Some(Feature::MemberBefore | Feature::TeamBefore)))
    }

    /// Whether a comma and a known place stand at token `at`.
    pub(crate) fn place_follows(self, at: usize) -> bool {
        if !self.words.is_mark(at, b',') || !self.words.listed(at + 1, list::BEGINS_NAME) {
            return false;
        }
        let limit = self.words.tokens.len().min(at + 6);
        let known = self.vocabulary.name_at(self.words, at + 1, limit);
        let person = self.words.listed(at + 1, list::FIRST_NAME | list::SURNAME);
        known.is_some_and(|(_, it)| {
            matches!(it.form.claim, Claim::Name | Claim::Acronym)
                && !person
                && self.vocabulary.entry(it.form.entry).kind == Kind::Place
        })
    }
}

/// Whether two texts of one length differ at most in where their lines end.
fn same_but_for_line_ends(text: &str, context: &str) -> bool {
    text.bytes().zip(context.bytes()).all(|(a, b)| a == b || (a == b'\n' && b == b' '))
}
