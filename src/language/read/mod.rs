//! One reader a kind of value, each a single pass over the words of a text.

pub mod clock;
pub mod date;
pub mod duration;
pub mod percent;
pub mod zone;
