//! `casebook man`: manual pages, made from the declaration of the command line.

use super::report::{self, could_not_run};
use super::{Cli, Outcome};
use crate::source::{self, reason};
use clap::{Args, CommandFactory};
use clap_mangen::Man;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct ManArgs {
    /// Folder for one page a command, made if it is not there; without it the page of `casebook` is printed
    folder: Option<PathBuf>,
}

/// Prints a page, or writes all of them.
pub fn run(args: &ManArgs) -> Outcome {
    let command = Cli::command();
    let Some(folder) = &args.folder else {
        return report::print_data(|out| Man::new(command).render(out));
    };
    match write(folder) {
        Ok(()) => report::print(&format!("{}\n", source::shown(folder))),
        Err(error) => {
            could_not_run(&format!("cannot write to `{}`: {}", source::shown(folder), reason(&error)), None)
        }
    }
}

fn write(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    clap_mangen::generate_to(Cli::command().disable_help_subcommand(true), folder)
}
