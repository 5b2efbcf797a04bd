//! Words of the interface, and dates, numbers and plurals as the site's language writes them.

use std::collections::BTreeMap;

use memchr::memchr;
use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::pipeline::calendar::PartialDate;

/// The interface in one language: a file `words/LANGUAGE.toml` among the templates.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// `ltr` or `rtl`.
    pub direction: String,
    /// The Open Graph protocol's name of the language: `en_GB`.
    pub locale: String,
    /// How the language counts.
    pub plural: PluralRule,
    /// What stands between thousands.
    pub thousands: String,
    /// The twelve months, as a date names them.
    pub months: Vec<String>,
    /// The same, short.
    pub months_short: Vec<String>,
    /// Dates: `day`, `month`, `yearless`, with `{day}`, `{month}`, `{year}`.
    pub dates: BTreeMap<String, String>,
    /// Everything else, by key.
    pub text: FxHashMap<String, Text>,
}

/// What a words file may have: anything less than all.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    direction: Option<String>,
    locale: Option<String>,
    plural: Option<PluralRule>,
    thousands: Option<String>,
    months: Option<Vec<String>>,
    months_short: Option<Vec<String>>,
    dates: BTreeMap<String, String>,
    text: FxHashMap<String, Text>,
}

/// A word or sentence of the interface.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Text {
    /// The same for every number.
    One(String),
    /// By number.
    Counted(Counted),
}

/// A phrase with `{n}` in it, by number; `other` serves where a form is not given.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    one: Option<String>,
    two: Option<String>,
    few: Option<String>,
    many: Option<String>,
    other: String,
}

/// Which number takes which form; the families of Unicode's plural rules that whole numbers need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PluralRule {
    /// No forms: Chinese, Japanese, Korean, Vietnamese, Indonesian, Thai.
    None,
    /// 1 is one: English, German, Spanish, Italian, Dutch, Swedish, Turkish.
    English,
    /// 0 and 1 are one: French, Portuguese (Brazil), Hindi, Persian.
    French,
    /// 1, 21, 31 are one; 2 to 4, 22 to 24 few; else many: Russian, Ukrainian.
    Russian,
    /// 1 is one; 2 to 4, 22 to 24 few; else many: Polish.
    Polish,
    /// 1 is one; 2 to 4 few: Czech, Slovak.
    Czech,
    /// 1 one, 2 two, 3 to 10 few, 11 to 99 many.
    Arabic,
}

impl Words {
    /// Reads a words file; what it lacks is taken from `fallback`.
    ///
    /// # Errors
    /// The file is no TOML, or has keys that no words file has.
    pub fn read(source: &str, fallback: Option<&Words>) -> Result<Words, toml::de::Error> {
        let Some(fallback) = fallback else { return toml::from_str(source) };
        let written: Written = toml::from_str(source)?;
        let mut words = fallback.clone();
        written.direction.into_iter().for_each(|it| words.direction = it);
        written.locale.into_iter().for_each(|it| words.locale = it);
        written.plural.into_iter().for_each(|it| words.plural = it);
        written.thousands.into_iter().for_each(|it| words.thousands = it);
        written.months.into_iter().for_each(|it| words.months = it);
        written.months_short.into_iter().for_each(|it| words.months_short = it);
        words.dates.extend(written.dates);
        words.text.extend(written.text);
        Ok(words)
    }

    /// The word `key`, or the key itself, so that a missing word shows.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        match self.text.get(key) {
            Some(Text::One(text)) => text,
            Some(Text::Counted(forms)) => &forms.other,
            None => key,
        }
    }

    /// The phrase `key` for the number `n`: `3 documents`.
    pub fn count(&self, key: &str, n: usize) -> String {
        let form = match self.text.get(key) {
            Some(Text::Counted(forms)) => forms.form(self.plural, n),
            Some(Text::One(text)) => text,
            None => key,
        };
        let number = at_brace(form).and_then(|it| Some((it.0, it.1.strip_prefix("n}")?)));
        let Some((before, behind)) = number else { return form.to_owned() };
        let mut text = String::with_capacity(form.len() + 8);
        text.push_str(before);
        self.push_number(&mut text, n);
        text.push_str(behind);
        text
    }

    /// The phrase `key` with its `{name}`s filled in.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut rest = self.get(key);
        let filled: usize = values.iter().map(|it| it.1.len()).sum();
        let mut text = String::with_capacity(rest.len() + filled);
        while let Some((before, behind)) = at_brace(rest) {
            text.push_str(before);
            let found = behind.split_once('}').and_then(|(name, behind)| {
                Some((values.iter().find(|it| it.0 == name)?.1, behind))
            });
            text.push_str(found.map_or("{", |it| it.0));
            rest = found.map_or(behind, |it| it.1);
        }
        text + rest
    }

    /// A number with its thousands set apart: `12,345`.
    pub fn number(&self, n: usize) -> String {
        let mut out = String::new();
        self.push_number(&mut out, n);
        out
    }

    fn push_number(&self, out: &mut String, n: usize) {
        let mut digits = itoa::Buffer::new();
        let digits = digits.format(n);
        if digits.len() <= 4 {
            out.push_str(digits);
            return;
        }
        for (at, digit) in digits.char_indices() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push_str(&self.thousands);
            }
            out.push(digit);
        }
    }

    /// A date as far as it is known: `19 November 2019`, `November 2019`, `2019`, `17 August`.
    pub fn date(&self, date: PartialDate) -> String {
        let form = match date {
            PartialDate { year: Some(_), month: Some(_), day: Some(_) } => "day",
            PartialDate { year: Some(_), month: Some(_), .. } => "month",
            PartialDate { year: Some(year), .. } => return year.to_string(),
            PartialDate { month: Some(_), day: Some(_), .. } => "yearless",
            PartialDate { month: Some(month), .. } => return self.month(month).to_owned(),
            _ => return date.to_string(),
        };
        let pattern = self.dates.get(form).map_or("{day} {month} {year}", String::as_str);
        let number = |it: Option<i16>| it.map(|it| it.to_string()).unwrap_or_default();
        pattern
            .replace("{day}", &number(date.day.map(i16::from)))
            .replace("{month}", self.month(date.month.unwrap_or(1)))
            .replace("{year}", &number(date.year))
    }

    /// The name of a month, 1 to 12.
    pub fn month(&self, month: u8) -> &str {
        self.months.get(usize::from(month).wrapping_sub(1)).map_or("", String::as_str)
    }
}

