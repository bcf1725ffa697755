//! `[editions.NAME]` in `site.toml`: which archives are made of one folder, and what each leaves out.

use super::{Keys, Reader, Spanned, strings};
use std::collections::BTreeMap;
use toml::de::{DeString, DeValue};

/// The edition that shows everything, marked or not.
pub const INTERNAL: &str = "internal";
/// The edition that is built where the command line names none.
pub const PUBLIC: &str = "public";

/// One archive that is made of the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// As `--edition` names it.
    pub name: String,
    /// Whether documents without a mark are in it.
    pub shows_unmarked: bool,
    /// Its output folder, under the root.
    pub output: Option<String>,
    /// Its address.
    pub base_url: Option<String>,
    /// Headings of sections that it leaves out.
    pub remove_sections: Vec<String>,
    /// Canonical names of fields that it leaves out.
    pub remove_fields: Vec<String>,
    /// Whether people are called by what they do.
    pub people_as_roles: bool,
    /// Words, each with those that stand in their place.
    pub replace: Vec<(String, String)>,
    /// Patterns that no file of it may match.
    pub forbid: Vec<String>,
    /// Words that may be in it although only internal text has them.
    pub allow: Vec<String>,
    /// A step that is left out, so that a test sees the proof find what it would have cut.
    #[cfg(test)]
    pub skipped: Option<Step>,
}

/// What is done to documents for an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Whole documents are left out.
    Documents,
    /// Marked parts are.
    Parts,
    /// Named sections are.
    Sections,
    /// Keys of front matter are left out or changed.
    FrontMatter,
    /// Words have others in their place.
    Words,
    /// People are called by what they do.
    People,
    /// Fields of the text are left out.
    Fields,
    /// Pictures lose what is written in them.
    Pictures,
}

impl Step {
    /// In the order of the work.
    pub const ALL: [Step; 8] = [
        Step::Documents,
        Step::Parts,
        Step::Sections,
        Step::FrontMatter,
        Step::Words,
        Step::People,
        Step::Fields,
        Step::Pictures,
    ];
}

impl Edition {
    /// One of which `site.toml` says nothing.
    pub fn named(name: &str) -> Edition {
        Edition {
            name: name.to_owned(),
            shows_unmarked: name == INTERNAL,
            output: None,
            base_url: None,
            remove_sections: Vec::new(),
            remove_fields: Vec::new(),
            people_as_roles: false,
            replace: Vec::new(),
            forbid: Vec::new(),
            allow: Vec::new(),
            #[cfg(test)]
            skipped: None,
        }
    }

    /// Whether a step is done: each is, but where a test says otherwise.
    pub fn does(&self, step: Step) -> bool {
        #[cfg(test)]
        return self.skipped != Some(step);
        #[cfg(not(test))]
        {
            let _ = step;
            true
        }
    }

    /// Whether text that is marked as internal is in it.
    pub fn shows_internal(&self) -> bool {
        self.name == INTERNAL
    }

    /// Its output folder where that of the site is `output`.
    pub fn output(&self, output: &str) -> String {
        match (&self.output, self.name.as_str()) {
            (Some(own), _) => own.clone(),
            (None, PUBLIC) => output.to_owned(),
            (None, name) => format!("{output}-{name}"),
        }
    }
}

const DEFAULTS: &[(&str, bool)] = &[("internal", false), ("public", true)];
const PEOPLE: &[(&str, bool)] = &[("keep", false), ("role", true)];

impl<'t> Reader<'t> {
    pub(super) fn editions(&mut self, keys: &mut Keys<'t>, output: &str) -> BTreeMap<String, Edition> {
        let mut editions = BTreeMap::new();
        for (name, value) in self.subtables(keys, "editions") {
            if !is_name(name.get_ref()) {
                let what = "a name of small letters, digits and hyphens";
                self.value_error(format!("expected {what}, found `{}`", name.get_ref()), value);
                continue;
            }
            let edition = self.edition(name.get_ref(), value);
            let folder = edition.output(output);
            if let Some(other) = editions.values().find(|other: &&Edition| other.output(output) == folder) {
                let label = format!("expected a folder of its own, found that of `{}`", other.name);
                self.value_error(label, value);
                continue;
            }
            editions.insert(edition.name.clone(), edition);
        }
        editions
    }

