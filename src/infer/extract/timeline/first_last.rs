//! Where a timeline begins and ends: the first event, and the one after which all was well.
//! They count as beginning and end where no field or sentence tells them.

use crate::incident::chronology::in_order;
use crate::incident::claim::{Claim, Fact};
use crate::incident::{Day, Event, Moment, Origin, Phase};
use crate::infer::claims::Claims;
use crate::infer::context::text::Text;
use crate::infer::extractor::{Extractor, no_phrases};
use crate::infer::rank;
use crate::language::Part;
use jiff::civil::Date;

pub const EXTRACTOR: Extractor =
    Extractor { name: "first-last", seeks: &["date", "start", "end"], phrases: no_phrases, read };

/// Days between the first event and the first with a time of day, from which on that is no beginning.
const LATE: i32 = 3;

/// The first event and the one that ends it; the day of the first that is dated.
fn read(text: &Text<'_>, claims: &mut Claims<'_>) {
    let all = in_order(text.timeline());
    let Some(events) = behind_the_past(&all, claims.list()) else { return };
    // What stands without a day above the first day is of no known day.
    let first_known = events.iter().find(|event| event.at.time.is_some() || event.at.date.is_some());
    if let Some(event) = first_known.filter(|event| event.at.date.is_some()) {
        let date = event.at.date.map(Day::from);
        date.into_iter()
            .for_each(|day| claim_event(claims, Fact::Date(day), event, "timeline-date", rank::TIMELINE_DAY));
    }
    let timed: Vec<&Event> = events.iter().copied().filter(|event| event.at.time.is_some()).collect();
    let Some(first) = timed.iter().find(|event| says(&event.text, BEGINS)).or(timed.first()) else { return };
    // Days before the first clock time other things were told: of several incidents none in particular.
    let earlier = events.iter().find_map(|event| event.at.date).zip(first.at.date);
    if earlier.is_some_and(|(day, first)| first.since(day).is_ok_and(|gap| gap.get_days() > LATE)) {
        return;
    }
    claim_event(claims, Fact::Start(first.at), first, "timeline-first", rank::TIMELINE_END);
    let local = text.hints.language.is_some();
    let last = last_event(&timed, local).filter(|last| last.at != first.at);
    if let Some(last) = last {
        let at = range_end(text, last).unwrap_or(last.at);
        claim_event(claims, Fact::End(at), last, "timeline-last", rank::TIMELINE_END);
    }
}

/// The events without those of days long before: what was deployed weeks ago began nothing. Where days lie far
/// apart, and nothing else tells which of them the incident's is, none.
fn behind_the_past<'s, 'e>(events: &'s [&'e Event], claims: &[Claim]) -> Option<&'s [&'e Event]> {
    let days: Vec<Date> = events.iter().filter_map(|event| event.at.date).collect();
    let Some(first) = days.first().copied() else { return Some(events) };
    let far = |day: &Date| day.since(first).is_ok_and(|gap| gap.get_days() > LATE);
    let told = |claim: &&Claim| {
        matches!(claim.fact, Fact::Date(Day { day: Some(_), .. }))
            && (claim.strength >= TOLD || claim.line == 0)
    };
    let day = |claim: &Claim| match claim.fact {
        Fact::Date(day) => day.first().filter(|day| days.contains(day)),
        _ => None,
    };
    let told = claims
        .iter()
        .filter(told)
        .filter_map(|claim| Some((day(claim)?, claim)))
        .max_by_key(|(_, claim)| (claim.origin, claim.strength));
    if let Some((day, _)) = told.filter(|(day, _)| *day == first || far(day)) {
        let at = events.iter().position(|event| event.at.date == Some(day))?;
        return Some(if day == first { events } else { &events[at..] });
    }
    let next = days.iter().find(|day| **day != first);
    if next.is_some_and(far) { None } else { Some(events) }
}

/// Least strength of a day that is told, and does not only stand somewhere.
const TOLD: u8 = 80;

/// The last event that tells the end and is followed by no relapse, else the last of all.
/// In another language than English its turning point says so.
fn last_event<'e>(timed: &[&'e Event], local: bool) -> Option<&'e Event> {
    let resolved = || timed.iter().rposition(|event| local && event.phase == Some(Phase::Resolved));
    let says_so = |words: &[&str]| timed.iter().rposition(|event| ends_it(&event.text, words));
    let end = says_so(ENDS).or_else(resolved).or_else(|| says_so(SEEMS_TO_END));
    let relapse = |from: usize| timed[from..].iter().any(|event| says(&event.text, RELAPSE));
    let end = end.filter(|end| !relapse(end + 1)).map(|end| timed[end]);
    end.or(timed.last().copied().filter(|last| ends_it(&last.text, FINAL) && !says(&last.text, NO_END)))
}

/// Where the event's own time is a range, the moment at which it closes.
fn range_end(text: &Text<'_>, event: &Event) -> Option<Moment> {
    let (n, _) = text
        .blocks()
        .find(|(_, block)| block.span.start <= event.span.start && event.span.start < block.span.end)?;
    let clocks = &text.times(n).clocks;
    let first = clocks
        .iter()
        .position(|clock| clock.value.part == Part::From && clock.value.time() == event.at.time)?;
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
    "confirmed healthy",
    "healthy again",
    "services recovered",
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
const SEEMS_TO_END: &[&str] = &[
    "recovered",
    "restoration",
    "is back up",
    "are back up",
    "back up and",
    "are back",
    "is back",
    "it was fixed",
    "issue fixed",
    "errors stopped",
];

/// Words that say so where nothing comes behind them: the last thing that was done or seen.
const FINAL: &[&str] = &[
    "recover",
    "succe",
    "resume",
    "confirmed",
    "clears",
    "cleared",
    "closes",
    "closed",
    "goes away",
    "went away",
    "reverted",
    "revoked",
    "fixed",
    "fix ",
    "completed",
    "killed",
    "restarted",
    "redeployed",
    "deployed",
    "rolled back",
    "back up",
    "installed",
    "released",
    "passed",
    "stopped",
    "removed",
    "replaced",
    "mended",
    "repaired",
    "put in",
    "set back",
    "switched",
    "turned off",
    "turned on",
    "disabled",
    "again",
    "corrected",
    "enabled",
    "reset",
    "back to",
    "verified",
    "releasing",
];

/// Words by which the last event ended nothing.
const NO_END: &[&str] = &[
    "fail",
    "error",
    "still",
    "begins",
    "begin to",
    "offline",
    "alerted",
    "post-mortem",
    "postmortem",
    "report",
    "follow-up",
    "ticket",
    "meeting",
    "investigat",
];

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
    "will not",
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
