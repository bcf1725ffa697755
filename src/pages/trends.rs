//! How often, how long and when, over the whole archive; and what is not known.

use super::charts::{ChartView, dots, share, week};
use super::frame::Head;
use super::kinds::{Definition, PLAIN};
use super::plan::Subject;
use super::view::{Html, views};
use super::{Built, Pages, english, trend};
use crate::archive::Facet;
use crate::archive::statistics::{Measure, Spread};
use crate::incident::Incident;
use jiff::civil::DateTime;

views! {
    /// How often a value is known.
    pub struct KnownView {
        /// The value, such as `Time to detect`.
        pub name: &'static str,
        /// In how many incidents it is known.
        pub known: usize,
        /// In how many it is not.
        pub unknown: usize,
        /// The share as a bar.
        pub bar: Html,
    }

    /// The trends of the archive.
    pub struct TrendsView {
        /// The newest year with its number of incidents, such as `8 incidents in 2024`.
        pub this_year: Option<String>,
        /// The year before, such as `6 in 2023`; nothing when the archive has one year.
        pub last_year: Option<String>,
        /// Half were noticed within this long; nothing below three values.
        pub median_detect: Option<String>,
        /// Half were resolved within this long; nothing below three values.
        pub median_resolve: Option<String>,
        /// Incidents per month by cause; nothing when none is dated.
        pub months: Option<ChartView>,
        /// Time to detect, mitigate and resolve; nothing when none is known.
        pub durations: Option<ChartView>,
        /// Whether those are counted into cells, since they are many.
        pub counted: bool,
        /// Starts by weekday and hour; nothing when no start is known.
        pub week: Option<ChartView>,
        /// How many incidents state day and time of their start.
        pub timed: usize,
        /// For each value how often it is known.
        pub known: Vec<KnownView>,
    }
}

const MEASURES: [(&str, Measure); 3] =
    [("to detect", Measure::Detect), ("to mitigate", Measure::Mitigate), ("to resolve", Measure::Resolve)];

/// A value whose presence is counted.
type Field = (&'static str, fn(&Incident) -> bool);

const FIELDS: [Field; 9] = [
    ("Date", |incident| incident.date.is_some()),
    ("Start time", |incident| incident.start.as_ref().is_some_and(|start| start.value.time.is_some())),
    ("Time to detect", |incident| Measure::Detect.of(incident).is_some()),
    ("Time to mitigate", |incident| Measure::Mitigate.of(incident).is_some()),
    ("Time to resolve", |incident| Measure::Resolve.of(incident).is_some()),
    ("Impact", |incident| incident.affected.is_some() || incident.impact.is_some()),
    ("Severity", |incident| incident.severity.is_some()),
    ("Cause", |incident| !incident.causes.is_empty()),
    ("Services", |incident| !incident.services.is_empty()),
];

pub(super) const KIND: Definition = Definition {
    name: "trends",
    about: "How often, how long, and when.",
    url: "trends.html",
    section: Some("trends"),
    plan: |plan, kind| {
        if plan.has_incidents() {
            plan.add(kind, kind.url(), Subject::Whole);
        }
    },
    view: |pages, _, _| view(pages).into(),
    variables: super::of::<TrendsView>,
    ..PLAIN
};

fn view(pages: &Pages) -> Built<TrendsView> {
    let everything: Vec<usize> = (0..pages.archive.incidents.len()).collect();
    let spreads: Vec<(&str, Spread)> =
        MEASURES.iter().map(|(name, measure)| (*name, measure.spread(&pages.archive, &everything))).collect();
    let starts: Vec<DateTime> = pages
        .archive
        .incidents
        .iter()
        .filter_map(|incident| incident.start.as_ref()?.value.datetime())
        .collect();
    let years = pages.archive.shelves(Facet::Year);
    let year_count = |at: usize| years.get(at).map(|year| (year.incidents.len(), year.name.as_str()));
    let view = TrendsView {
        this_year: year_count(0).map(|(n, year)| format!("{} in {year}", english::count(n, "incident"))),
        last_year: year_count(1).map(|(n, year)| format!("{} in {year}", english::number(n))),
        median_detect: half(&spreads[0].1),
        median_resolve: half(&spreads[2].1),
        months: trend::by_cause(pages, "mo", &everything),
        durations: durations(&spreads),
        counted: spreads.iter().any(|(_, spread)| spread.n() > super::charts::MOST_DOTS),
        week: (!starts.is_empty()).then(|| week::chart("hw", &week_words(&starts), &starts)),
        timed: starts.len(),
        known: FIELDS.iter().map(|field| known(pages, field)).collect(),
    };
    let description = format!(
        "Incidents of {} per month by cause; time to detect, mitigate and resolve; weekday and hour.",
        pages.config.title
    );
    Built {
        head: Head { title: pages.titled("Trends"), description, section: "trends", ..Head::default() },
        view,
    }
}

/// The median as half of them: of one or two, half says nothing.
fn half(spread: &Spread) -> Option<String> {
    let words = |median: f64| if median < 1.0 { "a minute".to_owned() } else { english::duration(median) };
    spread.median().filter(|_| spread.n() >= 3).map(words)
}

fn durations(spreads: &[(&str, Spread)]) -> Option<ChartView> {
    let shown: Vec<&(&str, Spread)> = spreads.iter().filter(|(_, spread)| spread.n() > 0).collect();
    if shown.is_empty() {
        return None;
    }
    let values = shown.iter().flat_map(|(_, spread)| spread.values());
    let scale = dots::Scale::over(values.copied());
    let rows: Vec<dots::Row<'_>> =
        shown.iter().map(|(name, spread)| dots::Row { name, spread, others: None }).collect();
    let most = shown.iter().map(|(_, spread)| spread.n()).max().unwrap_or(0);
    let medians: Vec<String> =
        shown.iter().map(|(name, spread)| format!("{} {name}", dots::median(spread))).collect();
    let description = format!("{} Medians: {}.", dots::manner(most, scale), english::list(&medians));
    Some(dots::chart("dp", "Time to detect, mitigate and resolve", &description, scale, &rows))
}

fn week_words(starts: &[DateTime]) -> String {
    let mut days = [0; 7];
    starts.iter().for_each(|start| days[english::weekday_index(start.weekday())] += 1);
    let most = days.iter().copied().max().unwrap_or(0);
    let busiest: Vec<String> =
        (0..7).filter(|day| days[*day] == most).map(|day| english::WEEKDAYS[day].to_owned()).collect();
    let known = english::capital(&english::in_words(starts.len()));
    let noun = english::plural(starts.len(), "incident");
    format!(
        "{known} {noun} with a known time. Most began on {}: {}.",
        english::list(&busiest),
        english::in_words(most)
    )
}

fn known(pages: &Pages, (name, is_known): &Field) -> KnownView {
    let all = pages.archive.incidents.len();
    let known = pages.archive.incidents.iter().filter(|incident| is_known(incident)).count();
    KnownView { name, known, unknown: all - known, bar: share::bar(known, all) }
}
