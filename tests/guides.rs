//! What ARCHITECTURE.md, CONTRIBUTING.md and the workflow for forks say is true of the code: the files exist, hold what
//! is named, and are all there are.

use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Identifiers and words of a text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// The texts between backticks in a line.
fn quoted(line: &str) -> Vec<&str> {
    line.split('`').skip(1).step_by(2).collect()
}

/// The first cells of a table whose head begins with this cell.
fn first_cells<'a>(text: &'a str, head: &str) -> Vec<&'a str> {
    let start = format!("| {head} |");
    let rows = text.lines().skip_while(|line| !line.starts_with(&start)).skip(2);
    rows.take_while(|line| line.starts_with('|')).filter_map(|row| quoted(row).first().copied()).collect()
}

/// The modules that a file lists, in their order.
fn modules(path: &str) -> Vec<String> {
    let module = |line: &str| {
        Some(line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';')?.to_owned())
    };
    read(path).lines().filter_map(module).collect()
}

/// Whether a file has something of this name: Rust declares it, a script too, any other text holds it.
fn has(path: &str, name: &str) -> bool {
    const DECLARE: &[&str] =
        &["struct", "enum", "const", "static", "fn", "mod", "type", "trait", "function", "let"];
    let text = read(path);
    let of_code = [".rs", ".js"].iter().any(|extension| path.ends_with(extension));
    let declared = || {
        let all: Vec<&str> = words(&text).collect();
        all.windows(2).any(|pair| pair[1] == name && DECLARE.contains(&pair[0]))
    };
    if of_code { declared() || text.contains(&format!("Code::{name}")) } else { text.contains(name) }
}

// ARCHITECTURE.md

#[test]
fn the_tables_of_rooms_are_those_of_the_code() {
    let text = read("ARCHITECTURE.md");
    assert_eq!(
        first_cells(&text, "room"),
        modules("src/lib.rs"),
        "the rooms of ARCHITECTURE.md and src/lib.rs"
    );
    assert_eq!(
        first_cells(&text, "module"),
        modules("src/infer/mod.rs"),
        "ARCHITECTURE.md and src/infer/mod.rs"
    );
}

#[test]
fn every_list_is_where_it_is_said_to_be() {
    let text = read("ARCHITECTURE.md");
    let (_, tables) = text.split_once("\n| list | table |\n").expect("the table of lists");
    let mut seen = 0;
    for row in tables.lines().skip(1).take_while(|line| line.starts_with('|')) {
        match quoted(row).as_slice() {
            [name, path, ..] => assert!(has(path, name), "ARCHITECTURE.md: {path} has no `{name}`"),
            found => panic!("{row}: {found:?}"),
        }
        seen += 1;
    }
    assert!(seen > 5);
}

#[test]
fn the_picture_names_what_there_is() {
    let text = read("ARCHITECTURE.md");
    let picture = text.split("```").nth(1).expect("a picture");
    let paths: Vec<&str> = picture
        .split_whitespace()
        .map(|word| word.trim_matches([',', '.']))
        .filter(|word| word.contains("::"))
        .collect();
    assert!(paths.len() > 8, "{paths:?}");
    for path in paths {
        let (room, rest) = path.split_once("::").expect("a path");
        let name = rest.rsplit("::").next().unwrap_or(rest);
        let mut files = sources(&["src"])
            .into_iter()
            .filter(|file| file.starts_with(&format!("src/{room}/")) || *file == format!("src/{room}.rs"));
        assert!(files.any(|file| has(&file, name)), "ARCHITECTURE.md: `{path}` is not there");
    }
}

// CONTRIBUTING.md

/// One way of adding something: its heading, the example that it follows, and its files with what is in them.
struct Recipe<'a> {
    heading: &'a str,
    example: Option<&'a str>,
    files: Vec<(&'a str, &'a str)>,
}

