//! What an action item says beside its text: who, by when, in which ticket, and whether it is done.

use crate::diagnostic::Span;
use crate::document::{Block, Kind};
use crate::incident::Action;
use crate::infer::context::text::{is_placeholder, one_line};
use crate::language::locale::is_unspaced;
use crate::language::{self, locale};
use std::ops::Range;

/// Reads the words at `range` of a block. Line and place are the caller's to fill in.
pub fn read(block: &Block, range: Range<usize>) -> Action {
    let words = one_line(&block.text()[range.clone()]);
    let ticked = match block.kind {
        Kind::Item { task, .. } => task,
        _ => None,
    };
    let (words, led) = without_leading_state(&words);
    let (text, marked) = without_state(words);
    let marked = led.or(marked);
    let (kept, told) = without_labels(&text);
    let aside = in_brackets(&text).unwrap_or_default();
    Action {
        done: ticked.or(marked).or(told).or(aside.done),
        owner: owner(&text)
            .or_else(|| initials(block, range.start).filter(|name| state(name).is_none()))
            .or(aside.name),
        due: due(&text).or(aside.due),
        ticket: ticket(block, range),
        text: kept.to_owned(),
        line: 0,
        span: Span::default(),
    }
}

/// Marks of a state at either end of an item, and whether they mean done.
const STATES: &[(&str, bool)] = &[
    ("(done)", true),
    ("[done]", true),
    ("- done", true),
    ("— done", true),
    ("(completed)", true),
    ("(complete)", true),
    ("(fixed)", true),
    ("✅", true),
    ("✔️", true),
    ("✔", true),
    ("☑", true),
    ("✓", true),
    ("[x]", true),
    ("done:", true),
    ("(merged)", true),
    ("(shipped)", true),
    ("(closed)", true),
    ("(implemented)", true),
    ("(deployed)", true),
    ("(done already)", true),
    ("(accomplished)", true),
    ("(fait)", true),
    ("(feito)", true),
    ("(todo)", false),
    ("(in progress)", false),
    ("(open)", false),
    ("[todo]", false),
    ("(wip)", false),
    ("⏳", false),
    ("(not started)", false),
    ("(planned)", false),
    ("❌", false),
    ("todo:", false),
];

/// Words that tell a state by themselves, in a column or a key of their own, and whether they mean done.
#[rustfmt::skip]
const STATE_WORDS: &[(&str, bool)] = &[
    ("done", true), ("yes", true), ("y", true), ("x", true), ("true", true), ("closed", true), ("complete", true), ("completed", true), ("fixed", true), ("resolved", true),
    ("merged", true), ("shipped", true), ("deployed", true), ("implemented", true), ("finished", true), ("landed", true), ("released", true), ("live", true), ("100%", true),
    ("✅", true), ("✔", true), ("✓", true), ("☑", true), ("🟢", true), ("[x]", true), (":white_check_mark:", true),
    ("no", false), ("n", false), ("false", false), ("not done", false), ("not started", false), ("not yet", false), ("open", false), ("opened", false), ("todo", false), ("to do", false), ("to-do", false),
    ("in progress", false), ("in-progress", false), ("inprogress", false), ("ongoing", false), ("started", false), ("doing", false), ("wip", false), ("planned", false), ("scheduled", false), ("backlog", false), ("new", false),
    ("pending", false), ("blocked", false), ("in review", false), ("review", false), ("incomplete", false), ("assigned", false), ("proposed", false), ("accepted", false), ("0%", false),
    ("❌", false), ("✗", false), ("✘", false), ("☐", false), ("🔴", false), ("🟡", false), ("🚧", false), ("⏳", false), ("[ ]", false),
];

