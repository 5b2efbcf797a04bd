//! A seed to a collection of documents: texts that have the statistics of an archive, and none of anyone's sentences.
//!
//! Words follow Zipf's law over real function words, some hundreds of real content words, and words made of syllables; each document
//! dwells on a subject. Names of people, bodies and places follow Zipf's law too; years cluster towards the last.

/// Small, even and the same everywhere (Steele's generator).
pub(crate) struct Random(u64);

impl Random {
    /// The numbers of `seed`.
    pub(crate) fn new(seed: u64) -> Self {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5eed_bed5)
    }

    /// The next 64 bits.
    pub(crate) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to 1, without 1.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// One of `0..end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.bits() % end as u64) as usize
    }

    /// One of `all`.
    pub(crate) fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// Picks ranks by Zipf's law.
struct Zipf(Vec<f64>);

impl Zipf {
    fn new(count: usize, exponent: f64, shift: f64) -> Self {
        let mut sum = 0.0;
        Zipf(
            (0..count)
                .map(|rank| (rank as f64 + shift).powf(-exponent))
                .map(|it| {
                    sum += it;
                    sum
                })
                .collect(),
        )
    }

    fn pick(&self, random: &mut Random) -> usize {
        let at = random.unit() * self.0[self.0.len() - 1];
        self.0.partition_point(|it| *it < at).min(self.0.len() - 1)
    }
}

/// What a name is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A body that acts.
    Organization,
    /// A human being.
    Person,
    /// A town or land.
    Place,
}

/// Someone or something that the documents name.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    /// What it is.
    pub(crate) sort: Sort,
    /// Its forms, the fullest first.
    pub(crate) forms: Vec<String>,
}

/// A document, and what is true of it.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    /// The name of its file.
    pub(crate) file: String,
    /// The whole text: title, dateline, paragraphs, with blank lines between.
    pub(crate) text: String,
    /// Year, month, day.
    pub(crate) date: (i16, u8, u8),
    /// What it is.
    pub(crate) kind: &'static str,
    /// Who issued it: one of [`World::named`].
    pub(crate) issuer: usize,
    /// What it is about: numbers below [`SUBJECTS`].
    pub(crate) subjects: Vec<usize>,
    /// Where names stand: first byte, last byte exclusive, which of [`World::named`].
    pub(crate) mentions: Vec<(usize, usize, usize)>,
}

/// How many subjects there are.
pub(crate) const SUBJECTS: usize = 24;

const FUNCTION: &str = "the of and to in a for that on is with as by at from be this it are was have not which will an or has their its we \
    our been also all more were between they other should would but can he i there must than these his who such through these under \
    about into up out if no may over so only when after what them some could during any where most those both against how had \
    within while each many you your his her my before because same very then did do being without however since per until among";
const CONTENT: &str = "security council state international country cooperation development meeting people report member support government \
    work region peace effort issue measure year law process action community situation resolution group system force right area \
    world conflict programme service agreement statement policy problem resource school water health trade energy border training \
    market office question interest order result mission market village harvest bridge river road letter archive station railway \
    election vote budget tax court judge prison police army navy treaty delegation envoy ceasefire refugee camp food grain cotton \
    copper steel coal oil gas pipeline port harbour ship freight customs tariff loan bank credit debt currency price wage labour \
    union strike factory engineer machine laboratory science university student teacher book language museum theatre music film \
    newspaper radio broadcast network computer software data privacy crime drug narcotics trafficking terrorism extremism weapon \
    explosive nuclear missile inspection verification sanction embargo human woman child family doctor hospital disease vaccine \
    epidemic flood drought earthquake forest climate emission carbon species fishery ocean island mountain desert glacier";
