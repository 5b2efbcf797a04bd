//! Expressions that must be found, look-alikes that must not, and figures on annotated news.

use std::sync::{Arc, LazyLock};

use super::{DATE_RULES, DateMention, PartialDate, find, normalise, reasoning, years};
use crate::pipeline::parse::{Document, parse};
use crate::pipeline::read::{OffsetMap, Source};
use crate::pipeline::words::words;
use crate::vocabulary::Vocabulary;

fn document(text: &str) -> Document {
    let (id, text) = (Arc::from("a.txt"), text.into());
    let source =
        Source { file: Arc::clone(&id), id, text, origin: OffsetMap::default(), sidecar: None };
    parse(&source).value
}

/// The built-in lists.
static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::new(Vec::new(), Vec::new()));

fn date(text: &str) -> Option<PartialDate> {
    let mut parts = text.split('-').map(str::parse::<i16>);
    let year = parts.next()?.ok()?;
    let mut next = || parts.next().and_then(Result::ok).and_then(|it| u8::try_from(it).ok());
    Some(PartialDate { year: Some(year), month: next(), day: next() })
}

fn found(text: &str, document_date: &str) -> Vec<(String, DateMention)> {
    let document = document(text);
    let words = words(&document, &VOCABULARY.lexicon);
    let mentions = find(&words).into_iter().map(|it| normalise(&it, date(document_date), &words));
    mentions.map(|it| (text[it.start as usize..it.end as usize].to_owned(), it)).collect()
}

/// What is wrong if in a document of `document_date` not exactly these expressions are found: `surface = value (rule)`.
fn check(document_date: &str, text: &str, expected: &[&str]) -> Option<String> {
    let found: Vec<_> = found(text, document_date)
        .iter()
        .map(|(surface, it)| format!("{surface} = {} ({})", it.value(), it.rule.name()))
        .collect();
    (found != expected).then(|| format!("{text}\n  found    {found:?}\n  expected {expected:?}"))
}

