//! Front matter as an extractor: the strongest, and otherwise one like the others.

pub mod unused;
pub mod values;

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::document::{Document, Entry, Label, scalar};
use crate::incident::claim::{Claim, Fact};
use crate::incident::derive::is_zone;
use crate::incident::{Cause, Day, Event, Incident, Link, Moment, Origin};
use crate::infer::claims::{Claims, MOST_VALUES};
use crate::infer::context::text::Text;
use crate::infer::context::text::is_placeholder;
use crate::infer::context::typed_date::TypedDate;
use crate::infer::context::vocabulary::Vocabulary;
use crate::infer::extract::cause::typed::{self, Typed};
use crate::infer::extract::front_matter::values::{
    ACTION, EVENT, action, is_text_or_has, joined, list, moment_and_text, texts,
};
use crate::infer::extract::title;
use crate::infer::extractor::{Extractor, no_phrases};
use crate::infer::rank;
use crate::language::{At, Times, duration_field};
use serde_json::Value;

pub const EXTRACTOR: Extractor = Extractor { name: "front-matter", seeks: &[], phrases: no_phrases, read };

fn read(text: &Text<'_>, claims: &mut Claims<'_>) {
    for entry in &text.document.front_matter.entries {
        let label = text.vocabulary.labels.front_matter(&entry.key);
        match label {
            Some(label) => Reader { text, claims, entry, label }.field(),
            None => unknown(text, claims, entry),
        }
    }
}

/// A key that nobody knows is kept; one that is nearly known gets a note.
fn unknown(text: &Text<'_>, claims: &mut Claims<'_>, entry: &Entry) {
    let close = crate::diagnostic::nearest(&entry.key, text.vocabulary.labels.names())
        .filter(|_| entry.key.len() > 3);
    let Some(name) = close else { return };
    let (source, key) = (text.source, &entry.key);
    claims.report(Code::FrontMatterKey, || {
        Diagnostic::new(
            Code::FrontMatterKey,
            format!("`{key}` is no key that casebook knows; it is kept under `extra`"),
        )
        .at(&source.shown, &source.text, entry.span)
        .help(format!("did you mean `{name}`?"))
    });
}

/// One known key being read.
struct Reader<'r, 'a> {
    text: &'r Text<'r>,
    claims: &'r mut Claims<'a>,
    entry: &'r Entry,
    label: Label,
}

impl Reader<'_, '_> {
    fn field(&mut self) {
        if self.entry.value.is_null() {
            return;
        }
        match self.label {
            Label::Title => self.title(),
            Label::Summary => self.text(Fact::Summary),
            Label::Severity => self.text(Fact::Severity),
            Label::Status => self.text(Fact::Status),
            Label::Kind => self.text(Fact::Kind),
            Label::Organization => self.text(Fact::Organization),
            Label::Zone => self.zone(),
            Label::Trigger => self.text(Fact::Trigger),
            Label::Impact => self.text(Fact::Impact),
            Label::Resolution => self.text(Fact::Resolution),
            Label::Detection => self.text(Fact::Detection),
            Label::Services => self.list(Fact::Service),
            Label::Tags => self.list(Fact::Tag),
            Label::Authors => self.people(),
            Label::Factors => self.list(Fact::Factor),
            Label::Related => self.list(Fact::Related),
            Label::Cause => self.causes(),
            Label::RootCause => self.root_cause(),
            Label::Date => self.day(Fact::Date),
            Label::Updated => self.day(Fact::Updated),
            Label::Start => self.moment(Fact::Start),
            Label::End if self.entry.value.is_boolean() => self.resolved(),
            Label::End => self.moment(Fact::End),
            Label::Detected => self.moment(Fact::Detected),
            Label::Acknowledged => self.moment(Fact::Acknowledged),
            Label::Mitigated => self.moment(Fact::Mitigated),
            Label::Duration => self.minutes(Fact::Duration),
            Label::TimeToDetect => self.minutes(Fact::TimeToDetect),
            Label::TimeToMitigate => self.minutes(Fact::TimeToMitigate),
            Label::TimeToResolve => self.minutes(Fact::TimeToResolve),
            Label::Affected => self.percent(),
            Label::Links => self.links(),
            Label::Actions => self.actions(),
            Label::Timeline => self.timeline(),
            Label::Aliases => self.aliases(),
            _ => {}
        }
    }

    /// Aliases are no facts, but each has a page.
    fn aliases(&mut self) {
        if texts(self.entry).len() > MOST_VALUES {
            let message = format!("more than {MOST_VALUES} aliases are given; the rest is left out");
            self.claims.diagnose(Code::TooMany, message, self.entry.span, "they are given here");
        }
    }

