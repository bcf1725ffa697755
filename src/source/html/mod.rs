//! HTML as Markdown, for documents and exports that are pages. Text, headings, lists, tables, code, links and pictures
//! stay; scripts, styles and forms go, and what is left is sanitised with the Markdown around it as ever. Every line of
//! the result knows the line of the page that it came from.
//!
//! Converters that build a tree of the page lose rows of tables whose first cell is their name, as wikis write the
//! properties of a page, and know no lines; this one goes through the tokens once.

mod escape;
mod table;
mod writer;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};
use writer::Writer;

/// A page as Markdown.
#[derive(Debug, Default)]
pub struct Markdown {
    pub text: String,
    /// For each line of the text the 1-based line of the page that it came from.
    pub lines: Vec<u32>,
}

/// What a page leads to or shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    Link,
    Picture,
}

/// Says where an address leads instead; nothing when it is to be left out.
pub type Address<'a> = dyn FnMut(Use, &str) -> Option<String> + 'a;

/// Elements that hold nothing to read.
const SKIPPED: &[&str] = &[
    "script", "style", "template", "title", "noscript", "svg", "math", "iframe", "object", "head", "nav",
    "select", "button", "textarea", "audio", "video", "canvas",
];

/// Elements that begin and end a block, and are no more than that.
#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "p", "div", "section", "article", "main", "header", "footer", "aside", "figure", "figcaption", "address", "details",
    "summary", "form", "fieldset", "center", "body", "html", "dl", "dd", "caption",
];

/// A page as Markdown, with its addresses as they are.
pub fn markdown(html: &str) -> Markdown {
    markdown_with(html, &mut |_, address| Some(address.to_owned()))
}

/// The same, with each address put where it is to lead.
pub fn markdown_with(html: &str, address: &mut Address<'_>) -> Markdown {
    let mut page = Page { writer: Writer::new(html), address, skipped: None };
    for token in tokens(html) {
        page.token(token);
    }
    let mut markdown = page.writer.done();
    let has_title = markdown.text.lines().any(|line| line.starts_with("# "));
    if let Some(title) = title(html).filter(|_| !has_title) {
        markdown.text.insert_str(0, &format!("# {}\n\n", escape::text(&title)));
        let at = html.to_ascii_lowercase().find("<title").unwrap_or(0);
        let line = html[..at].matches('\n').count() as u32 + 1;
        markdown.lines.splice(0..0, [line, line]);
    }
    markdown
}

fn tokens(html: &str) -> impl Iterator<Item = Token<usize>> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(html, emitter).map(|token| {
        let Ok(token) = token;
        token
    })
}

/// The text of `<title>`.
pub fn title(html: &str) -> Option<String> {
    let mut inside = false;
    for token in tokens(html) {
        match token {
            Token::StartTag(tag) if &**tag.name == b"title" => inside = true,
            Token::String(text) if inside => {
                let text = utf8(&text.value).split_whitespace().collect::<Vec<_>>().join(" ");
                return Some(text).filter(|text| !text.is_empty());
            }
            Token::EndTag(_) if inside => return None,
            Token::StartTag(tag) if &**tag.name == b"body" => return None,
            _ => {}
        }
    }
    None
}

/// What stands in the element with an id.
pub fn element<'h>(html: &'h str, id: &str) -> Option<&'h str> {
    let mut open: Option<(Vec<u8>, usize, usize)> = None;
    for token in tokens(html) {
        match (token, &mut open) {
            (Token::StartTag(tag), None) if value(&tag, "id").as_deref() == Some(id) => {
                open = Some((tag.name.to_vec(), tag.span.end, 1));
            }
            (Token::StartTag(tag), Some((name, _, depth))) if *name == **tag.name => *depth += 1,
            (Token::EndTag(tag), Some((name, start, depth))) if *name == **tag.name => {
                *depth -= 1;
                if *depth == 0 {
                    return html.get(*start..tag.span.start);
                }
            }
            _ => {}
        }
    }
    open.and_then(|(_, start, _)| html.get(start..))
}

