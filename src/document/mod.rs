//! One file as front matter, sections and blocks; and its Markdown as safe HTML.
//! Every word knows its line. This room knows nothing of incidents.

pub mod html;
