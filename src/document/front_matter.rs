//! Front matter: YAML between `---`, TOML between `+++`, or a JSON object, at the
//! beginning of a file, empty lines aside. The order of keys is kept and each knows its line.
//! When the whole cannot be parsed, every top-level key that can be is kept.

mod characters;
mod syntax;

pub use syntax::kind;

use super::loose_keys::{self, LooseKey};
use crate::diagnostic::{Code, Collected, Diagnostic, Span};
use crate::source::SourceFile;
use serde_json::Value;
use syntax::parse;

/// Largest front matter, in bytes. What is longer is no description of an incident.
const LARGEST: usize = 64 * 1024;

/// What an author typed above the text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FrontMatter {
    pub entries: Vec<Entry>,
    pub syntax: Option<Syntax>,
    /// The whole block, fences included.
    pub span: Span,
    /// Lines like `key: value` where no block could be read. They say nothing of the incident, only
    /// that a document may not be meant for everyone.
    pub loose: Vec<LooseKey>,
}

/// The language of a front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    Yaml,
    Toml,
    Json,
}

/// A top-level key.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub key: String,
    pub value: Value,
    /// Its lines in the source, from the key on.
    pub span: Span,
}

/// A value as one text; nothing for lists and tables.
pub fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// Reads the front matter; also says where the text begins.
pub fn read(source: &SourceFile) -> (FrontMatter, usize, Vec<Diagnostic>) {
    let text = source.text.as_str();
    let above = empty_lines(text);
    let first = text[above..].lines().next().unwrap_or_default().trim_end();
    let mut reader = Reader { source, diagnostics: Collected::default(), loose: Vec::new() };
    let (front_matter, start) = match opened(&text[above..], first).below(above) {
        Found::None => {
            reader.loose = loose_keys::between_rules(text);
            (FrontMatter::default(), 0)
        }
        Found::Unclosed => {
            let closing = if first.starts_with('{') {
                "a `}` on a line of its own"
            } else {
                &format!("another `{first}`")
            };
            let label = format!("expected {closing} below the last key");
            reader.diagnose("the front matter is not closed", above..above + first.len(), &label);
            reader.loose = loose_keys::above_headings(&text[above..]);
            (FrontMatter::default(), 0)
        }
        Found::Block(block) => {
            let end = reader.doubled(&block);
            (reader.block(&block), end)
        }
    };
    (FrontMatter { loose: reader.loose, ..front_matter }, start, reader.diagnostics.done(&source.shown))
}

/// Bytes of the empty lines, and of byte-order marks, that a text begins with.
fn empty_lines(text: &str) -> usize {
    let is_empty = |c: char| c.is_whitespace() || c == '\u{feff}';
    let filled = text.len() - text.trim_start_matches(is_empty).len();
    // An indented first line is what it is because of its indent.
    let line = text[..filled].rfind('\n').map_or(0, |at| at + 1);
    line + text[line..filled].rfind('\u{feff}').map_or(0, |at| at + '\u{feff}'.len_utf8())
}

/// What a text whose first line is `first` opens with.
fn opened(text: &str, first: &str) -> Found {
    match first {
        "---" => fenced(text, "---", Syntax::Yaml),
        "+++" => fenced(text, "+++", Syntax::Toml),
        _ if text.starts_with('{') => json_block(text),
        _ => Found::None,
    }
}

/// Where a front matter stands.
struct Block {
    syntax: Syntax,
    start: usize,
    inner: std::ops::Range<usize>,
    end: usize,
}

enum Found {
    None,
    Unclosed,
    Block(Block),
}

impl Found {
    /// The same where `above` bytes stand before the text that was looked at.
    fn below(self, above: usize) -> Found {
        let Found::Block(Block { syntax, start, inner, end }) = self else { return self };
        let inner = inner.start + above..inner.end + above;
        Found::Block(Block { syntax, start: start + above, inner, end: end + above })
    }
}

fn fenced(text: &str, fence: &str, syntax: Syntax) -> Found {
    let start = text.find('\n').map_or(text.len(), |at| at + 1);
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == fence || (syntax == Syntax::Yaml && line.trim_end() == "...") {
            let inner = start..at;
            let words = &text[inner.clone()];
            let plain = words.trim().is_empty() || !has_keys(words, syntax) || has_headings(words);
            return if plain && syntax == Syntax::Yaml {
                Found::None
            } else {
                Found::Block(Block { syntax, start: 0, inner, end: at + line.len() })
            };
        }
        at += line.len();
        if at - start > LARGEST {
            break;
        }
    }
    let opens_with_key = text[start..].lines().next().is_some_and(|line| is_key(line, syntax));
    if opens_with_key { Found::Unclosed } else { Found::None }
}

