//! Every rule by which a value is read, with what it does in plain words: what `casebook inspect` says of a value, and
//! what README.md lists. The names are part of `incidents.json`, so they never change.

/// The name of a rule, and why it reads what it reads, as the end of "It is this because …".
pub type Row = (&'static str, &'static str);

/// All rules, by name.
#[rustfmt::skip]
pub const RULES: &[Row] = &[
    ("actions", "it is an item of a list of actions, or a sentence that says what will be done"),
    ("actions-section", "it is an item under a heading for action items"),
    ("affected-share", "a sentence or a label gives the share of users or requests"),
    ("all-times", "the text says that all its times are in this zone"),
    ("any-zone", "the text names this zone beside a time"),
    ("authors-field", "a label names the authors"),
    ("category-field", "a label for the category names a cause"),
    ("cause-sentence", "a sentence says what caused the incident"),
    ("cause-words", "words in the text speak for this cause"),
    ("civil-time-and-zone", "the time and its zone give it"),
    ("contributing-factor", "it is listed among the contributing factors"),
    ("date-field", "a label names the date"),
    ("detected-field", "a label names when the incident was noticed"),
    ("detection-field", "a label names how the incident was noticed"),
    ("detection-section", "it is the text under a heading for detection"),
    ("detection-sentence", "a sentence says how the incident was noticed"),
    ("duration-field", "a label names the duration"),
    ("duration-in-brackets", "it is in brackets behind the times of the incident"),
    ("duration-sentence", "a sentence says how long the incident lasted"),
    ("end-field", "a label names the end"),
    ("end-minus-start", "it is the time from start to end"),
    ("event-zone", "an event of the timeline has this zone beside its time"),
    ("factor-words", "words in the text speak for this factor"),
    ("file-name", "the name of the file says so"),
    ("first-heading", "it is the first heading"),
    ("first-line", "it is the first line"),
    ("first-paragraph", "it is the first paragraph"),
    ("front-matter", "front matter says so"),
    ("impact-field", "a label names the impact"),
    ("impact-section", "it is the text under a heading for impact"),
    ("impact-sentence", "a sentence says whom or what the incident affected"),
    ("kind-field", "a label names the kind of incident"),
    ("last-why", "it is the last answer of a chain of whys"),
    ("link", "a label names it"),
    ("links", "the document links to it as a ticket, a recording or a source"),
    ("moment-minus-start", "it is the time from the start to that moment"),
    ("oldest-update", "it is the first line of the oldest update of a status page"),
    ("organization-field", "a label names the organization"),
    ("period-field", "a label names when the incident began and ended"),
    ("phase-event", "an event of the timeline tells of this step"),
    ("phase-field", "a label names when this step was reached"),
    ("phase-sentence", "a sentence says when this step was reached"),
    ("post-date", "it is the date of the post, and nothing else gives the day"),
    ("postmortem-heading", "a heading says that the text is the postmortem of it"),
    ("promise-in-prose", "a sentence says what will be done"),
    ("related", "the document refers to this incident"),
    ("related-link", "it is linked to under a heading for related incidents"),
    ("resolution-event", "an event of the timeline says what put the incident right"),
    ("resolution-field", "a label names what put the incident right"),
    ("resolution-section", "it is the text under a heading for the resolution"),
    ("resolution-sentence", "a sentence says what put the incident right"),
    ("root-cause-field", "a label names the root cause"),
    ("root-cause-section", "it is the text under a heading for the root cause"),
    ("sentence-date", "a sentence about the incident has this date"),
    ("sentence-end", "a sentence says when the incident ended"),
    ("sentence-range", "a sentence says when the incident began and ended"),
    ("sentence-start", "a sentence says when the incident began"),
    ("service-that-failed", "a sentence says that this service failed"),
    ("services-field", "a label names the services"),
    ("severity-code", "a sentence names this level"),
    ("severity-field", "a label names the severity"),
    ("start-field", "a label names the start"),
    ("start-plus-duration", "it is the start and the duration behind it"),
    ("status-field", "a label names the status"),
    ("summary-field", "a label names the summary"),
    ("summary-section", "it is the text under a heading for the summary"),
    ("tags-field", "a label names the tags"),
    ("time-of-unknown-day", "a label has this time, with a day that cannot be told"),
    ("time-to-detect-field", "a label names the time to detect"),
    ("time-to-mitigate-field", "a label names the time to mitigate"),
    ("time-to-resolve-field", "a label names the time to resolve"),
    ("timed-lines", "it is a line that begins with a time"),
    ("timeline", "it is a line or a row of the timeline"),
    ("timeline-date", "the timeline begins on this day"),
    ("timeline-first", "it is the first event of the timeline that tells of the incident"),
    ("timeline-last", "it is the last event of the timeline that tells of the incident"),
    ("timeline-section", "it is a line under a heading for the timeline"),
    ("timeline-zone", "the timeline says that its times are in this zone"),
    ("title-dates", "the title has this date"),
    ("title-field", "a label names the title"),
    ("title-month", "the title has this month"),
    ("trigger-words", "words in the text speak for this trigger"),
    ("writing-date", "it is the moment of writing, and nothing else gives the day"),
    ("zone-field", "a label names the zone"),
];

/// Why a rule reads what it reads. Empty for a name that is none.
pub fn why(rule: &str) -> &'static str {
    RULES.binary_search_by(|(name, _)| (*name).cmp(rule)).map_or("", |at| RULES[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    /// The code that reads and settles, without this file.
    fn code() -> String {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let folders = ["infer", "incident"].map(|folder| walkdir::WalkDir::new(source.join(folder)));
        let files = folders.into_iter().flatten().map(|entry| entry.expect("it can be read").into_path());
        let others = files.filter(|path| path.extension().is_some() && !path.ends_with("infer/rules.rs"));
        others.map(|path| std::fs::read_to_string(path).expect("it can be read")).collect()
    }

    #[test]
    fn rules_are_in_order_and_each_says_why() {
        assert!(RULES.is_sorted_by(|a, b| a.0 < b.0), "by name, each once");
        for (name, why) in RULES {
            assert!(why.len() > 10 && !why.ends_with('.'), "{name}: {why}");
        }
        assert_eq!(why("title-dates"), "the title has this date");
    }

    /// That a rule which is used has a row is asserted wherever a claim is made.
    #[test]
    fn every_rule_of_the_table_is_used() {
        let code = code();
        let is_used = |name: &&str| code.contains(&format!("\"{name}\""));
        let unused: Vec<&str> = RULES.iter().map(|(name, _)| *name).filter(|name| !is_used(name)).collect();
        assert_eq!(unused, [""; 0]);
    }

    /// Names end in what they look at, so those that code has and the table lacks are seen.
    #[test]
    fn every_rule_of_the_code_is_in_the_table() {
        let code = code();
        let ends = ["-field", "-section", "-sentence", "-words", "-event", "-zone", "-heading", "-paragraph"];
        let names = code.split('"').filter(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'));
        let rules = names.filter(|name| ends.iter().any(|end| name.len() > end.len() && name.ends_with(end)));
        let is_else = ["hardware-event"];
        let missing: Vec<&str> =
            rules.filter(|name| why(name).is_empty() && !is_else.contains(name)).collect();
        assert_eq!(missing, [""; 0]);
    }
}
