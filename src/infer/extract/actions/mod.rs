//! What was promised: action items as lists, tables, headings, lines and sentences.
//! Labels of groups are none, nor are the items nested under an action.

pub mod item;
mod not_an_action;

use crate::diagnostic::Span;
use crate::document::labels::fold;
use crate::document::{Block, Kind, Label};
use crate::incident::claim::Fact;
use crate::incident::{Action, Origin};
use crate::infer::claims::Claims;
use crate::infer::context::role::in_timeline;
use crate::infer::context::text::Text;
use crate::infer::context::text::{is_placeholder, one_line};
use crate::infer::extractor::{Extractor, no_phrases};
use std::ops::Range;

pub const EXTRACTOR: Extractor =
    Extractor { name: "actions", seeks: &["actions"], phrases: no_phrases, read };

fn read(text: &Text<'_>, claims: &mut Claims<'_>) {
    let found = in_sections(text);
    let (found, origin, rule) = match found.is_empty() {
        false => (found, Origin::Section, "actions-section"),
        true => (elsewhere(text), Origin::Prose, "promise-in-prose"),
    };
    for one in found {
        let (span, line, quote) = text.evidence(one.block, one.range.clone());
        let action = Action { line, span, ..one.action };
        if !is_placeholder(&action.text)
            && !not_an_action::is(&action.text)
            && !is_only_code(&text.source.text, span)
            && !is_of_the_report(text.block(one.block))
            && !is_only_a_link(text.block(one.block), &one.range)
            && action.text.chars().filter(|c| c.is_alphabetic()).count() >= 3
        {
            claims.at(Fact::Action(action), origin, rule, span, quote);
        }
    }
}

/// `` `db reset` `` and no word beside it: what is spoken of, and not what is to be done.
fn is_only_code(source: &str, span: Span) -> bool {
    let range = span.range();
    source[..range.start].ends_with('`')
        && source[range.end..].starts_with('`')
        && !source[range].contains('`')
}

/// `Document status: Draft`: a line about the report.
fn is_of_the_report(block: &Block) -> bool {
    const OWN: &[Label] = &[
        Label::Status,
        Label::DocumentDate,
        Label::Updated,
        Label::Authors,
        Label::Date,
        Label::Severity,
        Label::Duration,
    ];
    block.field.as_ref().is_some_and(|field| OWN.contains(&field.label))
}

/// `[Ko-fi](https://…)` and hardly a word beside it: where one goes, and nothing that is done.
fn is_only_a_link(block: &Block, range: &Range<usize>) -> bool {
    let words = block.text()[range.clone()].trim();
    let linked = block
        .flat
        .links
        .iter()
        .any(|link| link.text.start <= range.start + 2 && link.text.len() + 4 >= words.len());
    linked && words.split_whitespace().count() <= FEW_WORDS
}

/// So few words name a page, and say nothing of work.
const FEW_WORDS: usize = 3;

/// An action and the words it was read from.
struct Promise {
    action: Action,
    block: usize,
    range: Range<usize>,
}

fn promise(text: &Text<'_>, block: usize, range: Range<usize>) -> Promise {
    Promise { action: item::read(text.block(block), range.clone()), block, range }
}

fn in_sections(text: &Text<'_>) -> Vec<Promise> {
    let mut found = labelled(text);
    let listed = listed_below(text);
    let mut named: Vec<usize> = Vec::new();
    let mut n = text.blocks.start;
    while n < text.blocks.end {
        let section = text.block(n).section;
        let end = (n..text.blocks.end).find(|m| text.block(*m).section != section).unwrap_or(text.blocks.end);
        let explains = named.iter().any(|heading| is_below(text, section, *heading));
        if text.document.sections[section].under == Label::Actions && !explains && !under_a_story(text, n) {
            group(text, n..end, listed[section], &mut found);
            if found.last().is_some_and(|last| last.block == n) && text.document.opens(n) {
                named.push(section);
            }
        }
        n = end;
    }
    found.sort_by_key(|promise| (promise.block, promise.range.start));
    found
}

