//! Text without its inline markup, and where each of its words stands in the source.
//!
//! Markup splits sentences ("On **June 9** it…"); facts are looked for in the
//! flattened text and shown in the source. One pass, no look-ahead that is not
//! bounded by what it will consume, so the work is linear in the text.

use super::entities;
use crate::diagnostic::Span;
use crate::language::work_counter;
use std::ops::Range;

/// A link of a flattened text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlatLink {
    /// Where its words stand in the flattened text.
    pub text: Range<usize>,
    /// Its address as written; with `[words][name]` the name in brackets.
    pub url: String,
}

/// Text without inline markup, with a map back to the source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flat {
    pub text: String,
    /// Where a run of equal bytes begins: offset here, offset in the source. Sorted.
    runs: Vec<(u32, u32)>,
    pub links: Vec<FlatLink>,
    /// How much of the beginning is set in bold.
    pub bold: usize,
}

impl Flat {
    /// Flattens `source[range]`.
    pub fn of(source: &str, range: Range<usize>) -> Flat {
        let mut flat = Flat::default();
        flat.push(source, range);
        flat
    }

    /// Adds `source[range]`, one line of it.
    pub fn push(&mut self, source: &str, range: Range<usize>) {
        self.text.reserve(range.len());
        let line = &source[range.clone()];
        if !holds_markup(line) {
            return self.copy(line, range.start);
        }
        Flattening {
            brackets: brackets(line),
            line,
            base: range.start,
            at: 0,
            bold_open: false,
            code_failed: 0,
            flat: self,
        }
        .run();
    }

    /// Adds a line break that stands at `source`.
    pub fn push_break(&mut self, source: usize) {
        self.copy("\n", source);
    }

    /// Where `range` of this text stands in the source.
    pub fn source(&self, range: Range<usize>) -> Span {
        if range.is_empty() {
            let at = self.source_of(range.start);
            return Span::new(at, at);
        }
        Span::new(self.source_of(range.start), self.source_of(range.end - 1) + 1)
    }

    fn source_of(&self, at: usize) -> usize {
        let run = self.runs.partition_point(|(flat, _)| *flat as usize <= at);
        match run.checked_sub(1).and_then(|run| self.runs.get(run)) {
            Some((flat, source)) => *source as usize + at - *flat as usize,
            None => 0,
        }
    }

    fn copy(&mut self, text: &str, source: usize) {
        let flat = self.text.len();
        let goes_on =
            self.runs.last().is_some_and(|(f, s)| source.wrapping_sub(*s as usize) == flat - *f as usize);
        if !goes_on && !text.is_empty() {
            self.runs.push((flat as u32, source as u32));
        }
        self.text.push_str(text);
    }
}

/// Bytes that may be inline markup, by threes, as they are looked for.
const MARKUP: [[u8; 3]; 4] = [[b'*', b'_', b'`'], [b'[', b'<', b'&'], [b'\\', b'!', b'~'], [b'{'; 3]];

fn is_markup(byte: u8) -> bool {
    MARKUP.as_flattened().contains(&byte)
}

fn holds_markup(line: &str) -> bool {
    MARKUP.iter().any(|[a, b, c]| memchr::memchr3(*a, *b, *c, line.as_bytes()).is_some())
}

/// Pairs of matching square brackets by opening position.
fn brackets(line: &str) -> Vec<(usize, usize)> {
    let mut open = Vec::new();
    let mut pairs = Vec::new();
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            b'[' => open.push(at),
            b']' => pairs.extend(open.pop().map(|from| (from, at))),
            _ => {}
        }
    }
    pairs.sort_unstable();
    pairs
}

/// One line being flattened.
struct Flattening<'a, 's> {
    line: &'s str,
    /// Where the line begins in the source.
    base: usize,
    at: usize,
    brackets: Vec<(usize, usize)>,
    bold_open: bool,
    /// Bit n: a run of n backticks is known to have no partner further on.
    code_failed: u64,
    flat: &'a mut Flat,
}

impl Flattening<'_, '_> {
    fn run(&mut self) {
        while self.at < self.line.len() {
            work_counter::look(1);
            let rest = &self.line.as_bytes()[self.at..];
            match rest[0] {
                b'*' => self.emphasis(b'*'),
                b'_' => self.emphasis(b'_'),
                b'~' if rest.starts_with(b"~~") => self.at += 2,
                b'`' => self.code(),
                b'[' if rest.starts_with(b"[[") => self.wiki_link(),
                b'[' => self.link(self.at, false),
                b'{' => self.call(),
                b'!' if rest.get(1) == Some(&b'[') => self.link(self.at + 1, true),
                b'<' => self.tag(),
                b'&' => self.entity(),
                b'\\' => self.escape(),
                _ => self.plain(),
            }
        }
    }

