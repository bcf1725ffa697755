//! The pipeline, readable aloud: a snapshot of files in, a [`Site`] out. A site
//! is a list of addresses and a function from an address to bytes; nothing is
//! rendered before it is asked for, and nothing is kept after.

#![warn(missing_docs)]

mod edition;
mod plan;

use crate::address;
use crate::archive::Facet;
use crate::archive::links::Links;
use crate::archive::{self, Archive, Shelf};
use crate::config::{Config, Edition, Step};
use crate::diagnostic::{Code, Diagnostic, caught};
use crate::edition::{Edited, without_metadata};
use crate::exports::{self, Export};
use crate::infer::Readings;
use crate::pages::{self, Kind, Offers, Page, Pages};
use crate::project::Project;
use crate::search::{Index, Searchable};
use crate::source::{self, Coverage, LeftOut, Snapshot, SourceFile, Unread};
use crate::theme::Theme;
use plan::plan;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// When a file is written. What others need comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Style, scripts, search shards.
    Asset,
    /// Pages that stand for themselves: incidents.
    Page,
    /// Pages that lead to others, and data.
    List,
}

impl Stage {
    /// In the order of writing.
    pub const ALL: [Stage; 3] = [Stage::Asset, Stage::Page, Stage::List];
}

/// One file of the archive.
#[derive(Debug, Clone)]
pub struct Output {
    /// Path inside the archive.
    pub path: String,
    /// When it is written.
    pub stage: Stage,
    make: Make,
}

/// How a file is made.
#[derive(Debug, Clone)]
enum Make {
    Page(Page),
    /// A file of the search index.
    Search,
    /// By its position among the theme's assets.
    Asset(usize),
    Export(&'static Export),
    Feed(Facet, String),
}

/// A file as made.
#[derive(Debug, Default)]
pub struct Made {
    /// `None` when it could not be made; the diagnostics say why.
    pub bytes: Option<Vec<u8>>,
    /// Paths, inside the archive, of files beside the documents that it links to.
    pub linked: BTreeSet<String>,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

impl From<Vec<u8>> for Made {
    fn from(bytes: Vec<u8>) -> Made {
        Made { bytes: Some(bytes), ..Made::default() }
    }
}

impl From<Option<String>> for Made {
    fn from(text: Option<String>) -> Made {
        Made { bytes: text.map(String::into_bytes), ..Made::default() }
    }
}

/// Every file of an archive, ready to be made.
#[derive(Debug)]
pub struct Site {
    config: Arc<Config>,
    edited: Edited,
    readings: Arc<Readings>,
    archive: Arc<Archive>,
    links: Links,
    coverage: Coverage,
    pages: Pages,
    look: Arc<Look>,
    outputs: Vec<Output>,
    /// Made when something of it is asked for: a preview that nobody searches has none.
    search: OnceLock<Search>,
    /// Files beside the documents that the pages made so far link to.
    linked: Mutex<BTreeSet<String>>,
    unread: Unread,
}

/// The search index and what it is made of.
#[derive(Debug)]
struct Search {
    incidents: Searchable,
    index: Index,
    outputs: Vec<Output>,
}

impl Search {
    fn new(incidents: Searchable) -> Search {
        let index = Index::build(&incidents);
        let output = |path: &str| Output { path: path.to_owned(), stage: Stage::Asset, make: Make::Search };
        Search { outputs: index.paths().map(output).collect(), incidents, index }
    }
}

/// A theme, and the files that it was made of.
#[derive(Debug)]
struct Look {
    files: BTreeMap<String, Vec<u8>>,
    theme: Theme,
    diagnostics: Vec<Diagnostic>,
}

impl Look {
    fn new(files: BTreeMap<String, Vec<u8>>, folder: &str, config: &Config) -> Look {
        let (theme, diagnostics) = Theme::new(&files, folder, config);
        Look { files, theme, diagnostics }
    }
}

impl Site {
    /// Reads a site from disk and plans its archive.
    pub fn load(project: &Project) -> (Site, Vec<Diagnostic>) {
        let (snapshot, mut diagnostics) = source::read(&project.content, &project.theme, &project.config);
        let (site, more) = Site::build(snapshot, project.config.clone());
        diagnostics = site.edited.told(diagnostics);
        diagnostics.extend(more);
        (site, diagnostics)
    }

    /// Reads every document, gathers the incidents, and plans the files.
    pub fn build(snapshot: Snapshot, config: Config) -> (Site, Vec<Diagnostic>) {
        Site::rebuild(snapshot, config, None)
    }

