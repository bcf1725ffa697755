//! The walk over the blocks of a timeline: what begins with a time is an event, what follows without one belongs to it.

use crate::diagnostic::Span;
use crate::document::{Block, Kind, Label};
use crate::incident::{Event, Moment};
use crate::infer::context::text::Text;
use crate::infer::context::text::one_line;
use crate::infer::extract::timeline::columns::Columns;
use crate::infer::extract::timeline::event_text::{is_remark, tidy_end, tidy_start};
use crate::infer::extract::timeline::timestamp::{is_joint, is_separator, lead};
use crate::language::{self, At, Clock, Form, Found, Part, Times, Written};
use jiff::civil::Date;
use std::ops::Range;

/// Fewest lines with a time that make a timeline where no heading announces one.
pub(super) const FEWEST: usize = 3;

/// What counts as an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pass {
    /// A time at the beginning, or at the very end.
    Leading,
    /// A time anywhere in a line.
    Anywhere,
    /// A time at the beginning of a line between fences, where a timeline has nothing else.
    Fenced,
    /// A time at the beginning, outside of any timeline: no dates alone, no weak forms.
    Elsewhere,
}

/// An event that may still grow.
struct Open {
    event: Event,
    section: usize,
    indent: usize,
    kind: Kind,
    /// Nothing but a time stood on its line.
    time_alone: bool,
    /// Only a day is known, and it stood alone: it may be a heading over timed lines.
    day_alone: bool,
    closed: bool,
}

/// A sentence that begins with a time, and those behind it that don't.
struct Sentence {
    at: Moment,
    minutes: Option<i64>,
    words: String,
    range: Range<usize>,
}

pub(super) struct Walk<'t, 'a> {
    text: &'t Text<'a>,
    pass: Pass,
    day: Option<Date>,
    /// Whether a sentence gave that day for all events, so that the day of one is not that of the next.
    day_of_all: bool,
    /// Of the last table.
    columns: Columns,
    events: Vec<Open>,
}

impl<'t, 'a> Walk<'t, 'a> {
    pub(super) fn over(text: &'t Text<'a>, blocks: &[usize], pass: Pass) -> Vec<Event> {
        let mut walk = Walk {
            text,
            pass,
            day: None,
            day_of_all: false,
            columns: Columns::default(),
            events: Vec::new(),
        };
        let mut last = None;
        for n in blocks {
            if last.is_some_and(|last| last + 1 != *n) {
                walk.close();
            }
            walk.block(*n);
            last = Some(*n);
        }
        let whole = walk.events.into_iter().filter(|open| !open.event.text.is_empty());
        whole.map(|open| with_phase(open.event)).collect()
    }

    fn block(&mut self, n: usize) {
        let block = self.text.block(n);
        match block.kind {
            Kind::Fence if self.pass == Pass::Fenced => self.fence(block),
            _ if self.pass == Pass::Fenced => {}
            Kind::Rule | Kind::Fence => {}
            Kind::Row { head: true } => self.columns = Columns::of(block),
            Kind::Row { head: false } => self.row(n),
            _ if is_fact(block) && !self.is_key_event(n, block) => self.close(),
            _ => self.prose(n, block),
        }
    }

    /// `- First detected: 2023-02-02 10:14`: a turning point in full, in a list of them.
    fn is_key_event(&self, n: usize, block: &Block) -> bool {
        const TURNS: &[Label] = &[Label::Detected, Label::Acknowledged, Label::Mitigated, Label::End];
        let turns = block.field.as_ref().is_some_and(|field| TURNS.contains(&field.label));
        let times = self.text.times(n);
        let bare = || {
            times.dates.len() == 1
                && times.clocks.len() == 1
                && block.text().len() - block.value().start <= 30
        };
        block.is_item() && turns && bare()
    }

    fn close(&mut self) {
        if let Some(last) = self.events.last_mut() {
            last.closed = true;
        }
    }

