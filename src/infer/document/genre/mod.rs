//! Pages of other kinds that stand beside postmortems and hold days and times as they do: templates,
//! lists of other pages, minutes, release notes, plans, announcements of maintenance, descriptions of
//! a process. Each is known by what it calls itself and by what it does not tell; a title alone never
//! decides against a document that reports an incident.

mod signals;
mod titles;

use crate::document::{Block, Document, Kind, Label};
use crate::infer::context::text::is_placeholder;
use crate::language::locale::is_unspaced;
use crate::language::{Times, Written, dates, dates_in_name};
use crate::source::{LeftOut, SourceFile};
use aho_corasick::AhoCorasick;
use signals::{COPIED, GUIDE, NORM, PAST, PROPOSAL, Set, Signals, TASK, TROUBLE, reports_trouble};
use std::collections::BTreeSet;
use std::sync::LazyLock;
use titles::{COLLECTIONS, GENRES, INSTRUCTIONS, PROCESSES, TEMPLATE_NAMES, WRITE};

/// So many sections that each have a cause and a fix are problems of their own.
const MANY_PROBLEMS: usize = 4;
/// So many sections on what went well, what did not and what was learned look back on a longer time.
const MANY_LESSONS: usize = 2;
/// From so many sentences on, a page that gives no day is an essay.
const LONG_ESSAY: usize = 100;

/// So many places to be filled are a template's, however long it is.
const MANY_PLACES: usize = 12;

/// Which other kind of page this is; `None` when it may tell of an incident.
pub fn other_genre(source: &SourceFile, document: &Document) -> Option<LeftOut> {
    let mut page = Page::of(source, document);
    if page.is_template(document) {
        return Some(LeftOut::Template);
    }
    if page.timed >= 2 && !page.is_titled_process() {
        return None;
    }
    page.weigh(document);
    if page.asks {
        return Some(LeftOut::Assignment);
    }
    let typed_title = page.title.as_deref().unwrap_or_default();
    let title = folded(typed_title);
    if page.is_list(&title) {
        return Some(LeftOut::Index);
    }
    if page.is_process(&title) {
        return Some(LeftOut::Process);
    }
    if !page.dated && page.timed == 0 && page.days == 0 && problems(document) >= MANY_PROBLEMS {
        return Some(LeftOut::Problems);
    }
    let genre = GENRES.iter().find(|genre| genre.titles.iter().any(|words| holds(&title, words)));
    let genre = genre.filter(|genre| page.may_be(genre.reason, &title)).map(|genre| genre.reason);
    if page.is_made_of_instructions() || genre == Some(LeftOut::Template) {
        return Some(LeftOut::Template);
    }
    if page.core >= 3 {
        return None;
    }
    if page.looks_back() {
        return Some(LeftOut::Retrospective);
    }
    if page.is_essay() {
        return Some(LeftOut::Essay);
    }
    if page.is_proposal() {
        return Some(LeftOut::Plan);
    }
    if page.attended && page.core == 0 {
        return Some(LeftOut::Meeting);
    }
    if is_version(typed_title) && page.core == 0 {
        return Some(LeftOut::ReleaseNotes);
    }
    genre
}

/// Whether a sentence of the text or of front matter reports, in the past, that something went wrong.
pub fn reports(document: &Document) -> bool {
    let typed = document.front_matter.entries.iter().filter_map(|entry| entry.value.as_str());
    let prose = document.blocks.iter().filter(|block| block.is_prose()).map(Block::text);
    typed.chain(prose).any(|text| Signals::of(text).sentences().any(reports_trouble))
}

/// Whether the title names a collection of incidents and none of them: "Incident log", "Outages 2031".
pub fn is_titled_collection(document: &Document) -> bool {
    let named = |title: String| {
        let title = folded(&title);
        COLLECTIONS.contains(&title.trim_matches(|c: char| c.is_ascii_digit() || c == ' '))
    };
    title(document).is_some_and(named)
}

