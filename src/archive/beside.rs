//! What stands beside what: on which shelves each incident stands, counted over some of them.

use super::{Archive, Index, Shelf};
use crate::address::Facet;
use std::collections::BTreeMap;

/// For each facet and incident, the positions of its shelves. Made once, so that
/// counting over one shelf costs no more than that shelf is long.
#[derive(Debug, Default)]
pub struct Standing {
    by_incident: [Vec<Vec<u32>>; Facet::ALL.len()],
}

impl Standing {
    pub fn new(archive: &Archive) -> Standing {
        Standing { by_incident: Facet::ALL.map(|facet| shelves_of(archive, facet)) }
    }

    /// The shelves of one incident.
    pub fn of<'a>(&self, archive: &'a Archive, facet: Facet, incident: Index) -> impl Iterator<Item = &'a Shelf> {
        let shelves = archive.shelves(facet);
        self.by_incident[facet as usize][incident].iter().map(|at| &shelves[*at as usize])
    }

    /// The values of a facet that `incidents` have, most frequent first, each with how many have it.
    pub fn beside<'a>(&self, archive: &'a Archive, facet: Facet, incidents: &[Index]) -> Vec<(&'a Shelf, usize)> {
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for at in incidents.iter().flat_map(|incident| &self.by_incident[facet as usize][*incident]) {
            *counts.entry(*at).or_default() += 1;
        }
        let shelves = archive.shelves(facet);
        let mut counted: Vec<_> = counts.into_iter().map(|(at, count)| (&shelves[at as usize], count)).collect();
        counted.sort_by(|(a, a_count), (b, b_count)| b_count.cmp(a_count).then_with(|| a.name.cmp(&b.name)));
        counted
    }
}

fn shelves_of(archive: &Archive, facet: Facet) -> Vec<Vec<u32>> {
    let mut by_incident = vec![Vec::new(); archive.incidents.len()];
    for (at, shelf) in archive.shelves(facet).iter().enumerate() {
        for incident in &shelf.incidents {
            by_incident[*incident].push(u32::try_from(at).unwrap_or(u32::MAX));
        }
    }
    by_incident
}
