//! Features of an unknown name to its kind, by weight of evidence; the weights are the rows of `evidence.tsv`.

use std::sync::LazyLock;

use crate::vocabulary::Kind;

const TABLE: &str = include_str!("evidence.tsv");

/// A feature of a name, by its row in `evidence.tsv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Feature {
    FirstName,
    FirstNameWeak,
    Surname,
    SurnameWeak,
    Initial,
    Particle,
    Generation,
    TwoWords,
    OneWord,
    OneOrdinaryWord,
    OrdinaryWord,
    AllOrdinary,
    Article,
    Acronym,
    Ampersand,
    TitleBefore,
    OfficeBehind,
    OrganizationBehind,
    PlaceBehind,
    EventBehind,
    AgreementBehind,
    SayingBehind,
    SayingBefore,
    LifeBehind,
    WhoBehind,
    PersonVerbBehind,
    InBefore,
    AtBefore,
    NearBefore,
    FromBefore,
    ToBefore,
    ByBefore,
    WithBefore,
    MemberBefore,
    BasedBefore,
    PlaceCommaBehind,
    PlaceBeside,
    KnownPlaceInside,
    KnownBodyInside,
    Possessive,
    PlaceSuffix,
    PersonSuffix,
    OrganizationSuffix,
    KnownPerson,
    InnerCapital,
    Digit,
    WeakOrganization,
    WeakPlace,
    WeakEvent,
    WeakAgreement,
    TeamBefore,
    TeamBehind,
    Nickname,
    Work,
    FullName,
    Counted,
    KnownPlace,
    BesideBody,
    BeginsBody,
    VerbBehind,
    PlaceNoun,
    BodyNoun,
    AuthorBefore,
}

impl Feature {
    /// In the order of the table.
    const ALL: [Feature; 63] = [
        Feature::FirstName,
        Feature::FirstNameWeak,
        Feature::Surname,
        Feature::SurnameWeak,
        Feature::Initial,
        Feature::Particle,
        Feature::Generation,
        Feature::TwoWords,
        Feature::OneWord,
        Feature::OneOrdinaryWord,
        Feature::OrdinaryWord,
        Feature::AllOrdinary,
        Feature::Article,
        Feature::Acronym,
        Feature::Ampersand,
        Feature::TitleBefore,
        Feature::OfficeBehind,
        Feature::OrganizationBehind,
        Feature::PlaceBehind,
        Feature::EventBehind,
        Feature::AgreementBehind,
        Feature::SayingBehind,
        Feature::SayingBefore,
        Feature::LifeBehind,
        Feature::WhoBehind,
        Feature::PersonVerbBehind,
        Feature::InBefore,
        Feature::AtBefore,
        Feature::NearBefore,
        Feature::FromBefore,
        Feature::ToBefore,
        Feature::ByBefore,
        Feature::WithBefore,
        Feature::MemberBefore,
        Feature::BasedBefore,
        Feature::PlaceCommaBehind,
        Feature::PlaceBeside,
        Feature::KnownPlaceInside,
        Feature::KnownBodyInside,
        Feature::Possessive,
        Feature::PlaceSuffix,
        Feature::PersonSuffix,
        Feature::OrganizationSuffix,
        Feature::KnownPerson,
        Feature::InnerCapital,
        Feature::Digit,
        Feature::WeakOrganization,
        Feature::WeakPlace,
        Feature::WeakEvent,
        Feature::WeakAgreement,
        Feature::TeamBefore,
        Feature::TeamBehind,
        Feature::Nickname,
        Feature::Work,
        Feature::FullName,
        Feature::Counted,
        Feature::KnownPlace,
        Feature::BesideBody,
        Feature::BeginsBody,
        Feature::VerbBehind,
        Feature::PlaceNoun,
        Feature::BodyNoun,
        Feature::AuthorBefore,
    ];
}

/// What the table says of a feature.
#[derive(Debug)]
pub(crate) struct Row {
    /// Its published name.
    pub(crate) name: &'static str,
    /// What code calls it.
    pub(crate) feature: Feature,
    /// For each of [`Kind::ALL`].
    pub(crate) weights: [f32; 5],
    /// What it means.
    pub(crate) meaning: &'static str,
}

/// The table, in the order of its rows.
pub(crate) static FEATURES: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
    rows.zip(Feature::ALL).map(|(row, it)| feature(row, it)).collect()
});

fn feature(row: &'static str, feature: Feature) -> Row {
    let mut columns = row.split('\t');
    let name = columns.next().unwrap_or("");
    let mut weights = [0.0; 5];
    for weight in &mut weights {
        *weight = columns
            .next()
            .and_then(|it| it.parse().ok())
            .expect("evidence.tsv is checked by a test");
    }
    Row { name, feature, weights, meaning: columns.next().unwrap_or("") }
}

/// The features whose bits are set, in the order of the table.
fn features(mut seen: u64) -> impl Iterator<Item = &'static Row> {
    std::iter::from_fn(move || {
        let first = FEATURES.get(seen.trailing_zeros() as usize)?;
        seen &= seen - 1;
        Some(first)
    })
}

/// Evidence for each kind, and the features that it comes from.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Evidence {
    /// For each of [`Kind::ALL`].
    pub(crate) scores: [f32; 5],
    /// Which features were seen, as bits in the order of the table.
    pub(crate) seen: u64,
}

impl Evidence {
    /// Counts a feature; a feature counts once for each mention.
    pub(crate) fn add(&mut self, feature: Feature) {
        let bit = 1 << feature as u8;
        if self.seen & bit != 0 {
            return;
        }
        self.seen |= bit;
        for (score, weight) in self.scores.iter_mut().zip(FEATURES[feature as usize].weights) {
            *score += weight;
        }
    }

    /// Whether a feature was seen.
    pub(crate) fn has(&self, feature: Feature) -> bool {
        self.seen & (1 << feature as u8) != 0
    }

    /// Takes in the evidence of another mention of the same name: what is new in full, what is known already as a half.
    pub(crate) fn merge(&mut self, other: &Evidence) {
        for feature in features(other.seen) {
            let share = if self.has(feature.feature) { 0.25 } else { 1.0 };
            for (score, weight) in self.scores.iter_mut().zip(feature.weights) {
                *score += weight * share;
            }
        }
        self.seen |= other.seen;
    }

    /// The kind with the most evidence, how much it has, and by how much it leads.
    pub(crate) fn verdict(&self) -> (Kind, f32, f32) {
        let mut order = Kind::ALL.map(|it| (it, self.scores[it as usize]));
        order.sort_by(|a, b| b.1.total_cmp(&a.1));
        (order[0].0, order[0].1, order[0].1 - order[1].1)
    }

    /// How much evidence there is for `kind`.
    pub(crate) fn of(&self, kind: Kind) -> f32 {
        self.scores[kind as usize]
    }

    /// The features that speak for `kind`, in words.
    pub(crate) fn reasons(&self, kind: Kind) -> String {
        let speaking = features(self.seen).filter(|it| it.weights[kind as usize] > 0.0);
        speaking.map(|it| it.meaning).collect::<Vec<_>>().join("; ")
    }
}

#[cfg(test)]
mod tests {
    use super::{FEATURES, Feature};

    #[test]
    fn features_are_the_rows_of_the_table() {
        let last = format!("{:?}", Feature::AuthorBefore);
        assert_eq!(FEATURES.len(), Feature::AuthorBefore as usize + 1, "{last} is the last row");
        assert_eq!(FEATURES[Feature::PlaceSuffix as usize].name, "place-suffix");
        assert!(FEATURES.iter().all(|it| !it.meaning.is_empty()));
    }
}
