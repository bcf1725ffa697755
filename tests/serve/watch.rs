//! Files change, and the preview with them.

use crate::server::{Server, postmortem, site};
use std::fs;
use std::process::{Command, Stdio};

fn archive(names: &[&str]) -> Vec<(String, String)> {
    names
        .iter()
        .map(|name| (format!("content/{name}.md"), postmortem(&format!("Title of {name}"), "A text.")))
        .collect()
}

fn watched(names: &[&str], arguments: &[&str]) -> Server {
    let files = archive(names);
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Server::start(&files, &[&["--watch"], arguments].concat())
}

#[test]
fn documents_come_change_and_go() {
    for arguments in [&[][..], &["--poll"]] {
        let server = watched(&["one"], arguments);
        server.write("content/2024/two.md", &postmortem("Two", "The second."));
        server.wait_for("/incidents/two.html", |status, body| status == 200 && body.contains("The second."));
        server.write("content/2024/two.md", &postmortem("Two", "The second, changed."));
        server.wait_for("/incidents/two.html", |_, body| body.contains("The second, changed."));
        server.wait_for("/", |_, body| body.contains("incidents/two.html"));
        fs::remove_file(server.root.path().join("content/2024/two.md")).expect("removed");
        server.wait_for("/incidents/two.html", |status, _| status == 404);
        server.wait_for("/", |_, body| !body.contains("incidents/two.html"));
    }
}

/// As vim does: the old file is renamed away, the new one written, the old one removed.
#[test]
fn a_save_beside_a_backup_is_a_save() {
    let server = watched(&["one"], &[]);
    let [file, backup] = ["one.md", "one.md~"].map(|name| server.root.path().join("content").join(name));
    fs::rename(&file, &backup).expect("renamed");
    fs::write(&file, postmortem("One", "Saved with a backup.")).expect("written");
    fs::remove_file(&backup).expect("removed");
    server.wait_for("/incidents/one.html", |_, body| body.contains("Saved with a backup."));
}

/// As other editors do: the new file is written beside the old one and renamed over it.
#[test]
fn a_save_by_renaming_is_a_save() {
    let server = watched(&["one"], &[]);
    for n in 0..5 {
        let text = format!("Saved for the time {n}.");
        server.write("content/one.md___tmp", &postmortem("One", &text));
        let [from, to] = ["one.md___tmp", "one.md"].map(|name| server.root.path().join("content").join(name));
        fs::rename(from, to).expect("renamed");
        server.wait_for("/incidents/one.html", |_, body| body.contains(&text));
    }
}

#[test]
fn a_save_of_the_same_length_is_seen() {
    let server = watched(&["one"], &[]);
    for letter in ["a", "b", "c", "d"] {
        server.write("content/one.md", &postmortem("One", &format!("Version {letter}.")));
        server.wait_for("/incidents/one.html", |_, body| body.contains(&format!("Version {letter}.")));
    }
}

#[test]
fn folders_are_renamed_moved_away_and_back() {
    let server = watched(&["one", "2023/two", "2023/deep/three"], &[]);
    let content = server.root.path().join("content");
    fs::rename(content.join("2023"), content.join("older")).expect("renamed");
    server.wait_for("/incidents.json", |_, body| {
        body.contains("older/two.md") && body.contains("older/deep/three.md")
    });
    server.write("content/older/deep/three.md", &postmortem("Three", "Changed after the move."));
    server.wait_for("/incidents/three.html", |_, body| body.contains("Changed after the move."));
    let elsewhere = site(&[]);
    let aside = elsewhere.path().join("aside");
    fs::rename(content.join("older"), &aside).expect("moved out");
    server.wait_for("/incidents/three.html", |status, _| status == 404);
    fs::rename(&aside, content.join("2023")).expect("moved in");
    server.wait_for("/incidents/three.html", |status, _| status == 200);
    fs::rename(&content, &aside).expect("all of it moved out");
    server.wait_for("/incidents/one.html", |status, _| status == 404);
    fs::rename(&aside, &content).expect("all of it moved in");
    server.wait_for("/incidents/one.html", |status, _| status == 200);
}

#[test]
fn a_checkout_of_a_thousand_files_comes_out_whole() {
    let server = watched(&["one"], &[]);
    for n in 0..1000 {
        let name = format!("content/{}/incident-{n}.md", n % 7);
        server.write(&name, &postmortem(&format!("Title {n}"), "Checked out."));
    }
    server.wait_for("/incidents.json", |_, body| body.matches("\n{\"id\"").count() == 1001);
    for folder in 0..7 {
        fs::remove_dir_all(server.root.path().join(format!("content/{folder}"))).expect("removed");
    }
    server.wait_for("/incidents.json", |_, body| body.matches("\n{\"id\"").count() == 1);
}

#[test]
fn settings_and_theme_are_followed() {
    let server = watched(&["one"], &[]);
    server.write("site.toml", "title = \"Ferry incidents\"\n");
    server.wait_for("/", |_, body| body.contains("Ferry incidents"));
    server.write("themes/casebook/templates/404.html", "<p>Nothing in {{ site.title }}</p>");
    server.wait_for("/nowhere", |_, body| body.contains("Nothing in Ferry incidents"));
    fs::remove_dir_all(server.root.path().join("themes")).expect("removed");
    server.wait_for("/nowhere", |_, body| !body.contains("Nothing in"));
}

