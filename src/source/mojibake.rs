//! Text that was decoded wrongly once: UTF-8 read as Windows-1252 (`â€”` for `—`) or
//! as code page 437 (`ΓÇö`). Only sequences that no language writes are repaired.

use std::ops::Range;

const LEADS: [char; 5] = ['â', 'Â', 'Ã', 'ð', 'Γ'];

/// What stands at `range` is meant to be `meant`.
pub(super) struct Repair {
    pub range: Range<usize>,
    pub meant: char,
}

/// What finds the next repair in the rest of this text, when there may be anything to repair.
pub(super) fn repair(text: &str) -> Option<impl Fn(&str) -> Option<Repair> + use<>> {
    // Every sequence begins with one of these, and they with one of two bytes; most texts have none.
    if memchr::memchr2(0xc3, 0xce, text.as_bytes()).is_none() || !text.contains(LEADS) {
        return None;
    }
    // `Ã”` and `Ã»` may be a capital before a closing quote: read otherwise only beside surer signs.
    let is_sure = text.contains("â€") || text.contains("ðŸ");
    Some(move |text: &str| {
        text.match_indices(LEADS).find_map(|(at, _)| {
            let (meant, length) = sequence(&text[at..], is_sure)?;
            Some(Repair { range: at..at + length, meant })
        })
    })
}

/// The character that the text begins with wrongly decoded, and how many bytes it takes up.
fn sequence(text: &str, is_sure: bool) -> Option<(char, usize)> {
    let lead = text.chars().next()?;
    let (bytes, read): (usize, fn(char) -> Option<u8>) = match lead {
        'Â' | 'Ã' => (2, windows_1252_byte),
        'â' => (3, windows_1252_byte),
        'ð' => (4, windows_1252_byte),
        'Γ' => (3, code_page_437_byte),
        _ => return None,
    };
    let mut utf8 = [0; 4];
    let mut length = 0;
    for (byte, c) in utf8[..bytes].iter_mut().zip(text.chars()) {
        *byte = read(c)?;
        length += c.len_utf8();
    }
    let meant = std::str::from_utf8(&utf8[..bytes]).ok()?.chars().next()?;
    if bytes == 2 && !is_sure && text[lead.len_utf8()..].starts_with(['”', '’', '»', '›']) {
        return None;
    }
    is_likely(meant).then_some((meant, length))
}

/// What texts in Latin letters hold beside them: signs, quotes, dashes, arrows, marks, emoji.
fn is_likely(c: char) -> bool {
    matches!(c, '\u{a0}'..='\u{ff}' | '\u{2000}'..='\u{2bff}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
}

/// A byte as Windows-1252 has it; the five that it leaves open are control characters.
pub(super) fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

fn windows_1252_byte(c: char) -> Option<u8> {
    match c {
        '\0'..='\u{ff}' if !matches!(c, '\u{80}'..='\u{9f}') => u8::try_from(u32::from(c)).ok(),
        _ => WINDOWS_1252.iter().position(|other| *other == c).map(|at| 0x80 + at as u8),
    }
}

/// The lead byte 0xE2 and the continuation bytes of code page 437.
fn code_page_437_byte(c: char) -> Option<u8> {
    match c {
        'Γ' => Some(0xe2),
        _ => CODE_PAGE_437.chars().position(|other| other == c).map(|at| 0x80 + at as u8),
    }
}

/// Bytes 0x80 to 0x9F (WHATWG Encoding Standard, index windows-1252).
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Bytes 0x80 to 0xBF (IBM code page 437).
const CODE_PAGE_437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐";

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(text: &str) -> Option<String> {
        let next = repair(text)?;
        let (mut out, mut rest) = (String::new(), text);
        while let Some(Repair { range, meant }) = next(rest) {
            out.push_str(&rest[..range.start]);
            out.push(meant);
            rest = &rest[range.end..];
        }
        Some(out + rest).filter(|out| out != text)
    }

    #[test]
    fn wrongly_decoded_text_is_read_as_it_was_meant() {
        for (wrong, meant) in [
            ("11:30 AM â€” 2:00 PM", "11:30 AM — 2:00 PM"),
            ("itâ€™s â€œdownâ€\u{9d}", "it’s “down”"),
            ("cafÃ©, 20Â°, 5Â\u{a0}%", "café, 20°, 5\u{a0}%"),
            ("ðŸ˜€ done", "😀 done"),
            ("waitΓÇª itΓÇÖs", "wait… it’s"),
        ] {
            assert_eq!(repaired(wrong).as_deref(), Some(meant));
        }
    }

    #[test]
    fn what_languages_write_is_left_alone() {
        for text in ["Élan, âge, Ãngel, „MÃ”", "Γειά σου", "naïve — “quoted”", "10 € Â", "ðat", "«MAÇÃ»"]
        {
            assert_eq!(repaired(text), None, "{text}");
        }
    }

    #[test]
    fn code_pages_have_all_their_characters() {
        assert_eq!(CODE_PAGE_437.chars().count(), 64);
        assert_eq!((windows_1252(0x80), windows_1252(0x97), windows_1252(0xe9)), ('€', '—', 'é'));
    }
}
