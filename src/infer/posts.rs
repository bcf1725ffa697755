//! Postmortems that are posts of a blog: there `date` says when a text was published, which may
//! be days after what it tells of.

use crate::document::Document;
use crate::incident::claim::{Claim, Fact};

/// The rule that reads the date of a post.
pub const RULE: &str = "post-date";

/// Whether front matter is that of a post of a blog, where `date` says when it was published.
pub fn is_post(document: &Document) -> bool {
    document.front_matter.entries.iter().any(|entry| matches!(entry.key.as_str(), "layout" | "permalink"))
}

/// Leaves out the day of a post where its text tells the incident's.
pub fn drop_date(claims: &mut Vec<Claim>) {
    const TOLD: u8 = 80;
    let is_date = |claim: &Claim| matches!(claim.fact, Fact::Date(_));
    let told = |claim: &Claim| is_date(claim) && claim.rule != RULE && claim.line != 0 && claim.strength >= TOLD;
    if claims.iter().any(told) {
        claims.retain(|claim| claim.rule != RULE);
    }
}
