//! What `site.toml` says. Every key is optional; a key that nobody asks for is
//! an error that names the nearest one. All diagnostics come at once.

#![warn(missing_docs)]

mod causes;
mod characters;
mod checked;
mod checks;
mod editions;
mod extra;
mod globs;

pub use checks::base_url;
pub use editions::{Edition, INTERNAL, PUBLIC, Step};
pub use globs::Globs;

use crate::diagnostic::{Code, Diagnostic, Span};
use std::collections::BTreeMap;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// The file that configures a site.
pub const FILE: &str = "site.toml";

/// What to do with raw HTML in documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RawHtml {
    /// Keep what is harmless.
    Sanitize,
    /// Show it as text.
    Escape,
    /// Keep it all; only for documents that nobody else can write.
    Trust,
}

/// A renamed or added cause.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CauseConfig {
    /// What it is called.
    pub name: Option<String>,
    /// What it means, in a sentence.
    pub definition: Option<String>,
    /// Two to four letters or digits for charts.
    pub letters: Option<String>,
    /// Words and phrases that speak for it.
    pub words: Vec<String>,
    /// The slug that it is merged into.
    pub merge: Option<String>,
}

/// Names that `site.toml` refers to and other rooms own.
#[derive(Clone, Copy)]
pub struct Names<'n> {
    /// Slugs of the causes.
    pub causes: &'n [&'n str],
    /// What fields are called, to suggest one.
    pub fields: &'n [&'n str],
    /// Whether a field of front matter has this name.
    pub is_field: &'n dyn Fn(&str) -> bool,
}

/// The settings of a site.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The name of the archive.
    pub title: String,
    /// What the archive is, in a sentence.
    pub description: String,
    /// With a trailing slash; `None` leaves out feeds, sitemap and canonical links.
    pub base_url: Option<String>,
    /// BCP 47 tag of the pages, such as `en`.
    pub language: String,
    /// IANA name of the zone for times without one; `None` leaves them without.
    pub timezone: Option<String>,
    /// The name of the theme.
    pub theme: String,
    /// Folder of the documents, under the root.
    pub content: String,
    /// Folder of the published archive, under the root.
    pub output: String,
    /// Folder of the site's own themes, under the root.
    pub themes: String,
    /// Incidents on a list page.
    pub paginate: usize,
    /// Entries of a feed.
    pub feed_limit: usize,
    /// Causes that are added or changed, by their slugs.
    pub causes: BTreeMap<String, CauseConfig>,
    /// Canonical field name to further names for it.
    pub fields: BTreeMap<String, Vec<String>>,
    /// Where documents are edited: an address to which the document's path is added.
    pub repository: Option<String>,
    /// What becomes of HTML in a document.
    pub raw_html: RawHtml,
    /// Whether images of other hosts are shown (they tell that host who reads).
    pub external_images: bool,
    /// Documents that are incidents whatever stands in them.
    pub include: Globs,
    /// Files that are never looked at.
    pub exclude: Globs,
    /// Largest document, in bytes.
    pub file_size: u64,
    /// Names of warnings and notes that are not shown.
    pub silence: Vec<String>,
    /// Names of warnings and notes that count as errors; set by the command line.
    pub deny: Vec<String>,
    /// Texts that are meant to be published: a find of secrets or personal data that holds one is none.
    pub allow: Vec<String>,
    /// The archives that are made of the folder, by name; none where there is but one.
    pub editions: BTreeMap<String, Edition>,
    /// The one of them that is made; set by the command line.
    pub edition: Option<Edition>,
    /// Whether documents marked `draft: true` are included; set by the command line.
    pub drafts: bool,
    /// The day of this run, to warn of incidents that lie behind it; set by the command line. No value
    /// and no page depends on it.
    pub today: Option<jiff::civil::Date>,
    /// Whether an address was set that pages must not link to, or an edition that nobody can tell what it
    /// leaves out: then nothing is to be published.
    pub is_refused: bool,
    /// Free for themes.
    pub extra: serde_json::Value,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            title: "Incident archive".to_owned(),
            description: String::new(),
            base_url: None,
            language: "en".to_owned(),
            timezone: None,
            theme: "casebook".to_owned(),
            content: "content".to_owned(),
            output: "public".to_owned(),
            themes: "themes".to_owned(),
            paginate: 50,
            feed_limit: 20,
            causes: BTreeMap::new(),
            fields: BTreeMap::new(),
            repository: None,
            raw_html: RawHtml::Sanitize,
            external_images: false,
            include: Globs::default(),
            exclude: Globs::default(),
            file_size: 10 * 1024 * 1024,
            silence: Vec::new(),
            deny: Vec::new(),
            allow: Vec::new(),
            editions: BTreeMap::new(),
            edition: None,
            drafts: false,
            today: None,
            is_refused: false,
            extra: serde_json::Value::Object(serde_json::Map::new()),
        }
    }
}

