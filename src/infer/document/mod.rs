//! What is decided about a document as a whole: whether it is a postmortem, how many
//! incidents it tells of, and its address.

pub mod genre;
pub mod is_postmortem;
pub mod machine_log;
pub mod shape;
pub mod slug;
pub mod split;
