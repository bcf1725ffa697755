//! One value of a facet: a cause, service, severity, tag, month or year. What it
//! means, its trend, its incidents, what stands beside it, its open actions.

use super::action_items::{self, ActionCountsView, ActionView};
use super::causes::CauseView;
use super::charts::{ChartView, dots};
use super::frame::{self, FeedView, Head, PagerView};
use super::kinds::{Definition, Drawn, PLAIN};
use super::list::numbered;
use super::plan::{Plan, Subject};
use super::row::{self, LinkView, RowView, SeverityView};
use super::view::{Shared, views};
use super::{Built, Kind, Pages, english, plan, trend};
use crate::address::UNDATED;
use crate::archive::Facet;
use crate::archive::statistics::{Measure, Spread, Summary};
use crate::archive::{Index, Shelf};
use crate::incident::ActionState;
use std::collections::BTreeMap;

/// Actions on the page of one value.
const ACTIONS: usize = 20;
/// Values of one facet that are shown beside.
const BESIDE: usize = 8;
/// From how many known values on the durations are drawn.
const DRAWN_FROM: usize = 3;

views! {
    /// What else the incidents of a value have, of one facet.
    pub struct BesideView {
        /// What it is, such as `Service`.
        pub noun: String,
        /// Its values, most frequent first.
        pub rows: Vec<BesideRowView>,
        /// How many more values there are.
        pub more: usize,
    }

    /// One value that stands beside.
    pub struct BesideRowView {
        /// Its name.
        pub name: String,
        /// Address of its page; nothing for values without one.
        pub url: Option<String>,
        /// The cause, where it is one.
        pub cause: Option<Shared<CauseView>>,
        /// Class of its weight, where it is a severity.
        pub class: Option<String>,
        /// How many incidents here have it.
        pub here: usize,
        /// How many in the whole archive.
        pub all: usize,
    }

    /// A cause, service, severity, tag, month or year.
    pub struct ValueView {
        /// What it is, such as `Cause`.
        pub noun: String,
        /// Its name.
        pub name: String,
        /// Its name within a sentence.
        pub within: String,
        /// The cause, where it is one.
        pub cause: Option<Shared<CauseView>>,
        /// The severity, where it is one.
        pub severity: Option<SeverityView>,
        /// What it means; empty where nothing more is to say than its name.
        pub definition: String,
        /// When another cause fits better; may be empty.
        pub not_when: String,
        /// The list that it stands in.
        pub up: LinkView,
        /// How many incidents it has.
        pub count: usize,
        /// The day of its newest incident.
        pub newest: Option<String>,
        /// Half of its incidents were resolved within this long.
        pub median: Option<String>,
        /// Nine in ten were; nothing below ten values.
        pub p90: Option<String>,
        /// How many of its incidents have a known time to resolve.
        pub known: usize,
        /// The median of the whole archive.
        pub archive_median: Option<String>,
        /// How many values that one rests on.
        pub archive_known: usize,
        /// How many action items there are, by state.
        pub action_counts: ActionCountsView,
        /// Its incidents over time; on the first page only.
        pub months: Option<ChartView>,
        /// Whether others are drawn in outline in that chart.
        pub ghosts: bool,
        /// Its times to resolve; on the first page only.
        pub dots: Option<ChartView>,
        /// Its incidents on this page.
        pub rows: Vec<Shared<RowView>>,
        /// The further pages of its incidents; nothing when there is one.
        pub pager: Option<PagerView>,
        /// Whether this is the first page.
        pub first: bool,
        /// What else its incidents have; on the first page only.
        pub beside: Vec<BesideView>,
        /// Its actions that are open or not marked, the oldest of each first; on the first page only.
        pub actions: Vec<ActionView>,
        /// What those are, such as `13 open, 22 not marked; four shown, oldest open first.`
        pub actions_note: String,
        /// The value before in time, of months and years.
        pub earlier: Option<LinkView>,
        /// The value after in time, of months and years.
        pub later: Option<LinkView>,
        /// Its feed.
        pub feed: Option<FeedView>,
    }
}

/// One value of a facet.
pub(super) fn kind(facet: Facet) -> Definition {
    Definition { name: facet.definition().name, about: "One value of the facet.", plan: plan_values, ..VALUE }
}

/// The value that stands for no date looks like months, and may be made to look otherwise.
pub(super) const UNDATED_KIND: Definition =
    Definition { name: "undated", about: "The incidents without a date.", ..VALUE };

const VALUE: Definition = Definition {
    stand_in: Some("{% extends \"value.html\" %}\n"),
    view: |pages, page, _| match page.subject {
        Subject::Value(facet, at, number) => view(pages, facet, at, number).into(),
        _ => Drawn::default(),
    },
    variables: super::of::<ValueView>,
    ..PLAIN
};

