//! The sentence that says what broke. Every sentence that may say it is weighed by
//! its place and its words; the best one is taken, with the next when both are short.

use crate::config::Config;
use crate::document::{Kind, Label};
use crate::incident::Origin;
use crate::incident::claim::Fact;
use crate::infer::claims::Claims;
use crate::infer::context::block_scan::Said;
use crate::infer::context::excerpt::{cut, has_words, word_count};
use crate::infer::context::lexicon::Lexicon;
use crate::infer::context::role::{about, is_aside};
use crate::infer::context::text::Text;
use crate::infer::context::text::one_line;
use crate::infer::context::vocabulary::{Meaning, Vocabulary};
use crate::infer::extractor::Extractor;
use crate::language::sentences::sentences;
use std::ops::Range;

pub const EXTRACTOR: Extractor = Extractor { name: "root-cause", seeks: &["root_cause"], phrases: add_phrases, read };

/// Longest root cause, in words.
const WORDS: usize = 60;
/// Weight of a place that is announced as the cause; a sentence there needs no words that say so.
const ANNOUNCED: i32 = 40;
/// Weight of a place that is about causes at all.
const ABOUT: i32 = 22;
/// What a sentence elsewhere loses beside others when no word in it names a cause.
const UNNAMED: i32 = 4;
/// Least weight of a sentence that stands in no section about causes.
const LEAST: i32 = 24;

/// Words that name a cause, and what they weigh.
const NAMING: &[(&str, i32)] = &[
    ("root cause", 12),
    ("caused by", 10),
    ("cause of the", 8),
    ("due to", 8),
    ("because", 7),
    ("stemmed from", 10),
    ("resulted from", 10),
    ("as a result of", 7),
    ("result of", 5),
    ("originated", 8),
    ("culprit", 8),
    ("traced to", 9),
    ("traced back", 9),
    ("was triggered by", 8),
    ("led to", 4),
    ("leading to", 4),
    ("resulting in", 4),
    ("causing", 4),
    ("which caused", 6),
    ("caused", 5),
    ("misconfigur*", 5),
    ("memory leak", 4),
    ("bug", 3),
    ("bugs", 3),
    ("buggy", 3),
    ("bugfix*", 3),
    ("expired", 4),
    ("mistakenly", 5),
    ("accidentally", 5),
    ("inadvertently", 5),
    ("failed", 2),
    ("filled up", 5),
    ("ran out of", 5),
    ("overload*", 3),
    ("exhaust*", 4),
    ("couldn't", 2),
    ("incorrect", 4),
    ("wrong", 3),
    ("discontinued", 4),
    ("reason", 3),
    ("relied on", 4),
    ("reliance on", 4),
    ("causé par", 10),
    ("en raison", 8),
    ("à cause", 8),
    ("causado por", 10),
    ("devido a", 8),
    ("porque", 7),
    ("was not", 1),
    ("were not", 1),
    ("did need", 2),
    ("did not have", 3),
    ("didn't have", 3),
    ("starv*", 3),
    ("determined that", 4),
    ("ran low", 4),
    ("never enabled", 4),
    ("not enabled", 3),
    ("forgot*", 4),
    ("had an extended outage", 6),
    ("outage of our", 5),
];

/// Words of a sentence that tells something else.
const OTHER: &[(&str, i32)] = &[
    ("resolved", -8),
    ("was fixed", -8),
    ("fixed by", -8),
    ("rolled back", -5),
    ("to prevent", -10),
    ("to resolve", -9),
    ("to fix", -7),
    ("restarted", -4),
    ("initially", -8),
    ("assum*", -8),
    ("suspect*", -6),
    ("hypothes*", -8),
    ("ruled out", -10),
    ("apolog*", -15),
    ("sorry", -12),
    ("we will", -8),
    ("lesson*", -8),
    ("not due to", -12),
    ("not caused", -12),
    ("not the cause", -12),
    ("unrelated", -8),
    ("mislead*", -10),
    ("monitoring alert", -5),
    ("was restored", -8),
    ("delay in ~ respon*", -14),
    ("delay* response", -12),
    ("slack", -3),
    ("timeline", -4),
    ("mitigat*", -5),
    ("detected", -4),
    ("outage caused", -10),
    ("outages caused", -10),
    ("brace yourselves", -12),
    ("picture this", -12),
    ("see below", -20),
    ("see above", -20),
    ("described below", -12),
    ("described above", -12),
    ("not established", -30),
    ("not yet established", -30),
    ("not yet known", -30),
    ("is unknown", -30),
    ("was unknown", -30),
    ("remains unknown", -30),
    ("still unknown", -30),
    ("unknown cause", -12),
    ("undetermined", -30),
    ("could not be determined", -30),
    ("not been determined", -30),
    ("not been identified", -30),
    ("still investigating", -30),
    ("under investigation", -30),
    ("do not know why", -30),
    ("don't know why", -30),
];

