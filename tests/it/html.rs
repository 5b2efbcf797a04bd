//! Just enough reading of HTML that we wrote ourselves: tags, attributes, and the text as a person would see it.

/// A piece of a page, in its order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Piece<'a> {
    Open(&'a str, Vec<(&'a str, String)>),
    Close(&'a str),
    Text(&'a str),
}

/// Elements without an end tag.
const VOID: [&str; 10] =
    ["meta", "link", "input", "br", "img", "hr", "wbr", "source", "col", "area"];
/// Elements that begin a line of their own.
const LINES: [&str; 28] = [
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "dt",
    "dd",
    "tr",
    "div",
    "section",
    "header",
    "nav",
    "pre",
    "blockquote",
    "table",
    "ul",
    "ol",
    "dl",
    "aside",
    "details",
    "summary",
    "figure",
    "hr",
    "article",
    "form",
];

/// The pieces of `page`.
pub(crate) fn pieces(page: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        if at > 0 {
            pieces.push(Piece::Text(&rest[..at]));
        }
        rest = &rest[at..];
        let end = tag_end(rest);
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            pieces.push(Piece::Close(name.trim()));
        } else if !tag.starts_with('!') {
            let name = tag.split([' ', '\n', '/']).next().unwrap_or(tag);
            pieces.push(Piece::Open(name, attributes(&tag[name.len()..])));
            if name == "script" {
                let close = rest.find("</script").expect("a script ends");
                pieces.push(Piece::Text(&rest[..close]));
                rest = &rest[close..];
            }
        }
    }
    pieces.push(Piece::Text(rest));
    pieces
}

/// Where the tag that `text` begins with ends, past any `>` in its attributes.
fn tag_end(text: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at,
            _ => {}
        }
    }
    panic!("a tag does not end: {}", text.chars().take(80).collect::<String>())
}

fn attributes(mut text: &str) -> Vec<(&str, String)> {
    let mut all = Vec::new();
    loop {
        text = text.trim_matches([' ', '\n', '/']);
        if text.is_empty() {
            return all;
        }
        let end = text.find(['=', ' ', '\n']).unwrap_or(text.len());
        let name = &text[..end];
        text = &text[end..];
        let Some(value) = text.strip_prefix("=\"") else {
            assert!(!text.starts_with('='), "an attribute without quotes: {name}{text}");
            all.push((name, String::new()));
            continue;
        };
        let end = value.find('"').expect("an attribute ends");
        all.push((name, plain(&value[..end])));
        text = &value[end + 1..];
    }
}

/// Text without its character references.
pub(crate) fn plain(text: &str) -> String {
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'")];
    let text = named.iter().fold(text.to_owned(), |text, it| text.replace(it.0, it.1));
    text.replace("&nbsp;", "\u{a0}").replace("&amp;", "&")
}

/// The value of the attribute `name`.
pub(crate) fn attribute<'a>(attributes: &'a [(&str, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
}

/// What a reader sees of the elements that `wanted` names (`main`, `.prose`), a line a block, names with what they lead to.
pub(crate) fn shown(page: &str, wanted: &str) -> String {
    let mut text = String::new();
    let (mut depth, mut code) = (0_usize, false);
    let mut ends: Vec<Option<String>> = Vec::new();
    for piece in pieces(page) {
        match piece {
            Piece::Open(name, attributes) => {
                code |= name == "pre";
                let inside = depth > 0 || is_wanted(name, &attributes, wanted);
                if inside && LINES.contains(&name) && !text.ends_with('\n') {
                    text.push('\n');
                }
                if inside && !VOID.contains(&name) {
                    depth += 1;
                    let mark = mark(name, &attributes);
                    text.push_str(if mark.is_some() { "[" } else { "" });
                    ends.push(mark);
                }
            }
            Piece::Close(name) if depth > 0 => {
                code &= name != "pre";
                depth -= 1;
                if let Some(mark) = ends.pop().flatten() {
                    text.push_str(&mark);
                }
                if LINES.contains(&name) && !text.ends_with('\n') {
                    text.push('\n');
                } else if matches!(name, "td" | "th") {
                    text.push_str(" | ");
                }
            }
            // A line end of the file is a blank to the reader, but for code.
            Piece::Text(part) if depth > 0 && code => text.push_str(&plain(part)),
            Piece::Text(part) if depth > 0 => text.push_str(&plain(part).replace('\n', " ")),
            _ => {}
        }
    }
    let lines = text.lines().map(|it| it.split_whitespace().collect::<Vec<_>>().join(" "));
    let lines: Vec<_> = lines.filter(|it| !it.is_empty()).collect();
    lines.join("\n") + "\n"
}

fn is_wanted(name: &str, attributes: &[(&str, String)], wanted: &str) -> bool {
    match wanted.strip_prefix('.') {
        Some(class) => attribute(attributes, "class")
            .is_some_and(|it| it.split_whitespace().any(|it| it == class)),
        None => name == wanted,
    }
}

/// How the end of a tagged name or of a link is shown.
fn mark(name: &str, attributes: &[(&str, String)]) -> Option<String> {
    match (attribute(attributes, "data-e"), attribute(attributes, "href")) {
        (Some(entity), Some(_)) => Some(format!("→{entity}]")),
        (Some(entity), None) => Some(format!("={entity}]")),
        // A paragraph's own number says nothing of its content.
        (None, Some(href)) if name == "a" && !href.starts_with("#t-") => Some(format!("→{href}]")),
        _ => None,
    }
}