const SYLLABLES: [&str; 60] = [
    "ka", "ro", "mi", "te", "lu", "san", "vor", "den", "pel", "gar", "tri", "ost", "bel", "nor",
    "fal", "mer", "con", "par", "sil", "tur", "ben", "dor", "ger", "hol", "jin", "kel", "lam",
    "mon", "nev", "or", "pra", "quel", "ris", "sto", "tam", "ul", "ver", "wil", "yar", "zem", "al",
    "bri", "cas", "dre", "el", "fen", "gli", "har", "im", "jor", "kun", "les", "mar", "nis", "ov",
    "pol", "rem", "sav", "tol", "ush",
];
const FIRST_NAMES: [&str; 24] = [
    "Anna",
    "Boris",
    "Clara",
    "Daniyar",
    "Elena",
    "Farid",
    "Grace",
    "Hassan",
    "Irina",
    "José",
    "Katarína",
    "Leyla",
    "Marek",
    "Nadia",
    "Omar",
    "Petra",
    "Rashid",
    "Sofía",
    "Timur",
    "Ulugbek",
    "Viktor",
    "Wei",
    "Yusuf",
    "Zhanar",
];
const BODIES: [&str; 12] = [
    "Committee",
    "Commission",
    "Agency",
    "Ministry",
    "Foundation",
    "Council",
    "Institute",
    "Office",
    "Union",
    "Authority",
    "Federation",
    "Centre",
];
const PREPOSITIONS: [&str; 8] =
    [" of ", " in ", " to ", " for ", " on ", " with ", " by ", " from "];
const KINDS: [&str; 6] = ["press release", "statement", "report", "letter", "speech", "minutes"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Everything that the documents of one collection share.
pub(crate) struct World {
    seed: u64,
    /// All names.
    pub(crate) named: Vec<Named>,
    words: Vec<String>,
    frequency: Zipf,
    names: Zipf,
}

impl World {
    /// The world of a collection of some `documents`.
    pub(crate) fn new(seed: u64, documents: usize) -> Self {
        let mut random = Random::new(seed);
        let words = vocabulary(&mut random, 6_000 + 160 * documents.isqrt());
        let frequency = Zipf::new(words.len(), 1.08, 1.6);
        let count = 60 + 20 * documents.isqrt();
        let named: Vec<Named> = (0..count).map(|_| name(&mut random)).collect();
        World { seed, names: Zipf::new(named.len(), 0.9, 3.0), named, words, frequency }
    }

    /// Document number `number`.
    pub(crate) fn document(&self, number: usize) -> Document {
        let mut random = Random::new(self.seed ^ (number as u64 + 1) << 20);
        let mut writer = Writer::new(self, &mut random);
        writer.write();
        let (text, mentions, subjects) = (writer.text, writer.mentions, writer.subjects);
        let year = 2024 - (random.unit() * random.unit() * 30.0) as i16;
        let date = (year, 1 + random.below(12) as u8, 1 + random.below(28) as u8);
        let issuer = self.some_name(&mut random, Sort::Organization);
        let dateline = format!("{} {} {}", date.2, MONTHS[usize::from(date.1) - 1], date.0);
        let (title, body) = text.split_once("\n\n").expect("a document has a title and a body");
        let shift = dateline.len() + 2;
        let moved = mentions.into_iter().map(|(start, end, name)| {
            let by = if start > title.len() { shift } else { 0 };
            (start + by, end + by, name)
        });
        Document {
            file: format!("{number:06}.txt"),
            mentions: moved.collect(),
            text: format!("{title}\n\n{dateline}\n\n{body}"),
            date,
            kind: KINDS[random.below(KINDS.len()).min(random.below(KINDS.len()))],
            issuer,
            subjects,
        }
    }

    fn some_name(&self, random: &mut Random, sort: Sort) -> usize {
        loop {
            let name = self.names.pick(random);
            if self.named[name].sort == sort {
                return name;
            }
        }
    }
}

fn vocabulary(random: &mut Random, made: usize) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    let mut words: Vec<String> =
        FUNCTION.split_whitespace().chain(CONTENT.split_whitespace()).map(str::to_owned).collect();
    words.retain(|it| seen.insert(it.clone()));
    while words.len() < made {
        let mut word = syllables(random, 1, 3);
        for ending in ["", "s", "ed", "ing"] {
            if ending.is_empty() || random.below(3) == 0 {
                word.push_str(ending);
                if seen.insert(word.clone()) {
                    words.push(word.clone());
                }
                word.truncate(word.len() - ending.len());
            }
        }
    }
    words
}

fn syllables(random: &mut Random, least: usize, more: usize) -> String {
    let count = least + random.below(more);
    (0..count).map(|_| *random.pick(&SYLLABLES)).collect()
}

fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

