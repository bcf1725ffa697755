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
    let first = |kind: fn(char) -> bool| text.chars().find(|c| kind(*c)).map(|first| (text.matches(kind).count(), first));
    let (control, bidi) = (first(is_control), first(is_bidi));
    if let Some((count, first)) = control {
        *text = text.replace(is_control, "\u{fffd}").into();
        tell(control_characters(count, first), span.clone());
    }
    if let Some((count, first)) = bidi {
        tell(bidi_characters(count, first), span);
    }
}
