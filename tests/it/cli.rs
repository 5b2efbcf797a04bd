//! The command line, from outside.

use crate::site::Site;

#[test]
fn builds_a_site_and_says_what_it_has() {
    let site = Site::small();
    let said = site.run(&["build"]).with_code(0);
    assert!(said.out.is_empty(), "{}", said.out);
    let ledger = said.err.lines().last().unwrap();
    assert!(ledger.starts_with("2 documents, ") && ledger.contains(" pages in "), "{ledger}");
    for page in [
        "index.html",
        "documents/index.html",
        "404.html",
        "data/documents.json",
        "data/findings.json",
    ] {
        assert!(site.has(&format!("public/{page}")), "{page}");
    }
}

#[test]
fn works_on_a_folder_of_texts_outside_any_site() {
    let site =
        Site::of(&[("texts/a.txt", "The pier is open\n\nMr Anselm Quill opened the pier.\n")]);
    site.run(&["build", "--seeds", "texts", "-o", "site", "--quiet"]).with_code(0);
    assert!(site.has("site/index.html") && !site.has("public"));
    let said = site.run(&["build"]).with_code(2);
    assert!(said.err.contains("--seeds"), "{}", said.err);
}

#[test]
fn builds_a_site_in_another_folder() {
    let site = Site::of(&[
        ("docs/site.toml", "seeds = \"guide\"\n"),
        ("docs/guide/a.md", "# A\n\nText.\n"),
    ]);
    site.run(&["build", "docs", "-q"]).with_code(0);
    assert!(site.has("docs/public/index.html"));
}

#[test]
fn exit_codes_tell_apart_what_is_wrong() {
    let site = Site::of(&[("seeds/a.txt", "Nothing says when this was.\n")]);
    let said = site.run(&["check"]).with_code(0);
    assert!(said.out.contains("undated-document"), "{}", said.out);
    site.run(&["check", "--strict"]).with_code(1);
    site.write("site.toml", "[rules]\nundated-document = \"error\"\n");
    site.run(&["check"]).with_code(1);
    site.write("site.toml", "[rules]\nundated-document = \"allow\"\n");
    assert!(!site.run(&["check"]).with_code(0).out.contains("undated-document"));
    site.run(&["check", "nowhere"]).with_code(2);
    site.run(&["chekc"]).with_code(2);
}

#[test]
fn check_writes_nothing() {
    let site = Site::small();
    site.run(&["check"]).with_code(0);
    assert!(!site.has("public"));
}

#[test]
fn findings_come_in_four_forms() {
    let site = Site::of(&[
        ("site.toml", "titel = \"A\"\n"),
        ("seeds/a.txt", "2019-11-19\n\nA title\n\nSome text.\n"),
    ]);
    let check = |format| site.run(&["check", "--format", format]).with_code(1).out;
    assert!(check("human").contains("╭─[site.toml:1:1]"), "{}", check("human"));
    assert!(check("short").contains("site.toml:1:1: error: invalid-config: unknown key `titel`\n"));
    assert!(check("github").contains(
        "::error file=site.toml,line=1,endLine=1,col=1,endColumn=6,title=invalid-config::"
    ));
    let records: Vec<serde_json::Value> = serde_json::from_str(&check("json")).unwrap();
    let record = records.iter().find(|it| it["rule"] == "invalid-config").unwrap();
    assert_eq!((record["start"].as_u64(), record["end"].as_u64()), (Some(0), Some(5)));
    assert_eq!(record["help"], "did you mean `title`?");
}

#[test]
fn records_for_programs_are_alone_on_standard_output() {
    let site = Site::small();
    let said = site.run(&["build", "--format", "json"]).with_code(0);
    assert!(serde_json::from_str::<Vec<serde_json::Value>>(&said.out).is_ok(), "{}", said.out);
    assert!(said.err.contains("2 documents, "));
}

#[test]
fn quiet_is_quiet() {
    let site = Site::small();
    let said = site.run(&["build", "--quiet"]).with_code(0);
    assert_eq!((said.out.as_str(), said.err.as_str()), ("", ""));
}