/// What a look over a page finds.
#[derive(Debug, Default)]
struct Page {
    title: Option<String>,
    /// The file name without its ending, in lower case.
    stem: String,
    /// The title or the file name gives a day.
    dated: bool,
    /// Different sections and fields that only the report of an incident has.
    core: usize,
    /// Lines that begin with a clock time.
    timed: usize,
    /// Headings below the title that give a day.
    days: usize,
    /// Sentences that tell, in the past, that something went wrong.
    told: usize,
    /// Values, rows and headings that hold only a place.
    prompts: usize,
    /// Items, rows, fields and paragraphs.
    lines: usize,
    /// Items and rows that are a link or the name of a document.
    links: usize,
    /// Lines with a link somewhere.
    refers: usize,
    /// Sections on what went well, what did not and what was learned.
    lessons: usize,
    /// A day or a time stands somewhere in the text or in front matter.
    tells_when: bool,
    /// A list of who attended stands near the top.
    attended: bool,
    asks: bool,
    proposes: bool,
    /// A heading tells what to do.
    instructs: bool,
    sentences: usize,
    /// Sentences that tell the author what to write.
    instructions: usize,
    /// Sentences that say what should be done.
    norms: usize,
    copied: bool,
    looped: bool,
}

impl Page {
    fn of(source: &SourceFile, document: &Document) -> Page {
        let name = source.path.rsplit('/').next().unwrap_or_default();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase();
        let title = title(document);
        let dated = title.as_deref().is_some_and(gives_day)
            || dates_in_name(&stem).iter().any(|found| is_day(&found.value));
        let mut page = Page { title, stem, dated, ..Page::default() };
        let mut core: Vec<Label> = document.sections.iter().map(|section| section.label).collect();
        core.extend(document.blocks.iter().filter_map(|block| Some(block.field.as_ref()?.label)));
        core.retain(|label| is_core(*label));
        core.sort_unstable();
        core.dedup();
        page.core = core.len();
        page.lessons = document.sections.iter().filter(|section| section.label == Label::Lessons).count();
        page.tells_when =
            document.front_matter.entries.iter().any(|entry| entry.key.eq_ignore_ascii_case("date"));
        for (n, block) in document.blocks.iter().enumerate() {
            page.look(document, block, n);
        }
        page.prompts += prompts(&source.text[document.start..]);
        page.looped = source.text.contains("{% for ");
        page
    }

    fn look(&mut self, document: &Document, block: &Block, n: usize) {
        if matches!(block.kind, Kind::Fence | Kind::Rule) {
            return;
        }
        let text = block.text();
        self.copied |= n < 6 && Signals::of(text).any(COPIED);
        let attends = |label: Label| label == Label::Participants;
        let label = block.field.as_ref().map(|field| field.label);
        self.attended |=
            n < 8 && (label.is_some_and(attends) || document.opens(n) && attends(document.section(n).label));
        self.timed += usize::from(begins_with_clock(&text[block.value()]));
        if matches!(block.kind, Kind::Heading(_) | Kind::Row { head: true }) {
            self.days += usize::from(n > 0 && gives_day(text));
            return;
        }
        self.lines += 1;
        let linked: usize = block.flat.links.iter().map(|link| link.text.len()).sum();
        let listed = block.is_item() || matches!(block.kind, Kind::Row { .. });
        self.links += usize::from(listed && (linked * 2 > text.len() || names_a_document(text)));
        self.refers += usize::from(linked > 0);
    }

    /// Looks at every sentence, which costs more than the rest: only for pages without a timeline.
    fn weigh(&mut self, document: &Document) {
        for (n, block) in document.blocks.iter().enumerate() {
            if matches!(block.kind, Kind::Fence | Kind::Rule) {
                continue;
            }
            self.tells_when = self.tells_when || tells_when(block.text());
            let signals = Signals::of(block.text());
            self.asks |= signals.any(TASK);
            self.proposes |= signals.any(PROPOSAL);
            self.instructs |= signals.any(GUIDE);
            // The items of a list of actions begin alike.
            let is_text =
                !matches!(block.kind, Kind::Heading(_)) && document.section(n).under != Label::Actions;
            self.instructions += usize::from(is_text && asks_to_write(block));
            match block.kind {
                Kind::Heading(_) => self.instructs |= n > 0 && instructs(block.text()),
                Kind::Row { head: true } => {}
                _ => signals.sentences().for_each(|sentence| self.sentence(sentence)),
            }
        }
    }

    fn sentence(&mut self, signals: Set) {
        self.sentences += 1;
        self.told += usize::from(reports_trouble(signals));
        self.norms += usize::from(signals & NORM != 0);
    }