    fn prose(&mut self, n: usize, block: &'a Block) {
        let text = block.text();
        let told = if self.pass == Pass::Leading && block.kind == Kind::Paragraph {
            self.told(n)
        } else {
            Vec::new()
        };
        if told.len() >= FEWEST {
            for one in told {
                self.day = one.at.date.or(self.day);
                self.add(n, Moment { date: self.day, ..one.at }, one.minutes, one.words, one.range);
            }
            return self.close();
        }
        match lead(text, self.text.times(n), self.text.hints) {
            Some(lead) if lead.clock.is_some() || self.pass != Pass::Elsewhere => {
                self.leading(n, block, &lead)
            }
            _ => match self.trailing(n, block) {
                Some((date, clock, words)) => {
                    self.add(n, self.moment(date, Some(&clock)), elapsed(&clock), words, 0..text.len())
                }
                None => {
                    self.note_day(n);
                    self.go_on(block);
                }
            },
        }
    }

    /// A timeline told in sentences: `At 10:00 the gate jammed. At 10:05 we called. By 10:20 …`. What is said
    /// without a time belongs to the sentence before it.
    fn told(&self, n: usize) -> Vec<Sentence> {
        if self.text.times(n).clocks.len() < FEWEST {
            return Vec::new();
        }
        let text = self.text.block(n).text();
        let mut found: Vec<Sentence> = Vec::new();
        for range in self.text.sentences(n) {
            let words = &text[range.clone()];
            let times = Times::of(words);
            match lead(words, &times, self.text.hints)
                .and_then(|lead| Some((lead.date, lead.clock?, lead.end)))
            {
                Some((date, clock, end)) => found.push(Sentence {
                    at: Moment { date, time: clock.time() },
                    minutes: elapsed(clock),
                    words: one_line(tidy_start(&words[end..])),
                    range: range.clone(),
                }),
                None => {
                    let Some(last) = found.last_mut() else { continue };
                    last.words = format!("{} {}", last.words, one_line(words));
                    last.range.end = range.end;
                }
            }
        }
        found
    }

    /// "Unless noted otherwise, all events happened on 4 May 2031."
    fn note_day(&mut self, n: usize) {
        let (times, block) = (self.text.times(n), self.text.block(n));
        let [date] = times.dates.as_slice() else { return };
        let all = || {
            let lower = block.text().to_lowercase();
            [
                "all events",
                "all times",
                "all of the events",
                "events happened",
                "events took place",
                "events occurred",
                "events are on",
            ]
            .iter()
            .any(|words| lower.contains(words))
        };
        if times.clocks.is_empty() && block.kind == Kind::Paragraph && all() {
            let day = self.text.hints.resolve(date.value);
            (self.day, self.day_of_all) = (day.or(self.day), day.is_some());
        }
    }

    fn leading(
        &mut self,
        n: usize,
        block: &Block,
        lead: &crate::infer::extract::timeline::timestamp::Lead<'_>,
    ) {
        let text = block.text();
        let words = one_line(tidy_end(tidy_start(&text[lead.end..])));
        let words = if is_remark(&words) { String::new() } else { words };
        let bare_day = lead.clock.is_none() && words.is_empty();
        if let Some(date) = lead.date {
            self.day = self.day.filter(|_| self.day_of_all).or(Some(date));
        } else if lead.clock.is_none() {
            return self.go_on(block);
        }
        if lead.clock.is_some()
            && self.events.last().is_some_and(|last| last.day_alone && lead.date.is_none())
        {
            self.events.pop();
        }
        if self.pass == Pass::Elsewhere && weak(lead.clock) {
            return self.go_on(block);
        }
        let moment = self.moment(lead.date, lead.clock);
        let empty = words.is_empty();
        self.add(n, moment, lead.clock.and_then(elapsed), words, 0..text.len());
        if let Some(last) = self.events.last_mut() {
            last.day_alone = bare_day;
            last.time_alone = empty;
        }
    }

    fn moment(&self, date: Option<Date>, clock: Option<&Clock>) -> Moment {
        Moment { date: date.or(self.day), time: clock.and_then(Clock::time) }
    }

