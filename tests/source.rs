//! Folders as people have them: what is read, what is left alone, and what is said about it.

use casebook::config::Config;
use casebook::diagnostic::{Diagnostic, Level};
use casebook::source::{Encoding, Form, Newline, Snapshot, SourceFile, read};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A folder with a `content` folder in it.
struct Folder(TempDir);

impl Folder {
    fn new() -> Folder {
        let folder = Folder(TempDir::new().expect("a temporary folder"));
        fs::create_dir(folder.0.path().join("content")).expect("a content folder");
        folder
    }

    fn file(self, path: &str, bytes: impl AsRef<[u8]>) -> Folder {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().expect("a file in a folder")).expect("its folder");
        fs::write(path, bytes).expect("a file");
        self
    }

    #[cfg(unix)]
    fn link(self, path: &str, target: &str) -> Folder {
        std::os::unix::fs::symlink(target, self.0.path().join(path)).expect("a link");
        self
    }

    fn read(&self) -> (Snapshot, Vec<Diagnostic>) {
        self.read_with(&Config::default())
    }

    fn read_with(&self, config: &Config) -> (Snapshot, Vec<Diagnostic>) {
        read(&self.0.path().join("content"), &self.0.path().join("themes/own"), config)
    }

    /// The folder as its own content, as with `casebook build FOLDER` on documents without a site.
    fn read_bare(&self) -> (Snapshot, Vec<Diagnostic>) {
        read(self.0.path(), &self.0.path().join("themes/casebook"), &Config::default())
    }

    /// Diagnostics as `code file:line: message; label`, with paths from the temporary folder on.
    fn diagnostics(&self, diagnostics: &[Diagnostic]) -> Vec<String> {
        let place = |d: &Diagnostic| {
            let place = d.place.as_ref().expect("diagnostics about files have a place");
            let line =
                if place.line > 0 { format!(":{}:{}", place.line, place.column) } else { String::new() };
            format!("{}{line}", place.path)
        };
        let said = |d: &Diagnostic| {
            if d.label.is_empty() { d.message.clone() } else { format!("{}; {}", d.message, d.label) }
        };
        let line = |d: &Diagnostic| format!("{} {}: {}", d.code.row().name, place(d), said(d));
        let folder = self.0.path();
        // Where the temporary folder is below the working directory, paths begin at the latter.
        let relative = folder.file_name().expect("a folder with a name").to_string_lossy();
        let plain = |line: String| {
            line.replace(&format!("{}/", folder.display()), "").replace(&format!("{relative}/"), "")
        };
        diagnostics.iter().map(line).map(plain).collect()
    }
}

fn paths(snapshot: &Snapshot) -> Vec<&str> {
    snapshot.documents.iter().map(|document| document.path.as_str()).collect()
}

/// What a file of those bytes is read as.
fn decoded(bytes: &[u8]) -> (SourceFile, Vec<String>) {
    let folder = Folder::new().file("content/a.md", bytes);
    let (snapshot, diagnostics) = folder.read();
    let diagnostics = folder.diagnostics(&diagnostics);
    (snapshot.documents[0].as_ref().clone(), diagnostics)
}

#[test]
fn documents_are_read_in_the_order_of_their_paths() {
    let folder = Folder::new()
        .file("content/b/x.md", "x")
        .file("content/b-1.md", "x")
        .file("content/a.MARKDOWN", "x")
        .file("content/c.txt", "x")
        .file("content/d.mdown", "x")
        .file("content/README", "# text")
        .file("content/b/graph.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x02\0\0\0")
        .file("content/dump", b"\0\x01\x02");
    let (snapshot, diagnostics) = folder.read();
    assert_eq!(paths(&snapshot), ["README", "a.MARKDOWN", "b-1.md", "b/x.md", "c.txt", "d.mdown"]);
    assert_eq!(snapshot.assets.get("b/graph.png").expect("listed").dimensions, Some((640, 480)));
    assert_eq!(snapshot.assets.get("dump").expect("listed").size, 3);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}

