use std::sync::{Arc, LazyLock};

use super::*;
use crate::pipeline::annotate::{
    Annotations, Mention, MentionRule, Name, Office, Standing, ThemeScore, rules,
};
use crate::pipeline::describe::{BlockRole, Description, Inferred};
use crate::pipeline::parse::head::Head;
use crate::pipeline::parse::nodes::Nodes;
use crate::pipeline::parse::{Block, BlockKind, Document, Format, LinkRef};
use crate::pipeline::read::OffsetMap;
use crate::policy::Rule;
use crate::vocabulary::{EntryId, ThemeId};

/// Nothing but what is built in.
static PLAIN: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::new(Vec::new(), Vec::new()));

/// With entries of its own, numbered in this order.
static OWN: LazyLock<Vocabulary> = LazyLock::new(|| {
    let board = entry("Tidewater Harbour Board", Kind::Organization);
    let bo = crate::vocabulary::Entry {
        not_same_as: vec!["Quillfeather".to_owned()],
        ..entry("Bo Quillfeather", Kind::Person)
    };
    let hidden = crate::vocabulary::Entry { hidden: true, ..entry("Hushwater", Kind::Place) };
    let ada = entry("Ada Quillfeather", Kind::Person);
    Vocabulary::new(vec![board, ada, bo, entry("Tidewater", Kind::Place), hidden], Vec::new())
});

fn inferred<T>(value: T) -> Inferred<T> {
    Inferred { value, rule: "test".into(), span: None, evidence: String::new() }
}

/// A document without text, to which names are added.
pub(crate) fn reading(id: &str, title: &str) -> Reading {
    let document = Document {
        id: id.into(),
        file: format!("seeds/{id}").into(),
        format: Format::Plain,
        front_matter: Head::default(),
        text: "".into(),
        origin: OffsetMap::default(),
        blocks: Vec::new(),
        body: Nodes::default(),
        links: Vec::new(),
    };
    let description = Description {
        title: inferred(title.to_owned()),
        date: None,
        bounds: (None, None),
        updated: None,
        issuer: None,
        kind: None,
        speakers: Vec::new(),
        authors: Vec::new(),
        symbol: None,
        language: inferred("en".to_owned()),
        roles: Vec::new(),
        words: 1,
    };
    Reading { document, description, annotations: Annotations::default() }
}

#[expect(clippy::unnecessary_wraps, reason = "descriptions hold an option")]
pub(crate) fn date(year: i16, month: u8, day: u8) -> Option<Inferred<PartialDate>> {
    Some(inferred(PartialDate { year: Some(year), month: Some(month), day: Some(day) }))
}

fn rule(name: &str) -> MentionRule {
    MentionRule(rules::RULES.iter().position(|it| it.0 == name).unwrap() as u8)
}

pub(crate) fn name(text: &str, kind: Kind, standing: Standing) -> Name {
    Name {
        text: text.into(),
        kind,
        entry: None,
        acronym: None,
        office: None,
        standing,
        evidence: "test".into(),
    }
}

fn person(text: &str) -> Name {
    name(text, Kind::Person, Standing::Evident)
}

fn holding(text: &str, title: &str, of: &str) -> Name {
    let office = Office { title: title.into(), of: of.into() };
    Name { office: Some(Box::new(office)), ..person(text) }
}

fn body(text: &str) -> Name {
    name(text, Kind::Organization, Standing::Evident)
}

impl Reading {
    /// Adds a paragraph with one mention of `name`.
    pub(crate) fn with(self, name: Name) -> Reading {
        self.by_rule(name, "evidence")
    }

    fn by_rule(mut self, name: Name, by: &str) -> Reading {
        let start = self.document.text.len() as u32;
        self.document.text = format!("{}{}\n", self.document.text, name.text).into();
        let end = self.document.text.len() as u32 - 1;
        let paragraph = self.document.blocks.len() as u32 + 1;
        self.document.blocks.push(Block { kind: BlockKind::Paragraph, start, end, paragraph });
        self.description.roles.push(BlockRole::Text);
        self.annotations.sentences.push(start);
        let number = self.annotations.names.len() as u16;
        let mention = Mention { start, end, name: number, nested_in: None, rule: rule(by) };
        self.annotations.mentions.push(mention);
        self.annotations.names.push(name);
        self
    }
}

