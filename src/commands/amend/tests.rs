use proptest::prelude::*;

use super::*;

const FILE: &str = "\
# Who the minutes speak of.

- name: Harbour Board   # founded 1899
  kind: organization
  aliases: [HB, \"the Board\"]

# Flow style is as good.
- { name: Hill, kind: place }

- name: Ada Quill
  kind: person
  aliases:
    - A. Quill
    - Quill   # only in letters
  description: |
    Harbour master
    from 1901.

# The end.
";

/// The lines that an amendment takes out and puts in.
fn difference(text: &str, amendment: &Amendment) -> String {
    let amended = amend(text, amendment).unwrap();
    let (old, new): (Vec<_>, Vec<_>) = (text.lines().collect(), amended.lines().collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - same;
    let tail =
        old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let shown = |lines: &[&str], mark: &str| {
        lines.iter().flat_map(|it| [mark, it, "\n"]).collect::<String>()
    };
    shown(&old[same..old.len() - tail], "-") + &shown(&new[same..new.len() - tail], "+")
}

fn set(name: &str, key: &'static str, value: &str) -> Amendment {
    Amendment::Set(name.to_owned(), key, value.to_owned())
}

fn append(name: &str, key: &'static str, value: &str) -> Amendment {
    Amendment::Append(name.to_owned(), key, value.to_owned())
}

fn add(name: &str) -> Amendment {
    Amendment::Add(vec![
        ("name", name.to_owned()),
        ("kind", "place".to_owned()),
        ("aliases", "T".to_owned()),
    ])
}

#[test]
fn a_value_is_replaced_where_it_stands() {
    assert_eq!(
        difference(FILE, &set("Ada Quill", "kind", "organization")),
        "-  kind: person\n+  kind: organization\n"
    );
    assert_eq!(
        difference(FILE, &set("Harbour Board", "name", "Harbour: Board")),
        "-- name: Harbour Board   # founded 1899\n+- name: \"Harbour: Board\"   # founded 1899\n"
    );
}

#[test]
fn a_key_is_added_at_the_end_of_its_entry() {
    assert_eq!(difference(FILE, &set("Harbour Board", "hidden", "true")), "+  hidden: true\n");
    assert_eq!(
        difference(FILE, &set("Hill", "hidden", "true")),
        "-- { name: Hill, kind: place }\n+- { name: Hill, kind: place, hidden: true }\n"
    );
}

#[test]
fn a_key_is_added_below_a_block_of_text() {
    let amended = amend(FILE, &set("Ada Quill", "hidden", "true")).unwrap();
    assert!(amended.contains("    from 1901.\n  hidden: true\n\n# The end.\n"), "{amended}");
}

#[test]
fn lists_grow_as_they_are_written() {
    assert_eq!(
        difference(FILE, &append("Harbour Board", "aliases", "Board, the")),
        "-  aliases: [HB, \"the Board\"]\n+  aliases: [HB, \"the Board\", \"Board, the\"]\n"
    );
    assert_eq!(
        difference(FILE, &append("Ada Quill", "aliases", "Miss Quill")),
        "+    - Miss Quill\n"
    );
    assert_eq!(
        difference(FILE, &append("Hill", "not", "Hill Street")),
        "-- { name: Hill, kind: place }\n+- { name: Hill, kind: place, not: [Hill Street] }\n"
    );
}

#[test]
fn lists_begin_from_nothing_or_one() {
    assert_eq!(
        amend("- name: A\n  aliases: []\n", &append("A", "aliases", "B")).unwrap(),
        "- name: A\n  aliases: [B]\n"
    );
    assert_eq!(
        amend("- name: A\n  aliases:\n", &append("A", "aliases", "B")).unwrap(),
        "- name: A\n  aliases: [B]\n"
    );
    assert_eq!(
        amend("- name: A\n  aliases: 'B c' # x\n", &append("A", "aliases", "D")).unwrap(),
        "- name: A\n  aliases: ['B c', D] # x\n"
    );
}

#[test]
fn entries_are_added_as_the_last_one_is_written() {
    let amended = amend(FILE, &add("Tidewater")).unwrap();
    let end = "    from 1901.\n\n- name: Tidewater\n  kind: place\n  aliases: [T]\n\n# The end.\n";
    assert!(amended.ends_with(end), "{amended}");
    assert_eq!(
        amend("- {name: A}", &add("Tidewater")).unwrap(),
        "- {name: A}\n- { name: Tidewater, kind: place, aliases: [T] }\n"
    );
    assert_eq!(
        amend("entities:\n  -   name: A\n", &add("Tidewater")).unwrap(),
        "entities:\n  -   name: A\n  -   name: Tidewater\n      kind: place\n      aliases: [T]\n"
    );
}

#[test]
fn the_first_entry_goes_below_the_comments() {
    let entry = "- name: Tidewater\n  kind: place\n  aliases: [T]\n";
    for before in ["", "# - name: an example\n", "[]\n"] {
        let amended = amend(before, &add("Tidewater")).unwrap();
        assert_eq!(amended.trim_end(), format!("{}{entry}", before.replace("[]\n", "")).trim_end());
    }
}

#[test]
fn what_cannot_be_done_safely_is_left() {
    assert_eq!(
        amend(FILE, &set("Nobody", "kind", "person")),
        Err(AmendError::NoEntry("Nobody".to_owned()))
    );
    assert!(matches!(amend("- name: [", &set("A", "kind", "person")), Err(AmendError::Syntax(_))));
    let shared = "- &a\n  name: A\n  kind: &k person\n- name: B\n  kind: *k\n";
    assert!(amend(shared, &set("B", "kind", "place")).is_err());
}

#[test]
fn line_ends_of_windows_are_kept_around_it() {
    let text = "- name: A\r\n  kind: place\r\n- name: B\r\n";
    let amended = amend(text, &set("A", "kind", "person")).unwrap();
    assert_eq!(amended, text.replace("place", "person"));
}

/// A file of entries in any layout, with comments.
fn files() -> impl Strategy<Value = String> {
    let entry = ("[A-Z][a-z]{1,6}", 0..5usize, any::<bool>());
    prop::collection::vec(entry, 1..6).prop_map(|entries| {
        let text = entries.iter().enumerate().map(|(at, (name, form, gap))| {
            let entry = match form {
                0 => format!("- {{ name: {name}{at}, kind: place }}   # flow\n"),
                1 => format!("- name: {name}{at} # block\n  aliases:\n  - x\n  -  y\n  kind: place\n"),
                2 => format!("-   kind: \"place\"\n    name: '{name}{at}'\n    aliases: [ x,\n      y ]\n"),
                3 => format!("# before\n- name: {name}{at}\n  # inside\n  description: >-\n    some\n    text\n  kind: place\n"),
                _ => format!("- name: {name}{at}\n  kind: place\n  not: x\n"),
            };
            if *gap { entry + "\n# between\n\n" } else { entry }
        });
        text.collect()
    })
}

proptest! {
    /// Any amendment of any entry keeps each line that it is not about, in order; `amend` itself asserts the meaning.
    #[test]
    fn nothing_else_is_touched(file in files(), pick in 0..6usize, what in 0..4usize, value in "[ -~é]{1,12}") {
        let root = tree::parse(&file).unwrap();
        let names: Vec<String> = root.entries().iter().filter_map(|it| match &it.get("name")?.shape {
            Shape::Scalar(name) => Some(name.clone()),
            _ => None,
        }).collect();
        let name = names[pick % names.len()].clone();
        let amendment = match what {
            0 => Amendment::Set(name, "kind", value),
            1 => Amendment::Append(name, "aliases", value),
            2 => Amendment::Append(name, "not", value),
            _ => Amendment::Add(vec![("name", value.clone()), ("kind", "place".to_owned())]),
        };
        let amended = amend(&file, &amendment).unwrap();
        let mut lines = amended.lines();
        let lost: Vec<_> = file.lines().filter(|it| !lines.any(|line| line == *it)).collect();
        prop_assert!(lost.len() <= 1 || file.lines().filter(|it| !amended.contains(it)).count() <= 1, "{:?}\n{}", lost, amended);
        for comment in file.lines().filter_map(|it| it.find('#').map(|at| &it[at..])) {
            prop_assert!(amended.contains(comment));
        }
    }
}

fn withdraw(name: &str, value: &str) -> Amendment {
    Amendment::Withdraw(name.to_owned(), "aliases", value.to_owned())
}

#[test]
fn an_alias_is_taken_out_of_its_list() {
    let flow = difference(FILE, &withdraw("Harbour Board", "HB"));
    assert_eq!(flow, "-  aliases: [HB, \"the Board\"]\n+  aliases: [\"the Board\"]\n");
    let last = difference(FILE, &withdraw("Harbour Board", "the Board"));
    assert_eq!(last, "-  aliases: [HB, \"the Board\"]\n+  aliases: [HB]\n");
    let block = difference(FILE, &withdraw("Ada Quill", "A. Quill"));
    assert_eq!(block, "-    - A. Quill\n");
    let only = "- name: Hill\n  aliases: [The Hill]   # on old maps\n  kind: place\n";
    assert_eq!(
        difference(only, &withdraw("Hill", "The Hill")),
        "-  aliases: [The Hill]   # on old maps\n"
    );
    let braces = "- { name: Hill, aliases: [The Hill], kind: place }\n";
    assert_eq!(
        amend(braces, &withdraw("Hill", "The Hill")).unwrap(),
        "- { name: Hill, kind: place }\n"
    );
}

#[test]
fn an_entry_is_taken_out_with_its_lines_only() {
    let remove = |name: &str| Amendment::Remove(name.to_owned());
    assert_eq!(difference(FILE, &remove("Hill")), "-- { name: Hill, kind: place }\n");
    let block = difference(FILE, &remove("Harbour Board"));
    assert_eq!(block.lines().count(), 3, "{block}");
    let amended = amend(FILE, &remove("Ada Quill")).unwrap();
    assert!(amended.ends_with("kind: place }\n\n\n# The end.\n"), "{amended}");
    let one_line = "[{ name: A, kind: place }, { name: B, kind: place }]\n";
    assert!(matches!(amend(one_line, &remove("A")), Err(AmendError::Unsure(_))));
}

#[test]
fn lines_end_as_those_of_the_file_do() {
    let amended = amend("- name: Hill\r\n  kind: place\r\n", &add("Tide Mill")).unwrap();
    assert_eq!(amended.matches('\n').count(), amended.matches("\r\n").count(), "{amended:?}");
}
