//! Runs of capitals to organizations, agreements, events and places, by the head noun in them.

mod extent;

use std::ops::Range;

use crate::pipeline::annotate::cues::Cue;
use crate::pipeline::annotate::gazetteer;
use crate::pipeline::annotate::heads::extent::extended;
use crate::pipeline::annotate::rules;
use crate::pipeline::annotate::scan::Reader;
use crate::pipeline::annotate::span::Span;
use crate::pipeline::annotate::unknown;
use crate::pipeline::words::Shape;
use crate::vocabulary::Kind;
use crate::vocabulary::lexicon::{Facts, list};

/// Takes the name with a head noun that `run` begins with; gives where to go on.
pub(crate) fn headed(
    reader: Reader<'_>,
    run: Range<usize>,
    end: usize,
    found: &mut Vec<Span>,
) -> Option<usize> {
    let run = without_opening(reader, run);
    if run.is_empty() {
        return None;
    }
    let head = head_of(reader, &run)?;
    let facts = reader.words.facts(head);
    let kind = kind_of(reader, head)?;
    // "School District", "Hall of Fame": what heads a body names it though its last word heads places.
    let body_before = head > run.start && self::facts(reader, head - 1).is(list::HEAD_ORGANIZATION);
    let kind = if kind == Kind::Place
        && (body_before
            || reader.words.slice(head..(head + 3).min(reader.words.tokens.len()))
                == "Hall of Fame")
    {
        Kind::Organization
    } else {
        kind
    };
    let governs = governs(reader, head + 1, end);
    let words_before =
        (run.start..head).filter(|it| reader.words.shape(*it).is(Shape::WORD)).count();
    let weak = facts.is(list::HEAD_WEAK);
    let inside = !reader.words.shape(head).is(Shape::FIRST);
    if words_before == 0 && (!governs || (weak && !inside)) {
        return None;
    }
    // "River Cats", "Hill Street Blues": what follows a place's head makes it something else.
    let goes_on = head > run.start && head + 1 < run.end && kind == Kind::Place;
    if goes_on && reader.words.listed(run.end - 1, list::COMMON) {
        return None;
    }
    // "Judith Marsh" is no marsh.
    let person = weak && kind == Kind::Place && run.len() == 2 && !governs;
    if person && reader.words.listed(run.start, list::FIRST_NAME) {
        return None;
    }
    let numbered = with_number(reader, &run, head) < run.start;
    if weak
        && !numbered
        && !evident(reader, &run, head, words_before + governed(reader, head, end, governs))
    {
        return None;
    }
    let last = extended(reader, head, &run, end, kind);
    if unknown::is_generic(reader.words.slice(run.start..last)) {
        return Some(last);
    }
    let why = format!("head noun “{}”", reader.words.surface(head));
    let start = with_number(reader, &run, head);
    found.push(Span::ruled(start..last, kind, rules::HEAD_NOUN, why));
    nested(reader, start..last, found);
    Some(joined(reader, start, last, end, found))
}

/// Where a unit's name begins that is told by its number: "82nd Airborne Division", "65 Air Division".
fn with_number(reader: Reader<'_>, run: &Range<usize>, head: usize) -> usize {
    let words = reader.words;
    let before = run.start.checked_sub(1).filter(|_| words.listed(head, list::NUMBERED));
    let number = |it: &usize| {
        let ordinal = words.facts(*it).ordinal > 0 && words.shape(*it).is(Shape::CAPITAL);
        (ordinal || words.shape(*it).is(Shape::NUMBER | Shape::MIXED)) && !reader.dated[*it]
    };
    before.filter(number).unwrap_or(run.start)
}

/// How many words with capitals the head governs, at most three.
fn governed(reader: Reader<'_>, head: usize, end: usize, governs: bool) -> usize {
    if !governs {
        return 0;
    }
    let behind = head + 2 + usize::from(reader.words.is_word(head + 2, "the"));
    reader.run(behind.min(end), end).len().min(3)
}

