//! The page of one document: its facts with their evidence, its timeline, the
//! author's words, action items, similar incidents. A document that tells several
//! incidents has one page with a block for each.

mod details;
mod evidence;
mod events;
mod facts;
mod sentence;

use super::action_items::{self, ActionView};
use super::charts::timeline;
use super::frame::{Head, json_ld};
use super::kinds::{Definition, Drawn, PLAIN};
use super::plan::{Plan, Subject};
use super::row::{self, DateView, RowView};
use super::view::{Html, Shared, views};
use super::{Built, Kind, Pages, english};
use crate::address;
use crate::address::percent_encoded;
use crate::archive::statistics::ActionCounts;
use crate::archive::{Facet, Index, Related};
use crate::diagnostic::{Diagnostic, Span};
use crate::document::html::{self, Body, Resolve};
use crate::incident::{Action, Contradiction, Incident, Origin};
use details::DetailView;
use events::EventView;
use evidence::{Evidence, TypedView};
use facts::FactView;
use serde_json::json;

/// From how many headings on a text has a table of contents.
const CONTENTS_FROM: usize = 3;

/// A document's text, for the page that shows it.
pub struct Text<'a> {
    /// The whole source text; spans are positions in it.
    pub text: &'a str,
    /// Where the text begins behind the front matter, in bytes.
    pub start: usize,
    /// How diagnostics name the file.
    pub shown: &'a str,
    /// What its links lead to.
    pub resolve: &'a dyn Resolve,
}

views! {
    /// A similar incident, and why.
    pub struct AlikeView {
        /// The other incident.
        pub row: Shared<RowView>,
        /// Names of causes that both have.
        pub causes: Vec<String>,
        /// Services that both hit.
        pub services: Vec<String>,
        /// Telling words that both use.
        pub words: Vec<String>,
    }

    /// A heading of the author's text.
    pub struct HeadingView {
        /// What it says.
        pub text: String,
        /// Its anchor in the page.
        pub id: String,
        /// 3 is the highest.
        pub level: usize,
    }

    /// One incident of the document.
    pub struct BlockView {
        /// Which one it is, from 1.
        pub nth: usize,
        /// `second`, `third` and so on; nothing for the first.
        pub ordinal: Option<String>,
        /// What its anchors end in: nothing for the first, `-2` for the second.
        pub suffix: String,
        /// Its own anchor; nothing for the first.
        pub anchor: Option<String>,
        /// Its title.
        pub title: String,
        /// When it started.
        pub date: Option<DateView>,
        /// The weekday of its start.
        pub weekday: Option<String>,
        /// What happened, why, what fixed it and what is still open, as far as it is known.
        pub answer: Vec<FactView>,
        /// What else is known.
        pub facts: Vec<FactView>,
        /// The names of the facts that were not found in the text.
        pub not_found: Vec<String>,
        /// Values that two places of the document give differently.
        pub contradictions: Vec<ContradictionView>,
        /// The timeline on one ruler; nothing when no two moments are known.
        pub figure: Option<Html>,
        /// Its events in order.
        pub events: Vec<EventView>,
        /// The zone that its times are written in.
        pub zone: Option<String>,
        /// How far UTC is from it, such as `UTC is two hours earlier.`
        pub utc_note: Option<String>,
        /// Whether events have a time in UTC that differs from their local one.
        pub has_utc: bool,
        /// What heads the times since the start, `Minutes` or `Since start`; nothing when no event has one.
        pub elapsed: Option<&'static str>,
        /// Whether some event is a turning point.
        pub has_turns: bool,
        /// What else the document says.
        pub details: Vec<DetailView>,
    }

    /// Two places of a document that give a value differently.
    pub struct ContradictionView {
        /// What they give, such as `severity`.
        pub noun: &'static str,
        /// The words of the value that is used.
        pub used: String,
        /// Their line.
        pub used_line: usize,
        /// The words of the other.
        pub other: String,
        /// Their line.
        pub other_line: usize,
    }

    /// A value that search tools may filter or sort by, as `name:value`.
    pub struct FilterView {
        /// The name of the filter.
        pub name: &'static str,
        /// Its value.
        pub value: String,
    }

    /// The page of a document.
    pub struct IncidentPageView {
        /// The title of its first incident.
        pub title: String,
        /// Its incidents in order; most documents tell one.
        pub incidents: Vec<BlockView>,
        /// The author's text, made valid and safe.
        pub body: Html,
        /// Whether passages of it are marked as evidence.
        pub marked: bool,
        /// Its headings, when there are enough for a table of contents.
        pub contents: Vec<HeadingView>,
        /// Its action items.
        pub actions: Vec<ActionView>,
        /// How many of that, in words.
        pub actions_note: String,
        /// Similar incidents, best first.
        pub alike: Vec<AlikeView>,
        /// Path of the document under the content folder.
        pub source: String,
        /// The lines of front matter that facts were typed in.
        pub typed: Vec<TypedView>,
        /// Where the document is edited; nothing without `repository`.
        pub edit: Option<String>,
        /// Addresses that lead here because the document had them before.
        pub former: Vec<String>,
        /// The next earlier incident that another document tells.
        pub earlier: Option<Shared<RowView>>,
        /// The next later incident that another document tells.
        pub later: Option<Shared<RowView>>,
        /// What search tools may filter and sort by.
        pub filters: Vec<FilterView>,
    }
}

