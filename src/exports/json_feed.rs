//! The archive's feed as JSON Feed 1.1.

use super::feed::Entry;
use crate::address;
use crate::config::Config;
use serde_json::{Value, json};

/// `None` when there is nothing to tell: an empty feed is not written.
pub fn json_feed(config: &Config, base_url: &str, entries: &[Entry<'_>]) -> Option<String> {
    if entries.is_empty() {
        return None;
    }
    let items: Vec<Value> = entries.iter().map(item).collect();
    let mut feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": config.title,
        "home_page_url": base_url,
        "feed_url": format!("{base_url}{}", address::JSON_FEED),
        "language": config.language,
        "items": items,
    });
    if !config.description.is_empty() {
        feed["description"] = json!(config.description);
    }
    Some(format!("{feed}\n"))
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
