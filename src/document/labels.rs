//! What labels announce: every name under which a field or a section is known,
//! one row a name. Headings, `Label:` lines, table cells and front-matter keys
//! are all looked up here.

use crate::document::heading::{by_word, question};
use crate::document::plain_letters::plain;
use crate::document::telling::Telling;
use crate::language::locale::locales;
use hashbrown::HashMap;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Where a name counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Everywhere,
    /// Only as a key of front matter; in prose the word means too many things.
    FrontMatter,
    /// Only in the text: in front matter the key means something else.
    Text,
}

macro_rules! labels {
    ($($label:ident $scope:ident $name:literal: $($alias:literal)*;)*) => {
        const ROWS: &[(Label, Scope, &str, &[&str])] = &[$((Label::$label, Scope::$scope, $name, &[$($alias),*])),*];
    };
}

/// What a label announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    Id,
    Slug,
    Aliases,
    Draft,
    /// Whether it is published at all, the other way round than a draft.
    Publish,
    /// For whom it is: `public`, or a word for those inside.
    Visibility,
    /// `public: true`.
    Public,
    /// `internal: true` and its like.
    Internal,
    /// For whom it was written, in words of any kind.
    Audience,
    /// Whether it is an incident, when the author says so.
    Incident,
    Silence,
    Title,
    Date,
    /// When something was published, written or last changed; not the incident.
    DocumentDate,
    Updated,
    /// A review or retrospective; not the incident.
    MeetingDate,
    /// A day and times together.
    Period,
    Start,
    Detected,
    Acknowledged,
    Mitigated,
    End,
    Duration,
    TimeToDetect,
    TimeToMitigate,
    TimeToResolve,
    Zone,
    Severity,
    Status,
    Kind,
    Summary,
    Impact,
    Affected,
    Services,
    Organization,
    /// A category, typed.
    Cause,
    /// What broke, told in words.
    RootCause,
    Factors,
    Trigger,
    Detection,
    Resolution,
    Timeline,
    Actions,
    Lessons,
    Authors,
    Participants,
    Owner,
    Tags,
    Links,
    Related,
    Background,
    /// False leads, escalation and the like: known, and no field of an incident.
    Story,
    /// Keys of site generators, kept under `extra` without remark.
    Page,
    /// A label that no table knows.
    Other,
}

