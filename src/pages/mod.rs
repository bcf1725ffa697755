//! Which pages the archive has and what each shows: one file and one documented
//! `…View` struct a kind. This room knows no template: it makes the values that
//! templates are given, so the views are the contract of every theme.
//!
//! [`Pages::plan`] lists the pages and computes once what many of them need;
//! [`Pages::view`] builds the values of one. Addresses in views are
//! relative to the archive's top, and `root` leads there from the page.
//!
//! Nothing here asks for the clock or the locale, and no page costs more than
//! what it shows.

mod action_items;
mod actions;
mod causes;
pub mod charts;
mod elsewhere;
pub mod english;
pub mod frame;
mod home;
pub mod incident;
pub mod kinds;
mod list;
pub mod plan;

mod row;
mod search;
mod trend;
mod trends;
mod value;
mod values;
pub mod view;

pub use incident::Text;
pub use plan::Page;

use crate::archive::Facet;
use crate::archive::again::next_alike;
use crate::archive::statistics::{Summaries, Summary};
use crate::archive::{Archive, Index};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::incident::{Action, ActionState};
use action_items::ActionView;
use causes::Causes;
use frame::{Head, NavView, PageView, SiteView};
use kinds::Drawn;
use plan::Subject;
use row::{LinkView, RowView, SeverityView};
use std::collections::BTreeMap;
use std::sync::Arc;
use tera::{Context, Value};
use trend::Calendar;
use view::{Lazy, Parts, Shape, Shared, View};

kinds::kinds! {
    /// A kind of page, by which its row is found. They come in the order of the navigation.
    pub enum Kind {
        Home: home::KIND,
        List: list::KIND,
        Incident: incident::KIND,
        ..
        Undated: value::UNDATED_KIND,
        Trends: trends::KIND,
        Actions: actions::KIND,
        Search: search::KIND,
        NotFound: elsewhere::NOT_FOUND,
        // Last: its pages are at addresses that no other page has.
        Redirect: elsewhere::REDIRECT,
    }
}

/// What the site offers beside its pages.
#[derive(Debug, Clone, Copy, Default)]
pub struct Offers {
    /// Whether there is a search page: without one nothing links to it.
    pub search: bool,
}

/// The pages of an archive, with all that is computed once for many of them.
#[derive(Debug)]
pub struct Pages {
    archive: Arc<Archive>,
    config: Arc<Config>,
    /// The main navigation.
    nav: Vec<NavView>,
    site: Shared<SiteView>,
    rows: Lazy<RowView>,
    /// For each facet a link to each of its shelves.
    links: Vec<Lazy<LinkView>>,
    severities: Lazy<SeverityView>,
    causes: Causes,
    calendar: Calendar,
    /// The whole archive, and each value of each facet.
    whole: Summary,
    summaries: Summaries,
    /// For each incident, the next later one alike.
    again: Vec<Option<Index>>,
    /// Every action item: open and not marked ones oldest first, then done ones newest first.
    actions: Vec<ActionAt>,
    /// How many incidents name each contributing factor.
    factors: BTreeMap<String, usize>,
    /// The feeds of the whole archive.
    feeds: Vec<frame::FeedView>,
    /// Addresses that lead to a page because a document had them before.
    former: BTreeMap<String, Vec<String>>,
}

/// An action item: its incident and its position in there.
type ActionAt = (Index, usize);

/// A view with what its page says of itself.
struct Built<V> {
    head: Head,
    view: V,
}

impl Pages {
    /// What all pages need, and every HTML page in the order of its address.
    pub fn plan(archive: Arc<Archive>, config: Arc<Config>, offers: Offers) -> (Pages, Vec<Page>) {
        let (planned, (causes, again)) = rayon::join(
            || plan::plan(&archive, &config, offers),
            || (Causes::new(&archive, &config), next_alike(&archive)),
        );
        let everything: Vec<Index> = (0..archive.incidents.len()).collect();
        let nav = frame::nav(&planned);
        let pages = Pages {
            site: Shared::new(frame::site(&archive, &config, offers.search, nav.clone())),
            nav,
            rows: Lazy::new(archive.incidents.len()),
            links: Facet::ALL.iter().map(|facet| Lazy::new(archive.shelves(*facet).len())).collect(),
            severities: Lazy::new(archive.shelves(Facet::Severity).len()),
            calendar: Calendar::new(&archive),
            whole: Summary::over(&archive, &everything),
            summaries: Summaries::new(&archive),
            again,
            actions: actions_in_order(&archive),
            factors: factors(&archive),
            feeds: frame::feeds(&archive, &config),
            former: plan::former_addresses(&planned),
            causes,
            archive,
            config,
        };
        (pages, planned)
    }

