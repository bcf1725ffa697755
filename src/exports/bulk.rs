//! The archive for Elasticsearch and OpenSearch: the body of a bulk request, and the mapping of the index that it goes
//! to. Both are printed on demand and are no files of the archive. The formats are those of
//! <https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-bulk> and
//! <https://docs.opensearch.org/latest/api-reference/document-apis/bulk/>.

use super::json::Exported;
use super::{Export, Input, Offer};
use crate::incident::Incident;
use crate::incident::fields::{FIELDS, Get};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

pub const BULK: Export =
    Export { path: "bulk.ndjson", offer: Offer::Format("bulk"), when: super::never, write: bulk };

pub const MAPPING: Export =
    Export { path: "mapping.json", offer: Offer::Format("mapping"), when: super::never, write: mapping };

/// The name under which both engines and their dashboards expect when something happened.
const TIMESTAMP: &str = "@timestamp";

#[derive(Debug, Serialize)]
struct Timed<'a> {
    #[serde(rename = "@timestamp", skip_serializing_if = "Option::is_none")]
    timestamp: Option<String>,
    #[serde(flatten)]
    incident: Exported<'a>,
}

/// For each incident a line that says what is done with it, and the incident.
fn bulk(input: &Input<'_>, out: &mut dyn Write) -> io::Result<()> {
    for incident in Exported::all(input.archive) {
        writeln!(out, "{}", json!({ "index": { "_id": incident.incident.id } }))?;
        serde_json::to_writer(&mut *out, &Timed { timestamp: timestamp(incident.incident), incident })?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// The start in UTC where it is known, else the day or month.
fn timestamp(incident: &Incident) -> Option<String> {
    incident.start_utc.clone().or_else(|| incident.date.as_ref().map(|date| date.value.iso()))
}

fn mapping(_: &Input<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut properties = Map::from_iter([(TIMESTAMP.to_owned(), date())]);
    for name in ["id", "url", "source"] {
        properties.insert(name.to_owned(), keyword());
    }
    properties.extend(FIELDS.iter().map(|field| (field.name.to_owned(), kind(&field.get))));
    for name in ["extra", "origins"] {
        // Kept, and not searched: their keys are as many as authors think of.
        properties.insert(name.to_owned(), json!({ "type": "object", "enabled": false }));
    }
    writeln!(out, "{}", json!({ "mappings": { "dynamic": false, "properties": properties } }))
}

fn kind(get: &Get) -> Value {
    match get {
        Get::Text(_) => text(),
        Get::Texts(_) | Get::Causes | Get::Related => keyword(),
        Get::Day(_) | Get::Bound(_) | Get::Utc(..) => date(),
        // Often a time of day alone.
        Get::Clock(_) | Get::Moment(_) => keyword(),
        Get::Number(_) => json!({ "type": "double" }),
        Get::Timeline => object(json!({ "time": keyword(), "text": text(), "line": integer() })),
        Get::Actions => object(json!({
            "text": text(), "state": keyword(), "done": { "type": "boolean" }, "owner": keyword(),
            "due": keyword(), "ticket": keyword(), "line": integer(),
        })),
        Get::Links => object(json!({ "text": text(), "url": keyword() })),
    }
}

/// Nested, so that a query for what is open and whose it is means one entry.
fn object(properties: Value) -> Value {
    json!({ "type": "nested", "properties": properties })
}

fn date() -> Value {
    json!({ "type": "date", "format": "strict_date_optional_time" })
}

fn keyword() -> Value {
    json!({ "type": "keyword", "ignore_above": 1024 })
}

fn integer() -> Value {
    json!({ "type": "integer" })
}

fn text() -> Value {
    json!({ "type": "text", "fields": { "keyword": keyword() } })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::samples;
    use crate::config::Config;

    fn written(export: &Export) -> String {
        let archive = samples::archive(vec![samples::incident("gate", "2024-01-02", "dns", "gate")]);
        let input = Input { archive: &archive, config: &Config::default(), pages: &[] };
        let mut bytes = Vec::new();
        (export.write)(&input, &mut bytes).expect("memory takes everything");
        String::from_utf8(bytes).expect("JSON is UTF-8")
    }

    #[test]
    fn the_mapping_has_every_key_of_a_document() {
        let body = written(&BULK);
        let lines: Vec<Value> = body.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        assert_eq!(lines[0], json!({ "index": { "_id": "gate" } }));
        assert_eq!(lines[1][TIMESTAMP], "2024-01-02");
        let mapping: Value = serde_json::from_str(&written(&MAPPING)).expect("JSON");
        let mapped = mapping["mappings"]["properties"].as_object().expect("an object");
        let keys: Vec<&String> = lines[1].as_object().expect("an object").keys().collect();
        assert_eq!(mapped.keys().collect::<Vec<_>>(), keys);
    }
}
