//! What pages show, by archives of a few lines.
