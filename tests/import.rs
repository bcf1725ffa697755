//! Exports in, incidents out. Each folder of `tests/import` holds an export of one tool, made up after the tool's
//! public documentation, and `says.txt`: what an archive says that was built of it. `arguments.txt` holds further
//! arguments, one a line. `UPDATE_EXPECT=1 cargo test --test import` writes what is said.

mod expect;
mod workspace;

use casebook::import::{IMPORTERS, Options, Package, import};
use proptest::prelude::*;
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use workspace::{Workspace, tree};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import")
}

/// The names of all importers, each of which has a folder.
fn kinds() -> Vec<&'static str> {
    IMPORTERS.iter().map(|importer| importer.name).collect()
}

/// Files of the folder that say how to import and what comes of it.
const ABOUT: &[&str] = &["says.txt", "arguments.txt"];

/// A workspace with the export of a kind in `export/`.
fn exported(kind: &str) -> Workspace {
    let workspace = Workspace::new();
    for (path, bytes) in tree(&folder().join(kind)) {
        if !ABOUT.contains(&path.as_str()) {
            workspace.write(&format!("export/{path}"), bytes);
        }
    }
    workspace
}

fn arguments(kind: &str) -> Vec<String> {
    let text = fs::read_to_string(folder().join(kind).join("arguments.txt")).unwrap_or_default();
    text.lines().flat_map(|line| line.splitn(2, ' ')).map(str::to_owned).collect()
}

/// Runs `casebook import`, and gives back what it printed.
fn imported(workspace: &Workspace, arguments: &[&str]) -> String {
    let output = workspace.casebook([&["import"], arguments].concat()).output().expect("casebook runs");
    let said =
        [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    assert!(output.status.success(), "{said}");
    said
}

fn import_kind(workspace: &Workspace, kind: &str, more: &[&str]) -> String {
    let further = arguments(kind);
    let further = further.iter().map(String::as_str);
    imported(
        workspace,
        &["export"].into_iter().chain(further).chain(more.iter().copied()).collect::<Vec<_>>(),
    )
}

/// The incidents of the archive that is built here.
fn incidents(workspace: &Workspace) -> Vec<Value> {
    workspace.build();
    let export: Value = serde_json::from_str(&workspace.read("public/incidents.json")).expect("JSON");
    export["incidents"].as_array().cloned().unwrap_or_default()
}

/// What incidents say: every value, and none of the evidence.
fn said(incidents: &[Value]) -> String {
    let mut said = String::new();
    for incident in incidents {
        said += &format!("{}\n", incident["source"].as_str().unwrap_or_default());
        for (key, value) in incident.as_object().into_iter().flatten() {
            let is_empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
            let skipped = ["id", "url", "source", "origins", "related", "summary"].contains(&key.as_str());
            if !is_empty && !skipped {
                let mut value = value.clone();
                if let Some(imported) = value.get_mut("imported").and_then(Value::as_object_mut) {
                    imported.remove("hash");
                }
                said += &format!("  {key}: {value}\n");
            }
        }
    }
    said
}

#[test]
fn an_archive_says_what_the_exports_say() {
    for kind in kinds() {
        let workspace = exported(kind);
        let reads = import_kind(&workspace, kind, &[]);
        let name =
            IMPORTERS.iter().find(|importer| importer.name == kind).map(|it| it.reads_as).unwrap_or_default();
        assert!(reads.contains(&format!("as {name}: ")), "{kind}: {reads}");
        let incidents = incidents(&workspace);
        let says = folder().join(kind).join("says.txt");
        let expected = fs::read_to_string(&says).unwrap_or_default();
        let accepted = expect::accept(&says, &format!("{kind}/says.txt"), &expected, said(&incidents));
        accepted.unwrap_or_else(|difference| panic!("{difference}"));
        let most = incidents.iter().map(known).max().unwrap_or_default();
        assert!(most >= 5, "{kind}: an incident has {most} of the values that exports state");
    }
}

/// How many of the values that an export can state an incident has.
fn known(incident: &Value) -> usize {
    let fields = ["title", "start", "end", "severity", "services", "timeline", "actions"];
    let has = |field: &&str| match &incident[*field] {
        Value::Null => false,
        Value::Array(items) => !items.is_empty(),
        _ => true,
    };
    fields.iter().filter(|field| has(field)).count()
}

#[test]
fn all_kinds_at_once_are_imported_in_one_go_and_twice_is_once() {
    let workspace = Workspace::new();
    for kind in kinds() {
        for (path, bytes) in tree(&folder().join(kind)) {
            if !ABOUT.contains(&path.as_str()) {
                workspace.write(&format!("export/{kind}/{path}"), bytes);
            }
        }
    }
    let reads = imported(&workspace, &["export", "--map", "start=Impact started"]);
    for importer in IMPORTERS {
        assert!(reads.contains(&format!("as {}: ", importer.reads_as)), "{}: {reads}", importer.name);
    }
    let first = tree(&workspace.path("content"));
    assert!(first.len() >= IMPORTERS.len());
    let again = imported(&workspace, &["export", "--map", "start=Impact started", "--update"]);
    assert!(again.contains("the same as before"), "{again}");
    assert_eq!(tree(&workspace.path("content")), first);
    let incidents = incidents(&workspace);
    assert!(incidents.len() >= IMPORTERS.len() - 1, "{} incidents", incidents.len());
    let table = folder().join("table.txt");
    let expected = fs::read_to_string(&table).unwrap_or_default();
    expect::accept(&table, "table.txt", &expected, rows(&incidents)).unwrap_or_else(|told| panic!("{told}"));
}

/// What each incident has of what exports can state, a line each; timelines and actions by their numbers.
fn rows(incidents: &[Value]) -> String {
    let cell = |incident: &Value, field: &str| match &incident[field] {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) if ["timeline", "actions"].contains(&field) => items.len().to_string(),
        value => value.to_string(),
    };
    let fields = ["title", "start", "end", "severity", "services", "timeline", "actions"];
    let row = |incident: &Value| {
        let kind = incident["extra"]["imported"]["kind"].as_str().unwrap_or("-").to_owned();
        let cells = fields.iter().map(|field| cell(incident, field));
        [kind].into_iter().chain(cells).collect::<Vec<_>>().join(" | ")
    };
    let mut rows: Vec<String> = incidents.iter().map(row).collect();
    rows.sort();
    format!("kind | {}\n{}\n", fields.join(" | "), rows.join("\n"))
}

