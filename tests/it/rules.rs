//! Each rule that finds names: a text in which it fires, and a look-alike in which it must not.

use std::sync::Arc;

use seedbed::config::SiteConfig;
use seedbed::pipeline::annotate::Standing;
use seedbed::pipeline::annotate::rules::RULES;
use seedbed::pipeline::read::{OffsetMap, Source};
use seedbed::pipeline::{Drafts, Inputs, reading};
use seedbed::vocabulary::{Vocabulary, entities};

/// Rule, text, and a name that it finds there with its kind.
const FIRES: &[(&str, &str, &str)] = &[
    ("vocabulary", "The tea was paid for by Blue Gate.", "Blue Gate organization"),
    ("gazetteer", "They crossed into Kyrgyzstan at night.", "Kyrgyzstan place"),
    ("demonym", "A French and a Kenyan engineer shook hands.", "Kenyan place"),
    ("honorific", "The keys are with Mrs Tilda Roxwell.", "Tilda Roxwell person"),
    ("office", "It was opened by foreign minister Oren Tavi.", "Oren Tavi person"),
    (
        "head-noun",
        "A letter came from the Orchard Protection Committee.",
        "Orchard Protection Committee organization",
    ),
    (
        "qualified-place",
        "He farms in northern Kenya and in West Kyrgyzstan.",
        "West Kyrgyzstan place",
    ),
    (
        "numbered",
        "They voted for resolution 2482 (2019) without debate.",
        "resolution 2482 (2019) agreement",
    ),
    ("meeting", "Both spoke at the summit in Astana.", "summit in Astana event"),
    (
        "quoted-title",
        "She spoke at a conference entitled “Bridges over Dry Rivers” there.",
        "Bridges over Dry Rivers event",
    ),
    (
        "described",
        "Sorrel Quennis Walks Over Nine Quiet Hills\n\nBy Sorrel Quennis\n\nIt rained for nine days and the road was lost.\n\nNobody came.",
        "Sorrel Quennis person",
    ),
    (
        "short-form",
        "The Orchard Protection Committee met. The Protection Committee paid.",
        "Protection Committee organization",
    ),
    (
        "acronym-definition",
        "The work of the Vorland Quay Helpers (VQH) goes on.",
        "Vorland Quay Helpers organization",
    ),
    ("evidence", "\"It was late,\" said Anna Quennis.", "Anna Quennis person"),
    (
        "found-elsewhere",
        "Nine Quiet Years For Tilda Roxwell\n\nMrs Tilda Roxwell said that she was tired. The door was open.",
        "Tilda Roxwell person",
    ),
    ("surname", "Mrs Hannah Lantern came in. In the end they paid Lantern.", "Lantern person"),
    (
        "given-name",
        "Mrs Rose Quennis came in. In the end they laughed at her, too, and at Rose.",
        "Rose person",
    ),
    ("team", "She played for Bratislava until the war.", "Bratislava organization"),
    ("team", "On Saturday Bratislava lost 3-1 in the rain.", "Bratislava organization"),
    (
        "role",
        "Foreign Minister Oren Tavi came. Later the Foreign Minister left.",
        "Foreign Minister person",
    ),
];

/// Rule, and a text in which it finds nothing.
const SILENT: &[(&str, &str)] = &[
    ("vocabulary", "She painted a blue gate on the wall."),
    ("gazetteer", "Reading is hard, and a turkey is no chad."),
    ("demonym", "He polished the table and cut a swede."),
    ("honorific", "The general opinion was that a doctor is dear."),
    ("office", "Ministers and presidents come and go. The president Friday left."),
    ("head-noun", "The committee met the foundation, and a convention was kept."),
    ("qualified-place", "They walked north and then west, past old farms."),
    ("numbered", "Her resolution in 2019 was to run 20 miles."),
    ("meeting", "They reached the summit in bad weather, in the third session of rain."),
    ("quoted-title", "He called the conference \"dull\" and left."),
    (
        "described",
        "Rain in the hills\n\nBy noon it had rained for nine days, and the road was lost.\n\nNobody came.",
    ),
    ("short-form", "The Orchard Protection Committee met. The Rescue Committee paid."),
    ("acronym-definition", "They have nine boats (NB) and a hut (see below)."),
    ("evidence", "However, nobody came. Nothing is left. Rather late, they sang."),
    ("found-elsewhere", "Door Leaves After Nine Quiet Years\n\nMr Roxwell said that he was tired."),
    ("surname", "Mrs Hannah Lantern and Mr Bram Lantern came in. In the end they paid Lantern."),
    (
        "given-name",
        "Mrs Rose Roxwell and Mrs Rose Quennis came in. In the end they laughed at her, too, and at Rose.",
    ),
    ("team", "She played the viola in Bratislava, and 3-1 stood on a wall behind her."),
    ("role", "The Foreign Minister left. Nobody knew her name."),
];

