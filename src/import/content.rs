//! A file of an export by its shape: JSON, a table, a page, a text.

use super::json;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::source;
use serde_json::Value;

/// What stands in a file.
#[derive(Debug)]
pub enum Content {
    Json(Value),
    Csv(Table),
    Html(String),
    Markdown(String),
    /// Nothing that importers read: a picture, a log.
    Other,
}

/// A table, as spreadsheets write it.
#[derive(Debug, Default)]
pub struct Table {
    pub headers: Vec<String>,
    pub rows: Vec<Row>,
}

/// One line of a table.
#[derive(Debug)]
pub struct Row {
    /// 1-based.
    pub line: u64,
    pub cells: Vec<String>,
}

impl Row {
    /// The cells of all columns of a name, in their order; empty ones are not there.
    pub fn all<'r>(&'r self, table: &'r Table, name: &'r str) -> impl Iterator<Item = String> + 'r {
        let named = table.headers.iter().zip(&self.cells).filter(move |(header, _)| is_same(header, name));
        named.map(|(_, cell)| cell.trim().to_owned()).filter(|cell| !cell.is_empty())
    }

    /// The first of them.
    pub fn cell(&self, table: &Table, name: &str) -> Option<String> {
        self.all(table, name).next()
    }
}

/// Names of columns are compared without case, and `_` is a space.
pub fn is_same(header: &str, name: &str) -> bool {
    let plain = |c: char| if c == '_' { ' ' } else { c.to_ascii_lowercase() };
    header.trim().chars().map(plain).eq(name.trim().chars().map(plain))
}

impl Table {
    pub fn has(&self, name: &str) -> bool {
        self.headers.iter().any(|header| is_same(header, name))
    }
}

impl Content {
    /// What kind of container it is, to compare with what importers read.
    pub fn container(&self) -> &'static str {
        match self {
            Content::Json(_) => "JSON",
            Content::Csv(_) => "CSV",
            Content::Html(_) => "HTML",
            Content::Markdown(_) => "Markdown",
            Content::Other => "other",
        }
    }
}

/// Endings of files that are read at all; without one the text decides.
pub fn may_be_read(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    const READ: &[&str] = &["json", "ndjson", "jsonl", "csv", "tsv", "html", "htm", "md", "markdown", "txt"];
    name.rsplit_once('.').is_none_or(|(_, ending)| READ.contains(&ending.to_lowercase().as_str()))
}

/// Reads a file; of what is broken, as much as can be read, with where it breaks.
pub fn read(path: &str, shown: &str, bytes: Vec<u8>) -> (Content, Vec<Diagnostic>) {
    let text = source::text_of(bytes);
    let ending = path.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_lowercase());
    let begins = |marks: &[char]| text.trim_start().starts_with(marks);
    match ending.as_str() {
        "json" | "ndjson" | "jsonl" => read_json(shown, &text),
        "csv" | "tsv" => read_table(shown, &text),
        "html" | "htm" => (Content::Html(text), Vec::new()),
        "md" | "markdown" => (Content::Markdown(text), Vec::new()),
        _ if begins(&['{', '[']) => read_json(shown, &text),
        _ if begins(&['<']) => (Content::Html(text), Vec::new()),
        _ if path == super::package::STANDARD_INPUT => read_table(shown, &text),
        _ => (Content::Other, Vec::new()),
    }
}

fn read_json(shown: &str, text: &str) -> (Content, Vec<Diagnostic>) {
    let whole = serde_json::from_str::<Value>(text);
    let Err(error) = whole else {
        return (whole.map_or(Content::Other, Content::Json), Vec::new());
    };
    // One value a line is as common as one list.
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let values: Vec<Value> = lines.iter().map_while(|line| serde_json::from_str(line).ok()).collect();
    match values.len() {
        n if n == lines.len() && n > 0 => (Content::Json(Value::Array(pages(values))), Vec::new()),
        n if n > 1 => {
            let broken = lines[n];
            let at = broken.as_ptr() as usize - text.as_ptr() as usize;
            let found = syntax(shown, text, at, "this line is no JSON".to_owned());
            (Content::Json(Value::Array(pages(values))), vec![found])
        }
        _ => {
            let line =
                text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
            let at = (line + error.column().saturating_sub(1)).min(text.len());
            let message = error.to_string();
            let why = message.split(" at line ").next().unwrap_or_default().to_owned();
            (Content::Other, vec![syntax(shown, text, text.floor_char_boundary(at), why)])
        }
    }
}

