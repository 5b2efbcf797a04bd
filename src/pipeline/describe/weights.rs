//! Headlines to the one that is the title, by weight of evidence; the weights are the rows of `title-evidence.tsv`.

use std::ops::Range;
use std::sync::LazyLock;

use crate::pipeline::describe::headlines::phrase;
use crate::pipeline::describe::kinds::names_kind;
use crate::pipeline::describe::letterhead::{has_verb, is_letterhead};
use crate::pipeline::describe::page::Page;
use crate::pipeline::describe::person::is_person;
use crate::pipeline::describe::stems::Stems;
use crate::pipeline::parse::BlockKind;
use crate::vocabulary::lists::{column, rows};

/// A feature of a headline, by its row in `title-evidence.tsv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Feature {
    OneWord,
    TwoWords,
    ThreeWords,
    Short,
    HeadlineLength,
    Long,
    TooLong,
    Sentence,
    Letterhead,
    Person,
    First,
    Earlier,
    Below,
    AfterDate,
    BeforeDate,
    BeforeText,
    OwnWords,
    SomeOwnWords,
    OtherWords,
    Repeated,
    Suffixed,
    Verb,
    Kind,
    Heading,
    OnlyCapitals,
    Bar,
    Columns,
    Item,
    SetOff,
    FileName,
}

/// The weight of each feature, in the order of the table.
static WEIGHTS: LazyLock<Vec<f32>> = LazyLock::new(|| {
    let weight = |row: &'static str| column(row, 1).parse();
    let weights: Result<_, _> = rows(include_str!("title-evidence.tsv")).map(weight).collect();
    weights.expect("title-evidence.tsv is checked by a test")
});

/// What a headline is weighed against.
pub(super) struct Scale<'a> {
    page: Page<'a>,
    headlines: &'a [Range<usize>],
    /// The line that holds the date and nothing else.
    date: Option<usize>,
    /// The words of the first paragraphs.
    text: &'a Stems,
    /// The words of the file's name.
    name: Stems,
}