    /// A time at the end of a line or in brackets behind a few words; anywhere when nothing leads.
    fn trailing(&self, n: usize, block: &Block) -> Option<(Option<Date>, Clock, String)> {
        let nested = self.events.last().is_some_and(|last| !last.closed && block.indent > last.indent);
        let (text, times) = (block.text(), self.text.times(n));
        let near = |date: &Found<Written>, found: &Found<Clock>| {
            date.range.end <= found.range.start && found.range.start - date.range.end <= 4
        };
        let weak =
            |found: &Found<Clock>| matches!(found.value.form, Form::Dotted | Form::Compact | Form::Hours);
        let dated = |found: &Found<Clock>| times.dates.iter().any(|date| near(date, found));
        let found = times
            .clocks
            .iter()
            .find(|found| (!weak(found) || dated(found)) && found.value.part != Part::To)?;
        let end =
            found.value.zone.as_ref().map_or(found.range.end, |zone| zone.range.end.max(found.range.end));
        let rest = text[end..].trim_start_matches([')', ']', '.', ' ', '*']);
        let labelled =
            text[end..].trim_start_matches([')', ']', '*', ' ']).starts_with(':') && found.range.start < 80;
        let date = times.dates.iter().find(|date| near(date, found));
        let start = date.map_or(found.range.start, |date| date.range.start);
        let anywhere = self.pass == Pass::Anywhere
            && (block.is_item() || block.kind == Kind::Paragraph)
            && text.len() < 400;
        let closes = block.is_item() && (rest.is_empty() || (text[end..].starts_with(". ") && end < 160));
        if self.pass == Pass::Elsewhere || nested || !(closes || labelled || anywhere) {
            return None;
        }
        let words = match rest.is_empty() || labelled {
            true => format!(
                "{} {}",
                text[..start].trim_end_matches(is_joint),
                text[end..].trim_start_matches(is_separator)
            ),
            false => text.to_owned(),
        };
        let words = tidy_end(words.trim().trim_end_matches(" at").trim_end_matches(" on"));
        let mut clock = found.value.clone();
        if clock.time().is_none() {
            clock.at = At::Placeholder;
        }
        let date = date.and_then(|date| self.text.hints.resolve(date.value));
        (!words.is_empty() && clock.time().is_some()).then(|| (date, clock, one_line(words)))
    }

    fn add(&mut self, n: usize, at: Moment, minutes: Option<i64>, text: String, range: Range<usize>) {
        let (span, _, _) = self.text.evidence(n, range);
        self.push(self.text.block(n), at, minutes, text, span);
    }

    fn push(&mut self, block: &Block, at: Moment, minutes: Option<i64>, text: String, span: Span) {
        let line = self.text.document.line(span.start as usize);
        let event = Event { at, text, line, span, minutes, phase: None };
        let (section, indent, kind) = (block.section, block.indent, block.kind);
        self.events.push(Open {
            event,
            section,
            indent,
            kind,
            time_alone: false,
            day_alone: false,
            closed: false,
        });
    }

    /// A block without a time: part of the last event, or none of the timeline's business.
    fn go_on(&mut self, block: &Block) {
        let document = self.text.document;
        if let (Kind::Heading(level), Some(last)) = (block.kind, self.events.last_mut()) {
            last.closed |= !matches!(last.kind, Kind::Heading(above) if above < level);
        }
        let Some(last) = self.events.last_mut().filter(|last| !last.closed) else { return };
        let inside = block.section == last.section || document.sections[block.section].parent == last.section;
        let belongs = match last.kind {
            Kind::Heading(_) => inside,
            _ if block.indent > last.indent => true,
            _ if last.time_alone => {
                block.section == last.section && (last.event.text.is_empty() || block.is_item() || !block.gap)
            }
            Kind::Paragraph => {
                block.kind == Kind::Paragraph && block.section == last.section && block.field.is_none()
            }
            _ => false,
        };
        if !belongs || (self.pass == Pass::Elsewhere && !last.time_alone) {
            last.closed = true;
            return;
        }
        let text = &mut last.event.text;
        if !text.is_empty() {
            text.push_str(if text.ends_with(|c: char| c.is_ascii_punctuation() && !matches!(c, ')' | '"')) {
                " "
            } else {
                "; "
            });
        }
        last.event.text.push_str(&one_line(block.text()));
        last.event.span.end = block.span.end.max(last.event.span.end);
    }

