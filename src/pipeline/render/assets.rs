//! Shipped stylesheet, scripts and typeface to files with a hash in their names.

use crate::config::Font;
use crate::pipeline::render::html::Html;
use crate::pipeline::search;
use crate::pipeline::write::OutputFile;

const STYLE: &str = include_str!("../../../static/site.css");
const FACES: &str = include_str!("../../../static/fonts/faces.css");
const SCRIPT: &str = include_str!("../../../static/site.js");
const DOCUMENT: &str = include_str!("../../../static/document.js");
const LISTS: &str = include_str!("../../../static/lists.js");
const ROMAN: &[u8] = include_bytes!("../../../static/fonts/source-serif-4-latin.woff2");
const ITALIC: &[u8] = include_bytes!("../../../static/fonts/source-serif-4-latin-italic.woff2");
const LICENCE: &str = include_str!("../../../static/fonts/OFL.txt");
const ICON: &str = include_str!("../../../static/icon.svg");

/// The script that sets the reader's colours before anything is drawn; allowed by its hash.
pub(crate) const COLOURS: &str =
    "try{var t=localStorage.theme;if(t)document.documentElement.dataset.theme=t}catch(e){}";
/// The hash of [`COLOURS`], as a content security policy names it; a test compares them.
pub(crate) const COLOURS_HASH: &str = "sha256-dPKjgS1/Z+DtjkK/WBKesTY1RZF/SG7TGvGCMK2UFeY=";

/// Where the shipped files stand below the root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assets {
    /// The stylesheet.
    pub style: String,
    /// The script of every page.
    pub script: String,
    /// The script of documents.
    pub document: String,
    /// The script of lists.
    pub lists: String,
    /// The script of search.
    pub search: String,
    /// The icon.
    pub icon: String,
    /// The typeface, if it is shipped.
    pub font: Option<String>,
    files: Vec<OutputFile>,
}

impl Assets {
    pub(crate) fn new(font: Font) -> Self {
        let mut files = Vec::new();
        let mut add = |name: &str, bytes: &[u8]| {
            let path = hashed(name, bytes);
            files.push(OutputFile { path: path.clone(), bytes: bytes.to_vec() });
            path
        };
        let (faces, roman) = match font {
            Font::None => (String::new(), None),
            Font::Serif => {
                let (roman, italic) =
                    (add("serif.woff2", ROMAN), add("serif-italic.woff2", ITALIC));
                add("OFL.txt", LICENCE.as_bytes());
                (
                    FACES.replace("ROMAN", below(&roman)).replace("ITALIC", below(&italic)),
                    Some(roman),
                )
            }
        };
        Assets {
            style: add("site.css", minify_css(&format!("{faces}{STYLE}")).as_bytes()),
            script: add("site.js", minify_js(SCRIPT).as_bytes()),
            document: add("document.js", minify_js(DOCUMENT).as_bytes()),
            lists: add("lists.js", minify_js(LISTS).as_bytes()),
            search: add("search.js", search::client::client().as_bytes()),
            icon: add("icon.svg", ICON.trim().as_bytes()),
            font: roman,
            files,
        }
    }

    pub(crate) fn files(self) -> Vec<OutputFile> {
        self.files
    }
}

/// `site.css` to `assets/site.0123abcd.css`.
fn hashed(name: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    let (stem, extension) = name.rsplit_once('.').expect("every asset has an extension");
    format!("assets/{stem}.{}.{extension}", &hash[..8])
}

/// The name of an asset for another one beside it.
fn below(path: &str) -> &str {
    path.strip_prefix("assets/").expect("assets stand together")
}

/// Takes out comments, line ends and blanks that say nothing.
fn minify_css(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some((before, comment)) = rest.split_once("/*") {
        squeeze(&mut out, before);
        rest = comment.split_once("*/").map_or("", |it| it.1);
    }
    squeeze(&mut out, rest);
    out.replace(";}", "}")
}

/// Appends CSS with blanks reduced to those that separate words.
fn squeeze(out: &mut String, css: &str) {
    const TIGHT: &[char] = &['{', '}', ';', ',', '>'];
    for word in css.split_whitespace() {
        let loose = !out.ends_with(TIGHT) && !out.ends_with(": ") && !word.starts_with(TIGHT);
        if loose && !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
}

/// Takes out whole-line comments and indentation; line ends stay, so that nothing has to be understood.
fn minify_js(source: &str) -> String {
    let lines = source.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The policy that every page carries: nothing from elsewhere, no inline style, one inline script known by its hash.
pub(crate) fn policy() -> Html {
    Html(format!(
        "default-src 'none'; script-src 'self' '{COLOURS_HASH}'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'"
    ))
}

#[cfg(test)]
mod tests {
    use super::{Assets, COLOURS, minify_css, minify_js, policy};
    use crate::config::Font;

    #[test]
    fn css_keeps_what_it_says() {
        assert_eq!(
            minify_css("/* a */\n.a > b ,\n.c {\n  color: red;\n}\n"),
            ".a>b,.c{color: red}"
        );
        assert_eq!(
            minify_css("a :is(b, c) { x: calc(1px + 2px) }"),
            "a :is(b,c){x: calc(1px + 2px)}"
        );
    }

    #[test]
    fn scripts_lose_comments_and_indentation_only() {
        assert_eq!(minify_js("// why\nlet a = 1; // b\n\n  f(a);\n"), "let a = 1; // b\nf(a);");
    }

    #[test]
    fn no_font_ships_no_font() {
        assert!(Assets::new(Font::None).files().iter().all(|it| !it.path.contains("serif")));
        assert_eq!(
            Assets::new(Font::Serif).files().iter().filter(|it| it.path.contains(".woff2")).count(),
            2
        );
    }

    #[test]
    fn the_policy_names_the_script_that_is_shipped() {
        // Known by heart, for there is no SHA-256 in this house: `printf %s "$COLOURS" | openssl dgst -sha256 -binary | base64`.
        assert_eq!(COLOURS.len(), 85, "change COLOURS_HASH together with COLOURS");
        assert!(policy().0.contains("'self' 'sha256-"));
    }
}
