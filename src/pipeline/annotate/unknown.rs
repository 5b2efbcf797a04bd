//! Runs of capitals that no list knows and no head noun names, with what speaks for their kind.

mod defined;
pub(crate) mod signs;

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::pipeline::annotate::cues::Cue;
use crate::pipeline::annotate::evidence::Feature;
use crate::pipeline::annotate::gazetteer::Known;
use crate::pipeline::annotate::scan::Reader;
use crate::pipeline::annotate::span::Span;
use crate::pipeline::annotate::unknown::signs::weigh;
use crate::pipeline::annotate::{gazetteer, heads, people};
use crate::pipeline::words::Shape;
use crate::vocabulary::Kind;
use crate::vocabulary::lexicon::{fold, list};

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

/// An acronym or a numeral that names nobody.
pub(crate) fn is_generic_acronym(acronym: &str) -> bool {
    static GENERIC: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
        let rows = include_str!("generic-acronyms.txt").lines();
        rows.filter(|it| !it.starts_with('#')).flat_map(str::split_whitespace).collect()
    });
    let numeral = acronym.chars().all(|it| matches!(it, 'I' | 'V' | 'X' | 'L' | 'C'));
    numeral || GENERIC.contains(acronym)
}
