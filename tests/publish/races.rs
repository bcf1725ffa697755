//! Files that become other things while a build runs.

#![cfg(unix)]

use super::refusal;
use super::workspace::{Workspace, tree};
use casebook::config::Config;
use casebook::source::{Inside, Snapshot, read};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};

const SECRET: &str = "what is nobody's business";

fn workspace() -> Workspace {
    let workspace = Workspace::new();
    workspace.write("elsewhere/a.md", SECRET);
    workspace.write("elsewhere/chart.svg", SECRET);
    workspace.write("content/2024/a.md", "# Ours\n");
    workspace.write("content/2024/chart.svg", "<svg/>");
    workspace.write("content/2024/draft.md", SECRET);
    workspace
}

fn snapshot(workspace: &Workspace) -> Snapshot {
    read(&workspace.path("content"), &workspace.path("themes"), &Config::default()).0
}

fn make_pipe(path: &Path) {
    let _ = fs::remove_file(path);
    assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo runs").success());
}

fn make_link(path: &Path, target: &str) {
    match path.is_dir() {
        true => fs::rename(path, path.with_file_name("moved")).expect("it was there"),
        false => fs::remove_file(path).expect("it was there"),
    }
    symlink(target, path).expect("a link");
}

/// What is done to the file at a path.
type Swap = &'static dyn Fn(&Path);

/// What a file or a folder above it becomes between the walk and the opening.
const SWAPS: &[(&str, Swap)] = &[
    ("2024/chart.svg", &make_pipe),
    ("2024/chart.svg", &|path| make_link(path, "../../elsewhere/chart.svg")),
    ("2024/chart.svg", &|path| make_link(path, "/etc/passwd")),
    ("2024/chart.svg", &|path| make_link(path, "draft.md")),
    ("2024/chart.svg", &|path| {
        fs::remove_file(path).expect("it was there");
        fs::create_dir(path).expect("a folder");
    }),
    ("2024", &|path| make_link(path, "../elsewhere")),
    ("2024", &|path| {
        let target = path.with_file_name("../elsewhere").canonicalize().expect("it is there");
        make_link(path, target.to_str().expect("text"));
    }),
];

#[test]
fn a_file_that_becomes_something_else_before_it_is_opened_is_not_read() {
    for (path, swap) in SWAPS {
        let workspace = workspace();
        let snapshot = snapshot(&workspace);
        swap(&workspace.path("content").join(path));
        let read = snapshot.assets.read("2024/chart.svg");
        assert!(read.is_err(), "{path}: {:?}", read.map(String::from_utf8));
    }
}

#[test]
fn links_that_stay_inside_are_opened() {
    let workspace = workspace();
    workspace.write("content/b.md", "# Other\n");
    let content = workspace.path("content");
    symlink("../b.md", content.join("2024/up.md")).expect("a link");
    symlink(content.join("b.md"), content.join("2024/whole.md")).expect("a link");
    symlink(content.join("2024"), content.join("year")).expect("a link");
    let snapshot = snapshot(&workspace);
    for path in ["2024/up.md", "2024/whole.md"] {
        assert_eq!(snapshot.assets.read(path).expect(path), b"# Other\n");
    }
    assert_eq!(snapshot.assets.read("year/a.md").expect("read"), b"# Ours\n");
    let text = |path: &str| {
        snapshot.documents.iter().find(|document| document.path == path).map(|it| it.text.as_str())
    };
    assert_eq!(
        ["2024/up.md", "2024/whole.md", "year/a.md"].map(text),
        [Some("# Other\n"), Some("# Other\n"), Some("# Ours\n")]
    );
}

/// Rounds after which a file that was never read will not be.
const MOST_READINGS: usize = 20_000;

/// One thread swaps a document for a link again and again while another reads the folder.
#[test]
fn no_reading_sees_the_outside() {
    let workspace = workspace();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let swap = || {
            let (file, link, place) =
                (workspace.path("file"), workspace.path("link"), workspace.path("content/2024/a.md"));
            while !done.load(Ordering::Relaxed) {
                symlink("../../elsewhere/a.md", &link).expect("a link");
                fs::rename(&link, &place).expect("swapped");
                fs::write(&file, "# Ours\n").expect("a file");
                fs::rename(&file, &place).expect("swapped back");
            }
        };
        let swapper = scope.spawn(swap);
        let mut readings: Vec<String> = Vec::new();
        // On a busy machine the file is mostly a link when it is looked at.
        for round in 0..MOST_READINGS {
            let documents = snapshot(&workspace).documents;
            let ours = documents.iter().filter(|document| document.path == "2024/a.md");
            readings.extend(ours.map(|document| document.text.clone()));
            if round >= 300 && !readings.is_empty() {
                break;
            }
        }
        done.store(true, Ordering::Relaxed);
        swapper.join().expect("it swaps to the end");
        assert!(readings.iter().all(|text| text == "# Ours\n"), "the outside was read");
        assert!(!readings.is_empty(), "it was never read");
    });
}

#[test]
fn a_pipe_in_the_place_of_the_settings_keeps_nobody_waiting() {
    let workspace = workspace();
    make_pipe(&workspace.path("site.toml"));
    let message = refusal(&workspace, &["build"]);
    assert!(message.contains("site.toml") && message.contains("no regular file"), "{message}");
}

#[test]
fn nothing_outside_of_a_folder_is_opened() {
    let workspace = workspace();
    let content = workspace.path("content");
    let inside = Inside::new(&content);
    for path in ["../elsewhere/a.md", "2024/../../elsewhere/a.md", "2024"] {
        assert!(inside.open(&content.join(path), None).is_err(), "{path}");
    }
    assert!(inside.open(&content.join("2024/a.md"), Some("../elsewhere/a.md")).is_err());
    assert!(inside.open(&content.join("2024/a.md"), None).is_ok());
    assert_eq!(tree(&content).len(), 3);
}
