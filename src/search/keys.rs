//! The keys of the index. In its files they are letters, and in the scripts names: what is declared
//! here is what Rust writes, and the engine is given the same table to read it with.

use super::document::{Part, Value};
use serde::Serialize;
use serde_json::{Map, json};
use std::collections::BTreeMap;

/// Names and letters of one object's keys.
type Keys = &'static [(&'static str, &'static str)];

macro_rules! keyed {
    ($(#[$about:meta])* $name:ident { $($(#[doc = $doc:literal])+ $field:ident $letter:literal $kind:ty;)* }) => {
        $(#[$about])*
        #[derive(Debug, Serialize)]
        pub struct $name<'v> { $($(#[doc = $doc])+ #[serde(rename = $letter)] pub $field: $kind),* }

        impl $name<'_> {
            const KEYS: Keys = &[$((stringify!($field), $letter)),*];
        }
    };
}

keyed! {
    /// The root of an index, which is in the search page itself.
    Root {
        /// The number of the format.
        format "f" u32;
        /// How many incidents there are.
        incidents "n" usize;
        /// What the files of terms, words and columns carry in their names.
        version "k" &'v str;
        /// The separators of the blocks of terms.
        terms "t" &'v [String];
        /// Those of the blocks of words by their beginnings.
        forward "v" &'v [String];
        /// Those of the blocks of words by their ends.
        backward "r" &'v [String];
        /// The file of each column.
        columns "c" BTreeMap<&'v str, String>;
        /// Words that nearly every incident has.
        common "w" Vec<&'v str>;
        /// How many incidents a text file holds.
        batch "x" usize;
        /// Eight hex digits for every [`GROUP`](super::GROUP) text files.
        groups "g" String;
        /// What every text file is packed behind.
        opening "d" &'v str;
        /// The facets, in the order of the filters.
        facets "s" Vec<FacetKeys<'v>>;
    }
}

keyed! {
    /// A facet, as the page needs it.
    FacetKeys {
        /// As in columns, field words and addresses.
        name "n" &'v str;
        /// What heads its filter.
        title "t" String;
        /// Its place among the values of an incident; nothing for one that is only narrowed by.
        position "p" Option<usize>;
        /// When its values come in the line below a result, from 1; 0 for never.
        shown "s" u8;
        /// Whether its values are ordered by time, and not by how many incidents have them.
        newest "w" bool;
        /// Whether one may ask for all of several values together.
        together "a" bool;
    }
}

keyed! {
    /// An incident in a text file.
    Stored {
        /// From the archive's top.
        url "u" &'v str;
        /// Its title.
        title "t" &'v str;
        /// The day of its start in ISO form; empty when it is not known.
        day "d" String;
        /// The same for readers.
        when "w" &'v str;
        /// How long it lasted, for readers.
        lasted "l" &'v str;
        /// Its values of each facet that has a position.
        values "f" &'v [Vec<Value<'v>>];
        /// Its texts, each with the letter of its part.
        texts "x" Vec<(char, &'v str)>;
    }
}

/// The letters of all keys by their names, as JSON for the engine.
pub fn letters() -> String {
    let of =
        |keys: Keys| Map::from_iter(keys.iter().map(|(name, letter)| ((*name).to_owned(), json!(letter))));
    let parts = Part::ALL.iter().map(|part| (part.name().to_owned(), json!(part.letter())));
    let parts = Map::from_iter(parts);
    json!({ "root": of(Root::KEYS), "facet": of(FacetKeys::KEYS), "incident": of(Stored::KEYS), "part": parts })
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_letter_is_used_for_two_keys() {
        let parts = Part::ALL.map(Part::letter).map(String::from);
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let of = |keys: Keys| keys.iter().map(|(_, letter)| *letter).collect();
        for letters in [of(Root::KEYS), of(FacetKeys::KEYS), of(Stored::KEYS), parts] {
            assert_eq!(letters.iter().collect::<BTreeSet<_>>().len(), letters.len(), "{letters:?}");
        }
    }

    /// What the scripts read by name is what is written, and nothing is written that they do not read.
    #[test]
    fn the_scripts_name_every_key() {
        let read = |path| std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR")));
        let scripts =
            ["src/search/engine.js", "themes/casebook/assets/search.js", "themes/casebook/assets/filters.js"];
        let scripts: String = scripts.map(|path| read(path).expect("a script")).concat();
        let words: BTreeSet<&str> = scripts.split(|c: char| !c.is_alphanumeric()).collect();
        for (name, _) in [Root::KEYS, FacetKeys::KEYS, Stored::KEYS].concat() {
            // The format's number is for other readers: an engine is of the archive that it comes with.
            assert!(name == "format" || words.contains(name), "no script reads `{name}`");
        }
    }
}
