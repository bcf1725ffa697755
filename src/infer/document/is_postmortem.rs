//! Which files are postmortems. A template, an index and a page about the process
//! stand in the same folders and use the same words; what they lack is a day, a
//! time, an event.

use super::genre::{other_genre, reports};
use super::machine_log::is_machine_log;
use crate::document::{Block, Document, Entry, Kind, Label, Labels};
use crate::infer::context::vocabulary::Vocabulary;
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

/// Names of pages that list the others.
const LISTS: &[&str] = &["summary", "_sidebar", "toc", "contents", "readme", "index", "_index"];

/// Why a file is none; `None` when it is one. What its author and the site's settings say comes first.
pub fn not_a_postmortem(
    source: &SourceFile,
    document: &Document,
    vocabulary: &Vocabulary,
) -> Option<LeftOut> {
    if document.blocks.is_empty() && document.front_matter.entries.is_empty() {
        return Some(LeftOut::Empty);
    }
    match said(document, &vocabulary.labels) {
        Some(is_incident) => (!is_incident).then_some(LeftOut::Denied),
        None if vocabulary.include.has(&source.path) => None,
        None => by_its_looks(source, document),
    }
}

/// What `incident: true` or `false` says.
fn said(document: &Document, labels: &Labels) -> Option<bool> {
    let is_mark = |entry: &&Entry| labels.front_matter(&entry.key) == Some(Label::Incident);
    document.front_matter.entries.iter().filter(is_mark).find_map(|entry| entry.value.as_bool())
}

/// Endings of files that lie beside incidents as often as they are one.
const ATTACHABLE: &[&str] = &[".txt", ".html", ".htm", ".xhtml"];

fn by_its_looks(source: &SourceFile, document: &Document) -> Option<LeftOut> {
    let name = source.path.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase();
    if OTHER_FILES.iter().any(|other| stem.starts_with(other)) {
        return Some(LeftOut::OtherFile);
    }
    if document.blocks.iter().take(4).any(is_titled_template) {
        return Some(LeftOut::Template);
    }
    if let Some(reason) = other_genre(source, document) {
        return Some(reason);
    }
    let typed = typed(document);
    let told = typed || document.blocks.iter().any(|block| tells_when(block.text()));
    let is_attachable =
        !name.contains('.') || ATTACHABLE.iter().any(|ending| name.to_lowercase().ends_with(ending));
    if told && !is_attachable && !is_doubtful(name, &stem) {
        return is_index(document, &stem)
            .or_else(|| is_meeting(document))
            .filter(|_| !Look::at(document).evidence());
    }
    let look = Look::at(document);
    let reason = match told {
        true if look.evidence() => None,
        true if is_doubtful(name, &stem) => Some(LeftOut::NoIncident),
        true => is_index(document, &stem).or_else(|| is_meeting(document)),
        false => untold(&look, name, &stem, reports(document)),
    };
    match is_attachable && !typed {
        true => attached(reason, &look, told, &source.text),
        false => reason,
    }
}

/// Plain text is an attachment of some incident unless it shows that it is one itself.
fn attached(reason: Option<LeftOut>, look: &Look, told: bool, text: &str) -> Option<LeftOut> {
    let shows = look.sections >= 2 || told && has_prose(text) && !is_machine_log(text);
    match reason {
        Some(LeftOut::NoIncident) => Some(LeftOut::Attachment),
        None if !shows => Some(LeftOut::Attachment),
        reason => reason,
    }
}

/// Whether four words follow each other, as they do in sentences and seldom in data.
fn has_prose(text: &str) -> bool {
    let is_word = |word: &&str| {
        word.trim_matches([',', '.', ':', ';', '!', '?', '(', ')']).chars().all(char::is_alphabetic)
    };
    let words = |line: &str| line.split_whitespace().map(|word| is_word(&word)).collect::<Vec<bool>>();
    text.lines().any(|line| words(line).windows(4).any(|four| four.iter().all(|is_word| *is_word)))
}

