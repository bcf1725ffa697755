//! `casebook new`: the skeleton of a postmortem, to be filled in.

use super::Outcome;
use super::report::{self, could_not_run};
use crate::address;
use crate::source::{self, reason};
use clap::Args;
use clap::builder::NonEmptyStringValueParser;
use jiff::civil::Date;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A site's own skeleton, under its root. `{{ title }}`, `{{ date }}`, `{{ severity }}`, `{{ cause }}`
/// and `{{ services }}` stand for what was asked for, written as front matter wants it.
const OWN: &str = "archetypes/postmortem.md";

const BUILT_IN: &str = "---
title: {{ title }}
date: {{ date }}
severity: {{ severity }}
cause: {{ cause }}
services: {{ services }}
---

## Summary

## Impact

## Timeline

## Root cause

## Resolution

## Action items
";

#[derive(Debug, Args)]
pub struct NewArgs {
    /// What the postmortem is called
    #[arg(value_parser = NonEmptyStringValueParser::new())]
    title: String,

    /// A site (with site.toml or content/), or any folder of postmortems
    #[arg(default_value = ".")]
    root: PathBuf,

    /// Its primary cause, such as `capacity`
    #[arg(long)]
    cause: Option<String>,

    /// How severe it was, such as `sev2`
    #[arg(long)]
    severity: Option<String>,

    /// A service that was hit; may be given several times
    #[arg(long)]
    service: Vec<String>,

    /// The day of the incident, as 2024-05-31 [default: today, in UTC]
    #[arg(long, value_parser = day)]
    date: Option<Date>,
}

fn day(text: &str) -> Result<Date, &'static str> {
    text.parse().map_err(|_| "expected a day such as `2024-05-31`")
}

/// Writes a new file and prints its path. A file that is there already is left alone.
pub fn run(args: &NewArgs) -> Outcome {
    let (project, _) = match report::any_project(&args.root) {
        Ok(found) => found,
        Err(outcome) => return outcome,
    };
    let date = args.date.unwrap_or_else(report::today);
    let path = project.content.join(file_name(&args.title, date));
    let text = match skeleton(&project.root) {
        Ok(skeleton) => filled(&skeleton, args, date),
        Err(error) => {
            return could_not_run(
                &format!("cannot read `{}`: {}", project.root.join(OWN).display(), reason(&error)),
                None,
            );
        }
    };
    let shown = source::shown(&path);
    match create(&path, text.as_bytes()) {
        Ok(()) => report::print(&format!("{shown}\n")),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => could_not_run(
            &format!("`{shown}` is there already"),
            Some("it was left as it is; choose another title or `--date`"),
        ),
        Err(error) => could_not_run(&format!("cannot write `{shown}`: {}", reason(&error)), None),
    }
}

/// `2024/2024-05-31-checkout-latency.md`.
fn file_name(title: &str, date: Date) -> PathBuf {
    let slug = Some(address::slugify(title))
        .filter(|slug| !slug.is_empty())
        .unwrap_or_else(|| address::nameless_slug(title));
    PathBuf::from(format!("{:04}", date.year())).join(format!("{date}-{slug}.md"))
}

fn skeleton(root: &Path) -> io::Result<String> {
    match fs::read_to_string(root.join(OWN)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(BUILT_IN.to_owned()),
        read => read,
    }
}

fn filled(skeleton: &str, args: &NewArgs, date: Date) -> String {
    // JSON's quotes are YAML's too, and those of TOML for what a title holds.
    let quoted = |text: &String| serde_json::Value::from(text.as_str()).to_string();
    let optional = |text: &Option<String>| text.as_ref().map(quoted).unwrap_or_default();
    let values = [
        ("{{ date }}", date.to_string()),
        ("{{ severity }}", optional(&args.severity)),
        ("{{ cause }}", optional(&args.cause)),
        ("{{ services }}", format!("[{}]", args.service.iter().map(quoted).collect::<Vec<_>>().join(", "))),
        // Last, so that a title that looks like a place to fill in stays as it is.
        ("{{ title }}", quoted(&args.title)),
    ];
    let filled = values.iter().fold(skeleton.to_owned(), |text, (place, value)| text.replace(place, value));
    filled.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// Writes a file that is not there yet, and the folders it stands in.
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    File::create_new(path)?.write_all(bytes)
}