/// Rule by rule: the document's date, a text, and what must be found in it; look-alikes find nothing.
const CASES: &[(&str, &str, &[&str])] = &[
    // full-date
    ("", "It opened on 19 November 2019 in Oslo.", &["19 November 2019 = 2019-11-19 (full-date)"]),
    ("", "November 19, 2019", &["November 19, 2019 = 2019-11-19 (full-date)"]),
    ("", "the 19th of November, 2019", &["19th of November, 2019 = 2019-11-19 (full-date)"]),
    ("", "Tuesday, 19 November 2019", &["Tuesday, 19 November 2019 = 2019-11-19 (full-date)"]),
    ("", "Tuesday, Nov. 19, 2019", &["Tuesday, Nov. 19, 2019 = 2019-11-19 (full-date)"]),
    ("", "19-Nov-2019", &["19-Nov-2019 = 2019-11-19 (full-date)"]),
    ("", "19 NOVEMBER 2019", &["19 NOVEMBER 2019 = 2019-11-19 (full-date)"]),
    ("", "the first of May 1886", &["first of May 1886 = 1886-05-01 (full-date)"]),
    (
        "",
        "In May 20 people came; in June 30 men left.",
        &["May =  (bare-month)", "June =  (bare-month)"],
    ),
    // numeric-date
    ("", "Speech 30.10.2019", &["30.10.2019 = 2019-10-30 (numeric-date)"]),
    ("", "2019-10-30T12:00:00Z", &["2019-10-30T12 = 2019-10-30 (numeric-date)"]),
    (
        "",
        "on 10/30/2019 and 30/10/2019",
        &["10/30/2019 = 2019-10-30 (numeric-date)", "30/10/2019 = 2019-10-30 (numeric-date)"],
    ),
    ("", "version 1.10.2019.4, call 202-555-2019, 31.13.2019", &[]),
    // ambiguous-date
    ("", "on 05/06/2019", &["05/06/2019 = 2019 (ambiguous-date)"]),
    ("", "a ratio of 5/6/7", &[]),
    // month-and-year
    ("", "since June 2004", &["June 2004 = 2004-06 (month-and-year)"]),
    (
        "",
        "in November, 2016, and Sept. 2017",
        &["November, 2016 = 2016-11 (month-and-year)", "Sept. 2017 = 2017-09 (month-and-year)"],
    ),
    ("", "from 2019-06 on", &["2019-06 = 2019-06 (month-and-year)"]),
    ("", "You may go 2019", &["2019 = 2019 (year)"]),
    // day-and-month
    ("2019-11-20", "He spoke on 17 August.", &["17 August = 2019-08-17 (day-and-month)"]),
    ("2019-01-10", "He spoke on December 30.", &["December 30 = 2018-12-30 (day-and-month)"]),
    ("2019-11-20", "It will open on 5 February.", &["5 February = 2020-02-05 (day-and-month)"]),
    ("", "On 17 August, it began.", &["17 August =  (day-and-month)"]),
    ("2019-11-20", "Room 17 August has asked for.", &["17 August = 2019-08-17 (day-and-month)"]),
    // bare-month
    ("2019-10-30", "It was adopted in July.", &["July = 2019-07 (bare-month)"]),
    ("2019-02-10", "It was adopted in July.", &["July = 2018-07 (bare-month)"]),
    ("2019-10-30", "It will be adopted in March.", &["March = 2020-03 (bare-month)"]),
    ("2019-10-30", "Earlier in September, they met.", &["September = 2019-09 (bare-month)"]),
    (
        "2019-10-30",
        "You may go. They march on. Theresa May spoke. April Jones sang. Every March it rains.",
        &[],
    ),
    ("2019-10-30", "The October Revolution and Black September", &[]),
    // month-of-year
    ("2019-10-30", "in June of this year", &["June of this year = 2019-06 (month-of-year)"]),
    ("2019-10-30", "In March this year, in Vienna", &["March this year = 2019-03 (month-of-year)"]),
    (
        "2019-10-30",
        "last June, next March, this November",
        &[
            "last June = 2019-06 (month-of-year)",
            "next March = 2020-03 (month-of-year)",
            "this November = 2019-11 (month-of-year)",
        ],
    ),
    ("2019-10-30", "on 15 May of last year", &["15 May of last year = 2018-05-15 (month-of-year)"]),
    ("2019-10-30", "this may last", &[]),
    // season
    (
        "2019-10-30",
        "in the summer of last year",
        &["summer of last year = 2018-06/2018-08 (season)"],
    ),
    (
        "2019-10-30",
        "the summer of 2018, spring 2017",
        &["summer of 2018 = 2018-06/2018-08 (season)", "spring 2017 = 2017-03/2017-05 (season)"],
    ),
    ("2023-02-23", "before last summer", &["last summer = 2022-06/2022-08 (season)"]),
    ("2019-10-30", "last winter", &["last winter = 2018-12/2019-02 (season)"]),
    ("2019-10-30", "a fall in prices; hot springs; in summer", &[]),
    // quarter
    (
        "2019-10-30",
        "in the first half of 2018",
        &["first half of 2018 = 2018-01/2018-06 (quarter)"],
    ),
    (
        "2019-10-30",
        "third-quarter results; Q4 2018",
        &["third-quarter = 2019-07/2019-09 (quarter)", "Q4 2018 = 2018-10/2018-12 (quarter)"],
    ),
    ("2019-10-30", "in the second half they scored; a third quarter of the town", &[]),
    // year
    ("", "founded in 2001", &["2001 = 2001 (year)"]),
    ("", "resolution 2482 (2019)", &["2019 = 2019 (year)"]),
    ("", "the 2018 FIFA World Cup; mid-2019", &["2018 = 2018 (year)", "mid-2019 = 2019 (year)"]),
    ("", "resolutions 1540 (2004) and 1989 (2011)", &["2004 = 2004 (year)", "2011 = 2011 (year)"]),
    (
        "",
        "2000 people, 1,998 men, $2000, page 1999, No. 2019, A/RES/2019/1, about 2000, 2019 soldiers",
        &[],
    ),
    ("", "1600 Pennsylvania Avenue at 2000 GMT, 1500 kilometres, a total of 1709 years", &[]),
    // year-span
    (
        "",
        "in 2010-2015 and 2016–17",
        &["2010-2015 = 2010/2015 (year-span)", "2016–17 = 2016/2017 (year-span)"],
    ),
    ("", "from 1994 to 1998", &["1994 = 1994 (year)", "1998 = 1998 (year)"]),
    ("", "pages 2010-2008; 2019-1234-5678", &[]),
    ("", "in the 2015-16 season", &["2015-16 = 2015/2016 (year-span)"]),
    // years of the Middle Ages, and numbers that are none
    (
        "",
        "Founded in 1206, it burned in 1325 and again after 1492. The castle of 1066 AD stands.",
        &["1206 = 1206 (year)", "1325 = 1325 (year)", "1492 = 1492 (year)", "1066 = 1066 (year)"],
    ),
    ("", "in 1200 villages, after 1400 metres, 1206 men, in 1200 BC, room 1325, in 1800 BC", &[]),
    ("", "in FY2017 and FY18; the FY500 engine", &["FY2017 = 2017 (year)", "FY18 = 2018 (year)"]),
    // ahead and behind
    ("2019-09-10", "The boat must rest until June.", &["June = 2020-06 (bare-month)"]),
    ("2019-09-10", "Closed until June", &["June = 2020-06 (bare-month)"]),
    ("2019-09-10", "It was closed until June.", &["June = 2019-06 (bare-month)"]),
    (
        "2019-09-10",
        "They met earlier this year, last month, two years ago and on Tuesday.",
        &[
            "earlier this year = 2019 (this-last-next)",
            "last month = 2019-08 (this-last-next)",
            "two years ago = 2017 (ago)",
            "Tuesday = 2019-09-10 (weekday)",
        ],
    ),
    // decade
    (
        "",
        "in the 1990s and the mid-'80s",
        &["1990s = 1990/1999 (decade)", "mid-'80s = 1980/1989 (decade)"],
    ),
    ("", "in the nineties", &["nineties = 1990/1999 (decade)"]),
    ("", "a man in his 90s, in his nineties; 1990's budget", &["1990 = 1990 (year)"]),
    // century
    ("", "in the 19th century", &["19th century = 1801/1900 (century)"]),
    ("", "the twentieth-century novel", &["twentieth-century = 1901/2000 (century)"]),
    ("", "the 21st Century Maritime Silk Road", &[]),
    // today
    (
        "2019-10-30",
        "Today we met; yesterday and tomorrow night",
        &[
            "Today = 2019-10-30 (today)",
            "yesterday = 2019-10-29 (today)",
            "tomorrow night = 2019-10-31 (today)",
        ],
    ),
    (
        "2019-10-30",
        "last night and this morning",
        &["last night = 2019-10-29 (today)", "this morning = 2019-10-30 (today)"],
    ),
    ("2019-10-30", "today's opportunities, today's world, USA Today", &[]),
    // weekday
    ("2016-11-23", "said on Tuesday", &["Tuesday = 2016-11-22 (weekday)"]),
    (
        "2016-11-23",
        "It will meet on Tuesday; last Wednesday; next Friday",
        &[
            "Tuesday = 2016-11-29 (weekday)",
            "last Wednesday = 2016-11-16 (weekday)",
            "next Friday = 2016-11-25 (weekday)",
        ],
    ),
    ("2016-11-23", "Black Friday, the Sunday Times, every Monday, on Sundays", &[]),
    ("2016", "on Monday", &["Monday = 2016 (weekday)"]),
    // this-last-next
    ("2019-10-30", "last week", &["last week = 2019-10-21/2019-10-27 (this-last-next)"]),
    (
        "2019-10-30",
        "this year, next month, late last year",
        &[
            "this year = 2019 (this-last-next)",
            "next month = 2019-11 (this-last-next)",
            "late last year = 2018 (this-last-next)",
        ],
    ),
    ("", "this year", &["this year =  (this-last-next)"]),
    ("2019-10-30", "the last years of the war; this day; a last day", &[]),
    // ago
    ("2016-11-23", "its founding 15 years ago", &["15 years ago = 2001 (ago)"]),
    (
        "2011-03-08",
        "[Ten] years ago; a decade ago; twenty-five years ago",
        &[
            "[Ten] years ago = 2001 (ago)",
            "a decade ago = 2001 (ago)",
            "twenty-five years ago = 1986 (ago)",
        ],
    ),
    ("2016-11-23", "several years ago", &["several years ago =  (ago)"]),
    (
        "2016-11-23",
        "two weeks ago, three days ago",
        &["two weeks ago = 2016-11-07/2016-11-13 (ago)", "three days ago = 2016-11-20 (ago)"],
    ),
    ("2016-11-23", "for 15 years; 15 years of age; long ago", &[]),
    // weekend
    ("2015-09-22", "this weekend", &["this weekend = 2015-09-19/2015-09-20 (weekend)"]),
    (
        "2015-09-22",
        "They will meet this weekend.",
        &["this weekend = 2015-09-26/2015-09-27 (weekend)"],
    ),
    ("2015-09-22", "on weekends; a weekend house", &[]),
    // year-end
    (
        "2006-02-23",
        "by the end of the year; by year end",
        &["the end of the year = 2006 (year-end)", "year end = 2006 (year-end)"],
    ),
    ("2006-02-23", "the Man of the Year; an end in itself", &[]),
    // later
    (
        "2020-05-01",
        "It began in 1998. Two years later, and in the following year,",
        &[
            "1998 = 1998 (year)",
            "Two years later = 2000 (later)",
            "the following year = 1999 (later)",
        ],
    ),
    ("2020-05-01", "the following report; later that evening; that year", &[]),
    // days
    ("", "on 17-18 August 2019", &["17-18 August 2019 = 2019-08-17/2019-08-18 (days)"]),
    (
        "",
        "from 28 October to 2 November 2019",
        &["28 October to 2 November 2019 = 2019-10-28/2019-11-02 (days)"],
    ),
    ("", "August 17–18, 2019", &["August 17–18, 2019 = 2019-08-17/2019-08-18 (days)"]),
    ("", "a score of 17-18", &[]),
    // joined dates share their year
    (
        "",
        "between May and July 2019",
        &["May = 2019-05 (bare-month)", "July 2019 = 2019-07 (month-and-year)"],
    ),
    (
        "2012-01-01",
        "from November to February 2010",
        &["November = 2009-11 (bare-month)", "February 2010 = 2010-02 (month-and-year)"],
    ),
];

