//! A file's name to the date in it.

use std::ops::Range;

use crate::pipeline::calendar::PartialDate;
use crate::pipeline::describe::page::Page;
use crate::pipeline::describe::{Inferred, rules};

/// The date in the file's name: "2019-11-19-foo", "20191119".
pub(super) fn date(page: Page<'_>) -> Option<Inferred<PartialDate>> {
    let id: &str = &page.document.id;
    let name = id.rsplit('/').next().unwrap_or(id);
    let figures: Vec<(usize, &str)> = runs(name).map(|it| (it.start, &name[it])).collect();
    let date = figures.iter().find_map(|(_, it)| compact(it)).or_else(|| {
        figures.windows(3).find_map(|it| {
            let joined = it.windows(2).all(|pair| pair[0].0 + pair[0].1.len() + 1 == pair[1].0);
            joined.then(|| parts(it[0].1, it[1].1, it[2].1)).flatten()
        })
    })?;
    let evidence = format!("the file's name: \"{name}\"");
    Some(Inferred { value: date, rule: rules::FILE_NAME.into(), span: None, evidence })
}

/// The runs of figures in a name.
fn runs(name: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + name[at..].find(|it: char| it.is_ascii_digit())?;
        at =
            name[start..].find(|it: char| !it.is_ascii_digit()).map_or(name.len(), |it| start + it);
        Some(start..at)
    })
}

fn compact(figures: &str) -> Option<PartialDate> {
    if figures.len() == 8 { parts(&figures[..4], &figures[4..6], &figures[6..]) } else { None }
}

fn parts(year: &str, month: &str, day: &str) -> Option<PartialDate> {
    let year = year.parse().ok().filter(|it| year.len() == 4 && (1500..2200).contains(it))?;
    let date = PartialDate::of(year, month.parse().ok(), day.parse().ok());
    date.civil().map(|_| date)
}