    fn claim(&mut self, fact: Fact, quote: String) {
        self.claim_at(self.entry.span, fact, quote);
    }

    fn claim_at(&mut self, span: Span, fact: Fact, quote: String) {
        self.claims.at(fact, Origin::FrontMatter, "front-matter", span, quote);
    }

    /// An error at the key's line: the author meant a value, and it cannot be read.
    fn unreadable(&mut self, expected: &str) {
        let found = match &self.entry.value {
            Value::String(text) => format!("`{}`", text.lines().next().unwrap_or_default()),
            other => crate::document::value_kind(other).to_owned(),
        };
        self.cannot_be_read(expected, &found);
    }

    fn cannot_be_read(&mut self, expected: &str, found: &str) {
        let message = format!("`{}` cannot be read", self.entry.key);
        self.claims.diagnose(
            Code::FrontMatterValue,
            message,
            self.entry.span,
            format!("expected {expected}, found {found}"),
        );
    }

    /// The value as one text. Placeholders are noted and count as missing.
    fn scalar(&mut self) -> Option<String> {
        match scalar(&self.entry.value) {
            None => {
                self.unreadable("text");
                None
            }
            Some(text) if is_placeholder(&text) => {
                if !text.trim().is_empty() {
                    let message = format!("`{}` holds a placeholder and counts as missing", self.entry.key);
                    self.claims.diagnose(
                        Code::Placeholder,
                        message,
                        self.entry.span,
                        "write the value, or leave the key out",
                    );
                }
                None
            }
            Some(text) => Some(text.trim().to_owned()),
        }
    }

    fn text(&mut self, fact: fn(String) -> Fact) {
        if let Some(joined) = joined(&self.entry.value) {
            return self.claim(fact(joined.clone()), joined);
        }
        if let Some(text) = self.scalar() {
            self.claim(fact(text.clone()), text);
        }
    }

    /// A generic title counts as none.
    fn title(&mut self) {
        let Some(title) = scalar(&self.entry.value).filter(|title| !is_placeholder(title)) else {
            return self.text(Fact::Title);
        };
        if !title::is_generic(&title) {
            self.claim(Fact::Title(title::clean(&title)), title.trim().to_owned());
        }
    }

    fn list(&mut self, fact: fn(String) -> Fact) {
        self.want(|item| is_text_or_has(item, &["name"]), "a text or a list of texts");
        let all = match self.is_parted_by_spaces() {
            true => {
                texts(self.entry).iter().flat_map(|text| text.split_whitespace()).map(str::to_owned).collect()
            }
            false => texts(self.entry),
        };
        for text in all.into_iter().filter(|text| !is_placeholder(text)) {
            self.claim(fact(text.clone()), text);
        }
    }

    /// `tags: dns outage eu` of a Jekyll post is three tags.
    fn is_parted_by_spaces(&self) -> bool {
        let is_post = || self.text.document.front_matter.entries.iter().any(|entry| entry.key == "layout");
        self.label == Label::Tags
            && self.entry.value.as_str().is_some_and(|tags| !tags.contains(','))
            && is_post()
    }

    /// Reports when something in the list is not what it should be.
    fn want(&mut self, fits: fn(&Value) -> bool, expected: &str) {
        let misfit = list(&self.entry.value).iter().find(|item| !item.is_null() && !fits(item));
        let Some(kind) = misfit.map(crate::document::value_kind) else { return };
        let found = if self.entry.value.is_array() { format!("{kind} in it") } else { kind.to_owned() };
        self.cannot_be_read(expected, &found);
    }

    /// `Ada Key ([@ada](https://example.org/@ada))`: the name, without links and what stands in brackets.
    fn people(&mut self) {
        self.want(|item| is_text_or_has(item, &["name"]), "a name or a list of names");
        for text in texts(self.entry).into_iter().filter(|text| !is_placeholder(text)) {
            let name = text.split(" (").next().filter(|name| text.contains("](") && !name.trim().is_empty());
            self.claim(Fact::Author(name.unwrap_or(&text).trim().to_owned()), text.clone());
        }
    }

    fn causes(&mut self) {
        self.want(|item| is_text_or_has(item, &["name"]), "a cause or a list of causes");
        let categories = typed::is_category(&self.entry.key);
        for name in texts(self.entry).into_iter().filter(|name| !is_placeholder(name)) {
            if categories && !typed::is_cause(&name, self.text) {
                self.claim(Fact::Tag(name.clone()), name);
                continue;
            }
            match typed::typed(&name, self.text.vocabulary) {
                Typed::Known(cause) => self.claim(Fact::Cause(cause), name),
                Typed::Own(cause) => {
                    self.own_cause(&name, &cause);
                    self.claim(Fact::Cause(cause), name);
                }
                Typed::Nothing => {}
            }
        }
    }

