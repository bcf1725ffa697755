//! Pages of Notion as [Markdown & CSV](https://www.notion.com/help/export-your-content): a zip with one text a page,
//! whose name ends in the 32 hex digits of its id. Properties stand as `Key: Value` below the title, ranges of time have
//! an arrow, and callouts are `<aside>`. The tables beside them hold the same properties once more.

use crate::document::Label;
use crate::import::columns;
use crate::import::content::Content;
use crate::import::convert::files;
use crate::import::importer::{File, Importer, Mark, Shape};
use crate::import::moment::Moment;
use crate::import::record::Record;

pub const IMPORTER: Importer = Importer {
    name: "notion",
    tool: "Notion",
    reads_as: "Notion pages",
    shapes: &[
        Shape::Markdown(&[
            Mark { name: "32 hex digits at the end of its name", is_in: |path, _| id(path).is_some() },
            Mark { name: "a title", is_in: |_, text| text.trim_start().starts_with("# ") },
        ]),
        Shape::Table(Mark {
            name: "32 hex digits at the end of its name",
            is_in: |path, _| id(path).is_some(),
        }),
    ],
    read,
};

/// What stands between start and end.
const ARROW: char = '→';

/// The id at the end of a name; tables may have `_all` after it.
fn id(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next()?;
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stem = stem.strip_suffix("_all").unwrap_or(stem);
    let at = stem.len().checked_sub(32)?;
    let (before, id) = (stem.get(..at)?, stem.get(at..)?);
    (before.ends_with([' ', '-', '_']) && id.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(id)
}

fn read(file: &File<'_>, records: &mut Vec<Record>) {
    let Content::Markdown(text) = file.content else { return };
    let mut record = Record::new(id(&file.item.path).map(str::to_owned));
    let text = text.trim_start();
    let (title, rest) = text.split_once('\n').unwrap_or((text, ""));
    record.text("title", Some(title.trim_start_matches('#').trim().to_owned()));
    let body = properties(&mut record, rest);
    let body = files::markdown(file, &mut record, &callouts(body));
    record.body(Some(body));
    records.push(record);
}

/// Reads the properties of a page, and hands back what follows them.
fn properties<'t>(record: &mut Record, text: &'t str) -> &'t str {
    let text = text.trim_start_matches('\n');
    let mut rest = text;
    while let Some((line, after)) = rest.split_once('\n').or(Some((rest, ""))).filter(|_| !rest.is_empty()) {
        let Some((key, value)) = line.split_once(": ").filter(|(key, _)| is_key(key)) else { break };
        property(record, key.trim(), value.trim());
        rest = after;
    }
    // Lines that go on as a text are one.
    if rest.is_empty() || rest.starts_with('\n') { rest } else { rest.trim_start() }
}

fn is_key(key: &str) -> bool {
    let first = key.chars().next();
    key.len() <= 60 && first.is_some_and(char::is_alphanumeric) && !key.contains(['[', '*', '`', '.'])
}

fn property(record: &mut Record, key: &str, value: &str) {
    let column = columns::named(key);
    let label = column.as_ref().map(|column| column.label);
    match (label, value.split_once(ARROW)) {
        (Some(Label::Period | Label::Date | Label::Start), Some((start, end))) => {
            let start = moment(start);
            let ends = start.and_then(|start| self::end(start, end));
            match (start, ends) {
                (Some(start), Some(end)) => record.moments.extend([("start", start), ("end", end)]),
                _ => record.extra(key, Some(value.to_owned())),
            }
        }
        (Some(Label::Id | Label::Title | Label::Other | Label::Period) | None, _) => {
            record.extra(key, Some(value.to_owned()));
        }
        (Some(_), _) => {
            let plain = moment(value).map_or(value.to_owned(), Moment::typed);
            column.into_iter().for_each(|column| column.put(record, &plain));
        }
    }
}

/// `March 12, 2031 9:00 AM (UTC)`. Of zones only this one has one offset.
fn moment(text: &str) -> Option<Moment> {
    let text = text.trim().trim_start_matches('@');
    match text.split_once(" (") {
        Some((time, "UTC)" | "GMT)")) => Moment::read(time)
            .map(|moment| Moment { offset: moment.time.map(|_| jiff::tz::Offset::UTC), ..moment }),
        Some((time, _)) => Moment::read(time),
        None => Moment::read(text),
    }
}

/// The end of a range, which may be a time of the same day.
fn end(start: Moment, text: &str) -> Option<Moment> {
    let text = text.trim();
    let clock = text.split(" (").next()?;
    let time = ["%I:%M %p", "%H:%M"].iter().find_map(|form| jiff::civil::Time::strptime(form, clock).ok());
    match time {
        Some(time) => Some(Moment { time: Some(time), ..start }),
        None => moment(text),
    }
}

/// Callouts as quotations.
fn callouts(text: &str) -> String {
    let (mut out, mut inside) = (String::with_capacity(text.len()), false);
    for line in text.lines() {
        match (line.trim(), inside) {
            ("<aside>", false) => inside = true,
            ("</aside>", true) => inside = false,
            ("", true) => out += ">\n",
            (_, true) => out += &format!("> {line}\n"),
            (_, false) => out += &format!("{line}\n"),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_stands_at_the_end_of_a_name() {
        let hex = "0123456789abcdef0123456789abcdef";
        for (path, wanted) in [
            (format!("a/Gate {hex}.md"), Some(hex)),
            (format!("Incidents {hex}_all.csv"), Some(hex)),
            (format!("{hex}.md"), None),
            ("Gate.md".to_owned(), None),
            (format!("é{hex}.md"), None),
        ] {
            assert_eq!(id(&path), wanted, "{path}");
        }
    }

    #[test]
    fn a_range_has_two_ends() {
        let typed = |value: &str| {
            let mut record = Record::default();
            property(&mut record, "When", value);
            record.moments.iter().map(|(_, moment)| moment.typed()).collect::<Vec<_>>()
        };
        assert_eq!(
            typed("March 12, 2031 9:00 AM (UTC) → 10:30 AM"),
            ["2031-03-12T09:00Z", "2031-03-12T10:30Z"]
        );
        assert_eq!(
            typed("March 12, 2031 11:00 PM → March 13, 2031 1:00 AM"),
            ["2031-03-12 23:00", "2031-03-13 01:00"]
        );
        assert_eq!(typed("March 12, 2031 → March 13, 2031"), ["2031-03-12", "2031-03-13"]);
        assert!(typed("soon → later").is_empty());
    }
}
