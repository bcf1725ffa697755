//! What cannot be read is not taken for gone: its pages stay as they were published.

use super::workspace::{Workspace, tree};
use super::{Tree, refusal, targets};
use std::fs;
use std::path::Path;

/// A line that makes one document differ from another.
fn document(name: &str, more: &str) -> String {
    format!(
        "---\nstart: 2024-05-01 10:00\nservice: mail\n{more}---\n\n# Incident {name}\n\nThe queue was full, ![](chart.svg) shows.\n"
    )
}

fn site() -> Workspace {
    let workspace = Workspace::new();
    workspace.write("site.toml", "title = \"First\"\n");
    for folder in ["2023", "2024"] {
        workspace.write(&format!("content/{folder}/chart.svg"), format!("<svg><!-- {folder} --></svg>"));
        for name in ["a", "b", "c"] {
            let name = format!("{name}-{folder}");
            workspace.write(
                &format!("content/{folder}/{name}.md"),
                document(&name, &format!("aliases: [old-{name}]\n")),
            );
        }
    }
    workspace
}

/// Everything about the site changes that can: its title, its look, and the documents of 2023.
fn change(workspace: &Workspace) {
    workspace.write("site.toml", "title = \"Second\"\n");
    workspace.write("themes/casebook/assets/style.css", "body { color: black }\n");
    workspace.write("content/2023/a-2023.md", document("a-2023", "draft: true\n"));
    workspace.write("content/2023/b-2023.md", document("b-2023", "visibility: internal\n"));
    fs::remove_file(workspace.path("content/2023/c-2023.md")).expect("it was there");
    workspace.write("content/2023/new.md", document("new", ""));
}

/// Replaces a file or folder by a link that nobody can follow, not even the superuser: its target's name is too long.
#[cfg(unix)]
fn make_unreadable(path: &Path) {
    fs::rename(path, path.with_file_name(".hidden")).expect("it was there");
    std::os::unix::fs::symlink("x".repeat(300), path).expect("a link");
}

#[cfg(unix)]
fn make_readable(path: &Path) {
    fs::remove_file(path).expect("it is a link");
    fs::rename(path.with_file_name(".hidden"), path).expect("it was hidden");
}

/// What is unreadable, and the pages that stay.
#[cfg(unix)]
const UNREADABLE: &[(&str, &[&str])] =
    &[("content/2024/b-2024.md", &["b-2024"]), ("content/2024", &["a-2024", "b-2024", "c-2024"])];

#[cfg(unix)]
#[test]
fn pages_of_what_cannot_be_read_stay_and_lists_leave_them_out() {
    for (path, stay) in UNREADABLE {
        let workspace = site();
        workspace.build();
        let before = tree(&workspace.path("public"));
        change(&workspace);
        make_unreadable(&workspace.path(path));
        let output = workspace.casebook(["build"]).output().expect("casebook runs");
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{message}");
        assert!(message.contains("error[unreadable]") && message.contains(path), "{message}");
        check_stayed(&before, &tree(&workspace.path("public")), stay);
        make_readable(&workspace.path(path));
        workspace.build();
        let found = tree(&workspace.path("public"));
        fs::remove_dir_all(workspace.path("public")).expect("it was built");
        workspace.build();
        assert!(found == tree(&workspace.path("public")), "{path}: the next build differs from a clean one");
    }
}

fn check_stayed(before: &Tree, after: &Tree, stay: &[&str]) {
    let text = |path: &str| String::from_utf8_lossy(&after[path]).into_owned();
    for name in stay {
        for page in [format!("incidents/{name}.html"), format!("incidents/old-{name}.html")] {
            assert!(after.get(&page) == before.get(&page), "{page} is not what it was");
            let needed = targets(&page, &text(&page)).into_iter();
            for target in
                needed.filter(|target| target.starts_with("assets/") || target.starts_with("files/"))
            {
                assert!(after.contains_key(&target), "{page} needs {target}");
            }
        }
        for list in ["incidents.json", "incidents/index.html", "services/mail.html"] {
            assert!(!text(list).contains(name), "{list} shows {name}");
        }
    }
    for gone in ["a-2023", "b-2023", "c-2023"] {
        assert!(!after.contains_key(&format!("incidents/{gone}.html")), "{gone} stayed");
        assert!(!after.contains_key(&format!("incidents/old-{gone}.html")), "old-{gone} stayed");
    }
    assert!(text("incidents/new.html").contains("Second"));
}

