//! What README.md says is true: its commands run, its examples are read, and nothing is left out.

mod expect;
mod workspace;

use casebook::config::Config;
use casebook::diagnostic::{CODES, Level};
use casebook::infer::RULES;
use casebook::project;
use std::path::Path;
use workspace::{Workspace, tree};

const README: &str = include_str!("../README.md");

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The demo archive, as the reader of the README has it.
fn demo() -> Workspace {
    let workspace = Workspace::new();
    for (path, bytes) in tree(&root().join("content")) {
        workspace.write(&format!("content/{path}"), bytes);
    }
    workspace.write("site.toml", std::fs::read(root().join("site.toml")).expect("the demo's settings"));
    workspace
}

/// The code blocks of one language.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("\n```{language}\n");
    README.split(fence.as_str()).skip(1).filter_map(|rest| rest.split("\n```").next()).collect()
}

#[test]
fn every_diagnostic_and_every_rule_is_listed() {
    let text = with_list(&with_list(README, "diagnostics", &diagnostics()), "rules", &rules());
    let accepted = expect::accept(&root().join("README.md"), "README.md", README, text);
    accepted.unwrap_or_else(|difference| panic!("\n{difference}"));
}

#[test]
fn the_diagnostic_that_is_shown_is_one_of_the_demo() {
    let shown = README
        .split("```text\n")
        .find(|block| block.starts_with("note["))
        .and_then(|block| block.split("```").next());
    let output = demo().casebook(["check", "--verbose"]).output().expect("casebook runs");
    let diagnostics = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(diagnostics.contains(shown.expect("an example")), "{diagnostics}");
}

/// The text with a list as it should be.
fn with_list(text: &str, name: &str, list: &str) -> String {
    let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let (before, rest) = text.split_once(&start).expect("where the list begins");
    let (_, after) = rest.split_once(&end).expect("where the list ends");
    format!("{before}{start}{list}{end}{after}")
}

fn rules() -> String {
    let row = |(name, why): &(&str, &str)| format!("| `{name}` | {why} |\n");
    "| rule | a value is read because … |\n|---|---|\n".to_owned()
        + &RULES.iter().map(row).collect::<String>()
}

#[test]
fn the_first_command_builds_the_demo() {
    let command = blocks("sh")[0].strip_prefix("cargo run --release -- ").expect("the first command");
    let words = command.split(' ').filter(|word| *word != "--open");
    let output = demo().casebook(words).output().expect("casebook runs");
    let diagnostics = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && diagnostics.is_empty(), "{diagnostics}");
}

