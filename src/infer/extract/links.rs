//! Links that a document gives: tickets anywhere, everything under "Links", and related incidents.

use crate::document::{FlatLink, Label};
use crate::incident::claim::Fact;
use crate::incident::{Link, Origin};
use crate::infer::claims::Claims;
use crate::infer::context::text::Text;
use crate::infer::extract::actions::item;
use crate::infer::extractor::{Extractor, no_phrases};
use memchr::memmem::Finder;
use std::collections::HashSet;
use std::sync::LazyLock;

pub const EXTRACTOR: Extractor =
    Extractor { name: "links", seeks: &["links", "related"], phrases: no_phrases, read };

fn read(text: &Text<'_>, claims: &mut Claims<'_>) {
    let mut seen = HashSet::new();
    for (n, block) in text.blocks() {
        let label = block.field.as_ref().map_or(Label::Other, |field| field.label);
        let label = if label == Label::Other { text.document.section(n).under } else { label };
        for link in block.flat.links.iter().cloned().chain(bare(block.text())) {
            let web = link.url.starts_with("https://") || link.url.starts_with("http://");
            let wanted = label == Label::Links
                || label == Label::Related
                || (label != Label::Actions && item::is_tracker(&link.url));
            if web && wanted && seen.insert(link.url.clone()) {
                let words = block.text()[link.text.clone()].trim();
                let words = if words.is_empty() { &link.url } else { words };
                let fact = Fact::Link(Link { text: words.to_owned(), url: link.url.clone() });
                claims.add(fact, Origin::Field, "link", n, link.text.clone());
            } else if label == Label::Related
                && !web
                && link.url.split(['#', '?']).next().is_some_and(|path| path.ends_with(".md"))
            {
                claims.add(
                    Fact::Related(link.url.clone()),
                    Origin::Field,
                    "related-link",
                    n,
                    link.text.clone(),
                );
            }
        }
    }
}

/// Addresses that stand in the text as they are.
fn bare(text: &str) -> impl Iterator<Item = FlatLink> + '_ {
    static HTTP: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("http"));
    let starts = HTTP
        .find_iter(text.as_bytes())
        .filter(|at| ["https://", "http://"].iter().any(|scheme| text[*at..].starts_with(scheme)));
    starts.map(|at| {
        let rest = &text[at..];
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, ')' | ']' | '>' | '"' | ','))
            .unwrap_or(rest.len());
        let url = rest[..end].trim_end_matches(['.', ';', ':', '!', '?']);
        FlatLink { text: at..at + url.len(), url: url.to_owned() }
    })
}