fn plan_values(plan: &mut Plan<'_>, kind: Kind) {
    let Kind::FacetValue(facet) = kind else { return };
    for (at, shelf) in plan.archive.shelves(facet).iter().enumerate() {
        let is_undated = facet == Facet::Month && shelf.slug == UNDATED;
        let kind = if is_undated { Kind::Undated } else { kind };
        plan.list(kind, &facet.url(&shelf.slug), shelf.incidents.len(), |n| Subject::Value(facet, at, n));
    }
}

fn view(pages: &Pages, facet: Facet, at: usize, number: usize) -> Built<ValueView> {
    let shelf = &pages.archive.shelves(facet)[at];
    let size = pages.config.paginate.max(1);
    let is_first = number == 1;
    let name = name(pages, shelf);
    let look = (facet == Facet::Cause).then(|| pages.causes.get(&shelf.slug)).flatten();
    let Summary { resolve: spread, actions: counts, newest } = pages.summary(facet, at);
    let actions = if is_first { actions(pages, shelf) } else { Vec::new() };
    let first_page = facet.url(&shelf.slug);
    let shown = shelf.incidents.chunks(size).nth(number - 1).unwrap_or_default();
    let view = ValueView {
        noun: english::capital(facet.definition().name),
        within: within(facet, &name),
        severity: (facet == Facet::Severity).then(|| SeverityView {
            label: name.clone(),
            class: row::weight(&name),
            url: first_page.clone(),
        }),
        definition: look.map(|look| look.definition.clone()).unwrap_or_default(),
        not_when: look.map(|look| look.not_when.clone()).unwrap_or_default(),
        cause: look.map(|look| look.shared.clone()),
        up: super::link(&english::capital(facet.definition().plural), &facet.index_url()),
        count: shelf.incidents.len(),
        newest: newest.map(english::day),
        median: spread.median().map(english::duration),
        p90: spread.p90().map(english::duration),
        known: spread.n(),
        archive_median: pages.whole.resolve.median().map(english::duration),
        archive_known: pages.whole.resolve.n(),
        action_counts: action_items::counts(*counts),
        months: is_first.then(|| months(pages, shelf, &name)).flatten(),
        ghosts: facet == Facet::Cause && trend::shows_ghosts(pages),
        dots: is_first.then(|| durations(pages, shelf, &within(facet, &name), spread)).flatten(),
        rows: shown.iter().map(|index| pages.row(*index)).collect(),
        pager: frame::pager(&first_page, number, plan::pages_of(shelf.incidents.len(), size)),
        first: is_first,
        beside: if is_first { beside(pages, shelf) } else { Vec::new() },
        actions_note: action_items::part_note(*counts, actions.len()),
        actions,
        earlier: neighbour(pages, facet, at + 1),
        later: at.checked_sub(1).and_then(|at| neighbour(pages, facet, at)),
        feed: frame::shelf_feed(shelf, &name, &pages.archive, &pages.config),
        name: name.clone(),
    };
    let description = description(&view);
    let head = Head {
        title: pages.titled(&numbered(&name, number)),
        description,
        section: section(facet),
        feed: view.feed.clone(),
        json_ld: None,
    };
    Built { head, view }
}

/// The entry of the navigation that pages of a facet belong to.
pub(super) fn section(facet: Facet) -> &'static str {
    let definition = facet.definition();
    if definition.in_navigation { definition.plural } else { "incidents" }
}

/// What a shelf is called on pages.
pub(super) fn name(pages: &Pages, shelf: &Shelf) -> String {
    match shelf.facet {
        Facet::Cause => {
            pages.causes.get(&shelf.slug).map_or_else(|| shelf.name.clone(), |look| look.view.name.clone())
        }
        Facet::Month if shelf.slug == UNDATED => "Without a date".to_owned(),
        Facet::Month => english::month_of(&shelf.slug),
        _ => shelf.name.clone(),
    }
}

/// A value within a sentence: causes in lower case, the others as they are.
fn within(facet: Facet, name: &str) -> String {
    match facet {
        Facet::Cause => english::lower(name),
        _ => name.to_owned(),
    }
}

fn description(view: &ValueView) -> String {
    let incidents = english::count(view.count, "incident");
    let newest = view.newest.as_ref().map(|day| format!(", the newest on {day}")).unwrap_or_default();
    let half =
        view.median.as_ref().map(|half| format!(" Half were resolved within {half}.")).unwrap_or_default();
    format!("{}: {incidents}{newest}.{half} {}", view.name, view.definition).trim_end().to_owned()
}

