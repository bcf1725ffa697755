//! The twelve causes, told by the words of the sections that tell of causes.
//!
//! Every phrase of [`cause_words`](crate::infer::extract::cause::phrases) counts once for its cause,
//! with the weight of the best place it stands in: what is named as the root cause
//! weighs most, the timeline least, and action items and lessons nothing. Within a
//! sentence, what stands behind "caused by" counts more than what stands behind
//! "leading to"; guesses and what was ruled out count next to nothing. A cause
//! needs a least weight and a lead over the next, or none is claimed.

pub mod naming;
mod whys;
pub mod phrases;
pub mod root_cause;
pub mod typed;

use crate::config::Config;
use crate::diagnostic::Span;
use crate::document::Label;
use crate::incident::causes;
use crate::incident::claim::Fact;
use crate::incident::{Cause, Origin};
use crate::infer::claims::Claims;
use crate::infer::context::block_scan::Said;
use crate::infer::context::lexicon::{Lexicon, Match};
use crate::infer::context::local_phrases::{LocalMatch, LocalPhrases};
use crate::infer::context::role::{about, is_aside, is_title};
use crate::infer::context::text::Text;
use crate::infer::context::vocabulary::{self, Axis, Meaning, Turn, Vocabulary, Word};
use crate::infer::extractor::Extractor;
use crate::infer::rank;
use crate::language::sentences::sentences;
use crate::language::tokens::Words;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

pub const EXTRACTOR: Extractor =
    Extractor { name: "cause", seeks: &["causes", "trigger", "factors"], phrases: add_phrases, read };

/// A cause must reach this weight: a plain word of the root cause, or a telling phrase elsewhere.
const LEAST: f32 = 6.0;
/// How much of the first cause's weight the second may have at most.
const CLOSE: f32 = 0.97;
/// A further cause needs this much of the first one's weight.
const FURTHER: f32 = 0.5;
/// At most so many causes in all.
const MOST: usize = 3;

/// Weight of a phrase that an author adds.
const OWN: f32 = 6.0;

/// All phrases that tell of causes, with those that `site.toml` adds.
fn add_phrases(phrases: &mut Lexicon<Meaning>, config: &Config) {
    let own = &config.causes;
    let merged =
        |slug: &str| own.get(slug).and_then(|cause| cause.merge.clone()).unwrap_or_else(|| slug.to_owned());
    let word = |slug: &str, weight: f32| Word { slug: slug.to_owned(), weight };
    for (phrase, slug, weight) in phrases::CAUSES {
        phrases.add(phrase, Meaning::Evidence(Axis::Cause, word(&merged(slug), *weight)));
    }
    for (slug, cause) in own {
        for phrase in &cause.words {
            phrases.add(phrase, Meaning::Evidence(Axis::Cause, word(&merged(slug), OWN)));
        }
    }
    for (phrase, slug, weight) in phrases::TRIGGERS {
        phrases.add(phrase, Meaning::Evidence(Axis::Trigger, word(slug, *weight)));
    }
    for (phrase, slug, weight) in phrases::FACTORS {
        phrases.add(phrase, Meaning::Evidence(Axis::Factor, word(slug, *weight)));
    }
    for (phrase, turn) in phrases::TURNS {
        phrases.add(phrase, Meaning::Turn(*turn));
    }
}

/// A sentence that may speak of causes.
#[derive(Debug)]
struct Sentence<'t> {
    text: &'t str,
    range: Range<usize>,
    from: From,
    weight: f32,
    origin: Origin,
    label: Label,
    /// Its phrases of all axes, each with what its place in the sentence is worth.
    spoken: Vec<Spoken<'t>>,
}

/// A phrase that speaks for a value.
#[derive(Debug)]
struct Spoken<'t> {
    axis: Axis,
    row: usize,
    word: &'t Word,
    factor: f32,
}

/// Where a sentence stands: in a block, by number, or in front matter.
#[derive(Debug, Clone, Copy)]
enum From {
    Block(usize),
    Entry(Span),
}

