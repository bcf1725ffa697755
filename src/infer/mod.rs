//! Reading facts out of fields and prose. Each extractor is one file and one row
//! of [`EXTRACTORS`]; it is shown a document and claims what it finds, with the
//! words it found it in. Front matter is one of them, and the strongest.
//!
//! This room knows nothing of archives and pages. It never fails: what cannot be
//! read is absent, or reported when the author meant it to be read.

// In this order: each may use only those above it.
mod rank;
pub mod rules;
mod context;
mod claims;
mod extractor;
mod extract;
mod checks;
mod document;
mod reuse;
pub mod annotate;
pub mod inspect;

pub use context::date_hints::{Archive, order as day_order};
pub use context::vocabulary::Vocabulary;
pub use extract::EXTRACTORS;
pub use extractor::Extractor;
pub use reuse::Readings;
pub use rules::RULES;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Passages, parse};
use crate::incident::claim::Claim;
use crate::incident::{Incident, derive, settle};
use crate::source::{LeftOut, SourceFile};
use claims::Claims;
use context::block_scan;
use context::date_hints::Hints;
use context::lexicon::Lexicon;
use context::text::Text;
use context::typed_date;
use document::shape::Shape;
use document::{is_postmortem, slug, split};
use extract::front_matter::{self, unused};
use extract::timeline;

/// The words that a site reads by, with the phrases of every extractor.
pub fn vocabulary(config: &Config) -> Vocabulary {
    let mut phrases = Lexicon::default();
    for extractor in EXTRACTORS {
        (extractor.phrases)(&mut phrases, config);
    }
    Vocabulary::new(config, phrases)
}

/// What one document says.
#[derive(Debug, Default)]
pub struct Reading {
    pub incidents: Vec<Incident>,
    /// Why it is no incident, when it is none.
    pub not_an_incident: Option<LeftOut>,
    /// Which fields of an incident its front matter has.
    shape: Shape,
    /// Where the text begins behind the front matter, in bytes.
    pub start: usize,
    pub diagnostics: Vec<Diagnostic>,
    /// Names of warnings and notes that the document does not want to hear.
    pub silenced: Vec<String>,
}

/// Reads one document; pure, so documents can be read in parallel.
/// A file that is no postmortem gives no incident and a note that says why.
///
/// ```
/// use casebook::config::Config;
/// use casebook::infer::{Archive, read, vocabulary};
/// use casebook::source::SourceFile;
///
/// let text = "# Gate stayed shut\n\nSeverity: SEV 2\n\n## Timeline\n\n- 10:00 Alarm.\n- 10:30 Resolved.\n";
/// let reading = read(&SourceFile::new("gate.md", text), &vocabulary(&Config::default()), &Archive::default());
/// let severity = reading.incidents[0].severity.as_ref().expect("it is typed");
/// assert_eq!((severity.value.as_str(), severity.line), ("SEV 2", 3));
/// ```
pub fn read(source: &SourceFile, vocabulary: &Vocabulary, archive: &Archive) -> Reading {
    read_as(source, vocabulary, archive, Known::Nothing, &mut |_| {})
}

/// What is known of a document before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    Nothing,
    /// The documents beside it show that it is an incident.
    Incident,
}

/// The same. `claimed` is shown the claims of each incident before they are weighed.
fn read_as(
    source: &SourceFile,
    vocabulary: &Vocabulary,
    archive: &Archive,
    known: Known,
    claimed: &mut dyn FnMut(&[Claim]),
) -> Reading {
    let (document, mut diagnostics) = parse(source, &vocabulary.labels);
    let shape = Shape::of(&document, &vocabulary.labels);
    let not_an_incident = is_postmortem::not_a_postmortem(source, &document, vocabulary);
    if let Some(reason) = not_an_incident.filter(|_| known == Known::Nothing) {
        // Front matter that cannot be parsed may be why nothing is seen in it.
        diagnostics.push(skipped(source, reason));
        return Reading { not_an_incident, shape, diagnostics, ..Reading::default() };
    }
    let scans = block_scan::scan(&document);
    let hints = Hints::of(source, &document, &scans, archive);
    let (mut incidents, mut silenced) = (Vec::new(), Vec::new());
    let parts = split::parts(&document, &scans);
    let several = parts.len() > 1;
    if several {
        let message = format!("this document tells of {} incidents", parts.len());
        diagnostics.push(Diagnostic::new(Code::SecondIncident, message).in_file(&source.shown));
    }
    diagnostics.extend(slug::changed(source, &document, vocabulary));
    for (n, blocks) in parts.into_iter().enumerate() {
        let text = Text::new(source, &document, blocks, vocabulary, &hints, &scans);
        silenced = front_matter::silenced(&text);
        let events = timeline::events(&text);
        let (mut incident, more) = read_part(&text.with_timeline(events), several, claimed);
        incident.source = source.path.clone();
        incident.call(&slug::of(source, &document, vocabulary), n + 1);
        incidents.push(incident);
        diagnostics.extend(more);
    }
    Reading { incidents, not_an_incident: None, shape, start: document.start, diagnostics, silenced }
}

