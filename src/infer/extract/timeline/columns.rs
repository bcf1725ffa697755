//! The columns of a timeline that is a table.

use crate::document::Block;
use crate::language::locale::is_named;
use crate::language::zones;

/// Longest name of a column that is a zone and no more: `Time (UTC)` gives one beside other words.
const LONGEST_ZONE: usize = 5;

/// Which columns of a table say when.
#[derive(Debug, Default)]
pub struct Columns {
    pub when: Vec<usize>,
    /// Columns that only count the rows.
    pub numbers: Vec<usize>,
    /// Columns that give the same moments in several zones; those behind the first of them repeat it.
    pub zones: Vec<usize>,
    /// Whether another column is called event, description or the like.
    event_named: bool,
}

impl Columns {
    /// By the words of the table's head.
    pub fn of(head: &Block) -> Columns {
        const WHEN: &[&str] = &["time", "date", "when", "timestamp", "datetime", "utc", "jour"];
        const EVENT: &[&str] =
            &["event", "description", "what", "action", "details", "notes", "activity", "happened"];
        const LATER: &[&str] = &["due", "eta", "deadline"];
        let mut columns = Columns::default();
        for (column, cell) in head.cells.iter().enumerate() {
            let name = head.text()[cell.clone()].to_lowercase();
            if ["#", "no", "no.", "nr", "nr.", "n°", "nº", "step"].contains(&name.trim()) {
                columns.numbers.push(column);
                continue;
            }
            let has =
                |words: &[&str]| name.split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(&word));
            let is = |row| is_named("columns", row, name.trim());
            let cell = head.text()[cell.clone()].trim();
            if cell.len() <= LONGEST_ZONE && !zones(cell).is_empty() {
                columns.zones.push(column);
                columns.when.push(column);
                continue;
            }
            if (has(WHEN) || is("when")) && !has(LATER) {
                columns.when.push(column);
            } else {
                columns.event_named |= has(EVENT) || is("event");
            }
        }
        columns
    }

    /// Whether a column repeats the moments of another one in a further zone.
    pub fn repeats(&self, column: usize) -> bool {
        self.zones.iter().skip(1).any(|zone| *zone == column)
    }

    /// The first column that does more than count.
    pub fn first(&self) -> usize {
        (0..).find(|column| !self.numbers.contains(column)).unwrap_or(0)
    }

    /// Whether they are those of a timeline.
    pub fn tell_of_events(&self) -> bool {
        !self.when.is_empty() && self.event_named
    }
}
