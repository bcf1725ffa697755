//! How a file is written on disk: its encoding, its mark and its line ends.

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
            Encoding::Other => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    #[default]
    Utf8,
    Utf16Le,
    Utf16Be,
    /// An older one, or UTF-8 with bytes that are none.
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Newline {
    #[default]
    Lf,
    CrLf,
    Cr,
    Mixed,
}
