//! `casebook --licenses`: what the program is made of, and under which terms.

use super::{Outcome, report};
use std::fmt::Write;

const OWN: &str = include_str!("../../LICENSE");

/// Crates whose licence wants their source named, and where it is.
const WITH_SOURCE: &str = "\
The crates cssparser and dtoa-short are part of this program, unchanged, under the Mozilla Public License 2.0
(https://mozilla.org/MPL/2.0/). Their source is at https://github.com/servo/rust-cssparser and
https://github.com/upsuper/dtoa-short.
";

/// What the default grammars, which stand under no file of their own, are under.
const DEFAULT_GRAMMARS: &str = "\
Most grammars are those of Sublime Text's default packages (https://github.com/sublimehq/Packages), under these terms:

Permission to copy, use, modify, sell and distribute this software is granted. This software is provided \"as is\"
without express or implied warranty, and with no claim as to its suitability for any purpose.
";

/// Prints the licences of the program and of the grammars that colour code.
pub fn run() -> Outcome {
    report::print(&text())
}

fn text() -> String {
    let mut text = format!(
        "# casebook\n\n{OWN}\n# Crates under the MPL\n\n{WITH_SOURCE}\n# Grammars\n\n{DEFAULT_GRAMMARS}"
    );
    for license in two_face::acknowledgement::listing().for_syntaxes() {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n## {}\n\n{}\n", license.rel_path.display(), license.text.trim());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_needs_to_be_named_is() {
        let text = text();
        let listing = two_face::acknowledgement::listing();
        let needed = listing.for_syntaxes().iter().filter(|license| license.needs_acknowledgement());
        for wanted in needed.map(|license| license.text.trim()).chain([OWN, WITH_SOURCE, DEFAULT_GRAMMARS]) {
            assert!(text.contains(wanted), "{wanted}");
        }
        assert!(
            text.contains("Docker") && text.contains("Terraform") && text.contains("TOML"),
            "the grammars that are used most"
        );
    }
}