    fn plain(&mut self) {
        let rest = &self.line[self.at..];
        let step = rest.chars().next().map_or(1, char::len_utf8);
        let end = rest.bytes().skip(step).position(is_markup).map_or(rest.len(), |n| n + step);
        self.flat.copy(&rest[..end], self.base + self.at);
        self.at += end;
    }

    fn keep(&mut self, len: usize) {
        let text = &self.line[self.at..self.at + len];
        self.flat.copy(text, self.base + self.at);
        self.at += len;
    }

    /// Drops `*` and `_` that can be emphasis: not between spaces, and `_` not inside a word.
    fn emphasis(&mut self, byte: u8) {
        let len = self.line.as_bytes()[self.at..].iter().take_while(|b| **b == byte).count();
        let before = self.line[..self.at].chars().next_back();
        let after = self.line[self.at + len..].chars().next();
        let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let literal =
            (space(before) && space(after)) || (byte == b'_' && (len > 2 || (word(before) && word(after))));
        if literal && !(self.at == 0 && after.is_none()) {
            return self.keep(len);
        }
        if len >= 2 {
            if self.bold_open {
                self.flat.bold = self.flat.text.len();
                self.bold_open = false;
            } else if self.flat.text.trim().is_empty() {
                self.bold_open = true;
            }
        }
        self.at += len;
    }

    fn code(&mut self) {
        let bytes = self.line.as_bytes();
        let len = bytes[self.at..].iter().take_while(|b| **b == b'`').count();
        let bit = 1u64 << len.min(63);
        let from = self.at + len;
        let close = if self.code_failed & bit == 0 { backticks(bytes, from, len) } else { None };
        match close {
            Some(close) => {
                self.flat.copy(&self.line[from..close], self.base + from);
                self.at = close + len;
            }
            None => {
                self.code_failed |= bit;
                self.at = from;
            }
        }
    }

    /// `[[Gate]]`, `[[gate-3|the third gate]]`: its words, or the name where it has none.
    fn wiki_link(&mut self) {
        let from = self.at + 2;
        let inside = self.line[from..].find("]]").map(|len| &self.line[from..from + len]);
        let follows = |inside: &str| self.line[from + inside.len() + 2..].starts_with(['(', '[']);
        let is_link =
            |inside: &&str| !inside.is_empty() && !inside.starts_with([' ', '[']) && !follows(inside);
        match inside.filter(is_link) {
            Some(inside) => {
                let words = inside.rfind('|').map_or(0, |at| at + 1);
                self.flat.copy(&inside[words..], self.base + from + words);
                self.at = from + inside.len() + 2;
            }
            None => self.link(self.at, false),
        }
    }

    /// Drops what a site generator replaces: `{{< note >}}`, `{{% note %}}`, `{% include note.html %}`.
    fn call(&mut self) {
        const CALLS: &[(&str, &str)] = &[("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}")];
        let rest = &self.line[self.at..];
        let end = CALLS
            .iter()
            .find(|(open, _)| rest.starts_with(open))
            .and_then(|(_, close)| rest.find(close).map(|at| at + close.len()));
        match end {
            Some(end) => self.at += end,
            None => self.keep(1),
        }
    }

    fn link(&mut self, open: usize, image: bool) {
        let found = self.brackets.binary_search_by_key(&open, |pair| pair.0).ok().map(|n| self.brackets[n].1);
        let target = found.and_then(|close| self.target(close + 1));
        match (found, target) {
            (Some(_), Some((_, end))) if image => self.at = end,
            (Some(close), Some((url, end))) => {
                let from = self.flat.text.len();
                self.nested(open + 1, close);
                self.flat.links.push(FlatLink { text: from..self.flat.text.len(), url });
                self.at = end;
            }
            _ => self.keep(open + 1 - self.at),
        }
    }

    /// Flattens the words of a link; links inside it are left as they are.
    fn nested(&mut self, from: usize, to: usize) {
        let mut inner = Flattening {
            line: &self.line[from..to],
            base: self.base + from,
            at: 0,
            brackets: Vec::new(),
            bold_open: self.bold_open,
            code_failed: 0,
            flat: self.flat,
        };
        inner.run();
        self.bold_open = inner.bold_open;
    }

