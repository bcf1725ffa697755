//! [Jira's wiki markup](https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all) as Markdown.

use super::markup::{self, escaped};

/// How far, in bytes, a mark looks for its end.
const FAR: usize = 400;

/// Marks within a line, longer ones first, and the element that each is; those without one are the words between them.
const MARKS: &[(&str, &str)] =
    &[("??", "em"), ("*", "strong"), ("_", "em"), ("-", "del"), ("+", ""), ("^", ""), ("~", "")];

/// Macros that change how a text looks, and nothing else.
const LOOKS: &[&str] = &["color", "anchor", "toc", "section", "column", "center", "div", "span", "expand"];

/// Wiki markup as Markdown.
pub fn markdown(wiki: &str) -> String {
    let wiki = wiki.replace("\r\n", "\n").replace('\r', "\n");
    let mut html = String::new();
    let mut rest = wiki.as_str();
    while let Some((before, language, code, after)) = code(rest) {
        html += &blocks(before);
        html +=
            &format!("<pre><code class=\"language-{}\">{}</code></pre>", escaped(language), escaped(code));
        rest = after;
    }
    html += &blocks(rest);
    markup::html(&html).trim().to_owned()
}

/// The first code of a text: what stands before it, its language, itself and what follows.
fn code(text: &str) -> Option<(&str, &str, &str, &str)> {
    let (at, name, rest) = macro_of(text, &["{code", "{noformat"])?;
    let (settings, rest) = rest.split_once('}')?;
    let end = format!("{name}}}");
    let (code, after) = rest.split_once(end.as_str())?;
    let language = settings.trim_start_matches(':').split('|').find(|setting| !setting.contains('='));
    Some((&text[..at], language.unwrap_or_default(), code.trim_matches('\n'), after))
}

/// Lines that are no code, as HTML.
fn blocks(text: &str) -> String {
    let mut page = Page::default();
    for line in text.lines() {
        let mut rest = line;
        while let Some((before, after)) = quoted(rest) {
            page.line(before.trim());
            page.quote();
            rest = after;
        }
        page.line(rest.trim());
    }
    page.close();
    page.html
}

#[derive(Default)]
struct Page {
    html: String,
    /// What the line before was part of.
    open: Open,
    /// Markers of the lists that are open.
    lists: Vec<char>,
    in_quote: bool,
}

#[derive(Default, PartialEq, Clone, Copy)]
enum Open {
    #[default]
    Nothing,
    Paragraph,
    Table,
}

impl Page {
    fn line(&mut self, line: &str) {
        let heading = line.strip_prefix('h').and_then(|rest| rest.split_once('.'));
        let level = heading.filter(|(level, _)| matches!(*level, "1" | "2" | "3" | "4" | "5" | "6"));
        if line.is_empty() {
            self.close();
        } else if let Some((level, text)) = level {
            self.block(&format!("<h{level}>{}</h{level}>", inline(text.trim())));
        } else if let Some(text) = line.strip_prefix("bq.") {
            self.block(&format!("<blockquote>{}</blockquote>", inline(text.trim())));
        } else if line.len() >= 4 && line.bytes().all(|byte| byte == b'-') {
            self.block("<hr>");
        } else if let Some((markers, text)) = item(line) {
            self.item(markers, text);
        } else if line.starts_with('|') {
            self.row(line);
        } else {
            self.text(line);
        }
    }

    fn close(&mut self) {
        self.end_lists(0);
        match self.open {
            Open::Nothing => {}
            Open::Paragraph => self.html += "</p>",
            Open::Table => self.html += "</table>",
        }
        self.open = Open::Nothing;
    }

    fn quote(&mut self) {
        self.close();
        self.in_quote = !self.in_quote;
        self.html += if self.in_quote { "<blockquote>" } else { "</blockquote>" };
    }

    fn block(&mut self, html: &str) {
        self.close();
        self.html += html;
    }

    fn text(&mut self, line: &str) {
        if line.is_empty() {
            return;
        }
        match (self.open, self.lists.is_empty()) {
            // It goes on with the item or paragraph before.
            (_, false) | (Open::Paragraph, _) => self.html += "<br>",
            _ => {
                self.close();
                self.html += "<p>";
                self.open = Open::Paragraph;
            }
        }
        self.html += &inline(line);
    }

