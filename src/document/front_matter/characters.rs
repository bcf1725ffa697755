//! Characters that an author wrote as escapes, such as `"a\\u0000b"`: they get what they get in the text.

use crate::diagnostic::{Diagnostic, bidi_characters, control_characters, is_bidi, is_control};
use serde_json::Value;

/// Characters of a kind: how many, and the first.
type Found = Option<(usize, char)>;

/// Replaces control characters in all texts of a value, and tells of them and of those that turn the
/// reading direction.
pub fn clean(key: &mut String, value: &mut Value) -> impl Iterator<Item = Diagnostic> + use<> {
    let (mut control, mut bidi) = (None, None);
    let mut look = |text: &mut String| {
        text.chars().filter(|c| is_bidi(*c)).for_each(|c| count(&mut bidi, c));
        text.chars().filter(|c| is_control(*c)).for_each(|c| count(&mut control, c));
        if text.contains(is_control) {
            *text = text.replace(is_control, "\u{fffd}");
        }
    };
    look(key);
    in_texts(value, &mut look);
    let control = control.map(|(count, first)| control_characters(count, first));
    control.into_iter().chain(bidi.map(|(count, first)| bidi_characters(count, first)))
}

fn count(found: &mut Found, c: char) {
    found.get_or_insert((0, c)).0 += 1;
}

fn in_texts(value: &mut Value, look: &mut impl FnMut(&mut String)) {
    match value {
        Value::String(text) => look(text),
        Value::Array(items) => items.iter_mut().for_each(|item| in_texts(item, look)),
        Value::Object(map) => {
            for (mut key, mut value) in std::mem::take(map) {
                look(&mut key);
                in_texts(&mut value, look);
                map.insert(key, value);
            }
        }
        _ => {}
    }
}
