//! Whether a document may be published, by what its author marked in front matter or text, or by its folder. In
//! doubt it may not: a document that is missing is soon noticed, one that was published by mistake cannot
//! be called back.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Document, Entry, Label, Labels, LooseKey, value_kind};
use crate::infer::context::vocabulary::Vocabulary;
use crate::infer::extract::front_matter::values::scalar;
use crate::source::{LeftOut, SourceFile};
use pulldown_cmark::{Event, Options, Parser};
use serde_json::Value;

/// Who may see a document. The later one wins where several are said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Visibility {
    #[default]
    Public,
    /// Nobody yet, unless drafts are asked for.
    Draft,
    /// Those inside.
    Internal,
}

/// The folder in which Jekyll keeps drafts.
const DRAFTS: &str = "_drafts";

/// Words of `visibility` for those inside.
const INTERNAL: &[&str] = &["internal", "private", "confidential", "restricted"];

/// What is said of a document's visibility.
#[derive(Debug, Default)]
pub struct Marked {
    pub visibility: Visibility,
    /// Marks that cannot be read.
    pub diagnostics: Vec<Diagnostic>,
}

/// A value of a mark: who may see the document, or what was expected instead.
type Mark = Result<Visibility, &'static str>;

impl Marked {
    pub fn of(source: &SourceFile, document: &Document, vocabulary: &Vocabulary) -> Marked {
        let is_among_drafts = source.path.split('/').rev().skip(1).any(|folder| folder == DRAFTS);
        let visibility = match is_among_drafts {
            _ if has_internal_part(&source.text) => Visibility::Internal,
            true => Visibility::Draft,
            false => Visibility::Public,
        };
        let mut marked = Marked { visibility, ..Marked::default() };
        for entry in &document.front_matter.entries {
            let (visibility, expected) = match mark(&vocabulary.labels, &entry.key, &entry.value) {
                Ok(visibility) => (visibility, None),
                Err(expected) => (in_doubt(&vocabulary.labels, &entry.key), Some(expected)),
            };
            marked.visibility = marked.visibility.max(visibility);
            marked.diagnostics.extend(expected.map(|expected| unreadable(source, entry, expected)));
        }
        for key in &document.front_matter.loose {
            marked.visibility = marked.visibility.max(loose(&vocabulary.labels, key));
        }
        marked
    }

    /// Why the document is left out; nothing when it is shown.
    pub fn left_out(&self, drafts: bool) -> Option<LeftOut> {
        match self.visibility {
            Visibility::Public => None,
            Visibility::Draft => (!drafts).then_some(LeftOut::Draft),
            Visibility::Internal => Some(LeftOut::Internal),
        }
    }

    /// Says that the document is left out, and nothing of what stands in it.
    pub fn note(&self, source: &SourceFile) -> Diagnostic {
        let note = match self.visibility {
            Visibility::Internal => {
                Diagnostic::new(Code::Internal, "this document is marked as internal, and was left out")
            }
            _ => Diagnostic::new(Code::Draft, "this draft was left out").help("`--drafts` includes it"),
        };
        note.in_file(&source.shown)
    }
}

/// Whether a comment such as `<!-- internal -->` marks a part of the text. Nobody can tell here where the
/// part ends, so all of the document is left out. In code the comment is text.
fn has_internal_part(text: &str) -> bool {
    if !text.split("<!--").skip(1).any(is_internal_comment) {
        return false;
    }
    let html: String = Parser::new_ext(text, Options::empty())
        .filter_map(|event| match event {
            Event::Html(html) | Event::InlineHtml(html) => Some(html.into_string()),
            _ => None,
        })
        .collect();
    html.split("<!--").skip(1).any(is_internal_comment)
}

/// Whether what follows `<!--` is the one word and the end of the comment.
fn is_internal_comment(rest: &str) -> bool {
    rest.split_once("-->").is_some_and(|(comment, _)| comment.trim().eq_ignore_ascii_case("internal"))
}

