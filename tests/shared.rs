//! How well inference reads documents whose facts were written down by hand. They are
//! nobody's to publish, so they stand beside the repository, or not at all: without
//! them there is nothing to measure, and the test says so.

mod workspace;

use std::path::{Path, PathBuf};
use std::process::Command;
use workspace::Workspace;

fn shared(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?.join("shared").join(name);
    folder.join("gold.jsonl").is_file().then_some(folder)
}

/// The headline of the scorer for a folder's documents; nothing without the folder or Python.
fn headline(name: &str) -> Option<f64> {
    let folder = shared(name)?;
    let scorer = shared("corpus")?.join("score.py");
    let export = Command::new(env!("CARGO_BIN_EXE_casebook"))
        .args(["export", "--quiet", "--format", "json"])
        .arg(&folder)
        .output()
        .ok()?;
    let workspace = Workspace::new();
    let predictions = workspace.path("incidents.json");
    std::fs::write(&predictions, export.stdout).expect("a writable workspace");
    let score =
        Command::new("python3").arg(scorer).arg(folder.join("gold.jsonl")).arg(&predictions).output().ok()?;
    let printed = String::from_utf8_lossy(&score.stdout).into_owned();
    let line = printed.lines().find_map(|line| line.strip_prefix("headline "))?;
    line.split(' ').next()?.parse().ok()
}

#[test]
fn documents_with_known_facts_are_read_as_well_as_promised() {
    for (name, least) in [("seeds", 0.98), ("corpus", 0.93)] {
        match headline(name) {
            Some(found) => assert!(found >= least, "{name}: headline {found}, promised {least}"),
            None => eprintln!("{name}: not here, nothing measured"),
        }
    }
}
