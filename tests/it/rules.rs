//! Each rule that finds names: a text in which it fires, and a look-alike in which it must not.

use std::sync::Arc;

use seedbed::config::SiteConfig;
use seedbed::pipeline::annotate::RULES;
use seedbed::pipeline::annotate::Standing;
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
        "Rain in the hills\n\nBy Sorrel Quennis\n\nIt rained for nine days and the road was lost.\n\nNobody came.",
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

/// What each rule finds in `text`: rule, surface and kind; candidates are marked.
fn found(text: &str, inputs: &Inputs) -> Vec<(&'static str, String)> {
    let source = Source {
        id: Arc::from("a.txt"),
        file: Arc::from("a.txt"),
        text: text.into(),
        origin: OffsetMap::default(),
        sidecar: None,
    };
    let reading = reading(&source, inputs).reading;
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

#[test]
fn every_rule_has_both() {
    for (rule, _) in RULES {
        assert!(FIRES.iter().any(|it| it.0 == *rule), "{rule} fires nowhere");
        assert!(SILENT.iter().any(|it| it.0 == *rule), "{rule} has no look-alike");
    }
}
