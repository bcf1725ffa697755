//! Postmortems that are posts of a blog: there `date` says when a text was published, which may
//! be days after what it tells of.

use crate::document::Document;
use crate::incident::claim::{Claim, Fact};
use crate::language::{Written, dates};
use jiff::civil::Date;

/// The rule that reads the date of a post.
pub const RULE: &str = "post-date";

/// Whether front matter is that of a post of a blog, where `date` says when it was published.
pub fn is_post(document: &Document) -> bool {
    let named = |key: &str| matches!(key, "layout" | "permalink" | "feed_url");
    document.front_matter.entries.iter().any(|entry| named(&entry.key)) || is_titled_otherwise(document)
}

/// `title: Outage on 17 March 2026` with a later `date`.
fn is_titled_otherwise(document: &Document) -> bool {
    let day = |key: &str| {
        let entry = document.front_matter.entries.iter().find(|entry| entry.key.eq_ignore_ascii_case(key))?;
        dates(entry.value.as_str()?).iter().find_map(|found| only_day(found.value))
    };
    matches!((day("title"), day("date")), (Some(told), Some(typed)) if told < typed)
}

fn only_day(written: Written) -> Option<Date> {
    match written {
        Written::Day(date) => Some(date),
        _ => None,
    }
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
