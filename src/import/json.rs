//! Values of JSON by their path. What is null, empty or of another kind is not there.

use super::moment::Moment;
use serde_json::Value;

/// Keys under which APIs give a list of records, or one.
const ENVELOPES: &[&str] = &[
    "incidents",
    "scheduled_maintenances",
    "data",
    "post_mortems",
    "postmortems",
    "follow_ups",
    "incident_updates",
    "action_items",
    "incident_events",
    "retrospectives",
    "issues",
    "items",
    "results",
    "result",
    "incident",
    "postmortem",
    "follow_up",
    "retrospective",
];

/// The value at a path such as `attributes.severity.name`.
pub fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(value, |value, key| value.get(key)).filter(|value| !value.is_null())
}

/// The value at a path as text; numbers and truth values too.
pub fn text(value: &Value, path: &str) -> Option<String> {
    at(value, path).and_then(plain)
}

/// A value as text, without white space around it.
pub fn plain(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        _ => String::new(),
    };
    Some(text).filter(|text| !text.is_empty())
}

/// The items of the list at a path.
pub fn list<'v>(value: &'v Value, path: &str) -> &'v [Value] {
    at(value, path).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// What the items of a list are called: they are texts, or have a name.
pub fn names(value: &Value, path: &str) -> Vec<String> {
    list(value, path).iter().filter_map(name).collect()
}

/// What a value is called: a text, or the name of a record.
pub fn name(value: &Value) -> Option<String> {
    const KEYS: &[&str] = &[
        "name",
        "title",
        "full_name",
        "value",
        "login",
        "email",
        "username",
        "data.attributes.name",
        "attributes.name",
        "individual.name",
        "summary",
    ];
    plain(value).or_else(|| KEYS.iter().find_map(|key| text(value, key)))
}

/// The moment at a path, as text or as a number since 1970. An error holds what cannot be read.
pub fn moment(value: &Value, path: &str) -> Result<Option<Moment>, String> {
    let Some(found) = at(value, path) else { return Ok(None) };
    // MongoDB's way to write one.
    let found = found.get("$date").unwrap_or(found);
    match (found.as_i64(), plain(found)) {
        (Some(number), _) => Ok(Moment::unix(number)),
        (None, None) => Ok(None),
        (None, Some(text)) => Moment::read(&text).map(Some).ok_or(text),
    }
}

/// The records of an answer: a list, a list or an object in an envelope, or the value itself.
pub fn records(value: &Value) -> Vec<&Value> {
    let is_records = |items: &&Vec<Value>| items.iter().all(Value::is_object);
    let envelope = |key: &&str| match value.get(*key) {
        Some(Value::Array(items)) => Some(items).filter(is_records).map(|items| items.iter().collect()),
        Some(inner @ Value::Object(_)) => Some(vec![inner]),
        _ => None,
    };
    match value {
        Value::Array(items) => items.iter().filter(|item| item.is_object()).collect(),
        // What has a title is a record itself, whatever lists it holds.
        Value::Object(map) if map.contains_key("title") => vec![value],
        Value::Object(_) => ENVELOPES.iter().find_map(envelope).unwrap_or_else(|| vec![value]),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn records_are_found_in_every_envelope() {
        for value in [
            json!([{"id": 1}]),
            json!({"incidents": [{"id": 1}]}),
            json!({"data": [{"id": 1}]}),
            json!({"ok": true, "result": {"id": 1}}),
            json!({"id": 1}),
        ] {
            let ids: Vec<_> = records(&value).iter().filter_map(|record| text(record, "id")).collect();
            assert_eq!(ids, ["1"], "{value}");
        }
        assert!(records(&json!("text")).is_empty());
        assert!(records(&json!({"incidents": []})).is_empty());
    }

    #[test]
    fn what_is_empty_is_not_there() {
        let value = json!({"a": null, "b": " ", "c": {"d": " x "}, "e": [1, {"name": "n"}, {}], "t": "soon"});
        assert_eq!(["a", "b", "c", "x"].map(|path| text(&value, path)), [None, None, None, None]);
        assert_eq!(text(&value, "c.d").as_deref(), Some("x"));
        assert_eq!(names(&value, "e"), ["1", "n"]);
        assert_eq!(moment(&value, "a"), Ok(None));
        assert_eq!(moment(&value, "t"), Err("soon".to_owned()));
    }
}
