//! Bytes as text, whatever they were saved as; what was unusual is reported with the place.

use super::detect;
use super::form::{Encoding, Form, Newline};
use super::mojibake::{self, Repair};
use crate::diagnostic::{is_bidi, is_control};
use encoding_rs::WINDOWS_1252;

/// Something unusual about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    pub what: Unusual,
    /// Where its first place stands in the text, in bytes.
    pub at: usize,
}

/// What is unusual; `count` is how often it occurs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unusual {
    Encoding {
        name: &'static str,
    },
    /// The same, where other encodings are as likely.
    Unsure {
        name: &'static str,
    },
    /// `byte` is the offset in the file.
    NotUtf8 {
        byte: usize,
        count: usize,
    },
    Mojibake {
        count: usize,
        wrong: String,
    },
    Control {
        count: usize,
        first: char,
    },
    Bidi {
        count: usize,
        first: char,
    },
}

/// A file as text.
#[derive(Debug, Default)]
pub(super) struct Decoded {
    pub text: String,
    pub form: Form,
    pub findings: Vec<Finding>,
}

pub(super) fn decode(bytes: Vec<u8>) -> Decoded {
    let mut decoded = Decoded::default();
    let text = decoded.characters(bytes);
    let text = decoded.further_marks(text);
    if is_plain(&text) {
        decoded.text = text;
        return decoded;
    }
    let text = decoded.newlines(text);
    let text = decoded.mojibake(text);
    let text = decoded.controls(text);
    decoded.text = text;
    decoded
}

/// Whether a text is ASCII without control characters, as most are: then there is nothing to look for.
/// All bytes are looked at, which is faster than stopping early.
fn is_plain(text: &str) -> bool {
    text.bytes()
        .fold(true, |plain, byte| plain & (matches!(byte, b' '..=b'~') | (byte == b'\n') | (byte == b'\t')))
}

impl Decoded {
    fn characters(&mut self, bytes: Vec<u8>) -> String {
        match bytes.as_slice() {
            [0xff, 0xfe, rest @ ..] => self.utf16(rest, Encoding::Utf16Le, true),
            [0xfe, 0xff, rest @ ..] => self.utf16(rest, Encoding::Utf16Be, true),
            [0xef, 0xbb, 0xbf, rest @ ..] => {
                self.form.bom = true;
                self.utf8(rest.to_vec(), 3)
            }
            _ => match detect::utf16(&bytes) {
                Some(encoding) => self.utf16(&bytes, encoding, false),
                None => self.utf8(bytes, 0),
            },
        }
    }

    /// Byte-order marks behind the first say nothing either.
    fn further_marks(&mut self, text: String) -> String {
        let behind = text.trim_start_matches('\u{feff}');
        if behind.len() == text.len() {
            return text;
        }
        self.form.repaired = true;
        behind.to_owned()
    }

    fn utf16(&mut self, bytes: &[u8], encoding: Encoding, bom: bool) -> String {
        (self.form.bom, self.form.encoding) = (bom, encoding);
        let name = if encoding == Encoding::Utf16Le { "UTF-16, little-endian" } else { "UTF-16, big-endian" };
        self.find(Unusual::Encoding { name }, 0);
        // Half a character at the end is none, and must not be written away.
        self.form.repaired |= bytes.len() % 2 == 1;
        detect::units(bytes, encoding).map(|unit| unit.unwrap_or('\u{fffd}')).collect()
    }

    fn utf8(&mut self, bytes: Vec<u8>, offset: usize) -> String {
        let bytes = match String::from_utf8(bytes) {
            Ok(text) => return text,
            Err(error) => error.into_bytes(),
        };
        self.form.encoding = Encoding::Other;
        let guess = detect::guess(&bytes);
        match guess.filter(|guess| guess.encoding != WINDOWS_1252) {
            Some(guess) => {
                let (text, name) = guess.decode(&bytes);
                self.guessed(&text, name, guess.is_sure);
                text
            }
            None => {
                let text = self.stray(&bytes, offset);
                if guess.is_some_and(|guess| !guess.is_sure) {
                    self.findings.clear();
                    self.guessed(&text, WINDOWS_1252.name(), false);
                }
                text
            }
        }
    }

    fn guessed(&mut self, text: &str, name: &'static str, is_sure: bool) {
        let first = text.bytes().position(|byte| !byte.is_ascii()).unwrap_or(0);
        self.find(if is_sure { Unusual::Encoding { name } } else { Unusual::Unsure { name } }, first);
    }