    fn edition(&mut self, name: &str, value: &'t Spanned<DeValue<'t>>) -> Edition {
        let mut edition = Edition::named(name);
        let Some(table) = value.get_ref().as_table() else {
            self.expected("a table", value);
            return edition;
        };
        let mut keys = Keys::of(table);
        self.choice(&mut keys, "default", DEFAULTS, &mut edition.shows_unmarked);
        let mut output = String::new();
        self.path(&mut keys, "output", &mut output);
        edition.output = Some(output).filter(|output| !output.is_empty());
        self.address(&mut keys, "base_url", super::base_url, &mut edition.base_url);
        self.list(&mut keys, "remove_sections", &mut edition.remove_sections);
        edition.remove_fields = self.removed_fields(&mut keys);
        self.choice(&mut keys, "people", PEOPLE, &mut edition.people_as_roles);
        edition.replace = self.replacements(&mut keys);
        edition.forbid = self.patterns(&mut keys);
        self.list(&mut keys, "allow", &mut edition.allow);
        self.unknown(&keys);
        edition
    }

    fn removed_fields(&mut self, keys: &mut Keys<'t>) -> Vec<String> {
        let Some(value) = keys.get("remove_fields") else { return Vec::new() };
        let Some(names) = strings(value.get_ref()) else {
            self.expected("a list of fields, such as `[\"authors\"]`", value);
            return Vec::new();
        };
        for (name, item) in names.iter().zip(value.get_ref().as_array().into_iter().flatten()) {
            if !(self.names.is_field)(name) {
                self.expected("the name of a field", item);
            }
        }
        names
    }

    fn replacements(&mut self, keys: &mut Keys<'t>) -> Vec<(String, String)> {
        let Some(value) = keys.get("replace") else { return Vec::new() };
        let Some(table) = value.get_ref().as_table() else {
            self.expected("a table, such as `{ \"ACME Corp\" = \"a customer\" }`", value);
            return Vec::new();
        };
        let mut replacements = Vec::new();
        for (words, by) in table.iter() {
            match by.get_ref().as_str() {
                Some(by) if !words.get_ref().trim().is_empty() => {
                    replacements.push((words.get_ref().to_string(), by.to_owned()));
                }
                _ => self.expected("the words to put in its place, in quotes", by),
            }
        }
        // Of names that begin alike the longer is meant.
        replacements.sort_by_key(|(words, _)| (std::cmp::Reverse(words.len()), words.clone()));
        replacements
    }

    fn patterns(&mut self, keys: &mut Keys<'t>) -> Vec<String> {
        let mut patterns = Vec::new();
        let Some(value) = keys.get("forbid") else { return patterns };
        for item in value.get_ref().as_array().into_iter().flatten() {
            match item
                .get_ref()
                .as_str()
                .map(|text| (text, regex::bytes::RegexBuilder::new(text).unicode(false).build()))
            {
                Some((text, Ok(_))) => patterns.push(text.to_owned()),
                Some((_, Err(error))) => {
                    let error = error.to_string();
                    let why = error.lines().last().unwrap_or_default().trim_start_matches("error: ");
                    self.value_error(format!("this pattern cannot be read: {why}"), item);
                }
                None => self.expected("a pattern in quotes", item),
            }
        }
        if value.get_ref().as_array().is_none() {
            self.expected("a list of patterns", value);
        }
        patterns
    }
}

/// Whether a name can be part of a folder's name.
fn is_name(name: &DeString<'_>) -> bool {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !name.is_empty() && name.len() <= 40 && name.chars().all(is_plain)
}
