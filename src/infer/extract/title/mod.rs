//! What the incident is called: the first heading that says more than "Postmortem".

pub mod file_name;

use crate::document::{Block, Kind, Label};
use crate::incident::Origin;
use crate::incident::claim::Fact;
use crate::infer::claims::Claims;
use crate::infer::context::excerpt::{has_words, times_in};
use crate::infer::context::mail;
use crate::infer::context::text::Text;
use crate::infer::context::text::{Passage, one_line};
use crate::infer::extractor::{Extractor, no_phrases};
use crate::language::locale;
use crate::language::zones;
use hashbrown::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

pub const EXTRACTOR: Extractor = Extractor { name: "title", seeks: &["title"], phrases: no_phrases, read };

/// Words that say what kind of text it is, and not what it is about.
#[rustfmt::skip]
const GENERIC: &[&str] = &[
    "postmortem", "postmortems", "post", "mortem", "report", "incident", "incidents", "retro", "retrospective", "my",
    "our", "first", "the", "a", "an", "of", "for", "on", "analysis", "review", "outage", "template", "project",
    "document", "rapport", "relatorio", "alx", "task", "tasks", "web", "stack", "issue", "blameless", "readme",
    "summary", "service", "disruption", "system", "engineering", "example", "sample", "devops", "about", "write", "up", "d", "l", "de",
    "do", "du", "rca", "root", "cause", "title",
];
/// Those of them that leave something told when they stand together: "Web Stack Outage", "Service Disruption".
const TELLING: &[&str] = &["web", "stack", "service", "disruption", "system", "outage", "issue"];

fn read(text: &Text<'_>, claims: &mut Claims<'_>) {
    for passage in text.fields(Label::Title) {
        let words = clean(text.words(&passage));
        if !crate::infer::context::text::is_placeholder(&words) && !is_generic(&words) {
            claims.add(Fact::Title(words), Origin::Field, "title-field", passage.block, passage.range);
        }
    }
    if let Some((n, range)) = subject(text) {
        let words = clean(&text.block(n).text()[range.clone()]);
        claims.add(Fact::Title(words), Origin::Field, "title-field", n, range);
    } else if let Some((n, rule)) =
        first_heading(text).or_else(|| later_heading(text)).or_else(|| first_line(text))
    {
        let block = text.block(n);
        let (from, to) = core_of_line(block.text());
        claims.add(Fact::Title(clean(&block.text()[from..to])), Origin::Section, rule, n, from..to);
    }
    let whole = text.blocks == (0..text.document.blocks.len());
    if let Some(words) = file_name::title(&text.source.path).filter(|words| whole && !is_generic(words)) {
        claims.nowhere(Fact::Title(words), Origin::FileName, "file-name", text.source.path.clone());
    }
}

/// What the mail is about whose header opens the text.
fn subject(text: &Text<'_>) -> Option<(usize, Range<usize>)> {
    text.hints.written_on?;
    let mut lines =
        text.blocks().take(4).flat_map(|(n, block)| block.lines().map(move |(at, line)| (n, at, line)));
    let (n, at, line) = lines.find(|(_, _, line)| line.starts_with("Subject: "))?;
    let behind = mail::subject(line)?;
    let (from, to) = core(&line[behind..]);
    (!is_generic(&line[behind + from..behind + to])).then_some((n, at + behind + from..at + behind + to))
}

/// A title as a heading shows it: without the attributes `{#mail}` at its end and names of emoji, on one line.
pub fn clean(title: &str) -> String {
    let title = without_attributes(title.trim_end());
    let words: Vec<&str> = title.split_whitespace().filter(|word| !is_emoji_name(word)).collect();
    if words.is_empty() { one_line(title) } else { words.join(" ") }
}

/// `{#mail}`, `{.wide}`, `{: .notice}`.
fn without_attributes(title: &str) -> &str {
    let attributes = title.ends_with('}').then(|| title.rfind(" {")).flatten();
    match attributes.filter(|at| title[at + 2..].starts_with(['#', '.', ':'])) {
        Some(at) => title[..at].trim_end(),
        None => title,
    }
}

/// `:fire:`, `:ballot_box_with_check:`; not `:8080:`.
fn is_emoji_name(word: &str) -> bool {
    let name = word.strip_prefix(':').and_then(|rest| rest.strip_suffix(':')).unwrap_or_default();
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '+' | '-');
    name.chars().all(fits) && name.chars().any(|c| c.is_ascii_lowercase())
        || matches!(name, "+1" | "-1" | "100")
}

