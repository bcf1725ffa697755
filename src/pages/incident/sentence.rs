//! The sentence around some words of a document, without its markup: what a reader needs to judge a value.

use crate::diagnostic::Span;
use crate::document::Flat;
use crate::language::sentences::sentences;
use std::ops::Range;

/// Longest text shown on either side of the words, in characters.
const ASIDE: usize = 160;

/// How far a paragraph is followed from the words, in bytes.
const FAR: usize = 2_000;

/// Words that a text cannot have, which keep the place of a value while markup goes.
const MARKS: [char; 2] = ['\u{e000}', '\u{e001}'];

/// What stands before the words in their sentence, the words, and what stands behind them.
/// `None` where they fill their sentence, or more than one paragraph.
pub fn around(text: &str, span: Span) -> Option<[String; 3]> {
    let words = text.get(span.range()).filter(|words| !words.trim().is_empty() && !words.contains('\n'))?;
    let paragraph = paragraph(text, span.range())?;
    let holds =
        |sentence: &&Range<usize>| sentence.start < span.end as usize && sentence.end > span.start as usize;
    let found = sentences(text, paragraph);
    let touched: Vec<&Range<usize>> = found.iter().filter(holds).collect();
    let (first, last) = (touched.first()?, touched.last()?);
    let before = text.get(first.start.min(span.start as usize)..span.start as usize)?;
    let after = text.get(span.end as usize..last.end.max(span.end as usize))?;
    let marked = format!("{before}{}{words}{}{after}", MARKS[0], MARKS[1]).replace('\n', " ");
    let flat = Flat::of(&marked, 0..marked.len()).text;
    let (before, rest) = flat.split_once(MARKS[0])?;
    let (words, after) = rest.split_once(MARKS[1])?;
    let [before, after] = [before, after].map(|side| side.replace('|', "·"));
    let [before, after] =
        [opening(before.trim_start_matches(['·', ' '])), ending(after.trim_end_matches(['·', ' ']))];
    let is_alone = |side: &String| !side.contains(char::is_alphanumeric);
    (!(is_alone(&before) && is_alone(&after))).then(|| [before, words.to_owned(), after])
}

/// The lines that belong together with those of the words: a paragraph, an item, a row.
fn paragraph(text: &str, words: Range<usize>) -> Option<Range<usize>> {
    let mut start = line_start(text, words.start);
    while !begins_block(&text[start..]) && start > 0 && words.start - start < FAR {
        let above = line_start(text, start - 1);
        if text[above..start].trim().is_empty() || is_whole(&text[above..start]) {
            break;
        }
        start = above;
    }
    let mut end = line_end(text, words.end);
    let is_whole_line = is_whole(&text[line_start(text, words.start)..end]);
    while !is_whole_line && end < text.len() && end - words.end < FAR {
        let below = line_end(text, end + 1);
        let line = text.get(end + 1..below).unwrap_or_default();
        if line.trim().is_empty() || begins_block(line) {
            break;
        }
        end = below;
    }
    let marker =
        text[start..words.start].len() - text[start..words.start].trim_start_matches(is_marker).len();
    Some(start + marker..end)
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |end| at + end)
}

fn is_marker(c: char) -> bool {
    matches!(c, '#' | '-' | '+' | '>' | '|' | ' ' | '\t')
}

/// Whether a line is a heading or a row: none of its neighbours belong to it.
fn is_whole(line: &str) -> bool {
    line.trim_start().starts_with(['#', '|'])
}

fn begins_block(line: &str) -> bool {
    let line = line.trim_start();
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = digits.len() < line.len() && digits.starts_with(['.', ')']);
    is_whole(line)
        || is_numbered
        || ["- ", "* ", "+ ", "> ", "```", "~~~"].iter().any(|mark| line.starts_with(mark))
}

/// The end of a long opening, from a word on.
fn opening(before: &str) -> String {
    let Some((cut, _)) = before.char_indices().nth_back(ASIDE) else { return before.to_owned() };
    let from = before[cut..].find(char::is_whitespace).map_or(cut, |space| cut + space + 1);
    format!("… {}", &before[from..])
}

fn ending(after: &str) -> String {
    crate::pages::english::clip(after, ASIDE)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sentence of what stands between « and ».
    fn sentence(text: &str) -> Option<String> {
        let start = text.find('«')?;
        let end = text.find('»')? - '«'.len_utf8();
        let text = text.replace(['«', '»'], "");
        around(&text, Span::new(start, end)).map(|[before, words, after]| format!("{before}[{words}]{after}"))
    }

    #[test]
    fn the_sentence_is_shown_without_its_markup() {
        let cases = [
            (
                "It rained. About **«31 %»** of users\nsaw [errors](x.md). Then not.",
                "About [31 %] of users saw errors.",
            ),
            ("- Lunch.\n- Down for «40 minutes» in all.\n- Tea.", "Down for [40 minutes] in all."),
            ("| Start | «10:20» | late |\n| End | 11:00 |", "Start · [10:20] · late"),
            ("# Outage of «5 May»\n\nMore.", "Outage of [5 May]"),
        ];
        for (text, expected) in cases {
            assert_eq!(sentence(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn words_that_are_a_whole_sentence_stand_alone() {
        assert_eq!(sentence("«The disk was full.»\n\nMore."), None);
        assert_eq!(sentence("«The disk\n\nwas full»"), None);
    }
}
