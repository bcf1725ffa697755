//! Whole folders with words that are nowhere else, half of them internal: none of these may be in any byte of
//! the archive, and all others must be. Then each step of cutting is left out in turn, and the proof must see it.
//!
//! `CANARIES=1000 cargo test --release --lib canaries` runs as many documents.

use super::{Outcome, Proved, prove};
use crate::config::Step;
use crate::edition::{jpeg_with, png_with};
use crate::project::Project;
use crate::search::Unpacker;
use crate::site::Site;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Documents of a run in CI.
const FEW: usize = 24;

const SETTINGS: &str = r#"
title = "Quay"
[editions.public]
default = "public"
base_url = "https://quay.example/"
remove_sections = ["Responders"]
remove_fields = ["company", "severity"]
people = "role"
[editions.public.replace]
SETTINGS
"#;

/// Words of which no other has a part: letters that no language puts together.
struct Words {
    next: usize,
    internal: Vec<String>,
    shown: Vec<String>,
}

impl Words {
    fn new_word(&mut self) -> String {
        const PARTS: [&str; 12] =
            ["qua", "zyx", "vok", "wub", "xil", "jaz", "fyr", "gex", "kuv", "pyq", "zif", "dwo"];
        let mut number = self.next;
        self.next += 1;
        let mut word = String::from("q");
        for _ in 0..5 {
            word += PARTS[number % PARTS.len()];
            number /= PARTS.len();
        }
        word
    }

    fn internal(&mut self) -> String {
        let word = self.new_word();
        self.internal.push(word.clone());
        word
    }

    fn shown(&mut self) -> String {
        let word = self.new_word();
        self.shown.push(word.clone());
        word
    }
}

/// A part that is not shown, with words that are spelled or split as no dictionary has them.
fn odd(words: &mut Words) -> String {
    let mut i = || words.internal();
    format!(
        "<!-- internal -->\nna\u{c3}\u{af}ve {}\u{e2}\u{20ac}\u{2122}s \u{fffd}{}\n\nIt was {}-\n{} who\n{}\n\n#### {} {{#{}}}\n<!-- /internal -->\n\n",
        i(),
        i(),
        i(),
        i(),
        i(),
        i(),
        i()
    )
}

/// A document that is shown, with words of both kinds in every place that can hold one.
fn shown(words: &mut Words, n: usize, hidden: &str, replaced: &mut String) -> String {
    let customer = words.internal();
    writeln!(replaced, "\"{customer}\" = \"a customer\"").expect("memory");
    let (odd, anchor) = (odd(words), words.internal());
    let [s, t, u, v] = [words.shown(), words.shown(), words.shown(), words.shown()];
    let mut i = || words.internal();
    let mut text = String::new();
    write!(
        text,
        "---\ntitle: The {s} gate jammed\ndate: 2031-03-{:02}\nauthors: [{} {}]\nredact: [REDACTED]\nservices: [{t}]\ncompany: {}\n",
        n % 28 + 1,
        i(),
        i(),
        i(),
    )
    .expect("memory");
    write!(text, "actions:\n  - text: Grease it\n    owner: {}\n---\n\n# Gate\n\nThe gate {u} jammed at 10:00 UTC for {customer}. REDACTED saw it.\n\n", i()).expect("memory");
    text += &odd;
    write!(text, "It was {}. <!-- internal -->\nIt was freed at 11:00 UTC.\n\n", i()).expect("memory");
    write!(text, "<!-- internal -->\n{} <b title=\"{}\">x</b> [x](https://quay.example/{}) ![{}]({}.png) `{}` D&#97;{} so\u{ad}{}\n\n```\n{}\n```\n\n[^1]: {}\n[ref]: {}.md\n<!-- {} -->\n<!-- /internal -->\n\n",
        i(), i(), i(), i(), i(), i(), i(), i(), i(), i(), i(), i()).expect("memory");
    write!(text, "| A | B |\n|---|---|\n| {v} | x |\n| {} | y <!-- internal --> |\n\n- one\n  - {} <!-- internal -->\n- two\n\n", i(), i()).expect("memory");
    write!(text, "## Timeline\n\n- 10:00 UTC The gate jammed.\n- 10:05 UTC @{} paged the keeper.\n- 10:20 UTC {} swore. <!-- internal -->\n- 11:00 UTC Resolved.\n\n", i(), i()).expect("memory");
    write!(text, "## Responders\n\n- {}\n\n## Chat {{internal}}\n\n{} said\n\n### {}\n\n{}\n\n## Notes\n\nIncident commander: {}\n\nSeverity: {}\n\nSee [the other]({hidden}#{anchor}) and ![a picture](pic.png) or ![two](pic.jpg).\n",
        i(), i(), i(), i(), i(), i()).expect("memory");
    text.replace("REDACTED", &i())
}