/// Of several lines the first that calls itself a postmortem and tells of what: the one above it names a course or an author.
fn core_of_line(words: &str) -> (usize, usize) {
    let mut from = 0;
    for line in words.split_inclusive('\n') {
        let (first, last) = core(line);
        if words.contains('\n') && names_itself(line) && first > 0 && !is_generic(&line[first..last]) {
            return (from + first, from + last);
        }
        from += line.len();
    }
    core(words)
}

/// The first heading that tells something, before any section of the usual ones.
fn first_heading(text: &Text<'_>) -> Option<(usize, &'static str)> {
    for (n, block) in text.blocks().filter(|(n, block)| is_heading(text, *n, block)) {
        let label = text.document.section(n).label;
        match label {
            Label::Other | Label::Title if is_telling(text, block) && !is_only_a_day(text, n) => {
                return Some((n, "first-heading"));
            }
            Label::Other | Label::Title => {}
            _ => return None,
        }
    }
    None
}

fn is_heading(text: &Text<'_>, n: usize, block: &Block) -> bool {
    let bold = block.kind == Kind::Paragraph
        && block.flat.bold >= block.text().trim_end().len().saturating_sub(1)
        && block.flat.bold > 0;
    let first = n == text.blocks.start && (bold || names_itself(block.text()) && !is_sentences(block.text()));
    matches!(block.kind, Kind::Heading(_)) || first || (bold && text.document.opens(n))
}

/// `Write a postmortem. Choose an outage you know.`: several sentences on one line, and no name.
fn is_sentences(words: &str) -> bool {
    let stops = |line: &str| {
        line.match_indices(". ").filter(|(at, _)| line[..*at].ends_with(|c: char| c.is_lowercase())).count()
    };
    words.lines().any(|line| stops(line) > 0 && line.trim_end().ends_with(['.', '!', ':']) || stops(line) > 1)
}

/// A heading further down that calls itself a postmortem: the text before it was something else.
fn later_heading(text: &Text<'_>) -> Option<(usize, &'static str)> {
    let found = text.blocks().find(|(_, block)| {
        matches!(block.kind, Kind::Heading(_))
            && names_itself(block.text())
            && core(block.text()).0 > 0
            && is_telling(text, block)
    });
    found.map(|(n, _)| (n, "postmortem-heading"))
}

/// A short first line of a text that has no heading above its sections; behind a generic one, the next that calls itself a postmortem.
fn first_line(text: &Text<'_>) -> Option<(usize, &'static str)> {
    let mut lines = text.blocks().filter(|(_, block)| !matches!(block.kind, Kind::Rule)).take(3);
    let (n, block) = lines.next()?;
    if is_title_line(text, n, block) && is_telling(text, block) {
        return Some((n, "first-line"));
    }
    let generic = is_generic(block.text()) && !block.text().contains('\n');
    let (n, block) = lines.find(|(_, block)| names_itself(block.text())).filter(|_| generic)?;
    (is_title_line(text, n, block) && is_telling(text, block)).then_some((n, "first-line"))
}

fn is_title_line(text: &Text<'_>, n: usize, block: &Block) -> bool {
    let words = block.text().trim();
    let count = words.split_whitespace().count();
    let prose = words.contains('\n')
        || count > 14
        || words.ends_with([':', ',', '-'])
        || (words.ends_with('.') && count > 6);
    let labelled = block.field.as_ref().is_some_and(|field| field.label != Label::Other)
        || text.document.section(n).label != Label::Other;
    block.is_prose() && !prose && !labelled && count > 1 && !tells_the_zone(words)
}

/// `All timestamps are in PDT.`
fn tells_the_zone(words: &str) -> bool {
    let lower = words.to_lowercase();
    lower.starts_with("all ") && lower.contains("time") && !zones(words).is_empty()
}

fn names_itself(words: &str) -> bool {
    let lower = words.to_lowercase();
    ["postmortem", "post-mortem", "post mortem", "incident report", "outage report", "incident retro"]
        .iter()
        .any(|name| lower.contains(name))
}

fn is_telling(text: &Text<'_>, block: &Block) -> bool {
    let (from, to) = core(block.text());
    let words = &block.text()[from..to];
    let placeholder =
        crate::infer::context::text::is_placeholder(words) && words.split_whitespace().count() < 5;
    !is_generic(words)
        && !placeholder
        && !has_words(words, LONGEST + 1)
        && !is_field(text, words)
        && text.vocabulary.labels.text(words).is_none()
        && !words.contains("{{")
}