/// Whether the lines between two `---` are keys, and not text between two rules.
fn has_keys(inner: &str, syntax: Syntax) -> bool {
    inner.lines().any(|line| is_key(line, syntax)) || inner.trim_start().starts_with(['[', '{', '-'])
}

/// Whether the lines between two rules are a whole document: no key stands under a heading of the second level.
fn has_headings(inner: &str) -> bool {
    inner.lines().any(|line| line.starts_with("## "))
}

fn is_key(line: &str, syntax: Syntax) -> bool {
    let separator = if syntax == Syntax::Toml { '=' } else { ':' };
    key_of(line, separator).is_some()
}

fn key_of(line: &str, separator: char) -> Option<&str> {
    let (key, rest) = line.split_once(separator)?;
    let bare = key.trim_end().trim_matches(['"', '\'']);
    let plain = !bare.is_empty() && bare.len() <= 60 && !key.starts_with([' ', '\t', '-', '#', '*']);
    let named = bare
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ' | '/' | '#' | '(' | ')'));
    let apart = separator == '=' || rest.is_empty() || rest.starts_with([' ', '\t']);
    (plain && named && apart).then_some(bare)
}

fn json_block(text: &str) -> Found {
    let opens = text[1..].trim_start().starts_with(['"', '}']);
    if !opens {
        return Found::None;
    }
    let capped = &text[..text.floor_char_boundary(LARGEST)];
    let mut values = serde_json::Deserializer::from_str(capped).into_iter::<serde::de::IgnoredAny>();
    let line = capped.lines().next().unwrap_or_default();
    let end = match values.next() {
        Some(Ok(_)) => Some(values.byte_offset()),
        _ if line.matches('{').count() == line.matches('}').count() => Some(line.len()),
        _ => capped.find("\n}").map(|at| at + 2),
    };
    let Some(end) = end else { return Found::Unclosed };
    Found::Block(Block { syntax: Syntax::Json, start: 0, inner: 0..end, end })
}

struct Reader<'s> {
    source: &'s SourceFile,
    diagnostics: Collected,
    loose: Vec<LooseKey>,
}

impl Reader<'_> {
    fn diagnose(&mut self, message: &str, range: std::ops::Range<usize>, label: &str) {
        let span = Span::new(range.start, range.end);
        let source = self.source;
        self.diagnostics.tell(Code::FrontMatterSyntax, || {
            Diagnostic::new(Code::FrontMatterSyntax, message)
                .at(&source.shown, &source.text, span)
                .label(label)
        });
    }

    /// Reports a second block right behind the first, and skips it.
    fn doubled(&mut self, block: &Block) -> usize {
        let text = &self.source.text;
        let rest = &text[block.end..];
        let fence = match block.syntax {
            Syntax::Yaml => "---",
            Syntax::Toml => "+++",
            Syntax::Json => return block.end,
        };
        let at = block.end + rest.len() - rest.trim_start().len();
        if text[at..].lines().next().is_none_or(|line| line.trim_end() != fence) {
            return block.end;
        }
        let Found::Block(second) = fenced(&text[at..], fence, block.syntax) else { return block.end };
        self.diagnose(
            "a second front matter",
            at..at + fence.len(),
            "only the first one is read; move these keys into it",
        );
        self.loose.extend(loose_keys::all(&text[at..at + second.end]));
        at + second.end
    }

    fn block(&mut self, block: &Block) -> FrontMatter {
        let span = Span::new(block.start, block.end);
        let inner = &self.source.text[block.inner.clone()];
        let places = places(inner, block.inner.start, block.syntax);
        let above = self.source.text[..block.inner.start].matches('\n').count();
        let mut entries: Vec<Entry> = match parse(inner, block.syntax, above) {
            Ok(values) => values.into_iter().map(|(key, value)| entry(key, value, &places, span)).collect(),
            Err(problem) => {
                let at = block.inner.start + problem.at.min(inner.len());
                let line_end =
                    self.source.text[at..].find('\n').map_or(self.source.text.len(), |len| at + len);
                self.diagnose("the front matter cannot be parsed", at..line_end, &problem.message);
                self.loose.extend(loose_keys::all(inner));
                salvage(&self.source.text, &places, block.syntax)
            }
        };
        entries.sort_by_key(|entry| entry.span);
        for entry in &mut entries {
            let found = characters::clean(&mut entry.key, &mut entry.value);
            for told in found {
                self.diagnostics
                    .tell(told.code, || told.at(&self.source.shown, &self.source.text, entry.span));
            }
        }
        FrontMatter { entries, syntax: Some(block.syntax), span, loose: Vec::new() }
    }
}