    /// A page of places to be filled, or one that says that it is to be copied.
    fn is_template(&self, document: &Document) -> bool {
        let title = self.title.as_deref().unwrap_or_default();
        let gives_day = || document.blocks.iter().any(|block| gives_day(block.text()));
        let places = self.prompts >= 4 && self.prompts * 4 > self.lines || self.prompts >= MANY_PLACES;
        let titled = self.prompts >= 2 && !self.dated && (is_placeholder(title) || prompts(title) > 0);
        let named =
            TEMPLATE_NAMES.iter().any(|name| self.stem.starts_with(name) || self.stem.ends_with(name));
        places
            || titled
            || (self.copied && self.prompts >= 1)
            || (named && (self.prompts >= 1 || !gives_day()))
    }

    /// A page about how incidents are handled: it says what should be done, and of no day what was.
    fn is_process(&self, title: &str) -> bool {
        let plain = !self.dated && !self.is_log() && (self.timed == 0 || self.is_titled_process());
        let about = COLLECTIONS.contains(&title) || PROCESSES.iter().any(|words| holds(title, words));
        let told = self.told * 8 > self.sentences.max(8);
        let rules = self.sentences >= 20 && self.norms * 4 > self.sentences;
        let essay = self.sentences >= 30 && self.told + self.core == 0 && self.norms * 7 > self.sentences;
        let instructs = self.instructs && self.told * 20 <= self.sentences;
        plain && !told && (about || instructs || rules || essay)
    }

    /// A page on what went well and what did not in a project: it gives no day, and hardly says that something broke.
    fn looks_back(&self) -> bool {
        self.lessons >= MANY_LESSONS
            && self.core == 0
            && !self.dated
            && self.timed == 0
            && self.told * 4 <= self.sentences.max(4)
    }

    /// A long text without a day, a time and a section that a report has.
    fn is_essay(&self) -> bool {
        self.sentences >= LONG_ESSAY
            && self.core == 0
            && !self.dated
            && !self.tells_when
            && self.told * 5 <= self.sentences
    }

    /// A page that tells its author what to write, and hardly that anything happened.
    fn is_made_of_instructions(&self) -> bool {
        self.instructions >= 2 && self.instructions * 4 >= self.lines && self.told <= 1 && !self.dated
            || self.instructions >= 3
                && self.instructions * 6 >= self.lines
                && self.told * 8 <= self.sentences
    }

    /// A page that proposes something, and reports an incident at most as its motive.
    fn is_proposal(&self) -> bool {
        self.proposes
            && self.core == 0
            && !self.dated
            && self.timed == 0
            && self.told * 3 <= self.sentences.max(3)
    }

    /// Several days as headings, and something that went wrong: a log of incidents, however it is called.
    fn is_log(&self) -> bool {
        self.days >= 2 && self.told >= 1
    }

    /// A page whose title says that it is about how incidents are handled; its times are examples.
    fn is_titled_process(&self) -> bool {
        let title = folded(self.title.as_deref().unwrap_or_default());
        !self.dated && PROCESSES.iter().any(|words| holds(&title, words))
    }

    fn is_list(&self, title: &str) -> bool {
        let collection = COLLECTIONS.contains(&title);
        let mostly = self.links >= 3 && self.links * 2 > self.lines;
        let short = self.lines < 12 && self.told == 0;
        self.core == 0
            && !self.is_log()
            && (mostly && (self.told == 0 || collection)
                || collection && (short || self.looped)
                || self.looped && short)
            || (is_month(title) && self.core == 0 && self.refers * 2 > self.lines)
    }

    /// Whether a title of another kind means what it says.
    fn may_be(&self, reason: LeftOut, title: &str) -> bool {
        let trouble = Signals::of(title).any(TROUBLE);
        match reason {
            LeftOut::Maintenance => self.core <= 1 && self.told <= 1,
            LeftOut::Template => {
                // "Mails with raw template" of a day is an incident about one.
                let about_one = holds(title, "template") && self.tells_when && !title.contains("postmortem");
                let told = self.told * 4 > self.sentences.max(4) || Signals::of(title).any(PAST);
                !told && !about_one && !self.dated
            }
            LeftOut::Work => self.core == 0 && !trouble && self.told * 4 <= self.sentences,
            LeftOut::Retrospective | LeftOut::PeriodicReport => self.core == 0 && self.told <= 3,
            LeftOut::Process => self.core <= 1 && !self.dated && self.told * 8 <= self.sentences.max(8),
            _ => self.core <= 1 && !trouble && self.told * 4 <= self.sentences,
        }
    }
}

