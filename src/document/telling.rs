//! Words that tell a heading's meaning wherever they stand in it: whole words where
//! words are parted by spaces, and any place where they are not.

use crate::document::Label;
use crate::document::labels::words;
use crate::language::locale::is_unspaced;
use hashbrown::HashMap;

/// The words by how they are found.
#[derive(Debug, Clone, Default)]
pub struct Telling {
    /// By their first word, what follows it and what they tell.
    spaced: HashMap<String, Vec<(String, Label)>>,
    unspaced: Vec<(String, Label)>,
}

impl Telling {
    pub fn add(&mut self, name: &str, label: Label) {
        let name = words(name);
        if name.contains(is_unspaced) {
            self.unspaced.push((name, label));
        } else {
            let (first, rest) = name.split_once(' ').unwrap_or((&name, ""));
            self.spaced.entry(first.to_owned()).or_default().push((rest.to_owned(), label));
        }
    }

    /// What a heading tells by one of the words; the first of them counts.
    pub fn label(&self, heading: &str) -> Option<Label> {
        if heading.len() > LONGEST {
            return None;
        }
        let words = words(heading);
        if words.contains(is_unspaced) {
            return self.unspaced.iter().find(|(name, _)| words.contains(name.as_str())).map(|row| row.1);
        }
        let mut rest = words.as_str();
        while !rest.is_empty() {
            let (word, behind) = rest.split_once(' ').unwrap_or((rest, ""));
            let goes_on =
                |name: &str| name.is_empty() || behind.strip_prefix(name).is_some_and(is_end_of_word);
            let row = self.spaced.get(word).and_then(|rows| rows.iter().find(|(name, _)| goes_on(name)));
            if let Some((_, label)) = row {
                return Some(*label);
            }
            rest = behind;
        }
        None
    }
}

/// Longest heading that is looked into, in bytes.
const LONGEST: usize = 160;

fn is_end_of_word(behind: &str) -> bool {
    behind.is_empty() || behind.starts_with(' ')
}
