//! What publishing promises: whatever moment the machine dies at, each file is whole,
//! old or new, nothing that old pages link to is gone, and the next build gives the
//! same tree as a clean one.

mod opened;
mod ownership;
mod races;
mod unread;
mod withdrawn;
#[path = "../workspace/mod.rs"]
mod workspace;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;
use workspace::{Workspace, tree};

type Tree = BTreeMap<String, Vec<u8>>;

const KILLS: u32 = 50;

/// Housekeeping files of casebook itself.
const MANIFEST: &str = ".casebook-manifest";
const UNFINISHED: &str = ".casebook-unfinished";

/// Two editions of one archive. They share some documents; every page differs by the title.
fn write_edition(workspace: &Workspace, edition: usize) {
    let _ = std::fs::remove_dir_all(workspace.path("content"));
    workspace.write("site.toml", format!("title = \"Edition {edition}\"\n"));
    workspace
        .write("content/chart.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>");
    for number in 0..12 {
        let only_there = number % 3 == edition;
        let name =
            if only_there { format!("edition-{edition}-{number}") } else { format!("common-{number}") };
        let month = number + 1;
        let before = if number > 2 { "See [another](common-2.md) and ![a chart](chart.svg).\n" } else { "" };
        workspace.write(
            &format!("content/{name}.md"),
            format!(
                "# Incident {name}\n\nDate: 3 May 20{month:02}\nService: mail\n\n{before}\n## Root cause\n\nThe disk was full.\n"
            ),
        );
    }
}

fn start(workspace: &Workspace) -> Child {
    workspace.casebook(["build", "--quiet"]).stderr(Stdio::null()).spawn().expect("casebook runs")
}

/// A clean build of each edition.
fn clean_builds() -> Vec<Tree> {
    let build = |edition| {
        let workspace = Workspace::new();
        write_edition(&workspace, edition);
        workspace.build();
        tree(&workspace.path("public"))
    };
    vec![build(0), build(1)]
}

/// Waits until a build begins to write, or has ended.
fn await_writing(workspace: &Workspace, building: &mut Child) {
    while !workspace.path("public").join(UNFINISHED).exists() && matches!(building.try_wait(), Ok(None)) {
        std::thread::yield_now();
    }
}

#[test]
fn a_kill_at_any_moment_harms_nothing() {
    let clean = clean_builds();
    let workspace = Workspace::new();
    write_edition(&workspace, 0);
    workspace.build();
    let (mut window, mut cut_short) = (Duration::from_millis(50), 0);
    for kill in 0..KILLS {
        let new = (kill as usize + 1) % 2;
        write_edition(&workspace, new);
        let mut building = start(&workspace);
        await_writing(&workspace, &mut building);
        std::thread::sleep(window * (kill * 7 % 10) / 10);
        let in_time = matches!(building.try_wait(), Ok(None));
        let _ = building.kill();
        let _ = building.wait();
        cut_short += u32::from(in_time);
        // A window that is as long as the writing takes on this machine.
        window = if in_time { window * 11 / 10 } else { window / 2 };
        check_whole(&tree(&workspace.path("public")), &clean[1 - new], &clean[new]);
        workspace.build();
        assert!(
            tree(&workspace.path("public")) == clean[new],
            "kill {kill}: the next build differs from a clean one"
        );
        assert!(!workspace.path("public").join(UNFINISHED).exists());
    }
    assert!(cut_short > KILLS / 4, "only {cut_short} of {KILLS} kills came before the end");
}

/// What a build leaves that is killed before it has written its first list.
const LEFT_BEHIND: &[&[(&str, &str)]] = &[
    &[(".casebook-unfinished/", "")],
    &[(".casebook-unfinished/0", "casebook mani")],
    &[(".casebook-unfinished/0", ""), (".casebook-unfinished/17", "<!doc")],
    &[(".casebook-manifest", "")],
];

#[test]
fn a_build_that_has_listed_nothing_yet_is_completed_by_the_next() {
    let clean = clean_builds();
    for left in LEFT_BEHIND {
        let workspace = Workspace::new();
        write_edition(&workspace, 0);
        for (path, text) in *left {
            match path.strip_suffix('/') {
                Some(folder) => {
                    std::fs::create_dir_all(workspace.path("public").join(folder)).expect("a folder")
                }
                None => workspace.write(&format!("public/{path}"), text),
            }
        }
        workspace.build();
        assert!(tree(&workspace.path("public")) == clean[0], "{left:?}");
    }
}

#[test]
fn a_kill_before_the_first_list_harms_nothing() {
    let clean = clean_builds();
    let mut early = 0;
    for kill in 0..KILLS / 3 {
        let workspace = Workspace::new();
        write_edition(&workspace, 0);
        let mut building = start(&workspace);
        await_writing(&workspace, &mut building);
        std::thread::sleep(Duration::from_millis(u64::from(kill / 8)));
        let _ = building.kill();
        let _ = building.wait();
        early += u32::from(!workspace.path("public").join(MANIFEST).exists());
        check_whole(&tree(&workspace.path("public")), &Tree::new(), &clean[0]);
        workspace.build();
        assert!(
            tree(&workspace.path("public")) == clean[0],
            "kill {kill}: the next build differs from a clean one"
        );
    }
    assert!(early > 0, "no kill of {} came before the first list", KILLS / 3);
}