/// `Describe what users saw.`, `Décrivez en quelques phrases …`: what an author is to write.
fn asks_to_write(block: &Block) -> bool {
    let words = block.text()[block.value()].trim_start_matches(|c: char| !c.is_alphanumeric());
    let first = words.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
    let says_how = words.split_whitespace().nth(2).is_some();
    says_how && WRITE.contains(&first.as_str())
}

/// How many sections have both a cause and a fix of their own, as fields or as parts.
fn problems(document: &Document) -> usize {
    let holders = |label: Label| -> BTreeSet<usize> {
        let parts = document.sections.iter().filter(move |section| section.label == label);
        let fields = document
            .blocks
            .iter()
            .filter(move |block| block.field.as_ref().is_some_and(|field| field.label == label));
        parts
            .map(|part| part.parent)
            .chain(fields.map(|block| block.section))
            .filter(|section| *section != 0)
            .collect()
    };
    holders(Label::RootCause).intersection(&holders(Label::Resolution)).count()
}

/// Whether a day or a time stands in a text.
fn tells_when(text: &str) -> bool {
    let times = || Times::of(text);
    text.bytes().any(|byte| byte.is_ascii_digit()) && (gives_day(text) || !times().clocks.is_empty())
}

/// Sections and fields that a plan or the notes of a meeting do not have.
fn is_core(label: Label) -> bool {
    #[rustfmt::skip]
    let core = matches!(label, Label::Timeline | Label::RootCause | Label::Impact | Label::Detection | Label::Duration | Label::Start
        | Label::End | Label::Trigger | Label::Severity | Label::Detected | Label::Mitigated);
    core
}

/// The title of front matter, or else the first heading.
fn title(document: &Document) -> Option<String> {
    let typed = document.front_matter.entries.iter().find(|entry| entry.key.eq_ignore_ascii_case("title"));
    let typed = typed.and_then(|entry| entry.value.as_str()).map(str::to_owned);
    let heading = || document.blocks.iter().take(6).find(|block| matches!(block.kind, Kind::Heading(_)));
    typed.or_else(|| heading().map(|block| block.text().trim().to_owned()))
}

/// Lower case, with every run of other characters one space.
fn folded(text: &str) -> String {
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Whether folded text holds folded words as whole words.
fn holds(text: &str, words: &str) -> bool {
    if words.contains(is_unspaced) {
        return text.contains(words);
    }
    let (stem, open) = words.strip_suffix('*').map_or((words, false), |stem| (stem, true));
    text.match_indices(stem).any(|(at, _)| {
        let behind = text[at + stem.len()..].chars().next();
        let before = text[..at].chars().next_back();
        before.is_none_or(|c| c == ' ') && (open || behind.is_none_or(|c| c == ' '))
    })
}

/// `2.0.0`, `Version 4.1`, `v1.9`.
fn is_version(title: &str) -> bool {
    let title =
        title.trim().trim_start_matches("Version ").trim_start_matches("Release ").trim_start_matches('v');
    title.contains('.')
        && title.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

fn gives_day(text: &str) -> bool {
    dates(text).iter().any(|found| is_day(&found.value))
}

fn is_day(written: &Written) -> bool {
    !matches!(written, Written::Placeholder | Written::Impossible)
}

/// `july 2022`: a month and no more.
fn is_month(title: &str) -> bool {
    title.split(' ').count() == 2 && dates(title).iter().any(|found| found.range == (0..title.len()))
}

/// What a place to be filled has in it, without brackets around it.
const MARKS: &[&str] = &["YYYY", "HH:MM", "hh:mm", "20XX", "XX:XX", "{{", "____"];

/// Signs of which every place has one: most lines have none.
static PLACES: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let signs = MARKS.iter().chain(&["[", "<"]);
    AhoCorasick::new(signs).expect("signs of the table are few")
});

/// Lines of Markdown whose value is only a place to be filled.
fn prompts(text: &str) -> usize {
    let mut fenced = false;
    let mut count = 0;
    for line in text.lines() {
        let line = line.trim();
        if line.starts_with("```") || line.starts_with("~~~") {
            fenced = !fenced;
        } else if !fenced && PLACES.is_match(line) {
            count += line.split('|').filter(|cell| is_place(cell)).count();
        }
    }
    count
}

