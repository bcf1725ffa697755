//! Texts of this repository, changed at random by bytes, lines and words: whatever comes of that is
//! read. The run is the same each time; `FUZZ_ROUNDS=50 cargo test --release --test fuzz` makes it fifty times as
//! long. An input that once failed stands in `FOUND`.

use casebook::address;
use casebook::config::{Config, RawHtml};
use casebook::diagnostic::{Code, Diagnostic};
use casebook::document::html::{Options, Resolve, Target, render};
use casebook::document::{Labels, parse};
use casebook::incident::values::values;
use casebook::infer::{Archive, Vocabulary, read, vocabulary};
use casebook::language::{Times, duration_field};
use casebook::site::Site;
use casebook::source::{self, Snapshot, SourceFile};
use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| vocabulary(&Config::default()));

/// Files that made casebook fail once.
const FOUND: &[&[u8]] =
    &[b"\0\xe9", b"\xe9\r\n\0\r\n\xe9", b"\0\xc3\xa2\xe2\x82\xac\xe2\x80\x9d\xe9", b"\0\0\0\xe9\0\xe9"];

/// What joins or opens things in documents.
const TOKENS: &[&str] = &[
    "---\n",
    "+++\n",
    "{",
    "}",
    "[",
    "]",
    "](",
    "\"",
    "'",
    ": ",
    "- ",
    "| ",
    "|---|\n",
    "```\n",
    "> ",
    "# ",
    "\n\n",
    "\r\n",
    "\r",
    "\0",
    "\u{1b}",
    "\u{202e}",
    "\u{feff}",
    "é",
    "—",
    "â€”",
    "🚨",
    "\u{a0}",
    "&#x",
    "<!--",
    "<div>",
    "</div>",
    "<a href=",
    "2024-02-30",
    "10:00 UTC",
    "99:99",
    "-1",
    "1e999",
    "0x1F",
    "T+5",
    "90 min",
    "half an hour",
    "%",
    "\\",
    "*",
    "_",
    "~",
    "&a ",
    "*a",
    "Ãƒâ€”",
    "ÃƒÂ¢",
];

/// A run of changes that is the same each time.
struct Changes(TestRng);

impl Changes {
    fn new() -> Changes {
        Changes(TestRng::deterministic_rng(RngAlgorithm::ChaCha))
    }

    fn below(&mut self, end: usize) -> usize {
        self.0.next_u32() as usize % end.max(1)
    }

    /// One of the texts after one to four changes.
    fn next(&mut self, texts: &[Vec<u8>]) -> Vec<u8> {
        let mut text = texts[self.below(texts.len())].clone();
        for _ in 0..=self.below(4) {
            match self.below(3) {
                0 => self.bytes(&mut text),
                1 => self.lines(&mut text, texts),
                _ => self.token(&mut text),
            }
        }
        text
    }

    /// Puts in, takes out or changes a few bytes.
    fn bytes(&mut self, text: &mut Vec<u8>) {
        let at = self.below(text.len() + 1);
        let end = (at + self.below(4)).min(text.len());
        let new: Vec<u8> = (0..self.below(4)).map(|_| self.below(256) as u8).collect();
        text.splice(at..end, new);
    }

    /// Takes out a line, doubles it, or takes one of another text in its place.
    fn lines(&mut self, text: &mut Vec<u8>, texts: &[Vec<u8>]) {
        let mut lines: Vec<&[u8]> = text.split_inclusive(|byte| *byte == b'\n').collect();
        if lines.is_empty() {
            return;
        }
        let at = self.below(lines.len());
        let other = &texts[self.below(texts.len())];
        match self.below(3) {
            0 => drop(lines.remove(at)),
            1 => lines.insert(self.below(lines.len()), lines[at]),
            _ => lines[at] = other.split_inclusive(|byte| *byte == b'\n').nth(at).unwrap_or_default(),
        }
        *text = lines.concat();
    }

