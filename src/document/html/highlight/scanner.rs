//! One pass over the lines of a block. What is open at the end of a line (a comment, a string) goes on in the next.

use super::Coloured;
use super::languages::{Language, Quote, Style};

const COMMENT: &str = "hl-comment";
const STRING: &str = "hl-string";
const NUMBER: &str = "hl-number";
const KEYWORD: &str = "hl-keyword";
const NAME: &str = "hl-name";
const TYPE: &str = "hl-type";
const INSERTED: &str = "hl-inserted";
const DELETED: &str = "hl-deleted";

/// What goes on from one line to the next.
#[derive(Debug, Clone, Copy)]
enum Open {
    Comment(&'static str),
    String(Quote),
    /// A tag whose `>` is still to come.
    Tag,
}

/// The state of a block.
#[derive(Debug)]
pub struct Scanner {
    language: &'static Language,
    open: Option<Open>,
}

impl Scanner {
    pub fn new(language: &'static Language) -> Scanner {
        Scanner { language, open: None }
    }

    /// The coloured words of the next line, given without its line break.
    pub fn line(&mut self, text: &str) -> Vec<Coloured> {
        let mut line = Line { text, at: 0, coloured: Vec::new(), begins: true };
        match self.language.style {
            Style::Diff => line.diff(),
            Style::Yaml => line.yaml_key(),
            Style::Ini => line.ini_key(),
            _ => {}
        }
        while line.at < text.len() {
            self.step(&mut line);
        }
        line.coloured
    }

    fn step(&mut self, line: &mut Line<'_>) {
        match self.open {
            Some(Open::Comment(end)) => return self.comment(line, 0, end),
            Some(Open::String(quote)) => return self.string(line, 0, quote),
            _ => {}
        }
        let rest = line.rest();
        if let Some((start, end)) = self.language.blocks.iter().find(|(start, _)| rest.starts_with(start)) {
            return self.comment(line, start.len(), end);
        }
        if self.begins_comment(line) {
            return line.take(line.text.len() - line.at, COMMENT);
        }
        if let Some(quote) = self.quote(line) {
            return self.string(line, quote.mark.len(), quote);
        }
        match self.language.style {
            Style::Markup => self.markup(line),
            _ => self.word(line),
        }
    }

    /// A comment from its opening mark, of `opening` bytes, to its end or that of the line.
    fn comment(&mut self, line: &mut Line<'_>, opening: usize, end: &'static str) {
        let found = line.rest()[opening..].find(end);
        self.open = if found.is_some() { None } else { Some(Open::Comment(end)) };
        line.take(found.map_or(line.text.len() - line.at, |at| opening + at + end.len()), COMMENT);
    }

    /// `#` in a shell or in YAML begins one only where a word could.
    fn begins_comment(&self, line: &Line<'_>) -> bool {
        let opener = self.language.comments.iter().find(|opener| line.rest().starts_with(**opener));
        let parted = || line.before().is_none_or(char::is_whitespace);
        let anywhere = matches!(self.language.style, Style::Code | Style::Json);
        opener.is_some_and(|opener| anywhere && !opener.starts_with([';', '%']) || parted())
    }

    /// The string that begins here: one that no line ends is none, unless it may go on.
    fn quote(&self, line: &Line<'_>) -> Option<Quote> {
        let quote = self.language.quotes.iter().find(|quote| line.rest().starts_with(quote.mark)).copied()?;
        if self.language.style == Style::Markup && !matches!(self.open, Some(Open::Tag)) {
            return None;
        }
        let closes = || end_of_string(&line.rest()[quote.mark.len()..], quote).is_some();
        (quote.lines || closes()).then_some(quote)
    }

    /// A string from its opening mark, of `opening` bytes, to its end or that of the line.
    fn string(&mut self, line: &mut Line<'_>, opening: usize, quote: Quote) {
        let end = end_of_string(&line.rest()[opening..], quote);
        let key = opening > 0 && self.language.style == Style::Json;
        let length = end.map_or(line.text.len() - line.at, |end| opening + end);
        let is_key = key && line.rest()[length..].trim_start().starts_with(':');
        self.open = match end {
            Some(_) if self.language.style == Style::Markup => Some(Open::Tag),
            Some(_) => None,
            None => Some(Open::String(quote)),
        };
        line.take(length, if is_key { NAME } else { STRING });
        line.begins = false;
    }

    fn word(&self, line: &mut Line<'_>) {
        let rest = line.rest();
        let Some(first) = rest.chars().next() else { return };
        let behind_word = line.before().is_some_and(is_word);
        if first.is_ascii_digit() && !behind_word {
            let length = rest.find(|c: char| !is_word(c) && c != '.').unwrap_or(rest.len());
            let length = rest[..length].trim_end_matches('.').len();
            line.begins &= line.before() == Some('=');
            return line.take(length, NUMBER);
        }
        let value = line.before() == Some('=');
        let command = self.language.style == Style::Commands && line.begins && !value;
        if is_word(first) || command && matches!(first, '.' | '/' | '~') {
            let part = |c: char| is_word(c) || command && matches!(c, '-' | '.' | '/' | '~' | '+');
            let length = rest.find(|c: char| !part(c)).unwrap_or(rest.len());
            let begins = line.begins && value;
            let class = self.class(line, &rest[..length], &rest[length..], command);
            line.begins |= begins;
            return line.take(length, class);
        }
        line.begins = match first {
            '|' | ';' | '&' | '(' | '{' | '`' => true,
            '=' => line.begins,
            c if c.is_whitespace() => line.begins,
            _ => false,
        };
        line.at += first.len_utf8();
    }