fn months(pages: &Pages, shelf: &Shelf, name: &str) -> Option<ChartView> {
    match shelf.facet {
        Facet::Month => None,
        Facet::Year => trend::in_year(pages, "mo", &shelf.incidents),
        _ if shelf.incidents.len() < 2 => None,
        Facet::Cause => {
            let class = pages.causes.get(&shelf.slug).map_or("c6", |look| look.view.class.as_str());
            trend::against_others(pages, "mo", &english::lower(name), class, &shelf.incidents)
        }
        _ => trend::by_cause(pages, "mo", &shelf.incidents),
    }
}

/// The times to resolve, against all others where the archive is small enough for dots.
fn durations(pages: &Pages, shelf: &Shelf, name: &str, spread: &Spread) -> Option<ChartView> {
    if spread.n() < DRAWN_FROM || matches!(shelf.facet, Facet::Month) {
        return None;
    }
    let is_small = pages.whole.resolve.n() <= super::charts::MOST_DOTS;
    let others = is_small.then(|| others(pages, shelf)).filter(|others| others.n() > 0);
    let all = spread.values().iter().chain(others.as_ref().map_or(&[][..], Spread::values));
    let scale = dots::Scale::over(all.copied());
    let label = match &others {
        Some(_) => format!("{name}, against all others in outline"),
        None => name.to_owned(),
    };
    let title = format!("Time to resolve: {label}");
    let description = format!(
        "{} Median {}, {} of {}.",
        dots::manner(spread.n() + others.as_ref().map_or(0, Spread::n), scale),
        dots::median(spread),
        name,
        english::in_words(spread.n())
    );
    let row = dots::Row { name: &label, spread, others: others.as_ref() };
    Some(dots::chart("ttr", &title, &description, scale, &[row]))
}

fn others(pages: &Pages, shelf: &Shelf) -> Spread {
    let own = |index: &Index| shelf.incidents.binary_search(index).is_ok();
    let others: Vec<Index> = (0..pages.archive.incidents.len()).filter(|index| !own(index)).collect();
    Measure::Resolve.spread(&pages.archive, &others)
}

fn beside(pages: &Pages, shelf: &Shelf) -> Vec<BesideView> {
    let others = Facet::with_pages().filter(|facet| *facet != shelf.facet && !facet.is_time());
    let of_facets = others.map(|facet| beside_facet(pages, shelf, facet));
    of_facets.chain([factors(pages, shelf)]).filter(|beside| !beside.rows.is_empty()).collect()
}

fn beside_facet(pages: &Pages, shelf: &Shelf, facet: Facet) -> BesideView {
    let values = pages.archive.beside(facet, &shelf.incidents);
    let row = |(value, here): &(&Shelf, usize)| BesideRowView {
        name: name(pages, value),
        url: Some(facet.url(&value.slug)),
        cause: (facet == Facet::Cause)
            .then(|| pages.causes.get(&value.slug))
            .flatten()
            .map(|look| look.shared.clone()),
        class: (facet == Facet::Severity).then(|| row::weight(&value.name)),
        here: *here,
        all: value.incidents.len(),
    };
    BesideView {
        noun: english::capital(facet.definition().name),
        rows: values.iter().take(BESIDE).map(row).collect(),
        more: values.len().saturating_sub(BESIDE),
    }
}

fn factors(pages: &Pages, shelf: &Shelf) -> BesideView {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for factor in shelf.incidents.iter().flat_map(|index| &pages.archive.incidents[*index].factors) {
        *counts.entry(factor.value.as_str()).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let row = |(factor, here): &(&str, usize)| BesideRowView {
        name: factor.replace('-', " "),
        url: None,
        cause: None,
        class: None,
        here: *here,
        all: pages.factors.get(*factor).copied().unwrap_or(*here),
    };
    let more = counts.len().saturating_sub(BESIDE);
    BesideView { noun: "Factor".to_owned(), rows: counts.iter().take(BESIDE).map(row).collect(), more }
}

fn actions(pages: &Pages, shelf: &Shelf) -> Vec<ActionView> {
    let dated = |index: &&Index| pages.archive.incidents[**index].date.is_some();
    let order = shelf
        .incidents
        .iter()
        .rev()
        .filter(dated)
        .chain(shelf.incidents.iter().filter(|index| !dated(index)));
    let items =
        order.flat_map(|index| (0..pages.archive.incidents[*index].actions.len()).map(move |n| (*index, n)));
    let of = |state| items.clone().filter(move |at| pages.action(at).state() == state);
    of(ActionState::Open)
        .chain(of(ActionState::NotMarked))
        .take(ACTIONS)
        .map(|at| pages.action_row(&at))
        .collect()
}

/// The month or year at a position, newest first; the undated are no one's neighbour.
fn neighbour(pages: &Pages, facet: Facet, at: usize) -> Option<LinkView> {
    let shelf = pages.archive.shelves(facet).get(at).filter(|_| facet.is_time())?;
    (!plan::is_unknown(&shelf.slug)).then(|| super::link(&name(pages, shelf), &facet.url(&shelf.slug)))
}
