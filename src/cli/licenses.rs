//! `casebook --licenses`: what the program is made of, and under which terms.

use super::{Outcome, report};

const OWN: &str = include_str!("../../LICENSE");

/// Crates whose licence wants their source named, and where it is.
const WITH_SOURCE: &str = "\
The crates cssparser and dtoa-short are part of this program, unchanged, under the Mozilla Public License 2.0
(https://mozilla.org/MPL/2.0/). Their source is at https://github.com/servo/rust-cssparser and
https://github.com/upsuper/dtoa-short.
";

/// Prints the licence of the program and what those of its parts want to be said.
pub fn run() -> Outcome {
    report::print(&text())
}

fn text() -> String {
    format!("# casebook\n\n{OWN}\n# Crates under the MPL\n\n{WITH_SOURCE}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_needs_to_be_named_is() {
        let text = text();
        assert!(
            text.contains(OWN) && text.contains("Mozilla Public License") && text.contains("rust-cssparser")
        );
    }
}