/// `March 05 11:12 UTC (lasting 47 minutes)`: when it was, and not what.
fn is_only_a_day(text: &Text<'_>, n: usize) -> bool {
    const LEADING: &[&str] = &["lasting", "from", "until", "to", "on", "at", "for", "between", "and"];
    let heading = text.block(n).text();
    let when = Passage { block: n, range: 0..heading.len() };
    let rest = times_in(text, &when).iter().rev().fold(heading.to_owned(), |mut rest, range| {
        rest.replace_range(range.clone(), " ");
        rest
    });
    let mut words = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    rest.len() < heading.len()
        && words.all(|word| LEADING.iter().any(|other| other.eq_ignore_ascii_case(word)))
}

/// `Owner: @ada`, `Incident lead: Ada Key`: a field of the report, and no title.
fn is_field(text: &Text<'_>, words: &str) -> bool {
    const ROLES: &[&str] = &[
        "owner",
        "lead",
        "leader",
        "commander",
        "manager",
        "author",
        "authors",
        "facilitator",
        "reporter",
        "assignee",
        "involved",
        "attendees",
        "participants",
        "scribe",
        "reviewer",
    ];
    let Some((name, value)) = words.split_once(": ") else { return false };
    let last = name.rsplit(' ').next().unwrap_or_default();
    let known =
        text.vocabulary.labels.text(name).is_some_and(|label| !matches!(label, Label::Title | Label::Other));
    let says_itself = matches!(text.vocabulary.labels.text(name), Some(Label::Summary | Label::Impact));
    value.trim_start().starts_with('@')
        || ROLES.iter().any(|role| role.eq_ignore_ascii_case(last))
        || known && !says_itself && name.split(' ').count() <= 3
}

/// Most words of a title; what is longer is a paragraph.
const LONGEST: usize = 30;

/// Whether a title says nothing but that there was an incident.
pub fn is_generic(title: &str) -> bool {
    let lower = title.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let numbered = |word: &str| word.starts_with("0x") || (word.len() <= 2 && word.parse::<u8>().is_ok());
    let misspelt = |word: &str| word.starts_with("postmo") || word == "postermortem";
    let generic = |word: &&str| {
        GENERIC.contains(word) || is_generic_elsewhere(word) || numbered(word) || misspelt(word)
    };
    words.iter().all(generic) && words.iter().filter(|word| TELLING.contains(word)).count() < 2
}

/// The same of a word in another language than English.
fn is_generic_elsewhere(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let names = locale::words("words", "postmortem");
        names.flat_map(|name| name.split([' ', '\''])).map(str::to_lowercase).collect()
    });
    WORDS.contains(word)
}

/// Where a title's own words stand: behind "Postmortem:", a number or a date in front, without marks at either end.
fn core(title: &str) -> (usize, usize) {
    let line = without_attributes(title.trim_end());
    let end = line
        .trim_end_matches(|c: char| {
            !c.is_alphanumeric() && !c.is_ascii_punctuation() || matches!(c, ':' | '-' | '*' | '#')
        })
        .len();
    let end = with_bracket(line, end);
    let mut from = skip_marks(line, 0);
    while let Some(next) =
        behind_tag(&line[..end], from).or_else(|| behind_prefix(&line[..end.max(from)], from))
    {
        from = next;
    }
    (from, end.max(from))
}

/// Keeps the bracket at the end that closes one inside: `Site dark（2031-09-27）`.
fn with_bracket(line: &str, end: usize) -> usize {
    let close = line[end..].chars().next().filter(|c| matches!(c, '）' | '】' | '」'));
    let open = |close: char| match close {
        '）' => '（',
        '】' => '【',
        _ => '「',
    };
    close.filter(|close| line[..end].contains(open(*close))).map_or(end, |close| end + close.len_utf8())
}

/// Behind `[SEV-2]`, `[Postmortem]`: how grave it was, or what kind of text it is.
fn behind_tag(line: &str, from: usize) -> Option<usize> {
    let (tag, rest) = line.get(from..)?.strip_prefix('[')?.split_once(']')?;
    let level = tag.trim_start_matches(|c: char| c.is_ascii_alphabetic()).trim_start_matches(['-', ' ', ':']);
    let scale = tag[..tag.len() - level.len()].trim_end_matches(['-', ' ', ':']);
    let grave =
        ["sev", "severity", "p", "s", "prio", "priority"].iter().any(|name| name.eq_ignore_ascii_case(scale))
            && level.len() == 1
            && level.bytes().all(|byte| byte.is_ascii_digit());
    let behind = skip_marks(line, line.len() - rest.len());
    (grave || is_generic(tag))
        .then_some(behind)
        .filter(|behind| line[*behind..].chars().any(char::is_alphabetic))
}

