//! Three languages read as one kind of value. A number is a text, spelled as the author spelled it:
//! `1.10`, `0x1F` and `012` are versions, names and ids, and nobody can tell from a number how it was written.

use super::Syntax;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::fmt;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use yaml_serde::Value as Yaml;

/// Lists and tables may stand in each other so deep. What goes deeper is refused before a parser sees it,
/// since the time that some take grows with the square of the depth.
const DEEPEST: usize = 100;

/// Why a block cannot be parsed.
#[derive(Debug)]
pub struct Problem {
    /// Offset in the block.
    pub at: usize,
    pub message: String,
}

/// Reads a block, or one key of it, as keys and values.
/// `above` is how many lines of the file stand above it.
pub fn parse(inner: &str, syntax: Syntax, above: usize) -> Result<Vec<(String, Value)>, Problem> {
    refuse_deep(inner)?;
    let value = match syntax {
        Syntax::Yaml => yaml(inner, above)?,
        Syntax::Toml => toml(inner)?,
        Syntax::Json => json(inner, above)?,
    };
    match value {
        Value::Object(map) => Ok(map.into_iter().collect()),
        Value::Null => Ok(Vec::new()),
        other => {
            Err(Problem { at: 0, message: format!("expected `key: value` lines, found {}", kind(&other)) })
        }
    }
}

/// What a value is, in a word.
pub fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a table",
    }
}

fn refuse_deep(inner: &str) -> Result<(), Problem> {
    let mut depth = 0_usize;
    for (at, byte) in inner.bytes().enumerate() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(Problem { at, message: format!("brackets nest deeper than {DEEPEST} here") });
        }
    }
    Ok(())
}

fn json(inner: &str, above: usize) -> Result<Value, Problem> {
    let problem = |error: serde_json::Error| {
        let start = start_of_line(inner, error.line());
        let at = inner.floor_char_boundary(start + error.column().saturating_sub(1));
        Problem { at, message: placed(&error.to_string(), above) }
    };
    // What is wrong is told of what the author wrote, as who reads it whole tells it.
    let wrong = |error| problem(serde_json::from_str::<Value>(inner).err().unwrap_or(error));
    serde_json::from_str::<IgnoredAny>(inner).map_err(wrong)?;
    serde_json::from_str(&numbers_quoted(inner)).map_err(wrong)
}

/// JSON with every number as a text.
fn numbers_quoted(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let (mut is_text, mut is_escaped, mut is_number) = (false, false, false);
    for c in json.chars() {
        let digit =
            !is_text && matches!(c, '0'..='9' | '-' | '+' | '.') || is_number && matches!(c, 'e' | 'E');
        if digit != is_number {
            out.push('"');
        }
        is_number = digit;
        is_text ^= c == '"' && !is_escaped;
        is_escaped = is_text && c == '\\' && !is_escaped;
        out.push(c);
    }
    out
}

fn yaml(inner: &str, above: usize) -> Result<Value, Problem> {
    let value: Yaml = yaml_serde::from_str(inner).map_err(|error| yaml_problem(inner, &error, above))?;
    // Read again with its shape known, numbers can be asked for as texts.
    let spelled = Shape(&value).deserialize(yaml_serde::Deserializer::from_str(inner));
    Ok(spelled.unwrap_or_else(|_| from_yaml(&value)))
}

fn yaml_problem(inner: &str, error: &yaml_serde::Error, above: usize) -> Problem {
    let said = error.to_string();
    let first_line = said.lines().next().unwrap_or_default();
    let end = inner.trim_end().len();
    let at = error.location().map_or(0, |place| offset(inner, place.line(), place.column()));
    // Where the parser ran out of text, it says where that began which has no end.
    let begun = first_line.rsplit_once(" at line ").and_then(|(_, place)| {
        let (line, column) = place.split_once(" column ")?;
        Some(offset(inner, line.parse().ok()?, column.parse().ok()?))
    });
    match begun.filter(|begun| at >= end && *begun < end) {
        Some(begun) => Problem {
            at: begun,
            message: placed(first_line.rsplit_once(" at line ").map_or("", |(said, _)| said), above),
        },
        None if at >= end => Problem { at: start_of_last_line(inner), message: placed(first_line, above) },
        None => Problem { at, message: placed(first_line, above) },
    }
}

