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
use crate::infer::context::vocabulary::{Meaning, Question, Vocabulary};
use crate::infer::context::votes::{self, Cast};
use crate::infer::extract::cause::naming::{FAULT, LOCAL, NAMING, OTHER, SYMPTOM, VOTES};
use crate::infer::extract::cause::whys;
use crate::infer::extract::resolution::words as mending;
use crate::infer::extractor::Extractor;
use crate::language;
use crate::language::locale;
use crate::language::sentences::sentences;
use std::ops::Range;

pub const EXTRACTOR: Extractor =
    Extractor { name: "root-cause", seeks: &["root_cause"], phrases: add_phrases, read };

/// Longest root cause, in words.
const WORDS: usize = 60;
/// Weight of a place that is announced as the cause; a sentence there needs no words that say so.
const ANNOUNCED: i32 = 40;
/// Weight of a place that is about causes at all.
const ABOUT: i32 = 22;
/// What a sentence elsewhere loses beside others when no word in it names a cause.
const UNNAMED: i32 = 4;
/// What a sentence loses that tells how it was put right, and names no cause.
const MENDED: i32 = 6;
/// From this weight on, words join a cause to what it did: "because", and not only "failed".
const CAUSAL: i32 = 5;
/// Least weight of a sentence that stands in no section about causes.
const LEAST: i32 = 28;

fn read(text: &Text<'_>, claims: &mut Claims<'_>) {
    let places: Vec<(usize, Place)> =
        text.blocks.clone().filter_map(|n| Some((n, place(text, n)?))).collect();
    let best = best_of(text, places.iter().filter(|(_, place)| place.0 >= ANNOUNCED), |_| true);
    let best =
        best.filter(|found| found.weight >= ANNOUNCED).or_else(|| best_of(text, places.iter(), |_| true));
    let spelled_out =
        || best_of(text, places.iter(), |found| found.weight >= LEAST && spells_it_out(text, found));
    let best = match best {
        Some(best) if best.naming == 0 && !best.is_fault => spelled_out().or(Some(best)),
        best => best,
    };
    let explicit = best.as_ref().is_some_and(|found| found.weight >= ANNOUNCED);
    if let Some((block, range)) = whys::last_answer(text).filter(|_| !explicit) {
        let words = one_line(&text.block(block).text()[range.clone()]);
        claims.add(Fact::RootCause(words), Origin::Section, "last-why", block, range);
        return;
    }
    if let Some(found) = best.filter(|found| found.weight + found.lacks >= LEAST) {
        let range = extended(text, &found);
        let words = one_line(&text.block(found.block).text()[range.clone()]);
        claims.add(Fact::RootCause(words), found.origin, found.rule, found.block, range);
    }
}

fn best_of<'p>(
    text: &Text<'_>,
    places: impl Iterator<Item = &'p (usize, Place)>,
    is_wanted: impl Fn(&Candidate) -> bool,
) -> Option<Candidate> {
    let mut best: Option<Candidate> = None;
    let (mut section, mut nth_block) = (None, 0);
    for (n, (base, origin, rule)) in places {
        let block = text.block(*n);
        let first = section.replace(block.section) != Some(block.section);
        nth_block = if first { 0 } else { nth_block + 1 };
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
            let sentence = &block.text()[range.clone()];
            let (naming, weight) = weigh(text.vocabulary, &said, sentence, nth, all.len() > 1);
            let (named, causal) = (naming > 0, naming >= CAUSAL);
            let lacks = if named || *base >= ABOUT { 0 } else { UNNAMED };
            let cast = Cast::of(text.vocabulary, &said, Question::RootCause);
            let against = cast.weight(VOTES, |row| row != FAULT && !(causal && row == SYMPTOM));
            let opens = first && nth == 0;
            let mended = if causal || !mends(text, &said) { 0 } else { MENDED };
            let place = if *base < ANNOUNCED {
                in_prose(text, *n, range, cast, opens, causal)
            } else {
                -nth_block.min(4)
            };
            let weight = base + weight + against + place - lacks - mended;
            let is_fault = cast.has(FAULT);
            let range = range.clone();
            let found =
                Candidate { block: *n, range, weight, naming, is_fault, lacks, origin: *origin, rule };
            if is_wanted(&found) && best.as_ref().is_none_or(|best| weight > best.weight) {
                best = Some(found);
            }
        }
    }
    best
}