impl Config {
    /// Reads the text of a `site.toml`, which diagnostics show as `path`. What cannot be read keeps
    /// its default and is reported.
    pub fn parse(path: &str, text: &str, names: &Names<'_>) -> (Config, Vec<Diagnostic>) {
        let (mut document, errors) = DeTable::parse_recoverable(text);
        let mut diagnostics: Vec<Diagnostic> = errors.iter().map(|error| syntax(path, text, error)).collect();
        characters::clean_table(document.get_mut(), &mut |told, span| {
            diagnostics.push(told.at(path, text, Span::new(span.start, span.end)));
        });
        let mut reader = Reader { path, text, names, diagnostics };
        let config = reader.config(document.get_ref());
        (config, reader.diagnostics)
    }

    /// The path part of `base_url`, with slashes at both ends: `/` or `/a/b/`.
    pub fn base_path(&self) -> &str {
        let Some(url) = &self.base_url else { return "/" };
        let after_scheme = url.find("://").map_or(0, |at| at + 3);
        url[after_scheme..].find('/').map_or("/", |at| &url[after_scheme + at..])
    }
}

fn syntax(path: &str, text: &str, error: &toml::de::Error) -> Diagnostic {
    let span = error.span().map_or(Span::default(), |range| Span::new(range.start, range.end));
    Diagnostic::new(Code::ConfigSyntax, error.message()).at(path, text, span)
}

/// Takes known keys out of tables and reports the rest.
struct Reader<'t> {
    path: &'t str,
    text: &'t str,
    names: &'t Names<'t>,
    diagnostics: Vec<Diagnostic>,
}

/// A key and its value.
type Entry<'t> = (&'t Spanned<DeString<'t>>, &'t Spanned<DeValue<'t>>);

/// A table being read: which keys were asked for.
struct Keys<'t> {
    table: &'t DeTable<'t>,
    asked: Vec<&'static str>,
}

impl<'t> Keys<'t> {
    fn of(table: &'t DeTable<'t>) -> Keys<'t> {
        Keys { table, asked: Vec::new() }
    }

    fn get(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.asked.push(key);
        self.table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }
}

impl<'t> Reader<'t> {
    fn config(&mut self, table: &'t DeTable<'t>) -> Config {
        let mut config = Config::default();
        let mut top = Keys::of(table);
        self.text(&mut top, "title", &mut config.title);
        self.text(&mut top, "description", &mut config.description);
        self.checked(&mut top, "language", checks::language, &mut config.language);
        self.text(&mut top, "theme", &mut config.theme);
        config.is_refused |=
            !self.address(&mut top, "repository", checks::web_address, &mut config.repository);
        config.is_refused |= !self.address(&mut top, "base_url", base_url, &mut config.base_url);
        self.timezone(&mut top, &mut config);
        self.count(&mut top, "paginate", 1, &mut config.paginate);
        self.in_table(&mut top, "paths", |reader, paths| {
            reader.path(paths, "content", &mut config.content);
            reader.path(paths, "output", &mut config.output);
            reader.path(paths, "themes", &mut config.themes);
        });
        self.in_table(&mut top, "content", |reader, content| {
            reader.globs(content, "include", &mut config.include);
            reader.globs(content, "exclude", &mut config.exclude);
        });
        self.in_table(&mut top, "feed", |reader, feed| {
            reader.count(feed, "limit", 1, &mut config.feed_limit)
        });
        self.in_table(&mut top, "markdown", |reader, markdown| {
            reader.choice(markdown, "html", RAW_HTML, &mut config.raw_html);
            reader.flag(markdown, "external_images", &mut config.external_images);
        });
        self.in_table(&mut top, "limits", |reader, limits| {
            reader.megabytes(limits, "file_size_mb", &mut config.file_size)
        });
        self.in_table(&mut top, "diagnostics", |reader, keys| {
            reader.silence(keys, &mut config.silence);
            reader.list(keys, "allow", &mut config.allow);
        });
        self.causes(&mut top, &mut config.causes);
        self.fields(&mut top, &mut config.fields);
        let found = self.diagnostics.len();
        config.editions = self.editions(&mut top, &config.output);
        config.is_refused |= self.diagnostics.len() > found;
        if let Some(extra) = top.get("extra") {
            config.extra = extra::to_json(extra.get_ref());
        }
        self.unknown(&top);
        config
    }

