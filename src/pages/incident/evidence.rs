//! Which words each fact was read from, and where the page shows them: marked in
//! the text, or as a typed line under Source.

use super::{is_typed, sentence};
use crate::diagnostic::Span;
use crate::document::Syntax;
use crate::document::html::Mark;
use crate::incident::{Incident, Known, Origin};
use crate::infer::rules;
use crate::pages::english;
use crate::pages::view::views;
use std::collections::BTreeMap;

/// Longest quote that opens below a fact, in characters.
const QUOTE: usize = 400;

views! {
    /// A line of front matter that facts were typed in.
    pub struct TypedView {
        /// Its anchor in the page.
        pub id: String,
        /// The line, as typed.
        pub text: String,
        /// Its number in the document.
        pub line: usize,
    }

    /// The words that a fact was read from.
    pub struct EvidenceView {
        /// What stands before the words in their sentence.
        pub before: String,
        /// The words, or the typed line.
        pub quote: String,
        /// What stands behind the words in their sentence.
        pub after: String,
        /// Whether they are typed data and not prose.
        pub typed: bool,
        /// Where they stand, such as `Under “Impact”, line 18`.
        pub place: String,
        /// Why they were read so, such as `A label names the severity`; empty for typed data.
        pub how: String,
        /// Anchor of the marked words or the typed line; nothing when the page does not show them.
        pub href: Option<String>,
    }
}

/// A mark and the facts that it is evidence of.
#[derive(Debug)]
struct Passage {
    span: Span,
    id: String,
    names: Vec<String>,
}

/// The evidence of one page.
#[derive(Debug)]
pub struct Evidence<'a> {
    text: &'a str,
    lines: Vec<&'a str>,
    headings: Vec<(u32, String)>,
    passages: Vec<Passage>,
    marks: Vec<Mark>,
    /// Ids of the marks that the text really shows.
    shown: Vec<String>,
    typed: BTreeMap<u32, String>,
}

impl<'a> Evidence<'a> {
    /// Collects what the facts of all incidents of a document were read from.
    pub fn new(incidents: &[&Incident], text: &'a str) -> Evidence<'a> {
        let mut passages: Vec<Passage> = incidents.iter().flat_map(|incident| passages(incident)).collect();
        passages.sort_by_key(|passage| (passage.span.start, passage.span.end));
        let passages = merged(passages);
        let lines: Vec<&str> = text.lines().collect();
        Evidence {
            headings: headings(&lines),
            marks: marks(&passages, text),
            passages,
            text,
            lines,
            shown: Vec::new(),
            typed: BTreeMap::new(),
        }
    }

    /// What is marked in the text: in order, none overlapping another.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// Only marks that the rendered text holds can be linked to: words inside code or
    /// a link's address cannot be marked.
    pub fn keep_rendered(&mut self, html: &str) {
        let ids = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next());
        self.shown = ids.filter(|id| id.starts_with("ev-")).map(str::to_owned).collect();
        self.shown.sort();
    }

    /// The syntax of the front matter that the document has, or could have.
    pub fn syntax(&self) -> Syntax {
        match self.text.trim_start() {
            text if text.starts_with("+++") => Syntax::Toml,
            text if text.starts_with('{') => Syntax::Json,
            _ => Syntax::Yaml,
        }
    }

    pub fn any_marked(&self) -> bool {
        !self.shown.is_empty()
    }

    /// The evidence of one value; `None` when it has no line.
    pub fn of<T>(&mut self, known: &Known<T>) -> Option<EvidenceView> {
        if known.line == 0 || matches!(known.origin, Origin::Derived | Origin::FileName) {
            return None;
        }
        match is_typed(known.origin) {
            true => Some(self.typed_line(known.line, &known.quote)),
            false => Some(self.passage(known)),
        }
    }

    /// The typed lines that were asked for, in order.
    pub fn typed(&self) -> Vec<TypedView> {
        let view = |(line, text): (&u32, &String)| TypedView {
            id: format!("src-{line}"),
            text: text.clone(),
            line: *line as usize,
        };
        self.typed.iter().map(view).collect()
    }