fn inputs() -> Inputs {
    let own = "- id: blue-gate\n  name: Blue Gate\n  kind: organization\n";
    let entries = entities::parse(&Arc::from("entities.yaml"), own).value;
    Inputs {
        config: SiteConfig::default(),
        vocabulary: Arc::new(Vocabulary::new(entries, Vec::new())),
        sources: Vec::new(),
        assets: Vec::new(),
        drafts: Drafts::Publish,
        diagnostics: Vec::new(),
    }
}

fn source(text: &str) -> Source {
    Source {
        id: Arc::from("a.txt"),
        file: Arc::from("a.txt"),
        text: text.into(),
        origin: OffsetMap::default(),
        sidecar: None,
    }
}

/// What each rule finds in `text`: rule, surface and kind; candidates are marked.
fn found(text: &str, inputs: &Inputs) -> Vec<(&'static str, String)> {
    let reading = reading(&source(text), inputs).reading;
    let (annotations, text) = (&reading.annotations, &reading.document.text);
    let named = |it: &seedbed::pipeline::annotate::Mention| {
        let name = &annotations.names[usize::from(it.name)];
        let doubtful = if name.standing == Standing::Doubtful { " doubtful" } else { "" };
        let surface = &text[it.start as usize..it.end as usize];
        (it.rule.name(), format!("{surface} {}{doubtful}", name.kind.name()))
    };
    annotations.mentions.iter().map(named).collect()
}

