//! The kinds of pages: what each is called, what it shows, and the template that it has.

use crate::archive::Facet;
use std::borrow::Cow;

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $kind:ident, $name:literal;)*) => {
        /// The kind of a page. Each has a template of its name and is named in `data-kind`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[doc = $doc])+ $kind,)*
            /// All values of a facet.
            FacetIndex(Facet),
            /// One value of a facet.
            FacetValue(Facet),
        }

        impl Kind {
            /// All of them.
            pub fn all() -> impl Iterator<Item = Kind> {
                let indices = Facet::listed().map(Kind::FacetIndex);
                let values = Facet::with_pages().map(Kind::FacetValue);
                [$(Kind::$kind),*].into_iter().chain(indices).chain(values)
            }

            /// As in `data-kind`, and of its template without the extension.
            pub fn name(self) -> &'static str {
                match self {
                    $(Kind::$kind => $name,)*
                    Kind::FacetIndex(facet) => facet.definition().plural,
                    Kind::FacetValue(facet) => facet.definition().name,
                }
            }

            /// What pages of the kind show, for the documentation.
            pub fn about(self) -> Cow<'static, str> {
                match self {
                    $(Kind::$kind => concat!($($doc),+).trim_ascii_start().into(),)*
                    Kind::FacetIndex(facet) => format!("All {}.", facet.definition().plural).into(),
                    Kind::FacetValue(facet) => format!("One {}.", facet.definition().name).into(),
                }
            }
        }
    };
}

kinds! {
    /// What the archive says at a glance, and the newest incidents.
    Home, "home";
    /// Every incident, newest first.
    List, "list";
    /// One document: its facts with their evidence, its timeline, the author's words.
    Incident, "incident";
    /// The incidents without a date.
    Undated, "undated";
    /// Every action item, open first.
    Actions, "actions";
    /// How often, how long, and when.
    Trends, "trends";
    /// The box, the filters and what they find.
    Search, "search";
    /// The page for an address that is not there; its `root` is absolute.
    NotFound, "not-found";
    /// Where an address that a document had before leads now.
    Redirect, "redirect";
}

impl Kind {
    /// Its template where no file of a theme has its name: the values of all facets look alike.
    pub fn stand_in(self) -> Option<&'static str> {
        match self {
            Kind::FacetIndex(_) => Some("{% extends \"values.html\" %}\n"),
            Kind::FacetValue(_) | Kind::Undated => Some("{% extends \"value.html\" %}\n"),
            _ => None,
        }
    }
}
