//! Which blocks are headings in effect, and what stands under each.

use super::labels::{Label, Labels};
use super::lines::{opens_with_time, opens_with_weekday};
use super::{Block, Kind, Section};
use crate::language::work_counter;

/// Levels of headings that Markdown does not know as such.
const BOLD_LINE: usize = 7;
const PLAIN_LABEL: usize = 8;
const PLAIN_GROUP: usize = 9;
/// Most words of a question that is a heading.
const MOST_ASKED: usize = 10;
/// A list item that is only a label; its indentation is added.
const ITEM: usize = 10;

/// Finds the sections and tells every block which one it stands in.
pub fn arrange(blocks: &mut [Block], labels: &Labels) -> Vec<Section> {
    let markdown = blocks.iter().any(|block| matches!(block.kind, Kind::Heading(_)));
    let document =
        Section { label: Label::Other, under: Label::Other, level: 0, parent: 0, blocks: 0..blocks.len() };
    let mut sections = vec![document];
    let mut open = vec![0];
    let mut headings = 0;
    for n in 0..blocks.len() {
        settle_heading(blocks, n, headings, labels);
        headings += usize::from(matches!(blocks[n].kind, Kind::Heading(_)));
        work_counter::look(1);
        close(&mut open, &mut sections, blocks, n);
        if let Some((level, label)) = opening(blocks, n, markdown, headings, labels) {
            open_section(&mut open, &mut sections, blocks, n, level, label);
        }
        blocks[n].section = open.last().copied().unwrap_or(0);
    }
    for section in open {
        sections[section].blocks.end = blocks.len();
    }
    sections
}

/// `# Impact: nobody could log in` is a field that was written as a heading.
fn settle_heading(blocks: &mut [Block], n: usize, headings: usize, labels: &Labels) {
    let block = &blocks[n];
    let Kind::Heading(_) = block.kind else { return };
    let Some(field) = &block.field else { return };
    let known = labels.text(&block.text()[field.name.clone()]);
    let always_heading = matches!(
        known,
        None | Some(Label::Timeline | Label::Actions | Label::Lessons | Label::Other | Label::Title)
    );
    if headings == 0 && known == Some(Label::Resolution) {
        // `# Fix: doors that stay shut`: what the text is about, and no field of it.
        blocks[n].field = None;
        return;
    }
    if headings > 0 && !always_heading && field.value < block.text().len() {
        blocks[n].kind = Kind::Paragraph;
    }
}

/// Closes list-item sections that block `n` does not stand under, and small ones at a rule.
fn close(open: &mut Vec<usize>, sections: &mut [Section], blocks: &[Block], n: usize) {
    let block = &blocks[n];
    while let Some(&last) = open.last() {
        let section = &sections[last];
        let ends = match block.kind {
            Kind::Rule => section.level >= BOLD_LINE,
            _ if section.level >= ITEM => leaves(section, blocks, n),
            _ => false,
        };
        if !ends {
            break;
        }
        work_counter::look(1);
        sections[last].blocks.end = n;
        open.pop();
    }
}

/// Whether block `n` is no longer under the list item that opens `section`.
fn leaves(section: &Section, blocks: &[Block], n: usize) -> bool {
    let (head, block) = (&blocks[section.blocks.start], &blocks[n]);
    match (head.kind, block.kind) {
        (Kind::Item { marker, .. }, Kind::Item { marker: other, .. }) => {
            block.indent < head.indent
                || (block.indent == head.indent && (marker == other || is_label(block)))
        }
        (_, Kind::Paragraph) => block.indent <= head.indent && block.gap && section.blocks.start + 1 < n,
        (_, Kind::Heading(_)) => true,
        _ => false,
    }
}

fn is_label(block: &Block) -> bool {
    block.field.as_ref().is_some_and(|field| field.value >= block.text().len())
}

/// The level and meaning of the section that block `n` opens, if it opens one.
fn opening(
    blocks: &[Block],
    n: usize,
    markdown: bool,
    headings: usize,
    labels: &Labels,
) -> Option<(usize, Label)> {
    let block = &blocks[n];
    let text = block.text().trim();
    match block.kind {
        Kind::Heading(level) => {
            let title = headings <= 1 && (level <= 2 || is_above_all(blocks, n, level));
            let name = block.field.as_ref().map_or(text, |field| &block.text()[field.name.clone()]);
            let label =
                if title { labels.text(text) } else { labels.heading(text).or_else(|| labels.text(name)) };
            let itself = !title && label.is_none() && names_a_postmortem(text);
            Some((level.into(), label.unwrap_or(if itself { Label::Title } else { Label::Other })))
        }
        Kind::Item { .. } if is_label(block) && has_children(blocks, n) => {
            Some((ITEM + block.indent, block.field.as_ref()?.label))
        }
        Kind::Item { marker: '1', task: None } if !markdown && block.indent == 0 && !block.quoted => {
            numbered(blocks, n, labels)
        }
        Kind::Paragraph if !text.contains('\n') && !opens_with_time(text) && !opens_with_weekday(text) => {
            line_opening(blocks, n, markdown, labels)
        }
        _ => None,
    }
}

/// Whether deeper headings stand below the first one of a text, and none of its level: it is the title.
fn is_above_all(blocks: &[Block], n: usize, level: u8) -> bool {
    let mut levels = blocks[n + 1..].iter().filter_map(|block| match block.kind {
        Kind::Heading(level) => Some(level),
        _ => None,
    });
    levels.clone().any(|below| below > level) && levels.all(|below| below > level)
}