impl Sentence<'_> {
    fn claim(&self, claims: &mut Claims<'_>, fact: Fact, origin: Origin, rule: &'static str, strength: u8) {
        match self.from {
            From::Block(n) => claims.weighed(fact, origin, rule, n, self.range.clone(), strength),
            From::Entry(span) => claims.at_weighed(
                fact,
                origin,
                rule,
                span,
                self.text[self.range.clone()].to_owned(),
                strength,
            ),
        }
    }
}

impl Evidence {
    /// One telling phrase counts in full, further ones in part: many plain words
    /// ("database", "query") must not outvote one that names the cause.
    fn weight(&self) -> f32 {
        self.strongest + (self.all - self.strongest) * MORE
    }
}

/// What phrases beyond the weightiest count.
const MORE: f32 = 0.3;

/// What speaks for one value.
#[derive(Debug, Clone, Default)]
struct Evidence {
    /// The weightiest phrase, and all together.
    strongest: f32,
    all: f32,
    /// The sentence that says most for it, by number, and how much.
    best: (f32, usize),
}

fn read(text: &Text<'_>, claims: &mut Claims<'_>) {
    let told = told(text, named(claims));
    let own = |sentence: &Sentence<'_>| sentence.weight;
    claim_causes(text, claims, &told, &weigh(&told, Axis::Cause, own));
    claim_trigger(claims, &told, &weigh(&told, Axis::Trigger, own));
    claim_factors(claims, &told, &weigh(&told, Axis::Factor, factor_weight));
}

/// Where the words stand that were read as the root cause.
fn named(claims: &Claims<'_>) -> Span {
    let root_cause =
        claims.list().iter().find(|claim| matches!(claim.fact, Fact::RootCause(_)) && claim.line != 0);
    root_cause.map(|claim| claim.span).unwrap_or_default()
}

/// The sentences that may speak of causes, each with the weight of its place. What was `named` as the root cause
/// weighs like a section about it.
fn told<'t>(text: &'t Text<'_>, named: Span) -> Vec<Sentence<'t>> {
    let mut found = front_matter(text);
    let plain = !text.blocks().any(|(n, _)| matches!(about(text, n), Label::Summary | Label::RootCause));
    for (n, block) in text.blocks() {
        let Some((weight, origin, label)) = place(text, n) else { continue };
        let local_of_block = match text.hints.language {
            Some(_) => local().find(&text.scan(n).words),
            None => Vec::new(),
        };
        if local_of_block.is_empty() && !text.says(n, vocabulary::EVIDENCE) {
            continue;
        }
        // Where no section tells of causes, the text itself does.
        let weight = if plain && label == Label::Other { 2.0 } else { weight };
        for range in text.sentences(n) {
            let mut spoken = spoken(text.vocabulary, &text.scan(n).words, &text.said(n, range));
            if is_in_other_script(&block.text()[range.clone()]) {
                spoken.iter_mut().for_each(|spoken| spoken.factor *= OTHER_SCRIPT);
            }
            spoken.extend(
                local_of_block.iter().filter(|found| range.contains(&found.range.start)).map(spoken_locally),
            );
            let weight =
                if overlaps(text.evidence(n, range.clone()).0, named) { weight.max(NAMED) } else { weight };
            let (text, range, from) = (block.text(), range.clone(), From::Block(n));
            found.push(Sentence { text, range, from, weight, origin, label, spoken });
        }
    }
    found
}

/// The words of other languages than English, with what each speaks for.
fn local() -> &'static LocalPhrases<Word> {
    static PHRASES: LazyLock<LocalPhrases<Word>> = LazyLock::new(|| {
        LocalPhrases::of("causes", |slug| Some(Word { slug: slug.to_owned(), weight: LOCAL }))
    });
    &PHRASES
}

fn spoken_locally<'p>(found: &LocalMatch<'p, Word>) -> Spoken<'p> {
    Spoken { axis: Axis::Cause, row: LOCAL_ROWS.wrapping_add(found.row), word: found.value, factor: 1.0 }
}

/// Where the numbers of their rows begin, apart from those of the vocabulary.
const LOCAL_ROWS: usize = usize::MAX / 4;
/// Weight of a phrase in another language.
const LOCAL: f32 = 5.0;

