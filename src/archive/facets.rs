//! The facets: what incidents are grouped, listed and searched by. Each has one row here, which says
//! what its values are and where they are shown; what a list, a page, a feed, the footer, the index and the
//! search page need to know of a facet, they read from its row.

use crate::address::{self, UNDATED};
use crate::incident::causes::UNKNOWN;
use crate::incident::{Incident, Known};
use std::borrow::Cow;

/// What is to be known of a facet.
#[derive(Debug)]
pub struct Definition {
    /// What one value is called: in addresses of a search, field words, `data-kind` and, with a
    /// capital, on pages.
    pub name: &'static str,
    /// The folder of its pages, and what several values are called.
    pub plural: &'static str,
    values: Values,
    /// The order of its values.
    pub order: Order,
    /// The list of all its values.
    pub list: List,
    /// Whether that list is in the main navigation, and not only in the footer.
    pub in_navigation: bool,
    /// Whether each value has a feed of its incidents.
    pub has_feeds: bool,
    /// Whether the page of an incident shows the values among its details. Others have a place of their own.
    pub is_detail: bool,
    /// Whether the page of an incident hands them to other search tools.
    pub is_marked: bool,
    /// What the search page does with them; nothing where it does not narrow by them.
    pub search: Option<Filter>,
}

/// How an incident's values are found.
#[derive(Debug)]
enum Values {
    /// Texts that were read from the document, each under a name.
    Texts { of: for<'i> fn(&'i Incident) -> &'i [Known<String>], name: fn(&str) -> String },
    /// Words that tell the values apart; slug and name of a word's value.
    Derived {
        words: for<'i> fn(&'i Incident) -> Vec<Cow<'i, str>>,
        value: fn(&str, &Incident) -> (String, String),
    },
}

/// The order of the values of a facet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// By how many incidents have them, then as in the table of causes; the unknown last.
    Count,
    /// By name.
    Name,
    /// They are times: the newest first, the undated last.
    Time,
}

/// Where all values of a facet are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// In a table, over as many pages as it takes.
    Table,
    /// On one page, in the months of each year.
    Calendar,
    /// With the values of another facet.
    With(Facet),
    /// Nowhere: the values have no pages, and are only searched by.
    Nowhere,
}

/// A facet on the search page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filter {
    /// Its place among the filters, from 1.
    pub place: u8,
    /// Its place in the line below a result, from 1; 0 where it is not shown there.
    pub shown: u8,
    /// Whether one may ask for incidents that have all of several values.
    pub together: bool,
}

macro_rules! facets {
    ($($(#[doc = $doc:literal])+ $facet:ident: $definition:expr;)*) => {
        /// A facet, by which its row is found.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Facet { $($(#[doc = $doc])+ $facet),* }

        /// A row for each facet.
        static FACETS: &[Definition] = &[$($definition),*];

        impl Facet {
            /// All of them, in the order in which pages name them.
            pub const ALL: &'static [Facet] = &[$(Facet::$facet),*];
            /// How many there are.
            pub const COUNT: usize = Facet::ALL.len();
        }
    };
}

/// A facet of texts, as plain as can be: a list in the footer, a page for each value.
const PLAIN: Definition = Definition {
    name: "",
    plural: "",
    values: Values::Texts { of: |_| &[], name: str::to_owned },
    order: Order::Name,
    list: List::Table,
    in_navigation: false,
    has_feeds: false,
    is_detail: false,
    is_marked: true,
    search: None,
};

facets! {
    /// What brought it about, in the words of the table of causes.
    Cause: Definition {
        name: "cause",
        plural: "causes",
        values: Values::Derived { words: causes, value: cause },
        order: Order::Count,
        in_navigation: true,
        has_feeds: true,
        search: Some(Filter { place: 1, shown: 2, together: false }),
        ..PLAIN
    };
    /// The month of its date.
    Month: Definition {
        name: "month",
        plural: "months",
        values: Values::Derived { words: months, value: time },
        order: Order::Time,
        list: List::Calendar,
        is_marked: false,
        search: Some(Filter { place: 6, shown: 0, together: false }),
        ..PLAIN
    };
    /// What was hit.
    Service: Definition {
        name: "service",
        plural: "services",
        values: Values::Texts { of: |incident| &incident.services, name: str::to_owned },
        has_feeds: true,
        search: Some(Filter { place: 3, shown: 3, together: true }),
        ..PLAIN
    };
    /// How bad it was, in the words of who wrote it.
    Severity: Definition {
        name: "severity",
        plural: "severities",
        values: Values::Texts { of: |incident| incident.severity.as_slice(), name: severity },
        search: Some(Filter { place: 2, shown: 1, together: false }),
        ..PLAIN
    };
    /// What its authors file it under.
    Tag: Definition {
        name: "tag",
        plural: "tags",
        values: Values::Texts { of: |incident| &incident.tags, name: str::to_owned },
        is_detail: true,
        search: Some(Filter { place: 4, shown: 0, together: false }),
        ..PLAIN
    };
    /// How far the work on it has come.
    Status: Definition {
        name: "status",
        plural: "statuses",
        values: Values::Texts { of: |incident| incident.status.as_slice(), name: str::to_owned },
        list: List::Nowhere,
        is_marked: false,
        search: Some(Filter { place: 5, shown: 0, together: false }),
        ..PLAIN
    };
    /// The year of its date.
    Year: Definition {
        name: "year",
        plural: "years",
        values: Values::Derived { words: years, value: time },
        order: Order::Time,
        list: List::With(Facet::Month),
        ..PLAIN
    };
}

impl Facet {
    /// Its row.
    pub fn definition(self) -> &'static Definition {
        &FACETS[self as usize]
    }

    /// Those whose values have pages.
    pub fn with_pages() -> impl Iterator<Item = Facet> {
        Facet::ALL.iter().copied().filter(|facet| facet.definition().list != List::Nowhere)
    }

    /// Those that have a list of their own.
    pub fn listed() -> impl Iterator<Item = Facet> {
        Facet::with_pages().filter(|facet| !matches!(facet.definition().list, List::With(_)))
    }

    /// Those that the search page narrows by, with what it does, in the order of the index: times come
    /// last, because incidents are stored with their day.
    pub fn searched() -> impl Iterator<Item = (Facet, Filter)> {
        let searched = |are_times| {
            let facets = Facet::ALL.iter().copied().filter(move |facet| facet.is_time() == are_times);
            facets.filter_map(|facet| Some((facet, facet.definition().search?)))
        };
        searched(false).chain(searched(true))
    }

    /// Whether its values are times.
    pub fn is_time(self) -> bool {
        self.definition().order == Order::Time
    }

    /// The list of all its values.
    pub fn index_url(self) -> String {
        match self.definition().list {
            List::With(other) => other.index_url(),
            _ => address::values(self.definition().plural),
        }
    }

    /// The first page of one value.
    pub fn url(self, slug: &str) -> String {
        address::value(self.definition().plural, slug)
    }

    /// The Atom feed of one value.
    pub fn feed_url(self, slug: &str) -> String {
        address::value_feed(self.definition().plural, slug)
    }

    /// What tells the values of an incident apart.
    pub fn words(self, incident: &Incident) -> Vec<Cow<'_, str>> {
        match self.definition().values {
            Values::Texts { of, .. } => of(incident).iter().map(|text| text.value.as_str().into()).collect(),
            Values::Derived { words, .. } => words(incident),
        }
    }

    /// The values of an incident with the words that they were read from, where they are texts.
    pub fn texts(self, incident: &Incident) -> &[Known<String>] {
        match self.definition().values {
            Values::Texts { of, .. } => of(incident),
            Values::Derived { .. } => &[],
        }
    }

    /// The slug and the name of the value that a word of an incident stands for.
    pub(super) fn value(self, word: &str, incident: &Incident) -> (String, String) {
        match self.definition().values {
            Values::Texts { name, .. } => {
                let name = name(word);
                (super::slugs::value_slug(self.definition().name, &name), name)
            }
            Values::Derived { value, .. } => value(word, incident),
        }
    }
}

