//! What was down, where a sentence of the summary or the impact names it: "our checkout
//! service was unavailable". A name needs a word that tells it from others of its kind.

use crate::config::Config;
use crate::document::Label;
use crate::incident::Origin;
use crate::incident::claim::Fact;
use crate::infer::claims::Claims;
use crate::infer::context::lexicon::Lexicon;
use crate::infer::context::role::{about, is_aside, is_title};
use crate::infer::context::text::Text;
use crate::infer::context::vocabulary::{self, Meaning};
use crate::infer::extractor::Extractor;
use std::ops::Range;

pub const EXTRACTOR: Extractor =
    Extractor { name: "services", seeks: &["services"], phrases: add_phrases, read };

/// Most services that are taken from prose.
const MOST: usize = 3;

/// What a service's name ends in.
#[rustfmt::skip]
const KINDS: &[&str] = &[
    "website", "site", "platform", "application", "app", "api", "apis", "service", "services", "portal", "database", "cluster", "gateway", "registry",
    "store", "queue", "pipeline", "dashboard", "website's", "server", "servers", "system", "network",
];
/// What stands before it.
const DETERMINERS: &[&str] = &["our", "the", "its", "their", "company's"];
/// Words that tell no service from another.
#[rustfmt::skip]
const COMMON: &[&str] = &[
    "affected", "entire", "whole", "main", "same", "other", "new", "old", "existing", "some", "all", "first", "second", "primary", "company's", "company", "own", "live", "overall",
    "online", "production", "external", "internal", "backup", "critical", "of", "and", "or", "to", "in", "on", "for", "by", "with", "that", "which", "when", "our", "the", "this", "a", "an", "is", "was",
];
/// What is said of it.
#[rustfmt::skip]
const VERBS: &[&str] = &[
    "was", "were", "experienced", "became", "went", "suffered", "crashed", "failed", "stopped", "is", "had", "could", "did", "returned", "began", "started", "faced", "encountered",
];

fn read(text: &Text<'_>, claims: &mut Claims<'_>) {
    let mut taken: Vec<String> = Vec::new();
    for (n, block) in text.blocks() {
        let told = matches!(about(text, n), Label::Summary | Label::Impact | Label::Other);
        if !told
            || !block.is_prose()
            || is_aside(text, n)
            || is_title(text, n)
            || !text.says(n, vocabulary::SERVICE_KIND)
        {
            continue;
        }
        let names_a_kind = |sentence: &&Range<usize>| {
            text.said(n, sentence)
                .phrases(text.vocabulary)
                .any(|(_, meaning)| *meaning == Meaning::ServiceKind)
        };
        for sentence in text.sentences(n).iter().filter(names_a_kind) {
            for range in names(block.text(), sentence.clone()) {
                let name = block.text()[range.clone()].to_owned();
                if taken.len() < MOST && !taken.contains(&name.to_lowercase()) {
                    taken.push(name.to_lowercase());
                    claims.add(Fact::Service(name), Origin::Prose, "service-that-failed", n, range);
                }
            }
        }
    }
}

/// What a service's name ends in: a sentence without it names none.
fn add_phrases(phrases: &mut Lexicon<Meaning>, _: &Config) {
    KINDS.iter().for_each(|kind| phrases.add(kind, Meaning::ServiceKind));
}

/// Names in a sentence: behind a determiner, ended by a kind, and followed by what befell it.
fn names(text: &str, sentence: Range<usize>) -> Vec<Range<usize>> {
    let words = words(text, sentence);
    let word = |at: usize| words.get(at).map(|range| &text[range.clone()]);
    let is = |at: usize, list: &[&str]| {
        word(at).is_some_and(|word| list.iter().any(|other| word.eq_ignore_ascii_case(other)))
    };
    let mut found = Vec::new();
    for at in 0..words.len() {
        if !is(at, DETERMINERS) {
            continue;
        }
        let kind = (at + 2..=at + 4).rev().find(|end| is(*end, KINDS) && (is(end + 1, VERBS)));
        let Some(end) = kind else { continue };
        let first =
            (at + 1..end).find(|n| !is(*n, COMMON)).filter(|first| (*first..end).all(|n| !is(n, COMMON)));
        if let Some(first) = first {
            let range = words[first].start..words[end].end;
            let whole = text[range.clone()]
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | '/' | '\'' | '’'));
            found.extend(whole.then_some(range));
        }
    }
    found
}

/// Words with the hyphens and dots inside them.
fn words(text: &str, sentence: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = sentence.start;
    for part in text[sentence].split([' ', '\n']) {
        let lead = part.len() - part.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
        let core = part.trim_matches(|c: char| !c.is_alphanumeric());
        if !core.is_empty() {
            found.push(at + lead..at + lead + core.len());
        }
        at += part.len() + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_service_is_named_by_more_than_its_kind() {
        let of = |text: &'static str| {
            names(text, 0..text.len()).into_iter().map(|range| &text[range]).collect::<Vec<_>>()
        };
        assert_eq!(of("For an hour our ticket-sale website was down."), ["ticket-sale website"]);
        assert_eq!(of("The payments API returned errors, and the main server was slow."), ["payments API"]);
        assert_eq!(of("The system was down, and the team was asleep."), [""; 0]);
    }
}