fn recipes(text: &str) -> Vec<Recipe<'_>> {
    let (_, recipes) = text.split_once("\n## Recipes\n").expect("recipes");
    let recipe = |part| {
        let (heading, body): (&str, &str) = str::split_once(part, '\n').expect("a heading");
        let is_step =
            |line: &&str| line.split_once(". `").is_some_and(|(n, _)| n.bytes().all(|b| b.is_ascii_digit()));
        let step = |line| match quoted(line).as_slice() {
            [path, name, ..] => (*path, *name),
            found => panic!("{line}: {found:?}"),
        };
        let files = body.lines().filter(is_step).map(step).collect();
        Recipe { heading, example: quoted(heading).first().copied(), files }
    };
    recipes.split("\n### ").skip(1).map(recipe).collect()
}

/// Source files, scripts and templates below some folders, as paths from the root.
fn sources(folders: &[&str]) -> Vec<String> {
    let files = folders.iter().flat_map(|folder| WalkDir::new(root().join(folder)).sort_by_file_name());
    let paths =
        files.map(|entry| entry.expect("an entry can be read").into_path()).filter(|path| path.is_file());
    let inside = |path: PathBuf| {
        path.strip_prefix(root()).expect("below the root").to_string_lossy().replace('\\', "/")
    };
    let is_source = |path: &String| [".rs", ".js", ".html"].iter().any(|extension| path.ends_with(extension));
    paths.map(inside).filter(is_source).collect()
}

/// The text of a file without its tests.
fn code(path: &str) -> String {
    let text = read(path);
    text.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default().to_owned()
}

/// `JSON_FEED`, `JsonFeed` and `json_feed` are one name.
fn folded(name: &str) -> String {
    name.replace('_', "").to_lowercase()
}

/// Whether code speaks of an example: `Facet::Tag` as it is, a plain name in any spelling.
fn knows(text: &str, example: &str) -> bool {
    match example.contains("::") {
        true => text.contains(example),
        false => words(text).any(|word| folded(word) == folded(example)),
    }
}

#[test]
fn every_recipe_says_how_many_files_it_touches() {
    for Recipe { heading, files, .. } in recipes(&read("CONTRIBUTING.md")) {
        let noun = if files.len() == 1 { "file" } else { "files" };
        assert!(
            heading.ends_with(&format!(": {} {noun}", files.len())),
            "{heading}: it lists {}",
            files.len()
        );
        let mut paths: Vec<&str> = files.iter().map(|(path, _)| *path).collect();
        paths.sort_unstable();
        paths.dedup();
        assert_eq!(paths.len(), files.len(), "{heading}: a file is listed twice");
    }
}

#[test]
fn what_recipes_name_is_there() {
    let text = read("CONTRIBUTING.md");
    let all = recipes(&text);
    for wanted in ["field", "extractor", "language", "facet", "page kind", "export", "diagnostic"] {
        let is_of = |recipe: &Recipe<'_>| {
            ["A ", "An "].iter().any(|a| recipe.heading.starts_with(&format!("{a}{wanted}")))
        };
        assert!(all.iter().any(is_of), "no recipe for a {wanted}");
    }
    for Recipe { heading, files, .. } in all {
        for (path, name) in files {
            assert!(has(path, name), "CONTRIBUTING.md, {heading}: {path} has no `{name}`");
        }
    }
}

#[test]
fn no_file_that_knows_an_example_is_missing_from_its_recipe() {
    let text = read("CONTRIBUTING.md");
    let sources: Vec<(String, String)> = sources(&["src", "themes"])
        .into_iter()
        .map(|path| (code(&path), path))
        .map(|(code, path)| (path, code))
        .collect();
    let mut followed = 0;
    for Recipe { heading, example, files } in recipes(&text) {
        let Some(example) = example else { continue };
        let is_listed = |path: &str| files.iter().any(|(listed, _)| *listed == path);
        let knowing = sources.iter().filter(|(_, code)| knows(code, example));
        // A page may always link to another, and an importer read any field.
        let may_know = |path: &str| path.ends_with(".html") || path.starts_with("src/import/kinds/");
        let missing = knowing.map(|(path, _)| path).filter(|path| !is_listed(path) && !may_know(path));
        assert_eq!(missing.collect::<Vec<_>>(), [""; 0], "CONTRIBUTING.md, {heading}");
        let parts: Vec<&str> = example.split("::").collect();
        for (path, name) in &files {
            // What people read is spelled with hyphens.
            let text = format!("{path} {name} {}", read(path)).replace('-', "_");
            let is_known = parts.iter().any(|part| knows(&text, part) || knows(&text, &format!("{part}s")));
            assert!(is_known, "CONTRIBUTING.md, {heading}: {path} does not know {example}");
        }
        followed += 1;
    }
    assert!(followed > 4);
}

