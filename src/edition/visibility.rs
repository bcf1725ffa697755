//! Whether a document may be published, by what its author marked in front matter, or by its folder. In
//! doubt it may not: a document that is missing is soon noticed, one that was published by mistake cannot
//! be called back.

use crate::config::Edition;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Entry, FrontMatter, Label, Labels, LooseKey, scalar, value_kind};
use crate::source::{LeftOut, SourceFile};
use serde_json::Value;

/// Who may see a document. The later one wins where several are said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Visibility {
    /// Whoever the edition is for: nothing is said.
    #[default]
    Unmarked,
    /// Everyone, as it says itself.
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
    pub fn of(source: &SourceFile, front_matter: &FrontMatter, labels: &Labels) -> Marked {
        let is_among_drafts = source.path.split('/').rev().skip(1).any(|folder| folder == DRAFTS);
        let visibility = if is_among_drafts { Visibility::Draft } else { Visibility::Unmarked };
        let mut marked = Marked { visibility, ..Marked::default() };
        for entry in &front_matter.entries {
            let (visibility, expected) = match mark(labels, &entry.key, &entry.value) {
                Ok(visibility) => (visibility, None),
                Err(expected) => (in_doubt(labels, &entry.key), Some(expected)),
            };
            marked.visibility = marked.visibility.max(visibility);
            marked.diagnostics.extend(expected.map(|expected| unreadable(source, entry, expected)));
        }
        for key in &front_matter.loose {
            marked.visibility = marked.visibility.max(loose(labels, key));
        }
        marked
    }

    /// Why the document is left out of an edition; nothing when it is in it.
    pub fn left_out(&self, edition: &Edition, drafts: bool) -> Option<LeftOut> {
        match self.visibility {
            Visibility::Draft if !drafts => Some(LeftOut::Draft),
            _ if edition.shows_internal() => None,
            // That a draft is to be shown does not say to whom.
            Visibility::Unmarked | Visibility::Draft => {
                (!edition.shows_unmarked).then_some(LeftOut::Internal)
            }
            Visibility::Public => None,
            Visibility::Internal => Some(LeftOut::Internal),
        }
    }

    /// Says that the document is left out, and nothing of what stands in it.
    pub fn note(&self, source: &SourceFile) -> Diagnostic {
        let note = match self.visibility {
            Visibility::Draft => {
                Diagnostic::new(Code::Draft, "this draft was left out").help("`--drafts` includes it")
            }
            _ => return internal(source),
        };
        note.in_file(&source.shown)
    }
}

/// Says that a document is left out because it is internal.
pub fn internal(source: &SourceFile) -> Diagnostic {
    let message = "this document is marked as internal, and was left out";
    Diagnostic::new(Code::Internal, message).in_file(&source.shown)
}

/// What one key of front matter says. An empty value says nothing.
fn mark(labels: &Labels, key: &str, value: &Value) -> Mark {
    use Visibility::{Draft, Internal, Public, Unmarked};
    let says = |hidden: Option<bool>, [yes, no]: [Visibility; 2]| match hidden {
        Some(true) => Ok(yes),
        Some(false) => Ok(no),
        None => Err("true or false"),
    };
    match labels.front_matter(key) {
        _ if value.is_null() => Ok(Unmarked),
        Some(Label::Draft) => says(truth(value), [Draft, Unmarked]),
        Some(Label::Publish) => says(published(value), [Draft, Unmarked]),
        Some(Label::DocumentDate) if is_published(labels, key) => {
            says(published(value).or(Some(false)), [Draft, Unmarked])
        }
        Some(Label::Visibility) => word(value),
        Some(Label::Public) => says(truth(value), [Public, Internal]),
        // These keys have other uses too.
        Some(Label::Internal) => says(truth(value).or(Some(false)), [Internal, Unmarked]),
        Some(Label::Audience) => Ok(word(value).unwrap_or_default()),
        _ => Ok(Unmarked),
    }
}