/// Whether a word for a state means done; nothing when it is no known one. `Done (OPS-7)` and `✅ merged` count by their beginning.
pub fn state(value: &str) -> Option<bool> {
    let lower = value.trim().trim_matches(['*', '_', '`']).trim().to_lowercase();
    let beginning = lower
        .split(['(', ',', ';', ':', '–', '—'])
        .next()
        .unwrap_or_default()
        .split(" - ")
        .next()
        .unwrap_or_default()
        .trim();
    let named = |words: &str| {
        STATE_WORDS.iter().find(|row| row.0 == words).map(|row| row.1).or_else(|| local_state(words))
    };
    let mark = || {
        STATE_WORDS
            .iter()
            .find(|row| !row.0.is_ascii() && !row.0.contains(char::is_alphabetic) && lower.starts_with(row.0))
            .map(|row| row.1)
    };
    named(&lower).or_else(|| named(beginning)).or_else(mark)
}

/// Whether a word for a state in another language than English means done; nothing when it is no known one.
fn local_state(words: &str) -> Option<bool> {
    let is_one_of = |name: &'static str| locale::words("columns", name).any(|word| word == words);
    if is_one_of("done") { Some(true) } else { is_one_of("open").then_some(false) }
}

/// `n/a DONE`, `Bug 7 **TODO**`: what stands before a state in capitals at the end of a cell, and whether it means done.
fn ending(cell: &str) -> Option<(&str, bool)> {
    let (before, last) = cell.trim().rsplit_once(' ')?;
    let capitals = last.len() > 3 && last.chars().all(|c| c.is_ascii_uppercase());
    state(last).filter(|_| capitals).map(|done| (before.trim(), done))
}

/// Whether a cell's end, or the whole of it in capitals, is a state that means done.
fn noted(cell: &str) -> Option<bool> {
    let alone = cell.len() > 3 && cell.bytes().all(|b| b.is_ascii_uppercase());
    ending(cell).map(|(_, done)| done).or_else(|| state(cell).filter(|_| alone))
}

/// `DONE 2031-05-14 — Oil the hinge`, `TODO due 2031-06-01: …`: what follows a state in capitals, the day
/// beside it and a mark, and whether it means done.
fn without_leading_state(words: &str) -> (&str, Option<bool>) {
    let capitals = words.split(|c: char| !c.is_ascii_uppercase()).next().unwrap_or_default();
    let known = if capitals.len() > 3 { state(capitals) } else { None };
    let behind = &words[capitals.len()..];
    let Some(done) = known else { return (words, None) };
    let mark =
        [" — ", " – ", " - ", ": "].iter().filter_map(|mark| Some((behind.find(mark)?, mark.len()))).min();
    let Some((at, len)) = mark else { return (words, None) };
    let between = behind[..at].trim().trim_start_matches("due").trim();
    let plain =
        between.is_empty() || between.bytes().all(|byte| byte.is_ascii_digit() || b"-/. ".contains(&byte));
    if plain { (behind[at + len..].trim_start(), Some(done)) } else { (words, None) }
}

fn without_state(words: &str) -> (String, Option<bool>) {
    let words = words.trim();
    let lower = words.to_lowercase();
    if lower.len() != words.len() {
        return (words.to_owned(), None);
    }
    let undotted = lower.trim_end_matches('.');
    for (mark, done) in STATES {
        if lower.ends_with(mark) {
            return (words[..words.len() - mark.len()].trim_end().to_owned(), Some(*done));
        }
        if lower.starts_with(mark) {
            return (words[mark.len()..].trim_start().to_owned(), Some(*done));
        }
        if undotted.ends_with(mark) && mark.starts_with(['(', '[']) {
            return (words[..undotted.len() - mark.len()].trim_end().to_owned(), Some(*done));
        }
        // "(Done.)": the stop stands inside.
        let stopped = mark.strip_suffix(')').and_then(|mark| undotted.strip_suffix(".)")?.strip_suffix(mark));
        if let Some(rest) = stopped {
            return (words[..rest.len()].trim_end().to_owned(), Some(*done));
        }
    }
    (words.to_owned(), None)
}

/// Names of what may be told of an action in short sentences behind it.
const LABELS: &[&str] = &[
    "owner",
    "owners",
    "assignee",
    "assigned to",
    "due",
    "due date",
    "deadline",
    "eta",
    "ticket",
    "issue",
    "tracking",
    "priority",
    "status",
    "state",
    "type",
    "team",
    "dri",
    "responsible",
];