    /// Puts in a token, once or so often that it is too much.
    fn token(&mut self, text: &mut Vec<u8>) {
        let at = self.below(text.len() + 1);
        let times = if self.below(20) == 0 { 300 } else { 1 };
        let token = TOKENS[self.below(TOKENS.len())].repeat(times);
        text.splice(at..at, token.into_bytes());
    }
}

/// So many runs, or a multiple of them.
fn rounds(usual: usize) -> usize {
    let times = std::env::var("FUZZ_ROUNDS").ok().and_then(|times| times.parse().ok()).unwrap_or(1);
    usual * times
}

/// The documents of all cases, and the texts of other tests.
fn seeds() -> Vec<Vec<u8>> {
    fn collect(folder: &Path, into: &mut Vec<Vec<u8>>) {
        let mut paths: Vec<_> =
            fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
        paths.sort();
        for path in paths {
            match path.extension().and_then(|extension| extension.to_str()) {
                None if path.is_dir() => collect(&path, into),
                Some("md" | "txt") => into.push(fs::read(&path).expect("a file")),
                _ => {}
            }
        }
    }
    let mut texts = Vec::new();
    for folder in ["tests/cases", "content"] {
        collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut texts);
    }
    texts.retain(|text| text.len() < 6000);
    texts
}

fn faults(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    diagnostics.iter().filter(|told| told.code == Code::Fault).collect()
}

/// Files of these bytes, as they are read.
fn snapshot(files: &[Vec<u8>]) -> (Snapshot, Vec<Diagnostic>) {
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    for (n, bytes) in files.iter().enumerate() {
        fs::write(folder.path().join(format!("{n:03}.md")), bytes).expect("a file");
    }
    source::read(folder.path(), &folder.path().join("themes/none"), &Config::default())
}

/// Reads files of these bytes and makes all pages; nothing that casebook fails on is among them.
fn check_site(files: &[Vec<u8>]) {
    let (snapshot, read) = snapshot(files);
    let (site, built) = Site::build(snapshot, Config::default());
    for told in [&read, &built, &site.check()] {
        let faults = faults(told);
        let file = |told: &Diagnostic| {
            told.place
                .as_ref()
                .and_then(|place| place.path.get(place.path.len() - 6..place.path.len() - 3)?.parse().ok())
        };
        let first: Option<usize> = faults.first().and_then(|told| file(told));
        let input = first.map(|n| files[n].escape_ascii().to_string());
        assert!(faults.is_empty(), "{faults:#?}\n{input:?}");
    }
}

#[test]
fn files_that_were_found_are_read() {
    check_site(&FOUND.iter().map(|bytes| bytes.to_vec()).collect::<Vec<_>>());
}

#[test]
fn files_of_any_bytes_become_pages() {
    let (seeds, mut changes) = (seeds(), Changes::new());
    for _ in 0..rounds(2) {
        check_site(&(0..60).map(|_| changes.next(&seeds)).collect::<Vec<_>>());
    }
}

/// The texts of files of these bytes.
fn texts(files: &[Vec<u8>]) -> Vec<String> {
    let (snapshot, _) = snapshot(files);
    assert_eq!(snapshot.documents.len(), files.len());
    snapshot.documents.iter().map(|document| document.text.clone()).collect()
}

#[test]
fn a_text_that_was_repaired_needs_no_repair() {
    let (seeds, mut changes) = (seeds(), Changes::new());
    let twice: [&[u8]; 4] = [
        "\u{feff}\u{feff}a".as_bytes(),
        "Ãƒâ€”".as_bytes(),
        "ÃƒÂ¢â‚¬â€\u{9d}".as_bytes(),
        b"\xff\xfe\xff\xfea\0",
    ];
    let mut files: Vec<Vec<u8>> = twice.iter().chain(FOUND).map(|bytes| bytes.to_vec()).collect();
    for _ in 0..rounds(10) {
        files.extend((0..60).map(|_| changes.next(&seeds)));
        let once = texts(&files);
        let again = texts(&once.iter().map(|text| text.clone().into_bytes()).collect::<Vec<_>>());
        for ((once, again), bytes) in once.iter().zip(&again).zip(&files) {
            assert_eq!(once, again, "{}", bytes.escape_ascii());
        }
        files.clear();
    }
}

