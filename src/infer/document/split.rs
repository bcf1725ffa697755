//! Documents that tell of several incidents: a level of headings that comes again,
//! each with a day or a timeline of its own. Where that is not plain, it is one.

use super::genre::is_titled_collection;
use crate::document::labels::fold;
use crate::document::{Block, Document, Kind, Label, Section};
use crate::infer::context::block_scan::Scan;
use crate::infer::extract::title::is_generic;
use crate::language::{Part, Written};
use std::ops::Range;

/// The blocks of each incident, in order; the whole document when it tells of one.
pub fn parts(document: &Document, scans: &[Scan<'_>]) -> Vec<Range<usize>> {
    let whole = 0..document.blocks.len();
    let several = (1..=3).map(|level| told_at(document, scans, level)).find(|parts| parts.len() > 1);
    let Some(mut parts) = several.filter(|parts| differ(document, scans, parts)) else { return vec![whole] };
    let headed = document.blocks[..parts[0].start].iter().any(|block| matches!(block.kind, Kind::Heading(_)));
    if !headed {
        parts[0].start = 0;
    }
    parts
}

/// Sections of one level that each tell of an incident, unless a section beside them tells of all.
fn told_at(document: &Document, scans: &[Scan<'_>], level: usize) -> Vec<Range<usize>> {
    let own = |section: &&Section| {
        section.level == level && matches!(document.blocks[section.blocks.start].kind, Kind::Heading(_))
    };
    let free = |section: &&Section| {
        matches!(
            section.label,
            Label::Other | Label::Title | Label::Background | Label::Links | Label::Participants
        )
    };
    let all: Vec<usize> = (1..document.sections.len()).filter(|n| own(&&document.sections[*n])).collect();
    let section = |n: &usize| &document.sections[*n];
    if is_titled_collection(document) && all.iter().all(|n| is_entry_of_a_log(document, scans, *n)) {
        return all.iter().map(|n| section(n).blocks.clone()).collect();
    }
    let outside = all
        .iter()
        .map(section)
        .all(|section| free(&section) && document.sections[section.parent].under == Label::Other);
    if !outside {
        return Vec::new();
    }
    all.iter().filter(|n| tells(document, scans, **n)).map(|n| section(n).blocks.clone()).collect()
}

/// `## 2024-02-01: DNS outage` with text below and no headings: in an "Incident log" of nothing else, each is an
/// incident of its own. Elsewhere, and where a heading is a day alone, they are days of one incident.
fn is_entry_of_a_log(document: &Document, scans: &[Scan<'_>], n: usize) -> bool {
    let section = &document.sections[n];
    let heading = document.blocks[section.blocks.start].text();
    let [day] = scans[section.blocks.start].times().dates.as_slice() else { return false };
    let rest = [&heading[..day.range.start], &heading[day.range.end..]].concat();
    let named =
        !is_generic(&rest) && rest.split_whitespace().any(|word| word.chars().any(char::is_alphabetic));
    let deeper =
        document.sections[n + 1..].first().is_some_and(|next| next.blocks.start < section.blocks.end);
    let told = document.blocks[section.blocks.start + 1..section.blocks.end].iter().any(Block::is_prose);
    is_day(day.value) && named && told && !deeper
}

/// Whether a section holds a timeline, or a day with another of the usual fields or sections.
fn tells(document: &Document, scans: &[Scan<'_>], n: usize) -> bool {
    let section = &document.sections[n];
    if !matches!(section.label, Label::Other | Label::Title) {
        return false;
    }
    let within =
        document.sections[n + 1..].iter().take_while(|other| other.blocks.start < section.blocks.end);
    let labels: Vec<Label> =
        within.filter(|other| other.blocks.end <= section.blocks.end).map(|other| other.label).collect();
    let fields = || {
        document.blocks[section.blocks.clone()]
            .iter()
            .filter_map(|block| block.field.as_ref())
            .map(|field| field.label)
    };
    let dated = fields()
        .any(|label| matches!(label, Label::Date | Label::Start | Label::Period | Label::Duration))
        || scans[section.blocks.start].times().dates.iter().any(|found| is_day(found.value));
    let usual = |label: &Label| {
        matches!(
            label,
            Label::RootCause | Label::Impact | Label::Summary | Label::Resolution | Label::Actions
        )
    };
    let explained = labels.iter().any(usual) || fields().any(|label| usual(&label));
    let ranged = || {
        let clocks =
            scans[section.blocks.start + 1..section.blocks.end].iter().flat_map(|scan| &scan.times().clocks);
        clocks.take(12).any(|clock| clock.value.part == Part::To)
    };
    labels.contains(&Label::Timeline) && (explained || dated) || (dated && (explained || ranged()))
}

fn is_day(written: Written) -> bool {
    written.day().is_some() || matches!(written, Written::NoYear { .. })
}

/// Whether the parts are about different things: the same incident may be told twice,
/// under much the same heading or with the same times.
fn differ(document: &Document, scans: &[Scan<'_>], parts: &[Range<usize>]) -> bool {
    let mut seen: Vec<(String, Vec<String>)> = Vec::new();
    for part in parts {
        let heading = fold(document.blocks[part.start].text());
        let times = first_times(scans, part.clone());
        let alike = |other: &(String, Vec<String>)| {
            other.1 == times || other.0.starts_with(&heading) || heading.starts_with(&other.0)
        };
        if times.is_empty() || seen.iter().any(alike) {
            return false;
        }
        seen.push((heading, times));
    }
    true
}

/// The first few dates and times of a part, as they would be compared.
fn first_times(scans: &[Scan<'_>], part: Range<usize>) -> Vec<String> {
    let mut found = Vec::new();
    for scan in &scans[part] {
        found.extend(scan.times().dates.iter().map(|date| format!("{:?}", date.value)));
        found.extend(scan.times().clocks.iter().map(|clock| format!("{:?}", clock.value.at)));
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
        let (document, _) = parse(&source, &Labels::new(&Default::default()));
        parts(&document, &crate::infer::context::block_scan::scan(&document)).len()
    }

    #[test]
    fn repeated_headings_with_days_of_their_own_part_a_document() {
        let two = "# Ferry log\n\n## 2024-01-02 Ramp stuck\n\n**Impact:** no cars\n\n## 2024-02-03 Radar dark\n\n**Impact:** one hour late\n";
        assert_eq!(count(two), 2);
        let log = "# Incident log\n\n## 2024-02-01: DNS outage\n\nThe name server stopped at 09:00.\n\n## 2024-02-14: Slow boards\n\nAn index was missing.\n";
        assert_eq!(count(log), 2);
        let saga = log.replace("Incident log", "The long night of the ferry");
        assert_eq!(count(&saga), 1);
        let diary = "# Ramp stuck\n\n## 2024-02-01\n\nIt broke at 09:00.\n\n## 2024-02-02\n\nIt was fixed at 10:00.\n";
        assert_eq!(count(diary), 1);
        let told_twice = "# Ramp stuck\n\n**Date:** 2024-01-02\n\n**Impact:** none\n\n# The saga of the ramp\n\n**Date:** 2024-01-02\n\n**Impact:** none\n";
        assert_eq!(count(told_twice), 1);
        assert_eq!(
            count(
                "# Ramp stuck\n\n## Timeline\n\n### 2024-01-02\n\nIt broke.\n\n### 2024-01-03\n\nIt was fixed.\n"
            ),
            1
        );
        assert_eq!(
            count(
                "# Ramp stuck\n\n## Timeline\n\n- 10:00 broke\n\n## Timeline of the second day\n\n- 11:00 broke\n"
            ),
            1
        );
    }
}
