//! What compilers do not check: that the rooms keep their order, that files stay
//! short, and that what is said about the project stays true of it.

use std::fs;
use std::path::{Path, PathBuf};

/// What may stand at the top of the repository.
const TOP_LEVEL: &[&str] = &[
    ".ci",
    ".github",
    ".gitignore",
    ".pre-commit-hooks.yaml",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "Dockerfile",
    "LICENSE",
    "README.md",
    "action.yml",
    "benches",
    "content",
    "deny.toml",
    "rustfmt.toml",
    "site.toml",
    "src",
    "tests",
    "themes",
];

/// Dependencies that the design names. Any other says in Cargo.toml why it is there.
const APPROVED: &[&str] = &[
    "ammonia",
    "annotate-snippets",
    "blake3",
    "clap",
    "clap_complete",
    "flate2",
    "imagesize",
    "include_dir",
    "indicatif",
    "insta",
    "jiff",
    "linkify",
    "notify",
    "open",
    "proptest",
    "pulldown-cmark",
    "rayon",
    "serde",
    "serde_json",
    "snapbox",
    "tempfile",
    "tera",
    "tiny_http",
    "toml",
    "trycmd",
    "unicode-normalization",
    "walkdir",
    "yaml_serde",
];

/// Lines of a source file, its tests not counted.
const LONGEST: usize = 500;

/// Source files that are tables, and as long as their subject.
const TABLES: &[&str] = &[];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All files below a folder of the repository, as paths from its root, sorted.
fn files(folder: &str, extension: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path: PathBuf = entry.path();
            match path.is_dir() {
                true => folders.push(path),
                false if path.extension().is_some_and(|e| e == extension) => {
                    let path = path.strip_prefix(root()).expect("found below the root");
                    found.push(path.to_string_lossy().replace('\\', "/"));
                }
                false => {}
            }
        }
    }
    found.sort();
    found
}

fn assert_none(diagnostics: &[String]) {
    assert!(diagnostics.is_empty(), "\n{}\n", diagnostics.join("\n"));
}

/// The code before the tests that stand at the end of a file.
fn without_tests(text: &str) -> &str {
    text.split("\n#[cfg(test)]\nmod ").next().unwrap_or(text)
}

// The order of the rooms

/// The rooms of src/lib.rs, in their order.
fn rooms() -> Vec<String> {
    let lib = read("src/lib.rs");
    let module = |line: &str| {
        Some(line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';')?.to_owned())
    };
    lib.lines().filter_map(module).collect()
}

/// The room that a source file belongs to: `src/infer/title.rs` is in `infer`.
fn room_of(path: &str) -> &str {
    let inside = path.strip_prefix("src/").unwrap_or(path);
    inside.split(['/', '.']).next().unwrap_or(inside)
}

/// The first names of all `crate::` paths, also in groups such as `crate::{a::{b, c}, d}`.
fn rooms_used(code: &str) -> Vec<String> {
    let mut used = Vec::new();
    for line_start in code.match_indices("crate::") {
        let before = code[..line_start.0].lines().next_back().unwrap_or("");
        let part_of_name = before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$');
        if !part_of_name && !before.trim_start().starts_with("//") {
            used.extend(first_names(&code[line_start.0 + "crate::".len()..]));
        }
    }
    used
}

/// `a::b` names `a`; `{a::{b, c}, d}` names `a` and `d`.
fn first_names(path: &str) -> Vec<String> {
    let Some(group) = path.strip_prefix('{') else {
        return vec![path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()];
    };
    let (mut names, mut name, mut depth, mut named) = (Vec::new(), String::new(), 0, false);
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(std::mem::take(&mut name));
                named = false;
            }
            ':' => named = true,
            c if depth == 0 && !named && !c.is_whitespace() => name.push(c),
            _ => {}
        }
    }
    names.push(name);
    names.retain(|name| !name.is_empty());
    names
}

