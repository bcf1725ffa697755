//! `casebook check`: all of a build but the writing.

use super::report::{self, counted};
use super::{MessageFormat, Outcome, ReportArgs, SiteArgs};
use crate::proof;
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
    let (project, mut diagnostics) = match report::project(&args.site, &args.report) {
        Ok(found) => found,
        Err(outcome) => return outcome,
    };
    let (site, more) = Site::load(&project);
    diagnostics.extend(more);
    if site.is_without_documents() {
        report::print_diagnostics(diagnostics, &project.config, &args.report);
        return report::no_document(&project, site.coverage());
    }
    let for_people = args.report.message_format == MessageFormat::Human;
    match proof::prove(&site, "", for_people) {
        proof::Outcome::Nothing => diagnostics.extend(site.check()),
        proof::Outcome::Proved(proved) => diagnostics.extend(proved.diagnostics()),
        proof::Outcome::Refused(found) => diagnostics.extend(found),
    }
    let (counts, outcome) = report::print_diagnostics(diagnostics, &project.config, &args.report);
    let documents = counted(site.documents(), "document");
    let found = if counts.tail().is_empty() { ", nothing wrong".to_owned() } else { counts.tail() };
    let not_shown = report::not_shown(&site, args.report.verbosity);
    report::summary(
        &format!("{documents}, {}{found}\n{not_shown}", counted(site.pages(), "page")),
        &args.report,
    );
    outcome
}