#[cfg(unix)]
#[test]
fn an_attachment_that_is_gone_does_not_stay_for_a_page_that_does() {
    let workspace = site();
    workspace.build();
    make_unreadable(&workspace.path("content/2024/a-2024.md"));
    fs::remove_file(workspace.path("content/2023/chart.svg")).expect("it was there");
    fs::remove_file(workspace.path("content/2024/chart.svg")).expect("it was there");
    let _ = workspace.casebook(["build", "--quiet"]).status().expect("casebook runs");
    let after = tree(&workspace.path("public"));
    assert!(after.contains_key("incidents/a-2024.html"));
    assert!(!after.keys().any(|path| path.starts_with("files/")), "{:?}", after.keys());
}

#[cfg(unix)]
#[test]
fn an_address_is_not_given_to_another_document_meanwhile() {
    let workspace = site();
    workspace.write("content/2023/mail.md", document("one", ""));
    workspace.write("content/2024/mail.md", document("other", ""));
    let build = || workspace.casebook(["build", "--quiet"]).status().expect("casebook runs").code();
    assert_eq!(build(), Some(0));
    let before = tree(&workspace.path("public"));
    make_unreadable(&workspace.path("content/2023/mail.md"));
    let message = refusal(&workspace, &["build"]);
    assert!(
        message.contains("public/incidents/mail.html") && message.contains("`2023/mail.md`"),
        "{message}"
    );
    assert!(tree(&workspace.path("public")) == before);
}

