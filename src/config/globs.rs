//! Patterns that name files of the content folder, as `.gitignore` has them.

use globset::{Glob, GlobBuilder, GlobSet};

/// A list of patterns.
#[derive(Debug, Clone, Default)]
pub struct Globs {
    patterns: Vec<String>,
    set: GlobSet,
}

impl PartialEq for Globs {
    fn eq(&self, other: &Globs) -> bool {
        self.patterns == other.patterns
    }
}

impl Globs {
    /// The patterns, or which one cannot be read, and why.
    pub fn new(patterns: Vec<String>) -> Result<Globs, (usize, String)> {
        let mut set = GlobSet::builder();
        for (at, pattern) in patterns.iter().enumerate() {
            for glob in globs(pattern).map_err(|error| (at, error.kind().to_string()))? {
                set.add(glob);
            }
        }
        let set = set.build().map_err(|error| (0, error.kind().to_string()))?;
        Ok(Globs { patterns, set })
    }

    /// A list that names this one file.
    pub fn file(path: &str) -> Globs {
        Globs::new(vec![format!("/{}", globset::escape(path))]).unwrap_or_default()
    }

    /// Whether a path under the content folder is named.
    pub fn has(&self, path: &str) -> bool {
        self.set.is_match(path)
    }
}

/// A pattern without a slash inside names files and folders at any depth; a folder's name, all that it holds.
fn globs(pattern: &str) -> Result<Vec<Glob>, globset::Error> {
    let inner = pattern.trim_end_matches('/').trim_start_matches("./");
    let anchored = match inner.strip_prefix('/') {
        Some(inner) => inner.to_owned(),
        None if inner.contains('/') => inner.to_owned(),
        None => format!("**/{inner}"),
    };
    let glob = |pattern: &str| GlobBuilder::new(pattern).literal_separator(true).build();
    let below = glob(&format!("{anchored}/**"))?;
    Ok(if pattern.ends_with('/') { vec![below] } else { vec![glob(&anchored)?, below] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_name_files_as_people_expect() {
        for (pattern, named, others) in [
            ("*.txt", vec!["a.txt", "b/c/a.txt"], vec!["a.md"]),
            ("notes", vec!["notes", "notes/a.md", "2024/notes/b.md"], vec!["notes.md"]),
            ("notes/", vec!["notes/a.md"], vec!["notes"]),
            ("/a.md", vec!["a.md"], vec!["b/a.md"]),
            ("2024/*.md", vec!["2024/a.md"], vec!["2024/b/a.md"]),
            ("2024/**/a.md", vec!["2024/a.md", "2024/b/c/a.md"], vec!["2023/a.md"]),
            ("{a,b}.md", vec!["a.md", "x/b.md"], vec!["c.md"]),
        ] {
            let globs = Globs::new(vec![pattern.to_owned()]).expect("a pattern");
            assert!(named.iter().all(|path| globs.has(path)), "{pattern}: {named:?}");
            assert!(!others.iter().any(|path| globs.has(path)), "{pattern}: {others:?}");
        }
        assert!(Globs::file("b/[a]*.md").has("b/[a]*.md") && !Globs::file("b/[a]*.md").has("b/a1.md"));
        assert!(!Globs::default().has("a.md"));
        assert_eq!(Globs::new(vec!["a".to_owned(), "b[".to_owned()]).err().map(|(at, _)| at), Some(1));
    }
}