labels! {
    Id Everywhere "id": "uuid" "incident id" "incident number" "tracking id" "postmortem id" "guid" "incident reference";
    Slug FrontMatter "slug": "permalink";
    Aliases FrontMatter "aliases": "redirect_from" "redirects";
    Draft FrontMatter "draft": ;
    Publish FrontMatter "publish": ;
    Visibility FrontMatter "visibility": ;
    Public FrontMatter "public": ;
    Internal FrontMatter "internal": "private" "confidential" "restricted";
    Audience FrontMatter "audience": ;
    Incident FrontMatter "incident": ;
    Silence FrontMatter "silence": "casebook_silence";
    Title Everywhere "title": "incident title" "postmortem title" "incident name";
    Title FrontMatter "name": "message" "headline" "heading";
    Date Everywhere "date": "incident date" "date of incident" "date of the incident" "outage date" "date of outage" "occurred on" "day" "event date"
        "date of occurrence";
    DocumentDate Everywhere "published": "published at" "source published at" "created" "created at" "posted" "posted on" "date posted" "date created" "report date"
        "date of report" "written on" "date written" "fetched at" "source fetched at" "date of publication" "publication date" "last reviewed on";
    Updated Everywhere "updated": "updated at" "last modified" "last updated" "modified" "lastmod" "last update";
    MeetingDate Everywhere "meeting date": "retro held" "postmortem date" "date of postmortem" "post mortem date" "review date" "retro date" "meeting"
        "postmortem meeting" "review meeting" "follow up meeting" "retrospective held" "date of post mortem" "next review" "blameless review";
    Period Everywhere "time": "when" "incident time" "outage time" "time of incident" "time of the incident" "period" "outage window" "incident window" "incident date and duration" "date and duration" "date and time" "incident date and time" "dates and times" "duration and time" "time and duration" "start and end" "when did it happen" "when did this happen"
        "date time" "date and time" "time period" "time frame" "timeframe" "window" "impact window" "incident period" "outage period";
    Start Everywhere "start": "start time" "started at" "started" "start date" "start date time" "start date and time" "began" "began at" "impact start" "outage begins"
        "outage began" "outage start" "incident start" "incident start time" "opportunity start" "time started" "start of incident" "start of outage" "incident from" "incident began"
        "fault occurs" "fault occurred" "issue start" "outage start time" "start of impact" "impact start time" "outage started" "incident started" "time of occurrence" "occurred at";
    Start FrontMatter "from": ;
    Detected Everywhere "detected": "detected at" "detect time" "detection time" "detection timestamp" "reported at" "time detected" "first detected" "date detected"
        "when was the issue detected" "time of detection" "first reported" "issue detected" "incident declared" "alerted at";
    Acknowledged Everywhere "acknowledged": "acknowledged at" "respond time" "response started" "declared at" "acknowledgement time" "time acknowledged" "ack time";
    Mitigated Everywhere "mitigated": "mitigated at" "mitigation time" "stable at" "status time" "contained" "repaired" "time mitigated" "mitigation timestamp";
    End Everywhere "end": "end time" "ended" "ended at" "end date" "end date time" "end date and time" "resolved" "resolved at" "resolved when" "resolve time" "resolution time"
        "closed at" "outage ends" "outage ended" "outage end" "impact end" "incident end" "incident end time" "incident till" "incident until" "incident to" "end of incident" "end of outage"
        "time resolved" "time of resolution" "restored" "restored at" "service restored" "fin" "outage end time" "impact end time" "end of impact" "incident ended" "incident resolved";
    End FrontMatter "until": "to" "till";
    Duration Everywhere "duration": "outage duration" "impact duration" "total downtime" "downtime" "length" "duration of outage" "duration of the outage" "incident duration"
        "duration of incident" "duration of the incident" "total duration" "duration of the interruption" "duration of impact" "how long" "outage length" "total outage duration" "total outage time" "time of outage"
        "duration of issue" "duration of the issue" "duration of downtime" "length of outage" "issue duration" "service disruption duration" "disruption duration" "total time";
    TimeToDetect Everywhere "time to detect": "time to detection" "ttd" "mttd" "detection delay" "minutes to detect";
    TimeToMitigate Everywhere "time to mitigate": "time to mitigation" "ttm" "mttm" "time to repair" "minutes to mitigate";
    TimeToResolve Everywhere "time to resolve": "time to recover" "time to recovery" "time to restore" "ttr" "mttr" "fix time" "time to resolution" "time to fix" "time to restoration" "minutes to resolve";
    Zone Everywhere "timezone": "time zone" "tz";
    Zone FrontMatter "zone": ;
    Severity Everywhere "severity": "sev" "severity level" "incident severity" "priority" "incident priority" "impact level" "priority level";
    Status Everywhere "status": "document status" "report status" "state" "review status" "incident status" "incident state" "doc status";
    Kind Everywhere "kind": "incident type" "type of incident" "category of event";
    Kind FrontMatter "type": ;
    Summary Everywhere "summary": "tldr" "tl;dr" "executive summary" "exec summary" "issue summary" "incident summary" "overview" "abstract" "brief" "description" "what happened"
        "public summary" "summary of issues" "summary of issue" "summary of the issue" "summary of the incident" "incident overview" "problem summary" "outage summary" "problem statement" "outage description" "issue overview"
        "introduction" "incident description" "the incident" "problem description" "issue description" "brief summary" "synopsis" "the problem" "the issue" "problem" ;
    Summary FrontMatter "excerpt": ;
    Impact Everywhere "impact": "customer impact" "user impact" "end user impact" "business impact" "infrastructure impact" "blast radius" "scope" "who was affected" "impact symptom"
        "what was the impact" "user experience" "impact on users" "impact of the outage" "impact assessment" "scope of impact" "impact analysis" "outage impact" "incident impact" "impact summary" "effect" "effects" "loss" "impact on customers" "consequences";
    Affected Everywhere "affected users": "users affected" "percentage of users affected" "affected percent" "affected percentage" "percent affected" "customers affected" "affected customers" "impacted users" "users impacted" "percentage affected";
    Services Everywhere "services": "service" "affected services" "affected systems" "affected components" "services affected" "services impacted" "impacted services" "impacted systems" "components" "component"
        "affected service" "service affected" "affected system" "systems affected" "system" "subsystem" "product" "products" "involved" "service name" "affected" "affected products" "components affected" "affected platforms" "systems involved" "affected areas" "affects services";
    Services FrontMatter "protocol": "functionalities";
    Organization Everywhere "organization": "company" "organisation" "vendor" "entreprise" "empresa";
    Organization FrontMatter "team": "owner team" "teams" "group" "org";
    Cause FrontMatter "cause": "causes" "category" "categories" "incident cause" "problem type" "cause category" "root cause category" "cause type";
    Cause Text "category": "root cause category" "cause category" "categorie" "problem type";
    RootCause Everywhere "root cause": "root causes" "rca" "root cause analysis" "what went wrong and why" "underlying issue" "fault" "the bug" "reason" "main cause"
        "root cause and resolution" "root cause and solution" "root cause and fix" "root cause and recovery" "cause and resolution" "analysis of causes" "analysis" "what was the root cause" "the root cause" "why it happened" "why did it happen" "details of issue" "details of the issue"
        "details of vulnerability" "root cause identification" "root cause of the issue" "underlying cause" "primary cause" "what caused the outage" "what went wrong technically" "technical details" "diagnosis" "cause analysis" "root cause explanation" "cause of the outage" "cause of outage" "what was the cause" "root cause detail" "details of the vulnerability" "root cause resolution" "technical analysis" "what caused the issue" "what caused it";
    RootCause Text "cause": "causes";
    Factors Everywhere "contributing factors": "contributing conditions" "contributors" "process breakdowns" "proximate causes" "contributing conditions analysis" "contributing causes" "factors" "contributory factors" "contributing factor";
    Trigger Everywhere "trigger": "triggers" "triggering event" "what caused the incident" "leadup" "lead up";
    Detection Everywhere "detection": "how we noticed" "detection method" "detected by" "incident detected by" "how was it detected" "discovering" "notification" "how was the issue detected" "identified" "discovery" "how was it discovered" "how detected" "how we found out" "issue detection" "detection and escalation" "how it was detected" "method of detection" "how did we detect it";
    Resolution Everywhere "resolution": "what fixed it" "resolution and recovery" "recovery" "mitigation" "mitigation and resolution" "remediation" "response" "how did we respond" "fix" "workaround" "mitigators" "solution" "resolutions"
        "resolution steps" "how it was resolved" "how was it resolved" "how the incident was resolved" "the fix" "correction" "details of fix" "the resolution" "incident resolution" "resolution details" "fix applied" "immediate fix" "immediate fixes" "short term fix" "final resolution" "stabilization steps" "temporary fix" "immediate resolution" "resolution of the issue" "solution implemented" "actions taken" "immediate actions taken" "remediation steps" "recovery steps" "response actions" "incident response" "mitigation steps" "details of the fix" "immediate response";
    Timeline Everywhere "timeline": "incident timeline" "chain of events" "chronology" "sequence of events" "event log" "timeline of events" "timeline of the incident" "the timeline" "key events" "events" "outage timeline"
        "log" "chat log" "incident log" "detailed timeline" "history" "timeline of incident" "timeline of outage" "timeline of the outage" "timeline of the issue" "timeline (utc)" "timeline pst" "issue timeline" "chronology of events" "postmortem timeline" "events timeline" "event timeline" "timeline summary";
    Actions Everywhere "action items": "actions" "action item" "action" "actionables" "corrective actions" "corrective and preventative measures" "corrective and preventive measures" "corrective measures" "preventative measures" "preventive measures"
        "follow up actions" "follow ups" "followups" "next steps" "remediation items" "recommendations" "what happens next" "prevention" "to dos" "todo" "to do" "to do list" "todo list" "todos" "tasks" "task" "task list" "improvements" "improvements and fixes" "improvements fixes" "fixes"
        "corrective and preventative actions" "corrective and preventive actions" "preventive actions" "preventative actions" "tasks to address the issue" "specific tasks" "specific tasks to address the issue" "tasks to be done" "list of tasks" "immediate actions" "long term actions" "short term actions" "long term improvements"
        "corrective action" "preventive action" "preventative action" "preventive measure" "preventative measure" "actions to be taken" "future prevention" "future actions" "action plan" "plan of action" "areas for improvement" "improvement areas" "what we are doing" "what we're doing about it" "remediation plan" "corrective steps" "preventive steps" "preventative steps" "tasks to address issue" "future improvements"
        "prevention measures" "preventative tasks" "action steps" "things to improve" "things to do" "things that can be improved" "process improvements" "technical improvements" "improvement plan" "further actions" "measures" "preventive and corrective measures" "future work" "planned actions" "follow up items" "follow up tasks" "jira tickets" "action points" "review actions" "post incident actions" "incident actions" "resulting action" "what is being done about this" "what are we doing about it" "what are we doing about this" "what we are doing next" "what will we do next" "how will we prevent this"
        "what we will change" "what are we changing" "what we are changing" "preventing this in the future" "preventing a recurrence" "preventing recurrence" "making sure it does not happen again" ;
    Lessons Everywhere "lessons": "lessons learned" "lessons learnt" "learnings" "takeaways" "learning" "what went well" "what went wrong" "what went poorly" "what went badly" "could be improved" "where we got lucky" "got lucky" "what could have gone better"
        "why were we surprised" "surprises" "open questions" "q and a" "key takeaways" "what we learned" "what did we learn" "things that went well" "things that went wrong" "things that went poorly" "insights" "reflections" "key learnings" "what worked" "what didn't work" "went well" "went wrong" "what didn't go well" "lesson learned" "what was learned" "what could be improved"
        "conclusion" "conclusions" "closing" "final thoughts" "final words" "outcome" "in conclusion" "retrospective" "what we did well" "discussion";
    Authors Everywhere "authors": "author" "by" "written by" "document owner" "reported by" "reporter" "prepared by" "report by" "compiled by" "author name" "submitted by" "documented by";
    Participants Everywhere "participants": "attendees" "staff present" "people paged" "responders" "responder" "incident commander" "ic" "imoc" "eoc" "commander" "coordinators" "facilitator" "reviewer" "reviewers" "contact" "people" "people involved" "names of people involved" "team members" "escalated to" "stakeholders" "incident lead" "incident manager" "retro attendees" "present" "incident team" "on call" "on call engineer" "contacts" "commanders" "contact information" "signatories" "sre lead" "developer lead";
    Owner Everywhere "owner": "assignee" "assigned to" "dri" "who" "responsible" "lead";
    Tags Everywhere "tags": "tag" "labels" "keywords" "technologies" "topics";
    Links Everywhere "links": "link" "references" "reference links" "supporting documents" "sources" "resources" "further reading" "meeting notes link" "recording" "relevant links" "related links" "useful links" "supporting information" "resources and references" "appendix" "attachments" "related files" "supporting files" "related documentation";
    Links FrontMatter "url": "source" "archive url" "archived url" "ticket" "pr" "issue" "jira" "source url";
    Related Everywhere "related": "related incidents" "related issues" "related issues prs" "duplicates" "supersedes" "parent" "related postmortems" "see also" "similar incidents" "related issues and prs";
    Background Everywhere "background": "context" "background context" "background information" "glossary" "architecture" "environment" "about" "disclaimer" "note" "notes" "scenario" "initial setup" "preface" "table of contents" "contents" "agenda";
    Story Everywhere "escalation": "evidence" "supporting evidence" "observation" "log excerpt" "log output" "relevant logs" "error log" "error message" "stack trace" "incident escalation" "misleading paths" "misleading investigation" "misleading investigation debugging paths" "misleading debugging paths" "misleading path" "debugging paths" "misleading leads" "debugging" "debugging process" "investigation" "initial investigation" "assumptions" "initial assumption" "initial assumptions" "communication" "team assumptions" "false leads" "investigation and debugging" "debugging and investigation" "escalation path" "assumption" "misleading investigations" "assumptions and misleading paths" "investigations" "debugging steps" "stats" "statistics" "communications" "internal communication" "external communication" "metrics" "systems investigated" "components investigated" "misdirection" "misleading";
    Page FrontMatter "layout": "weight" "toc" "permalink" "author_email" "link title" "menu" "image" "images" "cover" "thumbnail" "comments" "review in" "resources" "params" "lang" "language" "order" "sidebar position" "sidebar label" "nav order" "template" "taxonomies" "math" "mermaid" "hidden";
}

