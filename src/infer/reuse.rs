//! What every document of an archive says, kept from one look at the archive to the
//! next: a document that is the same is not read again.

use crate::config::Config;
use crate::diagnostic::{Diagnostic, caught};
use crate::incident::Incident;
use crate::infer::context::date_hints::{self, order};
use crate::infer::context::vocabulary::Vocabulary;
use crate::infer::document::shape::Shape;
use crate::infer::{Known, Reading, read_as, vocabulary};
use crate::secrets::{self, Find};
use crate::source::{LeftOut, SourceFile};
use hashbrown::HashMap;
use rayon::prelude::*;
use std::sync::Arc;

/// The readings of all documents, in path order.
#[derive(Debug)]
pub struct Readings {
    config: Config,
    vocabulary: Arc<Vocabulary>,
    archive: date_hints::Archive,
    kept: Vec<Arc<Kept>>,
}

#[derive(Debug)]
struct Kept {
    source: Arc<SourceFile>,
    /// Whether the document itself decides how dates are written in it.
    order: Option<bool>,
    incidents: Box<[Arc<Incident>]>,
    /// Why it has none.
    left_out: Option<LeftOut>,
    /// Why it is no incident, when nothing is known of those beside it.
    alone: Option<LeftOut>,
    known: Known,
    shape: Shape,
    /// Where the text begins behind the front matter, in bytes.
    start: usize,
    diagnostics: Vec<Diagnostic>,
    secrets: Box<[Find]>,
}

impl Readings {
    /// Reads all documents, given in path order, but those whose reading stands in `earlier`.
    pub fn read(sources: Vec<Arc<SourceFile>>, config: &Config, earlier: Option<&Readings>) -> Readings {
        let earlier = earlier.filter(|earlier| earlier.config == *config);
        let vocabulary =
            earlier.map_or_else(|| Arc::new(vocabulary(config)), |earlier| earlier.vocabulary.clone());
        let by_path: HashMap<&str, &Arc<Kept>> = earlier
            .into_iter()
            .flat_map(|earlier| &earlier.kept)
            .map(|kept| (kept.source.path.as_str(), kept))
            .collect();
        let same = |source: &Arc<SourceFile>| {
            by_path.get(source.path.as_str()).copied().filter(|kept| kept.is_of(source))
        };
        let orders: Vec<Option<bool>> = sources
            .par_iter()
            .map(|source| same(source).map_or_else(|| own_order(source), |kept| kept.order))
            .collect();
        let archive = date_hints::Archive::of(&orders);
        // A document that does not decide for itself is read as the archive decides.
        let is_decided_alike = earlier.is_some_and(|earlier| earlier.archive == archive);
        let keep = |(source, order): (Arc<SourceFile>, Option<bool>)| match same(&source) {
            Some(kept) if order.is_some() || is_decided_alike => kept.clone(),
            _ => Arc::new(Kept::read(source, order, &vocabulary, &archive, config, Known::Nothing)),
        };
        let kept = sources.into_par_iter().zip(orders).map(keep).collect();
        let mut readings = Readings { config: config.clone(), vocabulary, archive, kept };
        readings.look_beside();
        readings
    }

    /// Reads documents anew of which the others decide whether they are incidents.
    fn look_beside(&mut self) {
        let own: Vec<Shape> =
            self.kept.iter().filter(|kept| kept.is_incident_itself()).map(|kept| kept.shape).collect();
        let Readings { config, vocabulary, archive, kept } = self;
        let unsure = kept.par_iter_mut().filter(|kept| kept.alone == Some(LeftOut::NoIncident));
        unsure.for_each(|kept| {
            let known =
                if kept.shape.is_that_of(own.iter().copied()) { Known::Incident } else { Known::Nothing };
            if kept.known != known {
                *kept =
                    Arc::new(Kept::read(kept.source.clone(), kept.order, vocabulary, archive, config, known));
            }
        });
    }

    /// All incidents, in path order.
    pub fn incidents(&self) -> Vec<Arc<Incident>> {
        self.kept.iter().flat_map(|kept| &kept.incidents).cloned().collect()
    }

    /// Documents that are not in the archive, in path order, each with the reason.
    pub fn left_out(&self) -> impl Iterator<Item = (&str, LeftOut)> {
        self.kept.iter().filter_map(|kept| Some((kept.source.path.as_str(), kept.left_out?)))
    }

    /// All diagnostics about documents, in path order.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.kept.iter().flat_map(|kept| &kept.diagnostics)
    }

    /// The document at a path under the content folder.
    pub fn source(&self, path: &str) -> Option<&SourceFile> {
        let at = self.kept.binary_search_by(|kept| kept.source.path.as_str().cmp(path)).ok()?;
        Some(&self.kept[at].source)
    }

    /// What may be told of the text of the document at a path: without its secrets, and with the lines of its file.
    pub fn told(&self, path: &str, diagnostics: &mut [Diagnostic]) {
        if let Ok(at) = self.kept.binary_search_by(|kept| kept.source.path.as_str().cmp(path)) {
            secrets::conceal(&self.kept[at].source.text, &self.kept[at].secrets, diagnostics);
            in_the_file(&self.kept[at].source, diagnostics);
        }
    }

    /// Where the text of the document at a path begins behind its front matter, in bytes.
    pub fn start(&self, path: &str) -> usize {
        let at = self.kept.binary_search_by(|kept| kept.source.path.as_str().cmp(path));
        at.map_or(0, |at| self.kept[at].start)
    }
}

impl Kept {
    fn is_of(&self, source: &Arc<SourceFile>) -> bool {
        Arc::ptr_eq(&self.source, source) || self.source == *source
    }

