//! What every extractor is shown: one incident's part of a document, with its words, times,
//! sentences and phrases found once, and what the folder around it decides.
//!
//! Nothing here claims a fact, and nothing here knows an extractor.

pub mod typed_date;
pub mod block_scan;
pub mod date_hints;
pub mod excerpt;
pub mod lexicon;
pub mod local_phrases;
pub mod mail;
pub mod prompt;
pub mod role;
pub mod text;
pub mod vocabulary;
pub mod votes;
