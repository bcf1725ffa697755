//! The share of users or requests that it hit. Only a percentage that is said of
//! users, customers, requests or the like counts: a processor's load, a discount, a
//! test coverage do not, and neither does the share that was spared.

use crate::document::{Kind, Label};
use crate::incident::Origin;
use crate::incident::claim::Fact;
use crate::infer::claims::Claims;
use crate::infer::context::role::{about, is_aside};
use crate::infer::context::text::Text;
use crate::infer::extractor::{Extractor, no_phrases};
use crate::infer::rank;
use crate::language::locale::{self, is_unspaced};
use crate::language::read::percent::{self, Share};
use crate::language::{self, Found, word_class};
use hashbrown::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

pub const EXTRACTOR: Extractor =
    Extractor { name: "affected", seeks: &["affected_percent"], phrases: no_phrases, read };

fn read(text: &Text<'_>, claims: &mut Claims<'_>) {
    for (n, block) in text.blocks().filter(|(n, _)| !is_aside(text, *n)) {
        if text.scan(n).words.hold(word_class::PERCENT) && !matches!(block.kind, Kind::Row { head: true }) {
            self::block(text, claims, n);
        }
    }
}

fn block(text: &Text<'_>, claims: &mut Claims<'_>, n: usize) {
    let block = text.block(n);
    let place = match about(text, n) {
        Label::Affected => 60,
        Label::Impact => 40,
        Label::Summary | Label::Duration => 30,
        Label::Timeline | Label::Background => 0,
        Label::RootCause | Label::Resolution | Label::Factors | Label::Trigger | Label::Detection => 5,
        _ => 15,
    };
    let all = percent::read(&text.scan(n).words);
    let label = block.field.as_ref().is_some_and(|field| field.label == Label::Affected);
    for sentence in text.sentences(n) {
        for found in language::within(&all, sentence).iter().filter(|found| found.range.end <= sentence.end) {
            let weight = if label { Some(20) } else { said_of_users(block.text(), sentence, found) };
            let whole = found.value.at_least.is_none() && found.value.percent <= 100.0;
            let Some(weight) = weight.filter(|_| whole) else { continue };
            let origin = if label { Origin::Field } else { Origin::Prose };
            let fact = Fact::Affected(found.value.percent);
            claims.weighed(
                fact,
                origin,
                "affected-share",
                n,
                found.range.clone(),
                rank::PLAIN + place + weight,
            );
        }
    }
}

/// Those that can be affected.
const WHO: &[&str] = &[
    "user",
    "users",
    "userbase",
    "customer",
    "customers",
    "client",
    "clients",
    "request",
    "requests",
    "visitor",
    "visitors",
    "subscriber",
    "subscribers",
    "student",
    "students",
    "traffic",
    "download",
    "downloads",
    "transactions",
    "transaction",
    "sessions",
    "session",
    "calls",
    "accounts",
    "people",
    "players",
    "shoppers",
    "merchants",
    "tenants",
    "members",
    "passengers",
    "logins",
    "orders",
    "consumers",
    "audience",
    "employees",
    "queries",
    "bookings",
    "readers",
    "viewers",
    "payments",
    "uploads",
    "jobs",
    "guests",
    "checkouts",
    "purchases",
    "searches",
    "signups",
    "registrations",
    "deliveries",
    "emails",
    "messages",
    "notifications",
    "webhooks",
    "builds",
    "pushes",
    "clones",
    "connections",
    "pageviews",
    "views",
    "visits",
    "invoices",
    "trips",
    "rides",
    "tenants",
    "workspaces",
    "organizations",
    "organisations",
    "teams",
    "websites",
    "sites",
    "stores",
    "shops",
    "devices",
    "subscriptions",
    "passagers",
    "passageiros",
];

/// Words between a share and its users that make it the share of something else.
const NOT_OF: &[&str] = &[
    "cpu",
    "memory",
    "disk",
    "increase",
    "decrease",
    "drop",
    "more",
    "fewer",
    "less",
    "discount",
    "rise",
    "growth",
    "reduction",
    "usage",
    "utilization",
    "higher",
    "lower",
    "faster",
    "slower",
    "were",
    "was",
    "are",
    "is",
    "and",
    "but",
];

