//! What the `date` of front matter is the day of: of the incident, or of the text that tells of it.
//! A blog has the day of publication there, and site generators the moment of writing.

use crate::document::Document;
use crate::incident::claim::{Claim, Fact};
use crate::language::{Times, Written, dates};
use jiff::civil::{Date, Time};

/// What a typed `date` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypedDate {
    /// The incident's day.
    Incident,
    /// The incident's start: status pages have day and time there.
    Start,
    /// When a post was published, which may be days after what it tells of.
    Publication,
    /// When somebody wrote it down, to the minute.
    Writing,
}

/// The rule that reads the day of a post.
const PUBLICATION: &str = "post-date";
/// The rule that reads the day of writing.
const WRITING: &str = "writing-date";

impl TypedDate {
    pub fn of(document: &Document, times: &Times) -> TypedDate {
        let has_clock = times.clocks.first().is_some_and(|clock| clock.value.time().is_some());
        let midnight = times.clocks.first().is_some_and(|clock| clock.value.time() == Some(Time::midnight()));
        match () {
            () if has_clock && is_status_page(document) => TypedDate::Start,
            () if has_clock && !midnight => TypedDate::Writing,
            () if is_post(document) => TypedDate::Publication,
            () => TypedDate::Incident,
        }
    }

    pub fn rule(self) -> &'static str {
        match self {
            TypedDate::Incident | TypedDate::Start => "front-matter",
            TypedDate::Publication => PUBLICATION,
            TypedDate::Writing => WRITING,
        }
    }
}

/// Whether a rule reads the day of a text, and not of what it tells.
pub fn is_of_the_text(rule: &str) -> bool {
    rule == PUBLICATION || rule == WRITING
}

/// Whether front matter is that of a status page: it tells when all was well, or what was affected.
fn is_status_page(document: &Document) -> bool {
    const KEYS: &[&str] = &["resolved", "resolvedwhen", "resolved_when", "affected"];
    let named = |key: &str| KEYS.iter().any(|known| key.eq_ignore_ascii_case(known));
    document.front_matter.entries.iter().any(|entry| named(&entry.key) && !entry.value.is_null())
}

/// Whether front matter is that of a post of a blog.
pub fn is_post(document: &Document) -> bool {
    const KEYS: &[&str] = &[
        "layout",
        "permalink",
        "feed_url",
        "redirect_from",
        "wordpress_id",
        "comments",
        "excerpt",
        "teaser",
        "hero",
        "cover",
        "thumbnail",
        "seotitle",
        "datepublished",
    ];
    let named = |key: &str| KEYS.iter().any(|known| key.eq_ignore_ascii_case(known));
    document.front_matter.entries.iter().any(|entry| named(&entry.key))
        || is_titled_otherwise(document)
        || is_a_page(document)
}

/// Whether front matter has the title and the date that any page has, and nothing of an incident.
fn is_a_page(document: &Document) -> bool {
    const OF_A_PAGE: &[&str] =
        &["tags", "slug", "categories", "category", "draft", "subtitle", "image", "images", "lang"];
    const KEYS: &[&str] = &[
        "title",
        "date",
        "author",
        "authors",
        "tags",
        "categories",
        "category",
        "slug",
        "draft",
        "description",
        "summary",
        "image",
        "images",
        "lang",
        "subtitle",
    ];
    let named = |key: &str| KEYS.iter().any(|known| key.eq_ignore_ascii_case(known));
    let entries = &document.front_matter.entries;
    entries.iter().all(|entry| named(&entry.key))
        && entries.iter().any(|entry| OF_A_PAGE.iter().any(|known| entry.key.eq_ignore_ascii_case(known)))
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

/// Leaves out the day of a line `Date: …` that an instant written in full contradicts. A line up to four months
/// later tells when the report was written; one well before everything that happened is mistyped.
pub fn drop_report_date(claims: &mut Vec<Claim>) {
    let Some(start) = told_start(claims) else { return };
    let is_event = |day: Date| {
        claims.iter().any(|claim| matches!(&claim.fact, Fact::Event(event) if event.at.date == Some(day)))
    };
    let is_other = |day: Date| {
        let days = day.since(start).map_or(0, |gap| gap.get_days());
        ((1..=120).contains(&days) || (-400..-14).contains(&days)) && !is_event(day)
    };
    let contradicted = |claim: &&Claim| match claim.fact {
        Fact::Date(day) => claim.rule == "date-field" && day.first().is_some_and(is_other),
        _ => false,
    };
    let lines: Vec<u32> = claims.iter().filter(contradicted).map(|claim| claim.line).collect();
    claims.retain(|claim| !(claim.rule == "date-field" && lines.contains(&claim.line)));
}

/// The day of the strongest start that is told with day and time.
fn told_start(claims: &[Claim]) -> Option<Date> {
    const FULL: &[&str] =
        &["sentence-range", "period-field", "start-field", "timeline-first", "sentence-start"];
    let day = |claim: &Claim| match claim.fact {
        Fact::Start(moment) if FULL.contains(&claim.rule) => moment.date,
        _ => None,
    };
    let told = claims.iter().filter_map(|claim| Some(((claim.origin, claim.strength), day(claim)?)));
    told.max_by_key(|(weight, _)| *weight).map(|(_, day)| day)
}

/// Leaves out the day of the text where something else gives the incident's: of a post a sentence
/// that tells it, of the moment of writing anything.
pub fn drop_date(claims: &mut Vec<Claim>) {
    const TOLD: u8 = 80;
    let other = |claim: &Claim| matches!(claim.fact, Fact::Date(_)) && !is_of_the_text(claim.rule);
    let told = |claim: &Claim| other(claim) && claim.line != 0 && claim.strength >= TOLD;
    let (told, given) = (claims.iter().any(told), claims.iter().any(other));
    claims.retain(|claim| !(claim.rule == PUBLICATION && told || claim.rule == WRITING && given));
}
