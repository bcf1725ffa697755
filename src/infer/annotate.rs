//! The front matter that a document could have: what was read from its text, typed
//! above it. What the author typed stays as it is, and so does every other byte; a
//! value is only added when it reads back as the same.

use crate::document::{self, FrontMatter, Syntax};
use crate::incident::values::{Value, values};
use crate::incident::{Incident, Origin};
use crate::infer::{Archive, Vocabulary, read};
use crate::source::SourceFile;

/// Lines to add to a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    /// Where they go in the text, in bytes.
    pub at: usize,
    /// Whole lines, each ended by LF.
    pub lines: String,
}

impl Annotation {
    /// The text with the lines in it.
    pub fn apply(&self, text: &str) -> String {
        [&text[..self.at], &self.lines, &text[self.at..]].concat()
    }
}

/// Why nothing can be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The file is no postmortem.
    NotAPostmortem,
    /// It tells of several incidents; front matter can speak of one.
    Several,
    /// Its front matter cannot be parsed.
    BrokenFrontMatter,
}

/// Exported field and the key that is written for it. Events, actions and links stay in the text.
const KEYS: &[(&str, &str)] = &[
    ("title", "title"),
    ("date", "date"),
    ("start", "start"),
    ("end", "end"),
    ("zone", "timezone"),
    ("duration_minutes", "duration"),
    ("affected_percent", "affected_percent"),
    ("severity", "severity"),
    ("status", "status"),
    ("kind", "kind"),
    ("organization", "organization"),
    ("services", "services"),
    ("tags", "tags"),
    ("authors", "authors"),
    ("causes", "causes"),
    ("trigger", "trigger"),
    ("factors", "factors"),
    ("summary", "summary"),
    ("impact", "impact"),
    ("root_cause", "root_cause"),
    ("resolution", "resolution"),
    ("detection", "detection"),
    ("detected", "detected"),
    ("acknowledged", "acknowledged"),
    ("mitigated", "mitigated"),
];

/// Fields whose key holds a list.
const LISTS: &[&str] = &["services", "tags", "authors", "causes", "factors"];

/// The lines that `source` could be given; `None` when there is nothing to add.
pub fn annotate(
    source: &SourceFile,
    vocabulary: &Vocabulary,
    archive: &Archive,
) -> Result<Option<Annotation>, Refusal> {
    let reading = read(source, vocabulary, archive);
    let incident = match reading.incidents.as_slice() {
        [] => return Err(Refusal::NotAPostmortem),
        [incident] => incident,
        _ => return Err(Refusal::Several),
    };
    let (document, diagnostics) = document::parse(source, &vocabulary.labels);
    if diagnostics.iter().any(|diagnostic| diagnostic.code == crate::diagnostic::Code::FrontMatterSyntax) {
        return Err(Refusal::BrokenFrontMatter);
    }
    let mut fields = addable(incident, &document.front_matter, vocabulary);
    let before = plain(incident);
    while !fields.is_empty() {
        let annotation = compose(source, &document.front_matter, &fields);
        match changed(&before, source, &annotation, vocabulary, archive) {
            None => return Ok(Some(annotation)),
            Some(field) => match fields.iter().position(|(name, _)| *name == field) {
                Some(at) => drop(fields.remove(at)),
                None => drop(fields.pop()),
            },
        }
    }
    Ok(None)
}

/// Fields with their values that were read from the text and that no key holds yet.
fn addable(
    incident: &Incident,
    front_matter: &FrontMatter,
    vocabulary: &Vocabulary,
) -> Vec<(&'static str, Vec<String>)> {
    let found = values(incident);
    let typed = |key: &str| {
        let label = vocabulary.labels.front_matter(key);
        front_matter.entries.iter().any(|entry| {
            entry.key == key || (label.is_some() && vocabulary.labels.front_matter(&entry.key) == label)
        })
    };
    let read = |value: &&Value| !matches!(value.origin, Origin::FrontMatter | Origin::Derived);
    let of = |field: &str| {
        found
            .iter()
            .filter(|value| value.field == field)
            .filter(read)
            .map(|value| value.text.clone())
            .collect::<Vec<_>>()
    };
    KEYS.iter()
        .filter(|(_, key)| !typed(key))
        .map(|(field, _)| (*field, of(field)))
        .filter(|(_, values)| !values.is_empty())
        .collect()
}

/// Field and text of every value; where they were read does not count.
fn plain(incident: &Incident) -> Vec<(&'static str, String)> {
    values(incident).into_iter().map(|value| (value.field, value.text)).collect()
}