/// Words of the outage itself: `100% downtime` hits everybody.
const WHOLE: &[&str] =
    &["downtime", "outage", "unavailable", "unavailability", "down", "inaccessible", "loss"];

/// Words before a share that make it the share that was spared, or what was aimed at.
const SPARED_BEFORE: &[&str] = &["remaining", "other", "unaffected", "target", "sla", "goal"];

/// Words behind it, in the same clause, that do.
const SPARED_BEHIND: &[&str] = &[
    "unaffected",
    "successful",
    "successfully",
    "succeeded",
    "delivered",
    "cached",
    "normally",
    "restored",
    "recovered",
    "fine",
    "ok",
    "okay",
    "healthy",
    "nominal",
    "balanced",
];

/// Words before a share that make it the share to which something was given: a change, a way round.
const ROLLED_OUT: &[&str] = &[
    "roll",
    "rolled",
    "rolling",
    "rollout",
    "ramp",
    "ramped",
    "ramping",
    "deploy",
    "deployed",
    "enabled",
    "shifted",
    "routed",
    "rerouted",
    "moved",
    "canary",
    "released",
    "opened",
    "migrated",
    "redirected",
    "directed",
    "switched",
    "balance",
    "balances",
    "balancing",
];

/// How sure it is that a share is said of those who were hit; `None` when it is not.
fn said_of_users(text: &str, sentence: &Range<usize>, found: &Found<Share>) -> Option<u8> {
    let behind: Vec<String> = words(&text[found.range.end..sentence.end]).take(16).collect();
    let before: Vec<String> = words_back(&text[sentence.start..found.range.start]).take(6).collect();
    let near: Vec<&str> = before.iter().map(String::as_str).collect();
    let clause = text[found.range.end..sentence.end].split([';', ',', '%']).next().unwrap_or_default();
    let spared = near.iter().take(3).any(|word| SPARED_BEFORE.contains(word))
        || words(clause).take(9).any(|word| SPARED_BEHIND.contains(&word.as_str()));
    if is_denied(clause) {
        return None;
    }
    if spared && !near.iter().any(|word| word.starts_with("affect")) {
        return None;
    }
    let given = was_given(&near);
    let hit = |word: &str| {
        ["affect", "impact", "experienc", "unable", "fail", "encounter", "report", "lost", "hit"]
            .iter()
            .any(|stem| word.starts_with(stem))
    };
    let who = behind.iter().take(6).position(|word| is_who(word));
    let in_brackets = text[..found.range.start].ends_with('(') && text[found.range.end..].starts_with(')');
    let told_hit = near.iter().any(|word| hit(word)) || behind.iter().any(|word| hit(word));
    match who {
        Some(_) if given && !near.iter().any(|word| hit(word)) => None,
        Some(at) if !behind[..at].iter().any(|word| NOT_OF.contains(&word.as_str())) => {
            let of = at == 0 || OF.contains(&behind[0].as_str());
            (of || told_hit).then_some(if told_hit { 30 } else { 20 })
        }
        _ if (found.value.percent - 100.0).abs() < f64::EPSILON
            && behind.iter().take(3).any(|word| WHOLE.contains(&word.as_str())) =>
        {
            Some(10)
        }
        _ if in_brackets && told_hit && near.first().is_some_and(|word| is_who(word)) => Some(15),
        _ if counted_before(&near) => Some(10),
        _ => is_beside_who(text, sentence, &found.range).then_some(20),
    }
}

/// Words that lead from a share to those it is of.
const OF: &[&str] = &[
    "of", "des", "de", "dos", "das", "der", "degli", "dei", "delle", "van", "av", "af", "del", "los", "las",
];

fn is_who(word: &str) -> bool {
    static LOCAL: LazyLock<HashSet<String>> =
        LazyLock::new(|| locale::words("words", "users").map(str::to_lowercase).collect());
    WHO.contains(&word) || LOCAL.contains(word)
}

