//! Spans to the names of the document: which spans mean the same person, body or place.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::pipeline::annotate::scan::Reader;
use crate::pipeline::annotate::span::Span;
use crate::pipeline::annotate::{MentionRule, Name, Office, acronyms, rules, verdict};
use crate::pipeline::words::Shape;
use crate::vocabulary::lexicon::{fold, list};
use crate::vocabulary::{EntryId, Kind};

/// The names of a document while they are being told apart.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// In the order in which they were first met.
    pub(crate) list: Vec<Name>,
    by_entry: FxHashMap<EntryId, u16>,
    /// By text, folded: for each kind, and for what has none.
    by_text: [FxHashMap<String, u16>; 6],
    by_surname: FxHashMap<String, Option<u16>>,
    by_tokens: FxHashMap<(usize, usize), u16>,
}

/// Gives every span its name; long forms first, so that short ones can join them.
pub(crate) fn names(
    reader: Reader<'_>,
    tree: &[(Span, Option<usize>)],
    acronyms: &FxHashMap<String, Range<usize>>,
) -> (Vec<Name>, Vec<u16>) {
    let mut names = Names::default();
    let mut of_span = vec![0; tree.len()];
    for short in [false, true] {
        for (at, (span, _)) in tree.iter().enumerate().filter(|(_, it)| is_short(&it.0) == short) {
            of_span[at] = names.find(reader, span, acronyms);
        }
    }
    (names.list, of_span)
}

/// One word that may be a short form of a longer name.
fn is_short(span: &Span) -> bool {
    span.entry.is_none()
        && (span.end == span.start + 1
            || matches!(
                span.rule,
                rules::ROLE | rules::SURNAME | rules::GIVEN_NAME | rules::SHORT_FORM
            ))
}

impl Names {
    fn find(
        &mut self,
        reader: Reader<'_>,
        span: &Span,
        acronyms: &FxHashMap<String, Range<usize>>,
    ) -> u16 {
        let surface = reader.words.slice(span.tokens());
        let long =
            acronyms.get(surface).and_then(|it| self.by_tokens.get(&(it.start, it.end))).copied();
        let model = span.model.and_then(|it| self.by_tokens.get(&it)).copied();
        let name = match (span.entry, model, span.kind) {
            (Some(entry), ..) => self.of_entry(reader, span, entry),
            (None, Some(model), _) => model,
            (None, None, Some(Kind::Person)) => self.of_person(reader, span),
            _ => long.unwrap_or_else(|| self.of_text(reader, span)),
        };
        if long == Some(name) {
            self.list[usize::from(name)].acronym = Some(surface.into());
        }
        self.by_tokens.insert((span.start, span.end), name);
        name
    }

    fn of_entry(&mut self, reader: Reader<'_>, span: &Span, entry: EntryId) -> u16 {
        if let Some(&known) = self.by_entry.get(&entry) {
            return known;
        }
        let name = reader.vocabulary.entry(entry).name.clone();
        let number = self.push(Name { text: name.into(), entry: Some(entry), ..blank(span) });
        self.by_entry.insert(entry, number);
        if span.kind == Some(Kind::Person) {
            self.answer_to(reader, span, number);
        }
        number
    }

    fn of_text(&mut self, reader: Reader<'_>, span: &Span) -> u16 {
        let text = tidy(reader, span);
        let key = fold(&text);
        if let Some(&known) = self.of_kind(span.kind).get(&*key) {
            self.strengthen(known, span);
            return known;
        }
        let key = key.into_owned();
        let acronym = acronyms::is_acronym(reader, span.start) && span.end == span.start + 1;
        let number = self.push(Name {
            acronym: acronym.then(|| text.as_str().into()),
            text: text.into(),
            ..blank(span)
        });
        self.of_kind(span.kind).insert(key, number);
        number
    }

    fn of_kind(&mut self, kind: Option<Kind>) -> &mut FxHashMap<String, u16> {
        &mut self.by_text[kind.map_or(Kind::ALL.len(), |it| it as usize)]
    }

    /// A person: by full name, or by the surname that only one person of the document has.
    fn of_person(&mut self, reader: Reader<'_>, span: &Span) -> u16 {
        let text = tidy(reader, span);
        let key = fold(&text);
        let same = self.of_kind(span.kind).get(&*key).copied();
        let number = same.unwrap_or_else(|| {
            let number = self.of_new_person(reader, span, &text);
            self.of_kind(span.kind).entry(key.into_owned()).or_insert(number);
            number
        });
        self.answer_to(reader, span, number);
        self.strengthen(number, span);
        self.hold(reader, number, span);
        number
    }