/// `Oil the hinge. Owner: Ana. Ticket: OPS-7. Done.`: the text without what is told beside it, and whether it is done.
fn without_labels(text: &str) -> (&str, Option<bool>) {
    let (mut kept, mut done) = (text, None);
    loop {
        let body = kept.trim_end_matches(['.', ';', ' ']);
        let Some(at) = [". ", "; "].iter().filter_map(|mark| body.rfind(mark)).max() else { break };
        let clause = body[at + 2..].trim();
        let labelled = clause
            .split_once(':')
            .filter(|(name, _)| LABELS.iter().any(|label| name.eq_ignore_ascii_case(label)));
        let told = state_word(labelled.map_or(clause, |(_, value)| value.trim()));
        if labelled.is_none() && told.is_none() {
            break;
        }
        (kept, done) = (&body[..=at], done.or(told));
    }
    (kept, done)
}

/// Whether a word for a state, and nothing else, means done.
fn state_word(words: &str) -> Option<bool> {
    STATE_WORDS.iter().find(|row| row.0.len() > 2 && words.eq_ignore_ascii_case(row.0)).map(|row| row.1)
}

/// `Owner: Ana`, `(owner: Ana)`, `@ana`.
fn owner(text: &str) -> Option<String> {
    const NAMES: &[&str] =
        &["owner:", "assignee:", "assigned to:", "assigned to ", "responsible:", "dri:", "owned by "];
    let lower = text.to_ascii_lowercase();
    let may_name =
        lower.contains([':', '：']) || lower.contains("assigned to ") || lower.contains("owned by ");
    let labelled = NAMES
        .iter()
        .filter(|_| may_name)
        .find_map(|name| lower.find(name).map(|at| &text[at + name.len()..]))
        .or_else(|| may_name.then(|| labelled_elsewhere(text, "owner")).flatten());
    if let Some(rest) = labelled {
        let end = rest.find([',', ';', ')', ']', '.', '|', '(', '）', '、', '，']).unwrap_or(rest.len());
        let end = [" – ", " — ", " - "].iter().filter_map(|dash| rest.find(dash)).fold(end, usize::min);
        let name = rest[..end].trim().trim_matches(['*', '_', '@', '-', ' ']);
        return Some(name.to_owned())
            .filter(|name| !is_placeholder(name) && name.split_whitespace().count() <= 4);
    }
    let handle = text
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | '[' | ']'))
        .find(|word| word.len() > 2 && word.starts_with('@'));
    handle
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').to_owned())
        .filter(|name| !name.is_empty())
}

/// What stands behind a label of another language: `Responsável: Carla`, `担当：田中`.
fn labelled_elsewhere<'t>(text: &'t str, label: &'static str) -> Option<&'t str> {
    let names = || locale::words("labels", label);
    let named = |at: usize| {
        let before = text[..at].trim_end();
        let fits = |name: &&str| {
            let from = before.len().checked_sub(name.len()).filter(|from| before.is_char_boundary(*from));
            let parted =
                |from: usize| name.contains(is_unspaced) || !before[..from].ends_with(char::is_alphanumeric);
            from.is_some_and(|from| before[from..].to_lowercase() == name.to_lowercase() && parted(from))
        };
        names().any(|name| fits(&name))
    };
    let colons = text.match_indices([':', '：']).filter(|(at, _)| named(*at));
    colons.map(|(at, colon)| text[at + colon.len()..].trim_start()).next()
}

/// `**JP** Oil the hinge`: two to four capitals in bold in front.
fn initials(block: &Block, start: usize) -> Option<String> {
    let bold = block.text().get(start..block.flat.bold)?.trim();
    let capitals = (2..=4).contains(&bold.len()) && bold.bytes().all(|b| b.is_ascii_uppercase());
    (capitals && bold.len() < block.text().trim().len()).then(|| bold.to_owned())
}

