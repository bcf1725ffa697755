//! In which order a timeline is told.

use super::Event;

/// Whether the events of a timeline stand newest first: times only ever go back, and do so more than once.
pub fn is_newest_first(events: &[Event]) -> bool {
    let timed: Vec<&Event> = events.iter().filter(|event| event.at.time.is_some()).collect();
    let comparable = |pair: &&[&Event]| pair[0].at.date.is_some() == pair[1].at.date.is_some();
    let steps = timed.windows(2).filter(comparable).map(|pair| pair[1].at.cmp(&pair[0].at));
    let (mut back, mut forward) = (0, 0);
    for step in steps {
        back += usize::from(step.is_lt());
        forward += usize::from(step.is_gt());
    }
    forward == 0 && back >= 2
}

/// Events in the order in which they happened, as far as the order of the text tells it.
pub fn in_order(events: &[Event]) -> Vec<&Event> {
    match is_newest_first(events) {
        true => events.iter().rev().collect(),
        false => events.iter().collect(),
    }
}