    /// A person whose name as it stands here is new.
    fn of_new_person(&mut self, reader: Reader<'_>, span: &Span, text: &str) -> u16 {
        if span.end == span.start + 1
            && let Some(Some(known)) =
                self.by_surname.get(&*fold(reader.words.surface(span.end - 1)))
        {
            return *known;
        }
        match reader.vocabulary.named(text, Kind::Person) {
            Some(entry) => self.of_entry(reader, span, entry),
            None => self.push(Name { text: text.into(), ..blank(span) }),
        }
    }

    /// Notes by which one word a person may be called; a word of two people calls neither.
    fn answer_to(&mut self, reader: Reader<'_>, span: &Span, number: u16) {
        let family_first = span.end - span.start > 1
            && reader.words.listed(span.start, list::ANY_SURNAME)
            && !reader.words.listed(span.start, list::FIRST_NAME | list::FIRST_NAME_WEAK)
            && !reader.words.listed(span.end - 1, list::SURNAME);
        let first = family_first.then_some(span.start);
        for token in first.into_iter().chain([span.end - 1]) {
            let word = fold(reader.words.surface(token));
            match self.by_surname.get_mut(&*word) {
                Some(place) if *place != Some(number) => *place = None,
                Some(_) => {}
                None => drop(self.by_surname.insert(word.into_owned(), Some(number))),
            }
        }
    }

    fn strengthen(&mut self, number: u16, span: &Span) {
        let name = &mut self.list[usize::from(number)];
        name.standing = name.standing.min(verdict::standing(span));
    }

    /// Notes the office that a span gives.
    fn hold(&mut self, reader: Reader<'_>, number: u16, span: &Span) {
        let Some(office) = &span.office else { return };
        let title = reader.words.slice(office.clone());
        let of = body_before(reader, office.start).unwrap_or_default();
        let known = &mut self.list[usize::from(number)].office;
        if known.is_none() || known.as_ref().is_some_and(|it| it.of.is_empty() && !of.is_empty()) {
            *known = Some(Box::new(Office { title: title.into(), of: of.into() }));
        }
    }

    fn push(&mut self, name: Name) -> u16 {
        let number = u16::try_from(self.list.len()).unwrap_or(u16::MAX);
        if number < u16::MAX {
            self.list.push(name);
            return number;
        }
        number - 1
    }
}

/// The known body that ends right before token `at`, by its name.
fn body_before(reader: Reader<'_>, at: usize) -> Option<String> {
    let at = if at > 0 && reader.words.shape(at - 1).is(Shape::POSSESSIVE) { at - 1 } else { at };
    (at.saturating_sub(8)..at).find_map(|start| {
        let (end, owners) = reader.vocabulary.name_at(reader.words, start, at)?;
        (end == at).then(|| reader.vocabulary.entry(owners.form.entry).name.clone())
    })
}

fn blank(span: &Span) -> Name {
    Name {
        text: "".into(),
        kind: span.kind.unwrap_or(Kind::Organization),
        entry: None,
        acronym: None,
        office: None,
        standing: verdict::standing(span),
        evidence: span.why.as_deref().unwrap_or_default().into(),
    }
}

/// The surface of a span as a name: one blank between words, plain hyphens, a person's capitals as in a sentence.
pub(crate) fn tidy(reader: Reader<'_>, span: &Span) -> String {
    let mut text = String::with_capacity(reader.words.slice(span.tokens()).len());
    for at in span.tokens() {
        let surface = reader.words.surface(at);
        let shape = reader.words.shape(at);
        if !text.is_empty() && !shape.is(Shape::GLUED) {
            text.push(' ');
        }
        let shouts = span.kind == Some(Kind::Person)
            && shape.is(Shape::ALL_CAPITALS)
            && surface.chars().count() > 2
            && !shape.is(Shape::DOTTED);
        match (shouts, shape.is(Shape::HYPHEN)) {
            (true, _) => text.extend(sentence_case(surface)),
            (_, true) => text.push('-'),
            _ if surface.is_ascii() => text.push_str(surface),
            _ => text.extend(surface.chars().map(plain)),
        }
    }
    text
}

/// Typographic hyphens as plain ones: a name is one name however a page sets it.
fn plain(letter: char) -> char {
    if matches!(letter, '\u{2010}' | '\u{2011}') { '-' } else { letter }
}

fn sentence_case(word: &str) -> impl Iterator<Item = char> + '_ {
    let mut letters = word.chars();
    letters.next().into_iter().chain(letters.flat_map(char::to_lowercase))
}

impl Span {
    /// A short form of `model`, found by `rule`.
    pub(crate) fn short_of(model: &Span, tokens: Range<usize>, rule: MentionRule) -> Span {
        let longer = model.model.unwrap_or((model.start, model.end));
        Span {
            start: tokens.start,
            end: tokens.end,
            rule,
            office: None,
            model: Some(longer),
            ..model.clone()
        }
    }
}
