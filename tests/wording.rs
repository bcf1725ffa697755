//! Words that the archive used to have for things which now have one plain name.
//! What a reader of the demo can meet is searched for them: pages, scripts, styles and the search index.

mod workspace;

use casebook::search::Unpacker;
use std::path::Path;
use workspace::{Workspace, tree};

/// Each with what is said now.
const FORMER: &[(&str, &str)] = &[
    ("the document does not say", "not found in the text"),
    ("Seen before", "Similar incidents"),
    ("Not before;", "None earlier;"),
    ("What was promised", "Action items"),
    ("promised:", "action items:"),
    ("Promised", "Not marked"),
    ("Who was hit", "Impact"),
    ("Share affected", "Impact"),
    ("affected users", "Impact"),
    ("How noticed", "Detection"),
    ("typed, line", "from front matter, line"),
    ("worked out from", "calculated from"),
    ("Comes with", "Often together with"),
    ("Its incidents", "Incidents"),
    ("Lasted", "Duration"),
    ("told by weight", "Darker means more severe"),
    ("is a good question", "You can paste a whole error message"),
    ("have every word", "contains every word"),
    ("Nothing has", "No incident mentions"),
    ("All of them together", "Match all selected"),
    ("What is not known", "Missing data"),
    ("'Order'", "Sort by"),
    (">Order<", "Sort by"),
    ("Typed there", "Front matter"),
    ("See the marked words", "Show in report"),
    ("See the typed line", "Show in source"),
    ("said to be unknown", "nothing is guessed"),
    ("Earlier, no date", "Previous"),
    ("Later, no date", "Next"),
];

/// The texts of the demo archive by path.
fn demo() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let workspace = Workspace::new();
    for (path, bytes) in tree(&root.join("content")) {
        workspace.write(&format!("content/{path}"), bytes);
    }
    workspace.write("site.toml", std::fs::read(root.join("site.toml")).expect("the demo's settings"));
    let output = workspace.casebook(["build"]).output().expect("casebook runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let files = tree(&workspace.path("public"));
    let page = String::from_utf8_lossy(&files["search.html"]).into_owned();
    let unpacker = Unpacker::new(Unpacker::root(&page).expect("the search page has an index"));
    let text =
        |bytes: &[u8]| unpacker.text(bytes).unwrap_or_else(|| String::from_utf8_lossy(bytes).into_owned());
    files.iter().map(|(path, bytes)| (path.clone(), text(bytes))).collect()
}

#[test]
fn nothing_in_the_demo_uses_a_former_word() {
    let texts = demo();
    assert!(texts.len() > 50, "only {} files", texts.len());
    let mut found = Vec::new();
    for (path, text) in &texts {
        let used = FORMER.iter().filter(|(former, _)| text.contains(former));
        found.extend(used.map(|(former, now)| format!("{path} says {former:?}; now {now:?}")));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
