//! Action items as rows.

use super::row::{self, DateView, LinkView};
use super::view::views;
use crate::archive::{Archive, Index};
use crate::document::html;
use crate::incident::{Action, Day};

views! {
    /// One action item.
    pub struct ActionView {
        /// What was promised.
        pub text: String,
        /// `Open`, `Done`, or `Promised` when the document does not say.
        pub state: &'static str,
        /// Whether it is marked done.
        pub done: bool,
        /// Who promised it; nothing when it has no owner.
        pub owner: Option<String>,
        /// When it is due, where that could be read as a day.
        pub due: Option<DateView>,
        /// When it is due, as written, where it is not a day.
        pub due_text: Option<String>,
        /// Its ticket.
        pub ticket: Option<String>,
        /// Address of the ticket, where it is one.
        pub ticket_url: Option<String>,
        /// The incident that it was promised after; left out on that incident's own page.
        pub after: Option<LinkView>,
        /// The day of that incident.
        pub after_date: Option<DateView>,
        /// The incident that struck again with the same cause in the same service while this was open.
        pub again: Option<LinkView>,
    }
}

/// An action item of `incident`. `again` is the next incident alike; `named` says whether to name the incident.
pub fn action(archive: &Archive, again: &[Option<Index>], incident: Index, action: &Action, named: bool) -> ActionView {
    let own = &archive.incidents[incident];
    let done = action.done == Some(true);
    let due = action.due.as_deref().and_then(day);
    let again = again[incident].filter(|_| !done).map(|later| {
        let later = &archive.incidents[later];
        let text = later.date.as_ref().map(|date| super::english::short_day(date.value)).unwrap_or_default();
        LinkView { text, url: row::url(later) }
    });
    ActionView {
        text: action.text.clone(),
        state: match action.done {
            Some(true) => "Done",
            Some(false) => "Open",
            None => "Promised",
        },
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