    fn typed_line(&mut self, line: u32, quote: &str) -> EvidenceView {
        let whole =
            self.lines.get(line.saturating_sub(1) as usize).map(|text| text.trim_end()).unwrap_or_default();
        // A list or block below its key says nothing in the key's own line.
        let is_bare = whole.trim_end().ends_with([':', '|', '>', '[', '{', '=']);
        let text = match is_bare && !quote.is_empty() && !whole.contains(quote) {
            true => format!("{} {quote}", whole.trim()),
            false if whole.trim().is_empty() => quote.to_owned(),
            false => whole.trim().to_owned(),
        };
        let text = english::clip(&text, QUOTE);
        self.typed.insert(line, text.clone());
        let place = format!("Front matter, line {line}");
        EvidenceView {
            before: String::new(),
            quote: text,
            after: String::new(),
            typed: true,
            place,
            how: String::new(),
            href: Some(format!("#src-{line}")),
        }
    }

    fn passage<T>(&self, known: &Known<T>) -> EvidenceView {
        let holds =
            |passage: &&Passage| passage.span.start <= known.span.start && known.span.end <= passage.span.end;
        let passage = (!known.span.is_empty()).then(|| self.passages.iter().find(holds)).flatten();
        let is_shown = |passage: &&Passage| self.shown.binary_search(&passage.id).is_ok();
        let alone = || [String::new(), english::clip(&known.quote, QUOTE), String::new()];
        let [before, quote, after] = sentence::around(self.text, known.span).unwrap_or_else(alone);
        EvidenceView {
            before,
            quote,
            after,
            typed: false,
            place: self.place(known.line),
            how: english::capital(rules::why(known.rule)),
            href: passage.filter(is_shown).map(|passage| format!("#{}", passage.id)),
        }
    }

    fn place(&self, line: u32) -> String {
        let at = self.headings.partition_point(|(heading, _)| *heading < line);
        match at.checked_sub(1).map(|at| &self.headings[at].1) {
            Some(heading) => format!("Under “{heading}”, line {line}"),
            None => format!("Line {line}"),
        }
    }
}

/// One fact's passage, when it is prose that can be marked.
fn passage<T>(id: &str, name: &str, known: Option<&Known<T>>) -> Option<Passage> {
    let known = known?;
    let is_prose = matches!(known.origin, Origin::Prose | Origin::Field | Origin::Section);
    (is_prose && !known.span.is_empty()).then(|| Passage {
        span: known.span,
        id: format!("ev-{id}"),
        names: vec![name.to_owned()],
    })
}

fn passages(incident: &Incident) -> Vec<Passage> {
    let suffix = if incident.nth > 1 { format!("-{}", incident.nth) } else { String::new() };
    let of = |id: &str| format!("{id}{suffix}");
    let service = |(n, service): (usize, &Known<String>)| {
        passage(&of(&format!("service-{}", n + 1)), "Services", Some(service))
    };
    let cause = |(n, cause)| passage(&of(&format!("cause-{}", n + 1)), "Cause", Some(cause));
    let single = [
        passage(&of("date"), "When", incident.date.as_ref()),
        passage(&of("start"), "When", incident.start.as_ref()),
        passage(&of("zone"), "Zone", incident.zone.as_ref()),
        passage(&of("end"), "Until", incident.end.as_ref()),
        passage(&of("duration"), "Duration", incident.duration.as_ref()),
        passage(&of("affected"), "Impact", incident.affected.as_ref()),
        passage(&of("impact"), "Impact", incident.impact.as_ref().filter(|_| incident.affected.is_none())),
        passage(&of("severity"), "Severity", incident.severity.as_ref()),
        passage(&of("root-cause"), "Why", incident.root_cause.as_ref()),
        passage(&of("resolution"), "What fixed it", incident.resolution.as_ref()),
        passage(&of("detection"), "Detection", incident.detection.as_ref()),
    ];
    let causes = incident.causes.iter().enumerate().filter_map(cause);
    let services = incident.services.iter().enumerate().filter_map(service);
    single.into_iter().flatten().chain(causes).chain(services).collect()
}

