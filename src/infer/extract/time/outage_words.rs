//! What a sentence with a time tells of, by its words: of the outage, of what came before it, of
//! somebody noticing it, of its end, or of something else.

use aho_corasick::AhoCorasick;
use std::ops::Range;
use std::sync::LazyLock;

/// Words that make a sentence tell of something else than the outage.
const ELSEWHERE: &[&str] = &[
    "office hours",
    "business hours",
    "closed at",
    "closes at",
    "luckily",
    "fortunately",
    "working hours",
    "operating hours",
    "hours of operation",
    "monday to friday",
    "monday through friday",
    "monday-friday",
    "mon-fri",
    "weekdays",
    "operates from",
    "open from",
    "opening hours",
    "support hours",
    "on-call hours",
    "meeting",
    "scheduled for",
    "follow-up",
    "deadline",
    "due by",
    "due date",
    "published",
    "posted on",
    "last updated",
    "written on",
    "introduced in",
    "was deployed on",
    "released on",
    "every day",
    "daily",
    "each day",
    "reviewed on",
    "will be",
    "by the end of",
];

/// Words that a sentence about the outage has one of.
const OUTAGE: &[&str] = &[
    "outage",
    "down",
    "disrupt",
    "degrad",
    "incident",
    "issue",
    "fail",
    "unavailab",
    "experienc",
    "error",
    "problem",
    "slow",
    "unable",
    "affect",
    "impact",
    "interrupt",
    "crash",
    "broke",
    "stopped",
    "unreachable",
    "not available",
    "loss",
    "attack",
    "could not",
    "couldn't",
    "lasted",
    "began",
    "started",
    "occurred",
    "starting at",
    "starting around",
    "beginning at",
    "panne",
    "incidente",
    "falha",
    "partial",
    "queue",
    "misbehav",
    "discovered",
    "reported",
    "vulnerab",
    "liquidat",
    "merged",
    "stuck",
    "hung",
    "offline",
    "broken",
    "blocked",
    "delay",
    "lost",
    "timeout",
    "timed out",
    "no longer",
    "froze",
    "missing",
    "corrupt",
    "not possible",
    "not respond",
    "nobody could",
    "no one could",
];

/// Words of what came before an outage, or was done against it.
const PRELUDE: &[&str] =
    &["submitted", "proposed", "introduced", "deployed", "merged", "released", "made available"];

/// What a sentence tells of, by its words, all found in one look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    /// Something else than the outage.
    pub elsewhere: bool,
    pub outage: bool,
    /// What came before an outage, or was done against it.
    pub prelude: bool,
}

impl About {
    /// Of a sentence in lower case.
    pub fn of(lower: &str) -> About {
        static WORDS: LazyLock<AhoCorasick> = LazyLock::new(|| {
            let all = ELSEWHERE.iter().chain(OUTAGE).chain(PRELUDE);
            AhoCorasick::new(all).expect("a few short words fit into an automaton")
        });
        let mut about = About { elsewhere: false, outage: false, prelude: false };
        for found in WORDS.find_overlapping_iter(lower) {
            match found.pattern().as_usize() {
                row if row < ELSEWHERE.len() => about.elsewhere = true,
                row if row < ELSEWHERE.len() + OUTAGE.len() => about.outage = true,
                _ => about.prelude = true,
            }
        }
        about
    }
}

/// Whether a sentence tells that all was well again, and of no failure that began.
pub fn tells_of_recovery(lower: &str) -> bool {
    const AGAIN: &[&str] = &[
        "re-established",
        "reestablished",
        "restored",
        "was resolved",
        "were resolved",
        "has been fixed",
        "was fixed",
        "were applied",
        "was applied",
        "managed to restore",
        "able to restore",
        "live again",
        "working again",
        "back online",
        "is back",
        "are back",
        "was back",
        "were back",
    ];
    const BEGAN: &[&str] =
        &["began", "begin", "started", "went down", "failed", "crashed", "stopped", "outage", "first "];
    AGAIN.iter().any(|words| lower.contains(words)) && !BEGAN.iter().any(|words| lower.contains(words))
}

/// Whether words lead to the time at which somebody noticed, and nothing began.
pub fn tells_of_detection(before: &str) -> bool {
    const NOTICED: &[&str] = &["discovered", "detected", "noticed", "reported", "alerted"];
    const BEGAN: &[&str] = &["began", "started", "went down", "failed", "from", "between"];
    NOTICED.iter().any(|words| before.contains(words)) && !BEGAN.iter().any(|words| before.contains(words))
}

/// Whether a day stands where a sentence says when: `on 4 May`; not "the snapshot of 4 May".
pub fn is_led(words: &str, date: &Range<usize>) -> bool {
    const OF: &[&str] = &["of", "du", "from the", "de", "dated", "by", "until", "vom", "since"];
    let before = words[..date.start].split_whitespace().next_back().map(str::to_lowercase);
    before.is_none_or(|word| !OF.contains(&word.as_str()))
}
