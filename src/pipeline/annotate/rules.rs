//! The rules that find names, by number.

use crate::pipeline::annotate::MentionRule;

/// Every rule: its name as published, and what it means in one line, in the order of the numbers below.
pub const RULES: &[(&str, &str)] = &[
    ("vocabulary", "a name or alias from the site's vocabulary/entities.yaml"),
    ("gazetteer", "a name or alias from the built-in gazetteer"),
    ("demonym", "an adjective or a people of a country or region; counted apart"),
    ("honorific", "a name behind an honorific: Mr, Dr, General"),
    ("office", "a name behind an office: President, foreign minister"),
    ("head-noun", "a run of capitals with a head noun: Committee, Convention, Summit"),
    ("qualified-place", "a direction or an age before a known place: North Vancouver"),
    ("numbered", "a resolution or decision by its number: resolution 2482 (2019)"),
    ("meeting", "a summit by who meets or where; a session by its ordinal and body"),
    ("quoted-title", "a title in quotation marks behind a word for an occasion"),
    ("described", "who speaks in the document or wrote it, as its head says"),
    ("short-form", "part of a longer name of the document: Joint Plan of Action"),
    ("acronym-definition", "words whose initials stand in brackets behind them"),
    ("evidence", "a name that no list knows, with enough evidence of its kind"),
    (
        "found-elsewhere",
        "a name found elsewhere in the text, here where capitals alone say nothing",
    ),
    ("surname", "the surname of the only person who has it in the document"),
    ("given-name", "the given name of the only person who has it in the document"),
    ("team", "a town's name where its team is meant: Lincoln won 3-1"),
    ("role", "an office without a name, held by one person of the document; counted apart"),
];

pub(crate) const VOCABULARY: MentionRule = MentionRule(0);
pub(crate) const GAZETTEER: MentionRule = MentionRule(1);
pub(crate) const DEMONYM: MentionRule = MentionRule(2);
pub(crate) const HONORIFIC: MentionRule = MentionRule(3);
pub(crate) const OFFICE: MentionRule = MentionRule(4);
pub(crate) const HEAD_NOUN: MentionRule = MentionRule(5);
pub(crate) const QUALIFIED_PLACE: MentionRule = MentionRule(6);
pub(crate) const NUMBERED: MentionRule = MentionRule(7);
pub(crate) const MEETING: MentionRule = MentionRule(8);
pub(crate) const QUOTED_TITLE: MentionRule = MentionRule(9);
pub(crate) const DESCRIBED: MentionRule = MentionRule(10);
pub(crate) const SHORT_FORM: MentionRule = MentionRule(11);
pub(crate) const ACRONYM_DEFINITION: MentionRule = MentionRule(12);
pub(crate) const EVIDENCE: MentionRule = MentionRule(13);
pub(crate) const FOUND_ELSEWHERE: MentionRule = MentionRule(14);
pub(crate) const SURNAME: MentionRule = MentionRule(15);
pub(crate) const GIVEN_NAME: MentionRule = MentionRule(16);
pub(crate) const TEAM: MentionRule = MentionRule(17);
pub(crate) const ROLE: MentionRule = MentionRule(18);

#[cfg(test)]
mod tests {
    use super::{ACRONYM_DEFINITION, EVIDENCE, ROLE, RULES, SHORT_FORM, VOCABULARY};

    #[test]
    fn numbers_are_places_in_the_table() {
        let named = [
            (VOCABULARY, "vocabulary"),
            (SHORT_FORM, "short-form"),
            (ACRONYM_DEFINITION, "acronym-definition"),
            (EVIDENCE, "evidence"),
            (ROLE, "role"),
        ];
        assert!(named.iter().all(|(rule, name)| rule.name() == *name));
        assert_eq!(usize::from(ROLE.0) + 1, RULES.len());
    }
}