pub(crate) fn collected(readings: Vec<Reading>, vocabulary: &Vocabulary) -> Collection {
    outcome(readings, vocabulary).value
}

fn outcome(readings: Vec<Reading>, vocabulary: &Vocabulary) -> Outcome<Collection> {
    let readings: Vec<_> = readings.into_iter().map(Arc::new).collect();
    let Outcome { value, diagnostics } = collate(&readings, vocabulary, &Outlines::default());
    Outcome { value: Arc::into_inner(value).expect("nobody else has it"), diagnostics }
}

/// The ids of the entities of one name in each of several documents.
fn ids(names: Vec<Name>) -> Vec<String> {
    ids_in(names, &PLAIN)
}

fn ids_in(names: Vec<Name>, vocabulary: &Vocabulary) -> Vec<String> {
    let documents = names.into_iter().enumerate();
    let readings = documents.map(|(at, it)| reading(&format!("{at}.txt"), "x").with(it)).collect();
    let entities = collected(readings, vocabulary).entities;
    entities.into_iter().map(|it| it.id).collect()
}

fn entry(name: &str, kind: Kind) -> crate::vocabulary::Entry {
    crate::vocabulary::Entry {
        id: String::new(),
        name: name.to_owned(),
        kind,
        aliases: Vec::new(),
        description: String::new(),
        same_as: Vec::new(),
        part_of: None,
        not: Vec::new(),
        not_same_as: Vec::new(),
        hidden: false,
        origin: Origin::Vocabulary,
    }
}

fn known(name: &str, kind: Kind, at: u32) -> Name {
    Name { entry: Some(EntryId(at)), ..self::name(name, kind, Standing::Evident) }
}

#[test]
fn spellings_of_one_name_are_one() {
    let names = ["Harbour-Board Organisation", "the Harbour Board Organization"];
    assert_eq!(ids(names.map(body).to_vec()), ["harbour-board-organisation"]);
    assert_eq!(ids(vec![body("Tide Centre"), body("Tide Center")]), ["tide-center"]);
}

#[test]
fn the_kind_with_most_evidence_wins() {
    let place = name("Tidewater", Kind::Place, Standing::Likely);
    let board = name("Tidewater", Kind::Organization, Standing::Evident);
    let readings = vec![reading("a.txt", "x").with(place), reading("b.txt", "x").with(board)];
    let entities = collected(readings, &PLAIN).entities;
    assert_eq!((entities.len(), entities[0].kind), (1, Kind::Organization));
    assert!(
        entities[0].evidence.iter().any(|it| it.contains("place")),
        "{:?}",
        entities[0].evidence
    );
}

#[test]
fn an_acronym_joins_the_one_name_it_is_defined_for() {
    let long = Name { acronym: Some("TWB".into()), ..body("Tidewater Board") };
    assert_eq!(ids(vec![long.clone(), body("TWB")]), ["tidewater-board"]);
    let other = Name { acronym: Some("TWB".into()), ..body("Treasure Wreck Bureau") };
    assert_eq!(
        ids(vec![long, other, body("TWB")]),
        ["tidewater-board", "treasure-wreck-bureau", "twb"]
    );
}

#[test]
fn an_acronym_joins_the_only_name_with_its_initials() {
    let names = vec![body("Board of Tidal Mills"), body("BTM")];
    assert_eq!(ids(names), ["board-of-tidal-mills"]);
    let two = vec![body("Board of Tidal Mills"), body("Bureau for Tall Masts"), body("BTM")];
    assert_eq!(ids(two).len(), 3);
    let of_another_kind =
        vec![body("Board of Tidal Mills"), name("BTM", Kind::Event, Standing::Evident)];
    assert_eq!(ids(of_another_kind).len(), 2);
}

