//! Which language a text is in, told by its commonest words and by its letters.

use crate::language::locale::{Locale, is_unspaced, locales};
use crate::language::tokens::Words;
use crate::language::word_table::Names;
use std::sync::LazyLock;

/// Common words of English, which is what a text is in that no table claims.
#[rustfmt::skip]
const ENGLISH: &[&str] = &[
    "the", "and", "of", "to", "was", "were", "is", "that", "for", "with", "this", "from", "not", "we", "our", "by", "be", "are", "it", "which",
];

/// So many words of a text are looked at.
const SAMPLE: usize = 600;
/// Least share of them, in percent, that are common words of its language.
const LEAST: usize = 8;
/// Fewest common words by which a language is told.
const FEWEST: usize = 4;
/// Least share of its letters, in percent, that are of a script without spaces.
const LEAST_UNSPACED: usize = 20;

/// The language of a text that is not in English, as far as a table of it is there; `None` for English and where
/// nothing tells.
pub fn language<'w>(texts: impl Iterator<Item = &'w Words<'w>> + Clone) -> Option<&'static Locale> {
    by_letters(texts.clone()).or_else(|| by_words(texts))
}

/// Languages as bits, in the order of [`locales`], and English behind them.
type Set = u32;

fn common_words() -> &'static Names<Set> {
    static WORDS: LazyLock<Names<Set>> = LazyLock::new(|| {
        let mut all: Vec<(&str, Set)> = Vec::new();
        let mut add = |word: &'static str, set: Set| match all.iter_mut().find(|row| row.0 == word) {
            Some(row) => row.1 |= set,
            None => all.push((word, set)),
        };
        for (n, locale) in locales().iter().enumerate() {
            locale.words("words", "common").iter().for_each(|word| add(word, 1 << n));
        }
        ENGLISH.iter().for_each(|word| add(word, 1 << locales().len()));
        Names::new(all)
    });
    &WORDS
}

fn by_words<'w>(texts: impl Iterator<Item = &'w Words<'w>>) -> Option<&'static Locale> {
    let mut counts = vec![0; locales().len() + 1];
    let mut all = 0;
    let tokens = texts.flat_map(|words| words.tokens().iter().map(move |token| (words.text, token)));
    for (text, token) in tokens.take(SAMPLE) {
        all += 1;
        let range = token.start as usize..token.end as usize;
        let set = common_words().at(token.opening, text, range).copied().unwrap_or(0);
        (0..counts.len()).filter(|n| set & 1 << n != 0).for_each(|n| counts[n] += 1);
    }
    let most = *counts.iter().max()?;
    let first = counts.iter().position(|count| *count == most)?;
    let alone = counts.iter().filter(|count| **count == most).count() == 1;
    (alone && most >= FEWEST && most * 100 >= all * LEAST).then(|| locales().get(first)).flatten()
}

fn by_letters<'w>(texts: impl Iterator<Item = &'w Words<'w>>) -> Option<&'static Locale> {
    let (mut all, mut kana, mut hangul, mut han) = (0, 0, 0, 0);
    let unspaced = texts.filter(|words| words.text.contains(is_unspaced)).map(|words| words.text);
    for letter in unspaced.flat_map(str::chars).filter(|c| c.is_alphabetic()).take(8 * SAMPLE) {
        all += 1;
        match letter {
            '\u{3040}'..='\u{30ff}' => kana += 1,
            '\u{ac00}'..='\u{d7a3}' => hangul += 1,
            '\u{4e00}'..='\u{9fff}' => han += 1,
            _ => {}
        }
    }
    let tag = match () {
        () if (kana + hangul + han) * 100 < all * LEAST_UNSPACED || all < FEWEST => return None,
        () if hangul > kana && hangul * 4 > han => "ko",
        () if kana * 10 > han => "ja",
        () => "zh",
    };
    locales().iter().find(|locale| locale.tag() == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(text: &str) -> Option<&'static str> {
        let words = Words::of(text);
        language([&words].into_iter()).map(Locale::tag)
    }

    #[test]
    fn a_language_is_told_by_its_words_or_letters() {
        for (text, expected) in [
            ("Das Tor war zu, und die Gäste konnten nicht auf das Boot, das mit der Flut kam.", "de"),
            ("La rampa no funcionó y los coches se quedaron en el muelle con la marea.", "es"),
            ("La rampe est restée bloquée et les voitures sont restées sur le quai dans la nuit.", "fr"),
            ("A rampa não funcionou e os carros que estavam no cais não saíram com a maré.", "pt"),
            ("Рампа не открылась, и машины были на причале, это было из-за прилива и не только.", "ru"),
            ("桟橋のゲートが開かず、車が出られませんでした。", "ja"),
            ("闸门没有打开，车辆留在码头。", "zh"),
            ("부두의 문이 열리지 않아 차량이 나가지 못했습니다.", "ko"),
        ] {
            assert_eq!(tag(text), Some(expected), "{text}");
        }
        for text in ["The ramp was stuck and the cars of our guests were not let off.", "10:00 503 nginx", ""]
        {
            assert_eq!(tag(text), None, "{text}");
        }
    }
}
