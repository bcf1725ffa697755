//! The site as it is on disk, held in memory and answered from there.

use super::http::{Answer, App, Stream};
use super::live::{self, News, Tabs};
use super::news;
use super::request::{Wanted, location};
use crate::address;
use crate::config::Config;
use crate::diagnostic::{self, Diagnostic, Level, caught};
use crate::project::Project;
use crate::site::Site;
use crate::source::{self, Folders, Snapshot};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// Finds the site and reads its settings, with what the command line overrides; else says why it is none.
pub type Locate = Box<dyn Fn() -> Result<(Project, Vec<Diagnostic>), Box<Diagnostic>> + Send + Sync>;

/// Pages of which the last good bytes are kept.
const KEPT_PAGES: usize = 64;

/// The site that is served.
pub struct Preview {
    locate: Locate,
    current: RwLock<Arc<State>>,
    tabs: Tabs,
    /// Pages as they were when they could last be made.
    good: Mutex<BTreeMap<String, Vec<u8>>>,
}

/// The site at one moment.
#[derive(Clone)]
struct State {
    project: Project,
    snapshot: Snapshot,
    site: Arc<Site>,
    /// What is wrong with the settings.
    settings: Vec<Diagnostic>,
    /// What could not be read.
    unread: Vec<Diagnostic>,
    /// What is wrong with the documents and the theme.
    found: Vec<Diagnostic>,
}

impl Preview {
    /// Reads the site for the first time.
    pub fn new(locate: Locate, project: Project, settings: Vec<Diagnostic>) -> Preview {
        let (snapshot, unread) = source::read(&project.content, &project.theme, &project.config);
        let state = State::new(project, settings, snapshot, unread, None);
        Preview {
            locate,
            current: RwLock::new(Arc::new(state)),
            tabs: Tabs::default(),
            good: Mutex::default(),
        }
    }

    /// Reads the named files again, by their paths on disk. When more than these may
    /// differ, looks at everything. Returns whether anything does.
    pub fn update(&self, named: &BTreeSet<PathBuf>) -> bool {
        caught("", || self.read_named(named)).unwrap_or_else(|fault| self.stay(*fault))
    }

    /// Looks at every file, and reads those that differ. Returns whether any does.
    pub fn look(&self) -> bool {
        caught("", || self.look_at_all(&BTreeSet::new())).unwrap_or_else(|fault| self.stay(*fault))
    }

    /// The site as it was, with one more diagnostic.
    fn stay(&self, fault: Diagnostic) -> bool {
        let state = self.state();
        if state.unread.contains(&fault) {
            return false;
        }
        let mut stayed = state.as_ref().clone();
        stayed.unread.push(fault);
        self.show(stayed);
        true
    }

    fn read_named(&self, named: &BTreeSet<PathBuf>) -> bool {
        let state = self.state();
        match state.snapshot.read_named(&state.project.config, named) {
            Some((snapshot, unread)) => {
                self.replace(&state, state.project.clone(), state.settings.clone(), snapshot, unread)
            }
            None => self.look_at_all(named),
        }
    }

    fn look_at_all(&self, named: &BTreeSet<PathBuf>) -> bool {
        let state = self.state();
        // Settings that cannot be used leave the last good ones in force.
        let (project, settings) = match (self.locate)() {
            Ok((_, settings)) if settings.iter().any(|d| d.level == Level::Error) => {
                (state.project.clone(), settings)
            }
            Ok(found) => found,
            Err(missing) => (state.project.clone(), vec![*missing]),
        };
        let (snapshot, unread) =
            source::read_again(&project.content, &project.theme, &project.config, &state.snapshot, named);
        self.replace(&state, project, settings, snapshot, unread)
    }

    fn replace(
        &self,
        state: &State,
        project: Project,
        settings: Vec<Diagnostic>,
        snapshot: Snapshot,
        unread: Vec<Diagnostic>,
    ) -> bool {
        let is_same_site = snapshot.is_same(&state.snapshot) && project.config == state.project.config;
        if is_same_site
            && settings == state.settings
            && unread == state.unread
            && snapshot.folders == state.snapshot.folders
        {
            return false;
        }
        let state = match is_same_site {
            true => State {
                project,
                settings,
                snapshot,
                unread,
                site: state.site.clone(),
                found: state.found.clone(),
            },
            false => State::new(project, settings, snapshot, unread, Some(&state.site)),
        };
        self.show(state);
        true
    }

    fn show(&self, state: State) {
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(state);
        self.tabs.tell(|page| self.news(page));
    }

    /// Folders whose events matter.
    pub fn folders(&self) -> Folders {
        let state = self.state();
        let Project { root, config, .. } = &state.project;
        // The root for its settings, and for folders that come and go in it.
        let above = [root.clone(), root.join(&config.themes)].into_iter().filter(|folder| folder.is_dir());
        let mut folders: Folders = above.map(|folder| (folder, 0)).collect();
        folders.extend(state.snapshot.folders.clone());
        folders
    }

    /// The path that all addresses begin with, with slashes at both ends.
    pub fn base_path(&self) -> String {
        self.state().project.config.base_path().to_owned()
    }

