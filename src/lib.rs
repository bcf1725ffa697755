//! casebook turns a folder of incident postmortems into a searchable static archive.
//!
//! It is one pure function between thin edges: files in, a [`site::Site`] out,
//! where a `Site` is a list of addresses and a function from an address to bytes.
//! [`source`] reads, [`publish`] writes, and nothing between them touches the
//! disk, the clock, the locale or the environment.
//!
//! The rooms stand in order: each may use only the rooms above it.
//!
//! ```
//! use casebook::{project::Project, site::Site};
//!
//! # let folder = tempfile::tempdir()?;
//! # std::fs::write(folder.path().join("gate.md"), "# Gate stayed shut\n\nOn 9 March 2024 the outage began at 10:00.\n")?;
//! let (project, _) = Project::locate(folder.path())?;
//! let (site, diagnostics) = Site::load(&project);
//! let home = site.render("index.html").bytes.expect("every archive has a home page");
//! assert!(String::from_utf8(home)?.contains("Gate stayed shut"));
//! assert!(diagnostics.iter().all(|diagnostic| diagnostic.code.row().name == "no-base-url"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

// Only `cli` prints, and it knows what to do when nobody listens.
#![warn(clippy::print_stdout, clippy::print_stderr)]

pub mod diagnostic;
pub mod address;
pub mod config;
pub mod source;
mod secrets;
pub mod language;
pub mod document;
pub mod incident;
pub mod project;
pub mod infer;
pub mod edition;
mod archive;
mod exports;
pub mod pages;
pub mod theme;
pub mod search;
pub mod site;
pub mod proof;
pub mod publish;
pub mod serve;
pub mod import;
pub mod cli;
