//! The shelves of a facet, and on which of them each incident stands.

use super::values::Values;
use super::{Facet, Index, Order, Shelf};
use crate::address::UNDATED;
use crate::incident::Incident;
use crate::incident::causes::{CAUSES, UNKNOWN};
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The shelves of each facet, in the order of [`Facet::ALL`]. Shared with later archives in which nothing moved.
pub(super) type All = Arc<[Shelves; Facet::COUNT]>;

/// Puts all incidents of an archive on the shelves of all facets.
pub(super) fn all(incidents: &[Arc<Incident>]) -> All {
    let mut shelves: [Shelves; Facet::COUNT] = Default::default();
    shelves
        .par_iter_mut()
        .zip(Facet::ALL)
        .for_each(|(shelves, facet)| *shelves = Shelves::new(*facet, incidents));
    Arc::new(shelves)
}

/// Whether every incident stands on the shelves, and at the place, of the one that stood there before.
pub(super) fn are_same(before: &[Arc<Incident>], now: &[Arc<Incident>]) -> bool {
    before.len() == now.len()
        && before.iter().zip(now).all(|(before, now)| Arc::ptr_eq(before, now) || stand_alike(before, now))
}

fn stand_alike(one: &Incident, other: &Incident) -> bool {
    Facet::ALL.iter().all(|facet| facet.words(one) == facet.words(other)) && same_causes(one, other)
}

/// Words name causes, which pages know by their slugs.
fn same_causes(one: &Incident, other: &Incident) -> bool {
    one.causes.iter().map(|cause| &cause.value).eq(other.causes.iter().map(|cause| &cause.value))
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
        for word in facet.words(incident) {
            let at = values.position(word, |word| facet.value(word, incident));
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

/// What the shelves of a facet are ordered by, before their slugs.
fn shelf_order(shelf: &Shelf) -> impl Ord + use<> {
    let name = shelf.name.to_lowercase();
    let slug = shelf.slug.as_str();
    match shelf.facet.definition().order {
        Order::Count => {
            let row = CAUSES.iter().position(|row| row.slug == slug).unwrap_or(CAUSES.len());
            (slug == UNKNOWN, Reverse(shelf.incidents.len()), row, Reverse(String::new()), name)
        }
        Order::Time => (slug == UNDATED, Reverse(0), 0, Reverse(slug.to_owned()), name),
        Order::Name => (false, Reverse(0), 0, Reverse(String::new()), name),
    }
}
