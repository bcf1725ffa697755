//! Every action item: open ones first, oldest first; then the done ones.

use super::frame::{self, Head, PagerView};
use super::list::numbered;
use super::promise::{self, ActionView};
use super::view::views;
use super::{Built, Pages, english, plan};
use crate::address;
use crate::archive::Promised;

views! {
    /// A page of the list of all action items.
    pub struct ActionsView {
        /// How many were promised in all.
        pub promised: usize,
        /// How many are not marked done.
        pub open: usize,
        /// The day of the incident that the oldest open one was promised after.
        pub oldest: Option<String>,
        /// How many of the open ones have no owner; told on the first page.
        pub without_owner: usize,
        /// How many of the open ones have no date; told on the first page.
        pub without_date: usize,
        /// How many were still open when the same cause struck the same service again; told on the first page.
        pub struck_again: usize,
        /// Whether some state is not written, so that they are listed as promised.
        pub unsaid: bool,
        /// The open ones of this page.
        pub open_rows: Vec<ActionView>,
        /// The done ones of this page.
        pub done_rows: Vec<ActionView>,
        /// The other pages of the list; nothing when it has one.
        pub pager: Option<PagerView>,
    }
}

pub(super) fn view(pages: &Pages, number: usize) -> Built<ActionsView> {
    let size = pages.config.paginate.max(1);
    let items = &pages.actions;
    let open = &items[..pages.open];
    let told = if number == 1 { open } else { &[] };
    let promised = |(incident, n): &(usize, usize)| Promised {
        incident: *incident,
        action: &pages.archive.incidents[*incident].actions[*n],
    };
    let shown: Vec<Promised<'_>> = items.chunks(size).nth(number - 1).unwrap_or_default().iter().map(promised).collect();
    let (open_rows, done_rows) = shown
        .iter()
        .map(|item| promise::action(&pages.archive, &pages.again, item.incident, item.action, true))
        .partition(|row| !row.done);
    let oldest = open.first().and_then(|(incident, _)| pages.archive.incidents[*incident].date.as_ref());
    let view = ActionsView {
        promised: items.len(),
        open: open.len(),
        oldest: oldest.map(|date| english::day(date.value)),
        without_owner: told.iter().filter(|item| promised(item).action.owner.is_none()).count(),
        without_date: told.iter().filter(|item| promised(item).action.due.is_none()).count(),
        struck_again: told.iter().filter(|(incident, _)| pages.again[*incident].is_some()).count(),
        unsaid: shown.iter().any(|item| item.action.done.is_none()),
        open_rows,
        done_rows,
        pager: frame::pager(address::ACTIONS, number, plan::pages_of(items.len(), size)),
    };
    let title = pages.titled(&numbered("Actions", number));
    let description = format!("What was promised after the incidents of {}: open actions first, by age.", pages.config.title);
    Built { head: Head { title, description, section: "actions", ..Head::default() }, view }
}
