//! Which encoding a file without a mark is in, told from its bytes as browsers tell it.

use super::form::Encoding;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{KOI8_R, KOI8_U, WINDOWS_1252};

/// So much of a file is enough to tell.
const SAMPLE: usize = 64 * 1024;

/// Fewer units of UTF-16 than these tell nothing.
const FEWEST_UNITS: usize = 16;

/// With fewer bytes beyond ASCII an encoding of more than one byte a character is not certain.
const ENOUGH_OF_MANY: usize = 24;
/// The same for those of one byte, which look more alike.
const ENOUGH_OF_ONE: usize = 48;
/// With fewer, letters that stand alone are taken for Western European ones.
const FEW: usize = 8;

/// An older encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Guess {
    pub encoding: &'static encoding_rs::Encoding,
    /// No other one is as likely.
    pub is_sure: bool,
}

/// The encoding that bytes are in which are no UTF-8. Nothing when they are UTF-8 with a few bytes that are none.
pub(super) fn guess(bytes: &[u8]) -> Option<Guess> {
    if is_mostly_utf8(bytes) {
        return None;
    }
    let sample = sample(bytes);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&sample, false);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let beyond_ascii = sample.iter().filter(|byte| !byte.is_ascii()).count();
    // Words of Western European languages have few such letters in a row.
    let runs = sample.split(u8::is_ascii).map(<[u8]>::len);
    let is_western = runs.max().unwrap_or(0) <= 2 && sample.iter().all(|byte| is_usual(*byte));
    if is_western && (encoding == WINDOWS_1252 || beyond_ascii < FEW) {
        return Some(Guess { encoding: WINDOWS_1252, is_sure: encoding == WINDOWS_1252 });
    }
    let enough = if encoding.is_single_byte() { ENOUGH_OF_ONE } else { ENOUGH_OF_MANY };
    let is_damaged = encoding.decode_without_bom_handling(bytes).1;
    Some(Guess { encoding, is_sure: beyond_ascii >= enough && !is_damaged })
}

/// Whether Windows-1252 has something usual at a byte: ASCII, quotes, dashes and letters.
fn is_usual(byte: u8) -> bool {
    !matches!(byte, 0x81..=0x83 | 0x86..=0x89 | 0x8b | 0x8d | 0x8f | 0x90 | 0x98 | 0x9b | 0x9d)
}

impl Guess {
    pub fn decode(self, bytes: &[u8]) -> (String, &'static str) {
        let text = self.encoding.decode_without_bom_handling(bytes).0;
        // KOI8-U has all that KOI8-R has but a few lines for boxes.
        let is_russian = self.encoding == KOI8_U && KOI8_R.decode_without_bom_handling(bytes).0 == text;
        let encoding = if is_russian { KOI8_R } else { self.encoding };
        (text.into_owned(), encoding.name())
    }
}

/// Whether most characters beyond ASCII are whole ones of UTF-8.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut stray) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        stray += chunk.invalid().len();
    }
    whole >= stray
}

/// The lines that hold more than ASCII, as far as they are needed.
fn sample(bytes: &[u8]) -> Vec<u8> {
    let lines = bytes.split_inclusive(|byte| *byte == b'\n').filter(|line| !line.is_ascii());
    let telling = |line: &[u8]| {
        let first = line.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
        line[first.saturating_sub(80)..].to_vec()
    };
    let mut sample = Vec::new();
    for line in lines {
        sample.extend(telling(line));
        if sample.len() > SAMPLE {
            break;
        }
    }
    sample.truncate(SAMPLE);
    sample
}

/// The encoding of UTF-16 without a mark: every second byte is often zero, and the others never.
pub(super) fn utf16(bytes: &[u8]) -> Option<Encoding> {
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let units_there = bytes.len() / 2;
    if units_there < FEWEST_UNITS || memchr::memchr(0, bytes).is_none() {
        return None;
    }
    let encoding = match (zeros(0), zeros(1)) {
        (0, many) if many > units_there / 20 => Encoding::Utf16Le,
        (many, 0) if many > units_there / 20 => Encoding::Utf16Be,
        _ => return None,
    };
    units(bytes, encoding)
        .all(|unit| unit.is_some_and(|c| !c.is_control() || c.is_whitespace()))
        .then_some(encoding)
}

