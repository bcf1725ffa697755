//! How a document is written, by its name: in Markdown, as a page in HTML, or as a template of Markdown. All become
//! Markdown here, and whoever reads them knows the lines of the file nevertheless.

use super::{Gaps, html};
use std::borrow::Cow;

/// How a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    Markdown,
    Html,
    /// Markdown with the tags of ERB in it, as generators of sites take it.
    Erb,
}

/// Endings of documents.
const ENDINGS: &[(&str, Written)] = &[
    (".md.erb", Written::Erb),
    (".markdown.erb", Written::Erb),
    (".md", Written::Markdown),
    (".markdown", Written::Markdown),
    (".mdown", Written::Markdown),
    (".txt", Written::Markdown),
    (".html", Written::Html),
    (".htm", Written::Html),
    (".xhtml", Written::Html),
];

fn written(path: &str) -> Option<Written> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ends = |ending: &str| {
        let at = name.len().checked_sub(ending.len());
        at.and_then(|at| name.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(ending))
    };
    ENDINGS.iter().find(|(ending, _)| ends(ending)).map(|(_, written)| *written)
}

/// Whether a document is a page in HTML.
pub fn is_page(path: &str) -> bool {
    written(path) == Some(Written::Html)
}

/// Whether a name ends like that of a document.
pub(super) fn is_named(path: &str) -> bool {
    written(path).is_some()
}

/// The path of each document that a page could be made of: a generator may have written it beside its source.
pub(super) fn sources(page: &str) -> impl Iterator<Item = String> {
    let stem = page.rsplit_once('.').map_or("", |(stem, _)| stem);
    let of_page = is_page(page);
    ENDINGS
        .iter()
        .filter(move |(_, written)| of_page && *written == Written::Markdown)
        .map(move |(ending, _)| format!("{stem}{ending}"))
}

/// A document as Markdown.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub text: String,
    pub gaps: Gaps,
    /// It is no longer what stands in the file.
    pub is_changed: bool,
}

/// Reads a text as the document that its name says it is.
pub(super) fn read(path: &str, text: String) -> Read {
    match written(path) {
        Some(Written::Html) => page(&text),
        Some(Written::Erb) => match without_tags(&text) {
            Cow::Borrowed(_) => Read { text, ..Read::default() },
            Cow::Owned(text) => Read { text, is_changed: true, ..Read::default() },
        },
        Some(Written::Markdown) | None => Read { text, ..Read::default() },
    }
}

/// A page, whose front matter stays what it is.
fn page(text: &str) -> Read {
    let front = text.strip_prefix("---\n").and_then(|rest| rest.find("\n---\n")).map_or(0, |at| at + 9);
    let (front, page) = text.split_at(front);
    let above = front.lines().count() as u32;
    let html::Markdown { text, lines } = html::markdown(page);
    let gaps = Gaps::of_lines((1..=above).chain(lines.into_iter().map(|line| line + above)));
    Read { text: format!("{front}{text}"), gaps, is_changed: true }
}

/// A text without `<% … %>`; what it leaves are as many lines.
fn without_tags(text: &str) -> Cow<'_, str> {
    if !text.contains("<%") {
        return Cow::Borrowed(text);
    }
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, tag)) = rest.split_once("<%") {
        out += before;
        let (tag, after) = tag.split_once("%>").unwrap_or((tag, ""));
        out.extend(tag.chars().filter(|c| *c == '\n'));
        rest = after;
    }
    Cow::Owned(out + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_how_a_document_is_written() {
        for (path, wanted) in [
            ("a/b.md", Some(Written::Markdown)),
            ("README.TXT", Some(Written::Markdown)),
            ("a.html", Some(Written::Html)),
            ("a.HTM", Some(Written::Html)),
            ("a.html.md", Some(Written::Markdown)),
            ("a.html.md.erb", Some(Written::Erb)),
            ("a.html.erb", None),
            ("a.json", None),
            ("html", None),
            ("é", None),
        ] {
            assert_eq!(written(path), wanted, "{path}");
        }
    }

    #[test]
    fn a_page_keeps_its_front_matter_and_its_lines() {
        let read = read("a.html", "---\ntitle: A\n---\n\n<p>b</p>\n<p>c</p>\n".to_owned());
        assert_eq!(read.text, "---\ntitle: A\n---\nb\n\nc\n");
        assert_eq!([1, 2, 3, 4, 5, 6].map(|line| read.gaps.line_of_file(line)), [1, 2, 3, 5, 6, 6]);
    }

    #[test]
    fn tags_of_a_template_go_and_lines_stay() {
        let text = |text: &str| read("a.html.md.erb", text.to_owned()).text;
        assert_eq!(text("a <%= b\n%> c\n<% d"), "a \n c\n");
        assert_eq!(text("a % b"), "a % b");
    }
}