pub(super) const KIND: Definition = Definition {
    name: "incident",
    about: "One document: its facts with their evidence, its timeline, the author's words.",
    plan: plan_documents,
    view: |pages, page, text| match &page.subject {
        Subject::Incident(incidents) => {
            let (built, diagnostics) = view(pages, incidents, text);
            Drawn { diagnostics, ..built.into() }
        }
        _ => Drawn::default(),
    },
    variables: super::of::<IncidentPageView>,
    ..PLAIN
};

/// One page a document. Its incidents may be far apart in the archive's order.
fn plan_documents(plan: &mut Plan<'_>, kind: Kind) {
    let incidents = plan.archive.incidents.iter().enumerate();
    let mut by_document: Vec<(&str, usize, Index)> =
        incidents.map(|(index, incident)| (incident.slug.as_str(), incident.nth, index)).collect();
    by_document.sort_unstable();
    for document in by_document.chunk_by(|a, b| a.0 == b.0) {
        let incidents = document.iter().map(|(.., index)| *index).collect();
        plan.add(kind, address::incident(document[0].0), Subject::Incident(incidents));
    }
}

fn view(
    pages: &Pages,
    indices: &[Index],
    text: Option<&Text<'_>>,
) -> (Built<IncidentPageView>, Vec<Diagnostic>) {
    let archive = &pages.archive;
    let first = indices.first().copied().unwrap_or_default();
    let incident = &archive.incidents[first];
    let told: Vec<&Incident> = indices.iter().map(|index| archive.incidents[*index].as_ref()).collect();
    let mut evidence = Evidence::new(&told, text.map_or("", |text| text.text));
    let (body, diagnostics) = render(pages, text, title_span(incident), &evidence);
    evidence.keep_rendered(&body.html);
    let blocks: Vec<BlockView> = indices.iter().map(|index| block(pages, *index, &mut evidence)).collect();
    let actions: Vec<ActionView> = indices.iter().flat_map(|index| actions(pages, *index)).collect();
    let counts = ActionCounts::over(&pages.archive, indices);
    let head = head(pages, incident);
    let is_elsewhere = |other: &Index| !indices.contains(other);
    let view = IncidentPageView {
        title: row::name(incident),
        incidents: blocks,
        marked: evidence.any_marked(),
        contents: contents(&body),
        body: Html(body.html),
        actions_note: actions_note(counts),
        actions,
        alike: alike(pages, indices),
        source: incident.source.clone(),
        typed: evidence.typed(),
        edit: pages.config.repository.as_deref().map(|base| edit_url(base, &incident.source)),
        former: pages.former.get(&row::url(incident)).cloned().unwrap_or_default(),
        earlier: (first + 1..archive.incidents.len()).find(is_elsewhere).map(|earlier| pages.row(earlier)),
        later: (0..first).rev().find(is_elsewhere).map(|later| pages.row(later)),
        filters: filters(pages, first),
    };
    (Built { head, view }, diagnostics)
}

