//! What extractors hand in.

use crate::diagnostic::{Code, Collected, Diagnostic, Span};
use crate::incident::Origin;
use crate::incident::claim::{Claim, Fact};
use crate::infer::context::text::Text;
use crate::infer::rank;
use crate::infer::rules;
use std::collections::BTreeMap;
use std::ops::Range;

/// So many values of one list are read of a document.
pub const MOST_VALUES: usize = 500;

/// Claims about one incident, and diagnostics about what could not be claimed.
#[derive(Debug)]
pub struct Claims<'a> {
    text: &'a Text<'a>,
    list: Vec<Claim>,
    /// How many values of each list there are, by their name and origin.
    counts: BTreeMap<(&'static str, Origin), usize>,
    diagnostics: Collected,
}

impl<'a> Claims<'a> {
    pub fn new(text: &'a Text<'a>) -> Claims<'a> {
        Claims { text, list: Vec::new(), counts: BTreeMap::new(), diagnostics: Collected::default() }
    }

    /// Claims what the words at `range` of block `block` say.
    pub fn add(&mut self, fact: Fact, origin: Origin, rule: &'static str, block: usize, range: Range<usize>) {
        self.weighed(fact, origin, rule, block, range, rank::PLAIN);
    }

    /// The same, to be preferred less or more than others of its origin.
    pub fn weighed(
        &mut self,
        fact: Fact,
        origin: Origin,
        rule: &'static str,
        block: usize,
        range: Range<usize>,
        strength: u8,
    ) {
        let (span, line, quote) = self.text.evidence(block, range);
        self.push(Claim { fact, origin, strength, span, line, quote, rule });
    }

    /// Claims something that stands at `span` of the source, outside of any block.
    pub fn at(&mut self, fact: Fact, origin: Origin, rule: &'static str, span: Span, quote: String) {
        let line = self.text.document.line(span.start as usize);
        self.push(Claim { fact, origin, strength: rank::PLAIN, span, line, quote, rule });
    }

    /// The same, to be preferred less or more than others of its origin.
    pub fn at_weighed(
        &mut self,
        fact: Fact,
        origin: Origin,
        rule: &'static str,
        span: Span,
        quote: String,
        strength: u8,
    ) {
        let line = self.text.document.line(span.start as usize);
        self.push(Claim { fact, origin, strength, span, line, quote, rule });
    }

    /// Claims something that stands in no text, such as a date in the file's name.
    pub fn nowhere(&mut self, fact: Fact, origin: Origin, rule: &'static str, quote: String) {
        self.push(Claim { fact, origin, strength: rank::PLAIN, span: Span::default(), line: 0, quote, rule });
    }

    /// Each value of these lists has pages of its own, so there is a limit.
    fn push(&mut self, claim: Claim) {
        debug_assert!(!rules::why(claim.rule).is_empty(), "`{}` is not in RULES", claim.rule);
        if let Some(name) = listed(&claim.fact) {
            let count = self.counts.entry((name, claim.origin)).or_default();
            *count += 1;
            if *count == MOST_VALUES + 1 {
                let message = format!("more than {MOST_VALUES} {name} are given; the rest is left out");
                self.diagnose(Code::TooMany, message, claim.span, "the first that is left out stands here");
            }
            if self.counts[&(name, claim.origin)] > MOST_VALUES {
                return;
            }
        }
        self.list.push(claim);
    }

    /// What was claimed so far.
    pub fn list(&self) -> &[Claim] {
        &self.list
    }

    /// Reports words of the source.
    pub fn diagnose(&mut self, code: Code, message: impl Into<String>, span: Span, label: impl Into<String>) {
        let source = self.text.source;
        self.diagnostics
            .tell(code, || Diagnostic::new(code, message).at(&source.shown, &source.text, span).label(label));
    }

    /// The same, with more to it.
    pub fn report(&mut self, code: Code, diagnostic: impl FnOnce() -> Diagnostic) {
        self.diagnostics.tell(code, diagnostic);
    }

    pub fn done(self) -> (Vec<Claim>, Vec<Diagnostic>) {
        (self.list, self.diagnostics.done(&self.text.source.shown))
    }
}

/// What the values of a list are called.
fn listed(fact: &Fact) -> Option<&'static str> {
    match fact {
        Fact::Service(_) => Some("services"),
        Fact::Tag(_) => Some("tags"),
        Fact::Author(_) => Some("authors"),
        Fact::Cause(_) => Some("causes"),
        Fact::Factor(_) => Some("factors"),
        Fact::Related(_) => Some("related incidents"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Code;
    use crate::infer::{Archive, read, vocabulary};
    use crate::source::SourceFile;

    #[test]
    fn a_list_has_a_limit_that_is_named() {
        let vocabulary = vocabulary(&crate::config::Config::default());
        let list = |n: usize| (0..n).map(|n| format!("s{n}")).collect::<Vec<_>>().join(", ");
        for (count, told) in [(500, 0), (501, 1), (5000, 1)] {
            for field in ["services", "tags", "authors", "aliases"] {
                let text = format!(
                    "---\ntitle: Disk full\ndate: 2024-01-02\n{field}: [{}]\n---\nIt failed.\n",
                    list(count)
                );
                let reading = read(&SourceFile::new("a.md", &text), &vocabulary, &Archive::default());
                let incident = &reading.incidents[0];
                let found = [
                    incident.services.len(),
                    incident.tags.len(),
                    incident.authors.len(),
                    incident.aliases.len(),
                ];
                assert_eq!(found.iter().sum::<usize>(), 500, "{field}");
                let many = reading
                    .diagnostics
                    .iter()
                    .filter(|d| d.code == Code::TooMany && d.message.contains(field));
                assert_eq!(many.count(), told, "{field}");
            }
        }
    }
}
