//! A path that a browser asks for to the file that answers it.

use std::collections::BTreeMap;
use std::sync::Arc;

/// Built files by their paths below the output folder.
pub(super) type Files = BTreeMap<String, Arc<Vec<u8>>>;

/// What is sent back.
#[derive(Debug, PartialEq)]
pub(super) enum Answer {
    /// This file.
    Found(String, Arc<Vec<u8>>),
    /// It is a folder: relative links need the slash at its end.
    Moved(String),
    /// There is none; the site's own page that says so, if it has one.
    Missing(Option<Arc<Vec<u8>>>),
}

/// Answers as GitHub Pages does, where `found` has the site's files.
pub(super) fn answer(found: &dyn Fn(&str) -> Option<Arc<Vec<u8>>>, path: &str) -> Answer {
    let path = unescaped(path.trim_start_matches('/'));
    let file = if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.clone()
    };
    if let Some(bytes) = found(&file) {
        return Answer::Found(file, bytes);
    }
    if found(&format!("{path}/index.html")).is_some() {
        return Answer::Moved(format!("/{path}/"));
    }
    let page = format!("{path}.html");
    match found(&page) {
        Some(bytes) => Answer::Found(page, bytes),
        None => Answer::Missing(found("404.html")),
    }
}

/// `%C3%A9` as the letter that it stands for.
fn unescaped(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = escaped(tail).filter(|_| *first == b'%');
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The byte that two hexadecimal digits stand for.
fn escaped(digits: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(digits.get(..2)?).ok()?;
    u8::from_str_radix(digits, 16).ok()
}

/// The media type of a file.
pub(in crate::commands) fn media_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.').map_or("", |it| it.1) {
        "xml" if name.starts_with("atom") => "application/atom+xml; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        "csv" => "text/csv; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "txt" | "md" | "bib" | "ris" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(names: &[&str]) -> Files {
        names.iter().map(|it| ((*it).to_owned(), Arc::new(it.as_bytes().to_vec()))).collect()
    }

    fn found(path: &str) -> String {
        let files = files(&["index.html", "a/index.html", "a/é b.txt", "404.html", "about.html"]);
        match answer(&|it| files.get(it).cloned(), path) {
            Answer::Found(name, _) => name,
            Answer::Moved(to) => format!("-> {to}"),
            Answer::Missing(page) => format!("missing {}", page.is_some()),
        }
    }

    #[test]
    fn folders_are_answered_by_their_index() {
        assert_eq!(found("/"), "index.html");
        assert_eq!(found("/a/"), "a/index.html");
        assert_eq!(found("/a"), "-> /a/");
        assert_eq!(found("/about"), "about.html");
    }

    #[test]
    fn names_may_have_any_letter() {
        assert_eq!(found("/a/%C3%A9%20b.txt"), "a/é b.txt");
        assert_eq!(found("/a/%zz%"), "missing true");
        assert_eq!(found("/a/../index.html"), "missing true");
    }

    #[test]
    fn files_are_what_their_names_say() {
        assert_eq!(media_type("a/atom.xml"), "application/atom+xml; charset=utf-8");
        assert_eq!(media_type("a.b/c"), "application/octet-stream");
    }
}