    fn end_lists(&mut self, kept: usize) {
        while self.lists.len() > kept {
            self.html += if self.lists.pop() == Some('#') { "</ol>" } else { "</ul>" };
        }
    }

    fn item(&mut self, markers: &str, text: &str) {
        if self.open != Open::Nothing {
            self.close();
        }
        let same =
            self.lists.iter().zip(markers.chars()).take_while(|(open, marker)| *open == marker).count();
        self.end_lists(same);
        for marker in markers.chars().skip(same) {
            self.html += if marker == '#' { "<ol>" } else { "<ul>" };
            self.lists.push(marker);
        }
        self.html += &format!("<li>{}", inline(text));
    }

    fn row(&mut self, line: &str) {
        if self.open != Open::Table {
            self.close();
            self.html += "<table>";
            self.open = Open::Table;
        }
        let (element, mark) = if line.starts_with("||") { ("th", "||") } else { ("td", "|") };
        let inside = line.trim_start_matches('|').trim_end_matches('|');
        let cells = inside.split(mark).map(|cell| format!("<{element}>{}</{element}>", inline(cell.trim())));
        self.html += &format!("<tr>{}</tr>", cells.collect::<String>());
    }
}

/// Markers and text of an item of a list, such as `*# text`. Deeper ones than anybody writes are text.
fn item(line: &str) -> Option<(&str, &str)> {
    const DEEPEST: usize = 12;
    let (markers, text) = line.split_once(' ')?;
    let is_list = markers.len() <= DEEPEST && markers.chars().all(|c| "*#-".contains(c));
    (is_list && !markers.is_empty() && !markers.starts_with("--")).then_some((markers, text))
}

/// What stands before and after a macro that begins or ends a quotation.
fn quoted(line: &str) -> Option<(&str, &str)> {
    let (at, _, rest) = macro_of(line, &["{quote", "{panel"])?;
    Some((&line[..at], rest.split_once('}')?.1))
}

/// The first macro of these: where it stands, its name, and what follows the name.
fn macro_of<'t>(text: &'t str, names: &[&'static str]) -> Option<(usize, &'static str, &'t str)> {
    text.match_indices('{').find_map(|(at, _)| {
        let (name, rest) = names.iter().find_map(|name| Some((*name, text[at..].strip_prefix(name)?)))?;
        Some((at, name, rest))
    })
}

/// The text of a line, as HTML.
fn inline(text: &str) -> String {
    let (mut html, mut rest, mut before) = (String::new(), text, ' ');
    while let Some(c) = rest.chars().next() {
        let special = match c {
            '\\' => escape(rest),
            '{' => braces(rest),
            '[' => link(rest),
            '!' => picture(rest),
            _ => marked(rest, before),
        };
        let (piece, length) = special.unwrap_or_else(|| (escaped(&c.to_string()), c.len_utf8()));
        html += &piece;
        before = rest[..length].chars().next_back().unwrap_or(' ');
        rest = &rest[length..];
    }
    html
}

fn escape(text: &str) -> Option<(String, usize)> {
    let next = text[1..].chars().next()?;
    if next == '\\' {
        return Some(("<br>".to_owned(), 2));
    }
    next.is_ascii_punctuation().then(|| (escaped(&next.to_string()), 2))
}

/// Code within a line, or a macro.
fn braces(text: &str) -> Option<(String, usize)> {
    if let Some(code) = text.strip_prefix("{{") {
        let end = near(code).find("}}")?;
        return Some((format!("<code>{}</code>", escaped(&code[..end])), end + 4));
    }
    let end = near(text).find('}')?;
    let name = text[1..end].split(':').next().unwrap_or_default();
    LOOKS.contains(&name).then(|| (String::new(), end + 1))
}

