//! Atom feeds (RFC 4287), of the archive and of a cause or service.

use super::feed::Entry;
use super::xml::{element, escaped};
use super::{Export, Input, Offer};
use crate::config::Config;
use std::io::{self, Write};

pub const EXPORT: Export =
    Export { path: "feed.xml", offer: Offer::Feed(MEDIA), when: super::has_feed, write: of_archive };

/// The media type of Atom.
pub const MEDIA: &str = "application/atom+xml";

fn of_archive(input: &Input<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Some(base_url) = &input.config.base_url else { return Ok(()) };
    let title = &input.config.title;
    let feed = atom(input.config, base_url, title, EXPORT.path, "", &input.newest(base_url));
    out.write_all(feed.unwrap_or_default().as_bytes())
}

/// A feed titled `title`. `feed` and `page` are its own address and that of the page it belongs to,
/// inside the archive. `None` when there is nothing to tell: an empty feed is not written.
pub fn atom(
    config: &Config,
    base_url: &str,
    title: &str,
    feed: &str,
    page: &str,
    entries: &[Entry<'_>],
) -> Option<String> {
    let updated = entries.iter().map(|entry| entry.updated.as_str()).max()?;
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    out.push_str(&format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n",
        escaped(&config.language)
    ));
    element(&mut out, "id", &format!("{base_url}{feed}"));
    element(&mut out, "title", title);
    if !config.description.is_empty() {
        element(&mut out, "subtitle", &config.description);
    }
    element(&mut out, "updated", updated);
    out.push_str(&format!(
        "<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n",
        escaped(&format!("{base_url}{feed}"))
    ));
    out.push_str(&format!(
        "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
        escaped(&format!("{base_url}{page}"))
    ));
    out.push_str("<generator>casebook</generator>\n");
    out.push_str(&format!("<author><name>{}</name></author>\n", escaped(&config.title)));
    for it in entries {
        entry(&mut out, it);
    }
    out.push_str("</feed>\n");
    Some(out)
}

fn entry(out: &mut String, entry: &Entry<'_>) {
    out.push_str("<entry>\n");
    element(out, "id", &entry.url);
    element(out, "title", &entry.incident.name());
    element(out, "published", &entry.published);
    element(out, "updated", &entry.updated);
    out.push_str(&format!("<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n", escaped(&entry.url)));
    for author in &entry.incident.authors {
        out.push_str(&format!("<author><name>{}</name></author>\n", escaped(&author.value)));
    }
    for cause in &entry.incident.causes {
        out.push_str(&format!(
            "<category term=\"{}\" label=\"{}\"/>\n",
            escaped(&cause.value.slug),
            escaped(&cause.value.name)
        ));
    }
    element(out, "summary", entry.summary().unwrap_or(&entry.incident.name()));
    out.push_str("</entry>\n");
}
