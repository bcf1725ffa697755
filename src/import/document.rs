//! A record as the text of a document: front matter, then Markdown.

use super::importer::Importer;
use super::moment::{Moment, zone};
use super::record::{Action, Event, Record};
use jiff::civil::Date;
use jiff::tz::Offset;
use serde_json::{Map, Value, json};

/// Keys of front matter in the order in which they are written; others follow.
const ORDER: &[&str] = &[
    "title",
    "date",
    "start",
    "detected",
    "acknowledged",
    "mitigated",
    "end",
    "duration",
    "severity",
    "status",
    "kind",
    "organization",
    "services",
    "causes",
    "tags",
    "authors",
    "visibility",
    "links",
    "action items",
    "created",
    "updated",
];

/// The largest front matter that is written, in bytes; readers take a larger one for text.
const LARGEST: usize = 60 * 1024;

/// Where a document stands for a file that is beside it, until its own path is known.
pub const BESIDE: &str = "casebook-beside:";

/// The line of front matter that the hash is on.
const HASH: &str = "  hash: blake3-";

/// The document for a record, but for its hash.
pub fn compose(importer: &Importer, record: &Record) -> String {
    let common = common_offset(record);
    let front = front_matter(importer, record, common);
    let mut text = format!("---\n{front}---\n");
    for (heading, section) in sections(record, common, front.len() > LARGEST) {
        text += &heading.map(|heading| format!("\n## {heading}\n")).unwrap_or_default();
        text += &format!("\n{section}\n");
    }
    text
}

/// The text as it is written into the folder of a name: with where its files are, and with its hash.
pub fn placed(text: &str, name: &str) -> String {
    with_hash(&text.replace(BESIDE, &format!("{name}/")))
}

/// The day of an incident, as its document has it.
pub fn day(record: &Record) -> Option<Date> {
    record.day().map(|moment| in_common(moment, common_offset(record)).date)
}

/// The offset that all moments of a record have; UTC where they have several.
fn common_offset(record: &Record) -> Option<Offset> {
    let moments = record.moments.iter().map(|(_, moment)| moment);
    let mut offsets: Vec<Offset> = moments
        .chain(record.events.iter().map(|event| &event.at))
        .filter_map(|moment| moment.offset)
        .collect();
    offsets.dedup();
    match offsets.as_slice() {
        [] => None,
        [one] => Some(*one),
        _ => Some(Offset::UTC),
    }
}

/// In the offset of its record.
fn in_common(moment: Moment, common: Option<Offset>) -> Moment {
    if moment.offset == common { moment } else { moment.in_utc() }
}

fn front_matter(importer: &Importer, record: &Record, common: Option<Offset>) -> String {
    let mut fields = record.fields.clone();
    for (key, moment) in &record.moments {
        fields.insert((*key).to_owned(), Value::from(in_common(*moment, common).typed()));
    }
    if let Some(updated) = record.updated {
        fields.entry("updated").or_insert(Value::from(updated.in_utc().typed()));
    }
    fields.extend(
        (!record.actions.is_empty())
            .then(|| ("action items".to_owned(), record.actions.iter().map(action).collect())),
    );
    if let Some(url) = &record.url {
        let link = json!({ "text": format!("{} in {}", record.id, importer.tool), "url": url });
        match fields.entry("links").or_insert_with(|| json!([])) {
            Value::Array(links) => links.insert(0, link),
            other => *other = json!([link]),
        }
    }
    if front_is_large(&fields) {
        fields.remove("action items");
    }
    let mut ordered = Map::new();
    for key in ORDER {
        ordered.extend(fields.shift_remove(*key).map(|value| ((*key).to_owned(), value)));
    }
    ordered.extend(fields);
    ordered.retain(|_, value| value.as_array().is_none_or(|items| !items.is_empty()));
    if !record.extra.is_empty() {
        ordered.insert("extra".to_owned(), Value::Object(record.extra.clone()));
    }
    let mut imported = json!({ "kind": importer.name, "id": record.id });
    imported.as_object_mut().into_iter().for_each(|imported| {
        imported.extend(record.url.as_ref().map(|url| ("url".to_owned(), Value::from(url.as_str()))));
    });
    ordered.insert("imported".to_owned(), imported);
    yaml_serde::to_string(&Value::Object(ordered)).unwrap_or_default()
}