/// "the Peace and Development Foundation": one ordinary word and a run with a head are one body behind "the".
pub(crate) fn coordinated(
    reader: Reader<'_>,
    at: usize,
    end: usize,
    found: &mut Vec<Span>,
) -> Option<usize> {
    let words = reader.words;
    let article = at > 0 && words.is_word(at - 1, "the");
    let one = article
        && words.is_word(at + 1, "and")
        && words.listed(at, list::COMMON)
        && !words.listed(at, list::HEAD);
    if !one
        || at + 2 >= end
        || !words.shape(at + 2).is(Shape::CAPITAL)
        || gazetteer::at(reader, at + 2, end).is_some()
    {
        return None;
    }
    let run = reader.run(at + 2, end);
    let head = head_of(reader, &run)
        .filter(|it| *it > run.start && facts(reader, *it).is(list::HEAD_ORGANIZATION))?;
    let last = extended(reader, head, &run, end, Kind::Organization);
    let why = format!("head noun “{}”", words.surface(head));
    found.push(Span::ruled(at..last, Kind::Organization, rules::HEAD_NOUN, why));
    Some(last)
}

/// "Committee's Executive Directorate": a possessive before another head joins both to one name.
fn joined(
    reader: Reader<'_>,
    start: usize,
    last: usize,
    end: usize,
    found: &mut Vec<Span>,
) -> usize {
    let words = reader.words;
    if !words.shape(last).is(Shape::POSSESSIVE)
        || last + 1 >= end
        || !words.shape(last + 1).is(Shape::CAPITAL)
    {
        return last;
    }
    let run = reader.run(last + 1, end);
    let headed = run.clone().rev().find(|it| {
        words.facts(*it).is(list::HEAD_ORGANIZATION) && !words.facts(*it).is(list::HEAD_WEAK)
    });
    let Some(head) = headed else { return last };
    let why = format!("head noun “{}” behind a possessive", words.surface(head));
    found.push(Span::ruled(start..head + 1, Kind::Organization, rules::HEAD_NOUN, why));
    head + 1
}

/// "Residents' Association", "Women's Legal Aid Centre", "Nicholson's Broadcasting Ltd": a body's name that begins with a
/// possessive of many, or that ends as companies do.
pub(crate) fn possessed(
    reader: Reader<'_>,
    run: Range<usize>,
    end: usize,
    found: &mut Vec<Span>,
) -> Option<usize> {
    let words = reader.words;
    let behind = run.end + 1;
    let possessive = words.shape(run.end).is(Shape::POSSESSIVE) && behind < end;
    let run = without_opening(reader, run);
    if run.is_empty() || !possessive || !words.shape(behind).is(Shape::CAPITAL) {
        return None;
    }
    let next = reader.run(behind, end);
    let company = next.clone().find(|it| words.listed(*it, list::COMPANY));
    let many = words.tokens[run.end].end - words.tokens[run.end].start == 1
        || reader.is_cue(run.end - 1, Cue::Possessor);
    let ordinary = words.listed(run.end - 1, list::COMMON);
    let body = head_of(reader, &next)
        .filter(|it| many && ordinary && facts(reader, *it).is(list::HEAD_ORGANIZATION));
    let head = company.or(body)?;
    let last = extended(reader, head, &next, end, Kind::Organization);
    let why = format!("head noun “{}” behind a possessive", words.surface(head));
    found.push(Span::ruled(run.start..last, Kind::Organization, rules::HEAD_NOUN, why));
    nested(reader, run.start..last, found);
    Some(last)
}

/// A run without the word that only begins the sentence.
fn without_opening(reader: Reader<'_>, run: Range<usize>) -> Range<usize> {
    let words = reader.words;
    let mut start = run.start;
    let surface = words.surface(start);
    let verbal = surface.len() > 5
        && ["ed", "ing", "ly"].iter().any(|it| surface.ends_with(it))
        && words.listed(start, list::COMMON);
    let opening = words.shape(start).is(Shape::FIRST)
        && (verbal || words.listed(start, list::STOP | list::SAYING))
        && !words.shape(start).is(Shape::ALL_CAPITALS);
    if opening {
        start += 1;
    }
    while start < run.end
        && (words.listed(start, list::STOP)
            && words.facts(start).ordinal == 0
            && !words.shape(start).is(Shape::ALL_CAPITALS)
            || words.shape(start).is(Shape::HYPHEN))
    {
        start += 1;
    }
    start..run.end
}

