//! What tools write their texts in, as Markdown.

pub mod labels;