fn front_is_large(fields: &Map<String, Value>) -> bool {
    fields.get("action items").is_some_and(|actions| actions.to_string().len() > LARGEST / 2)
}

fn action(action: &Action) -> Value {
    let mut map = Map::new();
    let mut put = |key: &str, value: Option<Value>| map.extend(value.map(|value| (key.to_owned(), value)));
    put("text", Some(Value::from(action.text.trim())));
    put("owner", action.owner.as_deref().map(Value::from));
    put("due", action.due.as_deref().map(Value::from));
    put("ticket", action.ticket.as_deref().map(Value::from));
    match (action.done(), &action.state) {
        (Some(done), _) => put("done", Some(Value::from(done))),
        (None, Some(state)) => put("status", Some(Value::from(state.as_str()))),
        (None, None) => {}
    }
    Value::Object(map)
}

/// The text, in the order of the record, and its events behind what stands first.
fn sections(record: &Record, common: Option<Offset>, actions: bool) -> Vec<(Option<String>, String)> {
    let mut sections = Vec::new();
    for (heading, text) in &record.sections {
        sections.push((heading.as_deref().map(one_line), guarded(text)));
    }
    if !record.events.is_empty() {
        let at =
            usize::from(sections.first().is_some_and(|(heading, _)| heading.as_deref() == Some("Summary")));
        let zone = common.map(|offset| format!(" ({})", zone(offset))).unwrap_or_default();
        sections.insert(at, (Some(format!("Timeline{zone}")), timeline(&record.events, common)));
    }
    if actions || front_is_large(&record.fields) {
        let lines = record.actions.iter().map(|action| format!("- {}\n", one_line(&action.text)));
        sections.push((Some("Action items".to_owned()), lines.collect::<String>().trim_end().to_owned()));
    }
    sections
}

/// A heading stays on its line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text whose first line would open front matter is still text.
fn guarded(text: &str) -> String {
    match text.trim_start().starts_with("---") || text.trim_start().starts_with("+++") {
        true => format!("\\{}", text.trim_start()),
        false => text.to_owned(),
    }
}

/// Oldest first, one item each.
fn timeline(events: &[Event], common: Option<Offset>) -> String {
    let mut events: Vec<&Event> = events.iter().collect();
    events.sort_by_key(|event| event.at.order());
    let line = |event: &&Event| {
        let step = event.step.as_ref().map(|step| format!(" **{}:**", one_line(step))).unwrap_or_default();
        let text = event.text.trim().lines().map(str::trim_end).collect::<Vec<_>>().join("\n  ");
        format!("- {}{step} {text}", in_common(event.at, common).civil()).replace("\n  \n", "\n\n")
    };
    events.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn with_hash(text: &str) -> String {
    let end = text.find("\n---\n").map_or(text.len(), |at| at + 1);
    format!("{}{HASH}{}\n{}", &text[..end], digest(text), &text[end..])
}

/// Of the text with its lines ended by LF, 16 hex digits.
fn digest(text: &str) -> String {
    blake3::hash(text.replace("\r\n", "\n").as_bytes()).to_hex()[..16].to_owned()
}

/// What a document says of where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    pub kind: String,
    pub id: String,
    /// The hash that it was written with.
    pub hash: String,
    /// It is no longer what was written.
    pub is_edited: bool,
}

