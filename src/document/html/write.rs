//! Pieces as text. Everything an author wrote is escaped here, once, and
//! nowhere else; tag and attribute names come from fixed lists.

use super::element::is_void;
use super::mark::{Cut, Cuts};
use super::piece::{Element, Piece};

/// Writes a fragment with its marks.
pub(super) fn html(pieces: &[Piece<'_>], cuts: Cuts<'_>) -> String {
    let mut out = String::with_capacity(pieces.len() * 24);
    let mut cuts = cuts.into_iter().peekable();
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Open(element) => open(element, &mut out),
            Piece::Close(name) => close(name, &mut out),
            Piece::Text(words) => {
                let mut from = 0;
                while let Some((_, offset, cut)) = cuts.next_if(|(piece, ..)| *piece == at) {
                    text(&words.text[from..offset], &mut out);
                    from = offset;
                    write_cut(&cut, &mut out);
                }
                text(&words.text[from..], &mut out);
            }
            Piece::Trusted(html) => out.push_str(html),
            Piece::Gone => {}
        }
    }
    out
}

fn open(element: &Element<'_>, out: &mut String) {
    out.push('<');
    out.push_str(element.name);
    for (name, value) in &element.attributes {
        attribute(name, value, out);
    }
    out.push('>');
    if matches!(element.name, "ul" | "ol" | "table" | "thead" | "tbody" | "tr" | "blockquote" | "br") {
        out.push('\n');
    }
}

fn close(name: &str, out: &mut String) {
    debug_assert!(!is_void(name), "void elements are not closed");
    out.push_str("</");
    out.push_str(name);
    out.push('>');
    let is_line = matches!(
        name,
        "p" | "pre" | "li" | "ul" | "ol" | "table" | "thead" | "tbody" | "tr" | "blockquote" | "div"
    );
    if is_line || matches!(name, "h3" | "h4" | "h5" | "h6" | "dl" | "dd" | "details" | "summary") {
        out.push('\n');
    }
}

fn write_cut(cut: &Cut<'_>, out: &mut String) {
    match cut {
        Cut::Open { id, facts } => {
            out.push_str("<mark");
            if let Some(id) = id {
                attribute("id", id, out);
            }
            if !facts.is_empty() {
                attribute("data-fact", &facts.join(", "), out);
            }
            out.push('>');
        }
        Cut::Close => out.push_str("</mark>"),
        Cut::Anchor(id) => {
            out.push_str("<span");
            attribute("id", id, out);
            out.push_str("></span>");
        }
    }
}

fn attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape(value, out);
    out.push('"');
}

/// Words that change the reading direction are isolated, so that they cannot
/// rearrange what stands around them.
fn text(words: &str, out: &mut String) {
    match words.contains(is_bidi_control) {
        true => {
            out.push_str("<bdi>");
            escape(words, out);
            out.push_str("</bdi>");
        }
        false => escape(words, out),
    }
}

pub(super) fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Escapes for text and quoted attributes, and keeps out what HTML forbids.
fn escape(words: &str, out: &mut String) {
    let mut from = 0;
    for (at, c) in words.char_indices() {
        let Some(instead) = replacement(c) else { continue };
        out.push_str(&words[from..at]);
        out.push_str(instead);
        from = at + c.len_utf8();
    }
    out.push_str(&words[from..]);
}

fn replacement(c: char) -> Option<&'static str> {
    Some(match c {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\t' | '\n' | ' '..='~' => return None,
        '\r' => "\n",
        // Zero-width marks that are invisible and join nothing; the joiners of scripts and emoji stay.
        '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => "",
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fdd0}'..='\u{fdef}' => "\u{fffd}",
        _ if u32::from(c) & 0xfffe == 0xfffe => "\u{fffd}",
        _ => return None,
    })
}