    /// The same. What an `earlier` site knows of documents that have not changed is kept.
    pub fn rebuild(snapshot: Snapshot, config: Config, earlier: Option<&Site>) -> (Site, Vec<Diagnostic>) {
        in_pool(|| Site::made(snapshot, config, earlier))
    }

    fn made(snapshot: Snapshot, config: Config, earlier: Option<&Site>) -> (Site, Vec<Diagnostic>) {
        let mut coverage = snapshot.coverage();
        let excluded: Vec<(String, LeftOut)> = snapshot.excluded_beside().collect();
        let edited = Edited::of(snapshot.documents, &config, earlier.map(|earlier| &earlier.edited));
        let readings =
            Readings::read(edited.documents(), &config, earlier.map(|earlier| earlier.readings.as_ref()));
        let mut diagnostics = edited.diagnostics();
        diagnostics.extend(readings.diagnostics().cloned());
        let (archive, more) =
            Archive::gather(readings.incidents(), earlier.map(|earlier| earlier.archive.as_ref()));
        diagnostics.extend(more.into_iter().map(|diagnostic| as_shown(diagnostic, &readings)));
        diagnostics.extend(config.base_url.is_none().then(no_base_url));
        let same =
            earlier.filter(|earlier| earlier.look.files == snapshot.theme && *earlier.config == config);
        let look = same.map_or_else(
            || Arc::new(Look::new(snapshot.theme, &snapshot.theme_shown, &config)),
            |earlier| earlier.look.clone(),
        );
        diagnostics.extend(look.diagnostics.iter().cloned());
        let (readings, archive, config) = (Arc::new(readings), Arc::new(archive), Arc::new(config));
        let offers = Offers { search: !archive.incidents.is_empty() };
        let documents =
            archive.incidents.iter().map(|incident| (incident.source.as_str(), incident.slug.as_str()));
        let left_out = edited.left_out().chain(readings.left_out());
        coverage.left_out.extend(left_out.map(|(path, reason)| (path.to_owned(), reason)));
        // The file of a document of which a part is internal is internal, whatever its page shows.
        let cut = edited.cut().map(|path| (path.to_owned(), LeftOut::Internal));
        let left_out: Vec<_> = coverage.left_out.iter().cloned().chain(excluded).chain(cut).collect();
        let is_discreet = config.edition.is_some();
        let links = || Links::new(documents, &left_out, snapshot.assets).discreet(is_discreet);
        let (links, (pages, planned)) =
            rayon::join(links, || Pages::plan(archive.clone(), config.clone(), offers));
        let outputs = plan(&archive, &config, planned, &look.theme);
        let (search, linked) = (OnceLock::new(), Mutex::default());
        let mut unread = snapshot.unread;
        unread.extend(
            coverage
                .left_out
                .iter()
                .filter(|(_, reason)| *reason == LeftOut::Failed)
                .map(|(path, _)| path.clone()),
        );
        (
            Site {
                config,
                edited,
                readings,
                archive,
                links,
                coverage,
                pages,
                look,
                outputs,
                search,
                linked,
                unread,
            },
            diagnostics,
        )
    }

    /// Every file but those of the search index, and but those beside the documents, which are
    /// known once the pages that link to them are made.
    pub fn outputs(&self) -> &[Output] {
        &self.outputs
    }

    /// The same with the files of the search index, which is made now if it was not yet.
    pub fn outputs_with_search(&self) -> impl Iterator<Item = &Output> {
        let search: &[Output] = if self.archive.incidents.is_empty() { &[] } else { &self.search().outputs };
        self.outputs.iter().chain(search)
    }

    /// All incidents.
    pub fn archive(&self) -> &Arc<Archive> {
        &self.archive
    }

    /// The document at a path under the content folder.
    pub fn source(&self, path: &str) -> Option<&SourceFile> {
        self.readings.source(path)
    }

    /// The incidents as search sees them.
    pub fn searchable(&self) -> Searchable {
        Searchable::new(self.archive.clone(), self.readings.clone())
    }

    /// What of the folder's text is not in the archive.
    pub fn coverage(&self) -> &Coverage {
        &self.coverage
    }

    /// Whether there was nothing that could have been a document.
    pub fn is_without_documents(&self) -> bool {
        let was_none = |(_, reason): &(String, LeftOut)| *reason == LeftOut::Attachment;
        self.coverage.documents == 0
            && self.archive.incidents.is_empty()
            && self.coverage.left_out.iter().all(was_none)
    }

