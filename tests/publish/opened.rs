//! `--open` on machines that have no browser.

#![cfg(target_os = "linux")]

use super::workspace::Workspace;
use std::fs;

/// The address that a build names when it finds no program to open it with.
fn address(output_dir: &str) -> (Workspace, String) {
    let workspace = Workspace::new();
    workspace.write(
        "content/one.md",
        "# Winch stuck\n\nOn 5 March 2024 from 10:00 to 11:20 UTC the winch did not turn.\n",
    );
    let mut build = workspace.casebook(["build", "--open", "--output-dir", output_dir]);
    let output = build.env("PATH", workspace.path("no-programs")).output().expect("casebook runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{said}");
    let address =
        said.lines().find_map(|line| line.split_once("the archive is at ")).expect(&said).1.to_owned();
    (workspace, address)
}

#[test]
fn the_address_is_printed_where_there_is_no_browser() {
    for output_dir in ["public", "to read/now", "b\u{fc}cher"] {
        let (workspace, address) = address(output_dir);
        let url = url::Url::parse(&address).expect("an address");
        assert!(url.scheme() == "file" && address.is_ascii() && !address.contains(' '), "{address}");
        let page = workspace.path(output_dir).join("index.html").canonicalize().expect("it was built");
        assert_eq!(url.to_file_path().expect("a path"), page);
        assert!(fs::read_to_string(page).expect("a page").contains("Winch stuck"));
    }
}
