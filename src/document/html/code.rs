//! Blocks of code, and indented prose that Markdown takes for code.

use super::highlight::{self, Coloured};
use super::lines;
use super::piece::{Element, Words};
use super::tree::Tree;
use crate::diagnostic::Span;
use std::borrow::Cow;
use std::ops::Range;

/// A line of a block with its line break, and where it stands in the source.
pub(super) type Line<'t> = (Cow<'t, str>, Range<usize>);

/// The lines of a part of a block.
pub(super) fn lines<'t>(text: &'t str, words: Cow<'t, str>, range: &Range<usize>) -> Vec<Line<'t>> {
    let Some(source) = text.get(range.clone()).filter(|source| *source == words) else {
        return words
            .split_inclusive('\n')
            .map(|line| (Cow::Owned(line.to_owned()), range.clone()))
            .collect();
    };
    let mut at = range.start;
    let line = |line: &'t str| {
        at += line.len();
        (Cow::Borrowed(line), at - line.len()..at)
    };
    source.split_inclusive('\n').map(line).collect()
}

/// Writes a block. `info` is what stands behind the fence; an indented block has none.
pub(super) fn write<'t>(
    text: &'t str,
    info: Option<&str>,
    block: Range<usize>,
    lines: Vec<Line<'t>>,
    tree: &mut Tree<'t>,
) {
    let span = Span::new(block.start, block.end);
    let is_prose = info.is_none() && lines::is_prose(&text[block]);
    let language = info.map(language).unwrap_or_default();
    let pre = tree.open(match is_prose {
        true => Element::new("pre").with("class", "text").at(span),
        false => scrolling(&language).at(span),
    });
    let code = (!is_prose).then(|| code(&language)).and_then(|code| tree.open(code));
    let last = lines.len().saturating_sub(1);
    let mut colours = highlight::colours(&language, lines.iter().map(|(line, _)| line.as_ref()))
        .unwrap_or_default()
        .into_iter();
    for (n, (line, range)) in lines.into_iter().enumerate() {
        let line = if n == last { without_end(line) } else { line };
        let coloured = colours.next().unwrap_or_default();
        write_line(text, line, range, &coloured, tree);
    }
    code.into_iter().chain(pre).for_each(|ticket| tree.close(ticket));
}

/// Writes a line, its coloured words in elements of their own.
fn write_line<'t>(
    text: &'t str,
    line: Cow<'t, str>,
    range: Range<usize>,
    coloured: &[Coloured],
    tree: &mut Tree<'t>,
) {
    // An unfinished last line gets a line break that the source has not.
    let same = text[range.clone()].starts_with(line.as_ref());
    let part = |from: usize, to: usize| {
        let words: Cow<'t, str> = match &line {
            Cow::Borrowed(line) => Cow::Borrowed(&line[from..to]),
            Cow::Owned(line) => Cow::Owned(line[from..to].to_owned()),
        };
        let span = if same {
            Span::new(range.start + from, range.start + to)
        } else {
            Span::new(range.start, range.end)
        };
        Words::new(words, span)
    };
    let mut from = 0;
    for (words, class) in coloured {
        let end = words.end.min(line.len());
        if words.start >= end {
            continue;
        }
        tree.text(part(from, words.start));
        let ticket = tree.open(Element::new("span").with("class", *class));
        tree.text(part(words.start, end));
        ticket.into_iter().for_each(|ticket| tree.close(ticket));
        from = end;
    }
    tree.text(part(from, line.len()));
}

/// A block that scrolls by itself and can be scrolled with the keyboard.
fn scrolling(language: &str) -> Element<'static> {
    let label = if language.is_empty() { "Code".to_owned() } else { format!("Code, {language}") };
    Element::new("pre").with("tabindex", "0").with("role", "group").with("aria-label", label)
}

fn code(language: &str) -> Element<'static> {
    match language.is_empty() {
        true => Element::new("code"),
        false => Element::new("code").with("class", format!("language-{language}")),
    }
}

/// The language of a fenced block: its first word, as far as it is a name.
fn language(info: &str) -> String {
    let first = info.split([' ', '\t', ',', '{']).next().unwrap_or_default();
    let is_name = |c: char| c.is_ascii_alphanumeric() || "-_+#.".contains(c);
    match first.chars().all(is_name) && first.len() <= 30 {
        true => first.to_lowercase(),
        false => String::new(),
    }
}

fn without_end(line: Cow<'_, str>) -> Cow<'_, str> {
    match line {
        Cow::Borrowed(line) => Cow::Borrowed(line.trim_end_matches('\n')),
        Cow::Owned(line) => Cow::Owned(line.trim_end_matches('\n').to_owned()),
    }
}