fn toml(inner: &str) -> Result<Value, Problem> {
    let table = DeTable::parse(inner).map_err(|error| Problem {
        at: error.span().map_or(0, |span| inner.floor_char_boundary(span.start)),
        message: error.message().lines().next().unwrap_or_default().to_owned(),
    })?;
    Ok(from_table(table.get_ref(), inner))
}

/// A parser's message without the place that the carets show. Further ones are counted in
/// the block.
fn placed(message: &str, above: usize) -> String {
    message.split(" at line ").enumerate().fold(String::new(), |all, (n, part)| {
        let (line, rest) = part.split_at(part.bytes().take_while(u8::is_ascii_digit).count());
        match n {
            0 => part.to_owned(),
            1 => all + rest.trim_start_matches(" column ").trim_start_matches(|c: char| c.is_ascii_digit()),
            _ => format!("{all} at line {}{rest}", line.parse::<usize>().map_or(0, |line| line + above)),
        }
    })
}

fn start_of_line(text: &str, line: usize) -> usize {
    text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum()
}

fn start_of_last_line(text: &str) -> usize {
    text.trim_end().rfind('\n').map_or(0, |at| at + 1)
}

/// Byte offset of a line and a column in characters, both counted from 1.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start = start_of_line(text, line);
    let line = text[start..].split('\n').next().unwrap_or_default();
    start + line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(at, _)| at)
}

/// A value of YAML, to be read again as it is spelled.
struct Shape<'v>(&'v Yaml);

impl<'de> DeserializeSeed<'de> for Shape<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, yaml: D) -> Result<Value, D::Error> {
        match self.0 {
            value if is_number(value) => yaml.deserialize_str(self),
            Yaml::Sequence(_) => yaml.deserialize_seq(self),
            Yaml::Mapping(_) => yaml.deserialize_map(self),
            other => yaml.deserialize_ignored_any(IgnoredAny).map(|_| from_yaml(other)),
        }
    }
}

impl<'de> Visitor<'de> for Shape<'_> {
    type Value = Value;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("what was read before")
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        for item in self.0.as_sequence().into_iter().flatten() {
            items.extend(seq.next_element_seed(Shape(item))?);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut pairs = serde_json::Map::new();
        for (key, value) in self.0.as_mapping().into_iter().flatten() {
            if let Some(key) = map.next_key_seed(Shape(key))? {
                pairs.insert(as_key(key), map.next_value_seed(Shape(value))?);
            }
        }
        Ok(Value::Object(pairs))
    }
}

fn is_number(value: &Yaml) -> bool {
    match value {
        Yaml::Tagged(tagged) => is_number(&tagged.value),
        other => other.is_number(),
    }
}

fn from_yaml(value: &Yaml) -> Value {
    match value {
        Yaml::Null => Value::Null,
        Yaml::Bool(flag) => Value::Bool(*flag),
        Yaml::Number(number) => Value::String(number.to_string()),
        Yaml::String(text) => Value::String(text.clone()),
        Yaml::Sequence(items) => items.iter().map(from_yaml).collect(),
        Yaml::Mapping(map) => {
            Value::Object(map.iter().map(|(key, value)| (as_key(from_yaml(key)), from_yaml(value))).collect())
        }
        Yaml::Tagged(tagged) => from_yaml(&tagged.value),
    }
}

