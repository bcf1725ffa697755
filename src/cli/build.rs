//! `casebook build`.

use super::report::{self, could_not_run, counted};
use super::{MessageFormat, Outcome, ReportArgs, SiteArgs};
use crate::project::Project;
use crate::publish::{self, Destination, Refusal};
use crate::site::Site;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::path::PathBuf;
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

    /// Write into a folder that holds files casebook did not make; they are left alone
    #[arg(short, long)]
    force: bool,

    /// Open the archive in the browser
    #[arg(short = 'O', long)]
    open: bool,

    #[command(flatten)]
    report: ReportArgs,
}

/// Builds the archive.
pub fn run(args: &BuildArgs) -> Outcome {
    let started = Instant::now();
    let (mut project, mut diagnostics) = match report::project(&args.site) {
        Ok(found) => found,
        Err(outcome) => return outcome,
    };
    project.output = args.output_dir.clone().unwrap_or(project.output);
    if let Err(refusal) = check_output(&project, args) {
        return refused(&refusal);
    }
    let (site, more) = Site::load(&project);
    diagnostics.extend(more);
    let published = publish_with_progress(&site, &project, args);
    diagnostics.extend(published.diagnostics);
    let (counts, outcome) = report::complaints(diagnostics, &project.config.silence, &args.report);
    if published.stopped {
        return Outcome::CouldNotRun;
    }
    let summary = format!(
        "{}, {} in {:.2} s{}: {}\n",
        counted(site.documents(), "document"),
        counted(site.pages(), "page"),
        started.elapsed().as_secs_f64(),
        counts.tail(),
        project.output.display(),
    );
    say_summary(&summary, &args.report);
    if site.documents() == 0 && !args.report.verbosity.quiet {
        report::nothing_found(&project);
    }
    if args.open
        && let Err(error) = open::that(project.output.join(crate::address::HOME))
    {
        report::say(&format!("cannot open a browser: {error}\n"));
    }
    outcome
}

fn say_summary(summary: &str, args: &ReportArgs) {
    match (args.verbosity.quiet, args.message_format) {
        (true, _) => {}
        (false, MessageFormat::Human) => drop(report::print(summary.as_bytes())),
        (false, _) => report::say(summary),
    }
}

fn publish_with_progress(site: &Site, project: &Project, args: &BuildArgs) -> publish::Report {
    let wanted =
        std::io::stderr().is_terminal() && !args.report.verbosity.quiet && args.report.message_format == MessageFormat::Human;
    let bar = if wanted { ProgressBar::no_length() } else { ProgressBar::hidden() };
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos} of {len} files") {
        bar.set_style(style);
    }
    let started = Instant::now();
    let report = publish::write(site, &project.output, &|done, total| {
        if wanted && started.elapsed() > PATIENCE {
            bar.set_length(total as u64);
            bar.set_position(done as u64);
        }
    });
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
    let elsewhere = Some("name another folder with `--output-dir`");
    match refusal {
        Refusal::Precious(path) => could_not_run(&format!("`{}` is not a folder to publish into", path.display()), elsewhere),
        Refusal::InContent(path) => could_not_run(&format!("`{}` lies inside the documents", path.display()), elsewhere),
        Refusal::NotAFolder(path) => could_not_run(&format!("`{}` is not a folder", path.display()), elsewhere),
        Refusal::NotOurs(path) => could_not_run(
            &format!("`{}` holds files that casebook did not make", path.display()),
            Some("name another folder with `--output-dir`, or write beside them with `--force` (they are left alone)"),
        ),
    }
}