/// What the sentence weighs that was read as the root cause.
const NAMED: f32 = 4.0;
/// What the words of a sentence count that is written in another script: those in Latin letters are names there.
const OTHER_SCRIPT: f32 = 0.3;

/// Whether more than a third of the letters are of another script.
fn is_in_other_script(sentence: &str) -> bool {
    let letters = sentence.chars().filter(|c| c.is_alphabetic());
    let (all, other) = letters.fold((0, 0), |(all, other), c| (all + 1, other + usize::from(c > '\u{24f}')));
    other * 3 > all
}

fn overlaps(one: Span, other: Span) -> bool {
    one.start < other.end && other.start < one.end
}

/// Title and summary as they stand in front matter.
fn front_matter<'t>(text: &'t Text<'_>) -> Vec<Sentence<'t>> {
    let mut found = Vec::new();
    for entry in &text.document.front_matter.entries {
        let weight = match text.vocabulary.labels.front_matter(&entry.key) {
            Some(Label::Title) => 1.9,
            Some(Label::Summary) => 2.0,
            Some(Label::RootCause) => 6.0,
            _ => continue,
        };
        let Some(value) = entry.value.as_str() else { continue };
        let words = Words::of(value);
        let phrases = text.vocabulary.phrases.find(&words);
        for range in sentences(value, 0..value.len()) {
            let (from, spoken) = (
                From::Entry(entry.span),
                spoken(text.vocabulary, &words, &Said::within(&words, &phrases, &range)),
            );
            found.push(Sentence {
                text: value,
                range,
                from,
                weight,
                origin: Origin::Prose,
                label: Label::Summary,
                spoken,
            });
        }
    }
    found
}

/// What a block's place weighs: by its own label, else by the section around it.
fn place(text: &Text<'_>, n: usize) -> Option<(f32, Origin, Label)> {
    if is_aside(text, n) {
        return None;
    }
    if is_title(text, n) {
        return Some((1.9, Origin::Prose, Label::Title));
    }
    let label = about(text, n);
    let weight = match label {
        Label::RootCause => 6.0,
        Label::Trigger | Label::Factors => 3.0,
        Label::Summary | Label::Title => 2.0,
        Label::Background | Label::Impact | Label::Resolution => 0.7,
        Label::Timeline => 0.6,
        Label::Other => 1.0,
        _ => return None,
    };
    let origin = match (label, &text.block(n).field) {
        (Label::Other, _) => Origin::Prose,
        (_, Some(field)) if field.label == label => Origin::Field,
        _ => Origin::Section,
    };
    Some((weight, origin, label))
}

/// Weighs every value of an axis over all sentences.
fn weigh<'t>(
    told: &[Sentence<'t>],
    axis: Axis,
    place: impl Fn(&Sentence<'_>) -> f32,
) -> BTreeMap<&'t str, Evidence> {
    let mut best_of_row: BTreeMap<(&str, usize), f32> = BTreeMap::new();
    let mut evidence: BTreeMap<&str, Evidence> = BTreeMap::new();
    for (number, sentence) in told.iter().enumerate() {
        let mut here: BTreeMap<&str, f32> = BTreeMap::new();
        for spoken in sentence.spoken.iter().filter(|spoken| spoken.axis == axis) {
            let value = spoken.word.weight * spoken.factor * place(sentence);
            let row = best_of_row.entry((&spoken.word.slug, spoken.row)).or_default();
            *row = row.max(value);
            *here.entry(&spoken.word.slug).or_default() += value;
        }
        for (slug, weight) in here {
            let evidence = evidence.entry(slug).or_default();
            if weight > evidence.best.0 {
                evidence.best = (weight, number);
            }
        }
    }
    for ((slug, _), value) in best_of_row {
        if let Some(evidence) = evidence.get_mut(slug) {
            evidence.strongest = evidence.strongest.max(value);
            evidence.all += value;
        }
    }
    evidence
}

