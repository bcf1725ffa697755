//! From lines to blocks: which lines belong together, and which begin anew.

use super::breaks::{self, floor};
use super::crowded::is_crowded;
use super::labels::{Label, Labels};
use super::lines::{Line, Shape, opens_with_time};
use super::{Block, Field, Flat, Kind};
use crate::diagnostic::Span;
use crate::language::work_counter;
use std::ops::Range;

/// Blocks of `source` from `start` on. Their sections are not known yet.
pub fn scan(source: &str, start: usize, labels: &Labels) -> Vec<Block> {
    let line = 1 + memchr::memchr_iter(b'\n', &source.as_bytes()[..start]).count() as u32;
    let mut scanner =
        Scanner { source, labels, line, blocks: Vec::new(), open: false, gap: false, inside: Inside::Text };
    let mut at = start;
    while at < source.len() {
        let end = memchr::memchr(b'\n', &source.as_bytes()[at..]).map_or(source.len(), |len| at + len);
        scanner.line(at, end);
        scanner.line += 1;
        at = end + 1;
    }
    scanner.blocks
}

/// What the line before left open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Text,
    Fence(u8, usize),
    Comment,
    /// A table without a pipe at the beginning of its rows.
    BareTable,
}

struct Scanner<'s> {
    source: &'s str,
    labels: &'s Labels,
    line: u32,
    blocks: Vec<Block>,
    /// Whether the last block takes further lines.
    open: bool,
    gap: bool,
    inside: Inside,
}

impl<'s> Scanner<'s> {
    /// One line of the source, or the several that stand in it.
    fn line(&mut self, at: usize, end: usize) {
        if matches!(self.inside, Inside::Text | Inside::BareTable) && is_crowded(&self.source[at..end]) {
            self.inside = Inside::Text;
            return self.close(true);
        }
        let breaks = if self.inside == Inside::Text { breaks::of(&self.source[at..end]) } else { Vec::new() };
        if breaks.is_empty() {
            return self.unbroken(at, end);
        }
        let mut from = at;
        let mut blank = true;
        for tag in breaks.into_iter().chain(std::iter::once(end - at..end - at)) {
            if !self.source[from..at + tag.start].trim().is_empty() {
                self.unbroken(from, at + tag.start);
                blank = false;
            }
            from = at + tag.end;
        }
        if blank {
            self.close(true);
        }
    }

    fn unbroken(&mut self, at: usize, end: usize) {
        work_counter::look(end - at);
        let line = Line::of(self.source, at, end);
        if self.inside == Inside::Text && self.source[at..line.at].contains("<p>") {
            self.close(true);
        }
        match self.inside {
            Inside::Fence(byte, len) => return self.fenced(line, byte, len),
            Inside::Comment => {
                if line.text.contains("-->") {
                    self.inside = Inside::Text;
                }
                return;
            }
            Inside::BareTable if line.text.contains('|') => return self.row(line),
            _ => self.inside = Inside::Text,
        }
        match line.shape() {
            Shape::Blank => self.close(true),
            Shape::Heading(level, words) => self.heading(line, level, words),
            Shape::Underline(level) => self.underline(line, level),
            Shape::Rule => self.add(Kind::Rule, line, line.text.len()..line.text.len()),
            Shape::Fence(byte, len) => {
                self.add(Kind::Fence, line, line.text.len()..line.text.len());
                self.inside = Inside::Fence(byte, len);
            }
            Shape::Item { marker, task, text } => {
                self.add(Kind::Item { marker, task }, line, text..line.text.len());
                self.open = true;
            }
            Shape::Row => self.row(line),
            Shape::RowDivider => self.divide(),
            Shape::Definition | Shape::Comment => {}
            Shape::CommentOpen => self.inside = Inside::Comment,
            Shape::Text => self.text(line),
        }
    }

    fn close(&mut self, gap: bool) {
        self.open = false;
        self.gap |= gap;
    }

