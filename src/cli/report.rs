//! What is printed: diagnostics, the summary line, and why a command could not run.

use super::{Color, MessageFormat, Outcome, ReportArgs, SiteArgs, Verbosity};
use crate::config::{self, Config};
use crate::diagnostic::{self, Diagnostic, Level, Places, printable};
use crate::project::{Missing, Project};
use crate::site::Site;
use crate::source::{self, Coverage};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::Path;

/// Prints to standard error; a closed pipe is no reason to stop.
pub fn say(text: &str) {
    say_styled(&printable(text));
}

/// The same for a text that is coloured already.
fn say_styled(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// Prints to standard output. A reader that went away ends the command quietly.
pub fn print(text: &str) -> Outcome {
    print_bytes(|out| out.write_all(printable(text).as_bytes()))
}

/// The same for data, which programs get as it is, and people so that it steers no terminal.
pub fn print_data(write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Outcome {
    if std::io::stdout().is_terminal() {
        let mut bytes = Vec::new();
        // Memory takes everything.
        let _ = write(&mut bytes);
        return print_bytes(|out| out.write_all(printable(&String::from_utf8_lossy(&bytes)).as_bytes()));
    }
    print_bytes(write)
}

fn print_bytes(write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Outcome {
    let mut out = BufWriter::new(std::io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Ok(()) => Outcome::Fine,
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Outcome::Fine,
        Err(error) => could_not_run(&format!("cannot print: {error}"), None),
    }
}

/// Says why nothing was done.
pub fn could_not_run(message: &str, help: Option<&str>) -> Outcome {
    let help = help.map(|help| format!("  help: {help}\n")).unwrap_or_default();
    say(&format!("error: {message}\n{help}"));
    Outcome::CouldNotRun
}

/// Says that casebook itself failed.
pub fn failed(fault: Diagnostic) -> Outcome {
    say(&diagnostic::human(&[fault], Places::All, false));
    Outcome::CouldNotRun
}

/// Why there is no site, and what helps.
pub type NoSite = (String, Option<&'static str>);

/// Finds the site that the command line names, or says why it is none.
pub fn any_project(root: &Path) -> Result<(Project, Vec<Diagnostic>), Outcome> {
    Project::locate(root).map_err(|missing| no_site(&missing))
}

/// The same for a site that is to be published: its settings must allow that.
pub fn project(args: &SiteArgs, report: &ReportArgs) -> Result<(Project, Vec<Diagnostic>), Outcome> {
    let (project, diagnostics) =
        find_project(args).map_err(|(message, help)| could_not_run(&message, help))?;
    if project.config.is_refused {
        print_diagnostics(diagnostics, &project.config, report);
        return Err(could_not_run(
            "nothing was done: a setting in site.toml that decides what is published cannot be used",
            None,
        ));
    }
    Ok((project, diagnostics))
}

/// Finds the site that the command line names, with its overrides; else a message and what helps.
pub fn find_project(args: &SiteArgs) -> Result<(Project, Vec<Diagnostic>), NoSite> {
    let (project, diagnostics) = Project::locate(&args.root).map_err(|missing| missing_site(&missing))?;
    let mut project = project.edition(args.edition.as_deref()).map_err(|message| (message, None))?;
    if let Some(url) = &args.base_url {
        project.config.base_url =
            Some(config::base_url(url).map_err(|message| (format!("--base-url: {message}"), None))?);
    }
    project.config.drafts |= args.drafts;
    project.config.deny.extend(args.deny.iter().cloned());
    project.config.today = Some(today());
    Ok((project, diagnostics))
}

/// The day it is, in UTC, or the one that reproducible builds set. The only clock that is read:
/// no value of a document and no page depends on it.
pub fn today() -> Date {
    let set = std::env::var("SOURCE_DATE_EPOCH")
        .ok()
        .and_then(|seconds| Timestamp::from_second(seconds.parse().ok()?).ok());
    set.unwrap_or_else(Timestamp::now).to_zoned(TimeZone::UTC).date()
}

/// Says why there is no site.
pub fn no_site(missing: &Missing) -> Outcome {
    let (message, help) = missing_site(missing);
    could_not_run(&message, help)
}

fn missing_site(missing: &Missing) -> NoSite {
    let help = match missing {
        Missing::Root(..) => Some("name the folder that holds your postmortems: `casebook build FOLDER`"),
        Missing::Unreadable(..) => Some("nothing was written; build again once its files can be read"),
        Missing::NotAFolder(_) => Some(
            "name the folder it stands in; to see what is read from one file, use `casebook inspect FILE`",
        ),
        Missing::Config(..) => None,
        Missing::Content(_) => Some("`content` under `[paths]` in site.toml names it"),
    };
    (missing.to_string(), help)
}

/// Prints the diagnostics of a run, and says how it ended. Diagnostics for people go to
/// standard error, those for programs to standard output.
pub fn print_diagnostics(mut all: Vec<Diagnostic>, config: &Config, args: &ReportArgs) -> (Counts, Outcome) {
    diagnostic::decide(&mut all, &config.silence, &config.deny);
    diagnostic::sort(&mut all);
    all.dedup();
    let counts = Counts::of(&all);
    all.retain(|d| match d.level {
        Level::Error => true,
        Level::Warning => !args.verbosity.quiet,
        Level::Note => args.verbosity.verbose,
    });
    match args.message_format {
        MessageFormat::Human => {
            let named = if args.verbosity.verbose { Places::All } else { Places::First };
            say_styled(&diagnostic::human(&all, named, use_color(args.verbosity.color)));
        }
        MessageFormat::Json => drop(print(&diagnostic::json(&all))),
        MessageFormat::Github => drop(print(&diagnostic::github(&all))),
    }
    let faulty = counts.errors > 0 || args.strict && counts.warnings > 0;
    (counts, if faulty { Outcome::Faulty } else { Outcome::Fine })
}

pub fn use_color(color: Color) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            std::io::stderr().is_terminal()
                && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        }
    }
}

/// Prints how a run went: for people to standard output, beside messages for programs to standard error.
pub fn summary(text: &str, args: &ReportArgs) {
    match (args.verbosity.quiet, args.message_format) {
        (true, _) => {}
        (false, MessageFormat::Human) => drop(print(text)),
        (false, _) => say(text),
    }
}

/// Says that there is no document in a folder, and what was looked for.
pub fn no_document(project: &Project, coverage: &Coverage) -> Outcome {
    let folder = source::shown(&project.content);
    let folder = if folder.is_empty() { "this folder".to_owned() } else { format!("`{folder}`") };
    let not_read = coverage.not_read_counted().map(|counted| format!("; {counted}")).unwrap_or_default();
    let help =
        format!("documents are .md, .markdown, .mdown, .html and .txt files, in any folders below{not_read}");
    could_not_run(&format!("there is no document in {folder}"), Some(&help))
}

/// Lines that say what of the folder's text is not in the archive; nothing when all is.
pub fn not_shown(site: &Site, verbosity: Verbosity) -> String {
    let naming = if verbosity.verbose { "" } else { "; --verbose names them" };
    let coverage = site.coverage();
    let unnamed = if site.names_left_out() { naming } else { "" };
    let lines = [
        (coverage.left_out_counted(), unnamed),
        (coverage.not_read_counted(), naming),
        (coverage.how_to_import(), ""),
    ];
    lines.into_iter().filter_map(|(line, naming)| Some(format!("{}{naming}\n", line?))).collect()
}

/// How many diagnostics of each level there were.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
}

impl Counts {
    fn of(all: &[Diagnostic]) -> Counts {
        let count = |level| all.iter().filter(|d| d.level == level).count();
        Counts { errors: count(Level::Error), warnings: count(Level::Warning), notes: count(Level::Note) }
    }

    /// ", 2 errors, 1 warning", or nothing.
    pub fn tail(self) -> String {
        let part =
            |n: usize, noun: &str| if n > 0 { format!(", {}", counted(n, noun)) } else { String::new() };
        format!("{}{}", part(self.errors, "error"), part(self.warnings, "warning"))
    }
}

/// "1 page", "2 pages".
pub fn counted(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}
