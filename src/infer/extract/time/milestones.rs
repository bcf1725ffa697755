//! The turning points: when it was detected, acknowledged, mitigated and resolved.
//! From fields, from the events of the timeline, and from sentences that say so.

use crate::document::Label;
use crate::incident::claim::Fact;
use crate::incident::{Event, Moment, Origin, Phase};
use crate::infer::claims::Claims;
use crate::infer::context::lexicon::Lexicon;
use crate::infer::context::local_phrases::{LocalPhrases, is_denied};
use crate::infer::context::role::is_aside;
use crate::infer::context::text::Text;
use crate::infer::context::text::is_placeholder;
use crate::infer::extract::time::interval::Stretch;
use crate::infer::extractor::{Extractor, no_phrases};
use crate::infer::rank;
use crate::language::tokens::Words;
use std::sync::OnceLock;

pub const EXTRACTOR: Extractor = Extractor {
    name: "milestones",
    seeks: &["detected", "acknowledged", "mitigated", "resolved"],
    phrases: no_phrases,
    read,
};

/// Phrase, and the turning point that an event with it is. Earlier rows win.
#[rustfmt::skip]
const PHRASES: &[(&str, Phase)] = &[
    ("outage begins", Phase::Started), ("outage began", Phase::Started), ("outage starts", Phase::Started), ("incident begins", Phase::Started), ("incident starts", Phase::Started), ("issue began", Phase::Started), ("impact begins", Phase::Started),
    ("root cause identified", Phase::CauseFound), ("root cause was identified", Phase::CauseFound), ("root cause confirmed", Phase::CauseFound), ("cause found", Phase::CauseFound), ("identified ~ cause", Phase::CauseFound), ("cause ~ identified", Phase::CauseFound),
    ("identified as", Phase::CauseFound), ("pinpoint*", Phase::CauseFound), ("issue traced", Phase::CauseFound), ("found the reason", Phase::CauseFound), ("culprit", Phase::CauseFound), ("issue ~ identified", Phase::CauseFound),
    ("resolved", Phase::Resolved), ("fully restored", Phase::Resolved), ("fully operational", Phase::Resolved), ("back online", Phase::Resolved), ("back to normal", Phase::Resolved), ("returned to normal", Phase::Resolved), ("return to normal", Phase::Resolved),
    ("service restored", Phase::Resolved), ("services restored", Phase::Resolved), ("service was restored", Phase::Resolved), ("services were restored", Phase::Resolved), ("full service restoration", Phase::Resolved), ("outage ends", Phase::Resolved), ("outage ended", Phase::Resolved), ("all clear", Phase::Resolved),
    ("restored ~ service", Phase::Resolved), ("full recovery", Phase::Resolved), ("fully recovered", Phase::Resolved), ("declared stable", Phase::Resolved), ("incident closed", Phase::Resolved), ("closed the incident", Phase::Resolved), ("service resumes", Phase::Resolved), ("service resumed", Phase::Resolved), ("services resumed", Phase::Resolved), ("functional state", Phase::Resolved), ("restored", Phase::Resolved), ("functioning normally", Phase::Resolved),
    ("mitigat*", Phase::Mitigated), ("rolled back", Phase::Mitigated), ("rollback", Phase::Mitigated), ("temporary fix", Phase::Mitigated), ("workaround", Phase::Mitigated), ("stabiliz*", Phase::Mitigated), ("stabilis*", Phase::Mitigated), ("partial* restor*", Phase::Mitigated),
    ("first detected", Phase::Detected), ("issue detected", Phase::Detected), ("was detected", Phase::Detected), ("detected", Phase::Detected), ("alert* ~ trigger*", Phase::Detected), ("monitoring alert*", Phase::Detected), ("alerted us", Phase::Detected), ("first report*", Phase::Detected), ("alerts fired", Phase::Detected),
    ("alert fired", Phase::Detected), ("was alerted", Phase::Detected), ("were alerted", Phase::Detected), ("reported ~ issue", Phase::Detected), ("users report*", Phase::Detected), ("customers report*", Phase::Detected), ("received an alert", Phase::Detected), ("received alert*", Phase::Detected), ("got paged", Phase::Detected), ("first noticed", Phase::Detected), ("users complain*", Phase::Detected),
    ("on call engineer ~ paged", Phase::Detected), ("acknowledg*", Phase::Acknowledged), ("began investigat*", Phase::Acknowledged), ("begins investigat*", Phase::Acknowledged), ("started investigat*", Phase::Acknowledged), ("investigation began", Phase::Acknowledged), ("incident declared", Phase::Acknowledged), ("engineers began", Phase::Acknowledged),
    ("investigation start*", Phase::Acknowledged), ("team ~ notified", Phase::Acknowledged), ("initial investigation", Phase::Acknowledged), ("respon* to alarm*", Phase::Acknowledged), ("respon* to alert*", Phase::Acknowledged),
    ("alert* ~ fire*", Phase::Detected), ("alert fires", Phase::Detected), ("trigger* ~ alert*", Phase::Detected), ("monitor* ~ alert*", Phase::Detected), ("alarm* ~ fire*", Phase::Detected), ("alarm* ~ trigger*", Phase::Detected), ("alert received", Phase::Detected), ("pager*", Phase::Detected), ("paged", Phase::Detected),
    ("noticed", Phase::Detected), ("notices", Phase::Detected), ("complain*", Phase::Detected), ("user* ~ report*", Phase::Detected), ("customer* ~ report*", Phase::Detected), ("client* ~ report*", Phase::Detected), ("user* ~ ticket*", Phase::Detected), ("customer* ~ ticket*", Phase::Detected), ("became aware", Phase::Detected), ("made aware", Phase::Detected),
    ("repaired", Phase::Mitigated), ("resolving the incident", Phase::Resolved), ("resolving the issue", Phase::Resolved), ("resolving the outage", Phase::Resolved),
    ("is back up", Phase::Resolved), ("are back up", Phase::Resolved), ("was back up", Phase::Resolved), ("were back up", Phase::Resolved), ("service recovered", Phase::Resolved), ("services recovered", Phase::Resolved), ("site recovered", Phase::Resolved), ("system recovered", Phase::Resolved), ("recovery confirmed", Phase::Resolved),
    ("was up again", Phase::Resolved), ("were up again", Phase::Resolved), ("is up again", Phase::Resolved), ("are up again", Phase::Resolved), ("running again", Phase::Resolved), ("reachable again", Phase::Resolved), ("accessible again", Phase::Resolved), ("online again", Phase::Resolved),
    ("green again", Phase::Resolved), ("work again", Phase::Resolved), ("works again", Phase::Resolved), ("working again", Phase::Resolved), ("operational again", Phase::Resolved), ("available again", Phase::Resolved), ("normal operation* resume*", Phase::Resolved), ("alert* clear*", Phase::Resolved), ("alarm* clear*", Phase::Resolved), ("alerts stop*", Phase::Resolved), ("alarms stop*", Phase::Resolved),
    ("errors stop*", Phase::Mitigated), ("errors cease*", Phase::Mitigated), ("error rate* drop*", Phase::Mitigated), ("fix deployed", Phase::Mitigated), ("hotfix deployed", Phase::Mitigated), ("fix was deployed", Phase::Mitigated), ("deployed ~ hotfix", Phase::Mitigated), ("deployed ~ fix", Phase::Mitigated), ("failed over to", Phase::Mitigated), ("failover complete*", Phase::Mitigated), ("disabled ~ feature flag", Phase::Mitigated), ("feature flag ~ disabled", Phase::Mitigated),
    ("first alert*", Phase::Detected), ("first alarm*", Phase::Detected), ("alarm on", Phase::Detected), ("alarm for", Phase::Detected), ("alert on", Phase::Detected), ("alert for", Phase::Detected), ("pages", Phase::Detected), ("reports of", Phase::Detected), ("reported on slack", Phase::Detected), ("reported in slack", Phase::Detected), ("turned red", Phase::Detected), ("turns red", Phase::Detected), ("went red", Phase::Detected), ("goes red", Phase::Detected),
    ("starts investigat*", Phase::Acknowledged), ("starts to investigate", Phase::Acknowledged), ("started to investigate", Phase::Acknowledged), ("began to investigate", Phase::Acknowledged), ("start* looking into", Phase::Acknowledged), ("began looking into", Phase::Acknowledged), ("begins looking into", Phase::Acknowledged), ("incident opened", Phase::Acknowledged), ("incident created", Phase::Acknowledged), ("declare* ~ incident", Phase::Acknowledged), ("incident channel", Phase::Acknowledged), ("war room opened", Phase::Acknowledged),
];