/// The phrases of a sentence with what their place in it is worth. Of phrases for
/// one value that share words, only the weightiest counts.
fn spoken<'l>(vocabulary: &'l Vocabulary, words: &Words<'_>, said: &Said<'_>) -> Vec<Spoken<'l>> {
    let mut found: Vec<(&Match, Axis, &Word)> = said
        .phrases(vocabulary)
        .filter_map(|(found, meaning)| match meaning {
            Meaning::Evidence(axis, word) if !is_in_a_name(words, found) => Some((found, *axis, word)),
            _ => None,
        })
        .collect();
    if found.is_empty() {
        return Vec::new();
    }
    found.sort_by(|a, b| b.2.weight.total_cmp(&a.2.weight).then(a.0.tokens.start.cmp(&b.0.tokens.start)));
    let course = Course::of(vocabulary, said);
    let mut taken: BTreeSet<(Axis, &str, usize)> = BTreeSet::new();
    let mut spoken = Vec::new();
    for (found, axis, word) in found {
        let cover = |at: usize| (axis, word.slug.as_str(), at);
        if !found.tokens.clone().any(|at| taken.contains(&cover(at))) {
            taken.extend(found.tokens.clone().map(cover));
            spoken.push(Spoken {
                axis,
                row: found.row,
                word,
                factor: course.factor(found.tokens.start - said.tokens.start),
            });
        }
    }
    spoken
}

/// Whether a phrase is part of an address, a path, a file's name or an identifier.
fn is_in_a_name(words: &Words<'_>, found: &Match) -> bool {
    let tokens = &words.tokens()[found.tokens.clone()];
    let at = tokens.first().map_or(0, |token| token.start as usize);
    let head = words.text[..at].rsplit(char::is_whitespace).next().unwrap_or_default();
    let rest = &words.text[at - head.len()..];
    let chunk = rest.split(char::is_whitespace).next().unwrap_or_default();
    let inner = chunk.trim_matches(|c: char| !c.is_alphanumeric() && c != '/');
    let dotted = inner.split('.').skip(1).any(|part| part.starts_with(|c: char| c.is_ascii_alphanumeric()));
    inner.contains("://")
        || inner.contains(['_', '@'])
        || dotted
        || inner.starts_with('/')
        || inner.matches('/').count() > 1
}

/// How a sentence goes: what each of its words is worth.
#[derive(Debug)]
struct Course {
    factors: Vec<f32>,
    denied: Vec<bool>,
}

impl Course {
    fn of(vocabulary: &Vocabulary, said: &Said<'_>) -> Course {
        let count = said.tokens.len();
        let mut course = Course { factors: vec![1.0; count], denied: vec![false; count + 3] };
        let (mut factor, mut guess, mut sure, mut until) = (1.0, false, false, 0);
        // Up to where factors are written, and how many words at the beginning are still neutral.
        let (mut told, mut neutral) = (0, 0);
        for (turn, tokens) in turns(vocabulary, said) {
            if tokens.start < until {
                continue;
            }
            course.factors[told..tokens.start].fill(factor);
            told = tokens.start;
            neutral = if factor == 1.0 { told } else { neutral };
            match turn {
                Turn::Cause => factor = 1.6,
                Turn::Effect => {
                    // What stands in front of "caused" is the cause, unless that was named already.
                    course.factors[..std::mem::take(&mut neutral)].fill(1.4);
                    factor = 0.4;
                }
                Turn::Fix => factor = 0.1,
                Turn::Guess => guess = true,
                Turn::Sure => sure = true,
                Turn::Not => course.denied[tokens.end..(tokens.end + 2).min(count + 3)].fill(true),
            }
            until = tokens.end;
        }
        course.factors[told..].fill(factor);
        let all = match (guess, sure) {
            (true, false) => 0.05,
            (true, true) => 0.4,
            _ => 1.0,
        };
        course.factors.iter_mut().for_each(|factor| *factor *= all);
        course
    }

    /// What word `at` of the sentence is worth.
    fn factor(&self, at: usize) -> f32 {
        if self.denied[at] { 0.0 } else { self.factors[at] }
    }
}

