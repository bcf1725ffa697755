//! [Atlassian Document Format](https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/) as
//! Markdown. What is in no row of [`ELEMENTS`] and has no case is its content; a text that is no such document is itself.

use super::markup::{escaped, html};
use crate::import::json::text;
use crate::import::moment::Moment;
use serde_json::Value;

/// Nodes that are one element of HTML.
const ELEMENTS: &[(&str, &str)] = &[
    ("paragraph", "p"),
    ("bulletList", "ul"),
    ("orderedList", "ol"),
    ("listItem", "li"),
    ("taskList", "ul"),
    ("decisionList", "ul"),
    ("decisionItem", "li"),
    ("blockquote", "blockquote"),
    ("panel", "blockquote"),
    ("table", "table"),
    ("tableRow", "tr"),
    ("tableHeader", "th"),
    ("tableCell", "td"),
    ("caption", "p"),
];

/// Marks of a text that are one element of HTML. Colours and the like are none.
const MARKS: &[(&str, &str)] = &[("strong", "strong"), ("em", "em"), ("code", "code"), ("strike", "del")];

/// A document, or a text that holds one, as Markdown.
pub fn markdown(value: &Value) -> Option<String> {
    let read = value.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
    let document = read.as_ref().unwrap_or(value);
    let markdown = match document.get("type") {
        Some(_) => html(&node(document)),
        None => value.as_str()?.to_owned(),
    };
    Some(markdown.trim().to_owned()).filter(|markdown| !markdown.is_empty())
}

fn node(node: &Value) -> String {
    let kind = node.get("type").and_then(Value::as_str).unwrap_or_default();
    let attribute = |name: &str| text(node, &format!("attrs.{name}"));
    let said = |names: &[&str]| escaped(&names.iter().find_map(|name| attribute(name)).unwrap_or_default());
    if let Some((_, element)) = ELEMENTS.iter().find(|(known, _)| *known == kind) {
        let start = attribute("order").map(|order| format!(" start=\"{}\"", escaped(&order)));
        return format!("<{element}{}>{}</{element}>", start.unwrap_or_default(), content(node));
    }
    match kind {
        "text" => marked(node),
        "hardBreak" => "<br>".to_owned(),
        "rule" => "<hr>".to_owned(),
        "heading" => {
            let level =
                attribute("level").and_then(|level| level.parse::<u8>().ok()).unwrap_or(2).clamp(1, 6);
            format!("<h{level}>{}</h{level}>", content(node))
        }
        "taskItem" | "blockTaskItem" => {
            let is_done = attribute("state").as_deref() == Some("DONE");
            let checked = if is_done { " checked" } else { "" };
            format!("<li><input type=checkbox{checked}> {}</li>", content(node))
        }
        "codeBlock" => {
            format!("<pre><code class=\"language-{}\">{}</code></pre>", said(&["language"]), content(node))
        }
        "expand" | "nestedExpand" => format!("<p><strong>{}</strong></p>{}", said(&["title"]), content(node)),
        "mention" | "emoji" | "status" | "placeholder" => said(&["text", "shortName", "id"]),
        "date" => attribute("timestamp")
            .and_then(|time| Moment::unix(time.parse().ok()?))
            .map(|day| day.date.to_string())
            .unwrap_or_default(),
        "inlineCard" => card(&said(&["url"])),
        "blockCard" | "embedCard" => format!("<p>{}</p>", card(&said(&["url"]))),
        "media" | "mediaInline" => match attribute("url") {
            Some(url) => format!("<img src=\"{}\" alt=\"{}\">", escaped(&url), said(&["alt"])),
            None => said(&["alt"]),
        },
        "extension" | "inlineExtension" => said(&["text"]),
        _ => content(node),
    }
}

fn content(of: &Value) -> String {
    of.get("content").and_then(Value::as_array).into_iter().flatten().map(node).collect()
}

fn card(url: &str) -> String {
    format!("<a href=\"{url}\">{url}</a>")
}