/// Everything that is claimed in a document of some fields, and where its text begins behind the front matter.
/// Extractors that seek none of them are not asked.
pub fn claims(
    source: &SourceFile,
    vocabulary: &Vocabulary,
    is_sought: &dyn Fn(&str) -> bool,
) -> (Vec<Claim>, usize) {
    let (document, _) = parse(source, &vocabulary.labels);
    let scans = block_scan::scan(&document);
    let hints = Hints::of(source, &document, &scans, &Archive::default());
    let text = Text::new(source, &document, 0..document.blocks.len(), vocabulary, &hints, &scans);
    let mut claims = Claims::new(&text);
    for extractor in
        EXTRACTORS.iter().filter(|extractor| extractor.seeks.iter().any(|field| is_sought(field)))
    {
        (extractor.read)(&text, &mut claims);
    }
    (claims.done().0, document.start)
}

fn skipped(source: &SourceFile, reason: LeftOut) -> Diagnostic {
    Diagnostic::new(Code::NotAPostmortem, format!("skipped: {}", reason.why())).in_file(&source.shown)
}

/// One incident of a document: claims, settled and completed. With `several`, what front matter
/// says of one time is about none of them in particular.
fn read_part(
    text: &Text<'_>,
    several: bool,
    claimed: &mut dyn FnMut(&[Claim]),
) -> (Incident, Vec<Diagnostic>) {
    let mut claims = Claims::new(text);
    for extractor in EXTRACTORS {
        (extractor.read)(text, &mut claims);
    }
    checks::check(text, &mut claims);
    let (mut list, mut diagnostics) = claims.done();
    claimed(&list);
    list.retain(|claim| !(several && front_matter::is_about_one(claim)));
    typed_date::drop_date(&mut list);
    typed_date::drop_report_date(&mut list);
    if text.blocks.start == 0 {
        diagnostics.extend(unused::unused(text, &list, &diagnostics, several));
    }
    let (mut incident, contradictions) = settle::settle(&list, text.source);
    diagnostics.extend(contradictions);
    diagnostics.extend(derive::derive(&mut incident, text.source, text.vocabulary.timezone.as_deref()));
    diagnostics.extend(checks::future(text, &incident));
    front_matter::complete(text, &mut incident);
    incident.text = Passages::of(&text.source.text, text.document, text.blocks.clone());
    let silenced = front_matter::silenced(text);
    if silenced.iter().any(|name| name == Code::Contradiction.row().name) {
        incident.contradictions.clear();
    }
    diagnostics.retain(|diagnostic| !silenced.iter().any(|name| name == diagnostic.code.row().name));
    (incident, diagnostics)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::language::work_counter;

    /// A hostile text: what stands once in front, and what comes again and again.
    type Shape = (&'static str, &'static str);

    #[rustfmt::skip]
    const SHAPES: &[Shape] = &[
        // One long line.
        ("", "1"), ("", "1."), ("", "1:"), ("", "1/"), ("", "1/1/"), ("", "1-1-"), ("", "10:00 "), ("", "10:00-"), ("", "10:00, "), ("", "May 1 "), ("", "May 1, 2024 "), ("", "2024-05-01 to "),
        ("", "10:00 to 11:00 "), ("", "10:00 on May 1, "), ("", "-"), ("", "--:--"), ("", "?"), ("", "YYYY-"), ("", "12h"), ("", "1 hour "), ("", "1 hour and "), ("", "half an "), ("", "10% of users "), ("", "10% "),
        ("", "UTC "), ("", "a/b"), ("", "A Time "), ("", "T+1 "), ("", "SEV-1 "), ("", "("), ("", "["), ("", "]("), ("", "[a]("), ("", "[a][b]"), ("", "[[a]"), ("", "<"), ("", "<a "), ("", "`"), ("", "``a`"), ("", "*"), ("", "**a"),
        ("", "_a_"), ("", "\\"), ("", "&amp;"), ("", ">"), ("", "]"), ("", "|"), ("", "&"), ("", "- - - "), ("", "99:99 "), ("", "2024-02-30 "), ("", "25:00 UTC, "), ("", "the api-x service, "), ("", "TBD "),
        ("---\ntitle: x\naliases: [", "a, "), ("Services: ", "a, "), ("Tags: ", "a, "), ("Links: ", "http://a.example "), ("## Actions\n\n- ", "fix a, "),
        ("", "http://a "), ("", "bug "), ("", "caused by "), ("", "caused "), ("", "a surge in "), ("", "not "), ("", "due to a bug. "), ("", "It failed at 10:00. "), ("", "On May 1 it failed. "), ("", "It lasted 2 hours. "), ("", "It lasted 2 hours, "),
        ("## Summary\n\n", "Down from 10:00 to 11:00 on May 1, 2024. "), ("## Root cause\n\n", "The config change caused a bug, "), ("## Timeline\n\n", "10:00, "), ("## Impact\n\n", "10% of users failed, "),
        // One huge block.
        ("", "It failed\n"), ("", "at 10:00 it failed,\n"), ("- ", "it failed at 10:00 and\n"), ("| Time | Event |\n|---|---|\n| ", "10:00 | "), ("", "| time "),
        // Many small ones.
        ("", "x\n\n"), ("", "- x\n"), ("", "# x\n"), ("", "###### x\n"), ("", "x:\n"), ("", "**x**\n"), ("", "Impact: x\n\n"), ("", "Start: 10:00\n\n"), ("", "Date: 2024-05-01\n\n"), ("", "- 10:00 x\n"), ("", "- May 1\n"), ("", "10:00\n\n"), ("", "---\n"), ("", "```\n"), ("", "<!--\n"),
        ("## Timeline\n\n", "- 10:00 resolved\n"), ("## Timeline\n\n```\n", "10:00 x\n"), ("## Timeline\n\n```\n10:00 x\n", "x\n"), ("## Timeline\n\n", "At 10:00 x. "), ("## Timeline\n\n", "### 10:00\n\nx\n\n"), ("## Timeline\n\n", "- it failed at 10:00\n"), ("| Time | Event |\n|---|---|\n", "| 10:00 | x |\n"),
        ("## Action items\n\n", "- fix it by May 1, 2024 (OPS-1)\n"), ("## Action items\n\n", "- a:\n  - b\n- c\n"), ("## Action items\n\n", "text\n\n- a:\n  b\n\n"), ("## Action items\n\n", "### x y\n\nz\n\n"), ("## Summary\n\n", "## Summary\n\n### Timeline\n\n"),
        ("", "# May 1, 2024\n\n## Impact\n\nx\n\n## Timeline\n\n- 10:00 x\n\n"), ("", "Root cause: a bug\n\n"), ("---\ntitle: x\n", "a: b\n"), ("---\ntags:\n", "- b\n"),
    ];

    /// Looks that reading a text takes.
    fn looks(text: &str) -> usize {
        let vocabulary = vocabulary(&Config::default());
        let source = SourceFile::new("report.md", text);
        work_counter::looks(|| drop(read(&source, &vocabulary, &Archive::default())))
    }

    #[test]
    fn four_times_the_text_is_little_more_than_four_times_the_work() {
        let looks = |(once, again): &Shape, times: usize| looks(&format!("{once}{}", again.repeat(times)));
        let grows = |shape: &&Shape| looks(shape, 1600) > looks(shape, 400) * 9 / 2 + 4000;
        let wrong: Vec<&Shape> = SHAPES.iter().filter(grows).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    /// Lines that are nothing but marks are not read: a longer one costs its bytes, and no more.
    #[test]
    fn a_line_of_nothing_but_marks_is_looked_at_once() {
        for again in [">", "[", "]", "<", "*", "_", "`", "(", "|", "- - - ", "&", "10:00, ", "[a](", "<!--"] {
            let text = |times: usize| {
                format!("## Summary\n\nIt failed.\n\n{}\n\n## Impact\n\nNone.\n", again.repeat(times))
            };
            let (none, many) = (looks(&text(0)), looks(&text(200_000)));
            assert!(
                many <= none + 2 * text(200_000).len(),
                "{again}: {none} looks at nothing, {many} at many"
            );
        }
    }

    /// Of what is wrong again and again, the first are shown and the others counted.
    #[test]
    fn what_is_wrong_again_and_again_is_told_in_few_words() {
        for wrong in ["At 99:99 it failed. ", "At 25:00 UTC it failed. ", "- 99:99 it failed\n"] {
            let text = format!("## Timeline\n\n{}", wrong.repeat(2000));
            let told = read(
                &SourceFile::new("report.md", &text),
                &vocabulary(&Config::default()),
                &Archive::default(),
            )
            .diagnostics;
            let more: Vec<_> =
                told.iter().filter_map(|told| told.message.split_once(" more of this kind")).collect();
            assert_eq!(more, [("1950", " are in this document")], "{wrong}: {}", told.len());
            assert!(told.len() < 60, "{wrong}: {}", told.len());
        }
    }

    /// A list in a list in a list: its depth costs, but its bytes grow with the square of it already.
    #[test]
    fn depth_costs_no_more_than_the_indentation_that_it_takes() {
        for label in ["x:", "Impact:", "Timeline:", "10:00"] {
            let nested = |depth: usize| {
                (0..depth).map(|n| format!("{}- {label}\n", "  ".repeat(n))).collect::<String>()
            };
            let (small, large) = (looks(&nested(100)), looks(&nested(400)));
            assert!(large <= small * 18, "{label}: {small} looks at 100, {large} at 400");
        }
    }
}
