//! The rules that describe a document, by name.

/// Every rule: its name as published, and what it means in one line.
pub(super) const RULES: &[(&str, &str)] = &[
    (FRONT_MATTER, "the front matter or the sidecar says so"),
    (DATE_LINE, "a line near the top that holds a date and nothing else"),
    (PUBLISHED, "a line that says when it was published: \"Posted by Jane Doe on 5 May 2014\""),
    (DATE_HEADER, "the Date line among the headers of a message"),
    (
        DATELINE,
        "a date behind a place or an agency at the start of a line: \"London, 5 May 2014 –\"",
    ),
    (BRACKETS, "a line near the top in brackets: \"(Moscow, October 30, 2019)\""),
    (LINE_END, "a short line near the top that ends in a date"),
    (HELD_ON, "the day on which the head says that it was held or delivered"),
    (CLOSING, "a date by itself among the last lines, below a signature"),
    (FILE_NAME, "the file's name begins with or holds a date"),
    (TODAY, "a date that the text calls today: \"today, 5 May 2014\""),
    (CHANGED, "no other date, or none near it: the line that says when it was last changed"),
    (FIRST_DATE, "the first full date in the first paragraphs"),
    (NO_YEAR, "a day and month near the top; the year is not stated"),
    (HEADING, "the first heading"),
    (SUBJECT, "the Subject or Re line of a message or letter"),
    (SALUTATION, "a letter without a subject: named for whom it greets"),
    (AFTER_DATE, "the line after the line that holds the date"),
    (BEFORE_DATE, "the line above the line that holds the date"),
    (REPEATED, "a line that stands twice at the top"),
    (FIRST_LINE, "the first line that is no date, no letterhead and no furniture"),
    (
        BEST_LINE,
        "of several lines at the top, the one for which length, place and words speak most",
    ),
    (MADE, "no title in the text: made from its first sentence"),
    (LETTERHEAD, "an organization's name by itself at the top"),
    (AGENCY, "a news agency in the dateline or at the end"),
    (PUBLISHER, "\"Issued by\", \"Source:\", \"Press release of\""),
    (COPYRIGHT, "the copyright line"),
    (SENDER, "the From line of a message"),
    (KIND_PHRASE, "a phrase in the title or the first lines that names the kind"),
    (REMARKS_OF, "\"Following are X's remarks\""),
    (SPEECH_BY, "\"Speech by X\", \"Remarks of X\""),
    (TOLD, "\"X told Y in an interview\", \"Interview with X\""),
    (LABEL, "labels before what is said: \"Mr. SMITH (France):\", \"Q:\""),
    (BYLINE, "\"By Jane Doe\" on a line of its own"),
    (BLOG, "the owner of a blog: \"Jane Doe's Blog\""),
    (SIGNATURE, "the name below the closing words of a letter"),
    (SYMBOL, "a document symbol in a short line at the top"),
    (STOP_WORDS, "the most frequent small words are this language's"),
    (SCRIPT, "the letters are this language's"),
    (DEFAULT, "nothing in the text tells; the site's default"),
];

/// Rules whose dates may well be of something else.
pub(super) const THIN: &[&str] = &[FILE_NAME, CHANGED, FIRST_DATE];

pub(super) const FRONT_MATTER: &str = "front-matter";
pub(super) const DATE_LINE: &str = "date-line";
pub(super) const PUBLISHED: &str = "published-line";
pub(super) const DATE_HEADER: &str = "date-header";
pub(super) const DATELINE: &str = "dateline";
pub(super) const BRACKETS: &str = "date-in-brackets";
pub(super) const LINE_END: &str = "date-at-line-end";
pub(super) const HELD_ON: &str = "held-on";
pub(super) const CLOSING: &str = "closing-date";
pub(super) const FILE_NAME: &str = "file-name";
pub(super) const TODAY: &str = "called-today";
pub(super) const CHANGED: &str = "last-changed";
pub(super) const FIRST_DATE: &str = "first-date";
pub(super) const NO_YEAR: &str = "day-without-year";
pub(super) const HEADING: &str = "heading";
pub(super) const SUBJECT: &str = "subject-line";
pub(super) const SALUTATION: &str = "salutation";
pub(super) const AFTER_DATE: &str = "line-after-date";
pub(super) const BEFORE_DATE: &str = "line-before-date";
pub(super) const REPEATED: &str = "repeated-line";
pub(super) const FIRST_LINE: &str = "first-line";
pub(super) const BEST_LINE: &str = "best-line";
pub(super) const MADE: &str = "made-from-first-sentence";
pub(super) const LETTERHEAD: &str = "letterhead";
pub(super) const AGENCY: &str = "agency";
pub(super) const PUBLISHER: &str = "publisher-line";
pub(super) const COPYRIGHT: &str = "copyright-line";
pub(super) const SENDER: &str = "sender";
pub(super) const KIND_PHRASE: &str = "kind-phrase";
pub(super) const REMARKS_OF: &str = "following-are-remarks";
pub(super) const SPEECH_BY: &str = "speech-by";
pub(super) const TOLD: &str = "told-in-interview";
pub(super) const LABEL: &str = "speaker-label";
pub(super) const BYLINE: &str = "byline";
pub(super) const BLOG: &str = "blog-owner";
pub(super) const SIGNATURE: &str = "signature";
pub(super) const SYMBOL: &str = "symbol";
pub(super) const STOP_WORDS: &str = "stop-words";
pub(super) const SCRIPT: &str = "script";
pub(super) const DEFAULT: &str = "default";
