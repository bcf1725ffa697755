//! The ledger of action items: by state, then by incident, newest first; and whose they are.

use super::action_items::{self, ActionCountsView, ActionView};
use super::frame::{self, Head, PagerView};
use super::kinds::{Definition, PLAIN};
use super::list::numbered;
use super::plan::Subject;
use super::row::{self, DateView, LinkView};
use super::view::views;
use super::{ActionAt, Built, Pages, english};
use crate::address;
use crate::archive::Archive;
use crate::archive::statistics::ActionCounts;
use crate::incident::ActionState;
use std::collections::BTreeMap;

/// How many items a page of the ledger has.
const PAGE: usize = 400;

/// How many pages it has at most. The items that do not fit are on the pages of their incidents.
const PAGES: usize = 5;

/// How many owners the table names: those with the most that is open.
const OWNERS: usize = 20;

views! {
    /// A page of the ledger of all action items.
    pub struct ActionsView {
        /// How many there are, by state.
        pub action_counts: ActionCountsView,
        /// The day of the incident that the oldest open one followed.
        pub oldest: Option<String>,
        /// How many of the open and not marked ones have no owner; told on the first page.
        pub without_owner: usize,
        /// How many of the open and not marked ones have no date; told on the first page.
        pub without_date: usize,
        /// After how many of them the same cause struck the same service again; told on the first page.
        pub struck_again: usize,
        /// Owners with their items by state, those with the most open ones first; on the first page.
        pub owners: Vec<OwnerView>,
        /// How many further owners there are.
        pub more_owners: usize,
        /// Those of this page by state, without states that have none here.
        pub groups: Vec<ActionGroupView>,
        /// How many items are on no page of the ledger, since they are many and old.
        pub left_out: usize,
        /// The other pages of the ledger; nothing when it has one.
        pub pager: Option<PagerView>,
    }

    /// An owner of action items.
    pub struct OwnerView {
        /// Its name; nothing for items without one.
        pub name: Option<String>,
        /// Its items by state.
        pub counts: ActionCountsView,
    }

    /// The action items of one state.
    pub struct ActionGroupView {
        /// The state, such as `Not marked`.
        pub name: String,
        /// Its anchor, such as `not-marked`.
        pub slug: String,
        /// How many there are in all.
        pub count: usize,
        /// What the state means where that is not plain.
        pub note: &'static str,
        /// Those of this page, by incident.
        pub incidents: Vec<LedgerView>,
    }

    /// The action items of one incident and one state.
    pub struct LedgerView {
        /// The incident.
        pub incident: LinkView,
        /// Its day.
        pub date: Option<DateView>,
        /// Its services.
        pub services: Vec<String>,
        /// The items.
        pub rows: Vec<ActionView>,
    }
}

pub(super) const KIND: Definition = Definition {
    name: "actions",
    about: "Every action item by state, newest incident first.",
    url: "actions/index.html",
    section: Some("actions"),
    plan: |plan, kind| {
        if plan.has_incidents() {
            let items = plan.archive.incidents.iter().map(|incident| incident.actions.len()).sum();
            for number in 1..=pages_of(items) {
                plan.add(kind, address::further(&kind.url(), number), Subject::Part(number));
            }
        }
    },
    view: |pages, page, _| view(pages, page.number()).into(),
    variables: super::of::<ActionsView>,
    ..PLAIN
};

fn pages_of(items: usize) -> usize {
    items.div_ceil(PAGE).clamp(1, PAGES)
}

