//! Lines of a file that are not in the text that is read of it, so that whoever is told of a line finds it in
//! the file.

use std::sync::Arc;

/// Where lines are missing from a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Gaps {
    /// Lines of the text behind which some are missing, and how many are missing up to there.
    gaps: Arc<[(u32, u32)]>,
}

impl Gaps {
    /// Of pairs of a 1-based line of the text, or 0 for its beginning, and how many are missing behind it; in order.
    pub fn new(missing: impl IntoIterator<Item = (u32, u32)>) -> Gaps {
        let mut all = 0;
        let up_to = |(line, missing): (u32, u32)| {
            all += missing;
            (line, all)
        };
        Gaps { gaps: missing.into_iter().map(up_to).collect() }
    }

    /// The 1-based line of the file that a line of the text is.
    pub fn line_of_file(&self, line: u32) -> u32 {
        let before = self.gaps.partition_point(|(behind, _)| *behind < line);
        line + before.checked_sub(1).map_or(0, |at| self.gaps[at].1)
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
    }
}
