//! What is typed and gives nothing: each such value is named, so that none vanishes in silence.

use super::{is_about_one_label, is_kept_as_typed};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Entry, Label};
use crate::incident::Origin;
use crate::incident::claim::Claim;
use crate::infer::context::text::Text;
use serde_json::Value;

/// Names the typed values that no claim holds and that nothing was said about yet.
pub fn unused(text: &Text<'_>, claims: &[Claim], said: &[Diagnostic], several: bool) -> Vec<Diagnostic> {
    let claimed = |entry: &Entry| {
        claims.iter().any(|claim| claim.origin == Origin::FrontMatter && claim.span == entry.span)
    };
    let line = |entry: &Entry| text.document.line(entry.span.start as usize);
    let named = |entry: &Entry| {
        said.iter().any(|diagnostic| diagnostic.place.as_ref().is_some_and(|place| place.line == line(entry)))
    };
    let mut found = Vec::new();
    for entry in text.document.front_matter.entries.iter().filter(|entry| !is_empty(&entry.value)) {
        let Some(label) = text.vocabulary.labels.front_matter(&entry.key) else { continue };
        if is_kept_as_typed(label, entry) || acts(label) || claimed(entry) || named(entry) {
            continue;
        }
        let message = format!("`{}` is not used: {}", entry.key, reason(label, several));
        found.push(Diagnostic::new(Code::FrontMatterUnused, message).at(
            &text.source.shown,
            &text.source.text,
            entry.span,
        ));
    }
    found
}

/// An empty value is no value.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.iter().all(is_empty),
        Value::Object(map) => map.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Whether a key says what is to be done with the document, and nothing of the incident.
fn acts(label: Label) -> bool {
    matches!(
        label,
        Label::Slug | Label::Aliases | Label::Draft | Label::Publish | Label::Incident | Label::Silence
    )
}

fn reason(label: Label, several: bool) -> &'static str {
    match label {
        _ if several && is_about_one_label(label) => {
            "it can be about one incident only, and this document tells of several"
        }
        Label::Date => "it is when the text was written, and the incident's day is given elsewhere",
        Label::Title => "it says no more than that there was an incident",
        Label::Affected => "it holds no share such as `40 %`",
        Label::Links => "it holds no address such as `https://example.org/`",
        Label::End => "it gives no time",
        _ => "nothing can be read from its value",
    }
}
