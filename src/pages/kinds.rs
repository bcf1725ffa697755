//! The kinds of pages. Each has a row, which its own file declares: what it is called, where it is, when there is
//! such a page, and what it shows. Plan, navigation, sitemap, themes and their documentation read the rows.

use super::frame::Head;
use super::plan::{Page, Plan};
use super::view::{Parts, View};
use super::{Built, Kind, Pages, Text};
use crate::diagnostic::Diagnostic;
use tera::Value;

/// What is to be known of a kind of page.
pub struct Definition {
    /// As in `data-kind`.
    pub name: &'static str,
    /// What its pages show, for the documentation.
    pub about: &'static str,
    /// The name of its template without the extension, where it is not the kind's.
    pub template: Option<&'static str>,
    /// The template itself where no file of a theme has its name.
    pub stand_in: Option<&'static str>,
    /// The address of its only or first page; empty for kinds of which each page has its own.
    pub url: &'static str,
    /// Its entry in the main navigation: the section that its pages belong to.
    pub section: Option<&'static str>,
    /// Whether its pages are in the sitemap.
    pub is_listed: bool,
    /// Adds its pages to those of the kinds before it.
    pub(super) plan: fn(&mut Plan<'_>, Kind),
    /// The variables of a page, and what is wrong with the text that it shows.
    pub(super) view: fn(&Pages, &Page, Option<&Text<'_>>) -> Drawn,
    /// Adds its views to the documentation, and names its own.
    pub(super) variables: fn(&mut Parts) -> &'static str,
}

/// What most kinds have in common.
pub(super) const PLAIN: Definition = Definition {
    name: "",
    about: "",
    template: None,
    stand_in: None,
    url: "",
    section: None,
    is_listed: true,
    plan: |_, _| {},
    view: |_, _, _| Drawn::default(),
    variables: |_| "",
};

/// The values of a page, whatever its kind.
#[derive(Default)]
pub(super) struct Drawn {
    pub head: Head,
    pub entries: Vec<(&'static str, Value)>,
    pub diagnostics: Vec<Diagnostic>,
}

impl<V: View> From<Built<V>> for Drawn {
    fn from(built: Built<V>) -> Drawn {
        Drawn { head: built.head, entries: built.view.entries(), diagnostics: Vec::new() }
    }
}

/// Declares the kinds by their rows; `..` is where those of all facets are.
macro_rules! kinds {
    (
        $(#[$about:meta])*
        pub enum Kind { $($before:ident: $row_before:path,)* .. $($after:ident: $row_after:path,)* }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)]
        pub enum Kind {
            $($before,)*
            /// All values of a facet.
            FacetIndex(Facet),
            /// One value of a facet.
            FacetValue(Facet),
            $($after,)*
        }

        impl Kind {
            /// All of them, in the order of the navigation.
            pub fn all() -> impl Iterator<Item = Kind> {
                let indices = Facet::listed().map(Kind::FacetIndex);
                let values = Facet::with_pages().map(Kind::FacetValue);
                [$(Kind::$before),*].into_iter().chain(indices).chain(values).chain([$(Kind::$after),*])
            }

            /// Its row.
            pub fn definition(self) -> kinds::Definition {
                match self {
                    $(Kind::$before => $row_before,)*
                    Kind::FacetIndex(facet) => values::kind(facet),
                    Kind::FacetValue(facet) => value::kind(facet),
                    $(Kind::$after => $row_after,)*
                }
            }
        }
    };
}

pub(super) use kinds;

impl Kind {
    /// As in `data-kind`.
    pub fn name(self) -> &'static str {
        self.definition().name
    }

    /// The file of its template.
    pub fn template(self) -> String {
        let definition = self.definition();
        format!("{}.html", definition.template.unwrap_or(definition.name))
    }

    /// The address of its only or first page.
    pub(super) fn url(self) -> String {
        match self {
            Kind::FacetIndex(facet) => facet.index_url(),
            kind => kind.definition().url.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_kind_says_what_it_is_under_a_name_of_its_own() {
        let names: BTreeSet<&str> = Kind::all().map(Kind::name).collect();
        assert_eq!(names.len(), Kind::all().count(), "{names:?}");
        for kind in Kind::all() {
            assert!(kind.definition().about.ends_with('.'), "{kind:?}");
            assert!(kind.definition().section.is_none() || !kind.url().is_empty(), "{kind:?}");
            assert!(!super::super::variables(kind).0.is_empty(), "{kind:?}");
        }
    }
}
