//! The five annotated texts, which are not part of the repository: `SEEDBED_SHARED` says where they are.

use std::path::Path;
use std::process::Command;

#[test]
fn names_in_the_annotated_texts_are_found() {
    let Some(shared) = std::env::var_os("SEEDBED_SHARED") else {
        return skipped("SEEDBED_SHARED is not set");
    };
    let shared = Path::new(&shared);
    let (seeds, score) = (shared.join("seeds"), shared.join("tools/score"));
    if !seeds.is_dir() || !score.is_file() {
        return skipped("SEEDBED_SHARED has no seeds or no tools/score");
    }
    let home = tempfile::tempdir().unwrap();
    let mut build = Command::new(env!("CARGO_BIN_EXE_seedbed"));
    let build = build.current_dir(home.path()).args(["build", "--quiet", "-o", "site", "--seeds"]);
    assert!(build.arg(&seeds).status().unwrap().success());
    let Ok(scored) =
        Command::new("python3").arg(score).arg(home.path().join("site")).arg(seeds).output()
    else {
        return skipped("there is no python3");
    };
    let text = String::from_utf8_lossy(&scored.stdout);
    let last = text.trim_end().lines().last().unwrap_or_default();
    let figures: serde_json::Value =
        serde_json::from_str(last).unwrap_or_else(|it| panic!("{it}: {text}"));
    let f1 =
        |what: &str| figures[what]["f1"].as_f64().unwrap_or_else(|| panic!("no {what}: {last}"));
    assert!(f1("mentions") >= 92.0 && f1("entities") >= 90.0, "{last}");
    assert_eq!(figures["bad_offsets"].as_u64().unwrap_or(0), 0, "{last}");
}

/// Says why a measurement was not made, so that nobody takes its silence for a result.
fn skipped(why: &str) {
    use std::io::Write;
    writeln!(std::io::stderr(), "skipped: {why}").ok();
}
