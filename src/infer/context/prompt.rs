//! What a template asks its author: "Describe the impact", "What went wrong?". It tells nothing,
//! and stands in many reports beside the answer, or where the answer was never written.

use crate::document::{Document, Kind, Label};

/// Verbs that an instruction begins with.
#[rustfmt::skip]
const ASKING: &[&str] = &[
    "describe", "explain", "provide", "summarize", "summarise", "list", "note", "include", "write", "specify", "identify", "fill",
    "insert", "give", "state", "outline", "detail", "document", "add", "run", "use", "record", "mention", "enter", "replace", "delete",
];
/// Those that begin no sentence of a report, also where nothing sets them apart.
const ASKING_ALWAYS: &[&str] =
    &["describe", "explain", "provide", "summarize", "summarise", "specify", "outline"];

/// Longest instruction, in bytes.
const LONGEST: usize = 400;

/// Whether block `n` only asks: set apart as an instruction right below its heading, or a question alone.
pub fn asks(document: &Document, source: &str, n: usize) -> bool {
    let block = &document.blocks[n];
    let text = block.text().trim();
    let labelled = block.field.as_ref().is_some_and(|field| field.label != Label::Other);
    if document.opens(n) || labelled || text.is_empty() || text.len() > LONGEST {
        return false;
    }
    let first = document.section(n).blocks.start + 1 == n && block.section != 0;
    let written = source.get(block.span.range()).unwrap_or_default().trim();
    match block.kind {
        Kind::Paragraph if first && is_set_apart(written, block.quoted) => {
            is_question(text) || begins(text, ASKING)
        }
        Kind::Paragraph if first => is_question(text) || begins(text, ASKING_ALWAYS),
        Kind::Paragraph | Kind::Item { task: None, .. } => is_set_apart(written, false) && is_question(text),
        _ => false,
    }
}

/// Wholly in italics, in brackets or quoted.
fn is_set_apart(written: &str, quoted: bool) -> bool {
    let words = written.trim_start_matches(['-', '+', '>', ' ']);
    let within =
        |open: char, close: char| words.starts_with(open) && words.ends_with(close) && words.len() > 2;
    let italic =
        (within('*', '*') && !words.starts_with("**")) || (within('_', '_') && !words.starts_with("__"));
    quoted || italic || within('[', ']') || within('<', '>') || within('{', '}') || within('(', ')')
}

/// Whether a text is made of nothing but questions.
fn is_question(text: &str) -> bool {
    let end = text.trim_end_matches(['*', '_', ')', ']', '>', ' ']);
    end.ends_with('?') && !end.trim_end_matches('?').contains(['.', '!'])
}

fn begins(text: &str, verbs: &[&str]) -> bool {
    let first = text.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty()).unwrap_or_default();
    verbs.iter().any(|verb| verb.eq_ignore_ascii_case(first))
}
