//! What struck again: for each incident, the next later one with the same cause
//! in the same service.

use super::{Archive, Facet, Index};
use crate::incident::Incident;
use hashbrown::HashMap;

/// For each incident, the first later one that shares a cause and a service with it.
/// Only dated incidents count: without a date nothing is later.
pub fn next_alike(archive: &Archive) -> Vec<Option<Index>> {
    let [causes, services] = [Facet::Cause, Facet::Service].map(|facet| &archive.shelves[facet as usize]);
    let mut latest: HashMap<(u32, u32), Index> = HashMap::new();
    let mut next = vec![None; archive.incidents.len()];
    let is_told = |incident: &Incident| incident.date.is_some() && !incident.causes.is_empty();
    for (index, incident) in archive.incidents.iter().enumerate().filter(|(_, incident)| is_told(incident)) {
        for pair in causes
            .of(index)
            .iter()
            .flat_map(|cause| services.of(index).iter().map(|service| (*cause, *service)))
        {
            // Newest come first, so what was seen last under a pair is the next later one.
            if let Some(later) = latest.insert(pair, index) {
                let is_other = archive.incidents[later].source != incident.source;
                next[index] = next[index].max(is_other.then_some(later));
            }
        }
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::samples::{archive, incident};

    #[test]
    fn the_next_later_one_with_the_same_cause_and_service_is_told() {
        let archive = archive(vec![
            incident("a", "2023-05-19", "capacity", "checkout"),
            incident("b", "2023-11-24", "capacity", "login"),
            incident("c", "2024-06-28", "capacity", "checkout"),
            incident("d", "2024-11-29", "capacity", "checkout"),
            incident("e", "", "capacity", "checkout"),
        ]);
        let next = next_alike(&archive);
        let told: Vec<(&str, Option<&str>)> = archive
            .incidents
            .iter()
            .zip(&next)
            .map(|(incident, next)| {
                (incident.id.as_str(), next.map(|next| archive.incidents[next].id.as_str()))
            })
            .collect();
        assert_eq!(told, [("d", None), ("c", Some("d")), ("b", None), ("a", Some("c")), ("e", None)]);
    }
}