#[test]
fn cases() {
    let failures: Vec<_> =
        CASES.iter().filter_map(|(date, text, expected)| check(date, text, expected)).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_rule_has_a_case() {
    for (rule, _) in DATE_RULES {
        let named = format!("({rule})");
        assert!(CASES.iter().any(|it| it.2.iter().any(|it| it.ends_with(&named))), "{rule}");
    }
}

#[test]
fn reasons_and_years() {
    let text = "in June of this year and in 2010-2015 and the 19th century";
    let found = found(text, "2019-10-30");
    let date = date("2019-10-30");
    assert_eq!(
        reasoning(&found[0].1, date, text),
        "June of this year, document of 2019-10-30: 2019-06"
    );
    assert_eq!(
        reasoning(&found[0].1, None, text),
        "June of this year, document without a date: open"
    );
    assert_eq!(reasoning(&found[1].1, date, text), "2010-2015: 2010/2015");
    assert_eq!(years(&found[0].1), [2019]);
    assert_eq!(years(&found[1].1), [2010, 2011, 2012, 2013, 2014, 2015]);
    assert!(years(&found[2].1).is_empty());
}

/// Figures on annotated news: how much is found, and how many of the found have the right year.
#[test]
fn annotated_news() {
    let Some(gold) = shared("gold/wikinews.json") else { return };
    let gold: serde_json::Value = serde_json::from_str(&gold).unwrap();
    let mut figures = Figures::default();
    for file in gold["documents"].as_array().unwrap() {
        let name = file["file"].as_str().unwrap();
        figures.take(&shared(&format!("gold/wikinews/{name}")).unwrap(), file);
    }
    let (found, wanted) = (figures.right + figures.extra, figures.right + figures.missed);
    let f1 = 200.0 * f64::from(figures.right) / f64::from(found + wanted);
    let years = 100.0 * f64::from(figures.year_right) / f64::from(figures.valued);
    assert!(f1 >= 92.0 && years >= 99.0, "{figures:#?}");
}

#[derive(Debug, Default)]
struct Figures {
    right: u32,
    extra: u32,
    missed: u32,
    valued: u32,
    year_right: u32,
    /// What was not as annotated, one line each.
    wrong: Vec<String>,
}

impl Figures {
    fn take(&mut self, text: &str, gold: &serde_json::Value) {
        let points = |at: u32| text[..at as usize].chars().count() as u64;
        let mut mine = found(text, gold["date"].as_str().unwrap());
        for want in gold["dates"].as_array().unwrap() {
            let (start, end) = (want["start"].as_u64().unwrap(), want["end"].as_u64().unwrap());
            let overlaps = |it: &DateMention| points(it.start) < end && start < points(it.end);
            let hit = mine.iter().position(|it| overlaps(&it.1)).map(|it| mine.remove(it));
            if let Some((_, hit)) = hit {
                self.compare(&hit, want);
            } else {
                self.missed += 1;
                self.wrong.push(format!("missed {}", want["text"]));
            }
        }
        self.extra += mine.len() as u32;
        self.wrong.extend(mine.iter().map(|it| format!("extra {} {}", it.0, it.1.value())));
    }

    fn compare(&mut self, hit: &DateMention, want: &serde_json::Value) {
        self.right += 1;
        let value = ["when", "from", "notBefore"].iter().find_map(|it| want[it].as_str());
        let Some(value) = value else { return };
        let got = hit.value();
        self.valued += 1;
        self.year_right += u32::from(got.get(..4) == value.get(..4));
        if got.split('/').next() != Some(value) {
            self.wrong.push(format!("{} is {got}, not {value}", want["text"]));
        }
    }
}

/// A file of the texts that are kept beside the project, where `SEEDBED_SHARED` says.
#[expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "texts that are no part of the project are found by this variable, and a test that lacks them says so"
)]
pub(crate) fn shared(path: &str) -> Option<String> {
    let Ok(shared) = std::env::var("SEEDBED_SHARED") else {
        eprintln!("skipped: SEEDBED_SHARED is not set");
        return None;
    };
    Some(std::fs::read_to_string(format!("{shared}/{path}")).unwrap())
}

