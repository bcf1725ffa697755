//! What extractors hand in.

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::incident::Origin;
use crate::incident::claim::{Claim, Fact, PLAIN};
use crate::infer::context::text::Text;
use std::ops::Range;

/// Claims about one incident, and complaints about what could not be claimed.
#[derive(Debug)]
pub struct Claims<'a> {
    text: &'a Text<'a>,
    list: Vec<Claim>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Claims<'a> {
    pub fn new(text: &'a Text<'a>) -> Claims<'a> {
        Claims { text, list: Vec::new(), diagnostics: Vec::new() }
    }

    /// Claims what the words at `range` of block `block` say.
    pub fn add(&mut self, fact: Fact, origin: Origin, rule: &'static str, block: usize, range: Range<usize>) {
        self.weighed(fact, origin, rule, block, range, PLAIN);
    }

    /// The same, to be preferred less or more than others of its origin.
    pub fn weighed(&mut self, fact: Fact, origin: Origin, rule: &'static str, block: usize, range: Range<usize>, strength: u8) {
        let (span, line, quote) = self.text.evidence(block, range);
        self.list.push(Claim { fact, origin, strength, span, line, quote, rule });
    }

    /// Claims something that stands at `span` of the source, outside of any block.
    pub fn at(&mut self, fact: Fact, origin: Origin, rule: &'static str, span: Span, quote: String) {
        let line = self.text.document.line(span.start as usize);
        self.list.push(Claim { fact, origin, strength: PLAIN, span, line, quote, rule });
    }

    /// The same, to be preferred less or more than others of its origin.
    pub fn at_weighed(&mut self, fact: Fact, origin: Origin, rule: &'static str, span: Span, quote: String, strength: u8) {
        let line = self.text.document.line(span.start as usize);
        self.list.push(Claim { fact, origin, strength, span, line, quote, rule });
    }

    /// Claims something that stands in no text, such as a date in the file's name.
    pub fn nowhere(&mut self, fact: Fact, origin: Origin, rule: &'static str, quote: String) {
        self.list.push(Claim { fact, origin, strength: PLAIN, span: Span::default(), line: 0, quote, rule });
    }

    /// What was claimed so far.
    pub fn list(&self) -> &[Claim] {
        &self.list
    }

    /// Complains about words of the source.
    pub fn complain(&mut self, code: Code, message: impl Into<String>, span: Span, label: impl Into<String>) {
        let source = self.text.source;
        self.diagnostics.push(Diagnostic::new(code, message).at(&source.shown, &source.text, span).label(label));
    }

    /// Adds a complaint that is already complete.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    pub fn done(self) -> (Vec<Claim>, Vec<Diagnostic>) {
        (self.list, self.diagnostics)
    }
}
