//! Where the lines of a text stand in the file that it is read from, where some are missing or were written anew, so
//! that whoever is told of a line finds it in the file.

use std::sync::Arc;

/// Where the lines of a text and those of its file are not the same.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Gaps {
    /// Lines of the text, each with how much further down in the file those behind it stand.
    gaps: Arc<[(u32, i64)]>,
}

impl Gaps {
    /// Of pairs of a 1-based line of the text, or 0 for its beginning, and how many are missing behind it; in order.
    pub fn new(missing: impl IntoIterator<Item = (u32, u32)>) -> Gaps {
        let mut all = 0;
        let up_to = |(line, missing): (u32, u32)| {
            all += i64::from(missing);
            (line, all)
        };
        Gaps { gaps: missing.into_iter().map(up_to).collect() }
    }

    /// Of the 1-based line of the file that each line of the text came from.
    pub fn of_lines(lines: impl IntoIterator<Item = u32>) -> Gaps {
        let shifts = lines
            .into_iter()
            .zip(1_u32..)
            .map(|(of_file, line)| (line - 1, i64::from(of_file) - i64::from(line)));
        let mut gaps: Vec<(u32, i64)> = Vec::new();
        for (line, shift) in shifts {
            if gaps.last().map_or(0, |(_, known)| *known) != shift {
                gaps.push((line, shift));
            }
        }
        Gaps { gaps: gaps.into() }
    }

    /// Whether the lines of the text are those of the file.
    pub fn is_empty(&self) -> bool {
        self.gaps.is_empty()
    }

    /// The 1-based line of the file that a line of the text is.
    pub fn line_of_file(&self, line: u32) -> u32 {
        let before = self.gaps.partition_point(|(behind, _)| *behind < line);
        let shift = before.checked_sub(1).map_or(0, |at| self.gaps[at].1);
        u32::try_from(i64::from(line) + shift).unwrap_or(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_where_the_file_has_it() {
        let gaps = Gaps::new([(0, 2), (3, 1), (3, 4), (7, 1)]);
        let lines: Vec<u32> = [1, 3, 4, 7, 8].map(|line| gaps.line_of_file(line)).into();
        assert_eq!(lines, [3, 5, 11, 14, 16]);
        assert_eq!(Gaps::default().line_of_file(9), 9);
        let lines = [1, 1, 3, 4, 4, 9];
        let gaps = Gaps::of_lines(lines);
        assert_eq!([1, 2, 3, 4, 5, 6].map(|line| gaps.line_of_file(line)), lines);
        assert!(Gaps::of_lines(1..9).is_empty());
    }
}
