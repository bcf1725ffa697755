//! Markdown, block by block: what is begun, what is open around it, and what line of the page it came from.

use super::table::Table;
use super::{Markdown, escape};

/// Quotations and items are shown within each other so deep; further in they are flat.
const DEEPEST: usize = 50;

/// So many bold, slanted and linked texts may be open at once.
const MOST_MARKS: usize = 50;

/// What marks the beginning and the end of what is internal.
const INTERNAL: [&str; 2] = ["<!-- internal -->", "<!-- /internal -->"];

/// What blocks stand in.
enum Around {
    Quote,
    /// The number of its next item, when it is numbered; whether its items are tasks.
    List(Option<u64>, bool),
    /// What stands before its first line, until that is written; then as many spaces.
    Item {
        marker: String,
        is_begun: bool,
    },
    /// Those that are too deep to be shown, and how many they are.
    Flat(usize),
}

/// A text within a block that is bold, a link or the like.
struct Mark {
    name: &'static str,
    /// Where it begins in the block.
    at: usize,
    href: Option<String>,
}

/// Writes Markdown.
pub struct Writer<'h> {
    html: &'h str,
    out: String,
    lines: Vec<u32>,
    around: Vec<Around>,
    /// The text of the block that is open, as Markdown.
    block: String,
    /// Where it began in the page.
    began: Option<usize>,
    at: usize,
    /// How many lines of the page end before `counted`.
    counted: usize,
    line: u32,
    marks: Vec<Mark>,
    heading: Option<u8>,
    code: Option<(Option<String>, String)>,
    table: Option<Table>,
    /// The last block stood in an item.
    was_item: bool,
    /// Whether something internal begins and ends within the code or table that is open.
    internal: [bool; 2],
}

