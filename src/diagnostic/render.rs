//! Diagnostics as text: for people, for programs, for a forge's annotations.

use super::alike::{Alike, alike};
use super::{Diagnostic, Level, Place, printable, printable_json};
use annotate_snippets::{AnnotationKind, Group, Level as Title, Origin, Renderer, Snippet};
use serde_json::{Value, json};

/// Longest excerpt shown of one line, in characters.
const EXCERPT: usize = 160;

/// Of one kind of diagnostic, how many places beside the first are named at most.
const FIRST: usize = 9;

/// Which places of a kind of diagnostic are named to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Places {
    First,
    All,
}

/// For a terminal: the line, carets, and a suggestion; the look of cargo's own errors. Diagnostics that
/// differ in nothing but their place are told once, with their places.
pub fn human(diagnostics: &[Diagnostic], named: Places, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for kind in alike(diagnostics) {
        out.push_str(&with_columns(&renderer.render(&report(&kind, named)), kind.first));
        out.push_str("\n\n");
    }
    out
}

fn report<'d>(kind: &Alike<'d>, named: Places) -> Vec<Group<'d>> {
    let diagnostic = kind.first;
    let level = match diagnostic.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
        Level::Note => Title::NOTE,
    };
    let mut group = Group::with_title(
        level.primary_title(printable(&kind.message()).into_owned()).id(diagnostic.code.row().name),
    );
    if let Some(place) = &diagnostic.place {
        group = match place.line {
            0 => group.element(Origin::path(printable(&place.path))),
            _ => group.element(snippet(place, AnnotationKind::Primary, &diagnostic.label)),
        };
    }
    for (place, why) in &diagnostic.related {
        group = group.element(snippet(place, AnnotationKind::Context, why));
    }
    let named = if named == Places::All { kind.others.len() } else { FIRST.min(kind.others.len()) };
    for place in &kind.others[..named] {
        group = group.element(origin(place));
    }
    if named < kind.others.len() {
        let more = kind.others.len() - named;
        group = group.element(Title::NOTE.message(format!("and {more} more; `--verbose` names them")));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Title::HELP.message(printable(help)));
    }
    vec![group]
}

fn origin(place: &Place) -> Origin<'static> {
    let origin = Origin::path(printable(&place.path).into_owned());
    match place.line {
        0 => origin,
        line => origin.line(line as usize).char_column(place.column as usize),
    }
}

/// The renderer counts columns in the excerpts that it is given; they are put as they are in the lines.
fn with_columns(rendered: &str, diagnostic: &Diagnostic) -> String {
    let places = diagnostic.place.iter().chain(diagnostic.related.iter().map(|(place, _)| place));
    let (mut out, mut rest) = (String::with_capacity(rendered.len()), rendered);
    for place in places.filter(|place| place.line > 0) {
        let (path, line) = (printable(&place.path), place.line);
        let counted = 1 + printable(excerpt(place)[0]).chars().count();
        let Some((before, behind)) = rest.split_once(&format!("{path}:{line}:{counted}")) else { continue };
        out += &format!("{before}{path}:{line}:{}", place.column);
        rest = behind;
    }
    out + rest
}

fn snippet<'a>(
    place: &'a Place,
    kind: AnnotationKind,
    label: &'a str,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let label = (!label.is_empty()).then(|| printable(label));
    let [before, marked, behind] = excerpt(place).map(printable);
    let mark = before.len()..before.len() + marked.len();
    Snippet::source([before, marked, behind].concat())
        .path(printable(&place.path))
        .line_start(place.line as usize)
        .annotation(kind.span(mark).label(label))
}

/// What stands before the mark, what is marked, and what stands behind, as far as there is room.
fn excerpt(place: &Place) -> [&str; 3] {
    let (start, end) = place.mark;
    let before = &place.text[..start];
    let is_far = before.chars().nth(EXCERPT / 2).is_some();
    let cut = if is_far { before.char_indices().rev().nth(EXCERPT / 4) } else { None };
    let from = cut.map_or(0, |(at, _)| at);
    let to = place.text[from..].char_indices().nth(EXCERPT).map_or(place.text.len(), |(at, _)| from + at);
    [&place.text[from..start], &place.text[start..end.min(to)], &place.text[end.min(to)..to]]
}