#[test]
fn only_unfinished_files_are_cleared_away() {
    for (path, named) in [
        ("public/.casebook-unfinished/letter.txt", ".casebook-unfinished/letter.txt"),
        ("public/.casebook-unfinished", ".casebook-unfinished"),
        ("public/.casebook-unfinished/1/2", ".casebook-unfinished"),
    ] {
        let workspace = Workspace::new();
        write_edition(&workspace, 0);
        workspace.write(path, "Dear");
        let message = refusal(&workspace, &["build", "--force"]);
        assert!(message.contains(named), "{message}");
        assert_eq!(workspace.read(path), "Dear");
    }
}

#[test]
fn a_list_that_is_not_understood_is_not_taken_for_none() {
    let workspace = Workspace::new();
    write_edition(&workspace, 0);
    workspace.build();
    let list = workspace.read("public/.casebook-manifest");
    workspace.write("public/.casebook-manifest", list.replace("manifest 2", "manifest 12"));
    let before = tree(&workspace.path("public"));
    write_edition(&workspace, 1);
    let message = refusal(&workspace, &["build", "--force"]);
    assert!(message.contains(MANIFEST) && message.contains("another version"), "{message}");
    assert!(tree(&workspace.path("public")) == before);
}

/// The names of all removed files, in their order.
#[cfg(target_os = "linux")]
fn removals(workspace: &Workspace) -> Vec<String> {
    use notify::{EventKind, RecursiveMode, Watcher, event::RemoveKind};
    let (sender, events) = std::sync::mpsc::channel();
    let mut watcher = notify::recommended_watcher(sender).expect("files can be watched");
    let public = workspace.path("public");
    watcher.watch(&public, RecursiveMode::Recursive).expect("the output is watched");
    workspace.build();
    // The list is put in its place after everything else.
    let mut removed = Vec::new();
    for event in events.iter().map(|event| event.expect("an event")) {
        let name = event.paths[0].strip_prefix(&public).expect("it is below").to_string_lossy().into_owned();
        match event.kind {
            EventKind::Remove(RemoveKind::Folder) if name == UNFINISHED => break,
            EventKind::Remove(RemoveKind::File) if !name.starts_with(UNFINISHED) => removed.push(name),
            _ => {}
        }
    }
    removed
}

#[cfg(target_os = "linux")]
#[test]
fn lists_go_before_what_they_link_to() {
    let workspace = Workspace::new();
    write_edition(&workspace, 0);
    workspace
        .write("content/plan.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"2\" height=\"1\"/>");
    let text = "---\ntags: [harbour]\naliases: [aaa]\nservices: [buoys]\n---\n# A last one\n\nDate: 1 May 1999\n\n![](plan.svg)\n";
    workspace.write("content/zz.md", text);
    workspace.build();
    std::fs::remove_file(workspace.path("content/zz.md")).expect("it was there");
    let removed = removals(&workspace);
    let is_leaf = |path: &&String| {
        path.starts_with("files/") || path.starts_with("assets/") || path.starts_with("search/")
    };
    let is_page = |path: &&String| *path == "incidents/zz.html";
    let rank = |path: &String| if is_leaf(&path) { 2 } else { u8::from(is_page(&path)) };
    assert!(removed.is_sorted_by_key(rank), "{removed:?}");
    for path in [
        "incidents/aaa.html",
        "incidents/zz.html",
        "files/plan.svg",
        "tags/harbour.html",
        "months/1999-05.html",
    ] {
        assert!(removed.iter().any(|gone| gone == path), "{path} is not among {removed:?}");
    }
}

#[test]
fn what_is_not_waited_for_is_the_same() {
    let workspace = Workspace::new();
    write_edition(&workspace, 0);
    let status = workspace.casebook(["build", "--quiet", "--no-sync"]).status().expect("casebook runs");
    assert!(status.success());
    assert!(tree(&workspace.path("public")) == clean_builds()[0]);
}

/// Each file is one of the two editions', or says that it is being removed, and what old pages link to is there.
fn check_whole(found: &Tree, old: &Tree, new: &Tree) {
    for (path, bytes) in found.iter().filter(|(path, _)| !path.starts_with(UNFINISHED) && *path != MANIFEST) {
        let removed = !new.contains_key(path) && bytes == casebook::publish::GONE.as_bytes();
        let whole = removed || [old, new].iter().any(|edition| edition.get(path) == Some(bytes));
        assert!(whole, "{path} is neither the old nor the new one");
        if path.ends_with(".html") && old.get(path) == Some(bytes) {
            for target in targets(path, &String::from_utf8_lossy(bytes)) {
                assert!(found.contains_key(&target), "the old {path} links to {target}, which is gone");
            }
        }
    }
    for path in old.keys().filter(|path| new.contains_key(*path)) {
        assert!(found.contains_key(path), "{path} was there before and is there after, but not in between");
    }
}

