//! What a build costs: processor time, time over `cp -r` of its own output, and peak memory.
//!
//! `cargo bench --bench build -- 1000 10000` measures archives of these sizes. Machines
//! differ and are noisy, so the ratio to `cp -r`, taken in turn with it, says more than
//! the seconds. Processor time and peak memory come from `/proc` and need Linux.

mod documents;

use documents::document;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Each figure is the median of this many runs.
const RUNS: usize = 3;

/// How often memory is looked at while a build runs.
const GLANCE: Duration = Duration::from_millis(2);

/// Units of processor time in `/proc/self/stat`: a hundredth of a second on Linux, whatever the kernel's own clock.
const TICKS_PER_SECOND: f64 = 100.0;

fn main() {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1000] } else { sizes };
    println!(
        "{:>10} {:>8} {:>8} {:>8} {:>8} {:>8} {:>9} {:>8}",
        "documents", "files", "MB", "cpu s", "wall s", "cp -r s", "wall/cp", "MiB"
    );
    for size in sizes {
        let site = tempfile::tempdir().expect("a temporary folder");
        write_site(site.path(), size);
        let fresh = measure(site.path(), true);
        print_row(&size.to_string(), &fresh);
        print_row("again", &measure(site.path(), false));
    }
}

struct Figures {
    files: usize,
    bytes: u64,
    cpu: Option<f64>,
    wall: f64,
    copy: f64,
    /// In MiB.
    memory: Option<f64>,
}

fn print_row(name: &str, figures: &Figures) {
    let known =
        |value: Option<f64>, digits: usize| value.map_or("?".to_owned(), |value| format!("{value:.digits$}"));
    println!(
        "{name:>10} {:>8} {:>8.1} {:>8} {:>8.2} {:>8.2} {:>9.1} {:>8}",
        figures.files,
        figures.bytes as f64 / 1e6,
        known(figures.cpu, 2),
        figures.wall,
        figures.copy,
        figures.wall / figures.copy,
        known(figures.memory, 0),
    );
}

fn write_site(site: &Path, size: usize) {
    fs::write(site.join("site.toml"), "title = \"Measured\"\nbase_url = \"https://example.org/\"\n")
        .expect("site.toml");
    for n in 0..size {
        let document = document(n, size);
        let path = site.join("content").join(document.path);
        fs::create_dir_all(path.parent().expect("documents stand in folders")).expect("a folder");
        fs::write(path, document.text).expect("a document");
    }
}

/// Builds and copies in turn. `fresh` builds start without output, others find everything in place.
fn measure(site: &Path, fresh: bool) -> Figures {
    let (output, copy) = (site.join("public"), site.join("copy"));
    let runs: Vec<(Run, f64)> =
        (0..RUNS).map(|_| (build(site, &output, fresh), copied(&output, &copy))).collect();
    let of = |figure: fn(&(Run, f64)) -> Option<f64>| median(runs.iter().filter_map(figure).collect());
    let (files, bytes) = size(&output);
    Figures {
        files,
        bytes,
        cpu: of(|(run, _)| run.cpu),
        wall: of(|(run, _)| Some(run.wall)).unwrap_or(f64::NAN),
        copy: of(|(_, copy)| Some(*copy)).unwrap_or(f64::NAN),
        memory: of(|(run, _)| run.memory),
    }
}

struct Run {
    cpu: Option<f64>,
    wall: f64,
    memory: Option<f64>,
}

fn build(site: &Path, output: &Path, fresh: bool) -> Run {
    if fresh && output.exists() {
        fs::remove_dir_all(output).expect("the old output goes");
    }
    let (before, started) = (cpu_of_children(), Instant::now());
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    let mut child =
        command.args(["build", "--quiet"]).arg(site).stdout(Stdio::null()).spawn().expect("casebook runs");
    let memory = peak_memory(&mut child);
    let status = child.wait().expect("casebook ends");
    let wall = started.elapsed().as_secs_f64();
    assert!(status.success(), "the build has errors");
    let cpu = before.zip(cpu_of_children()).map(|(before, after)| after - before);
    Run { cpu, wall, memory }
}

/// The most memory that the process has held, in MiB, as its own status says while it runs.
fn peak_memory(child: &mut Child) -> Option<f64> {
    let mut peak = None;
    while let Ok(None) = child.try_wait() {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let kilobytes = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<f64>().ok());
        peak = kilobytes.map(|kilobytes| kilobytes / 1024.0).or(peak);
        std::thread::sleep(GLANCE);
    }
    peak
}

/// Processor seconds of all ended children of this process, user and system.
fn cpu_of_children() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    // cutime and cstime are fields 16 and 17 of proc(5); the name and what precedes it are cut off here.
    let ticks: f64 = fields.get(13)?.parse::<f64>().ok()? + fields.get(14)?.parse::<f64>().ok()?;
    Some(ticks / TICKS_PER_SECOND)
}

/// Seconds of `cp -r`.
fn copied(from: &Path, to: &Path) -> f64 {
    if to.exists() {
        fs::remove_dir_all(to).expect("the old copy goes");
    }
    let started = Instant::now();
    let status = Command::new("cp").arg("-r").args([from, to]).status().expect("cp runs");
    assert!(status.success(), "cp -r");
    started.elapsed().as_secs_f64()
}

/// Number of files below a folder, and their bytes.
fn size(folder: &Path) -> (usize, u64) {
    let files =
        walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    files
        .map(|file| file.metadata().map_or(0, |meta| meta.len()))
        .fold((0, 0), |(files, bytes), size| (files + 1, bytes + size))
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}
