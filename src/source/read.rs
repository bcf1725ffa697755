//! One file from disk: its text, its bytes, the size of its picture.

use super::decode::{self, Finding, Unusual};
use super::unread::unreadable;
use super::walk::{Found, reason};
use super::{Asset, Form, Inside, LeftOut, SourceFile, formats, written};
use crate::diagnostic::{Code, Diagnostic, Span, bidi_characters, control_characters};
use std::io::{self, Read};

/// Pictures say how large they are within so many bytes.
const PICTURE_HEAD: u64 = 64 * 1024;

/// Endings of pictures whose size can be told.
const PICTURES: &[&str] = &["png", "jpg", "jpeg", "gif", "webp", "avif", "bmp"];

/// What came of reading a file as a document.
#[derive(Debug, Default)]
pub(super) struct Attempt {
    pub document: Option<SourceFile>,
    /// Why there is none, where one was expected.
    pub left_out: Option<LeftOut>,
    pub diagnostics: Vec<Diagnostic>,
}

impl Attempt {
    /// What comes of a fault of casebook.
    pub fn failed(fault: Diagnostic) -> Attempt {
        Attempt { document: None, left_out: Some(LeftOut::Failed), diagnostics: vec![fault] }
    }
}

/// Reads a document; nothing when the file is none or cannot be read.
pub(super) fn document(inside: &Inside, found: &Found, limit: u64) -> Attempt {
    if !found.is_document() || !found.is_named && found.stamp.size > limit {
        return Attempt { diagnostics: formats::note(found).into_iter().collect(), ..Attempt::default() };
    }
    let bytes = match bytes(inside, found, limit) {
        Ok(bytes) => bytes,
        Err(diagnostic) => {
            let reason =
                if diagnostic.code == Code::TooLarge { LeftOut::TooLarge } else { LeftOut::Unreadable };
            return Attempt { left_out: Some(reason), diagnostics: vec![*diagnostic], document: None };
        }
    };
    // A file without an ending is a document only when it is text beyond doubt.
    if !found.is_named && (bytes.contains(&0) || std::str::from_utf8(&bytes).is_err()) {
        return Attempt::default();
    }
    let decoded = decode::decode(bytes);
    let diagnostics =
        decoded.findings.iter().map(|finding| diagnostic(finding, &found.shown, &decoded.text)).collect();
    let (path, shown) = (found.path.clone(), found.shown.clone());
    let read = written::read(&path, decoded.text);
    let form = Form { repaired: decoded.form.repaired || read.is_changed, ..decoded.form };
    let document = SourceFile { path, shown, text: read.text, form, gaps: read.gaps };
    Attempt { document: Some(document), left_out: None, diagnostics }
}

/// Reads a file whole, if it is no larger than the limit.
pub(super) fn bytes(inside: &Inside, found: &Found, limit: u64) -> Result<Vec<u8>, Box<Diagnostic>> {
    if found.stamp.size > limit {
        return Err(too_large(found, limit));
    }
    let refused = |error: io::Error| Box::new(unreadable(&found.shown, reason(&error)));
    let file = inside.open(&found.disk, found.links_to.as_deref()).map_err(refused)?;
    let mut bytes = Vec::with_capacity(usize::try_from(found.stamp.size).unwrap_or(0));
    // It may have grown since it was looked at.
    file.take(limit + 1).read_to_end(&mut bytes).map_err(refused)?;
    match bytes.len() as u64 > limit {
        true => Err(too_large(found, limit)),
        false => Ok(bytes),
    }
}

/// A file beside the documents. Only the beginning of pictures is read, for their size.
pub(super) fn asset(inside: &Inside, found: &Found) -> Asset {
    let extension = found.path.rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
    let is_picture = extension.is_some_and(|extension| PICTURES.contains(&extension.as_str()));
    let dimensions = is_picture.then(|| dimensions(inside, found)).flatten();
    Asset { disk: found.disk.clone(), size: found.stamp.size, dimensions, links_to: found.links_to.clone() }
}

fn dimensions(inside: &Inside, found: &Found) -> Option<(u32, u32)> {
    let mut head = Vec::new();
    inside
        .open(&found.disk, found.links_to.as_deref())
        .ok()?
        .take(PICTURE_HEAD)
        .read_to_end(&mut head)
        .ok()?;
    let size = imagesize::blob_size(&head).ok()?;
    let [width, height] =
        [size.width, size.height].map(|pixels| u32::try_from(pixels).ok().filter(|pixels| *pixels > 0));
    width.zip(height)
}

fn too_large(found: &Found, limit: u64) -> Box<Diagnostic> {
    let message = format!("larger than the limit of {} MB, and was left out", limit / (1024 * 1024));
    let diagnostic = Diagnostic::new(Code::TooLarge, message).in_file(&found.shown);
    Box::new(diagnostic.help("set `file_size_mb` under `[limits]` in site.toml to read it"))
}

fn diagnostic(finding: &Finding, shown: &str, text: &str) -> Diagnostic {
    let length = text.get(finding.at..).and_then(|text| text.chars().next()).map_or(0, char::len_utf8);
    let at = |diagnostic: Diagnostic| diagnostic.at(shown, text, Span::new(finding.at, finding.at + length));
    match &finding.what {
        Unusual::Encoding { name } => {
            Diagnostic::new(Code::Encoding, format!("read as {name}")).in_file(shown)
        }
        Unusual::Unsure { name } => at(Diagnostic::new(
            Code::EncodingUnsure,
            format!("the file is not UTF-8, and was read as {name}"),
        ))
        .label("which encoding this is in is not certain")
        .help("save the file as UTF-8"),
        Unusual::NotUtf8 { byte, count } => {
            let bytes = if *count == 1 { "byte is".to_owned() } else { format!("{count} bytes are") };
            at(Diagnostic::new(Code::Encoding, format!("{bytes} no UTF-8, and read as Windows-1252")))
                .label(format!("the first is byte {byte} of the file"))
                .help("save the file as UTF-8")
        }
        Unusual::Mojibake { count, wrong } => {
            let places = if *count == 1 { "1 place".to_owned() } else { format!("{count} places") };
            let message = format!("text that was decoded wrongly once is read as it was meant, in {places}");
            at(Diagnostic::new(Code::Mojibake, message)).label(format!("the file has `{wrong}`"))
        }
        Unusual::Control { count, first } => at(control_characters(*count, *first)),
        Unusual::Bidi { count, first } => at(bidi_characters(*count, *first)),
    }
}