/// Words that deny a turning point.
const NOT_YET: &[&str] = &[
    "not resolve",
    "not restore",
    "not detected",
    "didn't",
    "did not",
    "failed to",
    "attempted to",
    "attempts to",
    "attempt to",
    "tried to",
    "to be ",
    "but the issue persist",
    "unable",
    "persisted",
    "no difference",
    "no effect",
    "no improvement",
    "no change",
    "not help",
    "n't help",
    "to no avail",
    "decided to",
    "decision ",
    "no alert",
    "not yet",
    "still not",
    "not work",
    "but not",
];

/// Words by which a mitigation had only begun.
const BEGUN: &[&str] = &[" begin", " began", " start", "initiat", "in progress", " trigger"];

/// The same in other languages.
fn local() -> &'static LocalPhrases<Phase> {
    static PHRASES: OnceLock<LocalPhrases<Phase>> = OnceLock::new();
    PHRASES.get_or_init(|| {
        LocalPhrases::of("events", |row| match row {
            "began" => Some(Phase::Started),
            "detected" => Some(Phase::Detected),
            "mitigated" => Some(Phase::Mitigated),
            "resolved" => Some(Phase::Resolved),
            _ => None,
        })
    })
}

/// What an event in another language than English tells, unless it says that it is not so.
fn local_phase(words: &Words<'_>) -> Option<Phase> {
    let found = local().find(words).into_iter().min_by_key(|found| found.range.start)?;
    (!is_denied(words)).then_some(*found.value)
}