    /// The site as it is now.
    pub fn site(&self) -> Arc<Site> {
        self.state().site.clone()
    }

    /// The settings in force.
    pub fn config(&self) -> Config {
        self.state().project.config.clone()
    }

    /// What is wrong with the site, pages that were not asked for aside.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        self.state().diagnostics(Vec::new())
    }

    /// Keeps connections of tabs alive, and notices those that are gone.
    pub fn beat(&self) {
        self.tabs.beat();
    }

    fn state(&self) -> Arc<State> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn news(&self, path: &str) -> News {
        let state = self.state();
        let made = state.site.render(path);
        let diagnostics = state.diagnostics(made.diagnostics);
        let html = self.html(&state, path, made.bytes);
        news::about(&state.site, path, &html, &diagnostics)
    }

    /// The page as it was made, or as it last could be made, or the page that says that there is none.
    fn html(&self, state: &State, path: &str, made: Option<Vec<u8>>) -> Vec<u8> {
        let mut good = self.good.lock().unwrap_or_else(PoisonError::into_inner);
        match made {
            Some(html) => {
                if good.len() >= KEPT_PAGES {
                    good.pop_first();
                }
                good.insert(path.to_owned(), html.clone());
                html
            }
            None if state.site.has(path) => good.get(path).cloned().unwrap_or_else(|| EMPTY_PAGE.into()),
            None => state.site.render(address::NOT_FOUND).bytes.unwrap_or_else(|| EMPTY_PAGE.into()),
        }
    }

    fn page(&self, path: &str) -> Answer {
        let state = self.state();
        match state.site.render(path).bytes {
            bytes if state.site.has(path) && path.ends_with(".html") => {
                let html = live::with_script(self.html(&state, path, bytes), path);
                Answer::Found { media_type: media_type(path), bytes: html }
            }
            Some(bytes) => Answer::Found { media_type: media_type(path), bytes },
            None => self.beside(&state, path),
        }
    }

    /// A file beside the documents that a page links to; or a folder, which is asked for
    /// with a slash; or nothing.
    fn beside(&self, state: &State, path: &str) -> Answer {
        if state.site.links_to(path)
            && let Ok(bytes) = state.site.content_file(path)
        {
            return Answer::Found { media_type: media_type(path), bytes };
        }
        if state.site.has(&format!("{path}/index.html")) {
            return Answer::Elsewhere {
                location: location(state.project.config.base_path(), &format!("{path}/")),
            };
        }
        Answer::NotFound { page: live::with_script(self.html(state, path, None), path) }
    }
}

impl App for Preview {
    fn base_path(&self) -> String {
        Preview::base_path(self)
    }

    fn answer(&self, wanted: &Wanted) -> Answer {
        match wanted {
            Wanted::Page(path) => self.page(path),
            Wanted::Top => Answer::Elsewhere { location: location(&self.base_path(), "") },
            Wanted::Own(name) => own(name),
            Wanted::Events { .. } | Wanted::Nothing => Answer::NotFound { page: Vec::new() },
        }
    }

    fn listen(&self, page: String, stream: Stream) {
        self.tabs.join(page, stream, |page| self.news(page));
    }
}

impl State {
    fn new(
        project: Project,
        settings: Vec<Diagnostic>,
        snapshot: Snapshot,
        unread: Vec<Diagnostic>,
        earlier: Option<&Site>,
    ) -> State {
        let (site, found) = Site::rebuild(snapshot.clone(), project.config.clone(), earlier);
        State { project, snapshot, site: Arc::new(site), settings, unread, found }
    }

    /// All diagnostics, with `more` of one page, as they are shown.
    fn diagnostics(&self, more: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let unread = self.site.edited().told(self.unread.clone());
        let all = [&self.settings, &unread, &self.found].into_iter().flatten().cloned().chain(more);
        let mut all: Vec<Diagnostic> = all.collect();
        diagnostic::decide(&mut all, &self.project.config.silence, &self.project.config.deny);
        diagnostic::sort(&mut all);
        all.dedup();
        all
    }
}

/// A page to show errors on, where there is no other.
const EMPTY_PAGE: &str = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Preview</title></head><body></body></html>\n";

/// A file of the preview's own.
fn own(name: &str) -> Answer {
    match name {
        "live.js" => Answer::Found { media_type: media_type(name), bytes: live::SCRIPT.into() },
        "live.css" => Answer::Found { media_type: media_type(name), bytes: live::STYLE.into() },
        _ => Answer::NotFound { page: Vec::new() },
    }
}

/// By the file's extension; what has none that is known is not shown but saved.
fn media_type(path: &str) -> &'static str {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    MEDIA_TYPES
        .iter()
        .find(|(known, _)| *known == extension)
        .map_or("application/octet-stream", |(_, name)| name)
}

const MEDIA_TYPES: &[(&str, &str)] = &[
    ("avif", "image/avif"),
    ("css", "text/css; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("gif", "image/gif"),
    ("html", "text/html; charset=utf-8"),
    ("ico", "image/x-icon"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("log", "text/plain; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("txt", "text/plain; charset=utf-8"),
    ("webp", "image/webp"),
    ("woff2", "font/woff2"),
    ("xml", "application/xml"),
];
