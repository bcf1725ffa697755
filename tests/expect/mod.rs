//! What a test file should say, and how it is brought up to date: `UPDATE_EXPECT=1` writes it anew.

use std::fs;
use std::path::Path;

/// Compares a file's text with what it should be, or writes it.
pub fn accept(file: &Path, name: &str, expected: &str, found: String) -> Result<(), String> {
    if found == expected {
        return Ok(());
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        return fs::write(file, found).map_err(|error| format!("{}: {error}", file.display()));
    }
    let (expected, found) = (snapbox::Data::text(expected), snapbox::Data::text(found));
    let palette = snapbox::report::Palette::plain();
    let mut difference = String::new();
    snapbox::report::write_diff(
        &mut difference,
        &expected,
        &found,
        Some(&name),
        Some(&"what it is now"),
        palette,
    )
    .map_err(|error| error.to_string())?;
    Err(difference + "UPDATE_EXPECT=1 accepts what it is now\n")
}