    /// The address in `(…)` or `[…]` at `from`, and where it ends.
    fn target(&self, from: usize) -> Option<(String, usize)> {
        let rest = self.line.get(from..)?;
        if rest.starts_with('(') {
            let mut depth = 0;
            for (at, byte) in rest.bytes().enumerate() {
                work_counter::look(1);
                match byte {
                    b'(' => depth += 1,
                    b')' => depth -= 1,
                    b']' if rest[at..].starts_with("](") => return None,
                    _ => {}
                }
                if depth == 0 {
                    let url = rest[1..at].split_whitespace().next().unwrap_or_default();
                    return Some((url.trim_matches(['<', '>']).to_owned(), from + at + 1));
                }
            }
            return None;
        }
        let close =
            self.brackets.binary_search_by_key(&from, |pair| pair.0).ok().map(|n| self.brackets[n].1)?;
        Some((self.line[from..=close].to_owned(), close + 1))
    }

    fn tag(&mut self) {
        let rest = &self.line[self.at + 1..];
        let end = rest.bytes().position(|b| b == b'>' || b == b'<');
        work_counter::look(end.unwrap_or(rest.len()));
        let end = end.filter(|end| rest.as_bytes()[*end] == b'>');
        let Some(end) = end else { return self.keep(1) };
        let inside = &rest[..end];
        if inside.contains("://") && !inside.contains(' ')
            || (inside.contains('@') && !inside.contains(['=', ' ']))
        {
            let (from, start) = (self.flat.text.len(), self.base + self.at + 1);
            self.flat.copy(inside, start);
            self.flat.links.push(FlatLink { text: from..self.flat.text.len(), url: inside.to_owned() });
        } else if !inside.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!') {
            return self.keep(1);
        } else {
            self.html(inside);
        }
        self.at += end + 2;
    }

    fn html(&mut self, inside: &str) {
        let name = inside.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
        match name {
            "br" => self.flat.copy("\n", self.base + self.at),
            "b" | "strong" if self.flat.text.trim().is_empty() => self.bold_open = true,
            "" if self.bold_open && matches!(inside, "/b" | "/strong") => {
                self.flat.bold = self.flat.text.len();
                self.bold_open = false;
            }
            _ => {}
        }
    }

    fn entity(&mut self) {
        match entities::decode(&self.line[self.at..]) {
            Some((text, len)) => {
                let mut buffer = [0; 4];
                self.flat.copy(text.encode_utf8(&mut buffer), self.base + self.at);
                self.at += len;
            }
            None => self.keep(1),
        }
    }

    /// A backslash before punctuation goes; one at the end of a line is a line break and goes too.
    fn escape(&mut self) {
        match self.line.as_bytes().get(self.at + 1) {
            None => self.at += 1,
            Some(next) if next.is_ascii_punctuation() => {
                self.at += 1;
                self.keep(1);
            }
            Some(_) => self.keep(1),
        }
    }
}

fn backticks(bytes: &[u8], from: usize, len: usize) -> Option<usize> {
    let mut at = from;
    while at < bytes.len() {
        work_counter::look(1);
        if bytes[at] != b'`' {
            at += 1;
            continue;
        }
        let run = bytes[at..].iter().take_while(|b| **b == b'`').count();
        if run == len {
            return Some(at);
        }
        at += run;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_words_keep_their_place() {
        for (source, text) in [
            ("On **June 9** it *broke*", "On June 9 it broke"),
            ("see [the `log`](http://x.example/a(b)) now", "see the log now"),
            ("[the fix][pr-1] and ![](x.png)", "the fix and "),
            ("`external_id` of a_b_c _but_ 2 * 3", "external_id of a_b_c but 2 * 3"),
            ("<b>Time:</b>&nbsp;9&amp;10", "Time: 9&10"),
            ("a \\*b\\* <https://x.example> 3 < 4\\", "a *b* https://x.example 3 < 4"),
            ("[open and `open", "[open and open"),
        ] {
            let flat = Flat::of(source, 0..source.len());
            assert_eq!(flat.text.replace('\u{a0}', " "), text.replace("Time:9", "Time: 9"), "{source}");
        }
        let source = "On **June 9** it";
        let flat = Flat::of(source, 0..source.len());
        assert_eq!(&source[flat.source(3..9).range()], "June 9");
        assert_eq!(&source[flat.source(0..9).range()], "On **June 9");
    }

    #[test]
    fn bold_beginnings_are_known() {
        let source = "**Impact:** none";
        assert_eq!(Flat::of(source, 0..source.len()).bold, "Impact:".len());
    }
}
