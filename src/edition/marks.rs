//! Parts of a text that are marked as internal: `<!-- internal -->` with its end, the same behind a line, and
//! headings with `{internal}`. In doubt more is taken than was meant: what is missing is soon noticed.

use super::pattern;
use crate::document::{Document, labels};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static MARK: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"<!--[ \t\r\n]*(?P<end>/[ \t\r\n]*)?internal[ \t\r\n]*-->"));

/// `{internal}`, also as a class, at the end of a heading.
static ON_HEADING: LazyLock<Regex> = LazyLock::new(|| pattern(r"\{[ \t]*[.#]?internal[ \t]*\}[ \t#*_]*$"));

/// What is wrong with a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    NotClosed,
    Nested,
    NothingToClose,
}

/// What is marked in a text.
#[derive(Debug, Default)]
pub struct Marked {
    /// In bytes, in order, apart from each other.
    pub ranges: Vec<Range<usize>>,
    /// Whether the mark is on the title: then the whole document is meant.
    pub is_all: bool,
    /// Marks that are wrong, each where it is.
    pub faults: Vec<(Fault, Range<usize>)>,
}

/// Whether a text can have a mark at all.
pub fn may_be_in(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_before = |at: usize| {
        let before = text[..at].trim_end_matches([' ', '\t', '\r', '\n', '/', '.', '#']);
        before.ends_with("<!--") || before.ends_with('{')
    };
    memchr::memchr2_iter(b'i', b'I', bytes).any(|at| {
        bytes.len() >= at + 8 && bytes[at..at + 8].eq_ignore_ascii_case(b"internal") && is_before(at)
    })
}

/// What is marked in the text behind the front matter.
pub fn find(text: &str, document: &Document) -> Marked {
    let mut marked = Marked::default();
    let structure = Structure::of(text, document.start);
    let is_title = |at: usize| heading_at(document, at).is_some_and(|section| is_title(document, section));
    let mut open: Option<(Range<usize>, usize)> = None;
    for found in MARK.captures_iter(text) {
        let Some(mark) = found.get(0).map(|mark| mark.range()) else { continue };
        if structure.is_code(mark.start) {
            continue;
        }
        let is_end = found.name("end").is_some();
        open = match (open, is_end) {
            (None, false) if is_behind_text(text, &mark) => {
                marked.is_all |= is_title(mark.start);
                marked.ranges.push(structure.around(text, document, &mark));
                None
            }
            (None, false) => Some((mark, 1)),
            (None, true) => {
                marked.ranges.push(document.start.min(mark.start)..line_end(text, mark.end));
                marked.faults.push((Fault::NothingToClose, mark));
                None
            }
            (Some((first, depth)), false) => {
                marked.faults.push((Fault::Nested, mark));
                Some((first, depth + 1))
            }
            (Some((first, 1)), true) => {
                marked.ranges.push(between(text, &first, &mark));
                None
            }
            (Some((first, depth)), true) => Some((first, depth - 1)),
        };
    }
    if let Some((first, _)) = open {
        marked.ranges.push(line_start(text, first.start).min(first.start)..text.len());
        marked.faults.push((Fault::NotClosed, first));
    }
    for (section, heading) in headings(document) {
        if ON_HEADING.is_match(heading) {
            marked.is_all |=
                is_title(document.blocks[document.sections[section].blocks.start].span.start as usize);
            marked.ranges.push(section_range(text, document, section));
        }
    }
    marked.ranges = joined(marked.ranges);
    marked
}

/// The sections whose headings are among `names`.
pub fn sections(text: &str, document: &Document, names: &[String]) -> Vec<Range<usize>> {
    let names: Vec<String> = names.iter().map(|name| labels::fold(name)).collect();
    let is_named = |heading: &str| names.contains(&labels::fold(heading));
    let named = headings(document).filter(|(_, heading)| is_named(heading));
    named.map(|(section, _)| section_range(text, document, section)).collect()
}

/// Where headings say `{internal}`: no words of theirs.
pub fn on_headings(text: &str, document: &Document) -> Vec<Range<usize>> {
    let of_heading = |(section, _): (usize, &str)| {
        let span = document.blocks[document.sections[section].blocks.start].span.range();
        let line = text[span.clone()].lines().next()?;
        let found = ON_HEADING.find(line)?;
        let braces = found.as_str().rfind('}')? + 1;
        Some(span.start + found.start()..span.start + found.start() + braces)
    };
    headings(document).filter_map(of_heading).collect()
}

/// The ranges in order, those that touch as one.
pub fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