#[test]
fn folders_that_hold_no_documents_are_not_walked() {
    let folder = Folder::new()
        .file("content/node_modules/x/a.md", "x")
        .file("content/target/a.md", "x")
        .file("content/.git/a.md", "x")
        .file("content/.hidden.md", "x")
        .file("content/old site/.casebook-manifest", "casebook manifest 1\n")
        .file("content/old site/files/a.md", "x")
        .file("content/public/a.md", "x");
    let (snapshot, diagnostics) = folder.read();
    assert_eq!(paths(&snapshot), ["public/a.md"]);
    assert_eq!(snapshot.assets.paths().count(), 1);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}

#[test]
fn settings_themes_and_output_are_no_documents_of_a_bare_folder() {
    let folder = Folder::new()
        .file("a.md", "x")
        .file("site.toml", "")
        .file("public/a.md", "x")
        .file("themes/casebook/README.md", "x")
        .file("deep/public/b.md", "x");
    let (snapshot, _) = folder.read_bare();
    assert_eq!(paths(&snapshot), ["a.md", "deep/public/b.md"]);
    assert_eq!(snapshot.theme.keys().collect::<Vec<_>>(), ["README.md"]);
}

#[test]
fn the_theme_of_the_site_is_read() {
    let folder = Folder::new().file("themes/own/templates/base.html", "<p>").file("themes/own/.git/x", "x");
    let (snapshot, _) = folder.read();
    assert_eq!(snapshot.theme.keys().map(String::as_str).collect::<Vec<_>>(), ["templates/base.html"]);
}

#[test]
fn every_encoding_reads_as_the_same_text() {
    let text = "# Ausfall – 10 %\n\nzurück\n";
    let utf16 = |unit: fn(u16) -> [u8; 2]| {
        format!("\u{feff}{text}").encode_utf16().flat_map(unit).collect::<Vec<u8>>()
    };
    let windows: Vec<u8> = text.chars().map(|c| if c == '–' { 0x96 } else { u32::from(c) as u8 }).collect();
    let form = |encoding, bom, newline| Form { encoding, bom, newline, repaired: false };
    for (bytes, form) in [
        (text.as_bytes().to_vec(), Form::default()),
        (format!("\u{feff}{text}").into_bytes(), form(Encoding::Utf8, true, Newline::Lf)),
        (text.replace('\n', "\r\n").into_bytes(), form(Encoding::Utf8, false, Newline::CrLf)),
        (text.replace('\n', "\r").into_bytes(), form(Encoding::Utf8, false, Newline::Cr)),
        (utf16(u16::to_le_bytes), form(Encoding::Utf16Le, true, Newline::Lf)),
        (utf16(u16::to_be_bytes), form(Encoding::Utf16Be, true, Newline::Lf)),
        (windows, form(Encoding::Other, false, Newline::Lf)),
    ] {
        let (file, _) = decoded(&bytes);
        assert_eq!((file.text.as_str(), file.form), (text, form));
        let again = (form.encoding != Encoding::Other).then_some(bytes);
        assert_eq!(form.encode(&file.text), again, "{form:?}");
    }
}

#[test]
fn what_is_unusual_in_a_file_is_said_with_its_place() {
    for (bytes, text, diagnostics) in [
        (
            &b"ok\r\nna\xefve \xe9"[..],
            "ok\nnaïve é",
            &[
                "encoding content/a.md:2:3: 2 bytes are no UTF-8, and read as Windows-1252; the first is byte 6 of the file",
            ][..],
        ),
        (
            "valid é and \u{80}".as_bytes(),
            "valid é and \u{fffd}",
            &["control-character content/a.md:1:13: 1 control character was replaced; the first is U+0080"],
        ),
        (
            b"a\nb\0c\x1b[0m",
            "a\nb\u{fffd}c\u{fffd}[0m",
            &["control-character content/a.md:2:2: 2 control characters were replaced; the first is U+0000"],
        ),
        (
            "x\n10 â€” 11".as_bytes(),
            "x\n10 — 11",
            &[
                "mojibake content/a.md:2:4: text that was decoded wrongly once is read as it was meant, in 1 place; the file has `â€”`",
            ],
        ),
        (
            "a \u{202e}b".as_bytes(),
            "a \u{202e}b",
            &[
                "bidi content/a.md:1:3: 1 character changes the reading direction; the first is U+202E; what is read may differ from what is written",
            ],
        ),
        (b"\xff\xfea\0", "a", &["encoding content/a.md: read as UTF-16, little-endian"]),
        (b"", "", &[]),
        (
            b"\0\xe9",
            "\u{fffd}\u{e9}",
            &[
                "encoding content/a.md:1:2: byte is no UTF-8, and read as Windows-1252; the first is byte 1 of the file",
                "control-character content/a.md:1:1: 1 control character was replaced; the first is U+0000",
            ],
        ),
        (
            b"\r\n\0\r\n\x1b \xc3\xa2\xe2\x82\xac\xe2\x80\x9d caf\xe9 \xe2\x80\xae!",
            "\n\u{fffd}\n\u{fffd} — café \u{202e}!",
            &[
                "encoding content/a.md:3:8: byte is no UTF-8, and read as Windows-1252; the first is byte 19 of the file",
                "mojibake content/a.md:3:3: text that was decoded wrongly once is read as it was meant, in 1 place; the file has `â€”`",
                "control-character content/a.md:2:1: 2 control characters were replaced; the first is U+0000",
                "bidi content/a.md:3:10: 1 character changes the reading direction; the first is U+202E; what is read may differ from what is written",
            ],
        ),
    ] {
        let (file, found) = decoded(bytes);
        assert_eq!(file.text, text);
        assert_eq!(found, diagnostics);
    }
}