#[test]
fn imported_text_obeys_editions() {
    let workspace = exported("gitlab");
    let settings =
        "[editions.public]\ndefault = \"public\"\npeople = \"role\"\nremove_sections = [\"Impact\"]\n";
    workspace.write("site.toml", settings);
    let marked = "A passenger calls.\\n- 06:30 Zephyrine swears. <!-- internal -->";
    workspace.write(ISSUES, workspace.read(ISSUES).replace("A passenger calls.", marked));
    imported(&workspace, &["export"]);
    let incidents = incidents(&workspace);
    assert_eq!(incidents.len(), 1, "the confidential one is internal");
    assert_eq!(incidents[0]["timeline"].as_array().map(Vec::len), Some(3));
    for (path, bytes) in tree(&workspace.path("public")) {
        let text = String::from_utf8_lossy(&bytes);
        for word in ["Zephyrine", "A key was found", "Mara Vink", "saw an empty timetable"] {
            assert!(!text.contains(word), "{path} has `{word}`");
        }
    }
}

#[test]
fn a_zip_is_read_in_place_and_says_what_its_folder_says() {
    for kind in ["notion", "confluence"] {
        let workspace = exported(kind);
        import_kind(&workspace, kind, &["--into", "folder"]);
        let mut zip =
            zip::ZipWriter::new(fs::File::create(workspace.path("export.zip")).expect("a new file"));
        for (path, bytes) in tree(&workspace.path("export")) {
            zip.start_file(path, zip::write::SimpleFileOptions::default()).expect("a new entry");
            zip.write_all(&bytes).expect("an entry");
        }
        zip.finish().expect("a zip");
        imported(&workspace, &["export.zip", "--into", "zipped"]);
        assert_eq!(tree(&workspace.path("folder")), tree(&workspace.path("zipped")), "{kind}");
        let pictures = tree(&workspace.path("zipped")).keys().filter(|path| path.ends_with(".png")).count();
        assert_eq!(pictures, if kind == "notion" { 2 } else { 1 }, "{kind}");
    }
}

