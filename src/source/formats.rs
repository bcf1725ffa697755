//! Text formats that are not read. Incidents may stand in them, so their files are counted and named;
//! pictures and other files beside documents are not.

use super::walk::Found;
use super::written;
use crate::diagnostic::{Code, Diagnostic};

/// Endings of files that people write text in.
#[rustfmt::skip]
const FORMATS: &[&str] = &[
    "adoc", "asciidoc", "creole", "csv", "doc", "docx", "eml", "epub", "erb", "ipynb", "json", "jsonl",
    "mdx", "mediawiki", "mht", "mkd", "mkdn", "msg", "ndjson", "odt", "org", "pages", "pdf", "pod", "pptx", "qmd",
    "rdoc", "rmd", "rst", "rtf", "tex", "textile", "tsv", "wiki", "xlsx", "xml", "yaml", "yml",
];

/// Files in these formats that belong to tools, and never tell of an incident.
#[rustfmt::skip]
const OF_TOOLS: &[&str] = &[
    "_config.yml", "antora.yml", "app.json", "bower.json", "codecov.yml", "composer.json", "deno.json", "docker-compose.yaml",
    "docker-compose.yml", "jsconfig.json", "lerna.json", "manifest.json", "mkdocs.yaml", "mkdocs.yml",
    "package-lock.json", "package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml", "pom.xml", "renovate.json",
    "tsconfig.json", "turbo.json", "vercel.json",
];

/// Formats that exports of other tools come in.
const EXPORTS: &[&str] = &["csv", "json", "jsonl", "ndjson", "tsv"];

/// Whether files of an ending may be exports of other tools.
pub(super) fn may_be_export(extension: &str) -> bool {
    EXPORTS.contains(&extension)
}

/// The ending of a file in a text format that is not read; nothing for all other files.
pub(super) fn not_read(path: &str) -> Option<&'static str> {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let (_, extension) = name.rsplit_once('.').filter(|_| !written::is_named(&name))?;
    let format = FORMATS.iter().find(|format| **format == extension)?;
    (!OF_TOOLS.contains(&name.as_str())).then_some(*format)
}

/// Says that a file is not read.
pub(super) fn note(found: &Found) -> Option<Diagnostic> {
    let extension = not_read(&found.path)?;
    let note =
        Diagnostic::new(Code::NotRead, format!("files in .{extension} are not read")).in_file(&found.shown);
    Some(note.help(match may_be_export(extension) {
        true => "`casebook import` makes documents of exports of other tools",
        false => "save its text as .md, .html or .txt to have it in the archive",
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_told_from_pictures_and_from_files_of_tools() {
        for (path, format) in [
            ("2024/Queue.HTML", None),
            ("2024/Queue.RST", Some("rst")),
            ("queue.html.md.erb", None),
            ("queue.html.erb", Some("erb")),
            ("incidents.json", Some("json")),
            ("web/package.json", None),
            ("_config.yml", None),
            ("graph.png", None),
            ("style.css", None),
            ("queue.md", None),
            ("html", None),
        ] {
            assert_eq!(not_read(path), format, "{path}");
        }
    }
}