    /// What a word is, by the tables and by what stands around it.
    fn class(&self, line: &mut Line<'_>, word: &str, behind: &str, command: bool) -> &'static str {
        let is_in = |words: &[&str]| match self.language.any_case {
            true => words.iter().any(|own| own.eq_ignore_ascii_case(word)),
            false => words.contains(&word),
        };
        let shell = self.language.style == Style::Commands;
        // `A=1 run`: the command is still to come.
        let assigns = command && behind.starts_with('=');
        let keyword = is_in(self.language.keywords) && (!shell || command || !self.language.any_case);
        line.begins = assigns || keyword && shell;
        if assigns {
            return "";
        }
        match () {
            () if keyword => KEYWORD,
            () if is_in(self.language.types) => TYPE,
            () if command => NAME,
            () if self.language.style == Style::Code && (line.defines() || behind.starts_with('(')) => NAME,
            () => "",
        }
    }

    /// Tags and their attributes; the text between them stays plain.
    fn markup(&mut self, line: &mut Line<'_>) {
        let rest = line.rest();
        let name = |text: &str| {
            text.find(|c: char| !is_word(c) && !matches!(c, '-' | ':' | '.')).unwrap_or(text.len())
        };
        if let Some(Open::Tag) = self.open {
            match name(rest) {
                0 => {
                    self.open = if rest.starts_with('>') { None } else { self.open };
                    line.at += rest.chars().next().map_or(1, char::len_utf8);
                }
                length => line.take(length, TYPE),
            }
            return;
        }
        let Some(tag) = rest.find('<') else {
            line.at = line.text.len();
            return;
        };
        if tag > 0 {
            line.at += tag;
            return;
        }
        let slash = 1 + usize::from(rest[1..].starts_with(['/', '?', '!']));
        line.at += slash;
        let length = name(&rest[slash..]);
        if length > 0 {
            line.take(length, NAME);
            self.open = Some(Open::Tag);
        }
    }
}

/// Where a string ends, its mark included, in the text behind its beginning.
fn end_of_string(text: &str, quote: Quote) -> Option<usize> {
    let mut from = 0;
    loop {
        let end = from + text[from..].find(quote.mark)?;
        let escapes = text[..end].bytes().rev().take_while(|byte| *byte == b'\\').count();
        if !quote.escapes || escapes % 2 == 0 {
            return Some(end + quote.mark.len());
        }
        from = end + 1;
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// A line as far as it was read.
struct Line<'t> {
    text: &'t str,
    at: usize,
    coloured: Vec<Coloured>,
    /// Whether a command can begin here.
    begins: bool,
}

impl<'t> Line<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn before(&self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    /// Goes on behind the next bytes, which have this class; an empty one is none.
    fn take(&mut self, length: usize, class: &'static str) {
        let range = self.at..self.at + length;
        self.at = range.end;
        if !class.is_empty() && !range.is_empty() {
            self.coloured.push((range, class));
        }
    }

    /// Whether the word before this place says that the next one is a definition's name.
    fn defines(&self) -> bool {
        const DEFINING: &[&str] =
            &["fn", "def", "func", "function", "class", "struct", "module", "defmodule", "contract"];
        let before = self.text[..self.at].trim_end();
        before.len() < self.at
            && DEFINING.contains(&before.rsplit(|c: char| !is_word(c)).next().unwrap_or_default())
    }

    fn diff(&mut self) {
        let class = match self.text.as_bytes() {
            [b'+', b'+', b'+', ..] | [b'-', b'-', b'-', ..] | [b'@', b'@', ..] => NAME,
            [b'd', b'i', b'f', b'f', b' ', ..] => NAME,
            [b'+', ..] => INSERTED,
            [b'-', ..] => DELETED,
            _ => "",
        };
        self.take(self.text.len(), class);
    }

    /// `- key: value`: what stands in front of the first colon that a space or nothing follows.
    fn yaml_key(&mut self) {
        let start = self.text.len() - self.text.trim_start_matches([' ', '-', '\t', '?']).len();
        let key = &self.text[start..];
        let Some(colon) =
            key.find(':').filter(|at| key[at + 1..].is_empty() || key[at + 1..].starts_with(' '))
        else {
            return;
        };
        if !key.starts_with(['#', '"', '\'', '{', '[']) && colon > 0 {
            self.at = start;
            self.take(colon, NAME);
        }
    }

    /// `[section]`, or `key` in front of `=`.
    fn ini_key(&mut self) {
        let start = self.text.len() - self.text.trim_start().len();
        let line = self.text[start..].trim_end();
        if line.starts_with(['#', ';']) {
            return;
        }
        self.at = start;
        if line.starts_with('[') && line.ends_with(']') {
            return self.take(line.len(), TYPE);
        }
        if let Some(equals) = line.find('=') {
            self.take(line[..equals].trim_end().len(), NAME);
        }
    }
}
