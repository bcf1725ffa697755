//! Causes that an author typed, by any of the names that taxonomies give them.

use crate::address::slugify;
use crate::document::labels::fold;
use crate::incident::Cause;
use crate::incident::causes::{CAUSES, cause, cause_named};
use crate::infer::context::text::Text;
use crate::infer::context::typed_date;
use crate::infer::context::vocabulary::Vocabulary;

/// Categories that say only what kind of text a document is.
const NO_CAUSE: &[&str] = &[
    "postmortem",
    "post mortem",
    "incident",
    "outage",
    "blog",
    "incidents",
    "postmortems",
    "report",
    "downtime",
];

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
    let folded = key(name);
    if NO_CAUSE.iter().any(|other| fold(other) == folded) || folded.is_empty() {
        return Typed::Nothing;
    }
    if let Some(slug) = configured(&folded, vocabulary) {
        return Typed::Known(of_slug(&slug, vocabulary));
    }
    match cause_named(name) {
        Some(row) => Typed::Known(of_slug(row.slug, vocabulary)),
        None => Typed::Own(Cause { slug: slug_of(name), name: name.trim().to_owned() }),
    }
}

/// What gives a cause of one's own a definition, ready for `site.toml`.
pub fn definition(cause: &Cause) -> String {
    let Cause { slug, name } = cause;
    // Strings are written alike in JSON and TOML.
    let name = serde_json::Value::from(name.as_str());
    format!("to say what it is, put into site.toml:\n\n[causes.{slug}]\nname = {name}\ndefinition = \"…\"")
}

/// Whether a front-matter key holds categories, which are causes only where they are named like one.
pub fn is_category(key: &str) -> bool {
    ["category", "categories"].iter().any(|name| fold(name) == fold(key))
}

/// Whether a category is a cause: by slug or name, and by a synonym where the categories are not those of a blog.
pub fn is_cause(category: &str, text: &Text<'_>) -> bool {
    let folded = key(category);
    let named = CAUSES.iter().any(|row| fold(row.slug) == folded || fold(row.name) == folded);
    let synonym = || !typed_date::is_post(text.document) && cause_named(category).is_some();
    named || configured(&folded, text.vocabulary).is_some() || synonym()
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
    let name =
        renamed.or_else(|| cause(slug).map(|row| row.name.to_owned())).unwrap_or_else(|| slug.to_owned());
    Cause { slug: slug.to_owned(), name }
}

/// A name for comparison, with the letters of other scripts, which folding drops.
fn key(name: &str) -> String {
    let beyond_latin = name.chars().filter(|c| c.is_alphanumeric() && *c > '\u{24f}');
    fold(name) + &beyond_latin.flat_map(char::to_lowercase).collect::<String>()
}

fn configured(folded: &str, vocabulary: &Vocabulary) -> Option<String> {
    let named = |(slug, cause): &(&String, &crate::config::CauseConfig)| {
        fold(slug) == folded || cause.name.as_deref().is_some_and(|name| key(name) == folded)
    };
    vocabulary.causes.iter().find(named).map(|(slug, _)| slug.clone())
}

/// The known name nearest to a typed one.
pub fn nearest(name: &str, vocabulary: &Vocabulary) -> Option<String> {
    let known = CAUSES.iter().map(|row| row.slug).chain(vocabulary.causes.keys().map(String::as_str));
    crate::diagnostic::nearest(name, known).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{CauseConfig, Config, Names};

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
        assert_eq!(
            typed("Cloud", &vocabulary),
            Typed::Own(Cause { slug: "cloud".to_owned(), name: "Cloud".to_owned() })
        );
        assert_eq!(typed("postmortem", &vocabulary), Typed::Nothing);
        assert_eq!(nearest("confg", &vocabulary).as_deref(), Some("config"));
    }

    #[test]
    fn names_in_other_scripts_are_causes_of_their_own() {
        let cause = |slug: &str, name: &str| {
            (slug.to_owned(), CauseConfig { name: Some(name.to_owned()), ..CauseConfig::default() })
        };
        let causes = [cause("queue", "队列 A"), cause("storm", "Шторм")].into_iter().collect();
        let vocabulary = crate::infer::vocabulary(&Config { causes, ..Config::default() });
        for (name, slug) in [
            ("队列 A", Some("queue")),
            ("шторм", Some("storm")),
            ("缓存 A", None),
            ("缓存", None),
            ("A", None),
        ] {
            let known = match typed(name, &vocabulary) {
                Typed::Known(cause) => Some(cause.slug),
                _ => None,
            };
            assert_eq!(known.as_deref(), slug, "{name}");
        }
        for nothing in ["-", "?!", ""] {
            assert_eq!(typed(nothing, &vocabulary), Typed::Nothing);
        }
    }

    #[test]
    fn what_defines_a_cause_makes_it_known() {
        for name in ["Cloud", "ice \"9\"", "Tide & wind", "队列", "Шторм", "back\\slash", "Ärger mit Ebbe"]
        {
            let Typed::Own(cause) = typed(name, &Vocabulary::default()) else { panic!("{name} is known") };
            let block =
                definition(&cause).split_once("\n\n").map(|(_, block)| block.to_owned()).expect("a block");
            let names = Names { causes: &[], fields: &[], is_field: &|_| false };
            let (config, diagnostics) = Config::parse("site.toml", &block, &names);
            assert_eq!(diagnostics, [], "{block}");
            assert_eq!(typed(name, &crate::infer::vocabulary(&config)), Typed::Known(cause), "{block}");
        }
    }
}
