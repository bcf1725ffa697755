//! Files in the output folder that casebook did not make, and those that it did.

use super::workspace::{Workspace, tree};
use super::{refusal, write_edition};
use std::fs;

/// What stands in the way, and what of it is named. A path that ends with a slash is a folder.
const STRANGERS: &[(&str, &str)] = &[
    ("index.html", "index.html"),
    ("404.html", "404.html"),
    ("robots.txt", "robots.txt"),
    ("incidents.json", "incidents.json"),
    (".nojekyll", ".nojekyll"),
    ("incidents", "incidents"),
    ("assets", "assets"),
    ("incidents/common-1.html", "incidents/common-1.html"),
    ("incidents/common-1.html/", "incidents/common-1.html"),
    ("causes/index.html/letter.txt", "causes/index.html"),
    ("files/chart.svg", "files/chart.svg"),
    ("files", "files"),
];

fn put(workspace: &Workspace, path: &str) {
    match path.strip_suffix('/') {
        Some(folder) => fs::create_dir_all(workspace.path(folder)).expect("a folder"),
        None => workspace.write(path, "Dear"),
    }
}

#[test]
fn files_of_others_are_named_and_never_replaced() {
    for (path, named) in STRANGERS {
        let workspace = Workspace::new();
        write_edition(&workspace, 0);
        put(&workspace, &format!("full/{path}"));
        workspace.write("full/letter.txt", "Dear");
        let before = tree(&workspace.path("full"));
        let message = refusal(&workspace, &["build", "--force", "--output-dir", "full"]);
        assert!(
            message.contains(&format!("full/{named}\n")) && message.contains("did not make it"),
            "{path}: {message}"
        );
        assert!(tree(&workspace.path("full")) == before, "{path}");
        assert!(!workspace.path("full/.casebook-unfinished").exists(), "{path}");
    }
}

#[cfg(unix)]
#[test]
fn links_of_others_are_named_and_never_replaced() {
    for path in ["index.html", "incidents", "incidents.csv"] {
        let workspace = Workspace::new();
        write_edition(&workspace, 0);
        workspace.write("elsewhere/letter.txt", "Dear");
        fs::create_dir(workspace.path("full")).expect("a folder");
        std::os::unix::fs::symlink("../elsewhere", workspace.path("full").join(path)).expect("a link");
        let message = refusal(&workspace, &["build", "--force", "--output-dir", "full"]);
        assert!(message.contains(&format!("full/{path}\n")), "{message}");
        assert_eq!(tree(&workspace.path("elsewhere")).len(), 1);
        assert!(workspace.path("full").join(path).is_symlink());
    }
}

#[test]
fn a_page_that_is_new_replaces_no_file_either() {
    let workspace = Workspace::new();
    write_edition(&workspace, 0);
    workspace.build();
    workspace.write("public/incidents/edition-1-1.html", "<title>Mine</title>");
    let before = tree(&workspace.path("public"));
    write_edition(&workspace, 1);
    let message = refusal(&workspace, &["build"]);
    assert!(message.contains("public/incidents/edition-1-1.html"), "{message}");
    assert!(tree(&workspace.path("public")) == before);
}

#[test]
fn pages_that_name_casebook_are_its_own() {
    let workspace = Workspace::new();
    write_edition(&workspace, 0);
    workspace.build();
    for path in ["index.html", "404.html", "incidents/common-1.html"] {
        workspace.write(&format!("full/{path}"), workspace.read(&format!("public/{path}")));
    }
    write_edition(&workspace, 1);
    let status = workspace.casebook(["build", "--quiet", "--force", "--output-dir", "full"]).status();
    assert!(status.expect("casebook runs").success());
    assert!(workspace.read("full/index.html").contains("Edition 1"));
}

#[test]
fn a_file_that_no_page_links_to_has_no_place_to_clear() {
    let workspace = Workspace::new();
    write_edition(&workspace, 0);
    workspace.write("content/unlinked.svg", "<svg/>");
    workspace.build();
    workspace.write("public/files/unlinked.svg", "Mine");
    workspace.build();
    fs::remove_file(workspace.path("content/unlinked.svg")).expect("it was there");
    workspace.build();
    assert_eq!(workspace.read("public/files/unlinked.svg"), "Mine");
}

/// Files beside the document that it links to, before and after.
const REPLACED: &[(&[&str], &[&str])] = &[
    (&["plan.svg"], &["plan.svg/part.svg"]),
    (&["plan.svg/part.svg", "plan.svg/deep/er.svg"], &["plan.svg"]),
    (&["Plan.svg", "a/b.svg"], &["plan.svg", "A/b.svg"]),
];

#[test]
fn a_file_takes_the_place_of_a_folder_and_a_folder_that_of_a_file() {
    for (before, after) in REPLACED {
        let workspace = Workspace::new();
        let write = |paths: &[&str]| {
            let _ = fs::remove_dir_all(workspace.path("content"));
            paths.iter().for_each(|path| workspace.write(&format!("content/{path}"), "<svg/>"));
            let links: Vec<String> = paths.iter().map(|path| format!("![]({path})")).collect();
            workspace.write(
                "content/a.md",
                format!("# The chart was gone\n\nDate: 1 May 2024\n\n{}\n", links.join(" ")),
            );
        };
        write(before);
        workspace.build();
        write(after);
        workspace.build();
        let found = tree(&workspace.path("public"));
        fs::remove_dir_all(workspace.path("public")).expect("it was built");
        workspace.build();
        assert!(found == tree(&workspace.path("public")), "{before:?} and {after:?}");
        assert!(after.iter().all(|path| found.contains_key(&format!("files/{path}"))), "{after:?}");
    }
}