/// `**Owner**: <name>`, `- [Describe the impact]`, `YYYY-MM-DD`, `{{ date }}`.
fn is_place(cell: &str) -> bool {
    if MARKS.iter().any(|mark| cell.contains(mark)) {
        return true;
    }
    let mark = |c: char| c.is_whitespace() || "*_`-#+•~.".contains(c);
    let bare = |text| str::trim_start_matches(text, '>').trim_matches(mark);
    let value = bare(cell);
    let value = value.split_once(": ").map_or(value, |(_, value)| bare(value));
    let inside = |open: char, close: char| {
        let inner = value.strip_prefix(open)?.strip_suffix(close)?;
        Some(inner).filter(|inner| {
            inner.chars().any(char::is_alphabetic) && inner.len() > 3 && !inner.contains([open, close])
        })
    };
    inside('[', ']').is_some_and(|inner| inner.contains(' ') && !inner.contains("]("))
        || inside('<', '>').is_some_and(is_prompt_word)
}

/// What stands between angle brackets, when it is neither a tag nor an address.
fn is_prompt_word(inner: &str) -> bool {
    let first = inner.split([' ', '>']).next().unwrap_or_default();
    let tag =
        inner.starts_with(['/', '!']) || inner.contains('=') || inner.contains("://") || inner.contains('@');
    !tag && (inner.contains(' ') || first.contains('_') || first.contains('-'))
}

fn begins_with_clock(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let behind = text.as_bytes().get(digits).copied();
    (1..=2).contains(&digits)
        && matches!(behind, Some(b':' | b'h' | b'.'))
        && text.as_bytes().get(digits + 1..digits + 3).is_some_and(|two| two.iter().all(u8::is_ascii_digit))
        && text.as_bytes().get(digits + 3).is_none_or(|next| !next.is_ascii_digit() && *next != b'.')
}

/// ``| `queue-filled-2024.md` | …``: a row that names a document.
fn names_a_document(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default().trim_matches('`');
    [".md", ".html", ".txt", ".pdf"].iter().any(|ending| first.ends_with(ending)) && first.len() > 4
}