/// Whether a section stands below another one, which names the action that it explains.
fn is_below(text: &Text<'_>, mut section: usize, above: usize) -> bool {
    while section > above {
        section = text.document.sections[section].parent;
    }
    section == above
}

/// `**Follow-up:** Oil the hinge.` in a section about something else.
fn labelled(text: &Text<'_>) -> Vec<Promise> {
    let own = |n: usize, block: &Block| {
        let label = block.field.as_ref().is_some_and(|field| field.label == Label::Actions);
        let elsewhere = text.document.section(n).under != Label::Actions && !in_timeline(text, n);
        label && elsewhere && !text.document.opens(n)
    };
    let telling = |block: &Block| block.text()[block.value()].split_whitespace().count() >= 3;
    let found = text.blocks().filter(|(n, block)| block.is_prose() && own(*n, block) && telling(block));
    found.map(|(n, block)| promise(text, n, block.value())).collect()
}

/// "Actions:" under a timeline or a resolution are those that were taken during the incident.
fn under_a_story(text: &Text<'_>, n: usize) -> bool {
    const TAKEN: &[&str] = &["action", "immediateaction", "actiontaken", "actionstaken"];
    const STORIES: &[Label] = &[Label::Timeline, Label::Story, Label::Resolution];
    let opener = text.block(text.document.section(n).blocks.start.max(text.blocks.start));
    let taken = TAKEN.contains(&fold(opener.text()).as_str());
    taken && text.document.labels_around(n).any(|label| STORIES.contains(&label))
}

/// Blocks of one section that stand together.
fn group(text: &Text<'_>, blocks: Range<usize>, introduces: bool, found: &mut Vec<Promise>) {
    let heading = text.document.opens(blocks.start).then_some(blocks.start);
    let body = blocks.start + usize::from(heading.is_some())..blocks.end;
    let of_kind = |kind: fn(&Block) -> bool| body.clone().any(|n| kind(text.block(n)));
    let before = found.len();
    if of_kind(|block| matches!(block.kind, Kind::Row { .. })) {
        rows(text, body.clone(), found);
    }
    let tabled = found.len() > before;
    if of_kind(Block::is_item) {
        match heading.filter(|heading| is_described(text, *heading, body.clone())) {
            Some(heading) => found.push(described(text, heading, body)),
            // Lists beside a table of actions explain its words.
            None if tabled => {}
            None => items(text, body, found),
        }
    } else if let Some(heading) = heading.filter(|heading| is_promise_heading(text, *heading, body.clone())) {
        found.push(named_by(text, heading));
    } else if let Some(item) = heading.filter(|heading| is_numbered_title(text.block(*heading))) {
        found.push(named_by(text, item));
    } else if !introduces {
        lines(text, body, found);
    }
}

fn named_by(text: &Text<'_>, heading: usize) -> Promise {
    let name = text.block(heading).text().trim_end().trim_end_matches(':');
    let unnumbered = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let behind = unnumbered.strip_prefix(['.', ')']).filter(|_| unnumbered.len() < name.len());
    let start = behind.map_or(0, |behind| name.len() - behind.trim_start().len());
    promise(text, heading, start..name.len())
}

/// An action and what the items under its name say of it.
fn described(text: &Text<'_>, heading: usize, body: Range<usize>) -> Promise {
    let mut promise = named_by(text, heading);
    let fields = body.filter_map(|n| Some((text.block(n), text.block(n).field.as_ref()?)));
    for (block, field) in fields {
        let value = one_line(&block.text()[block.value()]);
        if is_placeholder(&value) {
            continue;
        }
        match (field.label, fold(&block.text()[field.name.clone()]).as_str()) {
            (Label::Owner, _) | (_, "assignee" | "responsible") => promise.action.owner = Some(value),
            (_, "due" | "duedate" | "deadline" | "eta") => promise.action.due = Some(value),
            (Label::Status, _) => promise.action.done = item::state(&value),
            _ => {}
        }
    }
    promise
}