fn view(pages: &Pages, number: usize) -> Built<ActionsView> {
    let counts = pages.whole.actions;
    let ledger = ledger(&pages.archive);
    let unfinished = &ledger[..counts.open + counts.not_marked];
    let told = if number == 1 { unfinished } else { &[] };
    let shown = ledger.chunks(PAGE).nth(number - 1).unwrap_or_default();
    let oldest =
        ledger[..counts.open].iter().rev().find_map(|(at, _)| pages.archive.incidents[*at].date.as_ref());
    let mut owners = if number == 1 { owners(pages) } else { Vec::new() };
    let more_owners = owners.len().saturating_sub(OWNERS);
    owners.truncate(OWNERS);
    let view = ActionsView {
        action_counts: action_items::counts(counts),
        oldest: oldest.map(|date| english::day(date.value)),
        without_owner: told.iter().filter(|at| pages.action(at).owner.is_none()).count(),
        without_date: told.iter().filter(|at| pages.action(at).due.is_none()).count(),
        struck_again: told.iter().filter(|(incident, _)| pages.again[*incident].is_some()).count(),
        owners,
        more_owners,
        groups: ActionState::ALL.iter().filter_map(|state| group(pages, *state, shown)).collect(),
        left_out: ledger.len().saturating_sub(PAGE * PAGES),
        pager: frame::pager(KIND.url, number, pages_of(ledger.len())),
    };
    let title = pages.titled(&numbered("Actions", number));
    let description =
        format!("Action items of the incidents of {}: what is open, overdue, and whose.", pages.config.title);
    Built { head: Head { title, description, section: "actions", ..Head::default() }, view }
}

/// Every item by state, of the newest incident first.
fn ledger(archive: &Archive) -> Vec<ActionAt> {
    let of_state = |state: ActionState| {
        archive.incidents.iter().enumerate().flat_map(move |(at, incident)| {
            let own = incident.actions.iter().enumerate().filter(move |(_, action)| action.state() == state);
            own.map(move |(n, _)| (at, n))
        })
    };
    ActionState::ALL.into_iter().flat_map(of_state).collect()
}

/// Names that differ only in case are one owner.
fn owners(pages: &Pages) -> Vec<OwnerView> {
    let mut owners: BTreeMap<Option<String>, (Option<String>, ActionCounts)> = BTreeMap::new();
    for action in pages.archive.incidents.iter().flat_map(|incident| &incident.actions) {
        let key = action.owner.as_ref().map(|owner| owner.to_lowercase());
        let (_, counts) =
            owners.entry(key).or_insert_with(|| (action.owner.clone(), ActionCounts::default()));
        let own = ActionCounts::of([action]);
        counts.open += own.open;
        counts.not_marked += own.not_marked;
        counts.done += own.done;
    }
    let mut owners: Vec<(Option<String>, ActionCounts)> = owners.into_values().collect();
    // Items of nobody come last, whatever their number.
    owners.sort_by_key(|(name, counts)| {
        (name.is_none(), std::cmp::Reverse((counts.open, counts.not_marked, counts.done)))
    });
    owners
        .into_iter()
        .map(|(name, counts)| OwnerView { name, counts: action_items::counts(counts) })
        .collect()
}

fn group(pages: &Pages, state: ActionState, shown: &[ActionAt]) -> Option<ActionGroupView> {
    let own: Vec<&ActionAt> = shown.iter().filter(|at| pages.action(at).state() == state).collect();
    let note = match state {
        ActionState::NotMarked => "No state was found for these in the text.",
        ActionState::Open | ActionState::Done => "",
    };
    let group = ActionGroupView {
        name: english::capital(state.words()),
        slug: address::slugify(state.words()),
        count: pages.whole.actions.get(state),
        note,
        incidents: own.chunk_by(|a, b| a.0 == b.0).map(|chunk| of_incident(pages, chunk)).collect(),
    };
    (!group.incidents.is_empty()).then_some(group)
}

fn of_incident(pages: &Pages, items: &[&ActionAt]) -> LedgerView {
    let incident = &pages.archive.incidents[items[0].0];
    LedgerView {
        incident: super::link(&row::name(incident), &row::url(incident)),
        date: incident.date.as_ref().map(|date| DateView::of(date.value)),
        services: incident.services.iter().map(|service| service.value.clone()).collect(),
        rows: items.iter().map(|at| pages.action_row(at)).collect(),
    }
}
