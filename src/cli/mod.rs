//! Words on the command line to calls; the only room that prints.

mod annotate;
mod build;
mod check;
mod completions;
mod export;
mod import;
mod inspect;
mod leaks;
mod licenses;
mod man;
mod new;
mod one_file;
mod report;
mod serve;
mod theme;
mod threads;

use crate::diagnostic;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;

/// Turn a folder of incident postmortems into a searchable static archive.
#[derive(Debug, Parser)]
#[command(
    name = "casebook",
    version,
    about,
    propagate_version = true,
    arg_required_else_help = true,
    args_conflicts_with_subcommands = true
)]
struct Cli {
    /// Print the licences of the program and of what is inside it
    #[arg(long)]
    licenses: bool,

    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write the archive as a folder of plain files
    Build(build::BuildArgs),
    /// Do all of a build but the writing, or say what is wrong with the documents named
    Check(check::CheckArgs),
    /// Print the archive as data: JSON, CSV, lines of JSON, or for a search engine
    Export(export::ExportArgs),
    /// Prove that nothing internal is in a folder that is, or is to be, public
    Leaks(leaks::LeaksArgs),
    /// Show every value of a document with the words that it was read from
    Inspect(inspect::InspectArgs),
    /// Print the front matter that documents could have, or add it
    Annotate(annotate::AnnotateArgs),
    /// Begin a postmortem: write a dated skeleton and print its path
    New(new::NewArgs),
    /// Turn exports of other tools into documents
    Import(import::ImportArgs),
    /// Preview the archive in the browser
    #[command(aliases = ["server", "dev"])]
    Serve(serve::ServeArgs),
    /// Make a theme of one's own
    Theme(theme::ThemeArgs),
    /// Print a script by which a shell completes the command line
    Completions(completions::CompletionsArgs),
    /// Print the manual page, or write one for each command into a folder
    Man(man::ManArgs),
}

/// What to build from.
#[derive(Debug, Clone, Args)]
struct SiteArgs {
    /// A site (with site.toml or content/), or any folder of postmortems
    #[arg(default_value = ".")]
    root: PathBuf,

    /// Address that the archive will have, for feeds, sitemap and canonical links
    #[arg(short = 'u', long, value_name = "URL", alias = "baseURL")]
    base_url: Option<String>,

    /// Which edition of site.toml; `public` when none is named
    #[arg(short, long, value_name = "NAME")]
    edition: Option<String>,

    /// Include documents marked `draft: true`
    #[arg(long, short_alias = 'D', alias = "buildDrafts")]
    drafts: bool,

    /// Make a warning or note an error, by its name; repeatable
    #[arg(long, value_name = "CODE", value_parser = denied)]
    deny: Vec<String>,
}

/// The name of a warning or note.
fn denied(name: &str) -> Result<String, String> {
    let names = || diagnostic::CODES.iter().map(|row| row.name);
    match (diagnostic::row_named(name), diagnostic::nearest(name, names())) {
        (Some(_), _) => Ok(name.to_owned()),
        (None, Some(near)) => Err(format!("no warning has this name; did you mean `{near}`?")),
        (None, None) => {
            Err("no warning has this name; each is named in brackets where it is shown".to_owned())
        }
    }
}

/// What to say, and how.
#[derive(Debug, Args)]
struct ReportArgs {
    /// How diagnostics are printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    message_format: MessageFormat,

    /// Make warnings count as errors in the exit code
    #[arg(long)]
    strict: bool,

    #[command(flatten)]
    verbosity: Verbosity,
}

/// How much to say, and whether in colour.
#[derive(Debug, Clone, Copy, Args)]
struct Verbosity {
    /// Say only what is wrong
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,

    /// Show notes too: what was skipped, decoded or not understood
    #[arg(short, long)]
    verbose: bool,

    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    color: Color,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MessageFormat {
    /// For people: the line, carets, a suggestion
    Human,
    /// One JSON object a line
    Json,
    /// Annotations for GitHub Actions
    Github,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

/// How a command ended; the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Fine,
    /// The archive has errors; it was built all the same.
    Faulty,
    CouldNotRun,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(match outcome {
            Outcome::Fine => 0,
            Outcome::Faulty => 1,
            Outcome::CouldNotRun => 2,
        })
    }
}

/// Runs the command line.
pub fn main() -> ExitCode {
    diagnostic::tell_in_one_line(report::say);
    let command = Cli::parse().command;
    threads::start();
    diagnostic::caught("", || run(command)).unwrap_or_else(|fault| report::failed(*fault)).into()
}

fn run(command: Option<Command>) -> Outcome {
    match command {
        // Without a command it was `--licenses`: nothing at all prints the help.
        None => licenses::run(),
        Some(Command::Build(args)) => build::run(&args),
        Some(Command::Check(args)) => check::run(&args),
        Some(Command::Export(args)) => export::run(&args),
        Some(Command::Leaks(args)) => leaks::run(&args),
        Some(Command::Inspect(args)) => inspect::run(&args),
        Some(Command::Annotate(args)) => annotate::run(&args),
        Some(Command::New(args)) => new::run(&args),
        Some(Command::Import(args)) => import::run(&args),
        Some(Command::Serve(args)) => serve::run(&args),
        Some(Command::Theme(args)) => theme::run(&args),
        Some(Command::Completions(args)) => completions::run(&args),
        Some(Command::Man(args)) => man::run(&args),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_declaration_is_sound() {
        Cli::command().debug_assert();
    }
}