/// Sections with headings, each with the words of its heading.
fn headings(document: &Document) -> impl Iterator<Item = (usize, &str)> {
    let opening = document.sections.iter().enumerate().skip(1);
    opening.filter_map(|(at, section)| Some((at, document.blocks.get(section.blocks.start)?.text())))
}

/// The section whose heading stands at a place.
fn heading_at(document: &Document, at: usize) -> Option<usize> {
    let holds = |section: &usize| {
        let heading = &document.blocks[document.sections[*section].blocks.start];
        heading.span.range().contains(&at)
    };
    headings(document).map(|(section, _)| section).find(holds)
}

/// Whether a section is opened by the first heading of its document.
fn is_title(document: &Document, section: usize) -> bool {
    let before = &document.blocks[..document.sections[section].blocks.start];
    document.sections[section].level == 1 && before.iter().all(|block| block.section == 0)
}

fn section_range(text: &str, document: &Document, section: usize) -> Range<usize> {
    let blocks = &document.sections[section].blocks;
    let start = line_start(text, document.blocks[blocks.start].span.start as usize);
    let end =
        document.blocks.get(blocks.end).map_or(text.len(), |next| line_start(text, next.span.start as usize));
    start..end.max(start)
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// Behind the line break.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

/// Whether a mark ends a line that has words before it.
fn is_behind_text(text: &str, mark: &Range<usize>) -> bool {
    let behind = text[mark.end..line_end(text, mark.end)].trim_matches([' ', '\t', '\r', '\n', '|', '#']);
    let before = &text[line_start(text, mark.start)..mark.start];
    behind.is_empty() && before.chars().any(char::is_alphanumeric)
}

/// From one mark to the other; with their lines, where nothing else is on these.
fn between(text: &str, first: &Range<usize>, last: &Range<usize>) -> Range<usize> {
    let is_alone = |part: &str| !part.chars().any(|c| !c.is_whitespace() && c != '>');
    let start = line_start(text, first.start);
    let end = line_end(text, last.end);
    match is_alone(&text[start..first.start]) && is_alone(&text[last.end..end]) {
        true => start..end,
        false => first.start..last.end,
    }
}

/// What Markdown makes of a text, as far as marks have to know.
struct Structure {
    code: Vec<Range<usize>>,
    items: Vec<Range<usize>>,
    rows: Vec<Range<usize>>,
    /// Tables whose mark is in their head.
    heads: Vec<(Range<usize>, Range<usize>)>,
}

impl Structure {
    fn of(text: &str, start: usize) -> Structure {
        let mut structure = Structure { code: vec![], items: vec![], rows: vec![], heads: vec![] };
        let mut table = 0..0;
        for (event, range) in Parser::new_ext(&text[start..], Options::ENABLE_TABLES).into_offset_iter() {
            let range = range.start + start..range.end + start;
            match event {
                Event::Code(_) => structure.code.push(range),
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) if is_closed(&text[range.clone()]) => {
                    structure.code.push(range);
                }
                Event::Start(Tag::Item) => structure.items.push(range),
                Event::Start(Tag::Table(_)) => table = range,
                Event::Start(Tag::TableHead) => structure.heads.push((range, table.clone())),
                Event::Start(Tag::TableRow) => structure.rows.push(range),
                _ => {}
            }
        }
        structure
    }

    fn is_code(&self, at: usize) -> bool {
        self.code.iter().any(|range| range.contains(&at))
    }

    /// What a mark behind words takes: the section of a heading, a list item, a row, a line.
    fn around(&self, text: &str, document: &Document, mark: &Range<usize>) -> Range<usize> {
        if let Some(section) = heading_at(document, mark.start) {
            return section_range(text, document, section);
        }
        let holds = |range: &&Range<usize>| range.contains(&mark.start);
        let innermost = self.items.iter().filter(holds).min_by_key(|range| range.len());
        let head = self.heads.iter().find(|(head, _)| head.contains(&mark.start)).map(|(_, table)| table);
        let taken = head.or_else(|| self.rows.iter().find(holds)).or(innermost).unwrap_or(mark);
        let (start, end) = (line_start(text, taken.start), taken.end.max(mark.end));
        // An item ends where the next begins.
        start..if text[..end].ends_with('\n') { end } else { line_end(text, end) }
    }
}