/// What stands before the first brace, and behind it.
fn at_brace(text: &str) -> Option<(&str, &str)> {
    memchr(b'{', text.as_bytes()).map(|at| (&text[..at], &text[at + 1..]))
}

impl Counted {
    fn form(&self, rule: PluralRule, n: usize) -> &str {
        let form = match rule.category(n) {
            Category::One => &self.one,
            Category::Two => &self.two,
            Category::Few => &self.few,
            Category::Many => &self.many,
            Category::Other => &None,
        };
        form.as_ref().unwrap_or(&self.other)
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Category {
    One,
    Two,
    Few,
    Many,
    Other,
}

impl PluralRule {
    fn category(self, n: usize) -> Category {
        let teen = (11..=14).contains(&(n % 100));
        match (self, n) {
            (
                PluralRule::English | PluralRule::Polish | PluralRule::Czech | PluralRule::Arabic,
                1,
            )
            | (PluralRule::French, 0 | 1) => Category::One,
            (PluralRule::Russian, _) if n % 10 == 1 && !teen => Category::One,
            (PluralRule::Russian | PluralRule::Polish, _)
                if (2..=4).contains(&(n % 10)) && !teen =>
            {
                Category::Few
            }
            (PluralRule::Czech, 2..=4) => Category::Few,
            (PluralRule::Russian | PluralRule::Polish, _) => Category::Many,
            (PluralRule::Arabic, 2) => Category::Two,
            (PluralRule::Arabic, _) if (3..=10).contains(&(n % 100)) => Category::Few,
            (PluralRule::Arabic, _) if n % 100 > 10 => Category::Many,
            _ => Category::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Category, PluralRule, Words};
    use crate::pipeline::calendar::PartialDate;

    #[test]
    fn what_a_file_lacks_is_english_and_what_it_misspells_is_an_error() {
        let english = english();
        let french =
            Words::read("locale = \"fr_FR\"\n[text]\nsearch = \"Chercher\"\n", Some(&english));
        let french = french.unwrap();
        assert_eq!((french.get("search"), french.locale.as_str()), ("Chercher", "fr_FR"));
        assert_eq!((french.get("skip"), french.month(2)), (english.get("skip"), "February"));
        assert_eq!((french.plural, &french.dates), (english.plural, &english.dates));
        assert!(Words::read("locales = \"fr_FR\"\n", Some(&english)).is_err());
    }

    fn english() -> Words {
        Words::read(include_str!("../../../templates/words/en.toml"), None)
            .expect("the shipped words are well-formed")
    }

    #[test]
    fn dates_say_what_is_known() {
        let words = english();
        let date = |year, month, day| words.date(PartialDate { year, month, day });
        assert_eq!(date(Some(2019), Some(11), Some(19)), "19 November 2019");
        assert_eq!(date(Some(2019), Some(11), None), "November 2019");
        assert_eq!(date(Some(2019), None, None), "2019");
        assert_eq!(date(None, Some(8), Some(17)), "17 August");
    }

    #[test]
    fn numbers_choose_their_form() {
        let words = english();
        assert_eq!(words.count("documents", 1), "1 document");
        assert_eq!(words.count("documents", 12345), "12,345 documents");
        assert_eq!(PluralRule::Russian.category(21), Category::One);
        assert_eq!(PluralRule::Russian.category(11), Category::Many);
        assert_eq!(PluralRule::Polish.category(22), Category::Few);
        assert_eq!(PluralRule::French.category(0), Category::One);
        assert_eq!(PluralRule::Arabic.category(111), Category::Many);
    }
}