#[test]
fn broken_settings_leave_the_last_good_ones() {
    let server = watched(&["one"], &[]);
    server.write("site.toml", "title = \"Ferry incidents\"\n");
    server.wait_for("/", |_, body| body.contains("Ferry incidents"));
    let mut events = server.listen("index.html");
    let good = events.next();
    server.write("site.toml", "title = \"Ferry incidents\nbase");
    let broken = events.next();
    assert_eq!(broken["version"], good["version"]);
    let error = broken["errors"][0].as_str().unwrap_or_default();
    assert!(error.contains("site.toml:1:") && error.contains('^'), "{error}");
    server.write("site.toml", "title = \"Ferry incidents\"\n");
    assert_eq!(events.next(), good);
}

#[test]
fn tabs_hear_of_their_own_page_only() {
    let server = watched(&["one", "two"], &[]);
    let [mut one, mut two] = ["incidents/one.html", "incidents/two.html"].map(|page| server.listen(page));
    let (first, other) = (one.next(), two.next());
    // The same bytes again are no change, nor is a file that is no document.
    server.write("content/one.md", &postmortem("Title of one", "A text."));
    server.write("content/picture.bin", "not a document");
    server.write("content/one.md", &postmortem("Title of one", "Another text."));
    assert_ne!(one.next()["version"], first["version"]);
    server.write("content/two.md", &postmortem("Title of two", "Another text."));
    assert_ne!(two.next()["version"], other["version"]);
}

#[test]
fn a_broken_document_is_told_and_mended() {
    let server = watched(&["one", "two"], &[]);
    let mut events = server.listen("incidents/one.html");
    let mut elsewhere = server.listen("incidents/two.html");
    let good = events.next();
    elsewhere.next();
    assert_eq!(good["errors"].as_array().map(Vec::len), Some(0));
    server.write("content/one.md", "---\ntitle: One\ndate: soon\n---\n\nText.\n");
    let broken = events.next();
    let error = broken["errors"][0].as_str().unwrap_or_default();
    assert!(
        error.contains("content/one.md:3:") && error.contains("date: soon") && error.contains("^^^^"),
        "{error}"
    );
    assert_eq!(broken["hold"], true);
    let told = elsewhere.next();
    assert_eq!((&told["hold"], told["elsewhere"].as_array().map(Vec::len)), (&false.into(), Some(1)));
    // The others are there, and so is what can be made of the broken one.
    assert_eq!(server.get("/incidents/two.html").0, 200);
    assert_eq!(server.get("/incidents/one.html").0, 200);
    server.write("content/one.md", &postmortem("Title of one", "A text."));
    assert_eq!(events.next(), good);
}

#[test]
fn the_style_changes_without_the_page() {
    let server = watched(&["one"], &[]);
    let mut events = server.listen("incidents/one.html");
    let first = events.next();
    server.write("themes/casebook/assets/own.css", "body { color: red }");
    server.write("themes/casebook/assets/style.css", "body { color: red }");
    let second = events.next();
    assert_eq!(first["version"], second["version"]);
    assert_ne!(first["styles"], second["styles"]);
    let sheet = second["styles"][0].as_str().unwrap_or_default().trim_start_matches("../").to_owned();
    assert!(server.get(&format!("/{sheet}")).1.contains("color: red"));
}

#[test]
fn an_empty_folder_is_watched_until_there_is_something() {
    for (arguments, path) in
        [(&["--watch"][..], "one.md"), (&["--watch"], "content/2024/one.md"), (&["--poll"], "one.md")]
    {
        let server = Server::start(&[], arguments);
        assert_eq!(server.get("/").0, 200);
        assert_eq!(server.get("/incidents/one.html").0, 404);
        server.write(path, &postmortem("One", "The first of all."));
        server.wait_for("/incidents/one.html", |status, body| {
            status == 200 && body.contains("The first of all.")
        });
    }
}

#[test]
fn an_empty_folder_that_is_not_watched_is_an_error() {
    let root = site(&[]);
    let output = Command::new(env!("CARGO_BIN_EXE_casebook"))
        .arg("serve")
        .arg(root.path())
        .output()
        .expect("casebook runs");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("there is no document") && said.contains(".md"), "{said}");
}

#[test]
fn nothing_is_ever_written() {
    let server = watched(&["one"], &[]);
    server.get("/incidents/one.html");
    server.write("content/one.md", &postmortem("One", "Changed."));
    server.wait_for("/incidents/one.html", |_, body| body.contains("Changed."));
    let names: Vec<_> = fs::read_dir(server.root.path())
        .expect("a folder")
        .flatten()
        .map(|entry| entry.file_name())
        .collect();
    assert_eq!(names, ["content"]);
}

#[test]
fn a_port_that_is_asked_for_and_busy_is_an_error() {
    let server = watched(&["one"], &[]);
    let root = site(&[("one.md", "The ferry stood still on May 4.\n")]);
    let second = Command::new(env!("CARGO_BIN_EXE_casebook"))
        .args(["serve", "--port", &server.port.to_string()])
        .arg(root.path())
        .stdin(Stdio::null())
        .output()
        .expect("casebook runs");
    assert_eq!(second.status.code(), Some(2));
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(said.contains(&format!("port {} is in use", server.port)) && said.contains("--port"), "{said}");
}
