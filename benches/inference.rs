//! What reading facts costs beside what rendering Markdown costs, plainly by the Markdown library
//! and as the archive's pages have it: one thread, the same bodies, in turn.
//!
//! `cargo bench --bench inference` measures made-up documents, and `../shared/corpus` where it is there.
//! Machines differ and are noisy, so each figure is the least of many runs, and the ratio says more
//! than the microseconds.

#[allow(dead_code, reason = "shared with the other benchmarks, which need more of it")]
mod documents;

use casebook::config::Config;
use casebook::document::html::{Nowhere, Options, render};
use casebook::document::{Labels, parse};
use casebook::infer::{Archive, read, vocabulary};
use casebook::source::SourceFile;
use pulldown_cmark::{Options as Syntax, Parser, html as plain_html};
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

/// Each figure is the least of this many runs over all documents.
const RUNS: usize = 15;

/// How many made-up documents are read.
const MADE_UP: usize = 400;

fn main() {
    println!(
        "{:>10} {:>10} {:>8} {:>12} {:>8} {:>10} {:>9} {:>14} {:>11}",
        "",
        "documents",
        "KB",
        "markdown us",
        "body us",
        "blocks us",
        "facts us",
        "facts/markdown",
        "facts/body"
    );
    row("made up", &(0..MADE_UP).map(|n| documents::document(n, MADE_UP).text).collect::<Vec<_>>());
    let corpus = folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus"));
    if !corpus.is_empty() {
        row("corpus", &corpus);
    }
}

/// The texts of a folder's Markdown files, in the order of their names.
fn folder(folder: &Path) -> Vec<String> {
    let files = walkdir::WalkDir::new(folder).max_depth(1).sort_by_file_name().into_iter().flatten();
    let markdown = files.filter(|file| file.path().extension().is_some_and(|extension| extension == "md"));
    markdown.filter_map(|file| std::fs::read_to_string(file.path()).ok()).collect()
}

/// Microseconds a document: its body to HTML, plainly and for a page; its blocks and sections; its facts without these.
fn row(name: &str, texts: &[String]) {
    let vocabulary = vocabulary(&Config::default());
    let labels = Labels::new(&Config::default().fields);
    let sources: Vec<SourceFile> = texts.iter().map(|text| SourceFile::new("report.md", text)).collect();
    let bodies: Vec<&str> =
        sources.iter().map(|source| &source.text[parse(source, &labels).0.start..]).collect();
    let [mut markdown, mut page, mut blocks, mut all] = [Duration::MAX; 4];
    for _ in 0..RUNS {
        markdown = markdown.min(time(|| bodies.iter().map(|body| to_html(body)).sum()));
        page = page.min(time(|| {
            bodies.iter().map(|body| render(body, &Options::default(), &Nowhere).0.html.len()).sum()
        }));
        blocks =
            blocks.min(time(|| sources.iter().map(|source| parse(source, &labels).0.blocks.len()).sum()));
        all = all.min(time(|| {
            sources.iter().map(|source| read(source, &vocabulary, &Archive::default()).incidents.len()).sum()
        }));
    }
    let each = |time: Duration| time.as_secs_f64() * 1e6 / texts.len() as f64;
    let facts = all.saturating_sub(blocks);
    println!(
        "{name:>10} {:>10} {:>8.1} {:>12.1} {:>8.1} {:>10.1} {:>9.1} {:>14.2} {:>11.2}",
        texts.len(),
        bodies.iter().map(|body| body.len()).sum::<usize>() as f64 / texts.len() as f64 / 1e3,
        each(markdown),
        each(page),
        each(blocks),
        each(facts),
        facts.as_secs_f64() / markdown.as_secs_f64(),
        facts.as_secs_f64() / page.as_secs_f64(),
    );
}

fn time(work: impl FnOnce() -> usize) -> Duration {
    let started = Instant::now();
    black_box(work());
    started.elapsed()
}

/// With what the pages turn on.
fn to_html(body: &str) -> usize {
    let options = Syntax::ENABLE_TABLES
        | Syntax::ENABLE_FOOTNOTES
        | Syntax::ENABLE_STRIKETHROUGH
        | Syntax::ENABLE_TASKLISTS
        | Syntax::ENABLE_GFM
        | Syntax::ENABLE_HEADING_ATTRIBUTES;
    let mut out = String::with_capacity(body.len() * 3 / 2);
    plain_html::push_html(&mut out, Parser::new_ext(black_box(body), options));
    out.len()
}
