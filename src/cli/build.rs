//! `casebook build`.

use super::report::{self, could_not_run, counted};
use super::{MessageFormat, Outcome, ReportArgs, SiteArgs};
use crate::config::Config;
use crate::diagnostic::{self, Diagnostic, Level};
use crate::project::Project;
use crate::proof::{self, Proved};
use crate::publish::{self, Destination, Refusal, Writing};
use crate::site::Site;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A run shorter than this shows no progress bar.
const PATIENCE: Duration = Duration::from_millis(500);

#[derive(Debug, Args)]
pub struct BuildArgs {
    #[command(flatten)]
    site: SiteArgs,

    /// Folder to write to [default: public]
    #[arg(short, long, value_name = "FOLDER", alias = "destination", short_alias = 'd')]
    output_dir: Option<PathBuf>,

    /// Write into a folder that holds files casebook did not make; they are left alone, and none is replaced
    #[arg(short, long)]
    force: bool,

    /// Do not wait until the archive is on the disk
    #[arg(long)]
    no_sync: bool,

    /// Open the archive in the browser
    #[arg(short = 'O', long)]
    open: bool,

    #[command(flatten)]
    report: ReportArgs,
}

/// Builds the archive.
pub fn run(args: &BuildArgs) -> Outcome {
    let started = Instant::now();
    let (mut project, mut diagnostics) = match report::project(&args.site, &args.report) {
        Ok(found) => found,
        Err(outcome) => return outcome,
    };
    project.output = args.output_dir.clone().unwrap_or(project.output);
    if let Err(refusal) = check_output(&project, args) {
        return refused(&refusal);
    }
    let (site, more) = Site::load(&project);
    diagnostics.extend(more);
    if site.is_without_documents() {
        report::print_diagnostics(diagnostics, &project.config, &args.report);
        return report::no_document(&project, site.coverage());
    }
    if leaks(&diagnostics, &project.config) {
        report::print_diagnostics(diagnostics, &project.config, &args.report);
        return could_not_run("nothing was written: what was denied would be published", None);
    }
    if site.is_hidden() {
        report::print_diagnostics(diagnostics, &project.config, &args.report);
        return could_not_run("nothing was written: no document is in this edition", None);
    }
    let for_people = args.report.message_format == MessageFormat::Human;
    let shown = format!("{}/", project.output.display());
    let proved = match proof::prove(&site, &shown, for_people) {
        proof::Outcome::Nothing => None,
        proof::Outcome::Proved(proved) => Some(proved),
        proof::Outcome::Refused(found) => {
            diagnostics.extend(found);
            report::print_diagnostics(diagnostics, &project.config, &args.report);
            return could_not_run("nothing was written: internal text would be published", None);
        }
    };
    let published = publish_with_progress(&site, &project, proved.as_ref(), args);
    diagnostics.extend(published.diagnostics);
    let (counts, outcome) = report::print_diagnostics(diagnostics, &project.config, &args.report);
    if published.stopped {
        return Outcome::CouldNotRun;
    }
    let summary = format!(
        "{}, {} in {:.2} s{}: {}\n{}",
        counted(site.documents(), "document"),
        counted(site.pages(), "page"),
        started.elapsed().as_secs_f64(),
        counts.tail(),
        project.output.display(),
        report::not_shown(&site, args.report.verbosity),
    );
    report::summary(&summary, &args.report);
    if args.open {
        open_in_browser(&project.output.join(crate::address::HOME));
    }
    outcome
}

/// Opens a page, or says where it stands for whoever has no browser here.
fn open_in_browser(page: &Path) {
    let page = page.canonicalize().unwrap_or_else(|_| page.to_owned());
    if open::that(&page).is_err() {
        let address =
            url::Url::from_file_path(&page).map_or_else(|()| page.display().to_string(), String::from);
        report::say(&format!("no browser could be opened; the archive is at {address}\n"));
    }
}

/// Whether something that the command line denies would be published.
fn leaks(diagnostics: &[Diagnostic], config: &Config) -> bool {
    let mut all = diagnostics.to_vec();
    diagnostic::decide(&mut all, &config.silence, &config.deny);
    all.iter().any(|diagnostic| diagnostic.level == Level::Error && diagnostic.code.is_leak())
}

fn publish_with_progress(
    site: &Site,
    project: &Project,
    proved: Option<&Proved>,
    args: &BuildArgs,
) -> publish::Report {
    let wanted = std::io::stderr().is_terminal()
        && !args.report.verbosity.quiet
        && args.report.message_format == MessageFormat::Human;
    let bar = if wanted { ProgressBar::no_length() } else { ProgressBar::hidden() };
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos} of {len} files") {
        bar.set_style(style);
    }
    let started = Instant::now();
    let progress = |done, total| {
        if wanted && started.elapsed() > PATIENCE {
            bar.set_length(total as u64);
            bar.set_position(done as u64);
        }
    };
    let report = publish::write(
        site,
        Writing { output: &project.output, sync: !args.no_sync, progress: &progress, proved },
    );
    bar.finish_and_clear();
    report
}

fn check_output(project: &Project, args: &BuildArgs) -> Result<(), Refusal> {
    let home = std::env::home_dir();
    let destination = Destination {
        output: &project.output,
        content: &project.content,
        root: &project.root,
        home: home.as_deref(),
        force: args.force,
        // The site's own output is never read as a document.
        may_be_inside: args.output_dir.is_none() && project.content == project.root,
    };
    destination.check()
}

fn refused(refusal: &Refusal) -> Outcome {
    let elsewhere = match refusal {
        Refusal::NotOurs(_) => {
            "name another folder with `--output-dir`, or write beside them with `--force` (they are left alone)"
        }
        _ => "name another folder with `--output-dir`",
    };
    could_not_run(&refusal.to_string(), Some(elsewhere))
}
