//! Sizes of the built files to findings about what hosts will not take.

use crate::diagnostic::Diagnostic;
use crate::policy::Rule;

/// <https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits>
const SITE: u64 = 1_000_000_000;
/// <https://docs.github.com/en/repositories/working-with-files/managing-large-files/about-large-files-on-github>
const FILE: u64 = 100_000_000;

/// A finding for each file, and for the site, from nine tenths of the limit on.
pub fn large<'a>(sizes: impl IntoIterator<Item = (&'a str, u64)>) -> Vec<Diagnostic> {
    let (mut findings, mut sum) = (Vec::new(), 0);
    for (path, size) in sizes {
        sum += size;
        if size > FILE / 10 * 9 {
            let message =
                format!("has {} MB; GitHub takes {} MB a file", megabytes(size), megabytes(FILE));
            findings.push(Diagnostic::new(Rule::LargeOutput, &path.into(), 0..0, message));
        }
    }
    if sum > SITE / 10 * 9 {
        let message = format!(
            "the site has {} MB; GitHub Pages takes {} MB",
            megabytes(sum),
            megabytes(SITE)
        );
        findings.push(Diagnostic::new(Rule::LargeOutput, &"site.toml".into(), 0..0, message));
    }
    findings
}

fn megabytes(bytes: u64) -> u64 {
    bytes / 1_000_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_told_before_they_are_met() {
        assert!(large([("a.html", 80_000_000), ("b.html", 80_000_000)]).is_empty());
        let found = large([("data/mentions.csv", 95_000_000), ("c", 820_000_000)]);
        let told: Vec<_> = found.iter().map(|it| format!("{}: {}", it.file, it.message)).collect();
        assert_eq!(
            told,
            [
                "data/mentions.csv: has 95 MB; GitHub takes 100 MB a file",
                "c: has 820 MB; GitHub takes 100 MB a file",
                "site.toml: the site has 915 MB; GitHub Pages takes 1000 MB"
            ]
        );
    }
}
