//! Causes that an author typed, by any of the names that taxonomies give them.

use super::Vocabulary;
use crate::address::slugify;
use crate::document::labels::fold;
use crate::incident::Cause;
use crate::incident::causes::{CAUSES, UNKNOWN, cause};

/// Other names of the causes, one row each; compared without case, spaces and marks.
#[rustfmt::skip]
const SYNONYMS: &[(&str, &str)] = &[
    ("config-change", "config"), ("config change", "config"), ("configuration change", "config"), ("misconfiguration", "config"), ("configuration error", "config"),
    ("config push", "config"), ("config bug", "config"), ("config error", "config"), ("feature flag", "config"), ("constants", "config"), ("settings", "config"),
    ("software", "code"), ("software bug", "code"), ("bug", "code"), ("bugs", "code"), ("code bug", "code"), ("code defect", "code"), ("software change", "code"),
    ("application bug", "code"), ("code change", "code"), ("race condition", "code"), ("memory leak", "code"), ("logic error", "code"), ("defect", "code"),
    ("deploy", "release"), ("deployment", "release"), ("upgrade", "release"), ("migration", "release"), ("rollout", "release"), ("binary push", "release"),
    ("release compatibility", "release"), ("flaky test", "release"), ("deployment planning", "release"), ("schema migration", "release"), ("change", "release"), ("deploy code change", "release"), ("maintenance", "operation"),
    ("load", "capacity"), ("traffic", "capacity"), ("saturation", "capacity"), ("scaling", "capacity"), ("overload", "capacity"), ("resource exhaustion", "capacity"),
    ("performance", "capacity"), ("excessive flow", "capacity"), ("insufficient resource", "capacity"), ("user behaviour", "capacity"), ("user behavior", "capacity"), ("quota", "capacity"), ("limits", "capacity"), ("capacity traffic", "capacity"), ("performance resource exhaustion", "capacity"), ("capacity planning", "capacity"),
    ("cascading failure", "cascade"), ("cascading", "cascade"), ("thundering herd", "cascade"), ("retry storm", "cascade"), ("metastable", "cascade"), ("complex system behaviours", "cascade"), ("conflicts", "cascade"),
    ("external dependency", "dependency"), ("dependencies", "dependency"), ("third party", "dependency"), ("vendor", "dependency"), ("provider", "dependency"), ("upstream", "dependency"), ("cross", "dependency"), ("provider change", "dependency"), ("external", "dependency"), ("supplier", "dependency"), ("dependency third party", "dependency"),
    ("dns", "network"), ("networking", "network"), ("connectivity", "network"), ("routing", "network"), ("bgp", "network"), ("load balancer", "network"), ("load balancing", "network"), ("network dns", "network"),
    ("power", "hardware"), ("server", "hardware"), ("disk", "hardware"), ("natural disaster", "hardware"), ("natdis", "hardware"), ("facility", "hardware"), ("cooling", "hardware"), ("fire", "hardware"), ("data center", "hardware"), ("datacenter", "hardware"), ("hardware power", "hardware"), ("hardware failure", "hardware"), ("power loss", "hardware"), ("power outage", "hardware"),
    ("database", "data"), ("storage", "data"), ("data loss", "data"), ("data corruption", "data"), ("db", "data"), ("replication", "data"), ("backup", "data"),
    ("attack", "security"), ("ddos", "security"), ("malicious traffic", "security"), ("vulnerability", "security"), ("abuse", "security"), ("breach", "security"), ("exploit", "security"), ("supply chain", "security"), ("hack", "security"),
    ("certificate", "time"), ("expiry", "time"), ("expiration", "time"), ("certificate expiry", "time"), ("expired certificate", "time"), ("leap second", "time"), ("auth", "time"), ("clock", "time"), ("ssl", "time"), ("tls", "time"),
    ("human", "operation"), ("human error", "operation"), ("process failure", "operation"), ("process", "operation"), ("manual change", "operation"), ("operator error", "operation"), ("human error process", "operation"), ("manual", "operation"), ("operations", "operation"),
    ("indeterminate", UNKNOWN), ("undescriptive", UNKNOWN), ("undetermined", UNKNOWN), ("not established", UNKNOWN), ("other", UNKNOWN), ("unclear", UNKNOWN), ("monitoring", UNKNOWN),
    ("cache", "data"), ("configuration", "config"), ("logiciel", "code"), ("reseau", "network"), ("materiel", "hardware"), ("rede", "network"),
];

