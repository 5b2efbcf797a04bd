//! Stylesheets and scripts to the same with fewer bytes.

/// Takes out comments, line ends and blanks that say nothing; what stands in quotes stays as it is.
pub(super) fn minify_css(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(sign) = rest.chars().next() {
        let taken = match sign {
            '"' | '\'' => quoted(rest, sign),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |it| it + 2),
            _ => sign.len_utf8(),
        };
        let (token, after) = rest.split_at(taken);
        if sign.is_whitespace() || token.starts_with("/*") {
            blank(&mut out, after);
        } else {
            out.push_str(token);
        }
        rest = after;
    }
    out.replace(";}", "}").trim_end().to_owned()
}

/// The length of a string at the beginning of `text`, with its quotation marks.
fn quoted(text: &str, mark: char) -> usize {
    let mut escaped = false;
    for (at, sign) in text.char_indices().skip(1) {
        match sign {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if sign == mark => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Writes a blank if one is needed between what is written and what follows.
fn blank(out: &mut String, after: &str) {
    const BEHIND: &[char] = &['{', '}', ';', ',', '>', ':', '(', ' '];
    const BEFORE: &[char] = &['{', '}', ';', ',', '>', ')', '!'];
    let next = after.trim_start();
    if !out.is_empty() && !out.ends_with(BEHIND) && !next.starts_with(BEFORE) {
        out.push(' ');
    }
}

/// Takes out whole-line comments and indentation; line ends stay, so that nothing has to be understood.
pub(super) fn minify_js(source: &str) -> String {
    let lines = source.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::{minify_css, minify_js};

    #[test]
    fn css_keeps_what_it_says() {
        assert_eq!(minify_css("/* a */\n.a > b ,\n.c {\n  color: red;\n}\n"), ".a>b,.c{color:red}");
        assert_eq!(
            minify_css(
                "a :is(b, c) { x: calc(1px + 2px) !important } /* d */ @media (e: f) and (g) { }"
            ),
            "a :is(b,c){x:calc(1px + 2px)!important}@media (e:f) and (g){}"
        );
    }

    #[test]
    fn css_keeps_what_stands_in_quotes() {
        assert_eq!(minify_css("a { content: \"b:  c; \\\" }\" }"), "a{content:\"b:  c; \\\" }\"}");
        assert_eq!(
            minify_css("a::after { content: '/* b */' / \"\" }"),
            "a::after{content:'/* b */' / \"\"}"
        );
    }

    #[test]
    fn scripts_lose_comments_and_indentation_only() {
        assert_eq!(minify_js("// why\nlet a = 1; // b\n\n  f(a);\n"), "let a = 1; // b\nf(a);");
    }
}
