//! Which files are postmortems. A template, an index and a page about the process
//! stand in the same folders and use the same words; what they lack is a day, a
//! time, an event.

use crate::document::{Block, Document, Kind, Label};
use crate::infer::extract::title::is_generic;
use crate::source::{LeftOut, SourceFile};

/// Names of files that stand beside postmortems in any repository.
const OTHER_FILES: &[&str] = &[
    "changelog",
    "license",
    "licence",
    "code_of_conduct",
    "code-of-conduct",
    "contributing",
    "codeowners",
    "pull_request_template",
];
/// Words of a title that make a page one about how incidents are handled.
const PROCESS: &[&str] = &[
    "process",
    "policy",
    "guide",
    "guideline",
    "guidelines",
    "playbook",
    "handbook",
    "procedure",
    "procedures",
    "how to",
    "runbook",
    "checklist",
];

/// Why a file is none; `None` when it is one.
pub fn not_a_postmortem(source: &SourceFile, document: &Document) -> Option<LeftOut> {
    let name = source.path.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase();
    if OTHER_FILES.iter().any(|other| stem.starts_with(other)) {
        return Some(LeftOut::OtherFile);
    }
    if document.blocks.is_empty() && document.front_matter.entries.is_empty() {
        return Some(LeftOut::Empty);
    }
    if document.blocks.iter().take(4).any(is_titled_template) {
        return Some(LeftOut::Template);
    }
    let told = typed(document) || document.blocks.iter().any(|block| tells_when(block.text()));
    if told && !is_doubtful(name, &stem) {
        return None;
    }
    let look = Look::at(document);
    if told {
        return (!look.evidence()).then_some(LeftOut::NoIncident);
    }
    let template = stem.contains("template") || look.calls_itself_template;
    let blank = look.sections >= 3 && (look.words < (8 * look.sections).min(40) || look.prompts >= 2);
    let rules: [(bool, LeftOut); 6] = [
        (template, LeftOut::Template),
        (blank, LeftOut::BlankTemplate),
        (look.links >= 3 && look.links * 2 > look.lines, LeftOut::Index),
        (look.about_process, LeftOut::Process),
        (look.asks, LeftOut::Assignment),
        (look.sections == 0 && look.generic && look.words < 25, LeftOut::NoIncident),
    ];
    let doubtful = is_doubtful(name, &stem) && !look.evidence();
    let rule = rules.iter().find(|(fits, _)| *fits).map(|(_, reason)| *reason);
    rule.or(doubtful.then_some(LeftOut::NoIncident))
}

/// `# Postmortem template`, and no "Mails with raw template".
fn is_titled_template(block: &Block) -> bool {
    let heading = matches!(block.kind, Kind::Heading(_)) && is_generic(block.text());
    heading && block.text().to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| word == "template")
}

/// Files that count only on evidence.
fn is_doubtful(name: &str, stem: &str) -> bool {
    stem.starts_with("readme") || stem.starts_with("index") || stem == "_index" || !name.contains('.')
}

/// Whether front matter has a field that only an incident has.
fn typed(document: &Document) -> bool {
    const KEYS: &[&str] = &[
        "date",
        "start",
        "start_time",
        "started_at",
        "severity",
        "duration",
        "incident_date",
        "end_time",
        "root_cause",
        "postmortem",
    ];
    document.front_matter.entries.iter().any(|entry| KEYS.contains(&entry.key.to_lowercase().as_str()) && !entry.value.is_null())
}

/// What a quick look over a document finds.
#[derive(Debug, Default)]
struct Look {
    /// Outside of headings, labels and quotes.
    words: usize,
    /// Different sections of the usual ones.
    sections: usize,
    timeline: bool,
    /// Items and rows that are links; and all items, rows and paragraphs.
    links: usize,
    lines: usize,
    /// `{{ date }}`, `[Date]`, `YYYY-MM-DD`.
    prompts: usize,
    calls_itself_template: bool,
    about_process: bool,
    /// `… write a postmortem`: an assignment.
    asks: bool,
    generic: bool,
}

impl Look {
    fn at(document: &Document) -> Look {
        let mut look = Look { generic: true, ..Look::default() };
        let mut labels: Vec<Label> =
            document.sections.iter().map(|section| section.label).filter(|label| is_usual(*label)).collect();
        for (n, block) in document.blocks.iter().enumerate() {
            labels.extend(block.field.as_ref().map(|field| field.label).filter(|label| is_usual(*label)));
            look.block(block, n, document.opens(n));
        }
        look.timeline = labels.contains(&Label::Timeline);
        labels.sort_unstable();
        labels.dedup();
        look.sections = labels.len();
        look
    }

