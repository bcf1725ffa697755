//! What is written in a picture and seen by nobody who looks at it: who took it, where, with which words.

use img_parts::Bytes;
use img_parts::jpeg::{Jpeg, markers};
use img_parts::png::Png;
use img_parts::webp::WebP;

/// Chunks of PNG that hold text or Exif.
const PNG_TEXTS: [[u8; 4]; 5] = [*b"tEXt", *b"zTXt", *b"iTXt", *b"eXIf", *b"tIME"];
/// Chunks of WebP that do.
const WEBP_TEXTS: [[u8; 4]; 2] = [*b"EXIF", *b"XMP "];

/// The picture without its metadata; the same bytes when it is none, or is broken.
pub fn without_metadata(bytes: Vec<u8>) -> Vec<u8> {
    let bytes = Bytes::from(bytes);
    let stripped = match bytes.get(..4) {
        Some([0x89, b'P', b'N', b'G']) => Png::from_bytes(bytes.clone()).ok().map(png),
        Some([0xff, 0xd8, 0xff, _]) => Jpeg::from_bytes(bytes.clone()).ok().map(jpeg),
        Some(b"RIFF") => WebP::from_bytes(bytes.clone()).ok().map(webp),
        _ => None,
    };
    stripped.unwrap_or(bytes).to_vec()
}

fn png(mut picture: Png) -> Bytes {
    picture.chunks_mut().retain(|chunk| !PNG_TEXTS.contains(&chunk.kind()));
    picture.encoder().bytes()
}

/// Colour profiles (APP2) and what Adobe says of colours (APP14) stay: without them the picture looks otherwise.
fn jpeg(mut picture: Jpeg) -> Bytes {
    let is_metadata = |marker: u8| {
        let is_of_an_application = (markers::APP1..=markers::APP15).contains(&marker);
        marker == markers::COM || is_of_an_application && !matches!(marker, markers::APP2 | markers::APP14)
    };
    picture.segments_mut().retain(|segment| !is_metadata(segment.marker()));
    picture.encoder().bytes()
}

fn webp(mut picture: WebP) -> Bytes {
    WEBP_TEXTS.iter().for_each(|kind| picture.remove_chunks_by_id(*kind));
    picture.encoder().bytes()
}

/// A picture of one pixel that says who took it.
#[cfg(test)]
pub fn png_with(words: &str) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, data) in [
        (*b"IHDR", b"\0\0\0\x01\0\0\0\x01\x08\0\0\0\0".to_vec()),
        (*b"tEXt", [b"Author\0", words.as_bytes()].concat()),
        (*b"IEND", Vec::new()),
    ] {
        bytes.extend((data.len() as u32).to_be_bytes());
        bytes.extend(kind);
        bytes.extend(&data);
        let mut sum = flate2::Crc::new();
        sum.update(&[&kind[..], &data].concat());
        bytes.extend(sum.sum().to_be_bytes());
    }
    bytes
}

/// A picture of nothing that says who took it, in Exif and in a comment.
#[cfg(test)]
pub fn jpeg_with(words: &str) -> Vec<u8> {
    let segment = |marker: u8, data: &[u8]| {
        [&[0xff, marker][..], &(data.len() as u16 + 2).to_be_bytes(), data].concat()
    };
    let exif = segment(markers::APP1, &[b"Exif\0\0", words.as_bytes()].concat());
    let comment = segment(markers::COM, words.as_bytes());
    let scan = [segment(markers::SOS, &[0; 6]), vec![1, 2, 0xff, 0xd9]].concat();
    [vec![0xff, 0xd8], exif, comment, scan].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_pictures_are_gone_and_pictures_stay() {
        let has = |bytes: &[u8]| bytes.windows(4).any(|part| part == b"Dana");
        for picture in [png_with("Dana"), jpeg_with("Dana")] {
            let stripped = without_metadata(picture.clone());
            assert!(has(&picture) && !has(&stripped) && !stripped.is_empty());
            assert_eq!(stripped[..3], picture[..3]);
            assert_eq!(without_metadata(stripped.clone()), stripped);
        }
        for other in [b"Dana".to_vec(), b"\x89PNG broken, Dana".to_vec(), Vec::new()] {
            assert_eq!(without_metadata(other.clone()), other);
        }
    }
}
