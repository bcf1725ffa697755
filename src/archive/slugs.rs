//! One address each: slugs made unique, the same way in every build.

use crate::address;
use crate::diagnostic::{Code, Diagnostic};
use hashbrown::HashMap;
use unicode_normalization::UnicodeNormalization;

/// A slug that can be a file name anywhere. A name of Windows, or one that the archive uses itself, gets `-1`.
pub fn free_of_reserved(slug: String) -> String {
    match slug == "index" || address::is_device(&slug) {
        true => format!("{slug}-1"),
        false => slug,
    }
}

/// The slug of a facet's value: one for all names that differ only in case, accents, spaces and
/// punctuation. The signs that C++ and C# end with are told by a hash, as are names without letters.
pub fn value_slug(noun: &str, name: &str) -> String {
    let slug = address::slugify(name);
    let signs: String = name.trim_end().chars().rev().take_while(|c| matches!(c, '+' | '#')).collect();
    match (slug.is_empty(), signs.is_empty()) {
        (false, true) => free_of_reserved(slug),
        (false, false) => with_hash(&slug, &signs),
        (true, false) => format!("{noun}-{}", address::path_hash(&signs)),
        (true, true) => format!("{noun}-{}", address::path_hash(name)),
    }
}

/// A slug that stands for something else already, with a hash of what `told` says.
pub fn with_hash(slug: &str, told: &str) -> String {
    format!("{}-{}", cut(slug, 9), address::path_hash(told))
}

/// Letters that have no Latin base: words in other scripts that sound alike differ in them.
pub fn foreign_letters(name: &str) -> String {
    let is_foreign = |c: &char| c.is_alphanumeric() && !matches!(c, '\0'..'\u{250}' | '\u{1e00}'..'\u{1f00}');
    name.nfkc().flat_map(char::to_lowercase).filter(is_foreign).collect()
}

/// Gives every document its own slug. `wanted` are pairs of path and slug, in
/// path order: the first keeps it, a later one gets its folder's name as suffix,
/// then the hash of its path.
pub fn unique(wanted: &[(&str, &str)]) -> (Vec<String>, Vec<Diagnostic>) {
    let mut taken: HashMap<String, &str> = HashMap::with_capacity(wanted.len());
    let mut diagnostics = Vec::new();
    let mut slugs = Vec::with_capacity(wanted.len());
    for (path, slug) in wanted {
        let slug = free_of_reserved(fallback(path, slug));
        let first = Some(&slug).filter(|slug| !taken.contains_key(*slug)).cloned();
        let chosen = first.or_else(|| with_folder(path, &slug).filter(|slug| !taken.contains_key(slug)));
        let chosen = chosen.unwrap_or_else(|| with_hash(&slug, path));
        if let Some(first) = taken.get(&slug) {
            let message =
                format!("`{first}` and `{path}` both ask for the address `{}`", address::incident(&slug));
            let help = format!(
                "`{path}` stands at `{}`; give one of them a `slug` in its front matter",
                address::incident(&chosen)
            );
            diagnostics.push(Diagnostic::new(Code::SlugTaken, message).in_file(path).help(help));
        }
        taken.insert(chosen.clone(), path);
        slugs.push(chosen);
    }
    (slugs, diagnostics)
}

fn fallback(path: &str, slug: &str) -> String {
    match slug.is_empty() {
        true => address::nameless_slug(path),
        false => slug.to_owned(),
    }
}

fn with_folder(path: &str, slug: &str) -> Option<String> {
    let folder = path.rsplit('/').nth(1).map(address::slugify).filter(|folder| !folder.is_empty())?;
    Some(format!("{}-{folder}", cut(slug, folder.len() + 1))).filter(|slug| slug.len() <= address::SLUG_MAX)
}

/// Leaves room for a suffix of `suffix` bytes.
fn cut(slug: &str, suffix: usize) -> &str {
    let most = address::SLUG_MAX.saturating_sub(suffix).max(1);
    slug[..slug.len().min(most)].trim_end_matches('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_of_a_name_gets_its_folder_and_then_its_hash() {
        let wanted = [("a/x.md", "x"), ("b/x.md", "x"), ("c/b/x.md", "x"), ("con.md", "con"), ("🚨.md", "")];
        let (slugs, diagnostics) = unique(&wanted);
        assert_eq!(slugs[..2], ["x", "x-b"]);
        assert_eq!(slugs[2], format!("x-{}", address::path_hash("c/b/x.md")));
        assert_eq!(slugs[3], "con-1");
        assert!(slugs[4].starts_with("incident-"));
        assert_eq!(diagnostics.len(), 2);
    }

    #[test]
    fn values_of_every_script_have_a_slug_that_can_be_read() {
        for (name, slug) in [
            ("Платежи API", "platezhi-api"),
            ("東京 gateway", "dong-jing-gateway"),
            ("кэш", "kesh"),
            ("CON", "con-1"),
            ("#outage", "outage"),
        ] {
            assert_eq!(value_slug("service", name), slug, "{name}");
        }
        assert_ne!(value_slug("tag", "C++"), value_slug("tag", "C#"));
        assert_ne!(value_slug("tag", "!"), value_slug("tag", "?"));
    }

    #[test]
    fn no_slug_is_longer_than_the_limit() {
        let long = "x".repeat(address::SLUG_MAX);
        let wanted = [("a/1.md", long.as_str()), ("b/2.md", &long), ("b/3.md", &long)];
        let (slugs, _) = unique(&wanted);
        assert!(slugs.iter().all(|slug| slug.len() <= address::SLUG_MAX), "{slugs:?}");
        assert_eq!(slugs.iter().collect::<std::collections::BTreeSet<_>>().len(), 3);
    }
}