const ISSUES: &str = "export/issues.json";

#[test]
fn what_was_edited_is_kept_and_what_was_not_follows_the_export() {
    let workspace = exported("gitlab");
    imported(&workspace, &["export"]);
    let paths = tree(&workspace.path("content"));
    let [edited, other] = paths.keys().collect::<Vec<_>>()[..] else { panic!("two documents") };
    let [edited, other] = [edited, other].map(|path| format!("content/{path}"));
    // By hand, and also moved and with the line ends of Windows.
    let text =
        workspace.read(&edited).replace("Not for the public.", "By hand.").replace("empty.", "by hand.");
    let text = text.replace("severity: high", "severity: low").replace("Mara Vink", "Mara");
    workspace.write(&edited, &text);
    workspace.write("content/moved.md", workspace.read(&other).replace('\n', "\r\n"));
    fs::remove_file(workspace.path(&other)).expect("it was there");

    let same = imported(&workspace, &["export", "--update"]);
    assert!(same.contains("1 the same as before, 1 edited and kept\n"), "{same}");

    let changed = workspace.read(ISSUES).replace("\"state\": \"closed\"", "\"state\": \"opened\"");
    workspace.write(ISSUES, changed);
    let told = imported(&workspace, &["export"]);
    assert!(told.contains("1 changed in the export (--update rewrites them)"), "{told}");
    let rewritten = imported(&workspace, &["export", "--update"]);
    assert!(rewritten.contains("1 rewritten"), "{rewritten}");
    assert!(rewritten.contains("warning[import-edited]"), "{rewritten}");
    assert_eq!(workspace.read(&edited), text);
    assert!(workspace.read("content/moved.md").contains("status: opened"));
    assert!(!workspace.path(&other).exists());
}

#[test]
fn a_file_that_is_there_is_never_overwritten() {
    let workspace = exported("github");
    let dry = imported(&workspace, &["export", "--dry-run"]);
    let path = dry.lines().find_map(|line| line.strip_prefix("would write ")).expect("a path").to_owned();
    assert!(!workspace.path("content").exists(), "a dry run writes nothing");
    workspace.write(&path, "# Mine\n");
    imported(&workspace, &["export", "--update"]);
    assert_eq!(workspace.read(&path), "# Mine\n");
    assert_eq!(tree(&workspace.path("content")).len(), 2);
}

#[test]
fn nothing_makes_an_importer_panic() {
    let seeds: Vec<Vec<u8>> = kinds()
        .iter()
        .flat_map(|kind| tree(&folder().join(kind)))
        .filter(|(path, _)| !ABOUT.contains(&path.as_str()))
        .map(|(_, bytes)| bytes)
        .collect();
    let damage = (0..seeds.len(), prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20));
    let damaged = damage.prop_map(move |(seed, changes)| {
        let mut bytes = seeds[seed].clone();
        changes.iter().for_each(|(at, byte)| *at.get_mut(&mut bytes) = *byte);
        bytes
    });
    let any_bytes = prop::collection::vec(any::<u8>(), 0..400);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 256,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let map = vec![("title".to_owned(), "a".to_owned())];
    let checked = runner.run(&prop_oneof![damaged, any_bytes], |bytes| {
        for from in IMPORTERS.iter().map(Some).chain([None]) {
            let options = Options { from, map: map.clone(), is_partial: true };
            import(&Package::given(bytes.clone()), &options);
        }
        Ok(())
    });
    checked.unwrap_or_else(|why| panic!("{why}"));
}