/// One JSON object a line: `level`, `code`, `message`, `label`, `place` (`file`, `line`, `column`, `text`, `offset`;
/// null without one), `related` (each a `place` and `why`), `help`. Line 0 is the file as a whole. Lines and columns
/// are counted from 1, columns in characters; `text` is the line, and `offset` how many characters of it stand
/// before `text` when it is too long to be given whole.
pub fn json(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(|d| format!("{}\n", printable_json(&object(d).to_string()))).collect()
}

fn object(diagnostic: &Diagnostic) -> Value {
    let place = |p: &Place| json!({ "file": p.path, "line": p.line, "column": p.column, "text": p.text, "offset": p.offset });
    let related: Vec<Value> =
        diagnostic.related.iter().map(|(p, why)| json!({ "place": place(p), "why": why })).collect();
    json!({
        "level": diagnostic.level,
        "code": diagnostic.code.row().name,
        "message": diagnostic.message,
        "label": diagnostic.label,
        "place": diagnostic.place.as_ref().map(place),
        "related": related,
        "help": diagnostic.help,
    })
}

/// Workflow commands that GitHub turns into annotations beside the changed lines.
pub fn github(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(command).collect()
}

fn command(diagnostic: &Diagnostic) -> String {
    let name = match diagnostic.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    };
    let mut properties = vec![format!("title={}", diagnostic.code.row().name)];
    if let Some(place) = &diagnostic.place {
        properties.push(format!("file={}", escape_property(&place.path)));
        if place.line > 0 {
            properties.push(format!("line={},col={}", place.line, place.column));
        }
    }
    let parts =
        [Some(diagnostic.message.as_str()), Some(diagnostic.label.as_str()), diagnostic.help.as_deref()];
    let text: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let command = format!("::{name} {}::{}", properties.join(","), escape_data(&text.join("; ")));
    format!("{}\n", printable(&command))
}