    fn fence(&mut self, block: &Block) {
        let mut at = block.span.start as usize;
        for line in self.text.source.text[block.span.range()].split_inclusive('\n') {
            let times = Times::of(line);
            let span = Span::new(at, at + line.trim_end().len());
            at += line.len();
            match lead(line, &times, self.text.hints) {
                Some(lead) if lead.clock.is_some() => {
                    self.day = lead.date.or(self.day);
                    let words = one_line(tidy_end(tidy_start(&line[lead.end..])));
                    let moment = self.moment(lead.date, lead.clock);
                    self.push(block, moment, lead.clock.and_then(elapsed), words, span);
                }
                Some(lead) => self.day = lead.date.or(self.day),
                None => self.go_on_fenced(line, span),
            }
        }
    }

    /// A line between fences without a time, when it is no fence itself.
    fn go_on_fenced(&mut self, line: &str, span: Span) {
        let goes_on = !line.trim().is_empty() && !line.trim_start().starts_with(['`', '~']);
        let Some(last) = self.events.last_mut().filter(|_| goes_on) else { return };
        last.event.text.push_str(if last.event.text.is_empty() { "" } else { " " });
        last.event.text.push_str(&one_line(line));
        last.event.span.end = span.end;
    }

    fn row(&mut self, n: usize) {
        let block = self.text.block(n);
        let times = self.text.times(n);
        let (mut date, mut clock, mut words) = (None, None, Vec::new());
        for (column, cell) in block.cells.iter().enumerate() {
            let when = self.columns.when.contains(&column)
                || (self.columns.when.is_empty() && column == self.columns.first());
            if self.columns.numbers.contains(&column) || self.columns.repeats(column) {
                continue;
            }
            if !when {
                words.extend(
                    Some(one_line(&block.text()[cell.clone()]))
                        .filter(|cell| !crate::infer::context::text::is_placeholder(cell)),
                );
                continue;
            }
            let dates = language::within(&times.dates, cell);
            let day_alone = || {
                day_and_month(&block.text()[cell.clone()])
                    .and_then(|written| self.text.hints.resolve(written))
            };
            date = date
                .or_else(|| dates.iter().find_map(|found| self.text.hints.resolve(found.value)))
                .or_else(day_alone);
            clock = clock.or_else(|| language::within(&times.clocks, cell).first().map(|found| &found.value));
        }
        self.day = date.or(self.day);
        let placed =
            date.is_some() || clock.is_some_and(|clock| clock.time().is_some() || elapsed(clock).is_some());
        if placed && !words.is_empty() {
            let at = self.moment(date, clock);
            self.add(n, at, clock.and_then(elapsed), words.join(" — "), 0..block.text().len());
            self.close();
        }
    }
}

/// An event with the turning point that its words tell of.
pub(super) fn with_phase(event: Event) -> Event {
    Event { phase: crate::infer::extract::time::milestones::phase_of(&event.text), ..event }
}

/// `1/28` as all that a cell for days and times holds.
fn day_and_month(cell: &str) -> Option<Written> {
    let (first, second) = cell.trim().split_once('/')?;
    let number =
        |part: &str| part.parse::<i8>().ok().filter(|number| (1..=31).contains(number) && part.len() <= 2);
    Some(Written::Pair { first: number(first)?, second: number(second)?, weekday: None })
}

/// `Detection Time: 2 PM`: a fact in a timeline's place, and no event.
fn is_fact(block: &Block) -> bool {
    const FACTS: &[Label] = &[
        Label::Start,
        Label::End,
        Label::Detected,
        Label::Acknowledged,
        Label::Mitigated,
        Label::Duration,
        Label::Period,
        Label::Date,
    ];
    block.field.as_ref().is_some_and(|field| FACTS.contains(&field.label) && field.value < block.text().len())
}

/// Forms that can be any number; they count only where a timeline is announced.
fn weak(clock: Option<&Clock>) -> bool {
    clock.is_none_or(|clock| {
        matches!(clock.form, Form::Dotted | Form::Hours | Form::Compact | Form::Word)
            || clock.time().is_none()
    })
}

fn elapsed(clock: &Clock) -> Option<i64> {
    match clock.at {
        At::Elapsed(minutes) => Some(minutes.into()),
        _ => None,
    }
}
