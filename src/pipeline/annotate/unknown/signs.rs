//! A run of capitals to what speaks for its kind: its own words, and those before and behind it.

use std::ops::Range;

use crate::pipeline::annotate::cues::{self, Cue};
use crate::pipeline::annotate::evidence::{Evidence, Feature};
use crate::pipeline::annotate::gazetteer::{self, Known};
use crate::pipeline::annotate::scan::Reader;
use crate::pipeline::annotate::surroundings;
use crate::pipeline::annotate::unknown::defined::{defined, definition};
use crate::pipeline::annotate::unknown::{is_generic_acronym, nickname};
use crate::pipeline::words::Shape;
use crate::vocabulary::lexicon::list;
use crate::vocabulary::{Kind, Title};

/// How many tokens of a title in quotation marks may stand before or behind a name.
const TITLE: usize = 7;

/// What a run says of its kind, whoever found it.
pub(crate) fn weigh_at(reader: Reader<'_>, run: &Range<usize>) -> Evidence {
    let block = reader.words.tokens.len().min(run.end + 12);
    weigh(reader, run, block)
}

/// All that the words and their surroundings say of the kind of `run`.
pub(super) fn weigh(reader: Reader<'_>, run: &Range<usize>, end: usize) -> Evidence {
    let mut evidence = Evidence::default();
    inside(reader, run, &mut evidence);
    before(reader, run, &mut evidence);
    behind(reader, run, end, &mut evidence);
    evidence
}

/// What the words of the name say.
fn inside(reader: Reader<'_>, run: &Range<usize>, evidence: &mut Evidence) {
    let words = reader.words;
    let mut when = |holds: bool, feature: Feature| {
        if holds {
            evidence.add(feature);
        }
    };
    let (first, last) = (words.facts(run.start), words.facts(run.end - 1));
    let count = run.clone().filter(|it| words.shape(*it).is(Shape::WORD)).count();
    let ordinary = run
        .clone()
        .filter(|it| words.listed(*it, list::COMMON) && !words.listed(*it, list::PERSON))
        .count();
    when(first.is(list::FIRST_NAME), Feature::FirstName);
    when(first.is(list::FIRST_NAME_WEAK), Feature::FirstNameWeak);
    when(last.is(list::SURNAME), Feature::Surname);
    when(last.is(list::SURNAME_WEAK), Feature::SurnameWeak);
    when(count > 1 && run.clone().any(|it| is_initial(reader, it)), Feature::Initial);
    when(
        run.clone()
            .any(|it| words.listed(it, list::PARTICLE) && !words.shape(it).is(Shape::CAPITAL)),
        Feature::Particle,
    );
    when(reader.is_cue(run.end - 1, Cue::Generation) && count > 2, Feature::Generation);
    when((2..=3).contains(&count) && ordinary == 0 && !is_code(reader, run), Feature::TwoWords);
    when((2..=3).contains(&count) && first.is(list::FIRST_NAME), Feature::FullName);
    when(count == 1 && knows_place(reader, run), Feature::KnownPlace);
    when(count == 1, Feature::OneWord);
    when(nickname(reader, run), Feature::Nickname);
    when(in_title(reader, run), Feature::Work);
    when(ordinary > 0, Feature::OrdinaryWord);
    when(ordinary == count, Feature::AllOrdinary);
    when(ordinary == 1 && count == 1, Feature::OneOrdinaryWord);
    when(
        count == 1
            && !is_generic_acronym(words.surface(run.start))
            && words.shape(run.start).is(Shape::ALL_CAPITALS)
            && words.surface(run.start).len() <= 7,
        Feature::Acronym,
    );
    when(run.clone().any(|it| words.is_mark(it, b'&')), Feature::Ampersand);
    when(
        run.clone().any(|it| {
            words.shape(it).is(Shape::INNER_CAPITAL)
                && !words.surface(it).starts_with("Mc")
                && !words.surface(it).starts_with("Mac")
                && !words.surface(it).contains(['\'', '’'])
        }),
        Feature::InnerCapital,
    );
    when(run.clone().any(|it| words.shape(it).is(Shape::NUMBER | Shape::MIXED)), Feature::Digit);
    endings(words.surface(run.end - 1), evidence);
    weak_head(last.lists, evidence);
}