/// What one key of front matter says. An empty value says nothing.
fn mark(labels: &Labels, key: &str, value: &Value) -> Mark {
    let says = |hidden: Option<bool>, visibility: Visibility| match hidden {
        Some(true) => Ok(visibility),
        Some(false) => Ok(Visibility::Public),
        None => Err("true or false"),
    };
    match labels.front_matter(key) {
        _ if value.is_null() => Ok(Visibility::Public),
        Some(Label::Draft) => says(truth(value), Visibility::Draft),
        Some(Label::Publish) => says(published(value), Visibility::Draft),
        Some(Label::DocumentDate) if is_published(labels, key) => {
            says(published(value).or(Some(false)), Visibility::Draft)
        }
        Some(Label::Visibility) => word(value),
        Some(Label::Public) => says(truth(value).map(|public| !public), Visibility::Internal),
        // These keys have other uses too.
        Some(Label::Internal) => says(truth(value).or(Some(false)), Visibility::Internal),
        Some(Label::Audience) => Ok(word(value).unwrap_or_default()),
        _ => Ok(Visibility::Public),
    }
}

fn word(value: &Value) -> Mark {
    let word = scalar(value).unwrap_or_else(|| "a list".to_owned()).trim().to_lowercase();
    match word.as_str() {
        "" | "public" => Ok(Visibility::Public),
        word if INTERNAL.contains(&word) => Ok(Visibility::Internal),
        _ => Err("`public` or `internal`"),
    }
}

/// Whether a value of `publish` or `published` hides the document. A date says when it was published.
fn published(value: &Value) -> Option<bool> {
    let is_date = scalar(value)
        .is_some_and(|text| text.len() > 1 && text.trim().starts_with(|c: char| c.is_ascii_digit()));
    if is_date { Some(false) } else { truth(value).map(|published| !published) }
}

fn is_published(labels: &Labels, key: &str) -> bool {
    labels.front_matter(key) == Some(Label::DocumentDate) && key.trim().eq_ignore_ascii_case("published")
}

fn truth(value: &Value) -> Option<bool> {
    match scalar(value)?.trim().to_lowercase().as_str() {
        "true" | "yes" | "on" | "y" | "1" => Some(true),
        "" | "false" | "no" | "off" | "n" | "0" => Some(false),
        _ => None,
    }
}

/// What a key means whose value cannot be read.
fn in_doubt(labels: &Labels, key: &str) -> Visibility {
    match labels.front_matter(key) {
        Some(Label::Draft | Label::Publish) => Visibility::Draft,
        Some(Label::Visibility | Label::Public | Label::Internal) => Visibility::Internal,
        _ if is_published(labels, key) => Visibility::Draft,
        _ => Visibility::Public,
    }
}

/// What a line of a block that cannot be read says. Where a block was meant, to mention a mark is enough.
fn loose(labels: &Labels, loose: &LooseKey) -> Visibility {
    let value = Value::from(loose.value.as_str());
    let said = mark(labels, &loose.key, &value).unwrap_or_default();
    let is_date =
        is_published(labels, &loose.key) && !loose.value.is_empty() && published(&value) == Some(false);
    let is_enough = loose.is_meant && !(is_date && truth(&value).is_none());
    if is_enough { said.max(in_doubt(labels, &loose.key)) } else { said }
}