/// Diagnostics about one file of `room`.
fn against_the_order(path: &str, code: &str, rooms: &[String]) -> Vec<String> {
    let place = |name: &str| rooms.iter().position(|room| room == name);
    let room = room_of(path);
    let diagnostic = |used: String| match (place(room)?, place(&used)) {
        (_, None) => Some(format!("{path}: `{used}` is no room of src/lib.rs")),
        (here, Some(there)) if there > here => {
            Some(format!("{path}: `{room}` may not use `{used}`, which comes later in src/lib.rs"))
        }
        _ => None,
    };
    let top_file = path == format!("src/{room}.rs") || path == format!("src/{room}/mod.rs");
    let around =
        code.lines().any(|line| line.starts_with("use super::") || line.starts_with("pub use super::"));
    let detour =
        (top_file && around).then(|| format!("{path}: write `crate::` for what lies outside of `{room}`"));
    rooms_used(code).into_iter().filter_map(diagnostic).chain(detour).collect()
}

#[test]
fn a_room_uses_only_the_rooms_above_it() {
    let rooms = rooms();
    assert!(rooms.len() > 10, "src/lib.rs lists the rooms, one `pub mod` a line: {rooms:?}");
    let sources = files("src", "rs");
    let inside = |path: &&String| !["src/lib.rs", "src/main.rs"].contains(&path.as_str());
    let diagnostics: Vec<String> =
        sources.iter().filter(inside).flat_map(|path| against_the_order(path, &read(path), &rooms)).collect();
    assert_none(&diagnostics);
}

#[test]
fn the_order_is_seen_through_groups_and_paths() {
    let rooms = ["config", "source", "infer", "archive"].map(str::to_owned);
    let check = |code: &str| against_the_order("src/infer/title.rs", code, &rooms);
    let refused =
        ["src/infer/title.rs: `infer` may not use `archive`, which comes later in src/lib.rs".to_owned()];
    assert_eq!(check("use crate::archive::Archive;"), refused);
    assert_eq!(check("use crate::{config::{Config, archive}, archive};"), refused);
    assert_eq!(check("use crate::{\n    archive::{a, b::{c}},\n    source::read,\n};"), refused);
    assert_eq!(check("let x = crate::archive::gather(crate::config::FILE);"), refused);
    assert_eq!(check("use crate::{config::{Config, archive}, source};"), [] as [String; 0]);
    assert_eq!(
        check("// crate::archive gathers them\nmacro!($crate::archive); mycrate::archive;"),
        [] as [String; 0]
    );
    assert_eq!(check("use crate::untold;"), ["src/infer/title.rs: `untold` is no room of src/lib.rs"]);
}

/// The modules that `mod.rs` of a folder lists, in their order.
fn modules(folder: &str) -> Vec<String> {
    let module = |line: &str| {
        Some(line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';')?.to_owned())
    };
    read(format!("{folder}/mod.rs")).lines().filter_map(module).collect()
}

/// Uses, in one file of `src/infer`, of modules that `src/infer/mod.rs` lists further down.
fn against_the_order_of_infer(path: &str, code: &str, order: &[String]) -> Vec<String> {
    let place = |name: &str| order.iter().position(|module| module == name);
    let inside = path.trim_start_matches("src/infer/");
    let own = inside.split(['/', '.']).next().unwrap_or(inside);
    let Some(here) = place(own) else { return Vec::new() };
    let paths = code.match_indices("crate::infer::").map(|(at, prefix)| &code[at + prefix.len()..]);
    let later = paths.flat_map(first_names).filter(|name| place(name).is_some_and(|there| there > here));
    later
        .map(|name| format!("{path}: `{own}` may not use `{name}`, which comes later in src/infer/mod.rs"))
        .collect()
}

