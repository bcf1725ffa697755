//! The pages for addresses that lead nowhere, or elsewhere.

use super::frame::Head;
use super::row::LinkView;
use super::view::views;
use super::{Built, Pages};

views! {
    /// The page for an address that is not there.
    pub struct NotFoundView {
        /// Where to go instead.
        pub ways: Vec<LinkView>,
    }

    /// Where an address that a document had before leads now.
    pub struct RedirectView {
        /// The page that it leads to.
        pub target: LinkView,
    }
}

pub(super) fn not_found(pages: &Pages) -> Built<NotFoundView> {
    let home = super::link("Home", crate::address::HOME);
    let nav = super::frame::nav(pages.archive.incidents.len(), pages.offers.search);
    let view = NotFoundView {
        ways: std::iter::once(home)
            .chain(nav.into_iter().map(|nav| super::link(&nav.text, &nav.url)))
            .collect(),
    };
    let description = "There is no page at this address.".to_owned();
    Built { head: Head { title: pages.titled("Not found"), description, ..Head::default() }, view }
}

pub(super) fn redirect(pages: &Pages, url: &str, title: &str) -> Built<RedirectView> {
    let head = Head {
        title: pages.titled(&format!("Moved: {title}")),
        description: format!("This page moved: {title}."),
        section: "incidents",
        ..Head::default()
    };
    Built { head, view: RedirectView { target: super::link(title, url) } }
}
