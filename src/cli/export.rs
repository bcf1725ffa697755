//! `casebook export`: the archive as data on standard output.

use super::{Outcome, ReportArgs, SiteArgs, report};
use crate::exports::Export;
use crate::site::Site;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

#[derive(Debug, Args)]
pub struct ExportArgs {
    #[command(flatten)]
    site: SiteArgs,

    /// Format of the data
    #[arg(long, value_name = "FORMAT", default_value = "json", value_parser = formats())]
    format: &'static Export,

    #[command(flatten)]
    report: ReportArgs,
}

fn formats() -> impl TypedValueParser<Value = &'static Export> {
    let names = PossibleValuesParser::new(Export::formats().map(|(name, _)| name));
    let named = |name: String| Export::formats().find(|(format, _)| *format == name);
    names.try_map(move |name| named(name).map(|(_, export)| export).ok_or("no such format"))
}

/// Prints the same bytes that a build writes.
pub fn run(args: &ExportArgs) -> Outcome {
    let (project, mut diagnostics) = match report::project(&args.site, &args.report) {
        Ok(found) => found,
        Err(outcome) => return outcome,
    };
    let (site, more) = Site::load(&project);
    diagnostics.extend(more);
    if site.is_without_documents() {
        return report::no_document(&project, site.coverage());
    }
    let printed = report::print_data(|out| site.write(args.format, out));
    let human = ReportArgs { message_format: super::MessageFormat::Human, ..args.report };
    let (_, outcome) = report::print_diagnostics(diagnostics, &project.config, &human);
    if printed == Outcome::Fine { outcome } else { printed }
}
