//! The search index of a folder of documents, as `benches/search/run.mjs` needs it.
//!
//! `-- make COUNT FOLDER` writes made-up documents. `-- index FOLDER OUT` reads a folder,
//! indexes it, writes the files of the index to `OUT`, what was indexed to `OUT/documents.json`,
//! and prints what it cost as JSON. Run alone it indexes 1,000 documents and says what that took.

mod documents;
#[path = "search/vary.rs"]
mod vary;

use casebook::config::Config;
use casebook::search::{Incidents, Index};
use casebook::site::Site;
use casebook::source;
use documents::document;
use rayon::prelude::*;
use serde_json::json;
use std::fs;
use std::path::Path;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["make", count, folder] => make(count.parse().expect("a number of documents"), Path::new(folder)),
        ["index", folder, out] => println!("{}", index(Path::new(folder), Path::new(out))),
        _ => {
            let folder = tempfile::tempdir().expect("a temporary folder");
            make(1000, &folder.path().join("in"));
            println!("{:#}", index(&folder.path().join("in"), &folder.path().join("out")));
        }
    }
}

fn make(count: usize, folder: &Path) {
    for n in 0..count {
        let document = document(n, count);
        let path = folder.join(document.path);
        fs::create_dir_all(path.parent().expect("documents stand in folders")).expect("a folder");
        fs::write(path, vary::vary(&document.text, n)).expect("a document");
    }
}

fn index(folder: &Path, out: &Path) -> serde_json::Value {
    let config = Config::default();
    let (snapshot, _) = source::read(folder, folder, &config);
    let (site, _) = Site::build(snapshot, config);
    let incidents = site.searchable();
    let (before, memory) = (cpu(), peak());
    let index = Index::build(&incidents);
    fs::create_dir_all(out.join("search")).expect("a folder");
    let write = |path: &str| {
        let bytes = index.render(path, &incidents).expect("it is one of the index");
        fs::write(out.join(path), &bytes).expect("a file of the index");
        (path.starts_with("search/t"), bytes.len())
    };
    let paths: Vec<&str> = index.paths().collect();
    let sizes: Vec<(bool, usize)> = paths.par_iter().map(|path| write(path)).collect();
    let cost = json!({
        "incidents": incidents.count(),
        "index_cpu": cpu() - before,
        "all_cpu": cpu(),
        "memory_before": memory,
        "memory": peak(),
        "files": paths.len(),
        "bytes": sizes.iter().map(|(_, size)| size).sum::<usize>(),
        "term_bytes": sizes.iter().filter(|(is_terms, _)| *is_terms).map(|(_, size)| size).sum::<usize>(),
        "root": index.root,
        "engine": index.engine,
    });
    write_documents(&incidents, out);
    cost
}

fn write_documents(incidents: &dyn Incidents, out: &Path) {
    let of = |number: usize| {
        let document = incidents.document(number);
        let texts: Vec<&str> = document.texts.iter().map(|(_, text)| text.as_ref()).collect();
        let names: Vec<(&str, Vec<&str>)> = casebook::search::columns::facets()
            .map(|facet| facet.definition().name)
            .zip(document.facets.iter().map(|values| values.iter().map(|value| value.1.as_ref()).collect()))
            .collect();
        json!({ "url": document.url, "title": document.title, "text": texts, "facets": names, "day": document.day })
    };
    let all: Vec<serde_json::Value> = (0..incidents.count()).map(of).collect();
    fs::write(out.join("documents.json"), serde_json::to_vec(&all).unwrap_or_default())
        .expect("documents.json");
}

/// Processor seconds of this process so far; Linux only.
fn cpu() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<f64> =
        stat.rsplit(") ").next().unwrap_or("").split(' ').filter_map(|field| field.parse().ok()).collect();
    fields.get(10..12).map_or(0.0, |ticks| ticks.iter().sum::<f64>() / 100.0)
}

/// Most memory held so far, in MiB; Linux only.
fn peak() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok()).map_or(0.0, |kib| kib / 1024.0)
}