#[test]
fn a_surname_joins_the_one_person_of_the_same_office() {
    let full = holding("Ada Quillfeather", "Harbour Master", "Tidewater Board");
    let short = holding("Quillfeather", "Harbour Master", "Tidewater Board");
    assert_eq!(ids(vec![full.clone(), short.clone()]), ["ada-quillfeather"]);
    let namesake = holding("Bo Quillfeather", "Treasurer", "Tidewater Board");
    assert_eq!(ids(vec![full, namesake, short]), ["ada-quillfeather", "bo-quillfeather"]);
}

#[test]
fn one_surname_and_two_offices_are_two_people() {
    let master = holding("Quillfeather", "Harbour Master", "Tidewater Board");
    let mayor = holding("Quillfeather", "Mayor", "Tidewater");
    assert_eq!(ids(vec![master.clone(), mayor.clone()]).len(), 2);
    let full = holding("Ada Quillfeather", "Harbour Master", "Tidewater Board");
    assert_eq!(ids(vec![full, mayor]).len(), 2);
}

#[test]
fn a_surname_without_an_office_joins_within_a_small_folder_only() {
    let readings = |folder: &str| {
        let there = reading("letters/a.txt", "x").with(person("Ada Quillfeather"));
        vec![there, reading(&format!("{folder}/b.txt"), "x").with(person("Quillfeather"))]
    };
    let mut alone = collected(readings("letters"), &PLAIN).entities;
    assert_eq!(alone.len(), 1);
    assert!(alone.remove(0).evidence.iter().any(|it| it.contains("surname")));
    assert_eq!(collected(readings("minutes"), &PLAIN).entities.len(), 2);
    let two = vec![person("Ada Quillfeather"), person("Bo Quillfeather"), person("Quillfeather")];
    assert_eq!(ids(two).len(), 3);
}

#[test]
fn other_spellings_join_only_with_the_same_office() {
    let one = holding("Zhorash Tulimov", "Chair", "Tidewater Board");
    let other = holding("Zhorasch Tulimow", "Chair", "Tidewater Board");
    assert_eq!(ids(vec![one.clone(), other]), ["zhorash-tulimov"]);
    let elsewhere = holding("Zhorash Tulimow", "Chair", "Mill Board");
    assert_eq!(ids(vec![one.clone(), elsewhere]).len(), 2);
    let far = holding("Zhoran Talimaw", "Chair", "Tidewater Board");
    assert_eq!(ids(vec![one.clone(), far]).len(), 2);
    let namesake = holding("Zhorash Tulimof", "Chair", "Tidewater Board");
    let both = reading("a.txt", "x").with(one).with(namesake);
    assert_eq!(collected(vec![both], &PLAIN).entities.len(), 2, "both are in one document");
}

#[test]
fn two_first_names_are_two_people() {
    let one = holding("John Tulimov", "Chair", "Tidewater Board");
    let other = holding("Joan Tulimov", "Chair", "Tidewater Board");
    assert_eq!(ids(vec![one, other]).len(), 2);
}

#[test]
fn a_name_written_otherwise_joins_its_entry() {
    let board = known("Tidewater Harbour Board", Kind::Organization, 0);
    assert_eq!(
        ids_in(vec![board, body("Tidewater harbor-Board")], &OWN),
        ["tidewater-harbour-board"]
    );
}

#[test]
fn what_the_maintainer_keeps_apart_stays_apart() {
    let ada = known("Ada Quillfeather", Kind::Person, 1);
    assert_eq!(ids_in(vec![ada, person("Quillfeather")], &OWN).len(), 1);
    let bo = known("Bo Quillfeather", Kind::Person, 2);
    assert_eq!(ids_in(vec![bo, person("Quillfeather")], &OWN).len(), 2);
}