    fn block(&mut self, block: &Block, n: usize, opens: bool) {
        if matches!(block.kind, Kind::Fence | Kind::Rule) {
            return;
        }
        let text = block.text();
        if n < 4 {
            let lower = text.to_lowercase();
            let heading = matches!(block.kind, Kind::Heading(_));
            let template = lower.split(|c: char| !c.is_alphanumeric()).any(|word| word == "template");
            self.calls_itself_template |= template;
            self.about_process |= heading && PROCESS.iter().any(|word| lower.contains(word));
            self.generic &= !heading || is_generic(text);
        }
        self.prompts += usize::from(is_prompt(text));
        self.asks |= text.contains("write a postmortem") || text.contains("write a post-mortem");
        if opens || block.quoted || matches!(block.kind, Kind::Heading(_) | Kind::Row { head: true }) {
            return;
        }
        self.lines += 1;
        let linked: usize = block.flat.links.iter().map(|link| link.text.len()).sum();
        self.links += usize::from(linked * 2 > text.len());
        self.words += text[block.value()].split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
    }

    /// A timeline, or two of the usual sections.
    fn evidence(&self) -> bool {
        self.timeline || self.sections >= 2
    }
}

fn is_usual(label: Label) -> bool {
    #[rustfmt::skip]
    let usual = matches!(label, Label::Summary | Label::Timeline | Label::RootCause | Label::Impact | Label::Actions | Label::Resolution
        | Label::Duration | Label::Lessons | Label::Detection | Label::Factors | Label::Trigger | Label::Start | Label::End | Label::Severity);
    usual
}

fn is_prompt(text: &str) -> bool {
    const MARKS: &[&str] =
        &["{{", "[date", "[title", "yyyy", "hh:mm", "20xx", "<date", "<title", "[insert", "<insert", "[name", "xx:xx"];
    let lower = text.to_lowercase();
    MARKS.iter().any(|mark| lower.contains(mark))
}

/// Whether a text holds a clock time or a date, looked for cheaply: `9:05`, `2023-05-10`, `May 5`, `6 pm`.
fn tells_when(text: &str) -> bool {
    #[rustfmt::skip]
    const MONTHS: &[&str] = &[
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    ];
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let marks = bytes.iter().enumerate().any(|(at, byte)| match byte {
        b':' => at > 0 && digit(at - 1) && digit(at + 1) && digit(at + 2) && !digit(at + 3),
        b'-' | b'/' | b'.' => {
            at > 3 && (1..=4).all(|back| digit(at - back)) && digit(at + 1) && bytes.get(at + 3).is_some_and(|next| next == byte)
        }
        _ => false,
    });
    if marks {
        return true;
    }
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    let mut before = "";
    while let Some(word) = words.next() {
        let numbered = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
        let month = word.len() <= 9 && MONTHS.iter().any(|month| word.eq_ignore_ascii_case(month));
        let half = word.eq_ignore_ascii_case("am") || word.eq_ignore_ascii_case("pm");
        if (month && (numbered(before) || words.peek().is_some_and(|next| numbered(next)))) || (half && numbered(before)) {
            return true;
        }
        before = word;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Labels, parse};

    fn reason(path: &str, text: &str) -> Option<&'static str> {
        let source = SourceFile::new(path, text);
        let (document, _) = parse(&source, &Labels::new(&Default::default()));
        not_a_postmortem(&source, &document).map(LeftOut::why)
    }

    #[test]
    fn what_tells_of_no_incident_is_skipped() {
        let blank = "# Title\n\n## Summary\n\n## Timeline\n\n## Root cause\n\n## Action items\n";
        assert_eq!(reason("a.md", blank), Some("it is a blank template"));
        assert_eq!(
            reason("a.md", "# Ferry incidents\n\n- [One](one.md)\n- [Two](two.md)\n- [Three](three.md)\n"),
            Some("it is an index of other pages")
        );
        assert_eq!(
            reason("a.md", "# Incident process\n\nTell the harbour master first.\n"),
            Some("it describes a process, and no incident")
        );
        assert_eq!(reason("a.md", "# 📄 Postmortem template\n\n## Timeline\n\n- 10:01 It rang\n"), Some("it is a template"));
        let task = "Using an outage that you had, write a postmortem.\n\n* Issue summary:\n  * what was the root cause\n";
        assert_eq!(reason("a.md", task), Some("it asks for a postmortem, and is none"));
        assert_eq!(reason("template.md", "# Report\n\n## Summary\n\nSay what broke.\n"), Some("it is a template"));
        assert_eq!(reason("README.md", "# Ferry tools\n\nInstall on 2024-01-02.\n"), Some("nothing in it tells of an incident"));
        assert_eq!(reason("CHANGELOG.md", "# 1.0\n"), Some("its name says that it is about something else"));
    }

    #[test]
    fn what_tells_of_one_is_kept() {
        assert_eq!(reason("a.md", "The ferry stood still on May 4 for an hour.\n"), None);
        assert_eq!(
            reason("a.md", "# Ferry stuck\n\nA rope got into the screw and held us for hours, and nobody could get off.\n"),
            None
        );
        assert_eq!(reason("README.md", "# Postmortem\n\n## Issue summary\n\nIt broke.\n\n## Timeline\n\n- 10:00 broke\n"), None);
        assert_eq!(
            reason("sending-templates.md", "# Mails with raw template\n\n## Summary\n\nOn 2024-02-01 mails showed braces.\n"),
            None
        );
    }
}
