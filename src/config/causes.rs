//! Causes that a site renames, adds and merges.

use super::{CauseConfig, Entry, Keys, Reader, checks};
use std::collections::BTreeMap;

impl<'t> Reader<'t> {
    pub(super) fn causes(&mut self, keys: &mut Keys<'t>, into: &mut BTreeMap<String, CauseConfig>) {
        let tables = self.subtables(keys, "causes");
        let known: Vec<&str> = self
            .names
            .causes
            .iter()
            .copied()
            .chain(tables.iter().map(|(slug, _)| slug.get_ref().as_ref()))
            .collect();
        for &(slug, value) in &tables {
            let Some(table) = value.get_ref().as_table() else {
                self.expected("a table such as `[causes.dns]`", value);
                continue;
            };
            let mut keys = Keys::of(table);
            let mut cause = CauseConfig::default();
            self.optional(&mut keys, "name", &mut cause.name);
            self.optional(&mut keys, "definition", &mut cause.definition);
            self.letters(&mut keys, &mut cause.letters);
            self.merge(&mut keys, &known, &mut cause.merge);
            self.list(&mut keys, "words", &mut cause.words);
            self.unknown(&keys);
            into.insert(crate::address::slugify(slug.get_ref()), cause);
        }
        self.follow_merges(&tables, into);
    }

    /// A cause that is merged into one that is merged itself ends where that one does.
    fn follow_merges(&mut self, tables: &[Entry<'t>], causes: &mut BTreeMap<String, CauseConfig>) {
        let merge = |(slug, cause): (&String, &CauseConfig)| Some((slug.clone(), cause.merge.clone()?));
        let merges: BTreeMap<String, String> = causes.iter().filter_map(merge).collect();
        for (slug, value) in tables {
            let slug = crate::address::slugify(slug.get_ref());
            let table = value.get_ref().as_table();
            let written = table.and_then(|table| table.iter().find(|(name, _)| name.get_ref() == "merge"));
            let (Some(cause), Some((_, written))) = (causes.get_mut(&slug), written) else { continue };
            match checks::merged(&slug, &merges) {
                Ok(end) => cause.merge = cause.merge.as_ref().map(|_| end.to_owned()),
                Err(circle) => {
                    cause.merge = None;
                    self.value_error(format!("these merges go in a circle: {circle}"), written);
                }
            }
        }
    }

    fn letters(&mut self, keys: &mut Keys<'t>, into: &mut Option<String>) {
        let Some(value) = keys.get("letters") else { return };
        let fits =
            |text: &&str| (2..=4).contains(&text.chars().count()) && text.chars().all(char::is_alphanumeric);
        match value.get_ref().as_str().filter(fits) {
            Some(letters) => *into = Some(letters.to_owned()),
            None => self.expected("two to four letters", value),
        }
    }

    /// The slug of one of the `known` causes.
    fn merge(&mut self, keys: &mut Keys<'t>, known: &[&str], into: &mut Option<String>) {
        let Some(value) = keys.get("merge") else { return };
        let slug = value.get_ref().as_str().map(crate::address::slugify);
        match slug
            .as_deref()
            .and_then(|slug| known.iter().find(|cause| crate::address::slugify(cause) == slug))
        {
            Some(_) => *into = slug,
            None => {
                self.expected("the slug of a cause", value);
                let diagnostic = self.diagnostics.pop();
                self.diagnostics.extend(
                    diagnostic.map(|it| it.nearest(&slug.unwrap_or_default(), known.iter().copied())),
                );
            }
        }
    }
}
