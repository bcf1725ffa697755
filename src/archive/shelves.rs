//! The shelves of a facet, and on which of them each incident stands.

use super::values::Values;
use super::{Index, Shelf, slugs};
use crate::address::{Facet, UNDATED};
use crate::incident::causes::{CAUSES, UNKNOWN};
use crate::incident::{Incident, Known};
use rayon::prelude::*;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The shelves of each facet, in the order of [`Facet::ALL`]. Shared with later archives in which nothing moved.
pub(super) type All = Arc<[Shelves; Facet::ALL.len()]>;

/// Puts all incidents of an archive on the shelves of all facets.
pub(super) fn all(incidents: &[Arc<Incident>]) -> All {
    let mut shelves: [Shelves; Facet::ALL.len()] = Default::default();
    shelves
        .par_iter_mut()
        .zip(Facet::ALL)
        .for_each(|(shelves, facet)| *shelves = Shelves::new(facet, incidents));
    Arc::new(shelves)
}

/// Whether every incident stands on the shelves, and at the place, of the one that stood there before.
pub(super) fn are_same(before: &[Arc<Incident>], now: &[Arc<Incident>]) -> bool {
    before.len() == now.len()
        && before.iter().zip(now).all(|(before, now)| Arc::ptr_eq(before, now) || stand_alike(before, now))
}

fn stand_alike(one: &Incident, other: &Incident) -> bool {
    same_values(&one.causes, &other.causes)
        && same_values(&one.date, &other.date)
        && same_values(&one.severity, &other.severity)
        && same_values(&one.services, &other.services)
        && same_values(&one.tags, &other.tags)
}

fn same_values<'k, T: PartialEq + 'k>(
    one: impl IntoIterator<Item = &'k Known<T>>,
    other: impl IntoIterator<Item = &'k Known<T>>,
) -> bool {
    one.into_iter().map(|known| &known.value).eq(other.into_iter().map(|known| &known.value))
}

/// All shelves of a facet, in the order they are shown.
#[derive(Debug, Default)]
pub(super) struct Shelves {
    pub all: Vec<Shelf>,
    /// For each incident, where its shelves begin in `stands_on`; and where the last one's end.
    starts: Vec<u32>,
    /// Positions in `all`, ascending for each incident.
    stands_on: Vec<u32>,
}

impl Shelves {
    /// Puts all incidents on the shelves of one facet.
    pub fn new(facet: Facet, incidents: &[Arc<Incident>]) -> Shelves {
        let mut all = filled(facet, incidents);
        all.sort_by(|a, b| a.slug.cmp(&b.slug));
        all.sort_by_cached_key(shelf_order);
        let (starts, stands_on) = standing(&all, incidents.len());
        Shelves { all, starts, stands_on }
    }

    /// Positions of the shelves that an incident stands on, ascending.
    pub fn of(&self, incident: Index) -> &[u32] {
        &self.stands_on[self.starts[incident] as usize..self.starts[incident + 1] as usize]
    }

    /// The shelves that some incidents stand on, most frequent first, each with how many do.
    pub fn beside(&self, incidents: &[Index]) -> Vec<(&Shelf, usize)> {
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for at in incidents.iter().flat_map(|incident| self.of(*incident)) {
            *counts.entry(*at).or_default() += 1;
        }
        let mut counted: Vec<_> =
            counts.into_iter().map(|(at, count)| (&self.all[at as usize], count)).collect();
        counted.sort_by(|(a, a_count), (b, b_count)| b_count.cmp(a_count).then_with(|| a.name.cmp(&b.name)));
        counted
    }
}

/// Shelves in the order in which incidents come to them.
fn filled(facet: Facet, incidents: &[Arc<Incident>]) -> Vec<Shelf> {
    let mut values = Values::default();
    let mut standing: Vec<Vec<Index>> = Vec::new();
    for (index, incident) in incidents.iter().enumerate() {
        for word in words(facet, incident) {
            let at = values.position(word, |word| value(facet, word, incident));
            standing.resize_with(standing.len().max(at + 1), Vec::new);
            if standing[at].last() != Some(&index) {
                standing[at].push(index);
            }
        }
    }
    let shelf = |((slug, name), incidents)| Shelf { facet, slug, name, incidents };
    values.named().into_iter().zip(standing).map(shelf).collect()
}

