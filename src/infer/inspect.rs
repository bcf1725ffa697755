//! What is read from one file, value by value, for `casebook inspect`.

use crate::diagnostic::Diagnostic;
use crate::incident::claim::Claim;
use crate::incident::fields::FIELDS;
use crate::incident::values::{Value, claimed, values};
use crate::incident::{Incident, Origin};
use crate::infer::reuse::in_the_file;
use crate::infer::{Archive, EXTRACTORS, Known, Vocabulary, read_as, rules};
use crate::source::SourceFile;
use serde_json::json;
use std::cmp::{Ordering, Reverse};
use std::fmt::Write;

/// One file as read.
#[derive(Debug)]
pub struct Inspection {
    pub path: String,
    pub incidents: Vec<Incident>,
    /// What was claimed of each incident before the claims were weighed.
    claims: Vec<Vec<Claim>>,
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a file and keeps everything that was found.
pub fn inspect(source: &SourceFile, vocabulary: &Vocabulary, archive: &Archive) -> Inspection {
    let mut claims = Vec::new();
    let mut reading =
        read_as(source, vocabulary, archive, Known::Nothing, &mut |of_one| claims.push(of_one.to_vec()));
    in_the_file(source, &mut reading.diagnostics);
    Inspection {
        path: source.shown.clone(),
        incidents: reading.incidents,
        claims,
        diagnostics: reading.diagnostics,
    }
}

/// Fields that were looked for in an incident and not found.
pub fn missing(found: &[Value]) -> Vec<&'static str> {
    let sought = |name: &&str| EXTRACTORS.iter().any(|extractor| extractor.seeks.contains(name));
    FIELDS
        .iter()
        .map(|field| field.name)
        .filter(sought)
        .filter(|name| !found.iter().any(|value| value.field == *name))
        .collect()
}

/// A claim that lost against a value.
#[derive(Debug)]
struct Loser<'c> {
    text: String,
    claim: &'c Claim,
}

impl Loser<'_> {
    /// Why the value won, as the end of "…, which gives way because …".
    fn why(&self, value: &Value, winner: Option<&Claim>) -> String {
        let Some(winner) = winner else { return "it does not fit the other values".to_owned() };
        match self.claim.origin.cmp(&winner.origin).then(self.claim.strength.cmp(&winner.strength)) {
            Ordering::Greater => "it does not fit the other values".to_owned(),
            Ordering::Equal => "it comes later in the text".to_owned(),
            Ordering::Less if self.claim.origin < winner.origin => {
                format!("{} ranks below {}", origin(self.claim.origin), origin(value.origin))
            }
            Ordering::Less => format!("its rank is {}, not {}", self.claim.strength, winner.strength),
        }
    }
}

/// The claim that a value is.
fn winner<'c>(value: &Value, claims: &'c [Claim]) -> Option<&'c Claim> {
    let is_it = |claim: &&Claim| {
        (claim.line, claim.rule, claim.quote.as_str()) == (value.line, value.rule, value.quote.as_str())
            && claimed(&claim.fact).is_some_and(|(field, _)| field == value.field)
    };
    claims.iter().find(is_it)
}

/// What else was claimed of the field of `found[at]`, each text once, strongest first. Those of a list are at its
/// first value.
fn losers<'c>(found: &[Value], at: usize, claims: &'c [Claim]) -> Vec<Loser<'c>> {
    let field = found[at].field;
    if at > 0 && found[at - 1].field == field {
        return Vec::new();
    }
    let mut all: Vec<Loser<'c>> = claims
        .iter()
        .filter_map(|claim| Some((claimed(&claim.fact)?, claim)))
        .filter(|((of, _), _)| *of == field)
        .map(|((_, text), claim)| Loser { text, claim })
        .collect();
    all.sort_by_key(|loser| Reverse((loser.claim.origin, loser.claim.strength)));
    let mut seen: Vec<String> =
        found.iter().filter(|value| value.field == field).map(|value| value.text.to_lowercase()).collect();
    all.retain(|loser| {
        let text = loser.text.to_lowercase();
        let is_number = text.parse::<f64>().is_ok();
        // A time without its day, or a day without its time, is no other value.
        let is_same = |seen: &String| *seen == text || (!is_number && seen.contains(&text));
        let is_new = !seen.iter().any(is_same);
        seen.extend(is_new.then_some(text));
        is_new
    });
    all
}

/// So many of the claims that lost are shown to people.
const SHOWN_LOSERS: usize = 3;