fn escape_data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn escape_property(text: &str) -> String {
    escape_data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Span};

    fn sample() -> Diagnostic {
        let text = "---\nduration: soon\n---\n\nIt took 40 minutes.\n";
        let at = |words: &str| {
            let start = text.find(words).expect("in the text");
            Span::new(start, start + words.len())
        };
        Diagnostic::new(Code::FrontMatterValue, "cannot read `duration`")
            .at("2024/a,b.md", text, at("soon"))
            .label("expected a duration such as `90 minutes`, found `soon`")
            .also("2024/a,b.md", text, at("40 minutes"), "the text says this")
            .help("write it in minutes: `duration: 90`")
    }

    #[test]
    fn people_see_the_line_carets_and_a_suggestion() {
        let expected = "\
error[front-matter-value]: cannot read `duration`
 --> 2024/a,b.md:2:11
  |
2 | duration: soon
  |           ^^^^ expected a duration such as `90 minutes`, found `soon`
  |
 ::: 2024/a,b.md:5:9
  |
5 | It took 40 minutes.
  |         ---------- the text says this
  |
  = help: write it in minutes: `duration: 90`

";
        assert_eq!(human(&[sample()], Places::First, false), expected);
    }

    /// One diagnostic in each of some files.
    fn alike(files: usize) -> Vec<Diagnostic> {
        let one = |n: usize| {
            Diagnostic::new(Code::Draft, "a draft").at(&format!("{n:02}.md"), "x\n", Span::new(0, 1))
        };
        (1..=files).map(one).collect()
    }

    #[test]
    fn diagnostics_of_one_kind_are_told_once() {
        for (files, named, titles, places, more) in [
            (3, Places::First, 3, 3, None),
            (4, Places::First, 1, 4, None),
            (10, Places::First, 1, 10, None),
            (82, Places::First, 1, 10, Some("and 72 more; `--verbose` names them")),
            (82, Places::All, 1, 82, None),
        ] {
            let told = human(&alike(files), named, false);
            let lines = |part: &str| told.lines().filter(|line| line.contains(part)).count();
            assert_eq!((lines("note[draft]"), lines(".md:1:1")), (titles, places), "{told}");
            assert_eq!(told.contains(&format!("a draft, in {files} files")), titles == 1, "{told}");
            assert_eq!(
                told.lines().find_map(|line| line.split_once("note: ")).map(|(_, more)| more),
                more,
                "{told}"
            );
            let every_one = |told: &str| told.matches("a draft").count();
            assert_eq!([json(&alike(files)), github(&alike(files))].map(|told| every_one(&told)), [files; 2]);
        }
    }

    #[test]
    fn what_differs_in_more_than_its_place_stays_apart() {
        let error = |told: Diagnostic| Diagnostic { level: Level::Error, ..told };
        let second = |told: Diagnostic| told.also("z.md", "x\n", Span::new(0, 1), "here too");
        let nowhere = |told: Diagnostic| Diagnostic { place: None, ..told };
        for change in [error, second, nowhere] {
            let told = human(&alike(5).into_iter().map(change).collect::<Vec<_>>(), Places::First, false);
            assert_eq!(told.matches("[draft]").count(), 5, "{told}");
        }
        let labelled = alike(8).into_iter().enumerate().map(|(n, told)| told.label(["one", "other"][n % 2]));
        let told = human(&labelled.collect::<Vec<_>>(), Places::First, false);
        assert_eq!(told.matches("a draft, in 4 files").count(), 2, "{told}");
        let here =
            |n: usize| Diagnostic::new(Code::Draft, "a draft").at("a.md", "xxxxx\n", Span::new(n, n + 1));
        assert!(
            human(&(0..5).map(here).collect::<Vec<_>>(), Places::First, false)
                .contains("a draft, in 5 places")
        );
    }

    #[test]
    fn one_place_has_one_column_however_it_is_told() {
        let lines = [
            ("title: x", "x"),
            ("a\tb: ünïcödé x", "x"),
            (&format!("{}here", "é ".repeat(300)), "here"),
            ("", ""),
        ];
        for (line, words) in lines {
            let text = format!("first\n{line}\n");
            let at = 6 + line.find(words).expect("in the line");
            let told =
                Diagnostic::new(Code::Placeholder, "it").at("a.md", &text, Span::new(at, at + words.len()));
            let column = 1 + text[6..at].chars().count();
            let object: Value = serde_json::from_str(&json(std::slice::from_ref(&told))).expect("valid JSON");
            assert_eq!((&object["place"]["column"], &object["place"]["offset"]), (&json!(column), &json!(0)));
            assert_eq!(object["place"]["text"], line);
            assert!(
                human(std::slice::from_ref(&told), Places::First, false)
                    .contains(&format!("--> a.md:2:{column}\n"))
            );
            assert!(github(&[told]).contains(&format!("line=2,col={column}:")));
        }
    }

    #[test]
    fn nothing_is_printed_that_steers_a_terminal() {
        let text = "key: \u{1b}[31m\u{202e} soon \u{9b}\n";
        let at = text.find("soon").expect("in the text");
        let told = Diagnostic::new(Code::FrontMatterValue, "cannot read `\u{1b}c`")
            .at("a\u{1b}[2J\u{202e}.md", text, Span::new(at, at + 4))
            .label("found `\u{7}\u{9b}`")
            .also("b\u{8}.md", text, Span::new(at, at + 4), "\u{0}")
            .help("\u{1b}]0;title\u{7}");
        let one = std::slice::from_ref(&told);
        for printed in [human(one, Places::First, false), json(one), github(one)] {
            let raw: Vec<char> =
                printed.chars().filter(|c| *c != '\n' && (c.is_control() || *c == '\u{202e}')).collect();
            assert!(raw.is_empty(), "{raw:?} in {printed}");
        }
    }

    #[test]
    fn programs_get_one_object_a_line() {
        let line = json(&[sample()]);
        let object: Value = serde_json::from_str(&line).expect("valid JSON");
        assert_eq!(object["code"], "front-matter-value");
        assert_eq!((&object["place"]["line"], &object["place"]["column"]), (&json!(2), &json!(11)));
        assert_eq!(line.lines().count(), 1);
    }

    #[test]
    fn a_forge_gets_a_command_with_its_separators_escaped() {
        let line = github(&[sample()]);
        assert!(
            line.starts_with(
                "::error title=front-matter-value,file=2024/a%2Cb.md,line=2,col=11::cannot read"
            ),
            "{line}"
        );
    }
}
