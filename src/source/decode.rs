//! Bytes as text, whatever they were saved as; what was unusual is reported with the place.

use super::mojibake;

/// How a file is written on disk, for those who write it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Form {
    pub encoding: Encoding,
    /// It begins with a byte-order mark.
    pub bom: bool,
    pub newline: Newline,
    /// Characters were replaced or repaired, so writing the text back would change more than was asked for.
    pub repaired: bool,
}

impl Form {
    /// A text as bytes in this form; nothing when the file could not be written as it was.
    pub fn encode(self, text: &str) -> Option<Vec<u8>> {
        let text = match self.newline {
            _ if self.repaired => return None,
            Newline::Lf => text.to_owned(),
            Newline::CrLf => text.replace('\n', "\r\n"),
            Newline::Cr => text.replace('\n', "\r"),
            Newline::Mixed => return None,
        };
        let mark = if self.bom { "\u{feff}" } else { "" };
        let units = || mark.encode_utf16().chain(text.encode_utf16());
        match self.encoding {
            Encoding::Utf8 => Some([mark.as_bytes(), text.as_bytes()].concat()),
            Encoding::Utf16Le => Some(units().flat_map(u16::to_le_bytes).collect()),
            Encoding::Utf16Be => Some(units().flat_map(u16::to_be_bytes).collect()),
            Encoding::Windows1252 => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    #[default]
    Utf8,
    Utf16Le,
    Utf16Be,
    /// UTF-8 with bytes that are none.
    Windows1252,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Newline {
    #[default]
    Lf,
    CrLf,
    Cr,
    Mixed,
}

/// Something unusual about a file. `at` is a byte offset in the text, `count` how often it occurs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Finding {
    Encoding {
        name: &'static str,
    },
    /// `byte` is the offset in the file.
    NotUtf8 {
        byte: usize,
        count: usize,
        at: usize,
    },
    Mojibake {
        count: usize,
        at: usize,
        wrong: String,
    },
    Control {
        count: usize,
        at: usize,
        first: char,
    },
    Bidi {
        count: usize,
        at: usize,
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
    text.bytes().fold(true, |plain, byte| plain & (matches!(byte, b' '..=b'~') | (byte == b'\n') | (byte == b'\t')))
}

impl Decoded {
    fn characters(&mut self, bytes: Vec<u8>) -> String {
        match bytes.as_slice() {
            [0xff, 0xfe, rest @ ..] => self.utf16(rest, Encoding::Utf16Le, "UTF-16, little-endian", u16::from_le_bytes),
            [0xfe, 0xff, rest @ ..] => self.utf16(rest, Encoding::Utf16Be, "UTF-16, big-endian", u16::from_be_bytes),
            [0xef, 0xbb, 0xbf, rest @ ..] => {
                self.form.bom = true;
                self.utf8(rest.to_vec(), 3)
            }
            _ => self.utf8(bytes, 0),
        }
    }

    fn utf16(&mut self, bytes: &[u8], encoding: Encoding, name: &'static str, unit: fn([u8; 2]) -> u16) -> String {
        self.form.bom = true;
        self.form.encoding = encoding;
        self.findings.push(Finding::Encoding { name });
        let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{fffd}')).collect()
    }

    /// Bytes that are no UTF-8 are read as Windows-1252 one by one, so that one of them spoils nothing around it.
    fn utf8(&mut self, bytes: Vec<u8>, offset: usize) -> String {
        let bytes = match String::from_utf8(bytes) {
            Ok(text) => return text,
            Err(error) => error.into_bytes(),
        };
        self.form.encoding = Encoding::Windows1252;
        let (mut text, mut read, mut count, mut first) = (String::with_capacity(bytes.len()), offset, 0, None);
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            read += chunk.valid().len();
            if !chunk.invalid().is_empty() {
                // Line breaks before it may shrink by a byte each; the finding is moved with them.
                first.get_or_insert((read, text.len()));
            }
            count += chunk.invalid().len();
            read += chunk.invalid().len();
            text.extend(chunk.invalid().iter().map(|byte| mojibake::windows_1252(*byte)));
        }
        if let Some((byte, at)) = first {
            self.findings.push(Finding::NotUtf8 { byte, count, at });
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
        for finding in &mut self.findings {
            if let Finding::NotUtf8 { at, .. } = finding {
                *at -= text[..*at].matches("\r\n").count();
            }
        }
        text.replace("\r\n", "\n").replace('\r', "\n")
    }

    fn mojibake(&mut self, text: String) -> String {
        let Some(repair) = mojibake::repair(&text) else { return text };
        self.form.repaired = true;
        self.findings.push(Finding::Mojibake { count: repair.count, at: repair.at, wrong: repair.wrong });
        repair.text
    }

    /// Replaces control characters by U+FFFD and looks for those that turn the reading direction.
    fn controls(&mut self, text: String) -> String {
        let control = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
        let bidi = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let text = match Counted::of(&text, control) {
            None => text,
            Some(Counted { count, first, .. }) => {
                self.form.repaired = true;
                let replaced = text.replace(control, "\u{fffd}");
                // Nothing before the first was replaced, so it stands where it stood.
                let at = text.find(control).unwrap_or(0);
                self.findings.push(Finding::Control { count, at, first });
                replaced
            }
        };
        if let Some(Counted { count, at, first }) = Counted::of(&text, bidi) {
            self.findings.push(Finding::Bidi { count, at, first });
        }
        text
    }
}

/// Characters of a kind: how many, where the first stands, and which it is.
struct Counted {
    count: usize,
    at: usize,
    first: char,
}

impl Counted {
    fn of(text: &str, kind: impl Fn(char) -> bool) -> Option<Counted> {
        let mut found = text.char_indices().filter(|(_, c)| kind(*c));
        let (at, first) = found.next()?;
        Some(Counted { count: 1 + found.count(), at, first })
    }
}