/// Categories that say only what kind of text a document is.
const NO_CAUSE: &[&str] =
    &["postmortem", "post mortem", "incident", "outage", "blog", "incidents", "postmortems", "report", "downtime"];

/// What a typed cause stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// A cause that a table or `site.toml` knows.
    Known(Cause),
    /// A cause of its own.
    Own(Cause),
    /// A category that names no cause.
    Nothing,
}

/// The cause that an author's word stands for.
pub fn typed(name: &str, vocabulary: &Vocabulary) -> Typed {
    let folded = fold(name);
    if NO_CAUSE.iter().any(|other| fold(other) == folded) || folded.is_empty() {
        return Typed::Nothing;
    }
    if let Some(slug) = configured(&folded, vocabulary) {
        return Typed::Known(of_slug(&slug, vocabulary));
    }
    let own = CAUSES.iter().find(|row| fold(row.slug) == folded || fold(row.name) == folded).map(|row| row.slug);
    let synonym = || SYNONYMS.iter().find(|(other, _)| fold(other) == folded).map(|(_, slug)| *slug);
    match own.or_else(synonym) {
        Some(slug) => Typed::Known(of_slug(slug, vocabulary)),
        None => Typed::Own(Cause { slug: slug_of(name), name: name.trim().to_owned() }),
    }
}

fn slug_of(name: &str) -> String {
    match slugify(name) {
        slug if slug.is_empty() => format!("cause-{}", crate::address::path_hash(name)),
        slug => slug,
    }
}

/// The cause of a slug, as this site calls it and after its merges.
pub fn of_slug(slug: &str, vocabulary: &Vocabulary) -> Cause {
    let merged = vocabulary.causes.get(slug).and_then(|cause| cause.merge.as_deref()).map(slugify);
    let slug = merged.as_deref().unwrap_or(slug);
    let renamed = vocabulary.causes.get(slug).and_then(|cause| cause.name.clone());
    let name = renamed.or_else(|| cause(slug).map(|row| row.name.to_owned())).unwrap_or_else(|| slug.to_owned());
    Cause { slug: slug.to_owned(), name }
}

fn configured(folded: &str, vocabulary: &Vocabulary) -> Option<String> {
    let named = |(slug, cause): &(&String, &crate::config::CauseConfig)| {
        fold(slug) == folded || cause.name.as_deref().is_some_and(|name| fold(name) == folded)
    };
    vocabulary.causes.iter().find(named).map(|(slug, _)| slug.clone())
}

/// The known name nearest to a typed one.
pub fn nearest(name: &str, vocabulary: &Vocabulary) -> Option<String> {
    let known = CAUSES
        .iter()
        .map(|row| row.slug)
        .chain(vocabulary.causes.keys().map(String::as_str))
        .chain(SYNONYMS.iter().map(|row| row.0));
    crate::diagnostic::nearest(name, known).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_causes_are_known_by_many_names() {
        let vocabulary = Vocabulary::default();
        for (name, slug) in [
            ("config", "config"),
            ("Software defect", "code"),
            ("Config-Change", "config"),
            ("cascading-failure", "cascade"),
            ("Third Party", "dependency"),
        ] {
            assert!(matches!(typed(name, &vocabulary), Typed::Known(cause) if cause.slug == slug), "{name}");
        }
        assert_eq!(typed("Cloud", &vocabulary), Typed::Own(Cause { slug: "cloud".to_owned(), name: "Cloud".to_owned() }));
        assert_eq!(typed("postmortem", &vocabulary), Typed::Nothing);
        assert_eq!(nearest("confg", &vocabulary).as_deref(), Some("config"));
    }
}