/// `due 2024-05-01`, `by May 1, 2024`, `deadline: …`.
fn due(text: &str) -> Option<String> {
    const BEFORE: &[&str] = &[
        "avant le",
        "avant",
        "d'ici le",
        "pour le",
        "até",
        "até o dia",
        "prazo",
        "due",
        "by",
        "deadline",
        "eta",
        "due date",
        "due by",
        "until",
        "before",
        "target",
        "target date",
    ];
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    language::dates(text).into_iter().find_map(|found| {
        let before = text[..found.range.start].trim_end_matches([' ', ':', '*', '(', '~']).to_lowercase();
        let ends_with =
            |word: &str| before.strip_suffix(word).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric));
        let elsewhere = || locale::words("labels", "due").any(|word| ends_with(&word.to_lowercase()));
        let announced = BEFORE.iter().any(|word| ends_with(word)) || elsewhere() || is_until(&before);
        announced.then(|| {
            found.value.day().map_or_else(|| text[found.range.clone()].to_owned(), |date| date.to_string())
        })
    })
}

/// `bis 30.11.2031` and the like.
fn is_until(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    locale::words("clock", "to").any(|to| to == word)
}

/// What brackets at the end of an item tell.
#[derive(Default)]
struct Aside {
    name: Option<String>,
    due: Option<String>,
    done: Option<bool>,
}

/// `(Ana Lopez, 30 April 2024)`, `(Ana, done)`, `(Ana, OPS-7)`, `(due 2024-04-30, OPS-7)` at the end. A name alone may be anything.
fn in_brackets(text: &str) -> Option<Aside> {
    let inside = text.trim_end_matches('.').strip_suffix(')')?.rsplit_once('(')?.1;
    let (mut aside, mut is_tracked) = (Aside::default(), false);
    for part in inside.split(", ").map(str::trim) {
        let behind_until = || part.split_once(' ').filter(|(word, _)| is_until(&word.to_lowercase()));
        let day = part.strip_prefix("due ").or_else(|| part.strip_prefix("by ")).unwrap_or(part);
        let day = behind_until().map_or(day, |(_, day)| day);
        let date = language::dates(day).into_iter().next().filter(|found| found.range == (0..day.len()));
        if let Some(found) = date {
            aside.due = Some(found.value.day().map_or_else(|| day.to_owned(), |date| date.to_string()));
        } else if let Some(done) = state_word(part) {
            aside.done = Some(done);
        } else if aside.name.is_none() && is_name(part) {
            aside.name = Some(part.to_owned());
        } else if is_number(part) || is_tracker(part) {
            is_tracked = true;
        } else {
            return None;
        }
    }
    (is_tracked || aside.due.is_some() || aside.done.is_some()).then_some(aside)
}

/// One to three words with capitals.
fn is_name(words: &str) -> bool {
    let part = |word: &str| {
        word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || c == '-')
    };
    words.split(' ').all(part) && words.split(' ').count() <= 3
}

/// The first link to a tracker, else a ticket's number such as `OPS-123` or `#45`.
fn ticket(block: &Block, range: Range<usize>) -> Option<String> {
    let mut links = block
        .flat
        .links
        .iter()
        .filter(|link| range.contains(&link.text.start) || link.text.start == range.end);
    if let Some(link) = links.find(|link| is_tracker(&link.url)) {
        return Some(link.url.clone());
    }
    let words = block.text()[range]
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | '[' | ']' | ';'));
    words
        .map(|word| word.trim_end_matches(['.', ':']))
        .find(|word| is_tracker(word) || is_number(word))
        .map(str::to_owned)
}

/// Whether an address leads to one ticket, change or task.
pub fn is_tracker(url: &str) -> bool {
    const PARTS: &[&str] = &[
        "/issues/",
        "/pull/",
        "/browse/",
        "/merge_requests/",
        "/issue/",
        "/ticket/",
        "/tickets/",
        "/-/issues",
        "/T",
        "/pulls/",
    ];
    let web = url.starts_with("https://") || url.starts_with("http://");
    web && PARTS
        .iter()
        .any(|part| url.split_once(part).is_some_and(|(_, rest)| rest.chars().any(|c| c.is_ascii_digit())))
}