/// `2. Root cause` with text below, where no line is a heading of Markdown.
fn numbered(blocks: &[Block], n: usize, labels: &Labels) -> Option<(usize, Label)> {
    let label = labels.text(blocks[n].text().trim())?;
    let another = |next: &Block| matches!(next.kind, Kind::Item { marker: '1', .. }) && next.indent == 0;
    blocks.get(n + 1).filter(|next| !another(next)).map(|_| (PLAIN_LABEL, label))
}

/// A heading further down that begins the report itself, after an assignment or a foreword.
fn names_a_postmortem(heading: &str) -> bool {
    let lower = heading.to_lowercase();
    ["postmortem", "post-mortem", "post mortem", "incident report"].iter().any(|name| lower.contains(name))
}

fn line_opening(blocks: &[Block], n: usize, markdown: bool, labels: &Labels) -> Option<(usize, Label)> {
    let block = &blocks[n];
    let text = block.text().trim();
    let name = text.trim_end_matches([':', '：', ' ', '-']);
    let known = labels.text(name);
    let bold = block.flat.bold >= name.len() && !name.is_empty();
    if bold && n > 0 && name.len() <= 100 {
        return Some((BOLD_LINE, known.or_else(|| labels.heading(name)).unwrap_or(Label::Other)));
    }
    if let Some(label) = known.filter(|_| !text.ends_with('.')) {
        return Some((PLAIN_LABEL, label));
    }
    if let Some(field) = block
        .field
        .as_ref()
        .filter(|field| matches!(field.label, Label::Actions | Label::Timeline) && text.ends_with(':'))
    {
        return Some((PLAIN_LABEL, field.label));
    }
    let followed = blocks.get(n + 1).is_some_and(|next| !matches!(next.kind, Kind::Heading(_) | Kind::Rule));
    if let Some(label) = labels.heading(name).filter(|_| !markdown && followed && block.gap && asks(text)) {
        return Some((PLAIN_LABEL, label));
    }
    let half_bold = block.flat.bold > 0 && !bold;
    if text.ends_with(':')
        && !half_bold
        && name.len() <= 60
        && followed
        && starts_title(name)
        && !name.contains(". ")
    {
        return Some((PLAIN_GROUP, Label::Other));
    }
    let titled = !markdown && n > 0 && followed && name.len() <= 50 && is_title_case(name) && block.gap;
    titled.then_some((PLAIN_LABEL, labels.heading(name).unwrap_or(Label::Other)))
}

/// `How did we fix it?` on a line of its own.
fn asks(text: &str) -> bool {
    text.ends_with('?') && text.split_whitespace().count() <= MOST_ASKED && starts_title(text)
}

fn has_children(blocks: &[Block], n: usize) -> bool {
    let (block, Some(next)) = (&blocks[n], blocks.get(n + 1)) else { return false };
    match (block.kind, next.kind) {
        (Kind::Item { marker, .. }, Kind::Item { marker: other, .. }) => {
            next.indent > block.indent
                || (next.indent == block.indent && marker != other && block.text().trim_end().ends_with(':'))
        }
        (_, Kind::Paragraph) => next.indent > block.indent || !next.gap,
        (_, Kind::Fence | Kind::Row { .. }) => true,
        _ => false,
    }
}

fn starts_title(name: &str) -> bool {
    name.split_whitespace().count() <= 8
        && name.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
}

/// Whether the words of a short line are capitalised as in a title.
fn is_title_case(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().filter(|word| word.len() > 3).collect();
    let capital = |word: &&&str| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    let count = name.split_whitespace().count();
    (1..=6).contains(&count)
        && !words.is_empty()
        && words.iter().all(|word| capital(&word))
        && !name.ends_with(['.', ',', '!', ';'])
}

fn open_section(
    open: &mut Vec<usize>,
    sections: &mut Vec<Section>,
    blocks: &[Block],
    n: usize,
    level: usize,
    label: Label,
) {
    while open.len() > 1
        && open.last().is_some_and(|last| {
            sections[*last].level >= level && !is_group(sections, blocks, *last, n, label)
        })
    {
        if let Some(last) = open.pop() {
            sections[last].blocks.end = n;
        }
    }
    let parent = open.last().copied().unwrap_or(0);
    let heading = matches!(blocks[n].kind, Kind::Heading(_));
    let label = if heading && sections[parent].under == Label::Actions && is_kind_of_action(label) {
        Label::Other
    } else {
        label
    };
    let label =
        if label == Label::Actions && lists_times(&blocks[n + 1..]) { Label::Timeline } else { label };
    let under = if label == Label::Other { sections[parent].under } else { label };
    open.push(sections.len());
    sections.push(Section { label, under, level, parent, blocks: n..blocks.len() });
}

/// Whether a list of what was done when stands here: "Actions" that were taken.
fn lists_times(blocks: &[Block]) -> bool {
    let [first, second, ..] = blocks else { return false };
    [first, second].iter().all(|block| block.is_item() && opens_with_time(block.text()))
}

/// Names that action items are sorted under: "Detection" below "Action items" holds more of them.
fn is_kind_of_action(label: Label) -> bool {
    matches!(
        label,
        Label::Detection
            | Label::Resolution
            | Label::Mitigated
            | Label::Impact
            | Label::Background
            | Label::Story
    )
}

/// An unknown heading with a colon right under a known one belongs to it, whatever the number of its `#`.
fn is_group(sections: &[Section], blocks: &[Block], last: usize, n: usize, label: Label) -> bool {
    let empty = sections[last].blocks.start + 1 == n && sections[last].label != Label::Other;
    empty && label == Label::Other && blocks[n].text().trim_end().ends_with(':')
}
