//! `casebook annotate`: the front matter that documents could have, as a diff or written to them.

use super::{Outcome, one_file, report};
use crate::infer::annotate::{Annotation, Refusal, annotate, diff};
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
        Ok(Some(annotation)) => report::print(diff(&one.source, &annotation).as_bytes()),
    }
}

fn why(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NotAPostmortem => "not a postmortem; nothing to add",
        Refusal::Several => "it tells of several incidents, and front matter can speak of only one",
        Refusal::BrokenFrontMatter => "its front matter cannot be parsed; mend it first (`casebook check` shows where)",
    }
}

/// Puts the lines into the file as it is on disk: a byte-order mark stays first, and lines end as the others do.
fn save(one: &one_file::OneFile, annotation: &Annotation) -> Outcome {
    let bytes = match std::fs::read(&one.disk) {
        Ok(bytes) => bytes,
        Err(error) => return report::could_not_run(&format!("cannot read `{}`: {error}", one.disk.display()), None),
    };
    let Some(text) = spliced(&bytes, &one.source.text, annotation) else {
        let message = format!("`{}` was decoded to be read, and is left as it is", one.disk.display());
        return report::could_not_run(&message, Some("save it as UTF-8, then annotate it"));
    };
    match replace(&one.disk, &text) {
        Ok(()) => {
            report::say(&format!("{}: added {}\n", one.source.shown, report::counted(annotation.lines.lines().count(), "line")));
            Outcome::Fine
        }
        Err(error) => report::could_not_run(&format!("cannot write `{}`: {error}", one.disk.display()), None),
    }
}

/// The file's bytes with the lines added; `None` when the text that was read is not what stands on disk.
fn spliced(bytes: &[u8], read: &str, annotation: &Annotation) -> Option<Vec<u8>> {
    const MARK: &str = "\u{feff}";
    let raw = std::str::from_utf8(bytes).ok()?;
    let body = raw.strip_prefix(MARK).unwrap_or(raw);
    if body.replace("\r\n", "\n") != read {
        return None;
    }
    let mark = raw.len() - body.len();
    let at = mark + raw_offset(body, annotation.at);
    let lines = if body.contains("\r\n") { annotation.lines.replace('\n', "\r\n") } else { annotation.lines.clone() };
    Some([&bytes[..at], lines.as_bytes(), &bytes[at..]].concat())
}

/// The offset on disk of an offset in the text with LF line ends.
fn raw_offset(raw: &str, wanted: usize) -> usize {
    let (mut at, mut seen) = (0, 0);
    let bytes = raw.as_bytes();
    while seen < wanted && at < bytes.len() {
        at += if bytes[at..].starts_with(b"\r\n") { 2 } else { 1 };
        seen += 1;
    }
    at
}

/// Writes beside the file and renames over it, so that it is never half written; its permissions stay.
fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().set_permissions(std::fs::metadata(path)?.permissions())?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_of_the_author_stay() {
        let annotation = Annotation { at: 8, lines: "date: x\n".to_owned() };
        let bytes = b"\xef\xbb\xbf---\r\na: \r\n---\r\n\r\ntext\r\n";
        let text = spliced(bytes, "---\na: \n---\n\ntext\n", &annotation).expect("the same text");
        assert_eq!(text, b"\xef\xbb\xbf---\r\na: \r\ndate: x\r\n---\r\n\r\ntext\r\n");
        assert_eq!(spliced(b"caf\xe9", "café", &annotation), None);
    }
}
