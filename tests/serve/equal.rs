//! After any sequence of edits the site that is served is the one that a build would make.

use casebook::diagnostic::{self, Diagnostic};
use casebook::project::Project;
use casebook::site::Site;
use casebook::source::{self, Snapshot};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Names of files: two ask for one slug, two stand where links lead, and one is none of ours.
const FILES: &[&str] = &[
    "content/queue.md",
    "content/2023/queue.md",
    "content/2023/login.md",
    "content/2024/login-again.md",
    "content/2024/README.md",
    "content/2024/graph.png",
    "content/notes.pdf",
    "site.toml",
    "themes/casebook/templates/404.html",
];

/// Documents and other texts; any may stand in any file.
const TEXTS: &[&str] = &[
    "---\ntitle: Queue stood still\ndate: 2023-05-04\ncause: capacity\nservices: [booking, mail]\nseverity: sev2\n---\n\n## Summary\n\nThe booking queue stood still for 40 minutes.\n\n## Action items\n\n- [ ] Watch the queue length (owner: Ines)\n",
    "---\ntitle: Queue stood still again\ndate: 2024-05-04\ncause: capacity\nservices: [booking]\naliases: [/old-queue]\n---\n\nThe booking queue stood still, see [the first](../queue.md) and [this](../2023/login.md#timeline).\n\n![Graph](graph.png)\n",
    "---\ntitle: Login loop\ndate: 04/12/2022\ncauses: [code]\ntags: [login]\n---\n\n## Timeline\n\n- 10:00 Alarm.\n- 10:20 Rolled back.\n",
    "---\ntitle: Login loop\ndate: 25/12/2022\ntags: [login, mail]\n---\n\nDowntime: 2 hours\n",
    "---\ntitle: Still being written\ndate: 2024-01-01\ndraft: true\n---\n\nNothing yet.\n",
    "---\ntitle: Broken\ndate: soon\nseverity: [\n---\n\nText.\n",
    "# Postmortem: mail was late\n\n**Date:** March 3, 2024\n\n## Root cause\n\nThe relay's certificate expired at 09:00 UTC.\n\n## Timeline\n\n09:00 Mail stops\n\n11:15 Certificate renewed\n",
    "slug = \"x\"\ntitle = \"Ferries\"\npaginate = 2\n",
    "title = \"Ferries\"\nbase_url = \"https://example.org/archive/\"\n[causes.code]\nname = \"Software\"\n",
    "<p>{{ site.title }}: nothing here</p>\n",
    "",
];

#[derive(Debug, Clone)]
enum Edit {
    Write(usize, usize),
    Append(usize),
    Remove(usize),
    Rename(usize, usize),
    /// A folder of documents goes elsewhere, or comes back.
    Move,
}

fn edit() -> impl Strategy<Value = Edit> {
    let file = 0..FILES.len();
    prop_oneof![
        5 => (file.clone(), 0..TEXTS.len()).prop_map(|(file, text)| Edit::Write(file, text)),
        2 => file.clone().prop_map(Edit::Append),
        2 => file.clone().prop_map(Edit::Remove),
        1 => (file.clone(), file).prop_map(|(from, to)| Edit::Rename(from, to)),
        1 => Just(Edit::Move),
    ]
}

impl Edit {
    /// Edits the files, and returns the paths that a watcher would name.
    fn apply(&self, root: &Path) -> BTreeSet<PathBuf> {
        let path = |file: usize| root.join(FILES[file]);
        let write = |path: &Path, text: String| {
            fs::create_dir_all(path.parent().expect("in the root")).expect("a folder");
            fs::write(path, text).expect("a file");
        };
        match *self {
            Edit::Write(file, text) => {
                write(&path(file), TEXTS[text].to_owned());
                [path(file)].into()
            }
            Edit::Append(file) => {
                let text = fs::read_to_string(path(file)).unwrap_or_default();
                write(&path(file), format!("{text}\nOne more line about the booking queue.\n"));
                [path(file)].into()
            }
            Edit::Remove(file) => {
                let _ = fs::remove_file(path(file));
                [path(file)].into()
            }
            Edit::Rename(from, to) => {
                fs::create_dir_all(path(to).parent().expect("in the root")).expect("a folder");
                let _ = fs::rename(path(from), path(to));
                [path(from), path(to)].into()
            }
            Edit::Move => {
                let [here, there] = ["content/2024", "content/archive"].map(|folder| root.join(folder));
                let (from, to) = if there.exists() { (&there, &here) } else { (&here, &there) };
                let _ = fs::rename(from, to);
                [here, there].into()
            }
        }
    }
}

/// A site that is kept up to date.
struct Kept {
    snapshot: Snapshot,
    site: Site,
    diagnostics: Vec<Diagnostic>,
}

impl Kept {
    fn read(project: &Project) -> Kept {
        let (snapshot, unread) = source::read(&project.content, &project.theme, &project.config);
        let (site, found) = Site::build(snapshot.clone(), project.config.clone());
        Kept { snapshot, site, diagnostics: unread.into_iter().chain(found).collect() }
    }

    fn update(&mut self, project: &Project, named: &BTreeSet<PathBuf>) {
        let again = || {
            source::read_again(
                &project.content,
                &project.theme,
                &project.config,
                &self.snapshot,
                &BTreeSet::new(),
            )
        };
        let is_same_project = self.site_is_of(project);
        let named = self.snapshot.read_named(&project.config, named).filter(|_| is_same_project);
        let (snapshot, unread) = named.unwrap_or_else(again);
        let (site, found) = Site::rebuild(snapshot.clone(), project.config.clone(), Some(&self.site));
        *self = Kept { snapshot, site, diagnostics: unread.into_iter().chain(found).collect() };
    }

    fn site_is_of(&self, project: &Project) -> bool {
        self.snapshot.folders.contains_key(&project.content)
    }

    /// Every address with its bytes, and all diagnostics.
    fn all(mut self) -> (BTreeMap<String, Option<String>>, Vec<Diagnostic>) {
        let mut pages = BTreeMap::new();
        for output in self.site.outputs() {
            let made = self.site.render(&output.path);
            self.diagnostics.extend(made.diagnostics);
            pages.insert(
                output.path.clone(),
                made.bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
            );
        }
        diagnostic::sort(&mut self.diagnostics);
        (pages, self.diagnostics)
    }
}

fn check(edits: &[Edit]) {
    let root = TempDir::new().expect("a temporary folder");
    fs::create_dir(root.path().join("content")).expect("a folder");
    for (file, text) in [(0, 0), (2, 2), (3, 1), (7, 8)] {
        Edit::Write(file, text).apply(root.path());
    }
    let project = || Project::locate(root.path()).expect("a site").0;
    let mut kept = Kept::read(&project());
    for edit in edits {
        let named = edit.apply(root.path());
        kept.update(&project(), &named);
    }
    let (pages, diagnostics) = kept.all();
    let (clean_pages, clean_diagnostics) = Kept::read(&project()).all();
    assert_eq!(pages.keys().collect::<Vec<_>>(), clean_pages.keys().collect::<Vec<_>>());
    for (path, page) in &pages {
        let differing = page
            .iter()
            .flat_map(|page| page.lines())
            .zip(clean_pages[path].iter().flat_map(|page| page.lines()));
        let first = differing.into_iter().find(|(kept, clean)| kept != clean);
        assert!(page == &clean_pages[path], "{path} differs: {first:?}");
    }
    assert_eq!(diagnostics, clean_diagnostics);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn edits_come_to_what_a_clean_build_makes(edits in prop::collection::vec(edit(), 1..20)) {
        check(&edits);
    }
}
