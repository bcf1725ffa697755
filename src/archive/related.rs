//! Incidents that are alike, and why.
//!
//! Each incident is a handful of features: its causes, its services, and the
//! distinctive words of its title, summary and root cause. An inverted index
//! leads from a feature to the incidents that share it, and of a long list only
//! the nearest in date order are looked at, so the work grows with the number of
//! incidents and not with its square.
//!
//! No incident's likes are looked for before they are asked for, and what its features
//! are is found once for as long as it lives.

use super::{Index, Related};
use crate::incident::Incident;
use crate::language::word_table::Names;
use hashbrown::HashMap;
use rayon::prelude::*;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::sync::{Arc, LazyLock, OnceLock};

/// Most related incidents shown for one.
const MOST: usize = 5;
/// Of a feature's list, how many neighbours in date order are looked at on each side.
const NEIGHBOURS: usize = 24;
/// Least score that counts as alike; a shared cause alone does not reach it.
const LEAST: f64 = 0.75;
/// Words shorter than this tell nothing.
const SHORTEST: usize = 4;
/// Words shown as a reason.
const REASONS: usize = 3;

/// Words that stand in every postmortem; sharing them says nothing.
const COMMON: &[&str] = &[
    "about",
    "after",
    "again",
    "also",
    "because",
    "been",
    "before",
    "being",
    "between",
    "caused",
    "causing",
    "could",
    "customers",
    "does",
    "down",
    "during",
    "each",
    "every",
    "first",
    "from",
    "half",
    "have",
    "incident",
    "into",
    "issue",
    "later",
    "more",
    "most",
    "much",
    "only",
    "other",
    "outage",
    "over",
    "postmortem",
    "problem",
    "resulting",
    "root",
    "same",
    "service",
    "services",
    "several",
    "since",
    "some",
    "started",
    "such",
    "system",
    "team",
    "than",
    "that",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "time",
    "until",
    "users",
    "very",
    "were",
    "what",
    "when",
    "where",
    "which",
    "while",
    "will",
    "with",
    "within",
    "without",
    "would",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Feature<'a> {
    Cause(&'a str),
    Service(&'a str),
    Word(&'a str),
}

impl Feature<'_> {
    fn key(self) -> Key {
        let mut hasher = DefaultHasher::new();
        self.hash(&mut hasher);
        let kind = match self {
            Feature::Cause(_) => CAUSE,
            Feature::Service(_) => SERVICE,
            Feature::Word(_) => WORD,
        };
        Key(hasher.finish() & !KIND | kind)
    }
}

/// A feature as a number, the same in every incident: a hash whose last bits say what it is. Small, where
/// there are thousands of incidents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Key(u64);

const KIND: u64 = 0b11;
const CAUSE: u64 = 0;
const SERVICE: u64 = 1;
const WORD: u64 = 2;

impl Key {
    /// How much sharing it counts, when `list` of `all` incidents have it. A
    /// service tells more than a cause, and a cause alone never reaches [`LEAST`].
    fn score(self, list: usize, all: usize) -> f64 {
        match self.0 & KIND {
            CAUSE => 0.7 * rarity(list, all).min(1.0),
            SERVICE => 0.8 * rarity(list, all),
            _ => 0.25 * rarity(list, all),
        }
    }
}

/// The keys of an incident's features, in the features' order.
type Keys = Arc<[Key]>;

/// What is alike among some incidents.
#[derive(Debug, Default)]
pub struct Alike {
    keys: Vec<Keys>,
    /// Shared with later archives in which no feature changed.
    sharing: Arc<Sharing>,
    /// For each incident the most alike others. Looked for when first asked for: a preview shows few pages.
    found: Vec<OnceLock<Box<[Index]>>>,
}

impl Alike {
    /// Prepares to look among `incidents`. Those that stood in an `earlier` archive keep their features.
    pub fn new(incidents: &[Arc<Incident>], earlier: Option<(&[Arc<Incident>], &Alike)>) -> Alike {
        let kept: HashMap<usize, &Keys> = match earlier {
            Some((incidents, alike)) => incidents.iter().map(address).zip(&alike.keys).collect(),
            None => HashMap::new(),
        };
        let keys = |incident: &Arc<Incident>| {
            kept.get(&address(incident)).map_or_else(|| keys(incident), |keys| Keys::clone(keys))
        };
        let keys: Vec<Keys> = incidents.par_iter().map(keys).collect();
        let same = earlier.map(|(_, alike)| alike).filter(|alike| alike.keys == keys);
        let sharing = same.map_or_else(|| Arc::new(Sharing::of(&keys)), |alike| alike.sharing.clone());
        Alike { sharing, found: incidents.iter().map(|_| OnceLock::new()).collect(), keys }
    }

    /// The most alike others of an incident, best first.
    pub fn of(&self, incidents: &[Arc<Incident>], index: Index) -> &[Index] {
        self.found[index].get_or_init(|| best(index, incidents, &self.keys[index], &self.sharing))
    }

    /// The same, each with what makes it alike.
    pub fn with_reasons(&self, incidents: &[Arc<Incident>], index: Index) -> Vec<Related> {
        let text = telling_text(&incidents[index]);
        let features = features(&incidents[index], &text).into_iter().zip(self.keys[index].iter());
        let shared = features.map(|(feature, key)| {
            let list = self.sharing.members(*key);
            Shared { feature, score: key.score(list.len(), incidents.len()), near: near(list, index) }
        });
        let mut shared: Vec<Shared<'_>> = shared.collect();
        shared.sort_by(|a, b| b.score.total_cmp(&a.score));
        self.of(incidents, index).iter().map(|other| reasons(*other, &shared)).collect()
    }
}

/// Tells one incident from another for as long as both live.
fn address(incident: &Arc<Incident>) -> usize {
    Arc::as_ptr(incident).addr()
}

fn keys(incident: &Incident) -> Keys {
    features(incident, &telling_text(incident)).into_iter().map(Feature::key).collect()
}

/// Leads from a feature that several incidents have to these.
#[derive(Debug, Default)]
struct Sharing {
    /// Positions of incidents, feature after feature, ascending for each.
    members: Vec<u32>,
    /// Where the members of a feature stand.
    of: HashMap<Key, Range<u32>>,
}

impl Sharing {
    fn of(keys: &[Keys]) -> Sharing {
        let pairs =
            (0_u32..).zip(keys).flat_map(|(incident, keys)| keys.iter().map(move |key| (*key, incident)));
        let mut pairs: Vec<(Key, u32)> = pairs.collect();
        pairs.par_sort_unstable();
        let mut sharing = Sharing::default();
        for list in pairs.chunk_by(|a, b| a.0 == b.0).filter(|list| list.len() > 1) {
            let from = sharing.members.len() as u32;
            sharing.members.extend(list.iter().map(|(_, incident)| *incident));
            sharing.of.insert(list[0].0, from..sharing.members.len() as u32);
        }
        sharing
    }

    /// The incidents that have a feature; none when only one has it.
    fn members(&self, key: Key) -> &[u32] {
        self.of.get(&key).map_or(&[], |range| &self.members[range.start as usize..range.end as usize])
    }
}

fn best(index: Index, incidents: &[Arc<Incident>], keys: &[Key], sharing: &Sharing) -> Box<[Index]> {
    let mut scores: HashMap<u32, f64> = HashMap::new();
    for key in keys {
        let list = sharing.members(*key);
        let score = key.score(list.len(), incidents.len());
        near(list, index).iter().for_each(|other| *scores.entry(*other).or_default() += score);
    }
    let is_alike = |(other, score): &(Index, f64)| {
        *score >= LEAST && incidents[*other].source != incidents[index].source
    };
    let scores = scores.into_iter().map(|(other, score)| (other as Index, score));
    let mut ranked: Vec<(Index, f64)> = scores.filter(is_alike).collect();
    let distance = |other: Index| (index.abs_diff(other), other);
    ranked.sort_by(|(a, a_score), (b, b_score)| {
        b_score.total_cmp(a_score).then_with(|| distance(*a).cmp(&distance(*b)))
    });
    ranked.into_iter().map(|(other, _)| other).take(MOST).collect()
}

/// From 0.5 for what all share to about 1.9 for what two of ten thousand share.
fn rarity(list: usize, all: usize) -> f64 {
    let share = all as f64 / list.max(1) as f64;
    0.5 + share.ln() / 6.0
}

/// The members of a list nearest to `index`, which is among them.
fn near(list: &[u32], index: Index) -> &[u32] {
    let at = list.partition_point(|member| (*member as usize) < index);
    &list[at.saturating_sub(NEIGHBOURS)..(at + 1 + NEIGHBOURS).min(list.len())]
}

/// A feature of an incident, how much sharing it counts, and who is looked at for it.
struct Shared<'a> {
    feature: Feature<'a>,
    score: f64,
    near: &'a [u32],
}

/// Why another incident is alike: what counts most comes first, as in `features`.
fn reasons(incident: Index, features: &[Shared<'_>]) -> Related {
    let mut related = Related { incident, causes: Vec::new(), services: Vec::new(), words: Vec::new() };
    for shared in features.iter().filter(|shared| shared.near.contains(&(incident as u32))) {
        match shared.feature {
            Feature::Cause(slug) => related.causes.push(slug.to_owned()),
            Feature::Service(name) => related.services.push(name.to_owned()),
            Feature::Word(word) if related.words.len() < REASONS => related.words.push(word.to_owned()),
            Feature::Word(_) => {}
        }
    }
    related
}

/// The features of an incident whose [`telling_text`] is given, in order.
fn features<'a>(incident: &'a Incident, text: &'a str) -> Vec<Feature<'a>> {
    let causes = incident.causes.iter().map(|cause| Feature::Cause(&cause.value.slug));
    let services = incident.services.iter().map(|service| Feature::Service(&service.value));
    let mut features: Vec<Feature<'a>> =
        causes.chain(services).chain(words(text).map(Feature::Word)).collect();
    features.sort_unstable();
    features.dedup();
    features
}

/// Title, summary and root cause of an incident, a line each, in lower case.
fn telling_text(incident: &Incident) -> String {
    let texts = [&incident.title, &incident.summary, &incident.root_cause];
    texts.into_iter().flatten().flat_map(|known| [known.value.to_lowercase(), "\n".to_owned()]).collect()
}

/// The telling words of a text in lower case.
fn words(text: &str) -> impl Iterator<Item = &str> {
    static NOT_TELLING: LazyLock<Names<()>> =
        LazyLock::new(|| Names::new(COMMON.iter().map(|word| (word, ()))));
    let common = &*NOT_TELLING;
    let is_telling = |word: &&str| {
        word.len() >= SHORTEST && !word.bytes().all(|b| b.is_ascii_digit()) && common.get(word).is_none()
    };
    text.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').filter(is_telling)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Span;
    use crate::incident::{Cause, Known, Origin};

    fn known<T>(value: T) -> Known<T> {
        Known {
            value,
            origin: Origin::FrontMatter,
            span: Span::default(),
            line: 1,
            quote: String::new(),
            rule: "test",
        }
    }

    fn find(incidents: &[Arc<Incident>]) -> Vec<Vec<Related>> {
        let alike = Alike::new(incidents, None);
        (0..incidents.len()).map(|index| alike.with_reasons(incidents, index)).collect()
    }

    fn incident(source: &str, title: &str, cause: &str, service: &str) -> Arc<Incident> {
        Arc::new(Incident {
            source: source.to_owned(),
            title: Some(known(title.to_owned())),
            causes: vec![known(Cause { slug: cause.to_owned(), name: cause.to_owned() })],
            services: vec![known(service.to_owned())],
            ..Incident::default()
        })
    }

    #[test]
    fn same_cause_and_service_are_alike_and_a_cause_alone_is_not() {
        let all = [
            incident("a.md", "Ticket printing stood still", "capacity", "checkout"),
            incident("b.md", "Waiting room overflowed", "capacity", "checkout"),
            incident("c.md", "Mail queue filled", "capacity", "mail"),
        ];
        let related = find(&all);
        assert_eq!(related[0].iter().map(|r| r.incident).collect::<Vec<_>>(), [1]);
        assert_eq!(
            (related[0][0].causes.as_slice(), related[0][0].services.as_slice()),
            (["capacity".to_owned()].as_slice(), ["checkout".to_owned()].as_slice())
        );
        assert!(related[2].is_empty());
    }

    #[test]
    fn incidents_of_one_document_are_not_related() {
        let all = [incident("a.md", "One", "data", "db"), incident("a.md", "Two", "data", "db")];
        assert!(find(&all).iter().all(Vec::is_empty));
    }

    #[test]
    fn what_an_earlier_archive_knew_changes_nothing() {
        let all = [
            incident("a.md", "Ticket printing stood still", "capacity", "checkout"),
            incident("b.md", "Waiting room overflowed", "capacity", "checkout"),
            incident("c.md", "Ticket printing stood still again", "code", "checkout"),
        ];
        let earlier = Alike::new(&all[..2], None);
        earlier.of(&all[..2], 0);
        let later = Alike::new(&all, Some((&all[..2], &earlier)));
        let found: Vec<Vec<Related>> = (0..all.len()).map(|index| later.with_reasons(&all, index)).collect();
        assert_eq!(found, find(&all));
        assert!(Arc::ptr_eq(&earlier.keys[1], &later.keys[1]));
    }
}