fn instructs(heading: &str) -> bool {
    let heading = folded(heading);
    INSTRUCTIONS.iter().any(|words| heading.starts_with(words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Labels, parse};

    fn genre(path: &str, text: &str) -> Option<LeftOut> {
        let source = SourceFile::new(path, text);
        let (document, _) = parse(&source, &Labels::new(&Default::default()));
        other_genre(&source, &document)
    }

    #[test]
    fn pages_of_other_kinds_are_known() {
        let rules =
            "If the ramp is stuck you must ring the bell. Make sure that nobody is below it. ".repeat(12);
        let essay = format!(
            "# Salt: a postmortem\n\n{}",
            "Salt is dull and the sea has too much of it. ".repeat(120)
        );
        #[rustfmt::skip]
        let pages: &[(LeftOut, &str, &str)] = &[
            (LeftOut::Template, "report.md", "# Incident YYYY-MM-DD\n\nOwner: <your name here>\n\n## Timeline\n\n- 10:01 It rang\n- 10:05 We came\n"),
            (LeftOut::Template, "blank.md", "# Report\n\n**Date**: [Day of the incident]\n**Impact**: [Who was hit]\n**Cause**: [What broke]\n**Fix**: [What helped]\n"),
            (LeftOut::Template, "EXAMPLE.md", "# Report\n\n> Copy this file for a new report.\n\nDate: YYYY-MM-DD\n"),
            (LeftOut::Template, "asks.md", "# Report\n\n## Summary\n\nDescribe what the guests saw.\n\n## Cause\n\nExplain what broke, and why.\n\n## Timeline\n\n| Time | Event |\n|---|---|\n| 10:15 | The ramp stops |\n| ... | ... |\n"),
            (LeftOut::Template, "fragt.md", "# Störungsbericht\n\n## Ursache\n\nBeschreiben Sie, was kaputtging.\n\n## Wirkung\n\nNennen Sie alle Betroffenen.\n"),
            (LeftOut::Template, "muster.md", "---\ntitle: 模板：故障排查\ndate: 2031-01-01\n---\n\n# 概览\n\n- 影响范围：哪些用户\n\n# 根因分析\n\n- 真正的触发原因。\n"),
            (LeftOut::Template, "form.md", "# Formular\n\n| Feld | Wert |\n|---|---|\n| Tag | ____/____ |\n| Ort | ________ |\n| Name | ________ |\n| Boot | ________ |\n"),
            (LeftOut::Template, "sample.md", "# Ramp report: example output\n\nThis is what a report looks like.\n\n## Impact\n\nGuests wait.\n\n## Timeline\n\nAt noon.\n"),
            (LeftOut::Process, "gestion.md", "# Gestion des incidents\n\n## Détection\n\n- Signaler sur le canal\n\n## Suivi\n\n- Analyse\n"),
            (LeftOut::Process, "check.md", "# 障害対応チェックリスト\n\n## 判定\n\n- [ ] 全停止\n- [ ] 一部停止\n\n対応時間: 15分以内\n"),
            (LeftOut::Process, "halt.md", "# Recovery of a stuck ramp\n\nThis document describes how to lift a ramp that is stuck.\n\nFirst ring the bell. Then turn the crane.\n"),
            (LeftOut::Meeting, "2031-05-04.md", "# 2031-05-04\n\nAttendees: Ada, Ben, Cleo\n\n## Moorings\n\n- They are worn; Ben asks the yard.\n"),
            (LeftOut::Meeting, "crew.md", "# Crew workshop of 4 May 2031\n\n## Goals\n\nFewer queues at the ramp.\n"),
            (LeftOut::ReleaseNotes, "notes.md", "---\ntitle: Release notes of May\ndate: 2031-05-04\n---\n\n* Tickets print faster\n"),
            (LeftOut::ReleaseNotes, "two.md", "---\ntitle: 2.4.0\ndate: 2031-05-04\n---\n\nToday we ship a new kiosk.\n"),
            (LeftOut::Plan, "money.md", "---\ntitle: Budget for 2032\n---\n\nApproved on 2031-12-01. Costs are in crowns.\n"),
            (LeftOut::Plan, "board.md", "# Pitch: a departures board\n\nIt shows the next boats, as of 10:00.\n"),
            (LeftOut::Maintenance, "works.md", "---\ntitle: Scheduled maintenance of the ramp\ndate: 2031-05-04 21:00\n---\n\nWe will close the ramp at 21:00.\n"),
            (LeftOut::Maintenance, "move.md", "# Booking will be down on Sunday\n\nThe servers move on 4 May 2031 from 08:00 to 10:00.\n"),
            (LeftOut::Maintenance, "quiet.md", "# Maintenance on Saturday\n\nOn 9 December 2031 from 22:00 to 02:00 UTC we will move the tills. They will be down.\n"),
            (LeftOut::Retrospective, "q3.md", "# Q3 2031 project retrospective\n\nWe shipped the new tills on 12 September 2031.\n\n## What went wrong\n\n- The test ramp was down for three days\n"),
            (LeftOut::PeriodicReport, "week.md", "# Weekly operations report, week 14 2031\n\n- 3 incidents, 1 of them grave\n- On 2031-04-05 the radar was slow for 20 minutes\n- Landings: 41\n"),
            (LeftOut::Retrospective, "tills.md", "# Postmortem: new tills, version 1\n\nA look back on how we built them.\n\n## What went well\n\n- We printed a ticket every day\n\n## Lessons learned\n\n- Begin with the printer\n"),
            (LeftOut::Retrospective, "board.md", "# 出発案内板 ポストモーテム\n\n## うまくいったこと（What Went Well）\n\n- 部品の分担\n\n## 学んだこと（Lessons Learned）\n\n- 小さく始める\n"),
            (LeftOut::Problems, "problems.md", "# Problems and how we solved them\n\n## 1. Printer\n\n**Root cause:** no paper\n\n**Fix:** added some\n\n## 2. Scanner\n\n**Root cause:** dust\n\n**Fix:** wiped it\n\n## 3. Bell\n\n**Root cause:** no rope\n\n**Fix:** tied one\n\n## 4. Lamp\n\n### Root cause\n\nA bulb.\n\n### Fix\n\nWe changed it.\n"),
            (LeftOut::Work, "lamp.md", "# 2031-06-30 Installation of the lamps\n\n## Goal\n\nLight on both piers.\n\n## Wires\n\nI laid two wires, then tested them.\n"),
            (LeftOut::Essay, "salt.md", &essay),
            (LeftOut::Plan, "two-piers.md", "# Two piers\n\nLast updated 2031-02-01.\n\n## Motivation\n\nOn 2030-11-20 the east pier was down for three hours.\n\n## Proposal\n\nThis document proposes a second pier. Boats should land at either. The second one must be lit.\n"),
            (LeftOut::Process, "how.md", "# Writing good postmortems\n\nStart with a summary.\n\n## Timeline\n\nFor example:\n\n- 10:15 the ramp closes\n- 10:17 the bell rings\n"),
            (LeftOut::Process, "bells.md", &rules),
            (LeftOut::Process, "post-mortems.md", "# Post-mortems\n\nOne is due when the public saw it.\n\n## Root cause\n\nName the reason.\n\n## Timeline\n\nIn UTC.\n"),
            (LeftOut::Process, "mooring.md", "# Mooring procedures\n\nTie the bow first. Revised on 2031-01-02.\n"),
            (LeftOut::Index, "list.md", "# Incidents\n\n| File | What |\n|---|---|\n| `ramp-2031-05-04.md` | the ramp |\n| `rope-2031-06-01.md` | a rope |\n| `bell-2031-07-01.md` | the bell |\n"),
            (LeftOut::Index, "loop.md", "---\ntitle: Post-mortems\n---\n\n{% for page in site.pages %}\n- {{ page.title }}\n{% endfor %}\n"),
            (LeftOut::Assignment, "README.md", "# 0x19\n\nProject will start Feb 2, 2031 6:00 AM.\n\nUsing an outage of yours, write a postmortem.\n"),
        ];
        for (reason, path, text) in pages {
            assert_eq!(genre(path, text), Some(*reason), "{path}: {text}");
        }
    }

    #[test]
    fn a_title_alone_never_decides_against_a_report() {
        #[rustfmt::skip]
        let reports: &[(&str, &str)] = &[
            ("log.md", "# Incident log\n\n## 2031-02-01: Tills dark\n\nThe tills were down from 09:00.\n\n## 2031-02-14: Late boats\n\nThe radar failed.\n"),
            ("works.md", "# Ramp jammed during maintenance on Saturday\n\nThe ramp was stuck on 9 December 2031 and boats were delayed. Two crossings failed.\n"),
            ("runbook.md", "# Runbook deleted the bookings, 4 May 2031\n\nA step of the runbook emptied the table. Bookings were lost.\n"),
            ("guide.md", "# Wrong guide shown on board\n\n## Impact\n\nGuests were lost.\n\n## Timeline\n\n- 10:01 first complaint\n- 10:30 fixed\n"),
            ("budget.md", "# Error budget exhausted by a failed deploy\n\nThe booking page was down for an hour on May 4.\n"),
            ("maintenance.md", "# Planned maintenance overran\n\nThe ramp was closed longer than planned. Boats were delayed. The crane failed and was stuck. Guests were unable to land.\n"),
            ("meeting.md", "# Meeting rooms could not be booked on 4 May 2031\n\n## Timeline\n\n- 09:00 down\n- 10:00 up\n"),
            ("two-causes.md", "# Ramp stuck on 4 May 2031\n\n## The hinge\n\n**Root cause:** rust\n\n**Fix:** a new one\n\n## The rope\n\n**Root cause:** wear\n\n**Fix:** a new one\n\n## The bell\n\n**Root cause:** dust\n\n**Fix:** wiped\n\n## The lamp\n\n**Root cause:** a bulb\n\n**Fix:** a new one\n"),
            ("set-up.md", "# Setup of the new ramp failed on 4 May 2031\n\nBoats were delayed for two hours. The crane broke.\n"),
            ("learned.md", "# Ramp stuck on 4 May 2031\n\nIt was stuck for two hours.\n\n## What went well\n\n- The crane\n\n## What went wrong\n\n- The bell failed\n"),
            ("bracket.md", "# Postmortem: [May 2031, the ferry is stuck]\n\nIt was stuck for two hours.\n"),
            ("template-mail.md", "# Mails went out with a raw template\n\nOn 2031-05-04 at 10:00 mails showed braces.\n"),
            ("links.md", "# Links to tickets broken\n\n- [shop](https://example.org)\n\nThe links were broken on 4 May 2031, and guests were unable to pay.\n"),
        ];
        for (path, text) in reports {
            assert_eq!(genre(path, text), None, "{path}: {text}");
        }
    }
}