    fn timezone(&mut self, keys: &mut Keys<'t>, config: &mut Config) {
        let Some(value) = keys.get("timezone") else { return };
        match value.get_ref().as_str() {
            Some(name) if jiff::tz::TimeZone::get(name).is_ok() => config.timezone = Some(name.to_owned()),
            _ => self.expected("the name of a time zone, such as `Europe/Paris`", value),
        }
    }

    fn silence(&mut self, keys: &mut Keys<'t>, into: &mut Vec<String>) {
        let Some(value) = keys.get("silence") else { return };
        for item in value.get_ref().as_array().into_iter().flatten() {
            let name = item.get_ref().as_str().unwrap_or_default();
            match crate::diagnostic::row_named(name) {
                Some(row) if row.level != crate::diagnostic::Level::Error => into.push(name.to_owned()),
                Some(_) => {
                    self.value_error(format!("`{name}` is an error, and errors cannot be silenced"), item)
                }
                None => self.expected("the name of a warning or note", item),
            }
        }
        if value.get_ref().as_array().is_none() {
            self.expected("a list of names", value);
        }
    }

    fn fields(&mut self, keys: &mut Keys<'t>, into: &mut BTreeMap<String, Vec<String>>) {
        for (name, value) in self.subtables(keys, "fields") {
            if !(self.names.is_field)(name.get_ref()) {
                self.unknown_key(name, self.names.fields);
                continue;
            }
            match strings(value.get_ref()) {
                Some(names) => drop(into.insert(name.get_ref().to_string(), names)),
                None => self.expected("a list of names, such as `[\"Outage began\"]`", value),
            }
        }
    }

