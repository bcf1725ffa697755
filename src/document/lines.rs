//! What one line of a document is, seen by itself.

use std::ops::Range;

/// A line without its indentation and block-quote marks.
#[derive(Debug, Clone, Copy)]
pub struct Line<'s> {
    /// Where `text` begins in the source.
    pub at: usize,
    /// Columns before it; a tab goes to the next multiple of four.
    pub indent: usize,
    pub quoted: bool,
    /// Without space at either end.
    pub text: &'s str,
}

/// How a line begins a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    Blank,
    Heading(u8, Range<usize>),
    /// `===` or `---` under a line, or a rule.
    Underline(u8),
    Rule,
    Fence(u8, usize),
    Item {
        marker: char,
        task: Option<bool>,
        text: usize,
    },
    Row,
    /// The dashes between a table's head and its rows.
    RowDivider,
    /// `[name]: address`, which is never shown.
    Definition,
    /// `<!--` without its end.
    CommentOpen,
    Comment,
    Text,
}

impl<'s> Line<'s> {
    /// The line that stands at `at..end` of the source.
    pub fn of(source: &'s str, at: usize, end: usize) -> Line<'s> {
        let raw = &source[at..end];
        let (mut indent, mut skipped, mut quoted) = (0, 0, false);
        for byte in raw.bytes() {
            match byte {
                b' ' => indent += 1,
                b'\t' => indent = indent / 4 * 4 + 4,
                b'>' if indent < 4 || quoted => (quoted, indent) = (true, 0),
                _ => break,
            }
            skipped += 1;
        }
        let text = raw[skipped..].trim_end();
        let body = text[ornament(text)..].trim_start();
        Line { at: at + skipped + (text.len() - body.len()), indent, quoted, text: body }
    }

    pub fn shape(&self) -> Shape {
        let bytes = self.text.as_bytes();
        match bytes.first() {
            None => Shape::Blank,
            Some(b'#') => heading(self.text).unwrap_or(Shape::Text),
            Some(b'`' | b'~') => fence(bytes).unwrap_or(Shape::Text),
            Some(b'=') if all(bytes, b'=') => Shape::Underline(1),
            Some(b'=') => wiki_heading(self.text).unwrap_or(Shape::Text),
            Some(b'|') if is_divider(bytes) => Shape::RowDivider,
            Some(b'|') => Shape::Row,
            Some(b'-' | b':') if is_divider(bytes) && bytes.contains(&b'|') => Shape::RowDivider,
            Some(b'-') if bytes.len() > 1 && spaced(bytes, b'-') >= 2 && !bytes.contains(&b' ') => {
                Shape::Underline(2)
            }
            Some(b @ (b'-' | b'*' | b'_')) if spaced(bytes, *b) >= 3 => Shape::Rule,
            Some(b'[') if is_definition(self.text) => Shape::Definition,
            Some(b'<') => html(self.text),
            _ => item(self.text).unwrap_or(Shape::Text),
        }
    }
}

fn all(bytes: &[u8], byte: u8) -> bool {
    bytes.iter().all(|b| *b == byte)
}

/// How often `byte` occurs, when there is nothing else but spaces.
fn spaced(bytes: &[u8], byte: u8) -> usize {
    if bytes.iter().all(|b| *b == byte || *b == b' ') {
        bytes.iter().filter(|b| **b == byte).count()
    } else {
        0
    }
}

fn is_divider(bytes: &[u8]) -> bool {
    bytes.iter().all(|b| matches!(b, b'|' | b'-' | b':' | b' ' | b'\t')) && bytes.contains(&b'-')
}

/// `# Heading`, `## Heading ##`; without the space only before a capital, so that `#channel` stays text.
fn heading(text: &str) -> Option<Shape> {
    let level = text.bytes().take_while(|b| *b == b'#').count();
    let rest = &text[level..];
    let first = rest.chars().next();
    let tight = |c: char| c.is_uppercase() || matches!(c, '*' | '_' | '[') || !c.is_ascii();
    if level > 6 || !first.is_none_or(|c| c.is_whitespace() || tight(c)) {
        return None;
    }
    let from = text.len() - rest.trim_start().len();
    let closed = text[from..].trim_end_matches('#');
    let words = if closed.is_empty() || closed.ends_with(' ') { closed.trim_end() } else { &text[from..] };
    Some(Shape::Heading(level as u8, from..from + words.len()))
}

/// `== Timeline ==`, as MediaWiki writes it.
fn wiki_heading(text: &str) -> Option<Shape> {
    let level = text.bytes().take_while(|b| *b == b'=').count();
    let words = text[level..].strip_suffix(&text[..level])?;
    let from = level + words.len() - words.trim_start().len();
    let whole = (2..=6).contains(&level) && !words.trim().is_empty() && !words.contains('=');
    whole.then(|| Shape::Heading(level as u8, from..from + words.trim().len()))
}

/// Length of what only decorates a line's beginning: a paragraph tag, spaces written as entities, `:warning:`.
fn ornament(text: &str) -> usize {
    const SPACES: &[&str] = &["<p>", "&emsp;", "&ensp;"];
    if !text.starts_with(['<', '&', ':']) {
        return 0;
    }
    let mut at = 0;
    loop {
        let rest = &text[at..];
        match SPACES.iter().find_map(|space| rest.strip_prefix(space)).or_else(|| behind_emoji(rest)) {
            Some(behind) => at = text.len() - behind.trim_start().len(),
            None => return at,
        }
    }
}

/// What stands behind `:small_blue_diamond:`.
fn behind_emoji(text: &str) -> Option<&str> {
    let (name, behind) = text.strip_prefix(':')?.split_once(':')?;
    let named = (2..=40).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    (named && name.starts_with(|c: char| c.is_ascii_lowercase())).then_some(behind)
}

fn fence(bytes: &[u8]) -> Option<Shape> {
    let len = bytes.iter().take_while(|b| **b == bytes[0]).count();
    let inline = bytes[0] == b'`' && bytes[len..].contains(&b'`');
    (len >= 3 && !inline).then_some(Shape::Fence(bytes[0], len))
}

fn is_definition(text: &str) -> bool {
    text.find("]:").is_some_and(|at| {
        at > 1
            && !text[1..at].contains(['[', ']'])
            && text[at + 2..].trim().split(' ').count() <= 2
            && text.contains('/')
    })
}

fn html(text: &str) -> Shape {
    if let Some(comment) = text.strip_prefix("<!--") {
        return match comment.find("-->") {
            Some(end) if comment[end + 3..].trim().is_empty() => Shape::Comment,
            Some(_) => Shape::Text,
            None => Shape::CommentOpen,
        };
    }
    let level =
        text.as_bytes().get(2).filter(|b| matches!(b, b'1'..=b'6') && text[1..].starts_with(['h', 'H']));
    match level {
        Some(level) => Shape::Heading(level - b'0', 0..text.len()),
        None if text.starts_with("<li") => {
            let from = text.find('>').map_or(text.len(), |at| at + 1);
            Shape::Item { marker: '-', task: None, text: from }
        }
        None => Shape::Text,
    }
}

const BULLETS: &[char] = &['-', '*', '+', '•', '–', '—', '●', '◦', '▪', '‣', '·', '○', '→', '➢', '✔', '✅'];

fn item(text: &str) -> Option<Shape> {
    let text_at = |at: usize| at + text[at..].len() - text[at..].trim_start().len();
    let (marker, after) = bullet(text).or_else(|| number(text))?;
    let at = text_at(after);
    let (task, at) = task(&text[at..]).map_or((None, at), |(done, len)| (Some(done), text_at(at + len)));
    let task = task.or(matches!(marker, '✔' | '✅').then_some(true));
    Some(Shape::Item { marker, task, text: at })
}

fn bullet(text: &str) -> Option<(char, usize)> {
    let unescaped = text.strip_prefix("&nbsp;").map_or(text, str::trim_start);
    let skipped = text.len() - unescaped.len();
    let marker = unescaped.chars().next().filter(|c| BULLETS.contains(c))?;
    let rest = &unescaped[marker.len_utf8()..];
    let apart =
        rest.is_empty() || rest.starts_with([' ', '\t', '\u{a0}', '\u{fe0f}']) || rest.starts_with("&nbsp;");
    let tight = !marker.is_ascii() && !matches!(marker, '–' | '—');
    (apart || tight).then_some((marker, skipped + marker.len_utf8()))
}

/// `1.`, `2)`, `(3)`, `a)` and a space.
fn number(text: &str) -> Option<(char, usize)> {
    let open = usize::from(text.starts_with('('));
    let rest = &text.as_bytes()[open..];
    let digits = rest.iter().take(4).take_while(|b| b.is_ascii_digit()).count();
    let letter = digits == 0 && rest.first().is_some_and(u8::is_ascii_lowercase);
    let len = open + digits.max(usize::from(letter));
    let close = *text.as_bytes().get(len)?;
    let fits = match (open, letter) {
        (1, _) => close == b')',
        (_, true) => close == b')',
        _ => matches!(close, b'.' | b')'),
    };
    let apart = text.as_bytes().get(len + 1).is_none_or(|b| matches!(b, b' ' | b'\t'));
    (fits && apart && len > open).then_some(('1', len + 1))
}

fn task(text: &str) -> Option<(bool, usize)> {
    const BOXES: &[(&str, bool)] = &[
        ("[ ]", false),
        ("[x]", true),
        ("[X]", true),
        ("☐", false),
        ("☑", true),
        ("☒", true),
        ("✅", true),
        ("✔️", true),
        ("✔", true),
        ("❌", false),
        ("🔲", false),
    ];
    BOXES.iter().find(|(mark, _)| text.starts_with(mark)).map(|(mark, done)| (*done, mark.len()))
}

/// Whether a text begins with a clock time or a date, as the lines of a timeline do.
pub fn opens_with_time(text: &str) -> bool {
    let text = text.trim_start_matches(['*', '_', '`', '~', '[', '(', '"', ' ']);
    let bytes = text.as_bytes();
    let digits = bytes.iter().take(5).take_while(|b| b.is_ascii_digit()).count();
    let two_digits =
        |from: usize| bytes.len() >= from + 2 && bytes[from..from + 2].iter().all(u8::is_ascii_digit);
    match digits {
        0 => text.get(..2).is_some_and(|t| matches!(t, "T+" | "T-")) || opens_with_month(text),
        1 | 2 if opens_with_day(text, digits) => true,
        1 | 2 => match bytes.get(digits) {
            Some(b':' | b'.' | b'h' | b'H') => two_digits(digits + 1),
            Some(b' ') => is_half(&text[digits + 1..]),
            Some(_) => is_half(&text[digits..]) || opens_with_unit(&text[digits..]),
            None => false,
        },
        4 => {
            bytes.get(4) == Some(&b'-') && two_digits(5) && bytes.get(7) == Some(&b'-')
                || text[4..].starts_with(['年', '년'])
        }
        _ => false,
    }
}

/// The unit of an hour or a month in scripts without spaces: `10時`, `3月`.
fn opens_with_unit(text: &str) -> bool {
    text.starts_with(['時', '时', '시', '月', '월']) && !text.starts_with("時間") && !text.starts_with("시간")
}

/// Whether a text begins with a day behind its weekday: `Fri 4 June`, `Monday, June 5`.
pub fn opens_with_weekday(text: &str) -> bool {
    const WEEKDAYS: [&str; 7] =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let text = text.trim_start_matches(['*', '_']);
    let word = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let named =
        WEEKDAYS.iter().any(|day| day.get(..word).is_some_and(|day| day.eq_ignore_ascii_case(&text[..word])));
    word >= 3 && named && opens_with_time(text[word..].trim_start_matches([',', '.', ' ']))
}

/// `04-12-2022`, `4/12/22`, `4th December`: a day behind one or two digits.
fn opens_with_day(text: &str, digits: usize) -> bool {
    let bytes = text.as_bytes();
    let count = |from: usize| {
        bytes.get(from..).unwrap_or_default().iter().take(5).take_while(|b| b.is_ascii_digit()).count()
    };
    let mark = bytes.get(digits).copied().filter(|b| matches!(b, b'-' | b'/' | b'.'));
    if let Some(mark) = mark {
        let month = count(digits + 1);
        let year = digits + 1 + month;
        return (1..=2).contains(&month)
            && bytes.get(year) == Some(&mark)
            && matches!(count(year + 1), 2 | 4);
    }
    let ordinal =
        ["st ", "nd ", "rd ", "th ", " "].iter().find_map(|suffix| text[digits..].strip_prefix(suffix));
    ordinal.is_some_and(|rest| {
        month_at(rest.strip_prefix("of ").unwrap_or(rest))
            .is_some_and(|word| !rest[word..].starts_with(char::is_alphabetic))
    })
}

fn is_half(text: &str) -> bool {
    let half = text.get(..2).unwrap_or_default();
    (half.eq_ignore_ascii_case("am") || half.eq_ignore_ascii_case("pm"))
        && !text[2..].starts_with(|c: char| c.is_alphanumeric())
}

fn opens_with_month(text: &str) -> bool {
    let Some(word) = month_at(text) else { return false };
    text[word..].trim_start_matches(['.', ' ']).starts_with(|c: char| c.is_ascii_digit())
}

/// The length of the month's name that a text begins with, whole or shortened.
fn month_at(text: &str) -> Option<usize> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = text.bytes().take(LONGEST_MONTH + 1).take_while(u8::is_ascii_alphabetic).count();
    let may_begin_one = |first: u8| b"jfmasond".contains(&first.to_ascii_lowercase());
    if !(3..=LONGEST_MONTH).contains(&word) || !may_begin_one(text.as_bytes()[0]) {
        return None;
    }
    let named =
        MONTHS.iter().any(|month| month.get(..word).is_some_and(|m| m.eq_ignore_ascii_case(&text[..word])));
    (named || text[..word].eq_ignore_ascii_case("sept")).then_some(word)
}

