//! The words around a clock time that say in other languages that it is one, and which half of the day it is in.

use crate::language::locale::{self, is_unspaced};
use crate::language::tokens::Words;
use crate::language::word_table::Names;
use std::sync::LazyLock;

/// Words of one row of the tables of languages.
type Table = LazyLock<Names<()>>;

fn table(row: &'static str) -> Names<()> {
    Names::new(locale::words("clock", row).map(|word| (word, ())))
}

fn is_in(table: &Names<()>, words: &Words, at: usize) -> bool {
    words.word(at).is_some_and(|word| table.get(word).is_some())
}

/// Whether a word such as `à` stands here, behind which `14h` is a time.
pub fn is_before_hours(words: &Words, at: usize) -> bool {
    static BEFORE: Table = LazyLock::new(|| table("before h"));
    is_in(&BEFORE, words, at)
}

/// Whether `午前`, `오후` and the like in front of a clock time mean the afternoon, and whether they are a piece of their own.
pub fn half_before(words: &Words, at: usize) -> Option<(bool, bool)> {
    let before = words.word(at.checked_sub(1)?).filter(|word| word.ends_with(is_unspaced))?;
    let ending = |row| {
        locale::words("clock", row).find(|half| before.ends_with(half)).map(|half| half.len() == before.len())
    };
    ending("forenoon").map(|whole| (false, whole)).or_else(|| Some((true, ending("afternoon")?)))
}

/// Whether `kl.` or the like in front, or `Uhr` behind, says that two numbers are a clock time.
pub fn is_said(words: &Words, at: usize, to: usize) -> bool {
    static BEFORE: Table = LazyLock::new(|| table("before"));
    static AFTER: Table = LazyLock::new(|| table("after"));
    let dot = usize::from(at > 0 && words.is_mark(at - 1, '.'));
    is_in(&AFTER, words, to) || at.checked_sub(1 + dot).is_some_and(|before| is_in(&BEFORE, words, before))
}

/// `頃` and the like behind a clock time.
pub fn is_about(words: &Words, at: usize) -> bool {
    words.is_any(at, &["頃", "ごろ", "경", "쯤", "左右"])
}

/// `bis` and the like, and `から` at the beginning of a word: `10時から午後3時`.
pub fn leads_to(words: &Words, at: usize) -> bool {
    static TO: Table = LazyLock::new(|| table("to"));
    let word = words.word(at).filter(|word| word.starts_with(is_unspaced));
    is_in(&TO, words, at)
        || word.is_some_and(|word| locale::words("clock", "to").any(|to| word.starts_with(to)))
}