    /// A new block whose words are `words` of the line.
    fn add(&mut self, kind: Kind, line: Line<'s>, words: Range<usize>) {
        let flat = Flat::of(self.source, line.at + words.start..line.at + words.end);
        self.push(kind, line, flat, Vec::new());
    }

    fn push(&mut self, kind: Kind, line: Line<'s>, flat: Flat, cells: Vec<Range<usize>>) {
        let field = field(&flat, &cells, kind, self.labels);
        let span = Span::new(line.at, line.at + line.text.len());
        let (gap, quoted) = (std::mem::take(&mut self.gap), line.quoted);
        self.blocks.push(Block {
            kind,
            flat,
            span,
            line: self.line,
            indent: line.indent,
            quoted,
            gap,
            cells,
            field,
            section: 0,
        });
        self.open = false;
    }

    fn heading(&mut self, line: Line<'s>, level: u8, words: Range<usize>) {
        let flat = Flat::of(self.source, line.at + words.start..line.at + words.end);
        if flat.text.trim().is_empty() {
            return self.close(true);
        }
        self.push(Kind::Heading(level), line, flat, Vec::new());
    }

    /// A short line over a row of dashes is a heading; elsewhere the dashes are a rule.
    fn underline(&mut self, line: Line<'s>, level: u8) {
        let short = |block: &Block| {
            block.kind == Kind::Paragraph && block.flat.text.len() <= 100 && !block.flat.text.contains('\n')
        };
        let sentence = |block: &Block| block.flat.text.trim_end().ends_with(['.', ',', ';']);
        match self.blocks.last_mut() {
            Some(last)
                if self.open
                    && short(last)
                    && !sentence(last)
                    && last.field.as_ref().is_none_or(|f| f.value == last.flat.text.len()) =>
            {
                last.kind = Kind::Heading(level);
                self.open = false;
            }
            _ if line.text.len() >= 3 => self.add(Kind::Rule, line, line.text.len()..line.text.len()),
            _ => self.text(line),
        }
    }

    fn fenced(&mut self, line: Line<'s>, byte: u8, len: usize) {
        let run = line.text.bytes().take_while(|b| *b == byte).count();
        if run >= len && run == line.text.len() {
            self.inside = Inside::Text;
            return self.close(true);
        }
        let Some(last) = self.blocks.last_mut() else { return };
        last.span.end = Span::new(0, line.at + line.text.len()).end;
    }

    fn row(&mut self, line: Line<'s>) {
        let mut flat = Flat::default();
        let mut cells = Vec::new();
        for range in cell_ranges(line.text) {
            if !cells.is_empty() {
                flat.push(" ", 0..1);
            }
            let from = flat.text.len();
            flat.push(self.source, line.at + range.start..line.at + range.end);
            cells.push(from..flat.text.len());
        }
        self.push(Kind::Row { head: false }, line, flat, cells);
    }

    /// The row of dashes: what stands above it is a table's head.
    fn divide(&mut self) {
        let Some(last) = self.blocks.last() else { return };
        match last.kind {
            Kind::Row { .. } => self.head(),
            Kind::Paragraph
                if self.open && last.flat.text.contains('|') && !last.flat.text.contains('\n') =>
            {
                let Some(head) = self.blocks.pop() else { return };
                let text = &self.source[head.span.range()];
                let line =
                    Line { at: head.span.start as usize, indent: head.indent, quoted: head.quoted, text };
                self.gap = head.gap;
                self.line -= 1;
                self.row(line);
                self.line += 1;
                self.head();
                self.inside = Inside::BareTable;
            }
            _ => {}
        }
    }

    /// The last row is a table's head. Above more than two columns it names them, and is no label with its value.
    fn head(&mut self) {
        let Some(last) = self.blocks.last_mut() else { return };
        last.kind = Kind::Row { head: true };
        let second = last.cells.get(1).and_then(|cell| last.flat.text.get(cell.clone())).unwrap_or_default();
        let names = self.labels.text(second).is_some()
            || NAMES_A_COLUMN.iter().any(|name| second.eq_ignore_ascii_case(name));
        if names || last.cells.iter().filter(|cell| !cell.is_empty()).count() > 2 {
            last.field = None;
        }
    }