#[test]
fn utf16_and_older_encodings_need_no_mark() {
    let text = "# Отказ кэша\n\nСервис оплаты не работал сорок минут, потому что новый узел включили без прогрева.\n";
    let koi8 = encoding_rs::KOI8_R.encode(text).0.into_owned();
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for (bytes, expected) in [
        (koi8, "encoding content/a.md: read as KOI8-R"),
        (utf16, "encoding content/a.md: read as UTF-16, big-endian"),
        (
            b"Owner: \xc8\xe2\xe0\xed\r\n\0".to_vec(),
            "encoding-unsure content/a.md:1:8: the file is not UTF-8, and was read as windows-1252; which encoding this is in is not certain",
        ),
    ] {
        let (file, found) = decoded(&bytes);
        assert_eq!(found[0], expected);
        assert!(found.len() == 2 || file.text == text, "{}", file.text);
    }
}

#[test]
fn a_file_over_the_limit_is_refused_by_name() {
    let folder = Folder::new()
        .file("content/a.md", "small")
        .file("content/big.md", vec![b'x'; 2000])
        .file("content/blob", vec![b'x'; 2000]);
    let (snapshot, diagnostics) = folder.read_with(&Config { file_size: 1000, ..Config::default() });
    assert_eq!(paths(&snapshot), ["a.md"]);
    assert_eq!(
        folder.diagnostics(&diagnostics),
        ["too-large content/big.md: larger than the limit of 0 MB, and was left out"]
    );
    assert_eq!(diagnostics[0].level, Level::Error);
    assert!(snapshot.assets.get("blob").is_some());
}

#[test]
#[cfg(unix)]
fn links_are_followed_as_far_as_they_stay_inside() {
    let folder = Folder::new()
        .file("content/2024/a.md", "x")
        .file("secret.md", "x")
        .file("elsewhere/b.md", "x")
        .link("content/same.md", "2024/a.md")
        .link("content/year", "2024")
        .link("content/year again", "2024")
        .link("content/2024/up", "..")
        .link("content/gone.md", "nowhere.md")
        .link("content/self.md", "self.md")
        .link("content/secret.md", "../secret.md")
        .link("content/passwd.md", "/etc/passwd")
        .link("content/elsewhere", "../elsewhere")
        .link("content/zero.md", "/dev/zero");
    let (snapshot, diagnostics) = folder.read();
    assert_eq!(paths(&snapshot), ["2024/a.md", "same.md", "year/a.md"]);
    let mut diagnostics = folder.diagnostics(&diagnostics);
    diagnostics.sort();
    let out = "this link leads out of the folder and was not followed";
    let back = "this link leads back to `content` and was not followed";
    let expected = [
        format!("not-regular content/2024/up: {back}"),
        format!("not-regular content/elsewhere: {out}"),
        "not-regular content/gone.md: this link leads to nothing that is there".to_owned(),
        format!("not-regular content/passwd.md: {out}"),
        format!("not-regular content/secret.md: {out}"),
        "not-regular content/self.md: this link leads back to itself".to_owned(),
        format!("not-regular content/year/up: {back}"),
        format!("not-regular content/zero.md: {out}"),
    ];
    assert_eq!(diagnostics, expected);
}

