//! Where a timeline begins and ends: the first event, and the one after which all was well.
//! They count as beginning and end where no field or sentence tells them.

use crate::incident::claim::{Fact, PLAIN};
use crate::incident::{Day, Event, Moment, Origin};
use crate::infer::claims::Claims;
use crate::infer::context::text::Text;
use crate::infer::extractor::{Extractor, no_phrases};
use crate::language::Part;

pub const EXTRACTOR: Extractor = Extractor { name: "first-last", seeks: &["date", "start", "end"], phrases: no_phrases, read };

/// Less than a sentence that tells beginning or end, for which see `when`.
const WEAK: u8 = PLAIN - 60;
/// The day of the first dated event: more than the title's, less than that of a sentence.
const FIRST_DAY: u8 = PLAIN - 10;

/// Days between the first event and the first with a time of day, from which on that is no beginning.
const LATE: i32 = 3;

/// The first event and the one that ends it; the day of the first that is dated.
fn read(text: &Text<'_>, claims: &mut Claims<'_>) {
    let events = text.timeline();
    if let Some(event) = events.iter().find(|event| event.at.date.is_some()) {
        let date = event.at.date.map(Day::from);
        date.into_iter().for_each(|day| claim_event(claims, Fact::Date(day), event, "timeline-date", FIRST_DAY));
    }
    let timed: Vec<&Event> = events.iter().filter(|event| event.at.time.is_some()).collect();
    let Some(first) = timed.iter().find(|event| says(&event.text, BEGINS)).or(timed.first()) else { return };
    // Days before the first clock time other things were told: of several incidents none in particular.
    let earlier = events.iter().find_map(|event| event.at.date).zip(first.at.date);
    if earlier.is_some_and(|(day, first)| first.since(day).is_ok_and(|gap| gap.get_days() > LATE)) {
        return;
    }
    claim_event(claims, Fact::Start(first.at), first, "timeline-first", WEAK);
    let last = last_event(&timed).filter(|last| last.at != first.at);
    if let Some(last) = last {
        let at = range_end(text, last).unwrap_or(last.at);
        claim_event(claims, Fact::End(at), last, "timeline-last", WEAK);
    }
}

/// The last event that tells the end and is followed by no relapse, else the last of all.
fn last_event<'e>(timed: &[&'e Event]) -> Option<&'e Event> {
    let says_so = |words: &[&str]| timed.iter().rposition(|event| ends_it(&event.text, words));
    let end = says_so(ENDS).or_else(|| says_so(SEEMS_TO_END));
    let relapse = |from: usize| timed[from..].iter().any(|event| says(&event.text, RELAPSE));
    let end = end.filter(|end| !relapse(end + 1)).map(|end| timed[end]);
    end.or(timed.last().copied())
}

/// Where the event's own time is a range, the moment at which it closes.
fn range_end(text: &Text<'_>, event: &Event) -> Option<Moment> {
    let (n, _) = text.blocks().find(|(_, block)| block.span.start <= event.span.start && event.span.start < block.span.end)?;
    let clocks = &text.times(n).clocks;
    let first = clocks.iter().position(|clock| clock.value.part == Part::From && clock.value.time() == event.at.time)?;
    let time = clocks.get(first + 1).filter(|clock| clock.value.part == Part::To)?.value.time()?;
    let date = event.at.date.filter(|_| Some(time) >= event.at.time);
    Some(Moment { date, time: Some(time) })
}

fn claim_event(claims: &mut Claims<'_>, fact: Fact, event: &Event, rule: &'static str, strength: u8) {
    claims.at_weighed(fact, Origin::Prose, rule, event.span, event.text.clone(), strength);
}

const BEGINS: &[&str] = &[
    "outage begins",
    "outage starts",
    "outage began",
    "outage started",
    "incident begins",
    "incident starts",
    "impact begins",
    "impact starts",
];

/// Words of an event after which all was well.
const ENDS: &[&str] = &[
    "resolved",
    "fully restored",
    "service restored",
    "services restored",
    "full service restoration",
    "restored access",
    "back online",
    "to normal",
    "normal level",
    "recovery notification",
    "operational",
    "fully functional",
    "outage ends",
    "outage ended",
    "end of outage",
    "all clear",
    "stable",
    "stabilized",
    "up again",
    "working again",
    "works again",
    "running normal",
    "confirmed fix",
    "rétabli",
    "résolu",
    "restaurado",
    "resolvido",
    "incident closed",
    "drop back to zero",
    "is working",
    "restored",
];

/// Words that say so less surely.
const SEEMS_TO_END: &[&str] = &["recovered", "restoration", "back up", "are back", "is back", "fixed", "completed"];

/// Words of an event by which it had come back.
const RELAPSE: &[&str] = &[
    "down again",
    "failed again",
    "fails again",
    "crashed again",
    "issue persist",
    "issues persist",
    "still down",
    "failing again",
    "errors again",
];

/// Words that deny it.
const NOT_YET: &[&str] = &[
    "not resolve",
    "not restored",
    "not fully",
    "did not",
    "partially",
    "partial",
    "temporar",
    "until",
    "before",
    "to be restored",
    "not back",
];

/// How much of an event's text tells what happened then, in bytes; what follows tells the rest of the story.
const OPENING: usize = 240;

fn ends_it(text: &str, words: &[&str]) -> bool {
    let opening = text.char_indices().map(|(at, _)| at).take_while(|at| *at <= OPENING).last().unwrap_or(0);
    let opening = if text.len() <= OPENING { text } else { &text[..opening] };
    says(opening, words) && !says(opening, NOT_YET)
}

fn says(text: &str, words: &[&str]) -> bool {
    let lower = text.to_lowercase();
    words.iter().any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_told_by_words_and_taken_back_by_others() {
        assert!(ends_it("Gate 4 back online, tickets sold again", ENDS));
        assert!(!ends_it("Gate 4 partially restored", ENDS));
        assert!(says("It went down again at once", RELAPSE));
        assert!(says("OUTAGE BEGINS", BEGINS));
    }
}
