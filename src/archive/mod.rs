//! All incidents together and the shelves they stand on.
//!
//! The archive knows no page, no address but slugs, and no template.

pub mod again;
pub mod facets;
mod gather;
pub mod links;
mod related;
#[cfg(test)]
pub mod samples;
mod shelves;
pub mod slugs;
pub mod statistics;
pub mod values;

pub use facets::{Facet, List, Order};

use crate::incident::{Day, Incident};
use std::sync::Arc;

/// A position in [`Archive::incidents`].
pub type Index = usize;

/// Every incident, newest first, the undated last; and the shelves.
#[derive(Debug, Default)]
pub struct Archive {
    /// By date, newest first; those without a date last, by path.
    pub incidents: Vec<Arc<Incident>>,
    /// In the order of [`Facet::ALL`].
    shelves: shelves::All,
    alike: related::Alike,
}

/// One value of a facet and its incidents.
#[derive(Debug, Clone, PartialEq)]
pub struct Shelf {
    pub facet: Facet,
    pub slug: String,
    pub name: String,
    /// Positions, in the archive's order.
    pub incidents: Vec<Index>,
}

/// Another incident that is alike, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Related {
    pub incident: Index,
    /// Slugs of shared causes.
    pub causes: Vec<String>,
    /// Names of shared services.
    pub services: Vec<String>,
    /// Distinctive words that both use.
    pub words: Vec<String>,
}

impl Archive {
    /// The shelves of a facet: causes by count, months and years newest first, the rest by name.
    pub fn shelves(&self, facet: Facet) -> &[Shelf] {
        &self.shelves[facet as usize].all
    }

    /// The shelves of a facet that an incident stands on, in their order.
    pub fn shelves_of(&self, facet: Facet, incident: Index) -> impl Iterator<Item = &Shelf> {
        let shelves = &self.shelves[facet as usize];
        shelves.of(incident).iter().map(|at| &shelves.all[*at as usize])
    }

    /// The same, as positions in [`Archive::shelves`].
    pub fn stands_on(&self, facet: Facet, incident: Index) -> &[u32] {
        self.shelves[facet as usize].of(incident)
    }

    /// The values of a facet that `incidents` have, most frequent first, each with how many have it.
    pub fn beside(&self, facet: Facet, incidents: &[Index]) -> Vec<(&Shelf, usize)> {
        self.shelves[facet as usize].beside(incidents)
    }

    pub fn shelf(&self, facet: Facet, slug: &str) -> Option<&Shelf> {
        self.shelves(facet).iter().find(|shelf| shelf.slug == slug)
    }

    /// The incidents most alike to one, best first.
    pub fn related(&self, index: Index) -> &[Index] {
        self.alike.of(&self.incidents, index)
    }

    /// The same, each with what makes it alike.
    pub fn related_with_reasons(&self, index: Index) -> Vec<Related> {
        self.alike.with_reasons(&self.incidents, index)
    }

    /// First and last known day.
    pub fn period(&self) -> Option<(Day, Day)> {
        let mut days = self.incidents.iter().filter_map(|incident| incident.date.as_ref().map(|d| d.value));
        let newest = days.next()?;
        Some((days.next_back().unwrap_or(newest), newest))
    }

    /// Positions by age: the oldest first, the undated last.
    pub fn oldest_first(&self) -> impl Iterator<Item = Index> + '_ {
        let dated = self.incidents.partition_point(|incident| incident.date.is_some());
        (0..dated).rev().chain(dated..self.incidents.len())
    }
}
