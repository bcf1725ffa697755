//! Prose in, facts out: each file under `tests/facts/` is named after an extractor
//! and holds cases of a text and what that extractor's fields come out as.
//!
//! A case begins with `=== what it shows`, then the text; below `---> says` stand the
//! facts, one a line. `UPDATE_EXPECT=1 cargo test --test facts` rewrites them.

use casebook::config::Config;
use casebook::incident::values::{Value, values};
use casebook::incident::{Incident, Moment, Origin};
use casebook::infer::{Archive, EXTRACTORS, Reading, read, vocabulary};
use casebook::source::SourceFile;
use std::fmt::Write;
use std::path::{Path, PathBuf};

const BEGIN: &str = "=== ";
const SAYS: &str = "---> says";
const NOTHING: &str = "(nothing)";
/// The day on which the cases are read.
const TODAY: jiff::civil::Date = jiff::civil::date(2034, 12, 31);

struct Case {
    name: String,
    text: String,
    says: String,
}

fn cases(content: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut says = false;
    for line in content.lines() {
        if let Some(name) = line.strip_prefix(BEGIN) {
            cases.push(Case { name: name.to_owned(), text: String::new(), says: String::new() });
            says = false;
        } else if line == SAYS {
            says = true;
        } else if let Some(case) = cases.last_mut() {
            let part = if says { &mut case.says } else { &mut case.text };
            part.push_str(line);
            part.push('\n');
        }
    }
    cases
}

/// What is read from a text. Its first line may be `path: …`.
fn reading(text: &str) -> Reading {
    let (path, text) = match text.strip_prefix("path: ").and_then(|rest| rest.split_once('\n')) {
        Some((path, rest)) => (path, rest),
        None => ("report.md", text),
    };
    let source = SourceFile::new(path, &(text.trim_matches('\n').to_owned() + "\n"));
    let config = Config { today: Some(TODAY), ..Config::default() };
    read(&source, &vocabulary(&config), &Archive::default())
}

/// The facts in a text: the fields of one extractor, or what is typed when it names none.
fn facts(text: &str, fields: &[&str]) -> String {
    let reading = reading(text);
    let mut out = String::new();
    for incident in &reading.incidents {
        let typed = |value: &&Value| value.origin == Origin::FrontMatter;
        let wanted =
            |value: &&Value| if fields.is_empty() { typed(value) } else { fields.contains(&value.field) };
        for value in values(incident).iter().filter(wanted) {
            let origin = serde_json::to_value(value.origin).expect("a plain enum");
            let origin = origin.as_str().unwrap_or_default().to_owned();
            writeln!(out, "{}: {} ({origin}, line {}, {})", value.field, value.text, value.line, value.rule)
                .expect("writing to a string");
        }
    }
    for diagnostic in reading
        .diagnostics
        .iter()
        .filter(|d| fields.is_empty() || d.code.row().name.starts_with("front-matter"))
    {
        let line = diagnostic.place.as_ref().map_or(0, |place| place.line);
        writeln!(out, "{}: {} (line {line})", diagnostic.code.row().name, diagnostic.message)
            .expect("writing to a string");
    }
    if out.is_empty() { format!("{NOTHING}\n") } else { out }
}

fn check(path: &Path) -> Result<usize, String> {
    let content = std::fs::read_to_string(path).expect("a readable facts file");
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let extractor = EXTRACTORS.iter().find(|extractor| extractor.name == stem);
    let fields = extractor.map_or(&[] as &[&str], |extractor| extractor.seeks);
    let cases = cases(&content);
    let mut rewritten = String::new();
    let mut wrong = String::new();
    for case in &cases {
        let found = facts(&case.text, fields);
        if found.trim() != case.says.trim() {
            write!(
                wrong,
                "\n{}: {}\nexpected\n{}\nfound\n{found}",
                path.display(),
                case.name,
                case.says.trim_end()
            )
            .expect("writing to a string");
        }
        write!(rewritten, "{BEGIN}{}\n{}\n\n{SAYS}\n{found}\n", case.name, case.text.trim_matches('\n'))
            .expect("writing to a string");
    }
    if extractor.is_some_and(|extractor| !extractor.seeks.is_empty())
        && !cases.iter().any(|case| case.says.trim() == NOTHING)
    {
        write!(wrong, "\n{}: no case shows that it says nothing", path.display())
            .expect("writing to a string");
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(path, rewritten.trim_end().to_owned() + "\n").expect("a writable facts file");
        return Ok(cases.len());
    }
    if wrong.is_empty() { Ok(cases.len()) } else { Err(wrong) }
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/facts");
    let mut paths: Vec<_> =
        std::fs::read_dir(&folder).expect("the facts folder").flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

#[test]
fn every_case_says_what_it_should() {
    let wrong: Vec<String> = files().iter().filter_map(|path| check(path).err()).collect();
    assert!(wrong.is_empty(), "{}\nUPDATE_EXPECT=1 accepts what was found", wrong.concat());
}

/// What no text may lead to, whatever it says: a date that is not the day of the start, an end before it,
/// and a length worked out from them that is none.
fn contradiction(incident: &Incident) -> Option<&'static str> {
    let (start, end) = (incident.start.as_ref()?.value, incident.end.as_ref().map(|end| end.value));
    let day = incident.date.as_ref().and_then(|date| date.value.day.and_then(|_| date.value.first()));
    let is_before =
        |end: Moment| start.datetime().zip(end.datetime()).is_some_and(|(start, end)| end < start);
    match () {
        () if start.date.is_some() && start.date != day => Some("the date is not the day of the start"),
        () if end.is_some_and(is_before) => Some("the end is before the start"),
        () if incident.duration.as_ref().is_some_and(|known| known.value < 0.0) => {
            Some("the duration is negative")
        }
        () => None,
    }
}

#[test]
fn no_case_contradicts_itself() {
    let files: Vec<String> =
        files().iter().map(|path| std::fs::read_to_string(path).expect("a readable facts file")).collect();
    let all: Vec<Case> = files.iter().flat_map(|content| cases(content)).collect();
    let wrong = all.iter().flat_map(|case| {
        reading(&case.text).incidents.into_iter().map(move |incident| (&case.name, incident))
    });
    let wrong: Vec<_> =
        wrong.filter_map(|(name, incident)| Some((name, contradiction(&incident)?))).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn every_extractor_has_cases() {
    for extractor in EXTRACTORS {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/facts/{}.txt", extractor.name));
        assert!(path.is_file(), "`{}` has no facts file", path.display());
    }
}