fn entry(key: String, value: Value, places: &[(String, Span)], block: Span) -> Entry {
    let span = places.iter().find(|(name, _)| *name == key).map_or(block, |(_, span)| *span);
    Entry { key, value, span }
}

/// The lines of each top-level key, found by scanning.
fn places(inner: &str, base: usize, syntax: Syntax) -> Vec<(String, Span)> {
    let mut places: Vec<(String, Span)> = Vec::new();
    let mut at = base;
    for whole in inner.split_inclusive('\n') {
        let line = whole.trim_end();
        let end = at + line.len();
        let key = match syntax {
            Syntax::Yaml => key_of(line, ':').map(str::to_owned),
            Syntax::Toml if line.starts_with('[') => Some(
                line.trim_matches(['[', ']', '\n', '\r', ' '])
                    .split('.')
                    .next()
                    .unwrap_or_default()
                    .to_owned(),
            ),
            Syntax::Toml => key_of(line, '=').map(str::to_owned),
            Syntax::Json => json_key(line),
        };
        match key {
            Some(key) if places.last().is_none_or(|(last, _)| *last != key) => {
                places.push((key, Span::new(at, end)))
            }
            _ if !line.trim().is_empty() => {
                if let Some((_, span)) = places.last_mut() {
                    *span = Span::new(span.start as usize, end);
                }
            }
            _ => {}
        }
        at += whole.len();
    }
    places
}

fn json_key(line: &str) -> Option<String> {
    let rest = line.trim_start().trim_start_matches(['{', ' ']).strip_prefix('"')?;
    let depth = line.len() - line.trim_start().len();
    let (key, behind) = rest.split_once('"')?;
    (depth <= 4 && behind.trim_start().starts_with(':')).then(|| key.to_owned())
}