#[test]
fn every_option_that_is_named_exists() {
    let workspace = Workspace::new();
    let help = |command: &str| {
        let words = [command, "--help"].into_iter().filter(|word| *word != "help");
        let output = workspace.casebook(words).output().expect("casebook runs");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let own = ["help".to_owned()].into_iter();
    let all_help: String = own.chain(commands()).map(|command| help(&command)).collect();
    let lines = README
        .lines()
        .filter(|line| line.contains("casebook ") && !line.contains("cargo ") && !line.contains("netlify"));
    for option in lines
        .filter_map(|line| line.split("| curl ").next())
        .flat_map(|line| line.split([' ', '`', '"']))
        .filter(|word| word.starts_with("--") && word.len() > 2)
    {
        let option = option.trim_end_matches(|c: char| !c.is_ascii_alphabetic());
        assert!(all_help.contains(option), "README.md names `{option}`, and no command has it");
    }
}

/// The subcommands, as `casebook --help` lists them.
fn commands() -> Vec<String> {
    let output = Workspace::new().casebook(["--help"]).output().expect("casebook runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let list =
        text.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    list.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn every_command_is_named() {
    for command in commands().iter().filter(|command| *command != "help") {
        assert!(
            README.contains(&format!("`casebook {command} ")),
            "README.md does not name `casebook {command} …`"
        );
    }
}

#[test]
fn the_settings_are_read_without_diagnostic() {
    let toml =
        blocks("toml").into_iter().find(|block| block.contains("base_url")).expect("an example of site.toml");
    let (config, diagnostics) = project::settings("site.toml", toml);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    let defaults = Config::default();
    assert_eq!(
        (config.paginate, config.feed_limit, config.file_size),
        (defaults.paginate, defaults.feed_limit, defaults.file_size)
    );
    assert_eq!(
        (&config.title, &config.language, &config.theme),
        (&defaults.title, &defaults.language, &defaults.theme)
    );
    assert_eq!(
        (&config.content, &config.output, &config.themes),
        (&defaults.content, &defaults.output, &defaults.themes)
    );
}

#[test]
fn every_setting_is_named() {
    let source = std::fs::read_to_string(root().join("src/config.rs")).expect("src/config.rs");
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    let is_key = |word: &&str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    for key in code.split('"').skip(1).step_by(2).filter(is_key) {
        let named = [format!("{key} = "), format!("[{key}]"), format!("[{key}."), format!("\"{key}\"")];
        assert!(
            named.iter().any(|form| README.contains(form)),
            "README.md does not name the setting `{key}`"
        );
    }
}

#[test]
fn every_field_of_front_matter_is_named() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).expect("a source file");
    let (reader, labels) = (read("src/infer/extract/front_matter/mod.rs"), read("src/document/labels.rs"));
    let read_there = |label: &str| reader.contains(&format!("Label::{label} =>"));
    let rows = labels.lines().filter_map(|line| {
        let (before, rest) = line.trim().split_once(" \"")?;
        let (label, scope) = before.split_once(' ')?;
        let canonical = rest.split_once("\":")?.0;
        (scope != "Text" && read_there(label)).then_some((label, canonical))
    });
    let mut seen = Vec::new();
    for (label, name) in rows {
        if !seen.contains(&label) {
            assert!(README.contains(&format!("`{name}`")), "README.md does not name the field `{name}`");
            seen.push(label);
        }
    }
    assert!(seen.len() > 20, "{seen:?}");
}

/// Exports the one document that `text` is, and returns the incident.
fn incident(text: &str) -> serde_json::Value {
    let workspace = Workspace::new();
    workspace.write("content/example.md", text);
    let output = workspace.casebook(["export"]).output().expect("casebook runs");
    let export: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    export["incidents"][0].clone()
}

#[test]
fn the_example_without_front_matter_is_read_well() {
    let found = incident(blocks("markdown")[0]);
    assert_eq!(found["title"], "Ticket queue filled and checkout stopped");
    assert_eq!(
        (&found["start"], &found["end"], &found["zone"]),
        (&"2023-05-19T15:30".into(), &"2023-05-19T16:54".into(), &"CEST".into())
    );
    assert_eq!((&found["duration_minutes"], &found["severity"]), (&84.into(), &"SEV 1".into()));
    assert_eq!(
        (&found["causes"], &found["services"]),
        (&serde_json::json!(["capacity"]), &serde_json::json!(["checkout"]))
    );
    assert_eq!(
        (found["timeline"].as_array().map(Vec::len), found["actions"].as_array().map(Vec::len)),
        (Some(3), Some(2))
    );
    assert_eq!(
        (&found["actions"][1]["ticket"], &found["actions"][1]["due"]),
        (&"PLAT-112".into(), &"2023-06-30".into())
    );
}

#[test]
fn the_example_with_front_matter_is_read_whole() {
    let found = incident(&format!("{}\n", blocks("yaml")[0]));
    assert_eq!(
        (&found["start_utc"], &found["end_utc"]),
        (&"2024-06-28T14:48:00Z".into(), &"2024-06-28T16:22:00Z".into())
    );
    assert_eq!(
        (&found["causes"], &found["tags"]),
        (&serde_json::json!(["capacity"]), &serde_json::json!(["queue", "sale"]))
    );
    assert_eq!(found["extra"], serde_json::json!({}));
}

fn diagnostics() -> String {
    let mut table = "| name | level | what it means |\n|---|---|---|\n".to_owned();
    for row in CODES {
        let level = match row.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        };
        table += &format!("| `{}` | {level} | {} |\n", row.name, row.meaning);
    }
    table
}