fn utf8(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn value(tag: &StartTag<usize>, name: &str) -> Option<String> {
    tag.attributes.get(name.as_bytes()).map(|value| utf8(value))
}

/// Whether one of an element's classes contains a word.
fn has_class(tag: &StartTag<usize>, word: &str) -> bool {
    value(tag, "class").is_some_and(|classes| classes.split_whitespace().any(|class| class.contains(word)))
}

struct Page<'p, 'a> {
    writer: Writer<'p>,
    address: &'p mut Address<'a>,
    /// The element whose content is left out, and how many of its name are open.
    skipped: Option<(String, usize)>,
}

impl Page<'_, '_> {
    fn token(&mut self, token: Token<usize>) {
        match token {
            Token::StartTag(tag) => {
                let name = utf8(&tag.name);
                match &mut self.skipped {
                    Some((skipped, depth)) if *skipped == name && !tag.self_closing => *depth += 1,
                    Some((skipped, _)) if skipped == "head" && name == "body" => self.skipped = None,
                    Some(_) => {}
                    None if SKIPPED.contains(&name.as_str()) => {
                        self.skipped = (!tag.self_closing).then_some((name, 1));
                    }
                    None => {
                        self.writer.at(tag.span.start);
                        self.start(&name, &tag);
                    }
                }
            }
            Token::EndTag(tag) => {
                let name = utf8(&tag.name);
                match &mut self.skipped {
                    Some((skipped, depth)) if *skipped == name => {
                        *depth -= 1;
                        if *depth == 0 {
                            self.skipped = None;
                        }
                    }
                    Some(_) => {}
                    None => self.end(&name),
                }
            }
            Token::String(text) if self.skipped.is_none() => {
                self.writer.at(text.span.start);
                self.writer.text(&utf8(&text.value));
            }
            // A mark that a text is for those inside must outlast the conversion.
            Token::Comment(comment) => {
                let comment = utf8(&comment.value);
                let words = comment.trim();
                let (ends, word) = words.strip_prefix('/').map_or((false, words), |word| (true, word.trim()));
                if word.eq_ignore_ascii_case("internal") {
                    self.writer.mark(ends);
                }
            }
            _ => {}
        }
    }

    fn start(&mut self, name: &str, tag: &StartTag<usize>) {
        let writer = &mut self.writer;
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => writer.heading(name.as_bytes()[1] - b'0'),
            "ul" | "ol" | "menu" => {
                let start = value(tag, "start").and_then(|start| start.parse().ok()).unwrap_or(1);
                writer.list((name == "ol").then_some(start), has_class(tag, "task-list"));
            }
            "li" => writer.item(has_class(tag, "checked")),
            "input" if value(tag, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("checkbox")) => {
                writer.checkbox(tag.attributes.contains_key(b"checked".as_slice()));
            }
            "blockquote" => writer.quote(),
            "pre" => writer.code_block(language(tag)),
            "code" | "kbd" | "samp" | "tt" => {
                writer.language(language(tag));
                writer.open("code", None);
            }
            "strong" | "b" => writer.open("strong", None),
            "em" | "i" => writer.open("em", None),
            "del" | "s" | "strike" => writer.open("del", None),
            "a" => {
                let href = value(tag, "href").filter(|href| !href.trim().is_empty());
                writer.open("a", href.and_then(|href| (self.address)(Use::Link, href.trim())));
            }
            "img" => {
                let source = value(tag, "src").and_then(|source| (self.address)(Use::Picture, source.trim()));
                writer.picture(source, &value(tag, "alt").unwrap_or_default());
            }
            "br" => writer.line_break(),
            "hr" => writer.rule(),
            "table" => writer.table(),
            "tr" => writer.row(),
            "td" | "th" => writer.cell(name == "th"),
            "dt" => {
                writer.block();
                writer.open("strong", None);
            }
            _ if BLOCKS.contains(&name) => writer.block(),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        let writer = &mut self.writer;
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => writer.block(),
            "ul" | "ol" | "menu" => writer.end_list(),
            "li" => writer.end_item(),
            "blockquote" => writer.end_quote(),
            "pre" => writer.end_code_block(),
            "code" | "kbd" | "samp" | "tt" => writer.close("code"),
            "strong" | "b" => writer.close("strong"),
            "em" | "i" => writer.close("em"),
            "del" | "s" | "strike" => writer.close("del"),
            "a" => writer.close("a"),
            "table" => writer.end_table(),
            "tr" => writer.end_row(),
            "td" | "th" => writer.end_cell(),
            "dt" => {
                writer.close("strong");
                writer.block();
            }
            _ if BLOCKS.contains(&name) => writer.block(),
            _ => {}
        }
    }
}

/// The language of code: `language-toml`, or what a wiki calls its brush.
fn language(tag: &StartTag<usize>) -> Option<String> {
    let named = value(tag, "data-language").or_else(|| {
        let class = value(tag, "class")?;
        class.split_whitespace().find_map(|class| class.strip_prefix("language-").map(str::to_owned))
    });
    named.filter(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || "+#-_".contains(c)))
}

#[cfg(test)]
mod tests;