/// The length of "september", in bytes.
const LONGEST_MONTH: usize = 9;

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Shape {
        Line::of(text, 0, text.len()).shape()
    }

    #[test]
    fn lines_have_shapes() {
        assert_eq!(shape("## Timeline ##"), Shape::Heading(2, 3..11));
        assert_eq!(shape("##Timeline"), Shape::Heading(2, 2..10));
        assert_eq!(shape("#general"), Shape::Text);
        assert_eq!(shape("    10.12 went down"), Shape::Text);
        assert_eq!(shape("10. went down"), Shape::Item { marker: '1', task: None, text: 4 });
        assert_eq!(shape("- [x] done"), Shape::Item { marker: '-', task: Some(true), text: 6 });
        assert_eq!(shape("&nbsp;• do it"), Shape::Item { marker: '•', task: None, text: 10 });
        assert_eq!(shape("| --- | :-: |"), Shape::RowDivider);
        assert_eq!(shape("*06:00*: down"), Shape::Text);
        assert_eq!(shape("[pr]: https://x.example/1"), Shape::Definition);
        assert_eq!(shape("-----"), Shape::Underline(2));
        assert_eq!(shape("* * *"), Shape::Rule);
        assert_eq!(shape("== Timeline =="), Shape::Heading(2, 3..11));
        assert_eq!(shape("== x ="), Shape::Text);
        assert_eq!(shape("<p>&emsp;:small_blue_diamond:10:00 down"), Shape::Text);
        assert_eq!(Line::of(":bell: 10:00 down", 0, 17).text, "10:00 down");
    }

    #[test]
    fn times_at_the_beginning_are_seen() {
        for text in [
            "10:00 AM - x",
            "**14:00 UTC**",
            "08.47 up",
            "6 PM: x",
            "~11 am",
            "2024-01-02 x",
            "Jan 5, 10:00",
            "T+15min",
            "20:14:44 :",
            "9h30 x",
        ] {
            assert!(opens_with_time(text), "{text}");
        }
        for text in [
            "10 engineers",
            "1. fix",
            "Mayhem 3",
            "2024 was",
            "10-12 users",
            "3 marches",
            "10% of users",
            "3.5 hours",
        ] {
            assert!(!opens_with_time(text), "{text}");
        }
    }
}
