//! The code of the dear stages to one hash, so that a memo made by other code is not taken for ours.
//!
//! Cargo.lock is among it, since a parser may change too. Word lists are not: the hash of the vocabulary, which is part of each
//! key, stands for them. Tests below hold the list complete.

use std::sync::LazyLock;

macro_rules! sources {
    ($($path:literal)*) => {
        &[$(($path, include_str!(concat!("../../", $path)))),*]
    };
}

/// Every file that a reading depends on, and its text.
const SOURCES: &[(&str, &str)] = sources! {
    "Cargo.lock"
    "src/diagnostic.rs"
    "src/memo/bytes.rs"
    "src/memo/pack.rs"
    "src/pipeline.rs"
    "src/pipeline/annotate.rs"
    "src/pipeline/annotate/acronyms.rs"
    "src/pipeline/annotate/cues.rs"
    "src/pipeline/annotate/cues.tsv"
    "src/pipeline/annotate/echoes.rs"
    "src/pipeline/annotate/evidence.rs"
    "src/pipeline/annotate/evidence.tsv"
    "src/pipeline/annotate/gazetteer.rs"
    "src/pipeline/annotate/generic-acronyms.txt"
    "src/pipeline/annotate/generic-phrases.txt"
    "src/pipeline/annotate/heads.rs"
    "src/pipeline/annotate/heads/extent.rs"
    "src/pipeline/annotate/names.rs"
    "src/pipeline/annotate/nesting.rs"
    "src/pipeline/annotate/people.rs"
    "src/pipeline/annotate/reason.rs"
    "src/pipeline/annotate/rivals.rs"
    "src/pipeline/annotate/roles.rs"
    "src/pipeline/annotate/rules.rs"
    "src/pipeline/annotate/scan.rs"
    "src/pipeline/annotate/shorter.rs"
    "src/pipeline/annotate/span.rs"
    "src/pipeline/annotate/surroundings.rs"
    "src/pipeline/annotate/surroundings.tsv"
    "src/pipeline/annotate/teams.rs"
    "src/pipeline/annotate/themes.rs"
    "src/pipeline/annotate/titled.rs"
    "src/pipeline/annotate/trust.rs"
    "src/pipeline/annotate/unknown.rs"
    "src/pipeline/annotate/unknown/defined.rs"
    "src/pipeline/annotate/unknown/signs.rs"
    "src/pipeline/annotate/verdict.rs"
    "src/pipeline/calendar.rs"
    "src/pipeline/calendar/bare_year.rs"
    "src/pipeline/calendar/days.rs"
    "src/pipeline/calendar/decades.rs"
    "src/pipeline/calendar/joined.rs"
    "src/pipeline/calendar/meaning.rs"
    "src/pipeline/calendar/numeric.rs"
    "src/pipeline/calendar/relative.rs"
    "src/pipeline/calendar/resolve.rs"
    "src/pipeline/calendar/rules.rs"
    "src/pipeline/calendar/scope.rs"
    "src/pipeline/calendar/seasons.rs"
    "src/pipeline/calendar/stated.rs"
    "src/pipeline/calendar/tense.rs"
    "src/pipeline/describe.rs"
    "src/pipeline/describe/agencies.tsv"
    "src/pipeline/describe/ambiguous.rs"
    "src/pipeline/describe/authors.rs"
    "src/pipeline/describe/dated.rs"
    "src/pipeline/describe/datelines.rs"
    "src/pipeline/describe/file_name.rs"
    "src/pipeline/describe/furniture.rs"
    "src/pipeline/describe/furniture.tsv"
    "src/pipeline/describe/headline-verbs.txt"
    "src/pipeline/describe/headlines.rs"
    "src/pipeline/describe/issued.rs"
    "src/pipeline/describe/kinds.rs"
    "src/pipeline/describe/kinds.tsv"
    "src/pipeline/describe/languages.tsv"
    "src/pipeline/describe/letterhead.rs"
    "src/pipeline/describe/made.rs"
    "src/pipeline/describe/page.rs"
    "src/pipeline/describe/person.rs"
    "src/pipeline/describe/phrases.rs"
    "src/pipeline/describe/rules.rs"
    "src/pipeline/describe/stems.rs"
    "src/pipeline/describe/subject-labels.tsv"
    "src/pipeline/describe/symbol.rs"
    "src/pipeline/describe/title-evidence.tsv"
    "src/pipeline/describe/title-phrases.tsv"
    "src/pipeline/describe/titled.rs"
    "src/pipeline/describe/tongue.rs"
    "src/pipeline/describe/voices.rs"
    "src/pipeline/describe/weights.rs"
    "src/pipeline/inspect/sketch.rs"
    "src/pipeline/packed.rs"
    "src/pipeline/parse.rs"
    "src/pipeline/parse/body.rs"
    "src/pipeline/parse/extra.rs"
    "src/pipeline/parse/front_matter.rs"
    "src/pipeline/parse/front_matter/date.rs"
    "src/pipeline/parse/front_matter/fields.rs"
    "src/pipeline/parse/front_matter/toml.rs"
    "src/pipeline/parse/front_matter/values.rs"
    "src/pipeline/parse/head.rs"
    "src/pipeline/parse/headings.rs"
    "src/pipeline/parse/markdown.rs"
    "src/pipeline/parse/markdown/elements.rs"
    "src/pipeline/parse/markdown/footnotes.rs"
    "src/pipeline/parse/markdown/html.rs"
    "src/pipeline/parse/markdown/inline.rs"
    "src/pipeline/parse/nodes.rs"
    "src/pipeline/parse/plain.rs"
    "src/pipeline/parse/plain/lines.rs"
    "src/pipeline/parse/plain/lists.rs"
    "src/pipeline/read.rs"
    "src/pipeline/read/again.rs"
    "src/pipeline/read/decode.rs"
    "src/pipeline/read/lines.rs"
    "src/pipeline/read/offsets.rs"
    "src/pipeline/read/packs.rs"
    "src/pipeline/read/walk.rs"
    "src/pipeline/search/forms.rs"
    "src/pipeline/search/numbers.rs"
    "src/pipeline/search/posting.rs"
    "src/pipeline/search/terms.rs"
    "src/pipeline/words.rs"
    "src/pipeline/words/class.rs"
    "src/pipeline/words/extent.rs"
    "src/pipeline/words/one_line.rs"
    "src/pipeline/words/scan.rs"
    "src/policy.rs"
    "src/vocabulary.rs"
    "src/vocabulary/entities.rs"
    "src/vocabulary/forms.rs"
    "src/vocabulary/gazetteer.rs"
    "src/vocabulary/lexicon.rs"
    "src/vocabulary/lexicon/spelling.rs"
    "src/vocabulary/lists.rs"
    "src/vocabulary/made.rs"
    "src/vocabulary/phrases.rs"
    "src/vocabulary/records.rs"
    "src/vocabulary/short_word.rs"
    "src/vocabulary/themes.rs"
    "src/yaml.rs"
    "src/yaml/raw.rs"
};

