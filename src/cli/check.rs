//! `casebook check`: all of a build but the writing, of a site or of some of its documents.

use super::report::{self, counted};
use super::{MessageFormat, Outcome, ReportArgs, SiteArgs, one_file};
use crate::diagnostic::Diagnostic;
use crate::proof;
use crate::site::Site;
use clap::Args;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct CheckArgs {
    #[command(flatten)]
    site: SiteArgs,

    /// Documents: only what is wrong with these is shown and counts. Their site is found when it is not named
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    #[command(flatten)]
    report: ReportArgs,
}

/// Makes every page in memory, and tells what is wrong.
pub fn run(args: &CheckArgs) -> Outcome {
    let named = match named(args) {
        Ok(named) => named,
        Err(outcome) => return outcome,
    };
    if named.is_empty() {
        return check(&args.site, &[], &args.report);
    }
    let outcome = |(root, files): (&PathBuf, &Vec<PathBuf>)| {
        let site = SiteArgs { root: root.clone(), ..args.site.clone() };
        check(&site, files, &args.report)
    };
    named.iter().map(outcome).max().unwrap_or(Outcome::Fine)
}

/// The files that are named, by the root of their site.
fn named(args: &CheckArgs) -> Result<BTreeMap<PathBuf, Vec<PathBuf>>, Outcome> {
    let root = &args.site.root;
    let is_site = root.is_dir() || args.files.is_empty() && !root.is_file();
    let site = Some(root).filter(|_| is_site);
    let mut named: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    for file in args.files.iter().chain(Some(root).filter(|_| site.is_none())) {
        let disk = one_file::on_disk(file)?;
        let root = site.cloned().unwrap_or_else(|| one_file::root(&disk));
        named.entry(root).or_default().push(disk);
    }
    Ok(named)
}

/// Whether a diagnostic is about one of the files.
fn is_about(diagnostic: &Diagnostic, files: &[PathBuf]) -> bool {
    let disk = diagnostic.place.as_ref().and_then(|place| Path::new(&place.path).canonicalize().ok());
    disk.is_some_and(|disk| files.contains(&disk))
}

fn check(site: &SiteArgs, files: &[PathBuf], report: &ReportArgs) -> Outcome {
    let (project, mut diagnostics) = match report::project(site, report) {
        Ok(found) => found,
        Err(outcome) => return outcome,
    };
    let (site, more) = Site::load(&project);
    diagnostics.extend(more);
    if site.is_without_documents() {
        report::print_diagnostics(diagnostics, &project.config, report);
        return report::no_document(&project, site.coverage());
    }
    let for_people = report.message_format == MessageFormat::Human;
    match proof::prove(&site, "", for_people) {
        proof::Outcome::Nothing => diagnostics.extend(site.check()),
        proof::Outcome::Proved(proved) => diagnostics.extend(proved.diagnostics()),
        proof::Outcome::Refused(found) => diagnostics.extend(found),
    }
    if !files.is_empty() {
        diagnostics.retain(|diagnostic| is_about(diagnostic, files));
        return report::print_diagnostics(diagnostics, &project.config, report).1;
    }
    let (counts, outcome) = report::print_diagnostics(diagnostics, &project.config, report);
    let documents = counted(site.documents(), "document");
    let found = if counts.tail().is_empty() { ", nothing wrong".to_owned() } else { counts.tail() };
    let not_shown = report::not_shown(&site, report.verbosity);
    report::summary(&format!("{documents}, {}{found}\n{not_shown}", counted(site.pages(), "page")), report);
    outcome
}