/// Whether a sentence says outright what the cause was: it is taken where the section about the cause has no such word.
fn spells_it_out(text: &Text<'_>, found: &Candidate) -> bool {
    const OUTRIGHT: &[&str] = &[
        "root cause was",
        "root cause is",
        "the cause was",
        "was caused by",
        "were caused by",
        "cause of this was",
    ];
    let sentence = text.block(found.block).text()[found.range.clone()].to_lowercase();
    OUTRIGHT.iter().any(|words| sentence.contains(words))
}

/// What counts where no section announces the cause: a fault, the beginning of a section, neither a time nor
/// one item of a list nor a few words only.
fn in_prose(text: &Text<'_>, n: usize, range: &Range<usize>, cast: Cast, opens: bool, causal: bool) -> i32 {
    let block = text.block(n);
    let fault = if cast.has(FAULT) { VOTES[FAULT].weight } else { 0 };
    let opening = if opens { 3 } else { 0 };
    let clocks = language::within(&text.times(n).clocks, range).len().min(2) as i32;
    let clocks = if causal { clocks / 2 } else { clocks };
    let item = if block.is_item() && about(text, n) != Label::Factors { -4 } else { 0 };
    let few = if (4..7).contains(&word_count(&block.text()[range.clone()])) { -5 } else { 0 };
    fault + opening - 4 * clocks + item + few
}

/// What a place is worth, how strong what it says is, and the rule's name.
type Place = (i32, Origin, &'static str);

struct Candidate {
    block: usize,
    range: Range<usize>,
    weight: i32,
    /// What its words weigh that name a cause.
    naming: i32,
    /// Whether it tells of a fault.
    is_fault: bool,
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
    if is_aside(text, n)
        || text.document.opens(n)
        || matches!(block.kind, Kind::Item { task: Some(_), .. })
        || !(block.is_prose() || matches!(block.kind, Kind::Row { .. }))
    {
        return None;
    }
    let section = text.document.section(n).under;
    let own = block.field.as_ref().map(|field| field.label);
    match (about(text, n), own) {
        (Label::RootCause, Some(Label::RootCause)) if section == Label::RootCause => {
            Some((52, Origin::Section, "root-cause-section"))
        }
        (Label::RootCause, Some(Label::RootCause)) => Some((40, Origin::Field, "root-cause-field")),
        (Label::RootCause, _) if is_deep(text, n) || is_aspect(text, n) => {
            Some((40, Origin::Section, "root-cause-section"))
        }
        (Label::RootCause, _) => Some((46, Origin::Section, "root-cause-section")),
        (Label::Summary, _) if tells_what_happened(text, n) => {
            Some((46, Origin::Section, "root-cause-section"))
        }
        (Label::Factors, _) => Some((16, Origin::Section, "contributing-factor")),
        (Label::Trigger, _) => Some((22, Origin::Section, "trigger")),
        (Label::Summary, _) => Some((18, Origin::Prose, "cause-sentence")),
        (Label::Background, _) => Some((14, Origin::Prose, "cause-sentence")),
        (Label::Other | Label::Title, _) => Some((15, Origin::Prose, "cause-sentence")),
        (Label::Impact | Label::Detection | Label::Resolution, _) => {
            Some((8, Origin::Prose, "cause-sentence"))
        }
        (Label::Timeline | Label::Story, _) => Some((6, Origin::Prose, "cause-sentence")),
        _ => None,
    }
}

/// Whether a root-cause section stands in a summary: it is then the short version of a later one.
fn is_deep(text: &Text<'_>, n: usize) -> bool {
    text.document.labels_around(n).any(|label| label == Label::Summary)
}

/// Whether a heading of its own stands between a block and the root cause that it is a part of.
fn is_aspect(text: &Text<'_>, n: usize) -> bool {
    text.document.section(n).label != Label::RootCause
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
    for (row, weight) in LOCAL {
        locale::words("sentences", row).for_each(|phrase| phrases.add(phrase, Meaning::RootCause(*weight)));
    }
    votes::add(phrases, Question::RootCause, VOTES);
}

/// What the words weigh that name a cause, and what all words of a sentence do. A short one says little, unless it opens a text that goes on: "A retry storm. After the restart …".
fn weigh(vocabulary: &Vocabulary, said: &Said<'_>, sentence: &str, nth: usize, goes_on: bool) -> (i32, i32) {
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
    let question = if leads_on(sentence) { -12 } else { 0 };
    let counts = if counts_causes(sentence) { -14 } else { 0 };
    let address = if sentence.starts_with("http://") || sentence.starts_with("https://") { -14 } else { 0 };
    let refers = match points_back(sentence) {
        true if nth > 0 && tells_an_effect(sentence) => -10,
        true => -5,
        false => 0,
    };
    (naming, naming.min(18) + other + first + short + question + counts + address + refers)
}

/// Whether what a sentence says stands behind it: a question, or the line above a list.
fn leads_on(sentence: &str) -> bool {
    const COUNTING: &[&str] =
        &["things", "reasons", "causes", "factors", "issues", "problems", "following", "events", "fold"];
    let end = sentence.trim_end();
    let counts =
        || words(end).any(|word| COUNTING.iter().any(|counting| word.eq_ignore_ascii_case(counting)));
    let points_on = || ["this:", "these:", "following:", "follows:"].iter().any(|words| end.ends_with(words));
    end.ends_with(['?', '？'])
        || points_on()
        || (end.ends_with(':') && (word_count(sentence) < LONG_ENOUGH || counts()))
}

/// `Two concurrent gaps; either alone …`, `The chain has four links`: how many causes there are, and none of them.
fn counts_causes(sentence: &str) -> bool {
    const NUMBERS: &[&str] = &["two", "three", "four", "five", "several", "multiple", "both"];
    #[rustfmt::skip]
    const CAUSES: &[&str] = &[
        "causes", "factors", "gaps", "links", "failures", "problems", "issues", "faults", "bugs", "mistakes", "reasons", "things", "parts",
        "layers", "defects",
    ];
    let all: Vec<String> = words(sentence).map(str::to_lowercase).collect();
    let number = |at: &usize| NUMBERS.contains(&all[*at].as_str());
    let near = |at: usize| all[at + 1..].iter().take(3).any(|word| CAUSES.contains(&word.as_str()));
    let early = (0..all.len().min(MOST_BEFORE)).filter(number).any(near);
    early && word_count(sentence) <= LONGEST_COUNT
}

/// How far from its beginning a sentence says how many causes there are, in words, and how long it is at most.
const MOST_BEFORE: usize = 8;
const LONGEST_COUNT: usize = 18;

/// From so many words on, a sentence that ends in a colon can tell something itself.
const LONG_ENOUGH: usize = 12;

/// `This jam was triggered by …`: a sentence that speaks of the one before it.
fn points_back(sentence: &str) -> bool {
    let first = words(sentence).next().unwrap_or_default();
    ["this", "that", "it", "these", "they"].iter().any(|word| first.eq_ignore_ascii_case(word))
}

/// `This caused a jam on all lines`: what the sentence before it led to.
fn tells_an_effect(sentence: &str) -> bool {
    const LED: &[&str] = &[
        "caused",
        "led",
        "resulted",
        "meant",
        "means",
        "prevented",
        "triggered",
        "made",
        "broke",
        "created",
    ];
    let behind = words(sentence).skip(1).take(3);
    behind.take_while(|word| !matches!(*word, "is" | "was" | "were")).any(|word| LED.contains(&word))
}

fn words(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty())
}

