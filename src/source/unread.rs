//! What could not be read, so that nobody takes it for gone.

use crate::diagnostic::{Code, Diagnostic};
use std::collections::BTreeSet;

/// Files and folders, by path under the content folder, whose contents are not known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unread(BTreeSet<String>);

impl Unread {
    /// The whole content folder.
    pub fn everything() -> String {
        String::new()
    }

    /// Whether a path is one of them or in one of them.
    pub fn covers(&self, path: &str) -> bool {
        let mut folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        self.is_everything() || self.0.contains(path) || folders.any(|folder| self.0.contains(folder))
    }

    /// Whether nothing is known.
    pub fn is_everything(&self) -> bool {
        self.0.contains(&Unread::everything())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Extend<String> for Unread {
    fn extend<I: IntoIterator<Item = String>>(&mut self, paths: I) {
        self.0.extend(paths);
    }
}

impl FromIterator<String> for Unread {
    fn from_iter<I: IntoIterator<Item = String>>(paths: I) -> Unread {
        Unread(paths.into_iter().collect())
    }
}

/// Says that a file or folder cannot be read, and why.
pub(super) fn unreadable(shown: &str, reason: String) -> Diagnostic {
    Diagnostic::new(Code::Unreadable, format!("cannot be read: {reason}")).in_file(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_covers_what_is_in_it_and_no_namesake() {
        let unread: Unread = ["2023", "2024/a.md"].map(str::to_owned).into_iter().collect();
        let covered =
            ["2023", "2023/a.md", "2023/x/b.md", "2024/a.md", "2023.md", "2024/a.md.txt", "x/2023/a.md"];
        assert_eq!(covered.map(|path| unread.covers(path)), [true, true, true, true, false, false, false]);
        assert!([Unread::everything()].into_iter().collect::<Unread>().covers("any/thing.md"));
        assert!(!Unread::default().covers("a.md"));
    }
}