/// The names that labels are known by, with those that `site.toml` adds. Looked up, never walked.
#[derive(Debug, Clone, Default)]
pub struct Labels {
    front_matter: HashMap<String, Label>,
    text: HashMap<String, Label>,
    /// What tells a heading's meaning wherever it stands in it, in other languages than English.
    telling: Telling,
    /// Folded names that were written as they stand above, for suggestions.
    names: Vec<&'static str>,
}

impl Labels {
    /// The table, and further names by canonical name. Canonical names that the table lacks are skipped.
    pub fn new(further: &BTreeMap<String, Vec<String>>) -> Labels {
        let mut labels = Labels::default();
        for (label, scope, name, aliases) in ROWS {
            labels.names.push(name);
            for alias in std::iter::once(name).chain(aliases.iter()) {
                labels.add(fold(alias), *label, *scope);
            }
        }
        for (label, name) in local() {
            let name = name.strip_prefix('~').map_or(name, |name| {
                labels.telling.add(name, label);
                name
            });
            labels.add(fold(name), label, Scope::Everywhere);
        }
        for (name, aliases) in further {
            let Some(label) = labels.front_matter(name) else { continue };
            for alias in aliases {
                labels.front_matter.insert(fold(alias), label);
                labels.text.insert(fold(alias), label);
            }
        }
        labels
    }

