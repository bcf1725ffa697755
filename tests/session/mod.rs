//! Sessions of the command line: Markdown whose ```` ```console ```` blocks hold commands after `$`,
//! then what they print. Lines of standard error begin with `! `, and an exit code other than 0
//! follows as `? code`. What differs from run to run reads `[..]`.
//!
//! Commands are `casebook …`, and a few that look at its output: `ls FOLDER` (all files below it),
//! `cat FILE`, `grep TEXT FILE` (lines that hold the text), `find START END FILE` (passages between
//! two texts, one a line) and `select FIELD,FIELD incidents.json` (fields of each incident, a line each).

use crate::expect::accept;
use crate::workspace::{Workspace, tree};
use std::fs;
use std::path::Path;

/// Runs the session in a file and compares it with what was printed. With `UPDATE_EXPECT`
/// in the environment it is written anew instead.
pub fn check(session: &Path, name: &str, workspace: &Workspace) -> Result<(), String> {
    let expected = fs::read_to_string(session).map_err(|error| format!("{}: {error}", session.display()))?;
    accept(session, name, &expected, run(&expected, workspace))
}

/// The session with the output of its commands as they print it now.
pub fn run(session: &str, workspace: &Workspace) -> String {
    let mut found = String::new();
    let mut in_console = false;
    for line in session.lines() {
        let fence = line.starts_with("```");
        if fence || !in_console || line.starts_with("$ ") {
            found += line;
            found.push('\n');
        }
        if fence {
            in_console = line == "```console";
        } else if let (true, Some(command)) = (in_console, line.strip_prefix("$ ")) {
            found += &answer(&words(command), workspace);
        }
    }
    found
}

fn answer(words: &[String], workspace: &Workspace) -> String {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["casebook", ref arguments @ ..] => casebook(arguments, workspace),
        [_, .., place] if !workspace.path(place).exists() => format!("! there is no {place}\n"),
        ["ls", folder] => tree(&workspace.path(folder)).keys().map(|path| settled(path)).collect(),
        ["cat", file] => settled(&workspace.read(file)),
        ["grep", text, file] => lines_with(text, &workspace.read(file)),
        ["select", fields, file] => selected(fields, &workspace.read(file)),
        ["find", start, end, file] => passages(start, end, &workspace.read(file)),
        _ => panic!("no such command: {words:?}"),
    }
}

fn casebook(arguments: &[&str], workspace: &Workspace) -> String {
    let output = workspace.casebook(arguments).env("COLUMNS", "100").output().expect("casebook runs");
    let mut text = settled(&String::from_utf8_lossy(&output.stdout));
    for line in settled(&String::from_utf8_lossy(&output.stderr)).lines() {
        text += format!("! {line}").trim_end();
        text.push('\n');
    }
    match output.status.code() {
        Some(0) => {}
        Some(code) => text += &format!("? {code}\n"),
        None => text += "? killed\n",
    }
    text
}

fn lines_with(text: &str, content: &str) -> String {
    content.lines().filter(|line| line.contains(text)).map(|line| settled(line.trim())).collect()
}

fn selected(fields: &str, json: &str) -> String {
    let export: serde_json::Value = serde_json::from_str(json).expect("an export is JSON");
    let incidents = export["incidents"].as_array().expect("a list of incidents");
    let value = |incident: &serde_json::Value, field: &str| match &incident[field] {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let line = |incident| {
        fields.split(',').map(|field| value(incident, field)).collect::<Vec<_>>().join(" | ") + "\n"
    };
    incidents.iter().map(line).collect()
}

fn passages(start: &str, end: &str, content: &str) -> String {
    let passage = |rest: &str| Some(settled(rest.split_once(end)?.0.trim()));
    content.split(start).skip(1).filter_map(passage).collect()
}

/// The text without what differs from run to run, or with every change of the theme: seconds,
/// how many pages there are, the hash in the name of a file, the version.
fn settled(text: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(|line| without_figures(&without_hash(line))).collect();
    lines.push(String::new());
    lines.join("\n").replace(env!("CARGO_PKG_VERSION"), "[..]")
}

/// `3 documents, 20 pages in 0.02 s` becomes `3 documents, [..] pages in [..] s`.
fn without_figures(line: &str) -> String {
    let is_figure = |word: &str| word.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let words: Vec<&str> = line.split(' ').collect();
    let settle = |(at, word): (usize, &&str)| {
        let before = if at > 0 { words[at - 1] } else { "" };
        let after = words.get(at + 1).map_or("", |word| word.trim_end_matches([',', ':']));
        let settles = after == "pages" || before == "in" && after == "s";
        if settles && is_figure(word) { "[..]".to_owned() } else { (*word).to_owned() }
    };
    words.iter().enumerate().map(settle).collect::<Vec<_>>().join(" ")
}

/// `assets/style.3f9a1c20.css` becomes `assets/style.[..].css`.
fn without_hash(line: &str) -> String {
    let part = |part: &str| match part.len() == 8
        && part.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    {
        true => "[..]".to_owned(),
        false => part.to_owned(),
    };
    match line.contains("assets/") || line.contains("search/") {
        true => line.split('.').map(part).collect::<Vec<_>>().join("."),
        false => line.to_owned(),
    }
}

/// The words of a command, where quotes hold words together.
fn words(command: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), String::new(), None);
    for c in command.chars() {
        match (quote, c) {
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            (None, ' ') => words.extend((!word.is_empty()).then(|| std::mem::take(&mut word))),
            (_, c) => word.push(c),
        }
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}