/// Passages that share words become one, named after all their facts.
fn merged(passages: Vec<Passage>) -> Vec<Passage> {
    let mut merged: Vec<Passage> = Vec::new();
    for passage in passages {
        match merged.last_mut().filter(|last| passage.span.start < last.span.end) {
            Some(last) => {
                last.span.end = last.span.end.max(passage.span.end);
                last.names.extend(passage.names);
                last.names.dedup();
            }
            None => merged.push(passage),
        }
    }
    merged
}

/// A mark for each passage. Of neighbours on one line that say the same fact, the first names it.
fn marks(passages: &[Passage], text: &str) -> Vec<Mark> {
    let is_said = |n: usize| {
        let Some(before) = n.checked_sub(1).map(|before| &passages[before]) else { return false };
        let between = text.get(before.span.end as usize..passages[n].span.start as usize);
        before.names == passages[n].names && between.is_some_and(|between| !between.contains('\n'))
    };
    let fact = |n: usize| if is_said(n) { String::new() } else { passages[n].names.join(", ") };
    passages
        .iter()
        .enumerate()
        .map(|(n, passage)| Mark { span: passage.span, id: passage.id.clone(), fact: fact(n) })
        .collect()
}

/// Lines that are Markdown headings, with their words; those inside code blocks are not.
fn headings(lines: &[&str]) -> Vec<(u32, String)> {
    let mut headings = Vec::new();
    let mut in_code = false;
    for (n, line) in (1..).zip(lines) {
        if line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~") {
            in_code = !in_code;
        }
        let words = line.trim_start_matches('#');
        let level = line.len() - words.len();
        if !in_code && (1..=6).contains(&level) && words.starts_with(' ') {
            headings.push((n, words.trim().trim_end_matches('#').trim().replace(['*', '`', '_'], "")));
        }
    }
    headings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(line: u32, start: usize, end: usize) -> Known<String> {
        Known {
            value: "x".to_owned(),
            origin: Origin::Prose,
            span: Span::new(start, end),
            line,
            quote: "the words".to_owned(),
            rule: "test",
        }
    }

    #[test]
    fn facts_read_from_the_same_words_share_a_mark() {
        let incident = Incident {
            impact: Some(known(3, 10, 30)),
            root_cause: Some(known(3, 20, 40)),
            ..Incident::default()
        };
        let evidence = Evidence::new(&[&incident], "# A\n\nsome words of a text that is longer\n");
        assert_eq!(evidence.marks().len(), 1);
        assert_eq!(
            (evidence.marks()[0].span, evidence.marks()[0].fact.as_str()),
            (Span::new(10, 40), "Impact, Why")
        );
    }

    #[test]
    fn a_fact_is_named_once_a_line() {
        let services = vec![known(1, 0, 3), known(1, 5, 8), known(2, 9, 12)];
        let incident = Incident { services, ..Incident::default() };
        let evidence = Evidence::new(&[&incident], "one, two\nthree\n");
        let facts: Vec<&str> = evidence.marks().iter().map(|mark| mark.fact.as_str()).collect();
        assert_eq!(facts, ["Services", "", "Services"]);
    }

    #[test]
    fn only_marks_that_are_shown_are_linked_to() {
        let incident = Incident { root_cause: Some(known(3, 10, 20)), ..Incident::default() };
        let mut evidence = Evidence::new(&[&incident], "# Cause\n\nsome words of a text\n");
        let value = incident.root_cause.expect("given above");
        let before = evidence.of(&value).expect("it has a line");
        assert_eq!((before.href, before.place.as_str()), (None, "Under “Cause”, line 3"));
        evidence.keep_rendered("<p>some <mark id=\"ev-root-cause\">words</mark></p>");
        assert_eq!(evidence.of(&value).and_then(|view| view.href).as_deref(), Some("#ev-root-cause"));
    }

    #[test]
    fn a_list_below_its_key_is_shown_with_its_values() {
        let mut typed = known(2, 0, 0);
        typed.origin = Origin::FrontMatter;
        typed.quote = "checkout, payments".to_owned();
        let mut evidence = Evidence::new(&[], "---\nservices:\n- checkout\n- payments\n---\n");
        let view = evidence.of(&typed).expect("it has a line");
        assert_eq!(
            (view.quote.as_str(), view.href.as_deref()),
            ("services: checkout, payments", Some("#src-2"))
        );
        assert_eq!(evidence.typed().len(), 1);
    }
}
