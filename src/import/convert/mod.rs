//! What tools write their texts in, as Markdown.

pub mod adf;
pub mod files;
pub mod labels;
pub mod markup;
pub mod wiki;