    fn subtables(&mut self, keys: &mut Keys<'t>, key: &'static str) -> Vec<Entry<'t>> {
        let Some(value) = keys.get(key) else { return Vec::new() };
        match value.get_ref().as_table() {
            Some(table) => table.iter().collect(),
            None => {
                self.expected("a table", value);
                Vec::new()
            }
        }
    }

    fn in_table(
        &mut self,
        keys: &mut Keys<'t>,
        key: &'static str,
        read: impl FnOnce(&mut Self, &mut Keys<'t>),
    ) {
        let Some(value) = keys.get(key) else { return };
        match value.get_ref().as_table() {
            None => self.expected(&format!("a table `[{key}]`"), value),
            Some(table) => {
                let mut inner = Keys::of(table);
                read(self, &mut inner);
                self.unknown(&inner);
            }
        }
    }

    fn text(&mut self, keys: &mut Keys<'t>, key: &'static str, into: &mut String) {
        let mut found = None;
        self.optional(keys, key, &mut found);
        *into = found.unwrap_or(std::mem::take(into));
    }

    fn optional(&mut self, keys: &mut Keys<'t>, key: &'static str, into: &mut Option<String>) {
        let Some(value) = keys.get(key) else { return };
        match value.get_ref().as_str() {
            Some(text) => *into = Some(text.to_owned()),
            None => self.expected("text in quotes", value),
        }
    }

    /// A folder inside the root: relative, without `..`.
    fn path(&mut self, keys: &mut Keys<'t>, key: &'static str, into: &mut String) {
        let Some(value) = keys.get(key) else { return };
        let inside = |text: &str| {
            !text.starts_with(['/', '\\'])
                && !text.contains(':')
                && text.split(['/', '\\']).all(|part| part != "..")
        };
        match value.get_ref().as_str() {
            Some(text) if inside(text) && !text.is_empty() => *into = text.trim_end_matches('/').to_owned(),
            _ => self.expected("a folder inside the site, such as `content`", value),
        }
    }

    fn list(&mut self, keys: &mut Keys<'t>, key: &'static str, into: &mut Vec<String>) {
        let Some(value) = keys.get(key) else { return };
        match strings(value.get_ref()) {
            Some(list) => *into = list,
            None => self.expected("a list of texts", value),
        }
    }

    fn globs(&mut self, keys: &mut Keys<'t>, key: &'static str, into: &mut Globs) {
        let Some(value) = keys.get(key) else { return };
        let Some(patterns) = strings(value.get_ref()) else {
            return self.expected("a list of patterns, such as `[\"notes/\", \"*.txt\"]`", value);
        };
        match Globs::new(patterns) {
            Ok(globs) => *into = globs,
            Err((at, why)) => {
                let item = value.get_ref().as_array().and_then(|items| items.get(at)).unwrap_or(value);
                self.value_error(format!("this pattern cannot be read: {why}"), item);
            }
        }
    }

    fn flag(&mut self, keys: &mut Keys<'t>, key: &'static str, into: &mut bool) {
        let Some(value) = keys.get(key) else { return };
        match value.get_ref().as_bool() {
            Some(flag) => *into = flag,
            None => self.expected("true or false", value),
        }
    }

    fn count(&mut self, keys: &mut Keys<'t>, key: &'static str, least: usize, into: &mut usize) {
        let Some(value) = keys.get(key) else { return };
        let number =
            value.get_ref().as_integer().and_then(|n| usize::from_str_radix(n.as_str(), n.radix()).ok());
        match number {
            Some(number) if number >= least => *into = number,
            _ => self.expected(&format!("a whole number from {least}"), value),
        }
    }

    fn megabytes(&mut self, keys: &mut Keys<'t>, key: &'static str, into: &mut u64) {
        let mut megabytes = (*into / (1024 * 1024)) as usize;
        self.count(keys, key, 1, &mut megabytes);
        *into = (megabytes as u64).saturating_mul(1024 * 1024);
    }

    fn choice<T: Copy>(
        &mut self,
        keys: &mut Keys<'t>,
        key: &'static str,
        choices: &[(&str, T)],
        into: &mut T,
    ) {
        let Some(value) = keys.get(key) else { return };
        let found = value.get_ref().as_str().and_then(|text| choices.iter().find(|(name, _)| *name == text));
        match found {
            Some((_, choice)) => *into = *choice,
            None => {
                let names: Vec<String> = choices.iter().map(|(name, _)| format!("`{name}`")).collect();
                self.expected(&names.join(" or "), value);
            }
        }
    }

    fn expected(&mut self, what: &str, value: &Spanned<DeValue<'t>>) {
        let found =
            self.text.get(value.span()).unwrap_or("something else").lines().next().unwrap_or_default();
        self.value_error(format!("expected {what}, found `{found}`"), value);
    }

    fn value_error(&mut self, label: String, value: &Spanned<DeValue<'t>>) {
        let span = Span::new(value.span().start, value.span().end);
        let diagnostic = Diagnostic::new(Code::ConfigValue, "this setting cannot be used").label(label);
        self.diagnostics.push(diagnostic.at(self.path, self.text, span));
    }

    fn unknown(&mut self, keys: &Keys<'t>) {
        for (name, _) in keys.table.iter().filter(|(name, _)| !keys.asked.contains(&name.get_ref().as_ref()))
        {
            self.unknown_key(name, &keys.asked);
        }
    }

    fn unknown_key(&mut self, name: &Spanned<DeString<'t>>, known: &[&str]) {
        let span = Span::new(name.span().start, name.span().end);
        let diagnostic = Diagnostic::new(Code::ConfigKey, format!("unknown setting `{}`", name.get_ref()))
            .at(self.path, self.text, span)
            .nearest(name.get_ref(), known.iter().copied());
        self.diagnostics.push(diagnostic);
    }
}