#[test]
fn standing_decides_what_is_published() {
    let of = |standing| name("Tidewater", Kind::Place, standing);
    assert_eq!(ids(vec![of(Standing::Evident)]).len(), 1);
    assert_eq!(ids(vec![of(Standing::Likely)]).len(), 0);
    assert_eq!(ids(vec![of(Standing::Likely), of(Standing::Likely)]).len(), 1);
    assert_eq!(ids(vec![of(Standing::Doubtful), of(Standing::Doubtful)]).len(), 0);
    let both = [Standing::Doubtful, Standing::Evident].map(|it| reading("a.txt", "x").with(of(it)));
    let entities = collected(both.to_vec(), &PLAIN).entities;
    assert_eq!(entities[0].mentions, 2, "a sure document makes a doubtful one sure");
}

#[test]
fn hidden_entries_and_mere_adjectives_have_no_page() {
    assert!(ids_in(vec![known("Hushwater", Kind::Place, 4)], &OWN).is_empty());
    let adjective = reading("a.txt", "x").by_rule(known("Tidewater", Kind::Place, 3), "demonym");
    assert!(collected(vec![adjective], &OWN).entities.is_empty());
}

#[test]
fn a_name_inside_another_counts_only_where_the_other_has_no_page() {
    let nested = |standing| {
        let outer = name("Tidewater Board", Kind::Organization, standing);
        let mut it = reading("a.txt", "x").with(outer).with(known("Tidewater", Kind::Place, 3));
        it.annotations.mentions[1].nested_in = Some(0);
        collected(vec![it], &OWN).entities.into_iter().map(|it| it.id).collect::<Vec<_>>()
    };
    assert_eq!(nested(Standing::Evident), ["tidewater-board"]);
    assert_eq!(nested(Standing::Doubtful), ["tidewater"]);
}

fn slugs_of(readings: Vec<Reading>) -> (Vec<String>, usize) {
    let outcome = outcome(readings, &PLAIN);
    let taken = outcome.diagnostics.iter().filter(|it| it.rule == Rule::AddressTaken).count();
    (outcome.value.documents.into_iter().map(|it| it.slug).collect(), taken)
}

#[test]
fn addresses_come_from_files_that_say_something() {
    let readings = vec![reading("2019-11-harbour_minutes.md", "x"), reading("a/minutes.txt", "x")];
    assert_eq!(slugs_of(readings).0, ["2019-11-harbour-minutes", "minutes"]);
}

#[test]
fn addresses_come_from_date_and_title_else() {
    let mut dated =
        reading("004_209da76221da6401.txt", "The opening of the new Tidewater mill and its wheel");
    dated.description.date = date(2019, 11, 19);
    let (slugs, _) = slugs_of(vec![dated, reading("17.txt", "???")]);
    assert_eq!(slugs, ["2019-11-19-opening-new-tidewater-mill-wheel", "17"]);
}

#[test]
fn no_two_documents_share_an_address() {
    let readings = ["a/minutes.txt", "b/minutes.txt", "c/b/minutes.txt"];
    let (slugs, findings) = slugs_of(readings.map(|it| reading(it, "x")).to_vec());
    assert_eq!(
        (slugs, findings),
        (["minutes", "b-minutes", "b-minutes-2"].map(str::to_owned).to_vec(), 0)
    );
    let mut given = ["a.txt", "b.txt"].map(|it| reading(it, "x"));
    given.iter_mut().for_each(|it| it.document.front_matter.slug = Some("mill".to_owned()));
    assert_eq!(slugs_of(given.to_vec()), (vec!["mill".to_owned(), "mill-2".to_owned()], 1));
}

#[test]
fn links_lead_back_and_broken_ones_are_found() {
    let link = |to: &str| LinkRef { destination: to.to_owned(), title: String::new(), span: 3..9 };
    let mut from = reading("a/one.md", "x");
    from.document.links =
        vec![link("../two.txt#p1"), link("two.txt"), link("https://example.org/")];
    let outcome = outcome(vec![from, reading("two.txt", "x")], &Vocabulary::default());
    assert_eq!(outcome.value.documents[1].backlinks, [DocumentIndex(0)]);
    let broken: Vec<_> = outcome.diagnostics.iter().map(|it| (it.rule, it.span.clone())).collect();
    assert_eq!(broken, [(Rule::BrokenFragment, 3..9), (Rule::BrokenLink, 3..9)]);
}

