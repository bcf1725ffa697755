//! Tables as HTML wants them: no empty header cells or rows, every row as wide as
//! the widest, spans that fit; each in a box that scrolls by itself.

use super::piece::{Element, Piece, inner, insert};

/// Widest span that is kept.
const SPAN_MAX: usize = 100;

/// Widest table whose spans are kept, in columns; HTML itself allows spans of a thousand.
const WIDTH_MAX: usize = 1000;

/// Longest label of a table, in characters.
const LABEL: usize = 60;

#[derive(Default)]
struct Table {
    open: usize,
    groups: usize,
    rows: Vec<Row>,
}

struct Row {
    open: usize,
    group: usize,
    cells: Vec<Cell>,
}

struct Cell {
    open: usize,
    columns: usize,
    rows: usize,
}

/// Repairs all tables of a fragment and puts each in a scrolling box.
pub(super) fn set(pieces: &mut Vec<Piece<'_>>) {
    let mut open: Vec<Table> = Vec::new();
    let mut boxes = Vec::new();
    for at in 0..pieces.len() {
        match (&pieces[at], open.last_mut()) {
            (Piece::Open(element), _) if element.name == "table" => {
                open.push(Table { open: at, ..Table::default() })
            }
            (Piece::Open(element), Some(table)) => table.take(at, element),
            (Piece::Close("table"), Some(_)) => {
                let Some(table) = open.pop() else { continue };
                boxes.push((table.open, Piece::Open(scroll(table.label(pieces)))));
                boxes.push((at + 1, Piece::Close("div")));
                table.repair(pieces);
            }
            _ => {}
        }
    }
    boxes.sort_by_key(|(at, _)| *at);
    insert(pieces, boxes);
}

/// A box that scrolls by itself and can be scrolled with the keyboard.
fn scroll(label: String) -> Element<'static> {
    Element::new("div")
        .with("class", "scroll")
        .with("tabindex", "0")
        .with("role", "group")
        .with("aria-label", label)
}

impl Table {
    fn take(&mut self, at: usize, element: &Element<'_>) {
        let span =
            |name| element.attribute(name).and_then(|n| n.parse().ok()).unwrap_or(1).clamp(1, SPAN_MAX);
        match element.name {
            "thead" | "tbody" | "tfoot" => self.groups += 1,
            "tr" => self.rows.push(Row { open: at, group: self.groups, cells: Vec::new() }),
            "td" | "th" => {
                let cell = Cell { open: at, columns: span("colspan"), rows: span("rowspan") };
                self.rows.last_mut().into_iter().for_each(|row| row.cells.push(Cell { ..cell }));
            }
            _ => {}
        }
    }

