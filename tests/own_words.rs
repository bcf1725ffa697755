//! The words of the program itself, which are in every archive and tell nothing of a document:
//! `src/proof/own_words.txt` has those of all texts in the code that makes pages and data.
//!
//! `UPDATE_EXPECT=1 cargo test --test own_words` writes the list anew.

mod expect;

use expect::accept;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Code whose texts can be in an archive.
const SOURCES: &[&str] = &[
    "src/address.rs",
    "src/archive",
    "src/document/html",
    "src/document/labels.rs",
    "src/exports",
    "src/incident",
    "src/infer/rank.rs",
    "src/infer/rules.rs",
    "src/language/day_names.rs",
    "src/pages",
    "src/publish",
    "src/search",
    "src/site",
    "src/site.rs",
    "src/theme",
];

fn files(path: PathBuf) -> Vec<PathBuf> {
    match fs::read_dir(&path) {
        Err(_) => vec![path],
        Ok(entries) => entries.flat_map(|entry| files(entry.expect("an entry").path())).collect(),
    }
}

/// What stands between quotes in code, its comments and tests not counted.
fn texts(code: &str) -> String {
    let code = code.split("\n#[cfg(test)]\nmod ").next().unwrap_or(code);
    let code: String =
        code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let parts = code.replace("\\\"", " ").replace("'\"'", " ");
    parts.split('"').skip(1).step_by(2).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_word_of_the_program_is_known() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut words: BTreeSet<String> = BTreeSet::new();
    let mut add = |text: &str| {
        let parts = text.split(|c: char| !c.is_alphanumeric());
        words.extend(parts.filter(|part| part.chars().count() >= 4).map(str::to_lowercase));
    };
    for path in SOURCES.iter().flat_map(|path| files(root.join(path))) {
        let code = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        match path.extension().is_some_and(|extension| extension == "rs") {
            true => add(&texts(&code)),
            false => add(&code),
        }
        // Names of fields are keys of data, and names of kinds stand in pages as they are.
        code.lines()
            .filter(|line| line.trim_start().starts_with("pub ") || line.trim_end().ends_with(','))
            .for_each(|line| {
                let name = line
                    .trim()
                    .trim_start_matches("pub ")
                    .split([':', ' ', ',', '('])
                    .next()
                    .unwrap_or_default();
                add(name);
            });
    }
    let found: String = words.iter().map(|word| format!("{word}\n")).collect();
    let list = root.join("src/proof/own_words.txt");
    let expected = fs::read_to_string(&list).expect("the list");
    accept(&list, "src/proof/own_words.txt", &expected, found)
        .unwrap_or_else(|difference| panic!("\n{difference}"));
}