    /// How many documents became pages.
    pub fn documents(&self) -> usize {
        self.archive.incidents.iter().filter(|incident| incident.nth <= 1).count()
    }

    /// How many HTML pages there are.
    pub fn pages(&self) -> usize {
        self.outputs.iter().filter(|output| output.path.ends_with(".html")).count()
    }

    /// Whether there is a file at an address, those beside the documents and of the search index aside.
    pub fn has(&self, path: &str) -> bool {
        self.output(path).is_some()
    }

    fn output(&self, path: &str) -> Option<&Output> {
        let at = self.outputs.binary_search_by(|output| output.path.as_str().cmp(path)).ok()?;
        Some(&self.outputs[at])
    }

    /// Positions, in the archive, of the incidents that the page at an address shows.
    pub fn shown_at(&self, path: &str) -> Vec<archive::Index> {
        let slug = path.strip_prefix("incidents/").and_then(|path| path.strip_suffix(".html"));
        let is_shown = |index: &archive::Index| slug == Some(self.archive.incidents[*index].slug.as_str());
        (0..self.archive.incidents.len()).filter(is_shown).collect()
    }

    /// The file at an address. An unknown address has neither bytes nor diagnostics.
    /// When casebook itself fails on it, that is a diagnostic.
    pub fn render(&self, path: &str) -> Made {
        let is_of = |output: &Output| match &output.make {
            Make::Page(page) => page.source(&self.archive).and_then(|path| self.readings.source(path)),
            _ => None,
        };
        let shown = self.output(path).and_then(is_of).map_or(path, |source| &source.shown);
        caught(shown, || self.make(path))
            .unwrap_or_else(|fault| Made { diagnostics: vec![*fault], ..Made::default() })
    }

    fn make(&self, path: &str) -> Made {
        let Some(output) = self.output(path) else { return self.search_file(path) };
        match &output.make {
            Make::Page(page) => self.page(page),
            Make::Search => self.search_file(&output.path),
            Make::Asset(at) => {
                self.look.theme.assets().get(*at).map(|asset| asset.bytes.clone()).unwrap_or_default().into()
            }
            Make::Export(export) => self.export(export),
            Make::Feed(facet, slug) => {
                self.archive.shelf(*facet, slug).and_then(|shelf| self.shelf_feed(shelf)).into()
            }
        }
    }

    /// The export at an address. Most hold every incident, and are too large to be made at once.
    pub fn export_at(&self, path: &str) -> Option<&'static Export> {
        let Make::Export(export) = self.output(path)?.make else { return None };
        Some(export)
    }

    /// Makes every file and keeps none: the diagnostics of a whole build.
    pub fn check(&self) -> Vec<Diagnostic> {
        // The index is made by all threads together, so none may begin it while it makes something else.
        let outputs: Vec<&Output> = self.outputs_with_search().collect();
        outputs.par_iter().flat_map_iter(|output| self.render(&output.path).diagnostics).collect()
    }

    /// Whether a page links to a file beside the documents, which then belongs to the archive.
    pub fn links_to(&self, path: &str) -> bool {
        let is_there =
            path.strip_prefix(address::CONTENT_FILES).is_some_and(|path| self.links.asset(path).is_some());
        let shows_text = |output: &&Output| output.stage == Stage::Page;
        let any_links = || {
            self.outputs
                .par_iter()
                .filter(shows_text)
                .any(|output| self.render(&output.path).linked.contains(path))
        };
        // Who asks for a picture has mostly been given the page before: the others need not be made for it.
        is_there && (self.linked().contains(path) || any_links())
    }

    /// What could not be read of the content.
    pub fn unread(&self) -> &Unread {
        &self.unread
    }

    /// The document that the page at an address is there for: whose text it shows, or to whose page it leads.
    pub fn document_of(&self, path: &str) -> Option<&str> {
        let Make::Page(page) = &self.output(path)?.make else { return None };
        page.source(&self.archive).or_else(|| self.document_of(page.leads_to()?))
    }

    /// Paths, inside the archive, of all files beside the documents, linked or not.
    pub fn content_files(&self) -> impl Iterator<Item = String> {
        self.links.assets().map(address::content_file)
    }

    /// Whether there is a file beside the documents, at a path under the content folder.
    pub fn has_content_file(&self, path: &str) -> bool {
        self.links.has_asset(path)
    }