    fn own_cause(&mut self, name: &str, cause: &Cause) {
        let (text, span) = (self.text, self.entry.span);
        self.claims.report(Code::CauseName, || {
            let message = format!("`{name}` is no cause that casebook knows; it becomes one of its own");
            let note =
                Diagnostic::new(Code::CauseName, message).at(&text.source.shown, &text.source.text, span);
            match typed::nearest(name, text.vocabulary) {
                Some(near) => note.help(format!("the nearest known one is `{near}`")),
                None => note.help(typed::definition(cause)),
            }
        });
    }

    /// `root_cause` may hold a cause's name or a sentence.
    fn root_cause(&mut self) {
        let names = texts(self.entry);
        let short = names.iter().all(|name| name.split_whitespace().count() <= 3);
        match names.first().map(|name| typed::typed(name, self.text.vocabulary)) {
            Some(Typed::Known(_)) if short => self.causes(),
            _ => self.text(Fact::RootCause),
        }
    }

    fn day(&mut self, fact: fn(Day) -> Fact) {
        let Some(text) = self.scalar() else { return };
        let times = values::times(&text);
        let found = times.dates.first().and_then(|found| self.text.hints.day(found.value));
        let Some(day) = found else { return self.unreadable("a date such as `2023-05-10`") };
        let typed = TypedDate::of(self.text.document, &times);
        if self.label != Label::Date {
            return self.claim(fact(day), text);
        }
        self.claims.at(fact(day), Origin::FrontMatter, typed.rule(), self.entry.span, text.clone());
        let time = times.clocks.first().and_then(|clock| clock.value.time());
        if let (TypedDate::Start, Some(time)) = (typed, time) {
            self.zone_of(&times);
            let date = day.day.and_then(|_| day.first());
            self.claim(Fact::Start(Moment { date, time: Some(time) }), text);
        }
    }

    /// `resolved: true` gives a status, and no time.
    fn resolved(&mut self) {
        if self.entry.value == Value::Bool(true) {
            self.claim(Fact::Status("resolved".to_owned()), "true".to_owned());
        }
    }

    fn moment(&mut self, fact: fn(Moment) -> Fact) {
        let Some(text) = self.scalar() else { return };
        let times = values::times(&text);
        let date = times.dates.first().and_then(|found| self.text.hints.resolve(found.value));
        let time = times.clocks.iter().find_map(|clock| clock.value.time());
        let impossible = times.clocks.iter().any(|clock| clock.value.at == At::Impossible);
        if (date.is_none() && time.is_none()) || impossible {
            return self.unreadable("a day and a time such as `2023-05-10 13:00`");
        }
        self.zone_of(&times);
        if let (Label::Start, Some(date)) = (self.label, date) {
            // The day of the start is the incident's, whatever `date` says.
            let (fact, span) = (Fact::Date(date.into()), self.entry.span);
            self.claims.at_weighed(
                fact,
                Origin::FrontMatter,
                "front-matter",
                span,
                text.clone(),
                rank::TYPED,
            );
        }
        self.claim(fact(Moment { date, time }), text);
    }

    /// A zone as it is typed. One that nobody knows is shown, and gives no time its UTC.
    fn zone(&mut self) {
        let Some(name) = self.scalar() else { return };
        if !is_zone(&name) {
            let label = "expected one such as `UTC`, `CET`, `+02:00` or `Europe/Paris`";
            let message = format!("`{name}` is no zone that is known, so no time has its UTC");
            self.claims.diagnose(Code::ImpossibleZone, message, self.entry.span, label);
        }
        self.claim(Fact::Zone(name.clone()), name);
    }

    fn zone_of(&mut self, times: &Times) {
        let beside = times.clocks.iter().find_map(|clock| clock.value.zone.as_ref());
        if let Some(zone) = beside.or(times.zones.first()) {
            let name = if zone.value.name == "Z" { "UTC" } else { &zone.value.name };
            self.claim(Fact::Zone(name.to_owned()), zone.value.name.clone());
        }
    }

    fn minutes(&mut self, fact: fn(f64) -> Fact) {
        let Some(text) = self.scalar() else { return };
        match duration_field(&text).filter(|found| found.minutes.is_finite() && found.minutes >= 0.0) {
            Some(found) => self.claim(fact(found.minutes), text),
            None => self.unreadable("a length of time such as `90 minutes`"),
        }
    }