    fn text(&mut self, line: Line<'s>) {
        if line.text.starts_with("{%")
            || line.text.starts_with("{{<")
            || line.text.starts_with("{{%")
            || line.text.starts_with("[[_")
        {
            return self.close(false);
        }
        if let Some(end) = self.run_in_heading(line.text) {
            self.add(Kind::Paragraph, Line { text: &line.text[..end], ..line }, 0..end);
            let rest = line.text[end..].trim_start();
            return self.text(Line { at: line.at + line.text.len() - rest.len(), text: rest, ..line });
        }
        let further = match labels_in_a_row(line.text) {
            bold if bold.is_empty() => self.labels_in_sentences(line.text),
            bold => bold,
        };
        if let Some(first) = further.first() {
            let starts = std::iter::once(&0).chain(&further);
            let ends = std::iter::once(first).chain(&further[1..]).copied().chain([line.text.len()]);
            for (from, to) in starts.zip(ends) {
                let text = line.text[*from..to].trim_end_matches(BARS);
                self.add(Kind::Paragraph, Line { at: line.at + from, text, ..line }, 0..text.len());
            }
            return;
        }
        if self.open && self.goes_on(line) {
            return self.append(line);
        }
        self.add(Kind::Paragraph, line, 0..line.text.len());
        match self.blocks.last() {
            Some(block) if block.flat.text.trim().is_empty() => drop(self.blocks.pop()),
            _ => self.open = true,
        }
    }

    /// Length of the heading in `**Root cause.** The oil froze.`: a known name in bold with a stop, and a sentence behind it.
    fn run_in_heading(&self, text: &str) -> Option<usize> {
        let rest = text.strip_prefix("**")?;
        let close =
            rest.find("**").filter(|close| *close <= LONGEST_NAME && rest[..*close].ends_with('.'))?;
        let sentence = rest[close + 2..].strip_prefix(' ').is_some_and(starts_upper);
        (sentence && self.labels.text(&rest[..close]).is_some()).then_some(close + 4)
    }

    /// Where the further labels begin in `Services: login, kiosks. Severity: S2.`: names that are known, each behind a
    /// stop. Behind a sentence without a label there have to be two of them.
    fn labels_in_sentences(&self, text: &str) -> Vec<usize> {
        let known = |at: usize| {
            let name = text[at..].split_once(": ").map_or("", |(name, _)| name);
            name.len() <= LONGEST_NAME
                && starts_upper(name)
                && self.labels.text(name).is_some_and(|label| label != Label::Other)
        };
        if !text.contains(". ") && !text.contains("; ") {
            return Vec::new();
        }
        let stops =
            text.match_indices(['.', ';']).map(|(at, _)| at + 1).filter(|at| text[*at..].starts_with(' '));
        let found: Vec<usize> = stops.map(|at| at + 1).filter(|at| known(*at)).collect();
        if known(0) || found.len() >= 2 { found } else { Vec::new() }
    }

    /// Whether a line belongs to the open block: not when it begins an event or a labelled value.
    fn goes_on(&self, line: Line<'s>) -> bool {
        let Some(last) = self.blocks.last() else { return false };
        let text = last.flat.text.trim_end();
        if opens_with_time(line.text) {
            return dangles(text);
        }
        let label_alone =
            is_label_alone(text, last) || (!text.contains('\n') && self.labels.text(text).is_some());
        if is_bold_label(line.text)
            || (label_alone && (last.kind == Kind::Paragraph || is_numbered_label(last)))
        {
            return false;
        }
        if !text.contains('\n') && is_labelled_value(last) && is_labelled_line(line.text) {
            return false;
        }
        if last.kind == Kind::Paragraph
            && text.ends_with(':')
            && text.contains(' ')
            && starts_upper(line.text)
            && last.field.is_some()
        {
            return false;
        }
        let colon = line.text.find(':').filter(|at| *at <= LONGEST_NAME);
        let name = colon.map_or(line.text, |at| &line.text[..at]);
        let plain = name.trim_matches(|c: char| matches!(c, '*' | '_' | '#' | ' '));
        let worth = plain.len() <= LONGEST_NAME && (colon.is_some() || !dangles(text)) && starts_upper(plain);
        !(worth && self.labels.text(plain).is_some())
    }