fn skip_marks(line: &str, from: usize) -> usize {
    let rest = line[from..].trim_start();
    let first = rest.split_whitespace().next().unwrap_or_default();
    if is_emoji_name(first) && first.len() < rest.len() {
        return skip_marks(line, line.len() - rest.len() + first.len());
    }
    line.len()
        - rest
            .trim_start_matches(|c: char| {
                !c.is_alphanumeric()
                    && !matches!(c, '"' | '“' | '\'' | '[' | '`' | '(' | '.' | '@' | '#' | '$')
            })
            .len()
}

/// Where the title goes on behind a prefix that says nothing: generic words, or a date, and a separator.
fn behind_prefix(line: &str, from: usize) -> Option<usize> {
    let rest = &line[from..];
    let date = iso_date(rest);
    if date > 0 {
        let behind = skip_marks(line, from + date);
        let parted = rest[date..].starts_with([' ', ',', ':', ';']) || rest[date..].starts_with(" -");
        return (parted && line[behind..].chars().any(char::is_alphabetic)).then_some(behind);
    }
    let (at, separator) = [": ", " - ", " – ", " — ", " | ", ":", "- ", "— ", "– ", "：", "】"]
        .iter()
        .filter_map(|mark| rest.find(mark).map(|at| (at, mark.len())))
        .min()?;
    let behind = skip_marks(line, from + at + separator);
    let prefix = &rest[..at];
    let generic = is_generic(prefix) && prefix.split_whitespace().count() <= 6;
    (generic && line[behind..].chars().any(char::is_alphabetic) && !is_date_only(&line[behind..]))
        .then_some(behind)
}

/// Length of `2018-01-11` at the beginning.
fn iso_date(text: &str) -> usize {
    let shape = text.bytes().take(10).map(|b| if b.is_ascii_digit() { b'0' } else { b }).collect::<Vec<u8>>();
    if shape == b"0000-00-00" { 10 } else { 0 }
}

fn is_date_only(text: &str) -> bool {
    let found = crate::language::dates(text);
    found.first().is_some_and(|date| text.len() - date.range.len() < 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_lose_what_says_nothing() {
        for (heading, title) in [
            ("Postmortem: Harbour cranes stood still", "Harbour cranes stood still"),
            ("2021-04-02, Ferry tickets twice", "Ferry tickets twice"),
            ("🚨 Incident Report - Lost parcels 🚨", "Lost parcels"),
            ("Incident on 2021-04-02", "Incident on 2021-04-02"),
            ("2021-04-02/03 Ferry outage", "2021-04-02/03 Ferry outage"),
            ("[SEV-2] Boats late — 2031-05-10", "Boats late — 2031-05-10"),
            ("[Postmortem] Boats late", "Boats late"),
            ("事故报告：闸门没有打开（2031-09-27）", "闸门没有打开（2031-09-27）"),
            ("[Draft] Boats late (all piers)", "[Draft] Boats late (all piers)"),
            ("Incident (2031-05-10)", "Incident (2031-05-10)"),
        ] {
            let (from, to) = core(heading);
            assert_eq!(&heading[from..to], title, "{heading}");
        }
        let lines = "#0x19-postmortem task by Ada Key\nPostmortem: Ferry bell";
        assert_eq!(&lines[core_of_line(lines).0..], "Ferry bell");
        for generic in [
            "POSTMORTERM",
            "My first postmortem",
            "Post-Mortem Report",
            "0x19. Postmortem",
            "Incident Report",
        ] {
            assert!(is_generic(generic), "{generic}");
        }
        assert!(!is_generic("Web Stack Outage"));
    }

    #[test]
    fn titles_are_cleaned_as_headings_are() {
        for (title, clean_title) in [
            ("Mail down {#mail}", "Mail down"),
            (":fire: Mail down :fire:", "Mail down"),
            ("Mail :mailbox_with_mail: down {: .wide}", "Mail down"),
            ("Nightly job on :8080: {braces}", "Nightly job on :8080: {braces}"),
            ("What {#ids} mean", "What {#ids} mean"),
            (":+1:", ":+1:"),
        ] {
            assert_eq!(clean(title), clean_title, "{title}");
        }
    }
}
