//! One file as front matter, blocks and sections; and its Markdown as safe HTML.
//! Every word knows its line. This room knows nothing of incidents.
//!
//! [`parse`] reads a file as people write postmortems rather than as CommonMark
//! has it: a bold line is a heading, a line `Impact: …` is a field, and text that
//! is indented by four spaces is still text. [`html`] is the page's side of it.

mod blocks;
mod breaks;
mod crowded;
mod entities;
mod flat;
mod front_matter;
mod heading;
mod lines;
mod loose_keys;
mod passages;
mod plain_letters;
mod sections;
mod telling;

pub mod html;
pub mod labels;

pub use entities::decode_all as decode_entities;
pub use flat::{Flat, FlatLink};
pub use front_matter::{Entry, FrontMatter, Syntax, kind as value_kind, read as front_matter, scalar};
pub use labels::{Label, Labels};
pub use loose_keys::LooseKey;
pub use passages::{Passages, push_one_line};

use crate::diagnostic::{Diagnostic, Span};
use crate::language::work_counter;
use crate::source::{Gaps, SourceFile};
use std::ops::Range;

/// One file, understood as text.
#[derive(Debug, Clone, Default)]
pub struct Document {
    pub front_matter: FrontMatter,
    /// Where the text begins behind the front matter, in bytes.
    pub start: usize,
    /// In the order of the text.
    pub blocks: Vec<Block>,
    /// The first is the document itself; a section stands after its parent.
    pub sections: Vec<Section>,
    /// Where each line begins.
    lines: Vec<u32>,
    /// Lines of the file that are not in the text.
    gaps: Gaps,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A Markdown heading with its level, 1 to 6.
    Heading(u8),
    Paragraph,
    /// `task` is whether its box is ticked, when it has one.
    Item {
        marker: char,
        task: Option<bool>,
    },
    /// A row of a table; `head` when the line of dashes stands below it.
    Row {
        head: bool,
    },
    /// Code between fences, as written.
    Fence,
    Rule,
}

/// A line or a few that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub kind: Kind,
    /// Without markup; line breaks of the source are `\n`.
    pub flat: Flat,
    /// The whole block in the source, markup included.
    pub span: Span,
    /// 1-based.
    pub line: u32,
    /// Columns before its first character (a list item's marker).
    pub indent: usize,
    /// Whether it stands in a block quote.
    pub quoted: bool,
    /// Whether an empty line stands before it.
    pub gap: bool,
    /// Cells of a table row, in the flattened text.
    pub cells: Vec<Range<usize>>,
    /// `Impact: none`, or a label alone.
    pub field: Option<Field>,
    /// The innermost section that it stands in (for a heading: that it opens).
    pub section: usize,
}

/// A label with a colon (or the like) at the beginning of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub label: Label,
    /// The label's words in the flattened text.
    pub name: Range<usize>,
    /// Where the value begins in the flattened text; at its end when there is none.
    pub value: usize,
}

/// A heading of any sort and what stands under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What its own heading announces.
    pub label: Label,
    /// The same, or what the nearest section around it announces.
    pub under: Label,
    /// 1 to 6 for headings of Markdown, more for bold lines, plain labels and list items.
    pub level: usize,
    pub parent: usize,
    /// Its heading and all that stands under it.
    pub blocks: Range<usize>,
}

impl Document {
    /// The 1-based line, in the file, of a byte offset in the text.
    pub fn line(&self, offset: usize) -> u32 {
        self.gaps.line_of_file(self.lines.partition_point(|start| *start as usize <= offset).max(1) as u32)
    }

    /// The section that block `n` stands in.
    pub fn section(&self, n: usize) -> &Section {
        &self.sections[self.blocks[n].section]
    }

    /// What the sections around block `n` announce, from the inside out.
    pub fn labels_around(&self, n: usize) -> impl Iterator<Item = Label> + '_ {
        let mut next = Some(self.blocks[n].section);
        std::iter::from_fn(move || {
            work_counter::look(1);
            let section = &self.sections[next?];
            next = (section.parent != next?).then_some(section.parent);
            Some(section.label)
        })
    }

    /// Whether block `n` opens a section.
    pub fn opens(&self, n: usize) -> bool {
        let section = self.blocks[n].section;
        section != 0 && self.sections[section].blocks.start == n
    }
}

impl Block {
    pub fn text(&self) -> &str {
        &self.flat.text
    }

    /// The value behind the label; the whole text when there is no label.
    pub fn value(&self) -> Range<usize> {
        self.field.as_ref().map_or(0, |field| field.value)..self.flat.text.len()
    }

    pub fn is_item(&self) -> bool {
        matches!(self.kind, Kind::Item { .. })
    }

    pub fn is_prose(&self) -> bool {
        matches!(self.kind, Kind::Paragraph | Kind::Item { .. })
    }

    /// Lines of the flattened text, with where each begins.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let mut at = 0;
        self.flat.text.split('\n').map(move |line| {
            let start = at;
            at += line.len() + 1;
            (start, line)
        })
    }
}

/// Reads a file. What is wrong with its front matter is reported, and the text is read all the same.
pub fn parse(source: &SourceFile, labels: &Labels) -> (Document, Vec<Diagnostic>) {
    let (front_matter, start, diagnostics) = front_matter::read(source);
    let start = start + wrapping(&source.text[start..]);
    let mut blocks = blocks::scan(&source.text, start, labels);
    let sections = sections::arrange(&mut blocks, labels);
    let lines = std::iter::once(0)
        .chain(memchr::memchr_iter(b'\n', source.text.as_bytes()).map(|at| at as u32 + 1))
        .collect();
    let gaps = source.gaps.clone();
    (Document { front_matter, start, blocks, sections, lines, gaps }, diagnostics)
}

/// Length of what stands before the text of a document that is one block of code in Markdown, as assistants hand it out.
fn wrapping(text: &str) -> usize {
    const OPENERS: &[&str] = &["```md", "```markdown", "~~~md", "~~~markdown"];
    let open = text.trim_start();
    let line = open.lines().next().unwrap_or_default().trim_end();
    let is_fence = |line: &str| line.trim().len() >= 3 && line.trim().chars().all(|c| matches!(c, '`' | '~'));
    let closes = || text.trim_end().lines().next_back().is_some_and(is_fence);
    match OPENERS.iter().any(|opener| line.eq_ignore_ascii_case(opener)) && closes() {
        true => text.len() - open.len() + line.len(),
        false => 0,
    }
}
