//! All values of a facet: causes, services, severities, tags; and the months by year.

use super::action_items::{self, ActionCountsView};
use super::causes::CauseView;
use super::frame::{self, Head, PagerView};
use super::kinds::{Definition, Drawn, PLAIN};
use super::list::numbered;
use super::plan::{Plan, Subject};
use super::row::{self, SeverityView};
use super::view::{Shared, views};
use super::{Built, Kind, Pages, english, plan, value};
use crate::address;
use crate::archive::{Facet, Index, List, Shelf};

views! {
    /// One value in the list of a facet.
    pub struct ValueRowView {
        /// Its name.
        pub name: String,
        /// Address of its page.
        pub url: String,
        /// The cause, where it is one.
        pub cause: Option<Shared<CauseView>>,
        /// What the cause means; may be empty.
        pub definition: String,
        /// The severity, where it is one.
        pub severity: Option<SeverityView>,
        /// How many incidents it has.
        pub count: usize,
        /// The day of its newest incident, such as `29 Nov 2024`.
        pub newest: Option<String>,
        /// Half of its incidents were resolved within this long.
        pub median: Option<String>,
        /// How many action items there are, by state.
        pub action_counts: ActionCountsView,
    }

    /// All values of a facet.
    pub struct ValuesView {
        /// What they are, such as `Services`.
        pub name: String,
        /// What one of them is, such as `Service`.
        pub noun: String,
        /// How many there are.
        pub count: usize,
        /// How many incidents have none.
        pub without: usize,
        /// The values of this page.
        pub rows: Vec<ValueRowView>,
        /// The other pages of the list; nothing when it has one.
        pub pager: Option<PagerView>,
    }

    /// A month in its year.
    pub struct MonthView {
        /// `May`.
        pub name: String,
        /// Address of its page.
        pub url: String,
        /// How many incidents it has.
        pub count: usize,
    }

    /// A year with its months.
    pub struct YearMonthsView {
        /// The year.
        pub name: String,
        /// Address of its page.
        pub url: String,
        /// How many incidents it has.
        pub count: usize,
        /// Its months that have incidents, in order.
        pub months: Vec<MonthView>,
    }

    /// All months, by year.
    pub struct MonthsView {
        /// The years, newest first.
        pub years: Vec<YearMonthsView>,
        /// The page of the incidents without a date, with their number; nothing when all are dated.
        pub undated: Option<MonthView>,
    }
}

/// The list of all values of a facet.
pub(super) fn kind(facet: Facet) -> Definition {
    let definition = facet.definition();
    let all = Definition {
        name: definition.plural,
        about: "All values of the facet.",
        section: definition.in_navigation.then_some(definition.plural),
        ..PLAIN
    };
    match definition.list {
        List::Calendar => Definition {
            plan: |plan, kind| plan_list(plan, kind, |_| 1),
            view: |pages, _, _| months(pages).into(),
            variables: super::of::<MonthsView>,
            ..all
        },
        _ => Definition {
            stand_in: Some("{% extends \"values.html\" %}\n"),
            plan: |plan, kind| plan_list(plan, kind, <[Shelf]>::len),
            view: |pages, page, _| match page.kind() {
                Kind::FacetIndex(facet) => view(pages, facet, page.number()).into(),
                _ => Drawn::default(),
            },
            variables: super::of::<ValuesView>,
            ..all
        },
    }
}

/// A list of as many entries as `count` says of the values; without values there is none.
fn plan_list(plan: &mut Plan<'_>, kind: Kind, count: fn(&[Shelf]) -> usize) {
    if let Kind::FacetIndex(facet) = kind
        && let shelves @ [_, ..] = plan.archive.shelves(facet)
    {
        plan.list(kind, &kind.url(), count(shelves), Subject::Part);
    }
}

fn view(pages: &Pages, facet: Facet, number: usize) -> Built<ValuesView> {
    let shelves = pages.archive.shelves(facet);
    let size = pages.config.paginate.max(1);
    let name = english::capital(facet.definition().plural);
    let shown = shelves.iter().enumerate().skip((number - 1) * size).take(size);
    let has_none = |index: &Index| pages.archive.stands_on(facet, *index).is_empty();
    let without = match number {
        1 => (0..pages.archive.incidents.len()).filter(has_none).count(),
        _ => 0,
    };
    let view = ValuesView {
        noun: english::capital(facet.definition().name),
        count: shelves.len(),
        without,
        rows: shown.map(|(at, shelf)| row_of(pages, at, shelf)).collect(),
        pager: frame::pager(&facet.index_url(), number, plan::pages_of(shelves.len(), size)),
        name: name.clone(),
    };
    let section = value::section(facet);
    let description = format!("The {} of {}, with their incidents.", name.to_lowercase(), pages.config.title);
    Built {
        head: Head { title: pages.titled(&numbered(&name, number)), description, section, ..Head::default() },
        view,
    }
}

fn row_of(pages: &Pages, at: usize, shelf: &Shelf) -> ValueRowView {
    let name = value::name(pages, shelf);
    let look = (shelf.facet == Facet::Cause).then(|| pages.causes.get(&shelf.slug)).flatten();
    let url = shelf.facet.url(&shelf.slug);
    let summary = pages.summary(shelf.facet, at);
    ValueRowView {
        severity: (shelf.facet == Facet::Severity).then(|| SeverityView {
            label: name.clone(),
            class: row::weight(&name),
            url: url.clone(),
        }),
        cause: look.map(|look| look.shared.clone()),
        definition: look.map(|look| look.definition.clone()).unwrap_or_default(),
        count: shelf.incidents.len(),
        newest: summary.newest.map(english::short_day),
        median: summary.resolve.median().map(english::duration),
        action_counts: action_items::counts(summary.actions),
        name,
        url,
    }
}

fn months(pages: &Pages) -> Built<MonthsView> {
    let years = pages.archive.shelves(Facet::Year).iter().map(|year| YearMonthsView {
        name: year.name.trim_start_matches('0').to_owned(),
        url: Facet::Year.url(&year.slug),
        count: year.incidents.len(),
        months: months_of(pages, &year.slug),
    });
    let undated = pages.archive.shelf(Facet::Month, address::UNDATED).map(|shelf| MonthView {
        name: value::name(pages, shelf),
        url: Facet::Month.url(address::UNDATED),
        count: shelf.incidents.len(),
    });
    let view = MonthsView { years: years.collect(), undated };
    let description = format!("The incidents of {} by month and year.", pages.config.title);
    Built {
        head: Head { title: pages.titled("Months"), description, section: "incidents", ..Head::default() },
        view,
    }
}

fn months_of(pages: &Pages, year: &str) -> Vec<MonthView> {
    let in_year = |shelf: &&Shelf| shelf.slug.split_once('-').is_some_and(|(of, _)| of == year);
    let months = pages.archive.shelves(Facet::Month).iter().rev().filter(in_year);
    let month = |shelf: &Shelf| MonthView {
        name: english::month_of(&shelf.slug).split(' ').next().unwrap_or_default().to_owned(),
        url: Facet::Month.url(&shelf.slug),
        count: shelf.incidents.len(),
    };
    months.map(month).collect()
}