fn link(text: &str) -> Option<(String, usize)> {
    let end = near(text).find(']')?;
    let inside = &text[1..end];
    if let Some(user) = inside.strip_prefix('~') {
        return Some((format!("@{}", escaped(user)), end + 1));
    }
    let mut parts = inside.split('|');
    let (first, second) = (parts.next()?, parts.next());
    let address = second.unwrap_or(first).trim();
    let is_address = address.contains("://") || address.starts_with("mailto:");
    let words = if second.is_some() { inline(first.trim()) } else { escaped(address) };
    is_address.then(|| (format!("<a href=\"{}\">{words}</a>", escaped(address)), end + 1))
}

/// A picture at an address, or the name of an attachment, which no CSV holds.
fn picture(text: &str) -> Option<(String, usize)> {
    let end = near(&text[1..]).find('!')? + 1;
    let name = text[1..end].split('|').next()?;
    let is_name = name.contains('.') && !name.contains(char::is_whitespace);
    is_name.then(|| match name.contains("://") {
        true => (format!("<img src=\"{}\">", escaped(name)), end + 1),
        false => (escaped(name), end + 1),
    })
}

/// Words between two marks, which stand at the edges of words.
fn marked(text: &str, before: char) -> Option<(String, usize)> {
    let (mark, element) = MARKS.iter().find(|(mark, _)| text.starts_with(mark))?;
    let inside = &text[mark.len()..];
    let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    if !is_edge(Some(before)) || inside.starts_with(char::is_whitespace) || inside.starts_with(mark) {
        return None;
    }
    let ends = |at: &usize| {
        let after = inside[at + mark.len()..].chars().next();
        *at > 0 && !inside[..*at].ends_with(char::is_whitespace) && is_edge(after)
    };
    let end = near(inside).match_indices(mark).map(|(at, _)| at).find(ends)?;
    let words = inline(&inside[..end]);
    let length = end + 2 * mark.len();
    Some((if element.is_empty() { words } else { format!("<{element}>{words}</{element}>") }, length))
}

/// As much of a text as its first mark looks through.
fn near(text: &str) -> &str {
    &text[..text.floor_char_boundary(FAR)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_stays() {
        for (wiki, wanted) in [
            (
                "h2. Root cause\nA *bold* and _slanted_ -old- word.",
                "## Root cause\n\nA **bold** and *slanted* ~~old~~ word.",
            ),
            ("a\nb\n\nc", "a  \nb\n\nc"),
            ("* a\n** b\n* c\n# d", "- a\n  - b\n- c\n\n1. d"),
            ("- a\n- b", "- a\n- b"),
            ("||Time||What||\n|10:00|Down|", "| Time | What |\n|---|---|\n| 10:00 | Down |"),
            (
                "{code:java|title=A.java}\nint a = b * c;\n{code}\nafter",
                "```java\nint a = b * c;\n```\n\nafter",
            ),
            ("{noformat}*x*{noformat}", "```\n*x*\n```"),
            ("{quote}\na\n{quote}\nb", "> a\n\nb"),
            ("{panel:title=Note}a{panel}", "> a"),
            ("bq. said", "> said"),
            ("{{a *b*}} and {color:red}red{color}", "`a *b*` and red"),
            (
                "[here|https://e.example/a] [https://e.example/] [~ines]",
                "[here](https://e.example/a) <https://e.example/> @ines",
            ),
            ("!graph.png|thumbnail! !https://e.example/a.png!", "graph.png ![](https://e.example/a.png)"),
            (
                "snake_case_name 2*3*4 a-b-c well-known 10:00 - 11:00",
                "snake_case_name 2\\*3\\*4 a-b-c well-known 10:00 - 11:00",
            ),
            ("a\\*b \\{x}", "a\\*b {x}"),
            ("a\n----\nb", "a\n\n***\n\nb"),
            ("{code}never closed\nh1. A", "{code}never closed\n\n# A"),
            ("<b>&", "\\<b>&"),
            ("", ""),
        ] {
            assert_eq!(markdown(wiki), wanted, "{wiki}");
        }
    }

    #[test]
    fn what_is_never_closed_is_text() {
        for pattern in ["*a ", "{code", "{code}", "[", "!", "{{", "|", "* ", "{quote}", "_a*", "h1. "] {
            markdown(&pattern.repeat(5_000));
        }
    }
}