/// Whether the gazetteer has a place of this name, though nothing says that it is meant.
fn knows_place(reader: Reader<'_>, run: &Range<usize>) -> bool {
    gazetteer::at(reader, run.start, run.end)
        .is_some_and(|it| it.kind == Kind::Place && !it.demonym && it.end == run.end)
}

/// Whether it is acronyms joined by hyphens, "JSON-LD": more words than one, but no name of anybody.
fn is_code(reader: Reader<'_>, run: &Range<usize>) -> bool {
    let words = reader.words;
    let mut shapes = run.clone().map(|it| words.shape(it));
    shapes.all(|it| it.is(Shape::ALL_CAPITALS | Shape::HYPHEN))
        && !words.slice(run.clone()).contains(char::is_whitespace)
}

fn is_initial(reader: Reader<'_>, at: usize) -> bool {
    let token = reader.words.tokens[at];
    token.end - token.start == 1
        && token.shape.is(Shape::CAPITAL)
        && reader.words.is_mark(at + 1, b'.')
}

fn weak_head(lists: u64, evidence: &mut Evidence) {
    let heads = [
        (list::HEAD_ORGANIZATION, Feature::WeakOrganization),
        (list::HEAD_PLACE, Feature::WeakPlace),
        (list::HEAD_EVENT, Feature::WeakEvent),
        (list::HEAD_AGREEMENT, Feature::WeakAgreement),
    ];
    for (_, feature) in heads.into_iter().filter(|it| lists & it.0 != 0) {
        evidence.add(feature);
    }
}

/// How the last word ends.
fn endings(word: &str, evidence: &mut Evidence) {
    for class in cues::endings(word) {
        evidence.add(match class {
            Cue::PlaceEnding => Feature::PlaceSuffix,
            Cue::PersonEnding => Feature::PersonSuffix,
            _ => Feature::OrganizationSuffix,
        });
    }
}

/// What stands before the name, by the rows of `surroundings.tsv`.
fn before(reader: Reader<'_>, run: &Range<usize>, evidence: &mut Evidence) {
    let words = reader.words;
    let Some(mut at) = run.start.checked_sub(1) else { return };
    if words.is_word(at, "the") {
        evidence.add(Feature::Article);
        let Some(earlier) = at.checked_sub(1) else { return };
        at = earlier;
    }
    if reader.is_cue(at, Cue::Counting) || words.shape(at).is(Shape::NUMBER) {
        evidence.add(Feature::Counted);
    }
    let second = at.checked_sub(1).map_or("", |it| words.surface(it));
    let first = words.surface(at);
    if let Some(feature) = surroundings::before(first, second) {
        evidence.add(feature);
    } else if words.listed(at, list::SAYING) {
        evidence.add(Feature::SayingBefore);
    } else if let Some(feature) = noun(reader, at) {
        evidence.add(feature);
    }
}

/// What the noun in small letters at token `at`, right before a name, says of it: "the company X", "the village X".
fn noun(reader: Reader<'_>, at: usize) -> Option<Feature> {
    if reader.words.shape(at).is(Shape::CAPITAL) {
        return None;
    }
    let body = reader.is_cue(at, Cue::BodyNoun).then_some(Feature::BodyNoun);
    body.or_else(|| reader.is_cue(at, Cue::PlaceNoun).then_some(Feature::PlaceNoun))
}

