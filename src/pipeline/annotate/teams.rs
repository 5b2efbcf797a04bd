//! Towns to the teams that bear their names: "Lincoln won 3-1", "he played for Leeds".

use std::ops::Range;

use crate::pipeline::annotate::cues::Cue;
use crate::pipeline::annotate::evidence::Feature;
use crate::pipeline::annotate::gazetteer::Known;
use crate::pipeline::annotate::rules;
use crate::pipeline::annotate::scan::Reader;
use crate::pipeline::annotate::span::Span;
use crate::pipeline::annotate::surroundings;
use crate::pipeline::words::Shape;
use crate::vocabulary::Kind;

/// Takes a town's name where its team is meant; gives where to go on.
///
/// A country stays a country: its team plays for it. A town becomes a team only beside a word that nothing but a team
/// allows, or in a sentence with a score.
pub(crate) fn team(
    reader: Reader<'_>,
    town: &Known,
    tokens: Range<usize>,
    found: &mut Vec<Span>,
) -> Option<usize> {
    let of_country = reader.vocabulary.entry(town.entry).part_of.is_some();
    if town.kind != Kind::Place || town.demonym || !of_country {
        return None;
    }
    let why = match (beside(reader, &tokens), scores(reader, &tokens)) {
        (Some(word), _) => format!("“{word}” beside it"),
        (_, true) => "it stands beside a score".to_owned(),
        _ => return None,
    };
    let end = tokens.end;
    found.push(Span::ruled(tokens, Kind::Organization, rules::TEAM, why));
    Some(end)
}

/// The word before or behind a name that only a team has beside it.
fn beside<'a>(reader: Reader<'a>, tokens: &Range<usize>) -> Option<&'a str> {
    let before = surroundings::at(reader, tokens.start) == Some(Feature::TeamBefore);
    let behind = reader.surface(tokens.end);
    let stands = surroundings::behind(behind) == Some(Feature::TeamBehind);
    if before { Some(reader.surface(tokens.start - 1)) } else { stands.then_some(behind) }
}

/// Whether the sentence has a score, and the name stands where a team does.
fn scores(reader: Reader<'_>, tokens: &Range<usize>) -> bool {
    let before = tokens.start.checked_sub(1);
    let beside = reader.is_cue(tokens.end, Cue::Result)
        || before
            .is_some_and(|it| reader.is_cue(it, Cue::Result) || reader.is_cue(it, Cue::Opponent));
    beside && reader.words.sentence(tokens.start).any(|it| is_score(reader, it))
}

/// Whether a result such as "3-1" begins at token `at`.
fn is_score(reader: Reader<'_>, at: usize) -> bool {
    let words = reader.words;
    let goals = |it: usize| {
        words.shape(it).is(Shape::NUMBER) && words.surface(it).len() <= 3 && !reader.dated[it]
    };
    let dash = matches!(reader.surface(at + 1), "-" | "–");
    goals(at) && dash && words.shape(at + 1).is(Shape::GLUED) && goals_behind(reader, at + 2)
}

fn goals_behind(reader: Reader<'_>, at: usize) -> bool {
    let shape = reader.words.shape(at);
    shape.is(Shape::NUMBER) && shape.is(Shape::GLUED) && reader.words.surface(at).len() <= 3
}
