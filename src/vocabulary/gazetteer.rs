//! The built-in gazetteer of `vocabulary/gazetteer/` to entries and forms; its README says what each column is for.

use crate::pipeline::words::tokens_of;
use crate::vocabulary::forms::{Claim, Form, Layer, claim, variants};
use crate::vocabulary::lexicon::list;
use crate::vocabulary::lists::{columns, items, rows};
use crate::vocabulary::phrases::word_of;
use crate::vocabulary::{Entry, EntryId, Kind, Origin, Vocabulary};

const COUNTRIES: &str = include_str!("gazetteer/countries.tsv");
const REGIONS: &str = include_str!("gazetteer/regions.tsv");
const CITIES: &str = include_str!("gazetteer/cities.tsv");
const ORGANIZATIONS: &str = include_str!("gazetteer/organizations.tsv");
const AGREEMENTS: &str = include_str!("gazetteer/agreements.tsv");
const EVENTS: &str = include_str!("gazetteer/events.tsv");

/// All bytes of the gazetteer, for the fingerprint of the vocabulary.
pub(crate) fn sources() -> impl Iterator<Item = &'static str> {
    [COUNTRIES, REGIONS, CITIES, ORGANIZATIONS, AGREEMENTS, EVENTS].into_iter()
}

/// Takes the whole gazetteer into `vocabulary`, behind the site's own entries.
pub(crate) fn load(vocabulary: &mut Vocabulary) {
    for row in rows(ORGANIZATIONS) {
        body(vocabulary, row, Kind::Organization);
    }
    for row in rows(AGREEMENTS) {
        body(vocabulary, row, Kind::Agreement);
    }
    for row in rows(EVENTS) {
        body(vocabulary, row, Kind::Event);
    }
    for row in rows(COUNTRIES) {
        country(vocabulary, row);
    }
    for row in rows(REGIONS) {
        region(vocabulary, row);
    }
    for row in rows(CITIES) {
        city(vocabulary, row);
    }
}

/// An organization, agreement or event: name, acronyms, aliases, and for organizations `part_of`, wikidata, flags.
fn body(vocabulary: &mut Vocabulary, row: &str, kind: Kind) {
    let [name, acronyms, others, third, fourth, fifth] = columns(row);
    let (part_of, wikidata, flags) = match kind {
        Kind::Organization => (third, fourth, fifth),
        _ => ("", third, fourth),
    };
    let aliases = items(acronyms).chain(items(others));
    let entry = vocabulary.take_in(built_in(name, kind, wikidata, aliases, part_of));
    let doubtful = flags.contains("word");
    for acronym in items(acronyms) {
        vocabulary.claim(entry, acronym, Claim::Acronym, Layer::Bodies);
    }
    for name in std::iter::once(name).chain(items(others)) {
        let bare = !name.contains([' ', '-']);
        let kind = if bare && doubtful { Claim::Doubtful } else { shape_of(name) };
        vocabulary.claim(entry, name, kind, Layer::Bodies);
    }
}

fn country(vocabulary: &mut Vocabulary, row: &str) {
    let [name, code, long, short, demonyms, _, wikidata] = columns(row);
    let aliases = items(long).chain(items(short));
    let entry = vocabulary.take_in(built_in(name, Kind::Place, wikidata, aliases.clone(), ""));
    for name in std::iter::once(name).chain(aliases) {
        vocabulary.claim(entry, name, shape_of(name), Layer::Countries);
    }
    for demonym in items(demonyms) {
        vocabulary.claim(entry, demonym, Claim::Demonym, Layer::Countries);
    }
    vocabulary.countries.insert(code.to_owned(), entry);
}

fn region(vocabulary: &mut Vocabulary, row: &str) {
    let [name, _, country, aliases, adjectives] = columns(row);
    let of = vocabulary.country_name(country);
    let entry = vocabulary.take_in(built_in(name, Kind::Place, "", items(aliases), &of));
    for name in std::iter::once(name).chain(items(aliases)) {
        vocabulary.claim(entry, name, vocabulary.place_claim(name, ""), Layer::Regions);
    }
    for adjective in items(adjectives) {
        vocabulary.claim(entry, adjective, Claim::Demonym, Layer::Regions);
    }
}

fn city(vocabulary: &mut Vocabulary, row: &str) {
    let [preferred, country, aliases, flags] = columns(row);
    let of = vocabulary.country_name(country);
    let entry = vocabulary.take_in(built_in(preferred, Kind::Place, "", items(aliases), &of));
    for name in std::iter::once(preferred).chain(items(aliases)) {
        // "Washington, D.C." is no surname, whatever "Washington" is.
        let flags = if name.contains(' ') && name != preferred { "" } else { flags };
        vocabulary.claim(entry, name, vocabulary.place_claim(name, flags), Layer::Cities);
    }
}

/// An acronym if it is one word of capitals, else a name.
fn shape_of(name: &str) -> Claim {
    let letters = name.chars().filter(|it| it.is_alphabetic());
    let capitals = letters.clone().all(char::is_uppercase) && !name.contains(' ');
    if capitals && letters.count() > 1 { Claim::Acronym } else { Claim::Name }
}

fn built_in<'a>(
    name: &str,
    kind: Kind,
    wikidata: &str,
    aliases: impl Iterator<Item = &'a str>,
    part_of: &str,
) -> Entry {
    Entry {
        id: String::new(),
        name: name.to_owned(),
        kind,
        aliases: aliases.map(str::to_owned).collect(),
        description: String::new(),
        same_as: if wikidata.is_empty() {
            Vec::new()
        } else {
            vec![format!("https://www.wikidata.org/wiki/{wikidata}")]
        },
        part_of: (!part_of.is_empty()).then(|| part_of.to_owned()),
        not: Vec::new(),
        not_same_as: Vec::new(),
        hidden: false,
        origin: Origin::Gazetteer,
    }
}

impl Vocabulary {
    /// Claims `text` and its usual variants for `entry`.
    pub(crate) fn claim(&mut self, entry: EntryId, text: &str, kind: Claim, layer: Layer) {
        for text in variants(text) {
            let tokens = tokens_of(&text, &self.lexicon);
            let words: Vec<_> =
                tokens.iter().map(|it| word_of(&mut self.lexicon, &text, it)).collect();
            if !words.is_empty() {
                claim(&mut self.names, &words, Form::new(entry, &tokens, kind, layer));
            }
        }
    }

    /// What a place's name asks of a text: more than itself if it is also a word or a person's name.
    fn place_claim(&self, name: &str, flags: &str) -> Claim {
        let facts = self.lexicon.facts(self.lexicon.find_written(name));
        let person = facts.is(list::FIRST_NAME | list::SURNAME) && !flags.contains("capital");
        let marked = !flags.is_empty() && !flags.replace("capital", "").trim().is_empty();
        if marked || person || facts.is(list::COMMON) { Claim::Doubtful } else { shape_of(name) }
    }

    fn country_name(&self, code: &str) -> String {
        self.countries.get(code).map(|it| self.entry(*it).name.clone()).unwrap_or_default()
    }
}
