//! Markdown events as pieces.

use super::bare;
use super::code;
use super::footnote::Footnotes;
use super::lines;
use super::link::{self, Links};
use super::piece::{Element, Piece, Words};
use super::plain_lines::{As, PlainLines, restored};
use super::raw::{self, Kind, Raw};
use super::tree::{Aside, Ticket, Tree};
use crate::config::RawHtml;
use crate::diagnostic::{Code, Span};
use crate::document::crowded::Crowded;
use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, Options as Syntax, Parser, Tag, TagEnd,
};
use std::borrow::Cow;
use std::ops::Range;

/// An event and where it stands in the whole text.
type Located<'t> = (Event<'t>, Range<usize>);

/// The Markdown that is read: GitHub's, without math, which would eat `US$5 to US$10`.
fn syntax() -> Syntax {
    Syntax::ENABLE_TABLES
        | Syntax::ENABLE_FOOTNOTES
        | Syntax::ENABLE_STRIKETHROUGH
        | Syntax::ENABLE_TASKLISTS
        | Syntax::ENABLE_GFM
        | Syntax::ENABLE_HEADING_ATTRIBUTES
}

/// A text as pieces.
pub(super) struct Read<'t> {
    pub tree: Tree<'t>,
    /// The words of the heading that was left out because the page shows it.
    pub title: Option<String>,
    pub has_raw: bool,
}

pub(super) fn read<'t>(text: &'t str, crowded: &'t Crowded<'_>, links: &mut Links<'_>) -> Read<'t> {
    let start = links.options.start;
    let events = Parser::new_ext(&crowded.blanked[start..], syntax()).into_offset_iter();
    let events = events.map(|(event, range)| (event, range.start + start..range.end + start));
    let events: Vec<Located<'t>> =
        events.map(|(event, range)| (restored(text, crowded, event, &range), range)).collect();
    let has_raw = events.iter().any(|(event, _)| matches!(event, Event::Html(_) | Event::InlineHtml(_)));
    let mut reader = Reader {
        text,
        tree: Tree::default(),
        links,
        open: Vec::new(),
        footnotes: Footnotes::of(&events),
        asides: Vec::new(),
        kept_breaks: Vec::new(),
        columns: Vec::new(),
        plain_lines: PlainLines::of(crowded),
        title: None,
    };
    reader.read(&events);
    reader.footnotes.write(&mut reader.tree);
    Read { tree: reader.tree, title: reader.title, has_raw }
}

struct Reader<'t, 'l, 'o> {
    text: &'t str,
    tree: Tree<'t>,
    links: &'l mut Links<'o>,
    /// Elements of the Markdown that are open; nothing for tags that wrote no element.
    open: Vec<Option<Ticket>>,
    footnotes: Footnotes<'t>,
    /// Notes that are being defined, with what they interrupted.
    asides: Vec<(Cow<'t, str>, Aside<'t>)>,
    /// Where lines of the open paragraph begin that start on a line of their own.
    kept_breaks: Vec<usize>,
    /// Alignment of the open table's columns, and the column that comes next.
    columns: Vec<(Vec<Alignment>, usize)>,
    plain_lines: PlainLines<'t>,
    title: Option<String>,
}