/// `2. **Oil the hinge**` over items that each say something of it: `Description: …`, `Owner: …`.
fn is_described(text: &Text<'_>, heading: usize, body: Range<usize>) -> bool {
    let fields = |n: usize| !text.block(n).is_item() || text.block(n).field.is_some();
    let describes = |n: usize| {
        let block = text.block(n);
        block.field.as_ref().is_some_and(|field| fold(&block.text()[field.name.clone()]) == "description")
    };
    text.block(heading).text().split_whitespace().count() >= 2
        && text.document.section(heading).label == Label::Other
        && (body.clone().any(describes) || body.clone().filter(|n| text.block(*n).is_item()).count() >= 2)
        && body.clone().all(fields)
}

/// For each section whether lists or tables stand in the sections below it: what is written above them is no action.
fn listed_below(text: &Text<'_>) -> Vec<bool> {
    let sections = &text.document.sections;
    let mut listed = vec![false; sections.len()];
    for (_, block) in
        text.blocks().filter(|(_, block)| block.is_item() || matches!(block.kind, Kind::Row { .. }))
    {
        let mut below = block.section;
        while below != 0 && !listed[sections[below].parent] {
            below = sections[below].parent;
            listed[below] = true;
        }
    }
    listed
}

/// A heading of its own under the actions, with prose below: the action is the heading.
fn is_promise_heading(text: &Text<'_>, heading: usize, body: Range<usize>) -> bool {
    const GROUPS: &[&str] = &[
        "term",
        "improve",
        "measure",
        "fix",
        "task",
        "action",
        "process",
        "technical",
        "prevent",
        "future",
        "immediate",
        "team",
        "areas",
        "change",
    ];
    let block = text.block(heading);
    let section = text.document.section(heading);
    let words = block.text().trim();
    let prose = body.clone().any(|n| text.block(n).kind == Kind::Paragraph);
    let own = section.label == Label::Other
        && matches!(block.kind, Kind::Heading(_))
        && section.level > text.document.sections[section.parent].level;
    let lower = words.to_lowercase();
    let group = words.ends_with(':')
        || words.split_whitespace().count() < 2
        || (words.split_whitespace().count() < 4 && GROUPS.iter().any(|group| lower.contains(group)));
    own && prose && !group
}

/// `3. Mend the fence:` with its reasons below.
fn is_numbered_title(block: &Block) -> bool {
    matches!(block.kind, Kind::Item { marker: '1', .. }) && block.text().split_whitespace().count() >= 2
}

fn items(text: &Text<'_>, body: Range<usize>, found: &mut Vec<Promise>) {
    let mut level = usize::MAX;
    let mut taken: Option<usize> = None;
    for n in body.clone() {
        let block = text.block(n);
        if block.kind == Kind::Paragraph {
            let open_bold = block.flat.bold > 0 && block.flat.bold < block.text().trim_end().len();
            taken = (open_bold && !is_closing(block.text())).then_some(usize::MAX);
            match taken {
                Some(_) => found.push(promise(text, n, 0..block.text().len())),
                None if block.indent > level && level != usize::MAX => {}
                None if level != usize::MAX && !block.text().trim_end().ends_with(':') => return,
                None => level = usize::MAX,
            }
            continue;
        }
        if !block.is_item() || is_nested(text, n, taken, level) {
            continue;
        }
        if is_lead_in(text, n, body.end) {
            level = text.block(n + 1).indent.max(block.indent);
            taken = None;
            continue;
        }
        (level, taken) = (block.indent, Some(block.indent));
        for range in parts(text, n) {
            found.push(promise(text, n, range));
        }
    }
}

/// Whether an item hangs under one that was taken: deeper, or listed under a line that names the action.
fn is_nested(text: &Text<'_>, n: usize, taken: Option<usize>, level: usize) -> bool {
    let block = text.block(n);
    match taken {
        Some(usize::MAX) => true,
        Some(indent) => block.indent > indent + 1,
        None => level != usize::MAX && block.indent > level + 1,
    }
}

/// An item that only announces those under it: "When we touch this code:".
fn is_lead_in(text: &Text<'_>, n: usize, end: usize) -> bool {
    let block = text.block(n);
    let next = (n + 1 < end).then(|| text.block(n + 1));
    block.text().trim_end().ends_with(':')
        && next.is_some_and(|next| next.is_item() && next.indent > block.indent)
}

