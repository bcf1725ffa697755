//! Every code of the table of diagnostics is produced by something: by a session of `tests/cases`, by a
//! text of `tests/facts` (both are run and compared elsewhere), or by a case of [`CASES`], run here.

mod workspace;

use casebook::diagnostic::{self, CODES, Diagnostic};
use casebook::project::Project;
use casebook::publish;
use casebook::site::Site;
use std::fs;
use std::path::Path;
use workspace::{Workspace, tree};

/// What cannot stand as a file of a case: it is large, is no file, or meets with an accident. Each is the
/// code that is produced, and what produces it and gives the diagnostics back, as JSON.
type Case = (&'static str, fn(&Workspace) -> String);

const CASES: &[Case] = &[
    ("config-syntax", |site| {
        site.write("site.toml", "title = \n");
        check(site)
    }),
    ("too-large", |site| {
        site.write("site.toml", "[limits]\nfile_size_mb = 1\n");
        site.write("content/long.md", "Nothing came through.\n".repeat(60_000));
        check(site)
    }),
    ("too-dense", |site| {
        site.write("content/one.md", format!("{POSTMORTEM}\n{}\n", ">[*".repeat(20_000)));
        check(site)
    }),
    ("not-read", |site| {
        site.write("content/export.adoc", "<h1>Pump failure</h1>");
        check(site)
    }),
    ("encoding-unsure", |site| {
        site.write("content/old.md", b"Owner: \xc8\xe2\xe0\xed\r\n\0");
        check(site)
    }),
    ("too-many", |site| {
        let tags: Vec<String> = (0..5000).map(|n| format!("tag{n}")).collect();
        site.write(
            "content/one.md",
            POSTMORTEM.replace("services: [pump]", &format!("tags: [{}]", tags.join(", "))),
        );
        check(site)
    }),
    // No document is known that makes casebook fail, so this stands for one.
    ("fault", |_| {
        let fault = diagnostic::caught("content/one.md", || unreachable!("this never happens"));
        diagnostic::json(&fault.map_or_else(|fault: Box<Diagnostic>| vec![*fault], |()| Vec::new()))
    }),
    ("bidi", |site| {
        site.write(
            "content/turned.md",
            format!("{POSTMORTEM}\nThe user \u{202e}nimda\u{202c} was locked out.\n"),
        );
        check(site)
    }),
    #[cfg(unix)]
    ("not-regular", |site| {
        std::os::unix::fs::symlink("nowhere.md", site.path("content/link.md")).expect("a link can be made");
        check(site)
    }),
    ("encoding-unsure", |site| {
        site.write(
            "content/old.md",
            [POSTMORTEM.as_bytes(), b"\nIt was told to \xc8\xe2\xe0\xed.\n"].concat(),
        );
        check(site)
    }),
    ("too-many", |site| {
        let services: Vec<String> = (0..600).map(|n| format!("pump-{n}")).collect();
        site.write("content/many.md", POSTMORTEM.replace("[pump]", &format!("[{}]", services.join(", "))));
        check(site)
    }),
    // No text is known that makes casebook fail; what becomes of a failure is told all the same.
    ("fault", |_| {
        let failed = diagnostic::caught("content/one.md", || panic!("this pump has no handle"));
        diagnostic::json(&failed.err().map(|fault| *fault).into_iter().collect::<Vec<_>>())
    }),
    // A picture that is gone when it is to be copied.
    ("unreadable", |site| {
        site.write("content/one.md", format!("{POSTMORTEM}\n![chart](chart.png)\n"));
        site.write("content/chart.png", "no picture");
        let (project, _) = Project::locate(&site.path("")).expect("a site");
        let (loaded, _) = Site::load(&project);
        fs::remove_file(site.path("content/chart.png")).expect("it was there");
        let writing =
            publish::Writing { output: &project.output, sync: false, progress: &|_, _| (), proved: None };
        diagnostic::json(&publish::write(&loaded, writing).diagnostics)
    }),
    ("import-limit", |site| {
        let mut archive = zip::ZipWriter::new(fs::File::create(site.path("export.zip")).expect("a new file"));
        archive
            .start_file("../../issues.json", zip::write::SimpleFileOptions::default())
            .expect("a new file");
        archive.finish().expect("it is written");
        run(site, &["import", "export.zip", "--message-format", "json"])
    }),
    ("write", |site| {
        site.build();
        fs::remove_file(site.path("public/index.html")).expect("it was built");
        site.write("public/index.html/mine.txt", "in the way");
        site.write("content/one.md", POSTMORTEM.replace("Pump", "Winch"));
        run(site, &["build", "--message-format", "json"])
    }),
];

const POSTMORTEM: &str =
    "---\ntitle: Pump failure\ndate: 2024-03-05\nservices: [pump]\n---\n\n## Summary\n\nThe pump stopped.\n";

fn check(site: &Workspace) -> String {
    run(site, &["check", "--verbose", "--message-format", "json"])
}

fn run(site: &Workspace, arguments: &[&str]) -> String {
    let output = site.casebook(arguments).output().expect("casebook runs");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn site() -> Workspace {
    let site = Workspace::new();
    site.write("content/one.md", POSTMORTEM);
    site
}

fn is_of_case(code: &str) -> bool {
    CASES.iter().any(|(name, _)| *name == code)
}

/// The texts of a folder of tests.
fn texts(folder: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let files =
        tree(&folder).into_iter().filter(|(path, _)| path.ends_with("session.md") || path.ends_with(".txt"));
    files.map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned()).collect()
}

/// Whether a line of a session or of the facts is a diagnostic of a code.
fn tells(line: &str, code: &str) -> bool {
    let human =
        ["error", "warning", "note"].iter().any(|level| line.starts_with(&format!("! {level}[{code}]: ")));
    human
        || line.starts_with('{') && line.contains(&format!("\"code\":\"{code}\""))
        || line.starts_with(&format!("{code}: "))
}

#[test]
fn every_code_is_produced_by_a_case() {
    let texts = [texts("cases"), texts("facts")].concat();
    let is_told = |code: &str| texts.iter().flat_map(|text| text.lines()).any(|line| tells(line, code));
    let untold: Vec<&str> =
        CODES.iter().map(|row| row.name).filter(|code| !is_told(code) && !is_of_case(code)).collect();
    assert!(
        untold.is_empty(),
        "\nnothing produces {untold:?}.\nAdd for each one a document to a folder of tests/cases and let its session.md show the \
         diagnostic (`UPDATE_EXPECT=1 cargo test --test cases` writes it; notes need `--verbose`), or a text to tests/facts, \
         or, where neither can hold it, a row to CASES in tests/codes.rs.\n"
    );
}

#[test]
fn each_case_produces_its_code() {
    for (code, produce) in CASES {
        let found = produce(&site());
        assert!(found.lines().any(|line| line.contains(&format!("\"code\":\"{code}\""))), "{code}: {found}");
        assert!(CODES.iter().any(|row| row.name == *code), "`{code}` is no code any more; drop its case");
    }
}
