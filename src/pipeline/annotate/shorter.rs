//! Names to the longer names of the document that they are part of, and to the people whom the document's head names.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::pipeline::annotate::rules;
use crate::pipeline::annotate::scan::Reader;
use crate::pipeline::annotate::span::Span;
use crate::pipeline::describe::Description;
use crate::pipeline::words::Shape;
use crate::vocabulary::Kind;
use crate::vocabulary::lexicon::{fold, list};

/// Joins a found name of several words to the only longer one of its kind that begins or goes on with its words.
pub(crate) fn shorter(reader: Reader<'_>, spans: &mut [Span]) {
    let body = |span: &Span| {
        matches!(span.rule, rules::HEAD_NOUN | rules::ACRONYM_DEFINITION) && span.entry.is_none()
    };
    let found: Vec<_> = spans.iter().map(|it| body(it).then(|| words_of(reader, it))).collect();
    let mut long = Longer::default();
    for (span, words) in spans.iter().zip(&found) {
        if let Some(words) = words {
            long.take_in(words, span);
        }
    }
    for (span, words) in spans.iter_mut().zip(&found) {
        let own = words.as_deref().filter(|it| it.len() >= 2);
        if let Some(model) = own.and_then(|it| long.only(it, span.kind)) {
            span.model = Some(model);
            span.rule = rules::SHORT_FORM;
        }
    }
}

/// The words of a name, folded.
type Folded<'a> = Vec<Cow<'a, str>>;

fn words_of<'a>(reader: Reader<'a>, span: &Span) -> Folded<'a> {
    let words = span.tokens().filter(|it| reader.words.shape(*it).is(Shape::WORD | Shape::NUMBER));
    words.map(|it| fold(reader.words.surface(it))).collect()
}

/// Words, kind, and the tokens where a name first stands.
type First<'a> = (&'a [Cow<'a, str>], Option<Kind>, (usize, usize));

/// The names of a document by the words in them, each once.
#[derive(Default)]
struct Longer<'a> {
    known: FxHashSet<(&'a [Cow<'a, str>], Option<Kind>)>,
    names: Vec<First<'a>>,
    /// For each word, the names in which it stands.
    with: FxHashMap<&'a str, Vec<usize>>,
}

impl<'a> Longer<'a> {
    fn take_in(&mut self, words: &'a [Cow<'a, str>], span: &Span) {
        if !self.known.insert((words, span.kind)) {
            return;
        }
        for word in words {
            let with = self.with.entry(word).or_default();
            if with.last() != Some(&self.names.len()) {
                with.push(self.names.len());
            }
        }
        self.names.push((words, span.kind, (span.start, span.end)));
    }

    /// Where the only longer name of this kind that holds the words `own` stands.
    fn only(&self, own: &[Cow<'_, str>], kind: Option<Kind>) -> Option<(usize, usize)> {
        let with = self.with.get(&**own.first()?)?;
        let mut longer = with.iter().map(|it| &self.names[*it]).filter(|it| {
            it.1 == kind
                && it.0.len() > own.len()
                && it.0.windows(own.len()).any(|part| part == own)
        });
        let first = longer.next()?;
        longer.next().is_none().then_some(first.2)
    }
}

/// Adds every place where a person stands whom the document's head names as speaker or author.
pub(crate) fn described(reader: Reader<'_>, description: &Description, spans: &mut Vec<Span>) {
    let speakers = description.speakers.iter().map(|it| it.value.name.as_str());
    let authors = description.authors.iter().map(|it| it.value.as_str());
    let mut by_first: FxHashMap<String, Vec<Vec<String>>> = FxHashMap::default();
    for name in speakers.chain(authors) {
        let parts: Vec<_> = name
            .split([' ', '-'])
            .filter(|it| !it.is_empty())
            .map(|it| fold(it).into_owned())
            .collect();
        let lexicon = reader.words.lexicon;
        let honorific =
            |it: &String| lexicon.facts(lexicon.find(it.trim_end_matches('.'))).is(list::HONORIFIC);
        if parts.len() > 1 && !parts.first().is_some_and(honorific) {
            by_first.entry(parts[0].clone()).or_default().push(parts);
        }
    }
    if by_first.is_empty() {
        return;
    }
    let mut taken = vec![false; reader.words.tokens.len()];
    for span in spans.iter().filter(|it| it.kind.is_some()) {
        taken[span.tokens()].fill(true);
    }
    let mut named = vec![false; reader.words.tokens.len()];
    let mut found = Vec::new();
    for at in 0..reader.words.tokens.len() {
        let Some(names) = by_first.get(fold(reader.words.surface(at)).as_ref()) else { continue };
        let Some(end) = names.iter().find_map(|it| ends(reader, at, it)) else { continue };
        if taken[at..end].contains(&true) {
            continue;
        }
        taken[at..end].fill(true);
        named[at..end].fill(true);
        let why = "the document's head names them".to_owned();
        found.push(Span::ruled(at..end, Kind::Person, rules::DESCRIBED, why));
    }
    spans.retain(|it| !named[it.tokens()].contains(&true));
    spans.extend(found);
}

/// Where the words of `name` that begin at token `at` end; hyphens between them are passed over.
fn ends(reader: Reader<'_>, at: usize, name: &[String]) -> Option<usize> {
    let mut token = at;
    for part in name {
        token += usize::from(token > at && reader.words.shape(token).is(Shape::HYPHEN));
        let same =
            token < reader.words.tokens.len() && fold(reader.words.surface(token)) == part.as_str();
        if !same || !reader.words.shape(at).is(Shape::CAPITAL) {
            return None;
        }
        token += 1;
    }
    Some(token)
}