/// The sentence with the one behind it, when both fit and that one tells it too.
fn extended(text: &Text<'_>, found: &Candidate) -> Range<usize> {
    let block = text.block(found.block).text();
    let next = sentences(block, found.range.end..block.len())
        .into_iter()
        .next()
        .filter(|next| goes_on(text, found.block, next));
    let end = next
        .map(|next| next.end)
        .filter(|end| word_count(&block[found.range.start..*end]) <= WORDS)
        .unwrap_or(found.range.end);
    found.range.start..cut(block, found.range.start, end, WORDS)
}

/// Whether a sentence goes on telling the cause: it is no lead-in, and does not speak of something else above all.
fn goes_on(text: &Text<'_>, n: usize, sentence: &Range<usize>) -> bool {
    let said = text.said(n, sentence);
    let other = said.phrases(text.vocabulary).filter_map(|(_, meaning)| match meaning {
        Meaning::RootCause(weight) => Some(*weight),
        _ => None,
    });
    let words = &text.block(n).text()[sentence.clone()];
    let tells_impact = words.contains('%') || !language::within(&text.times(n).clocks, sentence).is_empty();
    !leads_on(words) && other.sum::<i32>() > -8 && !mends(text, &said) && !tells_impact
}

/// Whether a sentence tells how it was put right.
fn mends(text: &Text<'_>, said: &Said<'_>) -> bool {
    Cast::of(text.vocabulary, said, Question::Resolution).has(mending::HOW)
}
