//! What the incident is called: the first heading that is more than "Postmortem".

use super::text::one_line;
use super::{Claims, Extractor, Text};
use crate::document::{Block, Kind, Label};
use crate::incident::Origin;
use crate::incident::claim::Fact;

pub const EXTRACTOR: Extractor = Extractor { name: "title", seeks: &["title"], read };

fn read(text: &Text<'_>, claims: &mut Claims<'_>) {
    for passage in text.fields(Label::Title) {
        claims.add(Fact::Title(one_line(text.words(&passage))), Origin::Field, "title-field", passage.block, passage.range);
    }
    let mut strength = 250;
    for (n, block) in text.blocks().take(60).filter(|(n, block)| is_heading(text, *n, block)) {
        if let Some((title, from)) = telling(block.text(), text) {
            let rule = if matches!(block.kind, Kind::Heading(_)) { "first-heading" } else { "first-line" };
            claims.weighed(Fact::Title(title), Origin::Section, rule, n, from..block.text().len(), strength);
            strength -= 1;
            if strength < 248 {
                return;
            }
        } else if text.document.section(n).label != Label::Other {
            return;
        }
    }
}

/// A heading, or the first lines of a text that has none.
fn is_heading(text: &Text<'_>, n: usize, block: &Block) -> bool {
    match block.kind {
        Kind::Heading(_) => true,
        _ => (text.document.opens(n) && block.flat.bold > 0) || n == text.blocks.start,
    }
}

/// The words of a heading that name an incident, and where they begin.
fn telling(heading: &str, text: &Text<'_>) -> Option<(String, usize)> {
    let lead = heading.len() - heading.trim_start().len();
    let words = one_line(heading);
    let label = text.vocabulary.labels.text(&words);
    (label.is_none() && !words.is_empty()).then_some((words, lead))
}
