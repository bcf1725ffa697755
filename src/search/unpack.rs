//! What the files of an index say, read back: for whoever has to know every word that is in them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use flate2::read::DeflateDecoder;
use serde_json::Value;
use std::io::Read;

/// Largest text of one file, in bytes.
const LARGEST: u64 = 1 << 30;

/// Reads the files of one index.
#[derive(Debug, Default)]
pub struct Unpacker {
    /// What every text file is packed behind.
    opening: String,
}

impl Unpacker {
    /// For the index whose root stands in a search page; for files that need none when it cannot be read.
    pub fn new(root: &str) -> Unpacker {
        let root = inflated("", root).and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
        let opening = root.and_then(|root| root["d"].as_str().map(str::to_owned));
        Unpacker { opening: opening.unwrap_or_default() }
    }

    /// The root that a search page holds.
    pub fn root(page: &str) -> Option<&str> {
        page.split_once("data-index=\"")?.1.split_once('"').map(|(root, _)| root)
    }

    /// What a root says, as text.
    pub fn root_text(root: &str) -> Option<String> {
        String::from_utf8(inflated("", root)?).ok()
    }

    /// Everything that a file of the index says; nothing when it is none.
    pub fn text(&self, file: &[u8]) -> Option<String> {
        let call = std::str::from_utf8(file).ok()?.trim_end();
        let (id, packed) = call.strip_prefix("casebook(\"")?.strip_suffix("\")")?.split_once("\",\"")?;
        let opening = if id.starts_with('x') { self.opening.as_str() } else { "" };
        let bytes = inflated(opening, packed)?;
        match id.as_bytes().first()? {
            b't' => terms(&bytes),
            b'v' => String::from_utf8(bytes).ok().map(|words| without_commonness(&words, false)),
            b'r' => String::from_utf8(bytes).ok().map(|words| without_commonness(&words, true)),
            _ => String::from_utf8(bytes).ok(),
        }
    }
}

/// What is packed behind an opening.
fn inflated(opening: &str, packed: &str) -> Option<Vec<u8>> {
    let length = u16::try_from(opening.len()).ok()?;
    let mut bytes = [&[0][..], &length.to_le_bytes(), &(!length).to_le_bytes(), opening.as_bytes()].concat();
    bytes.extend(BASE64.decode(packed).ok()?);
    let mut text = Vec::new();
    DeflateDecoder::new(&bytes[..]).take(LARGEST).read_to_end(&mut text).ok()?;
    (text.len() >= opening.len()).then(|| text.split_off(opening.len()))
}

/// Words whose last letter says how common they are, forwards or backwards.
fn without_commonness(words: &str, is_backwards: bool) -> String {
    let word = |word: &str| {
        let word = &word[..word.char_indices().next_back().map_or(0, |(at, _)| at)];
        if is_backwards { word.chars().rev().collect() } else { word.to_owned() }
    };
    words.split(' ').map(word).collect::<Vec<String>>().join("\n")
}

/// The terms of a block, as [`blocks::terms`](super::blocks::terms) writes them.
fn terms(block: &[u8]) -> Option<String> {
    let mut reader = Reader(block);
    let (mut before, mut all) = (String::new(), String::new());
    for _ in 0..reader.number()? {
        let (shared, rest) = (reader.number()? as usize, reader.number()? as usize);
        let known: Vec<u16> = before.encode_utf16().take(shared).collect();
        before = String::from_utf16(&known).ok()? + std::str::from_utf8(reader.take(rest)?).ok()?;
        all.push_str(&before);
        all.push('\n');
        for _counts_and_size in 0..3 {
            reader.number()?;
        }
    }
    Some(all)
}

struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u32> {
        let (mut value, mut shift) = (0_u32, 0);
        loop {
            let byte = self.take(1)?[0];
            value |= u32::from(byte & 127).checked_shl(shift)?;
            shift += 7;
            if byte < 128 {
                return Some(value);
            }
        }
    }
}