fn rows(text: &Text<'_>, body: Range<usize>, found: &mut Vec<Promise>) {
    let mut columns = item::Columns::default();
    for n in body {
        let block = text.block(n);
        match block.kind {
            Kind::Row { head: true } => columns = item::Columns::of(block),
            Kind::Row { head: false } => {
                found.extend(columns.read(block).map(|(action, range)| Promise { action, block: n, range }));
            }
            _ => {}
        }
    }
}

/// Paragraphs, or their lines where each stands for itself.
fn lines(text: &Text<'_>, body: Range<usize>, found: &mut Vec<Promise>) {
    for n in body {
        let block = text.block(n);
        let known =
            block.field.as_ref().filter(|field| !matches!(field.label, Label::Other | Label::Actions));
        if block.kind != Kind::Paragraph || known.is_some() || block.quoted && block.text().len() > 300 {
            continue;
        }
        for range in parts(text, n) {
            let words = block.text()[range.clone()].trim();
            let short = words.split_whitespace().count() < 3;
            if !(short || words.ends_with(':') || is_closing(words)) {
                found.push(promise(text, n, range));
            }
        }
    }
}

/// A block's value whole, or line by line where every line is a sentence of its own.
fn parts(text: &Text<'_>, n: usize) -> Vec<Range<usize>> {
    let block = text.block(n);
    let value = match block.field.as_ref() {
        Some(field) if field.label == Label::Actions => block.value(),
        _ => 0..block.text().len(),
    };
    let lines: Vec<Range<usize>> = block
        .lines()
        .map(|(at, line)| at.max(value.start)..at + line.len())
        .filter(|range| range.start < range.end && !block.text()[range.clone()].trim().is_empty())
        .collect();
    if lines.len() < 2 || !stand_alone(block.text(), &lines) || (block.is_item() && has_headings(text)) {
        return vec![value];
    }
    lines
}

fn has_headings(text: &Text<'_>) -> bool {
    text.document.blocks.iter().take(400).any(|block| matches!(block.kind, Kind::Heading(_)))
}

fn stand_alone(text: &str, lines: &[Range<usize>]) -> bool {
    let starts = |range: &Range<usize>| {
        text[range.clone()].trim_start().starts_with(|c: char| c.is_uppercase() || !c.is_ascii())
    };
    let ends = |range: &Range<usize>| text[range.clone()].trim_end().ends_with(['.', '!', ';', ':']);
    // A wrapped sentence begins with a capital; lines that all begin small, without a stop, are a list.
    let small =
        |range: &Range<usize>| text[range.clone()].trim_start().starts_with(|c: char| c.is_lowercase());
    let stops =
        |range: &Range<usize>| text[range.clone()].trim_end().ends_with(['.', ',', ';', ':', '-', '(']);
    if lines.iter().all(small) && !lines.iter().any(stops) {
        return true;
    }
    let before = &lines[..lines.len().saturating_sub(1)];
    lines.iter().all(starts) && (before.iter().all(ends) || !lines.iter().any(ends))
}

/// A sentence that closes a document, and promises nothing of its own.
fn is_closing(words: &str) -> bool {
    #[rustfmt::skip]
    const CLOSING: &[&str] = &[
        "by implementing", "by addressing", "by taking", "by following", "by doing", "by making", "by adopting",
        "by learning", "by focusing", "by enhancing", "in conclusion", "in summary", "this incident", "this outage",
        "this postmortem", "these measures", "these actions", "these steps", "these changes", "with these", "we apologi",
        "we are committed", "we sincerely", "sincerely", "thank", "the following", "overall", "moving forward, we are",
        "our team is committed", "as a result", "through these", "to summarize", "we deeply", "we regret", "the lessons",
        "this report", "regards", "best regards", "we hope", "we believe", "we understand", "we value", "to prevent similar",
        "to prevent this issue from", "written by", "author", "signed", "implementing these", "following these", "if you",
        "n/a", "note:", "hope this", "best,", "at this point,", "kind regards", "... another", "… another", "a follow-up meeting", "follow-up meeting", "a meeting",
    ];
    let lower = words.trim_start_matches(['*', '_', ' ', '>']).to_lowercase();
    let promise = lower.starts_with("to prevent") && !lower.trim_end().ends_with(':');
    !promise && CLOSING.iter().any(|closing| lower.starts_with(closing))
}