fn render(
    pages: &Pages,
    text: Option<&Text<'_>>,
    title: Option<Span>,
    evidence: &Evidence<'_>,
) -> (Body, Vec<Diagnostic>) {
    let Some(text) = text else { return (Body::default(), Vec::new()) };
    let options = html::Options {
        path: text.shown,
        raw_html: pages.config.raw_html,
        external_images: pages.config.external_images,
        start: text.start,
        marks: evidence.marks(),
        skip_title: title,
    };
    html::render(text.text, &options, text.resolve)
}

/// Where the title stands in the text, which need not say it again.
fn title_span(incident: &Incident) -> Option<Span> {
    let title = incident
        .title
        .as_ref()
        .filter(|title| !matches!(title.origin, Origin::FrontMatter | Origin::FileName))?;
    (!title.span.is_empty()).then_some(title.span)
}

fn block(pages: &Pages, index: Index, evidence: &mut Evidence<'_>) -> BlockView {
    let incident = &pages.archive.incidents[index];
    let further = (incident.nth > 1).then_some(incident.nth);
    let suffix = further.map(|n| format!("-{n}")).unwrap_or_default();
    let zone = events::zone_name(incident);
    let events = events::all(incident, &suffix);
    let offset = events::utc_offset(incident);
    let facts = facts::all(pages, index, evidence, zone.as_deref());
    BlockView {
        nth: incident.nth.max(1),
        ordinal: further.map(english::ordinal),
        anchor: further.map(address::incident_anchor),
        title: row::name(incident),
        date: incident.date.as_ref().map(|date| DateView::of(date.value)),
        weekday: incident
            .date
            .as_ref()
            .filter(|d| d.value.day.is_some())
            .and_then(|d| d.value.first())
            .map(|d| english::weekday(d).to_owned()),
        answer: facts.answer,
        facts: facts.known,
        not_found: facts.not_found,
        contradictions: incident.contradictions.iter().map(contradiction).collect(),
        figure: timeline::chart(&format!("tl{suffix}"), &events::ruler(incident, zone.clone())),
        has_utc: offset != Some(0) && events.iter().any(|event| event.utc.is_some()),
        elapsed: events::elapsed_head(incident),
        has_turns: events.iter().any(|event| event.turn.is_some()),
        utc_note: offset.filter(|_| zone.as_deref() != Some("UTC")).map(events::offset_note),
        events,
        zone,
        details: details::all(pages, index, evidence),
        suffix,
    }
}

fn contradiction(both: &Contradiction) -> ContradictionView {
    ContradictionView {
        noun: both.noun,
        used: both.used.1.clone(),
        used_line: both.used.0 as usize,
        other: both.other.1.clone(),
        other_line: both.other.0 as usize,
    }
}

fn contents(body: &Body) -> Vec<HeadingView> {
    if body.headings.len() < CONTENTS_FROM {
        return Vec::new();
    }
    let heading = |heading: &html::Heading| HeadingView {
        text: heading.text.clone(),
        id: heading.id.clone(),
        level: usize::from(heading.level),
    };
    body.headings.iter().filter(|heading| heading.level <= 4).map(heading).collect()
}

fn actions(pages: &Pages, index: Index) -> Vec<ActionView> {
    let mut items: Vec<&Action> = pages.archive.incidents[index].actions.iter().collect();
    items.sort_by_key(|action| action.state());
    items
        .into_iter()
        .map(|action| action_items::action(&pages.archive, &pages.again, index, action, false))
        .collect()
}

/// `Five actions: 2 open, 3 done.`
fn actions_note(counts: ActionCounts) -> String {
    let all = english::capital(&english::in_words(counts.all()));
    let note = format!("{all} {}: {}.", english::plural(counts.all(), "action"), action_items::told(counts));
    match counts.not_marked {
        0 => note,
        _ => format!("{note} No state was found for what is not marked."),
    }
}