/// Settings under which nobody can say what the documents are.
#[cfg(unix)]
#[test]
fn where_nobody_can_tell_what_there_is_nothing_is_written() {
    let loops = |workspace: &Workspace, path: &str| {
        let path = workspace.path(path);
        let _ = fs::rename(&path, path.with_extension("moved"));
        std::os::unix::fs::symlink(path.file_name().expect("a name"), &path).expect("a link to itself");
    };
    type Harm<'a> = &'a dyn Fn(&Workspace);
    let cases: &[(&str, Harm<'_>)] = &[
        ("content", &|workspace| loops(workspace, "content")),
        ("site.toml", &|workspace| loops(workspace, "site.toml")),
        ("xxx", &|workspace| {
            workspace.write("site.toml", format!("[paths]\ncontent = \"{}\"\n", "x".repeat(300)))
        }),
        ("public", &|workspace| loops(workspace, "public")),
    ];
    for (named, spoil) in cases {
        let workspace = site();
        workspace.build();
        let before = tree(&workspace.path("public"));
        spoil(&workspace);
        for arguments in [&["build"][..], &["build", "--force"]] {
            let message = refusal(&workspace, arguments);
            assert!(message.contains(named), "{named}: {message}");
        }
        let public = if *named == "public" { "public.moved" } else { "public" };
        assert!(tree(&workspace.path(public)) == before, "{named}");
    }
}

/// The same by permissions, which the superuser is not held by: then it runs as somebody else.
#[cfg(target_os = "linux")]
mod by_permission {
    use super::*;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    use std::os::unix::process::CommandExt;
    use std::process::{Command, Output};

    /// Whoever owns nothing.
    const NOBODY: u32 = 65534;

    fn is_superuser() -> bool {
        fs::metadata("/proc/self").expect("it is us").uid() == 0
    }

    /// Lets somebody else work here, with a copy of the program, which may stand where only we can go.
    fn opened_up(workspace: &Workspace) {
        fs::copy(env!("CARGO_BIN_EXE_casebook"), workspace.path(".casebook")).expect("a copy");
        if is_superuser() {
            set_mode(workspace, "", 0o755);
            give(&workspace.path(""));
        }
    }

    fn give(path: &Path) {
        chown(path, Some(NOBODY), Some(NOBODY)).expect("it is given away");
        for entry in fs::read_dir(path).into_iter().flatten().flatten() {
            match entry.path() {
                path if path.is_dir() => give(&path),
                path => chown(path, Some(NOBODY), Some(NOBODY)).expect("it is given away"),
            }
        }
    }

    fn casebook(workspace: &Workspace, before: &[&str], arguments: &[&str]) -> Output {
        let program = workspace.path(".casebook");
        let words: Vec<&str> = before
            .iter()
            .copied()
            .chain([program.to_str().expect("text")])
            .chain(arguments.iter().copied())
            .collect();
        let mut command = Command::new(words[0]);
        command
            .args(&words[1..])
            .current_dir(workspace.path(""))
            .env_clear()
            .env("SOURCE_DATE_EPOCH", "2051222399");
        command.env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        if is_superuser() {
            command.uid(NOBODY).gid(NOBODY);
        }
        command.output().expect("it runs")
    }

    fn set_mode(workspace: &Workspace, path: &str, mode: u32) {
        fs::set_permissions(workspace.path(path), fs::Permissions::from_mode(mode)).expect("it is ours");
    }

    /// A path, its permissions, and how a build ends with them.
    const FORBIDDEN: &[(&str, u32, i32)] = &[
        ("content/2024/b-2024.md", 0o000, 1),
        ("content/2024", 0o000, 1),
        ("content/2024", 0o444, 1),
        ("content", 0o000, 2),
        ("content", 0o111, 2),
        ("site.toml", 0o000, 2),
        ("public/.casebook-manifest", 0o000, 2),
        ("public", 0o000, 2),
    ];

    #[test]
    fn what_may_not_be_read_stays() {
        for (path, mode, code) in FORBIDDEN {
            let workspace = site();
            opened_up(&workspace);
            assert_eq!(casebook(&workspace, &[], &["build"]).status.code(), Some(0));
            let before = tree(&workspace.path("public"));
            let usual = fs::metadata(workspace.path(path)).expect("it is there").permissions().mode();
            set_mode(&workspace, path, *mode);
            let output = casebook(&workspace, &[], &["build", "--force"]);
            set_mode(&workspace, path, usual);
            let message = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(*code), "{path} {mode:o}: {message}");
            assert!(
                message.contains(path) && message.contains("permission denied"),
                "{path} {mode:o}: {message}"
            );
            let after = tree(&workspace.path("public"));
            let pages = before.iter().filter(|(path, _)| *code == 2 || path.starts_with("incidents/b-2024"));
            for (page, bytes) in pages {
                assert!(after.get(page) == Some(bytes), "{path} {mode:o}: {page} is not what it was");
            }
            assert!(*code == 1 || after.len() == before.len(), "{path} {mode:o}");
            assert_eq!(casebook(&workspace, &[], &["build"]).status.code(), Some(0));
            assert!(tree(&workspace.path("public")) == before, "{path} {mode:o}: the next build differs");
        }
    }

    #[test]
    fn a_link_copies_no_document_that_could_not_be_read() {
        let workspace = Workspace::new();
        workspace.write("site.toml", "[limits]\nfile_size_mb = 1\n");
        let links =
            "[a](large.md), [b](locked.md#part), ![c](locked.md), [d](shut/e.md) and [f](shut/plan.pdf)";
        workspace.write("content/one.md", document("one", "") + links);
        workspace.write("content/chart.svg", "<svg></svg>");
        workspace.write("content/large.md", document("large", "") + &"It did not move.\n".repeat(80_000));
        workspace.write("content/locked.md", document("locked", ""));
        workspace.write("content/shut/e.md", document("e", ""));
        workspace.write("content/shut/plan.pdf", "a plan");
        opened_up(&workspace);
        set_mode(&workspace, "content/locked.md", 0o000);
        set_mode(&workspace, "content/shut", 0o000);
        let output = casebook(&workspace, &[], &["build"]);
        set_mode(&workspace, "content/shut", 0o755);
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{message}");
        for why in [
            "`large.md` was left out: it is over the size limit",
            "`locked.md` was left out: it cannot be read",
        ] {
            assert!(message.contains(why), "{why}: {message}");
        }
        assert_eq!(
            message.matches("leads nowhere").count() + message.matches("is not there").count(),
            5,
            "{message}"
        );
        let files: Vec<String> =
            tree(&workspace.path("public")).into_keys().filter(|path| path.starts_with("files/")).collect();
        assert_eq!(files, ["files/chart.svg"]);
    }

    #[test]
    fn an_archive_is_built_where_no_thread_can_be_had() {
        let workspace = site();
        workspace.build();
        let expected = tree(&workspace.path("public"));
        fs::remove_dir_all(workspace.path("public")).expect("it was built");
        opened_up(&workspace);
        let limit = ["timeout", "60", "prlimit", "--nproc=1"];
        let output = casebook(&workspace, &limit, &["build"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(tree(&workspace.path("public")) == expected);
        for arguments in [&["check"][..], &["export"]] {
            assert!(casebook(&workspace, &limit, arguments).status.success(), "{arguments:?}");
        }
        let served = casebook(&workspace, &limit, &["serve", "--port", "0"]);
        assert_eq!(served.status.code(), Some(2), "{}", String::from_utf8_lossy(&served.stderr));
    }
}
