//! One folder, several archives: what an edition shows of each document. The text is cut before anything is
//! read from it. What was cut is kept, so that it can be proved that nothing of it is in the archive.
//!
//! A site without `[editions]` has one edition, in which documents are unless they are marked.

mod cut;
mod edit;
mod marks;
mod people;
mod pictures;
mod typed;
mod visibility;

use crate::config::{Config, Edition, INTERNAL, Step};
use crate::diagnostic::{Code, Diagnostic, Level, caught};
use crate::document::{FrontMatter, Labels, front_matter};
use crate::infer::{Vocabulary, vocabulary};
use crate::secrets;
use crate::source::{LeftOut, SourceFile};
use aho_corasick::AhoCorasick;
use cut::{Cut, cut};
pub use pictures::without_metadata;
#[cfg(test)]
pub use pictures::{jpeg_with, png_with};
use rayon::prelude::*;
use regex::{Regex, RegexBuilder};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};
use visibility::Marked;

/// A pattern of ours, in any case of ASCII letters.
fn pattern(text: &str) -> Regex {
    let mut builder = RegexBuilder::new(text);
    builder.unicode(false).case_insensitive(true).build().expect("patterns of ours compile")
}

/// The documents of a folder as an edition has them.
#[derive(Debug)]
pub struct Edited {
    config: Config,
    kept: Vec<Arc<Kept>>,
    hidden: BTreeSet<String>,
}

#[derive(Debug)]
struct Kept {
    source: Arc<SourceFile>,
    seen: Seen,
    cut: Cut,
}

/// What the marks of a document say.
#[derive(Debug, Clone, Default)]
struct Seen {
    front_matter: Arc<FrontMatter>,
    left_out: Option<LeftOut>,
    diagnostics: Vec<Diagnostic>,
}

/// What documents are cut with.
struct Editor<'e> {
    edition: &'e Edition,
    labels: Labels,
    config: &'e Config,
    vocabulary: OnceLock<Vocabulary>,
    /// Names of the documents that are not in the edition.
    hidden: Option<Names>,
}

/// Names of files, as links write them.
struct Names(AhoCorasick);

impl Names {
    fn of(paths: &BTreeSet<String>) -> Option<Names> {
        let name = |path: &String| path.rsplit('/').next().unwrap_or(path).to_owned();
        let names: BTreeSet<String> = paths.iter().map(name).collect();
        let spelled = names.iter().flat_map(|name| [name.clone(), crate::address::percent_encoded(name)]);
        let mut builder = AhoCorasick::builder();
        let names = builder.ascii_case_insensitive(true).build(spelled.collect::<BTreeSet<String>>());
        names.ok().filter(|_| !paths.is_empty()).map(Names)
    }

    fn is_in(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}

impl Editor<'_> {
    fn vocabulary(&self) -> &Vocabulary {
        self.vocabulary.get_or_init(|| vocabulary(self.config))
    }

    /// Whether a text can have a section that the settings name.
    fn may_have_section(&self, text: &str) -> bool {
        let first_word = |name: &String| name.split_whitespace().next().unwrap_or_default().to_lowercase();
        let mut names = self.edition.remove_sections.iter().map(first_word).peekable();
        names.peek().is_some() && {
            let text = text.to_lowercase();
            names.any(|word| text.contains(word.trim_matches(|c: char| !c.is_alphanumeric())))
        }
    }
}