/// Reads where a document came from; nothing when it was not imported.
pub fn imported(text: &str) -> Option<Imported> {
    let text = text.replace("\r\n", "\n");
    let front = text.strip_prefix("---\n")?.split_once("\n---\n")?.0;
    let block: String = front
        .lines()
        .skip_while(|line| *line != "imported:")
        .enumerate()
        .take_while(|(n, line)| *n == 0 || line.starts_with(' '))
        .map(|(_, line)| format!("{line}\n"))
        .collect();
    let value: Value = yaml_serde::from_str(&block).ok()?;
    let of = |key: &str| super::json::text(&value, &format!("imported.{key}"));
    let hash = of("hash").unwrap_or_default().trim_start_matches("blake3-").to_owned();
    let line = format!("{HASH}{hash}\n");
    let is_edited = !text.contains(&line) || digest(&text.replacen(&line, "", 1)) != hash;
    Some(Imported { kind: of("kind")?, id: of("id")?, hash, is_edited })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Diagnostic};
    use crate::document::{Labels, parse};
    use crate::import::IMPORTERS;
    use crate::source::SourceFile;

    fn moment(text: &str) -> Moment {
        Moment::read(text).expect("a moment")
    }

    #[test]
    fn no_value_breaks_out_of_the_front_matter() {
        for hostile in [
            "---",
            "a\n---\nb: c",
            "+++",
            "x: y # z",
            "- a",
            "{a}",
            "\"'\\",
            "!!binary x",
            "&a *b",
            "a\u{2028}b",
            "%",
            "? x",
            "|",
            "yes",
            "1e9",
            "é\u{0}",
            "<!-- internal -->",
        ] {
            let mut record = Record::new(Some(hostile.to_owned()));
            record.fields.insert("title".to_owned(), Value::from(hostile));
            record.fields.insert(hostile.to_owned(), Value::from("v"));
            record.extra.insert(hostile.to_owned(), Value::from(hostile));
            record.body(Some("Text.".to_owned()));
            let text = placed(&compose(&IMPORTERS[0], &record), "a");
            let (document, diagnostics) =
                parse(&SourceFile::new("a.md", &text), &Labels::new(&std::collections::BTreeMap::new()));
            let is_control = |found: &Diagnostic| found.code == Code::ControlCharacter;
            assert!(diagnostics.iter().all(is_control), "{text}\n{diagnostics:?}");
            let title = document.front_matter.entries.iter().find(|entry| entry.key == "title");
            let cleaned = hostile.replace('\u{0}', "\u{fffd}");
            assert_eq!(title.map(|entry| &entry.value), Some(&Value::from(cleaned)), "{text}");
            assert!(text[document.start..].trim() == "Text.", "{text}");
            assert_eq!(
                imported(&text).map(|it| (it.id, it.is_edited)),
                Some((hostile.to_owned(), false)),
                "{text}"
            );
        }
    }

    #[test]
    fn a_text_that_begins_like_front_matter_is_text() {
        let mut record = Record::new(Some("1".to_owned()));
        record.body(Some("---\ndraft: true\n---\nText.".to_owned()));
        let text = compose(&IMPORTERS[0], &record);
        assert!(text.contains("\n\\---\ndraft: true\n"), "{text}");
    }

    #[test]
    fn an_edit_is_seen_and_line_ends_are_none() {
        let mut record = Record::new(Some("7".to_owned()));
        record.body(Some("Text.".to_owned()));
        let text = placed(&compose(&IMPORTERS[0], &record), "a");
        let edited = |text: &str| imported(text).map(|it| it.is_edited);
        assert_eq!(edited(&text), Some(false));
        assert_eq!(edited(&text.replace('\n', "\r\n")), Some(false));
        assert_eq!(edited(&text.replace("Text", "Words")), Some(true));
        assert_eq!(edited(&text.replace("id: '7'", "id: '8'")), Some(true));
        assert_eq!(edited("---\ntitle: A\n---\n"), None);
    }

    #[test]
    fn events_stand_oldest_first_and_in_one_zone() {
        let mut record = Record::new(Some("7".to_owned()));
        record.event(
            Ok(Some(moment("2024-04-21T09:40Z"))),
            Some("Resolved".to_owned()),
            Some("Over.\n\nAll.".to_owned()),
        );
        record.event(Ok(Some(moment("2024-04-21T02:12-07:00"))), None, Some("Slow.".to_owned()));
        let text = compose(&IMPORTERS[0], &record);
        let wanted = "## Timeline (UTC)\n\n- 2024-04-21 09:12 Slow.\n- 2024-04-21 09:40 **Resolved:** Over.\n\n  All.\n";
        assert!(text.ends_with(wanted), "{text}");
    }
}
