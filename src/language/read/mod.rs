//! One reader a kind of value, each a single pass over the words of a text.

pub mod clock;
mod clock_words;
pub mod date;
pub mod date_units;
pub mod duration;
pub mod percent;
pub mod written;
pub mod zone;