fn name(random: &mut Random) -> Named {
    match random.below(3) {
        0 => {
            let body = *random.pick(&BODIES);
            let subject =
                capital(random.pick::<&str>(&CONTENT.split_whitespace().collect::<Vec<_>>()));
            let land = capital(&syllables(random, 2, 2));
            let full = format!("{land} {body} for {subject}");
            let short: String =
                full.split(' ').filter(|it| *it != "for").map(|it| &it[..1]).collect();
            Named {
                sort: Sort::Organization,
                forms: vec![full, format!("{short}{}", &land[1..2].to_uppercase())],
            }
        }
        1 => {
            let surname = capital(&syllables(random, 2, 2));
            Named {
                sort: Sort::Person,
                forms: vec![format!("{} {surname}", random.pick(&FIRST_NAMES)), surname],
            }
        }
        _ => Named { sort: Sort::Place, forms: vec![capital(&syllables(random, 2, 2))] },
    }
}

struct Writer<'a> {
    world: &'a World,
    random: &'a mut Random,
    text: String,
    mentions: Vec<(usize, usize, usize)>,
    subjects: Vec<usize>,
    /// Names that this document dwells on.
    cast: Vec<usize>,
    /// Words that it dwells on.
    terms: Vec<usize>,
}

impl<'a> Writer<'a> {
    fn new(world: &'a World, random: &'a mut Random) -> Self {
        let subjects = (0..=random.below(3)).map(|_| random.below(SUBJECTS)).collect();
        let cast = (0..4 + random.below(12)).map(|_| world.names.pick(random)).collect();
        let terms = (0..40)
            .map(|_| {
                120 + random
                    .below(world.words.len() - 120)
                    .min(random.below(world.words.len() - 120))
                    / 4
            })
            .collect();
        Writer { world, random, text: String::new(), mentions: Vec::new(), subjects, cast, terms }
    }

    fn write(&mut self) {
        let length = self.length();
        let words = 5 + self.random.below(8);
        self.sentence(words);
        self.text.pop();
        let mut written = 0;
        while written < length {
            self.text.push_str("\n\n");
            for _ in 0..2 + self.random.below(4) {
                let words = 8 + self.random.below(26);
                self.sentence(words);
                self.text.push(' ');
                written += words;
            }
            self.text.pop();
        }
        self.text.push('\n');
    }

    #[expect(clippy::cast_sign_loss, reason = "an exponential is above 0")]
    fn length(&mut self) -> usize {
        ((700.0 * (0.55 * self.normal()).exp()) as usize).clamp(60, 8_000)
    }

    /// Near enough to a normal distribution.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.random.unit()).sum::<f64>() - 6.0
    }

    fn sentence(&mut self, words: usize) {
        let begin = self.text.len();
        for at in 0..words {
            if at > 0 {
                self.text.push_str(if self.random.below(14) == 0 { ", " } else { " " });
            }
            self.word();
        }
        let first = self.text[begin..=begin].to_uppercase();
        self.text.replace_range(begin..=begin, &first);
        self.text.push('.');
    }

    fn word(&mut self) {
        match self.random.below(100) {
            0..3 => self.mention(),
            3 => self.text.push_str(&(1990 + self.random.below(35)).to_string()),
            4 => self.text.push_str(&self.random.below(3_000).to_string()),
            5 => {
                let word = syllables(self.random, 3, 2);
                self.text.push_str(&word);
            }
            6..28 => {
                let term = self.terms[self.random.below(40).min(self.random.below(40))];
                self.text.push_str(&self.world.words[term]);
            }
            28..60 if PREPOSITIONS.iter().any(|it| self.text.ends_with(it)) => {
                self.text.push_str("the");
            }
            _ => {
                let word = self.world.frequency.pick(self.random);
                self.text.push_str(&self.world.words[word]);
            }
        }
    }

    fn mention(&mut self) {
        let name = *self.random.pick(&self.cast);
        let forms = &self.world.named[name].forms;
        let start = self.text.len();
        let known = self.mentions.iter().any(|(_, _, it)| *it == name);
        let form: &String = if known { self.random.pick(forms) } else { &forms[0] };
        self.text.push_str(form);
        self.mentions.push((start, self.text.len(), name));
    }
}