const RAW_HTML: &[(&str, RawHtml)] =
    &[("sanitize", RawHtml::Sanitize), ("escape", RawHtml::Escape), ("trust", RawHtml::Trust)];

fn strings(value: &DeValue<'_>) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|item| item.get_ref().as_str().map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> (Config, Vec<Diagnostic>) {
        let names = Names { causes: &["capacity"], fields: &["start"], is_field: &|name| name == "start" };
        Config::parse(FILE, text, &names)
    }

    fn diagnostics(text: &str) -> Vec<String> {
        let (_, diagnostics) = parse(text);
        diagnostics
            .iter()
            .map(|d| {
                format!("{} {} {}", d.message, d.label, d.help.as_deref().unwrap_or_default())
                    .trim()
                    .to_owned()
            })
            .collect()
    }

    #[test]
    fn all_diagnostics_come_at_once_and_suggest() {
        let found = diagnostics(
            "titel = \"x\"\npaginate = 0\n[markdown]\nhtml = \"keep\"\n[causes.dns]\nnmae = \"DNS\"\n",
        );
        assert_eq!(found.len(), 4, "{found:#?}");
        assert!(found.iter().any(|c| c.contains("did you mean `title`?")), "{found:#?}");
        assert!(found.iter().any(|c| c.contains("did you mean `name`?")), "{found:#?}");
        assert!(
            found.iter().any(|c| c.contains("`sanitize` or `escape` or `trust`, found `\"keep\"`")),
            "{found:#?}"
        );
    }

    #[test]
    fn names_that_lead_nowhere_are_reported() {
        let merges = "[causes.fog]\nletters = \"f\"\n[causes.mist]\nmerge = \"fgo\"\n[causes.load]\nmerge = \"Capacity\"\n";
        let found = diagnostics(&format!("{merges}[fields]\nstrat = [\"Alarm\"]\nstart = [\"Alarm\"]\n"));
        assert_eq!(
            found,
            [
                "this setting cannot be used expected two to four letters, found `\"f\"`",
                "this setting cannot be used expected the slug of a cause, found `\"fgo\"` did you mean `fog`?",
                "unknown setting `strat`  did you mean `start`?",
            ]
        );
        assert_eq!(parse(merges).0.causes["load"].merge.as_deref(), Some("capacity"));
    }

    #[test]
    fn a_base_url_ends_in_a_slash_and_has_a_path() {
        let (config, _) = parse("base_url = \"https://example.org/a/b\"");
        assert_eq!(config.base_url.as_deref(), Some("https://example.org/a/b/"));
        assert_eq!(config.base_path(), "/a/b/");
    }

    #[test]
    fn an_address_that_is_none_refuses_the_site() {
        for text in ["repository = \"javascript:alert(1)\"", "base_url = \"data:x\"", "repository = 5"] {
            let (config, found) = parse(text);
            assert!(config.is_refused && found.len() == 1, "{text}: {found:#?}");
            assert!(config.repository.is_none() && config.base_url.is_none(), "{text}");
        }
        let (config, found) = parse("repository = \"\"\nbase_url = \"\"\nlanguage = \"english\"");
        assert!(!config.is_refused && config.language == "en" && found.len() == 1, "{found:#?}");
    }

    #[test]
    fn merges_are_followed_and_circles_named() {
        let (config, _) = parse("[causes.a]\nmerge = \"b\"\n[causes.b]\nmerge = \"capacity\"");
        assert_eq!(config.causes["a"].merge.as_deref(), Some("capacity"));
        let circle = "[causes.fog]\nmerge = \"mist\"\n[causes.mist]\nmerge = \"fog\"";
        let found = diagnostics(circle);
        assert_eq!(found.len(), 2, "{found:#?}");
        assert!(found[0].contains("these merges go in a circle: fog → mist → fog"), "{found:#?}");
        assert!(parse(circle).0.causes.values().all(|cause| cause.merge.is_none()));
    }

    #[test]
    fn deep_nesting_is_refused_cleanly() {
        assert!(!diagnostics(&format!("a = {}", "[".repeat(10_000))).is_empty());
    }
}
