//! What sections and labelled lines tell in their first sentences: the summary,
//! the impact, the resolution, how it was noticed. One row each.

use crate::config::Config;
use crate::document::{Kind, Label};
use crate::incident::Origin;
use crate::incident::claim::{Fact, PLAIN};
use crate::infer::claims::Claims;
use crate::infer::context::excerpt::{has_words, opening, tells_only_when, word_count};
use crate::infer::context::lexicon::Lexicon;
use crate::infer::context::role::{about, in_timeline, is_aside, is_title};
use crate::infer::context::text::Text;
use crate::infer::context::text::{Passage, one_line};
use crate::infer::context::vocabulary::{self, Meaning};
use crate::infer::extract::timeline::timestamp::{is_separator, lead};
use crate::infer::extractor::Extractor;
use crate::language::sentences::sentences;

pub const EXTRACTOR: Extractor =
    Extractor { name: "narrative", seeks: &["summary", "impact", "resolution", "detection"], phrases: add_phrases, read };

/// One thing that is told.
struct Told {
    label: Label,
    fact: fn(String) -> Fact,
    /// Most sentences and most words that are taken.
    most: (usize, usize),
    section: &'static str,
    field: &'static str,
    /// Words of a sentence that tells it where no section does, and the places that may hold it.
    cues: &'static [&'static str],
    places: &'static [Label],
    prose: &'static str,
}

const TOLD: &[Told] = &[
    Told {
        label: Label::Summary,
        fact: Fact::Summary,
        most: (3, 80),
        section: "summary-section",
        field: "summary-field",
        cues: &[],
        places: &[],
        prose: "first-paragraph",
    },
    Told {
        label: Label::Impact,
        fact: Fact::Impact,
        most: (3, 60),
        section: "impact-section",
        field: "impact-field",
        cues: &[
            "were affected",
            "was affected",
            "were unable",
            "unable to",
            "could not",
            "couldn't",
            "affecting",
            "users experienced",
            "customers experienced",
            "were impacted",
        ],
        places: &[Label::Summary, Label::Other],
        prose: "impact-sentence",
    },
    Told {
        label: Label::Resolution,
        fact: Fact::Resolution,
        most: (3, 60),
        section: "resolution-section",
        field: "resolution-field",
        cues: &[
            "resolved by",
            "was resolved",
            "fixed by",
            "was fixed",
            "to resolve the",
            "to fix the",
            "mitigated by",
            "resolved the issue",
            "the solution was",
            "the resolution",
            "rolled back",
            "we restored",
        ],
        places: &[Label::RootCause, Label::Summary, Label::Other],
        prose: "resolution-sentence",
    },
    Told {
        label: Label::Detection,
        fact: Fact::Detection,
        most: (2, 50),
        section: "detection-section",
        field: "detection-field",
        cues: &[
            "detected by",
            "detected when",
            "detected through",
            "detected via",
            "was detected",
            "alerted us",
            "first noticed",
            "was noticed",
            "reported by",
            "reported that",
            "alert was triggered",
            "alerts triggered",
            "alert triggered",
            "monitoring alert",
        ],
        places: &[Label::Timeline, Label::Detected, Label::Summary, Label::Other],
        prose: "detection-sentence",
    },
];

fn read(text: &Text<'_>, claims: &mut Claims<'_>) {
    for told in TOLD {
        for passage in text.fields(told.label) {
            claim(text, claims, told, &[passage], Origin::Field, told.field);
        }
        let mut section = text.section(told.label);
        section.retain(|passage| told.label != Label::Summary || !tells_only_when(text, passage, 3));
        section.sort_by_key(|passage| is_on_the_way(text, told, passage));
        claim(text, claims, told, &section, Origin::Section, told.section);
    }
    if let Some(passage) = first_paragraph(text) {
        claim(text, claims, &TOLD[0], &[passage], Origin::Prose, TOLD[0].prose);
    }
    for n in text.blocks.clone() {
        sentence(text, claims, n);
    }
}

fn claim(text: &Text<'_>, claims: &mut Claims<'_>, told: &Told, passages: &[Passage], origin: Origin, rule: &'static str) {
    if let Some((words, passage)) = opening(text, passages, told.most.0, told.most.1) {
        let strength = if is_on_the_way(text, told, &passage) { PLAIN - 20 } else { PLAIN };
        claims.weighed((told.fact)(words), origin, rule, passage.block, passage.range, strength);
    }
}

/// "Actions taken" in a timeline tell of the search; what helped is told elsewhere, if at all.
fn is_on_the_way(text: &Text<'_>, told: &Told, passage: &Passage) -> bool {
    told.label == Label::Resolution && in_timeline(text, passage.block)
}

/// The first paragraph of a text that begins without a heading for it.
fn first_paragraph(text: &Text<'_>) -> Option<Passage> {
    let telling = |n: usize| {
        let block = text.block(n);
        let plain = block.kind == Kind::Paragraph && !block.quoted && block.field.is_none() && !text.document.opens(n);
        plain
            && !text.holds_event(n)
            && !is_title(text, n)
            && matches!(about(text, n), Label::Other | Label::Title)
            && has_words(block.text(), 8)
    };
    let n = text.blocks.clone().take(40).find(|n| telling(*n))?;
    Some(Passage { block: n, range: 0..text.block(n).text().len() })
}

/// A sentence that tells one of the rows by its words.
fn sentence(text: &Text<'_>, claims: &mut Claims<'_>, n: usize) {
    let block = text.block(n);
    let place = about(text, n);
    let wanted = TOLD.iter().any(|told| told.places.contains(&place));
    if is_aside(text, n) || !block.is_prose() || !wanted || is_title(text, n) || !text.says(n, vocabulary::TOLD) {
        return;
    }
    let words = block.text();
    let from = if place == Label::Timeline { behind_time(text, n) } else { block.value().start };
    let own;
    let all = match from == block.value().start {
        true => text.sentences(n),
        false => {
            own = sentences(words, from..words.len());
            &own
        }
    };
    for range in all {
        let cued: Vec<usize> = text.said(n, range).phrases(text.vocabulary).filter_map(|(_, meaning)| row(meaning)).collect();
        for (_, told) in TOLD.iter().enumerate().filter(|(row, told)| cued.contains(row) && told.places.contains(&place)) {
            if (3..=told.most.1).contains(&word_count(&words[range.clone()])) {
                claims.add((told.fact)(one_line(&words[range.clone()])), Origin::Prose, told.prose, n, range.clone());
            }
        }
    }
}

fn row(meaning: &Meaning) -> Option<usize> {
    match meaning {
        Meaning::Told(row) => Some(*row),
        _ => None,
    }
}

/// The cues of all rows, each with its row's number.
fn add_phrases(phrases: &mut Lexicon<Meaning>, _: &Config) {
    for (row, told) in TOLD.iter().enumerate() {
        for cue in told.cues {
            phrases.add(cue, Meaning::Told(row));
        }
    }
}

/// Where the words of a timeline's line begin, behind its time.
fn behind_time(text: &Text<'_>, n: usize) -> usize {
    let words = text.block(n).text();
    let end = lead(words, text.times(n), text.hints).map_or(0, |lead| lead.end);
    words.len() - words[end..].trim_start_matches(is_separator).len()
}