proptest::proptest! {
    /// Any sequence of words of time and marks is read without a fault, and nothing overlaps.
    #[test]
    fn any_words_are_read(pieces in proptest::collection::vec(0..SOUP.len(), 0..40)) {
        let text = pieces.iter().map(|it| SOUP[*it]).collect::<String>();
        for date in ["2019-10-30", "2020-02-29", "2019-01", "2019", ""] {
            let mut end = 0;
            for (_, it) in found(&text, date) {
                assert!(it.start >= end && it.end > it.start, "{text}");
                end = it.end;
            }
        }
    }
}

/// Pieces of dates, with and without blanks behind them.
const SOUP: &[&str] = &[
    "19 ",
    "November ",
    "2019 ",
    "2019",
    "31",
    "/",
    "-",
    "–",
    ". ",
    ".",
    ", ",
    ",",
    "(",
    ") ",
    "'98 ",
    "'",
    "\\n\\n",
    "May ",
    "last ",
    "next ",
    "this ",
    "the ",
    "year ",
    "years ",
    "ago ",
    "end ",
    "of ",
    "week ",
    "weekend ",
    "Tuesday ",
    "Tuesday, ",
    "Feb. ",
    "29 ",
    "first ",
    "half ",
    "quarter ",
    "Q3 ",
    "1990s ",
    "nineties ",
    "21st ",
    "century ",
    "summer ",
    "today ",
    "night ",
    "several ",
    "a ",
    "couple ",
    "ten ",
    "hundred ",
    "] ",
    "[",
    "later ",
    "following ",
    "same ",
    "and ",
    "to ",
    "9999 ",
    "1500 ",
    "mid-",
    "decade ",
    "earlier ",
    "é",
    "\\u{2011}",
    "’s ",
];
