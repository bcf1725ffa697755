//! The themes that travel inside the binary.

use super::{ASSETS, DEFAULT, TEMPLATES};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::pages::Kind;
use include_dir::{Dir, File, include_dir};
use std::collections::BTreeMap;

/// A built-in theme. Its folder may hold more, such as pictures for the README; only these two travel.
struct BuiltIn {
    name: &'static str,
    templates: Dir<'static>,
    assets: Dir<'static>,
}

static THEMES: [BuiltIn; 2] = [
    BuiltIn {
        name: DEFAULT,
        templates: include_dir!("$CARGO_MANIFEST_DIR/themes/casebook/templates"),
        assets: include_dir!("$CARGO_MANIFEST_DIR/themes/casebook/assets"),
    },
    BuiltIn {
        name: "logbook",
        templates: include_dir!("$CARGO_MANIFEST_DIR/themes/logbook/templates"),
        assets: include_dir!("$CARGO_MANIFEST_DIR/themes/logbook/assets"),
    },
];

/// Names of the built-in themes.
pub fn names() -> impl Iterator<Item = &'static str> {
    THEMES.iter().map(|theme| theme.name)
}

/// The files of a built-in theme, by path under its folder, in order.
pub fn files(name: &str) -> impl Iterator<Item = (String, &'static [u8])> {
    let theme = THEMES.iter().find(|theme| theme.name == name);
    let mut files: Vec<(String, &'static [u8])> = Vec::new();
    if let Some(theme) = theme {
        collect(&theme.templates, TEMPLATES, &mut files);
        collect(&theme.assets, ASSETS, &mut files);
    }
    if name == DEFAULT {
        let missing: Vec<_> =
            stand_ins().filter(|(path, _)| !files.iter().any(|(known, _)| known == path)).collect();
        files.extend(missing);
    }
    files.sort();
    files.into_iter()
}

/// Every built-in file that a site's pages can be made of.
pub fn texts(config: &Config) -> impl Iterator<Item = &'static [u8]> {
    super::layers(config)
        .into_iter()
        .flat_map(|layer| files(layer).map(|(_, bytes)| bytes).collect::<Vec<_>>())
}

/// A template for each kind that shares one with others, so that a theme can have its own of any of them.
fn stand_ins() -> impl Iterator<Item = (String, &'static [u8])> {
    Kind::all().filter_map(|kind| {
        Some((format!("{TEMPLATES}{}", super::template_of(kind)), kind.definition().stand_in?.as_bytes()))
    })
}

fn collect(dir: &'static Dir<'static>, folder: &str, into: &mut Vec<(String, &'static [u8])>) {
    let path = |file: &File<'_>| format!("{folder}{}", file.path().to_string_lossy().replace('\\', "/"));
    into.extend(dir.files().map(|file| (path(file), file.contents())));
    dir.dirs().for_each(|dir| collect(dir, folder, into));
}

/// A theme that is neither built in nor in the site's folder is an error; the default stands in.
pub fn check_name(own: &BTreeMap<String, Vec<u8>>, folder: &str, config: &Config) -> Vec<Diagnostic> {
    if !own.is_empty() || names().any(|name| name == config.theme) {
        return Vec::new();
    }
    let message = format!(
        "there is no theme `{}`: nothing stands in `{folder}`, and none of that name is built in",
        config.theme
    );
    let known: Vec<&str> = names().collect();
    let diagnostic =
        Diagnostic::new(Code::Template, message).help(format!("built in are {}", known.join(" and ")));
    vec![diagnostic.nearest(&config.theme, known)]
}

/// A file of a built-in theme, and where a copy of it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ejected {
    /// Under the site's folder of its theme.
    pub path: String,
    /// What it holds.
    pub bytes: &'static [u8],
}

/// The built-in file `name` for a site to change: a template such as `incident.html`,
/// an asset such as `style.css`, or either with its folder. From the site's theme,
/// else from the default.
///
/// # Errors
/// No built-in file has that name; says which are near.
pub fn eject(name: &str, config: &Config) -> Result<Ejected, Box<Diagnostic>> {
    let wanted = [name.to_owned(), format!("{TEMPLATES}{name}"), format!("{ASSETS}{name}")];
    for layer in super::layers(config) {
        if let Some((path, bytes)) = files(layer).find(|(path, _)| wanted.contains(path)) {
            return Ok(Ejected { path, bytes });
        }
    }
    let known: Vec<String> = files(DEFAULT).map(|(path, _)| path).collect();
    let bare = known.iter().map(|path| path.split_once('/').map_or(path.as_str(), |(_, name)| name));
    let diagnostic = Diagnostic::new(Code::Template, format!("the theme has no file `{name}`"))
        .help(format!("it has {}", known.join(", ")))
        .nearest(name, bare);
    Err(Box::new(diagnostic))
}
