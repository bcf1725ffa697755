//! The words of a file's name, for documents that no heading names.

use crate::language::dates_in_name;

/// What stands in front of a number that only counts reports: `PM-001`, `INC 42`.
const COUNTED: &[&str] =
    &["pm", "inc", "incident", "ir", "pir", "rca", "coe", "issue", "postmortem", "report", "no", "nr"];

/// The name at the end of `path` without extension, dates and ids, with spaces for `-` and `_`.
pub fn title(path: &str) -> Option<String> {
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = without_extension(name);
    if ["readme", "index"].iter().any(|generic| stem.eq_ignore_ascii_case(generic)) {
        return None;
    }
    let undated = without_dates(stem);
    let is_joint = |c: char| c.is_whitespace() || matches!(c, '-' | '_' | '–' | '—' | '+');
    let mut words: Vec<&str> = undated.split(is_joint).filter(|word| !word.is_empty()).collect();
    drop_ids(&mut words);
    let tells = words.iter().any(|word| word.chars().any(char::is_alphabetic));
    tells.then(|| words.join(" "))
}

/// Without `.md` and its like; what stands behind another dot may be part of a name.
fn without_extension(name: &str) -> &str {
    let known = |extension: &&str| {
        const KNOWN: &[&str] = &["md", "markdown", "mdown", "mdx", "txt", "html", "htm", "xhtml", "erb"];
        KNOWN.contains(&extension.to_lowercase().as_str())
    };
    let mut stem = name;
    // Templates have the endings of what they become as well: `.html.md.erb`.
    while let Some((shorter, _)) = stem.rsplit_once('.').filter(|(_, extension)| known(extension)) {
        stem = shorter;
    }
    stem
}

fn without_dates(stem: &str) -> String {
    let mut words = String::with_capacity(stem.len());
    let mut at = 0;
    for found in dates_in_name(stem) {
        words.push_str(stem.get(at..found.range.start).unwrap_or_default());
        words.push(' ');
        at = found.range.end;
    }
    (words + &stem[at..]).replace("( )", " ").replace("[ ]", " ")
}

/// Drops numbers that count reports, and what tools call a page: `001`, `PM-001`, hashes, UUIDs.
fn drop_ids(words: &mut Vec<&str>) {
    let uuid = |words: &[&str]| words.iter().zip([8, 4, 4, 4, 12]).all(|(word, length)| is_hex(word, length));
    if let Some(at) = words.windows(5).position(uuid) {
        words.drain(at..at + 5);
    }
    words.retain(|word| !is_hash(word));
    while words.first().is_some_and(|word| is_number(word)) {
        words.remove(0);
    }
    let counted = |word: &&str| COUNTED.contains(&word.to_lowercase().as_str()) || is_key(word);
    if words.first().is_some_and(counted) && words.get(1).is_some_and(|word| is_number(word)) {
        words.drain(..2);
    }
    let glued = |word: &&str| COUNTED.iter().any(|prefix| is_number_behind(word, prefix));
    if words.first().is_some_and(glued) {
        words.remove(0);
    }
}

/// `OPS`, of a ticket `OPS-42`.
fn is_key(word: &str) -> bool {
    (2..=10).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn is_number(word: &str) -> bool {
    let digits = word.trim_start_matches('#');
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain || word.strip_prefix("0x").is_some_and(|hex| (1..=8).contains(&hex.len()) && is_hex(hex, hex.len()))
}

/// `PM001`, `inc42`.
fn is_number_behind(word: &str, prefix: &str) -> bool {
    let start = word.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    start && is_number(&word[prefix.len()..])
}

fn is_hex(word: &str, length: usize) -> bool {
    word.len() == length && word.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// `2dd3bc4a55e3e04a`, `8f14e45`, `cG9zdG1vcn4RlbQ7x2`: what a program names files by, and nobody says.
fn is_hash(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let kinds = word
        .as_bytes()
        .windows(2)
        .filter(|pair| pair[0].is_ascii_digit() != pair[1].is_ascii_digit())
        .count();
    let hex = word.len() >= 7 && is_hex(word, word.len()) && digits >= 2 && digits < word.len();
    let mixed = word.len() >= 12 && word.bytes().all(|byte| byte.is_ascii_alphanumeric()) && kinds >= 4;
    hex || mixed || is_hex(word, 32)
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn a_name_is_left_with_its_words() {
        for (path, words) in [
            ("DNS resolver outage.md", Some("DNS resolver outage")),
            ("2023/2023-05-10-ferry_tickets-sold-twice.md", Some("ferry tickets sold twice")),
            ("2024-03-05-队列阻塞.md", Some("队列阻塞")),
            ("20240305 Gate stuck.markdown", Some("Gate stuck")),
            ("Gate stuck (5 May 2031).md", Some("Gate stuck")),
            ("PM-001-Gate-stuck.md", Some("Gate stuck")),
            ("OPS-42 Gate stuck.txt", Some("Gate stuck")),
            ("inc42_gate_stuck.md", Some("gate stuck")),
            ("003-gate-4-stuck.md", Some("gate 4 stuck")),
            ("Gate stuck 0123456789abcdef0123456789abcdef.md", Some("Gate stuck")),
            ("000_2dd3bc4a55e3e04a.txt", None),
            ("Gate stuck 8f14e45.md", Some("Gate stuck")),
            ("q7Rk2Zp9Xw4mB1.md", None),
            ("k8s-1.29-upgrade.md", Some("k8s 1.29 upgrade")),
            ("defaced facade.md", Some("defaced facade")),
            ("3f2504e0-4f89-11d3-9a0c-0305e82c3301.md", None),
            ("v1.2 rollout.md", Some("v1.2 rollout")),
            ("node.js.md", Some("node.js")),
            ("a/gate/README.md", None),
            ("index.md", None),
            ("2024-03-05.md", None),
            ("0042.md", None),
            ("0x19.md", None),
            (".md", None),
        ] {
            assert_eq!(title(path).as_deref(), words, "{path}");
        }
    }
}
