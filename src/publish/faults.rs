//! What becomes of a page when casebook itself fails on its document.

use super::{Report, Writing, write};
use crate::diagnostic::{Code, Diagnostic, on_purpose};
use crate::project::Project;
use crate::site::Site;
use crate::source;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// More than the steps in which a document is read and its pages are made.
const STEPS: usize = 7;

fn document(name: &str, more: &str) -> String {
    format!(
        "---\ndate: 2024-03-05\naliases: [old-{name}]\n{more}---\n\n# Winch {name} stuck\n\nIt did not turn. [plan](plan.svg)\n"
    )
}

/// A site of three documents that was published.
fn published() -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(root.path().join("content")).expect("a folder");
    for name in ["a", "b", "c"] {
        put(root.path(), &format!("{name}.md"), &document(name, ""));
    }
    put(root.path(), "plan.svg", "<svg></svg>");
    assert_eq!(publish(root.path()), []);
    root
}

fn put(root: &Path, name: &str, text: &str) {
    fs::write(root.join("content").join(name), text).expect("a file");
}

/// Diagnostics of a build, but those about what its settings lack.
fn publish(root: &Path) -> Vec<Diagnostic> {
    let (project, _) = Project::locate(root).expect("a site");
    let (site, mut diagnostics) = Site::load(&project);
    let writing = Writing { output: &project.output, sync: false, progress: &|_, _| (), proved: None };
    let Report { diagnostics: more, stopped, .. } = write(&site, writing);
    assert!(!stopped, "{more:?}");
    diagnostics.extend(more);
    diagnostics.retain(|diagnostic| diagnostic.code != Code::NoBaseUrl);
    diagnostics
}

fn page(root: &Path, path: &str) -> Option<Vec<u8>> {
    fs::read(root.join("public").join(path)).ok()
}

/// The faults of a build that fails in the `nth` step of the document `b.md`.
fn with_fault(root: &Path, nth: usize) -> Vec<Diagnostic> {
    on_purpose::fail(&source::shown(&root.join("content/b.md")), nth);
    let faults = publish(root).into_iter().filter(|told| told.code == Code::Fault).collect();
    on_purpose::fail(&source::shown(&root.join("content/b.md")), usize::MAX);
    faults
}

#[test]
fn a_page_stays_when_casebook_fails_on_its_document() {
    let mut places = BTreeSet::new();
    for nth in 0..STEPS {
        let site = published();
        let root = site.path();
        let pages = ["incidents/b.html", "incidents/old-b.html", "files/plan.svg"];
        let before = pages.map(|path| page(root, path));
        assert!(before.iter().all(Option::is_some));
        put(root, "c.md", &(document("c", "") + "It was mended.\n"));
        for fault in with_fault(root, nth) {
            assert!(fault.place.is_some_and(|place| place.path.ends_with("content/b.md")));
            places.insert(nth);
        }
        assert!(pages.map(|path| page(root, path)) == before, "step {nth}");
        let others = page(root, "incidents/c.html").expect("a page of a document beside it");
        assert!(String::from_utf8_lossy(&others).contains("It was mended."), "step {nth}");
        assert_eq!(publish(root), [], "the next build is as any other");
    }
    assert!(places.len() > 2 && !places.contains(&(STEPS - 1)), "{places:?}");
}

#[test]
fn what_is_a_draft_or_internal_now_does_not_stay_for_a_fault() {
    for mark in ["draft: true\n", "visibility: internal\n"] {
        let mut failed = 0;
        // Where its text cannot even be decoded, nobody knows of the mark.
        for nth in 1..STEPS {
            let site = published();
            put(site.path(), "b.md", &document("b", mark));
            failed += with_fault(site.path(), nth).len();
            assert_eq!(page(site.path(), "incidents/b.html"), None, "{mark}, step {nth}");
        }
        assert!(failed > 0);
    }
}
