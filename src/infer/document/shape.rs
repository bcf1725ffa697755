//! The shape of a front matter: which fields of an incident it has. A document that says nothing of an
//! incident is one all the same when its front matter is like that of the incidents beside it.

use crate::document::{Document, Label, Labels};
use crate::infer::extract::front_matter::values::texts;

/// So many incidents with the same fields are no chance.
const SEVERAL: usize = 3;

/// Fields that only incidents have, as bits in the order of [`Label`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shape(u64);

impl Shape {
    pub fn of(document: &Document, labels: &Labels) -> Shape {
        let filled = document
            .front_matter
            .entries
            .iter()
            .filter(|entry| !entry.value.is_null() && !texts(entry).is_empty());
        let telling =
            filled.filter_map(|entry| labels.front_matter(&entry.key)).filter(|label| tells(*label));
        Shape(telling.fold(0, |bits, label| bits | 1 << label as u64))
    }

    /// Whether several incidents have all the fields that this has.
    pub fn is_that_of(self, incidents: impl IntoIterator<Item = Shape>) -> bool {
        let alike = incidents.into_iter().filter(|shape| shape.0 & self.0 == self.0);
        self.0 != 0 && alike.take(SEVERAL).count() == SEVERAL
    }
}

/// Whether pages of other kinds have no such field.
#[rustfmt::skip]
fn tells(label: Label) -> bool {
    matches!(label, Label::Start | Label::Detected | Label::Acknowledged | Label::Mitigated | Label::End
        | Label::Duration | Label::TimeToDetect | Label::TimeToMitigate | Label::TimeToResolve | Label::Severity
        | Label::Impact | Label::Affected | Label::Services | Label::Organization | Label::RootCause | Label::Factors
        | Label::Trigger | Label::Detection | Label::Resolution | Label::Timeline)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::parse;
    use crate::source::SourceFile;

    #[test]
    fn a_shape_is_shared_when_several_incidents_have_all_of_it() {
        let labels = Labels::new(&Default::default());
        let shape = |keys: &str| {
            let text = format!("---\n{keys}\n---\nOne sentence.\n");
            Shape::of(&parse(&SourceFile::new("a.md", &text), &labels).0, &labels)
        };
        let incident = shape("company: Halyard\nproduct: ferries\nstart_time: 2024-03-05");
        let incidents = [incident; SEVERAL];
        assert!(shape("company: Quay\nurl: https://quay.example/").is_that_of(incidents));
        assert!(!shape("company: Quay").is_that_of([incident; SEVERAL - 1]));
        assert!(!shape("company: Quay\nseverity: 2").is_that_of(incidents));
        assert!(!shape("company: ''\ntitle: Posts\ntags: [a]").is_that_of(incidents));
    }
}
