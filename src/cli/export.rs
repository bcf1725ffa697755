//! `casebook export`: the archive as data on standard output.

use super::{Outcome, ReportArgs, SiteArgs, report};
use crate::diagnostic::Diagnostic;
use crate::exports::Export;
use crate::proof::Proof;
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
    let human = ReportArgs { message_format: super::MessageFormat::Human, ..args.report };
    let found = proof(&site, args.format);
    if !found.is_empty() {
        report::print_diagnostics([diagnostics, found].concat(), &project.config, &human);
        return report::could_not_run("nothing was printed: internal text would be published", None);
    }
    let printed = report::print_data(|out| site.write(args.format, out));
    let (_, outcome) = report::print_diagnostics(diagnostics, &project.config, &human);
    if printed == Outcome::Fine { outcome } else { printed }
}

/// What would be printed although it is not in the edition.
fn proof(site: &Site, format: &Export) -> Vec<Diagnostic> {
    let Some(proof) = Proof::of(site) else { return Vec::new() };
    let mut bytes = Vec::new();
    // Memory takes everything.
    let _ = site.write(format, &mut bytes);
    proof.diagnostics(&proof.settled(proof.look(format.path, &bytes)), "", true)
}
