//! The last gate for texts with raw HTML: a sanitiser that knows nothing of how
//! the fragment was made. The fragment is well-formed and at most
//! [`DEPTH`](super::tree::DEPTH) deep by then, so it costs linear time.

use super::element::ELEMENTS;
use ammonia::{Builder, UrlRelative};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Attributes that [`raw`](super::raw) and the rest of this room write on any element.
const ANYWHERE: &[&str] = &["id", "class", "title", "dir", "role", "tabindex", "aria-label", "data-fact"];

/// Cleans a fragment. One that this room wrote comes back the same, but for how it is spelt.
pub(super) fn clean(html: &str) -> String {
    GATE.clean(html).to_string()
}

static GATE: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let names = ELEMENTS.iter().map(|row| row.name);
    let mut attributes: HashMap<&str, HashSet<&str>> =
        ELEMENTS.iter().map(|row| (row.name, row.attributes.iter().copied().collect())).collect();
    attributes.entry("img").or_default().insert("loading");
    let mut gate = Builder::empty();
    gate.tags(names.collect())
        .clean_content_tags(HashSet::from(["script", "style"]))
        .tag_attributes(attributes)
        .generic_attributes(ANYWHERE.iter().copied().collect())
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true);
    gate
});