fn read(text: &Text<'_>, claims: &mut Claims<'_>) {
    let places: Vec<(usize, Place)> = text.blocks.clone().filter_map(|n| Some((n, place(text, n)?))).collect();
    let best = best_of(text, places.iter().filter(|(_, place)| place.0 >= ANNOUNCED));
    let best = best.filter(|found| found.weight >= ANNOUNCED).or_else(|| best_of(text, places.iter()));
    if let Some(found) = best.filter(|found| found.weight + found.lacks >= LEAST) {
        let range = extended(text, &found);
        let words = one_line(&text.block(found.block).text()[range.clone()]);
        claims.add(Fact::RootCause(words), found.origin, found.rule, found.block, range);
    }
}

fn best_of<'p>(text: &Text<'_>, places: impl Iterator<Item = &'p (usize, Place)>) -> Option<Candidate> {
    let mut best: Option<Candidate> = None;
    for (n, (base, origin, rule)) in places {
        let block = text.block(*n);
        let own;
        let all = match value(text, *n) {
            value if value == block.value() => text.sentences(*n),
            value => {
                own = sentences(block.text(), value);
                &own
            }
        };
        for (nth, range) in all.iter().enumerate() {
            let said = text.said(*n, range);
            let (named, weight) = weigh(text.vocabulary, &said, &block.text()[range.clone()], nth, all.len() > 1);
            let lacks = if named || *base >= ABOUT { 0 } else { UNNAMED };
            let weight = base + weight - lacks;
            if best.as_ref().is_none_or(|best| weight > best.weight) {
                best = Some(Candidate { block: *n, range: range.clone(), weight, lacks, origin: *origin, rule });
            }
        }
    }
    best
}