    /// What a front-matter key means.
    pub fn front_matter(&self, key: &str) -> Option<Label> {
        self.front_matter.get(&fold(key)).copied()
    }

    /// What a label in the text means. Long texts are no labels.
    pub fn text(&self, label: &str) -> Option<Label> {
        if label.len() > LONGEST {
            return None;
        }
        let words = words(label);
        let named = |words: &str| self.text.get(joined(words).as_ref());
        named(&words).or_else(|| named(trimmed(&words)?)).copied()
    }

    /// What a heading means: as a label, or by a telling word in it.
    pub fn heading(&self, heading: &str) -> Option<Label> {
        let before_brackets = || heading.split_once(['(', '（']).and_then(|(name, _)| self.text(name));
        let told = || by_word(heading).or_else(|| self.telling.label(heading)).or_else(|| question(heading));
        self.text(heading).or_else(before_brackets).or_else(told)
    }

    /// Canonical front-matter names, to suggest one.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.names.iter().copied()
    }

    fn add(&mut self, folded: String, label: Label, scope: Scope) {
        if scope != Scope::Text {
            self.front_matter.entry(folded.clone()).or_insert(label);
        }
        if scope != Scope::FrontMatter {
            self.text.entry(folded).or_insert(label);
        }
    }
}

/// The names that other languages have, as their tables list them.
fn local() -> impl Iterator<Item = (Label, &'static str)> {
    let label = |name: &str| ROWS.iter().find(|row| row.2 == name).map(|row| row.0);
    let rows = locales().iter().flat_map(|locale| locale.part("labels"));
    let named = rows.filter_map(move |row| Some((label(row.name)?, &row.words)));
    named.flat_map(|(label, words)| words.iter().map(move |word| (label, *word)))
}

