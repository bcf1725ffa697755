//! Labels of issues: some say the severity or the service, the others are tags.

use crate::import::record::Record;

/// What stands between the name of a label and its value.
const BETWEEN: &[&str] = &["::", ":", "/", "=", "-", " "];

/// Names of labels, and the field that their value is.
const NAMES: &[(&str, &str)] = &[
    ("severity", "severity"),
    ("sev", "severity"),
    ("service", "services"),
    ("services", "services"),
    ("component", "services"),
];

/// Puts each label where it belongs.
pub fn sort(record: &mut Record, labels: Vec<String>) {
    for label in labels {
        match field(&label) {
            Some(("severity", value)) => record.text("severity", Some(value)),
            Some((key, value)) => record.list(key, [value]),
            None => record.list("tags", [label]),
        }
    }
}

/// The field of a label such as `severity::2` or `service/checkout`, with its value.
fn field(label: &str) -> Option<(&'static str, String)> {
    let lower = label.to_lowercase();
    let is_numbered = |rest: &str| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    if lower.strip_prefix("sev").is_some_and(is_numbered) {
        return Some(("severity", label.to_owned()));
    }
    NAMES.iter().find_map(|(name, key)| {
        let rest = lower.strip_prefix(name)?;
        let mark = BETWEEN.iter().find(|mark| rest.starts_with(**mark))?;
        let value = label.get(name.len() + mark.len()..)?.trim();
        (!value.is_empty()).then(|| (*key, value.to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_that_names_a_field_is_one() {
        for (label, wanted) in [
            ("severity::2", Some(("severity", "2"))),
            ("Severity: High", Some(("severity", "High"))),
            ("sev-1", Some(("severity", "1"))),
            ("SEV2", Some(("severity", "SEV2"))),
            ("Service::Checkout", Some(("services", "Checkout"))),
            ("component/api", Some(("services", "api"))),
            ("postmortem", None),
            ("several", None),
            ("service", None),
            ("severity:", None),
            ("İseverity:x", None),
        ] {
            assert_eq!(field(label), wanted.map(|(key, value)| (key, value.to_owned())), "{label}");
        }
    }
}
