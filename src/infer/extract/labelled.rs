//! Names behind labels: services, authors, organization, kind, tags, and a typed category.

use crate::document::Label;
use crate::incident::Origin;
use crate::incident::claim::Fact;
use crate::infer::claims::Claims;
use crate::infer::context::text::Text;
use crate::infer::context::text::{Passage, is_placeholder, one_line};
use crate::infer::extract::cause::typed::{self, Typed};
use crate::infer::extractor::{Extractor, no_phrases};
use crate::infer::rank;
use std::collections::HashSet;
use std::ops::Range;

pub const EXTRACTOR: Extractor = Extractor {
    name: "labelled",
    seeks: &["services", "authors", "organization", "kind", "tags"],
    phrases: no_phrases,
    read,
};

/// A label, its fact, the most words of a name, and the rule's name.
type Row = (Label, fn(String) -> Fact, usize, &'static str);

/// A list of names behind a label: how many words a name has at most, and how it is called as a rule.
const LISTS: &[Row] = &[
    (Label::Services, Fact::Service, 6, "services-field"),
    (Label::Authors, Fact::Author, 4, "authors-field"),
    (Label::Tags, Fact::Tag, 4, "tags-field"),
];

/// One name behind a label.
const SINGLES: &[Row] = &[
    (Label::Organization, Fact::Organization, 5, "organization-field"),
    (Label::Kind, Fact::Kind, 4, "kind-field"),
];

fn read(text: &Text<'_>, claims: &mut Claims<'_>) {
    for (label, fact, words, rule) in LISTS {
        for passage in passages(text, *label) {
            let passage = if *label == Label::Services { named(text, passage) } else { passage };
            let found = names(text.words(&passage), *words).into_iter();
            let of_people = |range: &Range<usize>| {
                *label != Label::Authors
                    || !text.words(&passage)[range.clone()].contains(|c: char| c.is_ascii_digit())
            };
            for range in found.filter(of_people) {
                let range = passage.range.start + range.start..passage.range.start + range.end;
                let name = one_line(&text.block(passage.block).text()[range.clone()]);
                claims.add(fact(name), Origin::Field, rule, passage.block, range);
            }
        }
    }
    for (label, fact, words, rule) in SINGLES {
        for passage in text.fields(*label) {
            let name = one_line(text.words(&passage));
            let name = name
                .trim_end_matches('.')
                .trim_matches(|c: char| !c.is_alphanumeric() && !c.is_ascii_punctuation())
                .trim();
            if fits(name, *words) {
                claims.weighed(
                    fact(name.to_owned()),
                    Origin::Field,
                    rule,
                    passage.block,
                    passage.range,
                    rank::PLAIN,
                );
            }
        }
    }
    categories(text, claims);
}

/// `**Checkout API** – complete outage`: the service is what stands in front, unless that only says which kind it is.
fn named(text: &Text<'_>, passage: Passage) -> Passage {
    #[rustfmt::skip]
    const KINDS: &[&str] = &[
        "primary", "secondary", "service", "services", "affected", "direct", "directly", "indirect", "indirectly", "component",
        "components", "internal", "external", "upstream", "downstream", "system", "systems", "other", "others", "main", "application",
        "applications", "app", "apps", "server", "servers", "host", "name", "impacted",
    ];
    let block = text.block(passage.block);
    let is_kind = |word: &str| KINDS.iter().any(|kind| word.eq_ignore_ascii_case(kind));
    if let Some((label, value)) = block.text()[passage.range.clone()].split_once(": ") {
        let end = passage.range.end;
        let start = if label.split_whitespace().any(is_kind) { end - value.len() } else { end };
        return Passage { block: passage.block, range: start..end };
    }
    let name =
        block.field.as_ref().filter(|field| field.label == Label::Other).map(|field| field.name.clone());
    let Some(name) = name.filter(|name| !block.text()[name.clone()].trim().is_empty()) else {
        return passage;
    };
    match block.text()[name.clone()].split_whitespace().all(is_kind) {
        true => passage,
        false => Passage { block: passage.block, range: name },
    }
}

fn passages(text: &Text<'_>, label: Label) -> Vec<Passage> {
    let mut found = text.fields(label);
    let taken: HashSet<usize> = found.iter().map(|passage| passage.block).collect();
    found.extend(text.section(label).into_iter().filter(|passage| !taken.contains(&passage.block)));
    found
}

/// A category counts when it names a cause; teams use the word for other things too.
fn categories(text: &Text<'_>, claims: &mut Claims<'_>) {
    for passage in text.fields(Label::Cause) {
        if let Typed::Known(cause) = typed::typed(text.words(&passage), text.vocabulary) {
            claims.add(Fact::Cause(cause), Origin::Field, "category-field", passage.block, passage.range);
        }
    }
}

fn fits(name: &str, words: usize) -> bool {
    !is_placeholder(name)
        && name.chars().any(char::is_alphabetic)
        && name.split_whitespace().count() <= words
        && name.len() <= 80
}

/// The names of a list "A, B and C". A text that is a sentence holds none.
fn names(list: &str, words: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, len) in separators(list).into_iter().chain([(list.len(), 0)]) {
        let part = &list[start..at];
        let core = part.split(['(', '<']).next().unwrap_or_default();
        let lead = core.len() - core.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
        let name = core[lead..]
            .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '*' | '-' | ':' | ','));
        if !name.is_empty() {
            if !fits(name, words) {
                return Vec::new();
            }
            if !name.contains('@') && !name.contains("://") {
                found.push(start + lead..start + lead + name.len());
            }
        }
        start = at + len;
    }
    found
}

fn separators(list: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = list
        .char_indices()
        .filter(|(_, c)| matches!(c, ',' | ';' | '\n' | '|' | '•'))
        .map(|(at, c)| (at, c.len_utf8()))
        .collect();
    for word in [" and ", " & ", " et ", " e "] {
        found.extend(list.match_indices(word).map(|(at, word)| (at, word.len())));
    }
    found.retain(|(at, _)| list[..*at].matches('(').count() <= list[..*at].matches(')').count());
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn lists_are_split_and_sentences_are_not() {
        let of =
            |list: &'static str| names(list, 4).into_iter().map(|range| &list[range]).collect::<Vec<_>>();
        assert_eq!(of("Ana Lopez (SRE), Bo <bo@example.org> and Cy"), ["Ana Lopez", "Bo", "Cy"]);
        assert_eq!(of("checkout; - payments API"), ["checkout", "payments API"]);
        assert_eq!(of("everything that used the old interface was slow"), [""; 0]);
    }
}
