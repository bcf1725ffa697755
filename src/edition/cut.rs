//! One document as an edition has it: what is left out of it is cut before anything is read from it, so it can
//! be no value, no quote, no search term and no part of an address.

use super::edit::{Edit, apply, ordered};
use super::marks::{self, Fault};
use super::typed::{Rules, redacted};
use super::{Editor, people};
use crate::config::Step;
use crate::diagnostic::{Code, Diagnostic, Place, Span};
use crate::document::{Document, FrontMatter, parse};
use crate::incident::claim::{Claim, Fact};
use crate::incident::values::claimed;
use crate::infer;
use crate::source::{LeftOut, SourceFile};
use aho_corasick::{AhoCorasick, MatchKind};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;
use std::sync::Arc;

/// What came of cutting a document.
#[derive(Debug)]
pub struct Cut {
    /// As the edition has it, or why it has not.
    pub document: Result<Arc<SourceFile>, LeftOut>,
    /// What of it may be known: the same, unless a test leaves out a step.
    pub kept: Option<Arc<SourceFile>>,
    /// What was taken out, piece by piece.
    pub removed: Vec<String>,
    /// Marks that are wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// Cuts a document that is in the edition.
pub fn cut(editor: &Editor<'_>, source: &Arc<SourceFile>, front_matter: &FrontMatter) -> Cut {
    let done = |step: Step| editor.edition.does(step);
    let cut = cut_by(editor, source, front_matter, &|_| true);
    match Step::ALL.into_iter().all(done) {
        true => cut,
        // A test leaves one out: what should have been taken is known all the same.
        false => Cut { document: cut_by(editor, source, front_matter, &done).document, ..cut },
    }
}

fn cut_by(
    editor: &Editor<'_>,
    source: &Arc<SourceFile>,
    front_matter: &FrontMatter,
    does: &dyn Fn(Step) -> bool,
) -> Cut {
    let mut cut =
        Cut { document: Ok(source.clone()), removed: Vec::new(), diagnostics: Vec::new(), kept: None };
    if editor.edition.shows_internal() {
        if marks::may_be_in(&source.text) {
            let edits = marks::on_headings(&source.text, &editor.parse(source));
            let edits = ordered(edits.into_iter().map(Edit::removal).collect());
            cut.document = Ok(Arc::new(apply(source, &edits)));
        }
        return cut;
    }
    let typed = Rules::new(editor.edition, &editor.labels).edits(&source.text, front_matter);
    let mut edits = of(Step::FrontMatter, typed);
    cut.parts(editor, source, &mut edits);
    let kept = cut.apply(source.clone(), edits, does);
    let words = of(Step::Words, words(editor, &kept.text, &redacted(front_matter)));
    let links = of(Step::Words, links(editor, &kept));
    let edits = [words, named(editor, &kept), links].concat();
    let kept = cut.apply(kept, edits, does);
    Cut { kept: Some(kept.clone()), document: Ok(kept), ..cut }
}

/// The edits of a step.
fn of(step: Step, edits: Vec<Edit>) -> Vec<(Step, Edit)> {
    edits.into_iter().map(|edit| (step, edit)).collect()
}

impl Cut {
    /// Marked parts and sections that are named in the settings.
    fn parts(&mut self, editor: &Editor<'_>, source: &SourceFile, edits: &mut Vec<(Step, Edit)>) {
        let text = &source.text;
        let (may_be_marked, may_be_named) = (marks::may_be_in(text), editor.may_have_section(text));
        if !may_be_marked && !may_be_named {
            return;
        }
        let document = editor.parse(source);
        let sections = marks::sections(text, &document, &editor.edition.remove_sections);
        edits.extend(of(Step::Sections, sections.into_iter().map(Edit::removal).collect()));
        if may_be_marked {
            let marked = marks::find(text, &document);
            self.diagnostics.extend(marked.faults.iter().map(|(fault, mark)| told(source, *fault, mark)));
            edits.extend(of(Step::Parts, marked.ranges.into_iter().map(Edit::removal).collect()));
        }
    }

    fn apply(
        &mut self,
        source: Arc<SourceFile>,
        edits: Vec<(Step, Edit)>,
        does: &dyn Fn(Step) -> bool,
    ) -> Arc<SourceFile> {
        let edits = edits.into_iter().filter(|(step, _)| does(*step)).map(|(_, edit)| edit);
        let edits = ordered(edits.collect());
        self.removed.extend(edits.iter().map(|edit| source.text[edit.range.clone()].to_owned()));
        if edits.is_empty() { source } else { Arc::new(apply(&source, &edits)) }
    }
}

impl Editor<'_> {
    pub(super) fn parse(&self, source: &SourceFile) -> Document {
        parse(source, &self.labels).0
    }
}

/// Words of the settings, and of the document itself, that have others in their place. Whole words, in any case.
fn words(editor: &Editor<'_>, text: &str, redacted: &[String]) -> Vec<Edit> {
    let by = if editor.edition.people_as_roles { people::ROLE } else { "[redacted]" };
    let redacted = redacted.iter().map(|word| (word.as_str(), by));
    let replaced = editor.edition.replace.iter().map(|(words, by)| (words.as_str(), by.as_str()));
    let (words, by): (Vec<&str>, Vec<&str>) = redacted.chain(replaced).unzip();
    if words.is_empty() {
        return Vec::new();
    }
    let mut builder = AhoCorasick::builder();
    let Ok(found) = builder.ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest).build(&words)
    else {
        return Vec::new();
    };
    let is_whole = |range: &Range<usize>| {
        let before = text[..range.start].chars().next_back();
        let behind = text[range.end..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !behind.is_some_and(char::is_alphanumeric)
    };
    let edit = |found: aho_corasick::Match| {
        let by = people::in_place(text, found.start(), by[found.pattern().as_usize()]);
        is_whole(&found.range()).then(|| Edit { range: found.range(), by })
    };
    found.find_iter(text).filter_map(edit).collect()
}