/// A document that is not in the edition.
fn hidden(words: &mut Words, n: usize) -> String {
    let mut i = || words.internal();
    format!(
        "---\ntitle: {} winch\ndate: 2031-04-{:02}\nvisibility: internal\nslug: {}\naliases: [/{}/]\ntags: [{}]\n{}: {}\n---\n\n# {} {{#{}}}\n\n{} cut the cable at 09:00 UTC. ![{}](pic.png)\n\n## Timeline\n\n- 09:00 UTC {}\n",
        i(),
        n % 28 + 1,
        i(),
        i(),
        i(),
        i(),
        i(),
        i(),
        i(),
        i(),
        i(),
        i()
    )
}

/// A document that its title keeps out, and of which no front matter says so.
fn hidden_by_its_title(words: &mut Words) -> String {
    let mut i = || words.internal();
    format!("# {} {{internal}}\n\n{} slipped at 09:00 UTC on 3 May 2031.\n", i(), i())
}

/// Writes a folder, and says which words are internal and which are shown.
fn folder(root: &Path, count: usize) -> Words {
    let mut words = Words { next: 0, internal: Vec::new(), shown: Vec::new() };
    fs::create_dir_all(root.join("content")).expect("a folder");
    let mut replaced = String::new();
    for n in 0..count / 2 {
        let name = format!("{}.md", words.internal());
        fs::write(root.join("content").join(&name), hidden(&mut words, n)).expect("written");
        let titled = format!("{}.md", words.internal());
        fs::write(root.join("content").join(&titled), hidden_by_its_title(&mut words)).expect("written");
        let text = shown(&mut words, n, &name, &mut replaced) + &format!("\n[A third]({titled}).\n");
        fs::write(root.join("content").join(format!("gate-{n}.md")), text).expect("written");
    }
    fs::write(root.join("content/pic.png"), png_with(&words.internal[0])).expect("written");
    fs::write(root.join("content/pic.jpg"), jpeg_with(&words.internal())).expect("written");
    fs::write(root.join("site.toml"), SETTINGS.replace("SETTINGS", &replaced)).expect("written");
    words
}

fn project(root: &Path) -> Project {
    let (project, found) = Project::locate(root).expect("a site");
    assert!(found.is_empty(), "{found:?}");
    project.edition(Some("public")).expect("there is one")
}

/// Everything that the archive says, unpacked, file by file.
fn texts(site: &Site, proved: &Proved) -> Vec<(String, Vec<u8>)> {
    let unpacker = Unpacker::new(&site.search_root().expect("there is a search"));
    let mut paths: Vec<String> = site.outputs_with_search().map(|output| output.path.clone()).collect();
    paths.extend(proved.made.values().flat_map(|made| made.linked.clone()));
    let text = |path: String| {
        let bytes = proved.spool.get(&path)?;
        let unpacked = unpacker.text(&bytes).map(String::into_bytes);
        Some((path, [bytes, unpacked.unwrap_or_default()].concat()))
    };
    paths.into_iter().filter_map(text).collect()
}

/// The words that are in any of the texts or in their names, each with the file.
fn found<'w>(texts: &[(String, Vec<u8>)], words: &'w [String]) -> BTreeMap<&'w str, String> {
    let mut builder = aho_corasick::AhoCorasick::builder();
    let automaton = builder.ascii_case_insensitive(true).build(words).expect("words");
    let of = |(path, text): &(String, Vec<u8>)| -> Vec<(&'w str, String)> {
        let all = [path.as_bytes(), text].map(|text| automaton.find_overlapping_iter(text));
        all.into_iter()
            .flatten()
            .map(|hit| (words[hit.pattern().as_usize()].as_str(), path.clone()))
            .collect()
    };
    texts.iter().flat_map(of).collect()
}

#[test]
fn no_internal_word_is_in_any_byte_and_every_other_is() {
    let count = std::env::var("CANARIES").ok().and_then(|count| count.parse().ok()).unwrap_or(FEW);
    let root = tempfile::tempdir().expect("a folder");
    let words = folder(root.path(), count);
    let (site, told) = Site::load(&project(root.path()));
    let Outcome::Proved(proved) = prove(&site, "", true) else { panic!("nothing should be found") };
    let texts = texts(&site, &proved);
    let leaked = found(&texts, &words.internal);
    assert!(leaked.is_empty(), "{} of {}: {leaked:?}", leaked.len(), words.internal.len());
    let shown = found(&texts, &words.shown);
    let lost: Vec<_> = words.shown.iter().filter(|word| !shown.contains_key(word.as_str())).collect();
    assert!(lost.is_empty(), "{lost:?}");
    let told = format!("{told:?}");
    let quoted: Vec<_> = words.internal.iter().filter(|word| told.contains(word.as_str())).collect();
    assert!(quoted.is_empty(), "told of: {quoted:?}");
}

#[test]
fn a_step_that_is_left_out_is_seen() {
    let root = tempfile::tempdir().expect("a folder");
    folder(root.path(), FEW);
    for step in Step::ALL {
        let mut project = project(root.path());
        project.config.edition.as_mut().expect("one").skipped = Some(step);
        let (site, _) = Site::load(&project);
        assert!(matches!(prove(&site, "", true), Outcome::Refused(_)), "{step:?}");
    }
}