#[test]
#[cfg(unix)]
fn locks_of_editors_are_no_links() {
    let lock = "ana@halyard.4711:1709630000";
    let folder = Folder::new()
        .file("content/2024/a.md", "x")
        .link("content/2024/.#a.md", lock)
        .link("content/.#new.md", lock);
    let (snapshot, diagnostics) = folder.read();
    assert_eq!(paths(&snapshot), ["2024/a.md"]);
    assert_eq!(folder.diagnostics(&diagnostics), [""; 0]);
    assert!(snapshot.unread.is_empty() && snapshot.coverage().left_out.is_empty());
}

#[test]
#[cfg(unix)]
fn links_among_folders_do_not_multiply_documents() {
    let mut folder = Folder::new().file("content/end/a.md", "x");
    for n in 0..20 {
        folder = folder.file(&format!("content/d{n}/x.md"), "x");
        for link in ["l", "m"] {
            let next = if n == 19 { "../end".to_owned() } else { format!("../d{}", n + 1) };
            folder = folder.link(&format!("content/d{n}/{link}"), &next);
        }
    }
    assert!(folder.read().0.documents.len() < 500);
}

#[test]
#[cfg(unix)]
fn pipes_and_sockets_are_left_alone() {
    let folder = Folder::new().file("content/a.md", "x");
    let pipe = folder.0.path().join("content/pipe.md");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs").success());
    let _socket =
        std::os::unix::net::UnixListener::bind(folder.0.path().join("content/socket.md")).expect("a socket");
    let (snapshot, diagnostics) = folder.read();
    assert_eq!(paths(&snapshot), ["a.md"]);
    let why = "this is a pipe, a socket or a device, and was not opened";
    let expected = ["pipe", "socket"].map(|name| format!("not-regular content/{name}.md: {why}"));
    assert_eq!(folder.diagnostics(&diagnostics), expected);
}

#[test]
#[cfg(unix)]
fn names_that_are_no_text_are_read_and_named() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new();
    for name in [&b"caf\xe9.md"[..], b"caf\xe8.md"] {
        let path = folder.0.path().join("content").join(std::ffi::OsStr::from_bytes(name));
        fs::write(path, "x").expect("a file");
    }
    let (snapshot, diagnostics) = folder.read();
    assert_eq!(snapshot.documents.len(), 2);
    assert!(paths(&snapshot).iter().all(|path| path.starts_with("caf\u{fffd}-") && path.ends_with(".md")));
    assert_ne!(snapshot.documents[0].path, snapshot.documents[1].path);
    assert_eq!(diagnostics.iter().filter(|d| d.level == Level::Warning).count(), 2);
}

#[test]
#[cfg(unix)]
fn what_cannot_be_read_is_named_and_the_rest_is_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder =
        Folder::new().file("content/a.md", "x").file("content/shut/b.md", "x").file("content/c.md", "x");
    let deny = |path: &str| {
        let path = folder.0.path().join(path);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).expect("permissions are changed");
        path
    };
    let [file, shut] = [deny("content/c.md"), deny("content/shut")];
    // The superuser reads it all the same; then there is nothing to name.
    let readable = fs::File::open(&file).is_ok();
    let (snapshot, diagnostics) = folder.read();
    fs::set_permissions(shut, fs::Permissions::from_mode(0o755)).expect("permissions are changed back");
    let expected: (&[&str], &[&str]) = match readable {
        true => (&["a.md", "c.md", "shut/b.md"], &[]),
        false => (
            &["a.md"],
            &[
                "unreadable content/shut: cannot be read: permission denied",
                "unreadable content/c.md: cannot be read: permission denied",
            ],
        ),
    };
    assert_eq!(
        (paths(&snapshot).as_slice(), folder.diagnostics(&diagnostics)),
        (expected.0, expected.1.iter().map(|s| (*s).to_owned()).collect())
    );
}

#[test]
fn an_empty_folder_is_an_empty_snapshot() {
    let (snapshot, diagnostics) =
        read(Path::new("does/not/exist"), Path::new("nor/this"), &Config::default());
    assert!(snapshot.documents.is_empty());
    assert_eq!(diagnostics.len(), 1);
}
