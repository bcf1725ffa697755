//! Characters that do more than to be read: they steer terminals, or turn the reading direction.

use super::{Code, Diagnostic};
use std::borrow::Cow;

/// Whether a character steers instead of being shown; line breaks and tabs are shown.
pub fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
}

/// Whether a character changes the reading direction of what stands behind it.
pub fn is_bidi(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text that may be printed anywhere: whatever steers a terminal or turns the reading direction
/// is written out, as in `\u{1b}`.
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| is_control(c) || is_bidi(c)) {
        return Cow::Borrowed(text);
    }
    let write = |mut out: String, c: char| {
        if is_control(c) || is_bidi(c) {
            out.extend(c.escape_unicode())
        } else {
            out.push(c)
        }
        out
    };
    Cow::Owned(text.chars().fold(String::with_capacity(text.len()), write))
}

/// JSON that may be printed anywhere, and that means the same.
pub fn printable_json(json: &str) -> Cow<'_, str> {
    let is_raw = |c: char| is_control(c) || is_bidi(c);
    if !json.contains(is_raw) {
        return Cow::Borrowed(json);
    }
    // All of these have four digits.
    let write = |mut out: String, c: char| {
        if is_raw(c) {
            out += &format!("\\u{:04x}", u32::from(c))
        } else {
            out.push(c)
        }
        out
    };
    Cow::Owned(json.chars().fold(String::with_capacity(json.len()), write))
}

/// Says that control characters were replaced.
pub fn control_characters(count: usize, first: char) -> Diagnostic {
    let characters = if count == 1 {
        "1 control character was".to_owned()
    } else {
        format!("{count} control characters were")
    };
    Diagnostic::new(Code::ControlCharacter, format!("{characters} replaced"))
        .label(format!("the first is {}", name(first)))
}

/// Says that characters stand in the text that change the reading direction.
pub fn bidi_characters(count: usize, first: char) -> Diagnostic {
    let characters =
        if count == 1 { "1 character changes".to_owned() } else { format!("{count} characters change") };
    let label = format!("the first is {}; what is read may differ from what is written", name(first));
    Diagnostic::new(Code::Bidi, format!("{characters} the reading direction")).label(label)
}

fn name(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_steers_no_terminal() {
        let text = "a\u{1b}[31m b\u{9b}c\u{7}\u{0}\r\u{202e}d\n\té";
        let shown = printable(text);
        assert_eq!(shown, "a\\u{1b}[31m b\\u{9b}c\\u{7}\\u{0}\\u{d}\\u{202e}d\n\té");
        let json = serde_json::to_string(text).expect("text");
        let printed = printable_json(&json);
        assert!(!printed.contains(|c: char| c.is_control() || is_bidi(c)), "{printed}");
        assert_eq!(serde_json::from_str::<String>(&printed).expect("JSON"), text);
    }
}