/// The files that a page links to or loads, as paths in the archive.
fn targets(page: &str, html: &str) -> Vec<String> {
    let folder = Path::new(page).parent().unwrap_or(Path::new(""));
    let link = |rest: &str| {
        let address = rest.split('"').next()?.split(['#', '?']).next()?;
        let inside = !address.is_empty() && !address.contains(':') && !address.starts_with('/');
        inside.then(|| resolved(folder, address))
    };
    let links = html.split("href=\"").skip(1).chain(html.split("src=\"").skip(1));
    links.filter_map(link).collect()
}

/// `../a.html` seen from `causes` is `a.html`.
fn resolved(folder: &Path, address: &str) -> String {
    let mut parts: Vec<&str> = folder.iter().filter_map(|part| part.to_str()).collect();
    for part in address.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn links_of_a_page_are_resolved() {
    let html = r##"<a href="../a.html#x">a</a> <a href="#top">t</a> <a href="https://example.org/"><img src="i/b.png">"##;
    assert_eq!(targets("causes/data.html", html), ["a.html", "causes/i/b.png"]);
}

/// The words of a command that could not run.
fn refusal(workspace: &Workspace, arguments: &[&str]) -> String {
    let output = workspace.casebook(arguments).output().expect("casebook runs");
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn folders_that_are_not_for_publishing_are_refused() {
    let workspace = Workspace::new();
    write_edition(&workspace, 0);
    workspace.write("home/letter.txt", "Dear");
    workspace.write("full/letter.txt", "Dear");
    workspace.write("content/sub/note.md", "# Note");
    let here = tree(&workspace.path(""));
    for folder in ["/", "home", ".", "content", "content/sub", "full", "full/letter.txt"] {
        let message = refusal(&workspace, &["build", "--output-dir", folder]);
        assert!(message.contains(&format!("`{folder}`")), "{message}");
    }
    for folder in ["/", "home", ".", "content"] {
        refusal(&workspace, &["build", "--force", "--output-dir", folder]);
    }
    assert!(tree(&workspace.path("")) == here, "a refused build changed something");
}

#[test]
fn force_writes_beside_other_files_and_deletes_none() {
    let workspace = Workspace::new();
    write_edition(&workspace, 0);
    workspace.write("full/letter.txt", "Dear");
    workspace.write("full/incidents/letter.txt", "Dear");
    for edition in [0, 1] {
        write_edition(&workspace, edition);
        let status = workspace.casebook(["build", "--quiet", "--force", "--output-dir", "full"]).status();
        assert!(status.expect("casebook runs").success());
    }
    assert_eq!(workspace.read("full/letter.txt") + &workspace.read("full/incidents/letter.txt"), "DearDear");
    assert!(!workspace.path("full/incidents/edition-0-0.html").exists());
}

/// Somebody who may do anything, as in a container, is not stopped by a read-only folder.
#[cfg(unix)]
fn may_write_anywhere(folder: &Path) -> bool {
    std::fs::write(folder.join("probe"), "").is_ok()
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_named_and_left_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let workspace = Workspace::new();
    write_edition(&workspace, 0);
    workspace.build();
    let before = tree(&workspace.path("public"));
    let mode =
        |mode| std::fs::set_permissions(workspace.path("public"), std::fs::Permissions::from_mode(mode));
    mode(0o555).expect("the folder is ours");
    if !may_write_anywhere(&workspace.path("public")) {
        write_edition(&workspace, 1);
        let message = refusal(&workspace, &["build"]);
        assert!(message.contains("public") && message.contains("cannot write"), "{message}");
        assert!(tree(&workspace.path("public")) == before);
    }
    mode(0o755).expect("the folder is ours");
}

#[test]
fn a_file_where_a_folder_should_be_is_named() {
    let workspace = Workspace::new();
    write_edition(&workspace, 0);
    workspace.write("public/.casebook-manifest", "casebook manifest 1\n");
    workspace.write("public/incidents", "not a folder");
    let message = refusal(&workspace, &["build"]);
    assert!(message.contains("incidents") && message.contains("in the way"), "{message}");
    assert_eq!(workspace.read("public/incidents"), "not a folder");
}

#[cfg(unix)]
#[test]
fn the_remedy_fits_what_stopped_the_build() {
    let workspace = Workspace::new();
    write_edition(&workspace, 0);
    workspace.build();
    let public = std::fs::File::open(workspace.path("public")).expect("it was built");
    public.lock().expect("nobody else writes to it");
    let message = refusal(&workspace, &["build"]);
    assert!(
        message.contains("another build is writing") && message.contains("when the other one has ended"),
        "{message}"
    );
    workspace.write("file", "not a folder");
    let message = refusal(&workspace, &["build", "--output-dir", "file/archive"]);
    assert!(message.contains("not a directory") && message.contains("`--output-dir`"), "{message}");
}