fn causes(incident: &Incident) -> Vec<Cow<'_, str>> {
    match incident.causes.as_slice() {
        [] => vec![UNKNOWN.into()],
        causes => causes.iter().map(|cause| cause.value.name.as_str().into()).collect(),
    }
}

fn cause(word: &str, incident: &Incident) -> (String, String) {
    let cause = incident.causes.iter().find(|cause| cause.value.name == word);
    let name = if word == UNKNOWN { "Not established" } else { word };
    (cause.map_or(word, |cause| &cause.value.slug).to_owned(), name.to_owned())
}

fn months(incident: &Incident) -> Vec<Cow<'_, str>> {
    vec![incident.date.as_ref().map_or(UNDATED.into(), |date| date.value.month_iso().into())]
}

fn years(incident: &Incident) -> Vec<Cow<'_, str>> {
    incident.date.iter().map(|date| format!("{:04}", date.value.year).into()).collect()
}

fn time(word: &str, _: &Incident) -> (String, String) {
    let name = if word == UNDATED { "Undated" } else { word };
    (word.to_owned(), name.to_owned())
}

/// `1`, `sev-1` and `Severity 1` are one severity, `SEV 1`; other labels are as they are written.
fn severity(label: &str) -> String {
    let label = label.trim();
    let folded = label.to_lowercase();
    let rest =
        ["severity", "sev", "s"].iter().find_map(|prefix| folded.strip_prefix(prefix)).unwrap_or(&folded);
    let number =
        rest.trim_start_matches([' ', '-', '_', ':']).parse::<u8>().ok().filter(|number| *number <= 5);
    number.map_or_else(|| label.to_owned(), |number| format!("SEV {number}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn one_severity_has_one_name_however_it_is_written() {
        for (label, name) in [
            ("1", "SEV 1"),
            ("SEV-1", "SEV 1"),
            ("Severity: 2", "SEV 2"),
            ("s3", "SEV 3"),
            ("P1", "P1"),
            ("Major", "Major"),
        ] {
            assert_eq!(severity(label), name, "{label}");
        }
    }

    /// Names are addresses, classes of filters and names of templates: no two may be the same.
    #[test]
    fn every_row_has_names_and_places_of_its_own() {
        let names: Vec<&str> = FACETS.iter().flat_map(|row| [row.name, row.plural]).collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), 2 * Facet::COUNT, "{names:?}");
        assert!(names.iter().all(|name| name.bytes().all(|byte| byte.is_ascii_lowercase())), "{names:?}");
        let places: BTreeSet<u8> = Facet::searched().map(|(_, filter)| filter.place).collect();
        let all: BTreeSet<u8> = (1..).take(Facet::searched().count()).collect();
        assert_eq!(places, all, "the places of the filters");
    }
}
