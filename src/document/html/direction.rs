//! Lists and quotes whose words read from right to left have their bullets and bars on the right.
//! Single lines find their direction themselves (`unicode-bidi: plaintext`).

use super::piece::Piece;

/// Elements that show something beside their lines.
const TURNED: &[&str] = &["blockquote", "dl", "ol", "ul"];

/// Gives these elements the direction of the first letter in them, where it is not that of what
/// they stand in. What an author typed stays.
pub(super) fn set(pieces: &mut [Piece<'_>]) {
    // Open elements by position, each with whether it reads from right to left once a letter has told.
    let mut open: Vec<(usize, Option<bool>)> = Vec::new();
    for at in 0..pieces.len() {
        match &pieces[at] {
            Piece::Open(element) if TURNED.contains(&element.name) => open.push((at, None)),
            Piece::Close(name) if TURNED.contains(name) => {
                open.pop();
            }
            Piece::Text(words) if open.last().is_some_and(|(_, known)| known.is_none()) => {
                let Some(is_rtl) = words.text.chars().find_map(is_right_to_left) else { continue };
                // Those without a letter so far are the innermost, and the outermost of them tells the rest.
                let first = open.partition_point(|(_, known)| known.is_some());
                let around = first.checked_sub(1).and_then(|before| open[before].1).unwrap_or(false);
                open[first..].iter_mut().for_each(|(_, known)| *known = Some(is_rtl));
                if let Piece::Open(element) = &mut pieces[open[first].0]
                    && is_rtl != around
                    && element.attribute("dir").is_none()
                {
                    element.set("dir", if is_rtl { "rtl" } else { "ltr" });
                }
            }
            _ => {}
        }
    }
}

/// Nothing for a character that takes the direction of those around it. The ranges are those that
/// Unicode keeps for scripts from right to left (UAX #9, `DerivedBidiClass.txt`).
fn is_right_to_left(c: char) -> Option<bool> {
    let in_range = matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}');
    c.is_alphabetic().then_some(in_range)
}