#[test]
fn inside_infer_a_module_uses_only_those_above_it() {
    let order = modules("src/infer");
    assert!(order.len() > 5, "src/infer/mod.rs lists its modules, one `mod` a line: {order:?}");
    let found = files("src/infer", "rs").into_iter().flat_map(|path| {
        let code = read(&path);
        against_the_order_of_infer(&path, without_tests(&code), &order)
    });
    assert_none(&found.collect::<Vec<_>>());
    let refused =
        against_the_order_of_infer("src/infer/context/text.rs", "use crate::infer::extract::title;", &order);
    assert_eq!(refused.len(), 1);
}

// Sizes and names

#[test]
fn source_files_are_short() {
    let lines = |path: &String| without_tests(&read(path)).lines().count();
    let long = |path: &&String| !TABLES.contains(&path.as_str()) && lines(path) > LONGEST;
    let diagnostic = |path: &String| {
        format!("{path} has {} lines; {LONGEST} are enough unless it is a table", lines(path))
    };
    assert_none(&files("src", "rs").iter().filter(long).map(diagnostic).collect::<Vec<_>>());
    for table in TABLES {
        assert!(lines(&(*table).to_owned()) > LONGEST, "{table} need not be listed as a table any more");
    }
}

#[test]
fn the_top_level_is_what_was_agreed() {
    let ignored: Vec<String> =
        read(".gitignore").lines().map(|line| line.trim_matches('/').to_owned()).collect();
    let entries = fs::read_dir(root()).expect("the repository can be read").flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let stranger =
        |name: &String| name != ".git" && !ignored.contains(name) && !TOP_LEVEL.contains(&name.as_str());
    let diagnostic = |name: String| format!("`{name}` does not belong at the top of the repository");
    assert_none(&names.filter(stranger).map(diagnostic).collect::<Vec<_>>());
}

#[test]
fn templates_trust_only_what_was_made_safe() {
    let mut diagnostics = Vec::new();
    for path in files("themes", "html").iter().chain(&files("themes", "xml")) {
        for (number, line) in read(path).lines().enumerate() {
            for value in trusted(line).into_iter().filter(|value| !SAFE.contains(value)) {
                diagnostics.push(format!("{path}:{}: `{value}` is not known to be safe", number + 1));
            }
        }
    }
    assert_none(&diagnostics);
}

/// Values that are HTML already: they come out of the sanitiser, or hold no text of an author.
const SAFE: &[&str] = &[];

/// The expressions of a template's line that are printed without escaping.
fn trusted(line: &str) -> Vec<&str> {
    let expression = |(at, _)| {
        let before: &str = &line[..at];
        let start = before.rfind("{{").map_or(0, |open| open + 2);
        before[start..].trim_start_matches('-').trim().split('|').next().unwrap_or_default().trim()
    };
    let spaced = line.match_indices("| safe").map(expression);
    spaced.chain(line.match_indices("|safe").map(expression)).collect()
}

#[test]
fn trusted_values_are_seen() {
    assert_eq!(trusted("<p>{{ a }} {{- b.html | trim | safe }} {{c|safe}}"), ["b.html", "c"]);
}

// What is said elsewhere

/// The names in all sections of dependencies, each with whether a comment stands with it.
fn dependencies(manifest: &str) -> Vec<(&str, bool)> {
    let (mut in_dependencies, mut explained, mut found) = (false, false, Vec::new());
    for line in manifest.lines() {
        if line.starts_with('[') {
            in_dependencies = line.ends_with("dependencies]");
        } else if let (true, Some((name, _))) = (in_dependencies, line.split_once(" = ")) {
            found.push((name, explained || line.contains(" # ")));
        }
        explained = line.starts_with('#');
    }
    found
}

/// The packages of the workspace, each with the folders that hold its code.
const PACKAGES: [(&str, &[&str]); 2] =
    [("Cargo.toml", &["src", "tests", "benches"]), ("tests/browser/Cargo.toml", &["tests/browser"])];

