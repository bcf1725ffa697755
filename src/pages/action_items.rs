//! Action items as rows.

use super::english;
use super::row::{self, DateView, LinkView};
use super::view::views;
use crate::archive::statistics::ActionCounts;
use crate::archive::{Archive, Index};
use crate::document::html;
use crate::incident::{Action, ActionState, Day};

views! {
    /// One action item.
    pub struct ActionView {
        /// What is to be done.
        pub text: String,
        /// `Open`, `Done`, or `Not marked`.
        pub state: String,
        /// Whether it is marked done.
        pub done: bool,
        /// Whose it is; nothing when it has no owner.
        pub owner: Option<String>,
        /// When it is due, where that could be read as a day.
        pub due: Option<DateView>,
        /// When it is due, as written, where it is not a day.
        pub due_text: Option<String>,
        /// Its ticket.
        pub ticket: Option<String>,
        /// Address of the ticket, where it is one.
        pub ticket_url: Option<String>,
        /// The incident that it follows; left out on that incident's own page.
        pub after: Option<LinkView>,
        /// The day of that incident.
        pub after_date: Option<DateView>,
        /// The next incident with the same cause in the same service; nothing when this is done.
        pub again: Option<LinkView>,
    }

    /// How many action items there are, by state.
    pub struct ActionCountsView {
        /// How many in all.
        pub all: usize,
        /// How many are marked open.
        pub open: usize,
        /// How many have no state in the text.
        pub not_marked: usize,
        /// How many are marked done.
        pub done: usize,
        /// Those in words, such as `13 open, 22 not marked, 36 done`.
        pub words: String,
    }
}

pub fn counts(counts: ActionCounts) -> ActionCountsView {
    let ActionCounts { open, not_marked, done } = counts;
    ActionCountsView { all: counts.all(), open, not_marked, done, words: told(counts) }
}

/// `13 open, 22 not marked, 36 done`, without those that are none; of one its state alone.
pub fn told(counts: ActionCounts) -> String {
    let each = ActionState::ALL.into_iter().map(|state| (counts.get(state), state.words()));
    let parts = each.filter(|(n, _)| *n > 0).map(|(n, words)| match counts.all() {
        1 => words.to_owned(),
        _ => format!("{} {words}", english::number(n)),
    });
    parts.collect::<Vec<_>>().join(", ")
}

/// What a part of a list says of itself, such as `13 open, 22 not marked; four shown, oldest open first.`
pub fn part_note(counts: ActionCounts, shown: usize) -> String {
    let rest = ActionCounts { done: 0, ..counts };
    match shown {
        0 => String::new(),
        shown if shown == rest.all() => format!("{}.", english::capital(&told(rest))),
        shown => format!(
            "{}; {} shown, oldest open first.",
            english::capital(&told(rest)),
            english::in_words(shown)
        ),
    }
}

/// An action item of `incident`. `again` is the next incident alike; `named` says whether to name the incident.
pub fn action(
    archive: &Archive,
    again: &[Option<Index>],
    incident: Index,
    action: &Action,
    named: bool,
) -> ActionView {
    let own = &archive.incidents[incident];
    let done = action.done == Some(true);
    let due = action.due.as_deref().and_then(day);
    let again = again[incident].filter(|_| !done).map(|later| {
        let later = &archive.incidents[later];
        let text = later.date.as_ref().map(|date| english::short_day(date.value)).unwrap_or_default();
        LinkView { text, url: row::url(later) }
    });
    ActionView {
        text: action.text.clone(),
        state: english::capital(action.state().words()),
        done,
        owner: action.owner.clone(),
        due_text: action.due.clone().filter(|_| due.is_none()),
        due: due.map(DateView::of),
        ticket_url: action.ticket.as_deref().and_then(html::address).filter(|url| url.starts_with("http")),
        ticket: action.ticket.as_deref().map(short_ticket),
        after: named.then(|| LinkView { text: row::name(own), url: row::url(own) }),
        after_date: own.date.as_ref().filter(|_| named).map(|date| DateView::of(date.value)),
        again,
    }
}

/// An address is shown by its last part.
fn short_ticket(ticket: &str) -> String {
    let is_url = ticket.contains("://");
    let last = ticket.trim_end_matches('/').rsplit('/').next().filter(|last| is_url && !last.is_empty());
    last.unwrap_or(ticket).to_owned()
}

fn day(text: &str) -> Option<Day> {
    text.parse::<jiff::civil::Date>().ok().filter(|_| text.len() == 10).map(Day::from)
}
