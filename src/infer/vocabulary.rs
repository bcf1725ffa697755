//! The words that a site reads by: labels, causes and its zone, with what
//! `site.toml` adds to them.

use super::causes::CauseLexicon;
use super::lexicon::Lexicon;
use crate::config::{CauseConfig, Config};
use crate::document::Labels;
use std::collections::BTreeMap;

/// Built once for all documents.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    pub labels: Labels,
    /// Renamed and added causes by slug.
    pub causes: BTreeMap<String, CauseConfig>,
    /// Words that speak for causes.
    pub lexicon: CauseLexicon,
    /// Words that name a root cause, and words of sentences that do not.
    pub root_cause: Lexicon<i32>,
    /// Words that tell of impact, resolution and detection, by the row they belong to.
    pub told: Lexicon<usize>,
    /// IANA name of the zone for times that give none.
    pub timezone: Option<String>,
}

impl Vocabulary {
    pub fn new(config: &Config) -> Vocabulary {
        Vocabulary {
            labels: Labels::new(&config.fields),
            causes: config.causes.clone(),
            lexicon: CauseLexicon::new(&config.causes),
            root_cause: super::root_cause::lexicon(),
            told: super::told::lexicon(),
            timezone: config.timezone.clone(),
        }
    }
}
