//! Shares of a whole as people write them: `70 %`, `approximately 40 percent`.
//! What the share is of is for the caller to find out.

use crate::language::tokens::{Words, number_word};
use crate::language::{Found, word_class};

/// A share in percent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// From 0 upwards, as written; of a range, the larger end.
    pub percent: f64,
    /// The smaller end of a range.
    pub at_least: Option<f64>,
    /// `about 40 %`, `~40 %`.
    pub approximate: bool,
}

/// Words that make a share a rough one.
const ABOUT: &[&str] = &[
    "about",
    "around",
    "approximately",
    "approx",
    "roughly",
    "nearly",
    "almost",
    "environ",
    "estimated",
    "some",
];

/// Every percentage in `text`, in order.
pub fn shares(text: &str) -> Vec<Found<Share>> {
    read(&Words::of(text))
}

/// Every percentage among `words`.
pub fn read(words: &Words) -> Vec<Found<Share>> {
    let mut found = Vec::new();
    if !words.hold(word_class::PERCENT) {
        return found;
    }
    let mut at = 0;
    while let Some(next) = words.next(at, word_class::DIGITS | word_class::COUNT) {
        at = next;
        match share_at(words, at) {
            Some((share, next)) => {
                found.push(Found { range: words.start(at)..words.end(next - 1), value: share });
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

/// `70%`, `20-30 %`, `between 20% and 30%`, `forty percent`, and the piece after it.
fn share_at(words: &Words, at: usize) -> Option<(Share, usize)> {
    let (first, next) = amount(words, at).filter(|_| starts_number(words, at))?;
    let approximate = at
        .checked_sub(1)
        .is_some_and(|before| matches!(words.mark(before), Some('~' | '≈')) || words.is_any(before, ABOUT));
    let sign = percent(words, next);
    let joined = sign.unwrap_or(next);
    let between = at.checked_sub(1).is_some_and(|before| words.is_any(before, &["between", "from"]));
    let connects =
        words.is_dash(joined) || words.is_any(joined, &["to", "or"]) || (between && words.is(joined, "and"));
    if connects
        && let Some((last, after)) = amount(words, joined + 1)
        && let Some(end) = percent(words, after)
        && last >= first
        && !(words.is(joined, "to") && between && sign.is_some())
    {
        return Some((Share { percent: last, at_least: Some(first), approximate }, end));
    }
    Some((Share { percent: first, at_least: None, approximate }, sign?))
}

/// A number that starts here and not in the middle of another, nor behind a minus or an amount sign.
fn starts_number(words: &Words, at: usize) -> bool {
    let Some(before) = words.glued_before(at) else { return true };
    match words.mark(at - 1) {
        Some('.' | ',') => words.digits(at.wrapping_sub(2)).is_none() || !words.glued(at - 1),
        Some('-' | '+' | '−') => words.glued(at - 1) && at >= 2,
        Some(_) => true,
        None => before.end == 0,
    }
}

fn amount(words: &Words, at: usize) -> Option<(f64, usize)> {
    if let Some((number, taken)) = number_word(words, at) {
        let hundred = words.is(at + taken, "hundred");
        return Some((
            f64::from(number) * if hundred { 100.0 } else { 1.0 },
            at + taken + usize::from(hundred),
        ));
    }
    let whole = f64::from(words.number(at, 1, 4)?);
    match words.digits(at + 2).filter(|_| {
        words.glued(at + 1) && words.glued(at + 2) && matches!(words.mark(at + 1), Some('.' | ','))
    }) {
        Some(digits) if digits.len() <= 4 => {
            let fraction = f64::from(digits.parse::<i32>().ok()?) / 10f64.powi(digits.len() as i32);
            Some((whole + fraction, at + 3))
        }
        _ => Some((whole, at + 1)),
    }
}

/// The piece behind `%`, `percent`, `per cent` or `pour cent`.
fn percent(words: &Words, at: usize) -> Option<usize> {
    if !words.same_line(at) {
        return None;
    }
    if words.is_mark(at, '%') || words.is_mark(at, '٪') || words.is_any(at, &["percent", "pct"]) {
        return Some(at + 1);
    }
    (words.is_any(at, &["per", "pour", "por"]) && words.is_any(at + 1, &["cent", "cento"])).then_some(at + 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(found: &Found<Share>) -> String {
        let Share { percent, at_least, approximate } = found.value;
        let low = at_least.map_or(String::new(), |low| format!("{low}-"));
        format!("{}{low}{percent}", if approximate { "~" } else { "" })
    }

    #[test]
    fn shares_in_every_form() {
        for (text, expected) in [
            ("70% of users", "70"),
            ("70 % of users", "70"),
            ("approximately 40 percent", "~40"),
            ("30 per cent", "30"),
            ("99.95%", "99.95"),
            ("20-30% of users", "20-30"),
            ("between 20% and 30%", "20-30"),
            ("forty percent", "40"),
            ("one hundred percent", "100"),
            ("from 20% to 80%", "20, 80"),
            ("~5%", "~5"),
            ("100 users", ""),
            ("per cent", ""),
        ] {
            let found: Vec<String> = shares(text).iter().map(shown).collect();
            assert_eq!(found.join(", "), expected, "in {text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "[0-9%.,~ a-f-]{0,40}|\\PC*") {
            for found in shares(&text) {
                prop_assert!(text.get(found.range.clone()).is_some() && found.value.percent >= 0.0);
            }
        }
    }
}
