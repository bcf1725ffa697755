//! `casebook check`: all of a build but the writing.

use super::report::{self, counted};
use super::{MessageFormat, Outcome, ReportArgs, SiteArgs};
use crate::site::Site;
use clap::Args;

#[derive(Debug, Args)]
pub struct CheckArgs {
    #[command(flatten)]
    site: SiteArgs,

    #[command(flatten)]
    report: ReportArgs,
}

/// Makes every page in memory, and tells what is wrong.
pub fn run(args: &CheckArgs) -> Outcome {
    let (project, mut diagnostics) = match report::project(&args.site) {
        Ok(found) => found,
        Err(outcome) => return outcome,
    };
    let (site, more) = Site::load(&project);
    diagnostics.extend(more);
    diagnostics.extend(site.check());
    let (counts, outcome) = report::complaints(diagnostics, &project.config.silence, &args.report);
    if site.documents() == 0 && !args.report.verbosity.quiet {
        report::nothing_found(&project);
    }
    if !args.report.verbosity.quiet && args.report.message_format == MessageFormat::Human {
        let documents = counted(site.documents(), "document");
        let found = if counts.tail().is_empty() { ", nothing wrong".to_owned() } else { counts.tail() };
        report::print(format!("{documents}, {}{found}\n", counted(site.pages(), "page")).as_bytes());
    }
    outcome
}
