//! Sites in, archives out. Each folder of `tests/cases` is one case: `site/` is what casebook
//! is pointed at (a case about the command line may have none), and `session.md` says in prose
//! what is shown and holds a session that shows it (see `tests/session`).
//!
//! `UPDATE_EXPECT=1 cargo test --test cases` writes what was printed into the sessions.

mod expect;
mod session;
mod workspace;

use std::fs;
use std::path::{Path, PathBuf};
use workspace::{Workspace, tree};

#[test]
fn sessions_print_what_they_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut cases: Vec<PathBuf> =
        fs::read_dir(folder).expect("cases").map(|entry| entry.expect("an entry").path()).collect();
    cases.sort();
    assert!(!cases.is_empty());
    let failures: Vec<String> = cases.iter().filter_map(|case| check(case).err()).collect();
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

fn check(case: &Path) -> Result<(), String> {
    let name = case.file_name().unwrap_or_default().to_string_lossy();
    if let Some(stray) = tree(case).keys().find(|path| !path.starts_with("site/") && *path != "session.md") {
        return Err(format!("{name}/{stray} belongs neither to site/ nor to session.md"));
    }
    let site = case.join("site");
    let workspace = if site.is_dir() { Workspace::copy_of(&site) } else { Workspace::new() };
    session::check(&case.join("session.md"), &format!("{name}/session.md"), &workspace)
}