/// The keys whose own lines parse, out of a block that does not.
fn salvage(text: &str, places: &[(String, Span)], syntax: Syntax) -> Vec<Entry> {
    let read = |(_, span): &(String, Span)| -> Vec<Entry> {
        let own = text[span.range()].trim().trim_end_matches(',');
        let chunk = if syntax == Syntax::Json {
            format!("{{{}}}", own.trim_start_matches('{'))
        } else {
            own.to_owned()
        };
        let values = parse(&chunk, syntax, 0).unwrap_or_default();
        values.into_iter().map(|(key, value)| Entry { key, value, span: *span }).collect()
    };
    places.iter().flat_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn front_matter(text: &str) -> (Vec<(String, Value)>, usize, Vec<String>) {
        let source = SourceFile::new("a.md", text);
        let (found, start, diagnostics) = read(&source);
        let diagnostics = diagnostics
            .iter()
            .map(|d| {
                format!(
                    "{}:{} {}",
                    d.place.as_ref().map_or(0, |p| p.line),
                    d.place.as_ref().map_or(0, |p| p.column),
                    d.message
                )
            })
            .collect();
        (found.entries.into_iter().map(|e| (e.key, e.value)).collect(), start, diagnostics)
    }

    #[test]
    fn three_languages_are_read() {
        for text in [
            "---\ntitle: A\ntags: [b, c]\n---\nx",
            "+++\ntitle = \"A\"\ntags = [\"b\", \"c\"]\n+++\nx",
            "{\n  \"title\": \"A\",\n  \"tags\": [\"b\", \"c\"]\n}\nx",
        ] {
            let (entries, start, diagnostics) = front_matter(text);
            assert_eq!(diagnostics, Vec::<String>::new(), "{text}");
            assert_eq!(entries[0], ("title".to_owned(), Value::from("A")), "{text}");
            assert_eq!(entries[1].0, "tags");
            assert_eq!(text[start..].trim(), "x", "{text}");
        }
    }

    #[test]
    fn empty_lines_may_stand_above() {
        for above in ["\n", "\n\n \t\n", "\u{feff}\n", "\n\u{feff}", "\u{feff}\u{feff}", "\r\n"] {
            for block in ["---\ntitle: A\n---\n", "+++\ntitle = \"A\"\n+++\n", "{\n  \"title\": \"A\"\n}\n"] {
                let text = format!("{above}{block}x");
                let (entries, start, diagnostics) = front_matter(&text);
                assert_eq!(diagnostics, Vec::<String>::new(), "{text:?}");
                assert_eq!(entries, [("title".to_owned(), Value::from("A"))], "{text:?}");
                assert_eq!(text[start..].trim(), "x", "{text:?}");
            }
        }
        assert_eq!(front_matter("\n    ---\n    a: b\n    ---\n").1, 0, "this is a code block");
    }

    #[test]
    fn rules_around_text_are_no_front_matter() {
        assert_eq!(front_matter("---\n\n# Title\n\n---\ntext").1, 0);
        assert_eq!(front_matter("---\nIt broke.\n---\ntext").1, 0);
    }

    #[test]
    fn what_is_wrong_is_named_and_the_rest_is_kept() {
        let (entries, _, diagnostics) = front_matter("---\ntitle: One: two\nseverity: high\n---\nx");
        assert_eq!(diagnostics.len(), 1, "{diagnostics:?}");
        assert!(diagnostics[0].starts_with("2:"), "{diagnostics:?}");
        assert_eq!(entries, [("severity".to_owned(), Value::from("high"))]);
        assert_eq!(front_matter("---\ntitle: x\n\n# T\n").2, ["1:1 the front matter is not closed"]);
        let (entries, start, diagnostics) = front_matter("---\na: 1\n---\n---\nb: 2\n---\nx");
        assert_eq!((entries.len(), start, diagnostics.len()), (1, 26, 1), "{diagnostics:?}");
    }

    #[test]
    fn a_message_says_each_place_once_and_as_the_file_counts() {
        let labels = |text: &str| {
            let (_, _, diagnostics) = read(&SourceFile::new("a.md", text));
            diagnostics
                .into_iter()
                .map(|d| format!("{}: {}", d.place.map_or(0, |p| p.line), d.label))
                .collect::<Vec<_>>()
        };
        let scalar = "2: found unexpected end of stream, while scanning a quoted scalar";
        assert_eq!(labels("---\ntitle: \"unclosed\ndate: 2024-01-01\n---\nx"), [scalar]);
        assert_eq!(labels("{\"title\": \"x\", \"date\": \"2024-01-01\",}\n# T\n"), ["1: trailing comma"]);
        assert_eq!(
            labels("{\"title\": \"x\",\n# T\n"),
            ["1: expected a `}` on a line of its own below the last key"]
        );
    }

    #[test]
    fn characters_that_were_escaped_get_what_they_get_in_the_text() {
        let escapes = r#""a\u0000b\u001b\u0007\u009b\u202e\tc""#;
        for text in [
            format!("---\ntitle: {escapes}\ntags: [{escapes}]\n{escapes}: x\n---\nx"),
            format!("+++\ntitle = {escapes}\ntags = [{escapes}]\n{escapes} = \"x\"\n+++\nx"),
            format!("{{\n\"title\": {escapes},\n\"tags\": [{escapes}],\n{escapes}: \"x\"\n}}\nx"),
        ] {
            let (entries, _, diagnostics) = front_matter(&text);
            let clean = "a\u{fffd}b\u{fffd}\u{fffd}\u{fffd}\u{202e}\tc";
            let mut found: Vec<(&str, String)> = entries
                .iter()
                .map(|(key, value)| (key.as_str(), value.to_string().replace('"', "")))
                .collect();
            found.sort();
            let json = |text: &str| serde_json::to_string(text).expect("text").replace('"', "");
            let expected =
                [(clean, "x".to_owned()), ("tags", format!("[{}]", json(clean))), ("title", json(clean))];
            assert_eq!(found, expected, "{text}");
            let of = |words: &str| diagnostics.iter().filter(|told| told.ends_with(words)).count();
            assert_eq!(
                (of("4 control characters were replaced"), of("1 character changes the reading direction")),
                (3, 3)
            );
            assert_eq!(
                diagnostics.iter().filter(|told| told.starts_with("2:1 ")).count(),
                2,
                "{diagnostics:?}"
            );
        }
    }

    #[test]
    fn laughing_and_deep_blocks_are_refused() {
        let mut laughs = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
        for n in 1..9 {
            let aliases = vec![format!("*a{}", n - 1); 9].join(",");
            laughs.push_str(&format!("a{n}: &a{n} [{aliases}]\n"));
        }
        assert!(!front_matter(&format!("---\n{laughs}---\n")).2.is_empty());
        assert!(!front_matter(&format!("---\na: {}\n---\n", "[".repeat(5_000))).2.is_empty());
        assert!(!front_matter(&format!("+++\na = {}\n+++\n", "[".repeat(5_000))).2.is_empty());
        assert!(!front_matter(&format!("{{\"a\": {}\n}}\n", "[".repeat(5_000))).2.is_empty());
    }
}