/// Fields of the text that are left out, and people.
fn named(editor: &Editor<'_>, source: &SourceFile) -> Vec<(Step, Edit)> {
    let edition = editor.edition;
    if !edition.people_as_roles && edition.remove_fields.is_empty() {
        return Vec::new();
    }
    let text = &source.text;
    let rules = Rules::new(edition, &editor.labels);
    let is_removed = |field: &str| rules.is_removed(field);
    let of_actions = edition.people_as_roles || OF_ACTIONS.iter().any(|field| is_removed(field));
    let is_sought = |field: &str| match field {
        "actions" => of_actions || is_removed(field),
        "authors" => edition.people_as_roles || is_removed(field),
        field => is_removed(field),
    };
    let (claims, start) = infer::claims(source, editor.vocabulary(), &is_sought);
    let mut edits = of(Step::Fields, fields(text, &claims, &is_removed));
    if edition.people_as_roles {
        let read = people::read(text, &claims);
        edits.extend(of(Step::People, [people::responders(text), people::handles(text), read].concat()));
    }
    // Front matter is changed key by key, and what it says is known from there. A line stays a line.
    edits.retain(|(_, edit)| {
        (edit.range.start >= start || is_handle(source, edit)) && !text[edit.range.clone()].contains('\n')
    });
    edits
}

/// Fields of an action item, which are part of it.
const OF_ACTIONS: [&str; 3] = ["owner", "due", "ticket"];

/// Values of fields that are left out.
fn fields(text: &str, claims: &[Claim], is_removed: &dyn Fn(&str) -> bool) -> Vec<Edit> {
    let of_claim = |claim: &Claim| match &claim.fact {
        Fact::Action(action) if !is_removed("actions") => {
            let values = OF_ACTIONS.into_iter().zip([&action.owner, &action.due, &action.ticket]);
            let removed =
                values.filter(|(field, _)| is_removed(field)).filter_map(|(_, value)| value.as_deref());
            removed.filter_map(|value| people::within(text, action.span.range(), value)).collect()
        }
        fact => match claimed(fact).is_some_and(|(field, _)| is_removed(field)) {
            true => vec![claim.span.range()],
            false => Vec::new(),
        },
    };
    claims.iter().flat_map(of_claim).filter(|place| !place.is_empty()).map(Edit::removal).collect()
}

fn is_handle(source: &SourceFile, edit: &Edit) -> bool {
    source.text[edit.range.clone()].starts_with('@')
}

/// Links to documents that are not in the edition stand as their text. Pages would show no more of them; but
/// the names of their files must not pass for words that the text has.
fn links(editor: &Editor<'_>, source: &SourceFile) -> Vec<Edit> {
    let text = &source.text;
    let Some(names) = editor.hidden.as_ref().filter(|hidden| hidden.is_in(text)) else { return Vec::new() };
    let parser = Parser::new_ext(text, Options::ENABLE_TABLES);
    let definitions = parser.reference_definitions().iter();
    let hidden = definitions.filter(|(_, definition)| names.is_in(&definition.dest));
    let mut edits: Vec<Edit> = hidden.map(|(_, definition)| Edit::removal(definition.span.clone())).collect();
    let mut open: Vec<(Range<usize>, bool, Option<Range<usize>>)> = Vec::new();
    for (event, range) in parser.into_offset_iter() {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                open.push((range, names.is_in(&dest_url), None));
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let Some((range, true, words)) = open.pop() {
                    let by = words.map_or(String::new(), |words| text[words].to_owned());
                    edits.push(Edit { range, by });
                }
            }
            _ => {
                for (_, _, words) in &mut open {
                    *words = Some(
                        words.as_ref().map_or(range.clone(), |words| words.start..range.end.max(words.end)),
                    );
                }
            }
        }
    }
    edits
}

/// Says what is wrong with a mark, and shows nothing but the mark.
fn told(source: &SourceFile, fault: Fault, mark: &Range<usize>) -> Diagnostic {
    let [message, label] = match fault {
        Fault::NotClosed => ["this mark is not closed", "everything from here on counts as internal"],
        Fault::Nested => ["a mark inside a marked part", "the part ends where the outer mark is closed"],
        Fault::NothingToClose => ["this mark closes nothing", "everything up to here counts as internal"],
    };
    let place = Place::of(&source.shown, &source.text, Span::new(mark.start, mark.end));
    let words = source.text[mark.clone()].lines().next().unwrap_or_default();
    let alone = Place {
        text: words.to_owned(),
        offset: place.column.saturating_sub(1),
        mark: (0, words.len()),
        ..place
    };
    let diagnostic = Diagnostic::new(Code::Mark, message).label(label);
    Diagnostic { place: Some(alone), ..diagnostic }
        .help("write `<!-- internal -->` before and `<!-- /internal -->` behind the part")
}
