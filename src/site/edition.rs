//! What a site says of the edition that it is.

use super::Site;
use crate::config::Config;
use crate::edition::Edited;
use crate::theme;
use std::borrow::Cow;

impl Site {
    /// Its settings.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Its documents as its edition has them.
    pub fn edited(&self) -> &Edited {
        &self.edited
    }

    /// The root of the search index, as the search page holds it; nothing where there is none.
    pub fn search_root(&self) -> Option<String> {
        (!self.archive.incidents.is_empty()).then(|| self.search().index.root.clone())
    }

    /// Texts that can be in a page and are in no document: the theme, the settings, what runs in the browser.
    pub fn own_texts(&self) -> Vec<Cow<'_, str>> {
        let Config { title, description, base_url, repository, causes, extra, language, .. } = &*self.config;
        let settings =
            format!("{title} {description} {base_url:?} {repository:?} {causes:?} {extra} {language}");
        let mut texts: Vec<Cow<'_, str>> = vec![Cow::Owned(settings), Cow::Borrowed(crate::search::ENGINE)];
        texts.extend(self.look.files.values().map(|bytes| String::from_utf8_lossy(bytes)));
        texts.extend(theme::texts(&self.config).map(|bytes| String::from_utf8_lossy(bytes)));
        texts
    }

    /// Whether there are documents, and none of them is in the edition.
    pub fn is_hidden(&self) -> bool {
        self.config.edition.is_some() && self.edited.documents().is_empty()
    }

    /// Whether documents that are left out may be named: an edition counts them.
    pub fn names_left_out(&self) -> bool {
        self.config.edition.is_none()
    }
}