#[test]
fn front_matter_and_text_are_read_with_their_places() {
    let (seeds, mut changes) = (seeds(), Changes::new());
    let labels = Labels::new(&Config::default().fields);
    for _ in 0..rounds(1000) {
        let text = String::from_utf8_lossy(&changes.next(&seeds)).into_owned();
        let source = SourceFile::new("a.md", &text);
        let (document, _) = parse(&source, &labels);
        let spans = document.front_matter.entries.iter().map(|entry| entry.span);
        assert!(spans.clone().all(|span| text.get(span.range()).is_some()), "{text:?}");
        let reading = read(&source, &VOCABULARY, &Archive::default());
        let lines = text.lines().count().max(1);
        let found: Vec<_> = reading.incidents.iter().flat_map(values).collect();
        assert!(found.iter().all(|value| value.line as usize <= lines), "{text:?}");
        let places = reading.diagnostics.iter().filter_map(|told| told.place.as_ref());
        assert!(
            places.into_iter().all(|place| place.text.get(place.mark.0..place.mark.1).is_some()),
            "{text:?}"
        );
    }
}

/// An archive of nothing else.
struct Nothing;

impl Resolve for Nothing {
    fn link(&self, dest: &str) -> Target {
        Target::Broken(dest.to_owned())
    }

    fn image(&self, dest: &str) -> Target {
        Target::Broken(dest.to_owned())
    }

    fn image_size(&self, _: &str) -> Option<(u32, u32)> {
        None
    }
}

#[test]
fn markdown_becomes_html_that_runs_nothing() {
    let (seeds, mut changes) = (seeds(), Changes::new());
    for _ in 0..rounds(1000) {
        let text = String::from_utf8_lossy(&changes.next(&seeds)).into_owned();
        let options = Options {
            path: "a.md",
            raw_html: RawHtml::Sanitize,
            external_images: false,
            start: 0,
            skip_title: None,
            marks: &[],
        };
        let (body, _) = render(&text, &options, &Nothing);
        let lower = body.html.to_lowercase();
        assert!(["<script", "<style", "<iframe", "<svg"].iter().all(|tag| !lower.contains(tag)), "{text:?}");
        assert_eq!(lower.matches("<table").count(), lower.matches("</table>").count(), "{text:?}");
    }
}

#[test]
fn dates_and_durations_stand_where_they_are_found() {
    let (seeds, mut changes) = (seeds(), Changes::new());
    for _ in 0..rounds(1000) {
        let text = String::from_utf8_lossy(&changes.next(&seeds)).into_owned();
        let times = Times::of(&text);
        let ranges =
            times.dates.iter().map(|found| &found.range).chain(times.clocks.iter().map(|found| &found.range));
        assert!(ranges.into_iter().all(|range| text.get(range.clone()).is_some()), "{text:?}");
        for line in text.lines() {
            let minutes = duration_field(line).map_or(0.0, |found| found.minutes);
            assert!(minutes >= 0.0, "{line:?}: {minutes}");
        }
    }
}

#[test]
fn slugs_and_paths_stay_inside() {
    let (seeds, mut changes) = (seeds(), Changes::new());
    for _ in 0..rounds(1000) {
        let text = String::from_utf8_lossy(&changes.next(&seeds)).into_owned();
        for line in text.lines() {
            let slug = address::slugify(line);
            assert!(
                slug.len() <= 80 && slug.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-')),
                "{line:?}: {slug}"
            );
            let is_inside = |path: &str| !path.starts_with('/') && path.split('/').all(|part| part != "..");
            assert!(address::alias(line).is_none_or(|path| is_inside(&path)), "{line:?}");
        }
    }
}