#[test]
fn a_dependency_that_the_design_does_not_name_says_why() {
    for (path, _) in PACKAGES {
        let manifest = read(path);
        let found = dependencies(&manifest).into_iter();
        let silent = found.filter(|(name, explained)| !explained && !APPROVED.contains(name));
        let diagnostic =
            |(name, _): (&str, bool)| format!("{path}: `{name}` needs a comment that says why it is there");
        assert_none(&silent.map(diagnostic).collect::<Vec<_>>());
    }
}

#[test]
fn every_dependency_is_used() {
    for (path, folders) in PACKAGES {
        let rust = folders.iter().flat_map(|folder| files(folder, "rs"));
        // This file names those that may be there.
        let code: String = rust.filter(|path| path != "tests/tidy.rs").map(read).collect();
        let is_used = |name: &str| code.contains(&format!("{}::", name.replace('-', "_")));
        let manifest = read(path);
        let unused = dependencies(&manifest).into_iter().filter(|(name, _)| !is_used(name));
        assert_none(&unused.map(|(name, _)| format!("{path}: nothing uses `{name}`")).collect::<Vec<_>>());
    }
}

/// `cargo install --git` looks at every package of a repository, and asks which is meant when two have a program.
#[test]
fn one_package_has_a_program_and_depends_on_no_other() {
    let mut with_programs = Vec::new();
    for (path, _) in PACKAGES {
        let manifest = table(path);
        let folder = path.trim_end_matches("Cargo.toml");
        let has_program = manifest.contains_key("bin")
            || ["src/main.rs", "src/bin"].iter().any(|program| root().join(folder).join(program).exists());
        if has_program {
            let local: Vec<_> = dependencies_at_a_path(&manifest).collect();
            assert_eq!(local, [""; 0], "{path}: whoever installs casebook would compile these too");
            with_programs.push(path);
        }
    }
    assert_eq!(with_programs, ["Cargo.toml"]);
}

#[test]
fn every_package_is_looked_at() {
    let members = table("Cargo.toml")["workspace"]["members"].as_array().cloned().expect("a list");
    let members = members.iter().filter_map(|member| Some(format!("{}/Cargo.toml", member.as_str()?)));
    let all: Vec<String> = ["Cargo.toml".to_owned()].into_iter().chain(members).collect();
    assert_eq!(all, PACKAGES.map(|(path, _)| path.to_owned()));
}

fn table(path: &str) -> toml::Table {
    read(path).parse().unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn dependencies_at_a_path(manifest: &toml::Table) -> impl Iterator<Item = &str> {
    let all = manifest.get("dependencies").and_then(toml::Value::as_table).into_iter().flatten();
    all.filter(|(_, dependency)| dependency.get("path").is_some()).map(|(name, _)| name.as_str())
}

#[test]
fn exceptions_of_deny_toml_are_still_needed() {
    let deny: toml::Table = read("deny.toml").parse().expect("deny.toml is TOML");
    let lock = read("Cargo.lock");
    let is_there = |name: &str| lock.lines().any(|line| line == format!("name = \"{name}\""));
    let exceptions = deny["licenses"]["exceptions"].as_array().expect("a list");
    let names = exceptions.iter().filter_map(|exception| exception["name"].as_str());
    let spoken_of = ["tiny_http", "chunked_transfer", "ascii", "maplit"];
    let gone: Vec<String> =
        names.chain(spoken_of).filter(|name| !is_there(name)).map(str::to_owned).collect();
    assert_none(
        &gone.iter().map(|name| format!("deny.toml: `{name}` is no dependency any more")).collect::<Vec<_>>(),
    );
    let banned =
        deny["bans"]["deny"].as_array().expect("a list").iter().filter_map(|ban| ban["name"].as_str());
    assert_none(
        &banned
            .filter(|name| is_there(name))
            .map(|name| format!("Cargo.lock has {name}"))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn the_version_stands_in_the_changelog() {
    let heading = format!("## {}", env!("CARGO_PKG_VERSION"));
    let found =
        read("CHANGELOG.md").lines().any(|line| line == heading || line.starts_with(&format!("{heading},")));
    assert!(found, "CHANGELOG.md has no section `{heading}`");
}
