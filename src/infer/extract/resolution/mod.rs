//! The sentence that says what put it right. Every sentence that may say it is weighed by its
//! place and its words; where no part of the text tells it, an event of the timeline does.

pub mod words;

use crate::config::Config;
use crate::document::{Kind, Label};
use crate::incident::Origin;
use crate::incident::claim::Fact;
use crate::infer::claims::Claims;
use crate::infer::context::excerpt::{cut, has_words, word_count};
use crate::infer::context::lexicon::Lexicon;
use crate::infer::context::role::{about, in_timeline, is_aside, is_title};
use crate::infer::context::text::{Text, is_placeholder, one_line};
use crate::infer::context::vocabulary::{Meaning, Question};
use crate::infer::context::votes::{self, Cast};
use crate::infer::extract::timeline::timestamp::behind_time;
use crate::infer::extractor::Extractor;
use crate::language::locale;
use crate::language::sentences::sentences;
use std::ops::Range;
use words::{DID, HOW, OVER, VOTES};

pub const EXTRACTOR: Extractor =
    Extractor { name: "resolution", seeks: &["resolution"], phrases: add_phrases, read };

/// Most sentences and most words that are taken.
const MOST: (usize, usize) = (3, 60);
/// What a sentence must weigh at least.
const LEAST: i32 = 14;
/// How many words an item must have to say it without a word for what was done.
const LEAST_OF_ITEM: usize = 6;
/// What an event of the timeline must weigh at least: it says how it was put right, or what was done and that it was over.
const LEAST_OF_EVENT: i32 = 6;
/// What it counts that somebody did something, beside words that say how it was put right.
const DID_BESIDE: i32 = 3;

fn add_phrases(phrases: &mut Lexicon<Meaning>, _: &Config) {
    locale::words("sentences", "fix")
        .for_each(|phrase| phrases.add(phrase, Meaning::Vote(Question::Resolution, DID)));
    votes::add(phrases, Question::Resolution, VOTES);
}

fn read(text: &Text<'_>, claims: &mut Claims<'_>) {
    let candidates = candidates(text);
    let told = candidates.iter().filter(|found| !found.is_event() && found.weight >= LEAST);
    let heaviest = told.reduce(|best, found| if found.weight > best.weight { found } else { best });
    let last = || candidates.iter().rfind(|found| found.is_event() && found.weight >= LEAST_OF_EVENT);
    let Some(best) = heaviest.or_else(last) else { return };
    let range = extended(text, best);
    let words = one_line(&text.block(best.block).text()[range.clone()]);
    claims.add(Fact::Resolution(words), best.place.origin, best.place.rule, best.block, range);
}

/// A sentence that may say it.
#[derive(Debug)]
struct Candidate {
    block: usize,
    range: Range<usize>,
    weight: i32,
    place: Place,
}

/// What a place is worth, and what a claim from it is called.
#[derive(Debug, Clone, Copy)]
struct Place {
    weight: i32,
    origin: Origin,
    rule: &'static str,
    /// Whether it is about the resolution, so that a sentence there needs no words that say so.
    announced: bool,
}

impl Candidate {
    fn is_event(&self) -> bool {
        self.place.rule == EVENT.rule
    }
}

/// All of them, in the order of the text.
fn candidates(text: &Text<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    let (mut section, mut told) = (None, 0);
    for n in text.blocks.clone() {
        let Some(place) = place(text, n) else { continue };
        if section.replace(text.block(n).section) != Some(text.block(n).section) {
            told = 0;
        }
        for range in all(text, n) {
            found.extend(weigh(text, n, &range, place, told).map(|weight| Candidate {
                block: n,
                range,
                weight,
                place,
            }));
            told += 1;
        }
    }
    found
}

/// The sentences of a block, without the time that an event begins with.
fn all(text: &Text<'_>, n: usize) -> Vec<Range<usize>> {
    let block = text.block(n);
    let value = match &block.field {
        Some(field) if field.label == Label::Other => 0,
        _ => block.value().start,
    };
    let from = if text.holds_event(n) { behind_time(text, n).max(value) } else { value };
    sentences(block.text(), from..block.text().len())
}

const EVENT: Place = Place { weight: -4, origin: Origin::Prose, rule: "resolution-event", announced: false };

fn place(text: &Text<'_>, n: usize) -> Option<Place> {
    let block = text.block(n);
    let told = block.is_prose() || matches!(block.kind, Kind::Row { .. });
    let alone = text.document.opens(n) && block.value().is_empty();
    let undone = matches!(block.kind, Kind::Item { task: Some(false), .. });
    if !told || alone || undone || is_aside(text, n) || is_title(text, n) {
        return None;
    }
    if text.holds_event(n) || in_timeline(text, n) {
        return Some(EVENT);
    }
    let prose =
        |weight| Some(Place { weight, origin: Origin::Prose, rule: "resolution-sentence", announced: false });
    let section =
        |weight| Some(Place { weight, origin: Origin::Section, rule: "resolution-section", announced: true });
    let own = block.field.as_ref().is_some_and(|field| field.label == Label::Resolution);
    match about(text, n) {
        Label::Resolution if own => {
            Some(Place { weight: 28, origin: Origin::Field, rule: "resolution-field", announced: true })
        }
        Label::Resolution => section(24),
        Label::RootCause if is_under_a_fix(text, n) => section(8),
        Label::Summary
        | Label::RootCause
        | Label::Impact
        | Label::Other
        | Label::Title
        | Label::Story
        | Label::Background
            if is_under_a_fix(text, n) =>
        {
            section(14)
        }
        Label::Summary => prose(6),
        Label::RootCause => prose(2),
        Label::Other | Label::Title | Label::Story | Label::Background => prose(0),
        Label::Impact => prose(-4),
        _ => None,
    }
}

