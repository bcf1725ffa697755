//! `casebook theme eject`: a built-in template or asset, copied out to be changed.

use super::report::{self, could_not_run};
use super::{Color, Outcome, new};
use crate::diagnostic;
use crate::source::{self, reason};
use crate::theme;
use clap::{Args, Subcommand};
use std::io;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct ThemeArgs {
    #[command(subcommand)]
    command: ThemeCommand,
}

#[derive(Debug, Subcommand)]
enum ThemeCommand {
    /// Copy a built-in template or asset into the site's theme, and print its path
    Eject(EjectArgs),
}

#[derive(Debug, Args)]
struct EjectArgs {
    /// The file, such as `incident.html`, `parts/row.html` or `style.css`
    name: String,

    /// A site (with site.toml or content/), or any folder of postmortems
    #[arg(default_value = ".")]
    root: PathBuf,
}

pub fn run(args: &ThemeArgs) -> Outcome {
    match &args.command {
        ThemeCommand::Eject(args) => eject(args),
    }
}

/// Writes the file where it takes the place of the built-in one. A file that is there already is left alone.
fn eject(args: &EjectArgs) -> Outcome {
    let (project, _) = match report::any_project(&args.root) {
        Ok(found) => found,
        Err(outcome) => return outcome,
    };
    let ejected = match theme::eject(&args.name, &project.config) {
        Ok(ejected) => ejected,
        Err(diagnostic) => {
            report::say(&diagnostic::human(
                &[*diagnostic],
                diagnostic::Places::All,
                report::use_color(Color::Auto),
            ));
            return Outcome::CouldNotRun;
        }
    };
    let path = project.theme.join(&ejected.path);
    let shown = source::shown(&path);
    match new::create(&path, ejected.bytes) {
        Ok(()) => report::print(&format!("{shown}\n")),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => could_not_run(
            &format!("`{shown}` is there already"),
            Some("it was left as it is; move it away to begin anew from the built-in one"),
        ),
        Err(error) => could_not_run(&format!("cannot write `{shown}`: {}", reason(&error)), None),
    }
}