#[test]
fn a_folder_that_is_not_ours_is_left_alone() {
    let site = Site::small();
    site.write("public/thesis.doc", "mine");
    let said = site.run(&["build"]).with_code(2);
    assert!(said.err.contains("was not made by Seedbed"), "{}", said.err);
    site.run(&["clean"]).with_code(2);
    assert_eq!(site.read("public/thesis.doc"), "mine");
}

#[test]
fn two_builds_are_the_same_bytes() {
    let site = Site::small();
    site.run(&["build", "-o", "one"]).with_code(0);
    let mut again = site.command(&["build", "-o", "two"]);
    assert!(again.env("RAYON_NUM_THREADS", "1").output().unwrap().status.success());
    let (one, two) = (files(&site, "one"), files(&site, "two"));
    assert!(one.len() > 20);
    assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
    for (path, bytes) in &one {
        assert!(two[path] == *bytes, "{path}");
    }
}

fn files(site: &Site, folder: &str) -> std::collections::BTreeMap<String, Vec<u8>> {
    let root = site.path(folder);
    let entries = walkdir::WalkDir::new(&root)
        .into_iter()
        .map(Result::unwrap)
        .filter(|it| it.file_type().is_file());
    entries
        .map(|it| {
            let path = it.path().strip_prefix(&root).unwrap().to_string_lossy().into_owned();
            (path, std::fs::read(it.path()).unwrap())
        })
        .collect()
}

#[test]
fn the_base_url_of_the_command_line_wins() {
    let site = Site::small();
    site.write("site.toml", "base_url = \"https://one.example/\"\n");
    site.run(&["build", "-q", "-u", "https://two.example/x"]).with_code(0);
    let map = site.read("public/sitemap.xml");
    assert!(
        map.contains("<loc>https://two.example/x/</loc>") && !map.contains("one.example"),
        "{map}"
    );
    let said = site.run(&["build", "-u", "two.example"]).with_code(2);
    assert!(said.err.contains("no address on the web"), "{}", said.err);
}

#[test]
fn init_makes_a_site_that_builds() {
    let site = Site::of(&[]);
    site.run(&["init", "archive"]).with_code(0);
    site.run(&["build", "archive", "--strict", "-q"]).with_code(0);
    assert!(
        site.has("archive/.github/workflows/pages.yml") && site.has("archive/public/index.html")
    );
}

#[test]
fn init_writes_over_nothing() {
    let site = Site::of(&[("site.toml", "title = \"Mine\"\n")]);
    let said = site.run(&["init"]).with_code(0);
    assert!(said.err.contains("kept ./site.toml"), "{}", said.err);
    assert_eq!(site.read("site.toml"), "title = \"Mine\"\n");
    site.run(&["init", "--force"]).with_code(0);
    assert!(site.read("site.toml").contains("feed_limit"));
}

#[test]
fn init_takes_texts_from_elsewhere_and_from_below() {
    let site = Site::of(&[("texts/a/b.txt", "B"), ("texts/.hidden", ""), ("own/old/c.txt", "C")]);
    site.run(&["init", "archive", "--from", "texts"]).with_code(0);
    assert!(site.has("archive/seeds/a/b.txt") && !site.has("archive/seeds/.hidden"));
    assert!(!site.has("archive/seeds/a-first-document.md"));
    site.run(&["init", "own", "--from", "own/old"]).with_code(0);
    assert!(site.read("own/site.toml").contains("seeds = \"old\""));
    site.run(&["init", "own", "--from", "own"]).with_code(2);
    site.run(&["init", "own", "--from", "nowhere"]).with_code(2);
}

#[test]
fn new_begins_a_document() {
    let site = Site::small();
    let said = site.run(&["new", "The \"new\" pier", "--date", "2020-05"]).with_code(0);
    assert_eq!(said.out, "./seeds/2020-05-the-new-pier.md\n");
    assert!(
        site.read("seeds/2020-05-the-new-pier.md")
            .starts_with("---\ntitle: \"The \\\"new\\\" pier\"\ndate: 2020-05\n")
    );
    site.run(&["new", "The \"new\" pier", "--date", "2020-05"]).with_code(2);
    site.run(&["new", "Another", "--date", "2020-13"]).with_code(2);
}

