//! The site's own templates to findings about those that nothing uses.

use crate::diagnostic::{Diagnostic, FileName, did_you_mean};
use crate::policy::Rule;

/// A template of the site: its name below `templates/`, the file as findings name it, its text.
pub type Own<'a> = (&'a str, &'a FileName, &'a str);

/// A finding for each template that neither replaces one of `theme` nor is named in another of the site's own.
pub fn unused(own: &[Own<'_>], theme: &[&str]) -> Vec<Diagnostic> {
    let unused = own
        .iter()
        .filter(|it| !theme.contains(&it.0) && !own.iter().any(|other| names(other.2, it.0)));
    unused
        .map(|(name, file, _)| {
            let message = "replaces no template of the theme, and no other template includes it";
            let finding = Diagnostic::new(Rule::UnusedTemplate, file, 0..0, message);
            match did_you_mean(name, theme.iter().copied()) {
                Some(near) => finding.with_help(format!("did you mean `{near}`?")),
                None => finding,
            }
        })
        .collect()
}

/// Whether a template extends, includes or imports another.
fn names(text: &str, name: &str) -> bool {
    ["\"", "'"].iter().any(|quote| text.contains(&format!("{quote}{name}{quote}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_used_by_name() {
        let file: FileName = "templates/x.html".into();
        let theme = ["base.html", "document.html"];
        let own = [
            ("document.html", &file, "{% include \"partials/note.html\" %}"),
            ("partials/note.html", &file, ""),
            ("docment.html", &file, ""),
        ];
        let found = unused(&own, &theme);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].help.as_deref(), Some("did you mean `document.html`?"));
    }
}