/// For each of `n` incidents the positions of its shelves, one incident after the other, and where each one's begin.
fn standing(shelves: &[Shelf], n: usize) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0_u32; n + 1];
    shelves.iter().flat_map(|shelf| &shelf.incidents).for_each(|incident| starts[incident + 1] += 1);
    (0..n).for_each(|incident| starts[incident + 1] += starts[incident]);
    let mut next = starts.clone();
    let mut stands_on = vec![0; starts[n] as usize];
    for (at, shelf) in (0_u32..).zip(shelves) {
        for incident in &shelf.incidents {
            stands_on[next[*incident] as usize] = at;
            next[*incident] += 1;
        }
    }
    (starts, stands_on)
}

/// Causes by count and then as in their table, unknown last; months and years
/// newest first, the undated last; the others by name.
fn shelf_order(shelf: &Shelf) -> impl Ord + use<> {
    let name = shelf.name.to_lowercase();
    match shelf.facet {
        Facet::Cause => {
            let row = CAUSES.iter().position(|row| row.slug == shelf.slug).unwrap_or(CAUSES.len());
            (shelf.slug == UNKNOWN, Reverse(shelf.incidents.len()), row, Reverse(String::new()), name)
        }
        Facet::Month | Facet::Year => {
            (shelf.slug == UNDATED, Reverse(0), 0, Reverse(shelf.slug.clone()), name)
        }
        Facet::Service | Facet::Severity | Facet::Tag => (false, Reverse(0), 0, Reverse(String::new()), name),
    }
}

/// What tells an incident's values of a facet apart.
fn words(facet: Facet, incident: &Incident) -> Vec<Cow<'_, str>> {
    match facet {
        Facet::Cause if incident.causes.is_empty() => vec![UNKNOWN.into()],
        Facet::Cause => incident.causes.iter().map(|cause| cause.value.name.as_str().into()).collect(),
        Facet::Month => {
            vec![incident.date.as_ref().map_or(UNDATED.into(), |date| date.value.month_iso().into())]
        }
        Facet::Year => incident.date.iter().map(|date| format!("{:04}", date.value.year).into()).collect(),
        Facet::Service => incident.services.iter().map(|service| service.value.as_str().into()).collect(),
        Facet::Severity => incident.severity.iter().map(|severity| severity.value.as_str().into()).collect(),
        Facet::Tag => incident.tags.iter().map(|tag| tag.value.as_str().into()).collect(),
    }
}

/// The slug and the name of a value.
fn value(facet: Facet, word: &str, incident: &Incident) -> (String, String) {
    let name = match facet {
        Facet::Cause if word == UNKNOWN => "Not established".to_owned(),
        Facet::Month if word == UNDATED => "Undated".to_owned(),
        Facet::Severity => severity(word),
        _ => word.to_owned(),
    };
    let cause = incident.causes.iter().find(|cause| cause.value.name == word);
    let slug = match facet {
        Facet::Cause => cause.map_or(word, |cause| &cause.value.slug).to_owned(),
        Facet::Month | Facet::Year => word.to_owned(),
        Facet::Service | Facet::Severity | Facet::Tag => slugs::value_slug(facet.noun(), &name),
    };
    (slug, name)
}

/// `1`, `sev-1` and `Severity 1` stand on one shelf, `SEV 1`; other labels as they are.
fn severity(label: &str) -> String {
    let label = label.trim();
    let folded = label.to_lowercase();
    let rest =
        ["severity", "sev", "s"].iter().find_map(|prefix| folded.strip_prefix(prefix)).unwrap_or(&folded);
    let number =
        rest.trim_start_matches([' ', '-', '_', ':']).parse::<u8>().ok().filter(|number| *number <= 5);
    number.map_or_else(|| label.to_owned(), |number| format!("SEV {number}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_severity_has_one_shelf_however_it_is_written() {
        for (label, name) in [
            ("1", "SEV 1"),
            ("SEV-1", "SEV 1"),
            ("Severity: 2", "SEV 2"),
            ("s3", "SEV 3"),
            ("P1", "P1"),
            ("Major", "Major"),
        ] {
            assert_eq!(severity(label), name, "{label}");
        }
    }
}