#[test]
fn lists_have_a_line_each() {
    let site = Site::small();
    let said = site.run(&["list", "documents"]).with_code(0);
    let rows: Vec<Vec<&str>> = said.out.lines().map(|it| it.split('\t').collect()).collect();
    assert_eq!(rows.len(), 2, "{}", said.out);
    assert_eq!((rows[0][1], rows[0][2], rows[0][3]), ("2020-03", "Minutes", "seeds/minutes.md"));
    assert_eq!(site.run(&["list", "undated"]).with_code(0).out, "");
    let entities: Vec<serde_json::Value> =
        serde_json::from_str(&site.run(&["list", "entities", "--format", "json"]).with_code(0).out)
            .unwrap();
    assert!(entities.iter().any(|it| it["name"] == "Tidewater Harbour Board"), "{entities:?}");
}

#[test]
fn drafts_are_listed_and_left_out() {
    let site = Site::small();
    site.write("seeds/later.md", "---\ntitle: Later\ndate: 2021\ndraft: true\n---\n\nNot yet.\n");
    assert!(site.run(&["list", "drafts"]).with_code(0).out.contains("Later"));
    assert!(site.run(&["build"]).with_code(0).err.contains("2 documents, "));
    assert!(site.run(&["build", "--drafts"]).with_code(0).err.contains("3 documents, "));
}

#[test]
fn explain_gives_the_reasons() {
    let site = Site::small();
    let by_file = site.run(&["explain", "seeds/opening.txt"]).with_code(0).out;
    assert!(
        by_file.contains("date: 2019-11-19") && by_file.contains("\"Tidewater Harbour Board\""),
        "{by_file}"
    );
    assert_eq!(site.run(&["explain", "opening.txt"]).with_code(0).out, by_file);
    let line = site.run(&["explain", "opening.txt", "--at", "5"]).with_code(0).out;
    assert!(line.contains("Lisbon") && !line.contains("2019-11-19"), "{line}");
    assert!(
        site.run(&["explain", "opening.txt", "--at", "99"]).with_code(0).out.contains("no line 99")
    );
    let said = site.run(&["explain", "seeds/openin.txt"]).with_code(2);
    assert!(said.err.contains("did you mean seeds/opening.txt?"), "{}", said.err);
}

#[test]
fn suggest_prints_what_the_vocabulary_lacks_and_adds_it() {
    let site = Site::small();
    site.write("vocabulary/entities.yaml", "# Mine.\n");
    let said = site.run(&["suggest"]).with_code(0);
    assert!(
        said.out.contains("- name: \"Tidewater Harbour Board\"\n  kind: organization\n"),
        "{}",
        said.out
    );
    site.run(&["suggest", "--write"]).with_code(0);
    let written = site.read("vocabulary/entities.yaml");
    assert!(
        written.starts_with("# Mine.\n- name: ") && written.contains("Tidewater Harbour Board"),
        "{written}"
    );
    assert!(site.run(&["suggest"]).with_code(0).out.is_empty());
    site.run(&["check"]).with_code(0);
}

#[test]
fn clean_takes_away_what_builds_made() {
    let site = Site::small();
    site.run(&["build", "-q"]).with_code(0);
    site.run(&["clean"]).with_code(0);
    assert!(!site.has("public") && !site.has(".seedbed") && site.has("seeds/minutes.md"));
    site.run(&["clean"]).with_code(0);
}

#[test]
fn completions_are_for_the_shell() {
    let site = Site::of(&[]);
    assert!(site.run(&["completions", "bash"]).with_code(0).out.contains("complete -F"));
    site.run(&["completions", "tcsh"]).with_code(2);
}

#[test]
fn a_template_that_does_not_work_is_told_and_left_out() {
    let site = Site::small();
    site.write("templates/home.html", "{% extends \"base.html\" %}\n{% block main %}{{ home.nothing.at_all }}{% endblock main %}\n");
    site.write("templates/year.html", "{% if %}\n");
    let said = site.run(&["build", "--format", "short"]).with_code(1);
    assert!(said.err.contains("templates/year.html:1:"), "{}", said.err);
    assert!(said.err.contains("templates/home.html:2:"), "{}", said.err);
    assert!(site.read("public/index.html").contains("<main"));
}
