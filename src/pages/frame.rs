//! What every page carries around its own content: the site, the page's place in
//! it, navigation, feeds and what stands in the head.

use super::english;
use super::row::LinkView;
use super::view::{Free, Html, views};
use super::{Kind, Page};
use crate::address;
use crate::archive::Facet;
use crate::archive::{Archive, Shelf};
use crate::config::Config;
use crate::exports::{self, Export, Offer};
use serde_json::json;

views! {
    /// One entry of the navigation.
    pub struct NavView {
        /// What it says.
        pub text: String,
        /// Address of its page.
        pub url: String,
        /// The section it stands for; the current one is `page.section`.
        pub section: String,
    }

    /// The site, the same on every page.
    pub struct SiteView {
        /// `title` of site.toml.
        pub title: String,
        /// `description` of site.toml; may be empty.
        pub description: String,
        /// Language of the pages' own words: English, in the variety that `language` in `site.toml` names if any.
        pub language: String,
        /// The attribute `lang` for the words of documents, with a blank before it; empty where they are English too.
        pub text_lang: Html,
        /// Absolute address of the archive, with a slash at its end; nothing without `base_url`.
        pub base_url: Option<String>,
        /// How many incidents there are.
        pub incidents: usize,
        /// `14 incidents`.
        pub count: String,
        /// `14 February 2023 to 29 November 2024`; nothing when no incident is dated.
        pub period: Option<String>,
        /// `2023 to 2024`, or one year.
        pub years: Option<String>,
        /// The main navigation.
        pub nav: Vec<NavView>,
        /// The lists that are not in the main navigation: months, services, severities, tags.
        pub lists: Vec<LinkView>,
        /// The archive as data: JSON and CSV.
        pub exports: Vec<LinkView>,
        /// The policy for hosts that send no headers of their own.
        pub policy: String,
        /// Whether there is a search page.
        pub search: bool,
        /// `[extra]` of site.toml.
        pub extra: Free,
    }

    /// A feed of a page.
    pub struct FeedView {
        /// What it is called.
        pub title: String,
        /// Its address.
        pub url: String,
        /// Its media type.
        pub media: String,
    }

    /// This page.
    pub struct PageView {
        /// Its kind, for `data-kind` on body.
        pub kind: String,
        /// Its address, relative to the archive's top.
        pub url: String,
        /// The entry of the navigation that it belongs to; may be empty.
        pub section: String,
        /// What stands in the browser's tab.
        pub title: String,
        /// One sentence for search engines and previews.
        pub description: String,
        /// Its absolute address; nothing without `base_url`.
        pub canonical: Option<String>,
        /// Its feeds, the archive's own behind the page's.
        pub feeds: Vec<FeedView>,
        /// What it is, for machines: JSON-LD with `<`, `>` and `&` escaped.
        pub json_ld: Option<Html>,
    }

    /// Where a list goes on.
    pub struct PagerView {
        /// This page's number, from 1.
        pub current: usize,
        /// How many pages the list has.
        pub last: usize,
        /// Address of the page before.
        pub previous: Option<String>,
        /// Address of the page after.
        pub next: Option<String>,
        /// All pages, or those near this one and the ends; an entry without an address is this page or a gap.
        pub pages: Vec<PageLinkView>,
    }

    /// One page of a list.
    pub struct PageLinkView {
        /// Its number, or an ellipsis.
        pub text: String,
        /// Its address; nothing for this page and for gaps.
        pub url: Option<String>,
    }
}

/// Longest description, in characters; search engines show about as many.
const DESCRIPTION: usize = 160;

pub fn site(archive: &Archive, config: &Config, search: bool, nav: Vec<NavView>) -> SiteView {
    let n = archive.incidents.len();
    let period = archive.period();
    SiteView {
        title: config.title.clone(),
        description: config.description.clone(),
        language: english::tag(&config.language).to_owned(),
        text_lang: text_lang(&config.language),
        base_url: config.base_url.clone(),
        incidents: n,
        count: english::count(n, "incident"),
        period: period.map(|(first, last)| match first == last {
            true => english::day(first),
            false => format!("{} to {}", english::day(first), english::day(last)),
        }),
        years: period.map(|(first, last)| match first.year == last.year {
            true => first.year.to_string(),
            false => format!("{} to {}", first.year, last.year),
        }),
        nav,
        lists: lists(archive),
        exports: exports(archive, config),
        policy: policy(config),
        search,
        extra: Free(
            tera::Value::try_from_serializable(&config.extra).unwrap_or_else(|_| tera::Value::none()),
        ),
    }
}

/// Says which language the documents' words are in, where it is not that of the pages.
fn text_lang(language: &str) -> Html {
    let is_tag = language.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    match is_tag && english::tag(language) != language {
        true => Html(format!(" lang=\"{language}\"")),
        false => Html::default(),
    }
}

fn link(text: &str, url: &str) -> LinkView {
    LinkView { text: text.to_owned(), url: url.to_owned() }
}

/// An entry for each kind that has one and of which there are pages; those come in the order of their addresses.
pub(super) fn nav(planned: &[Page]) -> Vec<NavView> {
    let entry = |kind: Kind| {
        let (section, url) = (kind.definition().section?, kind.url());
        planned.binary_search_by(|page| page.url().cmp(&url)).ok()?;
        Some(NavView { text: english::capital(section), url, section: section.to_owned() })
    };
    Kind::all().filter_map(entry).collect()
}