fn as_key(key: Value) -> String {
    match key {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

fn from_table(table: &DeTable<'_>, text: &str) -> Value {
    Value::Object(
        table.iter().map(|(key, value)| (key.get_ref().to_string(), from_toml(value, text))).collect(),
    )
}

fn from_toml(value: &Spanned<DeValue<'_>>, text: &str) -> Value {
    match value.get_ref() {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Boolean(flag) => Value::Bool(*flag),
        DeValue::Array(items) => items.iter().map(|item| from_toml(item, text)).collect(),
        DeValue::Table(table) => from_table(table, text),
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_) => {
            Value::String(text.get(value.span()).unwrap_or_default().trim().to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn value(inner: &str, syntax: Syntax) -> Value {
        let read = parse(inner, syntax, 1).unwrap_or_else(|problem| panic!("{inner}: {}", problem.message));
        Value::Object(read.into_iter().collect())
    }

    /// Every spelling of a number that a language knows, in a list, a table and alone.
    #[test]
    fn numbers_keep_their_spelling() {
        let long = "123456789012345678901234567890.10";
        let yaml = [
            "1.10",
            "0x1F",
            "1e3",
            "012",
            "1_000",
            ".5",
            "+1",
            "-0",
            "0o17",
            "007",
            "1.",
            ".inf",
            "0.10e-400",
            long,
        ];
        let toml = [
            "1.10",
            "0x1F",
            "1e3",
            "1_000",
            "+1",
            "-0",
            "0o17",
            "0b10",
            "inf",
            "1979-05-27",
            "07:32:00",
            long,
        ];
        let json = ["1.10", "1e3", "-0", "0.50", "1E+2", "1e999", "12345678901234567890123", long];
        for number in yaml {
            let read = value(
                &format!("a: [{number}, x]\nb: {{c: {number}}}\nd: {number}\n{number}: e\n"),
                Syntax::Yaml,
            );
            assert_eq!(read, json!({ "a": [number, "x"], "b": { "c": number }, "d": number, number: "e" }));
        }
        for number in toml {
            let read = value(
                &format!("a = [{number}, \"x\"]\nb = {{ c = {number} }}\nd = {number}\n"),
                Syntax::Toml,
            );
            assert_eq!(read, json!({ "a": [number, "x"], "b": { "c": number }, "d": number }));
        }
        for number in json {
            let inner =
                format!("{{\"a\": [{number}, \"x\"], \"b\": {{\"1\": {number}}}, \"\\\"1\": {number}}}");
            assert_eq!(
                value(&inner, Syntax::Json),
                json!({ "a": [number, "x"], "b": { "1": number }, "\"1": number })
            );
        }
    }

    #[test]
    fn texts_that_look_like_values_stay_texts() {
        let inner = "tags: [yes, no, on, 2024-05-01, 12:30, v1, \"1.10\", '0x1F', true, ~]\nanchor: &a 1.20\nalias: *a\ntag: !v 1.30\n";
        let tags = json!(["yes", "no", "on", "2024-05-01", "12:30", "v1", "1.10", "0x1F", true, null]);
        assert_eq!(
            value(inner, Syntax::Yaml),
            json!({ "tags": tags, "anchor": "1.20", "alias": "1.20", "tag": "1.30" })
        );
    }

    /// The line of the block, counted from 1, that is said to be wrong.
    #[test]
    fn a_problem_points_at_the_line_that_has_it() {
        for (inner, syntax, line) in [
            ("title: x\ntags: [a, b\n", Syntax::Yaml, 2),
            ("title: x\ntags: [\n\n", Syntax::Yaml, 2),
            ("title: x\nsummary: \"open\ndate: y\n", Syntax::Yaml, 2),
            ("title: x\n  date: y\n", Syntax::Yaml, 2),
            ("title: Ünïcödé ünd ümläüte\nwhy: a: b\nc: d\n", Syntax::Yaml, 2),
            ("title: x\n\tdate: y\n", Syntax::Yaml, 2),
            ("title: x\na: *b\nc: d\n", Syntax::Yaml, 2),
            ("title: x\n{a: b\n", Syntax::Yaml, 2),
            ("title: 'x\n", Syntax::Yaml, 1),
            ("a = \"é\"\nb = [1,\n", Syntax::Toml, 2),
            ("a = 1\nb = \n", Syntax::Toml, 2),
            ("{\n \"a\": \"é\",\n \"b\": x\n}", Syntax::Json, 3),
            ("{\n \"a\": 1,\n \"b\": \"\\ud800\"\n}", Syntax::Json, 3),
        ] {
            let problem = parse(inner, syntax, 1).expect_err(inner);
            assert_eq!(inner[..problem.at].matches('\n').count() + 1, line, "{inner}: {}", problem.message);
        }
    }
}
