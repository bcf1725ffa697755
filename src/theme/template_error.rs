//! What is wrong with a template, as a diagnostic with file, line and column.

use super::Source;
use crate::diagnostic::{Code, Diagnostic, Place, Span};
use std::collections::BTreeMap;
use tera::{Error, ErrorKind};

/// The diagnostics of an error; one about several references has one each.
pub fn all(error: &Error, sources: &BTreeMap<String, Source>) -> Vec<Diagnostic> {
    match error.kind() {
        ErrorKind::Msg(text) if text.contains("\n\n") => {
            text.split("\n\n").filter_map(|report| reported(report, sources)).collect()
        }
        _ => vec![one(error, sources, "")],
    }
}

/// The diagnostic of an error. `template` is the one being rendered, where one is.
pub fn one(error: &Error, sources: &BTreeMap<String, Source>, template: &str) -> Diagnostic {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let span = report.span();
            located(report.message(), report.filename(), sources, span.range.start, span.range.end)
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain } => {
            chain(format!("`{tpl}` extends itself"), tpl, inheritance_chain, sources)
        }
        ErrorKind::CircularInclude { tpl, include_chain } => {
            chain(format!("`{tpl}` includes itself"), tpl, include_chain, sources)
        }
        ErrorKind::MissingParent { current, parent } => {
            let text = sources.get(current).map_or("", |source| source.text.as_str());
            let at = text.find(parent.as_str()).unwrap_or(0);
            let missing = format!("there is no template `{parent}` to extend");
            located(&missing, current, sources, at, at + parent.len())
                .nearest(parent, sources.keys().map(String::as_str))
        }
        ErrorKind::Msg(text) => reported(text, sources).unwrap_or_else(|| plain(text, template, sources)),
        other => plain(&other.to_string(), template, sources),
    }
}

/// A template file that is not text.
pub fn not_utf8(shown: &str, at: usize) -> Diagnostic {
    Diagnostic::new(Code::Template, format!("the template is not UTF-8: byte {at} cannot be read"))
        .in_file(shown)
}

fn plain(message: &str, template: &str, sources: &BTreeMap<String, Source>) -> Diagnostic {
    let shown = sources.get(template).map_or(template, |source| source.shown.as_str());
    let diagnostic = Diagnostic::new(Code::Template, message);
    if shown.is_empty() { diagnostic } else { diagnostic.in_file(shown) }
}

fn located(
    message: &str,
    name: &str,
    sources: &BTreeMap<String, Source>,
    start: usize,
    end: usize,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::Template, message);
    match sources.get(name) {
        Some(source) => diagnostic.at(&source.shown, &source.text, Span::new(start, end)).label("here"),
        None => diagnostic.in_file(name),
    }
}

fn chain(message: String, name: &str, chain: &[String], sources: &BTreeMap<String, Source>) -> Diagnostic {
    let steps: Vec<&str> = chain.iter().map(String::as_str).collect();
    let next = steps.iter().find(|step| **step != name).copied().unwrap_or(name);
    let text = sources.get(name).map_or("", |source| source.text.as_str());
    let called = next.rsplit('/').next().unwrap_or(next);
    let at = text.find(called).unwrap_or(0);
    located(&message, name, sources, at, at + called.len())
        .help(format!("the chain is {}", steps.join(" → ")))
}

/// An error that the engine hands over as a finished report: message, then
/// ` --> [name:line:column]`, then the line. Only its first two lines are read.
fn reported(report: &str, sources: &BTreeMap<String, Source>) -> Option<Diagnostic> {
    let message = report.lines().next()?.trim_start_matches("error: ").trim();
    let place = report.lines().find_map(|line| line.split_once("-->"))?.1.trim().trim_matches(['[', ']']);
    let mut parts = place.rsplitn(3, ':');
    let column: usize = parts.next()?.parse().ok()?;
    let line: usize = parts.next()?.parse().ok()?;
    let source = sources.get(parts.next()?)?;
    let mut diagnostic = Diagnostic::new(Code::Template, message);
    let start = offset(&source.text, line, column);
    let word = &source.text[start..];
    let length = match word.strip_prefix('"') {
        Some(quoted) => quoted.find('"').map_or(1, |end| end + 2),
        None => word.find(|c: char| c.is_whitespace() || "}%)".contains(c)).unwrap_or(0),
    };
    let end = start + length;
    diagnostic.place = Some(Place::of(&source.shown, &source.text, Span::new(start, end)));
    Some(diagnostic)
}

/// Byte offset of a 1-based line and column in characters.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[start.min(text.len())..];
    start.min(text.len()) + rest.char_indices().nth(column.saturating_sub(1)).map_or(0, |(at, _)| at)
}
