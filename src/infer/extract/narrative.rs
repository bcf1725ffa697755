//! What sections and labelled lines tell in their first sentences: the summary,
//! the impact, how it was noticed. One row each.

use crate::config::Config;
use crate::document::{Kind, Label};
use crate::incident::Origin;
use crate::incident::chronology::{in_order, is_newest_first};
use crate::incident::claim::Fact;
use crate::infer::claims::Claims;
use crate::infer::context::excerpt::{has_words, opening, tells_only_when, word_count};
use crate::infer::context::lexicon::Lexicon;
use crate::infer::context::role::{about, in_timeline, is_aside, is_prompt, is_title};
use crate::infer::context::text::Text;
use crate::infer::context::text::{Passage, one_line};
use crate::infer::context::vocabulary::{self, Meaning};
use crate::infer::extract::timeline::timestamp::behind_time;
use crate::infer::extractor::Extractor;
use crate::language::sentences::sentences;

pub const EXTRACTOR: Extractor =
    Extractor { name: "narrative", seeks: &["summary", "impact", "detection"], phrases: add_phrases, read };

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
        // `Identified - …` in the log of a status page is a step, and no label.
        let is_step = |n: usize| told.label == Label::Detection && text.is_in_event(n);
        for passage in text.fields(told.label).into_iter().filter(|passage| !is_step(passage.block)) {
            claim(text, claims, told, &[passage], Origin::Field, told.field);
        }
        let mut section = text.section(told.label);
        section.retain(|passage| told.label != Label::Summary || is_summary(text, passage));
        claim(text, claims, told, &section, Origin::Section, told.section);
    }
    if let Some(passage) = oldest_update(text) {
        claim(text, claims, &TOLD[0], &[passage], Origin::Prose, "oldest-update");
    } else if let Some(passage) = first_paragraph(text) {
        claim(text, claims, &TOLD[0], &[passage], Origin::Prose, TOLD[0].prose);
    }
    for n in text.blocks.clone() {
        sentence(text, claims, n);
    }
}

fn claim(
    text: &Text<'_>,
    claims: &mut Claims<'_>,
    told: &Told,
    passages: &[Passage],
    origin: Origin,
    rule: &'static str,
) {
    let tells = |passage: &Passage| !(told.label == Label::Detection && tells_only_when(text, passage, 3));
    let opening = opening(text, passages, told.most.0, told.most.1);
    if let Some((words, passage)) = opening.filter(|(_, passage)| tells(passage)) {
        claims.add((told.fact)(words), origin, rule, passage.block, passage.range);
    }
}

/// What the oldest update of a status page says: the newest ones above it tell how it ended, and not what happened.
fn oldest_update(text: &Text<'_>) -> Option<Passage> {
    let is_log = is_newest_first(text.timeline()) && !text.blocks().any(|(n, _)| in_timeline(text, n));
    let event = in_order(text.timeline()).first().copied().filter(|_| is_log)?;
    let inside = |n: &usize| event.span.range().contains(&(text.block(*n).span.start as usize));
    let said = |n: usize| Passage { block: n, range: behind_time(text, n)..text.block(n).text().len() };
    let tells = |passage: &Passage| {
        let heads = matches!(text.block(passage.block).kind, Kind::Heading(_));
        !heads && has_words(text.words(passage), 4) && is_summary(text, passage)
    };
    text.blocks.clone().filter(inside).map(said).find(tells)
}

/// The first paragraph of a text that begins without a heading for it.
fn first_paragraph(text: &Text<'_>) -> Option<Passage> {
    let telling = |n: usize| {
        let block = text.block(n);
        let plain = block.kind == Kind::Paragraph
            && !block.quoted
            && block.field.is_none()
            && !text.document.opens(n);
        plain
            && !text.is_in_event(n)
            && !is_title(text, n)
            && matches!(about(text, n), Label::Other | Label::Title)
            && has_words(block.text(), 8)
    };
    let whole = |n: usize| Passage { block: n, range: 0..text.block(n).text().len() };
    text.blocks.clone().take(40).filter(|n| telling(*n)).map(whole).find(|passage| is_summary(text, passage))
}

/// Beginnings of lines that tell of the text itself: who wrote it and when, what the page is, how grave it is.
#[rustfmt::skip]
const OF_THE_TEXT: &[&str] = &[
    "by ", "written by", "author", "posted ", "published ", "prepared ", "last updated", "severity", "status", "this repository",
    "hello", "hi ", "hi,", "hi!", "dear ", "hey ", "good morning", "good evening", "my name is", "this document", "subject:", "from:", "this folder", "this page", "this directory", "this file", "this template",
];

/// Whether a passage tells what happened: it is no line of times or about the text, no prompt, and leads to nothing else.
fn is_summary(text: &Text<'_>, passage: &Passage) -> bool {
    let words = text.words(passage).trim();
    let begins =
        |start: &&str| words.get(..start.len()).is_some_and(|words| words.eq_ignore_ascii_case(start));
    !tells_only_when(text, passage, 3)
        && !is_prompt(text, passage.block)
        && !words.ends_with(':')
        && !OF_THE_TEXT.iter().any(begins)
}

/// A sentence that tells one of the rows by its words.
fn sentence(text: &Text<'_>, claims: &mut Claims<'_>, n: usize) {
    let block = text.block(n);
    let place = about(text, n);
    let wanted = TOLD.iter().any(|told| told.places.contains(&place));
    if is_aside(text, n)
        || !block.is_prose()
        || !wanted
        || is_title(text, n)
        || !text.says(n, vocabulary::TOLD)
    {
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
        let cued: Vec<usize> =
            text.said(n, range).phrases(text.vocabulary).filter_map(|(_, meaning)| row(meaning)).collect();
        for (_, told) in
            TOLD.iter().enumerate().filter(|(row, told)| cued.contains(row) && told.places.contains(&place))
        {
            let sentence = &words[range.clone()];
            if (3..=told.most.1).contains(&word_count(sentence))
                && !(told.label == Label::Detection && is_no_report(sentence))
            {
                claims.add(
                    (told.fact)(one_line(&words[range.clone()])),
                    Origin::Prose,
                    told.prose,
                    n,
                    range.clone(),
                );
            }
        }
    }
}

/// Whether a sentence asks, leads on, or tells what ought to be noticed or was not.
fn is_no_report(sentence: &str) -> bool {
    #[rustfmt::skip]
    const NOT_SO: &[&str] = &[
        " should ", " would ", " could have", " will ", " not detected", "n't detected", " not noticed", "n't noticed", " to be ", " must ",
        "if ", " may ", " might ",
    ];
    let lower = sentence.to_lowercase();
    lower.ends_with([':', '?']) || NOT_SO.iter().any(|words| lower.contains(words))
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
