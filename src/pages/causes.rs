//! How the causes of this archive look: name, letters, colour, definition.

use super::view::{Shared, views};
use crate::archive::Facet;
use crate::archive::{Archive, Index};
use crate::config::Config;
use crate::incident::causes::{UNKNOWN, cause};
use hashbrown::HashMap;

/// How many causes have a colour of their own; the rest share one.
const COLOURED: usize = 5;

views! {
    /// A cause as it is shown: letters and a colour in a block, then its name.
    pub struct CauseView {
        /// Its stable name in addresses.
        pub slug: String,
        /// Its full name.
        pub name: String,
        /// Its name in a narrow column.
        pub short: String,
        /// Two to four letters that stand for it in charts.
        pub letters: String,
        /// Class of its colour: `c1` to `c5` for the commonest, `c6` for the rest, `c0` for not established.
        pub class: String,
        /// Address of its page.
        pub url: String,
    }
}

/// One cause of this archive.
#[derive(Debug)]
pub struct Look {
    pub view: CauseView,
    pub shared: Shared<CauseView>,
    pub definition: String,
    pub not_when: String,
}

/// The causes of an archive, commonest first.
#[derive(Debug, Default)]
pub struct Causes {
    looks: Vec<Look>,
    by_slug: HashMap<String, usize>,
    /// The primary cause of each incident, as a position in `looks`.
    primary: Vec<usize>,
}

impl Causes {
    pub fn new(archive: &Archive, config: &Config) -> Causes {
        let mut looks: Vec<Look> = Vec::new();
        for (rank, shelf) in archive.shelves(Facet::Cause).iter().enumerate() {
            looks.push(look(&shelf.slug, &shelf.name, rank, config));
        }
        let by_slug: HashMap<String, usize> =
            looks.iter().enumerate().map(|(n, look)| (look.view.slug.clone(), n)).collect();
        let primary = archive
            .incidents
            .iter()
            .map(|incident| by_slug.get(incident.primary_cause()).copied().unwrap_or(0))
            .collect();
        Causes { looks, by_slug, primary }
    }

    pub fn all(&self) -> &[Look] {
        &self.looks
    }

    pub fn get(&self, slug: &str) -> Option<&Look> {
        self.by_slug.get(slug).map(|n| &self.looks[*n])
    }

    /// The position of an incident's primary cause in [`Causes::all`].
    pub fn primary(&self, incident: Index) -> usize {
        self.primary[incident]
    }
}

fn look(slug: &str, name: &str, rank: usize, config: &Config) -> Look {
    let row = cause(slug);
    let typed = config.causes.get(slug);
    let name = typed
        .and_then(|t| t.name.clone())
        .or_else(|| row.map(|row| row.name.to_owned()))
        .unwrap_or(name.to_owned());
    let letters = typed.and_then(|t| t.letters.clone()).or_else(|| row.map(|row| row.letters.to_owned()));
    let own_definition = typed.and_then(|t| t.definition.clone());
    let not_when = row.filter(|_| own_definition.is_none()).map_or("", |row| row.not_when).to_owned();
    let view = CauseView {
        short: name.split(" and ").next().unwrap_or(&name).to_owned(),
        letters: letters.unwrap_or_else(|| slug.chars().take(4).collect()),
        class: class(slug, rank),
        url: Facet::Cause.url(slug),
        slug: slug.to_owned(),
        name,
    };
    Look {
        definition: own_definition.or_else(|| row.map(|row| row.definition.to_owned())).unwrap_or_default(),
        not_when,
        shared: Shared::new(view.clone()),
        view,
    }
}

fn class(slug: &str, rank: usize) -> String {
    match slug {
        UNKNOWN => "c0".to_owned(),
        _ => format!("c{}", (rank + 1).min(COLOURED + 1)),
    }
}