/// The last head noun of the run; behind a company's suffix nothing follows.
fn head_of(reader: Reader<'_>, run: &Range<usize>) -> Option<usize> {
    run.clone().rev().find(|it| {
        let facts = facts(reader, *it);
        facts.is(list::HEAD) && reader.words.shape(*it).is(Shape::CAPITAL)
    })
}

/// The facts of a token, or of the word that it is the plural of.
pub(crate) fn facts(reader: Reader<'_>, at: usize) -> Facts {
    let facts = reader.words.facts(at);
    if facts.is(list::HEAD) {
        return facts;
    }
    let singular = reader.words.lexicon.singular(reader.words.tokens[at].word);
    singular.map_or(facts, |it| reader.words.lexicon.facts(it))
}

fn kind_of(reader: Reader<'_>, head: usize) -> Option<Kind> {
    let facts = reader.words.facts(head);
    // "City of Brampton" is a place, "Brampton City" may be its team.
    if facts.is(list::PLACE_OF) && reader.words.is_word(head + 1, "of") {
        return Some(Kind::Place);
    }
    [
        (list::HEAD_AGREEMENT, Kind::Agreement),
        (list::HEAD_EVENT, Kind::Event),
        (list::HEAD_ORGANIZATION, Kind::Organization),
        (list::HEAD_PLACE, Kind::Place),
    ]
    .into_iter()
    .find_map(|(bit, kind)| facts.is(bit).then_some(kind))
}

/// Whether a weak head is a name's here: two words before it, or one that is no ordinary word, or none but "of X" behind.
fn evident(reader: Reader<'_>, run: &Range<usize>, head: usize, support: usize) -> bool {
    let words = reader.words;
    let last = head + 1 == run.end;
    let unusual = (run.start..head)
        .any(|it| words.shape(it).is(Shape::WORD) && !words.listed(it, list::COMMON));
    let begins = words.shape(run.start).is(Shape::FIRST);
    // "City of Brampton", "Museum of Salt"
    let named = head == run.start && words.is_word(head + 1, "of") && support > 0 && {
        let behind = head + 2 + usize::from(words.is_word(head + 2, "the"));
        words.listed(head, list::NAMED_OF) || !words.listed(behind, list::COMMON | list::DEMONYM)
    };
    // "Market Street", "Hill Farm"
    let by_one = words.listed(head, list::NAMED_BY_ONE) && head == run.start + 1 && !begins;
    last && (unusual || named || by_one || (support >= 2 && !begins) || support >= 3)
}

/// Whether "of", "on", "for" or "to" and a capital follow.
fn governs(reader: Reader<'_>, at: usize, end: usize) -> bool {
    let words = reader.words;
    let preposition = ["of", "on", "for", "against", "to"].iter().any(|it| words.is_word(at, it));
    let behind = at + 1 + usize::from(words.is_word(at + 1, "the"));
    preposition
        && behind < end
        && words.shape(behind).is(Shape::CAPITAL)
        && !words.shape(behind).is(Shape::FIRST)
        && !reader.dated[behind]
}

/// Known names inside a longer one.
fn nested(reader: Reader<'_>, outer: Range<usize>, found: &mut Vec<Span>) {
    let mut at = outer.start;
    while at < outer.end {
        let known =
            gazetteer::at(reader, at, outer.end).filter(|it| it.end - it.start < outer.len());
        match known {
            Some(known) if names_part(reader, &known) => {
                known.take(found);
                at = known.end;
            }
            _ => at += 1,
        }
    }
}

/// Whether a known name is worth keeping inside a longer one. "Museum of Salt": a town may have this name, but here it is the
/// ordinary word.
fn names_part(reader: Reader<'_>, known: &gazetteer::Known) -> bool {
    let word = known.end == known.start + 1 && reader.words.listed(known.start, list::COMMON);
    !word && !known.demonym && !known.weak && known.kind != Kind::Person
}
