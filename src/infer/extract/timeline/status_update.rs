//! The updates of a status page: `**Resolved** - Mar 12, 17:40 UTC` or `### Update 14:05`, each with what was said
//! then below it. Such a log is written while it happens, most often with the newest update on top.

use crate::diagnostic::Span;
use crate::document::{Block, Kind, Label};
use crate::incident::{Event, Moment};
use crate::infer::context::text::{Text, one_line};
use crate::infer::extract::timeline::timestamp::{is_joint, is_separator};
use crate::language::{Clock, Found, Times, Written};
use jiff::civil::Date;

/// What an update calls itself, as the first word of its line.
#[rustfmt::skip]
const STATES: &[&str] = &[
    "investigating", "identified", "monitoring", "resolved", "update", "updated", "mitigated", "fixed", "recovering", "verifying",
    "completed", "postmortem", "detected", "acknowledged", "watching", "degraded", "outage", "closed", "recovered", "restored",
];

/// Fewest updates that make a log of them.
const FEWEST: usize = 2;

/// Most words that may stand beside the state and the time: `Central Time`, `(all regions)`.
const BESIDE: usize = 3;

/// The updates in the order of the text; none when the text is no log of them.
pub fn events(text: &Text<'_>) -> Vec<Event> {
    let heads = heads(text);
    let ends = heads.iter().skip(1).map(|(n, _)| *n).chain([text.blocks.end]);
    let day = written_on(text);
    heads.iter().zip(ends).map(|((n, head), end)| event(text, *n, head, end, day)).collect()
}

/// The updates of a log that has the time below what was said: `**Resolved** - All is well again.` and `Nov 15, 17:42 UTC`.
/// Nothing when the text is no such log, and no events when the days of its updates cannot be told.
pub fn stamped_below(text: &Text<'_>) -> Option<Vec<Event>> {
    let found: Vec<Stamped> = text.blocks().filter_map(|(n, block)| stamped(text, n, block)).collect();
    let days: Vec<Option<Date>> = found.iter().map(|one| text.hints.resolve(one.date?)).collect();
    let known = days.iter().all(Option::is_some)
        || found.iter().all(|one| one.date.is_none() || one.date == found[0].date);
    let event = |one: &Stamped, day: &Option<Date>| {
        let at = Moment {
            date: day.or_else(|| written_on(text)).filter(|_| one.date.is_none() || day.is_some()),
            time: one.clock.time(),
        };
        let line = text.document.line(one.span.start as usize);
        with_words(at, one.words.clone(), line, one.span)
    };
    let events = || found.iter().zip(&days).map(|(one, day)| event(one, day)).collect();
    (found.len() >= FEWEST).then(|| if known { events() } else { Vec::new() })
}

/// An update over its time.
struct Stamped {
    date: Option<Written>,
    clock: Clock,
    words: String,
    span: Span,
}

/// A paragraph that begins with a state and a dash, and the time on its last line or alone below it.
fn stamped(text: &Text<'_>, n: usize, block: &Block) -> Option<Stamped> {
    let words = block.text().trim_end();
    let first = words.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty())?;
    let state = STATES.iter().find(|state| state.eq_ignore_ascii_case(first))?;
    if block.kind != Kind::Paragraph || !is_dashed(words, state) {
        return None;
    }
    let (said, stamp, mut span) = match words.rsplit_once('\n') {
        Some((said, stamp)) if is_stamp(stamp) => (said, stamp, block.span),
        _ => {
            let below =
                (n + 1 < text.blocks.end).then(|| text.block(n + 1)).filter(|below| below.is_prose())?;
            (words, below.text(), block.span)
        }
    };
    let times = Times::of(stamp);
    let timed_above = !Times::of(said.lines().next().unwrap_or_default()).clocks.is_empty();
    if !is_stamp(stamp) || timed_above {
        return None;
    }
    span.end = span.end.max(block.span.end);
    let clock = times.clocks.first()?.value.clone();
    let date = times.dates.first().map(|found| found.value);
    Some(Stamped { date, clock, words: one_line(said.trim_start_matches(is_joint)), span })
}

/// Whether a line holds nothing but a time of the day, with its day and its zone.
fn is_stamp(line: &str) -> bool {
    let times = Times::of(line);
    let [clock] = times.clocks.as_slice() else { return false };
    let zone = clock.value.zone.as_ref().map_or(0, |zone| zone.range.len());
    let told = clock.range.len() + zone + times.dates.iter().map(|date| date.range.len()).sum::<usize>();
    let marks = line.chars().filter(|c| !c.is_alphanumeric()).map(char::len_utf8).sum::<usize>();
    clock.value.time().is_some() && line.len() <= told + marks.min(12) + BESIDE
}

fn with_words(at: Moment, text: String, line: u32, span: Span) -> Event {
    Event { at, text, line, span, minutes: None, phase: None }
}

/// The blocks that open an update, where there are enough for a log.
fn heads<'t>(text: &'t Text<'_>) -> Vec<(usize, Head<'t>)> {
    let heads: Vec<(usize, Head<'_>)> = text
        .blocks()
        .filter_map(|(n, block)| Some((n, head(text, n, block)?)))
        .filter(|(n, head)| !head.said.is_empty() || is_followed(text, *n))
        .collect();
    let stated = heads.iter().filter(|(_, head)| head.state.is_some()).count();
    let enough = heads.len() >= FEWEST && stated > 0 && (stated >= FEWEST || stated + 1 == heads.len());
    let known = heads.iter().all(|(_, head)| !head.of_unknown_day);
    if enough && known { heads } else { Vec::new() }
}

/// What the first line of an update says.
struct Head<'t> {
    state: Option<&'t str>,
    date: Option<Date>,
    /// A day is written, and nothing tells its year: then no time can be told from that of another day.
    of_unknown_day: bool,
    clock: &'t Clock,
    /// What was said, where it begins behind the time: `Resolved - 5 PM: All is well`.
    said: &'t str,
}

