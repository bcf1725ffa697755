//! What cannot be: days, times and zones that do not exist, fields that only hold a
//! place, a title that gives another day than the text, an end before its start. Each
//! becomes a diagnostic with its line; nothing is claimed here.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Block, Label};
use crate::incident::claim::{Claim, Fact};
use crate::incident::{Day, Incident, Origin};
use crate::infer::claims::Claims;
use crate::infer::context::role::{is_aside, is_title};
use crate::infer::context::text::Text;
use crate::infer::context::text::is_placeholder;
use crate::language::{At, Found, Rule, Written};
use jiff::civil::Date;
use std::ops::Range;

/// Reports what cannot be.
pub fn check(text: &Text<'_>, claims: &mut Claims<'_>) {
    for (n, block) in text.blocks().filter(|(n, _)| !is_aside(text, *n)) {
        impossible(text, claims, n);
        placeholder(text, claims, n, block);
    }
    title_day(text, claims);
    last_day(text, claims);
}

/// A day that has not come yet. Somewhere it is tomorrow already, so one day more is allowed.
pub fn future(text: &Text<'_>, incident: &Incident) -> Option<Diagnostic> {
    let (date, today) = (incident.date.as_ref()?, text.vocabulary.today?);
    let latest = today.tomorrow().ok()?;
    if date.value.first()? <= latest {
        return None;
    }
    let diagnostic = Diagnostic::new(Code::FutureDate, format!("`{}` lies in the future", date.value.iso()));
    let source = text.source;
    Some(match date.line {
        0 => diagnostic.in_file(&source.shown),
        _ => diagnostic
            .at(&source.shown, &source.text, date.span)
            .label("the incident's date is read from here"),
    })
}

fn impossible(text: &Text<'_>, claims: &mut Claims<'_>, n: usize) {
    let times = text.times(n);
    let impossible = |found: &&Found<Written>| found.value == Written::Impossible;
    for found in times.dates.iter().filter(impossible).filter(|found| tells_when(text, n, found.range.start))
    {
        diagnose(text, claims, n, &found.range, Code::ImpossibleDate, "there is no such day");
    }
    for found in &times.clocks {
        if found.value.at == At::Impossible {
            diagnose(text, claims, n, &found.range, Code::ImpossibleTime, "there is no such time of day");
        }
        if let Some(zone) = found.value.zone.as_ref().filter(|zone| zone.value.rule == Rule::Impossible) {
            diagnose(text, claims, n, &zone.range, Code::ImpossibleZone, "no place is so far from UTC");
        }
    }
}

/// Whether a day at `at` of block `n` is said to be one of the incident, and not that of something in passing,
/// such as "an expiry of 29 February 2013".
fn tells_when(text: &Text<'_>, n: usize, at: usize) -> bool {
    const LEADING: &[&str] = &[
        "on", "from", "since", "between", "until", "till", "to", "by", "at", "before", "after", "am", "vom",
        "le", "du", "em", "el",
    ];
    let block = text.block(n);
    if block.field.is_some() || is_title(text, n) || text.holds_event(n) || !block.is_prose() {
        return true;
    }
    let start = text
        .sentences(n)
        .iter()
        .rev()
        .find(|sentence| sentence.start <= at)
        .map_or(0, |sentence| sentence.start);
    let before = block.text()[start..at].split_whitespace().next_back().map(str::to_lowercase);
    before.is_none_or(|word| LEADING.contains(&word.as_str()))
}

fn diagnose(
    text: &Text<'_>,
    claims: &mut Claims<'_>,
    n: usize,
    range: &Range<usize>,
    code: Code,
    what: &str,
) {
    let (span, _, quote) = text.evidence(n, range.clone());
    claims.diagnose(code, format!("`{quote}` is left out: {what}"), span, what);
}

/// Fields whose values are looked for, and which hold only a place.
fn placeholder(text: &Text<'_>, claims: &mut Claims<'_>, n: usize, block: &Block) {
    let Some(field) = block.field.as_ref().filter(|field| is_sought(field.label)) else { return };
    let value = &block.text()[field.value..];
    if !value.trim().is_empty() && is_placeholder(value) {
        let (span, _, quote) = text.evidence(n, field.value..block.text().len());
        let message = format!("`{quote}` holds a place and counts as missing");
        claims.diagnose(Code::Placeholder, message, span, "write the value, or leave the line out");
    }
}

fn is_sought(label: Label) -> bool {
    use Label::{
        Acknowledged, Affected, Date, Detected, Duration, End, Mitigated, Period, Severity, Start,
        TimeToDetect, TimeToMitigate, TimeToResolve, Zone,
    };
    let times =
        matches!(label, Acknowledged | Date | Detected | Duration | End | Mitigated | Period | Start | Zone);
    times || matches!(label, Affected | Severity | TimeToDetect | TimeToMitigate | TimeToResolve)
}

/// A day in the title that is none of the days that the text gives.
fn title_day(text: &Text<'_>, claims: &mut Claims<'_>) {
    if text.document.front_matter.entries.iter().any(|entry| entry.key.eq_ignore_ascii_case("title")) {
        return;
    }
    let days = |claim: &Claim| match claim.fact {
        Fact::Date(Day { day: Some(_), .. }) => claim.line != 0 && claim.origin != Origin::FrontMatter,
        _ => false,
    };
    let all: Vec<&Claim> = claims.list().iter().filter(|claim| days(claim)).collect();
    let in_title = |claim: &&&Claim| claim.rule == "title-dates";
    let Some(title) = all.iter().find(in_title) else { return };
    let body = all.iter().filter(|claim| !in_title(claim)).max_by_key(|claim| (claim.origin, claim.strength));
    let agrees = all.iter().any(|claim| !in_title(&claim) && claim.fact == title.fact);
    let Some(body) = body.filter(|body| !agrees && body.strength >= TOLD) else { return };
    let diagnostic = Diagnostic::new(Code::Contradiction, "the title gives another day than the text")
        .at(&text.source.shown, &text.source.text, title.span)
        .label("the day in the title")
        .also(&text.source.shown, &text.source.text, body.span, "the day in the text, which is used");
    claims.report(Code::Contradiction, || diagnostic);
}

/// Days that are weaker than this stand anywhere in the text, and may be of anything.
const TOLD: u8 = 90;

/// `Incident from: 2031-05-04`, `Incident till: 2031-05-01`: days alone, the wrong way round.
fn last_day(text: &Text<'_>, claims: &mut Claims<'_>) {
    let (Some((start, a, from)), Some((end, b, to))) = (day_of(text, Label::Start), day_of(text, Label::End))
    else {
        return;
    };
    if end < start {
        let span = |n: usize, range: Range<usize>| text.evidence(n, range).0;
        let diagnostic = Diagnostic::new(Code::EndBeforeStart, "the end is before the start")
            .at(&text.source.shown, &text.source.text, span(b, to))
            .label("the end")
            .also(&text.source.shown, &text.source.text, span(a, from), "the start");
        claims.report(Code::EndBeforeStart, || diagnostic);
    }
}

/// The day that a field gives without a time; where both are written, moments are compared later.
fn day_of(text: &Text<'_>, label: Label) -> Option<(Date, usize, Range<usize>)> {
    let passage = text.fields(label).into_iter().next()?;
    let times = text.times(passage.block);
    let inside = |range: &Range<usize>| passage.range.start <= range.start && range.end <= passage.range.end;
    let found = times.dates.iter().find(|found| inside(&found.range) && times.clocks.is_empty())?;
    Some((text.hints.resolve(found.value)?, passage.block, found.range.clone()))
}
