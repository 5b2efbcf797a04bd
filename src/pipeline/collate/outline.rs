//! Reading to outline: what of one document the whole collection is gathered from, in numbers rather than texts.

use std::collections::BTreeMap;
use std::num::NonZeroU16;
use std::sync::Arc;

use crate::pipeline::Reading;
use crate::pipeline::annotate::{Mention, Name, Standing, ThemeScore, rules};
use crate::pipeline::calendar::{self, PartialDate};
use crate::pipeline::collate::lookup::LookId;
use crate::pipeline::collate::slugs::{self, Wanted};
use crate::pipeline::collate::texts::{OfficeId, TextId, Texts};
use crate::pipeline::collate::unit_keys::UnitKey;
use crate::pipeline::read::SourceId;
use crate::vocabulary::{Kind, ThemeId, Vocabulary};

/// All of a document that others may depend on.
#[derive(Debug)]
pub(crate) struct Outline {
    /// No other outline has it; says nothing of order.
    pub(crate) number: u64,
    pub(crate) id: SourceId,
    /// The number of its folder.
    pub(crate) folder: u32,
    pub(crate) names: Box<[Named]>,
    pub(crate) mentions: Box<[Mentioned]>,
    /// The date of the document, if its year is known.
    pub(crate) date: Option<PartialDate>,
    /// For each year that it speaks of, the date mentions that do.
    pub(crate) years: Box<[(i16, Arc<[u32]>)]>,
    /// The same with how many they are, its own year included.
    pub(crate) spoken: Arc<[(i16, u32)]>,
    /// The address that it asks for.
    pub(crate) address: Wanted,
    pub(crate) issuer: Option<Asked>,
    pub(crate) speakers: Box<[Asked]>,
    /// Names in its front matter.
    pub(crate) listed: Box<[LookId]>,
    pub(crate) themes: Box<[Subject]>,
}

/// Someone whom a description speaks of.
#[derive(Debug, PartialEq)]
pub(crate) struct Asked {
    /// As names are looked up.
    pub(crate) name: LookId,
    /// The names that stand in the passage that tells of them.
    pub(crate) within: Box<[u16]>,
}

/// A theme of a document, by its place in the document's own list of scores.
#[derive(Debug, PartialEq)]
pub(crate) struct Subject {
    pub(crate) theme: ThemeId,
    pub(crate) core: bool,
    pub(crate) score: f32,
}

/// A name of a document.
#[derive(Debug, PartialEq)]
pub(crate) struct Named {
    pub(crate) unit: UnitKey,
    pub(crate) text: TextId,
    /// The acronym, where it is not the text.
    pub(crate) acronym: Option<TextId>,
    pub(crate) office: Option<OfficeId>,
    /// Why it has its kind, where that is worth telling.
    pub(crate) evidence: Option<TextId>,
    /// How often it stands by itself.
    pub(crate) alone: u32,
    pub(crate) kind: Kind,
    pub(crate) standing: Standing,
}

/// A place where a name stands.
#[derive(Debug, PartialEq)]
pub(crate) struct Mentioned {
    pub(crate) name: u16,
    /// One more than the mention that it stands in, if it stands in one.
    nested_in: Option<NonZeroU16>,
    /// As the text writes it, on one line, if it counts where it stands alone: neither by role nor of a people.
    pub(crate) form: Option<TextId>,
    /// The sentence that it stands in, among those that name somebody.
    pub(crate) sentence: u32,
    pub(crate) paragraph: u32,
}

impl Outline {
    /// Whether mention `at` counts: not by role, not of a people, and inside no name that is published.
    pub(crate) fn counted(&self, at: usize, published: impl Fn(u16) -> bool) -> bool {
        let mut around = &self.mentions[at];
        if around.form.is_none() {
            return false;
        }
        while let Some(outer) = around.nested_in {
            around = &self.mentions[usize::from(outer.get()) - 1];
            if published(around.name) {
                return false;
            }
        }
        true
    }

    /// Whether nothing that depends on the other can tell it from this one.
    pub(super) fn tells_as(&self, other: &Outline) -> bool {
        let Outline { number: _, id, folder, names, mentions, .. } = self;
        let Outline { date, years, spoken: _, address, issuer, speakers, listed, themes, .. } =
            self;
        (id, folder, names, mentions) == (&other.id, &other.folder, &other.names, &other.mentions)
            && (date, years, address) == (&other.date, &other.years, &other.address)
            && (issuer, speakers) == (&other.issuer, &other.speakers)
            && (listed, themes) == (&other.listed, &other.themes)
    }

    pub(super) fn of(
        reading: &Reading,
        number: u64,
        texts: &mut Texts,
        vocabulary: &Vocabulary,
    ) -> Outline {
        let (document, description) = (&reading.document, &reading.description);
        let folder = texts.folder(document.id.rsplit_once('/').map_or("", |it| it.0));
        let within = |span: Option<(u32, u32)>| span.map(|it| within(reading, it));
        let mut asked = |name: &str, span| {
            let (name, within) = (texts.ask(name), within(span).unwrap_or_default());
            Asked { name, within }
        };
        let issuer = description.issuer.as_ref().map(|it| asked(&it.value, it.span));
        let speakers = description.speakers.iter();
        let speakers = speakers.map(|it| asked(&it.value.name, it.span)).collect();
        let listed = document.front_matter.entities.iter().map(|it| texts.ask(it)).collect();
        let names = names(reading, folder, texts, vocabulary);
        let date = description.date.as_ref().map(|it| it.value).filter(|it| it.year.is_some());
        let years = years(reading);
        Outline {
            number,
            id: document.id.clone(),
            folder,
            mentions: mentions(reading, &names, texts),
            names,
            date,
            spoken: spoken(date.and_then(|it| it.year), &years).into(),
            years,
            address: slugs::wanted(reading, vocabulary),
            issuer,
            speakers,
            listed,
            themes: reading.annotations.themes.iter().map(subject).collect(),
        }
    }
}