fn lexicon() -> &'static Lexicon<Phase> {
    static LEXICON: OnceLock<Lexicon<Phase>> = OnceLock::new();
    LEXICON.get_or_init(|| {
        let mut lexicon = Lexicon::default();
        PHRASES.iter().for_each(|(phrase, phase)| lexicon.add(phrase, *phase));
        lexicon
    })
}

/// Whether a text tells that somebody took it up, beside anything else.
fn is_taken_up(text: &str) -> bool {
    let found = lexicon().find(&Words::of(text));
    found.into_iter().any(|found| *lexicon().value(found.row) == Phase::Acknowledged)
}

/// The turning point that a text tells of, if it tells of one.
pub fn phase_of(text: &str) -> Option<Phase> {
    let words = Words::of(text);
    let Some(row) = lexicon().find(&words).into_iter().map(|found| found.row).min() else {
        return local_phase(&words);
    };
    let lower = text.to_lowercase();
    let phase = *lexicon().value(row);
    let begun = phase == Phase::Mitigated && BEGUN.iter().any(|word| lower.contains(word));
    let denied = NOT_YET.iter().any(|word| lower.contains(word));
    (!denied && !begun).then_some(phase)
}

fn read(text: &Text<'_>, claims: &mut Claims<'_>) {
    for (label, fact) in FIELDS {
        for passage in text.fields(*label) {
            let words = text.words(&passage);
            let block = text.block(passage.block).text();
            let stretch = Stretch::of(block, text.times(passage.block), passage.range.clone(), text.hints);
            let spot = stretch
                .and_then(|stretch| stretch.from.or(stretch.to))
                .filter(|spot| spot.moment.time.is_some());
            if let Some(spot) = spot.filter(|_| !is_placeholder(words)) {
                claims.add(fact(spot.moment), Origin::Field, "phase-field", passage.block, spot.range);
            }
        }
    }
    timeline(text, claims);
    prose(text, claims);
}