impl Edited {
    /// Cuts all documents, given in path order, but those that stand in `earlier`.
    pub fn of(documents: Vec<Arc<SourceFile>>, config: &Config, earlier: Option<&Edited>) -> Edited {
        let edition =
            config.edition.clone().unwrap_or_else(|| Edition { shows_unmarked: true, ..Edition::named("") });
        let mut editor = Editor {
            edition: &edition,
            labels: Labels::new(&config.fields),
            config,
            vocabulary: OnceLock::new(),
            hidden: None,
        };
        let earlier = earlier.filter(|earlier| earlier.config == *config);
        let by_path: BTreeMap<&str, &Arc<Kept>> = earlier
            .into_iter()
            .flat_map(|earlier| &earlier.kept)
            .map(|kept| (kept.source.path.as_str(), kept))
            .collect();
        let same = |source: &Arc<SourceFile>| {
            by_path
                .get(source.path.as_str())
                .copied()
                .filter(|kept| Arc::ptr_eq(&kept.source, source) || kept.source == *source)
        };
        let seen: Vec<Seen> = documents
            .par_iter()
            .map(|source| same(source).map_or_else(|| editor.see(source), |kept| kept.seen.clone()))
            .collect();
        let hidden: BTreeSet<String> = documents
            .iter()
            .zip(&seen)
            .filter(|(_, seen)| seen.left_out == Some(LeftOut::Internal))
            .map(|(source, _)| source.path.clone())
            .collect();
        // Where the settings have no editions, links to such documents are reported instead.
        editor.hidden = config.edition.as_ref().and_then(|_| Names::of(&hidden));
        let are_same_hidden = earlier.is_some_and(|earlier| earlier.hidden == hidden);
        let keep = |(source, seen): (Arc<SourceFile>, Seen)| match same(&source).filter(|_| are_same_hidden) {
            Some(kept) => kept.clone(),
            None => Arc::new(editor.keep(source, seen)),
        };
        let kept = documents.into_par_iter().zip(seen).map(keep).collect();
        Edited { config: config.clone(), kept, hidden }
    }

    /// What is in the edition, in path order.
    pub fn documents(&self) -> Vec<Arc<SourceFile>> {
        self.kept.iter().filter_map(|kept| kept.cut.document.as_ref().ok()).cloned().collect()
    }

    /// What may be known from its documents.
    pub fn kept(&self) -> impl Iterator<Item = &Arc<SourceFile>> {
        self.kept.iter().filter_map(|kept| kept.cut.kept.as_ref())
    }

    /// Documents that are not in the edition, in path order, each with the reason.
    pub fn left_out(&self) -> impl Iterator<Item = (&str, LeftOut)> {
        self.kept
            .iter()
            .filter_map(|kept| Some((kept.source.path.as_str(), *kept.cut.document.as_ref().err()?)))
    }

    /// Documents of which a part is not in the edition: their files must not be in it as they are.
    pub fn cut(&self) -> impl Iterator<Item = &str> {
        let is_cut = |kept: &&Arc<Kept>| kept.cut.document.is_ok() && !kept.cut.removed.is_empty();
        self.kept.iter().filter(is_cut).map(|kept| kept.source.path.as_str())
    }

    /// Everything that is not in the edition: the document's path, and the words that were taken out of it.
    pub fn removed(&self) -> impl Iterator<Item = (&SourceFile, &str)> {
        self.kept
            .iter()
            .filter(|kept| kept.seen.left_out != Some(LeftOut::Draft))
            .flat_map(|kept| kept.cut.removed.iter().map(|text| (kept.source.as_ref(), text.as_str())))
    }

    /// How many parts were taken out of documents that are in the edition.
    pub fn parts(&self) -> usize {
        self.kept.iter().filter(|kept| kept.cut.document.is_ok()).map(|kept| kept.cut.removed.len()).sum()
    }

