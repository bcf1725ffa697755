//! Documents that tell of several incidents: a level of headings that comes again,
//! each with a day or a timeline of its own. Where that is not plain, it is one.

use crate::document::labels::fold;
use crate::document::{Document, Kind, Label, Section};
use crate::incident::time::{Times, clocks, dates};
use std::ops::Range;

/// The blocks of each incident, in order; the whole document when it tells of one.
pub fn parts(document: &Document) -> Vec<Range<usize>> {
    let whole = 0..document.blocks.len();
    let several = (1..=3).map(|level| told_at(document, level)).find(|parts| parts.len() > 1);
    let Some(mut parts) = several.filter(|parts| differ(document, parts)) else { return vec![whole] };
    let headed = document.blocks[..parts[0].start].iter().any(|block| matches!(block.kind, Kind::Heading(_)));
    if !headed {
        parts[0].start = 0;
    }
    parts
}

/// Sections of one level that each tell of an incident, unless a section beside them tells of all.
fn told_at(document: &Document, level: usize) -> Vec<Range<usize>> {
    let own =
        |section: &&Section| section.level == level && matches!(document.blocks[section.blocks.start].kind, Kind::Heading(_));
    let free = |section: &&Section| {
        matches!(section.label, Label::Other | Label::Title | Label::Background | Label::Links | Label::Participants)
    };
    let all: Vec<&Section> = document.sections[1..].iter().filter(own).collect();
    let outside = all.iter().all(|section| free(section) && document.sections[section.parent].under == Label::Other);
    if !outside {
        return Vec::new();
    }
    all.into_iter().filter(|section| tells(document, section)).map(|section| section.blocks.clone()).collect()
}

/// Whether a section holds a timeline, or a day with another of the usual fields or sections.
fn tells(document: &Document, section: &Section) -> bool {
    if !matches!(section.label, Label::Other | Label::Title) {
        return false;
    }
    let inside = |other: &Section| section.blocks.start < other.blocks.start && other.blocks.end <= section.blocks.end;
    let labels: Vec<Label> = document.sections[1..].iter().filter(|other| inside(other)).map(|other| other.label).collect();
    let fields =
        || document.blocks[section.blocks.clone()].iter().filter_map(|block| block.field.as_ref()).map(|field| field.label);
    let dated = fields().any(|label| matches!(label, Label::Date | Label::Start | Label::Period | Label::Duration))
        || dates(document.blocks[section.blocks.start].text()).iter().any(|found| found.value.day().is_some());
    let usual =
        |label: &Label| matches!(label, Label::RootCause | Label::Impact | Label::Summary | Label::Resolution | Label::Actions);
    let explained = labels.iter().any(usual) || fields().any(|label| usual(&label));
    labels.contains(&Label::Timeline) && (explained || dated) || (dated && explained)
}

/// Whether the parts are about different things: the same incident may be told twice,
/// under much the same heading or with the same times.
fn differ(document: &Document, parts: &[Range<usize>]) -> bool {
    let mut seen: Vec<(String, Vec<String>)> = Vec::new();
    for part in parts {
        let heading = fold(document.blocks[part.start].text());
        let times = first_times(document, part.clone());
        let alike =
            |other: &(String, Vec<String>)| other.1 == times || other.0.starts_with(&heading) || heading.starts_with(&other.0);
        if times.is_empty() || seen.iter().any(alike) {
            return false;
        }
        seen.push((heading, times));
    }
    true
}

/// The first few dates and times of a part, as they would be compared.
fn first_times(document: &Document, part: Range<usize>) -> Vec<String> {
    let mut found = Vec::new();
    for block in &document.blocks[part] {
        let Times { dates, clocks, .. } = Times { dates: dates(block.text()), clocks: clocks(block.text()), ..Times::default() };
        found.extend(dates.iter().map(|date| format!("{:?}", date.value)));
        found.extend(clocks.iter().map(|clock| format!("{:?}", clock.value.at)));
        if found.len() >= 3 {
            found.truncate(3);
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Labels, parse};
    use crate::source::SourceFile;

    fn count(text: &str) -> usize {
        let source = SourceFile::new("a.md", text);
        parts(&parse(&source, &Labels::new(&Default::default())).0).len()
    }

    #[test]
    fn repeated_headings_with_days_of_their_own_part_a_document() {
        let two = "# Ferry log\n\n## 2024-01-02 Ramp stuck\n\n**Impact:** no cars\n\n## 2024-02-03 Radar dark\n\n**Impact:** one hour late\n";
        assert_eq!(count(two), 2);
        let told_twice = "# Ramp stuck\n\n**Date:** 2024-01-02\n\n**Impact:** none\n\n# The saga of the ramp\n\n**Date:** 2024-01-02\n\n**Impact:** none\n";
        assert_eq!(count(told_twice), 1);
        assert_eq!(count("# Ramp stuck\n\n## Timeline\n\n### 2024-01-02\n\nIt broke.\n\n### 2024-01-03\n\nIt was fixed.\n"), 1);
        assert_eq!(count("# Ramp stuck\n\n## Timeline\n\n- 10:00 broke\n\n## Timeline of the second day\n\n- 11:00 broke\n"), 1);
    }
}