#[test]
fn names_are_compared_as_they_are_spelled_anywhere() {
    assert!(knows("use address::JSON_FEED;", "json_feed") && knows("Export::JsonFeed =>", "json_feed"));
    assert!(!knows("json_feeds organizations", "json_feed") && !knows("organizations", "organization"));
    assert!(knows("[Facet::Cause, Facet::Tag]", "Facet::Tag") && !knows("the Tag of a Facet", "Facet::Tag"));
}

#[test]
fn the_paths_and_tests_that_guides_name_exist() {
    for guide in ["ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = read(guide);
        let outside_of_fences: String = text.split("```").step_by(2).collect();
        let is_path = |name: &&str| {
            ["src/", "tests/", "themes/"].iter().any(|folder| name.starts_with(folder))
                && !name.contains("NAME")
        };
        for path in quoted(&outside_of_fences).into_iter().filter(is_path) {
            let folder = path.split_once("/*").map_or(path, |(folder, _)| folder);
            assert!(root().join(folder).exists(), "{guide}: {path} is not there");
        }
        let words: Vec<&str> = text.split_whitespace().map(|word| word.trim_matches('`')).collect();
        for test in words
            .windows(2)
            .filter(|pair| pair[0] == "--test")
            .map(|pair| pair[1].trim_end_matches(|c: char| !c.is_alphanumeric()))
        {
            let files = [format!("tests/{test}.rs"), format!("tests/browser/tests/{test}.rs")];
            assert!(files.iter().any(|file| root().join(file).is_file()), "{guide}: there is no test {test}");
        }
    }
}

// The workflow for forks

#[test]
fn the_workflow_runs_what_there_is() {
    let workflow: yaml_serde::Value = yaml_serde::from_str(&read(".github/workflows/ci.yml")).expect("YAML");
    let jobs = workflow["jobs"].as_mapping().expect("jobs");
    let mut commands = Vec::new();
    for (name, job) in jobs {
        let steps = job["steps"].as_sequence().unwrap_or_else(|| panic!("{name:?} has no steps"));
        for step in steps {
            match (step["uses"].as_str(), step["run"].as_str()) {
                (Some(action), None) => {
                    assert!(action.starts_with("actions/") && action.contains('@'), "{action}")
                }
                (None, Some(run)) => commands.extend(run.lines().map(str::to_owned)),
                _ => panic!("{step:?} neither uses nor runs"),
            }
        }
    }
    for command in &commands {
        check(command);
    }
    assert!(commands.iter().any(|command| command == ".ci/run"), "{commands:?}");
    let systems = serde_json::to_string(&workflow).expect("JSON");
    for system in ["ubuntu-latest", "macos-latest", "windows-latest"] {
        assert!(systems.contains(system), "nothing runs on {system}");
    }
}

/// A command is a script of the repository, or one of few programs with the oldest Rust that Cargo.toml allows.
fn check(command: &str) {
    let manifest: toml::Table = read("Cargo.toml").parse().expect("TOML");
    let oldest = manifest["workspace"]["package"]["rust-version"].as_str().expect("a version");
    let words: Vec<&str> = command.split(' ').collect();
    match words.as_slice() {
        ["git", "config", ..] => {}
        ["rustup", "toolchain", "install", version, ..] => assert_eq!(*version, oldest, "{command}"),
        ["cargo", version, "test", ..] => assert_eq!(*version, format!("+{oldest}"), "{command}"),
        [script] => assert!(is_program(&root().join(script)), "{script} cannot be run"),
        _ => panic!("`{command}` is not known here"),
    }
}

fn is_program(path: &Path) -> bool {
    #[cfg(unix)]
    let may_run = {
        use std::os::unix::fs::PermissionsExt;
        fs::metadata(path).is_ok_and(|meta| meta.permissions().mode() & 0o111 != 0)
    };
    #[cfg(not(unix))]
    let may_run = true;
    may_run && path.is_file()
}
