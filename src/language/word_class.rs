//! Which words can begin a date, a clock time, a length of time, a zone, a share or a
//! severity, and which stand in them: one look at a word tells which readers need to look closer.

use crate::language::word_table::Names;
use crate::language::{day_names, locale, number_words, zone_names};
use std::ops::Range;
use std::sync::LazyLock;

/// A set of what a piece of text can be, as bits.
pub type Heads = u16;

/// A piece of digits.
pub const DIGITS: Heads = 1;
/// A month's name, or the letters of `YYYY`.
pub const DATE: Heads = 2;
/// `noon` and its like, the `T` of `T+15`, the letters of `HH:MM`, the dashes of `--:--`.
pub const CLOCK: Heads = 4;
/// A number in words, `half`, `a`.
pub const COUNT: Heads = 8;
/// A zone's abbreviation, the first word of a region, or any word before a slash or `Time`.
pub const ZONE: Heads = 16;
/// `Time`, and the slash of `Europe/Paris`: the word before them may be a zone's.
pub const ZONE_TAIL: Heads = 32;
/// A percent sign, or a word for it.
pub const PERCENT: Heads = 64;
/// The name of a severity scale.
pub const SCALE: Heads = 128;
/// A unit of time.
pub const UNIT: Heads = 256;
/// What stands behind an hour: `Uhr`, `時`.
pub const HOUR: Heads = 512;
/// What stands behind the numbers of a date in scripts without spaces: `年`.
pub const DATE_PART: Heads = 1024;

/// What the word at `range` of a text, with this opening, can be.
#[inline]
pub fn of_word(words: &Names<Heads>, opening: u64, text: &str, range: Range<usize>) -> Heads {
    let [first, second, ..] = opening.to_le_bytes();
    let repeated =
        first == second && matches!(first, b'y' | b'm' | b'd') && is_one_letter(&text[range.clone()]);
    words.at(opening, text, range).copied().unwrap_or(0) | if repeated { DATE } else { 0 }
}

/// `YYYY`, `MM`, `dd`: the letters of a date that was never filled in.
fn is_one_letter(word: &str) -> bool {
    word.bytes().all(|byte| byte.eq_ignore_ascii_case(&word.as_bytes()[0]))
}

/// The words of all readers, by name.
pub fn words() -> &'static Names<Heads> {
    static WORDS: LazyLock<Names<Heads>> = LazyLock::new(words_of_all_readers);
    &WORDS
}

fn words_of_all_readers() -> Names<Heads> {
    let mut all: Vec<(&str, Heads)> = Vec::new();
    let mut add = |word: &'static str, head: Heads| match all
        .iter_mut()
        .find(|row| row.0.to_lowercase() == word.to_lowercase())
    {
        Some(row) => row.1 |= head,
        None => all.push((word, head)),
    };
    day_names::months().for_each(|row| add(row.0, DATE));
    locale::words("clock", "after").for_each(|word| add(word, HOUR));
    number_words::DATE_UNITS.iter().for_each(|word| add(word, DATE_PART));
    number_words::NUMBERS.iter().for_each(|row| add(row.0, COUNT));
    number_words::units().for_each(|row| add(row.0, UNIT));
    number_words::BEFORE_UNITS.iter().for_each(|word| add(word, COUNT));
    zone_names::ABBREVIATIONS.iter().for_each(|row| add(row.0, ZONE));
    zone_names::TIME_OF.iter().for_each(|word| add(word, ZONE));
    zone_names::REGIONS.iter().for_each(|row| add(row.0[0], ZONE));
    for word in ["noon", "midday", "midi", "midnight", "minuit", "T", "hh", "xx"] {
        add(word, CLOCK);
    }
    for word in ["percent", "pct", "cent", "cento"] {
        add(word, PERCENT);
    }
    for word in ["sev", "severity", "p", "s"] {
        add(word, SCALE);
    }
    add("time", ZONE_TAIL);
    Names::new(all)
}
