//! When it happened: day, start, end, duration, zone and milestones, from fields and sentences.

pub mod duration;
pub mod interval;
pub mod milestones;
pub mod outage_words;
pub mod relative_day;
pub mod start_end;
pub mod zone;
