//! Documents that must be described right, and look-alikes.

use crate::pipeline::calendar::{
    find,
    tests::{shared, split},
};
use crate::pipeline::describe::{Description, Ground, describe};
use crate::pipeline::words::words;
use crate::vocabulary::Vocabulary;
use std::sync::LazyLock;

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::new(Vec::new(), Vec::new()));

fn described(id: &str, text: &str) -> Description {
    let document = split(id, text, "\n");
    let words = words(&document, &VOCABULARY.lexicon);
    let expressions = find(&words);
    describe(&document, &words, &expressions, Ground { vocabulary: &VOCABULARY, language: "en" })
        .value
}

#[test]
fn debug_dump() {
    let Some(path) = shared() else { return };
    for dir in ["seeds", "gold/wikinews"] {
        let mut files: Vec<_> = std::fs::read_dir(format!("{path}/{dir}"))
            .unwrap()
            .map(|it| it.unwrap().path())
            .collect();
        files.sort();
        for file in files {
            let text = std::fs::read_to_string(&file).unwrap();
            let name = file.file_name().unwrap().to_str().unwrap();
            let it = described(name, &text);
            eprintln!("== {name}");
            eprintln!("  title {:?} {} {:?}", it.title.value, it.title.rule, it.title.evidence);
            eprintln!(
                "  date {:?}",
                it.date.map(|it| (it.value.to_string(), it.rule, it.evidence))
            );
            eprintln!("  bounds {:?}", it.bounds.0.map(|it| it.to_string()));
            eprintln!("  issuer {:?}", it.issuer.map(|it| (it.value, it.rule, it.evidence)));
            eprintln!("  kind {:?}", it.kind.map(|it| (it.value, it.rule, it.evidence)));
            eprintln!(
                "  speakers {:?}",
                it.speakers
                    .iter()
                    .map(|it| (&it.value.name, &it.value.role, &it.rule))
                    .collect::<Vec<_>>()
            );
            eprintln!(
                "  authors {:?}",
                it.authors.iter().map(|it| (&it.value, &it.rule)).collect::<Vec<_>>()
            );
            eprintln!(
                "  symbol {:?} language {:?} words {}",
                it.symbol.map(|it| it.value),
                it.language.value,
                it.words
            );
            eprintln!(
                "  roles {:?}",
                it.roles
                    .iter()
                    .enumerate()
                    .filter(|it| format!("{:?}", it.1) != "Text")
                    .collect::<Vec<_>>()
            );
        }
    }
}