/// Whether a block of code has its closing fence. One without would swallow every mark below it.
fn is_closed(block: &str) -> bool {
    let mut lines = block.trim_end().lines();
    let (first, last) = (lines.next(), lines.next_back());
    let fence = |line: &str| line.trim_start_matches([' ', '\t', '>']).starts_with(['`', '~']);
    first.is_some()
        && last.is_some_and(|line| fence(line) && line.trim().trim_matches(['`', '~', '>', ' ']).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Labels, parse};
    use crate::source::SourceFile;
    use std::collections::BTreeMap;

    /// The text without what is marked, and how many marks are wrong.
    fn public(text: &str) -> (String, usize) {
        let document = parse(&SourceFile::new("a.md", text), &Labels::new(&BTreeMap::new())).0;
        let marked = find(text, &document);
        let mut kept = text.to_owned();
        for range in marked.ranges.iter().rev() {
            kept.replace_range(range.clone(), "");
        }
        assert!(may_be_in(text) || marked.ranges.is_empty(), "{text}");
        (if marked.is_all { String::new() } else { kept }, marked.faults.len())
    }

    #[test]
    fn what_is_marked_is_taken_whole() {
        for (text, kept) in [
            (
                "# Ramp\n\nA.\n\n<!-- internal -->\nKim.\n\n- Kim\n<!-- /internal -->\n\nB.\n",
                "# Ramp\n\nA.\n\n\nB.\n",
            ),
            ("A <!--INTERNAL-->Kim<!--/internal--> b.\n", "A  b.\n"),
            ("A.\nKim did it. <!-- internal -->\nB.\n", "A.\nB.\n"),
            ("- A.\n- Kim. <!-- internal -->\n  And Jo.\n  - Or Al.\n- B.\n", "- A.\n- B.\n"),
            ("- A.\n  - Kim. <!-- internal -->\n- B.\n", "- A.\n- B.\n"),
            (
                "| A | B |\n|---|---|\n| 1 | Kim <!-- internal --> |\n| 2 | x |\n",
                "| A | B |\n|---|---|\n| 2 | x |\n",
            ),
            ("| A | Kim <!-- internal --> |\n|---|---|\n| 1 | 2 |\n\nC.\n", "\nC.\n"),
            (
                "# Ramp\n\nA.\n\n## Chat {internal}\n\nKim.\n\n### More\n\nJo.\n\n## Impact\n\nB.\n",
                "# Ramp\n\nA.\n\n## Impact\n\nB.\n",
            ),
            (
                "# Ramp\n\nA.\n\nChat {.internal}\n----\n\nKim.\n\n## Impact\n\nB.\n",
                "# Ramp\n\nA.\n\n## Impact\n\nB.\n",
            ),
            (
                "# Ramp\n\n## Chat <!-- internal -->\n\nKim.\n\n## Impact\n\nB.\n",
                "# Ramp\n\n## Impact\n\nB.\n",
            ),
            ("> A.\n>\n> <!-- internal -->\n> Kim.\n> <!-- /internal -->\n> B.\n", "> A.\n>\n> B.\n"),
            ("A.\n\n    Kim, in code or not. <!-- internal -->\n\nB.\n", "A.\n\n\nB.\n"),
            (
                "---\ntitle: Ramp\n---\n\n# Ramp\n\n<!-- internal -->\nKim.\n<!-- /internal -->\n\n## Timeline\n\n- 10:00 UTC A.\n- 10:20 UTC Kim. <!-- internal -->\n- 11:00 UTC B.\n",
                "---\ntitle: Ramp\n---\n\n# Ramp\n\n\n## Timeline\n\n- 10:00 UTC A.\n- 11:00 UTC B.\n",
            ),
            ("# Ramp {internal}\n\nKim.\n", ""),
            ("# Ramp <!-- internal -->\n\nKim.\n", ""),
        ] {
            assert_eq!(public(text), (kept.to_owned(), 0), "{text}");
        }
    }

    #[test]
    fn what_only_shows_a_mark_is_text() {
        for text in [
            "```html\n<!-- internal -->\n```\n",
            "Write `<!-- internal -->` at the end of a line.\n",
            "<!-- internal notes go here -->\nIt stuck.\n",
            "The {internal} network was down.\n",
        ] {
            assert_eq!(public(text), (text.to_owned(), 0), "{text}");
        }
    }

    #[test]
    fn a_mark_that_is_wrong_takes_more_than_it_may() {
        for (text, kept, faults) in [
            ("# Ramp\n\nA.\n\n<!-- internal -->\nKim.\n", "# Ramp\n\nA.\n\n", 1),
            (
                "A.\n\n<!-- internal -->\nKim.\n<!-- internal -->\nJo.\n<!-- /internal -->\nAl.\n<!-- /internal -->\nB.\n",
                "A.\n\nB.\n",
                1,
            ),
            ("Kim.\n<!-- /internal -->\nB.\n", "B.\n", 1),
            ("A.\n```\nopen\n<!-- internal -->\nKim.\n", "A.\n```\nopen\n", 1),
        ] {
            assert_eq!(public(text), (kept.to_owned(), faults), "{text}");
        }
    }
}
