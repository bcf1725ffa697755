//! The words that a site reads by: labels, causes, the phrases of all tables and its
//! zone, with what `site.toml` adds to them.

use crate::config::{CauseConfig, Config, Globs};
use crate::document::Labels;
use crate::infer::context::lexicon::Lexicon;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Built once for all documents.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    pub labels: Labels,
    /// Renamed and added causes by slug.
    pub causes: BTreeMap<String, CauseConfig>,
    /// The phrases that extractors look for.
    pub phrases: Lexicon<Meaning>,
    /// IANA name of the zone for times that give none.
    pub timezone: Option<String>,
    /// The day of this run, for warnings only.
    pub today: Option<Date>,
    /// Documents that are incidents whatever stands in them.
    pub include: Globs,
}

/// What a phrase means, to the extractor that knows it.
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {
    /// It speaks for a cause, a trigger or a contributing factor.
    Evidence(Axis, Word),
    /// It says how a sentence means its other words.
    Turn(Turn),
    /// It names a root cause, or with a weight below zero something else.
    RootCause(i32),
    /// It tells of impact or detection, by the row it belongs to.
    Told(usize),
    /// It speaks for or against a sentence as the answer to a question, by its row in that question's table.
    Vote(Question, usize),
    /// It may be what the name of a service ends in.
    ServiceKind,
}

impl Meaning {
    /// Which kind of meaning it is, as a bit.
    pub fn kind(&self) -> Kinds {
        match self {
            Meaning::Evidence(..) => EVIDENCE,
            Meaning::Turn(_) => TURN,
            Meaning::RootCause(_) => ROOT_CAUSE,
            Meaning::Told(_) => TOLD,
            Meaning::Vote(..) => VOTE,
            Meaning::ServiceKind => SERVICE_KIND,
        }
    }
}

/// What a phrase says of the rest of its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// What follows is the cause.
    Cause,
    /// What follows is the effect.
    Effect,
    /// What follows, or the sentence, tells how it was put right.
    Fix,
    /// The sentence tells a guess.
    Guess,
    /// The sentence tells that a guess was right.
    Sure,
    /// What follows closely is denied.
    Not,
}

/// A set of kinds of meanings, as bits.
pub type Kinds = u8;

pub const EVIDENCE: Kinds = 1;
pub const TURN: Kinds = 2;
pub const ROOT_CAUSE: Kinds = 4;
pub const TOLD: Kinds = 8;
pub const SERVICE_KIND: Kinds = 16;
pub const VOTE: Kinds = 32;

/// What one sentence of a document answers best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    RootCause,
    Resolution,
}

/// What a word can speak for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Axis {
    Cause,
    Trigger,
    Factor,
}

/// A word that speaks for a value, and how much.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    pub slug: String,
    pub weight: f32,
}

impl Vocabulary {
    /// The vocabulary of a site whose extractors look for `phrases`.
    pub(in crate::infer) fn new(config: &Config, phrases: Lexicon<Meaning>) -> Vocabulary {
        Vocabulary {
            labels: Labels::new(&config.fields),
            causes: config.causes.clone(),
            phrases,
            timezone: config.timezone.clone(),
            today: config.today,
            include: config.include.clone(),
        }
    }
}