fn subject(it: &ThemeScore) -> Subject {
    Subject { theme: it.theme, core: it.core, score: it.score }
}

/// The names that stand in a passage, those inside others left out.
fn within(reading: &Reading, span: (u32, u32)) -> Box<[u16]> {
    let mentions = reading.annotations.mentions.iter();
    let standing = mentions.filter(|it| it.start < span.1 && span.0 < it.end);
    standing.filter(|it| it.nested_in.is_none()).map(|it| it.name).collect()
}

fn names(
    reading: &Reading,
    folder: u32,
    texts: &mut Texts,
    vocabulary: &Vocabulary,
) -> Box<[Named]> {
    let names = &reading.annotations.names;
    let mut alone = vec![0u32; names.len()];
    let mentions = reading.annotations.mentions.iter();
    for mention in mentions.filter(|it| it.nested_in.is_none() && counts(it)) {
        alone[usize::from(mention.name)] += 1;
    }
    let named = |(it, alone)| named((it, alone), folder, texts, vocabulary);
    names.iter().zip(alone).map(named).collect()
}

fn named(
    (name, alone): (&Name, u32),
    folder: u32,
    texts: &mut Texts,
    vocabulary: &Vocabulary,
) -> Named {
    let text = texts.number(&name.text);
    let acronym = name.acronym.as_deref().filter(|it| **it != *name.text);
    let telling = name.entry.is_none() && weight(name.standing) > 0 && !name.evidence.is_empty();
    Named {
        unit: texts.unit((name, text), folder, vocabulary),
        text,
        acronym: acronym.map(|it| texts.number(it)),
        office: name.office.as_ref().map(|it| texts.office(it, vocabulary)),
        evidence: telling.then(|| texts.number(&name.evidence)),
        alone,
        kind: name.kind,
        standing: name.standing,
    }
}

fn mentions(reading: &Reading, names: &[Named], texts: &mut Texts) -> Box<[Mentioned]> {
    let (annotations, text) = (&reading.annotations, &reading.document.text);
    let (mut sentences, mut last) = (0, None);
    let (mut blocks, mut paragraph) = (reading.document.blocks.iter().peekable(), 0);
    let mentioned = |it: &Mention| {
        let sentence = annotations.sentences.partition_point(|start| *start <= it.start);
        sentences += u32::from(last.replace(sentence) != Some(sentence));
        while let Some(block) = blocks.next_if(|block| block.start <= it.start) {
            paragraph = if block.paragraph > 0 { block.paragraph } else { paragraph };
        }
        let surface = &text[it.start as usize..it.end as usize];
        // Most stand as the name is written.
        let named = || names[usize::from(it.name)].text;
        let as_named = *annotations.names[usize::from(it.name)].text == *surface;
        Mentioned {
            name: it.name,
            nested_in: it.nested_in.map(|it| NonZeroU16::MIN.saturating_add(it)),
            form: counts(it).then(|| if as_named { named() } else { one_line(surface, texts) }),
            sentence: sentences,
            paragraph,
        }
    };
    annotations.mentions.iter().map(mentioned).collect()
}

fn one_line(surface: &str, texts: &mut Texts) -> TextId {
    if !surface.contains(['\n', '\t', '\u{a0}']) && !surface.contains("  ") {
        return texts.number(surface);
    }
    texts.number(&surface.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn years(reading: &Reading) -> Box<[(i16, Arc<[u32]>)]> {
    let mut years: BTreeMap<i16, Vec<u32>> = BTreeMap::new();
    for (at, mention) in (0u32..).zip(&reading.annotations.dates) {
        for year in calendar::years(mention) {
            years.entry(year).or_default().push(at);
        }
    }
    years.into_iter().map(|it| (it.0, it.1.into())).collect()
}

/// The years that a document speaks of, its own included, with the number of passages.
fn spoken(own: Option<i16>, passages: &[(i16, Arc<[u32]>)]) -> Vec<(i16, u32)> {
    let mut spoken: Vec<_> = passages.iter().map(|it| (it.0, it.1.len() as u32)).collect();
    if let Some(own) = own
        && let Err(place) = spoken.binary_search_by_key(&own, |it| it.0)
    {
        spoken.insert(place, (own, 1));
    }
    spoken
}

/// Whether a mention counts where it stands alone: neither by role nor of a people.
pub(crate) fn counts(mention: &Mention) -> bool {
    !matches!(mention.rule, rules::ROLE | rules::DEMONYM)
}

/// How much a name of this standing says of its kind.
pub(crate) fn weight(standing: Standing) -> u32 {
    match standing {
        Standing::Evident => 4,
        Standing::Likely => 1,
        Standing::Doubtful => 0,
    }
}
