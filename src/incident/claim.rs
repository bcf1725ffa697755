//! What one place of a document says, before it is weighed against the others.

use super::{Action, Cause, Day, Event, Known, Link, Moment, Origin};
use crate::diagnostic::Span;

/// One fact of an incident.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    Title(String),
    Summary(String),
    Date(Day),
    Start(Moment),
    End(Moment),
    Zone(String),
    /// Minutes.
    Duration(f64),
    /// Percent.
    Affected(f64),
    Severity(String),
    Status(String),
    Kind(String),
    Organization(String),
    Service(String),
    Tag(String),
    Author(String),
    Cause(Cause),
    Trigger(String),
    Factor(String),
    RootCause(String),
    Impact(String),
    Resolution(String),
    Detection(String),
    Detected(Moment),
    Acknowledged(Moment),
    Mitigated(Moment),
    Resolved(Moment),
    /// Minutes from the start, as are the next two.
    TimeToDetect(f64),
    TimeToMitigate(f64),
    TimeToResolve(f64),
    Event(Event),
    Action(Action),
    Link(Link),
    Related(String),
    Updated(Day),
}

/// A fact and where it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    pub fact: Fact,
    pub origin: Origin,
    /// Among claims of one origin the larger wins, then the earlier in the text.
    pub strength: u8,
    pub span: Span,
    /// 1-based; 0 when the words stand in no text.
    pub line: u32,
    /// The words, without markup.
    pub quote: String,
    /// The stable name of the rule that read them.
    pub rule: &'static str,
}

/// The rule of a time beside which a day is written that nothing can tell: it is of no other day.
pub const OF_UNKNOWN_DAY: &str = "time-of-unknown-day";

/// The strength of a claim that nothing speaks for or against.
pub const PLAIN: u8 = 100;

impl Claim {
    /// The same claim, to be preferred less or more than others of its origin.
    pub fn strength(mut self, strength: u8) -> Claim {
        self.strength = strength;
        self
    }

    /// A value with this claim's evidence.
    pub fn known<T>(&self, value: T) -> Known<T> {
        Known {
            value,
            origin: self.origin,
            span: self.span,
            line: self.line,
            quote: self.quote.clone(),
            rule: self.rule,
        }
    }
}