fn lists(archive: &Archive) -> Vec<LinkView> {
    let facets = Facet::listed().filter(|facet| !facet.definition().in_navigation);
    let with_values = facets.filter(|facet| !archive.shelves(*facet).is_empty());
    with_values.map(|facet| link(&english::capital(facet.definition().plural), &facet.index_url())).collect()
}

/// The archive as data.
fn exports(archive: &Archive, config: &Config) -> Vec<LinkView> {
    let titled = |export: &Export| match export.offer {
        Offer::Data { title, .. } => Some(link(title, export.path)),
        Offer::Format(_) | Offer::Feed(_) | Offer::Nowhere => None,
    };
    Export::planned(archive, config).filter_map(titled).collect()
}

/// What a page may load and run, for hosts that send no headers. `frame-ancestors`
/// has no effect in a page, so it is left to the host.
fn policy(config: &Config) -> String {
    format!(
        "{}; require-trusted-types-for 'script'; trusted-types 'none'",
        policy_without_trusted_types(config)
    )
}

pub(super) fn policy_without_trusted_types(config: &Config) -> String {
    let images = if config.external_images { "'self' data: https: http:" } else { "'self' data:" };
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src {images}; font-src 'self'; connect-src 'self'; \
         base-uri 'none'; form-action 'self'"
    )
}

/// What a page says of itself in its head.
#[derive(Debug, Default)]
pub struct Head {
    pub title: String,
    pub description: String,
    pub section: &'static str,
    pub feed: Option<FeedView>,
    pub json_ld: Option<Html>,
}

pub fn page(page: &Page, config: &Config, feeds: &[FeedView], head: Head) -> PageView {
    let base_url = config.base_url.as_deref();
    let is_shown = page.kind() != Kind::NotFound;
    let own = is_shown.then_some(()).and(base_url).map(|base| format!("{base}{}", page.url()));
    PageView {
        kind: page.kind().name().to_owned(),
        url: page.url().to_owned(),
        section: head.section.to_owned(),
        title: head.title,
        description: english::clip(&head.description, DESCRIPTION),
        canonical: own,
        feeds: head.feed.into_iter().chain(feeds.iter().cloned()).collect(),
        json_ld: head.json_ld,
    }
}

/// The feeds of the whole archive.
pub fn feeds(archive: &Archive, config: &Config) -> Vec<FeedView> {
    let feed = |export: &Export| match export.offer {
        Offer::Feed(media) => Some(FeedView {
            title: config.title.clone(),
            url: export.path.to_owned(),
            media: media.to_owned(),
        }),
        Offer::Data { .. } | Offer::Format(_) | Offer::Nowhere => None,
    };
    Export::planned(archive, config).filter_map(feed).collect()
}

/// The feed of a shelf, where there is one.
pub fn shelf_feed(shelf: &Shelf, name: &str, archive: &Archive, config: &Config) -> Option<FeedView> {
    let has_feed = shelf.facet.definition().has_feeds && config.base_url.is_some();
    let any_dated = || shelf.incidents.iter().any(|index| archive.incidents[*index].date.is_some());
    (has_feed && any_dated()).then(|| FeedView {
        title: format!("{name}, {}", config.title),
        url: shelf.facet.feed_url(&shelf.slug),
        media: exports::ATOM.to_owned(),
    })
}

/// Page `current` of a list that begins at `first` and has `last` pages; `None` when it has one.
pub fn pager(first: &str, current: usize, last: usize) -> Option<PagerView> {
    let url = |n: usize| address::further(first, n);
    let near = |n: &usize| *n == 1 || *n == last || n.abs_diff(current) <= 2;
    let mut pages: Vec<PageLinkView> = Vec::new();
    let mut before = 0;
    for n in (1..=last).filter(near) {
        if n > before + 1 {
            pages.push(PageLinkView { text: "…".to_owned(), url: None });
        }
        pages.push(PageLinkView { text: n.to_string(), url: (n != current).then(|| url(n)) });
        before = n;
    }
    (last > 1).then(|| PagerView {
        current,
        last,
        previous: (current > 1).then(|| url(current - 1)),
        next: (current < last).then(|| url(current + 1)),
        pages,
    })
}

/// JSON for a script element: what could end the element or be read as markup is escaped.
pub fn json_ld(value: &serde_json::Value) -> Html {
    let text = value.to_string();
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => safe.push_str(&format!("\\u{:04x}", c as u32)),
            _ => safe.push(c),
        }
    }
    Html(safe)
}

/// The archive as a whole, for machines.
pub fn site_ld(config: &Config) -> Option<Html> {
    let url = config.base_url.as_deref()?;
    Some(json_ld(&json!({
        "@context": "https://schema.org", "@type": "WebSite", "name": config.title,
        "description": config.description, "url": url, "inLanguage": config.language,
    })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_data_cannot_leave_its_script() {
        let Html(safe) = json_ld(&json!({ "headline": "</script><!--&\u{2028}" }));
        assert!(!safe.contains(['<', '>', '&', '\u{2028}']), "{safe}");
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&safe).expect("still JSON")["headline"],
            "</script><!--&\u{2028}"
        );
    }

    #[test]
    fn a_pager_shows_the_ends_and_what_is_near() {
        let pager = pager("causes/dns.html", 7, 20).expect("more than one page");
        let texts: Vec<&str> = pager.pages.iter().map(|page| page.text.as_str()).collect();
        assert_eq!(texts, ["1", "…", "5", "6", "7", "8", "9", "…", "20"]);
        assert_eq!(pager.next.as_deref(), Some("causes/dns/8.html"));
        assert!(super::pager("x.html", 1, 1).is_none());
    }
}