/// Longest text that can be a label, in bytes.
pub const LONGEST: usize = 80;

/// Words at the end of a label that say nothing: "Root cause must contain", "Tasks include".
#[rustfmt::skip]
const TAILS: &[&str] = &[
    "utc", "gmt", "cet", "cest", "est", "edt", "pst", "pdt", "must contain", "include",
    "includes", "are", "as follows", "section", "details", "below", "report", "is", "was", "were",
];
/// Words at its beginning that say nothing.
const HEADS: &[&str] = &["the", "our", "a", "incident", "postmortem", "post mortem", "outage", "issue"];

/// The words of a label without those that say nothing; nothing when it has none of them.
fn trimmed(words: &str) -> Option<&str> {
    let mut rest = words;
    for tail in TAILS {
        rest = rest.strip_suffix(tail).and_then(|r| r.strip_suffix(' ')).unwrap_or(rest);
    }
    for head in HEADS {
        rest = rest.strip_prefix(head).and_then(|r| r.strip_prefix(' ')).unwrap_or(rest);
    }
    (rest.len() < words.len()).then(|| unnumbered(rest))
}

/// A name for comparison: lower case, accents folded, without numbering in front, anything but
/// letters and digits dropped, and without a plural `s` at the end.
pub fn fold(name: &str) -> String {
    joined(&words(name)).into_owned()
}

