//! Entries, themes and the built-in lists to the vocabulary that all of them make.

use crate::vocabulary::forms::{Claim, Layer};
use crate::vocabulary::lexicon::{fold, list};
use crate::vocabulary::{
    Entry, EntryId, Origin, Theme, ThemeId, Vocabulary, gazetteer, lists, phrases, slug, slug_of,
    themes,
};

/// The built-in themes; `words/README.md` says what is in them.
const THEMES: &str = include_str!("words/themes.yaml");

/// About how many entries the gazetteer has.
const BUILT_IN: usize = 19_000;

impl Vocabulary {
    /// The site's own entries and themes, with the built-in word lists and gazetteer behind them.
    pub fn new(entries: Vec<Entry>, themes: Vec<Theme>) -> Vocabulary {
        let fingerprint = fingerprint(&entries, &themes);
        let (themes, mut vocabulary) =
            rayon::join(|| with_built_in(themes), || Vocabulary::of_names(entries));
        vocabulary.fingerprint = fingerprint;
        vocabulary.take_in_themes(themes);
        for word in vocabulary.names.first_words() {
            vocabulary.lexicon.facts_mut(word).lists |= list::BEGINS_NAME;
        }
        vocabulary.lexicon.link_plurals();
        vocabulary
    }

    /// The word lists, the site's own entries, and the gazetteer behind them.
    fn of_names(entries: Vec<Entry>) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        vocabulary.make_room(entries.len());
        lists::load(&mut vocabulary.lexicon);
        vocabulary.titles = lists::titles(&mut vocabulary.lexicon);
        for entry in entries {
            let (name, aliases) = (entry.name.clone(), entry.aliases.clone());
            let id = vocabulary.take_in(entry);
            for form in std::iter::once(&name).chain(&aliases) {
                vocabulary.claim(id, form, Claim::Name, Layer::Site);
            }
        }
        gazetteer::load(&mut vocabulary);
        vocabulary
    }

    /// Makes the tables about as large as they will be, so that they need not grow step by step.
    fn make_room(&mut self, entries: usize) {
        let entries = entries + BUILT_IN;
        self.entries.reserve(entries);
        self.ids.reserve(entries);
        self.lexicon.reserve(2 * entries);
        self.names.reserve(2 * entries);
    }

    fn take_in_themes(&mut self, themes: Vec<Theme>) {
        for (at, theme) in themes.iter().enumerate() {
            let phrases = theme.terms.iter().map(|it| &it.0).chain(&theme.not);
            for (term, phrase) in phrases.enumerate() {
                let words = phrases::split(&mut self.lexicon, phrase);
                let place = self.terms.at_mut(&words).get_or_insert_with(Vec::new);
                place.push((ThemeId(at as u16), term as u32));
            }
        }
        for word in self.terms.first_words() {
            self.lexicon.facts_mut(word).lists |= list::BEGINS_TERM;
        }
        self.themes = themes;
    }

    /// Takes in `entry` and gives its id; a gazetteer's entry that the site has too is the site's.
    pub(crate) fn take_in(&mut self, mut entry: Entry) -> EntryId {
        let folded = fold(&entry.name).into_owned();
        let by_name = &mut self.by_name[entry.kind as usize];
        let known = by_name.get(&*folded).filter(|_| entry.origin == Origin::Gazetteer);
        if let Some(known) =
            known.filter(|it| self.entries[it.0 as usize].origin == Origin::Vocabulary)
        {
            return *known;
        }
        let id = EntryId(self.entries.len() as u32);
        let aliases = entry.aliases.iter().filter(|_| entry.origin == Origin::Vocabulary);
        let aliases = aliases.map(|it| fold(it));
        for form in std::iter::once(folded.as_str().into()).chain(aliases) {
            if !by_name.contains_key(&*form) {
                by_name.insert(form.into(), id);
            }
        }
        if entry.id.is_empty() {
            entry.id = self.free_id(slug_of(&folded), &entry);
        }
        self.ids.insert(entry.id.clone(), id);
        self.entries.push(entry);
        id
    }

    /// `slug`, or with what tells it from the entry that has it already.
    fn free_id(&self, slug: String, entry: &Entry) -> String {
        if !self.ids.contains_key(&slug) {
            return slug;
        }
        let part_of = entry.part_of.as_deref().unwrap_or("");
        let of = [
            format!("{slug}-{}", crate::vocabulary::slug(part_of)),
            format!("{slug}-{}", entry.kind.name()),
        ];
        let counted = (2..).map(|it| format!("{slug}-{it}"));
        let mut candidates = of.into_iter().chain(counted);
        candidates.find(|it| !self.ids.contains_key(it)).expect("one of endlessly many is free")
    }
}

/// The site's themes with the built-in ones behind them; a theme of the site stands for the built-in one of its id or name.
fn with_built_in(mut themes: Vec<Theme>) -> Vec<Theme> {
    for theme in &mut themes {
        if theme.id.is_empty() {
            theme.id = slug(&theme.name);
        }
    }
    let file = "built-in themes".into();
    for mut theme in themes::parse(&file, THEMES, Origin::Gazetteer).value {
        if theme.id.is_empty() {
            theme.id = slug(&theme.name);
        }
        if !themes.iter().any(|it| it.id == theme.id || it.name == theme.name) {
            themes.push(theme);
        }
    }
    themes
}

/// A hash of everything that a vocabulary is made from.
fn fingerprint(entries: &[Entry], themes: &[Theme]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(format!("{entries:?}{themes:?}").as_bytes());
    for source in lists::sources().chain(gazetteer::sources()).chain([THEMES]) {
        hasher.update(source.as_bytes());
    }
    hasher.finalize().into()
}
