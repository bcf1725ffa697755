//! Reading facts out of fields and prose.

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::incident::Incident;
use crate::source::SourceFile;

/// Reads the incidents of all documents, in path order.
pub fn read_all(documents: &[SourceFile], _config: &Config) -> (Vec<Incident>, Vec<Diagnostic>) {
    let incident = |file: &SourceFile| {
        let stem = file.path.rsplit('/').next().unwrap_or_default();
        let slug = crate::address::slugify(stem.rsplit_once('.').map_or(stem, |(stem, _)| stem));
        Incident { source: file.path.clone(), slug, ..Incident::default() }
    };
    (documents.iter().map(incident).collect(), Vec::new())
}
