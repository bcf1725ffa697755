//! `casebook import`: exports of other tools as documents.

use super::report::{self, could_not_run, counted};
use super::{Outcome, ReportArgs, annotate, new};
use crate::diagnostic::{Code, Diagnostic};
use crate::import::{
    self, Existing, Fate, IMPORTERS, Import, Importer, Options, Package, Planned, STANDARD_INPUT, plan,
};
use crate::project::Project;
use crate::source;
use clap::Args;
use clap::builder::PossibleValuesParser;
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
#[command(after_help = tools())]
pub struct ImportArgs {
    /// An export: a file, a folder of files, a zip of one, or `-` for standard input
    #[arg(value_name = "FILE|FOLDER|-")]
    path: PathBuf,

    /// The tool that it comes from [default: seen from its fields]
    #[arg(long, value_name = "TOOL", value_parser = names(), hide_possible_values = true)]
    from: Option<String>,

    /// Folder that the documents are written to
    #[arg(long, value_name = "FOLDER", default_value = "content/imported")]
    into: PathBuf,

    /// The column of a table that holds a field, such as `start="Impact started"`; repeatable
    #[arg(long, value_name = "FIELD=COLUMN", value_parser = mapped)]
    map: Vec<(String, String)>,

    /// Say what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,

    /// Rewrite documents that were imported before and that nobody edited since
    #[arg(long)]
    update: bool,

    /// Import what can be read of a broken export
    #[arg(long)]
    partial: bool,

    #[command(flatten)]
    report: ReportArgs,
}

fn names() -> PossibleValuesParser {
    PossibleValuesParser::new(IMPORTERS.iter().map(|importer| importer.name))
}

/// What can be imported, for the help.
fn tools() -> String {
    let row = |importer: &Importer| format!("  {:<12} {}\n", importer.name, importer.reads_as);
    let rows: String = IMPORTERS.iter().map(row).collect();
    format!(
        "Tools:\n{rows}\nEach incident becomes one Markdown file. A file of yours is never overwritten. Nothing is \
         fetched:\nsave the answer of an API to a file, or pipe it into `casebook import -`."
    )
}

fn mapped(text: &str) -> Result<(String, String), String> {
    let (field, column) =
        text.split_once('=').ok_or("expected FIELD=COLUMN, such as `start=\"Impact started\"`")?;
    match import::is_field(field) {
        true => Ok((field.trim().to_owned(), column.trim().to_owned())),
        false => Err(format!(
            "`{field}` is no field; fields are those of front matter, such as `title` and `start`"
        )),
    }
}

/// Reads the export, and writes its documents.
pub fn run(args: &ImportArgs) -> Outcome {
    let project = match report::any_project(Path::new(".")) {
        Ok((project, _)) => project,
        Err(outcome) => return outcome,
    };
    let package = match open(&args.path) {
        Ok(package) => package,
        Err(diagnostic) => {
            report::print_diagnostics(vec![*diagnostic], &project.config, &args.report);
            return could_not_run("nothing was imported", None);
        }
    };
    let options = options(args);
    let mut import = import::import(&package, &options);
    let is_refused = import.is_refused(&options);
    let documents = std::mem::take(&mut import.documents);
    if is_refused {
        report::print_diagnostics(import.diagnostics, &project.config, &args.report);
        return could_not_run("nothing was imported", None);
    }
    let planned = plan(documents, &args.into, &Existing::read(&looked_in(&project, &args.into)));
    let mut diagnostics = std::mem::take(&mut import.diagnostics);
    diagnostics.extend(planned.iter().filter(|it| it.fate == Fate::EditedAndChanged).map(edited));
    if !args.dry_run {
        diagnostics.extend(
            planned.iter().filter(|it| is_written(it, args)).filter_map(|it| Some(*write(it).err()?)),
        );
    }
    let (_, outcome) = report::print_diagnostics(diagnostics, &project.config, &args.report);
    report::summary(&summary(&import, &planned, args), &args.report);
    outcome
}

fn open(path: &Path) -> Result<Package, Box<Diagnostic>> {
    if path != Path::new(STANDARD_INPUT) {
        return Package::open(path);
    }
    let mut bytes = Vec::new();
    let read = io::stdin().lock().read_to_end(&mut bytes);
    read.map(|_| Package::given(bytes)).map_err(|error| {
        let message = format!("standard input cannot be read: {}", source::reason(&error));
        Box::new(Diagnostic::new(Code::Unreadable, message))
    })
}

