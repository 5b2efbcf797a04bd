//! Runs of capitals that no list knows and no head noun names, with what speaks for their kind.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::pipeline::annotate::cues::{self, Cue};
use crate::pipeline::annotate::evidence::{Evidence, Feature};
use crate::pipeline::annotate::gazetteer::Known;
use crate::pipeline::annotate::scan::Reader;
use crate::pipeline::annotate::span::Span;
use crate::pipeline::annotate::{gazetteer, heads, people, surroundings};
use crate::pipeline::words::Shape;
use crate::vocabulary::lexicon::{fold, list};
use crate::vocabulary::{Kind, Title};

/// How many tokens of a title in quotation marks may stand before or behind a name.
const TITLE: usize = 7;

/// Takes the unknown name that `run` begins with; gives where to go on.
pub(crate) fn unknown(
    reader: Reader<'_>,
    run: Range<usize>,
    end: usize,
    found: &mut Vec<Span>,
) -> usize {
    let Some(core) = core(reader, run.clone()) else { return run.start + 1 };
    if core.start > run.start {
        return core.start;
    }
    let run = core;
    // A known name inside the run ends the unknown one before it: "Yesterday Microsoft", "Prodan Italy".
    let split = (run.start + 1..run.end).find(|it| {
        gazetteer::at(reader, *it, end).is_some_and(|known| {
            !known.weak && !known.demonym && known.end >= run.end && !person_goes_on(reader, &run)
        })
    });
    let run = run.start..split.unwrap_or(run.end);
    if run.clone().all(|it| !reader.words.shape(it).is(Shape::WORD)) {
        return run.end;
    }
    let run = with_nickname(reader, with_particles(reader, run, end), end);
    if ordinary(reader, &run) || is_generic(reader.words.slice(run.clone())) {
        return run.end;
    }
    let evidence = weigh(reader, &run, end);
    let next = run.end;
    found.push(Span::weighed(run, evidence));
    next
}

/// One ordinary word names nobody, whatever its capital: "the Organization", "Internet".
fn ordinary(reader: Reader<'_>, run: &Range<usize>) -> bool {
    let (words, at) = (reader.words, run.start);
    let shouts = words.shape(at).is(Shape::ALL_CAPITALS | Shape::INNER_CAPITAL);
    let opens = words.shape(at).is(Shape::FIRST);
    if nickname(reader, run) {
        return false;
    }
    let listed =
        words.listed(at, list::COMMON | list::HEAD) && (opens || !words.listed(at, list::PERSON));
    let month = words.facts(at).month > 0;
    run.len() == 1 && (is_generic_acronym(words.surface(at)) || (!shouts && (listed || month)))
}

/// Whether it is "the" and a usual name of teams: "the Tigers".
fn nickname(reader: Reader<'_>, run: &Range<usize>) -> bool {
    let article = run.start.checked_sub(1).is_some_and(|it| reader.words.is_word(it, "the"));
    article && run.len() == 1 && reader.is_cue(run.start, Cue::Nickname)
}

/// A phrase with capitals that names nothing in particular: "Memorandum of Understanding".
pub(crate) fn is_generic(phrase: &str) -> bool {
    static PHRASES: LazyLock<FxHashSet<&str>> =
        LazyLock::new(|| include_str!("generic-phrases.txt").lines().collect());
    PHRASES.contains(fold(phrase).as_ref())
}

/// Takes a known place or body with the capitals behind it, where both are one name: "Montreal HC", "CBS Cable".
pub(crate) fn grown(
    reader: Reader<'_>,
    known: &Known,
    run: &Range<usize>,
    end: usize,
    found: &mut Vec<Span>,
) -> Option<usize> {
    let words = reader.words;
    let rest = known.end..run.end;
    if known.weak
        || known.demonym
        || rest.is_empty()
        || known.kind == Kind::Person
        || words.shape(known.end).is(Shape::HYPHEN)
    {
        return None;
    }
    let titled = words.listed(known.end, list::OFFICE_WORD | list::HONORIFIC | list::OFFICE_PLURAL);
    let ordinary = rest.clone().all(|it| {
        words.listed(it, list::COMMON) && !heads::facts(reader, it).is(list::HEAD)
            || !words.shape(it).is(Shape::WORD)
    });
    // "Brixton Market", "Chicago Bulls": behind a town they are part of one name with it.
    let of_country = reader.vocabulary.entry(known.entry).part_of.is_some();
    let town = known.kind == Kind::Place && of_country && rest.len() <= 2;
    let ordinary = ordinary && !town && !reader.is_cue(run.end - 1, Cue::Nickname);
    let known_rest = rest.clone().any(|it| gazetteer::at(reader, it, end).is_some());
    let person = words.listed(known.end, list::FIRST_NAME);
    if titled || ordinary || known_rest || person {
        return None;
    }
    let mut evidence = weigh(reader, run, end);
    evidence.add(if known.kind == Kind::Place {
        Feature::KnownPlaceInside
    } else {
        Feature::KnownBodyInside
    });
    found.push(Span::weighed(run.clone(), evidence));
    Some(run.end)
}

