//! The built-in gazetteer of `vocabulary/gazetteer/` to entries and forms; its README says what each column is for.

use crate::vocabulary::forms::{Claim, Form, Layer, claim, variants};
use crate::vocabulary::lexicon::list;
use crate::vocabulary::lists::{column, items, rows};
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
    let organization = kind == Kind::Organization;
    let wikidata = column(row, if organization { 4 } else { 3 });
    let part_of = if organization { column(row, 3) } else { "" };
    let aliases = items(column(row, 1)).chain(items(column(row, 2)));
    let entry = vocabulary.take_in(built_in(column(row, 0), kind, wikidata, aliases, part_of));
    let doubtful = column(row, if organization { 5 } else { 4 }).contains("word");
    for acronym in items(column(row, 1)) {
        vocabulary.claim(entry, acronym, Claim::Acronym, Layer::Bodies);
    }
    for name in std::iter::once(column(row, 0)).chain(items(column(row, 2))) {
        let bare = !name.contains([' ', '-']);
        let kind = if bare && doubtful { Claim::Doubtful } else { shape_of(name) };
        vocabulary.claim(entry, name, kind, Layer::Bodies);
    }
}

fn country(vocabulary: &mut Vocabulary, row: &str) {
    let aliases = items(column(row, 2)).chain(items(column(row, 3)));
    let entry =
        vocabulary.take_in(built_in(column(row, 0), Kind::Place, column(row, 6), aliases, ""));
    for name in
        std::iter::once(column(row, 0)).chain(items(column(row, 2))).chain(items(column(row, 3)))
    {
        vocabulary.claim(entry, name, shape_of(name), Layer::Countries);
    }
    for demonym in items(column(row, 4)) {
        vocabulary.claim(entry, demonym, Claim::Demonym, Layer::Countries);
    }
    vocabulary.countries.insert(column(row, 1).to_owned(), entry);
}

fn region(vocabulary: &mut Vocabulary, row: &str) {
    let of = vocabulary.country_name(column(row, 2));
    let entry =
        vocabulary.take_in(built_in(column(row, 0), Kind::Place, "", items(column(row, 3)), &of));
    for name in std::iter::once(column(row, 0)).chain(items(column(row, 3))) {
        vocabulary.claim(entry, name, vocabulary.place_claim(name, ""), Layer::Regions);
    }
    for adjective in items(column(row, 4)) {
        vocabulary.claim(entry, adjective, Claim::Demonym, Layer::Regions);
    }
}

fn city(vocabulary: &mut Vocabulary, row: &str) {
    let of = vocabulary.country_name(column(row, 1));
    let entry =
        vocabulary.take_in(built_in(column(row, 0), Kind::Place, "", items(column(row, 2)), &of));
    for name in std::iter::once(column(row, 0)).chain(items(column(row, 2))) {
        // "Washington, D.C." is no surname, whatever "Washington" is.
        let flags = if name.contains(' ') && name != column(row, 0) { "" } else { column(row, 3) };
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
            let pieces = crate::pipeline::words::pieces(&text, &self.lexicon);
            let words: Vec<_> = pieces.iter().map(|it| self.lexicon.add(it).0).collect();
            if !words.is_empty() {
                claim(&mut self.names, &words, Form::new(entry, &pieces, kind, layer));
            }
        }
    }

    /// What a place's name asks of a text: more than itself if it is also a word or a person's name.
    fn place_claim(&self, name: &str, flags: &str) -> Claim {
        let facts = self.lexicon.facts(self.lexicon.find(&crate::vocabulary::lexicon::fold(name)));
        let person = facts.is(list::FIRST_NAME | list::SURNAME) && !flags.contains("capital");
        if !flags.replace("capital", "").trim().is_empty() || person || facts.is(list::COMMON) {
            Claim::Doubtful
        } else {
            shape_of(name)
        }
    }

    fn country_name(&self, code: &str) -> String {
        self.countries.get(code).map(|it| self.entry(*it).name.clone()).unwrap_or_default()
    }
}