    /// The bytes of a file beside the documents, by its path inside the archive.
    pub fn content_file(&self, path: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
        let read = self.links.read_asset(path.strip_prefix(address::CONTENT_FILES).unwrap_or(path));
        let refused =
            |why| Box::new(Diagnostic::new(Code::Unreadable, format!("cannot be read: {why}")).in_file(path));
        let is_stripped = |edition: &Edition| !edition.shows_internal() && edition.does(Step::Pictures);
        let strip = |bytes: Vec<u8>| match &self.config.edition {
            Some(edition) if is_stripped(edition) => without_metadata(bytes),
            _ => bytes,
        };
        read.map(strip).map_err(|error| refused(source::reason(&error)))
    }

    fn linked(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.linked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn search(&self) -> &Search {
        self.search.get_or_init(|| in_pool(|| Search::new(self.searchable())))
    }

    fn search_file(&self, path: &str) -> Made {
        if !path.starts_with(address::SEARCH_FILES) || self.archive.incidents.is_empty() {
            return Made::default();
        }
        let search = self.search();
        Made { bytes: search.index.render(path, &search.incidents), ..Made::default() }
    }

    fn page(&self, page: &Page) -> Made {
        let source = page.source(&self.archive).and_then(|path| self.readings.source(path));
        let root = page.root(&self.config);
        let path = source.map_or("", |source| source.path.as_str());
        let read = |path: &str| Some((self.readings.source(path)?.text.as_str(), self.readings.start(path)));
        let resolver = self.links.of(path, &root, &read);
        let text = source.map(|source| pages::Text {
            text: &source.text,
            start: self.readings.start(path),
            shown: &source.shown,
            resolve: &resolver,
        });
        let (context, mut diagnostics) = match page.kind() {
            Kind::Search => {
                let index = &self.search().index;
                (self.pages.search(page, &index.engine, &index.root), Vec::new())
            }
            _ => self.pages.view(page, text.as_ref()),
        };
        let html = self.look.theme.render(page.kind(), &context);
        let linked: BTreeSet<String> =
            resolver.used().iter().map(|path| address::content_file(path)).collect();
        if !linked.is_empty() {
            self.linked().extend(linked.iter().cloned());
        }
        self.readings.told(path, &mut diagnostics);
        let bytes = html.map_err(|error| diagnostics.push(*error)).ok().map(String::into_bytes);
        Made { bytes, linked, diagnostics }
    }

    fn export(&self, export: &Export) -> Made {
        let mut bytes = Vec::new();
        // Memory takes everything.
        let _ = self.write(export, &mut bytes);
        bytes.into()
    }

    /// Writes an export piece by piece.
    ///
    /// # Errors
    /// `out` does not take it.
    pub fn write(&self, export: &Export, out: &mut dyn Write) -> io::Result<()> {
        let is_listed = |output: &&Output| matches!(&output.make, Make::Page(page) if page.is_listed());
        let pages: Vec<&str> =
            self.outputs.iter().filter(is_listed).map(|output| output.path.as_str()).collect();
        (export.write)(&exports::Input { archive: &self.archive, config: &self.config, pages: &pages }, out)
    }

    fn shelf_feed(&self, shelf: &Shelf) -> Option<String> {
        let base_url = self.config.base_url.as_deref()?;
        let entries = exports::entries(&self.archive, &shelf.incidents, base_url, self.config.feed_limit);
        let title = format!("{}, {}", shelf.name, self.config.title);
        let [feed, page] = [shelf.facet.feed_url(&shelf.slug), shelf.facet.url(&shelf.slug)];
        exports::atom(&self.config, base_url, &title, &feed, &page, &entries)
    }
}

/// The archive knows documents by their paths under the content folder; people know them by others.
fn as_shown(mut diagnostic: Diagnostic, readings: &Readings) -> Diagnostic {
    if let Some(place) = &mut diagnostic.place
        && let Some(source) = readings.source(&place.path)
    {
        place.path.clone_from(&source.shown);
    }
    diagnostic
}

/// Does large work on the threads that share it anyway. Allocators keep what a thread gives back for
/// that thread: if each of a preview's did some of it, each would come to hold the room of all.
fn in_pool<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    rayon::scope(|_| work())
}

fn no_base_url() -> Diagnostic {
    Diagnostic::new(
        Code::NoBaseUrl,
        "no `base_url`: feeds, sitemap and canonical links are left out, and 404.html links from the top of its host",
    )
    .help("set `base_url` in site.toml, or pass `--base-url`")
}