impl<'t> Reader<'t, '_, '_> {
    fn read(&mut self, events: &[Located<'t>]) {
        let mut at = 0;
        while at < events.len() {
            self.plain_lines_at(Some(&events[at]));
            at = self.step(events, at);
        }
        self.plain_lines_at(None);
        self.tree.finish();
    }

    /// Writes the crowded lines that stand before an event.
    fn plain_lines_at(&mut self, event: Option<&Located<'t>>) {
        while let Some((line, stands)) = self.plain_lines.next(event) {
            let Some(why) = stands.told() else { continue };
            let (span, start) = (Span::new(line.start, line.end), Span::new(line.start, line.start));
            self.links.diagnose(Code::TooDense, "this line has too much markup", why.to_owned(), start);
            if stands == As::Paragraph {
                self.element("p", Words::new(&self.text[line], span));
            }
        }
    }

    /// Reads the event at `at` with those that belong to it; returns the position of the next.
    fn step(&mut self, events: &[Located<'t>], at: usize) -> usize {
        let (event, range) = &events[at];
        let span = Span::new(range.start, range.end);
        match event {
            Event::Start(Tag::Heading { .. } | Tag::Paragraph) if self.is_title(events, at) => {
                return self.leave_out(events, at);
            }
            Event::Start(Tag::CodeBlock(kind)) => return self.code_block(events, at, kind),
            Event::Start(Tag::HtmlBlock) => return self.html_block(events, at),
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                return self.image(events, at, dest_url, title);
            }
            Event::Text(_) => return self.text_run(events, at),
            Event::Start(Tag::FootnoteDefinition(label)) => self.begin_footnote(label),
            Event::End(TagEnd::FootnoteDefinition) => self.end_footnote(),
            Event::Start(tag) => {
                let ticket = self.start(tag, range);
                self.open.push(ticket);
            }
            Event::End(_) => self.end(events, at),
            Event::Code(code) => self.code(code, range),
            Event::SoftBreak if self.kept_breaks.binary_search(&range.end).is_ok() => self.line_break(),
            Event::SoftBreak => self.tree.text(Words::new("\n", span)),
            Event::HardBreak => self.line_break(),
            Event::Rule => self.tree.void(Element::new("hr")),
            Event::TaskListMarker(done) => self.task(*done),
            Event::FootnoteReference(label) => {
                self.footnotes.refer(label, span, self.text, &mut self.tree, self.links)
            }
            Event::InlineHtml(html) => self.raw(Kind::Inline, [(html.as_ref(), range.start)]),
            Event::Html(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
        at + 1
    }

    fn start(&mut self, tag: &Tag<'t>, range: &Range<usize>) -> Option<Ticket> {
        let span = Span::new(range.start, range.end);
        let name = match tag {
            Tag::Paragraph => {
                let breaks = lines::kept(&self.text[range.clone()]);
                self.kept_breaks = breaks.into_iter().map(|at| range.start + at).collect();
                "p"
            }
            Tag::Heading { level, id, .. } => return self.heading(*level as u8, id.as_ref(), span),
            Tag::BlockQuote(Some(kind)) => return self.alert(*kind, span),
            Tag::BlockQuote(None) => "blockquote",
            Tag::List(Some(1)) => "ol",
            Tag::List(Some(first)) => {
                return self.tree.open(Element::new("ol").with("start", first.to_string()).at(span));
            }
            Tag::List(None) => "ul",
            Tag::Item => "li",
            Tag::Table(columns) => {
                self.columns.push((columns.clone(), 0));
                "table"
            }
            Tag::TableHead => {
                self.first_column();
                let head = self.tree.open(Element::new("thead").at(span));
                self.tree.open(Element::new("tr").at(span));
                return head;
            }
            Tag::TableRow => {
                self.first_column();
                "tr"
            }
            Tag::TableCell => return self.cell(span),
            Tag::Emphasis => "em",
            Tag::Strong => "strong",
            Tag::Strikethrough => "del",
            Tag::Link { link_type, dest_url, title, .. } => {
                return self.link(*link_type, dest_url, title, span);
            }
            _ => return None,
        };
        self.tree.open(Element::new(name).at(span))
    }

    fn end(&mut self, events: &[Located<'t>], at: usize) {
        let Some(ticket) = self.open.pop() else { return };
        match &events[at].0 {
            Event::End(TagEnd::Table) => drop(self.columns.pop()),
            Event::End(TagEnd::Link) => self.name_link(ticket),
            Event::End(TagEnd::Paragraph) => self.kept_breaks.clear(),
            _ => {}
        }
        ticket.into_iter().for_each(|ticket| self.tree.close(ticket));
    }

    /// Whether a block holds nothing but the words of the title that the page shows already.
    fn is_title(&self, events: &[Located<'t>], at: usize) -> bool {
        let Some(title) = self.links.options.skip_title.map(Span::range) else { return false };
        let block = &events[at].1;
        if title.end <= block.start || block.end <= title.start {
            return false;
        }
        let inside = |range: &Range<usize>| {
            let words = self.text[range.clone()].trim_matches(|c: char| c.is_whitespace() || c == '`');
            let start = range.start + self.text[range.clone()].find(words).unwrap_or(0);
            title.start <= start && start + words.len() <= title.end
        };
        let is_word = |event: &Event<'_>| {
            !matches!(event, Event::Start(_) | Event::End(_) | Event::SoftBreak | Event::HardBreak)
        };
        let mut words = events[at..end_of(events, at)].iter().filter(|(event, _)| is_word(event)).peekable();
        words.peek().is_some() && words.all(|(_, range)| inside(range))
    }

    fn leave_out(&mut self, events: &[Located<'t>], at: usize) -> usize {
        let end = end_of(events, at);
        self.title = Some(events[at..end].iter().map(|(event, _)| plain(event)).collect());
        end + 1
    }

    fn heading(&mut self, level: u8, id: Option<&CowStr<'t>>, span: Span) -> Option<Ticket> {
        let names = ["h1", "h2", "h3", "h4", "h5", "h6"];
        let mut element = Element::new(names[usize::from(level.clamp(1, 6)) - 1]).at(span);
        if let Some(id) = id {
            element.set("id", cow(id));
        }
        self.tree.open(element)
    }

    fn alert(&mut self, kind: BlockQuoteKind, span: Span) -> Option<Ticket> {
        let (class, name) = match kind {
            BlockQuoteKind::Note => ("alert alert-note", "Note"),
            BlockQuoteKind::Tip => ("alert alert-tip", "Tip"),
            BlockQuoteKind::Important => ("alert alert-important", "Important"),
            BlockQuoteKind::Warning => ("alert alert-warning", "Warning"),
            BlockQuoteKind::Caution => ("alert alert-caution", "Caution"),
        };
        let alert = self.tree.open(Element::new("div").with("class", class).at(span));
        let title = self.tree.open(Element::new("p").with("class", "alert-title"));
        self.tree.text(Words::ours(name));
        title.into_iter().for_each(|title| self.tree.close(title));
        alert
    }

    fn first_column(&mut self) {
        self.columns.last_mut().into_iter().for_each(|(_, next)| *next = 0);
    }

    fn cell(&mut self, span: Span) -> Option<Ticket> {
        let is_head = self.tree.is_in("thead");
        let alignment = self.columns.last_mut().map(|(columns, next)| {
            *next += 1;
            columns.get(*next - 1).copied().unwrap_or(Alignment::None)
        });
        let mut element = Element::new(if is_head { "th" } else { "td" }).at(span);
        if is_head {
            element.set("scope", "col");
        }
        match alignment {
            Some(Alignment::Left) => element.set("class", "align-left"),
            Some(Alignment::Center) => element.set("class", "align-center"),
            Some(Alignment::Right) => element.set("class", "align-right"),
            Some(Alignment::None) | None => {}
        }
        self.tree.open(element)
    }

    fn link(&mut self, kind: LinkType, dest: &CowStr<'t>, title: &CowStr<'t>, span: Span) -> Option<Ticket> {
        let mail = (kind == LinkType::Email).then(|| format!("mailto:{dest}"));
        let href = self.links.link(mail.as_deref().unwrap_or(dest), span)?;
        let element = Element::new("a").with("href", href).at(span);
        self.tree.open(match title.trim().is_empty() {
            true => element,
            false => element.with("title", cow(title)),
        })
    }

    /// A link without words shows where it leads.
    fn name_link(&mut self, ticket: Option<Ticket>) {
        if !ticket.is_some_and(|ticket| self.tree.is_empty_since(ticket)) {
            return;
        }
        if let Some(Piece::Open(element)) = self.tree.pieces.last()
            && let Some(href) = element.attribute("href")
        {
            let words = Words::ours(link::file_name(href).into_owned());
            self.tree.text(words);
        }
    }

    fn line_break(&mut self) {
        self.tree.void(Element::new("br"));
    }

    fn task(&mut self, done: bool) {
        self.tree.set("li", "class", "task");
        let (class, label, sign) =
            if done { ("box done", "Done", "☑") } else { ("box", "Not done", "☐") };
        let mark = Element::new("span").with("class", class).with("role", "img").with("aria-label", label);
        let ticket = self.tree.open(mark);
        self.tree.text(Words::ours(sign));
        ticket.into_iter().for_each(|ticket| self.tree.close(ticket));
        self.tree.text(Words::ours(" "));
    }

    fn code(&mut self, code: &CowStr<'t>, range: &Range<usize>) {
        let source = &self.text[range.clone()];
        let span = match source.find(code.as_ref()) {
            Some(at) => Span::new(range.start + at, range.start + at + code.len()),
            None => Span::new(range.start, range.end),
        };
        self.element("code", Words::new(cow(code), span));
    }

    fn element(&mut self, name: &'static str, words: Words<'t>) {
        let ticket = self.tree.open(Element::new(name));
        self.tree.text(words);
        ticket.into_iter().for_each(|ticket| self.tree.close(ticket));
    }

    /// Text events that follow each other in the source are one text: the parser splits at
    /// every character that could have been markup, and bare addresses hold many.
    fn text_run(&mut self, events: &[Located<'t>], at: usize) -> usize {
        let mut end = at;
        let mut range = events[at].1.clone();
        let mut words: Cow<'t, str> = Cow::Borrowed("");
        while let Some((Event::Text(text), next)) = events.get(end)
            && (end == at || next.start == range.end)
        {
            range.end = next.end;
            match &mut words {
                _ if end == at => words = cow(text),
                words => words.to_mut().push_str(text),
            }
            end += 1;
        }
        // Borrowed again when the source spells it the same, which is nearly always.
        if self.text[range.clone()] == *words {
            words = Cow::Borrowed(&self.text[range.clone()]);
        }
        self.text(words, range);
        end
    }

    fn text(&mut self, words: Cow<'t, str>, range: Range<usize>) {
        let same = self.text[range.clone()] == *words;
        if ["a", "pre", "code"].iter().any(|name| self.tree.is_in(name)) || !same {
            self.tree.text(Words::new(words, Span::new(range.start, range.end)));
            return;
        }
        let words = &self.text[range.clone()];
        let part = |from: usize, to: usize| {
            Words::new(
                &self.text[range.start + from..range.start + to],
                Span::new(range.start + from, range.start + to),
            )
        };
        let mut from = 0;
        for address in bare::addresses(words) {
            let Range { start, end } = address.range;
            let span = Span::new(range.start + start, range.start + end);
            self.tree.text(part(from, start));
            let ticket = self.tree.open(Element::new("a").with("href", address.href).at(span));
            self.tree.text(part(start, end));
            ticket.into_iter().for_each(|ticket| self.tree.close(ticket));
            from = end;
        }
        self.tree.text(part(from, words.len()));
    }

    fn code_block(&mut self, events: &[Located<'t>], at: usize, kind: &CodeBlockKind<'t>) -> usize {
        let end = end_of(events, at);
        let lines = events[at + 1..end].iter().flat_map(|(event, range)| match event {
            Event::Text(words) => code::lines(self.text, cow(words), range),
            _ => Vec::new(),
        });
        let info = match kind {
            CodeBlockKind::Fenced(info) => Some(info.as_ref()),
            CodeBlockKind::Indented => None,
        };
        code::write(self.text, info, events[at].1.clone(), lines.collect(), &mut self.tree);
        end + 1
    }

    fn html_block(&mut self, events: &[Located<'t>], at: usize) -> usize {
        let end = end_of(events, at);
        let parts = events[at + 1..end].iter().filter_map(|(event, range)| match event {
            Event::Html(html) | Event::Text(html) => Some((html.as_ref(), range.start)),
            _ => None,
        });
        self.raw(Kind::Block, parts);
        end + 1
    }

    fn raw<'h>(&mut self, kind: Kind, parts: impl IntoIterator<Item = (&'h str, usize)>) {
        let mut raw = Raw::default();
        parts.into_iter().for_each(|(html, at)| raw.push(html, at));
        match self.links.options.raw_html {
            RawHtml::Sanitize => raw::write(&raw, kind, &mut self.tree, self.links),
            RawHtml::Trust => self.tree.trusted(raw.html().to_owned()),
            RawHtml::Escape => {
                let lines = raw.as_text();
                match kind {
                    Kind::Inline => lines.into_iter().for_each(|words| self.tree.text(words)),
                    Kind::Block => {
                        let pre = self.tree.open(Element::new("pre").with("class", "text"));
                        lines.into_iter().for_each(|words| self.tree.text(words));
                        pre.into_iter().for_each(|pre| self.tree.close(pre));
                    }
                }
            }
        }
    }

    fn image(&mut self, events: &[Located<'t>], at: usize, dest: &CowStr<'t>, title: &CowStr<'t>) -> usize {
        let end = end_of(events, at);
        let alt: String = events[at + 1..end].iter().map(|(event, _)| plain(event)).collect();
        let alt = if alt.trim().is_empty() { link::file_name(dest).into_owned() } else { alt };
        let span = Span::new(events[at].1.start, events[at].1.end);
        let picture = self.links.image(dest, span);
        let mut element = Element::new("img").at(span);
        if !title.trim().is_empty() {
            element.set("title", cow(title));
        }
        raw::put_image(picture, alt, None, element, &mut self.tree);
        end + 1
    }

    /// Notes may be defined in notes, so this must not recurse.
    fn begin_footnote(&mut self, label: &CowStr<'t>) {
        let aside = self.tree.set_aside();
        self.asides.push((cow(label), aside));
    }

    fn end_footnote(&mut self) {
        if let Some((label, aside)) = self.asides.pop() {
            let pieces = self.tree.take_aside(aside);
            self.footnotes.define(&label, pieces);
        }
    }
}

/// The position of the event that ends what begins at `at`.
fn end_of(events: &[Located<'_>], at: usize) -> usize {
    let mut depth = 0usize;
    for (n, (event, _)) in events.iter().enumerate().skip(at) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return n;
        }
    }
    events.len().saturating_sub(1)
}

/// What an event says without markup.
fn plain<'e>(event: &'e Event<'_>) -> &'e str {
    match event {
        Event::Text(text) | Event::Code(text) => text,
        Event::SoftBreak | Event::HardBreak => " ",
        _ => "",
    }
}

fn cow<'t>(text: &CowStr<'t>) -> Cow<'t, str> {
    match text {
        CowStr::Borrowed(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.to_string()),
    }
}
