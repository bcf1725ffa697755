//! From claims to an incident: the strongest origin wins, and strong claims that
//! disagree become warnings that show both lines.

use super::claim::{Claim, Fact, OF_UNKNOWN_DAY};
use super::{Contradiction, Day, Incident, Known, Origin};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::SourceFile;
use jiff::civil::Date;
use std::cmp::Reverse;

/// Weighs claims against each other. Nothing is worked out here; [`super::derive`] fills the gaps.
pub fn settle(claims: &[Claim], source: &SourceFile) -> (Incident, Vec<Diagnostic>) {
    let mut claims: Vec<&Claim> = claims.iter().collect();
    claims.sort_by_key(|claim| Reverse((claim.origin, claim.strength)));
    let mut settling = Settling { claims, source, diagnostics: Vec::new(), contradictions: Vec::new() };
    let incident = settling.incident();
    let incident = Incident { contradictions: settling.contradictions, ..incident };
    (incident, settling.diagnostics)
}

/// The best claim of a kind, as a [`Known`].
macro_rules! best {
    ($settling:ident, $kind:ident) => {
        $settling.best(|fact| match fact {
            Fact::$kind(value) => Some(value.clone()),
            _ => None,
        })
    };
}

/// The same, and a warning when another strong claim disagrees.
macro_rules! agreed {
    ($settling:ident, $kind:ident, $noun:literal, $same:expr) => {
        $settling.agreed($noun, $same, |fact| match fact {
            Fact::$kind(value) => Some(value.clone()),
            _ => None,
        })
    };
}

/// All claims of a kind from the strongest origin that has any, in the order of the text.
macro_rules! all {
    ($settling:ident, $kind:ident) => {
        $settling.all(|fact| match fact {
            Fact::$kind(value) => Some(value.clone()),
            _ => None,
        })
    };
}

struct Settling<'s> {
    /// Strongest first.
    claims: Vec<&'s Claim>,
    source: &'s SourceFile,
    diagnostics: Vec<Diagnostic>,
    contradictions: Vec<Contradiction>,
}

