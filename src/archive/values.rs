//! The values of a facet, each under one name however it is written.

use super::slugs;
use hashbrown::HashMap;
use std::borrow::Cow;
use std::cmp::Reverse;

/// Values by slug, in the order in which they were met. Words that lead to the same slug are one value,
/// unless they are words of another script that only sound alike: a later one gets a slug of its own.
#[derive(Debug, Default)]
pub struct Values<'w> {
    slugs: Vec<String>,
    by_slug: HashMap<String, usize>,
    /// The letters of each value that are not Latin.
    letters: Vec<String>,
    /// The position of a word's value, and of its spelling.
    by_word: HashMap<Cow<'w, str>, (usize, usize)>,
    spellings: Vec<Spelling>,
}

#[derive(Debug)]
struct Spelling {
    value: usize,
    name: String,
    times: usize,
}

impl<'w> Values<'w> {
    /// The position of the value that `word` stands for. `read` gives slug and name of a word that
    /// was not met before: few words stand for many incidents, and to make a slug of one takes time.
    pub fn position(&mut self, word: Cow<'w, str>, read: impl FnOnce(&str) -> (String, String)) -> usize {
        if let Some((value, spelling)) = self.by_word.get(&word) {
            self.spellings[*spelling].times += 1;
            return *value;
        }
        let (slug, name) = read(&word);
        let value = self.value(slug, &name);
        self.by_word.insert(word, (value, self.spellings.len()));
        self.spellings.push(Spelling { value, name, times: 1 });
        value
    }

    fn value(&mut self, slug: String, name: &str) -> usize {
        let letters = slugs::foreign_letters(name);
        let other = |at: &&usize| self.letters[**at] != letters;
        let slug = match self.by_slug.get(&slug).filter(other) {
            Some(_) => slugs::with_hash(&slug, &letters),
            None => slug,
        };
        let value = *self.by_slug.entry(slug.clone()).or_insert(self.slugs.len());
        if value == self.slugs.len() {
            self.slugs.push(slug);
            self.letters.push(letters);
        }
        value
    }

    /// Slug and name of every value by position. The commonest spelling is the name, of equals the first.
    pub fn named(self) -> Vec<(String, String)> {
        let mut spellings = self.spellings;
        spellings.sort_by_key(|spelling| (spelling.value, Reverse(spelling.times)));
        spellings.dedup_by_key(|spelling| spelling.value);
        self.slugs.into_iter().zip(spellings.into_iter().map(|spelling| spelling.name)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::slugs::value_slug;

    #[test]
    fn names_share_a_slug_only_when_they_say_the_same() {
        for (one, other, is_same) in [
            ("Load Balancer", "load  balancer", true),
            ("café", "Cafe", true),
            ("e\u{301}tat", "État", true),
            ("Платежи API", "платежи  api", true),
            ("Платежи API", "Почта API", false),
            ("東京 gateway", "大阪 gateway", false),
            ("支付", "制服", false),
            ("уголь", "угол", false),
            ("кэш", "kesh", false),
            ("C++", "C#", false),
            ("C", "C#", false),
            ("#outage", "outage", true),
            ("!", "?", false),
        ] {
            let mut values = Values::default();
            let of = |word: &'static str, values: &mut Values<'static>| {
                values.position(word.into(), |word| (value_slug("tag", word), word.to_owned()))
            };
            let positions = (of(one, &mut values), of(other, &mut values));
            assert_eq!(positions.0 == positions.1, is_same, "{one} and {other}");
        }
    }

    #[test]
    fn the_commonest_spelling_is_the_name_and_of_equals_the_first() {
        for (words, named) in [
            (["Reviewed", "reviewed", "reviewed", "draft"], [("reviewed", "reviewed"), ("draft", "draft")]),
            (
                ["Load Balancer", "load  balancer", "DNS", "dns"],
                [("load-balancer", "Load Balancer"), ("dns", "DNS")],
            ),
        ] {
            let mut values = Values::default();
            for word in words {
                values.position(word.into(), |word| (value_slug("service", word), word.to_owned()));
            }
            let named: Vec<_> = named.map(|(slug, name)| (slug.to_owned(), name.to_owned())).into();
            assert_eq!(values.named(), named, "{words:?}");
        }
    }
}
