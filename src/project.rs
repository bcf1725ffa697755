//! Where the parts of a site stand on disk: its settings, documents, theme and output.

#![warn(missing_docs)]

use crate::config::{self, Config, Names};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::document::Labels;
use crate::incident::causes::CAUSES;
use crate::source;
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The output folder of a bare folder of documents, beside where the command runs.
const BARE_OUTPUT: &str = "public";

/// Warnings and notes that are errors in an edition that does not show everything.
const WITHHELD: [&str; 2] = ["secret", "personal"];

/// A site on disk.
#[derive(Debug, Clone)]
pub struct Project {
    /// The folder that was named.
    pub root: PathBuf,
    /// The folder of the documents.
    pub content: PathBuf,
    /// The folder of the site's own theme; it need not exist.
    pub theme: PathBuf,
    /// The folder that the archive is written to.
    pub output: PathBuf,
    /// What `site.toml` says.
    pub config: Config,
    /// The folder is nothing but documents: no `site.toml`, no content folder.
    pub bare: bool,
}

/// Why a folder is no site.
#[derive(Debug)]
pub enum Missing {
    /// There is nothing at this path, or it cannot be read.
    Root(PathBuf, io::Error),
    /// The path is a file.
    NotAFolder(PathBuf),
    /// `site.toml` cannot be read.
    Config(PathBuf, io::Error),
    /// `site.toml` names a content folder that is not there.
    Content(PathBuf),
    /// What stands in the folder of the documents cannot be seen: it is not to be taken for empty.
    Unreadable(PathBuf, io::Error),
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Missing::Root(path, error) | Missing::Unreadable(path, error) => {
                write!(f, "cannot read the folder `{}`: {}", path.display(), source::reason(error))
            }
            Missing::NotAFolder(path) => write!(f, "`{}` is a file", path.display()),
            Missing::Config(path, error) => {
                write!(f, "cannot read `{}`: {}", path.display(), source::reason(error))
            }
            Missing::Content(path) => write!(f, "there is no folder `{}`", path.display()),
        }
    }
}

impl std::error::Error for Missing {}

impl Project {
    /// Finds the parts of the site at `root`. A folder with `site.toml` or `content/`
    /// is a site; any other folder is itself the content.
    pub fn locate(root: &Path) -> Result<(Project, Vec<Diagnostic>), Missing> {
        let meta = fs::metadata(root).map_err(|error| Missing::Root(root.to_owned(), error))?;
        if !meta.is_dir() {
            return Err(Missing::NotAFolder(root.to_owned()));
        }
        let (config, diagnostics) = read_config(root)?;
        let has_config = config.is_some();
        let config = config.unwrap_or_default();
        let content = root.join(&config.content);
        let has_content = is_folder(&content).map_err(|error| Missing::Unreadable(content.clone(), error))?;
        if !has_content && config.content != Config::default().content {
            return Err(Missing::Content(content));
        }
        let bare = !has_config && !has_content;
        let project = Project {
            root: root.to_owned(),
            content: readable(if has_content { content } else { root.to_owned() })?,
            theme: root.join(&config.themes).join(&config.theme),
            output: if bare { PathBuf::from(BARE_OUTPUT) } else { root.join(&config.output) },
            config,
            bare,
        };
        Ok((project, diagnostics))
    }

    /// The same for one of the editions of `site.toml`: the one that is named, or else `public`.
    ///
    /// # Errors
    /// There is none of that name, or none of several is named and none is called `public`.
    pub fn edition(mut self, name: Option<&str>) -> Result<Project, String> {
        let editions = &self.config.editions;
        let names = || editions.keys().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and ");
        let edition = match name {
            None if editions.is_empty() => return Ok(self),
            None => editions.get(config::PUBLIC).ok_or_else(|| {
                format!("which edition? site.toml has {}: name one with `--edition`", names())
            })?,
            Some(name) if editions.is_empty() => {
                return Err(format!("there is no edition `{name}`: site.toml has no `[editions]`"));
            }
            Some(name) => editions
                .get(name)
                .ok_or_else(|| format!("there is no edition `{name}`: site.toml has {}", names()))?,
        }
        .clone();
        self.output = self.root.join(edition.output(&self.config.output));
        self.config.base_url = edition.base_url.clone().or(self.config.base_url);
        self.config.allow.extend(edition.allow.iter().cloned());
        if !edition.shows_internal() {
            self.config.deny.extend(WITHHELD.map(str::to_owned));
        }
        self.config.edition = Some(edition);
        Ok(self)
    }

    /// The same by absolute paths, as whoever watches files names them. A path stays as it
    /// is when the folder that the command runs in is gone.
    pub fn absolute(self) -> Project {
        let absolute = |path: PathBuf| std::path::absolute(&path).unwrap_or(path);
        let Project { root, content, theme, output, config, bare } = self;
        let [root, content, theme, output] = [root, content, theme, output].map(absolute);
        Project { root, content, theme, output, config, bare }
    }
}

/// Whether a folder is there. An error says that nobody can tell.
fn is_folder(path: &Path) -> io::Result<bool> {
    match fs::metadata(path) {
        Ok(meta) => Ok(meta.is_dir()),
        Err(error) if source::is_absent(&error) => Ok(false),
        Err(error) => Err(error),
    }
}

fn readable(folder: PathBuf) -> Result<PathBuf, Missing> {
    match fs::read_dir(&folder) {
        Ok(_) => Ok(folder),
        Err(error) => Err(Missing::Unreadable(folder, error)),
    }
}

/// Reads the text of a `site.toml`, which diagnostics show as `path`.
pub fn settings(path: &str, text: &str) -> (Config, Vec<Diagnostic>) {
    let labels = Labels::new(&BTreeMap::new());
    let causes: Vec<&str> = CAUSES.iter().map(|row| row.slug).collect();
    let fields: Vec<&str> = labels.names().collect();
    let is_field = |name: &str| labels.front_matter(name).is_some();
    Config::parse(path, text, &Names { causes: &causes, fields: &fields, is_field: &is_field })
}

/// Settings are UTF-8, as TOML is; the first byte that is none stands at `at`.
fn not_utf8(path: &str, bytes: &[u8], at: usize) -> Diagnostic {
    let message = format!("byte {at} of the file is no UTF-8");
    let help = "save the file as UTF-8";
    Diagnostic::new(Code::ConfigSyntax, message)
        .at(path, &String::from_utf8_lossy(bytes), Span::new(at, at + 3))
        .help(help)
}

fn read_config(root: &Path) -> Result<(Option<Config>, Vec<Diagnostic>), Missing> {
    let path = root.join(config::FILE);
    match source::bytes_of(&path) {
        Ok(bytes) => {
            let shown = source::shown(&path);
            let (config, mut diagnostics) = settings(&shown, &String::from_utf8_lossy(&bytes));
            diagnostics.extend(
                std::str::from_utf8(&bytes).err().map(|error| not_utf8(&shown, &bytes, error.valid_up_to())),
            );
            Ok((Some(config), diagnostics))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok((None, Vec::new())),
        Err(error) => Err(Missing::Config(path, error)),
    }
}
