//! The pages for addresses that lead nowhere, or elsewhere.

use super::frame::Head;
use super::kinds::{Definition, Drawn, PLAIN};
use super::plan::{Plan, Subject};
use super::row::{self, LinkView};
use super::view::views;
use super::{Built, Kind, Pages};
use crate::address;

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

pub(super) const NOT_FOUND: Definition = Definition {
    name: "not-found",
    about: "The page for an address that is not there; its `root` is absolute.",
    template: Some("404"),
    url: address::NOT_FOUND,
    is_listed: false,
    plan: |plan, kind| plan.add(kind, kind.url(), Subject::Whole),
    view: |pages, _, _| not_found(pages).into(),
    variables: super::of::<NotFoundView>,
    ..PLAIN
};

pub(super) const REDIRECT: Definition = Definition {
    name: "redirect",
    about: "Where an address that a document had before leads now.",
    is_listed: false,
    plan: plan_redirects,
    view: |pages, page, _| match &page.subject {
        Subject::Redirect(url, title) => redirect(pages, url, title).into(),
        _ => Drawn::default(),
    },
    variables: super::of::<RedirectView>,
    ..PLAIN
};

/// Aliases that are free: a page's own address always wins, and of two aliases the first.
fn plan_redirects(plan: &mut Plan<'_>, kind: Kind) {
    let incidents = &plan.archive.incidents;
    if incidents.iter().all(|incident| incident.aliases.is_empty()) {
        return;
    }
    let mut taken = plan.taken();
    for incident in incidents {
        for alias in &incident.aliases {
            if let Some(url) = address::alias(alias).filter(|url| taken.insert(url.clone())) {
                plan.add(kind, url, Subject::Redirect(row::url(incident), row::name(incident)));
            }
        }
    }
}

fn not_found(pages: &Pages) -> Built<NotFoundView> {
    let home = super::link("Home", address::HOME);
    let view = NotFoundView {
        ways: std::iter::once(home)
            .chain(pages.nav.iter().map(|nav| super::link(&nav.text, &nav.url)))
            .collect(),
    };
    let description = "There is no page at this address.".to_owned();
    Built { head: Head { title: pages.titled("Not found"), description, ..Head::default() }, view }
}

fn redirect(pages: &Pages, url: &str, title: &str) -> Built<RedirectView> {
    let head = Head {
        title: pages.titled(&format!("Moved: {title}")),
        description: format!("This page moved: {title}."),
        section: "incidents",
        ..Head::default()
    };
    Built { head, view: RedirectView { target: super::link(title, url) } }
}
