//! What each language calls things: one table a language, in `locale/`, with the names of
//! sections and fields, months, weekdays and units, the words around a clock time, and what
//! events say. English stands in the readers themselves.
//!
//! A row is `name: word, word`, and goes on in lines that are indented. A dash says that the
//! language has nothing of its own there. A word behind `~` tells a heading's meaning wherever
//! it stands in it; every other one only as the whole of a heading or label.

use hashbrown::HashMap;
use std::sync::LazyLock;

/// The tables, in the order of their tags.
const TABLES: &[&str] = &[
    include_str!("locale/da.txt"),
    include_str!("locale/de.txt"),
    include_str!("locale/es.txt"),
    include_str!("locale/fr.txt"),
    include_str!("locale/id.txt"),
    include_str!("locale/it.txt"),
    include_str!("locale/ja.txt"),
    include_str!("locale/ko.txt"),
    include_str!("locale/nb.txt"),
    include_str!("locale/nl.txt"),
    include_str!("locale/pl.txt"),
    include_str!("locale/pt.txt"),
    include_str!("locale/ru.txt"),
    include_str!("locale/sv.txt"),
    include_str!("locale/tr.txt"),
    include_str!("locale/zh.txt"),
];

/// One language's table.
#[derive(Debug, PartialEq, Eq)]
pub struct Locale {
    rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    /// The part of the table that it stands in: `months`, `labels` and so on.
    pub part: &'static str,
    pub name: &'static str,
    pub words: Vec<&'static str>,
}

impl Locale {
    /// The language's tag: `de`.
    pub fn tag(&self) -> &'static str {
        self.words("language", "tag").first().copied().unwrap_or_default()
    }

    /// Whether `04/12/2022` is 4 December where this language is written.
    pub fn is_day_first(&self) -> bool {
        self.words("language", "order") == ["day first"]
    }

    /// The words of one row.
    pub fn words(&self, part: &str, name: &str) -> &[&'static str] {
        let row = self.rows.iter().find(|row| row.part == part && row.name == name);
        row.map_or(&[], |row| row.words.as_slice())
    }

    /// The rows of one part, in their order.
    pub fn part(&self, part: &str) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.part == part)
    }
}

/// All languages, in the order of their tags.
pub fn locales() -> &'static [Locale] {
    static LOCALES: LazyLock<Vec<Locale>> =
        LazyLock::new(|| TABLES.iter().map(|table| parse(table)).collect());
    &LOCALES
}

/// The words of one row in every language.
pub fn words(part: &'static str, name: &'static str) -> impl Iterator<Item = &'static str> {
    locales().iter().flat_map(move |locale| locale.words(part, name).iter().copied())
}

/// Whether a text in lower case is, or has as a word of its own, what some language calls this row.
pub fn is_named(part: &'static str, name: &'static str, text: &str) -> bool {
    let has = |word: &str| text.split(|c: char| !c.is_alphanumeric()).any(|own| own == word);
    let names = lower_case().get(&(part, name)).map_or(&[][..], Vec::as_slice);
    names.iter().any(|word| text == word || has(word) || word.contains(is_unspaced) && text.contains(word))
}

/// The words of every row in all languages, in lower case. Looked up, never walked.
fn lower_case() -> &'static HashMap<(&'static str, &'static str), Vec<String>> {
    static WORDS: LazyLock<HashMap<(&str, &str), Vec<String>>> = LazyLock::new(|| {
        let mut all: HashMap<(&str, &str), Vec<String>> = HashMap::new();
        for row in locales().iter().flat_map(|locale| &locale.rows) {
            let words = row.words.iter().map(|word| word.to_lowercase());
            all.entry((row.part, row.name)).or_default().extend(words);
        }
        all
    });
    &WORDS
}

/// Whether a letter is of a script that parts words otherwise than by spaces alone.
pub fn is_unspaced(c: char) -> bool {
    c >= '\u{2e80}'
}

/// The words of a part in every language, each with the number of its row.
pub fn numbered(part: &'static str) -> impl Iterator<Item = (&'static str, usize)> {
    let rows = |locale: &'static Locale| locale.part(part).enumerate();
    locales().iter().flat_map(rows).flat_map(|(n, row)| row.words.iter().map(move |word| (*word, n)))
}

fn parse(table: &'static str) -> Locale {
    let (mut rows, mut part) = (Vec::<Row>::new(), "");
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            part = name;
        } else if let (true, Some(row)) = (line.starts_with(' '), rows.last_mut()) {
            row.words.extend(listed(line));
        } else if let Some((name, words)) = line.split_once(':') {
            rows.push(Row { part, name, words: listed(words).collect() });
        }
    }
    Locale { rows }
}

fn listed(words: &'static str) -> impl Iterator<Item = &'static str> {
    words.split(',').map(str::trim).filter(|word| !word.is_empty() && *word != "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_row() {
        let names = |table: &'static str| -> Vec<(&str, &str)> {
            parse(table).rows.iter().map(|row| (row.part, row.name)).collect()
        };
        let rows_written =
            |table: &str| table.lines().filter(|line| !line.starts_with(['#', '[', ' '])).count();
        let first = names(TABLES[0]);
        for table in TABLES {
            let title = table.lines().next().unwrap_or_default();
            assert_eq!(names(table), first, "{title}");
            assert_eq!(rows_written(table), first.len(), "{title}");
            let empty = |line: &&str| line.trim_end().ends_with(':') || line.contains(",,");
            assert_eq!(
                table.lines().find(empty),
                None,
                "{title}: a row says nothing, not even that there is nothing"
            );
        }
    }

    #[test]
    fn labels_months_and_weekdays_are_never_left_out() {
        for locale in locales() {
            let none = |row: &&Row| row.words.is_empty() && !matches!(row.name, "status");
            for part in ["months", "weekdays", "events", "columns", "labels"] {
                assert_eq!(
                    locale.part(part).find(none).map(|row| row.name),
                    None,
                    "{} of {}",
                    part,
                    locale.tag()
                );
            }
            assert_eq!((locale.part("months").count(), locale.part("weekdays").count()), (12, 7));
        }
    }

    #[test]
    fn no_word_of_a_month_weekday_or_unit_means_two() {
        for part in ["months", "weekdays", "units"] {
            let mut seen = std::collections::BTreeMap::new();
            for (word, n) in numbered(part) {
                assert_eq!(*seen.entry(word.to_lowercase()).or_insert(n), n, "{word}");
            }
        }
    }
}