/// A label whose value is a turning point.
type Row = (Label, fn(Moment) -> Fact);

const FIELDS: &[Row] = &[
    (Label::Detected, Fact::Detected),
    (Label::Acknowledged, Fact::Acknowledged),
    (Label::Mitigated, Fact::Mitigated),
];

/// The first event that detects, acknowledges and mitigates; the last that resolves.
fn timeline(text: &Text<'_>, claims: &mut Claims<'_>) {
    let phases: Vec<(&Event, Phase)> = text
        .timeline()
        .iter()
        .filter(|event| event.at.time.is_some())
        .filter_map(|event| Some((event, event.phase?)))
        .collect();
    let mut claim = |found: Option<&(&Event, Phase)>, fact: fn(Moment) -> Fact| {
        if let Some((event, _)) = found {
            claims.at_weighed(
                fact(event.at),
                Origin::Prose,
                "phase-event",
                event.span,
                event.text.clone(),
                rank::PLAIN,
            );
        }
    };
    let of = |phase: Phase| move |found: &&(&Event, Phase)| found.1 == phase;
    let detected = phases.iter().position(|found| found.1 == Phase::Detected);
    claim(detected.map(|at| &phases[at]), Fact::Detected);
    // "Was alerted and began investigating" is one of both; the first of its kind already detected.
    let told_again = |(at, found): (usize, &(&Event, Phase))| {
        found.1 == Phase::Acknowledged
            || found.1 == Phase::Detected && Some(at) > detected && is_taken_up(&found.0.text)
    };
    let acknowledged = phases.iter().enumerate().find(|(at, found)| told_again((*at, *found)));
    claim(acknowledged.map(|(_, found)| found), Fact::Acknowledged);
    claim(phases.iter().find(of(Phase::Mitigated)), Fact::Mitigated);
    claim(phases.iter().rfind(of(Phase::Resolved)), Fact::Resolved);
}

/// Sentences with one clock time: `The issue was first detected at 15:30 UTC`.
fn prose(text: &Text<'_>, claims: &mut Claims<'_>) {
    for (n, block) in text.blocks().filter(|(n, _)| !is_aside(text, *n) && !text.times(*n).clocks.is_empty())
    {
        if !block.is_prose() || text.holds_event(n) {
            continue;
        }
        for range in text.sentences(n) {
            let Some(fact) = phase_of(&block.text()[range.clone()]).and_then(fact) else { continue };
            let Some(stretch) = Stretch::of(block.text(), text.times(n), range.clone(), text.hints) else {
                continue;
            };
            let alone = match (stretch.from, stretch.to) {
                (Some(spot), None) | (None, Some(spot)) => {
                    Some(spot).filter(|spot| spot.moment.time.is_some())
                }
                _ => None,
            };
            if let Some(spot) = alone {
                claims.weighed(
                    fact(spot.moment),
                    Origin::Prose,
                    "phase-sentence",
                    n,
                    spot.range,
                    rank::MILESTONE_SENTENCE,
                );
            }
        }
    }
}

fn fact(phase: Phase) -> Option<fn(Moment) -> Fact> {
    match phase {
        Phase::Detected => Some(Fact::Detected),
        Phase::Acknowledged => Some(Fact::Acknowledged),
        Phase::Mitigated => Some(Fact::Mitigated),
        Phase::Resolved => Some(Fact::Resolved),
        Phase::Started | Phase::CauseFound => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_turning_points_by_their_words() {
        for (text, phase) in [
            ("Monitoring alert triggered on the ferry clock", Some(Phase::Detected)),
            ("The crew began investigating", Some(Phase::Acknowledged)),
            ("Root cause identified as a full disk", Some(Phase::CauseFound)),
            ("Rolled back to the old timetable", Some(Phase::Mitigated)),
            ("Service fully restored", Some(Phase::Resolved)),
            ("Restarted the server, which did not resolve it", None),
            ("Coffee", None),
        ] {
            assert_eq!(phase_of(text), phase, "{text}");
        }
    }
}
