//! A single document named on the command line, read as a build would read it:
//! with the settings of its site and what its neighbours decide.

use super::{Outcome, report};
use crate::config::{self, Globs};
use crate::diagnostic::Diagnostic;
use crate::edition::Edited;
use crate::infer::{Archive, Readings, Vocabulary, day_order, read, vocabulary};
use crate::project::Project;
use crate::source::{self, LeftOut, SourceFile};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A document and what it is read with.
pub struct OneFile {
    pub disk: PathBuf,
    pub source: Arc<SourceFile>,
    pub vocabulary: Vocabulary,
    pub archive: Archive,
    pub project: Project,
    pub diagnostics: Vec<Diagnostic>,
}

/// Finds the site around `file` and reads the document whole; says why when it cannot.
pub fn open(file: &Path) -> Result<OneFile, Outcome> {
    open_as(file, Ok)
}

/// The same as an edition has the document: the one that is named, or else `public` where there are any.
pub fn open_in(file: &Path, edition: Option<&str>) -> Result<OneFile, Outcome> {
    open_as(file, |project| project.edition(edition))
}

fn open_as(file: &Path, choose: impl FnOnce(Project) -> Result<Project, String>) -> Result<OneFile, Outcome> {
    let disk = on_disk(file)?;
    let (project, mut diagnostics) =
        Project::locate(&root(&disk)).map_err(|missing| report::no_site(&missing))?;
    let project = choose(project).map_err(|message| report::could_not_run(&message, None))?;
    let (mut snapshot, _) = source::read(&project.content, &project.theme, &project.config);
    let edited = Edited::of(snapshot.documents.clone(), &project.config, None);
    if project.config.edition.is_some() {
        snapshot.documents = edited.documents();
    }
    let name = |document: &&Arc<SourceFile>| project.content.join(&document.path) == disk;
    let Some(source) = snapshot.documents.iter().find(name).cloned() else {
        if edited.left_out().any(|(path, _)| project.content.join(path) == disk) {
            let message = format!("`{}` is not in this edition", file.display());
            return Err(report::could_not_run(&message, Some("name another with `--edition`")));
        }
        let message = format!("`{}` is no document that casebook reads", file.display());
        return Err(report::could_not_run(
            &message,
            Some("documents end in .md, .markdown, .mdown, .html or .txt, and their names begin with no dot"),
        ));
    };
    // Documents that are in no archive decide nothing in it.
    let orders: Vec<Option<bool>> =
        edited.documents().iter().map(|document| day_order(&document.text)).collect();
    let archive = Archive::of(&orders);
    diagnostics.retain(|diagnostic| diagnostic.level == crate::diagnostic::Level::Error);
    let mut vocabulary = vocabulary(&project.config);
    if read(&source, &vocabulary, &archive).not_an_incident == Some(LeftOut::NoIncident) {
        // The documents beside it may show that it is an incident.
        let readings = Readings::read(snapshot.documents, &project.config, None);
        let is_incident = !readings.left_out().any(|(path, _)| path == source.path);
        vocabulary.include = if is_incident { Globs::file(&source.path) } else { vocabulary.include };
    }
    Ok(OneFile { disk, source, vocabulary, archive, project, diagnostics })
}

/// Where a file is on disk; says why when there is none.
pub fn on_disk(file: &Path) -> Result<PathBuf, Outcome> {
    let disk = file.canonicalize().map_err(|error| {
        report::could_not_run(&format!("cannot read `{}`: {}", file.display(), source::reason(&error)), None)
    })?;
    if disk.is_dir() {
        return Err(report::could_not_run(
            &format!("`{}` is a folder", file.display()),
            Some("name one document in it"),
        ));
    }
    Ok(disk)
}

/// The nearest folder above with `site.toml`, or with the content folder that holds the file; else the file's own.
pub fn root(file: &Path) -> PathBuf {
    let parent = file.parent().unwrap_or(Path::new("/"));
    let content = config::Config::default().content;
    let is_site =
        |folder: &&Path| folder.join(config::FILE).is_file() || file.starts_with(folder.join(&content));
    parent.ancestors().find(is_site).unwrap_or(parent).to_owned()
}
