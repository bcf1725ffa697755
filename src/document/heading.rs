//! What a heading announces that is no label by itself: by a telling word in it, or by what it asks.

use super::labels::{LONGEST, Label};
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// Words that tell a heading's meaning wherever they stand in it; the first row that fits wins.
const TELLING: &[(&str, Label)] = &[
    ("not the root cause", Label::Story),
    ("not the cause", Label::Story),
    ("ruled out", Label::Story),
    ("evidence from", Label::Story),
    ("why detection", Label::Story),
    ("why did detection", Label::Story),
    ("why it took", Label::Story),
    ("why did it take", Label::Story),
    ("timeline", Label::Timeline),
    ("chronolog", Label::Timeline),
    ("action item", Label::Actions),
    ("corrective", Label::Actions),
    ("preventative", Label::Actions),
    ("preventive", Label::Actions),
    ("follow-up action", Label::Actions),
    ("follow-up task", Label::Actions),
    ("follow up task", Label::Actions),
    ("operational follow-up", Label::Actions),
    ("leftover task", Label::Actions),
    ("remaining task", Label::Actions),
    ("things i have to do", Label::Actions),
    ("things we have to do", Label::Actions),
    ("what we'll do next", Label::Actions),
    ("what we’ll do next", Label::Actions),
    ("what we will do next", Label::Actions),
    ("preventing the issue", Label::Actions),
    ("preventing this", Label::Actions),
    ("preventing a recurrence", Label::Actions),
    ("from happening again", Label::Actions),
    ("possible action", Label::Actions),
    ("required change", Label::Actions),
    ("long-term solution", Label::Actions),
    ("long term solution", Label::Actions),
    ("to-do", Label::Actions),
    ("todo", Label::Actions),
    ("next steps", Label::Actions),
    ("future fortification", Label::Actions),
    ("tasks to", Label::Actions),
    ("lessons", Label::Lessons),
    ("went well", Label::Lessons),
    ("went wrong", Label::Lessons),
    ("takeaway", Label::Lessons),
    ("generalis", Label::Lessons),
    ("generaliz", Label::Lessons),
    ("the moral", Label::Lessons),
    ("conclusion", Label::Lessons),
    ("contributing", Label::Factors),
    ("root cause", Label::RootCause),
    ("impact", Label::Impact),
    ("summary", Label::Summary),
    ("dns resolution", Label::Other),
    ("name resolution", Label::Other),
    ("host resolution", Label::Other),
    ("address resolution", Label::Other),
    ("dependency resolution", Label::Other),
    ("module resolution", Label::Other),
    ("resolution", Label::Resolution),
    ("detection", Label::Detection),
    ("related issues", Label::Related),
    ("measures", Label::Actions),
];

pub fn by_word(heading: &str) -> Option<Label> {
    if heading.len() > LONGEST {
        return None;
    }
    static WORDS: LazyLock<AhoCorasick> = LazyLock::new(|| {
        AhoCorasick::new(TELLING.iter().map(|row| row.0)).expect("words of the table are few")
    });
    let lower = heading.to_lowercase();
    let rows = WORDS.find_overlapping_iter(&lower).map(|found| found.pattern().as_usize());
    rows.min().map(|row| TELLING[row].1)
}

/// What a heading asks: "How was the incident resolved?", "What did we do to fix it".
pub fn question(heading: &str) -> Option<Label> {
    if heading.len() > LONGEST {
        return None;
    }
    let lower = heading.to_lowercase();
    let words = || lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    if !matches!(words().next(), Some("how" | "what")) {
        return None;
    }
    let any = |starts: &[&str]| words().any(|word| starts.iter().any(|start| word.starts_with(start)));
    let past = || any(&["went", "did", "was", "were", "could", "should", "would", "have"]);
    if any(&["prevent", "avoid", "better", "differently"])
        && any(&["will", "can", "going", "do", "to"])
        && !past()
    {
        return Some(Label::Actions);
    }
    if any(&["prevent", "avoid", "should", "could", "can", "will", "next", "again", "better", "improve"]) {
        return None;
    }
    if any(&["resolv", "fix", "solv", "mitigat", "restor", "recover", "remed"]) {
        return Some(Label::Resolution);
    }
    any(&["detect", "notic", "discover", "alert"]).then_some(Label::Detection)
}