    fn append(&mut self, line: Line<'s>) {
        let Some(last) = self.blocks.last_mut() else { return };
        let before = last.flat.text.len();
        last.flat.push_break(line.at.saturating_sub(1));
        last.flat.push(self.source, line.at..line.at + line.text.len());
        last.span.end = Span::new(0, line.at + line.text.len()).end;
        if let Some(field) = last.field.as_mut().filter(|field| field.value >= before) {
            field.value = skip_space(&last.flat.text, before);
        }
    }
}

/// Words in a table's head that name the column of values.
const NAMES_A_COLUMN: &[&str] = &["value", "details", "detail", "information", "valeur", "valor", "wert"];

/// Longest name of a field, in bytes.
const LONGEST_NAME: usize = 70;

fn starts_upper(text: &str) -> bool {
    text.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
}

/// Whether a text breaks off in the middle of a sentence that a time would continue.
fn dangles(text: &str) -> bool {
    #[rustfmt::skip]
    const OPEN: &[&str] = &[
        "at", "from", "to", "until", "till", "and", "between", "about", "around", "by", "approximately", "on", "the", "of",
        "since", "for", "after", "before", "or", "a", "an", "in",
    ];
    let last = text.rsplit([' ', '\n']).next().unwrap_or_default();
    text.ends_with(',') || OPEN.iter().any(|word| last.eq_ignore_ascii_case(word))
}

/// What stands between labelled values in a row.
const BARS: [char; 4] = [' ', '|', '·', '•'];

/// Where the further labels begin in `**Status:** Resolved | **Severity:** 3 | **Owner:** Ana`.
fn labels_in_a_row(text: &str) -> Vec<usize> {
    if !text.starts_with("**") || !text.contains(['|', '·', '•']) || !is_bold_label(text) {
        return Vec::new();
    }
    let parted = |at: &usize| text[..*at].ends_with(' ') && text[..*at].trim_end().ends_with(['|', '·', '•']);
    text.match_indices("**")
        .map(|(at, _)| at)
        .filter(|at| parted(at) && is_bold_label(&text[*at..]))
        .collect()
}

/// `**Impact:** x` and `**Impact**: x`.
fn is_bold_label(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("**") else { return false };
    let Some(close) = rest.find("**") else { return false };
    close <= LONGEST_NAME
        && (rest[..close].trim_end().ends_with(':')
            || rest[close + 2..].trim_start().starts_with(':')
            || rest[close + 2..].is_empty())
}

/// Whether a block is nothing but a label: `Tasks:`, `Timeline`.
fn is_label_alone(text: &str, block: &Block) -> bool {
    block.field.as_ref().is_some_and(|field| field.value >= text.len())
}

/// `2. Root cause` at the left edge: a heading of a text that has no other ones.
fn is_numbered_label(block: &Block) -> bool {
    matches!(block.kind, Kind::Item { marker: '1', task: None }) && block.indent == 0 && !block.quoted
}

/// Whether a block is a label that some table knows, and a short value behind it.
fn is_labelled_value(block: &Block) -> bool {
    let value = |field: &Field| block.flat.text.len() - field.value.min(block.flat.text.len());
    block.field.as_ref().is_some_and(|field| field.label != Label::Other && (1..=40).contains(&value(field)))
}

/// `Approved on: 7/22/2031`: a few words with a capital, a colon and a value.
fn is_labelled_line(text: &str) -> bool {
    let Some((name, value)) = text.split_once(": ") else { return false };
    let words = name.split(' ').count();
    let plain = name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '/' | '(' | ')'));
    words <= 4 && plain && starts_upper(name) && !value.trim().is_empty()
}