fn alike(pages: &Pages, indices: &[Index]) -> Vec<AlikeView> {
    let mut seen: Vec<Index> = indices.to_vec();
    let mut alike = Vec::new();
    for related in indices.iter().flat_map(|index| pages.archive.related_with_reasons(*index)) {
        if !seen.contains(&related.incident) {
            seen.push(related.incident);
            alike.push(alike_view(pages, related));
        }
    }
    alike
}

fn alike_view(pages: &Pages, related: Related) -> AlikeView {
    let name = |slug: &String| {
        let look = pages.causes.get(slug);
        look.map_or_else(|| slug.clone(), |look| english::lower(&look.view.name))
    };
    AlikeView {
        row: pages.row(related.incident),
        causes: related.causes.iter().map(name).collect(),
        services: related.services,
        words: related.words,
    }
}

/// The address at which a document is edited: the repository's, then the document's path.
fn edit_url(base: &str, source: &str) -> String {
    format!("{}/{}", base.trim_end_matches('/'), percent_encoded(source))
}

fn head(pages: &Pages, incident: &Incident) -> Head {
    let known = [
        incident.date.as_ref().map(|date| english::day(date.value)),
        incident.duration.as_ref().map(|duration| english::duration(duration.value)),
        incident.affected.as_ref().map(|share| format!("{} affected", english::percent(share.value))),
        incident.severity.as_ref().map(|severity| severity.value.clone()),
        incident
            .causes
            .first()
            .and_then(|cause| pages.causes.get(&cause.value.slug))
            .map(|look| english::lower(&look.view.name)),
    ];
    let known: Vec<String> = known.into_iter().flatten().collect();
    let summary = incident.summary.as_ref().map(|summary| summary.value.as_str()).unwrap_or_default();
    let description = match (summary, known.is_empty()) {
        ("", true) => format!("A postmortem of {}.", pages.config.title),
        ("", false) => format!("{}.", known.join(", ")),
        (summary, true) => summary.to_owned(),
        (summary, false) => format!("{}. {summary}", known.join(", ")),
    };
    Head {
        title: row::name(incident),
        description,
        section: "incidents",
        feed: None,
        json_ld: Some(report_ld(pages, incident)),
    }
}

fn report_ld(pages: &Pages, incident: &Incident) -> Html {
    let about: Vec<&str> = incident.services.iter().map(|service| service.value.as_str()).collect();
    let authors: Vec<_> =
        incident.authors.iter().map(|author| json!({ "@type": "Person", "name": author.value })).collect();
    let span = match (&incident.start_utc, &incident.end_utc) {
        (Some(start), Some(end)) => Some(format!("{start}/{end}")),
        _ => incident.date.as_ref().map(|date| date.value.iso()),
    };
    let mut report =
        json!({ "@context": "https://schema.org", "@type": "Report", "headline": row::name(incident) });
    let values = [
        ("abstract", incident.summary.as_ref().map(|summary| json!(summary.value))),
        ("temporalCoverage", span.map(|span| json!(span))),
        ("about", (!about.is_empty()).then(|| json!(about))),
        ("author", (!authors.is_empty()).then(|| json!(authors))),
        ("dateModified", incident.updated.as_ref().map(|day| json!(day.value.iso()))),
        ("url", pages.config.base_url.as_ref().map(|base| json!(format!("{base}{}", row::url(incident))))),
    ];
    for (name, value) in values {
        if let Some(value) = value {
            report[name] = value;
        }
    }
    json_ld(&report)
}

fn filters(pages: &Pages, index: Index) -> Vec<FilterView> {
    let incident = &pages.archive.incidents[index];
    let marked = Facet::ALL.iter().filter(|facet| facet.definition().is_marked);
    let of_facet = |facet: &Facet| -> Vec<FilterView> {
        let filter = |value: &str| FilterView { name: facet.definition().name, value: value.to_owned() };
        match facet {
            // A cause is known by its slug, which a site may give another name.
            Facet::Cause => {
                pages.archive.shelves_of(*facet, index).map(|shelf| filter(&shelf.slug)).collect()
            }
            _ => facet.words(incident).iter().map(|word| filter(word)).collect(),
        }
    };
    marked.flat_map(of_facet).collect()
}

/// Whether a value was typed as data.
fn is_typed(origin: Origin) -> bool {
    origin == Origin::FrontMatter
}