fn unreadable(source: &SourceFile, entry: &Entry, expected: &str) -> Diagnostic {
    let found = match &entry.value {
        Value::String(text) => format!("`{}`", text.lines().next().unwrap_or_default()),
        other => value_kind(other).to_owned(),
    };
    Diagnostic::new(Code::FrontMatterValue, format!("`{}` cannot be read", entry.key))
        .at(&source.shown, &source.text, entry.span)
        .label(format!("expected {expected}, found {found}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::document::parse;

    fn visibility(text: &str) -> (Visibility, usize) {
        let (source, vocabulary) =
            (SourceFile::new("a.md", text), crate::infer::vocabulary(&Config::default()));
        let marked = Marked::of(&source, &parse(&source, &vocabulary.labels).0, &vocabulary);
        (marked.visibility, marked.diagnostics.len())
    }

    #[test]
    fn marks_are_read_however_they_are_spelled() {
        use Visibility::*;
        for (line, wanted, unreadable) in [
            ("draft: true", Draft, 0),
            ("Draft: Yes", Draft, 0),
            ("draft: perhaps", Draft, 1),
            ("draft: false", Public, 0),
            ("draft:", Public, 0),
            ("published: false", Draft, 0),
            ("published: no", Draft, 0),
            ("published: 2024-03-05", Public, 0),
            ("published: true", Public, 0),
            ("publish: false", Draft, 0),
            ("publish: 0", Draft, 0),
            ("publish: later", Draft, 1),
            ("publish: true", Public, 0),
            ("status: draft", Public, 0),
            ("visibility: internal", Internal, 0),
            ("visibility: Confidential", Internal, 0),
            ("visibility: [internal]", Internal, 1),
            ("visibility: friends", Internal, 1),
            ("visibility: public", Public, 0),
            ("public: false", Internal, 0),
            ("public: hardly", Internal, 1),
            ("public: true", Public, 0),
            ("private: true", Internal, 0),
            ("internal: 3 hosts", Public, 0),
            ("audience: internal", Internal, 0),
            ("audience: engineers", Public, 0),
            ("visibility: internal\ndraft: true", Internal, 0),
        ] {
            let text = format!("---\ntitle: Ramp stuck\n{line}\n---\nIt was stuck.\n");
            assert_eq!(visibility(&text), (wanted, unreadable), "{line}");
        }
    }

    #[test]
    fn what_cannot_be_read_as_a_block_is_hidden_when_it_mentions_a_mark() {
        use Visibility::*;
        for (text, wanted) in [
            ("---\ntitle: A: b\ndraft: true\n---\nx\n", Draft),
            ("---\ntitle: A: b\ndraft: false\n---\nx\n", Draft),
            ("---\ntitle: A: b\n  draft: true\n---\nx\n", Draft),
            ("---\ntitle: \"A\ndraft: true\n---\nx\n", Draft),
            ("---\ntitle: A: b\npublished: 2024-03-05\n---\nx\n", Public),
            ("---\ntitle: A: b\npublish: true\n---\nx\n", Draft),
            ("---\ntitle: A: b\nvisibility: public\n---\nx\n", Internal),
            ("---\ntitle: A: b\nstatus: draft\n---\nx\n", Public),
            ("+++\ntitle = A\ndraft = true\n+++\nx\n", Draft),
            ("{\"title\": \"A\", \"draft\": true,}\nx\n", Draft),
            ("---\ntitle: A\n\ndraft: true\n\n# Ramp stuck\n", Draft),
            ("---\ntitle: A\n---\n---\ndraft: true\n---\nx\n", Draft),
            ("<!-- notes -->\n---\ntitle: A\ndraft: true\n---\nx\n", Draft),
            ("   ---\n   visibility: internal\n   ---\nx\n", Internal),
            ("---\n## Ramp\ndraft: true\n---\nx\n", Draft),
            ("---\nIt was stuck.\n---\nThe draft: a plan that was true.\n", Public),
            ("# Ramp stuck\n\nPublish: false alarms were sent.\n", Public),
        ] {
            assert_eq!(visibility(text).0, wanted, "{text}");
        }
    }

    #[test]
    fn a_part_that_is_marked_as_internal_keeps_the_document_out() {
        use Visibility::*;
        for (text, wanted) in [
            ("# Ramp\n\n<!-- internal -->\nIt was Kim.\n<!-- /internal -->\n", Internal),
            ("# Ramp\n\n<!--INTERNAL-->\nIt was Kim, and nobody closed the mark.\n", Internal),
            ("# Ramp\n\n- It stuck.\n- It was Kim. <!-- internal -->\n", Internal),
            ("# Ramp\n\n<!--\ninternal\n-->\nIt was Kim.\n", Internal),
            ("---\nvisibility: public\n---\n# Ramp\n\nIt was Kim. <!-- internal -->\n", Internal),
            ("---\ndraft: true\n---\n# Ramp\n\nIt was Kim. <!-- internal -->\n", Internal),
            ("# Ramp\n\n```html\n<!-- internal -->\n```\n", Public),
            ("# Ramp\n\nWrite `<!-- internal -->` at the end of a line.\n", Public),
            ("# Ramp\n\n<!-- internal notes go here -->\nIt stuck.\n", Public),
        ] {
            assert_eq!(visibility(text).0, wanted, "{text}");
        }
    }
}