/// A heading or a paragraph that begins with a state and a time; a heading may be the time alone.
fn head<'t>(text: &'t Text<'_>, n: usize, block: &'t Block) -> Option<Head<'t>> {
    let heading = matches!(block.kind, Kind::Heading(_));
    if !heading && block.kind != Kind::Paragraph {
        return None;
    }
    let words = block.text().trim();
    let times = text.times(n);
    let [found] = times.clocks.as_slice() else { return None };
    found.value.time()?;
    let first = words.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty()).unwrap_or_default();
    let state = STATES.iter().any(|state| state.eq_ignore_ascii_case(first)).then_some(first);
    let bare = !words.contains('\n')
        && beside(text, n, found).saturating_sub(usize::from(state.is_some())) <= BESIDE;
    let said = state.and_then(|state| said_behind(block.text(), state, times)).filter(|_| !bare);
    let dashed = heading || state.is_some_and(|state| is_dashed(words, state));
    let date = times.dates.first().and_then(|date| text.hints.resolve(date.value));
    let of_unknown_day = date.is_none() && !times.dates.is_empty();
    ((bare || said.is_some()) && dashed && (state.is_some() || heading)).then_some(Head {
        state,
        date,
        of_unknown_day,
        clock: &found.value,
        said: said.unwrap_or_default(),
    })
}

/// The words behind a colon or a dash that follows the time, where nothing but the day and marks part it from the state.
fn said_behind<'t>(words: &'t str, state: &str, times: &Times) -> Option<&'t str> {
    let clock = times.clocks.first()?;
    let zone = clock.value.zone.as_ref().map(|zone| zone.range.clone());
    let ranges = times.dates.iter().map(|date| date.range.clone()).chain([clock.range.clone()]).chain(zone);
    let (start, end) =
        ranges.fold((words.len(), 0), |(start, end), range| (start.min(range.start), end.max(range.end)));
    let open = words.len() - words.trim_start_matches(is_joint).len() + state.len();
    let joined = words.get(open..start)?.chars().all(is_joint);
    let behind = words[end..].trim_start_matches(['*', '_', ')', ']', ' ']);
    let said = behind.strip_prefix([':', '-', '–', '—'])?.trim_matches(['*', '_', '#', ' ', '\n']);
    (joined && !said.is_empty()).then_some(said)
}

/// Whether a dash follows the state: a colon makes it a field of the report.
fn is_dashed(words: &str, state: &str) -> bool {
    let behind = words.trim_start_matches(is_joint).get(state.len()..).unwrap_or_default();
    behind.trim_start_matches(['*', '_', ' ']).starts_with(['-', '–', '—', '|', '(', '@'])
}

/// How many words stand beside the day, the time and its zone.
fn beside(text: &Text<'_>, n: usize, clock: &Found<Clock>) -> usize {
    let times = text.times(n);
    let zone = clock.value.zone.as_ref().map(|zone| zone.range.clone());
    let taken: Vec<_> =
        times.dates.iter().map(|date| date.range.clone()).chain([clock.range.clone()]).chain(zone).collect();
    let words = text.scan(n).words.tokens().iter();
    words.filter(|token| !taken.iter().any(|range| range.contains(&(token.start as usize)))).count()
}

/// Whether prose stands below, and no field of a report.
fn is_followed(text: &Text<'_>, n: usize) -> bool {
    let next = (n + 1..text.blocks.end).next().map(|next| text.block(next));
    next.is_some_and(|next| {
        let known = next.field.as_ref().is_some_and(|field| field.label != Label::Other);
        (next.is_prose() || next.quoted) && !known
    })
}

fn event(text: &Text<'_>, n: usize, head: &Head<'_>, end: usize, day: Option<Date>) -> Event {
    let block = text.block(n);
    let said: Vec<usize> = (n + 1..end)
        .take_while(|next| {
            text.block(*next).is_prose() && !matches!(text.block(*next).kind, Kind::Heading(_))
        })
        .collect();
    let words = said.iter().map(|next| one_line(text.block(*next).text()));
    let state = head.state.map(str::to_owned);
    let opening = Some(one_line(head.said)).filter(|said| !said.is_empty());
    let opening = opening.map(|said| if said.ends_with(['.', '!', '?', ':']) { said } else { said + "." });
    let told = opening.into_iter().chain(words).collect::<Vec<_>>().join(" ");
    let words: Vec<String> = state.into_iter().chain([told]).collect();
    let mut span = block.span;
    span.end = said.last().map_or(span.end, |last| text.block(*last).span.end);
    let at = Moment { date: head.date.or(day), time: head.clock.time() };
    let words = words.join("; ").trim_start_matches(is_separator).to_owned();
    with_words(at, words, text.document.line(span.start as usize), span)
}

/// The day on which the log was written, for times without a day.
fn written_on(text: &Text<'_>) -> Option<Date> {
    let field = || {
        let passage = text.fields(Label::DocumentDate).into_iter().next()?;
        let dates = &text.times(passage.block).dates;
        dates.iter().find_map(|found| text.hints.resolve(found.value))
    };
    field().or(text.hints.written_on)
}