    /// Bytes that are no UTF-8 are read as Windows-1252 one by one, so that one of them spoils nothing around it.
    fn stray(&mut self, bytes: &[u8], offset: usize) -> String {
        let (mut text, mut read, mut count, mut first) =
            (String::with_capacity(bytes.len()), offset, 0, None);
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            read += chunk.valid().len();
            if !chunk.invalid().is_empty() {
                first.get_or_insert((read, text.len()));
            }
            count += chunk.invalid().len();
            read += chunk.invalid().len();
            text.extend(chunk.invalid().iter().map(|byte| mojibake::windows_1252(*byte)));
        }
        if let Some((byte, at)) = first {
            self.find(Unusual::NotUtf8 { byte, count }, at);
        }
        text
    }

    fn newlines(&mut self, text: String) -> String {
        if !text.contains('\r') {
            return text;
        }
        let pairs = text.matches("\r\n").count();
        let (cr, lf) = (text.matches('\r').count() - pairs, text.matches('\n').count() - pairs);
        self.form.newline = match (pairs, cr, lf) {
            (_, 0, 0) => Newline::CrLf,
            (0, _, 0) => Newline::Cr,
            _ => Newline::Mixed,
        };
        let next = |text: &str| {
            let start = text.find('\r')?;
            let end = start + if text[start..].starts_with("\r\n") { 2 } else { 1 };
            Some(Repair { range: start..end, meant: '\n' })
        };
        self.repaired(&text, next).map_or(text, |repaired| repaired.text)
    }

    /// A text may have been decoded wrongly twice, so what comes out is looked at again. Each repair makes it shorter.
    fn mojibake(&mut self, mut text: String) -> String {
        while let Some(repaired) = mojibake::repair(&text).and_then(|next| self.repaired(&text, next)) {
            self.form.repaired = true;
            self.find(Unusual::Mojibake { count: repaired.count, wrong: repaired.wrong }, repaired.at);
            text = repaired.text;
        }
        text
    }

    /// Replaces control characters by U+FFFD and looks for those that turn the reading direction.
    fn controls(&mut self, text: String) -> String {
        let next = |text: &str| {
            let start = text.find(is_control)?;
            let length = text[start..].chars().next().map_or(0, char::len_utf8);
            Some(Repair { range: start..start + length, meant: '\u{fffd}' })
        };
        let text = match self.repaired(&text, next) {
            None => text,
            Some(Repaired { text, count, at, wrong }) => {
                self.form.repaired = true;
                let first = wrong.chars().next().unwrap_or_default();
                self.find(Unusual::Control { count, first }, at);
                text
            }
        };
        let mut bidi = text.char_indices().filter(|(_, c)| is_bidi(*c));
        if let Some((at, first)) = bidi.next() {
            let count = 1 + bidi.count();
            self.find(Unusual::Bidi { count, first }, at);
        }
        text
    }

    fn find(&mut self, what: Unusual, at: usize) {
        self.findings.push(Finding { what, at });
    }

    /// The text with each of the `next` repairs made; what was found before moves with the text around it.
    fn repaired(&mut self, text: &str, next: impl Fn(&str) -> Option<Repair>) -> Option<Repaired> {
        let mut repaired = Repaired { text: String::with_capacity(text.len()), ..Repaired::default() };
        let before: Vec<usize> = self.findings.iter().map(|finding| finding.at).collect();
        let mut read = 0;
        while let Some(Repair { range, meant }) = next(&text[read..]) {
            let (start, end) = (read + range.start, read + range.end);
            repaired.text.push_str(&text[read..start]);
            let at = repaired.text.len();
            repaired.text.push(meant);
            for (finding, before) in
                self.findings.iter_mut().zip(&before).filter(|(_, before)| **before >= start)
            {
                finding.at = if *before < end { at } else { repaired.text.len() + before - end };
            }
            if repaired.count == 0 {
                (repaired.at, repaired.wrong) = (at, text[start..end].to_owned());
            }
            repaired.count += 1;
            read = end;
        }
        repaired.text.push_str(&text[read..]);
        (repaired.count > 0).then_some(repaired)
    }
}

/// A text after its repairs.
#[derive(Default)]
struct Repaired {
    text: String,
    count: usize,
    /// Where the first repaired character stands in the text.
    at: usize,
    /// What stood there.
    wrong: String,
}
