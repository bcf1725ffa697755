//! A larger vocabulary for made-up documents: search is measured by words that few of them have.

use crate::documents::{DEEDS, Numbers, THINGS};

const BEFORE: &[&str] = &[
    "auto", "counter", "cross", "fore", "inter", "meta", "micro", "mis", "multi", "out", "over", "post",
    "pre", "proto", "quasi", "semi", "sub", "super", "trans", "under",
];
const BEHIND: &[&str] = &["board", "less", "line", "like", "side", "stack", "ware", "wise"];

/// In tenths: how many of the common words become rarer ones.
const VARIED: usize = 6;

/// The text with most of its things and deeds made into compounds, a few of them common and most
/// rare; and with a title that is not told from all others by a made-up name.
pub fn vary(text: &str, n: usize) -> String {
    let mut numbers = Numbers(n as u64 ^ 0x5eed);
    let mut varied = String::with_capacity(text.len() + text.len() / 4);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_word = first.is_ascii_alphabetic();
        let end = rest.find(|c: char| c.is_ascii_alphabetic() != is_word).unwrap_or(rest.len());
        varied.push_str(&compound(&rest[..end], &mut numbers));
        rest = &rest[end..];
    }
    without_name(&varied)
}

fn compound(word: &str, numbers: &mut Numbers) -> String {
    let is_thing = THINGS.contains(&word);
    if !(is_thing || DEEDS.contains(&word)) || numbers.below(10) >= VARIED {
        return word.to_owned();
    }
    let kinds = BEFORE.len() + if is_thing { BEHIND.len() } else { 0 };
    // The cube of an even share: the first compounds are common, the last rare.
    let share = numbers.below(1 << 20) as f64 / f64::from(1 << 20);
    let at = ((share * share * share) * kinds as f64) as usize;
    match BEFORE.get(at) {
        Some(before) => format!("{before}{word}"),
        None => format!("{word}{}", BEHIND[at - BEFORE.len()]),
    }
}

fn without_name(text: &str) -> String {
    let is_title = |line: &&str| line.starts_with("title: ") || line.starts_with("# ");
    let Some(title) = text.lines().find(is_title) else { return text.to_owned() };
    let bare = title.split_once(" (").map_or(title.to_owned(), |(bare, rest)| {
        format!("{bare}{}", if rest.ends_with('"') { "\"" } else { "" })
    });
    text.replacen(title, &bare, 1)
}