/// The characters of UTF-16; half of one is none.
pub(super) fn units(bytes: &[u8], encoding: Encoding) -> impl Iterator<Item = Option<char>> + '_ {
    let unit = if encoding == Encoding::Utf16Le { u16::from_le_bytes } else { u16::from_be_bytes };
    char::decode_utf16(bytes.chunks_exact(2).map(move |pair| unit([pair[0], pair[1]]))).map(Result::ok)
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{BIG5, EUC_JP, EUC_KR, GBK, SHIFT_JIS, WINDOWS_1250, WINDOWS_1251};

    /// Sentences in the encodings that their writers used.
    const SENTENCES: &[(&encoding_rs::Encoding, &str)] = &[
        (GBK, "队列阻塞。结账服务停了四十分钟，因为新的节点没有预热就上线了。值班人员恢复了旧版本。"),
        (BIG5, "佇列阻塞。結帳服務停了四十分鐘，因為新的節點沒有預熱就上線了。值班人員恢復了舊版本。"),
        (
            SHIFT_JIS,
            "障害報告。決済サービスが四十分停止しました。新しいノードが暖機なしで投入されたためです。",
        ),
        (EUC_JP, "障害報告。決済サービスが四十分停止しました。新しいノードが暖機なしで投入されたためです。"),
        (EUC_KR, "장애 보고서. 결제 서비스가 사십 분 동안 멈췄습니다. 새 노드를 예열하지 않고 투입했습니다."),
        (
            WINDOWS_1251,
            "Отказ кэша. Сервис оплаты не работал сорок минут, потому что новый узел включили без прогрева.",
        ),
        (
            KOI8_R,
            "Отказ кэша. Сервис оплаты не работал сорок минут, потому что новый узел включили без прогрева.",
        ),
        (WINDOWS_1250, "Usługa płatności nie działała, ponieważ nowy węzeł został włączony bez rozgrzania."),
        (
            WINDOWS_1252,
            "Le nœud ajouté n’était pas préchauffé – größere Änderungen, mañana, 20 °C, £10 und 20µs.",
        ),
    ];

    fn read(text: &str, encoding: &'static encoding_rs::Encoding) -> (String, &'static str, bool) {
        let bytes = encoding.encode(text).0;
        let guess = guess(&bytes).expect("this is no UTF-8");
        let (read, name) = guess.decode(&bytes);
        (read, name, guess.is_sure)
    }

    #[test]
    fn a_text_of_some_length_is_read_in_its_encoding() {
        for (encoding, sentence) in SENTENCES {
            let text = format!("# Postmortem\n\n{}\n", sentence.repeat(6));
            assert_eq!(read(&text, encoding), (text, encoding.name(), true));
        }
    }

    #[test]
    fn a_word_that_is_read_wrongly_is_never_certain() {
        for (encoding, sentence) in SENTENCES {
            let characters: Vec<char> = sentence.chars().collect();
            for length in [4, 6, 9, 17] {
                let words =
                    characters.windows(length).filter(|part| part.iter().all(|c| c.is_alphanumeric()));
                for part in words.map(|part| part.iter().collect::<String>()) {
                    let text = format!("Owner of the incident: {part} and more\n");
                    if guess(&encoding.encode(&text).0).is_none_or(|guess| !guess.is_sure) {
                        continue;
                    }
                    assert_eq!(read(&text, encoding).0, text, "{} {part}", encoding.name());
                }
            }
        }
    }

    #[test]
    fn a_western_letter_in_plain_text_is_certain() {
        for text in ["café", "naïve é", "Größe", "it’s “down”", "Ausfall – 10 %", "déjà vu", "¿Qué?", "5 °C"]
        {
            assert_eq!(read(text, WINDOWS_1252), (text.to_owned(), "windows-1252", true));
        }
    }

    #[test]
    fn utf16_without_a_mark_is_seen_where_it_is_clear() {
        let text = "# Queue blocked – 队列阻塞\n\nIt took 40 minutes.\n";
        let bytes = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
        assert_eq!(utf16(&bytes(u16::to_le_bytes)), Some(Encoding::Utf16Le));
        assert_eq!(utf16(&bytes(u16::to_be_bytes)), Some(Encoding::Utf16Be));
        let padded = [text.as_bytes(), &[0; 64]].concat();
        for bytes in [&b"\0\xe9"[..], b"plain text with a \0 in it, and another \0 there", &padded, &[0; 64]]
        {
            assert_eq!(utf16(bytes), None);
        }
    }
}
