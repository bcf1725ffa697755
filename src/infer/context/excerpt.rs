//! Taking whole sentences out of passages.

use crate::infer::context::text::Text;
use crate::infer::context::text::{Passage, is_placeholder, one_line};
use crate::language::sentences::sentences;
use crate::language::{self, Clock, Found};
use std::ops::Range;

/// The first sentences of the first passage that has any: at most `sentences_max`, and at most `words_max` words.
pub fn opening(
    text: &Text<'_>,
    passages: &[Passage],
    sentences_max: usize,
    words_max: usize,
) -> Option<(String, Passage)> {
    passages.iter().find_map(|passage| {
        let block = text.block(passage.block);
        let own;
        let all = match passage.range == block.value() {
            true => text.sentences(passage.block),
            false => {
                own = sentences(block.text(), passage.range.clone());
                &own
            }
        };
        let mut first = all.first()?.clone();
        first.start += lead_in(&block.text()[first.clone()]);
        let (mut end, mut count) = (first.end, word_count(&block.text()[first.clone()]));
        for next in all.iter().take(sentences_max).skip(1) {
            count += word_count(&block.text()[end..next.end]);
            if count > words_max {
                break;
            }
            end = next.end;
        }
        let end = if count > words_max && end == first.end {
            cut(block.text(), first.start, end, words_max)
        } else {
            end
        };
        let words = one_line(&block.text()[first.start..end]);
        let tells = words.chars().filter(|c| c.is_alphabetic()).nth(3).is_some() && !is_placeholder(&words);
        let tells = tells && !is_address(&words);
        tells.then_some((words, Passage { block: passage.block, range: first.start..end }))
    })
}

/// Whether one word is the address of a machine or a page: `db1.example.org`.
fn is_address(words: &str) -> bool {
    let inner = words.trim_end_matches(['.', ',', ';']);
    inner.is_ascii() && !inner.contains(char::is_whitespace) && inner.contains(['.', '/'])
}

/// Whether a passage is made of days, times and lengths, and at most so many words beside them.
pub fn tells_only_when(text: &Text<'_>, passage: &Passage, words: usize) -> bool {
    let ranges = times_in(text, passage);
    let words_of =
        |range: &Range<usize>| text.block(passage.block).text()[range.clone()].split_whitespace().count();
    let said: usize = ranges.iter().map(words_of).sum();
    !ranges.is_empty() && !has_words(text.words(passage), said + words + 1)
}

/// Where the days, the times with their zones, and the lengths of a passage stand, in the order of the text.
pub fn times_in(text: &Text<'_>, passage: &Passage) -> Vec<Range<usize>> {
    let times = text.times(passage.block);
    let clock = |found: &Found<Clock>| {
        found.range.start..found.value.zone.as_ref().map_or(found.range.end, |zone| zone.range.end)
    };
    let dates = language::within(&times.dates, &passage.range).iter().map(|found| found.range.clone());
    let clocks = language::within(&times.clocks, &passage.range).iter().map(clock);
    let durations =
        language::within(&times.durations, &passage.range).iter().map(|found| found.range.clone());
    let mut ranges: Vec<Range<usize>> = dates.chain(clocks).chain(durations).collect();
    ranges.sort_by_key(|range| range.start);
    let overlapping = |next: &mut Range<usize>, kept: &mut Range<usize>| next.start < kept.end;
    ranges.dedup_by(overlapping);
    ranges
}

/// Runs of anything but space, and what scripts without spaces come to.
pub fn word_count(words: &str) -> usize {
    if !words.is_ascii() {
        return words.split_whitespace().count() + unparted(words);
    }
    let is_space = |byte: u8| matches!(byte, b' ' | 0x09..=0x0d);
    let Some((first, behind)) = words.as_bytes().split_first() else { return 0 };
    let begins = |(before, byte): (&u8, &u8)| is_space(*before) && !is_space(*byte);
    usize::from(!is_space(*first)) + words.as_bytes().iter().zip(behind).filter(|pair| begins(*pair)).count()
}

/// Length of marks that only joined a sentence to the line above it.
fn lead_in(sentence: &str) -> usize {
    sentence.len() - sentence.trim_start_matches([',', ';', ':', ' ', '\n']).len()
}

/// Whether a text has at least `count` words.
pub fn has_words(words: &str, count: usize) -> bool {
    words.split_whitespace().take(count).count() == count
        || !words.is_ascii() && words.split_whitespace().count() + unparted(words) >= count
}

/// How many words the letters of Chinese and Japanese make, which are not parted: one for three of them.
fn unparted(words: &str) -> usize {
    let letters = words.chars().filter(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}'));
    letters.count() / 3
}

/// Where the `most`-th word behind `start` ends, at the latest at `end`.
pub fn cut(text: &str, start: usize, end: usize, most: usize) -> usize {
    let mut count = 0;
    let mut inside = false;
    for (at, c) in text[start..end].char_indices() {
        if c.is_whitespace() {
            if inside && count == most {
                return start + at;
            }
            inside = false;
        } else if !inside {
            inside = true;
            count += 1;
        }
    }
    end
}
