//! What the words of a page tell of its kind, found in one look.

use crate::infer::context::lexicon::Lexicon;
use crate::language::tokens::Words;
use std::ops::Range;
use std::sync::LazyLock;

/// What words of a sentence tell about the page, as bits.
pub(super) type Set = u8;

/// Something goes wrong.
pub(super) const TROUBLE: Set = 1;
/// It is over.
pub(super) const PAST: Set = 2;
/// It is a rule rather than a report.
pub(super) const NORM: Set = 4;
/// The page is to be copied.
pub(super) const COPIED: Set = 8;
/// The page sets a task.
pub(super) const TASK: Set = 16;
/// The page proposes something.
pub(super) const PROPOSAL: Set = 32;

/// The page is a guide.
pub(super) const GUIDE: Set = 64;

/// The words of each; `*` ends a word that may go on.
#[rustfmt::skip]
pub(super) const SIGNALS: &[(Set, &[&str])] = &[
    (TROUBLE, &[
        "outage*", "incident*", "down", "downtime", "unavailab*", "degrad*", "fail*", "crash*", "error*",
        "unable", "disrupt*", "interrupt*", "lost", "loss", "leak*", "corrupt*", "breach*", "compromis*",
        "vulnerab*", "broke*", "bug*", "slow*", "could not", "cannot", "unreachable", "inaccessible",
        "offline", "exhaust*", "stuck", "misconfig*", "attack*", "exploit*", "expired",
    ]),
    (PAST, &[
        "was", "were", "had", "did", "began", "started", "noticed", "discovered", "detected", "identified",
        "resolved", "restored", "reverted", "caused", "occurred", "happened", "experienced", "found",
        "became", "went", "broke", "failed", "crashed", "lost", "reported", "affected", "impacted",
        "investigated", "fixed", "expired",
    ]),
    (NORM, &[
        "should", "must", "if", "whenever", "when an", "shall", "e g", "for example", "may be",
        "is required", "are required", "ensure", "make sure",
    ]),
    (COPIED, &[
        "copy this file", "copy this template", "canonical template", "this template", "use this template",
        "duplicate this", "fill in every section", "fill every section",
    ]),
    (TASK, &[
        "write a postmortem", "write a post mortem", "for this project we expect", "learning objectives",
        "your postmortem should",
    ]),
    (GUIDE, &[
        "describes how to", "explains how to", "shows how to", "this guide", "in this guide", "this handbook", "this runbook",
        "step by step guide", "is a structured document that", "document contains the following", "contains complete ~ examples",
    ]),
    (PROPOSAL, &[
        "this document proposes", "this document describes the design", "this rfc", "this proposal", "this design",
        "the proposed design", "we propose", "i propose", "alternatives considered", "non goals",
    ]),
];

/// The words of [`SIGNALS`] in a text, found in one look.
pub(super) struct Signals<'t> {
    text: &'t str,
    /// Where each begins, in the order of the text.
    found: Vec<(usize, Set)>,
}

impl<'t> Signals<'t> {
    pub fn of(text: &'t str) -> Signals<'t> {
        static LEXICON: LazyLock<Lexicon<Set>> = LazyLock::new(|| {
            let mut lexicon = Lexicon::default();
            let rows = SIGNALS.iter().flat_map(|(set, words)| words.iter().map(move |word| (word, *set)));
            rows.for_each(|(word, set)| lexicon.add(word, set));
            lexicon
        });
        let words = Words::of(text);
        let at = |token: usize| words.tokens()[token].start as usize;
        let found = LEXICON.find(&words).into_iter();
        Signals {
            text,
            found: found.map(|found| (at(found.tokens.start), *LEXICON.value(found.row))).collect(),
        }
    }

    pub fn any(&self, set: Set) -> bool {
        self.found.iter().any(|(_, found)| found & set != 0)
    }

    /// What each sentence tells.
    pub fn sentences(&self) -> impl Iterator<Item = Set> + '_ {
        sentences(self.text).map(|range| {
            let from = self.found.partition_point(|(at, _)| *at < range.start);
            let inside = self.found[from..].iter().take_while(|(at, _)| *at < range.end);
            inside.fold(0, |all, (_, set)| all | set)
        })
    }
}

/// Whether a sentence reports, and does not rule, that something went wrong.
pub(super) fn reports_trouble(signals: Set) -> bool {
    signals & (TROUBLE | PAST | NORM) == TROUBLE | PAST
}

/// Sentences of more than a few words, cut roughly.
fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let ends = text.match_indices(['.', '!', '?', '\n']).map(|(at, _)| at).chain([text.len()]);
    let mut start = 0;
    ends.map(move |end| std::mem::replace(&mut start, end + 1)..end).filter(|range| range.len() > 15)
}
