//! The diagnostics of one document, of which nobody reads a thousand alike.

use super::{Code, Diagnostic};
use std::collections::BTreeMap;

/// So many of one kind are kept of one document.
pub const MOST_OF_A_KIND: usize = 50;

/// Diagnostics of one document. Each costs a look through its text: of each kind the first are kept, and the
/// others counted.
#[derive(Debug, Default)]
pub struct Collected {
    kept: Vec<Diagnostic>,
    counts: BTreeMap<&'static str, (Code, usize)>,
}

impl Collected {
    /// Adds a diagnostic, which is made only if it is kept.
    pub fn tell(&mut self, code: Code, diagnostic: impl FnOnce() -> Diagnostic) {
        let (_, count) = self.counts.entry(code.row().name).or_insert((code, 0));
        *count += 1;
        if *count <= MOST_OF_A_KIND {
            self.kept.push(diagnostic());
        }
    }

    /// All that are kept, and how many others there are in the file `path`.
    pub fn done(mut self, path: &str) -> Vec<Diagnostic> {
        for (code, count) in self.counts.into_values().filter(|(_, count)| *count > MOST_OF_A_KIND) {
            let message = format!("{} more of this kind are in this document", count - MOST_OF_A_KIND);
            self.kept.push(Diagnostic::new(code, message).in_file(path));
        }
        self.kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_each_kind_the_first_are_kept_and_the_others_counted() {
        for (bad, broken) in [(0, 0), (3, MOST_OF_A_KIND), (MOST_OF_A_KIND + 1, 2), (9000, 400)] {
            let (mut collected, mut made) = (Collected::default(), 0);
            let mut tell = |code: Code, times: usize| {
                (0..times).for_each(|_| {
                    collected.tell(code, || {
                        made += 1;
                        Diagnostic::new(code, "it")
                    });
                });
            };
            tell(Code::ImpossibleDate, bad);
            tell(Code::BrokenLink, broken);
            assert_eq!(made, bad.min(MOST_OF_A_KIND) + broken.min(MOST_OF_A_KIND));
            let all = collected.done("a.md");
            let told = |code: Code| -> usize {
                let of = all.iter().filter(|told| told.code == code);
                of.map(|told| {
                    told.message.split_once(" more ").map_or(1, |(more, _)| more.parse().expect("a number"))
                })
                .sum()
            };
            assert_eq!((told(Code::ImpossibleDate), told(Code::BrokenLink)), (bad, broken));
        }
    }
}