/// The turns of a sentence with the words that they cover; of those that begin with one word the longest.
fn turns(vocabulary: &Vocabulary, said: &Said<'_>) -> Vec<(Turn, Range<usize>)> {
    let mut found: Vec<(Turn, Range<usize>)> = Vec::new();
    for (phrase, meaning) in said.phrases(vocabulary) {
        let Meaning::Turn(turn) = meaning else { continue };
        let tokens = phrase.tokens.start - said.tokens.start..phrase.tokens.end - said.tokens.start;
        match found.last_mut().filter(|last| last.1.start == tokens.start) {
            Some(last) if last.1.len() <= tokens.len() => *last = (*turn, tokens),
            Some(_) => {}
            None => found.push((*turn, tokens)),
        }
    }
    found
}

/// Strongest first; equal weights in the order of the names.
fn ranked<'e>(evidence: &'e BTreeMap<&'e str, Evidence>) -> Vec<(&'e str, &'e Evidence)> {
    let mut ranked: Vec<(&str, &Evidence)> =
        evidence.iter().map(|(slug, evidence)| (*slug, evidence)).collect();
    ranked.sort_by(|a, b| b.1.weight().total_cmp(&a.1.weight()));
    ranked
}

fn claim_causes(
    text: &Text<'_>,
    claims: &mut Claims<'_>,
    told: &[Sentence<'_>],
    evidence: &BTreeMap<&str, Evidence>,
) {
    let ranked = ranked(evidence);
    let Some((_, first)) = ranked.first().filter(|(_, first)| first.weight() >= LEAST) else { return };
    if ranked.get(2).is_some_and(|(_, third)| third.weight() > first.weight() * CLOSE) {
        return;
    }
    let origin = told[first.best.1].origin;
    let further = ranked.iter().filter(|(_, evidence)| evidence.weight() >= first.weight() * FURTHER);
    for (place, (slug, evidence)) in further.take(MOST).enumerate() {
        let sentence = &told[evidence.best.1];
        let name = name(text, slug);
        let fact = Fact::Cause(Cause { slug: (*slug).to_owned(), name });
        sentence.claim(claims, fact, origin, "cause-words", rank::CAUSE - place as u8);
    }
}

fn name(text: &Text<'_>, slug: &str) -> String {
    let own = text.vocabulary.causes.get(slug).and_then(|cause| cause.name.clone());
    own.or_else(|| causes::cause(slug).map(|row| row.name.to_owned())).unwrap_or_else(|| slug.to_owned())
}

/// A trigger must be told in so many words.
const LEAST_TRIGGER: f32 = 7.0;

fn claim_trigger(claims: &mut Claims<'_>, told: &[Sentence<'_>], evidence: &BTreeMap<&str, Evidence>) {
    let ranked = ranked(evidence);
    let Some((slug, first)) = ranked.first().filter(|(_, first)| first.weight() >= LEAST_TRIGGER) else {
        return;
    };
    if ranked.get(1).is_some_and(|(_, second)| second.weight() > first.weight() * 0.8) {
        return;
    }
    let sentence = &told[first.best.1];
    sentence.claim(claims, Fact::Trigger((*slug).to_owned()), Origin::Prose, "trigger-words", 50);
}

/// Contributing factors are told under their heading, in the root cause and in the story itself.
fn factor_weight(sentence: &Sentence<'_>) -> f32 {
    if sentence.label == Label::Factors { 2.0 } else { 1.0 }
}

fn claim_factors(claims: &mut Claims<'_>, told: &[Sentence<'_>], evidence: &BTreeMap<&str, Evidence>) {
    for (slug, evidence) in ranked(evidence).into_iter().filter(|(_, evidence)| evidence.weight() >= 4.0) {
        let sentence = &told[evidence.best.1];
        sentence.claim(claims, Fact::Factor(slug.to_owned()), Origin::Prose, "factor-words", 50);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_speaks_for_something_that_has_a_page() {
        for (phrase, slug, weight) in phrases::CAUSES {
            assert!(
                causes::CAUSES.iter().any(|row| row.slug == *slug) && (0.5..=8.0).contains(weight),
                "{phrase}"
            );
        }
        for (phrase, slug, _) in phrases::TRIGGERS {
            assert!(causes::TRIGGERS.iter().any(|row| row.slug == *slug), "{phrase}");
        }
        for (phrase, slug, _) in phrases::FACTORS {
            assert!(causes::FACTORS.iter().any(|row| row.slug == *slug), "{phrase}");
        }
    }
}