    /// What the first row says, when it is a header.
    fn label(&self, pieces: &[Piece<'_>]) -> String {
        let header =
            |cell: &&Cell| matches!(&pieces[cell.open], Piece::Open(element) if element.name == "th");
        let cells = self.rows.first().into_iter().flat_map(|row| &row.cells).filter(header);
        let words: Vec<String> = cells
            .map(|cell| inner(pieces, cell.open).0.trim().to_owned())
            .filter(|w| !w.is_empty())
            .collect();
        let label: String = words.join(", ").chars().take(LABEL).collect();
        if label.is_empty() { "Table".to_owned() } else { format!("Table: {label}") }
    }

    fn repair(mut self, pieces: &mut [Piece<'_>]) {
        self.rows.retain(|row| {
            let keep = !row.cells.is_empty() && !is_blank_header(row, pieces);
            if !keep {
                take_out(row.open, pieces);
            }
            keep
        });
        for cell in self.rows.iter().flat_map(|row| &row.cells) {
            plain_if_empty(cell.open, pieces);
        }
        self.clip();
        let widths = self.widths().unwrap_or_else(|| {
            self.rows
                .iter_mut()
                .flat_map(|row| &mut row.cells)
                .for_each(|cell| (cell.columns, cell.rows) = (1, 1));
            self.rows.iter().map(|row| row.cells.len()).collect()
        });
        let widest = widths.iter().copied().max().unwrap_or(0);
        for (row, width) in self.rows.iter_mut().zip(widths) {
            row.cells.last_mut().into_iter().for_each(|cell| cell.columns += widest - width);
        }
        for cell in self.rows.iter().flat_map(|row| &row.cells) {
            write_spans(cell, pieces);
        }
    }

    /// Ends row spans with their group.
    fn clip(&mut self) {
        for at in 0..self.rows.len() {
            let group = self.rows[at].group;
            let left = self.rows[at..].iter().take(SPAN_MAX).take_while(|row| row.group == group).count();
            self.rows[at].cells.iter_mut().for_each(|cell| cell.rows = cell.rows.min(left));
        }
    }

    /// How wide each row is; nothing when it is too wide, or spans overlap or leave a column in which no cell begins.
    fn widths(&self) -> Option<Vec<usize>> {
        // For each column the row up to which a cell from above reaches.
        let mut reach: Vec<usize> = Vec::new();
        let mut begun: Vec<bool> = Vec::new();
        let mut widths = Vec::with_capacity(self.rows.len());
        for (n, row) in self.rows.iter().enumerate() {
            let mut column = 0;
            for cell in &row.cells {
                while reach.get(column).is_some_and(|end| *end > n) {
                    column += 1;
                }
                let end = column + cell.columns;
                if end > WIDTH_MAX {
                    return None;
                }
                if reach.len() < end {
                    reach.resize(end, 0);
                    begun.resize(end, false);
                }
                if reach[column..end].iter().any(|end| *end > n) {
                    return None;
                }
                reach[column..end].fill(n + cell.rows);
                begun[column] = true;
                column = end;
            }
            widths.push(column.max(reach.iter().rposition(|end| *end > n).map_or(0, |last| last + 1)));
        }
        let even = widths.iter().all(|width| Some(width) == widths.first())
            || self.rows.iter().all(|row| row.cells.iter().all(|c| c.rows == 1));
        (even && begun.iter().all(|begun| *begun)).then_some(widths)
    }
}

/// Takes a row out, and the head of the table with it when nothing else stands there.
fn take_out(open: usize, pieces: &mut [Piece<'_>]) {
    let (_, end) = inner(pieces, open);
    let is_head = matches!(pieces.get(open - 1), Some(Piece::Open(element)) if element.name == "thead");
    let alone = is_head && pieces.get(end + 1) == Some(&Piece::Close("thead"));
    let around = usize::from(alone);
    pieces[open - around..=end + around].fill(Piece::Gone);
}

/// A header of nothing, which people write because Markdown asks for one.
fn is_blank_header(row: &Row, pieces: &[Piece<'_>]) -> bool {
    let is_blank = |cell: &Cell| match &pieces[cell.open] {
        Piece::Open(element) => element.name == "th" && is_empty(cell.open, pieces),
        _ => false,
    };
    row.cells.iter().all(is_blank)
}

fn is_empty(open: usize, pieces: &[Piece<'_>]) -> bool {
    let (text, end) = inner(pieces, open);
    text.trim().is_empty()
        && !pieces[open + 1..end].iter().any(|piece| matches!(piece, Piece::Open(_) | Piece::Trusted(_)))
}

/// An empty header cell names nothing: it stands as a plain cell.
fn plain_if_empty(open: usize, pieces: &mut [Piece<'_>]) {
    if !matches!(&pieces[open], Piece::Open(element) if element.name == "th") || !is_empty(open, pieces) {
        return;
    }
    let (_, end) = inner(pieces, open);
    pieces[end] = Piece::Close("td");
    if let Piece::Open(element) = &mut pieces[open] {
        element.name = "td";
        element.attributes.retain(|(name, _)| *name != "scope");
    }
}

fn write_spans(cell: &Cell, pieces: &mut [Piece<'_>]) {
    let Piece::Open(element) = &mut pieces[cell.open] else { return };
    element.attributes.retain(|(name, _)| !matches!(*name, "colspan" | "rowspan"));
    for (name, span) in [("colspan", cell.columns), ("rowspan", cell.rows)] {
        if span > 1 {
            element.set(name, span.min(1000).to_string());
        }
    }
}
