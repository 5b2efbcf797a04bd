use super::*;

fn read(text: &str) -> (SiteConfig, Vec<String>) {
    let outcome = parse(&"site.toml".into(), text);
    let shown = outcome.diagnostics.iter().map(|it| {
        let help = it.help.as_ref().map_or(String::new(), |help| format!(" ({help})"));
        format!("{}: {}{help}", &text[it.span.clone()], it.message)
    });
    (outcome.value, shown.collect())
}

#[track_caller]
fn refused(text: &str, expected: &str) {
    assert_eq!(read(text).1, [expected]);
}

#[test]
fn nothing_is_needed() {
    assert_eq!(read(""), (SiteConfig::default(), vec![]));
}

#[test]
fn every_key_is_taken() {
    let (config, findings) = read(
        r#"
base_url = "https://example.org/archive"
title = "Harbour archive"
description = "Minutes of the board."
default_language = "en-GB"
author = "Ada Quill"
license = "CC-BY-4.0"
repository = "https://github.com/user/repository"
cname = "archive.example.org"
seeds = "texts/"
output_dir = "site"
font = "none"
feed_limit = 0x10
[rules]
undated-document = "error"
[extra]
since = 1999-05-27
ports = ["north", { name = "south", depth = 7.5 }]
"#,
    );
    assert_eq!(findings, [""; 0]);
    assert_eq!(config.base_url, "https://example.org/archive/");
    assert_eq!((config.seeds.as_str(), config.output_dir.as_str()), ("texts", "site"));
    assert_eq!((config.font, config.feed_limit), (Font::None, 16));
    assert_eq!(config.rules[&Rule::UndatedDocument], Severity::Error);
    assert_eq!(config.extra["since"], "1999-05-27");
    assert_eq!(config.extra["ports"][1]["depth"], 7.5);
}

#[test]
fn every_key_has_a_field() {
    let fields = serde_json::to_value(SiteConfig::default()).unwrap();
    let mut keys: Vec<_> = SiteConfig::KEYS.to_vec();
    keys.sort_unstable();
    assert_eq!(fields.as_object().unwrap().keys().map(String::as_str).collect::<Vec<_>>(), keys);
}

#[test]
fn a_mistake_does_not_spoil_its_neighbours() {
    let (config, findings) = read("titel = \"A\"\ntitle = 7\nauthor = \"Ada\"\nfont = \"Serif\"\n");
    assert_eq!(config.author, "Ada");
    assert_eq!(config.title, "Collection");
    assert_eq!(
        findings,
        [
            "titel: unknown key `titel` (did you mean `title`?)",
            "7: `title` should be text in quotes, not a number",
            "\"Serif\": `font` should be \"serif\" or \"none\", not \"Serif\" (did you mean `serif`?)",
        ]
    );
}

#[test]
fn broken_syntax_spoils_its_line_only() {
    let (config, findings) = read("title = \"A\nauthor = \"Ada\"\n");
    assert_eq!(config.author, "Ada");
    assert!(findings[0].contains("this is not TOML"), "{findings:?}");
}

#[test]
fn addresses_are_looked_at() {
    refused(
        "base_url = \"example.org/x\"",
        "\"example.org/x\": `base_url` is no address on the web: \"example.org/x\" (write `https://example.org/x`)",
    );
    refused(
        "base_url = \"https://\"",
        "\"https://\": `base_url` is no address on the web: \"https://\" (write the whole address, like `https://user.github.io/repository/`)",
    );
    refused(
        "base_url = \"https://example.org/?x=1\"",
        "\"https://example.org/?x=1\": `base_url` has a query or fragment (write `https://example.org/`)",
    );
    refused(
        "cname = \"https://example.org/x\"",
        "\"https://example.org/x\": `cname` is no host name: \"https://example.org/x\" (write `example.org`)",
    );
    assert_eq!(read("base_url = \"http://[::1]:8080\"").0.base_url, "http://[::1]:8080/");
}

#[test]
fn values_that_cannot_be() {
    refused(
        "default_language = \"english\"",
        "\"english\": `default_language` is no language tag: \"english\" (write a code like `en`, `fr` or `pt-BR`)",
    );
    refused("feed_limit = -1", "-1: `feed_limit` should be a whole number from 1, not a number");
    refused("seeds = \".\"", "\".\": `seeds` should name a folder below the site's own");
    refused(
        "seeds = \"x\"\noutput_dir = \"x\"",
        "\"x\": `seeds` and `output_dir` are the same folder (give the site a folder of its own)",
    );
    refused(
        "extra = 1",
        "1: `extra` should be a table: a line `[extra]` with keys below it, not a number",
    );
}

#[test]
fn rules_are_known_by_name() {
    refused(
        "[rules]\nbroken-lnik = \"error\"",
        "broken-lnik: there is no rule `broken-lnik` (did you mean `broken-link`?)",
    );
    refused(
        "[rules]\nbroken-link = \"warn\"",
        "\"warn\": a severity is \"error\", \"warning\", \"note\" or \"allow\", not \"warn\" (did you mean `warning`?)",
    );
    refused(
        "[rules]\nbroken-link = false",
        "false: a severity is \"error\", \"warning\", \"note\" or \"allow\", not true or false",
    );
}

#[test]
fn zola_users_are_told() {
    refused(
        "compile_sass = true",
        "compile_sass: unknown key `compile_sass` (keys of your own go below a line `[extra]`; Zola's key has no counterpart here)",
    );
}