#[test]
fn documents_stand_in_the_order_of_time() {
    let dated = |id: &str, year| {
        let mut it = reading(id, "x");
        it.description.date = date(year, 5, 1);
        it
    };
    let readings = vec![dated("a.txt", 2019), reading("b.txt", "x"), dated("c.txt", 2021)];
    let collection = collected(readings, &Vocabulary::default());
    assert_eq!(collection.by_date, [DocumentIndex(2), DocumentIndex(0), DocumentIndex(1)]);
    assert_eq!(collection.documents[0].later, Some(DocumentIndex(2)));
    assert_eq!(collection.documents[2].earlier, Some(DocumentIndex(0)));
    assert_eq!((collection.documents[1].earlier, collection.documents[1].later), (None, None));
    let years: Vec<_> = collection.years.iter().map(|it| (it.year, it.documents.len())).collect();
    assert_eq!(years, [(2019, 1), (2021, 1)]);
}

#[test]
fn those_named_in_one_sentence_are_counted_and_shown() {
    let mut both = reading("a.txt", "x").with(body("Mill Board")).with(body("Tide Board"));
    both.annotations.sentences.truncate(1);
    let apart = reading("b.txt", "x").with(body("Mill Board")).with(body("Tide Board"));
    let collection = collected(vec![both, apart], &PLAIN);
    let together = &collection.entities[0].together;
    assert_eq!((together[0].documents, together[0].sentences), (2, 1));
    assert_eq!(together.passages(&together[0]), [(DocumentIndex(0), 2)]);
    assert_eq!((collection.pairs.len(), collection.pairs[0].documents), (1, 2));
}

#[test]
fn what_shares_a_rare_name_is_nearer_than_what_shares_a_common_one() {
    let readings = vec![
        reading("a.txt", "x").with(body("Mill Board")).with(body("Tide Board")),
        reading("b.txt", "x").with(body("Tide Board")),
        reading("c.txt", "x").with(body("Mill Board")),
        reading("d.txt", "x").with(body("Tide Board")),
        reading("e.txt", "x").with(body("Nobody Else")),
    ];
    let collection = collected(readings, &PLAIN);
    let related = |at: usize| -> Vec<u32> {
        collection.related(DocumentIndex(at as u32)).iter().map(|it| it.document.0).collect()
    };
    assert_eq!(related(0), [2, 1, 3]);
    assert!(related(4).is_empty());
}

#[test]
fn issuers_are_found_by_the_names_of_the_document() {
    let board = Name { acronym: Some("TWB".into()), ..body("Tidewater Board") };
    let mut by_acronym = reading("a.txt", "x").with(board);
    by_acronym.description.issuer = Some(inferred("TWB".to_owned()));
    let mut elsewhere = reading("b.txt", "x");
    elsewhere.description.issuer = Some(inferred("the Tidewater Board".to_owned()));
    elsewhere.document.front_matter.entities = vec!["Tidewater Board".to_owned()];
    let collection = collected(vec![by_acronym, elsewhere], &PLAIN);
    assert_eq!(collection.documents[0].issuer, Some(EntityIndex(0)));
    assert_eq!(collection.documents[1].issuer, Some(EntityIndex(0)));
    assert_eq!(*collection.documents[1].named, [(EntityIndex(0), 0)]);
    assert_eq!(collection.entities[0].issued, [DocumentIndex(0), DocumentIndex(1)]);
}

