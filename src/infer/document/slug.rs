//! The name of a document's page.

use crate::address::slugify;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Document, Label, scalar};
use crate::infer::context::text::one_line;
use crate::infer::context::vocabulary::Vocabulary;
use crate::infer::extract::front_matter;
use crate::source::SourceFile;

/// From front matter, else the file's name; a README takes its folder's name.
pub fn of(source: &SourceFile, document: &Document, vocabulary: &Vocabulary) -> String {
    if let Some(slug) = typed(document, vocabulary) {
        return slug;
    }
    let mut parts = source.path.rsplit('/');
    let name = parts.next().unwrap_or_default();
    // Generators name the page that a template becomes before the template's own ending.
    let name = name.strip_suffix(".erb").unwrap_or(name);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let generic = ["readme", "index"].iter().any(|name| stem.eq_ignore_ascii_case(name));
    match parts.next().filter(|_| generic) {
        Some(folder) => slugify(folder),
        None => slugify(stem),
    }
}

/// The typed slug, as it can be an address.
fn typed(document: &Document, vocabulary: &Vocabulary) -> Option<String> {
    let slug = slugify(&scalar(&front_matter::entry(document, vocabulary, Label::Slug)?.value)?);
    Some(slug).filter(|slug| !slug.is_empty())
}

/// A diagnostic about a typed slug that cannot be an address as it is.
pub fn changed(source: &SourceFile, document: &Document, vocabulary: &Vocabulary) -> Option<Diagnostic> {
    let entry = front_matter::entry(document, vocabulary, Label::Slug)?;
    let typed = scalar(&entry.value)?;
    let slug = slugify(&typed);
    if slug == typed || typed.trim().is_empty() {
        return None;
    }
    let used =
        if slug.is_empty() { "the file's name is used".to_owned() } else { format!("`{slug}` is used") };
    let diagnostic =
        Diagnostic::new(Code::SlugInvalid, format!("`{}` cannot be an address; {used}", one_line(&typed)));
    Some(
        diagnostic
            .at(&source.shown, &source.text, entry.span)
            .help("an address has lower-case letters, digits and single hyphens, at most 80"),
    )
}