/// Why a document without a day and a time is none.
fn untold(look: &Look, name: &str, stem: &str, reports: bool) -> Option<LeftOut> {
    let template = stem.contains("template") || look.calls_itself_template;
    let blank = look.sections >= 3 && (look.words < (8 * look.sections).min(40) || look.prompts >= 2);
    let rules: [(bool, LeftOut); 6] = [
        (template, LeftOut::Template),
        (blank, LeftOut::BlankTemplate),
        (look.links >= 3 && look.links * 2 > look.lines, LeftOut::Index),
        (look.about_process, LeftOut::Process),
        (look.asks, LeftOut::Assignment),
        (look.sections == 0 && look.generic && look.words < 25 && !reports, LeftOut::NoIncident),
    ];
    let doubtful = is_doubtful(name, stem) && !look.evidence();
    let rule = rules.iter().find(|(fits, _)| *fits).map(|(_, reason)| *reason);
    rule.or(doubtful.then_some(LeftOut::NoIncident))
}

/// Most lines lead to other documents.
fn is_index(document: &Document, stem: &str) -> Option<LeftOut> {
    let least = if LISTS.contains(&stem) { 1 } else { 3 };
    let lines =
        document.blocks.iter().filter(|block| !matches!(block.kind, Kind::Heading(_) | Kind::Rule)).count();
    let links = document.blocks.iter().filter(|block| leads_to_a_document(block)).count();
    (links >= least && links * 2 > lines).then_some(LeftOut::Index)
}

fn leads_to_a_document(block: &Block) -> bool {
    let mut links = block.flat.links.iter().filter(|link| link.text.len() * 2 > block.text().len());
    links.any(|link| !link.url.contains(':') && !link.url.starts_with(['#', '/']))
}

/// Its title or its sections are those of a meeting.
fn is_meeting(document: &Document) -> Option<LeftOut> {
    const NOTES: &[&str] = &[
        "meeting notes",
        "notes of the meeting",
        "meeting minutes",
        "minutes of",
        "standup notes",
        "weekly notes",
    ];
    const REGULAR: &[&str] =
        &["meeting", "weekly", "standup", "stand-up", "sync", "all hands", "all-hands", "minutes"];
    const SECTIONS: &[&str] =
        &["agenda", "minutes", "attendees", "present", "apologies", "any other business"];
    let title =
        document.blocks.iter().take(4).map(|block| block.text().to_lowercase()).next().unwrap_or_default();
    let words =
        |wanted: &&str| title.split(|c: char| !c.is_alphanumeric() && c != '-').any(|word| word == *wanted);
    let is_section = |block: &Block| {
        let lower = block.text().to_lowercase();
        SECTIONS
            .iter()
            .any(|name| lower.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(':')))
    };
    let is_named = NOTES.iter().any(|name| title.contains(name));
    let has_section = || document.blocks.iter().any(is_section);
    (is_named || REGULAR.iter().any(words) && has_section()).then_some(LeftOut::Meeting)
}

