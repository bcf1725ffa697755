//! `casebook annotate`: the front matter that documents could have, as a diff or written to them.

use super::{Outcome, one_file, report};
use crate::infer::annotate::{Annotation, Refusal, annotate, diff};
use crate::source;
use clap::Args;
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct AnnotateArgs {
    /// The documents
    #[arg(required = true)]
    files: Vec<PathBuf>,

    /// Add the lines to the files instead of printing them
    #[arg(short, long)]
    write: bool,
}

/// Shows or writes the lines for each document; one that cannot be annotated does not stop the others.
pub fn run(args: &AnnotateArgs) -> Outcome {
    let outcomes: Vec<Outcome> = args.files.iter().map(|file| one(file, args.write)).collect();
    let worst = |worse: Outcome| outcomes.contains(&worse).then_some(worse);
    worst(Outcome::CouldNotRun).or(worst(Outcome::Faulty)).unwrap_or(Outcome::Fine)
}

fn one(file: &Path, write: bool) -> Outcome {
    let one = match one_file::open(file) {
        Ok(one) => one,
        Err(outcome) => return outcome,
    };
    match annotate(&one.source, &one.vocabulary, &one.archive) {
        Err(refusal) => {
            report::say(&format!("{}: {}\n", file.display(), why(refusal)));
            if refusal == Refusal::NotAPostmortem { Outcome::Fine } else { Outcome::Faulty }
        }
        Ok(None) => {
            report::say(&format!("{}: nothing to add\n", file.display()));
            Outcome::Fine
        }
        Ok(Some(annotation)) if write => save(&one, &annotation),
        Ok(Some(annotation)) => {
            report::print_data(|out| out.write_all(diff(&one.source, &annotation).as_bytes()))
        }
    }
}

fn why(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NotAPostmortem => "not a postmortem; nothing to add",
        Refusal::Several => "it tells of several incidents, and front matter can speak of only one",
        Refusal::BrokenFrontMatter => {
            "its front matter cannot be parsed; mend it first (`casebook check` shows where)"
        }
    }
}

/// Puts the lines into the file as it is on disk: its encoding, byte-order mark and line ends stay.
fn save(one: &one_file::OneFile, annotation: &Annotation) -> Outcome {
    let source = &one.source;
    if source::is_page(&source.path) {
        let message = format!("`{}` is a page in HTML, and is left alone", source.shown);
        return report::could_not_run(&message, Some("save its text as .md, then annotate it"));
    }
    let written = || {
        std::fs::read(&one.disk).ok().filter(|bytes| source.form.encode(&source.text).as_ref() == Some(bytes))
    };
    let Some(bytes) = written().and_then(|_| source.form.encode(&annotation.apply(&source.text))) else {
        let message = format!("`{}` would not come out as it was, and is left alone", source.shown);
        return report::could_not_run(
            &message,
            Some("save it as UTF-8 with one kind of line ends, then annotate it"),
        );
    };
    match replace(&one.disk, &bytes) {
        Ok(()) => {
            report::say(&format!(
                "{}: added {}\n",
                source.shown,
                report::counted(annotation.lines.lines().count(), "line")
            ));
            Outcome::Fine
        }
        Err(error) => report::could_not_run(
            &format!("cannot write `{}`: {}", source.shown, source::reason(&error)),
            None,
        ),
    }
}

/// Writes beside the file and renames over it, so that it is never half written; its permissions stay.
pub fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().set_permissions(std::fs::metadata(path)?.permissions())?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}