impl Settling<'_> {
    fn incident(&mut self) -> Incident {
        let near = |a: &f64, b: &f64| (a - b).abs() <= (a.abs() * 0.02).max(1.0);
        let same_text = |a: &String, b: &String| a.eq_ignore_ascii_case(b);
        let date = agreed!(self, Date, "date", |a: &Day, b: &Day| a.iso().starts_with(&b.iso())
            || b.iso().starts_with(&a.iso()));
        self.keep_to(date.as_ref().and_then(|date| date.value.day.and_then(|_| date.value.first())));
        let (events, actions) = (all!(self, Event), all!(self, Action));
        Incident {
            timeline_origin: events.first().map(|known| known.origin),
            actions_origin: actions.first().map(|known| known.origin),
            title: best!(self, Title),
            summary: best!(self, Summary),
            date,
            start: agreed!(self, Start, "start", compatible),
            end: agreed!(self, End, "end", compatible),
            zone: best!(self, Zone),
            duration: agreed!(self, Duration, "duration", near),
            affected: agreed!(self, Affected, "affected share", near),
            severity: agreed!(self, Severity, "severity", same_text),
            status: best!(self, Status),
            kind: best!(self, Kind),
            organization: best!(self, Organization),
            services: distinct(all!(self, Service)),
            tags: distinct(all!(self, Tag)),
            authors: distinct(all!(self, Author)),
            causes: self.causes(),
            trigger: best!(self, Trigger),
            factors: distinct(all!(self, Factor)),
            root_cause: best!(self, RootCause),
            impact: best!(self, Impact),
            resolution: best!(self, Resolution),
            detection: best!(self, Detection),
            detected: best!(self, Detected),
            acknowledged: best!(self, Acknowledged),
            mitigated: best!(self, Mitigated),
            resolved: best!(self, Resolved),
            time_to_detect: best!(self, TimeToDetect),
            time_to_mitigate: best!(self, TimeToMitigate),
            time_to_resolve: best!(self, TimeToResolve),
            timeline: values(events),
            actions: values(actions),
            links: values(all!(self, Link)),
            related_typed: values(all!(self, Related)),
            updated: best!(self, Updated),
            ..Incident::default()
        }
    }

    /// The date is the day of the start: what tells of a start on another day, and of its end, is left out.
    fn keep_to(&mut self, day: Option<Date>) {
        let Some(day) = day else { return };
        let elsewhere = |claim: &Claim| match claim.fact {
            Fact::Start(moment) => {
                moment.date.is_some_and(|date| date != day) || claim.rule == OF_UNKNOWN_DAY
            }
            _ => false,
        };
        let others: Vec<(&str, u32)> = self
            .claims
            .iter()
            .filter(|claim| elsewhere(claim))
            .map(|claim| (claim.rule, claim.line))
            .collect();
        let ends =
            |claim: &Claim| matches!(claim.fact, Fact::End(_)) && others.contains(&(claim.rule, claim.line));
        self.claims.retain(|claim| !elsewhere(claim) && !ends(claim));
    }

    fn best<T>(&self, of: impl Fn(&Fact) -> Option<T>) -> Option<Known<T>> {
        self.claims.iter().find_map(|claim| of(&claim.fact).map(|value| claim.known(value)))
    }

    fn agreed<T: Clone>(
        &mut self,
        noun: &'static str,
        same: impl Fn(&T, &T) -> bool,
        of: impl Fn(&Fact) -> Option<T>,
    ) -> Option<Known<T>> {
        let mut of_kind = self.claims.iter().filter_map(|claim| of(&claim.fact).map(|value| (claim, value)));
        let (best, value) = of_kind.next()?;
        let strong = |claim: &Claim| {
            claim.origin >= Origin::Field && claim.line != 0 && claim.strength >= super::claim::PLAIN
        };
        let other =
            of_kind.find(|(claim, other)| strong(claim) && claim.line != best.line && !same(&value, other));
        let other = other.filter(|_| strong(best)).map(|(claim, _)| *claim);
        let diagnostic = other.map(|other| contradiction(noun, best, other, self.source));
        let place = |claim: &Claim| (claim.line, claim.quote.clone());
        let both = other.map(|other| Contradiction { noun, used: place(best), other: place(other) });
        let known = best.known(value);
        self.diagnostics.extend(diagnostic);
        self.contradictions.extend(both);
        Some(known)
    }

    fn all<T>(&self, of: impl Fn(&Fact) -> Option<T>) -> Vec<Known<T>> {
        let found: Vec<Known<T>> =
            self.claims.iter().filter_map(|claim| of(&claim.fact).map(|value| claim.known(value))).collect();
        let strongest = found.first().map(|known| known.origin);
        let mut all: Vec<Known<T>> =
            found.into_iter().filter(|known| Some(known.origin) == strongest).collect();
        all.sort_by_key(|known| known.span);
        all
    }

    /// Causes keep the order of their strength: the primary one first.
    fn causes(&self) -> Vec<Known<super::Cause>> {
        let mut causes: Vec<Known<super::Cause>> = Vec::new();
        let mut strongest = None;
        for claim in &self.claims {
            let Fact::Cause(cause) = &claim.fact else { continue };
            let taken = causes.iter().any(|known| known.value.slug == cause.slug);
            if *strongest.get_or_insert(claim.origin) != Origin::FrontMatter
                || claim.origin == Origin::FrontMatter
            {
                causes.extend((!taken).then(|| claim.known(cause.clone())));
            }
        }
        causes.retain(|known| known.value.slug != super::causes::UNKNOWN);
        causes
    }
}

/// Whether two moments can be the same: what both know is equal.
fn compatible(a: &super::Moment, b: &super::Moment) -> bool {
    let same_day = a.date.is_none() || b.date.is_none() || a.date == b.date;
    let minute = |m: &super::Moment| m.time.map(|time| (time.hour(), time.minute()));
    same_day && (a.time.is_none() || b.time.is_none() || minute(a) == minute(b))
}

fn contradiction(noun: &str, best: &Claim, other: &Claim, source: &SourceFile) -> Diagnostic {
    Diagnostic::new(Code::Contradiction, format!("two places give the {noun} differently"))
        .at(&source.shown, &source.text, best.span)
        .label("this one is used")
        .also(&source.shown, &source.text, other.span, "this one says otherwise")
}

fn distinct(list: Vec<Known<String>>) -> Vec<Known<String>> {
    let mut seen = std::collections::HashSet::new();
    list.into_iter().filter(|known| seen.insert(known.value.to_lowercase())).collect()
}

fn values<T>(list: Vec<Known<T>>) -> Vec<T> {
    list.into_iter().map(|known| known.value).collect()
}
