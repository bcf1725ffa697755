//! The character references that people meet in Markdown, one row each, and numbers.

use std::borrow::Cow;

const NAMED: &[(&str, char)] = &[
    ("nbsp;", ' '),
    ("ensp;", ' '),
    ("emsp;", ' '),
    ("amp;", '&'),
    ("lt;", '<'),
    ("gt;", '>'),
    ("quot;", '"'),
    ("apos;", '\''),
    ("bull;", '•'),
    ("middot;", '·'),
    ("mdash;", '—'),
    ("ndash;", '–'),
    ("hellip;", '…'),
    ("rarr;", '→'),
    ("larr;", '←'),
    ("lsquo;", '‘'),
    ("rsquo;", '’'),
    ("ldquo;", '“'),
    ("rdquo;", '”'),
    ("eacute;", 'é'),
    ("egrave;", 'è'),
    ("agrave;", 'à'),
    ("ccedil;", 'ç'),
    ("deg;", '°'),
    ("times;", '×'),
    ("copy;", '©'),
];

/// The character that `text` (which begins with `&`) refers to, and how many bytes that took.
pub fn decode(text: &str) -> Option<(char, usize)> {
    let rest = text.strip_prefix('&')?;
    if let Some(number) = rest.strip_prefix('#') {
        return numeric(number).map(|(c, len)| (c, len + 2));
    }
    NAMED.iter().find(|(name, _)| rest.starts_with(name)).map(|(name, c)| (*c, name.len() + 1))
}

/// A text with every character in place of what refers to it.
pub fn decode_all(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find('&') else { return Cow::Borrowed(text) };
    let (mut out, mut rest) = (text[..first].to_owned(), &text[first..]);
    while !rest.is_empty() {
        let (c, len) = decode(rest).unwrap_or(('&', 1));
        out.push(c);
        let next = rest[len..].find('&').map_or(rest.len(), |at| len + at);
        out.push_str(&rest[len..next]);
        rest = &rest[next..];
    }
    Cow::Owned(out)
}

fn numeric(text: &str) -> Option<(char, usize)> {
    let (digits, radix, prefix) = match text.strip_prefix(['x', 'X']) {
        Some(hex) => (hex, 16, 1),
        None => (text, 10, 0),
    };
    let len = digits.bytes().take(7).take_while(|b| (*b as char).is_digit(radix)).count();
    if digits.as_bytes().get(len) != Some(&b';') {
        return None;
    }
    let c = char::from_u32(u32::from_str_radix(&digits[..len], radix).ok()?)?;
    (!c.is_control()).then_some((c, prefix + len + 1))
}
