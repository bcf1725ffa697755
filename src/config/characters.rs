//! Characters that stand in settings as escapes get what they get in documents.

use crate::diagnostic::{Diagnostic, bidi_characters, control_characters, is_bidi, is_control};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// What is to be told, and where.
type Tell<'a> = &'a mut dyn FnMut(Diagnostic, Range<usize>);

/// Replaces control characters in all texts, and tells of them and of those that turn the reading direction.
pub fn clean_table(table: &mut DeTable<'_>, tell: Tell<'_>) {
    let entries = std::mem::take(table).into_iter();
    *table = entries
        .map(|(mut key, mut value)| {
            let span = key.span();
            characters(key.get_mut(), tell, span);
            clean(&mut value, tell);
            (key, value)
        })
        .collect();
}

fn clean(value: &mut Spanned<DeValue<'_>>, tell: Tell<'_>) {
    let span = value.span();
    match value.get_mut() {
        DeValue::String(text) => characters(text, tell, span),
        DeValue::Array(items) => items.iter_mut().for_each(|item| clean(item, tell)),
        DeValue::Table(table) => clean_table(table, tell),
        _ => {}
    }
}

fn characters(text: &mut DeString<'_>, tell: Tell<'_>, span: Range<usize>) {
    let first = |kind: fn(char) -> bool| {
        text.chars().find(|c| kind(*c)).map(|first| (text.matches(kind).count(), first))
    };
    let (control, bidi) = (first(is_control), first(is_bidi));
    if let Some((count, first)) = control {
        *text = text.replace(is_control, "\u{fffd}").into();
        tell(control_characters(count, first), span.clone());
    }
    if let Some((count, first)) = bidi {
        tell(bidi_characters(count, first), span);
    }
}

#[cfg(test)]
mod tests {
    use crate::config::{Config, FILE, Names};
    use crate::diagnostic::{Code, Diagnostic};

    fn parse(text: &str) -> (Config, Vec<Diagnostic>) {
        Config::parse(FILE, text, &Names { causes: &[], fields: &[], is_field: &|_| false })
    }

    #[test]
    fn no_text_holds_a_control_character() {
        let (config, told) = parse(
            "title = \"a\\u0000b\\u001b\"\n[extra]\n\"k\\u0007\" = [\"\\u009b\", { x = \"\\u202e\" }]\n",
        );
        assert_eq!(config.title, "a\u{fffd}b\u{fffd}");
        assert_eq!(config.extra, serde_json::json!({ "k\u{fffd}": ["\u{fffd}", { "x": "\u{202e}" }] }));
        let told: Vec<(Code, u32)> =
            told.iter().map(|d| (d.code, d.place.as_ref().map_or(0, |place| place.line))).collect();
        let (control, bidi) = (Code::ControlCharacter, Code::Bidi);
        assert_eq!(told.len(), 4, "{told:?}");
        assert!([(control, 1), (control, 3), (bidi, 3)].iter().all(|each| told.contains(each)), "{told:?}");
    }
}
