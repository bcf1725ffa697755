//! What is wrong, where, and what to do about it.
//!
//! Every room hands back its diagnostics as values beside its result; nothing in
//! the library prints. A diagnostic carries its own excerpt, so it can be shown
//! after the text it speaks of is gone. This room knows no other room.

mod characters;
mod codes;
mod collected;
mod fault;
mod alike;
mod render;

pub use characters::{bidi_characters, control_characters, is_bidi, is_control, printable, printable_json};
pub use codes::{CODES, Code, Row, row_named};
pub use collected::{Collected, MOST_OF_A_KIND};
#[cfg(test)]
pub use fault::on_purpose;
pub use fault::{caught, tell_in_one_line};
pub use render::{Places, github, human, json};

use serde::Serialize;

/// A byte range in one source file, `start..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// A span over `start..end`; files are capped far below 4 GiB, so offsets fit.
    pub fn new(start: usize, end: usize) -> Span {
        let fit = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { start: fit(start), end: fit(end.max(start)) }
    }

    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// How much a diagnostic matters. Errors make the exit code 1, warnings do with
/// `--strict`, notes are shown with `--verbose`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Error,
    Warning,
    Note,
}

/// Where a diagnostic points, with the line to show.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Place {
    /// Path as the user knows it, with forward slashes.
    pub path: String,
    /// 1-based; 0 when the diagnostic is about the file as a whole.
    pub line: u32,
    /// 1-based, in characters.
    pub column: u32,
    /// The text of that line, or a part of it when it is very long.
    pub text: String,
    /// Characters of the line that stand before `text`.
    pub offset: u32,
    /// What to underline within `text`, in bytes.
    pub mark: (usize, usize),
}

/// One diagnostic.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    pub code: Code,
    pub level: Level,
    pub message: String,
    /// What stands under the carets, such as "expected a date, found `soon`".
    pub label: String,
    pub place: Option<Place>,
    /// Other places that matter, each with a word on why.
    pub related: Vec<(Place, String)>,
    pub help: Option<String>,
}

impl Diagnostic {
    /// A diagnostic without a place yet; its level is that of its code.
    pub fn new(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            level: code.row().level,
            message: message.into(),
            label: String::new(),
            place: None,
            related: Vec::new(),
            help: None,
        }
    }

    /// Points at `span` in `text`, the content of the file `path`.
    pub fn at(mut self, path: &str, text: &str, span: Span) -> Diagnostic {
        self.place = Some(Place::of(path, text, span));
        self
    }

    /// Points at a file as a whole.
    pub fn in_file(mut self, path: &str) -> Diagnostic {
        self.place = Some(Place { path: path.to_owned(), ..Place::default() });
        self
    }

    /// Says under the carets what was expected and what was found.
    pub fn label(mut self, label: impl Into<String>) -> Diagnostic {
        self.label = label.into();
        self
    }

    /// Shows a second place, and why.
    pub fn also(mut self, path: &str, text: &str, span: Span, why: impl Into<String>) -> Diagnostic {
        self.related.push((Place::of(path, text, span), why.into()));
        self
    }

    /// Suggests what to do.
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// Adds "did you mean …?" when a known name is near.
    pub fn nearest<'a>(self, found: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
        match nearest(found, known) {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
    }

    /// Puts `shown`, which is as long, in place of a `secret` wherever it is told, also where only a part
    /// of it is.
    pub fn conceal(&mut self, secret: &str, shown: &str) {
        for text in [&mut self.message, &mut self.label].into_iter().chain(&mut self.help) {
            *text = text.replace(secret, shown);
        }
        for place in self.place.iter_mut().chain(self.related.iter_mut().map(|(place, _)| place)) {
            place.text = place.text.replace(secret, shown);
            conceal_cut(&mut place.text, secret, shown);
        }
    }

    /// Counts lines of the file `path` as `line_of_file` does.
    pub fn renumber(&mut self, path: &str, line_of_file: impl Fn(u32) -> u32) {
        let places = self.place.iter_mut().chain(self.related.iter_mut().map(|(place, _)| place));
        for place in places.filter(|place| place.path == path && place.line > 0) {
            place.line = line_of_file(place.line);
        }
    }

    fn sort_key(&self) -> (&str, u32, u32, Level, &'static str, &str) {
        let (path, line, column) =
            self.place.as_ref().map_or(("", 0, 0), |p| (p.path.as_str(), p.line, p.column));
        (path, line, column, self.level, self.code.row().name, &self.message)
    }
}

/// Takes out what is silenced, and makes errors of what is denied; both by the names of codes.
pub fn decide(diagnostics: &mut Vec<Diagnostic>, silence: &[String], deny: &[String]) {
    let is_in = |names: &[String], d: &Diagnostic| names.iter().any(|name| name == d.code.row().name);
    diagnostics.retain(|d| !is_in(silence, d));
    for diagnostic in diagnostics.iter_mut().filter(|d| is_in(deny, d)) {
        diagnostic.level = Level::Error;
    }
}

