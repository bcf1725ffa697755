//! The home page: what the archive says at a glance, and the newest incidents.

use super::action_items::{self, ActionCountsView, ActionView};
use super::charts::{ChartView, dots};
use super::frame::{self, Head};
use super::kinds::{Definition, PLAIN};
use super::plan::Subject;
use super::row::RowView;
use super::trend;
use super::view::{Html, Shared, views};
use super::{Built, Pages, english};
use crate::address;
use crate::archive::Facet;
use crate::archive::statistics::{ActionCounts, Spread};

/// How many incidents and actions the page shows.
const NEWEST: usize = 5;
const ACTIONS: usize = 4;

views! {
    /// A cause, or all, with its time to resolve.
    pub struct CauseRowView {
        /// The cause; nothing in the row of all.
        pub cause: Option<Shared<super::causes::CauseView>>,
        /// How many incidents.
        pub incidents: usize,
        /// One dot for each incident's time to resolve; nothing when none is known.
        pub dots: Option<Html>,
        /// The median, or nothing.
        pub median: Option<String>,
        /// The p90, or nothing below ten values.
        pub p90: Option<String>,
        /// How many values are known.
        pub known: usize,
        /// How many action items there are, by state.
        pub action_counts: ActionCountsView,
    }

    /// The home page.
    pub struct HomeView {
        /// Half were resolved within this long; nothing when no value is known.
        pub median: Option<String>,
        /// Nine in ten were resolved within this long; nothing below ten values.
        pub p90: Option<String>,
        /// How many incidents have a known time to resolve.
        pub known: usize,
        /// The day of the oldest incident.
        pub since: Option<String>,
        /// How many action items there are, by state.
        pub action_counts: ActionCountsView,
        /// Incidents per month by cause; nothing when none is dated.
        pub months: Option<ChartView>,
        /// The causes, commonest first.
        pub causes: Vec<CauseRowView>,
        /// All of them together.
        pub all: CauseRowView,
        /// What the axis of the dots spans, such as `2 min to 12 h`.
        pub scale: String,
        /// The newest incidents.
        pub newest: Vec<Shared<RowView>>,
        /// The oldest actions that are open, or else not marked.
        pub actions: Vec<ActionView>,
        /// What those are, such as `13 open, 22 not marked; four shown, oldest open first.`
        pub actions_note: String,
    }
}

pub(super) const KIND: Definition = Definition {
    name: "home",
    about: "What the archive says at a glance, and the newest incidents.",
    url: address::HOME,
    plan: |plan, kind| plan.add(kind, kind.url(), Subject::Whole),
    view: |pages, _, _| view(pages).into(),
    variables: super::of::<HomeView>,
    ..PLAIN
};

fn view(pages: &Pages) -> Built<HomeView> {
    let archive = &pages.archive;
    let everything: Vec<usize> = (0..archive.incidents.len()).collect();
    let spread = &pages.whole.resolve;
    let scale = dots::Scale::over(spread.values().iter().copied());
    let counts = pages.whole.actions;
    let causes = archive.shelves(Facet::Cause).iter().enumerate().map(|(at, shelf)| {
        let cause = pages.causes.get(&shelf.slug).map(|look| look.shared.clone());
        let summary = pages.summary(Facet::Cause, at);
        cause_row(cause, shelf.incidents.len(), &summary.resolve, scale, summary.actions)
    });
    let oldest = pages.actions[..counts.open + counts.not_marked].iter().take(ACTIONS);
    let actions: Vec<ActionView> = oldest.map(|at| pages.action_row(at)).collect();
    let view = HomeView {
        median: spread.median().map(english::duration),
        p90: spread.p90().map(english::duration),
        known: spread.n(),
        since: archive.period().map(|(first, _)| english::day(first)),
        action_counts: action_items::counts(counts),
        months: trend::by_cause(pages, "mo", &everything),
        causes: causes.collect(),
        all: cause_row(None, everything.len(), spread, scale, counts),
        scale: scale.words(),
        newest: (0..pages.archive.incidents.len().min(NEWEST)).map(|index| pages.row(index)).collect(),
        actions_note: action_items::part_note(counts, actions.len()),
        actions,
    };
    let description = match pages.config.description.is_empty() {
        true => format!(
            "{}: {}, with their causes, timelines and action items.",
            pages.config.title,
            pages.count()
        ),
        false => pages.config.description.clone(),
    };
    let head = Head {
        title: pages.config.title.clone(),
        description,
        json_ld: frame::site_ld(&pages.config),
        ..Head::default()
    };
    Built { head, view }
}

fn cause_row(
    cause: Option<Shared<super::causes::CauseView>>,
    incidents: usize,
    spread: &Spread,
    scale: dots::Scale,
    counts: ActionCounts,
) -> CauseRowView {
    CauseRowView {
        cause,
        incidents,
        dots: (spread.n() > 0).then(|| dots::cell(scale, spread)),
        median: spread.median().map(english::duration),
        p90: spread.p90().map(english::duration),
        known: spread.n(),
        action_counts: action_items::counts(counts),
    }
}
