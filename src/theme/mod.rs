//! A theme is a folder of templates and assets: the site's own files over the
//! built-in ones, file by file.
//!
//! Templates are looked up in three layers: the site's `themes/NAME/`, the built-in
//! theme of that name, and `casebook`, the built-in default. A template of any layer
//! can name one of a layer below as `casebook/incident.html`. This room knows
//! views only as values, and no disk: the files come with the snapshot.

#![warn(missing_docs)]

mod builtin;
mod template_error;
mod style;
#[cfg(test)]
mod tests;

pub use builtin::{Ejected, eject, names, texts};

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::pages::{Kind, english};
use std::collections::BTreeMap;
use std::sync::Arc;
use tera::{Context, Kwargs, State, Tera};

/// The default theme, below every other.
pub const DEFAULT: &str = "casebook";

/// Folder of a theme's templates.
const TEMPLATES: &str = "templates/";
/// Folder of a theme's assets.
const ASSETS: &str = "assets/";
/// Layer of the site's own templates.
const SITE: &str = "site/";

/// A file of the theme that pages load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Its path inside the archive, with a fingerprint of its bytes.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Templates and assets, ready for use.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    /// Sources by template name, for diagnostics.
    sources: BTreeMap<String, Source>,
    assets: Vec<Asset>,
}

/// A template's text and what its file is called in diagnostics.
#[derive(Debug)]
pub(crate) struct Source {
    shown: String,
    text: String,
}

impl Theme {
    /// A theme from the site's own files (by path under `themes/NAME/`, which diagnostics show
    /// as `folder`) over the built-in ones. A template that cannot be used is reported, and the
    /// built-in templates stand in, so that the archive is still built.
    pub fn new(own: &BTreeMap<String, Vec<u8>>, folder: &str, config: &Config) -> (Theme, Vec<Diagnostic>) {
        let mut diagnostics = builtin::check_name(own, folder, config);
        let layers = layers(config);
        let assets = style::assets(own, &layers);
        let mut sources = builtin_sources(&layers);
        let mut own_sources = BTreeMap::new();
        for (path, bytes) in own.iter().filter(|(path, _)| is_template(path)) {
            let shown = format!("{folder}/{path}");
            match String::from_utf8(bytes.clone()) {
                Ok(text) => drop(
                    own_sources.insert(format!("{SITE}{}", &path[TEMPLATES.len()..]), Source { shown, text }),
                ),
                Err(error) => {
                    diagnostics.push(template_error::not_utf8(&shown, error.utf8_error().valid_up_to()))
                }
            }
        }
        let urls = style::urls(&assets);
        sources.extend(own_sources);
        let engine = || engine(&layers, &urls);
        let tera = with_templates(engine(), &sources).unwrap_or_else(|error| {
            diagnostics.extend(template_error::all(&error, &sources));
            sources.retain(|name, _| !name.starts_with(SITE));
            with_templates(engine(), &sources).unwrap_or_else(|_| engine())
        });
        (Theme { tera, sources, assets: assets.into_values().collect() }, diagnostics)
    }

    /// The page of a kind, from its variables.
    pub fn render(&self, kind: Kind, context: &Context) -> Result<String, Box<Diagnostic>> {
        let template = template_of(kind);
        self.tera
            .render(&template, context)
            .map_err(|error| Box::new(template_error::one(&error, &self.sources, &template)))
    }

    /// Everything that pages load, in the order of its address.
    pub fn assets(&self) -> &[Asset] {
        &self.assets
    }
}

/// The template of a kind of page.
pub fn template_of(kind: Kind) -> String {
    kind.template()
}

/// The built-in layers of a theme, highest first.
fn layers(config: &Config) -> Vec<&'static str> {
    let named = names().find(|name| *name == config.theme).filter(|name| *name != DEFAULT);
    named.into_iter().chain([DEFAULT]).collect()
}

fn is_template(path: &str) -> bool {
    path.starts_with(TEMPLATES) && path.ends_with(".html")
}

fn builtin_sources(layers: &[&'static str]) -> BTreeMap<String, Source> {
    let files =
        layers.iter().flat_map(|layer| builtin::files(layer).map(move |(path, bytes)| (*layer, path, bytes)));
    let source = |(layer, path, bytes): (&str, String, &[u8])| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let name = format!("{layer}/{}", &path[TEMPLATES.len()..]);
        (name, Source { shown: format!("built-in themes/{layer}/{path}"), text })
    };
    files.filter(|(_, path, _)| is_template(path)).map(source).collect()
}

/// An engine without templates: what it escapes, where it looks, what it can call.
fn engine(layers: &[&'static str], urls: &Arc<BTreeMap<String, String>>) -> Tera {
    let mut tera = Tera::new();
    let prefixes = std::iter::once(SITE.to_owned()).chain(layers.iter().map(|layer| format!("{layer}/")));
    // Refused only once templates are there.
    let _ = tera.set_fallback_prefixes(prefixes);
    let urls = Arc::clone(urls);
    tera.register_function("asset", move |kwargs: Kwargs, _: &State| -> tera::TeraResult<String> {
        let name: &str = kwargs.must_get("name")?;
        let known = || urls.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
        urls.get(name).cloned().ok_or_else(|| {
            tera::Error::message(format!("the theme has no asset `{name}`; it has {}", known()))
        })
    });
    tera.register_filter("number", |n: usize, _: Kwargs, _: &State| english::number(n));
    tera
}

fn with_templates(mut tera: Tera, sources: &BTreeMap<String, Source>) -> Result<Tera, tera::Error> {
    tera.add_raw_templates(sources.iter().map(|(name, source)| (name.as_str(), source.text.as_str())))?;
    Ok(tera)
}
