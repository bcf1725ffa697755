//! What feeds show: the newest incidents that have a date.

use crate::address::percent_encoded;
use crate::archive::Archive;
use crate::incident::{Day, Incident};

/// One entry of a feed.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<'a> {
    pub incident: &'a Incident,
    /// Absolute address of the incident.
    pub url: String,
    /// RFC 3339: the start, midnight UTC when zone or time is unknown, the first of a month.
    pub published: String,
    /// RFC 3339: a later front-matter `updated`, else the same.
    pub updated: String,
}

impl Entry<'_> {
    /// One paragraph on the incident: its summary, else its root cause or impact.
    pub fn summary(&self) -> Option<&str> {
        let texts = [&self.incident.summary, &self.incident.root_cause, &self.incident.impact];
        texts.into_iter().flatten().map(|known| known.value.as_str()).next()
    }
}

/// The newest `limit` of `incidents` (positions in the archive's order), by instant: what began later by its own
/// clock may have begun earlier elsewhere. The undated are not in feeds.
pub fn entries<'a>(
    archive: &'a Archive,
    incidents: &[usize],
    base_url: &str,
    limit: usize,
) -> Vec<Entry<'a>> {
    let incidents = incidents.iter().map(|index| archive.incidents[*index].as_ref());
    let mut dated: Vec<(String, &Incident)> = incidents.filter_map(|it| Some((published(it)?, it))).collect();
    dated.sort_by(|a, b| b.0.cmp(&a.0));
    dated.into_iter().take(limit).map(|(published, incident)| entry(incident, published, base_url)).collect()
}

fn published(incident: &Incident) -> Option<String> {
    let date = incident.date.as_ref()?.value;
    Some(incident.start_utc.clone().unwrap_or_else(|| midnight(date)))
}

fn entry<'a>(incident: &'a Incident, published: String, base_url: &str) -> Entry<'a> {
    let updated =
        incident.updated.as_ref().map(|day| midnight(day.value)).filter(|updated| *updated > published);
    let url = format!("{base_url}{}", encoded(&super::url(incident)));
    Entry { incident, url, updated: updated.unwrap_or_else(|| published.clone()), published }
}

fn midnight(day: Day) -> String {
    format!("{:04}-{:02}-{:02}T00:00:00Z", day.year, day.month, day.day.unwrap_or(1))
}

/// Encodes the path of an address and keeps its anchor.
fn encoded(url: &str) -> String {
    match url.split_once('#') {
        Some((path, anchor)) => format!("{}#{anchor}", percent_encoded(path)),
        None => percent_encoded(url),
    }
}
