//! `casebook inspect`: every value of one document, with its line, its words and its rule.

use super::{Outcome, ReportArgs, Verbosity, one_file, report};
use crate::diagnostic::{printable, printable_json};
use crate::infer::inspect;
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct InspectArgs {
    /// The document
    file: PathBuf,

    /// Which edition of site.toml; `public` when none is named
    #[arg(short, long, value_name = "NAME")]
    edition: Option<String>,

    /// Print one JSON object instead
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    report: ReportArgs,
}

/// Prints what is read from the document, and what was looked for and not found.
pub fn run(args: &InspectArgs) -> Outcome {
    let one = match one_file::open_in(&args.file, args.edition.as_deref()) {
        Ok(one) => one,
        Err(outcome) => return outcome,
    };
    let inspection = inspect::inspect(&one.source, &one.vocabulary, &one.archive);
    let text = if args.json { inspect::json(&inspection) } else { inspect::human(&inspection) };
    let printed = report::print(&if args.json { printable_json(&text) } else { printable(&text) });
    let skipped = inspection.incidents.is_empty();
    let mut diagnostics = one.diagnostics;
    diagnostics.extend(inspection.diagnostics);
    let verbose = args.report.verbosity.verbose || (skipped && !args.json);
    let report = ReportArgs { verbosity: Verbosity { verbose, ..args.report.verbosity }, ..args.report };
    let (_, outcome) = report::print_diagnostics(diagnostics, &one.project.config, &report);
    if printed == Outcome::Fine { outcome } else { printed }
}
