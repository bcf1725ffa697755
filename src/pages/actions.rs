//! Every action item by state: open and not marked ones oldest first, done ones newest first.

use super::action_items::{self, ActionCountsView, ActionView};
use super::frame::{self, Head, PagerView};
use super::kinds::{Definition, PLAIN};
use super::list::numbered;
use super::plan::Subject;
use super::view::views;
use super::{ActionAt, Built, Pages, english, plan};
use crate::address;
use crate::incident::ActionState;

views! {
    /// A page of the list of all action items.
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
        /// Those of this page by state, without states that have none here.
        pub groups: Vec<ActionGroupView>,
        /// The other pages of the list; nothing when it has one.
        pub pager: Option<PagerView>,
    }

    /// The action items of one state.
    pub struct ActionGroupView {
        /// The state, such as `Not marked`.
        pub name: String,
        /// Its anchor, such as `not-marked`.
        pub slug: String,
        /// How they are ordered, and what the state means where that is not plain.
        pub note: &'static str,
        /// Those of this page.
        pub rows: Vec<ActionView>,
    }
}

pub(super) const KIND: Definition = Definition {
    name: "actions",
    about: "Every action item, open first.",
    url: "actions/index.html",
    section: Some("actions"),
    plan: |plan, kind| {
        if plan.has_incidents() {
            let actions = plan.archive.incidents.iter().map(|incident| incident.actions.len()).sum();
            plan.list(kind, &kind.url(), actions, Subject::Part);
        }
    },
    view: |pages, page, _| view(pages, page.number()).into(),
    variables: super::of::<ActionsView>,
    ..PLAIN
};

fn view(pages: &Pages, number: usize) -> Built<ActionsView> {
    let size = pages.config.paginate.max(1);
    let items = &pages.actions;
    let counts = pages.whole.actions;
    let told = if number == 1 { &items[..counts.open + counts.not_marked] } else { &[] };
    let shown = items.chunks(size).nth(number - 1).unwrap_or_default();
    let oldest = items[..counts.open]
        .first()
        .and_then(|(incident, _)| pages.archive.incidents[*incident].date.as_ref());
    let view = ActionsView {
        action_counts: action_items::counts(counts),
        oldest: oldest.map(|date| english::day(date.value)),
        without_owner: told.iter().filter(|at| pages.action(at).owner.is_none()).count(),
        without_date: told.iter().filter(|at| pages.action(at).due.is_none()).count(),
        struck_again: told.iter().filter(|(incident, _)| pages.again[*incident].is_some()).count(),
        groups: ActionState::ALL.iter().filter_map(|state| group(pages, *state, shown)).collect(),
        pager: frame::pager(KIND.url, number, plan::pages_of(items.len(), size)),
    };
    let title = pages.titled(&numbered("Actions", number));
    let description =
        format!("Action items of the incidents of {}: open ones first, by age.", pages.config.title);
    Built { head: Head { title, description, section: "actions", ..Head::default() }, view }
}

fn group(pages: &Pages, state: ActionState, shown: &[ActionAt]) -> Option<ActionGroupView> {
    let own = shown.iter().filter(|at| pages.action(at).state() == state);
    let rows: Vec<ActionView> = own.map(|at| pages.action_row(at)).collect();
    let note = match state {
        ActionState::Open => "Oldest incident first.",
        ActionState::NotMarked => "No state was found for them. Oldest incident first.",
        ActionState::Done => "Newest incident first.",
    };
    let group = ActionGroupView {
        name: english::capital(state.words()),
        slug: address::slugify(state.words()),
        note,
        rows,
    };
    (!group.rows.is_empty()).then_some(group)
}
