//! How much a claim weighs among others of its origin: the larger number wins, then the earlier place in the text.
//! Origins are compared before, see [`Origin`](crate::incident::Origin). All steps of the ladder are here, so that one
//! sees what stands above what; `casebook inspect` shows them.
//!
//! The numbers were chosen by hand, so that the labelled documents of several teams come out right; only their order
//! has a meaning. Those of one field are compared with each other alone. Durations and shares begin at [`PLAIN`]; what
//! their section and their phrase add is in the tables of their extractors.

/// What nothing speaks for or against. From here on a claim of a field or stronger may contradict another.
pub const PLAIN: u8 = crate::incident::claim::PLAIN;

/// A line that names the incident: "Incident status: Resolved", where a plain "Status" may be the document's.
pub const OF_THE_INCIDENT: u8 = PLAIN + 10;
/// A field of front matter that is for this very fact.
pub const TYPED: u8 = PLAIN + 1;

// Date, start and end, in prose. A sentence takes the rank of its section.

/// Both ends in a sentence of the summary or about the duration.
pub const SUMMARY: u8 = 140;
/// The same in a section about the impact.
pub const IMPACT: u8 = SUMMARY - 10;
/// Both ends in a title.
pub const TITLE_STRETCH: u8 = 125;
/// Both ends in any other text.
pub const PROSE: u8 = 115;
/// Both ends in a text about the cause, the resolution, the background or the detection.
pub const ASIDE: u8 = PROSE - 20;
/// The day on which the timeline begins.
pub const TIMELINE_DAY: u8 = PLAIN - 10;
/// A day in a title.
pub const TITLE: u8 = 85;
/// One end alone.
pub const LONE: u8 = 80;
/// A day in any sentence.
pub const ANY_DATE: u8 = 50;
/// A month in a title.
pub const TITLE_MONTH: u8 = ANY_DATE - 10;
/// First and last event of the timeline.
pub const TIMELINE_END: u8 = PLAIN - 60;

/// What a sentence that gives a day, but no whole stretch of time, ranks below its section.
pub const ONLY_A_DAY: u8 = 20;

// Zones, in prose.

/// "All times are in UTC".
pub const ALL_TIMES: u8 = PLAIN + 35;
/// A zone in a timeline's head.
pub const TIMELINE_ZONE: u8 = PLAIN - 40;
/// A zone beside the time of an event.
pub const EVENT_ZONE: u8 = ANY_ZONE + 20;
/// A zone anywhere.
pub const ANY_ZONE: u8 = 20;

// Detected, acknowledged, mitigated, resolved, in prose. An event of the timeline is PLAIN.

/// A sentence that says when.
pub const MILESTONE_SENTENCE: u8 = PLAIN - 20;

// Causes, by their words.

/// The cause for which most speaks; each further one is one below.
pub const CAUSE: u8 = 90;