fn marked(node: &Value) -> String {
    let words = escaped(node.get("text").and_then(Value::as_str).unwrap_or_default());
    let marks = node.get("marks").and_then(Value::as_array).into_iter().flatten();
    marks.fold(words, |words, mark| {
        let kind = mark.get("type").and_then(Value::as_str).unwrap_or_default();
        if kind == "link" {
            let href = escaped(&text(mark, "attrs.href").unwrap_or_default());
            return format!("<a href=\"{href}\">{words}</a>");
        }
        match MARKS.iter().find(|(known, _)| *known == kind) {
            Some((_, element)) => format!("<{element}>{words}</{element}>"),
            None => words,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn words(text: &str) -> Value {
        json!({ "type": "paragraph", "content": [{ "type": "text", "text": text }] })
    }

    /// A node with children.
    fn of(kind: &str, content: Vec<Value>) -> Value {
        json!({ "type": kind, "content": content })
    }

    fn with(kind: &str, attrs: Value) -> Value {
        json!({ "type": kind, "attrs": attrs, "content": [{ "type": "text", "text": "a" }] })
    }

    #[test]
    fn every_node_is_read() {
        let inline = |node: Value| of("doc", vec![of("paragraph", vec![node])]);
        for (document, wanted) in [
            (of("doc", vec![words("a"), words("b")]), "a\n\nb"),
            (with("heading", json!({ "level": 3 })), "### a"),
            (
                of("bulletList", vec![of("listItem", vec![words("a")]), of("listItem", vec![words("b")])]),
                "- a\n- b",
            ),
            (
                json!({ "type": "orderedList", "attrs": { "order": 3 }, "content": [of("listItem", vec![words("a")])] }),
                "3. a",
            ),
            (
                of(
                    "taskList",
                    vec![
                        with("taskItem", json!({ "state": "DONE" })),
                        with("taskItem", json!({ "state": "TODO" })),
                    ],
                ),
                "- [x] a\n- [ ] a",
            ),
            (of("taskList", vec![with("blockTaskItem", json!({ "state": "DONE" }))]), "- [x] a"),
            (of("decisionList", vec![with("decisionItem", json!({ "state": "DECIDED" }))]), "- a"),
            (of("blockquote", vec![words("a")]), "> a"),
            (json!({ "type": "panel", "attrs": { "panelType": "info" }, "content": [words("a")] }), "> a"),
            (with("codeBlock", json!({ "language": "toml" })), "```toml\na\n```"),
            (of("doc", vec![words("a"), json!({ "type": "rule" }), words("b")]), "a\n\n***\n\nb"),
            (
                of(
                    "table",
                    vec![
                        of(
                            "tableRow",
                            vec![
                                of("tableHeader", vec![words("Time")]),
                                of("tableHeader", vec![words("What")]),
                            ],
                        ),
                        of(
                            "tableRow",
                            vec![of("tableCell", vec![words("10:00")]), of("tableCell", vec![words("a")])],
                        ),
                    ],
                ),
                "| Time | What |\n|---|---|\n| 10:00 | a |",
            ),
            (
                json!({ "type": "expand", "attrs": { "title": "More" }, "content": [words("a")] }),
                "**More**\n\na",
            ),
            (
                json!({ "type": "nestedExpand", "attrs": { "title": "More" }, "content": [words("a")] }),
                "**More**\n\na",
            ),
            (
                of(
                    "layoutSection",
                    vec![of("layoutColumn", vec![words("a")]), of("layoutColumn", vec![words("b")])],
                ),
                "a\n\nb",
            ),
            (
                of(
                    "mediaSingle",
                    vec![
                        with(
                            "media",
                            json!({ "type": "external", "url": "https://e.example/a.png", "alt": "Graph" }),
                        ),
                        with("caption", json!({})),
                    ],
                ),
                "![Graph](https://e.example/a.png)\n\na",
            ),
            (
                of(
                    "mediaGroup",
                    vec![
                        json!({ "type": "media", "attrs": { "type": "file", "id": "1", "alt": "graph.png" } }),
                    ],
                ),
                "graph.png",
            ),
            (
                inline(
                    json!({ "type": "mediaInline", "attrs": { "type": "file", "id": "1", "alt": "log.txt" } }),
                ),
                "log.txt",
            ),
            (
                json!({ "type": "blockCard", "attrs": { "url": "https://e.example/a" } }),
                "<https://e.example/a>",
            ),
            (
                json!({ "type": "embedCard", "attrs": { "url": "https://e.example/a" } }),
                "<https://e.example/a>",
            ),
            (
                inline(json!({ "type": "inlineCard", "attrs": { "url": "https://e.example/a" } })),
                "<https://e.example/a>",
            ),
            (inline(json!({ "type": "mention", "attrs": { "id": "1", "text": "@Ines" } })), "@Ines"),
            (inline(json!({ "type": "emoji", "attrs": { "shortName": ":wave:", "text": "👋" } })), "👋"),
            (inline(json!({ "type": "status", "attrs": { "text": "DONE", "color": "green" } })), "DONE"),
            (inline(json!({ "type": "date", "attrs": { "timestamp": "1713690720000" } })), "2024-04-21"),
            (inline(json!({ "type": "placeholder", "attrs": { "text": "Say what" } })), "Say what"),
            (of("doc", vec![json!({ "type": "extension", "attrs": { "text": "a" } })]), "a"),
            (inline(json!({ "type": "inlineExtension", "attrs": { "text": "a" } })), "a"),
            (of("bodiedExtension", vec![words("a")]), "a"),
            (of("multiBodiedExtension", vec![of("extensionFrame", vec![words("a")])]), "a"),
            (
                of(
                    "paragraph",
                    vec![
                        json!({ "type": "text", "text": "a" }),
                        json!({ "type": "hardBreak" }),
                        json!({ "type": "text", "text": "b" }),
                    ],
                ),
                "a  \nb",
            ),
            (of("something new", vec![words("a")]), "a"),
        ] {
            assert_eq!(markdown(&document).as_deref(), Some(wanted), "{document}");
            assert_eq!(markdown(&Value::from(document.to_string())).as_deref(), Some(wanted), "{document}");
        }
    }

    #[test]
    fn every_mark_is_read() {
        for (mark, wanted) in [
            (json!({ "type": "strong" }), "**a \\<b>**"),
            (json!({ "type": "em" }), "*a \\<b>*"),
            (json!({ "type": "code" }), "`a <b>`"),
            (json!({ "type": "strike" }), "~~a \\<b>~~"),
            (
                json!({ "type": "link", "attrs": { "href": "https://e.example/?a=1&b=\"" } }),
                "[a \\<b>](https://e.example/?a=1&b=\")",
            ),
            (json!({ "type": "underline" }), "a \\<b>"),
            (json!({ "type": "subsup", "attrs": { "type": "sub" } }), "a \\<b>"),
            (json!({ "type": "textColor", "attrs": { "color": "#ff0000" } }), "a \\<b>"),
            (json!({ "type": "backgroundColor", "attrs": { "color": "#ff0000" } }), "a \\<b>"),
        ] {
            let document = of("paragraph", vec![json!({ "type": "text", "text": "a <b>", "marks": [mark] })]);
            assert_eq!(markdown(&document).as_deref(), Some(wanted), "{document}");
        }
        assert_eq!(markdown(&Value::from("Plain text")).as_deref(), Some("Plain text"));
        assert_eq!(markdown(&json!({ "type": "doc", "content": [] })), None);
    }
}
