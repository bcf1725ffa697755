//! The same documents give the same bytes, whatever machine builds them.

mod workspace;

use std::collections::BTreeMap;
use std::path::Path;
use workspace::{Workspace, tree};

type Tree = BTreeMap<String, Vec<u8>>;

/// The demo archive in a folder of its own, its files made in the order of `order`.
fn demo(order: impl FnOnce(&mut Vec<(String, Vec<u8>)>)) -> Workspace {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<(String, Vec<u8>)> = tree(&root.join("content")).into_iter().collect();
    order(&mut files);
    let workspace = Workspace::new();
    for (path, bytes) in files {
        workspace.write(&format!("content/{path}"), bytes);
    }
    workspace.write("site.toml", std::fs::read(root.join("site.toml")).expect("the demo's settings"));
    workspace
}

/// What a build makes under the given environment.
fn build(workspace: &Workspace, environment: &[(&str, &str)]) -> Tree {
    let arguments = ["build", "--base-url", "https://example.org/a/"];
    let output =
        workspace.casebook(arguments).envs(environment.iter().copied()).output().expect("casebook runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    tree(&workspace.path("public"))
}

/// Names the first file that differs, for a message that can be read.
fn assert_same(found: &Tree, expected: &Tree, what: &str) {
    let names = |tree: &Tree| tree.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(found), names(expected), "{what}: the files differ");
    let differs = found.iter().find(|(path, bytes)| expected[*path] != **bytes);
    assert!(differs.is_none(), "{what}: {} differs", differs.map_or("", |(path, _)| path));
}

#[test]
fn threads_zones_and_languages_leave_no_trace() {
    let expected = build(&demo(|_| ()), &[]);
    assert!(expected.len() > 50, "the demo has more pages than {}", expected.len());
    let environments: &[&[(&str, &str)]] = &[
        &[],
        &[("RAYON_NUM_THREADS", "1")],
        &[("RAYON_NUM_THREADS", "8")],
        &[("TZ", "Asia/Kathmandu")],
        &[("TZ", "America/St_Johns")],
        &[("TZ", "Pacific/Apia")],
        &[("LC_ALL", "tr_TR.UTF-8"), ("LANG", "tr_TR.UTF-8")],
        &[("LC_ALL", "C"), ("LANGUAGE", "ja"), ("SOURCE_DATE_EPOCH", "0"), ("USER", "somebody")],
    ];
    for environment in environments {
        assert_same(&build(&demo(|_| ()), environment), &expected, &format!("{environment:?}"));
    }
}

#[test]
fn the_order_in_which_files_were_made_leaves_no_trace() {
    let expected = build(&demo(|_| ()), &[]);
    assert_same(&build(&demo(|files| files.reverse()), &[]), &expected, "reversed");
    assert_same(
        &build(&demo(|files| files.sort_by_key(|(path, _)| blake3::hash(path.as_bytes()).to_hex())), &[]),
        &expected,
        "shuffled",
    );
}

#[test]
fn building_over_an_old_archive_leaves_no_trace() {
    let workspace = demo(|_| ());
    let expected = build(&workspace, &[]);
    let report = workspace.read("content/2023/2023-09-12-krone-prices.md");
    workspace
        .write("content/2023/2023-09-12-krone-prices.md", report.replace("Krone prices", "Crown prices"));
    workspace.write(
        "content/2024/one-more.md",
        "# One more incident\n\nDate: 2 May 2024\n\n## Timeline\n\n- 09:00 It begins.\n",
    );
    assert_ne!(build(&workspace, &[]), expected);
    workspace.write("content/2023/2023-09-12-krone-prices.md", report);
    std::fs::remove_file(workspace.path("content/2024/one-more.md")).expect("it was written above");
    assert_same(&build(&workspace, &[]), &expected, "back to what it was");
}

#[cfg(unix)]
#[test]
fn the_mask_for_new_files_leaves_no_trace() {
    let expected = build(&demo(|_| ()), &[]);
    let workspace = demo(|_| ());
    let build = r#"umask 077; exec "$0" build --quiet --base-url https://example.org/a/"#;
    let mut shell = std::process::Command::new("sh");
    let status =
        shell.args(["-c", build, env!("CARGO_BIN_EXE_casebook")]).current_dir(workspace.path("")).status();
    assert!(status.expect("a shell").success());
    assert_same(&tree(&workspace.path("public")), &expected, "umask 077");
}