fn options(args: &ImportArgs) -> Options {
    let named = |name: &String| IMPORTERS.iter().find(|importer| importer.name == name);
    Options { from: args.from.as_ref().and_then(named), map: args.map.clone(), is_partial: args.partial }
}

/// Where documents that were imported before may be: all of the site's, or the folder that is written to.
fn looked_in(project: &Project, into: &Path) -> PathBuf {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match absolute(into).starts_with(absolute(&project.content)) && !project.bare {
        true => project.content.clone(),
        false => into.to_owned(),
    }
}

fn is_written(planned: &Planned, args: &ImportArgs) -> bool {
    match planned.fate {
        Fate::New => true,
        Fate::Changed => args.update,
        Fate::Same | Fate::Edited | Fate::EditedAndChanged => false,
    }
}

/// Writes a document and what stands beside it. A file that is there and was not imported is left alone.
fn write(planned: &Planned) -> Result<(), Box<Diagnostic>> {
    let failed = |path: &Path, error: &io::Error| {
        let message = format!("cannot be written: {}", source::reason(error));
        Box::new(Diagnostic::new(Code::Write, message).in_file(&source::shown(path)))
    };
    for (path, bytes) in &planned.files {
        match new::create(path, bytes) {
            // Its name holds the hash of what is in it.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            written => written.map_err(|error| failed(path, &error))?,
        }
    }
    let bytes = planned.text.as_bytes();
    let written = match planned.fate {
        Fate::Changed => annotate::replace(&planned.path, bytes),
        _ => new::create(&planned.path, bytes),
    };
    written.map_err(|error| failed(&planned.path, &error))
}

fn edited(planned: &Planned) -> Diagnostic {
    let message = "it was edited since it was imported, and is kept; the export says something else now";
    Diagnostic::new(Code::ImportEdited, message)
        .in_file(&source::shown(&planned.path))
        .help("delete it and import again to have it as exported")
}

/// What was read, what became of it, and what was not read.
fn summary(import: &Import, planned: &[Planned], args: &ImportArgs) -> String {
    let mut text = String::new();
    for (importer, files) in &import.reads {
        let documents = |it: &&Planned| it.kind == importer.name;
        let incidents = counted(planned.iter().filter(documents).count(), "incident");
        let files = if *files == 1 { "1 file reads".to_owned() } else { format!("{files} files read") };
        text += &format!("{files} as {}: {incidents}\n", importer.reads_as);
    }
    if args.dry_run || args.report.verbosity.verbose {
        let verb = if args.dry_run { "would write" } else { "wrote" };
        let paths = planned.iter().filter(|it| is_written(it, args));
        text += &paths.map(|it| format!("{verb} {}\n", source::shown(&it.path))).collect::<String>();
    }
    text += &format!("{}: {}\n", source::shown(&args.into), fates(planned, args));
    if !import.passed_over.is_empty() {
        text += &format!(
            "{} not read: {}\n",
            counted(import.passed_over.len(), "file"),
            endings(&import.passed_over)
        );
    }
    text
}

/// "3 new, 1 edited and kept".
fn fates(planned: &[Planned], args: &ImportArgs) -> String {
    let changed = if args.update { "rewritten" } else { "changed in the export (--update rewrites them)" };
    let words = [
        (Fate::New, "new"),
        (Fate::Changed, changed),
        (Fate::Same, "the same as before"),
        (Fate::Edited, "edited and kept"),
        (Fate::EditedAndChanged, "edited and kept, and changed in the export"),
    ];
    let count = |fate: Fate| planned.iter().filter(|it| it.fate == fate).count();
    let parts = words.iter().map(|(fate, words)| (count(*fate), words)).filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts.map(|(count, words)| format!("{count} {words}")).collect();
    if parts.is_empty() { "nothing to write".to_owned() } else { parts.join(", ") }
}

/// "3 .png, 1 .log", the most frequent first.
fn endings(all: &[String]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    all.iter().for_each(|ending| *counts.entry(ending).or_default() += 1);
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(ending, count)| (std::cmp::Reverse(*count), *ending));
    counts.iter().map(|(ending, count)| format!("{count} {ending}")).collect::<Vec<_>>().join(", ")
}