/// The first field that would be read differently with the lines added.
fn changed(
    before: &[(&'static str, String)],
    source: &SourceFile,
    annotation: &Annotation,
    vocabulary: &Vocabulary,
    archive: &Archive,
) -> Option<&'static str> {
    let annotated = SourceFile { text: annotation.apply(&source.text), ..source.clone() };
    let reading = read(&annotated, vocabulary, archive);
    let after = reading.incidents.first().map(plain).unwrap_or_default();
    let differs = before.iter().zip(&after).find(|(a, b)| a != b).map(|(a, _)| a.0);
    differs.or_else(|| (before.len() != after.len()).then(|| before.last().map_or("title", |last| last.0)))
}

fn compose(
    source: &SourceFile,
    front_matter: &FrontMatter,
    fields: &[(&'static str, Vec<String>)],
) -> Annotation {
    let key = |field: &str| KEYS.iter().find(|(name, _)| *name == field).map_or("", |(_, key)| key);
    let line = |syntax: Syntax| -> String {
        fields.iter().map(|(field, values)| entry(syntax, key(field), field, values)).collect()
    };
    let start = front_matter.span.start as usize;
    let block = &source.text[front_matter.span.range()];
    match front_matter.syntax {
        None => Annotation { at: 0, lines: format!("---\n{}---\n\n", line(Syntax::Yaml)) },
        Some(Syntax::Yaml) => {
            let end = block.trim_end_matches(['\n', ' ']).rfind('\n').map_or(0, |at| at + 1);
            Annotation { at: start + end, lines: line(Syntax::Yaml) }
        }
        Some(Syntax::Toml) => {
            Annotation { at: start + block.find('\n').map_or(0, |at| at + 1), lines: line(Syntax::Toml) }
        }
        Some(Syntax::Json) => {
            let lines = line(Syntax::Json);
            let empty = front_matter.entries.is_empty();
            let lines = if empty { lines.trim_end_matches(",\n").to_owned() + "\n" } else { lines };
            Annotation { at: start + 1, lines: format!("\n{}", lines.trim_end_matches('\n')) }
        }
    }
}

/// The line of front matter that gives a field these values, without a line end; `None` for a field that has no key.
pub fn line(syntax: Syntax, field: &str, values: &[String]) -> Option<String> {
    let (field, key) = KEYS.iter().find(|(name, _)| *name == field).filter(|_| !values.is_empty())?;
    Some(entry(syntax, key, field, values).trim().trim_end_matches(',').to_owned())
}

/// One key with its value, as a line.
fn entry(syntax: Syntax, key: &str, field: &str, values: &[String]) -> String {
    let number = field.ends_with("_minutes") || field.ends_with("_percent");
    let scalar = |text: &String| -> String {
        match syntax {
            _ if number => text.clone(),
            Syntax::Yaml if is_plain(text) => text.clone(),
            _ => quoted(text),
        }
    };
    let value = match LISTS.contains(&field) {
        true => format!("[{}]", values.iter().map(scalar).collect::<Vec<_>>().join(", ")),
        false => scalar(&values[0]),
    };
    match syntax {
        Syntax::Yaml => format!("{key}: {value}\n"),
        Syntax::Toml => format!("{key} = {value}\n"),
        Syntax::Json => format!("  \"{key}\": {value},\n"),
    }
}

/// Text that YAML reads as the same text without quotes.
fn is_plain(text: &str) -> bool {
    let word =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '/' | '(' | ')' | '+');
    if text.len() >= 10 && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | 'T' | ':')) {
        return crate::language::dates(text).len() == 1;
    }
    let safe_start = text.starts_with(|c: char| c.is_ascii_alphabetic());
    const RESERVED: &[&str] = &["true", "false", "yes", "no", "null", "on", "off", "y", "n"];
    safe_start
        && text.chars().all(word)
        && !text.ends_with(' ')
        && !RESERVED.contains(&text.to_lowercase().as_str())
}

/// JSON's quoting, which YAML and TOML read too.
fn quoted(text: &String) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// The lines as a diff of the file, for people.
pub fn diff(source: &SourceFile, annotation: &Annotation) -> String {
    let before = source.text[..annotation.at].matches('\n').count();
    let whole_lines = annotation.at == 0 || source.text[..annotation.at].ends_with('\n');
    let added: Vec<&str> = annotation.lines.trim_start_matches('\n').lines().collect();
    let context = source
        .text
        .lines()
        .nth(before.saturating_sub(usize::from(whole_lines)))
        .filter(|_| before > 0 || !whole_lines);
    let mut out = format!("--- {path}\n+++ {path}\n", path = source.shown);
    let start = if context.is_some() { before.max(1) } else { 0 };
    let shown = usize::from(context.is_some());
    out.push_str(&format!("@@ -{start},{shown} +{},{} @@\n", start.max(1), added.len() + shown));
    out.extend(context.map(|line| format!(" {line}\n")));
    for line in added {
        out.push('+');
        out.push_str(line);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "# Ramp stuck\n\n## Summary\n\nOn March 4, 2024, from 10:00 to 11:30 UTC, the ramp did not move.\n\n## Root cause\n\nThe root cause was an expired certificate: it \"ran out\".\n";

    fn annotated(text: &str) -> (SourceFile, Option<Annotation>) {
        let source = SourceFile::new("ramp.md", text);
        let annotation =
            annotate(&source, &crate::infer::vocabulary(&Default::default()), &Archive::default())
                .expect("a postmortem");
        (source, annotation)
    }

    #[test]
    fn what_was_read_is_added_and_reads_back() {
        for head in [
            "",
            "---\ntitle: Ramp\n---\n",
            "\n\n---\ntitle: Ramp\n---\n",
            "+++\ntitle = \"Ramp\"\n[extra]\nx = 1\n+++\n",
            "{\n  \"title\": \"Ramp\"\n}\n",
        ] {
            let (source, annotation) = annotated(&format!("{head}{REPORT}"));
            let annotation = annotation.expect("something to add");
            let text = annotation.apply(&source.text);
            assert!(text.contains("2024-03-04T11:30"), "{text}");
            assert!(text.ends_with(REPORT), "{text}");
            assert_eq!(annotated(&text).1, None, "{text}");
        }
    }

    #[test]
    fn a_diff_shows_only_added_lines() {
        let (source, annotation) = annotated(REPORT);
        let diff = diff(&source, &annotation.expect("something to add"));
        assert!(diff.lines().skip(3).all(|line| line.starts_with('+')), "{diff}");
    }
}