/// An excerpt can begin or end within a secret.
fn conceal_cut(excerpt: &mut String, secret: &str, shown: &str) {
    let cuts = || (1..secret.len()).filter(|at| secret.is_char_boundary(*at));
    if let Some(at) = cuts().find(|at| excerpt.starts_with(&secret[*at..]) && secret.len() - at > 3) {
        excerpt.replace_range(..secret.len() - at, &shown[at..]);
    }
    if let Some(at) = cuts().rev().find(|at| excerpt.ends_with(&secret[..*at]) && *at > 3) {
        let start = excerpt.len() - at;
        excerpt.replace_range(start.., &shown[..at]);
    }
}

/// Puts diagnostics in the order they are shown: by file, line, column.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
}

/// The known name that `found` was most likely meant to be: the nearest by
/// Damerau-Levenshtein distance, at most a third of its length away.
pub fn nearest<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let found = found.to_lowercase();
    let length = found.chars().count();
    let limit = (length / 3).max(1);
    known
        .into_iter()
        .map(|name| (name, name.to_lowercase()))
        .filter(|(_, lower)| lower.chars().count().abs_diff(length) <= limit)
        .map(|(name, lower)| (strsim::damerau_levenshtein(&found, &lower), name))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, name)| (*distance, *name))
        .map(|(_, name)| name)
}

/// Longest text kept of one line, in bytes; a line of 50 MB must not be kept whole.
const LONGEST_TEXT: usize = 4096;
/// How much of that stands before the place.
const BEFORE: usize = LONGEST_TEXT / 4;

impl Place {
    /// The place of `span` in `text`. Offsets outside the text point at its end.
    pub fn of(path: &str, text: &str, span: Span) -> Place {
        let start = floor_boundary(text, span.start as usize);
        let line_start = memchr::memrchr(b'\n', &text.as_bytes()[..start]).map_or(0, |at| at + 1);
        let line_end = memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at);
        let end = floor_boundary(text, span.end as usize).clamp(start, line_end);
        let (from, to) = match line_end - line_start > LONGEST_TEXT {
            true => {
                let from = floor_boundary(text, start.saturating_sub(BEFORE).max(line_start));
                (from, floor_boundary(text, (from + LONGEST_TEXT).min(line_end)))
            }
            false => (line_start, line_end),
        };
        let line = 1 + memchr::memchr_iter(b'\n', &text.as_bytes()[..line_start]).count();
        let offset = text[line_start..from].chars().count();
        let column = 1 + offset + text[from..start].chars().count();
        let part = text[from..to].trim_end_matches('\r').to_owned();
        let mark = ((start - from).min(part.len()), (end - from).min(part.len()));
        Place {
            path: path.to_owned(),
            line: line as u32,
            column: column as u32,
            text: part,
            offset: offset as u32,
            mark,
        }
    }
}

fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_knows_line_column_and_what_to_mark() {
        let text = "title: x\ndaté: soon\nend\n";
        let at = text.find("soon").expect("in the text");
        let place = Place::of("a.md", text, Span::new(at, at + 4));
        assert_eq!((place.line, place.column), (2, 7));
        assert_eq!(&place.text[place.mark.0..place.mark.1], "soon");
    }

    #[test]
    fn of_a_long_line_a_part_is_kept_that_says_where_it_begins() {
        let here =
            |before: usize, behind: usize| format!("\n{}here{}", "é".repeat(before), "x".repeat(behind));
        for (before, behind) in
            [(0, 0), (5, 100_000), (600, 5), (100_000, 100_000), (100_000, 0), (2000, 92), (2000, 93)]
        {
            let text = here(before, behind);
            let at = text.find("here").expect("in the text");
            let place = Place::of("a.md", &text, Span::new(at, at + 4));
            assert!(place.text.len() <= LONGEST_TEXT);
            assert_eq!(
                place.offset == 0,
                2 * before + 4 + behind <= LONGEST_TEXT || before <= 512,
                "{before} {behind}"
            );
            assert_eq!(&place.text[place.mark.0..place.mark.1], "here");
            assert_eq!((place.line, place.column as usize), (2, before + 1));
            let indexed: String =
                place.text.chars().skip((place.column - 1 - place.offset) as usize).take(4).collect();
            assert_eq!(indexed, "here");
        }
    }

    #[test]
    fn the_nearest_name_is_near() {
        assert_eq!(nearest("titel", ["title", "date"]), Some("title"));
        assert_eq!(nearest("colour", ["title", "date"]), None);
    }
}
