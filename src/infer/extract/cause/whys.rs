//! Five whys: each answer is asked about by the next question, and the last one is the root cause.

use crate::document::Kind;
use crate::infer::context::excerpt::has_words;
use crate::infer::context::text::{Text, is_placeholder};
use std::ops::Range;

/// Fewest questions that make a chain of them.
const FEWEST: usize = 3;

/// How a question for the reason begins.
const ASKING: &[&str] = &[
    "why",
    "warum",
    "wieso",
    "weshalb",
    "pourquoi",
    "por qué",
    "por que",
    "perché",
    "waarom",
    "почему",
    "なぜ",
];

/// The block and the words of the last answer that is one; nothing where no questions follow each other.
pub(super) fn last_answer(text: &Text<'_>) -> Option<(usize, Range<usize>)> {
    let asked: Vec<usize> =
        text.blocks().filter(|(n, _)| question(text, *n).is_some()).map(|(n, _)| n).collect();
    let last = *asked.last().filter(|_| asked.len() >= FEWEST)?;
    let first = *asked.first()?;
    // Questions of one chain stand close together: an answer between two of them, and no more.
    let is_chain = asked.windows(2).all(|pair| pair[1] - pair[0] <= 3);
    if !is_chain || last - first > 3 * asked.len() {
        return None;
    }
    asked.iter().rev().find_map(|n| answer(text, *n))
}

/// Where the question in block `n` ends.
fn question(text: &Text<'_>, n: usize) -> Option<usize> {
    let block = text.block(n);
    let words = block.text();
    let lead = words.trim_start_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    let asks = ASKING.iter().any(|why| lead.starts_with(why));
    let asked = words.find(['?', '？']).filter(|_| asks && !matches!(block.kind, Kind::Row { .. }))?;
    Some(asked + words[asked..].chars().next().map_or(1, char::len_utf8))
}

/// What stands behind a question, or right below it.
fn answer(text: &Text<'_>, n: usize) -> Option<(usize, Range<usize>)> {
    let words = text.block(n).text();
    let behind = question(text, n)?;
    let below = n + 1;
    let own = behind + lead(&words[behind..])..words.trim_end().len();
    let (block, range) = match own.start < own.end {
        true => (n, own),
        false
            if below < text.blocks.end && text.block(below).is_prose() && question(text, below).is_none() =>
        {
            let words = text.block(below).text();
            (below, lead(words)..words.trim_end().len())
        }
        false => return None,
    };
    let told = text.block(block).text().get(range.clone())?;
    let is_answer =
        has_words(told, 3) && !has_words(told, MOST) && !is_placeholder(told) && !told.contains(['?', '？']);
    is_answer.then_some((block, range))
}

/// Longest answer, in words.
const MOST: usize = 60;

/// Length of the marks in front of an answer, and of `Because`, `A:`.
fn lead(words: &str) -> usize {
    let rest =
        words.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '`' | '"' | '(' | '@' | '#'));
    let named = ["A:", "Answer:", "Antwort:"].iter().find_map(|name| rest.strip_prefix(name)).unwrap_or(rest);
    words.len() - named.trim_start().len()
}
