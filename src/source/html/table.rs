//! A table of a page, and its lines.

/// A table that is open.
#[derive(Default)]
pub struct Table {
    /// Where it begins in the page.
    pub at: usize,
    /// Each with where it begins in the page.
    pub rows: Vec<(usize, Vec<String>)>,
    /// Whether the first row is names.
    pub has_names: bool,
    pub row: Vec<String>,
    pub row_at: usize,
    pub row_is_names: bool,
    pub is_in_cell: bool,
    /// Tables within it, which are text.
    pub inner: usize,
}

impl Table {
    /// Its lines in Markdown, each with its place in the page; none where all cells are empty.
    pub fn lines(self) -> (Vec<String>, Vec<usize>) {
        let columns = self.rows.iter().map(|(_, row)| row.len()).max().unwrap_or(0);
        let is_empty = |row: &[String]| row.iter().all(String::is_empty);
        let mut rows: Vec<(usize, Vec<String>)> =
            self.rows.into_iter().filter(|(_, row)| !is_empty(row)).collect();
        if rows.is_empty() {
            return (Vec::new(), Vec::new());
        }
        if !self.has_names {
            rows.insert(0, (self.at, Vec::new()));
        }
        let line = |(_, row): &(usize, Vec<String>)| {
            let cells = (0..columns).map(|n| row.get(n).map_or("", String::as_str));
            format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
        };
        let mut lines: Vec<String> = rows.iter().map(line).collect();
        let mut places: Vec<usize> = rows.iter().map(|(at, _)| *at).collect();
        lines.insert(1, format!("|{}", "---|".repeat(columns)));
        places.insert(1, places[0]);
        (lines, places)
    }
}