/// `影響を受けたユーザーは約3%`: in scripts without spaces those who were hit stand close by, on either side.
fn is_beside_who(text: &str, sentence: &Range<usize>, share: &Range<usize>) -> bool {
    if !text[sentence.clone()].contains(is_unspaced) {
        return false;
    }
    let before: String = text[sentence.start..share.start].chars().rev().take(BESIDE).collect();
    let before: String = before.chars().rev().collect();
    let behind: String = text[share.end..sentence.end].chars().take(BESIDE).collect();
    let mut who = locale::words("words", "users").filter(|word| word.contains(is_unspaced));
    who.any(|word| before.contains(word) || behind.contains(word))
}

/// How many characters of such a script may stand between.
const BESIDE: usize = 8;

/// `80% of users were not affected`, `99% of requests never touch it`.
fn is_denied(clause: &str) -> bool {
    const HARM: &[&str] = &[
        "affect",
        "impact",
        "notic",
        "touch",
        "experienc",
        "see",
        "saw",
        "hit",
        "harm",
        "concern",
        "depend",
    ];
    let words: Vec<String> = words(clause).take(12).collect();
    let denies = |at: usize| matches!(words[at].as_str(), "not" | "never" | "no" | "t" | "cannot");
    (0..words.len()).any(|at| {
        denies(at)
            && words[at + 1..].iter().take(3).any(|word| HARM.iter().any(|harm| word.starts_with(harm)))
    })
}

/// `rolled out the change to 5%`, `moved about 10%`: the share that a change or a way round was given to.
fn was_given(near: &[&str]) -> bool {
    const BETWEEN: &[&str] = &[
        "to",
        "for",
        "at",
        "on",
        "with",
        "about",
        "around",
        "approximately",
        "roughly",
        "only",
        "just",
        "the",
        "first",
        "another",
    ];
    let reached = near.iter().position(|word| ROLLED_OUT.contains(word));
    let aimed = near.first().is_some_and(|word| matches!(*word, "to" | "for"));
    // "the build was released, 12% of searches failed": the sentence goes on behind the verb.
    let passive =
        |at: usize| near.get(at + 1).is_some_and(|word| matches!(*word, "was" | "were" | "got" | "been"));
    reached.is_some_and(|at| aimed || !passive(at) && near[..at].iter().all(|word| BETWEEN.contains(word)))
}

/// `users affected: 40%`, `impacted users (40%)`.
fn counted_before(near: &[&str]) -> bool {
    let close = &near[..near.len().min(4)];
    let who = close.iter().any(|word| is_who(word));
    who && close.iter().any(|word| word.starts_with("affected") || word.starts_with("impacted"))
}

/// The words of a text from its end.
fn words_back(text: &str) -> impl Iterator<Item = String> {
    text.rsplit(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::read::percent::shares;

    fn check(sentence: &str) -> Option<f64> {
        let all = shares(sentence);
        all.iter()
            .find(|found| said_of_users(sentence, &(0..sentence.len()), found).is_some())
            .map(|found| found.value.percent)
    }

    #[test]
    fn shares_of_those_who_were_hit() {
        for (sentence, percent) in [
            ("Approximately 70% of passengers could not book.", 70.0),
            ("affecting around 12.5 % of our European customers", 12.5),
            ("100% of the users were affected", 100.0),
            ("a 100% service outage", 100.0),
            ("Users affected: 40%", 40.0),
            ("31 % of checkouts failed", 31.0),
            ("a third of API calls (33%) from the east failed", 33.0),
            ("when the new build was released 12% of searches failed", 12.0),
            ("about 4% of ticket requests were failing", 4.0),
        ] {
            assert_eq!(check(sentence), Some(percent), "{sentence}");
        }
    }

    #[test]
    fn shares_of_other_things() {
        for sentence in [
            "CPU usage of the gate rose to 100%",
            "a 30% discount for users",
            "52% of tests were skipped",
            "the remaining 70% of users saw nothing",
            "88% of requests were cached",
            "complaints soared by 75%",
            "a 30% decrease in user engagement",
            "the new build was rolled out to 10% of users",
            "we moved 20% of traffic to the other quay",
            "90% of letters and 80% of messages were delivered",
            "80% of users were not affected",
            "99.9% of requests never touch it",
            "95% of visitors didn't notice anything",
            "about 70% of the traffic is ok again",
            "he restarts load balancing over all quays for 1% of traffic",
        ] {
            assert_eq!(check(sentence), None, "{sentence}");
        }
    }
}