/// Whether a heading around a block names a fix: "Short-term fix", "How we restored it".
fn is_under_a_fix(text: &Text<'_>, n: usize) -> bool {
    let document = text.document;
    let section = text.block(n).section;
    let around = [section, document.sections[section].parent];
    let heading = |section: usize| document.blocks[document.sections[section].blocks.start].text();
    around.into_iter().filter(|section| *section != 0).any(|section| names_a_fix(heading(section)))
}

fn names_a_fix(heading: &str) -> bool {
    #[rustfmt::skip]
    const FIX: &[&str] = &[
        "fix", "resol", "recover", "solution", "solv", "mitigat", "remediat", "restor", "stabili", "rollback", "patched", "workaround",
        "reboot", "upgrade",
    ];
    #[rustfmt::skip]
    const LATER: &[&str] = &[
        "future", "prevent", "improve", "action", "possible", "proposed", "planned", "long", "permanent", "next", "todo", "time",
        "investigat", "follow",
    ];
    let lower = heading.to_lowercase();
    let any = |list: &[&str]| {
        let mut words = lower.split(|c: char| !c.is_alphanumeric());
        words.any(|word| list.iter().any(|start| word.starts_with(start)))
    };
    any(FIX) && !any(LATER)
}

/// What a sentence weighs, the `told`-th of its section; nothing when it says nothing of the kind.
fn weigh(text: &Text<'_>, n: usize, range: &Range<usize>, place: Place, told: usize) -> Option<i32> {
    let sentence = &text.block(n).text()[range.clone()];
    let cast = Cast::of(text.vocabulary, &text.said(n, range), Question::Resolution);
    let tells = cast.has(HOW) || cast.has(DID);
    let block = text.block(n);
    let is_cell = matches!(block.kind, Kind::Row { .. });
    let is_whole = !block.is_item() || has_words(sentence, LEAST_OF_ITEM);
    let announced = place.announced && !is_cell && is_whole;
    let says_it = tells || announced;
    if !says_it || is_placeholder(sentence) || !sentence.chars().any(char::is_alphabetic) {
        return None;
    }
    let did = match (cast.has(HOW), cast.has(DID)) {
        (true, true) => DID_BESIDE,
        (false, true) => VOTES[DID].weight,
        _ => 0,
    };
    let only_over = cast.has(OVER) && !tells && !has_words(sentence, 14);
    let early = if place.announced { 4usize.saturating_sub(2 * told) as i32 } else { 0 };
    let silent = if place.weight == 14 && !tells { -6 } else { 0 };
    let short = if has_words(sentence, 4) { 0 } else { -6 };
    let over = if only_over { -8 } else { 0 };
    let leads_on = match sentence.trim_end() {
        // `Removed the flag from all of these:` says it, whatever is listed below.
        sentence if sentence.ends_with(':') && tells && has_words(sentence, 4) => -4,
        sentence if sentence.ends_with([':', '?']) => -10,
        _ => 0,
    };
    Some(place.weight + did + cast.weight(VOTES, |row| row != DID) + early + silent + short + over + leads_on)
}

/// The sentence with those behind it, as far as they fit and go on telling it.
fn extended(text: &Text<'_>, best: &Candidate) -> Range<usize> {
    let block = text.block(best.block).text();
    let mut end = cut(block, best.range.start, best.range.end, MOST.1);
    for next in sentences(block, best.range.end..block.len()).into_iter().take(MOST.0 - 1) {
        let cast = Cast::of(text.vocabulary, &text.said(best.block, &next), Question::Resolution);
        let against = cast.weight(VOTES, |row| row > OVER);
        let leads_on = block[next.clone()].trim_end().ends_with([':', '?']);
        if against <= -8 || leads_on || word_count(&block[best.range.start..next.end]) > MOST.1 {
            break;
        }
        end = next.end;
    }
    best.range.start..end
}

#[cfg(test)]
mod tests {
    use super::names_a_fix;

    #[test]
    fn headings_that_name_a_fix() {
        for heading in
            ["Short-term fix", "Final resolution", "🛠 How we restored it", "Stabilization steps", "Recovery"]
        {
            assert!(names_a_fix(heading), "{heading}");
        }
        for heading in ["Prefix routes", "Possible fixes", "Long term solution", "Time to resolve", "Impact"]
        {
            assert!(!names_a_fix(heading), "{heading}");
        }
    }
}
