//! Complaints as text: for people, for programs, for a forge's annotations.

use super::{Diagnostic, Level, Place};
use annotate_snippets::{AnnotationKind, Group, Level as Title, Renderer, Snippet};
use serde_json::{Value, json};

/// For a terminal: the line, carets, and a suggestion; the look of cargo's own errors.
pub fn human(diagnostics: &[Diagnostic], color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&renderer.render(&report(diagnostic)));
        out.push_str("\n\n");
    }
    out
}

fn report(diagnostic: &Diagnostic) -> Vec<Group<'_>> {
    let level = match diagnostic.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
        Level::Note => Title::NOTE,
    };
    let mut group = Group::with_title(level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.row().name));
    if let Some(place) = &diagnostic.place {
        group = match place.line {
            0 => group.element(annotate_snippets::Origin::path(place.path.as_str())),
            _ => group.element(snippet(place, AnnotationKind::Primary, &diagnostic.label)),
        };
    }
    for (place, why) in &diagnostic.related {
        group = group.element(snippet(place, AnnotationKind::Context, why));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Title::HELP.message(help.as_str()));
    }
    vec![group]
}

fn snippet<'a>(place: &'a Place, kind: AnnotationKind, label: &'a str) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let label = (!label.is_empty()).then_some(label);
    Snippet::source(place.excerpt.as_str())
        .path(place.path.as_str())
        .line_start(place.line as usize)
        .annotation(kind.span(place.mark.0..place.mark.1).label(label))
}

/// One JSON object a line: `level`, `code`, `message`, `label`, `place` (`file`, `line`, `column`, `text`; null
/// without one), `related` (each a `place` and `why`), `help`. Line 0 is the file as a whole.
pub fn json(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(|d| format!("{}\n", object(d))).collect()
}

fn object(diagnostic: &Diagnostic) -> Value {
    let place = |p: &Place| json!({ "file": p.path, "line": p.line, "column": p.column, "text": p.excerpt });
    let related: Vec<Value> = diagnostic.related.iter().map(|(p, why)| json!({ "place": place(p), "why": why })).collect();
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
    let parts = [Some(diagnostic.message.as_str()), Some(diagnostic.label.as_str()), diagnostic.help.as_deref()];
    let text: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    format!("::{name} {}::{}\n", properties.join(","), escape_data(&text.join("; ")))
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
        assert_eq!(human(&[sample()], false), expected);
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
        assert!(line.starts_with("::error title=front-matter-value,file=2024/a%2Cb.md,line=2,col=11::cannot read"), "{line}");
    }
}
