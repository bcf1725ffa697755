//! `casebook export`: the archive as data on standard output.

use super::{Outcome, ReportArgs, SiteArgs, report};
use crate::exports;
use crate::site::Site;
use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
pub struct ExportArgs {
    #[command(flatten)]
    site: SiteArgs,

    /// Format of the data
    #[arg(long, value_name = "FORMAT", default_value = "json")]
    format: Format,

    #[command(flatten)]
    report: ReportArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Json,
    Csv,
}

/// Prints the same bytes that a build writes.
pub fn run(args: &ExportArgs) -> Outcome {
    let (project, mut diagnostics) = match report::project(&args.site, &args.report) {
        Ok(found) => found,
        Err(outcome) => return outcome,
    };
    let (site, more) = Site::load(&project);
    diagnostics.extend(more);
    let format = match args.format {
        Format::Json => exports::Format::Json,
        Format::Csv => exports::Format::Csv,
    };
    if site.is_without_documents() {
        return report::no_document(&project, site.coverage());
    }
    let printed = report::print_data(|out| format.write(site.archive(), out));
    let human = ReportArgs { message_format: super::MessageFormat::Human, ..args.report };
    let (_, outcome) = report::complaints(diagnostics, &project.config, &human);
    if printed == Outcome::Fine { outcome } else { printed }
}