    /// Marks that cannot be read, and documents that are left out.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let unnamed = |kept: &&Arc<Kept>| self.is_unnamed(kept);
        let errors = |kept: &Arc<Kept>| kept.seen.diagnostics.iter().any(|told| told.level == Level::Error);
        let not_named = self.kept.iter().filter(unnamed).filter(|kept| errors(kept)).count();
        let named = self.kept.iter().filter(|kept| !self.is_unnamed(kept));
        let mut diagnostics: Vec<Diagnostic> = named
            .flat_map(|kept| kept.seen.diagnostics.iter().chain(&kept.cut.diagnostics))
            .cloned()
            .collect();
        if not_named > 0 {
            let documents = if not_named == 1 { "1 document" } else { &format!("{not_named} documents") };
            let message = format!("front matter of {documents} that are not in this edition cannot be read");
            let help = format!("`casebook check --edition {INTERNAL}` names them");
            diagnostics.push(Diagnostic::new(Code::FrontMatterValue, message).help(help));
        }
        diagnostics
    }

    /// Without what may not be told in this edition: names of documents that are not in it, and lines that are not
    /// in it as they are shown.
    pub fn told(&self, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let by_name: BTreeMap<&str, &Arc<Kept>> =
            self.kept.iter().map(|kept| (kept.source.shown.as_str(), kept)).collect();
        let of = |told: &Diagnostic| by_name.get(told.place.as_ref()?.path.as_str()).copied();
        let is_told = |told: &Diagnostic| of(told).is_none_or(|kept| !self.is_unnamed(kept));
        let mut told: Vec<Diagnostic> = diagnostics.into_iter().filter(is_told).collect();
        for diagnostic in &mut told {
            let text = of(diagnostic).and_then(|kept| kept.cut.document.as_ref().ok());
            if let (Some(document), Some(place)) = (text, &mut diagnostic.place)
                && !document.text.contains(&place.text)
            {
                diagnostic.label.clear();
                place.text.clear();
                place.mark = (0, 0);
            }
        }
        told
    }

    /// Whether nothing may be told of a document: an edition counts what it leaves out, and names none of it.
    fn is_unnamed(&self, kept: &Kept) -> bool {
        let is_public = self.config.edition.as_ref().is_some_and(|edition| !edition.shows_internal());
        is_public && matches!(kept.cut.document, Err(LeftOut::Internal | LeftOut::Draft))
    }
}

impl Editor<'_> {
    /// A fault of casebook keeps a document out. What it marks as not to be shown is still seen.
    fn see(&self, source: &SourceFile) -> Seen {
        caught(&source.shown, || self.see_unguarded(source)).unwrap_or_else(|fault| {
            let marks = || {
                let marked = Marked::of(source, &front_matter(source).0, &self.labels);
                marked.left_out(self.edition, self.config.drafts)
            };
            let left_out = caught(&source.shown, marks).unwrap_or_default().unwrap_or(LeftOut::Failed);
            Seen { left_out: Some(left_out), diagnostics: vec![*fault], ..Seen::default() }
        })
    }

    fn see_unguarded(&self, source: &SourceFile) -> Seen {
        let (front_matter, start, mut diagnostics) = front_matter(source);
        let mut marked = Marked::of(source, &front_matter, &self.labels);
        let takes_all = || self.takes_all(source, start).then_some(LeftOut::Internal);
        let left_out = marked.left_out(self.edition, self.config.drafts).or_else(takes_all);
        // Whoever reads a document that is in the edition reports its front matter.
        diagnostics.retain(|diagnostic| left_out.is_some() && diagnostic.level == Level::Error);
        diagnostics.append(&mut marked.diagnostics);
        diagnostics.extend(left_out.map(|_| marked.note(source)));
        // What is told of a document that is not published shows its lines all the same.
        if !diagnostics.is_empty() {
            let finds = secrets::find(&source.text, &self.config.allow);
            secrets::conceal(&source.text, &finds, &mut diagnostics);
        }
        Seen { front_matter: Arc::new(front_matter), left_out, diagnostics }
    }

    /// Whether a mark in the text keeps the whole document out: one on its title, or one in its front matter.
    fn takes_all(&self, source: &SourceFile, start: usize) -> bool {
        if self.edition.shows_internal() || !marks::may_be_in(&source.text) {
            return false;
        }
        let marked = marks::find(&source.text, &self.parse(source));
        marked.is_all || marked.faults.iter().any(|(_, mark)| mark.start < start)
    }

    fn keep(&self, source: Arc<SourceFile>, seen: Seen) -> Kept {
        let none = |why: LeftOut, diagnostics: Vec<Diagnostic>| Cut {
            document: Err(why),
            kept: None,
            removed: vec![source.path.clone(), source.text.clone()],
            diagnostics,
        };
        let made = match seen.left_out {
            Some(_) if !self.edition.does(Step::Documents) => {
                Cut { document: Ok(source.clone()), ..none(LeftOut::Internal, Vec::new()) }
            }
            Some(why) => none(why, Vec::new()),
            None => caught(&source.shown, || cut(self, &source, &seen.front_matter))
                .unwrap_or_else(|fault| none(LeftOut::Failed, vec![*fault])),
        };
        Kept { source, seen, cut: made }
    }
}