/// What stands behind the name.
fn behind(reader: Reader<'_>, run: &Range<usize>, end: usize, evidence: &mut Evidence) {
    let words = reader.words;
    let at = run.end;
    if at >= end {
        return;
    }
    let mut when = |holds: bool, feature: Feature| {
        if holds {
            evidence.add(feature);
        }
    };
    let surface = words.surface(at);
    when(words.shape(at).is(Shape::POSSESSIVE), Feature::Possessive);
    when(reader.place_follows(at), Feature::PlaceCommaBehind);
    when(words.listed(at, list::SAYING), Feature::SayingBehind);
    when(noun(reader, at) == Some(Feature::PlaceNoun), Feature::PlaceNoun);
    let past = surface.len() > 4 && surface.ends_with("ed") && !words.shape(at).is(Shape::CAPITAL);
    when(past && !words.shape(at).is(Shape::GLUED), Feature::VerbBehind);
    let beside = beside(reader, run, end);
    when(beside == Some(Kind::Place), Feature::PlaceBeside);
    when(beside == Some(Kind::Organization), Feature::BesideBody);
    when(surface == "who" || (surface == "," && words.is_word(at + 1, "who")), Feature::WhoBehind);
    let born =
        words.is_word(at + 1, "born") || words.is_word(at + 1, "b") || words.is_word(at + 1, "née");
    let years = surface == "(" && reader.dated.get(at + 1) == Some(&true);
    when(
        ((surface == "(" || surface == "," || surface == "was") && born)
            || years
            || surface == "died",
        Feature::LifeBehind,
    );
    when(
        surroundings::behind(surface) == Some(Feature::PersonVerbBehind),
        Feature::PersonVerbBehind,
    );
    if surroundings::behind(surface) == Some(Feature::TeamBehind) {
        evidence.add(Feature::TeamBehind);
    }
    if surface == "(" && office_alone(reader, at + 1, end) {
        evidence.add(Feature::OfficeBehind);
    }
    if let Some(start) = definition(reader, at, end) {
        defined(reader, start, end, evidence);
    }
}

/// Whether an office and nothing else stands from token `at` to a bracket or comma: "(Clerk)".
fn office_alone(reader: Reader<'_>, at: usize, end: usize) -> bool {
    let office = reader.vocabulary.titles.longest(reader.words, at, end);
    office.is_some_and(|(behind, title)| {
        *title == Title::Office && matches!(reader.surface(behind), ")" | ",")
    })
}

/// Whether the run stands inside the title of a work: a short quotation whose longer words all have capitals.
fn in_title(reader: Reader<'_>, run: &Range<usize>) -> bool {
    let words = reader.words;
    let quote = |it: &usize| matches!(words.mark(*it), "\"" | "“" | "”");
    let sentence = words.sentence(run.start);
    let open = (run.start.saturating_sub(TITLE).max(sentence.start)..run.start).rev().find(quote);
    let close = (run.end..(run.end + TITLE).min(sentence.end)).find(quote);
    let (Some(open), Some(close)) = (open, close) else { return false };
    let long = |it: &usize| {
        words.shape(*it).is(Shape::WORD) && words.tokens[*it].end - words.tokens[*it].start > 3
    };
    let whole = open + 1 == run.start && close == run.end;
    !whole && (open + 1..close).filter(long).all(|it| words.shape(it).is(Shape::CAPITAL))
}

/// The kind of the known name that "and" or a stroke joins the name to; a comma joins bodies only.
fn beside(reader: Reader<'_>, run: &Range<usize>, end: usize) -> Option<Kind> {
    let words = reader.words;
    let sure = |it: &Known| !it.demonym && !it.weak;
    let joins =
        |at: usize| words.is_word(at, "and") || words.is_word(at, "or") || words.is_mark(at, b'/');
    let mark = |at: usize| joins(at) || words.is_mark(at, b',');
    let behind = |at: usize| {
        let person = words.listed(at, list::FIRST_NAME | list::SURNAME);
        gazetteer::at(reader, at, end).filter(|it| !person && sure(it)).map(|it| it.kind)
    };
    let before = |stop: usize| {
        let ends = |at| gazetteer::at(reader, at, stop).filter(|it| it.end == stop && sure(it));
        (stop.saturating_sub(3)..stop).find_map(ends).map(|it| it.kind)
    };
    let follows = mark(run.end).then(|| behind(run.end + 1)).flatten();
    let follows = follows.filter(|it| joins(run.end) || *it == Kind::Organization);
    let first = run.start.checked_sub(1).filter(|it| mark(*it));
    let precedes = || {
        let kind = before(first?)?;
        (joins(first?) || kind == Kind::Organization).then_some(kind)
    };
    follows.or_else(precedes)
}
