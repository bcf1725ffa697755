//! The site as it is on disk, held in memory and answered from there.

use super::http::{Answer, App, Stream};
use super::live::{self, News, Tabs};
use super::request::{Wanted, location};
use super::stamps::Stamps;
use crate::address;
use crate::diagnostic::{self, Diagnostic, Level};
use crate::project::Project;
use crate::site::Site;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

/// Finds the site and reads its settings, with what the command line overrides; else says why it is none.
pub type Locate = Box<dyn Fn() -> Result<(Project, Vec<Diagnostic>), Box<Diagnostic>> + Send + Sync>;

/// The site that is served.
pub struct Preview {
    locate: Locate,
    current: RwLock<Arc<State>>,
    stamps: Mutex<Stamps>,
    tabs: Tabs,
}

/// The site at one moment.
struct State {
    project: Project,
    site: Site,
    diagnostics: Vec<Diagnostic>,
}

impl Preview {
    /// Reads the site for the first time.
    pub fn new(locate: Locate, project: Project, diagnostics: Vec<Diagnostic>) -> Preview {
        let stamps = Stamps::take(&project);
        let state = State::read(project, diagnostics);
        Preview { locate, current: RwLock::new(Arc::new(state)), stamps: Mutex::new(stamps), tabs: Tabs::default() }
    }

    /// Looks at the disk again. Returns whether anything differs.
    pub fn update(&self, named: &BTreeSet<PathBuf>) -> bool {
        let state = self.state();
        let mut stamps = lock(&self.stamps);
        let new = Stamps::take(&state.project);
        let differing = new.differing(&stamps, named);
        *stamps = new;
        if differing.is_empty() {
            return false;
        }
        let (project, diagnostics) = match (self.locate)() {
            Ok(found) => found,
            Err(_) => return false,
        };
        let state = Arc::new(State::read(project, diagnostics));
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = state;
        self.tabs.tell(|page| self.news(page));
        true
    }

    /// Folders whose events matter.
    pub fn folders(&self) -> super::watch::Folders {
        lock(&self.stamps).folders.clone()
    }

    pub fn base_path(&self) -> String {
        self.state().project.config.base_path().to_owned()
    }

    /// How many documents became pages.
    pub fn documents(&self) -> usize {
        self.state().site.documents()
    }

    /// Names of warnings and notes that are not to be shown.
    pub fn silence(&self) -> Vec<String> {
        self.state().project.config.silence.clone()
    }

    /// What is wrong with the site.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        self.state().diagnostics.clone()
    }

    /// Keeps connections of tabs alive, and notices those that are gone.
    pub fn beat(&self) {
        self.tabs.beat();
    }

    fn state(&self) -> Arc<State> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn news(&self, page: &str) -> News {
        let state = self.state();
        let made = state.site.render(page);
        let html = made.bytes.unwrap_or_else(|| state.not_found());
        let (version, styles) = live::version(&String::from_utf8_lossy(&html));
        let errors: Vec<Diagnostic> =
            state.diagnostics.iter().chain(&made.diagnostics).filter(|d| d.level == Level::Error).cloned().collect();
        let text = |d: &Diagnostic| diagnostic::human(std::slice::from_ref(d), false).trim_end().to_owned();
        News { version, styles, hold: false, errors: errors.iter().map(text).collect(), ..News::default() }
    }
}

impl App for Preview {
    fn base_path(&self) -> String {
        Preview::base_path(self)
    }

    fn answer(&self, wanted: &Wanted) -> Answer {
        let state = self.state();
        match wanted {
            Wanted::Page(path) => state.page(path),
            Wanted::Top => Answer::Elsewhere { location: location(state.project.config.base_path(), "") },
            Wanted::Own(name) => own(name),
            Wanted::Events { .. } | Wanted::Nothing => Answer::NotFound { page: Vec::new() },
        }
    }

    fn listen(&self, page: String, stream: Stream) {
        self.tabs.join(page, stream, |page| self.news(page));
    }
}

impl State {
    fn read(project: Project, mut diagnostics: Vec<Diagnostic>) -> State {
        let (site, more) = Site::load(&project);
        diagnostics.extend(more);
        diagnostic::sort(&mut diagnostics);
        State { project, site, diagnostics }
    }

    fn page(&self, path: &str) -> Answer {
        if path.starts_with(address::CONTENT_FILES) {
            if let Ok(bytes) = self.site.content_file(path) {
                return Answer::Found { media_type: media_type(path), bytes };
            }
        }
        match self.site.render(path).bytes {
            Some(bytes) if path.ends_with(".html") => {
                Answer::Found { media_type: media_type(path), bytes: live::with_script(bytes, path) }
            }
            Some(bytes) => Answer::Found { media_type: media_type(path), bytes },
            None => self.missing(path),
        }
    }

    /// A folder asked for without its slash is elsewhere; the rest is not found.
    fn missing(&self, path: &str) -> Answer {
        let folder = format!("{path}/");
        if self.site.outputs().iter().any(|output| output.path == format!("{folder}index.html")) {
            return Answer::Elsewhere { location: location(self.project.config.base_path(), &folder) };
        }
        Answer::NotFound { page: live::with_script(self.not_found(), path) }
    }

    fn not_found(&self) -> Vec<u8> {
        self.site.render(address::NOT_FOUND).bytes.unwrap_or_default()
    }
}

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
    MEDIA_TYPES.iter().find(|(known, _)| *known == extension).map_or("application/octet-stream", |(_, name)| name)
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

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