#[test]
fn themes_list_the_documents_that_are_about_them_first() {
    let theme = crate::vocabulary::Theme {
        id: "tides".to_owned(),
        name: "Tides".to_owned(),
        description: String::new(),
        terms: Vec::new(),
        not: Vec::new(),
        broader: None,
        related: Vec::new(),
        origin: Origin::Vocabulary,
    };
    let about = |id: &str, score, core| {
        let mut it = reading(id, "x");
        it.annotations.themes =
            vec![ThemeScore { theme: ThemeId(0), score, core, evidence: Vec::new() }];
        it
    };
    let readings =
        vec![about("a.txt", 0.4, false), about("b.txt", 0.6, true), about("c.txt", 0.8, true)];
    let collection = collected(readings, &Vocabulary::new(Vec::new(), vec![theme]));
    let documents: Vec<_> = collection.themes[0].documents.iter().map(|it| it.0.0).collect();
    assert_eq!(documents, [2, 1, 0]);
    assert_eq!(collection.documents[0].themes, [(0, 0)]);
}

/// Documents that have names, offices, themes, dates, issuers and links in common.
fn pool() -> Vec<Arc<Reading>> {
    let bodies = ["Tidewater Board", "the Harbour Board", "Harbor Board", "The The Ferry", "Oslo"];
    let document = |at: usize| {
        let text = format!("{}/{at}.txt", ["letters", "minutes"][at % 2]);
        let mut it = reading(&text, &format!("Title {}", at / 2));
        it = it.with(body(bodies[at % 5])).with(body(bodies[(at / 2) % 5]));
        it = match at % 6 {
            0 => it.with(Name { acronym: Some("TB".into()), ..body("Tidewater Board") }),
            1 => it.with(body("TB")).with(person("Quillfeather")),
            2 => it.with(holding("Ada Quillfeather", "Mayor", "Oslo")),
            3 => it.with(holding("Quillfeather", "Mayor", "Oslo")),
            4 => it.with(holding("Ada Quilfeather", "Mayor", "Oslo")),
            _ => it.with(name("Pier", Kind::Place, Standing::Doubtful)),
        };
        let sentence = it.annotations.sentences.len() - at % 3;
        it.annotations.sentences.truncate(sentence.max(1));
        it.description.date =
            if at.is_multiple_of(4) { None } else { date([2000, 2001, 2002][at % 3], 5, 1) };
        let issuers = ["Ferry", "the Tidewater board", "Hushwater", "Bo Quillfeather"];
        it.description.issuer = Some(inferred(issuers[at % 4].to_owned()));
        let theme = ThemeId((at % 3) as u16);
        let evidence = vec![("tide".into(), 1)];
        let score = at as f32 / 20.0;
        it.annotations.themes =
            vec![ThemeScore { theme, score, core: at.is_multiple_of(2), evidence }];
        Arc::new(it)
    };
    (0..16).map(document).collect()
}

fn longer(reading: &Reading) -> Reading {
    let mut longer = reading.clone();
    longer.document.text = [&*longer.document.text, " It rained."].concat().into();
    longer
}

proptest::proptest! {
    #[test]
    fn what_is_remembered_of_earlier_collations_never_shows(
        steps in proptest::collection::vec(proptest::prelude::any::<u16>(), 2..6),
        own in proptest::prelude::any::<bool>(),
    ) {
        let (pool, known) = (pool(), Outlines::default());
        let vocabulary: &Vocabulary = if own { &OWN } else { &PLAIN };
        for step in steps {
            let chosen = pool.iter().enumerate().filter(|it| step >> it.0 & 1 == 1);
            // Some are read anew: the same, or with more text behind all that is named.
            let chosen = chosen.map(|(at, it)| match (usize::from(step) + at) % 4 {
                0 => Arc::new(Reading::clone(it)),
                1 => Arc::new(longer(it)),
                _ => Arc::clone(it),
            });
            let mut readings: Vec<_> = chosen.collect();
            readings.sort_by(|a, b| a.document.id.cmp(&b.document.id));
            let warm = collate(&readings, vocabulary, &known);
            let cold = collate(&readings, vocabulary, &Outlines::default());
            for found in [&warm.value, &cold.value] {
                (0..found.documents.len() as u32).for_each(|it| _ = found.related(DocumentIndex(it)));
                (0..found.themes.len() as u32).for_each(|it| _ = found.typical(it));
            }
            let same = format!("{warm:?}") == format!("{cold:?}");
            proptest::prop_assert!(same);
        }
    }
}