fn joined(words: &str) -> Cow<'_, str> {
    let plural = words.ends_with('s')
        && !words.ends_with("ss")
        && words.bytes().filter(|byte| *byte != b' ').nth(3).is_some();
    let singular = if plural { &words[..words.len() - 1] } else { words };
    if singular.contains(' ') { Cow::Owned(singular.replace(' ', "")) } else { Cow::Borrowed(singular) }
}

pub(super) fn words(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut gap = false;
    for c in behind_shortcode(name).chars() {
        match c.is_ascii() {
            true => add(&mut out, &mut gap, c.to_ascii_lowercase()),
            false => c.to_lowercase().for_each(|c| add(&mut out, &mut gap, c)),
        }
    }
    let bare = unnumbered(&out);
    if bare.len() == out.len() || bare.is_empty() { out } else { bare.to_owned() }
}

/// Adds a letter or digit, behind a space where a mark stood; marks are only noted, and apostrophes not even that.
#[inline]
fn add(words: &mut String, gap: &mut bool, c: char) {
    let letters = if c.is_ascii_alphanumeric() { "" } else { plain(c) };
    if letters.is_empty() && !c.is_alphanumeric() {
        // Accents that are characters of their own go with apostrophes: İ in lower case has one.
        *gap |= !matches!(c, '\'' | '’' | '\u{300}'..='\u{36f}');
        return;
    }
    if std::mem::take(gap) && !words.is_empty() {
        words.push(' ');
    }
    if letters.is_empty() { words.push(c) } else { words.push_str(letters) }
}

/// `:warning: Trigger` without the name of its emoji.
fn behind_shortcode(name: &str) -> &str {
    let rest = name.trim_start().strip_prefix(':').and_then(|rest| rest.split_once(": "));
    let is_name = |code: &str| {
        !code.is_empty()
            && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'+' | b'-'))
    };
    rest.filter(|(code, _)| is_name(code)).map_or(name, |(_, behind)| behind)
}