/// Where no section announces them: a list behind a sentence that promises, else sentences that do.
fn elsewhere(text: &Text<'_>) -> Vec<Promise> {
    let listed = listed(text);
    if listed.is_empty() { sentences(text) } else { listed }
}

fn may_promise(text: &Text<'_>, n: usize) -> bool {
    const NEVER: &[Label] =
        &[Label::Timeline, Label::Lessons, Label::Story, Label::Links, Label::Participants, Label::Related];
    let block = text.block(n);
    block.is_prose() && !text.document.labels_around(n).any(|label| NEVER.contains(&label))
}

/// Lists under "To prevent this, we have made a few changes:" and the like.
fn listed(text: &Text<'_>) -> Vec<Promise> {
    #[rustfmt::skip]
    const AHEAD: &[&str] = &[
        "prevent", "future", "improve", "going forward", "moving forward", "recommendations", "next steps", "follow up",
        "following steps", "will be taken", "will take", "avoid", "from happening again",
    ];
    let mut found = Vec::new();
    for (n, block) in text.blocks() {
        if !block.text().trim_end().ends_with(':') || block.text().len() >= 400 {
            continue;
        }
        let lower = block.text().to_lowercase();
        let announces = AHEAD.iter().any(|word| lower.contains(word));
        let section = block.section;
        if !announces || !may_promise(text, n) || block.kind != Kind::Paragraph && !text.document.opens(n) {
            continue;
        }
        let mut inside = (n + 1..text.blocks.end).take_while(|m| {
            text.block(*m).is_item()
                && (text.block(*m).section == section || text.document.section(*m).level > 9)
        });
        let Some(first) = inside.next() else { continue };
        let indent = text.block(first).indent;
        let all = std::iter::once(first).chain(inside).filter(|m| text.block(*m).indent <= indent + 1);
        found.extend(all.map(|m| promise(text, m, 0..text.block(m).text().len())));
    }
    found
}

/// Sentences that begin by promising.
fn sentences(text: &Text<'_>) -> Vec<Promise> {
    #[rustfmt::skip]
    const PROMISES: &[&str] = &[
        "we will ", "we'll ", "we’ll ", "we plan to ", "we have plans ", "we are planning ", "we were planning ",
        "we're planning ", "we are going to ", "we're going to ", "we are working on ", "we're working on ",
        "to prevent ", "for a permanent fix", "going forward, we", "in the future, we", "as a follow-up",
        "as a follow up", "in order to prevent ", "to avoid ", "to ensure this does not", "nous allons ", "vamos ",
        "we have added ", "we've added ", "we still plan to ", "we also plan to ", "we will also ", "we intend to ",
        "we are adding ", "we're adding ", "over the next few ", "over the coming ", "we have started ",
        "we've started ", "additionally, we will ",
    ];
    let mut found = Vec::new();
    for (n, block) in text.blocks().filter(|(n, _)| may_promise(text, *n)) {
        for range in text.sentences(n) {
            let lower = one_line(&block.text()[range.clone()]).to_lowercase();
            let promises = PROMISES.iter().any(|words| lower.starts_with(words));
            if promises && !lower.ends_with(':') && !is_hollow(&lower) {
                found.push(promise(text, n, range.clone()));
            }
        }
    }
    found
}

/// What a status page says while the incident goes on, in lower case: it promises news and no change.
fn is_hollow(sentence: &str) -> bool {
    #[rustfmt::skip]
    const NEWS: &[&str] = &[
        "continue to apolog", "keep you", "be sharing", "will share", "will discuss", "further update", "another update",
        "next update", "an update", "provide updates", "post updates", "updates as", "will update", "updated here",
        "more information", "when we know more", "continue to monitor", "continue monitoring", "keep monitoring",
        "monitor the situation", "running smoothly again", "resolve this as", "have these restored",
        "postmortem will", "as soon as possible",
    ];
    NEWS.iter().any(|words| sentence.contains(words))
}