/// `# Postmortem template`, and no "Mails with raw template".
fn is_titled_template(block: &Block) -> bool {
    let heading = matches!(block.kind, Kind::Heading(_)) && is_generic(block.text());
    heading
        && block.text().to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| word == "template")
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
    document
        .front_matter
        .entries
        .iter()
        .any(|entry| KEYS.contains(&entry.key.to_lowercase().as_str()) && !entry.value.is_null())
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
            self.calls_itself_template |= heading && template;
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
        self.words += text[block.value()]
            .split_whitespace()
            .filter(|word| word.chars().any(char::is_alphabetic))
            .count();
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
    const MARKS: &[&str] = &[
        "{{", "[date", "[title", "yyyy", "hh:mm", "20xx", "<date", "<title", "[insert", "<insert", "[name",
        "xx:xx",
    ];
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
            at > 3
                && (1..=4).all(|back| digit(at - back))
                && digit(at + 1)
                && bytes.get(at + 3).is_some_and(|next| next == byte)
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
        if (month && (numbered(before) || words.peek().is_some_and(|next| numbered(next))))
            || (half && numbered(before))
        {
            return true;
        }
        before = word;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::parse;

    fn reason(path: &str, text: &str) -> Option<&'static str> {
        let source = SourceFile::new(path, text);
        let vocabulary = crate::infer::vocabulary(&Default::default());
        let (document, _) = parse(&source, &vocabulary.labels);
        not_a_postmortem(&source, &document, &vocabulary).map(LeftOut::why)
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
        assert_eq!(
            reason("a.md", "# 📄 Postmortem template\n\n## Timeline\n\n- 10:01 It rang\n"),
            Some("it is a template")
        );
        let task = "Using an outage that you had, write a postmortem.\n\n* Issue summary:\n  * what was the root cause\n";
        assert_eq!(reason("a.md", task), Some("it asks for a postmortem, and is none"));
        assert_eq!(
            reason("template.md", "# Report\n\n## Summary\n\nSay what broke.\n"),
            Some("it is a template")
        );
        assert_eq!(
            reason("README.md", "# Ferry tools\n\nInstall on 2024-01-02.\n"),
            Some("nothing in it tells of an incident")
        );
        assert_eq!(reason("CHANGELOG.md", "# 1.0\n"), Some("its name says that it is about something else"));
    }

    #[test]
    fn what_lies_beside_incidents_is_none() {
        let log = "2024-03-05T10:00:01Z ERROR queue full\n2024-03-05T10:00:02Z INFO retry\n";
        let attachment = Some(LeftOut::Attachment.why());
        for (path, text) in [
            ("server-log.txt", log),
            ("dump", log),
            ("requirements.txt", "ferry==1.2\nquay==2.0\n"),
            ("answer.txt", "HTTP/1.1 502 Bad Gateway\nDate: Tue, 05 Mar 2024 10:00:00 GMT\nServer: quay\n"),
            ("robots.txt", "User-agent: *\nDisallow: /\n"),
        ] {
            assert_eq!(reason(path, text), attachment, "{path}");
        }
        let index = Some(LeftOut::Index.why());
        let summary = "# Summary\n\n- [5 March 2024: queue](2024-03-05.md)\n";
        assert_eq!(reason("SUMMARY.md", summary), index);
        let list = "# Ferry incidents\n\n- [2024-01-02](a.md)\n- [2024-01-03](b.md)\n- [2024-01-04](c.md)\n";
        assert_eq!(reason("all.md", list), index);
        let meeting = Some(LeftOut::Meeting.why());
        for text in [
            "# Meeting notes, 5 March 2024\n\nWe spoke of the queue.\n",
            "# Weekly platform sync 2024-03-05\n\n## Attendees\n\n- Joost\n\n## Agenda\n\n- Budget\n",
            "Minutes of 5 March 2024\n\nPresent: Joost, Mirte\n",
        ] {
            assert_eq!(reason("notes/a.md", text), meeting, "{text}");
        }
    }

    #[test]
    fn a_word_of_the_author_overrules() {
        let blank = "# Postmortem template\n";
        assert_eq!(reason("a.md", &format!("---\nincident: true\n---\n{blank}")), None);
        assert_eq!(
            reason("a.md", "---\nincident: false\n---\nThe ferry stood still on May 4.\n"),
            Some(LeftOut::Denied.why())
        );
        assert_eq!(reason("a.md", "---\nincident: INC-7\n---\nThe ferry stood still on May 4.\n"), None);
    }

    #[test]
    fn what_tells_of_one_is_kept() {
        let mail = "Ferry stuck\n\nOn 5 March 2024 a rope got into the screw, and nobody could get off for an hour.\n";
        assert_eq!(reason("2024/mail.txt", mail), None);
        assert_eq!(
            reason("queue.txt", "10:00 The queue is full.\n10:05 Somebody looks.\n10:20 It is empty.\n"),
            None
        );
        let links = "# Queue full on 5 March 2024\n\n## Impact\n\nNo tickets.\n\n## Timeline\n\n- [10:00](a.md)\n- [10:05](b.md)\n- [10:10](c.md)\n";
        assert_eq!(reason("a.md", links), None);
        let review = "# Postmortem meeting 2024-03-05\n\nAttendees: Joost\n\n## Impact\n\nNo tickets.\n\n## Root cause\n\nThe queue.\n";
        assert_eq!(reason("a.md", review), None);
        assert_eq!(
            reason(
                "a.md",
                "# Meetings could not be joined on 5 March 2024\n\nThe sync of calendars failed.\n"
            ),
            None
        );

        assert_eq!(reason("a.md", "The ferry stood still on May 4 for an hour.\n"), None);
        assert_eq!(
            reason(
                "a.md",
                "# Ferry stuck\n\nA rope got into the screw and held us for hours, and nobody could get off.\n"
            ),
            None
        );
        assert_eq!(
            reason(
                "README.md",
                "# Postmortem\n\n## Issue summary\n\nIt broke.\n\n## Timeline\n\n- 10:00 broke\n"
            ),
            None
        );
        assert_eq!(
            reason(
                "sending-templates.md",
                "# Mails with raw template\n\n## Summary\n\nOn 2024-02-01 mails showed braces.\n"
            ),
            None
        );
    }
}