fn unnumbered(words: &str) -> &str {
    let bare = words.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let Some((number, rest)) = bare.split_once(' ') else { return bare };
    if number.chars().all(|c| "一二三四五六七八九十".contains(c)) { rest } else { bare }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_however_they_are_written() {
        let labels = Labels::new(&BTreeMap::new());
        for (text, label) in [
            ("Root Cause & Resolution", Label::RootCause),
            ("3. TIMELINE 🕒", Label::Timeline),
            ("Author(s)", Label::Authors),
            ("start_time", Label::Start),
            ("Tasks to Address the Issue", Label::Actions),
            ("Specific tasks to address the issue include", Label::Actions),
            ("Ações", Label::Actions),
            ("Durée", Label::Duration),
            ("The incident duration", Label::Duration),
        ] {
            assert_eq!(labels.text(text), Some(label), "{text}");
        }
        assert_eq!(labels.text("Making people read this"), None);
        assert_eq!(labels.heading("Lessons and other Odds"), Some(Label::Lessons));
    }

    #[test]
    fn no_name_means_two_things() {
        let mut seen: BTreeMap<(String, bool), Label> = BTreeMap::new();
        let mut see = |alias: &str, label: Label, front_matter: bool| {
            let other = *seen.entry((fold(alias), front_matter)).or_insert(label);
            assert_eq!(other, label, "`{alias}`");
        };
        for (label, scope, name, aliases) in ROWS.iter().filter(|row| row.0 != Label::Page) {
            for alias in std::iter::once(name).chain(aliases.iter()) {
                let excluded = match scope {
                    Scope::Everywhere => None,
                    Scope::FrontMatter => Some(false),
                    Scope::Text => Some(true),
                };
                let counts = |front_matter: &bool| Some(*front_matter) != excluded;
                [true, false]
                    .into_iter()
                    .filter(counts)
                    .for_each(|front_matter| see(alias, *label, front_matter));
            }
        }
        local().for_each(|(label, name)| see(name, label, false));
    }

    #[test]
    fn every_row_of_another_language_names_a_label() {
        for row in locales().iter().flat_map(|locale| locale.part("labels")) {
            assert!(row.name == "due" || ROWS.iter().any(|known| known.2 == row.name), "{}", row.name);
        }
    }

    #[test]
    fn other_languages_have_labels_in_any_script() {
        let labels = Labels::new(&BTreeMap::new());
        for (text, label) in [
            ("Maßnahmen", Label::Actions),
            ("４．再発防止策", Label::Actions),
            ("三、根本原因", Label::RootCause),
            ("İlgili olaylar", Label::Related),
            ("ÖNLEMLER", Label::Actions),
            ("Хронология событий", Label::Timeline),
            ("Działania naprawcze", Label::Actions),
            ("Årsak", Label::RootCause),
            ("재발 방지 대책", Label::Actions),
        ] {
            assert_eq!(labels.text(text), Some(label), "{text}");
        }
        for (heading, label) in [
            ("Unsere Maßnahmen für den Herbst", Label::Actions),
            ("今後に向けた再発防止の取り組み", Label::Actions),
            ("Nos actions correctives pour la suite", Label::Actions),
            ("Analiza: główna przyczyna", Label::RootCause),
        ] {
            assert_eq!(labels.heading(heading), Some(label), "{heading}");
        }
        for heading in ["Das Meer", "Reaktionen der Presse", "今日の献立", "Маршрут парома"]
        {
            assert_eq!(labels.heading(heading), None, "{heading}");
        }
    }

    #[test]
    fn a_site_adds_its_own_names() {
        let own = BTreeMap::from([("start".to_owned(), vec!["Alarm rang".to_owned()])]);
        assert_eq!(Labels::new(&own).text("alarm rang"), Some(Label::Start));
    }
}