    fn read(
        source: Arc<SourceFile>,
        order: Option<bool>,
        vocabulary: &Vocabulary,
        archive: &date_hints::Archive,
        config: &Config,
        known: Known,
    ) -> Kept {
        let read = || Kept::read_unguarded(source.clone(), order, vocabulary, archive, config, known);
        let kept = caught(&source.shown, read);
        kept.unwrap_or_else(|fault| Kept::failed(source.clone(), *fault))
    }

    fn read_unguarded(
        source: Arc<SourceFile>,
        order: Option<bool>,
        vocabulary: &Vocabulary,
        archive: &date_hints::Archive,
        config: &Config,
        known: Known,
    ) -> Kept {
        let reading = read_as(&source, vocabulary, archive, known, &mut |_| {});
        let Reading { mut incidents, not_an_incident, shape, start, mut diagnostics, silenced } = reading;
        let secrets = secrets::find(&source.text, &config.allow);
        secrets::conceal(&source.text, &secrets, &mut diagnostics);
        if !incidents.is_empty() {
            let is_heard =
                |diagnostic: &Diagnostic| !silenced.iter().any(|name| name == diagnostic.code.row().name);
            diagnostics.extend(secrets::diagnostics(&source, &secrets).into_iter().filter(is_heard));
        }
        in_the_file(&source, &mut diagnostics);
        diagnostics.shrink_to_fit();
        incidents.iter_mut().for_each(Incident::shrink_to_fit);
        let incidents = incidents.into_iter().map(Arc::new).collect();
        let left_out = not_an_incident;
        let alone = if known == Known::Incident { Some(LeftOut::NoIncident) } else { not_an_incident };
        let secrets = secrets.into();
        Kept { source, order, incidents, left_out, alone, known, shape, start, diagnostics, secrets }
    }

    /// A fault of casebook costs this document alone.
    fn failed(source: Arc<SourceFile>, fault: Diagnostic) -> Kept {
        let left_out = Some(LeftOut::Failed);
        Kept {
            source,
            order: None,
            incidents: Box::default(),
            left_out,
            alone: left_out,
            known: Known::Nothing,
            shape: Shape::default(),
            start: 0,
            diagnostics: vec![fault],
            secrets: Box::default(),
        }
    }

    fn is_incident_itself(&self) -> bool {
        self.alone.is_none() && self.left_out.is_none()
    }
}

/// Counts lines as the file of a document has them.
pub(super) fn in_the_file(source: &SourceFile, diagnostics: &mut [Diagnostic]) {
    let line_of_file = |line| source.gaps.line_of_file(line);
    diagnostics.iter_mut().for_each(|diagnostic| diagnostic.renumber(&source.shown, line_of_file));
}

/// How the document itself writes dates. Where that fails, reading it does too and says so.
fn own_order(source: &SourceFile) -> Option<bool> {
    caught(&source.shown, || order(&source.text)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &str, text: &str) -> Arc<SourceFile> {
        Arc::new(SourceFile::new(path, text))
    }

    fn dates(readings: &Readings) -> Vec<Option<String>> {
        readings
            .incidents()
            .iter()
            .map(|incident| incident.date.as_ref().map(|date| date.value.iso()))
            .collect()
    }

    #[test]
    fn only_what_changed_is_read_again() {
        let config = Config::default();
        let [one, two] =
            ["a.md", "b.md"].map(|path| source(path, "---\ntitle: Disk full\ndate: 2024-01-02\n---\n"));
        let first = Readings::read(vec![one.clone(), two.clone()], &config, None);
        let changed = source("b.md", "---\ntitle: Disk full again\ndate: 2024-01-02\n---\n");
        let second = Readings::read(vec![one, changed], &config, Some(&first));
        assert!(Arc::ptr_eq(&first.kept[0], &second.kept[0]));
        assert!(!Arc::ptr_eq(&first.kept[1], &second.kept[1]));
        let drafts = Config { drafts: true, ..config };
        assert!(!Arc::ptr_eq(&first.kept[0], &Readings::read(vec![two], &drafts, Some(&first)).kept[0]));
    }

    #[test]
    fn a_document_is_read_again_when_the_archive_decides_otherwise() {
        let config = Config::default();
        let unclear = source("a.md", "---\ntitle: Disk full\ndate: 04/12/2022\n---\n");
        let telling = source("b.md", "---\ntitle: Disk full\ndate: 25/12/2022\n---\n");
        let first = Readings::read(vec![unclear.clone()], &config, None);
        let second = Readings::read(vec![unclear.clone(), telling.clone()], &config, Some(&first));
        assert_ne!(dates(&first), dates(&second)[..1]);
        assert_eq!(dates(&second), dates(&Readings::read(vec![unclear, telling], &config, None)));
    }

    #[test]
    fn documents_beside_one_decide_whether_it_is_an_incident() {
        let config = Config::default();
        let told = "---\ntitle: Disk full\ncompany: Quay\nstart_time: 2024-01-02\n---\nIt was full.\n";
        let all: Vec<Arc<SourceFile>> = ["a.md", "b.md", "c.md"].map(|path| source(path, told)).into();
        let silent = source("d.md", "---\ncompany: Quay\n---\nToo late.\n");
        let with = |fellows: &[Arc<SourceFile>]| [fellows, std::slice::from_ref(&silent)].concat();
        let mut earlier: Option<Readings> = None;
        for (fellows, incidents) in [(2, 2), (3, 4), (3, 4), (2, 2)] {
            let readings = Readings::read(with(&all[..fellows]), &config, earlier.as_ref());
            assert_eq!(readings.incidents().len(), incidents);
            assert_eq!(readings.left_out().count(), fellows + 1 - incidents);
            earlier = Some(readings);
        }
    }
}