fn word(value: &Value) -> Mark {
    let word = scalar(value).unwrap_or_else(|| "a list".to_owned()).trim().to_lowercase();
    match word.as_str() {
        "" => Ok(Visibility::Unmarked),
        "public" => Ok(Visibility::Public),
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
        _ => Visibility::Unmarked,
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
    use crate::document::front_matter;
    use std::collections::BTreeMap;

    fn visibility(text: &str) -> (Visibility, usize) {
        let source = SourceFile::new("a.md", text);
        let marked = Marked::of(&source, &front_matter(&source).0, &Labels::new(&BTreeMap::new()));
        (marked.visibility, marked.diagnostics.len())
    }

    #[test]
    fn marks_are_read_however_they_are_spelled() {
        use Visibility::*;
        for (line, wanted, unreadable) in [
            ("draft: true", Draft, 0),
            ("Draft: Yes", Draft, 0),
            ("draft: perhaps", Draft, 1),
            ("draft: false", Unmarked, 0),
            ("draft:", Unmarked, 0),
            ("published: false", Draft, 0),
            ("published: no", Draft, 0),
            ("published: 2024-03-05", Unmarked, 0),
            ("published: true", Unmarked, 0),
            ("publish: false", Draft, 0),
            ("publish: 0", Draft, 0),
            ("publish: later", Draft, 1),
            ("publish: true", Unmarked, 0),
            ("status: draft", Unmarked, 0),
            ("visibility: internal", Internal, 0),
            ("visibility: Confidential", Internal, 0),
            ("visibility: [internal]", Internal, 1),
            ("visibility: friends", Internal, 1),
            ("visibility: public", Public, 0),
            ("public: false", Internal, 0),
            ("public: hardly", Internal, 1),
            ("public: true", Public, 0),
            ("private: true", Internal, 0),
            ("internal: 3 hosts", Unmarked, 0),
            ("audience: internal", Internal, 0),
            ("audience: engineers", Unmarked, 0),
            ("visibility: internal\ndraft: true", Internal, 0),
        ] {
            let text = format!("---\ntitle: Ramp stuck\n{line}\n---\nIt was stuck.\n");
            assert_eq!(visibility(&text), (wanted, unreadable), "{line}");
        }
    }

    #[test]
    fn an_edition_decides_about_what_is_not_marked_drafts_included() {
        use LeftOut::{Draft, Internal};
        let edition = |name: &str, shows_unmarked: bool| Edition { shows_unmarked, ..Edition::named(name) };
        for (line, [closed, open, inside], [closed_drafts, open_drafts]) in [
            ("x: 1", [Some(Internal), None, None], [Some(Internal), None]),
            ("visibility: public", [None, None, None], [None, None]),
            ("visibility: internal", [Some(Internal), Some(Internal), None], [Some(Internal); 2]),
            ("draft: true", [Some(Draft); 3], [Some(Internal), None]),
            (
                "draft: true\nvisibility: internal",
                [Some(Internal), Some(Internal), None],
                [Some(Internal); 2],
            ),
        ] {
            let source = SourceFile::new("a.md", &format!("---\n{line}\n---\n"));
            let marked = Marked::of(&source, &front_matter(&source).0, &Labels::new(&BTreeMap::new()));
            let left_out = |edition: Edition, drafts: bool| marked.left_out(&edition, drafts);
            assert_eq!(left_out(edition("public", false), false), closed, "{line}");
            assert_eq!(left_out(edition("public", true), false), open, "{line}");
            assert_eq!(left_out(edition("internal", true), false), inside, "{line}");
            assert_eq!(left_out(edition("public", false), true), closed_drafts, "{line}");
            assert_eq!(left_out(edition("public", true), true), open_drafts, "{line}");
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
            ("---\ntitle: A: b\npublished: 2024-03-05\n---\nx\n", Unmarked),
            ("---\ntitle: A: b\npublish: true\n---\nx\n", Draft),
            ("---\ntitle: A: b\nvisibility: public\n---\nx\n", Internal),
            ("---\ntitle: A: b\nstatus: draft\n---\nx\n", Unmarked),
            ("+++\ntitle = A\ndraft = true\n+++\nx\n", Draft),
            ("{\"title\": \"A\", \"draft\": true,}\nx\n", Draft),
            ("---\ntitle: A\n\ndraft: true\n\n# Ramp stuck\n", Draft),
            ("---\ntitle: A\n---\n---\ndraft: true\n---\nx\n", Draft),
            ("<!-- notes -->\n---\ntitle: A\ndraft: true\n---\nx\n", Draft),
            ("   ---\n   visibility: internal\n   ---\nx\n", Internal),
            ("---\n## Ramp\ndraft: true\n---\nx\n", Draft),
            ("---\nIt was stuck.\n---\nThe draft: a plan that was true.\n", Unmarked),
            ("# Ramp stuck\n\nPublish: false alarms were sent.\n", Unmarked),
        ] {
            assert_eq!(visibility(text).0, wanted, "{text}");
        }
    }
}