/// What a place is worth, how strong what it says is, and the rule's name.
type Place = (i32, Origin, &'static str);

struct Candidate {
    block: usize,
    range: Range<usize>,
    weight: i32,
    /// How much was taken off because it has no word that names a cause.
    lacks: i32,
    origin: Origin,
    rule: &'static str,
}

/// A field's value, or the whole text where an unknown label is part of the sentence.
fn value(text: &Text<'_>, n: usize) -> Range<usize> {
    let block = text.block(n);
    match &block.field {
        Some(field) if field.label == Label::Other => 0..block.text().len(),
        _ => block.value(),
    }
}

/// What a place is worth for a root cause.
fn place(text: &Text<'_>, n: usize) -> Option<Place> {
    let block = text.block(n);
    if is_aside(text, n) || text.document.opens(n) || !(block.is_prose() || matches!(block.kind, Kind::Row { .. })) {
        return None;
    }
    let section = text.document.section(n).under;
    let own = block.field.as_ref().map(|field| field.label);
    match (about(text, n), own) {
        (Label::RootCause, Some(Label::RootCause)) if section == Label::RootCause => {
            Some((52, Origin::Section, "root-cause-section"))
        }
        (Label::RootCause, Some(Label::RootCause)) => Some((40, Origin::Field, "root-cause-field")),
        (Label::RootCause, _) if is_deep(text, n) => Some((40, Origin::Section, "root-cause-section")),
        (Label::RootCause, _) => Some((46, Origin::Section, "root-cause-section")),
        (Label::Summary, _) if tells_what_happened(text, n) => Some((46, Origin::Section, "root-cause-section")),
        (Label::Factors, _) => Some((26, Origin::Section, "contributing-factor")),
        (Label::Trigger, _) => Some((22, Origin::Section, "trigger")),
        (Label::Summary, _) => Some((18, Origin::Prose, "cause-sentence")),
        (Label::Background, _) => Some((14, Origin::Prose, "cause-sentence")),
        (Label::Other | Label::Title, _) => Some((15, Origin::Prose, "cause-sentence")),
        (Label::Impact | Label::Detection, _) => Some((8, Origin::Prose, "cause-sentence")),
        (Label::Timeline | Label::Story, _) => Some((6, Origin::Prose, "cause-sentence")),
        _ => None,
    }
}

/// Whether a root-cause section stands in a summary: it is then the short version of a later one.
fn is_deep(text: &Text<'_>, n: usize) -> bool {
    text.document.labels_around(n).any(|label| label == Label::Summary)
}

/// Whether a section "What happened" stands under the root cause.
fn tells_what_happened(text: &Text<'_>, n: usize) -> bool {
    text.document.labels_around(n).any(|label| label == Label::RootCause)
}

/// The phrases above.
fn add_phrases(phrases: &mut Lexicon<Meaning>, _: &Config) {
    for (phrase, weight) in NAMING.iter().chain(OTHER) {
        phrases.add(phrase, Meaning::RootCause(*weight));
    }
}

/// Whether a word names a cause, and what all words of a sentence weigh. A short one says little, unless it opens a text that goes on: "A retry storm. After the restart …".
fn weigh(vocabulary: &Vocabulary, said: &Said<'_>, sentence: &str, nth: usize, goes_on: bool) -> (bool, i32) {
    let (mut naming, mut other) = (0, 0);
    for (_, meaning) in said.phrases(vocabulary) {
        if let Meaning::RootCause(weight) = meaning {
            if *weight > 0 { naming += weight } else { other += weight }
        }
    }
    let opens = sentence.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("due to "));
    naming += if opens { 4 } else { 0 };
    let first = match nth {
        0 => 8,
        1 => 4,
        2 => 1,
        _ => 0,
    };
    let tells = has_words(sentence, 4) || (nth == 0 && goes_on);
    let short = if tells { 0 } else { -14 };
    let announces = sentence.trim_end().ends_with(':') && word_count(sentence) < LONG_ENOUGH;
    let question = if announces || sentence.trim_end().ends_with('?') { -12 } else { 0 };
    let refers = match points_back(sentence) {
        true if nth > 0 && tells_an_effect(sentence) => -10,
        true => -5,
        false => 0,
    };
    (naming > 0, naming.min(18) + other + first + short + question + refers)
}

/// From so many words on, a sentence that ends in a colon tells something itself.
const LONG_ENOUGH: usize = 12;

/// `This jam was triggered by …`: a sentence that speaks of the one before it.
fn points_back(sentence: &str) -> bool {
    let first = words(sentence).next().unwrap_or_default();
    ["this", "that", "it", "these", "they"].iter().any(|word| first.eq_ignore_ascii_case(word))
}

/// `This caused a jam on all lines`: what the sentence before it led to.
fn tells_an_effect(sentence: &str) -> bool {
    const LED: &[&str] = &["caused", "led", "resulted", "meant", "means", "prevented", "triggered", "made", "broke", "created"];
    let behind = words(sentence).skip(1).take(3);
    behind.take_while(|word| !matches!(*word, "is" | "was" | "were")).any(|word| LED.contains(&word))
}

fn words(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty())
}

/// The sentence with the one behind it, when both fit.
fn extended(text: &Text<'_>, found: &Candidate) -> Range<usize> {
    let block = text.block(found.block).text();
    let next = sentences(block, found.range.end..block.len()).into_iter().next();
    let end =
        next.map(|next| next.end).filter(|end| word_count(&block[found.range.start..*end]) <= WORDS).unwrap_or(found.range.end);
    found.range.start..cut(block, found.range.start, end, WORDS)
}
