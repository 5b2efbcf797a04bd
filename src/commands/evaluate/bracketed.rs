//! Texts with names in brackets, `[Jane Doe|person]`, to texts and what should be found in them.

use crate::commands::evaluate::gold::{Text, Unclear, kind, source};

/// Reads a file in which each paragraph is a text; in one with lines of `---`, these divide the texts.
pub(super) fn texts(file: &str, content: &str) -> Result<Vec<Text>, Unclear> {
    let long = content.lines().any(|it| it.trim_end() == "---");
    let mut texts = Vec::new();
    let mut date = None;
    let (mut piece, mut begun) = (String::new(), 1);
    for (at, line) in content.lines().chain(["---"]).enumerate() {
        let line = line.trim_end();
        if let Some(value) = line.strip_prefix("date:") {
            date = Some(value.trim().to_owned()).filter(|it| it != "none");
        } else if line == "---" || (line.is_empty() && !long) {
            if !piece.trim().is_empty() {
                texts.push(text((file, begun), &piece, date.as_deref())?);
            }
            piece.clear();
        } else if !line.starts_with('#') && (!line.is_empty() || !piece.is_empty()) {
            if piece.is_empty() {
                begun = at + 1;
            }
            piece.push_str(line);
            piece.push('\n');
        }
    }
    let dated = texts.iter().any(|it| it.dates.as_ref().is_some_and(|it| !it.is_empty()));
    if !dated {
        for text in &mut texts {
            text.dates = None;
        }
    }
    Ok(texts)
}

/// Takes the brackets out of a piece that begins in this line of the file.
fn text((file, line): (&str, usize), piece: &str, date: Option<&str>) -> Result<Text, Unclear> {
    let (mut plain, mut mentions, mut dates) = (String::new(), Vec::new(), Vec::new());
    let mut rest = piece;
    while let Some((before, surface, label, behind)) = next(rest) {
        plain.push_str(before);
        let span = plain.len()..plain.len() + surface.len();
        plain.push_str(surface);
        if let Some(kind) = kind(label) {
            mentions.push((span, kind));
        } else if label.starts_with(|it: char| it.is_ascii_digit()) {
            dates.push((span, label.to_owned()));
        } else {
            let line = line + before_lines(&plain);
            let message = format!("\"{label}\" is neither a kind nor a date like 2019-06");
            return Err(Unclear { line, message });
        }
        rest = behind;
    }
    plain.push_str(rest);
    let source = source(&format!("{file}:{line}"), plain, date);
    let at = format!("{file}:{line}");
    Ok(Text { source, at, mentions, dates: Some(dates), title: None, date: None })
}

fn before_lines(plain: &str) -> usize {
    plain.matches('\n').count()
}

/// The first `[surface|label]`: what stands before it, its parts, what stands behind it.
fn next(text: &str) -> Option<(&str, &str, &str, &str)> {
    let mut from = 0;
    loop {
        let open = from + text[from..].find('[')?;
        let inner = &text[open + 1..];
        let stop = inner.find(['[', ']'])?;
        let bar = inner[..stop].rfind('|');
        if let (Some(bar), "]") = (bar, &inner[stop..=stop]) {
            return Some((&text[..open], &inner[..bar], &inner[bar + 1..stop], &inner[stop + 1..]));
        }
        from = open + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Kind;

    #[test]
    fn brackets_are_taken_out() {
        let found = texts(
            "a.txt",
            "# note\ndate: 2019-10-30\n[Jane|person] met [1] Bo in [June|2019-06].\n",
        )
        .unwrap();
        assert_eq!(&*found[0].source.text, "Jane met [1] Bo in June.\n");
        assert_eq!(found[0].mentions, [(0..4, Kind::Person)]);
        assert_eq!(found[0].dates.as_deref(), Some(&[(19..23, "2019-06".to_owned())][..]));
    }

    #[test]
    fn lines_of_hyphens_divide_texts_of_several_paragraphs() {
        let found = texts("a.txt", "[A|person]\n\nb\n---\nc\n").unwrap();
        assert_eq!(
            found.iter().map(|it| &*it.source.text).collect::<Vec<_>>(),
            ["A\n\nb\n", "c\n"]
        );
    }

    #[test]
    fn an_unknown_label_is_named_with_its_line() {
        let unclear = texts("a.txt", "one\n\ntwo [Lowick|town]\n").unwrap_err();
        assert_eq!((unclear.line, unclear.message.contains("town")), (3, true));
    }
}