/// The records of several answers, one after the other.
fn pages(values: Vec<Value>) -> Vec<Value> {
    values.iter().flat_map(json::records).cloned().collect()
}

fn syntax(shown: &str, text: &str, at: usize, why: String) -> Diagnostic {
    let end = text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
    let diagnostic = Diagnostic::new(Code::ImportSyntax, "the export is broken here").label(why);
    diagnostic
        .at(shown, text, Span::new(at, end))
        .help("export it again; `--partial` imports what can be read of it")
}

/// So many broken lines of a table are shown, and the others counted.
const MOST_SHOWN: usize = 20;

/// A table with its first line as names. A line with more or fewer cells is broken.
fn read_table(shown: &str, text: &str) -> (Content, Vec<Diagnostic>) {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let (mut table, mut diagnostics, mut more) = (Table::default(), Vec::new(), 0);
    for record in reader.records() {
        let Ok(record) = record else { continue };
        let (at, line) = record.position().map_or((0, 0), |at| (at.byte() as usize, at.line()));
        let cells: Vec<String> = record.iter().map(str::to_owned).collect();
        if table.headers.is_empty() {
            table.headers = cells;
        } else if cells.len() == table.headers.len() {
            table.rows.push(Row { line, cells });
        } else if diagnostics.len() >= MOST_SHOWN {
            more += 1;
        } else {
            let why =
                format!("expected {} cells as in the first line, found {}", table.headers.len(), cells.len());
            let first = at
                + text.get(at..).map_or(0, |rest| rest.len() - rest.trim_start_matches(['\r', '\n']).len());
            diagnostics.push(syntax(shown, text, text.floor_char_boundary(first), why));
        }
    }
    if let Some(last) = diagnostics.last_mut().filter(|_| more > 0) {
        *last = last.clone().help(format!("{more} more lines are broken like this; export it again"));
    }
    (Content::Csv(table), diagnostics)
}

/// What stands most often in the first line, of the marks that spreadsheets put between cells.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |mark: &u8| first.bytes().filter(|byte| byte == mark).count();
    // The last of those that are equal wins: a comma where there is none at all.
    b"\t;,".iter().copied().max_by_key(count).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(path: &str, text: &str) -> (Content, Option<(u32, u32)>) {
        let (content, diagnostics) = read(path, path, text.as_bytes().to_vec());
        let place = diagnostics.first().and_then(|found| found.place.as_ref()).map(|at| (at.line, at.column));
        (content, place)
    }

    #[test]
    fn what_is_broken_has_its_place() {
        assert_eq!(place("a.json", "{\n  \"é\": [1,]\n}").1, Some((2, 11)));
        assert_eq!(place("a.json", "{\"a\": 1").1, Some((1, 7)));
        assert_eq!(place("a.jsonl", "{\"a\": 1}\n{\"a\": 2}\n{\"a\"\n").1, Some((3, 1)));
        assert_eq!(place("a.csv", "a,b\n1,2\n\"x\ny\",2\n1\n3,4\n").1, Some((5, 1)));
        assert_eq!(place("a.json", "[{\"a\": 1}]").1, None);
    }

    #[test]
    fn tables_are_read_with_any_delimiter() {
        for text in ["A;B\n1;2\n", "A\tB\n1\t2\n", "\u{feff}A,B\r\n1,2\r\n", "A,B,B\n1,2,\n"] {
            let (Content::Csv(table), None) = place("a.csv", text) else { panic!("{text}") };
            assert_eq!(table.rows[0].cell(&table, "b").as_deref(), Some("2"), "{text}");
        }
    }
}
