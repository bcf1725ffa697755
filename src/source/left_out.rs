//! Why a file is not shown. Everything that is left out is counted under one of these.

use super::formats;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The reason why a document, or what could be one, is not in the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LeftOut {
    Draft,
    Internal,
    Excluded,
    Denied,
    Template,
    BlankTemplate,
    Index,
    Process,
    Assignment,
    Meeting,
    ReleaseNotes,
    Retrospective,
    PeriodicReport,
    Plan,
    Essay,
    Problems,
    Work,
    Maintenance,
    OtherFile,
    Empty,
    NoIncident,
    Attachment,
    TooLarge,
    Unreadable,
    Failed,
}

impl LeftOut {
    /// The reason, to follow "left out:".
    pub fn why(self) -> &'static str {
        self.words()[2]
    }

    /// Whether the file may still be published beside a page that links to it.
    pub fn may_be_copied(self) -> bool {
        self == LeftOut::Attachment
    }

    /// What one is called, what several are, and why it is left out.
    #[rustfmt::skip]
    fn words(self) -> [&'static str; 3] {
        match self {
            LeftOut::Draft => ["draft", "drafts", "it is a draft"],
            LeftOut::Internal => ["internal document", "internal documents", "it is marked as internal"],
            LeftOut::Excluded => ["excluded file", "excluded files", "`exclude` under `[content]` in site.toml names it"],
            LeftOut::Denied => ["page marked as no incident", "pages marked as no incident",
                "its front matter says `incident: false`"],
            LeftOut::Template => ["template", "templates", "it is a template"],
            LeftOut::BlankTemplate => ["template", "templates", "it is a blank template"],
            LeftOut::Index => ["index page", "index pages", "it is an index of other pages"],
            LeftOut::Process => ["page about a process", "pages about a process",
                "it describes a process, and no incident"],
            LeftOut::Assignment => ["assignment", "assignments", "it asks for a postmortem, and is none"],
            LeftOut::Meeting => ["page of meeting notes", "pages of meeting notes", "it is the notes of a meeting"],
            LeftOut::ReleaseNotes => ["page of release notes", "pages of release notes", "it is release notes"],
            LeftOut::Retrospective => ["retrospective of a project", "retrospectives of projects",
                "it looks back on a project, and on no incident"],
            LeftOut::PeriodicReport => ["report on a period", "reports on a period", "it reports on a week, a month or a year"],
            LeftOut::Plan => ["plan", "plans", "it is a plan"],
            LeftOut::Essay => ["essay", "essays", "it is an essay, and tells of no day on which something happened"],
            LeftOut::Problems => ["list of problems", "lists of problems", "it lists problems with their fixes, and no incident"],
            LeftOut::Work => ["log of work", "logs of work", "it is a log of work, and of no incident"],
            LeftOut::Maintenance => ["maintenance notice", "maintenance notices", "it announces planned maintenance"],
            LeftOut::OtherFile => ["page about something else", "pages about something else",
                "its name says that it is about something else"],
            LeftOut::Empty => ["empty page", "empty pages", "there is no text in it"],
            LeftOut::NoIncident => ["page that tells of no incident", "pages that tell of no incident",
                "nothing in it tells of an incident"],
            LeftOut::Attachment => ["attachment", "attachments", "nothing in it tells of an incident"],
            LeftOut::TooLarge => ["file over the size limit", "files over the size limit", "it is over the size limit"],
            LeftOut::Unreadable => ["unreadable file", "unreadable files", "it cannot be read"],
            LeftOut::Failed => ["file that casebook failed on", "files that casebook failed on", "casebook failed on it"],
        }
    }
}

/// What of a folder's text is not in its archive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// How many files are named like documents.
    pub documents: usize,
    /// Documents that are not shown, by path, each with the reason.
    pub left_out: Vec<(String, LeftOut)>,
    /// Endings of the files in text formats that are not read, one for each file.
    pub not_read: Vec<&'static str>,
}

impl Coverage {
    /// "3 left out: 2 templates, 1 index page"; nothing when all is shown.
    pub fn left_out_counted(&self) -> Option<String> {
        let parts =
            counts(self.left_out.iter().map(|(_, reason)| reason.words()).map(|[one, many, _]| [one, many]));
        (!parts.is_empty()).then(|| format!("{} left out: {parts}", self.left_out.len()))
    }

    /// Says how to have what may be exports of other tools among the files that are not read.
    pub fn how_to_import(&self) -> Option<String> {
        let mut endings: Vec<&str> =
            self.not_read.iter().copied().filter(|ending| formats::may_be_export(ending)).collect();
        endings.sort_unstable();
        endings.dedup();
        let named = endings.iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(" and ");
        (!endings.is_empty())
            .then(|| format!("`casebook import FILE` makes documents of exports of other tools in {named}"))
    }

    /// "5 files not read: 4 .rst, 1 .json"; nothing when all are.
    pub fn not_read_counted(&self) -> Option<String> {
        let endings: Vec<String> = self.not_read.iter().map(|extension| format!(".{extension}")).collect();
        let parts = counts(endings.iter().map(|ending| [ending.as_str(); 2]));
        let noun = if self.not_read.len() == 1 { "file" } else { "files" };
        (!parts.is_empty()).then(|| format!("{} {noun} not read: {parts}", self.not_read.len()))
    }
}

/// "2 templates, 1 index page" of names for one and for many, the most frequent first.
fn counts<'n>(names: impl Iterator<Item = [&'n str; 2]>) -> String {
    let mut counts: BTreeMap<[&str; 2], usize> = BTreeMap::new();
    names.for_each(|names| *counts.entry(names).or_default() += 1);
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(names, count)| (Reverse(*count), *names));
    let part = |([one, many], count): &([&str; 2], usize)| {
        format!("{count} {}", if *count == 1 { one } else { many })
    };
    counts.iter().map(part).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_shown_is_counted_by_what_it_is_called() {
        use LeftOut::*;
        let coverage = |reasons: &[LeftOut], not_read: &[&'static str]| {
            let left_out = reasons.iter().map(|reason| ("a.md".to_owned(), *reason)).collect();
            let coverage = Coverage { documents: 1, left_out, not_read: not_read.to_vec() };
            [coverage.left_out_counted(), coverage.not_read_counted()].map(Option::unwrap_or_default)
        };
        assert_eq!(
            coverage(&[Index, Template, Draft, BlankTemplate], &["json", "rst", "rst"]),
            ["4 left out: 2 templates, 1 draft, 1 index page", "3 files not read: 2 .rst, 1 .json"]
        );
        assert_eq!(coverage(&[Empty], &["pdf"]), ["1 left out: 1 empty page", "1 file not read: 1 .pdf"]);
        assert_eq!(coverage(&[], &[]), ["", ""]);
    }
}
