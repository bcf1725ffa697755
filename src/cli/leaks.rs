//! `casebook leaks`: proves that nothing internal is in a folder, whoever made it.

use super::report::{self, could_not_run};
use super::{Outcome, ReportArgs, SiteArgs};
use crate::proof::{Hit, Proof};
use crate::site::Site;
use crate::source;
use clap::Args;
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

#[derive(Debug, Args)]
pub struct LeaksArgs {
    /// The folder that is, or is to be, public: the output of a build, or a copy of a published site
    folder: PathBuf,

    /// The site that it was made of
    #[arg(long, value_name = "ROOT", default_value = ".")]
    site: PathBuf,

    /// Which edition of site.toml it has; `public` when none is named
    #[arg(short, long, value_name = "NAME")]
    edition: Option<String>,

    #[command(flatten)]
    report: ReportArgs,
}

/// Looks through every file of the folder.
pub fn run(args: &LeaksArgs) -> Outcome {
    let (edition, root) = (args.edition.clone(), args.site.clone());
    let site = SiteArgs { root, base_url: None, edition, drafts: false, deny: Vec::new() };
    let (project, diagnostics) = match report::project(&site, &args.report) {
        Ok(found) => found,
        Err(outcome) => return outcome,
    };
    let (site, _) = Site::load(&project);
    let Some(proof) = Proof::of(&site) else {
        let help = "add `[editions.public]` to site.toml, or name an edition that is not `internal`";
        return could_not_run("there is nothing that must not be in the folder", Some(help));
    };
    let files = match files(&args.folder) {
        Ok(files) => files,
        Err(message) => return could_not_run(&message, None),
    };
    let proof = proof.of_folder(search_page(&args.folder).as_deref());
    let looked: Result<Vec<Vec<Hit>>, String> =
        files.par_iter().map(|file| look(&proof, &args.folder, file)).collect();
    let hits = match looked {
        Ok(hits) => proof.settled(hits.concat()),
        Err(message) => return could_not_run(&message, None),
    };
    let for_people = args.report.message_format == super::MessageFormat::Human;
    let shown = format!("{}/", args.folder.display());
    let found = proof.diagnostics(&hits, &shown, for_people);
    let (_, outcome) =
        report::print_diagnostics([diagnostics, found].concat(), &project.config, &args.report);
    report::summary(&format!("{}\n", proof.summary(files.len(), hits.len())), &args.report);
    outcome
}

/// Paths of all files below a folder, in order. Links are files: whoever serves the folder may follow them.
fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = WalkDir::new(folder).sort_by_file_name().follow_links(true).into_iter();
    let file = |entry: walkdir::Result<walkdir::DirEntry>| match entry {
        Ok(entry) => entry.file_type().is_file().then(|| Ok(entry.into_path())),
        Err(error) => Some(Err(format!("cannot read the folder `{}`: {error}", folder.display()))),
    };
    entries.filter_map(file).collect()
}

fn search_page(folder: &Path) -> Option<String> {
    std::fs::read_to_string(folder.join("search.html")).ok()
}

fn look(proof: &Proof, folder: &Path, file: &Path) -> Result<Vec<Hit>, String> {
    let bytes = std::fs::read(file)
        .map_err(|error| format!("cannot read `{}`: {}", file.display(), source::reason(&error)))?;
    let path = file.strip_prefix(folder).unwrap_or(file).to_string_lossy().replace('\\', "/");
    Ok(proof.look(&path, &bytes))
}