/// A hash of the code that makes readings; the same on every machine.
pub static STAGES: LazyLock<blake3::Hash> = LazyLock::new(|| {
    let mut hasher = blake3::Hasher::new();
    for (path, text) in SOURCES {
        hasher.update(path.as_bytes());
        // Git may have written line ends in the way of the machine.
        for piece in text.split('\r') {
            hasher.update(piece.as_bytes());
        }
    }
    hasher.finalize()
});

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::SOURCES;

    fn listed() -> BTreeSet<String> {
        SOURCES.iter().map(|it| it.0.to_owned()).collect()
    }

    fn root() -> &'static Path {
        Path::new(env!("CARGO_MANIFEST_DIR"))
    }

    /// Whether a file is there for tests or for people only.
    fn is_beside_the_point(path: &str) -> bool {
        path.ends_with("README.md")
            || path.ends_with("/tests.rs")
            || path.ends_with("/cases.txt")
            || path.ends_with("/layouts.txt")
    }

    #[test]
    fn every_file_of_the_dear_stages_is_listed() {
        let stages = ["read", "parse", "words", "calendar", "describe", "annotate"];
        let folders = stages.map(|it| root().join("src/pipeline").join(it));
        let files = folders.iter().flat_map(walkdir::WalkDir::new).map(Result::unwrap);
        let paths = files.filter(|it| it.file_type().is_file()).map(|it| {
            let path = it.path().strip_prefix(root()).unwrap();
            path.to_string_lossy().replace('\\', "/")
        });
        let wanted: BTreeSet<_> = paths.filter(|it| !is_beside_the_point(it)).collect();
        assert!(wanted.len() > 60);
        let missing: Vec<_> = wanted.difference(&listed()).cloned().collect();
        assert!(missing.is_empty(), "add to SOURCES: {missing:?}");
    }

    /// The file of a module that code names: `crate::pipeline::words::Words` is in `src/pipeline/words.rs`.
    fn file_of(code: &str) -> Option<String> {
        let is_part = |it: char| it.is_ascii_lowercase() || it == '_' || it == ':';
        let module = code.split(|it| !is_part(it)).next().unwrap().trim_matches(':');
        let parts: Vec<_> = module.split("::").collect();
        let paths = (1..=parts.len()).rev().map(|it| format!("src/{}.rs", parts[..it].join("/")));
        paths.into_iter().find(|it| root().join(it).is_file())
    }

    /// The driver and the judge of findings see more than a reading is made from.
    const SEE_MORE: [&str; 2] = ["src/pipeline.rs", "src/policy.rs"];

    #[test]
    fn what_they_use_is_listed_too() {
        let listed = listed();
        for (path, text) in SOURCES.iter().filter(|it| !SEE_MORE.contains(&it.0)) {
            let code = text.split("#[cfg(test)]").next().unwrap().lines();
            for line in code.filter(|it| !it.trim_start().starts_with("//")) {
                for file in line.split("crate::").skip(1).filter_map(file_of) {
                    assert!(listed.contains(&file), "{path} uses {file}: add it to SOURCES");
                }
            }
        }
    }
}
