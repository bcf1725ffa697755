//! Figures over incidents: medians, p90, counts by month and cause. A value that
//! is not known is left out and counted as unknown, never guessed.

use super::{Archive, Facet, Index};
use crate::incident::{Action, ActionState, Day, Incident};
use std::sync::OnceLock;

/// From how many values on a p90 is told: below ten, nine in ten is no count.
pub const P90_LEAST: usize = 10;

/// Values in ascending order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Spread {
    values: Vec<f64>,
}

impl Spread {
    /// Finite values only.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Spread {
        let mut values: Vec<f64> = values.into_iter().filter(|value| value.is_finite()).collect();
        values.sort_by(f64::total_cmp);
        Spread { values }
    }

    pub fn values(&self) -> &[f64] {
        &self.values
    }

    pub fn n(&self) -> usize {
        self.values.len()
    }

    /// The middle value, or the mean of the two middle ones.
    pub fn median(&self) -> Option<f64> {
        let n = self.values.len();
        match n % 2 {
            1 => self.values.get(n / 2).copied(),
            _ => Some((self.values.get((n / 2).checked_sub(1)?)? + self.values.get(n / 2)?) / 2.0),
        }
    }

    /// The least value that nine in ten do not exceed (nearest rank); `None` below [`P90_LEAST`] values.
    pub fn p90(&self) -> Option<f64> {
        let n = self.values.len();
        let rank = (n * 9).div_ceil(10);
        (n >= P90_LEAST).then(|| self.values[rank - 1])
    }
}

/// How long a part of an incident took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    Detect,
    Mitigate,
    Resolve,
}

impl Measure {
    /// Minutes from the start. To resolve: as stated or worked out, else how long the incident lasted.
    pub fn of(self, incident: &Incident) -> Option<f64> {
        let known = match self {
            Measure::Detect => &incident.time_to_detect,
            Measure::Mitigate => &incident.time_to_mitigate,
            Measure::Resolve if incident.time_to_resolve.is_none() => &incident.duration,
            Measure::Resolve => &incident.time_to_resolve,
        };
        known.as_ref().map(|known| known.value).filter(|minutes| *minutes >= 0.0)
    }

    /// Over some incidents of an archive.
    pub fn spread(self, archive: &Archive, incidents: &[Index]) -> Spread {
        Spread::of(incidents.iter().filter_map(|index| self.of(&archive.incidents[*index])))
    }
}

/// Months in one line: years times twelve, from 0 in January of year 0.
pub fn month_number(incident: &Incident) -> Option<i32> {
    let day = incident.date.as_ref()?.value;
    Some(i32::from(day.year) * 12 + i32::from(day.month) - 1)
}

/// How many action items are in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ActionCounts {
    pub open: usize,
    /// Those of which the document does not say whether they were done.
    pub not_marked: usize,
    pub done: usize,
}

impl ActionCounts {
    pub fn of<'a>(actions: impl IntoIterator<Item = &'a Action>) -> ActionCounts {
        let mut counts = ActionCounts::default();
        for action in actions {
            match action.state() {
                ActionState::Open => counts.open += 1,
                ActionState::NotMarked => counts.not_marked += 1,
                ActionState::Done => counts.done += 1,
            }
        }
        counts
    }

    /// Those of some incidents of an archive.
    pub fn over(archive: &Archive, incidents: &[Index]) -> ActionCounts {
        ActionCounts::of(incidents.iter().flat_map(|index| &archive.incidents[*index].actions))
    }

    pub fn get(self, state: ActionState) -> usize {
        match state {
            ActionState::Open => self.open,
            ActionState::NotMarked => self.not_marked,
            ActionState::Done => self.done,
        }
    }

    pub fn all(self) -> usize {
        self.open + self.not_marked + self.done
    }
}

/// What is to be said of some incidents together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Summary {
    /// Minutes to resolve, where they are known.
    pub resolve: Spread,
    pub actions: ActionCounts,
    /// The day of the newest that is dated.
    pub newest: Option<Day>,
}

impl Summary {
    /// Over some incidents of an archive, in its order.
    pub fn over(archive: &Archive, incidents: &[Index]) -> Summary {
        let date = |index: &Index| archive.incidents[*index].date.as_ref();
        Summary {
            resolve: Measure::Resolve.spread(archive, incidents),
            actions: ActionCounts::over(archive, incidents),
            newest: incidents.iter().find_map(date).map(|date| date.value),
        }
    }
}

/// The summary of every value of every facet, worked out once, when it is first asked for: the
/// incidents of one value may fill hundreds of pages.
#[derive(Debug)]
pub struct Summaries(Vec<Vec<OnceLock<Summary>>>);

impl Summaries {
    /// For the values of an archive.
    pub fn new(archive: &Archive) -> Summaries {
        let of_facet = |facet: &Facet| archive.shelves(*facet).iter().map(|_| OnceLock::new()).collect();
        Summaries(Facet::ALL.iter().map(of_facet).collect())
    }

    /// That of the value at a position among [`Archive::shelves`] of the same archive.
    pub fn of(&self, archive: &Archive, facet: Facet, at: usize) -> &Summary {
        let incidents = &archive.shelves(facet)[at].incidents;
        self.0[facet as usize][at].get_or_init(|| Summary::over(archive, incidents))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_and_p90_needs_ten() {
        assert_eq!(Spread::of([]).median(), None);
        assert_eq!(Spread::of([3.0]).median(), Some(3.0));
        assert_eq!(Spread::of([94.0, 49.0, 84.0, 61.0]).median(), Some(72.5));
        assert_eq!(Spread::of((1..10).map(f64::from)).p90(), None);
        assert_eq!(Spread::of((1..=10).map(f64::from)).p90(), Some(9.0));
        assert_eq!(Spread::of((1..=13).map(f64::from)).p90(), Some(12.0));
        assert_eq!(Spread::of([f64::NAN, 1.0]).n(), 1);
    }
}