/// Where the cells of a table row stand, without space around them.
fn cell_ranges(line: &str) -> Vec<Range<usize>> {
    let mut cells = Vec::new();
    let first = usize::from(line.starts_with('|'));
    let mut start = first;
    let bytes = line.as_bytes();
    for at in first..=bytes.len() {
        let bar = at < bytes.len() && bytes[at] == b'|' && bytes.get(at.wrapping_sub(1)) != Some(&b'\\');
        let end = at == bytes.len() && (start < at || cells.is_empty());
        if bar || end {
            let cell = &line[start..at];
            let from = start + cell.len() - cell.trim_start().len();
            cells.push(from..from + cell.trim().len());
            start = at + 1;
        }
    }
    cells
}

/// The label at the beginning of a block. A label that no table knows counts as one
/// only where the writing says so: in bold, or alone with a colon.
fn field(flat: &Flat, cells: &[Range<usize>], kind: Kind, labels: &Labels) -> Option<Field> {
    let text = flat.text.as_str();
    if let Kind::Row { .. } = kind {
        let name = cells.first()?.clone();
        let label = labels.text(text.get(name.clone())?.trim_end_matches(':'))?;
        let value = cells.get(1)?.start;
        return Some(Field { label, name, value });
    }
    if kind == Kind::Fence || kind == Kind::Rule || opens_with_time(text) {
        return None;
    }
    let lead = text.len() - text.trim_start().len();
    let line = text[lead..].split('\n').next().unwrap_or_default();
    let bold = flat.bold.saturating_sub(lead).min(line.len());
    let (name_end, value) = separated(line, bold).or_else(|| bold_alone(line, bold, labels))?;
    let name = lead..lead + name_end;
    let words = text[name.clone()].trim();
    let value = skip_space(text, lead + value);
    let known = labels.text(words);
    let label = known.or((bold > 0 || value >= text.len()).then_some(Label::Other))?;
    let plausible = known.is_some()
        || (words.split(' ').count() <= 9 && starts_upper(words) && !words.contains(['.', '!']));
    (plausible && !words.is_empty()).then_some(Field { label, name, value })
}

/// `**TL;DR** A rope broke`: a known label in bold needs no mark behind it when a sentence begins there.
fn bold_alone(line: &str, bold: usize, labels: &Labels) -> Option<(usize, usize)> {
    let value = line[bold..].strip_prefix(' ')?;
    let sentence = starts_upper(value) && value.split(' ').count() > 3;
    (bold > 0 && sentence && labels.text(&line[..bold]).is_some()).then_some((bold, bold + 1))
}

/// Where the name ends and the value begins in a line.
fn separated(line: &str, bold: usize) -> Option<(usize, usize)> {
    let window = floor(line, LONGEST_NAME.max(bold).min(LONGEST_NAME + 20));
    if let Some(at) = line[..window].find([':', '：']).filter(|at| bold == 0 || *at <= bold + 2) {
        let colon = line[at..].chars().next().map_or(1, char::len_utf8);
        let behind = &line[at + colon..];
        let clock = line[..at].ends_with(|c: char| c.is_ascii_digit())
            && behind.starts_with(|c: char| c.is_ascii_digit());
        return (!clock && !behind.starts_with("//")).then_some((at, at + colon));
    }
    if bold == 0 {
        let question = line[..window].find('?').filter(|at| *at > 3)?;
        return Some((question, question + 1));
    }
    let behind = line[bold..].trim_start();
    let dash = behind.chars().next().filter(|c| matches!(c, '-' | '–' | '—' | '='));
    let gap = line.len() - behind.len() + dash.map_or(0, char::len_utf8);
    (dash.is_some() || behind.is_empty())
        .then_some((line[..bold].trim_end_matches([':', ' ', '?']).len(), gap))
}

fn skip_space(text: &str, at: usize) -> usize {
    let rest = &text[at.min(text.len())..];
    at.min(text.len()) + rest.len()
        - rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{a0}').len()
}
