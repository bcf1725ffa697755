//! The archive's feed as JSON Feed 1.1.

use super::feed::Entry;
use super::{Export, Input, Offer};
use serde_json::{Value, json};
use std::io::{self, Write};

pub const EXPORT: Export = Export {
    path: "feed.json",
    offer: Offer::Feed("application/feed+json"),
    when: super::has_feed,
    write: json_feed,
};

fn json_feed(input: &Input<'_>, out: &mut dyn Write) -> io::Result<()> {
    let config = input.config;
    let Some(base_url) = &config.base_url else { return Ok(()) };
    let items: Vec<Value> = input.newest(base_url).iter().map(item).collect();
    let mut feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": config.title,
        "home_page_url": base_url,
        "feed_url": format!("{base_url}{}", EXPORT.path),
        "language": config.language,
        "items": items,
    });
    if !config.description.is_empty() {
        feed["description"] = json!(config.description);
    }
    writeln!(out, "{feed}")
}

fn item(entry: &Entry<'_>) -> Value {
    let name = entry.incident.name();
    let mut item = json!({
        "id": entry.url,
        "url": entry.url,
        "title": name,
        "content_text": entry.summary().unwrap_or(&name),
        "date_published": entry.published,
        "date_modified": entry.updated,
    });
    let causes: Vec<&str> = entry.incident.causes.iter().map(|cause| cause.value.name.as_str()).collect();
    if !causes.is_empty() {
        item["tags"] = json!(causes);
    }
    let authors: Vec<Value> =
        entry.incident.authors.iter().map(|author| json!({ "name": author.value })).collect();
    if !authors.is_empty() {
        item["authors"] = json!(authors);
    }
    item
}