#[test]
fn every_rule_fires_where_it_should() {
    let inputs = inputs();
    let mut wrong = Vec::new();
    for (rule, text, expected) in FIRES {
        let found = found(text, &inputs);
        if !found.contains(&(*rule, (*expected).to_owned())) {
            wrong.push(format!("{rule}: {text}\n  expected {expected}\n  found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_rule_fires_on_a_look_alike() {
    let inputs = inputs();
    let mut wrong = Vec::new();
    for (rule, text) in SILENT {
        let mut found = found(text, &inputs);
        found.retain(|it| it.0 == *rule && !it.1.ends_with("doubtful"));
        if !found.is_empty() {
            wrong.push(format!("{rule}: {text}\n  found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Text, and the people in it, in order: lists of those present, and closing lines.
const PEOPLE: &[(&str, &[&str])] = &[
    (
        "Present: Ms Petra Novotna (Chair), Mr Istvan Balog, Mr Karl Oberhuber",
        &["Petra Novotna", "Istvan Balog", "Karl Oberhuber"],
    ),
    (
        "Present: Cllr A. Smith (Chair), Cllr J. Jones; Apologies: Cllr Quennis",
        &["A. Smith", "J. Jones", "Quennis"],
    ),
    (
        "Attendees:\nJane Doe, Director of Programmes\nPeter Quennis, Treasurer\nDr Sorrel Vane, Auditor",
        &["Jane Doe", "Peter Quennis", "Sorrel Vane"],
    ),
    ("Best regards, Olga Sternberg", &["Olga Sternberg"]),
    ("Dorothea von Quennis left early.", &["Dorothea von Quennis"]),
    ("It was sent to William T. Roxwell in May.", &["William T. Roxwell"]),
];

#[test]
fn people_are_found_where_lines_are_full_of_capitals() {
    let inputs = inputs();
    let mut wrong = Vec::new();
    for (text, people) in PEOPLE {
        let mut found: Vec<_> = found(text, &inputs).into_iter().map(|it| it.1).collect();
        found.retain(|it| it.contains(" person"));
        let expected: Vec<_> = people.iter().map(|it| format!("{it} person")).collect();
        if found != expected {
            wrong.push(format!("{text}\n  expected {expected:?}\n  found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Text, a name in it, and its kind.
const BODIES: &[(&str, &str)] = &[
    ("The tour ends at the Museum of Salt.", "Museum of Salt organization"),
    ("They wrote to the Women's Legal Aid Centre.", "Women's Legal Aid Centre organization"),
    ("A letter of the Friends of Penn Wood was read.", "Friends of Penn Wood organization"),
    ("It was the Eastgate Residents' Association.", "Eastgate Residents' Association organization"),
    ("He fought with the 82nd Airborne Division there.", "82nd Airborne Division organization"),
    ("It is run by the City of Vorland.", "City of Vorland place"),
];

#[test]
fn a_head_noun_takes_the_whole_name() {
    let inputs = inputs();
    let mut wrong = Vec::new();
    for (text, expected) in BODIES {
        let found = found(text, &inputs);
        if found.iter().all(|it| it.1 != *expected) || found.len() > 1 {
            wrong.push(format!("{text}\n  expected {expected}\n  found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_form_with_two_owners_comes_back_by_no_rule() {
    let own = "- name: Vorland Quay Helpers\n  kind: organization\n  aliases: [VQH]\n\
               - name: Vale Quarry House\n  kind: organization\n  aliases: [VQH]\n";
    let entries = entities::parse(&Arc::from("entities.yaml"), own).value;
    let inputs = Inputs { vocabulary: Arc::new(Vocabulary::new(entries, Vec::new())), ..inputs() };
    assert_eq!(found("The VQH met in May. Nobody from the VQH spoke.", &inputs), []);
    let defined = found("Vale Quarry House (VQH) met. Nobody from the VQH spoke.", &inputs);
    assert!(defined.iter().any(|it| it.1.starts_with("VQH organization")), "{defined:?}");
}

#[test]
fn every_rule_has_both() {
    for (rule, _) in RULES {
        assert!(FIRES.iter().any(|it| it.0 == *rule), "{rule} fires nowhere");
        assert!(SILENT.iter().any(|it| it.0 == *rule), "{rule} has no look-alike");
    }
}

/// Pieces of which names, sentences and lists are made, and such as break them.
const PIECES: &[&str] = &[
    "Mrs",
    "Tilda",
    "Roxwell",
    "von",
    "the",
    "Committee",
    "of",
    "Kyrgyzstan",
    "’s",
    "'s",
    "(VQH)",
    "VQH",
    "T.",
    "\n",
    "\n\n",
    ",",
    ". ",
    ": ",
    "Présent",
    "Ärzte",
    "–",
    "3-1",
    "beat",
    "“",
    "”",
    "\"",
    "foreign minister",
    "Foreign Minister",
    "resolution",
    "2482",
    "(2019)",
    "summit in",
    "Friends",
    "Residents'",
    "Association",
    "-",
    "&",
    "Ltd",
    "82nd",
    "Division",
    "said",
    "北京",
    "İ",
    "e\u{301}",
    "\u{a0}",
    "North",
    "Present:",
    "regards,",
];

proptest::proptest! {
    #[test]
    fn any_text_is_annotated_the_same_twice_and_its_mentions_cut_out_words(
        pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..60),
    ) {
        static INPUTS: std::sync::LazyLock<Inputs> = std::sync::LazyLock::new(inputs);
        let text = pieces.join(" ");
        let source = source(&text);
        let (once, again) = (reading(&source, &INPUTS).reading, reading(&source, &INPUTS).reading);
        proptest::prop_assert_eq!(&once.annotations, &again.annotations);
        let text = &once.document.text;
        let mentions = &once.annotations.mentions;
        for mention in mentions {
            let surface = text.get(mention.start as usize..mention.end as usize);
            proptest::prop_assert!(surface.is_some_and(|it| it == it.trim() && !it.is_empty()));
            if let Some(outer) = mention.nested_in.map(|it| mentions[usize::from(it)]) {
                proptest::prop_assert!(outer.start <= mention.start && mention.end <= outer.end);
            }
        }
        proptest::prop_assert!(mentions.is_sorted_by_key(|it| it.start));
    }
}