impl<'h> Writer<'h> {
    pub fn new(html: &'h str) -> Writer<'h> {
        Writer {
            html,
            out: String::new(),
            lines: Vec::new(),
            around: Vec::new(),
            block: String::new(),
            began: None,
            at: 0,
            counted: 0,
            line: 1,
            marks: Vec::new(),
            heading: None,
            code: None,
            table: None,
            was_item: false,
            internal: [false; 2],
        }
    }

    pub fn done(mut self) -> Markdown {
        self.end_code_block();
        if let Some(table) = &mut self.table {
            table.inner = 0;
        }
        self.end_table();
        self.block();
        Markdown { text: self.out, lines: self.lines }
    }

    /// Where the next text stands in the page.
    pub fn at(&mut self, at: usize) {
        self.at = at;
    }

    /// The line of the page that a place is on. Places are asked for in their order.
    fn line_of(&mut self, at: usize) -> u32 {
        let at = at.min(self.html.len());
        if at > self.counted {
            let between = &self.html.as_bytes()[self.counted..at];
            self.line += between.iter().filter(|byte| **byte == b'\n').count() as u32;
            self.counted = at;
        }
        self.line
    }

    pub fn text(&mut self, text: &str) {
        if let Some((_, code)) = &mut self.code {
            return code.push_str(text);
        }
        if self.table.as_ref().is_some_and(|table| !table.is_in_cell) {
            return;
        }
        let is_code = self.marks.iter().any(|mark| mark.name == "code");
        let mut words = String::new();
        for c in text.chars() {
            if !c.is_whitespace() || c == '\u{a0}' {
                words.push(if c == '\u{a0}' { ' ' } else { c });
            } else if !words.ends_with(' ') {
                words.push(' ');
            }
        }
        let starts_fresh = self.block.is_empty() || self.block.ends_with([' ', '\n']);
        let words = if starts_fresh { words.trim_start() } else { words.as_str() };
        if words.is_empty() {
            return;
        }
        if self.block.trim().is_empty() {
            self.began = Some(self.at + (text.len() - text.trim_start().len()));
        }
        match is_code {
            true => self.block.push_str(words),
            false => self.block.push_str(&escape::text(words)),
        }
    }

    /// The beginning or end of what is marked as internal. Where no comment can stand, all of the block is.
    pub fn mark(&mut self, ends: bool) {
        if self.code.is_some()
            || self.table.as_ref().is_some_and(|table| !table.is_in_cell || table.inner > 0)
        {
            self.internal[usize::from(ends)] = true;
        } else {
            self.began.get_or_insert(self.at);
            self.block.push_str(INTERNAL[usize::from(ends)]);
        }
    }

    /// Writes a block in which marks may stand that are put around it.
    fn write_marked(&mut self, lines: &[String], places: &[usize]) {
        let [begins, ends] = std::mem::take(&mut self.internal);
        if begins {
            self.write(&[INTERNAL[0].to_owned()], places);
        }
        if !lines.is_empty() {
            self.write(lines, places);
        }
        if ends {
            self.write(&[INTERNAL[1].to_owned()], &places[places.len().saturating_sub(1)..]);
        }
    }

    pub fn line_break(&mut self) {
        if let Some((_, code)) = &mut self.code {
            code.push('\n');
        } else if self.heading.is_some() || self.table.is_some() {
            self.block.push(' ');
        } else if !self.block.trim().is_empty() {
            let end = self.block.trim_end_matches(' ').len();
            self.block.truncate(end);
            self.block.push_str("  \n");
        }
    }

    pub fn open(&mut self, name: &'static str, href: Option<String>) {
        if self.code.is_none() && self.marks.len() < MOST_MARKS {
            self.marks.push(Mark { name, at: self.block.len(), href });
        }
    }

    pub fn close(&mut self, name: &str) {
        if let Some(at) = self.marks.iter().rposition(|mark| mark.name == name) {
            let mark = self.marks.remove(at);
            self.wrap(&mark);
        }
    }

    /// Puts the marks around what was written since.
    fn wrap(&mut self, mark: &Mark) {
        let Some(content) = self.block.get(mark.at..) else { return };
        let text = content.trim();
        if text.is_empty() {
            return;
        }
        let (start, end) = (content.len() - content.trim_start().len(), content.trim_end().len());
        let marked = match (mark.name, &mark.href) {
            ("strong", _) => format!("**{text}**"),
            ("em", _) => format!("*{text}*"),
            ("del", _) => format!("~~{text}~~"),
            ("code", _) => escape::code(text),
            ("a", Some(href)) if href == text && href.contains("://") => format!("<{href}>"),
            ("a", Some(href)) => format!("[{}]({})", text.replace('\n', " "), escape::address(href)),
            _ => return,
        };
        let whole = [&content[..start], &marked, &content[end..]].concat();
        self.block.truncate(mark.at);
        self.block.push_str(&whole);
    }

    pub fn picture(&mut self, source: Option<String>, alt: &str) {
        let Some(source) = source.filter(|source| !source.is_empty()) else { return };
        if self.code.is_none() && self.table.as_ref().is_none_or(|table| table.is_in_cell) {
            self.began.get_or_insert(self.at);
            let alt = escape::text(alt).replace(['[', ']', '\n'], " ");
            self.block.push_str(&format!("![{}]({})", alt.trim(), escape::address(&source)));
        }
    }

    pub fn checkbox(&mut self, is_checked: bool) {
        let is_first =
            self.block.trim().is_empty() && matches!(self.around.last(), Some(Around::Item { .. }));
        if is_first && self.code.is_none() {
            self.block.push_str(if is_checked { "[x] " } else { "[ ] " });
            self.began.get_or_insert(self.at);
        }
    }

    pub fn heading(&mut self, level: u8) {
        self.block();
        // In a table it is a text.
        self.heading = self.table.is_none().then_some(level);
    }

    /// Ends the block that is open, if there is one.
    pub fn block(&mut self) {
        if self.code.is_some() {
            return;
        }
        if self.table.is_some() {
            if !self.block.is_empty() && !self.block.ends_with(' ') {
                self.block.push(' ');
            }
            return;
        }
        for mark in std::mem::take(&mut self.marks).iter().rev() {
            self.wrap(mark);
        }
        let (block, heading) = (std::mem::take(&mut self.block), self.heading.take());
        let began = self.began.take().unwrap_or(self.at);
        let block = block.trim();
        // A task without a text is none.
        if block.is_empty() || block == "[ ]" || block == "[x]" {
            return;
        }
        match heading {
            Some(level) => {
                let text = block.split_whitespace().collect::<Vec<_>>().join(" ");
                self.write(&[format!("{} {text}", "#".repeat(level.into()))], &[began]);
            }
            None => {
                let line = |line: &str| {
                    let broken = if line.ends_with("  ") { "  " } else { "" };
                    format!("{}{broken}", escape::beginning(line.trim()))
                };
                let lines: Vec<String> = block.split('\n').map(line).collect();
                let page = self.html.get(began..).unwrap_or_default();
                let breaks = page.match_indices("<br").map(|(at, _)| began + at + 1);
                let places: Vec<usize> =
                    std::iter::once(began).chain(breaks.take(lines.len().saturating_sub(1))).collect();
                self.write(&lines, &places);
            }
        }
    }

    /// Writes the lines of a block, each with its place in the page; those without one have the last.
    fn write(&mut self, lines: &[String], places: &[usize]) {
        let began = places.first().copied().unwrap_or(self.at);
        let begins_item =
            self.around.iter().any(|around| matches!(around, Around::Item { is_begun: false, .. }));
        let goes_on = begins_item && self.was_item;
        if !self.out.is_empty() && !goes_on {
            let quotes = self.prefix(false);
            self.put(quotes.trim_end(), began);
        }
        for (n, line) in lines.iter().enumerate() {
            let place = places.get(n).or(places.last()).copied().unwrap_or(began);
            let whole = format!("{}{line}", self.prefix(true));
            self.put(&whole, place);
        }
        self.was_item = self.around.iter().any(|around| matches!(around, Around::Item { .. }));
    }

    fn put(&mut self, line: &str, place: usize) {
        let number = self.line_of(place);
        self.out.push_str(line);
        self.out.push('\n');
        self.lines.push(number);
    }

    /// What stands before a line; markers of items once, with their text.
    fn prefix(&mut self, has_text: bool) -> String {
        let mut prefix = String::new();
        for around in &mut self.around {
            match around {
                Around::Quote => prefix.push_str("> "),
                Around::Item { marker, is_begun } if !*is_begun && has_text => {
                    prefix.push_str(marker);
                    *is_begun = true;
                }
                Around::Item { marker, is_begun: true } => prefix.push_str(&" ".repeat(marker.len())),
                Around::Item { .. } | Around::List(..) | Around::Flat(_) => {}
            }
        }
        prefix
    }

    /// Begins what blocks stand in. In a cell there is only text.
    fn enter(&mut self, around: Around) {
        self.block();
        if self.table.is_none() && self.code.is_none() {
            let is_deep = self.around.len() >= DEEPEST;
            match self.around.last_mut() {
                Some(Around::Flat(count)) => *count += 1,
                _ => self.around.push(if is_deep { Around::Flat(1) } else { around }),
            }
        }
    }

    /// Ends the innermost that is meant, and all within it.
    fn leave(&mut self, is_meant: fn(&Around) -> bool) {
        self.block();
        if self.table.is_some() || self.code.is_some() {
            return;
        }
        match self.around.last_mut() {
            Some(Around::Flat(count)) if *count > 1 => *count -= 1,
            Some(Around::Flat(_)) => drop(self.around.pop()),
            _ => {
                if let Some(at) = self.around.iter().rposition(is_meant) {
                    self.around.truncate(at);
                }
            }
        }
    }

    pub fn quote(&mut self) {
        self.enter(Around::Quote);
    }

    pub fn end_quote(&mut self) {
        self.leave(|around| matches!(around, Around::Quote));
    }

    pub fn list(&mut self, number: Option<u64>, of_tasks: bool) {
        self.enter(Around::List(number, of_tasks));
    }

    pub fn end_list(&mut self) {
        self.leave(|around| matches!(around, Around::List(..)));
        self.was_item = self.around.iter().any(|around| matches!(around, Around::Item { .. }));
    }

    pub fn item(&mut self, is_checked: bool) {
        self.block();
        if let Some(Around::Item { .. }) = self.around.last() {
            self.around.pop();
        }
        let (marker, is_task) = match self.around.last_mut() {
            Some(Around::List(Some(number), is_task)) => {
                let marker = format!("{number}. ");
                *number = number.saturating_add(1);
                (marker, *is_task)
            }
            Some(Around::List(None, is_task)) => ("- ".to_owned(), *is_task),
            _ => ("- ".to_owned(), false),
        };
        self.enter(Around::Item { marker, is_begun: false });
        if is_task && self.table.is_none() {
            self.checkbox(is_checked);
        }
    }

    pub fn end_item(&mut self) {
        self.leave(|around| matches!(around, Around::Item { .. }));
    }

    pub fn rule(&mut self) {
        self.block();
        if self.table.is_none() && self.code.is_none() {
            self.write(&["***".to_owned()], &[self.at]);
        }
    }

    pub fn code_block(&mut self, language: Option<String>) {
        self.block();
        if self.code.is_none() && self.table.is_none() {
            self.code = Some((language, String::new()));
            self.began = Some(self.at);
        }
    }

    /// The language of the code that is open.
    pub fn language(&mut self, found: Option<String>) {
        if let Some((language, _)) = &mut self.code {
            *language = language.take().or(found);
        }
    }

    pub fn end_code_block(&mut self) {
        let Some((language, code)) = self.code.take() else { return };
        let began = self.began.take().unwrap_or(self.at);
        let code = code.trim_matches('\n');
        if code.trim().is_empty() {
            return self.write_marked(&[], &[began]);
        }
        let fence = "`".repeat(escape::longest_run(code, '`').max(2) + 1);
        let first = format!("{fence}{}", language.unwrap_or_default());
        let lines: Vec<String> =
            [first].into_iter().chain(code.split('\n').map(str::to_owned)).chain([fence]).collect();
        self.write_marked(&lines, &[began]);
    }

    pub fn table(&mut self) {
        self.block();
        match &mut self.table {
            Some(table) => table.inner += 1,
            None if self.code.is_none() => {
                self.table = Some(Table { at: self.at, ..Table::default() });
            }
            None => {}
        }
    }

    pub fn row(&mut self) {
        self.end_row();
    }

    pub fn end_row(&mut self) {
        self.end_cell();
        if let Some(table) = self.table.as_mut().filter(|table| table.inner == 0 && !table.row.is_empty()) {
            table.has_names |= table.rows.is_empty() && table.row_is_names;
            let row = std::mem::take(&mut table.row);
            table.rows.push((table.row_at, row));
        }
    }

    pub fn cell(&mut self, is_name: bool) {
        self.end_cell();
        if let Some(table) = self.table.as_mut().filter(|table| table.inner == 0) {
            table.row_is_names = is_name && (table.row.is_empty() || table.row_is_names);
            table.row_at = if table.row.is_empty() { self.at } else { table.row_at };
            table.is_in_cell = true;
            self.block.clear();
            self.marks.clear();
        }
    }

    pub fn end_cell(&mut self) {
        if !self.table.as_ref().is_some_and(|table| table.inner == 0 && table.is_in_cell) {
            return;
        }
        for mark in std::mem::take(&mut self.marks).iter().rev() {
            self.wrap(mark);
        }
        let cell = std::mem::take(&mut self.block).replace('|', "\\|");
        if let Some(table) = &mut self.table {
            table.row.push(cell.split_whitespace().collect::<Vec<_>>().join(" "));
            table.is_in_cell = false;
        }
    }

    pub fn end_table(&mut self) {
        if let Some(table) = self.table.as_mut().filter(|table| table.inner > 0) {
            table.inner -= 1;
            return;
        }
        self.end_row();
        let Some(table) = self.table.take() else { return };
        self.began = None;
        self.block.clear();
        let began = table.at;
        let (lines, places) = table.lines();
        let places = if places.is_empty() { vec![began] } else { places };
        self.write_marked(&lines, &places);
    }
}