    fn percent(&mut self) {
        let Some(text) = self.scalar() else { return };
        let share = crate::language::read::percent::shares(&text).first().map(|found| found.value.percent);
        let number = share.or_else(|| text.parse().ok()).filter(|percent| (0.0..=100.0).contains(percent));
        match number {
            Some(percent) => self.claim(Fact::Affected(percent), text),
            None if share.is_some() => self.unreadable("a share from 0 to 100 %"),
            None => {}
        }
    }

    fn links(&mut self) {
        for item in list(&self.entry.value) {
            let link = match item {
                Value::Object(map) => {
                    let get = |names: &[&str]| names.iter().find_map(|name| map.get(*name).and_then(scalar));
                    get(&["url", "href", "link"]).map(|url| Link {
                        text: get(&["title", "text", "name"]).unwrap_or_else(|| url.clone()),
                        url,
                    })
                }
                other => {
                    scalar(other).filter(|url| url.contains("://")).map(|url| Link { text: url.clone(), url })
                }
            };
            if let Some(link) = link {
                let quote = link.url.clone();
                self.claim(Fact::Link(link), quote);
            }
        }
    }

    fn actions(&mut self) {
        self.want(
            |item| is_text_or_has(item, ACTION),
            "a list of texts, or of `{text, owner, due, ticket, done}`",
        );
        let span = self.entry.span;
        for item in list(&self.entry.value) {
            let line = self.text.document.line(span.start as usize);
            let Some(action) = action(item, line, span) else { continue };
            let quote = action.text.clone();
            self.claim_at(span, Fact::Action(action), quote);
        }
    }

    fn timeline(&mut self) {
        self.want(|item| is_text_or_has(item, EVENT), "a list of `{time, text}`");
        let span = self.entry.span;
        for item in list(&self.entry.value) {
            let line = self.text.document.line(span.start as usize);
            let (when, Some(what)) = moment_and_text(item) else { continue };
            let times = values::times(&when.unwrap_or_default());
            let date = times.dates.first().and_then(|found| self.text.hints.resolve(found.value));
            let at = Moment { date, time: times.clocks.first().and_then(|clock| clock.value.time()) };
            let event = Event { at, text: what.clone(), line, span, minutes: None, phase: None };
            self.claim_at(span, Fact::Event(event), what);
        }
    }
}

/// The entry whose key means `label`.
pub fn entry<'d>(document: &'d Document, vocabulary: &Vocabulary, label: Label) -> Option<&'d Entry> {
    document
        .front_matter
        .entries
        .iter()
        .find(|entry| vocabulary.labels.front_matter(&entry.key) == Some(label))
}

/// Names of warnings that the author silences for this document.
pub fn silenced(text: &Text<'_>) -> Vec<String> {
    entry(text.document, text.vocabulary, Label::Silence).map(texts).unwrap_or_default()
}

/// Whether a claim of front matter can be about one incident only.
pub fn is_about_one(claim: &Claim) -> bool {
    let one = matches!(
        claim.fact,
        Fact::Title(_) | Fact::Summary(_) | Fact::Date(_) | Fact::Start(_) | Fact::End(_) | Fact::Duration(_)
    );
    claim.origin == Origin::FrontMatter && one
}

/// The same of a key.
fn is_about_one_label(label: Label) -> bool {
    matches!(label, Label::Title | Label::Summary | Label::Date | Label::Start | Label::End | Label::Duration)
}

/// What is typed and no fact: aliases, and all keys that nobody knows.
pub fn complete(text: &Text<'_>, incident: &mut Incident) {
    for entry in &text.document.front_matter.entries {
        match text.vocabulary.labels.front_matter(&entry.key) {
            Some(Label::Aliases) => incident.aliases = texts(entry).into_iter().take(MOST_VALUES).collect(),
            Some(label) if !is_kept_as_typed(label, entry) => {}
            // Keys that were set apart as further ones are further ones.
            None if entry.key == "extra" && entry.value.is_object() => {
                let keys = entry.value.as_object().into_iter().flatten();
                incident.extra.extend(keys.map(|(key, value)| (key.clone(), value.clone())));
            }
            _ => {
                incident.extra.insert(entry.key.clone(), entry.value.clone());
            }
        }
    }
}

/// Whether a known key is no field of an incident: it is shown and exported as it was typed.
fn is_kept_as_typed(label: Label, entry: &Entry) -> bool {
    use Label::{
        Audience, Background, DocumentDate, Id, Internal, Lessons, MeetingDate, Other, Owner, Page,
        Participants, Period, Public, Story, Visibility,
    };
    let of_the_text = matches!(
        label,
        Id | DocumentDate | MeetingDate | Period | Page | Other | Visibility | Public | Internal
    );
    let told = matches!(label, Audience | Lessons | Participants | Owner | Background | Story);
    of_the_text || told || label == Label::Incident && !entry.value.is_boolean()
}
