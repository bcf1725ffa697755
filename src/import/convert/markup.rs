//! HTML, which the other forms are turned into first, so that what they have in common is written as Markdown once.

use crate::source::html;

/// HTML as Markdown.
pub fn html(html: &str) -> String {
    html::markdown(html).text
}

/// A text that is none of its markup.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}