/// Whether the run begins like a person's name, so that a place at its end is a surname: "Jack London".
fn person_goes_on(reader: Reader<'_>, run: &Range<usize>) -> bool {
    let words = reader.words;
    run.len() == 2
        && words.listed(run.start, list::FIRST_NAME)
        && words.listed(run.end - 1, list::ANY_SURNAME)
}

/// The run without what is no part of a name: the sentence's first word, a title's rest, trailing marks.
fn core(reader: Reader<'_>, run: Range<usize>) -> Option<Range<usize>> {
    let words = reader.words;
    let mut start = run.start;
    let named = |at: usize| words.listed(at, list::PERSON);
    while start < run.end {
        let opens = words.shape(start).is(Shape::FIRST)
            && words.listed(start, list::COMMON)
            && !named(start)
            && !words.shape(start).is(Shape::ALL_CAPITALS);
        let passes = reader.is_function_word(start) || !words.shape(start).is(Shape::WORD);
        // "Circuit Park Zandvoort": an ordinary word behind it with a capital shows that both are a name's.
        let belongs = opens && !passes && goes_on_ordinary(reader, start, run.end);
        if belongs || (!opens && !passes) {
            break;
        }
        start += 1;
    }
    // "Famer Bill McKechnie": ordinary words before a given name are no part of it.
    let given = (start..run.end.saturating_sub(1)).find(|it| words.listed(*it, list::FIRST_NAME));
    let ordinary = |at: usize| words.listed(at, list::COMMON) && !named(at);
    let start = given.filter(|it| (start..*it).all(ordinary)).unwrap_or(start);
    (start < run.end).then_some(start..run.end)
}

/// Whether behind the noun that opens a sentence a word stands that has a capital only because it is part of a name.
fn goes_on_ordinary(reader: Reader<'_>, at: usize, end: usize) -> bool {
    let words = reader.words;
    let surface = words.surface(at);
    let verbal = ["ed", "ing", "ly", "s"].iter().any(|it| surface.ends_with(it));
    let titled = words.listed(at, list::OFFICE_WORD | list::HONORIFIC | list::SAYING);
    let next = at + 1;
    !verbal
        && !titled
        && next < end
        && words.listed(next, list::COMMON)
        && !words.listed(next, list::STOP | list::FIRST_NAME | list::OFFICE_WORD)
        && gazetteer::at(reader, next, end).is_none()
}

/// The run with a particle and the name behind it: "Dorothea von Schlegel".
fn with_particles(reader: Reader<'_>, run: Range<usize>, end: usize) -> Range<usize> {
    let words = reader.words;
    if !reader.is_particle(run.end) || run.end + 1 >= end || words.shape(run.end).is(Shape::GLUED) {
        return run;
    }
    people::name_words(reader, run.start, end).filter(|it| it.end > run.end).unwrap_or(run)
}

/// The run with a nickname in quotation marks and the surname behind it: 'William "Cowboy" Cowley'.
fn with_nickname(reader: Reader<'_>, run: Range<usize>, end: usize) -> Range<usize> {
    let words = reader.words;
    let quote = |at: usize| matches!(words.mark(at), "\"" | "“" | "”");
    let given = run.len() <= 3 && words.listed(run.start, list::FIRST_NAME) && quote(run.end);
    let close = (run.end + 2..(run.end + 4).min(end)).find(|it| quote(*it));
    let Some(behind) = close.map(|it| it + 1).filter(|it| given && *it < end) else { return run };
    let surname = words.shape(behind).is(Shape::CAPITAL) && !words.shape(behind).is(Shape::FIRST);
    let nickname =
        words.shape(run.end + 1).is(Shape::CAPITAL) && words.shape(run.end + 1).is(Shape::WORD);
    if surname && nickname && !words.listed(behind, list::COMMON) {
        return run.start..reader.run(behind, end).end;
    }
    run
}

/// All that the words and their surroundings say of the kind of `run`.
/// What a run says of its kind, whoever found it.
pub(crate) fn weigh_at(reader: Reader<'_>, run: &Range<usize>) -> Evidence {
    let block = reader.words.tokens.len().min(run.end + 12);
    weigh(reader, run, block)
}

fn weigh(reader: Reader<'_>, run: &Range<usize>, end: usize) -> Evidence {
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
    when((2..=3).contains(&count) && ordinary == 0, Feature::TwoWords);
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

/// An acronym or a numeral that names nobody.
pub(crate) fn is_generic_acronym(acronym: &str) -> bool {
    static GENERIC: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
        let rows = include_str!("generic-acronyms.txt").lines();
        rows.filter(|it| !it.starts_with('#')).flat_map(str::split_whitespace).collect()
    });
    let numeral = acronym.chars().all(|it| matches!(it, 'I' | 'V' | 'X' | 'L' | 'C'));
    numeral || GENERIC.contains(acronym)
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

/// Where what the name is begins: behind ", a" or "is the".
fn definition(reader: Reader<'_>, at: usize, end: usize) -> Option<usize> {
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
fn defined(reader: Reader<'_>, at: usize, end: usize, evidence: &mut Evidence) {
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