impl<'a> Scale<'a> {
    pub(super) fn new(
        page: Page<'a>,
        headlines: &'a [Range<usize>],
        date: Option<usize>,
        text: &'a Stems,
    ) -> Scale<'a> {
        Scale { page, headlines, date, text, name: Stems::of_name(page) }
    }

    /// The headline with the most evidence, the first of equals.
    pub(super) fn best(&self) -> Option<&'a Range<usize>> {
        let mut best: Option<(f32, &Range<usize>)> = None;
        for (at, headline) in self.headlines.iter().enumerate() {
            let weight = self.weight(at);
            if best.is_none_or(|it| weight > it.0) {
                best = Some((weight, headline));
            }
        }
        best.map(|it| it.1)
    }

    fn weight(&self, at: usize) -> f32 {
        let headline = &self.headlines[at];
        let mut seen = vec![by_length(self.length(headline))];
        seen.extend(self.by_place(at));
        seen.extend(self.by_look(headline));
        seen.extend(self.by_words(headline));
        let phrases: f32 = headline.clone().map(|it| phrase(self.page, it)).sum();
        seen.into_iter().map(|it| WEIGHTS[it as usize]).sum::<f32>() + phrases
    }

    fn length(&self, headline: &Range<usize>) -> usize {
        headline.clone().map(|it| self.page.length(it)).sum()
    }

    /// Where it stands among the others, the date and the text.
    fn by_place(&self, at: usize) -> Vec<Feature> {
        let headline = &self.headlines[at];
        let (above, below) = (&self.headlines[..at], &self.headlines[at + 1..]);
        let rivals = above.iter().filter(|it| self.length(it) > 2 && !self.is_letterhead(it));
        let mut seen = vec![Feature::Earlier; rivals.count().min(4)];
        seen.extend((headline.start == 0).then_some(Feature::First));
        let is_below = |it: &Range<usize>| {
            it.end == headline.start
                && self.length(it) > 3
                && !self.is_letterhead(it)
                && !self.page.is_set_off(headline.start)
        };
        seen.extend(above.last().filter(|it| is_below(it)).map(|_| Feature::Below));
        let date = self.date.unwrap_or(self.page.body);
        let is_behind = headline.start > date && above.iter().all(|it| it.end <= date);
        let is_before = headline.end <= date && below.iter().all(|it| it.start > date);
        seen.extend(is_behind.then_some(Feature::AfterDate));
        seen.extend((is_before && self.date.is_some()).then_some(Feature::BeforeDate));
        seen.extend(below.is_empty().then_some(Feature::BeforeText));
        seen
    }

    fn is_letterhead(&self, headline: &Range<usize>) -> bool {
        headline.clone().all(|it| is_letterhead(self.page, it))
    }

    /// How it is set.
    fn by_look(&self, headline: &Range<usize>) -> Vec<Feature> {
        let (page, last) = (self.page, headline.end - 1);
        let text = page.passage(headline);
        let heading = matches!(page.document.blocks[headline.start].kind, BlockKind::Heading(..));
        let capitals = |it: &Range<usize>| it.clone().all(|it| page.is_in_capitals(it));
        let only =
            capitals(headline) && self.headlines.iter().all(|it| it == headline || !capitals(it));
        let sentence = page.ends_sentence(last) && page.text(last).ends_with('.');
        let set_off = page.is_set_off(headline.start) && page.is_set_off(headline.end);
        let bar = [" | ", " » ", " › ", " :: ", " > "].iter().any(|it| text.contains(it));
        let columns = text.contains("    ") || text.contains('\t');
        let seen = [
            (sentence, Feature::Sentence),
            (heading, Feature::Heading),
            (only, Feature::OnlyCapitals),
            (set_off, Feature::SetOff),
            (bar, Feature::Bar),
            (columns, Feature::Columns),
            (page.is_item(headline.start), Feature::Item),
        ];
        seen.into_iter().filter(|it| it.0).map(|it| it.1).collect()
    }

    /// What it says.
    fn by_words(&self, headline: &Range<usize>) -> Vec<Feature> {
        let page = self.page;
        let mut seen = Vec::new();
        let tokens = page.tokens(headline.start).start..page.tokens(headline.end - 1).end;
        let (shared, own) = self.text.shared(page, tokens.clone());
        seen.extend(match () {
            () if own == 0 || self.text.is_empty() => None,
            () if shared > 1 && shared * 2 >= own => Some(Feature::OwnWords),
            () if shared * 5 >= own => Some(Feature::SomeOwnWords),
            () => (shared == 0).then_some(Feature::OtherWords),
        });
        let (named, own) = self.name.shared(page, tokens);
        seen.extend((named >= 3 && named * 2 > own).then_some(Feature::FileName));
        seen.extend(self.is_repeated(headline).then_some(Feature::Repeated));
        seen.extend(self.is_suffixed(headline).then_some(Feature::Suffixed));
        seen.extend(self.is_letterhead(headline).then_some(Feature::Letterhead));
        seen.extend(has_verb(page, headline.start).then_some(Feature::Verb));
        seen.extend(is_person(page, headline.start).then_some(Feature::Person));
        seen.extend(names_kind(page.text(headline.start)).then_some(Feature::Kind));
        seen
    }

    /// Whether it stands again among the first lines, perhaps with a date behind it.
    pub(super) fn is_repeated(&self, headline: &Range<usize>) -> bool {
        let page = self.page;
        let text = page.passage(headline);
        let again = |it: usize| {
            page.text(it).strip_prefix(text).is_some_and(|rest| {
                let dated = rest.len() < 30 && rest.contains(|it: char| it.is_ascii_digit());
                rest.is_empty() || dated
            })
        };
        text.len() > 15 && (headline.end..page.head().end).any(again)
    }

    /// Whether a line below is the same without the name of the site behind it.
    fn is_suffixed(&self, headline: &Range<usize>) -> bool {
        let page = self.page;
        let text = page.passage(headline);
        let added = |it: &Range<usize>| {
            let rest = text.strip_prefix(page.passage(it)).unwrap_or("").trim_start();
            rest.starts_with(['|', '-', '–', '—', '»', ':', '•', '·', '('])
        };
        self.headlines.iter().any(|it| it.start >= headline.end && added(it))
    }
}

fn by_length(words: usize) -> Feature {
    match words {
        0 | 1 => Feature::OneWord,
        2 => Feature::TwoWords,
        3 => Feature::ThreeWords,
        4 | 5 => Feature::Short,
        6..=30 => Feature::HeadlineLength,
        31..=45 => Feature::Long,
        _ => Feature::TooLong,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows, by what code calls them.
    fn names() -> Vec<String> {
        let name = |row: &str| {
            column(row, 0).split('-').map(|it| it[..1].to_uppercase() + &it[1..]).collect()
        };
        rows(include_str!("title-evidence.tsv")).map(name).collect()
    }

    #[test]
    fn each_feature_has_its_row() {
        let last = Feature::FileName as usize;
        assert_eq!(names().len(), last + 1);
        assert_eq!(WEIGHTS.len(), last + 1);
        let all = [
            Feature::OneWord,
            Feature::TwoWords,
            Feature::ThreeWords,
            Feature::Short,
            Feature::HeadlineLength,
            Feature::Long,
            Feature::TooLong,
            Feature::Sentence,
            Feature::Letterhead,
            Feature::Person,
            Feature::First,
            Feature::Earlier,
            Feature::Below,
            Feature::AfterDate,
            Feature::BeforeDate,
            Feature::BeforeText,
            Feature::OwnWords,
            Feature::SomeOwnWords,
            Feature::OtherWords,
            Feature::Repeated,
            Feature::Suffixed,
            Feature::Verb,
            Feature::Kind,
            Feature::Heading,
            Feature::OnlyCapitals,
            Feature::Bar,
            Feature::Columns,
            Feature::Item,
            Feature::SetOff,
            Feature::FileName,
        ];
        for (feature, name) in all.iter().zip(names()) {
            assert_eq!(format!("{feature:?}"), name);
        }
    }
}