/// For people: a line a value, with the line that it is on, its words, the rule, why it won, and what lost against it.
pub fn human(inspection: &Inspection) -> String {
    let mut out = String::new();
    for (incident, claims) in inspection.incidents.iter().zip(&inspection.claims) {
        let found = values(incident);
        if inspection.incidents.len() > 1 {
            let _ = writeln!(out, "Incident {} of {}\n", incident.nth, inspection.incidents.len());
        }
        let mut last = "";
        for (at, value) in found.iter().enumerate() {
            let name = if value.field == last { "" } else { value.field };
            last = value.field;
            let _ = writeln!(out, "{name:<24} {}", shortened(&value.text, 100));
            let _ = writeln!(out, "{:<24}   {}", "", evidence(value));
            let why = rules::why(value.rule);
            if !name.is_empty() && !why.is_empty() {
                let _ = writeln!(out, "{:<24}   because {why}", "");
            }
            won_over(&mut out, &losers(&found, at, claims), value, winner(value, claims));
        }
        let missing = missing(&found);
        if !missing.is_empty() {
            let _ = writeln!(out, "{:<24} {}", "not found", missing.join(", "));
        }
        out.push('\n');
    }
    out
}

fn won_over(out: &mut String, losers: &[Loser<'_>], value: &Value, winner: Option<&Claim>) {
    for loser in losers.iter().take(SHOWN_LOSERS) {
        let Claim { line, origin: of, quote, rule, .. } = loser.claim;
        let (text, quote) = (shortened(&loser.text, 60), shortened(quote, 60));
        let words =
            if quote == text || quote.is_empty() { String::new() } else { format!(", “{quote}”") };
        let (place, why) = (place(*line, *of), loser.why(value, winner));
        let _ =
            writeln!(out, "{:<24}   won over: {text} ({place}, {}, {rule}{words}): {why}", "", origin(*of));
    }
    if let Some(more) = losers.len().checked_sub(SHOWN_LOSERS).filter(|more| *more > 0) {
        let _ = writeln!(out, "{:<24}   won over: {more} more", "");
    }
}

fn place(line: u32, origin: Origin) -> String {
    match (line, origin) {
        (_, Origin::FileName) => "in the file's name".to_owned(),
        (0, _) => "not in the text".to_owned(),
        (line, _) => format!("line {line}"),
    }
}

fn evidence(value: &Value) -> String {
    let place = place(value.line, value.origin);
    let words = match value.quote.is_empty() || value.quote == value.text {
        true => String::new(),
        false => format!(", “{}”", shortened(&value.quote, 80)),
    };
    format!("{place}, {}, {}{words}", origin(value.origin), value.rule)
}

fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Derived => "derived",
        Origin::FileName => "file name",
        Origin::Prose => "prose",
        Origin::Field => "field",
        Origin::Section => "section",
        Origin::FrontMatter => "front matter",
    }
}

fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

/// For programs: one JSON object.
pub fn json(inspection: &Inspection) -> String {
    let incidents: Vec<serde_json::Value> = inspection
        .incidents
        .iter()
        .zip(&inspection.claims)
        .map(|(it, claims)| incident(it, claims))
        .collect();
    let skipped = inspection
        .incidents
        .is_empty()
        .then(|| inspection.diagnostics.first().map(|note| note.message.clone()))
        .flatten();
    let mut out = json!({ "file": inspection.path, "skipped": skipped, "incidents": incidents }).to_string();
    out.push('\n');
    out
}

fn incident(incident: &Incident, claims: &[Claim]) -> serde_json::Value {
    let found = values(incident);
    let missing = missing(&found);
    let values: Vec<serde_json::Value> = found
        .iter()
        .enumerate()
        .map(|(at, value)| {
            let won_over: Vec<serde_json::Value> = losers(&found, at, claims)
                .iter()
                .map(|loser| lost(loser, value, winner(value, claims)))
                .collect();
            json!({ "field": value.field, "value": value.text, "origin": value.origin, "line": value.line,
                    "quote": value.quote, "rule": value.rule, "why": rules::why(value.rule), "won_over": won_over })
        })
        .collect();
    json!({ "nth": incident.nth, "values": values, "not_found": missing })
}

fn lost(loser: &Loser<'_>, value: &Value, winner: Option<&Claim>) -> serde_json::Value {
    let Claim { origin, line, quote, rule, strength, .. } = loser.claim;
    json!({ "value": loser.text, "origin": origin, "line": line, "quote": quote, "rule": rule, "rank": strength,
            "why": loser.why(value, winner) })
}