fn is_number(word: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.len() <= 7 && text.bytes().all(|b| b.is_ascii_digit());
    let project = |text: &str| {
        (2..=10).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
            && text.as_bytes()[0].is_ascii_uppercase()
    };
    let named = word.split_once('-').is_some_and(|(name, number)| {
        project(name)
            && digits(number)
            && !matches!(name, "UTF" | "SEV" | "COVID" | "SHA" | "P" | "ISO" | "RFC" | "CVE")
    });
    word.strip_prefix('#').is_some_and(digits) || named
}

/// Which columns of a table hold what.
#[derive(Debug, Default)]
pub struct Columns {
    text: Option<usize>,
    owner: Option<usize>,
    due: Option<usize>,
    ticket: Option<usize>,
    state: Option<usize>,
}

impl Columns {
    /// By the words of the table's head.
    pub fn of(head: &Block) -> Columns {
        const ACTION: &[&str] =
            &["action", "item", "task", "description", "what", "improvement", "recommendation", "measure"];
        let mut columns = Columns::default();
        for (n, cell) in head.cells.iter().enumerate() {
            let name = head.text()[cell.clone()].to_lowercase();
            let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
            let is = |part, row| locale::is_named(part, row, name.trim());
            let slot = match () {
                () if has(&["owner", "who", "assignee", "dri", "responsible", "lead"])
                    || is("labels", "owner") =>
                {
                    &mut columns.owner
                }
                () if has(&["due", "deadline", "eta", "target", "when"]) || is("labels", "due") => {
                    &mut columns.due
                }
                () if has(&["status", "done", "state", "completed", "complete?"])
                    || is("labels", "status") =>
                {
                    &mut columns.state
                }
                () if has(ACTION) || is("columns", "action") => &mut columns.text,
                () if has(&["ticket", "issue", "jira", "bug", "link", "tracking"]) => &mut columns.ticket,
                () => continue,
            };
            slot.get_or_insert(n);
        }
        columns
    }

    /// The action of a row, and the words of its text.
    pub fn read(&self, row: &Block) -> Option<(Action, Range<usize>)> {
        let range = row.cells.get(self.text.unwrap_or(0))?.clone();
        let cell = |column: Option<usize>| -> Option<String> {
            let text = one_line(row.text().get(row.cells.get(column?)?.clone())?);
            Some(text).filter(|text| !is_placeholder(text))
        };
        let plain = read(row, range.clone());
        let noted = row.cells.iter().skip(1).find_map(|cell| noted(row.text().get(cell.clone())?));
        let stated = self.state.and_then(|column| state(row.text().get(row.cells.get(column)?.clone())?));
        let due = cell(self.due).map(|due| {
            language::dates(&due)
                .first()
                .and_then(|found| found.value.day())
                .map_or(due.clone(), |day| day.to_string())
        });
        let ticket =
            self.ticket.and_then(|column| ticket(row, row.cells.get(column)?.clone())).or_else(|| {
                let cell = cell(self.ticket)?;
                let ticket = ending(&cell).map_or(cell.as_str(), |(ticket, _)| ticket);
                Some(ticket.to_owned()).filter(|ticket| !is_placeholder(ticket) && state(ticket).is_none())
            });
        let action = Action {
            done: stated.or(plain.done).or(noted),
            owner: cell(self.owner).map(|owner| owner.trim_start_matches('@').to_owned()).or(plain.owner),
            due: due.or(plain.due),
            ticket: ticket.or(plain.ticket),
            ..plain
        };
        (!action.text.is_empty()).then_some((action, range))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_owners_dates_and_tickets_are_told_apart() {
        assert_eq!(without_state("Email everybody (DONE)"), ("Email everybody".to_owned(), Some(true)));
        assert_eq!(owner("Rotate keys (owner: Ana Lopez)").as_deref(), Some("Ana Lopez"));
        assert_eq!(owner("@bea rotates keys").as_deref(), Some("bea"));
        assert_eq!(due("Rotate keys by May 1, 2024").as_deref(), Some("2024-05-01"));
        assert_eq!(due("Since May 1, 2024 keys rotate"), None);
        assert!(is_number("OPS-12") && is_number("#7") && !is_number("UTF-8") && !is_number("COVID-19"));
    }
}
