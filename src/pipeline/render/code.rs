//! Blocks of code to spans with classes that the stylesheet colours in light and dark.

use std::sync::OnceLock;

use syntect::easy::ScopeRegionIterator;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};

use crate::pipeline::render::html::Html;

/// Which scopes get which class; the innermost that is listed counts.
const CLASSES: &[(&str, &str)] = &[
    ("comment", "c"),
    ("string", "s"),
    ("constant", "n"),
    ("keyword", "k"),
    ("storage", "k"),
    ("entity.name.function", "f"),
    ("support.function", "f"),
    ("entity.name", "t"),
    ("entity.other.attribute-name", "f"),
    ("support.type", "t"),
    ("variable.parameter", "v"),
];

/// Grammars are loaded when the first block of code is met, for most collections have none.
struct Grammars {
    set: SyntaxSet,
    classes: Vec<(Scope, &'static str)>,
}

fn grammars() -> &'static Grammars {
    static GRAMMARS: OnceLock<Grammars> = OnceLock::new();
    GRAMMARS.get_or_init(|| Grammars {
        set: SyntaxSet::load_defaults_newlines(),
        classes: CLASSES
            .iter()
            .map(|(name, class)| (Scope::new(name).expect("a plain scope"), *class))
            .collect(),
    })
}

/// Appends `code` with its parts marked, or as it is where the language is not known.
pub(crate) fn highlight(out: &mut Html, language: &str, code: &str) {
    if language.is_empty() {
        out.text(code);
        return;
    }
    let grammars = grammars();
    let Some(syntax) = grammars.set.find_syntax_by_token(language) else {
        out.text(code);
        return;
    };
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut run = Run { out, class: "", text: String::new() };
    for line in code.split_inclusive('\n') {
        let Ok(parsed) = state.parse_line(line, &grammars.set) else {
            run.push("", line);
            continue;
        };
        for (text, op) in ScopeRegionIterator::new(&parsed, line) {
            if stack.apply(op).is_ok() {
                run.push(class(&stack, &grammars.classes), text);
            } else {
                run.push("", text);
            }
        }
    }
    run.flush();
}

fn class(stack: &ScopeStack, classes: &[(Scope, &'static str)]) -> &'static str {
    let listed = |scope: &Scope| classes.iter().find(|it| it.0.is_prefix_of(*scope)).map(|it| it.1);
    stack.as_slice().iter().rev().find_map(listed).unwrap_or("")
}

/// Neighbouring pieces of one class, written as one.
struct Run<'o> {
    out: &'o mut Html,
    class: &'static str,
    text: String,
}

impl Run<'_> {
    fn push(&mut self, class: &'static str, text: &str) {
        if class != self.class && !text.trim().is_empty() {
            self.flush();
            self.class = class;
        }
        self.text.push_str(text);
    }

    fn flush(&mut self) {
        if self.class.is_empty() || self.text.is_empty() {
            self.out.text(&self.text);
        } else {
            self.out
                .raw("<span class=\"z-")
                .raw(self.class)
                .raw("\">")
                .text(&self.text)
                .raw("</span>");
        }
        self.text.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::{Html, highlight};

    fn html(language: &str, code: &str) -> String {
        let mut out = Html::default();
        highlight(&mut out, language, code);
        out.0
    }

    #[test]
    fn code_is_escaped_whether_or_not_its_language_is_known() {
        assert_eq!(html("nosuch", "a < b"), "a &lt; b");
        let rust = html("rust", "// why\nlet a = \"<b>\";\n");
        assert!(
            rust.starts_with("<span class=\"z-c\">// why\n</span><span class=\"z-k\">let</span>"),
            "{rust}"
        );
        assert!(rust.contains("&lt;b&gt;") && !rust.contains("<b>"), "{rust}");
    }
}
