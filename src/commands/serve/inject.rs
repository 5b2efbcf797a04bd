//! A built page to the same page in the preview: it listens for new builds and lets names be corrected.

/// What the script of the preview needs to know.
#[derive(Debug, Clone, Copy)]
pub(super) struct Injected<'a> {
    /// Which build the page is of.
    pub(super) version: u64,
    /// What corrections must bring, so that a foreign page cannot send them; nothing where they are off.
    pub(super) token: Option<&'a str>,
}

/// What the preview does that the page's policy must allow.
const NEEDED: [&str; 3] = ["script-src", "style-src", "connect-src"];

/// The page with the preview's script and style, and a policy that allows these.
pub(super) fn inject(page: &[u8], injected: Injected<'_>) -> Vec<u8> {
    let page = allowed(&String::from_utf8_lossy(page));
    let token = injected.token.map_or(String::new(), |it| format!(" data-token=\"{it}\""));
    let tags = format!(
        "<link rel=\"stylesheet\" href=\"/__seedbed/preview.css\"><script src=\"/__seedbed/preview.js\" data-version=\"{}\"{token} defer></script>",
        injected.version
    );
    let at = page.rfind("</body>").unwrap_or(page.len());
    format!("{}{tags}{}", &page[..at], &page[at..]).into_bytes()
}

/// The page with `'self'` added to what its policy lacks.
fn allowed(page: &str) -> String {
    const META: &str = "http-equiv=\"Content-Security-Policy\" content=\"";
    let Some(from) = page.find(META).map(|it| it + META.len()) else { return page.to_owned() };
    let to = page[from..].find('"').map_or(page.len(), |it| from + it);
    let mut policy: Vec<String> = page[from..to]
        .split(';')
        .map(|it| it.trim().to_owned())
        .filter(|it| !it.is_empty())
        .collect();
    for name in NEEDED {
        match policy.iter_mut().find(|it| it.split(' ').next() == Some(name)) {
            Some(directive) if directive.contains("'self'") => {}
            Some(directive) => *directive = format!("{} 'self'", directive.replace(" 'none'", "")),
            None => policy.push(format!("{name} 'self'")),
        }
    }
    format!("{}{}{}", &page[..from], policy.join("; "), &page[to..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn injected(page: &str) -> String {
        String::from_utf8(inject(page.as_bytes(), Injected { version: 3, token: Some("t") }))
            .unwrap()
    }

    #[test]
    fn the_script_goes_to_the_end_of_the_body() {
        let page = injected("<body><p>a</p></body></html>");
        assert!(page.starts_with("<body><p>a</p><link"), "{page}");
        assert!(
            page.ends_with("data-version=\"3\" data-token=\"t\" defer></script></body></html>"),
            "{page}"
        );
        assert!(injected("<p>a").ends_with("</script>"));
    }

    #[test]
    fn the_policy_allows_no_more_than_the_preview_needs() {
        let meta = |policy: &str| {
            format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">")
        };
        let page = injected(&meta(
            "default-src 'none'; script-src 'sha256-x'; style-src 'self'; connect-src 'none'",
        ));
        let policy = "default-src 'none'; script-src 'sha256-x' 'self'; style-src 'self'; connect-src 'self'";
        assert!(page.starts_with(&meta(policy)), "{page}");
        let page = injected(&meta("default-src 'none'"));
        assert!(page.starts_with(&meta(
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"
        )));
    }
}
