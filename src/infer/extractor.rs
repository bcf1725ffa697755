//! What an extractor is: one row that says its name, what it seeks and how it reads.

use super::claims::Claims;
use super::context::lexicon::Lexicon;
use super::context::text::Text;
use super::context::vocabulary::Meaning;
use crate::config::Config;

/// One way of finding facts.
#[derive(Debug)]
pub struct Extractor {
    pub name: &'static str,
    /// The fields that it looks for, as they are exported.
    pub seeks: &'static [&'static str],
    /// Adds the phrases that it looks for.
    pub phrases: fn(&mut Lexicon<Meaning>, &Config),
    pub read: fn(&Text<'_>, &mut Claims<'_>),
}

/// For extractors that look for no phrases.
pub fn no_phrases(_: &mut Lexicon<Meaning>, _: &Config) {}