    /// An incident as a row of a list, the same wherever it stands.
    fn row(&self, index: Index) -> Shared<RowView> {
        self.rows.get(index, || row::row(self, index))
    }

    fn action(&self, (incident, n): &ActionAt) -> &Action {
        &self.archive.incidents[*incident].actions[*n]
    }

    /// An action item as a row that names its incident.
    fn action_row(&self, at: &ActionAt) -> ActionView {
        action_items::action(&self.archive, &self.again, at.0, self.action(at), true)
    }

    /// Links to the pages of an incident's values of a facet.
    fn links(&self, facet: Facet, index: Index) -> Vec<Shared<LinkView>> {
        let link = |at: usize| {
            let shelf = &self.archive.shelves(facet)[at];
            self.links[facet as usize].get(at, || link(&value::name(self, shelf), &facet.url(&shelf.slug)))
        };
        self.archive.stands_on(facet, index).iter().map(|at| link(*at as usize)).collect()
    }

    /// What is to be said of all incidents of a value, by its position among those of its facet.
    fn summary(&self, facet: Facet, at: usize) -> &Summary {
        self.summaries.of(&self.archive, facet, at)
    }

    /// The severity of an incident, with its weight.
    fn severity(&self, index: Index) -> Option<Shared<SeverityView>> {
        let at = *self.archive.stands_on(Facet::Severity, index).first()? as usize;
        Some(self.severities.get(at, || row::severity(&self.archive.shelves(Facet::Severity)[at])))
    }

    /// The variables of a page. An incident's page shows its document, so it needs
    /// the text; the others take none. Diagnostics are those about the text.
    pub fn view(&self, page: &Page, text: Option<&Text<'_>>) -> (Context, Vec<Diagnostic>) {
        let mut drawn = (page.kind().definition().view)(self, page, text);
        let diagnostics = std::mem::take(&mut drawn.diagnostics);
        (self.context(page, drawn), diagnostics)
    }

    /// The variables of the search page, with the engine's address and the root of the index.
    pub fn search(&self, page: &Page, engine: &str, index: &str) -> Context {
        self.context(page, search::view(self, engine, index).into())
    }

    fn context(&self, page: &Page, drawn: Drawn) -> Context {
        let mut context = Context::new();
        let mut head = frame::page(page, &self.config, &self.feeds, drawn.head);
        if let (Subject::Redirect(url, _), Some(base)) = (&page.subject, &self.config.base_url) {
            head.canonical = Some(format!("{base}{url}"));
        }
        context.insert_value("root", Value::from(page.root(&self.config)));
        context.insert_value("site", self.site.clone().into());
        context.insert_value("page", head.into());
        for (name, value) in drawn.entries {
            context.insert_value(name, value);
        }
        context
    }

    /// `Capacity and load, Halyard Ferries casebook`.
    fn titled(&self, title: &str) -> String {
        format!("{title}, {}", self.config.title)
    }

    /// `14 incidents`.
    fn count(&self) -> String {
        english::count(self.archive.incidents.len(), "incident")
    }
}

/// The variables of a kind of page, by view: its own first under the empty name,
/// then those that they hold. `root`, `site` and `page` are on every page.
pub fn variables(kind: Kind) -> (&'static str, Parts) {
    let mut parts = Parts::new();
    let name = (kind.definition().variables)(&mut parts);
    (name, parts)
}

/// The views that every page has.
pub fn common_variables() -> Parts {
    let mut parts = Parts::new();
    of::<SiteView>(&mut parts);
    of::<PageView>(&mut parts);
    parts
}

fn of<V: View + Shape>(parts: &mut Parts) -> &'static str {
    <V as View>::parts(parts);
    V::NAME
}

fn link(text: &str, url: &str) -> LinkView {
    LinkView { text: text.to_owned(), url: url.to_owned() }
}

fn actions_in_order(archive: &Archive) -> Vec<ActionAt> {
    let items = |incident: Index| (0..archive.incidents[incident].actions.len()).map(move |n| (incident, n));
    let state = |(incident, n): &ActionAt| archive.incidents[*incident].actions[*n].state();
    let mut all: Vec<ActionAt> =
        archive.oldest_first().flat_map(items).filter(|at| state(at) != ActionState::Done).collect();
    all.sort_by_key(state);
    all.extend((0..archive.incidents.len()).flat_map(items).filter(|at| state(at) == ActionState::Done));
    all
}

fn factors(archive: &Archive) -> BTreeMap<String, usize> {
    let mut factors = BTreeMap::new();
    for factor in archive.incidents.iter().flat_map(|incident| &incident.factors) {
        *factors.entry(factor.value.clone()).or_default() += 1;
    }
    factors
}
