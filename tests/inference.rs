//! What holds for every text: reading it never panics, and the work grows with its length and no faster.

use casebook::config::Config;
use casebook::document::{Labels, parse};
use casebook::incident::values::values;
use casebook::infer::annotate::annotate;
use casebook::infer::{Archive, Reading, Vocabulary, read, vocabulary};
use casebook::source::SourceFile;
use proptest::prelude::*;
use std::sync::LazyLock;

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| vocabulary(&Config::default()));

fn reading(text: &str) -> (SourceFile, Reading) {
    let source = SourceFile::new("report.md", text);
    let reading = read(&source, &VOCABULARY, &Archive::default());
    (source, reading)
}

/// Pieces that documents are made of, and marks that open things without closing them.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "# ", "## Timeline\n", "### Root Cause:\n", "**Impact:**", "- ", "  - ", "1. ", "| ", "|---|---|\n", "> ", "```\n", "---\n", "+++\n", "{\n", "title: x\n", "date: 2031-05-04\n",
    "10:00 AM", "14:00 UTC", "2031-05-04", "May 4", "T+15min", "23:59", "--:--", "TBD", "90 minutes", "40% of users", " - ", ": ", "\n", "\n\n", "\r", "\t", "    ", "[", "](", "<", "&amp;", "&#x", "`", "``", "*", "_", "\\", "<br>", "<!--",
    "Root cause: ", "caused by", "Action items\n", "due to a bug", "é", "🚨", "\u{a0}", "—", "(", ")", "Duration", "Start", "End", "We will fix it.", "resolved", "(1)", "•", "[x]", "[ ]", "#", "=", "===\n",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in "\\PC{0,400}") {
        reading(&text);
    }

    #[test]
    fn texts_made_of_the_pieces_of_documents_are_read(picks in proptest::collection::vec(0..PIECES.len(), 0..60)) {
        let text: String = picks.into_iter().map(|pick| PIECES[pick]).collect();
        let (source, reading) = reading(&text);
        for incident in &reading.incidents {
            for value in values(incident) {
                prop_assert!(value.line as usize <= text.lines().count().max(1), "{value:?}");
            }
        }
        if let Ok(Some(annotation)) = annotate(&source, &VOCABULARY, &Archive::default()) {
            let after = SourceFile { text: annotation.apply(&source.text), ..source };
            let again = read(&after, &VOCABULARY, &Archive::default());
            let plain = |reading: &Reading| -> Vec<_> { reading.incidents.iter().flat_map(values).map(|v| (v.field, v.text)).collect() };
            prop_assert_eq!(plain(&reading), plain(&again));
        }
    }
}

/// Blocks, their text and all evidence together: what the work leaves behind, counted in bytes.
fn yield_of(text: &str) -> usize {
    let source = SourceFile::new("report.md", text);
    let (document, _) = parse(&source, &Labels::new(&Config::default().fields));
    let flat: usize = document.blocks.iter().map(|block| block.text().len() + 1).sum();
    let (_, reading) = reading(text);
    flat + reading
        .incidents
        .iter()
        .flat_map(values)
        .map(|value| value.text.len() + value.quote.len())
        .sum::<usize>()
}

#[test]
fn what_is_read_grows_no_faster_than_the_text() {
    for piece in PIECES.iter().chain(&[
        "- 10:00 x\n",
        "| 10:00 | x |\n",
        "- a:\n",
        "(((",
        "](",
        "<a",
        "May 1 ",
        "10:00 to ",
        "Impact: x\n",
    ]) {
        let small = yield_of(&piece.repeat(500));
        let large = yield_of(&piece.repeat(2_000));
        assert!(large <= small * 5 + 2_000, "{piece:?}: {small} at 500, {large} at 2000");
    }
}
